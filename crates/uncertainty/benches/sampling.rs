//! Uniforms per second: by stream, Latin hypercube and scrambled Sobol points, in blocks and one by
//! one; and the cost of making them go together.

#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_uncertainty::{Design, RankCorrelations, Sampler, Sampling};

const BLOCK: usize = 4096;

fn uniforms(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("uniforms");
    let mut out = [0.0; BLOCK];
    for sampling in Sampling::ALL {
        let Ok(design) = Design::new(sampling, Sampler::new(1), &["a", "b"], 8 * BLOCK, 8) else {
            continue;
        };
        group.throughput(Throughput::Elements(BLOCK as u64));
        group.bench_function(format!("{sampling}, a block"), |bencher| {
            bencher.iter(|| design.uniforms(1, BLOCK, black_box(&mut out)));
        });
        group.throughput(Throughput::Elements(2));
        group.bench_function(format!("{sampling}, a point"), |bencher| {
            bencher.iter(|| design.point(black_box(5000), black_box(&mut out[..2])));
        });
    }
    group.finish();
}

fn copula(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("copula");
    for size in [2, 5, 20] {
        let pairs = (0..size).flat_map(|second| (0..second).map(move |first| (first, second, 0.5)));
        let Ok(correlations) = RankCorrelations::new(size, &pairs.collect::<Vec<_>>()) else {
            continue;
        };
        let point: Vec<f64> = (1..=size).map(|n| n as f64 / (size + 1) as f64).collect();
        let mut work = point.clone();
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(format!("{size} inputs"), |bencher| {
            bencher.iter(|| {
                work.copy_from_slice(black_box(&point));
                correlations.correlate(&mut work)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, uniforms, copula);
criterion_main!(benches);
