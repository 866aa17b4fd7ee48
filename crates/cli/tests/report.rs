//! `detente report`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use std::fs;

use run::{detente, fresh, run};
use serde_json::Value;

/// Few draws and evaluations, so that tests stay short.
const SMALL: [&str; 6] = [
    "report",
    "reykjavik-1986",
    "--draws",
    "200",
    "--evaluations",
    "2048",
];

#[test]
fn a_page_goes_to_a_file_or_to_standard_output() {
    let file = fresh("report.html");
    let path = file.to_str().unwrap();
    let (code, out, err) = run(&[&SMALL[..], &["-o", path]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out, format!("wrote {path}\n"));
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    let (_, out, _) = run(&SMALL);
    assert_eq!(out, page);
    // What is there already is left alone, unless told otherwise.
    let again = [&SMALL[..], &["-o", path, "--seed", "7"]].concat();
    let (code, _, err) = run(&again);
    assert_eq!(code, 1);
    assert!(
        err.contains("exists already; --force overwrites it"),
        "{err}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), page);
    let (code, ..) = run(&[&again[..], &["--force"]].concat());
    assert_eq!(code, 0);
    assert_ne!(fs::read_to_string(&file).unwrap(), page);
}

#[test]
fn the_ending_of_the_file_tells_the_format() {
    let file = fresh("report.md");
    let path = file.to_str().unwrap();
    let (code, ..) = run(&[&SMALL[..], &["-o", path]].concat());
    assert_eq!(code, 0);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("# On 12 October 1986"), "{text:.80}");
    let (_, out, _) = run(&[&SMALL[..], &["--format", "csv"]].concat());
    assert!(out.starts_with("figure,row,column,title,value,low,high,unit,text\n"));
}

#[test]
fn everything_found_is_json() {
    let (code, out, _) = run(&[&SMALL[..], &["--format", "json"]].concat());
    assert_eq!(code, 0);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["assessment"]["subject"]["id"], "reykjavik-1986");
    assert_eq!(value["agreements"]["agreements"], "5");
    assert_eq!(value["payoffs"]["marked"][0]["mark"], "nonagreement");
    for part in ["sensitivity", "rewrites"] {
        assert!(value[part].is_object(), "{part}");
    }
}

#[test]
fn figures_are_files_of_their_own() {
    let folder = fresh("figures");
    let _ = fs::remove_dir_all(&folder);
    let (code, out, err) = run(&[&SMALL[..], &["--figures", folder.to_str().unwrap()]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains(" figures into "), "{out}");
    let funnel = fs::read_to_string(folder.join("funnel.svg")).unwrap();
    assert!(funnel.starts_with("<svg ") && funnel.ends_with("</svg>\n"));
}

#[test]
fn central_values_alone_make_a_page_too() {
    for case in ["euphrates-1975", "inf-1987"] {
        let (code, out, err) = run(&["report", case, "--draws", "0"]);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(out.contains("id=\"funnel\""));
    }
}

#[test]
fn what_cannot_be_written_is_said() {
    let (code, _, err) = run(&["report", "euphrates-1975", "-o", "."]);
    assert_eq!(code, 1);
    assert!(err.contains("is a folder"), "{err}");
    let (code, _, err) = run(&["report", "reykjavik-1987"]);
    assert_eq!(code, 1);
    assert!(err.contains("reykjavik-1986"), "{err}");
}

#[test]
fn it_repeats_to_the_byte_on_any_number_of_threads() {
    let on = |threads: &str| {
        let output = detente(&SMALL).env("RAYON_NUM_THREADS", threads).output();
        output.unwrap().stdout
    };
    assert!(on("1") == on("7"));
}
