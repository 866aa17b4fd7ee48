//! Who a party might be, and how likely.

use proptest::{collection::vec, option, prelude::*};

use super::{
    Frame, entries,
    number::Coding,
    preferences::{by_issue, coded},
    table,
};
use crate::case::{ByIssue, Number, PartyType, Provenance, TrueType, Weights};
use crate::decode::Ids;

/// What is coded of a party that has types; nothing of one that has none.
#[derive(Debug, Clone, Default)]
pub(super) struct Who {
    pub(super) temptation: Option<ByIssue>,
    pub(super) detection: Option<Number>,
    pub(super) types: Ids<PartyType>,
    pub(super) true_type: Option<TrueType>,
}

/// A party's types, with what says which of them would honour.
pub(super) fn who(frame: &Frame, types: usize) -> BoxedStrategy<Who> {
    if types == 0 {
        return Just(Who::default()).boxed();
    }
    let coding = frame.coding;
    (
        by_issue(frame, -1, 2, false),
        coded(detection(coding), false),
    )
        .prop_flat_map(move |(temptation, detection)| {
            let needed = detection.is_none();
            (
                Just(temptation),
                Just(detection),
                (0..types)
                    .map(|place| party_type(coding, place, needed))
                    .collect::<Vec<_>>(),
                true_type(coding, types),
            )
        })
        .prop_map(|(temptation, detection, types, true_type)| Who {
            temptation: Some(temptation),
            detection,
            types: table("t", types),
            true_type: Some(true_type),
        })
        .boxed()
}

fn detection(coding: Coding) -> BoxedStrategy<Number> {
    coding.one_of(&[0.0, 0.5, 0.75, 1.0, 1.0], 0.125, (0.0, 1.0))
}

/// The first type is patient and little tempted, the others are not, so that acts that tell them
/// apart tell something.
fn party_type(coding: Coding, place: usize, detects: bool) -> impl Strategy<Value = PartyType> {
    let (patience, scale): (&[f64], &[f64]) = if place == 0 {
        (&[0.5, 0.75, 0.875, 0.9375], &[0.0, 0.5, 1.0])
    } else {
        (&[0.0, 0.25, 0.5, 0.75], &[0.5, 1.0, 2.0, 4.0])
    };
    (
        coding.one_of(patience, 1.0 / 16.0, (0.0, 1.0)),
        option::of(coding.weight(scale)),
        option::weighted(0.3, coding.whole(-1, 2)),
        coded(detection(coding), detects),
    )
        .prop_map(
            |(patience, temptation_scale, temptation_shift, detection)| PartyType {
                name: None,
                patience: Some(patience),
                temptation_scale,
                temptation_shift,
                detection,
                provenance: Provenance::default(),
            },
        )
}

fn true_type(coding: Coding, types: usize) -> BoxedStrategy<TrueType> {
    let known =
        prop_oneof![Just(0), 0..types].prop_map(|place| TrueType::Known(format!("t{place}")));
    let weighed = chances(coding, types, 0).prop_map(TrueType::Distribution);
    prop_oneof![known, weighed].boxed()
}

/// Probabilities of types in eighths, each at least `least` eighths unless there is but one type;
/// one of them may be left out.
pub(super) fn chances(coding: Coding, types: usize, least: u8) -> BoxedStrategy<Weights> {
    let left_out = option::of(0..types);
    (vec(0..=8_u8, types), left_out)
        .prop_filter_map("probabilities", move |(dice, left_out)| {
            let shares = eighths(&dice, least).into_iter().enumerate();
            let numbers: Option<Vec<(usize, Number)>> = shares
                .filter(|(place, _)| Some(*place) != left_out)
                .map(|(place, share)| Some((place, chance(coding, share, least)?)))
                .collect();
            Some(Weights {
                types: entries(numbers?, "t"),
                provenance: Provenance::default(),
            })
        })
        .boxed()
}

/// A range that leaves room for the type left out: where types may have no chance at all, the
/// others may have all of it, and range downwards only.
fn chance(coding: Coding, share: f64, least: u8) -> Option<Number> {
    let most = if least == 0 { share } else { 1.0 };
    coding.number(share, 1.0 / 64.0, (0.0, most))
}

/// Shares in eighths that sum to 1, as near to the dice as `least` eighths apiece allow.
fn eighths(dice: &[u8], least: u8) -> Vec<f64> {
    let mut left = 8_u8;
    let mut shares = Vec::with_capacity(dice.len());
    for (place, &die) in (1_u8..).zip(dice) {
        let after = u8::try_from(dice.len()).unwrap_or(u8::MAX) - place;
        let share = if after == 0 {
            left
        } else {
            die.max(least).min(left - least * after)
        };
        left -= share;
        shares.push(f64::from(share) / 8.0);
    }
    shares
}
