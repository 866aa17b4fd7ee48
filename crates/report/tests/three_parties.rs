//! More than two parties.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod small;

use detente_report::{TerminalOptions, headline, terminal};
use small::from_text;

/// Three parties, each with a belief about each other.
fn three() -> String {
    let mut text = "format = 1
[case]
id = 'three'
title = 'Three at a table'
decided = 2000-06-30
outcome = 'nonagreement'
[issue.deal]
name = 'The deal'
option.no = 'No deal'
option.yes = 'A deal'
"
    .to_owned();
    let ids = ["north", "south", "east"];
    for id in ids {
        text += &format!(
            "[party.{id}]
name = '{id}'
nonagreement = 0
detection = 0.9
true_type = 'keeps'
payoff.deal = {{ no = 0, yes = 2 }}
exposure.deal = {{ no = 0, yes = {{ low = 1, mode = 3, high = 5 }} }}
temptation.deal = {{ no = 0, yes = 1 }}
type.keeps.patience = 0.9
type.cheats = {{ patience = 0.1, temptation_scale = 3 }}
"
        );
        for other in ids.iter().filter(|other| **other != id) {
            text += &format!("prior.{other}.keeps = 0.7\n");
        }
    }
    text
}

#[test]
fn all_are_named_and_trust_is_in_all_at_once() {
    let assessment = from_text(&three(), 100);
    assert!(headline(&assessment).contains("all of north, south and east"));
    let page = terminal(
        &assessment,
        &TerminalOptions {
            width: 72,
            colour: false,
        },
    );
    insta::assert_snapshot!("three", page);
}
