//! Generators of valid cases for property tests (feature `proptest`).
//!
//! Numbers are small and coarse: payoffs, exposure and temptation are whole, probabilities are
//! eighths, patience and weights are powers of two and sums of them. So payoffs tie as often as
//! they differ, margins meet 0 exactly, and rescaling by a power of two changes no digit. Parts
//! that a case may leave out are often left out: priors, types, biases, home fronts, floors.
//!
//! ```
//! use detente::{Options, assess, strategies};
//! use proptest::{prelude::*, test_runner::TestRunner};
//!
//! let options = Options { draws: 0, ..Options::default() };
//! TestRunner::deterministic().run(&strategies::case(), |case| {
//!     let funnel = assess(&case, &options).unwrap().funnel;
//!     prop_assert!(funnel.is_sorted_by(|outer, inner| outer.survivors >= inner.survivors));
//!     Ok(())
//! }).unwrap();
//! ```

mod act;
mod beliefs;
mod correlation;
mod home;
mod number;
mod party;
mod preferences;
mod space;
mod types;

use detente_quantity::Date;
use proptest::{collection::vec, option, prelude::*};

use crate::{
    case::{Case, Coded, FORMAT, Forbidden, History, Identity, Proposal},
    decode::Ids,
};
use number::Coding;
use space::Space;

/// A valid case with every number exact: 2 or 3 parties, 1 to 3 issues of 2 or 3 options each, up
/// to 3 types a party, up to 8 acts, some of which become known after the decision.
///
/// No assessment of it fails, drawn or not.
pub fn case() -> impl Strategy<Value = Case> {
    coded(Coding::Exact)
}

/// A valid case as [`case`], with most of its numbers given as ranges. No draw falls outside the
/// range of its field.
pub fn uncertain_case() -> impl Strategy<Value = Case> {
    coded(Coding::Ranged)
}

/// A valid case as [`uncertain_case`], of which up to four pairs of numbers are correlated; few cases
/// have no two uncertain numbers, and then no pair.
pub fn correlated_case() -> impl Strategy<Value = Case> {
    correlation::with_pairs(uncertain_case())
}

/// What has to be settled before a party can be coded.
#[derive(Debug, Clone)]
struct Frame {
    space: Space,
    /// How many types each party has; 0 where they are not coded.
    types: Vec<usize>,
    coding: Coding,
}

fn coded(coding: Coding) -> impl Strategy<Value = Case> {
    // Two types are what most cases code; without any, a party's barriers stay open.
    let types = prop_oneof![1 => Just(0_usize), 2 => Just(1), 6 => Just(2), 2 => Just(3)];
    (space::space(), vec(types, 2..=3)).prop_flat_map(move |(space, types)| {
        let frame = Frame {
            space,
            types,
            coding,
        };
        let parties: Vec<_> = (0..frame.types.len())
            .map(|place| party::party(&frame, place))
            .collect();
        (
            Just(frame.clone()),
            parties,
            vec(act::act(&frame), 0..=8),
            vec(act::proposal(&frame), 0..=2),
            prop::sample::select(vec![History::Agreement, History::Nonagreement]),
            option::weighted(0.2, prop::sample::select(frame.space.feasible.clone())),
            day(8),
        )
            .prop_map(
                |(frame, parties, acts, proposals, history, agreed, decided)| {
                    let proposals = proposals
                        .into_iter()
                        .map(|it| made_by(it, decided))
                        .collect();
                    let agreed = agreed.filter(|_| history == History::Agreement);
                    let Space {
                        issues, forbidden, ..
                    } = frame.space;
                    Case {
                        format: FORMAT,
                        identity: Identity {
                            id: "generated".to_owned(),
                            title: "A generated case".to_owned(),
                            decided: Some(Coded::bare(decided)),
                            outcome: Some(Coded::bare(history)),
                            agreed: agreed.map(Coded::bare),
                            ..Identity::default()
                        },
                        sources: Ids::new(),
                        issues,
                        forbidden: forbidden.into_iter().map(forbid).collect(),
                        parties: table("p", parties),
                        acts: numbered(acts, |act, id| act.id = id),
                        proposals: numbered(proposals, |proposal, id| proposal.id = id),
                        correlations: Vec::new(),
                    }
                },
            )
    })
}

