//! Runs cut short: what became known after a day is left out, and said to be.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may panic where a case that was valid no longer is"
)]

use detente::{
    Assessment, Case, Options, assess,
    case::{Coded, SeenBy},
    quantity::Date,
    strategies::uncertain_case,
};
use detente_tests::{property::check, transform::answer};
use proptest::prelude::*;

fn run(case: &Case, until: Option<Date>) -> Assessment {
    let options = Options {
        draws: 20,
        until,
        ..Options::default()
    };
    assess(case, &options).unwrap()
}

/// A case and a day before its decision.
fn cut_short() -> impl Strategy<Value = (Case, Date)> {
    (uncertain_case(), 1..=8_i8, 1..=28_i8).prop_filter_map("a day", |(case, month, day)| {
        let until = Date::new(2000, month, day).ok()?;
        let decided = case.identity.decided.as_ref()?.value;
        // Offers cannot be of a day after the decision, were it that day.
        let case = Case {
            proposals: Vec::new(),
            ..case
        };
        Some((case, until.min(decided)))
    })
}

#[test]
fn an_earlier_day_leaves_out_what_became_known_after_it() {
    check(400, cut_short(), |(case, until)| {
        let cut = run(&case, Some(until));
        prop_assert_eq!(cut.reproducibility.until, until);
        // As if it had been decided that day.
        let mut earlier = case.clone();
        earlier.identity.decided = Some(Coded::bare(until));
        prop_assert_eq!(answer(&cut), answer(&run(&earlier, None)));
        prop_assert_eq!(
            &cut.evidence.left_out,
            &run(&earlier, None).evidence.left_out
        );
        for series in &cut.beliefs {
            let dates = series.points.iter().filter_map(|point| point.date);
            prop_assert!(dates.max().is_none_or(|date| date <= until));
        }
        prop_assert!(
            cut.evidence
                .left_out
                .iter()
                .all(|left_out| left_out.known > until)
        );
        Ok(())
    });
}

#[test]
fn a_later_day_than_the_decision_changes_nothing() {
    check(200, uncertain_case(), |case| {
        let later =
            Date::new(2001, 6, 1).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(json(&run(&case, Some(later))), json(&run(&case, None)));
        Ok(())
    });
}

#[test]
fn every_act_is_read_or_left_out() {
    check(400, cut_short(), |(case, until)| {
        let cut = run(&case, Some(until));
        for series in &cut.beliefs {
            let read = series.points.iter().filter_map(|point| point.act.as_ref());
            let left_out = cut.evidence.left_out.iter().filter(|it| {
                let act = case.acts.iter().find(|act| act.id == it.act);
                it.observer == series.observer && act.is_some_and(|act| act.actor == series.about)
            });
            let mut met: Vec<&String> = read.chain(left_out.map(|it| &it.act)).collect();
            met.sort();
            let seen = case.acts.iter().filter(|act| act.actor == series.about);
            let seen = seen.filter(|act| match &act.seen_by {
                None => true,
                Some(SeenBy::Parties(ids)) => ids.contains(&series.observer),
                Some(SeenBy::Days(days)) => days.contains(&series.observer),
            });
            let mut seen: Vec<&String> = seen.map(|act| &act.id).collect();
            seen.sort();
            prop_assert_eq!(met, seen);
        }
        Ok(())
    });
}

fn json(assessment: &Assessment) -> String {
    serde_json::to_string(assessment).unwrap()
}
