//! `detente game FILE`.

use detente::game::{GameOptions, game};
use detente_report::game as page;

use crate::{
    args::{Colour, Game},
    error::CliError,
    input, output,
};

pub(crate) fn run(asked: &Game, colour: Colour) -> Result<(), CliError> {
    let played = input::played(&asked.file)?;
    let found = game(&played, &GameOptions { delta: asked.delta })?;
    output::show((asked.json, asked.width), colour, &found, page)
}
