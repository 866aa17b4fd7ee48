//! `detente domestic`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use detente::library;
use run::{run, run_with};
use serde_json::Value;

#[test]
fn every_shipped_case_has_its_page() {
    for id in library::ids() {
        let (code, out, err) = run(&["domestic", id]);
        assert_eq!((code, err.as_str()), (0, ""), "{id}");
        assert!(
            out.contains("\nAgreements each leader can afford\n"),
            "{out}"
        );
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    }
}

#[test]
fn a_home_front_is_told_with_what_would_have_to_change() {
    let (code, out, _) = run_with(&["domestic", "-"], library::TEMPLATE);
    assert_eq!(code, 0, "{out}");
    assert!(
        out.contains("\nWhat would have to change at home\n"),
        "{out}"
    );
    let (code, out, _) = run_with(&["domestic", "-", "--json"], library::TEMPLATE);
    assert_eq!(code, 0, "{out}");
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["schema"], 1);
    let fronts = found["fronts"].as_array().unwrap();
    assert_eq!(fronts[0]["front"]["office_stake"], 0.5);
    assert!(fronts[1]["front"].is_null());
}
