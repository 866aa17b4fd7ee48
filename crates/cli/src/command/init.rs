//! `detente init [FILE]`.

use std::path::Path;

use detente::library;

use crate::{
    error::{CliError, printable},
    output,
};

pub(crate) fn run(file: Option<&Path>, force: bool) -> Result<(), CliError> {
    let Some(file) = file.filter(|file| *file != Path::new("-")) else {
        return output::plain(library::TEMPLATE);
    };
    output::new_file(file, library::TEMPLATE, force)?;
    let shown = printable(file);
    output::plain(&format!(
        "wrote {shown}: edit it, then `detente check {shown}` and `detente assess {shown}`\n"
    ))
}
