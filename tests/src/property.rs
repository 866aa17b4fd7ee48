//! Properties as tests of their own, always tried on the same inputs.

use std::fmt::Debug;

use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngSeed, TestCaseError, TestRunner},
};

/// Tries `property` on `cases` inputs drawn from `strategy`.
///
/// # Panics
/// With the smallest input found for which the property fails.
#[allow(clippy::panic, reason = "it stands in for a test's own assertions")]
pub fn check<S: Strategy>(
    cases: u32,
    strategy: S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) where
    S::Value: Debug,
{
    let mut runner = TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(1997),
        failure_persistence: None,
        max_global_rejects: cases.saturating_mul(20),
        ..Config::default()
    });
    if let Err(failure) = runner.run(&strategy, property) {
        panic!("{failure}");
    }
}
