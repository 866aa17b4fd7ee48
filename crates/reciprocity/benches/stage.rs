//! Equilibria of games played once, on the sizes on which other tools were timed.
//!
//! CPU milliseconds of the peers after warm-up, two busy cores: all equilibria of a random 10 × 10
//! game with seven of them, 7.8 (QuantEcon.py's vertex enumeration) and 594 (Gambit's enummixed);
//! the first answer of QuantEcon.py from a cold process on a Cournot game takes 5.9 s.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_quantity::Stakes;
use detente_reciprocity::{
    Bimatrix, GameClass, ImplementationGame, Limits, all_equilibria, lemke_howson, one_equilibrium,
};

/// A game whose payoffs are whole numbers from 0 to 99, from a multiplicative generator modulo
/// 2³¹ − 1 (Park and Miller 1988) started at `seed`.
fn random_game(n: usize, seed: u64) -> Option<Bimatrix> {
    let mut state = seed;
    let mut payoffs = || {
        (0..n * n)
            .map(|_| {
                state = state * 48_271 % 2_147_483_647;
                u32::try_from(state / 1000 % 100).map_or(0.0, f64::from)
            })
            .collect::<Vec<f64>>()
    };
    let (row, column) = (payoffs(), payoffs());
    Bimatrix::from_flat(n, n, row, column).ok()
}

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

fn all_of_random_games(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("all equilibria of a random 10 x 10 game, exact");
    group.sample_size(20);
    for seed in [1, 2, 3, 4, 5] {
        let Some(game) = random_game(10, seed) else {
            continue;
        };
        let n = all_equilibria(&game, Limits::default()).map_or(0, |found| found.extreme.len());
        group.bench_function(format!("seed {seed}, {n} equilibria"), |bencher| {
            bencher.iter(|| all_equilibria(black_box(&game), Limits::default()));
        });
    }
    group.finish();
}

fn one_of_cournot(criterion: &mut Criterion) {
    let mut group =
        criterion.benchmark_group("one equilibrium of a Cournot game of 40 x 40, exact");
    if let Some(game) = cournot(40) {
        group.bench_function("one_equilibrium", |bencher| {
            bencher.iter(|| one_equilibrium(black_box(&game), Limits::default()));
        });
        for label in [0, 12, 39] {
            group.bench_function(format!("Lemke-Howson from label {label}"), |bencher| {
                bencher.iter(|| lemke_howson(black_box(&game), label, Limits::default()));
            });
        }
    }
    group.finish();
}

/// A million implementation games on small whole numbers, ties included.
fn classification(criterion: &mut Criterion) {
    let mut state = 1_u64;
    let mut stakes = || {
        let mut payoff = || {
            state = state * 48_271 % 2_147_483_647;
            u32::try_from(state / 1000 % 8).map_or(0.0, f64::from)
        };
        Stakes::new(payoff(), payoff(), payoff(), payoff()).ok()
    };
    let games: Vec<ImplementationGame> = (0..1_000_000)
        .filter_map(|_| Some(ImplementationGame::new(stakes()?, stakes()?)))
        .collect();
    let mut group = criterion.benchmark_group("classes of 2 x 2 games");
    group.sample_size(10);
    group.throughput(Throughput::Elements(games.len() as u64));
    group.bench_function("a million", |bencher| {
        bencher.iter(|| {
            let strict = games
                .iter()
                .map(GameClass::from)
                .filter(|class| class.is_strict());
            strict.count()
        });
    });
    group.finish();
}

criterion_group!(benches, all_of_random_games, one_of_cournot, classification);
criterion_main!(benches);
