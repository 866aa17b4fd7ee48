//! `detente why`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use detente::library;
use run::{detente, run};
use serde_json::Value;

#[test]
fn every_shipped_case_is_told_why() {
    for id in library::ids() {
        let (code, out, err) = run(&["why", id, "--draws", "100"]);
        assert_eq!((code, err.as_str()), (0, ""), "{id}");
        assert!(
            out.contains("\nBy how much\n") && out.contains("\nWhy\n"),
            "{out}"
        );
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    }
}

#[test]
fn the_data_are_the_parts_of_the_assessment() {
    let options = [
        "--draws",
        "100",
        "--seed",
        "7",
        "--until",
        "1986-01-01",
        "--json",
    ];
    let json = |command: &str| -> Value {
        let (code, out, _) = run(&[&[command, "reykjavik-1986"][..], &options].concat());
        assert_eq!(code, 0);
        serde_json::from_str(&out).unwrap()
    };
    let (why, assessment) = (json("why"), json("assess"));
    assert_eq!(
        (&why["schema"], &why["case"]),
        (&1.into(), &"reykjavik-1986".into())
    );
    for part in ["verdict", "margins", "attribution", "reproducibility"] {
        assert!(why[part].is_object() || why[part].is_array(), "{part}");
        assert_eq!(why[part], assessment[part], "{part}");
    }
    assert_eq!(why.as_object().unwrap().len(), 6);
}

#[test]
fn it_repeats_to_the_byte_on_any_number_of_threads() {
    let on = |threads: &str| {
        let mut command = detente(&["why", "open-skies-1955", "--draws", "500"]);
        command
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap()
            .stdout
    };
    assert!(on("1") == on("8"));
}
