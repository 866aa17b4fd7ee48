//! Why the command could not do what was asked, and the exit code that says so.

use std::{
    io,
    path::{Path, PathBuf},
};

use detente::{
    DetenteError, beliefs::ActSheetError, decode::nearest, indicators::IndicatorError,
    tabular::TableFaults,
};
use detente_formats::{Format, FormatError, Party};
use thiserror::Error;

/// Why the command could not do what was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub(crate) enum CliError {
    /// The case could not be read or assessed.
    #[error(transparent)]
    Detente(#[from] DetenteError),
    /// A score sheet where a case was expected.
    #[error("{}: this is a score sheet; `detente agreements` reads it", printable(.0))]
    ScoreSheet(PathBuf),
    /// A sheet of acts with a fault.
    #[error("{}: {_1}", printable(.0))]
    Acts(PathBuf, #[source] TableFaults<ActSheetError>),
    /// A sheet of indicators with a fault.
    #[error("{}: {_1}", printable(.0))]
    Indicators(PathBuf, #[source] TableFaults<IndicatorError>),
    /// A sheet of indicators where a case was expected.
    #[error("{}: this is a sheet of indicators; `detente indicators` reads it", printable(.0))]
    IndicatorSheet(PathBuf),
    /// A sheet without text where indicators were expected.
    #[error("{} is empty; expected a header of indicators, which `detente indicators --help` lists, and a row below it", printable(.0))]
    NoIndicators(PathBuf),
    /// A case where a sheet of indicators was expected.
    #[error("{}: this is a case; expected a sheet of indicators, whose columns `detente indicators --help` lists", printable(.0))]
    CaseForIndicators(PathBuf),
    /// A sheet of acts where something else was expected.
    #[error("{}: this is a sheet of acts; `detente beliefs` reads it", printable(.0))]
    ActSheet(PathBuf),
    /// A table of states with a fault.
    #[error("{}: {_1}", printable(.0))]
    States(PathBuf, #[source] DetenteError),
    /// Another tool's file with a fault.
    #[error("{}: {_1}", printable(.0))]
    Import(PathBuf, #[source] FormatError),
    /// Another tool's files that make no whole.
    #[error("{}", of_whole(.0))]
    Imports(#[from] FormatError),
    /// A negotiation of several parties for a format that has a file for each.
    #[error("{_0}: choose one with --party, or --domain")]
    OneParty(#[source] FormatError),
    /// The profile of one party where all are needed.
    #[error(
        "only party {0:?} is described; expected at least one other, in the same file or its own"
    )]
    OnlyParty(String),
    /// A party that the files do not have.
    #[error("the files have no party {given:?}; expected one of {parties}{}", did_you_mean(nearest.as_deref()))]
    NoParty {
        given: String,
        parties: String,
        nearest: Option<String>,
    },
    /// A payoff that no case may have.
    #[error("{what} is {given:e}; a case has numbers from -1e100 to 1e100")]
    TooLargeForCase { what: String, given: f64 },
    /// Preferences that no case is written for.
    #[error(
        "what party {0:?} wants is given agreement by agreement; a case can be written where payoffs add up by issue"
    )]
    NoCase(String),
    /// A game where a case is to be written.
    #[error("a game cannot be written as a case; expected a negotiation, or --to nfg, efg or json")]
    GameNoCase,
    /// What only a case holds, for another format.
    #[error("expected {0} only where a case is written, as .toml")]
    OnlyCase(&'static str),
    /// What completes another tool's files, beside a case.
    #[error(
        "a case says itself what its parties have and which options there are; expected no {0} beside it, which is for score sheets and other tools' files"
    )]
    BesideCase(&'static str),
    /// A folder without a file of another tool.
    #[error("{} has no file of Genius, GeniusWeb or NegMAS, no score sheet and no game", printable(.0))]
    NothingIn(PathBuf),
    /// More files than one negotiation has.
    #[error("there are more than {0} files; expected those of one negotiation")]
    TooManyFiles(usize),
    /// A game that two do not play.
    #[error("the game has {0} players; expected two")]
    NotTwo(usize),
    /// Another tool's file where a case was expected, and the command that reads it.
    #[error("{}: this is {_1}; `detente {_2}` reads it", printable(.0))]
    Elsewhere(PathBuf, Format, &'static str),
    /// A file to write whose name does not say what.
    #[error("{} does not say what to write; expected --to FORMAT, or a name that ends in .csv, .json, .toml, .xml, .yml, .nfg or .efg", printable(.0))]
    NoTarget(PathBuf),
    /// Two things for standard output.
    #[error("--json tells what was written to a file; expected a file in place of -")]
    JsonBeside,
    /// Neither a shipped case nor a file.
    #[error("no shipped case and no file is called {given:?}{}", hint(nearest.as_deref()))]
    UnknownCase {
        given: String,
        nearest: Option<String>,
    },
    /// No such file where a case was asked for; its name may be near a shipped case's id.
    #[error("there is no file {}{}", printable(path), hint(nearest.as_deref()))]
    NoCaseFile {
        path: PathBuf,
        nearest: Option<String>,
    },
    /// No such file where only a file would do.
    #[error("there is no file {}", printable(.0))]
    NoFile(PathBuf),
    /// A shipped case where only a file would do.
    #[error("check takes files; `detente assess {0}` runs the shipped case")]
    ShippedCase(&'static str),
    /// A second file where one would do.
    #[error("{} is a second file; expected names of strategies and at most one file", printable(.0))]
    SecondFile(PathBuf),
    /// A folder where a file was expected.
    #[error("{} is a folder; expected a case file", printable(.0))]
    Folder(PathBuf),
    /// A folder where a file was to be written.
    #[error("{} is a folder; expected the name of a file to write", printable(.0))]
    WriteFolder(PathBuf),
    /// A file without text.
    #[error("{} is empty; `detente init` prints a case to start from", printable(.0))]
    Empty(PathBuf),
    /// A file without text, or with nothing but comments, where something other than a case was expected.
    #[error("{} is empty; expected {_1}", printable(.0))]
    EmptyOf(PathBuf, &'static str),
    /// A file without text where a conflict was expected.
    #[error("{} is empty; `detente stability --example` prints a conflict to start from", printable(.0))]
    EmptyConflict(PathBuf),
    /// A file of something other than text.
    #[error("{}: this is not a text file; expected a case in TOML or JSON", printable(.0))]
    Binary(PathBuf),
    /// A file too long to be a case.
    #[error("{} is longer than 64 MiB; expected a case file", printable(.0))]
    TooLong(PathBuf),
    /// A file that could not be read.
    #[error("could not read {}: {_1}", printable(.0))]
    Read(PathBuf, #[source] io::Error),
    /// A file that is there already.
    #[error("{} exists already; --force overwrites it", printable(.0))]
    Exists(PathBuf),
    /// A file that could not be written.
    #[error("could not write {}: {_1}", printable(.0))]
    Write(PathBuf, #[source] io::Error),
    /// Standard output refused.
    #[error("could not write the output: {0}")]
    Output(#[from] io::Error),
    /// The output could not be put into JSON.
    #[error("could not write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// A path without what could steer the terminal.
pub(crate) fn printable(path: &Path) -> String {
    let shown = |c: char| match c.is_control() {
        true => char::REPLACEMENT_CHARACTER,
        false => c,
    };
    path.to_string_lossy().chars().map(shown).collect()
}

/// What is wrong with files together, and what can be said on the command line instead.
fn of_whole(error: &FormatError) -> String {
    match error {
        FormatError::MissingNonagreement { party } => {
            format!("{error}; --nonagreement '{party}=PAYOFF' gives it")
        }
        _ => error.to_string(),
    }
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |it| format!("; did you mean {it:?}?"))
}

fn hint(nearest: Option<&str>) -> String {
    match nearest {
        Some(id) => format!("; did you mean the shipped case {id}?"),
        None => "; `detente cases` lists the shipped ones".to_owned(),
    }
}

impl CliError {
    /// That the files have no party of this name.
    pub(crate) fn no_party(given: &str, parties: &[Party]) -> Self {
        let names = || parties.iter().map(|it| it.name.as_str());
        let listed: Vec<String> = names().map(|it| format!("{it:?}")).collect();
        Self::NoParty {
            given: given.to_owned(),
            parties: listed.join(", "),
            nearest: nearest(given, names()).map(str::to_owned),
        }
    }

    /// Of a file without text, that this was expected there.
    pub(crate) fn expecting(self, expected: &'static str) -> Self {
        match self {
            Self::Empty(path) => Self::EmptyOf(path, expected),
            error => error,
        }
    }

    /// 0 where the reader of the output went away, 2 for wrong usage, otherwise 1.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Detente(DetenteError::Option { .. } | DetenteError::UnknownInput { .. })
            | Self::NoTarget(_)
            | Self::JsonBeside
            | Self::BesideCase(_)
            | Self::OnlyCase(_)
            | Self::NoParty { .. }
            | Self::OneParty(_) => 2,
            _ => 1,
        }
    }

    /// Whether there is nobody left to tell.
    pub(crate) fn is_silent(&self) -> bool {
        self.exit_code() == 0
    }
}
