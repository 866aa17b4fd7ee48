//! `detente check FILE…`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use detente::Case;

use crate::{args::Colour, error::CliError, input, output};

/// Every fault of every file, then the counts: to standard output if all is well, otherwise to
/// standard error with exit code 1.
pub(crate) fn run(files: &[PathBuf], colour: Colour) -> Result<ExitCode, CliError> {
    let mut faults = 0;
    for file in files {
        faults += check(file, colour)?;
    }
    let summary = format!(
        "{}, {}\n",
        count(files.len(), "file"),
        count(faults, "fault")
    );
    if faults == 0 {
        output::plain(&summary)?;
        return Ok(ExitCode::SUCCESS);
    }
    output::complain(&summary, colour);
    Ok(ExitCode::FAILURE)
}

/// The number of faults of one file; one that cannot be read is one.
fn check(file: &Path, colour: Colour) -> Result<usize, CliError> {
    let read = input::file(file).map_err(|error| match (error, input::shipped(file)) {
        (CliError::NoFile(_), Some(id)) => CliError::ShippedCase(id),
        (error, _) => error,
    });
    let source = match read {
        Ok(source) => source,
        Err(error) => {
            output::refuse(&error, colour);
            output::complain("\n", colour);
            return Ok(1);
        }
    };
    match Case::read(&source) {
        Ok(_) => Ok(0),
        Err(found) => {
            let text = found.render(&output::palette(colour));
            output::complain(&format!("{text}\n"), colour);
            Ok(found.faults.len())
        }
    }
}

fn count(number: usize, of: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {of}{plural}")
}
