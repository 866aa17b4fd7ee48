//! Paths from today's beliefs to a full agreement, by rungs that both sides accept.

mod check;
mod judge;
mod mutual_trust;
mod order;
mod route;
mod search;

#[cfg(test)]
mod tests;

pub use check::{PathFault, check_path};
pub use judge::{Judge, Risk, Ruling};
pub use mutual_trust::{MutualRung, MutualTrust, RungStake, TrustPair};
pub use order::Criterion;
pub use route::{Blocked, Path, PathAnswer, PathEnd, PathRung, PathTotals, SearchWork};
pub use search::{PathGoal, cheapest_path, pareto_paths};
