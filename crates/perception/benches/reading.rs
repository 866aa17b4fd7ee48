//! Acts filtered per second, by observers of each kind of bias.

#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_perception::{BiasParams, BiasProfile};
use detente_quantity::Probability;
use detente_reputation::{Act, Belief, Evidence, Filter, ReputationError, Tone};

const ACTS: usize = 10_000;

/// Cooperative and hostile acts in a fixed, irregular order, from types that cooperate with
/// probability 0.9, 0.6 or 0.4.
fn record(types: usize) -> Result<Vec<Act>, ReputationError> {
    let rates = [0.9, 0.4, 0.6].map(Probability::saturating);
    (0..ACTS)
        .map(|n| {
            let cooperative = n * n % 7 < 4;
            let chances = rates.iter().take(types);
            let chances = chances.map(|&rate| if cooperative { rate } else { rate.complement() });
            let tone = if cooperative {
                Tone::Cooperative
            } else {
                Tone::Hostile
            };
            let evidence = Evidence::likelihoods(chances.collect(), Probability::ZERO)?;
            Ok(Act::new(tone, evidence))
        })
        .collect()
}

/// The observers, each with one kind of mechanism at work, and one with all that look at the belief.
fn observers() -> Vec<(&'static str, BiasParams)> {
    let with = |change: fn(&mut BiasParams)| {
        let mut params = BiasParams::default();
        change(&mut params);
        params
    };
    vec![
        ("neutral", BiasParams::default()),
        ("grether", with(|params| params.evidence_weight = 0.5)),
        (
            "misreading",
            with(|params| params.expectation.misreading = 0.3),
        ),
        (
            "prior bias",
            with(|params| params.prior_bias.confirming = 0.3),
        ),
        ("need", with(|params| params.need = 0.5)),
        ("strength", with(|params| params.strength.exponent = 0.76)),
        (
            "misreading, prior bias and need",
            with(|params| {
                params.expectation.misreading = 0.3;
                params.prior_bias.disconfirming = -0.3;
                params.need = 1.0;
            }),
        ),
    ]
}

fn reading(criterion: &mut Criterion) {
    for types in [2, 3] {
        let mut group = criterion.benchmark_group(format!("{types} types"));
        group.throughput(Throughput::Elements(ACTS as u64));
        let (Ok(acts), Ok(prior)) = (record(types), Belief::from_log_weights(vec![0.0; types]))
        else {
            continue;
        };
        let mut filter = Filter::new(&prior);
        for (name, params) in observers() {
            let Ok(observer) = BiasProfile::new(params) else {
                continue;
            };
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    filter.restart(&prior);
                    for act in &acts {
                        let _ = black_box(filter.observe(act, &observer));
                    }
                    filter.belief().probability(0)
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, reading);
criterion_main!(benches);
