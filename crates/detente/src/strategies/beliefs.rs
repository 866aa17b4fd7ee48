//! What an observer believes, and how it reads.

use proptest::{option, prelude::*};

use super::{Frame, entries, number::Coding, types::chances};
use crate::case::{Bias, Coded, Prior, Provenance, Situational};
use crate::decode::Ids;

/// Beliefs before the acts, and how acts are read.
#[derive(Debug, Clone)]
pub(super) struct Beliefs {
    pub(super) prior: Ids<Prior>,
    pub(super) bias: Option<Bias>,
}

/// Priors about most of the other parties that have types, and a bias that is often neutral.
pub(super) fn beliefs(frame: &Frame, observer: usize) -> BoxedStrategy<Beliefs> {
    let coding = frame.coding;
    let others: Vec<_> = frame
        .types
        .iter()
        .enumerate()
        .map(|(about, &types)| {
            if about == observer || types == 0 {
                Just(None).boxed()
            } else {
                option::weighted(0.9, prior(coding, types)).boxed()
            }
        })
        .collect();
    (others, option::weighted(0.7, bias(coding)))
        .prop_map(|(priors, bias)| {
            let coded = priors.into_iter().enumerate();
            Beliefs {
                prior: entries(coded.filter_map(|(about, it)| Some((about, it?))), "p"),
                bias,
            }
        })
        .boxed()
}

fn prior(coding: Coding, types: usize) -> impl Strategy<Value = Prior> {
    let open = chances(coding, types, 1).prop_map(|weights| (weights, false));
    let closed = chances(coding, types, 0).prop_map(|weights| (weights, true));
    prop_oneof![9 => open, 1 => closed].prop_map(|(weights, dogmatic)| Prior { weights, dogmatic })
}

fn bias(coding: Coding) -> impl Strategy<Value = Bias> {
    let situation = || option::weighted(0.7, coding.weight(&[0.0, 0.25, 0.5, 2.0]));
    let exponent = || option::of(coding.weight(&[0.0, 0.25, 0.5, 1.0, 2.0]));
    let situational = (situation(), situation()).prop_map(|(cooperative, hostile)| Situational {
        cooperative,
        hostile,
        provenance: Provenance::default(),
    });
    (
        option::of(situational),
        option::weighted(0.5, any::<bool>()),
        exponent(),
        exponent(),
    )
        .prop_map(
            |(situational, bad_faith, prior_weight, evidence_weight)| Bias {
                situational,
                bad_faith: bad_faith.map(Coded::bare),
                prior_weight,
                evidence_weight,
                // What model M-05 speaks of; the other mechanisms stay neutral.
                ..Bias::default()
            },
        )
}
