//! The rules of the house: who may depend on whom, what a manifest says, what no file may hold, and
//! that what the documents show is so.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod arrows;
mod documents;
mod files;
mod manifests;

use std::{fmt::Debug, fs, path::Path};

use detente_tests::workspace::Workspace;

fn workspace() -> Workspace {
    Workspace::read().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[track_caller]
fn assert_none<T: Debug>(found: &[T], what: &str) {
    assert!(found.is_empty(), "{what}: {found:#?}");
}
