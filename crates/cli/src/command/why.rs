//! `detente why CASE`.

use clap::Args as ClapArgs;
use detente::assessment;
use detente_report::why;

use super::assess::assessed;
use crate::{
    args::{Asked, Colour, Draws},
    error::CliError,
    output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Why {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    draws: Draws,
}

pub(crate) fn run(asked: &Why, colour: Colour) -> Result<(), CliError> {
    let options = asked.asked.run.drawn(asked.draws);
    let assessment = assessed(&asked.asked, &options, colour)?;
    let data = assessment::Why::from(&assessment);
    output::answer(&asked.asked.run, colour, &data, |_, page| {
        why(&assessment, page)
    })
}
