//! `detente sensitivity`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use run::{detente, run};
use serde_json::Value;

#[test]
fn what_drives_a_case_is_reported_and_sums_to_one() {
    let asked = ["sensitivity", "reykjavik-1986", "--evaluations", "4096"];
    let (code, out, err) = run(&asked);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("What drives the answer"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    let (_, out, _) = run(&[&asked[..], &["--json"]].concat());
    let value: Value = serde_json::from_str(&out).unwrap();
    for margin in value["margins"].as_array().unwrap() {
        let drivers = margin["drivers"].as_array().unwrap();
        let shares = drivers
            .iter()
            .map(|it| it["shapley"]["estimate"].as_f64().unwrap());
        let sum: f64 = shares.sum();
        assert!((sum - 1.0).abs() < 1e-9, "{}: {sum}", margin["barrier"]);
    }
}

#[test]
fn a_case_of_exact_numbers_has_nothing_to_drive_it() {
    let (code, out, _) = run(&["sensitivity", "euphrates-1975"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("No uncertain number"), "{out}");
}

#[test]
fn it_repeats_to_the_byte_on_any_number_of_threads() {
    let args = ["sensitivity", "inf-1987", "--json", "--evaluations", "2048"];
    let on = |threads: &str| {
        let output = detente(&args).env("RAYON_NUM_THREADS", threads).output();
        output.unwrap().stdout
    };
    assert!(on("1") == on("8"));
}

const ASKED: [&str; 4] = ["sensitivity", "reykjavik-1986", "--evaluations", "4096"];

fn page(more: &[&str]) -> String {
    let (code, out, err) = run(&[&ASKED[..], more].concat());
    assert_eq!((code, err.as_str()), (0, ""), "{more:?}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    out
}

fn json(more: &[&str]) -> Value {
    serde_json::from_str(&run(&[&ASKED[..], more, &["--json"]].concat()).1).unwrap()
}

#[test]
fn every_grouping_and_method_has_a_page_and_data() {
    for (more, heading) in [
        (&["--by", "party"][..], "numbers of"),
        (&["--by", "aspect"], "payoffs, exposure and temptation"),
        (&["--second-order"], "What moves it only together"),
        (&["--method", "morris"], "What moves the answer"),
        (&["--method", "pawn"], "chance alone"),
        (&["--tornado"], "One number at a time"),
    ] {
        assert!(page(more).contains(heading), "{more:?}: {}", page(more));
    }
    assert_eq!(json(&["--by", "party"])["by"], "party");
    let screened = json(&["--method", "morris"]);
    assert_eq!(screened["method"], "morris");
    assert!(screened["margins"][4]["screened"][0]["magnitude"]["estimate"].is_number());
    let distances = json(&["--method", "pawn"]);
    assert!(distances["margins"][4]["distances"]["noise"]["median"].is_number());
    // One at a time is cheap: the data are there without being asked for.
    assert!(json(&[])["tornado"]["bars"][0]["high"]["margins"].is_array());
}

#[test]
fn distances_are_told_of_with_the_draws_that_were_made() {
    let asked = |evaluations: &str| {
        let args = [
            "sensitivity",
            "reykjavik-1986",
            "--method",
            "pawn",
            "--json",
        ];
        let (code, out, err) = run(&[&args[..], &["--evaluations", evaluations]].concat());
        assert_eq!((code, err.as_str()), (0, ""), "{evaluations}");
        out
    };
    let out = asked("1000");
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["evaluations"], 512);
    assert_eq!(value["reproducibility"]["draws"], 512);
    assert_eq!(asked("512"), out);
    // So few as leave none to a tenth.
    assert!(asked("0").contains("\"evaluations\": 16"));
}

#[test]
fn what_is_asked_for_must_be_known() {
    let (code, _, err) = run(&[&ASKED[..], &["--by", "parties"]].concat());
    assert_eq!(code, 2);
    assert!(
        err.contains("possible values: number, party, aspect"),
        "{err}"
    );
    let (code, _, err) = run(&[&ASKED[..], &["--by", "party", "--method", "pawn"]].concat());
    assert_eq!(code, 2);
    assert!(err.contains("by is party; expected number"), "{err}");
    let (code, _, err) = run(&["sensitivity", "inf-1987", "--evaluations", "20000000"]);
    assert_eq!(code, 2);
    assert!(err.contains("evaluations is 20000000; expected"), "{err}");
}
