//! Generators of beliefs, acts and reputations for property tests (feature `proptest`).
//!
//! ```
//! use detente_reputation::{Warranted, posterior, strategies};
//! use proptest::{prelude::*, test_runner::TestRunner};
//!
//! let inputs = (strategies::belief(3), strategies::possible_acts(3, 5));
//! TestRunner::deterministic().run(&inputs, |(prior, acts)| {
//!     let backwards = posterior(&prior, acts.iter().rev(), &Warranted).unwrap();
//!     let forwards = posterior(&prior, &acts, &Warranted).unwrap();
//!     prop_assert!((forwards.probability(0).get() - backwards.probability(0).get()).abs() < 1e-9);
//!     Ok(())
//! }).unwrap();
//! ```

use detente_quantity::{
    Probability,
    strategies::{open_probability, probability},
};
use proptest::{collection::vec, prelude::*};

use crate::{Act, Belief, BetaReputation, Evidence, Tone};

/// Either tone.
pub fn tone() -> impl Strategy<Value = Tone> {
    prop_oneof![Just(Tone::Cooperative), Just(Tone::Hostile)]
}

/// A belief over `types` types (at least one), none of them certain unless it is the only one.
pub fn belief(types: usize) -> impl Strategy<Value = Belief> {
    vec(-8.0..8.0_f64, types.max(1))
        .prop_filter_map("a belief", |weights| Belief::from_log_weights(weights).ok())
}

/// Evidence about `types` types (at least one): likelihoods with both ends well represented, or
/// ratios between 1/20 and 20. A type, or all of them, may be unable to do the act.
pub fn evidence(types: usize) -> impl Strategy<Value = Evidence> {
    prop_oneof![likelihoods(types, probability()), ratios(types)]
}

/// Evidence that rules no type out.
pub fn possible_evidence(types: usize) -> impl Strategy<Value = Evidence> {
    prop_oneof![likelihoods(types, open_probability()), ratios(types)]
}

/// An act with any [`evidence`] about `types` types.
pub fn act(types: usize) -> impl Strategy<Value = Act> {
    (tone(), evidence(types)).prop_map(|(tone, evidence)| Act::new(tone, evidence))
}

/// Up to `most` acts with any evidence; some streams are impossible under every type.
pub fn acts(types: usize, most: usize) -> impl Strategy<Value = Vec<Act>> {
    vec(act(types), 0..=most)
}

/// Up to `most` acts that rule no type out, so that every observer can read them.
pub fn possible_acts(types: usize, most: usize) -> impl Strategy<Value = Vec<Act>> {
    let act =
        (tone(), possible_evidence(types)).prop_map(|(tone, evidence)| Act::new(tone, evidence));
    vec(act, 0..=most)
}

/// A reputation with up to a thousand good and bad acts, whole or faded, from a uniform prior.
pub fn beta_reputation() -> impl Strategy<Value = BetaReputation> {
    let count = || prop_oneof![Just(0.0), 0.0..20.0_f64, 0.0..1e3_f64];
    (count(), count()).prop_filter_map("a reputation", |(good, bad)| {
        BetaReputation::from_counts(good, bad).ok()
    })
}

fn likelihoods(
    types: usize,
    chance: impl Strategy<Value = Probability>,
) -> impl Strategy<Value = Evidence> {
    (vec(chance, types.max(1)), probability()).prop_filter_map("evidence", |(chances, forced)| {
        Evidence::likelihoods(chances, forced).ok()
    })
}

fn ratios(types: usize) -> impl Strategy<Value = Evidence> {
    vec(0.05..20.0_f64, types.max(1))
        .prop_filter_map("evidence", |ratios| Evidence::ratios(ratios).ok())
}
