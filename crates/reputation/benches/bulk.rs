//! Acts per second in bulk, on one core: the figures of the README.

#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_quantity::Probability;
use detente_reputation::{
    Belief, ReputationError,
    bulk::{
        ChangePointParams, ChangePoints, DyadActs, FadingBeta, FadingBetaParams, TypeFilter,
        TypeFilterParams,
    },
};

/// Numbers from 0 up to `below`, in a fixed, irregular order (Steele et al. 2014, SplitMix64).
fn irregular(n: usize, below: u64) -> impl Iterator<Item = u64> {
    (0..n as u64).map(move |i| {
        let mut z = i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    })
}

fn filter(n_types: usize, switching: f64) -> Result<TypeFilter, ReputationError> {
    let rates = [
        [0.5, 0.1, 0.25],
        [0.3, 0.2, 0.25],
        [0.15, 0.3, 0.3],
        [0.05, 0.4, 0.2],
    ];
    let row = |row: &[f64]| {
        row.iter()
            .take(n_types)
            .map(|&p| Probability::saturating(p))
            .collect()
    };
    let off = switching / (n_types as f64 - 1.0);
    let stay = |from, to| if from == to { 1.0 - switching } else { off };
    let matrix = (0..n_types).map(|from| {
        let row = (0..n_types).map(|to| Probability::saturating(stay(from, to)));
        row.collect()
    });
    TypeFilter::new(&TypeFilterParams {
        prior: Belief::from_log_weights(vec![0.0; n_types])?,
        likelihoods: rates.iter().map(|rates| row(rates)).collect(),
        switching: (switching > 0.0).then(|| matrix.collect()),
    })
}

const ACTS: usize = 1_000_000;

fn types(criterion: &mut Criterion) {
    let acts: Vec<u8> = irregular(ACTS, 4).map(|y| y as u8).collect();
    let ends: Vec<usize> = (1..=10_000).map(|k| k * 100).collect();
    let mut group = criterion.benchmark_group("type filter");
    group.throughput(Throughput::Elements(ACTS as u64));
    for (n_types, switching) in [(2, 0.02), (2, 0.0), (3, 0.02), (3, 0.0)] {
        let Ok(filter) = filter(n_types, switching) else {
            continue;
        };
        let mut beliefs = vec![0.0; ACTS * n_types];
        let mut log_likelihoods = vec![0.0; ends.len()];
        let kind = if switching > 0.0 {
            "switching"
        } else {
            "fixed"
        };
        group.bench_function(format!("{n_types} {kind} types, one series"), |bencher| {
            bencher.iter(|| black_box(filter.filter(&acts, &mut beliefs)));
        });
        group.bench_function(format!("{n_types} {kind} types, 10^4 series"), |bencher| {
            bencher.iter(|| {
                black_box(filter.filter_many(&acts, &ends, &mut beliefs, &mut log_likelihoods))
            });
        });
        group.bench_function(
            format!("{n_types} {kind} types, 10^4 series, last"),
            |bencher| {
                let room = n_types * ends.len();
                bencher.iter(|| black_box(filter.last_of_many(&acts, &ends, &mut beliefs[..room])));
            },
        );
    }
    group.finish();
}

fn fading(criterion: &mut Criterion) {
    const N: usize = 10_000_000;
    const DYADS: usize = 39_770;
    let dyads: Vec<u32> = irregular(N, DYADS as u64).map(|d| d as u32).collect();
    let days: Vec<i32> = (0..N).map(|i| (i / 685) as i32).collect();
    let tones: Vec<bool> = irregular(N, 5).map(|t| t < 3).collect();
    let mut means = vec![0.0; N];
    let (Ok(fading), Ok(acts)) = (
        FadingBeta::new(FadingBetaParams::default()),
        DyadActs::new(DYADS, &dyads, &days, &tones),
    ) else {
        return;
    };
    let ends: Vec<i32> = (1..=480).map(|month| month * 30).collect();
    let mut monthly = vec![0.0; ends.len() * DYADS];
    let mut group = criterion.benchmark_group("beta with half-life");
    group.throughput(Throughput::Elements(N as u64));
    group.sample_size(10);
    group.bench_function("after each act", |bencher| {
        bencher.iter(|| black_box(fading.after_each(acts, &mut means)).is_ok());
    });
    group.bench_function("last", |bencher| {
        bencher.iter(|| black_box(fading.last(acts)).len());
    });
    group.bench_function("480 ends of months", |bencher| {
        bencher.iter(|| black_box(fading.at_ends(acts, &ends, &mut monthly)).is_ok());
    });
    group.finish();
}

fn change_points(criterion: &mut Criterion) {
    const N: usize = 100_000;
    // Rates of 0.8 and 0.3, changing about once in two hundred acts.
    let acts: Vec<bool> = irregular(N, 1000)
        .enumerate()
        .map(|(i, u)| u < if i / 200 % 2 == 0 { 800 } else { 300 })
        .collect();
    let mut predicted = vec![0.0; N];
    let mut group = criterion.benchmark_group("change points");
    group.throughput(Throughput::Elements(N as u64));
    group.sample_size(10);
    group.bench_function("one series of 10^5", |bencher| {
        bencher.iter(|| {
            let mut rate = ChangePoints::new(ChangePointParams::default())?;
            rate.observe_all(&acts, &mut predicted)?;
            Ok::<f64, ReputationError>(rate.dropped())
        });
    });
    group.finish();
}

criterion_group!(benches, types, fading, change_points);
criterion_main!(benches);
