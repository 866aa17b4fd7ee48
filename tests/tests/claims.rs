//! Every claim of theory is a test.

use std::collections::BTreeSet;

use detente_tests::{Verdict, claims};

#[test]
fn every_claim_comes_out_as_catalogued() {
    let failures: Vec<String> = claims::all()
        .iter()
        .map(detente_tests::Claim::run)
        .filter(|outcome| outcome.verdict == Verdict::Fails)
        .map(|outcome| format!("{}: {}", outcome.claim.id, outcome.failures.join("\n  ")))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_claim_has_one_id() {
    let mut seen = BTreeSet::new();
    for claim in claims::all() {
        assert!(seen.insert(claim.id), "{} is catalogued twice", claim.id);
    }
}
