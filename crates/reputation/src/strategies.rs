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
    LogOdds, Probability,
    strategies::{open_probability, probability},
};
use proptest::{collection::vec, prelude::*};

use crate::{
    Act, Belief, BetaReputation, Evidence, HalfLife, Tone,
    bulk::{ChangePointParams, FadingBetaParams, TypeFilterParams},
};

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

/// An act with any [`evidence`] about `types` types, of known cost or not.
pub fn act(types: usize) -> impl Strategy<Value = Act> {
    (tone(), evidence(types), cost()).prop_map(of_cost)
}

/// Up to `most` acts with any evidence; some streams are impossible under every type.
pub fn acts(types: usize, most: usize) -> impl Strategy<Value = Vec<Act>> {
    vec(act(types), 0..=most)
}

/// Up to `most` acts that rule no type out, so that every observer can read them.
pub fn possible_acts(types: usize, most: usize) -> impl Strategy<Value = Vec<Act>> {
    let act = (tone(), possible_evidence(types), cost()).prop_map(of_cost);
    vec(act, 0..=most)
}

/// A cost, or none that is known.
fn cost() -> impl Strategy<Value = Option<LogOdds>> {
    let cost = (-2.0..6.0_f64).prop_filter_map("a cost", |cost| LogOdds::new(cost).ok());
    prop_oneof![1 => Just(None), 1 => cost.prop_map(Some)]
}

fn of_cost((tone, evidence, cost): (Tone, Evidence, Option<LogOdds>)) -> Act {
    let act = Act::new(tone, evidence);
    match cost {
        Some(cost) => act.costing(cost),
        None => act,
    }
}

/// A reputation with up to a thousand good and bad acts, whole or faded, from a uniform prior.
pub fn beta_reputation() -> impl Strategy<Value = BetaReputation> {
    let count = || prop_oneof![Just(0.0), 0.0..20.0_f64, 0.0..1e3_f64];
    (count(), count()).prop_filter_map("a reputation", |(good, bad)| {
        BetaReputation::from_counts(good, bad).ok()
    })
}

/// A type filter over `n_types` types and `n_symbols` symbols (at least one of each), which every
/// type may show: types that never change, that may each become any other, or some of them only.
pub fn type_filter_params(
    n_types: usize,
    n_symbols: usize,
) -> impl Strategy<Value = TypeFilterParams> {
    let dense = vec(distribution(n_types, 1e-3..1.0_f64), n_types.max(1));
    let sparse = prop_oneof![Just(0.0), 1e-3..1.0_f64];
    let sparse = vec(distribution(n_types, sparse), n_types.max(1));
    let switching = prop_oneof![Just(None), dense.prop_map(Some), sparse.prop_map(Some)];
    let likelihoods = vec(vec(open_probability(), n_types.max(1)), n_symbols.max(1));
    (belief(n_types), likelihoods, switching).prop_map(|(prior, likelihoods, switching)| {
        TypeFilterParams {
            prior,
            likelihoods,
            switching,
        }
    })
}

/// Chances in proportion to the entries, the first certain if there is nothing to go by.
fn distribution(
    length: usize,
    entry: impl Strategy<Value = f64>,
) -> impl Strategy<Value = Vec<Probability>> {
    vec(entry, length.max(1)).prop_map(|mut entries| {
        if entries.iter().all(|&entry| entry == 0.0) {
            entries[0] = 1.0;
        }
        let total: f64 = entries.iter().sum();
        let chance = |entry| Probability::saturating(entry / total);
        entries.into_iter().map(chance).collect()
    })
}

/// Half-lives from an hour to never, and priors between 1/20 and 20.
pub fn fading_beta_params() -> impl Strategy<Value = FadingBetaParams> {
    let half_life = prop_oneof![Just(f64::INFINITY), 0.04..2e4_f64];
    (half_life, 0.05..20.0_f64, 0.05..20.0_f64).prop_map(|(half_life, prior_good, prior_bad)| {
        let half_life = HalfLife(half_life);
        FadingBetaParams {
            half_life,
            prior_good,
            prior_bad,
        }
    })
}

/// Any hazard, priors between 1/20 and 20, and no runs dropped.
pub fn change_point_params() -> impl Strategy<Value = ChangePointParams> {
    (probability(), 0.05..20.0_f64, 0.05..20.0_f64).prop_map(|(hazard, prior_good, prior_bad)| {
        ChangePointParams {
            hazard,
            prior_good,
            prior_bad,
            drop_below: Probability::ZERO,
            ..ChangePointParams::default()
        }
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
