//! `detente schema`.

use detente::{Case, decode::schema_of};

use crate::{error::CliError, output};

pub(crate) fn run() -> Result<(), CliError> {
    output::json(&serde_json::to_string_pretty(&schema_of::<Case>(
        "A Détente case",
    ))?)
}
