//! More than two parties.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod small;

use detente_report::{TerminalOptions, headline, terminal};
use small::{from_text, three};

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
