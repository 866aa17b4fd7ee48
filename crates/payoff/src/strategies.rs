//! Generators of valid spaces, utilities and payoffs for property tests (feature `proptest`).
//!
//! Payoffs are small integers for the most part, so that ties, zeros and boundaries occur.
//!
//! ```
//! use detente_payoff::{frontier, strategies};
//! use proptest::{prelude::*, test_runner::TestRunner};
//!
//! TestRunner::deterministic().run(&strategies::matrix(1..=3, 1..=20), |matrix| {
//!     prop_assert!(!frontier(&matrix).is_empty());
//!     Ok(())
//! }).unwrap();
//! ```

use std::ops::RangeInclusive;

use proptest::{collection::vec, prelude::*};

use crate::{AgreementSpace, Interaction, PayoffMatrix, Utility};

/// A space of one to four issues with one to four options each, some combinations forbidden but
/// never all.
pub fn space() -> impl Strategy<Value = AgreementSpace> {
    vec(1..=4_usize, 1..=4)
        .prop_flat_map(|sizes| {
            let combination = vec(
                (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
                1..=3,
            );
            (Just(sizes), vec(combination, 0..=3))
        })
        .prop_filter_map(
            "a space with an agreement in it",
            |(sizes, combinations)| {
                let mut space = AgreementSpace::new(&sizes).ok()?;
                for combination in combinations {
                    let pairs: Vec<(usize, usize)> = combination
                        .iter()
                        .map(|(issue, option)| {
                            let issue = issue.index(sizes.len());
                            (issue, option.index(sizes[issue]))
                        })
                        .collect();
                    // A combination that asks for two options of one issue forbids nothing.
                    space = space.clone().forbidding(&pairs).unwrap_or(space);
                }
                space.enumerate().is_ok().then_some(space)
            },
        )
}

/// An additive utility over issues of these sizes, with up to four interactions, in small integers.
pub fn utility(sizes: &[usize]) -> impl Strategy<Value = Utility> + use<> {
    scaled_utility(sizes, 1.0)
}

/// An additive utility over issues of these sizes whose sums are not exact, so that their order
/// shows.
pub fn rough_utility(sizes: &[usize]) -> impl Strategy<Value = Utility> + use<> {
    scaled_utility(sizes, 0.1)
}

fn scaled_utility(sizes: &[usize], scale: f64) -> impl Strategy<Value = Utility> + use<> {
    let number = move || (-9..=9_i32).prop_map(move |number| f64::from(number) * scale);
    let tables: Vec<_> = sizes.iter().map(|&size| vec(number(), size)).collect();
    let place = || (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (number(), tables, vec((place(), place(), number()), 0..=4)).prop_filter_map(
        "an additive utility",
        |(constant, tables, interactions)| {
            let sizes: Vec<usize> = tables.iter().map(Vec::len).collect();
            let mut utility = Utility::additive(constant, tables).ok()?;
            for (first, second, value) in interactions {
                let [first, second] = [first, second].map(|(issue, option)| {
                    let issue = issue.index(sizes.len());
                    (issue, option.index(sizes[issue]))
                });
                let interaction = Interaction {
                    first,
                    second,
                    value,
                };
                if first.0 != second.0 {
                    utility = utility.with_interaction(interaction).ok()?;
                }
            }
            Some(utility)
        },
    )
}

/// A space and one additive utility for each of the parties.
pub fn negotiation(
    n_parties: RangeInclusive<usize>,
) -> impl Strategy<Value = (AgreementSpace, Vec<Utility>)> {
    (space(), n_parties).prop_flat_map(|(space, n_parties)| {
        let utilities = vec(utility(space.sizes()), n_parties);
        (Just(space), utilities)
    })
}

/// A matrix with payoffs from 0 to 6 and nonagreement around them: many ties, zones of every kind,
/// nonagreement worse and better than every agreement.
pub fn matrix(
    n_parties: RangeInclusive<usize>,
    n_agreements: RangeInclusive<usize>,
) -> impl Strategy<Value = PayoffMatrix> {
    matrix_of(n_parties, n_agreements, || 0..=6_i32, || -3..=7_i32)
}

/// A matrix with payoffs from −1000 to 1000: few ties.
pub fn wide_matrix(
    n_parties: RangeInclusive<usize>,
    n_agreements: RangeInclusive<usize>,
) -> impl Strategy<Value = PayoffMatrix> {
    matrix_of(
        n_parties,
        n_agreements,
        || -1000..=1000_i32,
        || -1000..=200_i32,
    )
}

/// A small matrix in which some agreement gains for every party, with many ties.
pub fn matrix_with_zone(
    n_parties: RangeInclusive<usize>,
    n_agreements: RangeInclusive<usize>,
) -> impl Strategy<Value = PayoffMatrix> {
    matrix_of(n_parties, n_agreements, || 0..=6_i32, || -3..=3_i32)
        .prop_filter("a zone of agreement", |matrix| {
            crate::zone_count(matrix, crate::ZoneKind::Strict) > 0
        })
}

fn matrix_of<P: Strategy<Value = i32>, D: Strategy<Value = i32>>(
    n_parties: RangeInclusive<usize>,
    n_agreements: RangeInclusive<usize>,
    payoff: impl Fn() -> P,
    nonagreement: impl Fn() -> D,
) -> impl Strategy<Value = PayoffMatrix> {
    (n_parties, n_agreements)
        .prop_flat_map(move |(n_parties, n_agreements)| {
            (
                vec(payoff().prop_map(f64::from), n_parties * n_agreements),
                vec(nonagreement().prop_map(f64::from), n_parties),
            )
        })
        .prop_filter_map("a payoff matrix", |(payoffs, nonagreement)| {
            PayoffMatrix::new(nonagreement.len(), payoffs, &nonagreement).ok()
        })
}
