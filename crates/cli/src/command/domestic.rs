//! `detente domestic CASE`.

use detente::Options;

use crate::{
    args::{Colour, Domestic},
    error::CliError,
    input, output,
};

pub(crate) fn run(asked: &Domestic, colour: Colour) -> Result<(), CliError> {
    let model = input::model(&asked.case)?;
    let options = Options {
        until: asked.until,
        ..Options::default()
    };
    let found = detente::domestic(&model, &options)?;
    let page = (asked.json, asked.width);
    output::show(page, colour, &found, detente_report::domestic)
}
