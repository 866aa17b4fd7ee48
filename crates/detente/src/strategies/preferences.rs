//! Payoffs, exposure and temptation by issue, and rankings.

use proptest::{collection::vec, option, prelude::*};

use super::{Frame, entries, number::Coding, space::Space, table};
use crate::case::{
    ByIssue, Interaction, Nonagreement, Number, OptionTable, Preferences, Provenance, Ranking,
};

/// Numbers by issue, from `least` to `most` an option: every issue if `complete`, else some.
pub(super) fn by_issue(
    frame: &Frame,
    least: i8,
    most: i8,
    complete: bool,
) -> BoxedStrategy<ByIssue> {
    let coding = frame.coding;
    let tables: Vec<_> = frame
        .space
        .sizes
        .iter()
        .map(|&size| coded(options(coding, least, most, size), complete))
        .collect();
    (
        option::of(coding.whole(-1, 1)),
        tables,
        option::weighted(0.3, interaction(&frame.space, coding)),
    )
        .prop_map(|(constant, tables, interaction)| {
            let coded = tables.into_iter().enumerate();
            ByIssue {
                constant,
                issues: entries(coded.filter_map(|(issue, it)| Some((issue, it?))), "i"),
                interactions: interaction.flatten().into_iter().collect(),
                provenance: Provenance::default(),
            }
        })
        .boxed()
}

/// The value, always or most of the time.
pub(super) fn coded<T: Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
    always: bool,
) -> BoxedStrategy<Option<T>> {
    if always {
        value.prop_map(Some).boxed()
    } else {
        option::weighted(0.7, value).boxed()
    }
}

fn options(coding: Coding, least: i8, most: i8, size: usize) -> impl Strategy<Value = OptionTable> {
    vec(coding.whole(least, most), size).prop_map(|values: Vec<Number>| OptionTable {
        values: table("o", values),
        provenance: Provenance::default(),
    })
}

/// An interaction between the first issue and another; none where there is no other.
fn interaction(space: &Space, coding: Coding) -> BoxedStrategy<Option<Interaction>> {
    let sizes = space.sizes.clone();
    if sizes.len() < 2 {
        return Just(None).boxed();
    }
    (1..sizes.len(), coding.whole(-2, 2))
        .prop_flat_map(move |(other, add)| (0..sizes[0], Just(other), 0..sizes[other], Just(add)))
        .prop_map(|(first, other, second, add)| {
            let met = [(0, format!("o{first}")), (other, format!("o{second}"))];
            Some(Interaction {
                when: entries(met, "i"),
                add,
                provenance: Provenance::default(),
            })
        })
        .boxed()
}

/// Numbers, or now and then a ranking for a party that may have one.
pub(super) fn payoff(frame: &Frame, rankable: bool) -> BoxedStrategy<Preferences> {
    let numbers = by_issue(frame, -1, 3, true).prop_map(Preferences::Numbers);
    if !rankable {
        return numbers.boxed();
    }
    prop_oneof![numbers, ranking(&frame.space)].boxed()
}

/// A ranking of every agreement, ties included.
fn ranking(space: &Space) -> impl Strategy<Value = Preferences> + use<> {
    let agreements = space.feasible.clone();
    vec(0..4_usize, agreements.len()).prop_map(move |places| {
        let tied = |rank: usize| {
            let here = agreements.iter().zip(&places);
            let tied = here.filter(|(_, place)| **place == rank);
            tied.map(|(terms, _)| terms.clone()).collect::<Vec<_>>()
        };
        let ranks = (0..4).map(tied).filter(|tied| !tied.is_empty()).collect();
        Preferences::Ranking(Ranking {
            ranks,
            provenance: Provenance::default(),
        })
    })
}

/// A payoff, or one of the agreements as the state of affairs.
pub(super) fn nonagreement(frame: &Frame) -> impl Strategy<Value = Nonagreement> + use<> {
    prop_oneof![
        4 => frame.coding.whole(-2, 1).prop_map(Nonagreement::Payoff),
        1 => state(frame),
    ]
}

/// One of the agreements as the state of affairs.
pub(super) fn state(frame: &Frame) -> impl Strategy<Value = Nonagreement> + use<> {
    prop::sample::select(frame.space.feasible.clone()).prop_map(|r#as| Nonagreement::State {
        r#as,
        provenance: Provenance::default(),
    })
}
