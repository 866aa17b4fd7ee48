//! Acts filtered per second, by observers of each kind of bias.

#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_perception::{
    BiasParams, BiasProfile,
    bulk::{BiasedFilter, BiasedFilterParams},
};
use detente_quantity::{LogOdds, Probability};
use detente_reputation::{Act, Belief, Evidence, Filter, ReputationError, Tone};

const ACTS: usize = 10_000;

/// Cooperative and hostile acts in a fixed, irregular order, from types that cooperate with
/// probability 0.9, 0.4, 0.6 or 0.2.
fn record(types: usize) -> Result<Vec<Act>, ReputationError> {
    let rates = [0.9, 0.4, 0.6, 0.2].map(Probability::saturating);
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
            let act = Act::new(tone, evidence);
            Ok(LogOdds::new(1.0).map_or(act.clone(), |cost| act.costing(cost)))
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
        ("need", with(|params| params.need = 0.7)),
        ("strength", with(|params| params.strength.exponent = 0.76)),
        (
            "discounting and cost",
            with(|params| {
                params.discounting.cooperative = 0.3;
                params.augmentation = 0.5;
            }),
        ),
        (
            "misreading, prior bias and need",
            with(|params| {
                params.expectation.misreading = 0.3;
                params.prior_bias.disconfirming = -0.3;
                params.need = 0.7;
            }),
        ),
    ]
}

fn reading(criterion: &mut Criterion) {
    for types in [2, 3] {
        let mut group = criterion.benchmark_group(format!("{types} types, act by act"));
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

/// The same records from tables of readings: one series, and a hundred series of a hundred acts.
fn bulk(criterion: &mut Criterion) {
    for types in [2, 3, 4] {
        let mut group = criterion.benchmark_group(format!("{types} types, in bulk"));
        group.throughput(Throughput::Elements(ACTS as u64));
        let (Ok(acts), Ok(prior)) = (record(types), Belief::from_log_weights(vec![0.0; types]))
        else {
            continue;
        };
        let hostile = |act: &&Act| act.tone() == Tone::Hostile;
        let kinds: Vec<Act> = { acts.first().into_iter() }
            .chain(acts.iter().find(hostile))
            .cloned()
            .collect();
        let acts: Vec<u8> = acts.iter().map(|act| u8::from(hostile(&act))).collect();
        let ends: Vec<usize> = (1..=100).map(|series| series * ACTS / 100).collect();
        for (name, params) in observers() {
            let Ok(profile) = BiasProfile::new(params) else {
                continue;
            };
            let (prior, kinds) = (prior.clone(), kinds.clone());
            let Ok(filter) = BiasedFilter::new(BiasedFilterParams {
                prior,
                kinds,
                profile,
            }) else {
                continue;
            };
            group.bench_function(format!("{name}, one series"), |bencher| {
                bencher.iter(|| filter.last(black_box(&acts)));
            });
            let mut last = vec![0.0; types * ends.len()];
            group.bench_function(format!("{name}, 100 series"), |bencher| {
                bencher.iter(|| filter.last_of_many(black_box(&acts), &ends, &mut last));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, reading, bulk);
criterion_main!(benches);
