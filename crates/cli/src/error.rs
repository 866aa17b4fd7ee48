//! Why the command could not do what was asked, and the exit code that says so.

use std::{
    io,
    path::{Path, PathBuf},
};

use detente::{
    DetenteError, agreements::SheetError, beliefs::ActSheetError, indicators::IndicatorError,
};
use thiserror::Error;

/// Why the command could not do what was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub(crate) enum CliError {
    /// The case could not be read or assessed.
    #[error(transparent)]
    Detente(#[from] DetenteError),
    /// A score sheet with a fault.
    #[error("{}: {_1}", printable(.0))]
    Sheet(PathBuf, #[source] SheetError),
    /// A score sheet where a case was expected.
    #[error("{}: this is a score sheet; `detente agreements` reads it", printable(.0))]
    ScoreSheet(PathBuf),
    /// A sheet of acts with a fault.
    #[error("{}: {_1}", printable(.0))]
    Acts(PathBuf, #[source] ActSheetError),
    /// A sheet of indicators with a fault.
    #[error("{}: {_1}", printable(.0))]
    Indicators(PathBuf, #[source] IndicatorError),
    /// A sheet of acts where something else was expected.
    #[error("{}: this is a sheet of acts; `detente beliefs` reads it", printable(.0))]
    ActSheet(PathBuf),
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

fn hint(nearest: Option<&str>) -> String {
    match nearest {
        Some(id) => format!("; did you mean the shipped case {id}?"),
        None => "; `detente cases` lists the shipped ones".to_owned(),
    }
}

impl CliError {
    /// 0 where the reader of the output went away, 2 for wrong usage, otherwise 1.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Detente(DetenteError::Option { .. } | DetenteError::UnknownInput { .. }) => 2,
            _ => 1,
        }
    }

    /// Whether there is nobody left to tell.
    pub(crate) fn is_silent(&self) -> bool {
        self.exit_code() == 0
    }
}
