//! `detente rewrite`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use run::{detente, run};
use serde_json::Value;

#[test]
fn the_smallest_changes_are_told_as_sentences() {
    let asked = ["rewrite", "reykjavik-1986", "--draws", "200"];
    let (code, out, err) = run(&asked);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("At central values an agreement passes every barrier. Had "));
    assert!(out.contains("\n  Beliefs alone: Had "), "{out}");
    assert!(out.contains("How far the answer is from turning"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    let (_, out, _) = run(&[&asked[..], &["--json"]].concat());
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["schema"], 1);
    for rewrite in value["rewrites"].as_array().unwrap() {
        assert_ne!(rewrite["verdict"], value["verdict"]);
        assert!(!rewrite["edits"].as_array().unwrap().is_empty());
    }
}

#[test]
fn names_limit_what_may_change() {
    let asked = [
        "rewrite",
        "reykjavik-1986",
        "--draws",
        "0",
        "--only",
        "party.us.bias",
        "--only",
        "party.us.prior",
    ];
    let (code, out, _) = run(&asked);
    assert_eq!(code, 0);
    assert!(out.contains("Ronald Reagan"), "{out}");
    assert!(!out.contains("been worth"), "{out}");
    let (code, _, err) = run(&["rewrite", "reykjavik-1986", "--hold", "party.uss"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("did you mean"), "{err}");
    let (code, _, err) = run(&["rewrite", "reykjavik-1986", "--effort", "0"]);
    assert_eq!(code, 2, "{err}");
}

#[test]
fn a_case_of_exact_numbers_has_nothing_to_rewrite() {
    let (code, out, _) = run(&["rewrite", "euphrates-1975"]);
    assert_eq!(code, 0);
    assert!(out.contains("no change was found"), "{out}");
}

#[test]
fn it_repeats_to_the_byte_on_any_number_of_threads() {
    let args = [
        "rewrite", "inf-1987", "--json", "--draws", "200", "--effort", "400",
    ];
    let on = |threads: &str| {
        let output = detente(&args).env("RAYON_NUM_THREADS", threads).output();
        output.unwrap().stdout
    };
    assert!(on("1") == on("8"));
}
