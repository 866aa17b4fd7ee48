//! `detente tournament`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use run::{file, run, run_with};
use serde_json::{Value, json};

fn json_of(args: &[&str]) -> Value {
    let args = [&["tournament", "--json"], args].concat();
    let (code, out, err) = run(&args);
    assert_eq!((code, err.as_str()), (0, ""));
    serde_json::from_str(&out).unwrap()
}

/// The standing of a strategy, as typed.
fn of<'v>(found: &'v Value, strategy: &str) -> &'v Value {
    let standings = found["standings"].as_array().unwrap();
    standings
        .iter()
        .find(|it| it["strategy"] == strategy)
        .unwrap()
}

#[test]
fn the_whole_field_is_ranked() {
    let found = json_of(&[]);
    assert_eq!(found["schema"], 1);
    assert_eq!(found["horizon"], "long_run");
    assert_eq!(found["noise"]["honouring_slips"], 0.01);
    let standings = found["standings"].as_array().unwrap();
    assert_eq!(standings.len(), 16);
    for (place, it) in standings.iter().enumerate() {
        let row = found["payoffs"][place].as_array().unwrap();
        let mean = row.iter().map(|it| it.as_f64().unwrap()).sum::<f64>() / 16.0;
        assert!((mean - it["score"].as_f64().unwrap()).abs() < 1e-12);
        assert_eq!(row[place], it["against_itself"]);
    }
    let scores = standings.iter().map(|it| it["score"].as_f64().unwrap());
    assert!(scores.is_sorted_by(|a, b| a >= b));
    // Self-play of the reference: 2.25, 2.970322 and 2.951092.
    for (strategy, reference) in [
        ("tit-for-tat", 2.25),
        ("generous-tit-for-tat", 2.970_322),
        ("win-stay-lose-shift", 2.951_092),
    ] {
        let found = of(&found, strategy)["against_itself"].as_f64().unwrap();
        assert!((found - reference).abs() < 1e-6, "{strategy}: {found}");
    }
}

#[test]
fn misreading_parts_the_contrite_from_the_generous() {
    let field = ["ctft", "gtft", "--noise", "0"];
    let slips = json_of(&["ctft", "gtft", "--noise", "0.05"]);
    let fog = json_of(&[&field[..], &["--misreading", "0.05"]].concat());
    let own = |found: &Value| {
        of(found, "contrite-tit-for-tat")["against_itself"]
            .as_f64()
            .unwrap()
    };
    // Contrition mends slips, not misreading.
    assert!(own(&slips) > own(&fog) + 0.3);
    let hostile = json_of(&[&field[..], &["--suspicion", "0.05"]].concat());
    assert_eq!(hostile["noise"]["cheating_misread"], 0.0);
    assert!(own(&hostile) < own(&fog));
}

