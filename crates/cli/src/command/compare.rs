//! `detente compare CASE CASE…`.

use detente::{Coding, Model, compare};
use detente_report::comparison;

use crate::{
    args::{Colour, Compare},
    error::{CliError, printable},
    input, output,
};

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
