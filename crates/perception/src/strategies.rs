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

use crate::{
    BiasParams, BiasProfile, Cause, Discounting, Expectation, Mechanism, NoisyOr, PriorBias,
    Situational, Strength, Valence,
};

/// Any profile with weights up to 3 and every share; neutral values and 0 are well represented.
pub fn bias_profile() -> impl Strategy<Value = BiasProfile> {
    let causes = (unlikely(), unlikely(), weight());
    let discounts = (weight(), weight(), any::<bool>(), causes);
    let grether = (weight(), weight());
    let perceived = (weight(), prop_oneof![Just(1.0), 0.1..2.0_f64]);
    let expected = (unlikely(), unlikely(), absent(), absent());
    let valued = (weight(), weight(), absent(), unlikely());
    (discounts, grether, perceived, expected, valued).prop_filter_map(
        "a bias profile",
        |(discounts, (prior_weight, evidence_weight), perceived, expected, valued)| {
            BiasProfile::new(BiasParams {
                situational: Situational {
                    cooperative: discounts.0,
                    hostile: discounts.1,
                },
                discounting: Discounting {
                    cooperative: discounts.3.0,
                    hostile: discounts.3.1,
                },
                augmentation: discounts.3.2,
                bad_faith: discounts.2,
                prior_weight,
                evidence_weight,
                strength: Strength {
                    scale: perceived.0,
                    exponent: perceived.1,
                },
                expectation: Expectation {
                    misreading: expected.0,
                    ambiguity: expected.1,
                },
                prior_bias: PriorBias {
                    confirming: expected.2,
                    disconfirming: -expected.3,
                },
                valence: Valence {
                    cooperative: valued.0,
                    hostile: valued.1,
                },
                need: valued.2,
                perseverance: valued.3,
            })
            .ok()
        },
    )
}

/// A profile whose mechanisms are those of model M-05: situation, bad faith and Grether's weights.
pub fn plain_profile() -> impl Strategy<Value = BiasProfile> {
    bias_profile().prop_map(|profile| {
        profile.with_only(&[
            Mechanism::Situation,
            Mechanism::BadFaith,
            Mechanism::EvidenceWeight,
            Mechanism::BaseRate,
        ])
    })
}

/// A share from 0 to 1, often the neutral 0.
fn unlikely() -> impl Strategy<Value = f64> {
    prop_oneof![2 => Just(0.0), 3 => 0.0..=1.0_f64]
}

/// A number from 0 to 3, often the neutral 0.
fn absent() -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 1 => 0.0..3.0_f64]
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
