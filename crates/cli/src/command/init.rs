//! `detente init [FILE]`.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write as _},
    path::Path,
};

use detente::library;

use crate::{
    error::{CliError, printable},
    output,
};

pub(crate) fn run(file: Option<&Path>, force: bool) -> Result<(), CliError> {
    let Some(file) = file.filter(|file| *file != Path::new("-")) else {
        return output::plain(library::TEMPLATE);
    };
    let mut options = OpenOptions::new();
    options.write(true);
    // Asking for a new file leaves no moment in which another program could create it.
    let options = if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let written = options
        .open(file)
        .and_then(|mut opened| opened.write_all(library::TEMPLATE.as_bytes()));
    written.map_err(|source| match source.kind() {
        _ if file.is_dir() => CliError::WriteFolder(file.to_owned()),
        ErrorKind::AlreadyExists => CliError::Exists(file.to_owned()),
        _ => CliError::Write(file.to_owned(), source),
    })?;
    let shown = printable(file);
    output::plain(&format!(
        "wrote {shown}: edit it, then `detente check {shown}` and `detente assess {shown}`\n"
    ))
}