#[test]
fn files_hold_strategies_of_ones_own() {
    let text = "\
title = 'Mine'
slips = 0.02
periods = 100
strategies = ['tit-for-tat']
[[memory_one]]
name = 'reactive'
first = 1
after = [1, 0.1, 1, 0.1]
";
    let mine = file("tournament.toml", text);
    let found = json_of(&[&mine]);
    assert_eq!(found["horizon"], json!({"periods": 100}));
    assert_eq!(found["standings"].as_array().unwrap().len(), 2);
    // Names take the place of the file's; options that of its numbers.
    let found = json_of(&[
        "grim",
        &mine,
        "always-cheat",
        "--delta",
        "0.9",
        "--noise",
        "0",
    ]);
    assert_eq!(found["horizon"], json!({"discounted": 0.9}));
    assert_eq!(found["noise"]["honouring_slips"], 0.0);
    let names = found["standings"].as_array().unwrap().iter();
    let mut names: Vec<&str> = names.map(|it| it["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["always cheat", "grim", "reactive"]);
    let (code, out, _) = run_with(&["tournament", "-", "--json"], text);
    assert_eq!(code, 0);
    assert!(out.contains("\"title\": \"Mine\""));
}

#[test]
fn a_small_population_has_its_holders() {
    let found = json_of(&[
        "tft",
        "alld",
        "allc",
        "--noise",
        "0",
        "--periods",
        "50",
        "--population",
        "50",
    ]);
    let shares: Vec<f64> = { found["succession"]["shares"].as_array().unwrap().iter() }
        .map(|it| it.as_f64().unwrap())
        .collect();
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let (code, out, _) = run(&["tournament", "tft", "alld", "--population", "20"]);
    assert_eq!(code, 0);
    assert!(out.contains("Who holds a small population"), "{out}");
}

#[test]
fn takeovers_too_unlikely_for_a_number_leave_an_answer() {
    let strong = ["tft", "alld", "--population", "1000", "--selection", "10"];
    let found = json_of(&strong);
    assert_eq!(found["succession"]["takeovers"][0][1], 0.0);
    assert_eq!(found["succession"]["shares"], json!([1.0, 0.0]));
}

#[test]
fn stakes_that_are_no_dilemma_and_fields_of_one_are_told() {
    let words = |args: &[&str]| {
        let (code, out, err) = run(&[&["tournament"], args].concat());
        assert_eq!((code, err.as_str()), (0, ""));
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let pair = ["tft", "alld", "--stakes"];
    for (stakes, about) in [
        (
            "4,3,0,1",
            "no prisoner's dilemma, for which most of these strategies were thought up: it is chicken.",
        ),
        ("1,1,1,1", "Payoffs tie"),
        ("0,1,3,2", "neither T nor R is the best"),
        ("6,3,1,0", "T + S ≥ 2R"),
    ] {
        let out = words(&[&pair[..], &[stakes]].concat());
        assert!(out.contains(about), "{stakes}: {out}");
    }
    assert_eq!(json_of(&["tft", "--stakes", "4,3,0,1"])["kind"], "chicken");
    let usual = words(&["tft", "alld"]);
    assert!(
        !usual.contains("dilemma") && !usual.contains("2R"),
        "{usual}"
    );
    let alone = words(&["tft", "--population", "10"]);
    assert_eq!(alone.matches("nobody else is there").count(), 2, "{alone}");
    assert!(!alone.contains("stable here"), "{alone}");
}

#[test]
fn text_fits_its_width() {
    for args in [
        &["tournament"][..],
        &["tournament", "--population", "100", "--misreading", "0.05"],
        &["tournament", "--stakes=-1000000,-2e6,-3e6,-4e6"],
        &["tournament", "--list"],
    ] {
        for width in ["40", "60", "76", "100"] {
            let (code, out, err) = run(&[args, &["--width", width]].concat());
            assert_eq!((code, err.as_str()), (0, ""));
            let most = width.parse().unwrap();
            let too_long = out.lines().find(|line| line.chars().count() > most);
            assert!(width == "40" || too_long.is_none(), "{width}: {too_long:?}");
        }
    }
}

#[test]
fn what_cannot_be_is_refused() {
    #[track_caller]
    fn refused(args: &[&str], expected: i32, about: &str) {
        let (code, out, err) = run(&[&["tournament"], args].concat());
        assert_eq!((code, out.as_str()), (expected, ""), "{err}");
        assert!(err.contains(about), "{err}");
    }
    refused(&["tit-for-tut"], 1, "did you mean \"tit-for-tat\"?");
    refused(&["grim:2"], 1, "a name without a number");
    refused(&["grit:0/0"], 1, "concessions and rest from 1 each");
    refused(&["punishment:0"], 1, "a whole number of periods from 1");
    refused(&["nowhere.toml"], 1, "there is no file nowhere.toml");
    let bad = file("bad.toml", "slips = 2\nstrategies = ['grmi']\n");
    refused(&[&bad], 1, "expected a number from 0 to 1");
    refused(&[&bad], 1, "did you mean `grim`?");
    refused(&[&bad, &bad], 1, "is a second file");
    refused(
        &["gtft", "--stakes", "1,2,3,4"],
        1,
        "does not exist at these stakes",
    );
    refused(&["gradual:41"], 1, "expected at most 40");
    refused(&["--population", "1", "tft"], 1, "from 2 to 1000000");
    refused(&["tft", "--periods", "0"], 1, "a number from 1 to 1000000");
    for wrong in [
        &["--noise", "2"][..],
        &["--stakes", "1,2,3"],
        &["--delta", "1"],
        &["--selection", "0.5"],
        &["--delta", "0.5", "--periods", "9"],
        &["--population", "9", "--selection", "nan"],
    ] {
        refused(wrong, 2, "");
    }
}
