//! What no file may hold.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{assert_none, read, workspace};

/// Longer files hold more than one subject.
const LONGEST: usize = 600;

/// Every file below `folder`, but for what is built: cargo marks such folders with a tag.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join("CACHEDIR.TAG").exists() || folder.ends_with(".git") {
            continue;
        }
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// Lines that hold one of `patterns`, as `file:line`.
fn lines_with(files: &[PathBuf], patterns: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let Ok(text) = fs::read_to_string(file) else {
            continue;
        };
        for (row, line) in text.lines().enumerate() {
            if let Some(pattern) = patterns.iter().find(|it| line.contains(it.as_str())) {
                found.push(format!("{}:{}: {pattern}", file.display(), row + 1));
            }
        }
    }
    found
}

/// The sources of the libraries and the command.
fn sources() -> Vec<PathBuf> {
    let workspace = workspace();
    let packages = workspace.packages.iter();
    let mut sources: Vec<PathBuf> = packages
        .map(|package| package.folder().join("src"))
        .flat_map(|folder| files(&folder))
        .filter(|file| file.extension().is_some_and(|it| it == "rs"))
        .collect();
    sources.sort();
    sources
}

// Patterns are written in halves, so that this file does not hold what it looks for.

#[test]
fn nothing_is_left_unfinished() {
    let marks = [
        ("TO", "DO"),
        ("FIX", "ME"),
        ("HA", "CK"),
        ("to", "do!("),
        ("unimpl", "emented!("),
    ];
    let marks = marks.map(|(start, end)| format!("{start}{end}"));
    assert_none(&lines_with(&sources(), &marks), "unfinished marks");
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let folders = [
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/fa", "rm/"),
        ("/tm", "p/"),
        ("/ho", "me/"),
        ("/Us", "ers/"),
    ];
    let folders = folders.map(|(start, end)| format!("{start}{end}"));
    assert_none(
        &lines_with(&files(&workspace().root), &folders),
        "paths of one machine",
    );
}

#[test]
fn a_pattern_that_is_there_is_found() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tidy/files.rs");
    assert!(!lines_with(&[here], &["fn lines_with".to_owned()]).is_empty());
}

#[test]
fn files_keep_to_one_subject() {
    let long: Vec<String> = sources()
        .iter()
        .map(|file| (file, read(file).lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| format!("{}: {lines} lines", file.display()))
        .collect();
    assert_none(&long, "files too long for one subject");
}
