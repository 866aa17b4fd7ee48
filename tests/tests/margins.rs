//! Margins say what the funnel says: above 0 exactly where some agreement survives.

use detente::{Options, assess, strategies};
use proptest::{prelude::*, test_runner::RngSeed};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1997),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Central run and draws: every margin against the stage that its barrier leaves.
fn agree(case: &detente::Case, options: &Options) -> Result<(), TestCaseError> {
    let found = assess(case, options).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(found.margins.len() + 1, found.funnel.len());
    for (margin, stage) in found.margins.iter().zip(&found.funnel[1..]) {
        prop_assert_eq!(Some(margin.barrier), stage.barrier);
        prop_assert_eq!(margin.central > 0.0, stage.survivors > 0, "{:?}", margin);
        let passes = margin.passes.map(|it| it.estimate);
        prop_assert_eq!(passes, stage.nonempty.map(|it| it.estimate), "{:?}", margin);
    }
    let falling = |pair: &[detente::assessment::BarrierMargin]| pair[1].central <= pair[0].central;
    prop_assert!(found.margins.windows(2).all(falling));
    Ok(())
}

proptest! {
    #![proptest_config(config(1_000))]

    /// Payoffs that tie and thresholds that are met exactly are frequent here.
    #[test]
    fn at_central_values(case in strategies::case()) {
        agree(&case, &Options { draws: 0, ..Options::default() })?;
    }

    /// One draw at a time, so that no two wrong signs make up for each other.
    #[test]
    fn in_every_single_draw(case in strategies::uncertain_case(), seed in any::<u64>()) {
        agree(&case, &Options { draws: 1, seed, ..Options::default() })?;
    }
}
