//! What a case says without meaning it: order, form and what nobody sees change no answer.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may panic where a case that was valid no longer is"
)]

use std::collections::BTreeSet;

use detente::{
    Assessment, Case, Options, assess,
    case::{Act, Bias, Nonagreement, Party, Preferences, SeenBy},
    decode::Source,
    strategies::{case, uncertain_case},
};
use detente_tests::{
    property::check,
    transform::{answer, reordered},
    worked::differences,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn run(case: &Case, draws: usize) -> Assessment {
    let options = Options {
        draws,
        list_limit: usize::MAX,
        ..Options::default()
    };
    assess(case, &options).unwrap()
}

/// The answers to two cases are the same, to within the rounding of sums in another order.
fn same(one: &Value, other: &Value) -> Result<(), TestCaseError> {
    let found = differences(one, other, 1e-9);
    prop_assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn order_changes_nothing() {
    check(1_500, (case(), any::<u64>()), |(case, salt)| {
        let other = reordered(&case, salt).unwrap();
        let (one, other) = (run(&case, 0), run(&other, 0));
        // The hash minds in which order tied ranks are listed, though nothing else does.
        if !case.parties.values().any(ranks) {
            prop_assert_eq!(&other.reproducibility, &one.reproducibility);
        }
        same(&answer(&other), &answer(&one))
    });
}

#[test]
fn order_changes_no_draw() {
    let cases = uncertain_case().prop_filter("no ties by construction", apart);
    check(300, (cases, any::<u64>()), |(case, salt)| {
        let other = reordered(&case, salt).unwrap();
        same(&answer(&run(&other, 64)), &answer(&run(&case, 64)))
    });
}

fn ranks(party: &Party) -> bool {
    matches!(party.payoff, Preferences::Ranking(_))
}

/// Whether no party's numbers can tie by construction. A party whose nonagreement is one of the
/// agreements may have another agreement worth exactly as much by other terms, and then rounding,
/// which the order of the terms decides, tells the two apart.
fn apart(case: &Case) -> bool {
    let tied = |party: &Party| {
        matches!(party.nonagreement, Some(Nonagreement::State { .. })) && !ranks(party)
    };
    !case.parties.values().any(tied)
}

/// A case with an act of one of its parties done over, under another name.
fn with_another_act() -> impl Strategy<Value = (Case, Act)> {
    let acted = case().prop_filter("acts", |case| !case.acts.is_empty());
    (acted, any::<prop::sample::Index>()).prop_map(|(case, which)| {
        let act = Act {
            id: "another".to_owned(),
            ..which.get(&case.acts).clone()
        };
        (case, act)
    })
}

#[test]
fn what_nobody_saw_changes_nothing() {
    check(500, with_another_act(), |(case, act)| {
        let mut other = case.clone();
        other.acts.push(Act {
            seen_by: Some(SeenBy::Parties(Vec::new())),
            ..act
        });
        prop_assert_eq!(answer(&run(&other, 0)), answer(&run(&case, 0)));
        Ok(())
    });
}

#[test]
fn what_became_known_too_late_changes_nothing_and_is_listed() {
    check(500, with_another_act(), |(case, act)| {
        let mut other = case.clone();
        let mut known = case.identity.decided.clone().unwrap();
        known.value = known.value.tomorrow().unwrap();
        other.acts.push(Act {
            date: Some(known.clone()),
            known: Some(known),
            seen_by: None,
            ..act.clone()
        });
        let (one, other) = (run(&case, 0), run(&other, 0));
        prop_assert_eq!(answer(&other), answer(&one));
        let late: BTreeSet<&str> = other
            .evidence
            .left_out
            .iter()
            .filter(|left_out| left_out.act == "another")
            .map(|left_out| left_out.observer.as_str())
            .collect();
        let observers = case
            .parties
            .iter()
            .filter(|(_, it)| it.prior.contains(&act.actor));
        prop_assert_eq!(late, observers.map(|(id, _)| id).collect::<BTreeSet<_>>());
        Ok(())
    });
}

/// The answer without the parts named.
fn without(case: &Case, parts: &[&str]) -> Value {
    let mut answer = answer(&run(case, 0));
    for part in parts {
        if let Some(value) = answer.pointer_mut(part) {
            value.take();
        }
    }
    answer
}

#[test]
fn offers_change_only_what_is_said_of_them() {
    check(500, case(), |case| {
        let mut other = case.clone();
        other.proposals.clear();
        prop_assert_eq!(
            without(&other, &["/proposals"]),
            without(&case, &["/proposals"])
        );
        Ok(())
    });
}

#[test]
fn a_neutral_bias_is_none() {
    check(500, case(), |mut case| {
        for party in case.parties.values_mut() {
            party.bias = None;
        }
        let mut other = case.clone();
        for party in other.parties.values_mut() {
            party.bias = (!party.prior.is_empty()).then(Bias::default);
        }
        let coded = ["/verdict/not_coded"];
        prop_assert_eq!(without(&other, &coded), without(&case, &coded));
        Ok(())
    });
}

#[test]
fn an_option_that_was_never_possible_changes_nothing() {
    check(500, case(), |case| {
        let mut file = serde_json::to_value(&case).unwrap();
        file["issue"]["i0"]["option"]["never"] = "Out of the question".into();
        let never = json!({ "when": { "i0": "never" } });
        file["forbidden"].as_array_mut().unwrap().push(never);
        for (_, party) in file["party"].as_object_mut().unwrap() {
            for table in ["payoff", "exposure", "temptation"] {
                if let Some(issue) = party.pointer_mut(&format!("/{table}/i0")) {
                    issue["never"] = 100.into();
                }
            }
        }
        let other = Case::read(&Source::new("never.json", file.to_string())).unwrap();
        prop_assert_eq!(answer(&run(&other, 0)), answer(&run(&case, 0)));
        Ok(())
    });
}

#[test]
fn provenance_changes_nothing_but_the_record_of_the_evidence() {
    check(300, case(), |case| {
        let mut file = serde_json::to_value(&case).unwrap();
        file["source"]["memo"] = json!({ "cite": "A memorandum" });
        for (_, party) in file["party"].as_object_mut().unwrap() {
            party["source"] = "memo".into();
        }
        let other = Case::read(&Source::new("sourced.json", file.to_string())).unwrap();
        let (one, other) = (run(&case, 0), run(&other, 0));
        prop_assert_eq!(answer(&other), answer(&one));
        prop_assert_eq!(other.evidence.numbers, one.evidence.numbers);
        prop_assert_eq!(one.evidence.unsourced.len(), one.evidence.numbers);
        let (evidence, named) = (&other.evidence, other.evidence.unsourced.len());
        prop_assert!(evidence.sourced > 0);
        prop_assert_eq!(evidence.sourced + evidence.judged + named, evidence.numbers);
        Ok(())
    });
}