/// The offer, made on the day of the decision if it would have come after it.
fn made_by(mut proposal: Proposal, decided: Date) -> Proposal {
    if let Some(date) = &mut proposal.date {
        date.value = date.value.min(decided);
    }
    proposal
}

fn forbid(when: crate::case::Terms) -> Forbidden {
    Forbidden {
        when,
        ..Forbidden::default()
    }
}

/// A day of 2000 from a month on. Acts may be of any month and decisions are not of the first ones,
/// so that most acts are known in time.
fn day(from: i8) -> impl Strategy<Value = Date> {
    (from..=12, 1..=28_i8).prop_filter_map("a day", |(month, day)| Date::new(2000, month, day).ok())
}

/// Values under ids of one prefix, numbered from 0.
fn table<T>(prefix: &str, values: Vec<T>) -> Ids<T> {
    entries(values.into_iter().enumerate(), prefix)
}

/// Values under ids of one prefix and their own numbers, which are distinct.
fn entries<T>(values: impl IntoIterator<Item = (usize, T)>, prefix: &str) -> Ids<T> {
    let mut ids = Ids::new();
    for (number, value) in values {
        // A letter and a number make a well-formed id, and no number comes twice.
        let _ = ids.insert(format!("{prefix}{number}"), value);
    }
    ids
}

/// Values with a number of their own in place of an id.
fn numbered<T>(mut values: Vec<T>, name: impl Fn(&mut T, String)) -> Vec<T> {
    for (number, value) in values.iter_mut().enumerate() {
        name(value, format!("x{number}"));
    }
    values
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeSet};

    use proptest::test_runner::{Config, RngSeed, TestRunner};

    use super::*;
    use crate::{Options, assess, assessment::Verdict, decode::Source};

    fn runner() -> TestRunner {
        TestRunner::new(Config {
            cases: 1_000,
            failure_persistence: None,
            // Some verdicts are rare: free seeds would miss one now and then.
            rng_seed: RngSeed::Fixed(1997),
            ..Config::default()
        })
    }

    fn check(case: &Case, options: &Options) -> Result<Verdict, TestCaseError> {
        let text = serde_json::to_string(case).unwrap();
        let again = Case::read(&Source::new("again.json", text)).unwrap();
        prop_assert_eq!(&again, case);
        Ok(assess(case, options).unwrap().verdict.central)
    }

    #[test]
    fn every_case_is_written_read_and_assessed() {
        let met = RefCell::new(BTreeSet::new());
        let options = Options {
            draws: 3,
            ..Options::default()
        };
        let tried = runner().run(&case(), |case| {
            met.borrow_mut().insert(check(&case, &options)?);
            Ok(())
        });
        assert_eq!(tried, Ok(()));
        let all: BTreeSet<Verdict> = Verdict::ALL.into_iter().collect();
        assert_eq!(met.into_inner(), all, "every verdict occurs");
    }

    #[test]
    fn no_draw_of_an_uncertain_case_fails() {
        let options = Options {
            draws: 20,
            ..Options::default()
        };
        let tried = runner().run(&uncertain_case(), |case| check(&case, &options).map(|_| ()));
        assert_eq!(tried, Ok(()));
    }

    #[test]
    fn no_draw_of_a_correlated_case_fails() {
        let options = Options {
            draws: 20,
            ..Options::default()
        };
        let pairs = RefCell::new(0);
        let tried = runner().run(&correlated_case(), |case| {
            *pairs.borrow_mut() += case.correlations.len();
            check(&case, &options).map(|_| ())
        });
        assert_eq!(tried, Ok(()));
        assert!(*pairs.borrow() > 1_000, "{pairs:?}");
    }
}
