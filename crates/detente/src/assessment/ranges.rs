use detente_payoff::Certainty;
use serde::Serialize;

use super::Barrier;

/// What of the funnel is certain, over all numbers within the ranges that were coded for what parties want
/// and face: payoffs with and without agreement, exposure, temptation, ratification floors, patience and
/// detection, each in its own range, and over every type that a party may truly have been. Exact: the
/// ends of the ranges answer for all that lies between, and nothing is drawn.
///
/// What parties believe and how they read evidence stays at central values, and so does the home front.
/// Ranges of those are only sampled, as the chances of the funnel are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverRanges {
    /// By barrier in turn, whether some agreement gets past it and those before. A home front is no matter
    /// of ends: where one is coded, barriers from the fourth on are here only if none gets that far.
    pub barriers: Vec<BarrierOverRanges>,
    /// How much of the ranges, shrunk evenly towards the central values, leaves the barrier at which
    /// agreements stop the same: from 0 to 1, rounded, parties being of their likeliest types; absent where
    /// the ends of a part of the ranges do not answer for that part.
    pub same_within: Option<f64>,
    /// How many combinations of types the parties may truly have been of.
    pub types: usize,
    /// Parties, by id, whose home front keeps the later barriers from being answered so.
    pub home_fronts: Vec<String>,
}

/// Whether some agreement gets past a barrier and those before it: for all numbers in the ranges, for some
/// or for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BarrierOverRanges {
    /// The barrier.
    pub barrier: Barrier,
    /// For all numbers in the ranges, for some or for none.
    pub certainty: Certainty,
}
