//! Acts that were seen, offers that were made.

use detente_quantity::Date;
use detente_reputation::Tone;
use proptest::{collection::vec, option, prelude::*};

use super::{Frame, day, entries, number::Coding, space::whole, table};
use crate::case::{Act, Coded, Number, Proposal, Provenance, SeenBy, Weights};

/// An act of any party. Its id is left to be filled in.
pub(super) fn act(frame: &Frame) -> impl Strategy<Value = Act> + use<> {
    let (types, coding) = (frame.types.clone(), frame.coding);
    (0..types.len()).prop_flat_map(move |actor| {
        let tone = prop::sample::select(vec![Tone::Cooperative, Tone::Hostile]);
        // Two days in order: when it was done, and when it became known.
        let days = (day(1), day(1)).prop_map(|(one, other)| (one.min(other), one.max(other)));
        (
            days,
            any::<bool>(),
            tone,
            seen_by(types.len(), actor),
            evidence(coding, types[actor]),
        )
            .prop_map(move |((done, known), late, tone, seen_by, evidence)| {
                let seen_by = seen_by.map(|seen_by| not_before(seen_by, done));
                Act {
                    id: String::new(),
                    date: Some(Coded::bare(done)),
                    known: late.then(|| Coded::bare(known)),
                    actor: format!("p{actor}"),
                    seen_by,
                    tone: Some(Coded::bare(tone)),
                    event: "An act".to_owned(),
                    forced: evidence.forced,
                    cost: evidence.cost,
                    likelihood: evidence.likelihood,
                    likelihood_ratio: evidence.ratio,
                    retracts: None,
                    // Acts known late share a clue: it changes no result, and so must not be lost.
                    clue: late.then(|| "late".to_owned()),
                    provenance: Provenance::default(),
                }
            })
    })
}

/// Everyone else, some of them, or some of them each on a day of its own.
fn seen_by(parties: usize, actor: usize) -> impl Strategy<Value = Option<SeenBy>> {
    let others: Vec<usize> = (0..parties).filter(|&party| party != actor).collect();
    let some = prop::sample::subsequence(others.clone(), 0..=others.len());
    let days = vec(day(1), parties);
    (some, days, 0..4_u8).prop_map(|(some, days, die)| match die {
        0 => Some(SeenBy::Parties(
            some.iter().map(|party| format!("p{party}")).collect(),
        )),
        1 => {
            let days = some.into_iter().map(|party| (party, days[party]));
            Some(SeenBy::Days(entries(days, "p")))
        }
        _ => None,
    })
}

/// No one knows of an act before it was done.
fn not_before(seen_by: SeenBy, done: Date) -> SeenBy {
    match seen_by {
        SeenBy::Days(mut days) => {
            days.values_mut().for_each(|day| *day = done.max(*day));
            SeenBy::Days(days)
        }
        parties @ SeenBy::Parties(_) => parties,
    }
}

#[derive(Debug, Clone, Default)]
struct Shown {
    forced: Option<Number>,
    cost: Option<Number>,
    likelihood: Option<Weights>,
    ratio: Option<Weights>,
}

/// Likelihoods with or without situational force, or bare ratios; nothing of a party without types.
fn evidence(coding: Coding, types: usize) -> BoxedStrategy<Shown> {
    if types == 0 {
        return Just(Shown::default()).boxed();
    }
    let likelihoods = (
        option::of(coding.eighths(0, 8)),
        option::weighted(0.3, coding.weight(&[0.0, 0.5, 1.0, 3.0])),
        vec(coding.eighths(1, 8), types),
    )
        .prop_map(|(forced, cost, likelihood)| Shown {
            forced,
            cost,
            likelihood: Some(weights(likelihood)),
            ratio: None,
        });
    let ratio = coding.one_of(&[0.25, 0.5, 1.0, 2.0, 3.0], 0.125, (0.0, f64::INFINITY));
    let ratios = vec(ratio, types).prop_map(|ratio| Shown {
        ratio: Some(weights(ratio)),
        ..Shown::default()
    });
    prop_oneof![2 => likelihoods, 1 => ratios].boxed()
}

fn weights(numbers: Vec<Number>) -> Weights {
    Weights {
        types: table("t", numbers),
        provenance: Provenance::default(),
    }
}

/// An offer, possible or not. Its id is left to be filled in.
pub(super) fn proposal(frame: &Frame) -> impl Strategy<Value = Proposal> + use<> {
    let options: Vec<_> = frame.space.sizes.iter().map(|&size| 0..size).collect();
    let by = option::of(0..frame.types.len());
    (options, option::of(day(1)), by).prop_map(|(options, date, by)| Proposal {
        id: String::new(),
        date: date.map(Coded::bare),
        by: by.map(|party| Coded::bare(format!("p{party}"))),
        name: "An offer".to_owned(),
        terms: whole(&options),
        provenance: Provenance::default(),
    })
}
