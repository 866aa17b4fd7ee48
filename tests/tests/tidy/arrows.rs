//! Who may depend on whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::{assert_none, read, workspace};

/// Every arrow that is drawn: a crate, and the crates it may use, whatever for. What is drawn for
/// crates not built yet stands here too, so that they arrive in their places.
const ARROWS: [(&str, &[&str]); 16] = [
    ("detente-quantity", &[]),
    ("detente-payoff", &["detente-quantity"]),
    ("detente-reciprocity", &["detente-quantity"]),
    ("detente-reputation", &["detente-quantity"]),
    ("detente-legitimacy", &["detente-quantity"]),
    ("detente-uncertainty", &["detente-quantity"]),
    // What a crate builds on speaks of quantities, so it may too.
    (
        "detente-perception",
        &["detente-quantity", "detente-reputation"],
    ),
    ("detente-stability", &["detente-quantity", "detente-payoff"]),
    (
        "detente-formats",
        &["detente-quantity", "detente-payoff", "detente-reciprocity"],
    ),
    (
        "detente-reassurance",
        &[
            "detente-quantity",
            "detente-reciprocity",
            "detente-reputation",
            "detente-perception",
        ],
    ),
    (
        "detente",
        &[
            "detente-quantity",
            "detente-payoff",
            "detente-stability",
            "detente-reciprocity",
            "detente-reputation",
            "detente-perception",
            "detente-legitimacy",
            "detente-reassurance",
            "detente-uncertainty",
        ],
    ),
    (
        "detente-events",
        &[
            "detente-quantity",
            "detente-reputation",
            "detente-perception",
        ],
    ),
    ("detente-report", &["detente"]),
    (
        "detente-cli",
        &[
            "detente",
            "detente-report",
            "detente-events",
            "detente-formats",
        ],
    ),
    // The README depends on one crate alone, and what it shows is tried with the other tests.
    (
        "detente-tests",
        &["detente", "detente-quantity", "detente-reciprocity"],
    ),
    ("xtask", &[]),
];

/// The arrows among `drawn` that [`ARROWS`] does not draw.
fn undrawn<'g>(drawn: &[(&'g str, &'g str)]) -> Vec<(&'g str, &'g str)> {
    let allowed = BTreeMap::from(ARROWS);
    drawn
        .iter()
        .copied()
        .filter(|(from, to)| !allowed.get(from).is_some_and(|known| known.contains(to)))
        .collect()
}

#[test]
fn every_arrow_is_drawn() {
    let workspace = workspace();
    let members: BTreeSet<&str> = workspace
        .packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let arrows: Vec<(&str, &str)> = workspace
        .packages
        .iter()
        .flat_map(|package| {
            let inside = package
                .dependencies
                .iter()
                .map(|dependency| dependency.name.as_str())
                // A crate may ask itself for a feature in its own tests.
                .filter(|name| members.contains(name) && *name != package.name);
            inside.map(|name| (package.name.as_str(), name))
        })
        .collect();
    assert!(arrows.contains(&("detente-perception", "detente-reputation")));
    assert_none(&undrawn(&arrows), "ARCHITECTURE.md does not draw");
    let known = BTreeMap::from(ARROWS);
    let strangers: Vec<&&str> = members
        .iter()
        .filter(|it| !known.contains_key(*it))
        .collect();
    assert_none(&strangers, "members without a place in the house");
}

#[test]
fn an_arrow_that_is_not_drawn_is_caught() {
    let sideways = ("detente-payoff", "detente-reputation");
    let upward = ("detente-reputation", "detente-perception");
    let past_the_facade = ("detente-cli", "detente-payoff");
    let stranger = ("detente-new", "detente-quantity");
    let drawn = ("detente-perception", "detente-reputation");
    assert_eq!(
        undrawn(&[sideways, drawn, upward, past_the_facade, stranger]),
        [sideways, upward, past_the_facade, stranger]
    );
}

#[test]
fn arrows_run_one_way() {
    let mut placed = BTreeSet::new();
    let mut waiting: Vec<(&str, &[&str])> = ARROWS.to_vec();
    while !waiting.is_empty() {
        let (ready, later): (Vec<_>, Vec<_>) = waiting
            .iter()
            .copied()
            .partition(|(_, uses)| uses.iter().all(|it| placed.contains(it)));
        assert!(!ready.is_empty(), "a circle among {later:?}");
        placed.extend(ready.iter().map(|(name, _)| *name));
        waiting = later;
    }
}

/// Rows of the table in ARCHITECTURE.md: `| `crate` | `use`, `use` | … |`.
#[test]
fn the_drawing_in_the_architecture_is_the_one_enforced() {
    let text = read(&workspace().root.join("ARCHITECTURE.md"));
    let quoted = |cell: &str| -> BTreeSet<String> {
        cell.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    let drawing: BTreeMap<String, BTreeSet<String>> = text
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix("| `")?.split('|').collect();
            let name = cells.first()?.trim().trim_end_matches('`');
            Some((name.to_owned(), quoted(cells.get(1)?)))
        })
        .collect();
    for (name, uses) in ARROWS {
        let uses: BTreeSet<String> = uses.iter().map(|&it| it.to_owned()).collect();
        assert_eq!(drawing.get(name), Some(&uses), "the row of {name}");
    }
    assert_eq!(drawing.len(), ARROWS.len());
}
