//! What the README tells the reader to type.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use std::fs;

use run::{detente, fresh};

#[test]
fn every_line_of_the_readme_works_in_its_order() {
    let folder = fresh("readme");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    let readme = include_str!("../README.md");
    let lines: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("$ detente "))
        .collect();
    assert!(lines.len() >= 7);
    for line in lines {
        // Comments and redirections are the shell's business.
        let typed = line.split(['#', '>']).next().unwrap_or_default();
        let args: Vec<&str> = typed.split_whitespace().collect();
        let output = detente(&args).current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{line}: {output:?}");
        assert!(!output.stdout.is_empty(), "{line}");
    }
}
