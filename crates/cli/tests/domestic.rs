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
        // None codes a home front, so nothing is said to have been missed at one.
        assert!(out.contains("\nWhat to code\n"), "{out}");
        assert!(out.contains("office_stake"), "{out}");
        assert!(!out.contains("missed by"), "{out}");
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
    let asked = &fronts[0]["nearest"]["reservations"];
    assert!(asked["offered"].as_f64().unwrap() > asked["leader"]["value"].as_f64().unwrap());
    assert!(fronts[0]["candid_from"].as_f64().unwrap() > 0.0);
}

#[test]
fn what_is_missed_by_incentive_is_told_from_what_is_missed_by_inference() {
    let coded = |stake: &str, threat: &str| {
        let text = library::TEMPLATE.replace("office_stake = 0.5", stake);
        let text = text.replace("threat = 0.2", threat);
        run_with(&["domestic", "-"], &text).1
    };
    let page = coded("office_stake = 9", "threat = 3");
    assert!(page.contains("missed by incentive:"), "{page}");
    assert!(page.contains("zone closes once office is worth"), "{page}");
    let page = coded("office_stake = 0.1", "threat = 0.2");
    assert!(page.contains("inference, not by incentive"), "{page}");
}
