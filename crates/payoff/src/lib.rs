#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - Issues, options, parties and agreements are counted from 0. An agreement is known by its
//!   place in the list of feasible [`Agreements`]: lexicographic, the last issue changing fastest.
//! - Payoffs are finite von Neumann–Morgenstern utilities, each party's on its own scale; gains are
//!   payoffs less nonagreement. Preference is strict, `>`, without tolerance.
//! - Ties are kept everywhere: a frontier and a solution name every agreement that attains them.
//!   Solutions compare without rounding the numbers they were given, so ties among payoffs coded as
//!   whole numbers are exactly the ties of arithmetic. A payoff coded as `0.1` is the double next
//!   to a tenth, here as everywhere; a [`Utility`] adds such payoffs up as on paper, and
//!   [`DecimalScale`] makes whole numbers of them.
//! - With `parallel`, large loops are split across cores; no result depends on how.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

mod adjusted_winner;
mod agreements;
mod bargaining;
mod chain;
mod decimal;
mod error;
mod exact;
mod frontier;
#[cfg(any(test, feature = "proptest"))]
pub mod instances;
mod issue_values;
mod lottery;
mod matrix;
mod parallel;
mod ranges;
#[cfg(feature = "serde")]
mod serialise;
mod solution;
mod space;
#[cfg(any(test, feature = "proptest"))]
pub mod strategies;
mod sums;
mod utility;
mod zone;

pub use adjusted_winner::{AdjustedWinner, adjusted_winner};
pub use agreements::Agreements;
pub use bargaining::{
    egalitarian, equal_loss, gupta_livne, ideal_point, kalai_smorodinsky, nash, proportional,
    raiffa, solve, utilitarian,
};
pub use chain::{ImprovingChain, improvements, improving_chain};
pub use decimal::DecimalScale;
pub use error::PayoffError;
pub use frontier::{Frontier, frontier, rational_frontier};
pub use issue_values::issue_values;
pub use lottery::{
    Integrative, IssueAlone, Linkage, Lotteries, Lottery, LotterySolution, Prize, opposition,
    shortfall,
};
pub use matrix::PayoffMatrix;
pub use ranges::{Certainty, Opportunity, PayoffRanges, ZoneRange};
pub use solution::{Ideal, Scale, Solution, SolutionConcept};
pub use space::AgreementSpace;
pub use sums::{
    Arithmetic, BestFirst, Block, Blockers, Exhaustion, NearestMiss, NoZoneProof, PackageFrontier,
    PackageSpace, PackageZone, SearchLimits, TiedPackages, ZoneFinding, ZonePackages,
};
pub use utility::{Interaction, Utility};
pub use zone::{ZoneKind, zone, zone_count};
