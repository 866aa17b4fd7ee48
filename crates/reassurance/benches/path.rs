//! The lexicographically best path of up to three rungs over ten thousand partial agreements, four issues at
//! ten levels each, from a trust just below what the full agreement needs: 0.33 seconds on a calm machine,
//! where a second is aimed at. What was passed over, and why, is part of the answer. Where no rung is accepted at
//! all, the proof takes a fraction of a millisecond.

#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;

use criterion::{Criterion as Bench, criterion_group, criterion_main};
use detente_quantity::Probability;
use detente_reassurance::{
    Criterion, MutualRung, MutualTrust, PathEnd, PathGoal, RungStake, TrustPair, cheapest_path,
};

/// What a level of each issue is worth to each side, and what it exposes.
const GAINS: [[f64; 4]; 2] = [[4.0, 3.0, 2.0, 1.0], [1.0, 2.5, 3.0, 3.5]];
const LOSSES: [[f64; 4]; 2] = [[9.0, 4.0, 5.0, 1.0], [2.0, 6.0, 4.0, 8.0]];

fn partial_agreements() -> Vec<MutualRung> {
    (0..10_000_u32)
        .map(|code| {
            let level = |issue: u32| f64::from(code / 10_u32.pow(issue) % 10) / 9.0;
            let sum = |weights: [f64; 4]| {
                let terms = (0..4)
                    .zip(weights)
                    .map(|(issue, weight)| weight * level(issue));
                terms.sum::<f64>()
            };
            let side = |side: usize| RungStake {
                gain: sum(GAINS[side]),
                loss: sum(LOSSES[side]),
                // The more is at stake the more honouring it shows, up to four to one.
                evidence: 1.0 + 3.0 * sum(LOSSES[1 - side]) / 20.0,
            };
            MutualRung {
                sides: [side(0), side(1)],
                time: (0..4).map(level).sum(),
            }
        })
        .collect()
}

fn search(bench: &mut Bench) {
    let Ok(judge) = MutualTrust::new(partial_agreements(), 9_999) else {
        return;
    };
    let Ok(odds) = Probability::saturating(0.65).log_odds() else {
        return;
    };
    let start = TrustPair::new([odds; 2]);
    let goal = PathGoal {
        target: 9_999,
        order: [
            Criterion::Exposure,
            Criterion::ExpectedLoss,
            Criterion::Rungs,
            Criterion::Time,
        ],
        most_rungs: 3,
        effort: 10_000_000,
    };
    // An answer for which the effort did not suffice would be no measure.
    let found = cheapest_path(&judge, &start, &goal).map(|it| it.end);
    assert_eq!(found, Ok(PathEnd::Found));
    bench.bench_function("best path over 10,000 partial agreements", |bencher| {
        bencher.iter(|| black_box(cheapest_path(&judge, black_box(&start), &goal)));
    });
}

criterion_group!(benches, search);
criterion_main!(benches);
