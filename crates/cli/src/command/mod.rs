//! One file a command.

pub(crate) mod agreements;
pub(crate) mod assess;
pub(crate) mod beliefs;
mod cases;
mod check;
pub(crate) mod compare;
mod completions;
pub(crate) mod convert;
pub(crate) mod domestic;
pub(crate) mod game;
pub(crate) mod indicators;
mod init;
pub(crate) mod path;
pub(crate) mod report;
pub(crate) mod rewrite;
mod schema;
pub(crate) mod sensitivity;
pub(crate) mod stability;
pub(crate) mod tournament;
pub(crate) mod why;

use std::process::ExitCode;

use crate::{
    args::{Args, Command},
    error::CliError,
};

/// Runs the command that was asked for.
pub(crate) fn run(args: Args) -> Result<ExitCode, CliError> {
    match args.command {
        Command::Assess(asked) => assess::run(&asked, args.colour)?,
        Command::Why(asked) => why::run(&asked, args.colour)?,
        Command::Sensitivity(asked) => sensitivity::run(&asked, args.colour)?,
        Command::Report(asked) => report::run(&asked)?,
        Command::Rewrite(asked) => rewrite::run(&asked, args.colour)?,
        Command::Domestic(asked) => domestic::run(&asked, args.colour)?,
        Command::Indicators(asked) => indicators::run(&asked, args.colour)?,
        Command::Path(asked) => path::run(&asked, args.colour)?,
        Command::Agreements(asked) => agreements::run(&asked, args.colour)?,
        Command::Beliefs(asked) => beliefs::run(&asked, args.colour)?,
        Command::Game(asked) => game::run(&asked, args.colour)?,
        Command::Stability(asked) => stability::run(&asked, args.colour)?,
        Command::Tournament(asked) => tournament::run(&asked, args.colour)?,
        Command::Convert(asked) => convert::run(&asked)?,
        Command::Compare(asked) => compare::run(&asked, args.colour)?,
        Command::Cases { json } => cases::run(json)?,
        Command::Check { files } => return check::run(&files, args.colour),
        Command::Init { file, force } => init::run(file.as_deref(), force)?,
        Command::Schema => schema::run()?,
        Command::Completions { shell } => completions::run(shell)?,
    }
    Ok(ExitCode::SUCCESS)
}
