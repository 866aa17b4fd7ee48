//! Whom a leader answers to.

use detente_legitimacy::{Signature, SurvivalCurve};
use proptest::{option, prelude::*};

use super::number::Coding;
use crate::case::{Coded, Home, Messages, Number, Provenance};

/// A home front and a ratification floor, either of which may be absent.
#[derive(Debug, Clone)]
pub(super) struct HomeFront {
    pub(super) home: Option<Home>,
    pub(super) floor: Option<Number>,
}

/// Any home front.
pub(super) fn home_front(coding: Coding) -> impl Strategy<Value = HomeFront> {
    let home = prop_oneof![4 => curved(coding), 1 => straight(coding)];
    (option::of(home), option::weighted(0.2, coding.whole(-1, 2)))
        .prop_map(|(home, floor)| HomeFront { home, floor })
}

/// A home front on a curve that is defined for any support.
fn curved(coding: Coding) -> BoxedStrategy<Home> {
    let curve = vec![
        SurvivalCurve::Logit,
        SurvivalCurve::Probit,
        SurvivalCurve::Cauchy,
    ];
    (
        coding.weight(&[0.5, 1.0, 2.0]),
        coding.weight(&[0.0, 0.5, 1.0, 4.0]),
        coding.weight(&[0.0, 0.5, 1.0]),
        coding.one_of(&[-0.5, 0.0, 0.5, 1.0], 0.25, (-1.0, 2.0)),
        coding.whole(-1, 1),
        prop::sample::select(curve),
        option::of(coding.eighths(0, 8)),
    )
        .prop_map(
            |(nation, office, support, threat, baseline, curve, audience)| Home {
                national_weight: Some(nation),
                office_stake: Some(office),
                support: Some(support),
                threat: Some(threat),
                baseline: Some(baseline),
                curve: Some(Coded::bare(curve)),
                audience_hostility: audience,
                messages: None,
                provenance: Provenance::default(),
            },
        )
        .boxed()
}

/// What the leader can say.
fn messages(coding: Coding) -> impl Strategy<Value = Messages> {
    let signature = prop::sample::select(vec![Signature::Uninformative, Signature::RevealsBenign]);
    (
        coding.weight(&[0.125, 0.5, 2.0]),
        coding.eighths(0, 8),
        coding.eighths(0, 8),
        option::of(coding.eighths(0, 8)),
        option::of(signature.prop_map(Coded::bare)),
    )
        .prop_map(|(cost, credulous, bargaining, prior, signature)| Messages {
            cost: Some(cost),
            credulous_share: Some(credulous),
            bargaining_share: Some(bargaining),
            prior_hostility: prior,
            signature,
            provenance: Provenance::default(),
        })
}

/// A home front on the linear curve, with or without messages: support stays on the curve, or
/// reaches an end of it and is held there. Of no round numbers, or office would make up for shares
/// of the span of payoffs exactly, where rounding decides.
fn straight(coding: Coding) -> BoxedStrategy<Home> {
    let exact = |values: &[f64]| Coding::Exact.weight(values);
    (
        curved(coding),
        exact(&[0.0, 0.07, 0.29, 0.83]),
        exact(&[-0.53, -0.17, 0.0, 0.17, 0.53]),
        exact(&[0.25, 0.5]),
        option::weighted(0.6, messages(coding)),
    )
        .prop_map(|(home, support, threat, baseline, messages)| Home {
            support: Some(support),
            threat: Some(threat),
            baseline: Some(baseline),
            curve: Some(Coded::bare(SurvivalCurve::Linear)),
            messages,
            ..home
        })
        .boxed()
}
