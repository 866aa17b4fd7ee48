//! Generators of bias profiles and models of attribution for property tests (feature `proptest`).
//!
//! ```
//! use detente_perception::strategies;
//! use detente_reputation::{posterior, strategies as reputation};
//! use proptest::{prelude::*, test_runner::TestRunner};
//!
//! let inputs = (
//!     reputation::belief(2),
//!     reputation::possible_acts(2, 5),
//!     strategies::bias_profile(),
//! );
//! TestRunner::deterministic().run(&inputs, |(prior, acts, profile)| {
//!     let held = posterior(&prior, &acts, &profile).unwrap();
//!     prop_assert!((held.probabilities().iter().sum::<f64>() - 1.0).abs() < 1e-12);
//!     Ok(())
//! }).unwrap();
//! ```

use detente_quantity::strategies::probability;
use proptest::{collection::vec, prelude::*};

use crate::{BiasParams, BiasProfile, Cause, NoisyOr, Situational};

/// Any profile with weights up to 3; 0 and 1 are well represented.
pub fn bias_profile() -> impl Strategy<Value = BiasProfile> {
    (weight(), weight(), any::<bool>(), weight(), weight()).prop_filter_map(
        "a bias profile",
        |(cooperative, hostile, bad_faith, prior_weight, evidence_weight)| {
            BiasProfile::new(BiasParams {
                situational: Situational {
                    cooperative,
                    hostile,
                },
                bad_faith,
                prior_weight,
                evidence_weight,
            })
            .ok()
        },
    )
}

/// A weight of a bias mechanism: from 0 to 3, with 0 and the neutral 1 well represented.
pub fn weight() -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 2 => Just(1.0), 4 => 0.0..3.0_f64]
}

/// A noisy-or model of up to `most` causes (at least one), certainties included.
pub fn noisy_or(most: usize) -> impl Strategy<Value = NoisyOr> {
    let cause =
        (probability(), probability()).prop_map(|(prior, strength)| Cause { prior, strength });
    (probability(), vec(cause, 1..=most.max(1)))
        .prop_map(|(leak, causes)| NoisyOr::new(leak, causes))
}
