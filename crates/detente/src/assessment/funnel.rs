use serde::Serialize;

use super::{Band, Barrier, Chance};
use crate::case::Terms;

/// A set of the funnel: each is a subset of the one before (M-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Every possible agreement.
    All,
    /// Preferred by every party to none.
    MutuallyPreferred,
    /// And honoured by every true type.
    SelfEnforcing,
    /// And accepted by every nation on the evidence as it was.
    Prudent,
    /// And accepted by every leader on the evidence as it was.
    AffordableAtHome,
    /// And accepted by every leader on the evidence as it was read.
    Perceived,
}

impl Stage {
    /// The sets of the funnel in order.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::MutuallyPreferred,
        Self::SelfEnforcing,
        Self::Prudent,
        Self::AffordableAtHome,
        Self::Perceived,
    ];

    /// The barrier whose survivors it holds; none for the first.
    #[must_use]
    pub fn barrier(self) -> Option<Barrier> {
        (self as usize)
            .checked_sub(1)
            .and_then(|idx| Barrier::ALL.get(idx))
            .copied()
    }
}

/// A set of agreements: how many, and which.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AgreementSet {
    /// How many agreements it holds at central values.
    pub count: u64,
    /// The agreements themselves, in the order of the case; only the first where there are more
    /// than the run's list limit.
    pub agreements: Vec<Terms>,
    /// Whether the list was cut at the limit.
    pub truncated: bool,
    /// The share of draws in which the set holds an agreement; absent without draws.
    pub nonempty: Option<Chance>,
}

/// One stage of the funnel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FunnelStage {
    /// The barrier whose survivors are counted; `null` for the first stage, which counts all.
    pub barrier: Option<Barrier>,
    /// The set of the survivors.
    pub set: Stage,
    /// How many agreements survive at central values.
    pub survivors: u64,
    /// Their share of all possible agreements, from 0 to 1.
    pub share: f64,
    /// Survivors with the greatest Nash product of gains, every one that ties; empty for the first
    /// stage, where gains may be negative.
    pub best: Vec<Terms>,
    /// The survivors, at most the run's list limit.
    pub agreements: Vec<Terms>,
    /// Whether the list was cut at the limit.
    pub truncated: bool,
    /// The share of draws in which someone survives; absent without draws.
    pub nonempty: Option<Chance>,
    /// The number of survivors over draws; absent without draws.
    pub over_draws: Option<Band>,
}
