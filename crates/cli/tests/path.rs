//! `detente path`.
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
        for width in ["100", "60"] {
            let (code, out, err) = run(&["path", id, "--width", width]);
            assert_eq!((code, err.as_str()), (0, ""), "{id}");
            let widest = out.lines().map(|line| line.chars().count()).max();
            assert!(widest <= width.parse().ok(), "{id}: {out}");
        }
    }
}

#[test]
fn a_ladder_shows_belief_exposure_and_when_to_stop_at_each_step() {
    let (code, out, _) = run_with(&["path", "-", "--order", "steps"], &freeze());
    assert_eq!(code, 0, "{out}");
    insta::assert_snapshot!(out);
    let (code, out, _) = run_with(&["path", "-", "--order", "steps", "--json"], &freeze());
    assert_eq!(code, 0, "{out}");
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["schema"], 1);
    assert_eq!(found["outcome"], "found");
    let rungs = found["path"]["rungs"].as_array().unwrap();
    let arms: Vec<&Value> = rungs.iter().map(|rung| &rung["terms"]["arms"]).collect();
    assert_eq!(arms, ["freeze", "freeze", "cut"]);
    for rung in rungs {
        for side in rung["sides"].as_array().unwrap() {
            assert!(side["margin"].as_f64().unwrap() > 0.0);
            for number in [
                "trust",
                "exposure",
                "broken",
                "expected_loss",
                "abandons_at_most",
            ] {
                assert!(side[number].is_number(), "{number}: {side}");
            }
            assert!(side["beliefs"][0]["if_kept"].is_number());
            assert!(side["beliefs"][0]["if_broken"].is_number());
        }
    }
}

#[test]
fn where_none_leads_there_the_binding_step_is_told() {
    let wary = freeze().replace("keeps = 0.4", "keeps = 0.3");
    let (code, out, _) = run_with(&["path", "-"], &wary);
    assert_eq!(code, 0, "{out}");
    insta::assert_snapshot!(out);
}

#[test]
fn a_path_is_written_under_stable_keys() {
    const KEYS: [&str; 16] = [
        "schema",
        "subject",
        "asked",
        "outcome",
        "target",
        "path",
        "path_is_best",
        "alternatives",
        "alternatives_found",
        "alternatives_complete",
        "short_of",
        "blocked",
        "work",
        "gestures",
        "series",
        "reproducibility",
    ];
    for id in library::ids() {
        let (code, out, _) = run(&["path", id, "--json"]);
        assert_eq!(code, 0, "{id}");
        let found: Value = serde_json::from_str(&out).unwrap();
        // What comes later may add keys; none of these may go.
        assert!(KEYS.iter().all(|key| found.get(key).is_some()), "{id}");
        for side in found["target"]["sides"].as_array().into_iter().flatten() {
            for key in ["party", "margin", "gain", "exposure", "trust", "broken"] {
                assert!(!side[key].is_null(), "{id}: {key}");
            }
        }
    }
}

/// Neither many steps nor little effort makes the page run away or hide what it did not look at.
#[test]
fn effort_bounds_the_page_whatever_steps_are_allowed() {
    let many = ["path", "-", "--steps", "100000", "--effort", "100"];
    let (code, out, _) = run_with(&many, &freeze());
    assert_eq!(code, 0, "{out}");
    for said in [
        "There may be a better one: the search ran out of effort.",
        "met and not searched, as the effort ran out",
        "The search ran out of effort: there may be more.",
    ] {
        let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(said), "{said}: {out}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_can() {
    for (asked, told) in [
        (["--to", "arms=frieze"], "did you mean \"freeze\""),
        (["--to", "arms=freeze,"], "issue=option"),
        (["--steps", "0"], "1 step or more"),
        (["--share", "0"], "above 0"),
        (["--share", "1"], "below 1"),
        (["--misread", "1"], "below 1"),
        (["--order", "cost"], "exposure, loss, steps and time"),
        (["--partners", "naive"], "face-value"),
    ] {
        let (code, _, err) = run_with(&["path", "-", asked[0], asked[1]], &freeze());
        assert_ne!(code, 0, "{asked:?}");
        assert!(err.contains(told), "{asked:?}: {err}");
    }
    let (code, _, err) = run(&["path", "reykjavik-1986", "--to", "soviet-pakage"]);
    assert_eq!(code, 1);
    assert!(err.contains("soviet-package"), "{err}");
}

/// Two sides that would accept a freeze on the trust they have, and a cut after two years of it; acts say
/// a little of what they are, for and against.
fn freeze() -> String {
    let case = include_str!("../../../tests/data/small/freeze.toml");
    let case = case.replace("patience = 0 }", "patience = 0.02 }");
    let case = case.replace("cheats = 2 }", "cheats = 1.9 }");
    format!("{case}{HOSTILE}")
}

const HOSTILE: &str = r#"
[[act]]
id = "new-base"
date = 1999-05-01
actor = "west"
tone = "hostile"
event = "Opens a base"
likelihood_ratio = { keeps = 1.9, cheats = 2 }
"#;
