//! Which strategies do well against each other where acts slip and are misread: everyone against
//! everyone, solved and not simulated.

mod analysis;
mod entrant;
mod file;
mod report;
mod setup;

pub use analysis::tournament;
pub use entrant::Entrant;
pub use file::TournamentFile;
pub use report::{StandingReport, SuccessionReport, TournamentReport};
pub use setup::Setup;

/// Version of the shape in which a [`TournamentReport`] serialises. Fields may be added under one
/// version; a field that goes or changes its meaning raises it.
pub const SCHEMA: u32 = 1;
