//! The hot path over large agreement spaces, on the instances on which other tools were timed.
//!
//! CPU seconds of the peers on two busy cores, same instances:
//!
//! | job | size | NegMAS 0.16 | moocore 0.3.2 | paretoset 1.2.5 |
//! |---|---|---|---|---|
//! | utilities, frontier, Nash, Kalai, KS; 2 parties, mixed / opposed | 10⁵ | 0.42 / 0.72 | | |
//! | the same | 10⁶ | 5.8 / 8.6 | | |
//! | frontier from payoffs, 2 / 3 parties, opposed | 10⁶ | 3.4 / 22.1 | 0.23 / 0.44 | 0.078 / 0.67 |
//! | the same | 10⁷ | 46 / – | 5.6 / 7.6 | |

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use detente_payoff::{
    Ideal, PayoffMatrix, Solution, egalitarian, frontier, instances::Family, kalai_smorodinsky,
    nash,
};

type Found = (usize, [Option<Solution>; 3]);

/// From issues and utilities to the frontier and the solutions, listing included, with
/// nonagreement halfway between each party's worst and best.
fn whole_job(family: Family, sizes: &[usize], halfway: &[f64]) -> Option<Found> {
    let (space, utilities) = family.instance(2, sizes).ok()?;
    let agreements = space.enumerate().ok()?;
    let matrix = PayoffMatrix::tabulate(&agreements, &utilities, halfway).ok()?;
    let solutions = [
        nash(&matrix),
        egalitarian(&matrix),
        kalai_smorodinsky(&matrix, Ideal::Rational),
    ];
    Some((frontier(&matrix).len(), solutions))
}

/// The payoffs of an instance with nonagreement halfway between each party's worst and best.
fn payoffs(family: Family, n_parties: usize, sizes: &[usize]) -> Option<PayoffMatrix> {
    let (space, utilities) = family.instance(n_parties, sizes).ok()?;
    let agreements = space.enumerate().ok()?;
    let matrix = PayoffMatrix::tabulate(&agreements, &utilities, &vec![0.0; n_parties]).ok()?;
    let halfway = (0..n_parties)
        .filter_map(|party| matrix.party(party))
        .map(|payoffs| {
            let least = payoffs.iter().copied().fold(f64::INFINITY, f64::min);
            let most = payoffs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            f64::midpoint(least, most).floor()
        })
        .collect::<Vec<f64>>();
    matrix.with_nonagreement(&halfway).ok()
}

fn utilities_frontier_and_solutions(criterion: &mut Criterion) {
    let mut group =
        criterion.benchmark_group("utilities, frontier, Nash, egalitarian, KS; 2 parties");
    group.sample_size(10);
    for (family, issues, peer) in [
        (Family::Mixed, 5, "NegMAS 0.42 s"),
        (Family::Opposed, 5, "NegMAS 0.72 s"),
        (Family::Mixed, 6, "NegMAS 5.8 s"),
        (Family::Opposed, 6, "NegMAS 8.6 s"),
    ] {
        let sizes = vec![10; issues];
        let Some(matrix) = payoffs(family, 2, &sizes) else {
            continue;
        };
        let halfway = matrix.nonagreement().to_vec();
        let id = BenchmarkId::new(format!("{family:?} 1e{issues}"), peer);
        group.bench_function(id, |bencher| {
            bencher.iter(|| black_box(whole_job(family, black_box(&sizes), &halfway)));
        });
    }
    group.finish();
}

fn frontier_from_payoffs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frontier from payoffs, opposed");
    group.sample_size(10);
    for (n_parties, issues, peer) in [
        (2, 6, "paretoset 0.078 s"),
        (3, 6, "moocore 0.44 s"),
        (4, 6, "no figure"),
        (2, 7, "moocore 5.6 s"),
        (3, 7, "moocore 7.6 s"),
    ] {
        let Some(matrix) = payoffs(Family::Opposed, n_parties, &vec![10; issues]) else {
            continue;
        };
        let id = BenchmarkId::new(format!("{n_parties} parties 1e{issues}"), peer);
        group.bench_function(id, |bencher| {
            bencher.iter(|| black_box(frontier(black_box(&matrix))));
        });
    }
    group.finish();
}

criterion_group!(
    benches,
    utilities_frontier_and_solutions,
    frontier_from_payoffs
);
criterion_main!(benches);
