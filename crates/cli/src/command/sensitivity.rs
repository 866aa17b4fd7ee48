//! `detente sensitivity CASE`.

use detente::{DetenteError, sensitivity_with};
use detente_report::{drivers, tornado};

use crate::{
    args::{Colour, Sensitivity},
    error::CliError,
    input, output,
};

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
