//! `detente sensitivity CASE`.

use clap::Args as ClapArgs;
use detente::{DetenteError, Grouping, SensitivityMethod, SensitivityOptions, sensitivity_with};
use detente_report::{drivers, tornado};

use crate::{
    args::{Asked, Colour, whole, word},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Sensitivity {
    #[command(flatten)]
    asked: Asked,
    /// About how often the case is evaluated; more make narrower intervals.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 131_072,
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    evaluations: usize,
    /// What is judged as one: each number, all numbers of a party, or all about one thing. Numbers
    /// that the case correlates always are.
    #[arg(
        long,
        value_name = "WHAT",
        default_value_t = Grouping::Number,
        value_parser = word::<Grouping>(&["number", "party", "aspect"])
    )]
    by: Grouping,
    /// Shares of variance (Sobol' indices and Shapley effects), the cheap screening of Morris, or how
    /// far the whole distribution moves (PAWN).
    #[arg(
        long,
        value_name = "METHOD",
        default_value_t = SensitivityMethod::Sobol,
        value_parser = word::<SensitivityMethod>(&["sobol", "morris", "pawn"])
    )]
    method: SensitivityMethod,
    /// Judge pairs too: what two factors do only together.
    #[arg(long)]
    second_order: bool,
    /// Tell what each number does alone, at either end of its range; --json always does.
    #[arg(long)]
    tornado: bool,
}

impl Sensitivity {
    /// What is asked of the library.
    const fn asked_for(&self) -> SensitivityOptions {
        SensitivityOptions {
            by: self.by,
            method: self.method,
            second_order: self.second_order,
        }
    }
}

pub(crate) fn run(asked: &Sensitivity, colour: Colour) -> Result<(), CliError> {
    let model = input::model(&asked.asked.case)?;
    let run = &asked.asked.run;
    let options = run.options(asked.evaluations);
    let found = sensitivity_with(&model, &options, asked.asked_for()).map_err(as_asked)?;
    output::answer(run, colour, &found, |found, page| {
        let bars = asked.tornado.then(|| tornado(found, page));
        match bars {
            Some(bars) => format!("{}\n{bars}", drivers(found, page)),
            None => drivers(found, page),
        }
    })
}

/// The library counts evaluations as draws; who gave `--evaluations` is told of those.
fn as_asked(error: DetenteError) -> DetenteError {
    match error {
        DetenteError::Option {
            option: "draws",
            given,
            expected,
        } => DetenteError::Option {
            option: "evaluations",
            given,
            expected,
        },
        other => other,
    }
}
