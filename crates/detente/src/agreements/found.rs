use detente_payoff::PayoffMatrix;

use super::Count;

/// The zone and the frontier, however they were found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) agreements: String,
    pub(super) strict: Option<Count>,
    pub(super) weak: Option<Count>,
    pub(super) pareto_improving: Option<Count>,
    pub(super) share: Option<f64>,
    /// The efficient agreements, unless they are too many to find.
    pub(super) efficient: Option<Efficient>,
    /// What was not done, and why.
    pub(super) notes: Vec<String>,
}

/// Efficient agreements.
#[derive(Debug)]
pub(super) struct Efficient {
    /// Their distinct payoff vectors.
    pub(super) vectors: PayoffMatrix,
    /// How many agreements have each vector.
    pub(super) counts: Vec<Count>,
    /// How many agreements there are.
    pub(super) packages: Count,
    /// Whether only those are here from which no party loses.
    pub(super) rational_only: bool,
}
