//! The JSON Schema of the case format, as a file that editors read.

use std::{error::Error, fs};

use detente_tests::{schema, workspace::Workspace};

/// Writes the schema beside the cases.
pub(crate) fn write() -> Result<(), Box<dyn Error>> {
    let path = Workspace::read()?.root.join(schema::PATH);
    Ok(fs::write(path, schema::text())?)
}

/// An error if the file beside the cases is not what would be written.
pub(crate) fn check() -> Result<(), Box<dyn Error>> {
    let path = Workspace::read()?.root.join(schema::PATH);
    if fs::read_to_string(path)? == schema::text() {
        Ok(())
    } else {
        Err(format!("{} is stale: run `cargo xtask schema`", schema::PATH).into())
    }
}
