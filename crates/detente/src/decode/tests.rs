//! Reading and showing whole documents, good and bad.

use proptest::{collection::vec, prelude::*};

use super::*;

/// The file that people start from: most of what TOML offers, and valid.
const TEMPLATE: &str = include_str!("../../cases/TEMPLATE.toml");

fn toml(text: &str) -> (Node, Vec<Fault>) {
    let mut faults = Faults::new();
    let node = Node::from_toml(text, &mut faults);
    (node, faults.into_vec())
}

#[track_caller]
fn check(text: &str, read: serde_json::Value, expected: &[&str]) {
    let (node, faults) = toml(text);
    let found: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!((node.as_json(), found.as_slice()), (read, &expected.map_to_strings()[..]));
}

trait MapToStrings {
    fn map_to_strings(&self) -> Vec<String>;
}

impl MapToStrings for &[&str] {
    fn map_to_strings(&self) -> Vec<String> {
        self.iter().map(ToString::to_string).collect()
    }
}
