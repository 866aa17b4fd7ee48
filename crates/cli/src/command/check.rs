//! `detente check FILE…`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use detente::{Case, DetenteError, Model};

use crate::{
    args::Colour,
    error::{CliError, printable},
    input, output,
};

/// What was found in files.
#[derive(Default)]
struct Found {
    faults: usize,
    warnings: usize,
}

/// Every fault and warning of every file, then the counts: to standard output if there is no fault,
/// otherwise to standard error with exit code 1.
pub(crate) fn run(files: &[PathBuf], colour: Colour) -> Result<ExitCode, CliError> {
    let mut found = Found::default();
    for file in files {
        check(file, colour, &mut found)?;
    }
    let mut summary = format!(
        "{}, {}",
        count(files.len(), "file"),
        count(found.faults, "fault")
    );
    if found.warnings > 0 {
        summary = format!("{summary}, {}", count(found.warnings, "warning"));
    }
    summary.push('\n');
    if found.faults == 0 {
        output::plain(&summary)?;
        return Ok(ExitCode::SUCCESS);
    }
    output::complain(&summary, colour);
    Ok(ExitCode::FAILURE)
}

/// The faults of one file, or else what it hardly means; a file that cannot be read is a fault.
fn check(file: &Path, colour: Colour, counts: &mut Found) -> Result<(), CliError> {
    let read = input::file(file).map_err(|error| match (error, input::shipped(file)) {
        (CliError::NoFile(_), Some(id)) => CliError::ShippedCase(id),
        (error, _) => error,
    });
    let source = match read {
        Ok(source) => source,
        Err(error) => {
            output::refuse(&error, colour);
            output::complain("\n", colour);
            counts.faults += 1;
            return Ok(());
        }
    };
    match Case::read(&source) {
        Ok(case) => {
            let cautions = Model::compile(&case)
                .map_err(DetenteError::from)?
                .cautions()?;
            for caution in &cautions {
                let name = printable(&input::shown(file));
                output::complain(&format!("warning: {name}: {caution}\n"), colour);
            }
            counts.warnings += cautions.len();
        }
        Err(found) => {
            let text = found.render(&output::palette(colour));
            output::complain(&format!("{text}\n"), colour);
            counts.faults += found.faults.len();
        }
    }
    Ok(())
}

fn count(number: usize, of: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {of}{plural}")
}
