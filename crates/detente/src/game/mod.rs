//! Which game two parties play and which agreements it lets enforce themselves: a game in a file,
//! or what is at stake at the reference agreement of a case.

mod analysis;
mod file;
mod judged;
mod played;
mod report;
mod some_path;
mod taxonomy;
mod transfers;

pub use analysis::{GameOptions, Payments, game};
pub use file::GameFile;
pub(crate) use judged::judge;
pub use played::Played;
pub(crate) use played::by_name;
pub use report::{
    AtDelta, ClassMoveReport, CriticalDeltaReport, EquilibriumReport, GameReport, JudgedAgreement,
    JudgedParty, JudgedType, MinmaxReport, PartyAndType, PathStart, SomePath, TaxonomyReport,
    TransfersReport, WouldCheat,
};

/// Version of the shape in which a [`GameReport`] serialises. Fields may be added under one version;
/// a field that goes or changes its meaning raises it.
pub const SCHEMA: u32 = 1;
