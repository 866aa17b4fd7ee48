//! `detente indicators`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use run::{run, run_with};
use serde_json::Value;

const SHEET: &str = "leader,year,exit,posttenurefate,mean_tenure,media_freedom\n\
                     First,1986,Regular,OK,4.25,0.5\n";

#[test]
fn a_sheet_becomes_tables_of_a_case_with_the_rules_beside_them() {
    let (code, out, err) = run_with(&["indicators", "-"], SHEET);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let stake = "office_stake.uniform = { low = 0.1, high = 1 }\noffice_stake.note = \"\"\"\\\n  by fate after";
    assert!(
        out.contains("\n# First 1986, line 2\n[party.first-1986.home]\n"),
        "{out}"
    );
    assert!(out.contains(stake), "{out}");
    assert!(
        out.contains("[party.first-1986.home.messages]\ncost.uniform = "),
        "{out}"
    );
    let (_, out, _) = run_with(&["indicators", "-", "--json"], SHEET);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["schema"], 1);
    assert_eq!(found["rows"][0]["ranges"][0]["key"], "office_stake");
    let (_, out, _) = run_with(&["indicators", "-", "--width", "60"], SHEET);
    assert!(out.lines().all(|line| line.chars().count() <= 60), "{out}");
}

/// A sheet of indicators is sent on from where a case is expected, and an empty one told what it lacks.
#[test]
fn a_sheet_in_the_wrong_place_is_told_where_it_belongs() {
    let (code, _, err) = run_with(&["domestic", "-"], SHEET);
    let told =
        "error: standard input: this is a sheet of indicators; `detente indicators` reads it\n";
    assert_eq!((code, err.as_str()), (1, told));
    let (code, _, err) = run_with(&["beliefs", "-"], SHEET);
    assert_eq!((code, err.as_str()), (1, told));
    let acts = "date,observer,actor,honours,cheats\n1985-04-07,A,B,0.7,0.4\n";
    let (code, _, err) = run_with(&["indicators", "-"], acts);
    let told = "error: standard input: this is a sheet of acts; `detente beliefs` reads it\n";
    assert_eq!((code, err.as_str()), (1, told));
    let (code, _, err) = run(&["indicators", "reykjavik-1986"]);
    assert_eq!(code, 1);
    assert!(err.contains("reykjavik-1986: this is a case"), "{err}");
    let (code, _, err) = run_with(&["indicators", "-"], " \n");
    assert_eq!(code, 1);
    assert!(err.contains("expected a header of indicators"), "{err}");
    assert!(!err.contains("init"), "{err}");
}

/// Nobody observed what has no column or a blank cell.
#[test]
fn what_is_not_given_is_not_told_as_observed() {
    for sheet in [
        "leader,mean_tenure\nA,4\n",
        "leader,exit,posttenurefate,mean_tenure\nA,,NA,4\n",
    ] {
        let (code, out, _) = run_with(&["indicators", "-"], sheet);
        assert_eq!(code, 0, "{out}");
        assert!(
            out.contains("posttenurefate not given, exit not given"),
            "{out}"
        );
    }
    let (_, out, _) = run_with(
        &["indicators", "-"],
        "leader,exit,mean_tenure\nA,Natural Death,4\n",
    );
    assert!(
        out.contains("posttenurefate not given, exit other"),
        "{out}"
    );
}

#[test]
fn a_fault_is_told_with_its_line_and_column() {
    let wrong = SHEET.replace("0.5\n", "1.5\n");
    let (code, out, err) = run_with(&["indicators", "-"], &wrong);
    assert_eq!((code, out.as_str()), (1, ""));
    let told = "error: standard input: line 2, column 6 (media_freedom): found \"1.5\"; expected a number \
                from 0 to 1\n";
    assert_eq!(err, told);
    assert_eq!(run(&["indicators", "no-such.csv"]).0, 1);
    assert_eq!(run(&["indicators"]).0, 2);
}
