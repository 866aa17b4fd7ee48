//! Equilibrium payoff sets of repeated games against sets computed elsewhere.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may panic where its own data are not as expected"
)]

use detente::{
    quantity::DiscountFactor,
    reciprocity::{
        Bimatrix,
        payoff_set::{PayoffSet, SetKind, equilibrium_payoffs},
    },
};
use serde_json::Value;

/// A number that is written as a fraction.
fn number(text: &Value) -> f64 {
    let text = text.as_str().unwrap();
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap()
}

fn lists(of: &Value, number: impl Fn(&Value) -> f64) -> Vec<Vec<f64>> {
    let lines = of.as_array().unwrap().iter();
    lines
        .map(|line| line.as_array().unwrap().iter().map(&number).collect())
        .collect()
}

/// A game by the formula of its family.
fn family(name: &str, n: u32) -> Bimatrix {
    let widest = if name == "arms" { 2.0 } else { 6.0 };
    let quantity = |choice: u32| widest * f64::from(choice) / f64::from(n - 1);
    let payoff = |own: f64, other: f64| match name {
        "cournot" => own * (27.0 / 5.0 - own - other),
        "price_floor" => own * ((6.0 - own - other).max(0.0) - 3.0 / 5.0),
        _ => 4.0 * (own - other) - own * own - own * other / 2.0,
    };
    let cells = || (0..n).flat_map(|i| (0..n).map(move |j| (quantity(i), quantity(j))));
    let size = usize::try_from(n).unwrap();
    let row = cells().map(|(own, other)| payoff(own, other)).collect();
    let column = cells().map(|(other, own)| payoff(own, other)).collect();
    Bimatrix::from_flat(size, size, row, column).unwrap()
}

#[track_caller]
fn check(name: &str, found: &PayoffSet, expected: &[Vec<f64>]) {
    let kind = [
        SetKind::Empty,
        SetKind::Point,
        SetKind::Segment,
        SetKind::Polygon,
    ];
    assert_eq!(found.kind, kind[expected.len().min(3)], "{name}");
    assert_eq!(found.vertices.len(), expected.len(), "{name}");
    assert!(found.gap < 1e-9, "{name}: {}", found.gap);
    for corner in expected {
        let near = |it: &&[f64; 2]| (it[0] - corner[0]).abs().max((it[1] - corner[1]).abs()) < 1e-9;
        assert!(
            found.vertices.iter().any(|it| near(&it)),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn published_and_computed_sets_are_found() {
    let text = include_str!("../data/equilibrium-payoffs.json");
    let document: Value = serde_json::from_str(text).unwrap();
    let named = document["named"].as_array().unwrap();
    assert_eq!(named.len(), 46);
    for case in named {
        let game = match case["family"].as_str() {
            Some(name) => family(name, u32::try_from(case["n"].as_u64().unwrap()).unwrap()),
            None => {
                Bimatrix::new(&lists(&case["row"], number), &lists(&case["col"], number)).unwrap()
            }
        };
        let delta = DiscountFactor::new(number(&case["delta"])).unwrap();
        let found = equilibrium_payoffs(&game, delta).unwrap();
        let name = case["name"].as_str().unwrap();
        check(
            name,
            &found,
            &lists(&case["vertices"], |it| it.as_f64().unwrap()),
        );
        // What is known exactly is found exactly where payoffs are not products of rounded numbers.
        if let (Some(exact), None) = (case.get("exact"), case.get("family")) {
            let mut expected: Vec<Vec<&str>> = Vec::new();
            for corner in exact.as_array().unwrap() {
                expected.push(
                    corner
                        .as_array()
                        .unwrap()
                        .iter()
                        .filter_map(Value::as_str)
                        .collect(),
                );
            }
            let mut given: Vec<Vec<String>> = { found.inner.iter() }
                .map(|corner| corner.iter().map(ToString::to_string).collect())
                .collect();
            expected.sort();
            given.sort();
            assert_eq!(given, expected, "{name}");
        }
    }
}

#[test]
fn small_games_of_all_kinds_are_solved() {
    let text = include_str!("../data/equilibrium-payoffs.json");
    let document: Value = serde_json::from_str(text).unwrap();
    let small = document["small"].as_array().unwrap();
    assert_eq!(small.len(), 100);
    for case in small {
        let payoffs = |at: usize| lists(&case[at], |it| it.as_f64().unwrap());
        let game = Bimatrix::new(&payoffs(0), &payoffs(1)).unwrap();
        let delta = DiscountFactor::new(number(&case[2])).unwrap();
        let found = equilibrium_payoffs(&game, delta).unwrap();
        assert!(found.solved, "{case}");
        check(&case.to_string(), &found, &lists(&case[3], number));
    }
}
