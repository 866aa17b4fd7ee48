//! Equilibrium payoff sets of repeated games, on the sizes on which another tool was timed.
//!
//! CPU milliseconds of QuantEcon.py 0.11.4 after warm-up, two busy cores: the dilemma 9, 1; 10, 3 at
//! δ = 0.3 / 0.5 / 0.75 / 0.9 takes 1.9 / 3.0 / 6.8 / 17.4, Cournot with 3 / 5 / 10 / 20 / 40 quantities
//! at 0.8 takes 11.7 / 13.5 / 27 / 81 / 423, the first answer from a cold process 5.9 s. It certifies
//! nothing; these times include the proofs. `peers.py` beside this file times it again. A cold
//! `detente game` on the dilemma at 0.9, with all else that it says, takes 7 ms, or 12 at a load of 4.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use detente_quantity::DiscountFactor;
use detente_reciprocity::{Bimatrix, payoff_set::equilibrium_payoffs};

/// Two firms choose one of n quantities from 0 to 6, evenly spaced; a unit earns 27/5 less both
/// quantities.
fn cournot(n: u32) -> Option<Bimatrix> {
    let quantity = |choice: u32| 6.0 * f64::from(choice) / f64::from(n - 1);
    let profit =
        |own: u32, other: u32| quantity(own) * (27.0 / 5.0 - quantity(own) - quantity(other));
    let cells = || (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    let size = usize::try_from(n).ok()?;
    let row = cells().map(|(i, j)| profit(i, j)).collect();
    let column = cells().map(|(i, j)| profit(j, i)).collect();
    Bimatrix::from_flat(size, size, row, column).ok()
}

fn dilemma(criterion: &mut Criterion) {
    let game = Bimatrix::new(&[[9.0, 1.0], [10.0, 3.0]], &[[9.0, 10.0], [1.0, 3.0]]);
    let Ok(game) = game else { return };
    let mut group = criterion.benchmark_group("all payoffs of a repeated dilemma, proved");
    for delta in [0.3, 0.5, 0.75, 0.9] {
        let Ok(patience) = DiscountFactor::new(delta) else {
            continue;
        };
        group.bench_with_input(
            BenchmarkId::from_parameter(delta),
            &patience,
            |bench, it| {
                bench.iter(|| equilibrium_payoffs(black_box(&game), *it));
            },
        );
    }
}

fn quantities(criterion: &mut Criterion) {
    let Ok(patience) = DiscountFactor::new(0.8) else {
        return;
    };
    let mut group = criterion.benchmark_group("all payoffs of a repeated Cournot game, proved");
    group.sample_size(20);
    for n in [3, 5, 10, 20, 40] {
        let Some(game) = cournot(n) else { continue };
        group.bench_with_input(BenchmarkId::from_parameter(n), &game, |bench, game| {
            bench.iter(|| equilibrium_payoffs(black_box(game), patience));
        });
    }
}

criterion_group!(benches, dilemma, quantities);
criterion_main!(benches);
