//! Which outcomes hold where preferences are only ranked: a conflict in a file, in option form, by its
//! moves or as a table of states.

mod analysis;
mod compile;
mod file;
mod moves;
mod named;
mod preferring;
mod report;
mod size;
mod table;

pub use analysis::{StabilityOptions, stability};
pub use named::{NamedConflict, NamedOption, NamedState};
pub use report::{
    CoalitionReport, ConceptReport, HoldReport, PathReport, StabilityReport, StatusQuoReport,
};
pub use table::StateTableError;

/// Version of the shape in which a [`StabilityReport`] serialises. Fields may be added under one
/// version; a field that goes or changes its meaning raises it.
pub const SCHEMA: u32 = 1;

/// A conflict as an example, by its options: the Cuban missile crisis of 1962, with comments.
pub const EXAMPLE: &str = include_str!("../../conflicts/cuba-1962.toml");
