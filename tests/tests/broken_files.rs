//! Case files with mistakes in them: every mistake is answered, at its line, with a remedy.
//!
//! In `data/broken`, each line at fault ends in the codes that it must be answered with, such as
//! `# <- E004 E004`, so what is expected is written beside what is wrong. The whole answer, as a
//! reader sees it, is kept as a snapshot.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a file that is not there, or is read, fails the test"
)]

use std::{collections::BTreeSet, fs, ops::Range, path::PathBuf};

use detente::{
    Case,
    decode::{CaseFaults, Code, Format, Palette, Source},
};

/// Files that cannot mark their faults, being cut short or without comments: line (0 if none can be
/// named) and code of each.
const UNMARKED: [(&str, &[(usize, &str)]); 8] = [
    (
        "comments-only.toml",
        &[(1, "E003"), (1, "E003"), (1, "E003"), (1, "E003")],
    ),
    (
        "empty.toml",
        &[(1, "E003"), (1, "E003"), (1, "E003"), (1, "E003")],
    ),
    (
        "faults.json",
        &[
            (0, "E004"),
            (0, "E004"),
            (0, "E005"),
            (0, "E007"),
            (0, "E008"),
            (0, "E009"),
        ],
    ),
    ("latin-1.toml", &[(7, "E010"), (70, "E004")]),
    ("list.json", &[(0, "E005")]),
    ("truncated-in-text.toml", &[(61, "E001")]),
    ("truncated.json", &[(3, "E001")]),
    ("utf-16.toml", &[(1, "E010")]),
];

/// Every broken file, in the order of their names.
fn sources() -> Vec<Source> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/broken");
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some());
    paths.sort();
    let source = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        Source::from_bytes(name, &fs::read(&path).unwrap())
    };
    paths.into_iter().map(source).collect()
}

#[track_caller]
fn faults_of(source: &Source) -> CaseFaults {
    let read = Case::read(source).map(|case| case.identity.id);
    read.expect_err(source.name())
}

fn line(source: &Source, span: Option<&Range<usize>>) -> usize {
    span.map_or(0, |span| source.locate(span.start).0)
}

/// Line and code of every fault that the file says it has, in order.
fn announced(source: &Source) -> Vec<(usize, String)> {
    let unmarked = UNMARKED.iter().find(|(name, _)| *name == source.name());
    if let Some((_, faults)) = unmarked {
        let owned = faults
            .iter()
            .map(|(line, code)| (*line, (*code).to_owned()));
        return owned.collect();
    }
    let mut faults = Vec::new();
    for (row, text) in source.text().lines().enumerate() {
        let (_, codes) = text.split_once("# <- ").unwrap_or_default();
        faults.extend(
            codes
                .split_whitespace()
                .map(|code| (row + 1, code.to_owned())),
        );
    }
    faults.sort();
    faults
}

#[test]
fn every_answer_reads_as_it_did() {
    for source in sources() {
        let text = faults_of(&source).render(&Palette::PLAIN);
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "snapshots/broken",
        }, {
            insta::assert_snapshot!(source.name(), text);
        });
    }
}

#[test]
fn every_mistake_is_answered_at_its_line_and_nothing_else_is() {
    let sources = sources();
    assert!(sources.len() >= 80, "{} broken files", sources.len());
    for source in &sources {
        let faults = faults_of(source).faults;
        let mut found: Vec<(usize, String)> = faults
            .iter()
            .map(|fault| (line(source, fault.span.as_ref()), fault.code.to_string()))
            .collect();
        found.sort();
        assert_eq!(found, announced(source), "{}", source.name());
        assert!(!found.is_empty(), "{} announces no fault", source.name());
    }
}

#[test]
fn every_fault_has_a_code_a_place_and_a_remedy_and_says_something_of_its_own() {
    for source in sources() {
        let mut said = BTreeSet::new();
        for fault in faults_of(&source).faults {
            let context = format!("{}: {fault}", source.name());
            assert!(Code::ALL.contains(&fault.code), "{context}");
            assert!(
                fault.span.is_some() || source.format() == Format::Json,
                "{context}"
            );
            assert!(!fault.message.trim().is_empty(), "{context}");
            let remedy = fault.label.as_ref().or(fault.help.as_ref());
            assert!(
                remedy.is_some_and(|remedy| !remedy.trim().is_empty()),
                "{context}"
            );
            let place = fault.span.map(|span| (span.start, span.end));
            assert!(said.insert((place, fault.message)), "said twice: {context}");
        }
    }
}

#[test]
fn every_file_says_first_what_is_wrong_with_it() {
    let silent = ["empty.toml", "utf-16.toml"];
    for source in sources() {
        let first = source.line(1);
        let says = first
            .strip_prefix("# ")
            .is_some_and(|says| says.ends_with('.'));
        let excused = source.format() == Format::Json || silent.contains(&source.name());
        assert!(says || excused, "{}: {first}", source.name());
    }
}

#[test]
fn every_code_is_tried() {
    let found: BTreeSet<Code> = sources()
        .iter()
        .flat_map(|source| faults_of(source).faults)
        .map(|fault| fault.code)
        .collect();
    assert_eq!(found, BTreeSet::from(Code::ALL));
}
