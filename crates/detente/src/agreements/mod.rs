//! Which agreements there are and which stand out, of a case or of parts such as those of a score sheet: the zone of
//! agreement, the frontier, solutions and the kind of conflict.

mod analysis;
mod cloud;
mod conflict;
mod decimals;
mod found;
mod listing;
mod negotiation;
mod ranges;
mod report;
mod sums;
#[cfg(test)]
mod tests;

pub use analysis::{AgreementsOptions, agreements};
pub use cloud::{
    Cloud, Density, MarkedPayoffs, PayoffCloud, PayoffMark, PayoffPlane, PayoffSpread, payoff_cloud,
};
pub use negotiation::{NamedIssue, Negotiation, NegotiationParts, Tabled};
pub use ranges::{GainCorners, Payoffs, RangesReport, Turning};
pub use report::{
    AgreementsReport, ConflictReport, Count, FrontierReport, LinkageReport, Listed, LotteryPick,
    LotteryVectors, MissReport, NO_FRONTIER, Pick, PrizeReport, ProposalReport, SolutionVectors,
    ZoneReport,
};

/// Version of the shape in which an [`AgreementsReport`] serialises. Fields may be added under one
/// version; a field that goes or changes its meaning raises it.
pub const SCHEMA: u32 = 1;
