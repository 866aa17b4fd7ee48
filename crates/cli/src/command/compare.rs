//! `detente compare CASE CASE…`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::{Coding, Model, compare};
use detente_report::comparison;

use crate::{
    args::{Colour, Draws, RunArgs},
    error::{CliError, printable},
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Compare {
    /// Two cases or more: shipped cases' ids or case files; one may be `-` for standard input.
    #[arg(required = true, num_args = 2.., value_name = "CASE")]
    cases: Vec<PathBuf>,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    draws: Draws,
}

pub(crate) fn run(asked: &Compare, colour: Colour) -> Result<(), CliError> {
    let named = asked.cases.iter();
    let models: Vec<(String, Model)> = named
        .map(|case| Ok((printable(case), input::model(case)?)))
        .collect::<Result<_, CliError>>()?;
    let codings: Vec<Coding<'_>> = models
        .iter()
        .map(|(name, model)| Coding { name, model })
        .collect();
    let found = compare(&codings, &asked.run.drawn(asked.draws))?;
    output::answer(&asked.run, colour, &found, comparison)
}
