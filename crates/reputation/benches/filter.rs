//! Acts filtered per second, by one Bayesian, and credible intervals per second.

#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_quantity::Probability;
use detente_reputation::{
    Act, Belief, BetaReputation, Evidence, Filter, ReputationError, Tone, Warranted,
};

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

fn filter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("filter");
    group.throughput(Throughput::Elements(ACTS as u64));
    for types in [2, 3] {
        let (Ok(acts), Ok(prior)) = (record(types), Belief::from_log_weights(vec![0.0; types]))
        else {
            continue;
        };
        let mut filter = Filter::new(&prior);
        group.bench_function(format!("{types} types"), |bencher| {
            bencher.iter(|| {
                filter.restart(&prior);
                for act in &acts {
                    let _ = black_box(filter.observe(act, &Warranted));
                }
                filter.belief().probability(0)
            });
        });
    }
    group.finish();
}

fn interval(criterion: &mut Criterion) {
    let level = Probability::saturating(0.95);
    for acts in [10.0, 1e4, 1e8] {
        let Ok(reputation) = BetaReputation::from_counts(0.7 * acts, 0.3 * acts) else {
            continue;
        };
        criterion.bench_function(&format!("credible interval, {acts} acts"), |bencher| {
            bencher.iter(|| black_box(reputation).credible(level));
        });
    }
}

criterion_group!(benches, filter, interval);
criterion_main!(benches);
