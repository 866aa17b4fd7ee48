//! `detente domestic CASE`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::{Options, quantity::Date};

use crate::{
    args::{Colour, Show, day},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Domestic {
    /// A shipped case's id (see `detente cases`), a case file, or `-` for standard input.
    case: PathBuf,
    /// Leave out what became known after this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    until: Option<Date>,
    #[command(flatten)]
    show: Show,
}

pub(crate) fn run(asked: &Domestic, colour: Colour) -> Result<(), CliError> {
    let model = input::model(&asked.case)?;
    let options = Options {
        until: asked.until,
        ..Options::default()
    };
    let found = detente::domestic(&model, &options)?;
    output::show(asked.show, colour, &found, detente_report::domestic)
}
