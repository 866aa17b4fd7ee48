//! Policies of reassurance tried against those they may meet: GRIT beside tit for tat and its kin.

mod exploiter;
mod field;
mod trial;

pub use exploiter::best_exploiter;
pub use field::{Opponent, opponents, policies};
pub use trial::{PolicyTrial, TrialTerms, try_policy};
