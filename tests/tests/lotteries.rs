//! Reference answers on lotteries of two parties, up to 10^250 packages (`data/lotteries.json`),
//! computed outside this library.
#![allow(
    clippy::expect_used,
    clippy::float_cmp,
    reason = "a test says what it takes for granted, and exact values are asserted exactly"
)]

use approx::assert_relative_eq;
use detente::payoff::{Lotteries, SolutionConcept, instances::Family};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    family: String,
    #[serde(default)]
    options: Vec<usize>,
    #[serde(default)]
    issues: usize,
    #[serde(default)]
    each: usize,
    hull_vertices: usize,
    nash: [f64; 2],
    egalitarian: Option<f64>,
}

impl Row {
    fn lotteries(&self) -> Lotteries {
        let repeated = vec![self.each; self.issues];
        let sizes = if self.options.is_empty() {
            &repeated
        } else {
            &self.options
        };
        let family = match self.family.as_str() {
            "mixed" => Family::Mixed,
            _ => Family::Opposed,
        };
        let (space, utilities) = family.instance(2, sizes).expect("a space");
        Lotteries::new(&space, &utilities, &[0.0, 0.0]).expect("two parties")
    }
}

#[test]
fn lotteries_come_out_as_computed_elsewhere() {
    let text = include_str!("../data/lotteries.json");
    let reference: Reference = serde_json::from_str(text).expect("the data are well formed");
    assert_eq!(reference.rows.len(), 7);
    for row in &reference.rows {
        let lotteries = row.lotteries();
        let name = format!("{} {:?} {}", row.family, row.options, row.issues);
        let corners = lotteries.corners().expect("two parties");
        assert_eq!(corners.len(), row.hull_vertices, "{name}");
        let found = |concept| lotteries.solve(concept).expect("a zone of agreement");
        let nash = found(SolutionConcept::Nash);
        for (found, expected) in nash.lotteries[0].payoffs.iter().zip(row.nash) {
            assert_relative_eq!(*found, expected, max_relative = 1e-12);
        }
        if let Some(expected) = row.egalitarian {
            let even = found(SolutionConcept::Egalitarian);
            assert_relative_eq!(even.value, expected, max_relative = 1e-12);
            let [first, second] = even.lotteries[0].payoffs[..] else {
                continue;
            };
            assert_relative_eq!(first, second, max_relative = 1e-12);
        }
    }
}
