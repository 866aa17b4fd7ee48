//! The JSON Schema of the case format, generated from the types that read it.

use detente::{Case, decode::schema_of};

/// Where the schema is kept, from the root of the workspace.
pub const PATH: &str = "crates/detente/cases/case.schema.json";

/// The schema as the file holds it.
#[must_use]
pub fn text() -> String {
    format!("{:#}\n", schema_of::<Case>("A Détente case"))
}
