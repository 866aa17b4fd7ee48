//! Agreement spaces too large to list, on the instances on which other tools were timed. Frontiers
//! are exact, ties and packages included: every efficient package is counted and one is made for
//! each vector.
//!
//! CPU seconds of the peers on two busy cores, 10¹⁰ opposed packages, two parties: NegMAS 0.16
//! 0.82 (approximate), Genius 10.4 0.093 (loses ties).

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use detente_payoff::{PackageSpace, PayoffError, ZoneKind, instances::Family};

/// An instance with nonagreement halfway between each party's worst and best.
fn halfway(family: Family, n_parties: usize, issues: usize) -> Result<PackageSpace, PayoffError> {
    let (space, utilities) = family.instance(n_parties, &vec![10; issues])?;
    let packages = PackageSpace::new(&space, &utilities, &vec![0.0; n_parties])?;
    let middle = |(low, high): (f64, f64)| f64::midpoint(low, high).floor();
    let ranges = (0..n_parties).filter_map(|party| packages.payoff_range(party));
    packages.with_nonagreement(&ranges.map(middle).collect::<Vec<_>>())
}

fn efficient_packages(space: &PackageSpace) -> Option<(String, usize)> {
    let frontier = space.frontier().ok()?;
    let made = (0..frontier.len()).filter_map(|place| frontier.packages_at(place).next());
    Some((frontier.n_packages().to_string(), made.count()))
}

fn frontiers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frontier with ties and packages, opposed");
    group.sample_size(10);
    for (n_parties, issues, peer) in [
        (2, 10, "Genius 93 ms, NegMAS 820 ms"),
        (3, 10, "no figure"),
        (2, 20, "no figure"),
        (4, 6, "no figure"),
    ] {
        let Ok(space) = halfway(Family::Opposed, n_parties, issues) else {
            continue;
        };
        let id = BenchmarkId::new(format!("{n_parties} parties 1e{issues}"), peer);
        group.bench_function(id, |bencher| {
            bencher.iter(|| black_box(efficient_packages(black_box(&space))));
        });
    }
    group.finish();
}

fn zones(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("zone of agreement, opposed, halfway");
    group.sample_size(10);
    for (n_parties, issues) in [(2, 10), (3, 10), (2, 12)] {
        let Ok(space) = halfway(Family::Opposed, n_parties, issues) else {
            continue;
        };
        let zone = space.zone(ZoneKind::Strict);
        let id = |what| BenchmarkId::new(what, format!("{n_parties} parties 1e{issues}"));
        group.bench_function(id("exact count"), |bencher| {
            bencher.iter(|| black_box(black_box(&zone).count()));
        });
    }
    for (n_parties, issues) in [(2, 10), (3, 10), (2, 250), (3, 250)] {
        let Ok(space) = halfway(Family::Opposed, n_parties, issues) else {
            continue;
        };
        let zone = space.zone(ZoneKind::Strict);
        let id = |what| BenchmarkId::new(what, format!("{n_parties} parties 1e{issues}"));
        group.bench_function(id("a package in it"), |bencher| {
            bencher.iter(|| black_box(black_box(&zone).search()));
        });
        group.bench_function(id("its best hundred"), |bencher| {
            let weights = vec![1.0; n_parties];
            bencher.iter(|| {
                let stream = black_box(&zone).best_first(&weights);
                stream.map(|stream| black_box(stream.take(100).count()))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, frontiers, zones);
criterion_main!(benches);
