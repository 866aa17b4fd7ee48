//! Every claim of theory is a test.

use std::collections::BTreeSet;

use detente_tests::{Claim, Outcome, Verdict, claims};

/// Claims that are false as the theory notes state them, each with its counterexample kept.
const REFUTED: &[&str] = &["C-24", "M-09"];

#[test]
fn every_claim_comes_out_as_catalogued() {
    let outcomes: Vec<Outcome> = claims::all().iter().map(Claim::run).collect();
    let of = |verdict: Verdict| outcomes.iter().filter(move |it| it.verdict == verdict);
    let failures: Vec<String> = of(Verdict::Fails)
        .map(|outcome| format!("{}: {}", outcome.claim.id, outcome.failures.join("\n  ")))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let refuted: Vec<&str> = of(Verdict::RefutedAsStated).map(|it| it.claim.id).collect();
    assert_eq!(refuted, REFUTED);
}

/// The claims that the model's first release stands on, by chapter.
const REQUIRED: &[&str] = &[
    "M-01", "M-02", "M-03", "M-04", "M-05", "M-06", "M-07", "M-08", "M-09", "C-01", "C-02", "C-03",
    "C-05", "C-07", "C-20", "C-21", "C-27", "C-28", "C-40", "C-41", "C-42", "C-43", "C-44", "C-45",
    "C-46", "C-47", "C-48", "C-49", "C-50", "C-51", "C-52", "C-53", "C-54", "C-60", "C-65", "C-66",
    "A-01", "A-02", "A-03", "A-04", "A-05", "A-06", "D-02", "D-04", "D-07", "D-09", "D-12", "D-16",
    "D-17", "D-23", "D-33", "D-34", "D-35", "D-36", "D-37", "D-38", "D-39", "D-40", "D-41", "D-42",
    "D-43", "D-44", "D-45", "D-46", "D-47", "C-29", "C-31", "C-35", "C-61", "C-62", "C-63", "R-08",
    "S-20", "S-21", "S-01", "S-02", "S-03", "S-04", "S-05", "S-06", "S-07", "S-08", "S-09", "S-10",
    "S-11", "S-12", "C-37", "C-38", "C-06", "C-22", "C-23", "C-24", "C-25", "C-26", "C-30", "C-32",
    "C-33", "C-34", "C-36", "R-01", "R-02", "R-03", "R-04", "R-05", "R-06", "R-07", "R-09", "C-64",
];

#[test]
fn no_required_claim_is_missing() {
    let ids: BTreeSet<&str> = claims::all().iter().map(|claim| claim.id).collect();
    let missing: Vec<&&str> = REQUIRED.iter().filter(|id| !ids.contains(**id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_claim_has_one_id() {
    let mut seen = BTreeSet::new();
    for claim in claims::all() {
        assert!(seen.insert(claim.id), "{} is catalogued twice", claim.id);
    }
}
