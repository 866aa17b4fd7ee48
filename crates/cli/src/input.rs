//! Finding and reading a case.

use std::{
    fs,
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

use detente::{
    Case, DetenteError,
    decode::{Format, Source, nearest},
    library,
};

use crate::error::CliError;

/// No case is longer; without a limit a device file would be read for ever.
const LONGEST: u64 = 64 << 20;

/// The case that was named: a shipped one by its id, otherwise a file.
pub(crate) fn case(named: &Path) -> Result<Case, CliError> {
    if let Some(id) = named
        .to_str()
        .filter(|id| library::ids().any(|known| known == *id))
    {
        return Ok(library::case(id)?);
    }
    let source = match file(named) {
        Err(CliError::NoFile { path, nearest }) if looks_like_id(&path) => {
            return Err(CliError::UnknownCase {
                given: path.display().to_string(),
                nearest,
            });
        }
        other => other?,
    };
    Ok(Case::read(&source).map_err(DetenteError::from)?)
}

/// The text of a case file, or of standard input for `-`.
pub(crate) fn file(path: &Path) -> Result<Source, CliError> {
    let bytes = if path == Path::new("-") {
        bounded(io::stdin().lock(), path)?
    } else {
        let opened = fs::File::open(path).map_err(|error| unopened(path, error))?;
        bounded(opened, path)?
    };
    let blank = bytes.iter().all(u8::is_ascii_whitespace);
    if blank {
        return Err(CliError::Empty(shown(path)));
    }
    let source = Source::from_bytes(shown(path).display().to_string(), &bytes);
    // Standard input has no extension to tell the notation by; no TOML begins with a brace.
    let braced = bytes.trim_ascii_start().first() == Some(&b'{');
    Ok(match path == Path::new("-") && braced {
        true => source.with_format(Format::Json),
        false => source,
    })
}

fn bounded(from: impl Read, path: &Path) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    from.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unopened(path, error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(CliError::TooLong(shown(path)));
    }
    Ok(bytes)
}

fn unopened(path: &Path, error: io::Error) -> CliError {
    match error.kind() {
        ErrorKind::NotFound => CliError::NoFile {
            path: path.to_owned(),
            nearest: nearest_id(path),
        },
        ErrorKind::IsADirectory => CliError::Folder(path.to_owned()),
        _ if path.is_dir() => CliError::Folder(path.to_owned()),
        _ => CliError::Read(shown(path), error),
    }
}

/// The shipped case whose id is nearest to the file's name.
fn nearest_id(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    nearest(stem, library::ids()).map(str::to_owned)
}

/// Whether a name has nothing of a path about it.
fn looks_like_id(path: &Path) -> bool {
    path.extension().is_none() && path.components().count() == 1
}

/// What to call a file in a message.
fn shown(path: &Path) -> PathBuf {
    match path == Path::new("-") {
        true => PathBuf::from("standard input"),
        false => path.to_owned(),
    }
}
