//! Why the command could not do what was asked, and the exit code that says so.

use std::{io, path::PathBuf};

use detente::DetenteError;
use thiserror::Error;

/// Why the command could not do what was asked.
#[derive(Debug, Error)]
#[non_exhaustive]
pub(crate) enum CliError {
    /// The case could not be read or assessed.
    #[error(transparent)]
    Detente(#[from] DetenteError),
    /// Neither a shipped case nor a file.
    #[error("no shipped case and no file is called {given:?}{}", hint(nearest.as_deref()))]
    UnknownCase {
        given: String,
        nearest: Option<String>,
    },
    /// No such file, but its name is near a shipped case's id.
    #[error("there is no file {}{}", path.display(), hint(nearest.as_deref()))]
    NoFile {
        path: PathBuf,
        nearest: Option<String>,
    },
    /// A folder where a file was expected.
    #[error("{} is a folder; expected a case file", .0.display())]
    Folder(PathBuf),
    /// A file without text.
    #[error("{} is empty; `detente init` prints a case to start from", .0.display())]
    Empty(PathBuf),
    /// A file too long to be a case.
    #[error("{} is longer than 64 MiB; expected a case file", .0.display())]
    TooLong(PathBuf),
    /// A file that could not be read.
    #[error("could not read {}: {_1}", .0.display())]
    Read(PathBuf, #[source] io::Error),
    /// A file that is there already.
    #[error("{} exists already; --force overwrites it", .0.display())]
    Exists(PathBuf),
    /// A file that could not be written.
    #[error("could not write {}: {_1}", .0.display())]
    Write(PathBuf, #[source] io::Error),
    /// Standard output refused.
    #[error("could not write the output: {0}")]
    Output(#[from] io::Error),
    /// The output could not be put into JSON.
    #[error("could not write JSON: {0}")]
    Json(#[from] serde_json::Error),
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
            Self::Detente(DetenteError::Option { .. }) => 2,
            _ => 1,
        }
    }

    /// Whether there is nobody left to tell.
    pub(crate) fn is_silent(&self) -> bool {
        self.exit_code() == 0
    }
}
