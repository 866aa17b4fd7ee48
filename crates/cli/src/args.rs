//! What can be typed after `detente`.

mod imports;
mod parse;
mod shared;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(crate) use self::{
    imports::Imports,
    parse::{chance, day, days, discount_factor, whole, word},
    shared::{Asked, Draws, Replay, RunArgs, Show},
};
use crate::command::{
    agreements::Agreements, assess::Assess, beliefs::Beliefs, compare::Compare, convert::Convert,
    domestic::Domestic, game::Game, indicators::Indicators, path::Path, report::Report,
    rewrite::Rewrite, sensitivity::Sensitivity, stability::Stability, tournament::Tournament,
    why::Why,
};

/// Was there an agreement every party preferred to none? If it was missed, why?
///
/// Start with `detente assess reykjavik-1986`, or list the shipped cases with `detente cases`.
#[derive(Debug, Parser)]
#[command(name = "detente", version, arg_required_else_help = true, after_help = START)]
pub(crate) struct Args {
    /// When to colour the output.
    #[arg(
        long = "color",
        visible_alias = "colour",
        value_name = "WHEN",
        default_value = "auto",
        global = true
    )]
    pub(crate) colour: Colour,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const START: &str = "\
To start:
  detente cases                       list the cases that ship with the program
  detente assess reykjavik-1986       assess one of them
  detente init my-case.toml           write a commented case of your own, then
  detente check my-case.toml          see every mistake in it at once";

/// When to colour the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal that wants it (NO_COLOR and TERM are heeded).
    #[default]
    Auto,
    /// Even into a file or a pipe.
    Always,
    /// Not at all.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Assess a case: the verdict, what stopped an agreement, and what the answer rests on.
    Assess(Assess),
    /// Write the whole report as one page for a browser, with figures; also as Markdown or data.
    Report(Report),
    /// Tell why an agreement was missed: by how much, by which barrier, and how sure that is.
    Why(Why),
    /// Tell which uncertain numbers of a case drive the answer.
    Sensitivity(Sensitivity),
    /// Find the smallest changes that would have turned the answer.
    Rewrite(Rewrite),
    /// Tell what each leader can afford at home, and what would have to change there.
    Domestic(Domestic),
    /// Turn published indicators of a CSV file into ranges for home fronts, as text for a case.
    Indicators(Indicators),
    /// Tell how trust could have been built: step by step, each step acceptable to all, or by one
    /// side's concessions.
    Path(Path),
    /// List which agreements there are and which stand out, of a case, a CSV score sheet, or files of
    /// Genius, GeniusWeb or NegMAS.
    Agreements(Agreements),
    /// Tell what could be believed, act by act: of a case, or of a CSV file of acts.
    Beliefs(Beliefs),
    /// Put cases side by side, and tell where two codings of one case differ and what of it matters.
    Compare(Compare),
    /// Name the game that two sides play, its equilibria, and the patience that cooperation takes; also
    /// of a game of another tool (.nfg, .efg).
    Game(Game),
    /// Tell which outcomes hold where players only rank them: the graph model of a conflict in a file.
    Stability(Stability),
    /// Play strategies against each other where acts slip and are misread: solved, not simulated.
    Tournament(Tournament),
    /// Bring other tools' games and negotiations into another format.
    Convert(Convert),
    /// List the cases that ship with the program.
    Cases {
        /// Print the list as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Check case files: every mistake of every file, with its place.
    Check {
        /// Case files, TOML or JSON; `-` reads standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write a commented case to start from.
    Init {
        /// The file to write; standard output without it or with `-`.
        file: Option<PathBuf>,
        /// Overwrite the file if it exists.
        #[arg(long)]
        force: bool,
    },
    /// Print the JSON Schema of the case format, for editors.
    Schema,
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}
