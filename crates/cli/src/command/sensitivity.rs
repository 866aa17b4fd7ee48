//! `detente sensitivity CASE`.

use detente::{DetenteError, Model, Options, sensitivity};
use detente_report::drivers;

use super::assess::page;
use crate::{
    args::{Colour, Sensitivity},
    error::CliError,
    input, output,
};

pub(crate) fn run(asked: &Sensitivity, colour: Colour) -> Result<(), CliError> {
    let case = input::case(&asked.case)?;
    let model = Model::compile(&case).map_err(DetenteError::from)?;
    let options = Options {
        draws: asked.evaluations,
        seed: asked.seed,
        until: asked.until,
        ..Options::default()
    };
    let found = sensitivity(&model, &options)?;
    if asked.json {
        return output::json(&serde_json::to_string_pretty(&found)?);
    }
    output::styled(&drivers(&found, &page(asked.width, colour)), colour)
}
