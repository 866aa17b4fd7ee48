//! Numbers that go together: read, drawn, and judged as one.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may panic where a case that was valid no longer is"
)]

use std::f64::consts::{FRAC_PI_6, TAU};

use detente::{
    Assessment, Case, Options, assess,
    assessment::Stage,
    decode::Source,
    strategies::{correlated_case, uncertain_case},
};
use detente_tests::{
    property::check,
    transform::{answer, reordered},
    worked::differences,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const DRAWS: usize = 20_000;

/// A treaty that a side prefers to none where its payoff, uniform around nonagreement, is positive;
/// the payoffs of both have this rank correlation.
fn treaty(rank: Option<f64>) -> Case {
    let side = json!({
        "name": "A side", "nonagreement": 0,
        "payoff": { "treaty": { "none": 0, "signed": { "uniform": { "low": -1, "high": 1 } } } },
    });
    let mut document = json!({
        "format": 1,
        "case": { "id": "together", "title": "A treaty", "decided": "1986-12-31", "outcome": "nonagreement" },
        "issue": { "treaty": { "name": "The treaty", "option": { "none": "None", "signed": "Signed" } } },
        "party": { "a": side, "b": side },
    });
    if let Some(rank) = rank {
        let between = [
            "party.a.payoff.treaty.signed",
            "party.b.payoff.treaty.signed",
        ];
        document["correlation"] =
            json!([{ "between": between, "rank": rank, "note": "both gain from trade" }]);
    }
    Case::read(&Source::new("together.json", document.to_string())).unwrap()
}

fn run(case: &Case, draws: usize) -> Assessment {
    let options = Options {
        draws,
        ..Options::default()
    };
    assess(case, &options).unwrap()
}

fn both_gain(assessment: &Assessment) -> f64 {
    let stage = &assessment.funnel[Stage::MutuallyPreferred as usize];
    stage.nonempty.unwrap().estimate
}

/// Sheppard (1899): two normal numbers of correlation `r` are both above their medians with
/// probability 1/4 + asin(r)/2π; Pearson (1907): r = 2 sin(πρ/6).
#[test]
fn payoffs_are_both_positive_as_often_as_sheppard_says() {
    for rank in [-0.9, -0.5, 0.0, 0.3, 0.8] {
        let normal = 2.0 * (rank * FRAC_PI_6).sin();
        let expected = 0.25 + normal.asin() / TAU;
        let found = both_gain(&run(&treaty(Some(rank)), DRAWS));
        let error = (expected * (1.0 - expected) / DRAWS as f64).sqrt();
        assert!(
            (found - expected).abs() < 4.5 * error,
            "{rank}: {found}, {expected}"
        );
    }
}

/// Each number alone is drawn as before, and a rank of 0 is no correlation.
#[test]
fn a_rank_of_zero_draws_as_none() {
    let (none, zero) = (run(&treaty(None), 500), run(&treaty(Some(0.0)), 500));
    assert_eq!(answer(&none), answer(&zero));
    assert_ne!(
        none.reproducibility.case_hash,
        zero.reproducibility.case_hash
    );
}

fn same(one: &Value, other: &Value) -> Result<(), TestCaseError> {
    let found = differences(one, other, 1e-9);
    prop_assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn order_changes_no_draw() {
    check(300, (correlated_case(), any::<u64>()), |(case, salt)| {
        let other = reordered(&case, salt).unwrap();
        prop_assert_eq!(other.correlations.len(), case.correlations.len());
        let nonempty = |case: &Case| {
            let funnel = serde_json::to_value(&run(case, 64).funnel).unwrap();
            let stages = funnel.as_array().unwrap().iter();
            json!(
                stages
                    .map(|stage| stage["nonempty"].clone())
                    .collect::<Vec<_>>()
            )
        };
        same(&nonempty(&other), &nonempty(&case))
    });
}

/// The numbers that no pair names are drawn as they were without any.
#[test]
fn a_correlation_leaves_the_central_run_as_it_was() {
    check(200, correlated_case(), |case| {
        let mut independent = case.clone();
        independent.correlations.clear();
        same(&answer(&run(&case, 0)), &answer(&run(&independent, 0)))
    });
}

#[test]
fn threads_change_nothing() {
    let on = |threads: usize, case: &Case| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let run = || serde_json::to_string(&run(case, 300)).unwrap();
        pool.unwrap().install(run)
    };
    check(30, correlated_case(), |case| {
        prop_assert_eq!(on(1, &case), on(8, &case));
        Ok(())
    });
}

/// A file without the table is the file it was before there was one.
#[test]
fn a_case_without_correlations_is_written_without_the_table() {
    check(50, uncertain_case(), |case| {
        let written = serde_json::to_value(&case).unwrap();
        prop_assert!(written.get("correlation").is_none());
        Ok(())
    });
}
