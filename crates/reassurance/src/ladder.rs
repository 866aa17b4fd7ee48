//! Ladders of agreements climbed against a partner who may be mimicking.

mod backward;
mod instalments;
mod limited_test;
mod mimic;
mod plan;
mod rung;
mod starting_small;
mod testing_phase;

pub use backward::Ladder;
pub use instalments::instalments;
pub use limited_test::LimitedTest;
pub use mimic::Mimic;
pub use plan::{Climb, ClimbRung, Refusal};
pub use rung::{Patience, Rung};
pub use starting_small::{StartingSmall, TwoSided};
pub use testing_phase::{TestingPhase, TestingTerms};
