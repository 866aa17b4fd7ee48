use detente_payoff::PayoffMatrix;

use super::Count;

/// The zone and the frontier, however they were found.
pub(super) struct Found {
    pub(super) agreements: String,
    pub(super) strict: Option<Count>,
    pub(super) weak: Option<Count>,
    pub(super) pareto_improving: Option<Count>,
    pub(super) share: Option<f64>,
    /// The distinct payoff vectors of the efficient agreements.
    pub(super) efficient: PayoffMatrix,
    /// How many agreements have each vector.
    pub(super) counts: Vec<Count>,
    /// How many efficient agreements there are.
    pub(super) packages: Count,
}
