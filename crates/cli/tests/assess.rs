//! `detente assess`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use std::{io::Read as _, process::Stdio};

use detente::library;
use run::{detente, file, run, run_with};
use serde_json::Value;

#[test]
fn a_shipped_case_is_reported() {
    let (code, out, err) = run(&["assess", "reykjavik-1986", "--draws", "100"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("On 12 October 1986"), "{out}");
    assert!(!out.contains('\x1b'));
    assert!(out.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn json_holds_what_other_programs_read() {
    for id in library::ids() {
        let (code, out, err) = run(&["assess", id, "--draws", "50", "--json"]);
        assert_eq!((code, err.as_str()), (0, ""), "{id}");
        assert!(out.ends_with("}\n"));
        let value: Value = serde_json::from_str(&out).unwrap();
        assert!(value["verdict"]["central"].is_string(), "{id}");
        let probabilities = value["verdict"]["probabilities"].as_object().unwrap();
        let sum: f64 = probabilities.values().filter_map(Value::as_f64).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{id}: {sum}");
        let funnel = value["funnel"].as_array().unwrap();
        assert_eq!(funnel.len(), 6);
        for stage in funnel {
            assert!(stage["barrier"].is_string() || stage["barrier"].is_null());
            assert!(stage["survivors"].is_u64());
        }
        assert_eq!(value["subject"]["id"], id);
    }
}

#[test]
fn a_run_repeats_to_the_byte_on_any_number_of_threads() {
    let args = ["assess", "inf-1987", "--draws", "500", "--json"];
    let on = |threads: &str| {
        let output = detente(&args).env("RAYON_NUM_THREADS", threads).output();
        output.unwrap().stdout
    };
    let (one, two) = (on("1"), on("2"));
    assert!(one == two && one == on("1"));
    let other = detente(&[&args[..], &["--seed", "7"]].concat())
        .output()
        .unwrap();
    assert!(one != other.stdout);
}

#[test]
fn a_case_may_come_from_a_file_or_standard_input_in_either_notation() {
    let id = "open-skies-1955";
    let args = ["--draws", "20", "--json"];
    let assess = |named: &str| run(&[&["assess", named][..], &args].concat());
    let (_, expected, _) = assess(id);
    let toml = library::text(id).unwrap();
    let json = serde_json::to_string(&library::case(id).unwrap()).unwrap();
    assert_eq!(assess(&file("assess-case.toml", toml)).1, expected);
    assert_eq!(assess(&file("assess-case.json", &json)).1, expected);
    for text in [toml, &json] {
        let (code, out, _) = run_with(&[&["assess", "-"][..], &args].concat(), text);
        assert_eq!((code, out == expected), (0, true));
    }
}

#[test]
fn a_name_that_is_neither_case_nor_file_is_answered_with_the_nearest() {
    let (code, out, err) = run(&["assess", "reykjavik-1968"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(
        err,
        "error: no shipped case and no file is called \"reykjavik-1968\"; did you mean the shipped \
         case reykjavik-1986?\n"
    );
    let (code, _, err) = run(&["assess", "zebra"]);
    assert_eq!(code, 1);
    assert!(
        err.contains("`detente cases` lists the shipped ones"),
        "{err}"
    );
    let (code, _, err) = run(&["assess", "nowhere/inf-1987.toml"]);
    assert_eq!(code, 1);
    assert!(
        err.contains("there is no file nowhere/inf-1987.toml"),
        "{err}"
    );
    assert!(err.contains("inf-1987?"), "{err}");
}

#[test]
fn files_that_hold_no_case_are_refused_in_words() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    for (named, words) in [
        (folder.to_owned(), "is a folder"),
        (file("empty.toml", " \n"), "is empty"),
        (file("latin1.toml", b"title = 'D\xe9tente'"), "is not UTF-8"),
        (
            file("scrap.toml", "format = 1\n[case]\nid = 7\n"),
            "found the number 7",
        ),
        (file("scrap.json", "{"), "error[E001]"),
    ] {
        let (code, out, err) = run(&["assess", &named]);
        assert_eq!((code, out.as_str()), (1, ""), "{named}");
        assert!(err.contains(words), "{named}: {err}");
        assert!(!err.contains("panicked"), "{err}");
    }
}

#[test]
fn wrong_usage_exits_with_two() {
    for args in [
        &["assess"][..],
        &["assess", "inf-1987", "--until", "1987-13-45"],
        &["assess", "inf-1987", "--until", "yesterday"],
        &["assess", "inf-1987", "--draws", "-1"],
        &["assess", "inf-1987", "--draws", "10000001"],
        &["assess", "inf-1987", "--seed", "x"],
        &["assess", "inf-1987", "--width", "3"],
        &["assess", "inf-1987", "--color", "mauve"],
        &["asess", "inf-1987"],
        &[],
    ] {
        let (code, out, err) = run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(!err.is_empty(), "{args:?}");
    }
}

#[test]
fn later_knowledge_can_be_left_out() {
    let args = ["assess", "inf-1987", "--draws", "0", "--json"];
    let until = |day: &str| {
        let (code, out, _) = run(&[&args[..], &["--until", day]].concat());
        assert_eq!(code, 0);
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let (early, late) = (until("1986-10-12"), until("2020-01-01"));
    let points = |value: &Value| value["beliefs"][0]["points"].as_array().unwrap().len();
    assert!(points(&early) < points(&late));
    assert_eq!(early["reproducibility"]["until"], "1986-10-12");
    assert_eq!(late["reproducibility"]["until"], "1987-12-08");
}

#[test]
fn colour_is_for_those_who_want_it() {
    let args = ["assess", "euphrates-1975", "--draws", "0"];
    let with = |more: &[&str]| detente(&[&args[..], more].concat());
    let coloured =
        |mut command: std::process::Command| command.output().unwrap().stdout.contains(&b'\x1b');
    assert!(!coloured(with(&[])));
    assert!(coloured(with(&["--color", "always"])));
    assert!(coloured(with(&["--colour", "always"])));
    assert!(!coloured(with(&["--color", "never"])));
    let mut forced = with(&[]);
    forced.env("CLICOLOR_FORCE", "1");
    assert!(coloured(forced));
    let mut refused = with(&[]);
    refused.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!coloured(refused));
}

#[test]
fn a_width_can_be_asked_for() {
    let (_, out, _) = run(&["assess", "euphrates-1975", "--draws", "0", "--width", "60"]);
    assert!(out.lines().all(|line| line.chars().count() <= 60));
    let mut told = detente(&["assess", "euphrates-1975", "--draws", "0"]);
    let told = told.env("COLUMNS", "60").output().unwrap().stdout;
    assert_eq!(String::from_utf8(told).unwrap(), out);
}

#[test]
fn a_reader_may_go_away() {
    for args in [
        &["assess", "reykjavik-1986", "--draws", "0", "--json"][..],
        &["assess", "reykjavik-1986", "--draws", "0"],
        &["schema"],
        &["init"],
        &["completions", "zsh"],
        &["cases"],
    ] {
        let mut child = detente(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), err.as_str()),
            (Some(0), ""),
            "{args:?}"
        );
    }
}

#[test]
fn a_day_after_the_decision_changes_nothing_and_says_so() {
    let args = ["assess", "euphrates-1975", "--draws", "0"];
    let (_, plain, _) = run(&args);
    let until = |day: &str| run(&[&args[..], &["--until", day]].concat());
    let (code, out, err) = until("2020-01-01");
    assert_eq!((code, out), (0, plain));
    assert_eq!(
        err,
        "note: --until 2020-01-01 changes nothing: evidence stops at the decision, 1975-06-03\n"
    );
    assert_eq!(until("1975-06-03").2, "");
}

#[test]
fn numbers_are_whole() {
    for option in ["--draws", "--seed"] {
        for given in ["1e5", "100,000", "-1", "1.5", ""] {
            let (code, out, err) = run(&["assess", "inf-1987", option, given]);
            assert_eq!((code, out.as_str()), (2, ""), "{given}");
            assert!(
                err.contains("expected a whole number such as 100000"),
                "{option} {given}: {err}"
            );
        }
        let (code, _, err) = run(&["assess", "inf-1987", option, "99999999999999999999999"]);
        assert_eq!(code, 2);
        assert!(err.contains("the number is too large"), "{err}");
    }
}

#[test]
fn draws_can_be_placed_otherwise_and_stop_when_they_are_precise() {
    let json = |more: &[&str]| -> Value {
        let args = ["assess", "inf-1987", "--json"];
        let (code, out, err) = run(&[&args[..], more].concat());
        assert_eq!((code, err.as_str()), (0, ""), "{more:?}");
        serde_json::from_str(&out).unwrap()
    };
    assert!(
        json(&["--sampling", "plain"])["reproducibility"]
            .get("placement")
            .is_none()
    );
    let sobol = json(&["--sampling", "sobol"]);
    assert_eq!(sobol["reproducibility"]["draws"], 2048);
    assert_eq!(sobol["reproducibility"]["placement"]["per_replicate"], 128);
    let precise = json(&["--sampling", "sobol", "--precision", "0.004"]);
    let precision = &precise["reproducibility"]["placement"]["precision"];
    assert_eq!(
        (&precision["stop"], &precision["at_most"]),
        (&"precise".into(), &200_000.into())
    );
    for chance in precise["verdict"]["chances"].as_object().unwrap().values() {
        assert!(
            chance["standard_error"].as_f64().unwrap() <= 0.004,
            "{chance}"
        );
    }
    let page = [
        "assess",
        "inf-1987",
        "--sampling",
        "latin",
        "--precision",
        "0.02",
        "--width",
        "200",
    ];
    let (_, out, _) = run(&page);
    assert!(out.contains("Latin hypercubes, "), "{out}");
    assert!(
        out.contains("a standard error of 0.02 was asked for and is reached"),
        "{out}"
    );
    for given in ["0", "-0.1", "half", "NaN"] {
        let (code, _, err) = run(&["assess", "inf-1987", "--precision", given]);
        assert_eq!(code, 2);
        assert!(err.contains("expected a standard error above 0"), "{err}");
    }
}
