//! Cases side by side, as a reader sees them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod small;

use detente::{Case, Coding, Model, Options, compare, library};
use detente_report::{TerminalOptions, comparison};
use small::{Small, TRICK};

fn small(small: &Small) -> Model {
    let case = Case::from_text("small.toml", &small.text()).unwrap();
    Model::compile(&case).unwrap()
}

fn page(models: &[(&str, &Model)], width: usize) -> String {
    let codings: Vec<Coding<'_>> = models
        .iter()
        .map(|&(name, model)| Coding { name, model })
        .collect();
    let options = Options {
        draws: 100,
        ..Options::default()
    };
    let page = TerminalOptions {
        width,
        colour: false,
    };
    comparison(&compare(&codings, &options).unwrap(), &page)
}

fn trusting() -> Model {
    small(&Small::default())
}

fn wary() -> Model {
    small(&Small {
        prior: "{ low = 0.1, mode = 0.2, high = 0.3 }",
        outcome: "nonagreement",
        gain: "1.5",
        ..Small::default()
    })
}

fn tricked() -> Model {
    small(&Small {
        prior: "0.2",
        more: TRICK,
        ..Small::default()
    })
}

#[test]
fn two_codings() {
    let (one, other) = (trusting(), wary());
    insta::assert_snapshot!(
        "two-codings",
        page(&[("small", &one), ("other.toml", &other)], 100)
    );
}

#[test]
fn three_codings() {
    let (one, two, three) = (trusting(), wary(), tricked());
    let list = [("one", &one), ("two", &two), ("three", &three)];
    insta::assert_snapshot!("three-codings", page(&list, 100));
}

#[test]
fn shipped_cases() {
    let models: Vec<(&str, Model)> = library::ids()
        .map(|id| (id, Model::compile(&library::case(id).unwrap()).unwrap()))
        .collect();
    let list: Vec<(&str, &Model)> = models.iter().map(|(id, model)| (*id, model)).collect();
    insta::assert_snapshot!("shipped-compared", page(&list, 100));
}

#[test]
fn every_width_from_sixty_is_kept() {
    let (one, two, three) = (trusting(), wary(), tricked());
    let list = [("one", &one), ("two", &two), ("three", &three)];
    for width in [60, 76, 80, 100, 200] {
        for line in page(&list, width).lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
            assert_eq!(line, line.trim_end(), "{width}");
        }
    }
}
