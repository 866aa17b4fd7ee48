//! How fast sensitivity indices are: the g-function with 12 inputs and 2¹⁴ rows, points and model
//! included, on one thread.
//!
//! CPU seconds measured side by side on one core of a busy machine with two; the peer is run by
//! `peers.py`, with NumPy 2.4.6:
//!
//! | job | here | SALib 1.6.0 |
//! |---|---|---|
//! | first order and total, no intervals | 0.018 | 0.4 (points and model alone) |
//! | the same with 1,000 resamples | 0.090 | 9.0–13.6 |
//! | Shapley effects with 1,000 resamples | 0.085 | none |

#![allow(
    clippy::expect_used,
    reason = "a bench that cannot be set up has nothing to measure"
)]
#![allow(missing_docs, reason = "the macros of the bench make public items")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use detente_uncertainty::{Sampler, Sampling, problems::GFunction, sensitivity::*};

const N_ROWS: usize = 1 << 14;

fn names() -> Vec<String> {
    (0..12).map(|input| format!("x{input}")).collect()
}

fn sensitivity(criterion: &mut Criterion) {
    let names = names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let sampler = Sampler::new(1997);
    let model = GFunction::twelve();
    let factors = Factors::single(12).expect("12 inputs");
    let points = point_pairs(Sampling::Sobol, sampler, &names, N_ROWS).expect("a design");

    let mut group = criterion.benchmark_group("sensitivity");
    group.sample_size(10);
    let plan = SobolPlan::new(N_ROWS, sampler);
    let bare = SobolPlan {
        bootstrap: Bootstrap::none(sampler),
        ..plan
    };
    group.bench_function("sobol_without_intervals", |bencher| {
        bencher.iter(|| sobol_indices(&model, &factors, &points, black_box(&bare)));
    });
    group.bench_function("sobol_with_1000_resamples", |bencher| {
        bencher.iter(|| sobol_indices(&model, &factors, &points, black_box(&plan)));
    });
    let chains = ShapleyPlan::new(N_ROWS, sampler);
    group.bench_function("shapley_with_1000_resamples", |bencher| {
        bencher.iter(|| shapley_effects(&model, &factors, &points, black_box(&chains)));
    });
    group.finish();
}

criterion_group!(benches, sensitivity);
criterion_main!(benches);
