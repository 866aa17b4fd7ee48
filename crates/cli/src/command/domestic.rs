//! `detente domestic CASE`.

use clap::Args as ClapArgs;

use crate::{
    args::{Asked, Colour, Draws},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Domestic {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    draws: Draws,
}

pub(crate) fn run(asked: &Domestic, colour: Colour) -> Result<(), CliError> {
    let (case, run) = (&asked.asked.case, &asked.asked.run);
    let model = input::model(case)?;
    let found = detente::domestic(&model, &run.drawn(asked.draws))?;
    output::answer(run, colour, &found, detente_report::domestic)
}
