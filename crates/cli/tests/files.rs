//! `detente check`, `init`, `schema`, `cases` and `completions`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use std::fs;

use detente::library;
use run::{file, fresh, run, run_with};
use serde_json::Value;

#[test]
fn good_files_are_counted() {
    let good = file("good.toml", library::TEMPLATE);
    assert_eq!(
        run(&["check", &good, &good]),
        (0, "2 files, 0 faults\n".to_owned(), String::new())
    );
    let (code, out, _) = run_with(&["check", "-"], library::TEMPLATE);
    assert_eq!((code, out.as_str()), (0, "1 file, 0 faults\n"));
}

#[test]
fn every_fault_of_every_file_is_shown() {
    let wrong = library::TEMPLATE
        .replace("outcome = \"nonagreement\"", "outcome = \"no agreement\"")
        .replace("detection = 0.9", "detection = 9");
    let wrong = file("two-faults.toml", wrong);
    let good = file("no-fault.toml", library::TEMPLATE);
    let gone = fresh("gone.toml");
    let (code, out, err) = run(&["check", &wrong, &good, gone.to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("2 faults in"), "{err}");
    assert!(err.contains("there is no file"), "{err}");
    assert!(err.ends_with("3 files, 3 faults\n"), "{err}");
}

#[test]
fn check_needs_a_file() {
    assert_eq!(run(&["check"]).0, 2);
}

#[test]
fn a_new_case_is_the_template_and_is_good() {
    assert_eq!(
        run(&["init"]),
        (0, library::TEMPLATE.to_owned(), String::new())
    );
    assert_eq!(run(&["init", "-"]).1, library::TEMPLATE);
    let path = fresh("new-case.toml");
    let name = path.to_str().unwrap();
    let (code, out, err) = run(&["init", name]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("detente check"), "{out}");
    assert_eq!(fs::read_to_string(&path).unwrap(), library::TEMPLATE);
    assert_eq!(run(&["check", name]).0, 0);
    assert_eq!(run(&["assess", name, "--draws", "10"]).0, 0);
}

#[test]
fn a_file_is_overwritten_only_when_asked() {
    let name = file("mine.toml", "mine");
    let (code, out, err) = run(&["init", &name]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("--force"), "{err}");
    assert_eq!(fs::read_to_string(&name).unwrap(), "mine");
    assert_eq!(run(&["init", &name, "--force"]).0, 0);
    assert_eq!(fs::read_to_string(&name).unwrap(), library::TEMPLATE);
}

#[test]
fn a_case_cannot_be_written_where_there_is_no_folder() {
    let path = fresh("no-such-folder").join("case.toml");
    let (code, _, err) = run(&["init", path.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(err.starts_with("error: could not write"), "{err}");
}

#[test]
fn the_schema_is_json_schema() {
    let (code, out, err) = run(&["schema"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let schema: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert!(schema["$defs"]["act"].is_object());
}

#[test]
fn the_shipped_cases_are_listed() {
    let (code, out, _) = run(&["cases"]);
    assert_eq!(code, 0);
    let (code, json, _) = run(&["cases", "--json"]);
    assert_eq!(code, 0);
    let list: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(list.len(), library::ids().len());
    for (entry, id) in list.iter().zip(library::ids()) {
        assert_eq!(entry["id"], id);
        assert!(out.contains(id));
    }
}

#[test]
fn shells_are_helped() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, out, err) = run(&["completions", shell]);
        assert_eq!((code, err.as_str()), (0, ""), "{shell}");
        assert!(out.contains("assess"), "{shell}");
    }
    assert_eq!(run(&["completions", "sh"]).0, 2);
}

#[test]
fn help_says_how_to_start() {
    let (code, _, err) = run(&[]);
    assert_eq!(code, 2);
    assert!(err.contains("detente assess reykjavik-1986"), "{err}");
    let (code, out, _) = run(&["--help"]);
    assert_eq!(code, 0);
    assert!(out.contains("detente init my-case.toml"), "{out}");
    let (code, out, _) = run(&["--version"]);
    assert_eq!((code, out.starts_with("detente ")), (0, true));
}

#[test]
fn check_is_for_files_alone() {
    let (code, _, err) = run(&["check", "reykjavik-1986"]);
    assert_eq!(code, 1);
    assert!(
        err.contains("check takes files; `detente assess reykjavik-1986` runs the shipped case"),
        "{err}"
    );
    let (code, _, err) = run(&["check", "nope.toml"]);
    assert_eq!(code, 1);
    assert!(err.contains("there is no file nope.toml"), "{err}");
    assert!(!err.contains("shipped"), "{err}");
}

#[test]
fn what_is_not_text_is_not_shown() {
    let random: Vec<u8> = (0..4096_u32)
        .map(|n| u8::try_from((n.wrapping_mul(2_654_435_761) >> 13) % 255 + 1).unwrap())
        .collect();
    for (name, bytes) in [
        ("nul.toml", &b"title = 'a\0b\x07'"[..]),
        ("random.toml", &random),
    ] {
        for command in ["check", "assess"] {
            let (code, out, err) = run(&[command, &file(name, bytes)]);
            assert_eq!((code, out.as_str()), (1, ""), "{name}");
            assert!(err.contains("this is not a text file"), "{name}: {err}");
            assert!(
                !err.contains(|c: char| c.is_control() && c != '\n'),
                "{err}"
            );
        }
    }
    // A text in another encoding is a text.
    for (name, bytes) in [
        ("utf16.toml", &b"\xff\xfef\0o\0r\0m\0a\0t\0"[..]),
        ("latin1-check.toml", b"title = 'D\xe9tente \x07'"),
    ] {
        let (code, _, err) = run(&["check", &file(name, bytes)]);
        assert_eq!(code, 1);
        assert!(err.contains("UTF-8"), "{err}");
        assert!(
            !err.contains(|c: char| c.is_control() && c != '\n'),
            "{err}"
        );
    }
    let (_, _, err) = run(&["check", "no\x1b[31m\x07.toml"]);
    assert!(!err.contains(['\x1b', '\x07']), "{err}");
}

#[test]
fn a_case_is_not_written_to_a_folder() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    for args in [&["init", folder][..], &["init", folder, "--force"]] {
        let (code, out, err) = run(args);
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(err.contains("is a folder"), "{err}");
    }
}
