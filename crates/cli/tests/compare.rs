//! `detente compare`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use detente::library;
use run::{detente, file, run, run_with};
use serde_json::Value;

const DRAWS: [&str; 2] = ["--draws", "100"];

fn compare(args: &[&str]) -> (i32, String, String) {
    run(&[&["compare"][..], args, &DRAWS].concat())
}

/// The case of Reykjavik as another coder might write it.
fn recoded(name: &str) -> String {
    let text = library::text("reykjavik-1986").unwrap();
    let testing = "ten-years-treaty-testing = { low = -3, mode = -1, high = 0.5 }";
    assert!(text.contains(testing));
    file(name, text.replace(testing, "ten-years-treaty-testing = -7"))
}

#[test]
fn cases_stand_side_by_side() {
    let ids: Vec<&str> = library::ids().collect();
    let (code, out, err) = compare(&ids);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(ids.iter().all(|id| out.contains(id)), "{out}");
    assert!(
        out.starts_with("At central values the verdicts differ"),
        "{out}"
    );
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn one_case_is_wrong_usage() {
    let (code, out, err) = compare(&["inf-1987"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("2 values required"), "{err}");
    assert_eq!(run(&["compare"]).0, 2);
}

#[test]
fn the_same_case_twice_does_not_differ() {
    let (code, out, _) = compare(&["inf-1987", "inf-1987"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("A and B do not differ"), "{out}");
    let text = library::text("inf-1987").unwrap();
    let args = [&["compare", "-", "inf-1987"][..], &DRAWS].concat();
    let (code, out, _) = run_with(&args, text);
    assert_eq!(code, 0);
    assert!(out.starts_with("A and B do not differ"), "{out}");
}

#[test]
fn the_number_that_decides_between_two_codings_is_named() {
    let other = recoded("compare-recoded.toml");
    let (code, out, _) = compare(&["reykjavik-1986", &other, "--width", "200"]);
    assert_eq!(code, 0);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        out.contains("What decides is party.us.payoff.space.ten-years-treaty-testing alone"),
        "{out}"
    );
    assert!(out.contains("A −1 (−3–0.5), B −7"), "{out}");
    let (_, out, _) = compare(&["reykjavik-1986", &other, "--json"]);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["schema"], 1);
    assert_eq!(value["codings"][1]["name"], other.as_str());
    let difference = &value["differences"][0];
    let number = &difference["numbers"][0];
    let share = number["effect"]["share"].as_f64().unwrap();
    let margin = |place: usize| difference["margin"][place].as_f64().unwrap();
    assert!((share - (margin(1) - margin(0))).abs() < 1e-12);
    assert_eq!(
        number["values"][0]["values"][0]["range"],
        serde_json::json!([-3.0, 0.5])
    );
}

#[test]
fn a_case_that_is_not_there_is_answered_as_everywhere() {
    let (code, out, err) = compare(&["inf-1987", "reykjavik-1968"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        err.contains("did you mean the shipped case reykjavik-1986?"),
        "{err}"
    );
}

#[test]
fn it_repeats_to_the_byte_on_any_number_of_threads() {
    let other = recoded("compare-threads.toml");
    let on = |threads: &str| {
        let args = [
            "compare",
            "reykjavik-1986",
            &other,
            "--json",
            "--draws",
            "300",
        ];
        detente(&args)
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap()
            .stdout
    };
    assert!(on("1") == on("8"));
}
