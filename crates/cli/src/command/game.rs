//! `detente game FILE`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::{
    game::{GameOptions, game},
    quantity::DiscountFactor,
};
use detente_report::game as page;

use crate::{
    args::{Colour, Show, discount_factor},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Game {
    /// A TOML file with `row = [[…], …]` and `col = [[…], …]`, the first action of each being to
    /// cooperate; or a game of another tool, in normal (.nfg) or extensive form (.efg); or a shipped
    /// case's id or a case file, whose best agreement is the game; or `-` for standard input.
    file: PathBuf,
    /// The discount factor to judge at, at least 0 and below 1, in place of what the file says.
    #[arg(long, value_name = "D", value_parser = discount_factor, allow_negative_numbers = true)]
    delta: Option<DiscountFactor>,
    #[command(flatten)]
    show: Show,
}

pub(crate) fn run(asked: &Game, colour: Colour) -> Result<(), CliError> {
    let played = input::played(&asked.file)?;
    let found = game(&played, &GameOptions { delta: asked.delta })?;
    output::show(asked.show, colour, &found, page)
}
