//! `detente beliefs`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use run::{file, run, run_with};
use serde_json::Value;

/// Two clues of Fairfield & Charman's kind: tenfold for, threefold for, twofold against.
const CLUES: &str = "\
date,observer,actor,act,clue,guilty,innocent
prior,court,suspect,,,0.5,0.5
1990-01-01,court,suspect,is seen near the place,seen,1,0.1
1990-01-02,court,suspect,has a motive,,0.6..0.8..0.9,0.2529822128134704
1990-01-03,court,suspect,has an alibi of sorts,seen,0.2505936168136361,0.5
";

fn json_of(args: &[&str], text: &str) -> Value {
    let all: Vec<&str> = ["beliefs", "-", "--json"]
        .into_iter()
        .chain(args.iter().copied())
        .collect();
    let (code, out, err) = run_with(&all, text);
    assert_eq!((code, err.as_str()), (0, ""));
    serde_json::from_str(&out).unwrap()
}

fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} {expected}");
}

#[test]
fn decibels_add_up() {
    let found = json_of(&[], CLUES);
    assert_eq!(
        (&found["schema"], &found["until"]),
        (&1.into(), &"1990-01-03".into())
    );
    let ledger = found["views"][0]["ledger"].as_array().unwrap();
    for (row, decibels) in ledger.iter().zip([10.0, 5.0, -3.0]) {
        close(&row["decibels"], decibels);
    }
    // Ten, five and minus three decibels carry even odds to this (Fairfield & Charman 2017).
    let last = &ledger[2]["trust"];
    assert!((last["central"].as_f64().unwrap() - 0.940_649).abs() < 1e-6);
    assert!(last["low"].as_f64() < last["central"].as_f64());
    assert!(last["high"].as_f64() > last["central"].as_f64());
    assert_eq!(
        found["views"][0]["dependent"][0]["acts"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn hindsight_is_set_apart() {
    let found = json_of(&["--until", "1990-01-01"], CLUES);
    let view = &found["views"][0];
    assert_eq!(
        (view["ledger"].as_array().unwrap().len(), &view["later"]),
        (1, &2.into())
    );
    let trust = &view["days"][0]["trust"];
    close(&trust["predicted"], 0.5);
    close(&trust["filtered"], 10.0 / 11.0);
    assert!((trust["smoothed"].as_f64().unwrap() - 0.940_649).abs() < 1e-6);
}

#[test]
fn settings_of_the_engine_can_be_given() {
    let still = json_of(&[], CLUES);
    let changed = json_of(&["--change", "suspect:1990-01-03=1"], CLUES);
    assert_ne!(still["views"], changed["views"]);
    // After a certain change only the last act speaks.
    let last = &changed["views"][0]["ledger"][2]["trust"]["central"];
    let odds = 0.250_593_616_813_636_1 / 0.5;
    close(last, odds / (1.0 + odds));
    for args in [["--drift", "0.5"], ["--half-life", "1"]] {
        assert_ne!(json_of(&args, CLUES)["views"], still["views"], "{args:?}");
    }
    for (args, words) in [
        (["--drift", "2"], "chance from 0 to 1"),
        (["--change", "1990-01-03"], "expected a day and a chance"),
        (["--half-life", "0"], "days above 0"),
    ] {
        let (code, _, err) = run(&["beliefs", "reykjavik-1986", args[0], args[1]]);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(words), "{err}");
    }
    let both = ["beliefs", "-", "--drift", "0.5", "--half-life", "1"];
    let (code, _, err) = run_with(&both, CLUES);
    assert_eq!(code, 1);
    assert!(err.contains("cannot be combined"), "{err}");
}

#[test]
fn a_case_is_answered_in_text_json_and_csv() {
    for case in [
        "reykjavik-1986",
        "open-skies-1955",
        "inf-1987",
        "euphrates-1975",
    ] {
        let (code, out, err) = run(&["beliefs", case]);
        assert_eq!((code, err.as_str()), (0, ""), "{case}");
        assert!(out.contains("what could be believed, as of"), "{out}");
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
        let (_, narrow, _) = run(&["beliefs", case, "--width", "60"]);
        assert!(
            narrow.lines().all(|line| line.chars().count() <= 60),
            "{narrow}"
        );
        let (code, csv, _) = run(&["beliefs", case, "--csv"]);
        assert_eq!(code, 0);
        let columns: Vec<usize> = csv.lines().map(columns).collect();
        assert!(columns.iter().all(|it| *it == 21), "{csv}");
        // Whoever has a bias is told what its answer turns on.
        let is_biased = out.contains("as read");
        assert_eq!(out.contains("As of "), is_biased, "{out}");
        // Where types change, it is told why what was lost is not divided.
        let (_, drifting, _) = run(&["beliefs", case, "--drift", "0.1"]);
        let words: Vec<&str> = drifting.split_whitespace().collect();
        let told = words
            .join(" ")
            .contains("It is not divided among the biases, for where types change");
        assert_eq!(told, is_biased, "{drifting}");
    }
}

/// Columns of a line of CSV: commas outside quotes, and one.
fn columns(line: &str) -> usize {
    let outside = line.split('"').step_by(2);
    1 + outside.map(|part| part.matches(',').count()).sum::<usize>()
}

#[test]
fn likelihoods_by_type_are_in_the_csv() {
    let (code, csv, _) = run_with(&["beliefs", "-", "--csv"], CLUES);
    assert_eq!(code, 0);
    assert!(csv.contains(",guilty=1; innocent=0.1"), "{csv}");
}

#[test]
fn types_to_trust_can_be_named() {
    let guilty = json_of(&[], CLUES);
    let innocent = json_of(&["--trust", "innocent"], CLUES);
    let last = |found: &Value| {
        found["views"][0]["ledger"][2]["trust"]["central"]
            .as_f64()
            .unwrap()
    };
    assert!((last(&guilty) + last(&innocent) - 1.0).abs() < 1e-12);
    let (code, _, err) = run_with(&["beliefs", "-", "--trust", "inocent"], CLUES);
    assert_eq!(code, 1);
    assert!(err.contains("did you mean \"innocent\""), "{err}");
    let (_, _, err) = run_with(&["beliefs", "-", "--trust", "nobody"], CLUES);
    assert!(err.contains("expected one of guilty, innocent"), "{err}");
}

#[test]
fn sheets_are_told_apart_by_what_they_hold() {
    let acts = file("acts.csv", CLUES);
    let (code, _, err) = run(&["agreements", &acts]);
    assert_eq!(code, 1);
    assert!(err.contains("`detente beliefs` reads it"), "{err}");
    let (code, _, err) = run(&["assess", &acts]);
    assert_eq!(code, 1);
    assert!(err.contains("`detente beliefs` reads it"), "{err}");
    let broken = file("broken.csv", CLUES.replace("0.1\n", "2\n"));
    let (code, _, err) = run(&["beliefs", &broken]);
    assert_eq!(code, 1);
    assert!(err.contains("line 3, column 7 (innocent)"), "{err}");
}

#[test]
fn every_faulty_row_of_a_sheet_is_told() {
    let broken = CLUES
        .replace("1,0.1\n", "1,2\n")
        .replace("1990-01-03", "1990-02-30");
    let (code, _, err) = run_with(&["beliefs", "-"], &broken);
    assert_eq!(code, 1);
    for words in [
        "2 faults",
        "line 3, column 7 (innocent): found \"2\"",
        "line 5, column 1 (date): found \"1990-02-30\"",
    ] {
        assert!(err.contains(words), "{err}");
    }
    let (_, _, err) = run_with(&["beliefs", "-"], "date,observer,actor,guilty\n");
    assert!(err.contains("only the type \"guilty\""), "{err}");
    let (code, help, _) = run(&["beliefs", "--help"]);
    assert_eq!(code, 0);
    for column in ["act", "event", "known", "tone", "forced", "cost", "clue"] {
        assert!(help.contains(&format!("`{column}`")), "{column}: {help}");
    }
}
