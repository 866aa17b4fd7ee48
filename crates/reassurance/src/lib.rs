#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - Payoffs are differences from nonagreement, in each party's own units: gain `G` when trust is honoured
//!   and loss `L` when it is not to the one who trusts, `R` for honouring and `T` for betraying to the one
//!   who is trusted.
//! - Trust `p` is the probability that the other is *trustworthy*: that it would honour every step.
//!   The other type, untrustworthy, is strategic: it mimics as long as that pays.
//! - A threshold is exceeded, not met. Ties are named where they matter.
//! - Rungs count from 1, places in lists from 0.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

mod error;
mod ladder;
mod path;
mod policy;
#[cfg(feature = "serde")]
mod serialise;
mod series;
mod signal;
#[cfg(any(test, feature = "proptest"))]
pub mod strategies;

pub use error::ReassuranceError;
pub use ladder::{
    Climb, ClimbRung, Ladder, LimitedTest, Mimic, Patience, Refusal, Rung, StartingSmall,
    TestingPhase, TestingTerms, TwoSided, instalments,
};
pub use path::{
    Blocked, Criterion, Judge, MutualRung, MutualTrust, Path, PathAnswer, PathEnd, PathFault,
    PathGoal, PathRung, PathTotals, Risk, Ruling, RungStake, SearchWork, TrustPair, cheapest_path,
    check_path, pareto_paths,
};
pub use policy::{
    Opponent, PolicyTrial, TrialTerms, best_exploiter, opponents, policies, try_policy,
};
pub use series::{
    Breach, Comparison, Concession, SeriesEnd, SeriesGoal, SeriesPlan, SeriesStep, Terms,
    cheapest_series, cost_of_breaches,
};
pub use signal::{
    Equilibrium, FirstStep, Pattern, Prize, ReassuranceGame, Screening, Signal, TiedHands, Values,
    sunk_cost,
};
