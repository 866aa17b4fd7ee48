//! `detente game FILE`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::{
    game::{GameOptions, Payments, game},
    quantity::{DiscountFactor, Probability},
};
use detente_report::game as page;

use crate::{
    args::{Colour, Show, chance, discount_factor, whole},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Game {
    /// A TOML file with `row = [[…], …]` and `col = [[…], …]`, the first action of each being to
    /// cooperate; or a game of another tool, in normal (.nfg) or extensive form (.efg); or a shipped
    /// case's id or a case file, whose best agreement is the game; or `-` for standard input.
    file: PathBuf,
    /// The discount factor to judge at, at least 0 and below 1, in place of what the file says; or
    /// the row's and the column's.
    #[arg(long, value_name = "D[,D]", value_parser = each(discount_factor), allow_negative_numbers = true)]
    delta: Option<[DiscountFactor; 2]>,
    /// The chance a period that cheating is detected, or the row's and the column's.
    #[arg(long, value_name = "M[,M]", value_parser = each(chance), allow_negative_numbers = true)]
    detection: Option<[Probability; 2]>,
    /// How many periods longer than one the answer to detected cheating takes.
    #[arg(long, value_name = "L", value_parser = whole::<u32>, allow_negative_numbers = true)]
    delay: Option<u32>,
    /// Let the players pay each other before and after they act; payoffs must be amounts of one
    /// currency.
    #[arg(long)]
    transfers: bool,
    #[command(flatten)]
    show: Show,
}

pub(crate) fn run(asked: &Game, colour: Colour) -> Result<(), CliError> {
    let played = input::played(&asked.file)?;
    let options = GameOptions {
        delta: asked.delta,
        detection: asked.detection,
        delay: asked.delay,
        payments: match asked.transfers {
            true => Payments::Allowed,
            false => Payments::None,
        },
    };
    let found = game(&played, &options)?;
    output::show(asked.show, colour, &found, page)
}

/// One for both players, or one for each.
fn each<T: Copy + Send + Sync + 'static>(
    read: impl Fn(&str) -> Result<T, &'static str> + Clone + Send + Sync + 'static,
) -> impl Fn(&str) -> Result<[T; 2], &'static str> + Clone + Send + Sync + 'static {
    move |text| match text.split_once(',') {
        Some((row, column)) => Ok([read(row.trim())?, read(column.trim())?]),
        None => Ok([read(text)?; 2]),
    }
}
