//! Sets against an independent computation of what they generate, and against strategies.

use detente_quantity::{DiscountFactor, Probability, Stakes};
use proptest::prelude::*;

use super::{
    plane::{Convex, Point},
    reading::Reading,
    *,
};
use crate::{
    Bimatrix, Fraction, NormalForm,
    monitoring::{Alarm, Signals},
    strategies,
};

type Exact = [Fraction; 2];

fn fraction(above: u32, below: u32) -> Fraction {
    Fraction::new(above.into(), below.into())
}

/// Patience of all sorts, critical numbers of small games among them.
fn delta() -> impl Strategy<Value = Fraction> {
    (1..=12_u32).prop_flat_map(|below| (0..below).prop_map(move |above| fraction(above, below)))
}

fn near(point: &Exact) -> Point {
    [point[0].to_f64(), point[1].to_f64()]
}

/// The part of a convex set with a coordinate of at least `bound` (Sutherland and Hodgman 1974).
fn clipped(set: &[Exact], side: usize, bound: &Fraction) -> Vec<Exact> {
    let mut kept = Vec::new();
    for (at, here) in set.iter().enumerate() {
        let there = &set[(at + 1) % set.len()];
        let (above, onward) = (here[side] >= *bound, there[side] >= *bound);
        if above {
            kept.push(here.clone());
        }
        if above != onward {
            let run = there[side].minus(&here[side]);
            let way = bound.minus(&here[side]).per(&run).unwrap();
            kept.push(
                [0, 1].map(|axis: usize| {
                    here[axis].plus(&way.times(&there[axis].minus(&here[axis])))
                }),
            );
        }
    }
    kept
}

/// Everything that B(W) is the hull of, straight from its definition.
fn generated(game: &Bimatrix, delta: &Fraction, set: &[Exact]) -> Vec<Exact> {
    let payoffs = [game.row_payoffs(), game.column_payoffs()].map(|of| {
        let reading = Reading::of(of);
        let worth =
            |number: &num_bigint::BigInt| Fraction::whole(number.clone()).times(&reading.unit);
        reading.numbers.iter().map(worth).collect::<Vec<_>>()
    });
    let today = fraction(1, 1).minus(delta);
    let worst = [0, 1].map(|side: usize| set.iter().map(|it| &it[side]).min().cloned());
    let [Some(row), Some(column)] = worst else {
        return Vec::new();
    };
    let worst = [row, column];
    let n = game.n_columns();
    let mut found = Vec::new();
    for cell in 0..payoffs[0].len() {
        let best = [
            (0..game.n_rows())
                .map(|i| &payoffs[0][i * n + cell % n])
                .max()
                .unwrap(),
            (0..n).map(|j| &payoffs[1][cell / n * n + j]).max().unwrap(),
        ];
        let paid = [0, 1].map(|side: usize| payoffs[side][cell].clone());
        if delta.is_zero() {
            if (0..2).all(|side: usize| paid[side] == *best[side]) {
                found.push(paid);
            }
            continue;
        }
        let bounds = [0, 1].map(|side: usize| {
            let gain = best[side].minus(&paid[side]).times(&today);
            worst[side].plus(&gain.per(delta).unwrap())
        });
        let promised = clipped(&clipped(set, 0, &bounds[0]), 1, &bounds[1]);
        found.extend(promised.iter().map(|promise| {
            [0, 1].map(|side: usize| today.times(&paid[side]).plus(&delta.times(&promise[side])))
        }));
    }
    found
}

/// Fails unless what a set generates is the set, to within its gap, and exactly if it was solved for.
fn check(game: &Bimatrix, found: &PayoffSet) -> Result<(), TestCaseError> {
    let size = found
        .outer
        .iter()
        .flatten()
        .fold(1.0, |size: f64, it| size.max(it.abs()));
    let generated = generated(game, &found.delta, &found.inner);
    let points: Vec<Point> = generated.iter().map(near).collect();
    let (inner, _) = Convex::hull(&found.vertices);
    let (image, _) = Convex::hull(&points);
    let (outer, _) = Convex::hull(&found.outer);
    for corner in &found.vertices {
        prop_assert!(
            image.distance(*corner) <= 1e-12 * size,
            "{corner:?} {found:?}"
        );
        prop_assert!(
            outer.distance(*corner) <= 1e-12 * size,
            "{corner:?} {found:?}"
        );
    }
    for (point, exact) in points.iter().zip(&generated) {
        prop_assert!(
            inner.distance(*point) <= found.gap + 1e-12 * size,
            "{point:?} {found:?}"
        );
        if found.solved {
            prop_assert!(found.support(exact).is_some(), "{exact:?} {found:?}");
        }
    }
    for corner in &found.outer {
        prop_assert!(
            inner.distance(*corner) <= found.gap + 1e-12 * size,
            "{corner:?} {found:?}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn each_set_is_what_it_generates(game in strategies::bimatrix(), delta in delta()) {
        let found = equilibrium_payoffs_at(&game, &delta).unwrap();
        check(&game, &found)?;
        prop_assert!(found.gap < 1e-6, "{found:?}");
    }
}

proptest! {
    #[test]
    fn players_exchanged_exchange_their_payoffs(game in strategies::bimatrix(), delta in delta()) {
        let found = equilibrium_payoffs_at(&game, &delta).unwrap();
        let mirrored = equilibrium_payoffs_at(&game.mirrored(), &delta).unwrap();
        if found.solved && mirrored.solved {
            let mut expected: Vec<Exact> =
                found.inner.into_iter().map(|[x, y]| [y, x]).collect();
            let mut given = mirrored.inner;
            expected.sort();
            given.sort();
            prop_assert_eq!(given, expected);
        }
    }

    #[test]
    fn another_scale_changes_nothing_else(game in strategies::bimatrix(), delta in delta()) {
        let found = equilibrium_payoffs_at(&game, &delta).unwrap();
        let row = game.row_payoffs().iter().map(|it| 8.0 * it - 3.0).collect();
        let scaled = Bimatrix::from_flat(
            game.n_rows(), game.n_columns(), row, game.column_payoffs().to_vec(),
        ).unwrap();
        let other = equilibrium_payoffs_at(&scaled, &delta).unwrap();
        if found.solved {
            let expected: Vec<Exact> = found.inner.iter().map(|[x, y]| {
                [x.times(&fraction(8, 1)).minus(&fraction(3, 1)), y.clone()]
            }).collect();
            prop_assert_eq!(other.inner, expected);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_numbers_have_an_answer(
        payoffs in prop::collection::vec(any::<f64>(), 8), bits in any::<u64>(),
    ) {
        prop_assume!(payoffs.iter().all(|it| it.is_finite()));
        let game = Bimatrix::from_flat(2, 2, payoffs[..4].to_vec(), payoffs[4..].to_vec()).unwrap();
        #[expect(clippy::cast_precision_loss, reason = "any number below 1 will do")]
        let delta = (bits >> 11) as f64 / 2.0_f64.powi(53);
        let found = equilibrium_payoffs(&game, DiscountFactor::new(delta).unwrap()).unwrap();
        prop_assert!(!found.gap.is_nan());
        prop_assert!(found.vertices.iter().flatten().all(|it| it.is_finite()));
        for tiny in [0.0, 5e-324, 1e-300, 1.0 - f64::EPSILON / 2.0] {
            let delta = DiscountFactor::new(tiny).unwrap();
            let found = equilibrium_payoffs(&game, delta).unwrap();
            prop_assert!(!found.gap.is_nan());
        }
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let game = Bimatrix::new(&[[1.0]], &[[2.0]]).unwrap();
    let error = equilibrium_payoffs_at(&game, &fraction(1, 1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "discount factor is 1; expected a number from 0 up to, but not including, 1"
    );
    let one = equilibrium_payoffs_at(&game, &fraction(999, 1000)).unwrap();
    assert_eq!((one.kind, one.vertices), (SetKind::Point, vec![[1.0, 2.0]]));
    let vast = Bimatrix::from_flat(201, 200, vec![0.0; 40_200], vec![0.0; 40_200]).unwrap();
    assert!(equilibrium_payoffs_at(&vast, &fraction(1, 2)).is_err());
    let level = Bimatrix::from_flat(200, 200, vec![0.0; 40_000], vec![0.0; 40_000]).unwrap();
    let level = equilibrium_payoffs_at(&level, &fraction(1, 2)).unwrap();
    assert_eq!((level.kind, level.gap), (SetKind::Point, 0.0));
}

/// A deterministic automaton of two states, as ten bits: what it does in each, and the next state by
/// state and what both did. It starts in state 0.
#[derive(Clone, Copy)]
struct TwoStates(usize);

impl TwoStates {
    fn act(self, state: usize) -> usize {
        self.0 >> state & 1
    }

    fn next(self, state: usize, cell: usize) -> usize {
        self.0 >> (2 + 4 * state + cell) & 1
    }
}

/// What a pair of automata pays from its start, if no single deviation pays after any history.
fn equilibrium(pays: &[[f64; 2]; 4], delta: f64, pair: [TwoStates; 2]) -> Option<[f64; 2]> {
    let states = |at: usize| [at / 2, at % 2];
    let after = |at: usize, cell: usize| {
        let [row, column] = states(at);
        2 * pair[0].next(row, cell) + pair[1].next(column, cell)
    };
    let played = |at: usize| {
        let [row, column] = states(at);
        2 * pair[0].act(row) + pair[1].act(column)
    };
    let mut next = [0, 1, 2, 3].map(|at| after(at, played(at)));
    let mut value = [0, 1, 2, 3].map(|at| pays[played(at)].map(|it| (1.0 - delta) * it));
    let mut factor = delta;
    for _ in 0..9 {
        // Twice as many periods.
        value = [0, 1, 2, 3].map(|at| {
            let onward = value[next[at]];
            [
                value[at][0] + factor * onward[0],
                value[at][1] + factor * onward[1],
            ]
        });
        next = next.map(|at| next[at]);
        factor *= factor;
    }
    let mut reached = vec![0];
    let mut done = 0;
    while let Some(&at) = reached.get(done) {
        done += 1;
        for (cell, paid) in pays.iter().enumerate() {
            let to = after(at, cell);
            if !reached.contains(&to) {
                reached.push(to);
            }
            // The row leaves a cell by its second bit, the column by its first.
            for (side, other) in [2, 1].into_iter().enumerate() {
                let cheated = (played(at) ^ other) == cell;
                let gained = (1.0 - delta) * paid[side] + delta * value[to][side];
                if cheated && gained > value[at][side] + 1e-9 {
                    return None;
                }
            }
        }
    }
    Some(value[0])
}

/// All million pairs of automata of two states, and so all of one, on games of all sorts.
#[test]
fn no_pair_of_automata_gets_outside() {
    let mut state = 20_140_517_u64;
    let mut draw = |below: u64| {
        state = state * 48_271 % 2_147_483_647;
        u32::try_from(state / 7 % below).unwrap()
    };
    let (mut equilibria, mut beyond) = (0_u32, 0_u32);
    for number in 0..8 {
        let mut payoffs = || [(); 4].map(|()| f64::from(draw(6)));
        let (mut row, mut column) = (payoffs(), payoffs());
        if number < 3 {
            (row, column) = ([3.0, 0.0, 5.0, 1.0], [3.0, 5.0, 0.0, 1.0]);
        }
        let delta = fraction([3, 4, 6, 7][number % 4], 12);
        let game = Bimatrix::from_flat(2, 2, row.to_vec(), column.to_vec()).unwrap();
        let found = equilibrium_payoffs_at(&game, &delta).unwrap();
        let statics = equilibrium_payoffs_at(&game, &Fraction::zero()).unwrap();
        let pays = [0, 1, 2, 3].map(|cell: usize| [row[cell], column[cell]]);
        for pair in 0..1 << 20 {
            let pair = [TwoStates(pair & 1023), TwoStates(pair >> 10)];
            if let Some(payoff) = equilibrium(&pays, delta.to_f64(), pair) {
                equilibria += 1;
                beyond += u32::from(!statics.contains(payoff));
                assert!(!found.excludes(payoff), "{payoff:?} {found:?}");
                assert!(found.contains(payoff), "{payoff:?} {found:?}");
            }
        }
    }
    assert!(equilibria > 10_000 && beyond > 100, "{equilibria} {beyond}");
}

fn dilemma() -> Bimatrix {
    Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]]).unwrap()
}

fn patience(delta: f64) -> DiscountFactor {
    DiscountFactor::new(delta).unwrap()
}

/// A small game of at most three actions a side.
fn small() -> impl Strategy<Value = Bimatrix> {
    strategies::bimatrix().prop_filter("a small game", |it| it.n_rows().max(it.n_columns()) <= 3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn programs_agree_with_the_set_from_both_sides(game in small(), delta in 0..9_u32) {
        let delta = patience(f64::from(delta) / 10.0);
        let set = equilibrium_payoffs(&game, delta).unwrap();
        let bounds = payoff_bounds(&NormalForm::from(&game), delta).unwrap();
        for half in &bounds.outer {
            for corner in &set.vertices {
                let reach = half.normal[0] * corner[0] + half.normal[1] * corner[1];
                prop_assert!(reach <= half.bound + 1e-9, "{half:?} {corner:?}");
            }
        }
        prop_assert!(!bounds.empty || set.vertices.is_empty());
        for point in &bounds.inner {
            prop_assert!(!set.excludes([point[0], point[1]]), "{point:?} {set:?}");
        }
        let seen = public_payoffs(&game, &Signals::perfect(&game).unwrap(), delta).unwrap();
        let (outer, _) = Convex::hull(&seen.outer);
        for corner in &set.vertices {
            prop_assert!(outer.distance(*corner) <= 1e-9, "{corner:?} {seen:?}");
        }
        for corner in &seen.vertices {
            prop_assert!(!set.excludes(*corner), "{corner:?} {set:?}");
        }
        // Who sees nothing can only play equilibria of the stage game.
        let cells = game.row_payoffs().len();
        let blind = Signals::new(game.n_rows(), game.n_columns(), &vec![[1.0]; cells]).unwrap();
        let blind = public_payoffs(&game, &blind, delta).unwrap();
        let statics = equilibrium_payoffs(&game, DiscountFactor::MYOPIC).unwrap();
        prop_assert_eq!(blind.inner, statics.inner);
        prop_assert!(blind.gap < 1e-8, "{}", blind.gap);
    }
}

#[test]
fn sets_of_a_dilemma_are_met_from_both_sides() {
    for delta in [0.2, 0.3, 0.5, 0.9] {
        let set = equilibrium_payoffs(&dilemma(), patience(delta)).unwrap();
        let seen = Signals::perfect(&dilemma()).unwrap();
        let found = public_payoffs(&dilemma(), &seen, patience(delta)).unwrap();
        assert_eq!(found.stop, Stop::Still);
        assert!(found.gap < 1e-6, "{found:?}");
        let (inner, _) = Convex::hull(&found.vertices);
        for corner in &set.vertices {
            assert!(
                inner.distance(*corner) <= found.gap + 1e-9,
                "{delta} {corner:?}"
            );
        }
    }
}

#[test]
fn an_alarm_gives_what_alike_parties_can_get() {
    let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0).unwrap();
    let [alpha, beta] = [0.05, 0.9].map(|it| Probability::new(it).unwrap());
    let alarm = Alarm::new(stakes, alpha, beta).unwrap();
    let one = [0.1, 0.9];
    let signals = Signals::new(2, 2, &[[0.95, 0.05], one, one, [0.05, 0.95]]).unwrap();
    for delta in [0.4, 0.6, 0.7] {
        let found = public_payoffs(&dilemma(), &signals, patience(delta)).unwrap();
        let best = found
            .vertices
            .iter()
            .map(|it| it[0].min(it[1]))
            .fold(0.0, f64::max);
        let expected = alarm.best_symmetric(patience(delta)).payoff;
        assert!(
            (best - expected).abs() <= found.gap + 1e-9,
            "{delta} {found:?}"
        );
        assert!(found.gap < 1e-6, "{delta} {found:?}");
    }
    let wrong = Signals::new(1, 2, &[one, one]).unwrap();
    assert!(public_payoffs(&dilemma(), &wrong, patience(0.5)).is_err());
}

#[test]
fn three_parties_keep_a_treaty_from_a_quarter_on() {
    let payoffs: Vec<Vec<f64>> = (0..3_u32)
        .map(|player| {
            let pays = |profile: u32| {
                let keeps = |who: u32| f64::from(1 - (profile >> (2 - who) & 1));
                2.0 * (keeps(0) + keeps(1) + keeps(2)) - 3.0 * keeps(player)
            };
            (0..8).map(pays).collect()
        })
        .collect();
    let treaty = NormalForm::new(&[2, 2, 2], &payoffs).unwrap();
    // Keeping it gives 3 each and breaking it 4, once; (T − R)/(T − P) = 1/4.
    for (delta, kept) in [(0.2, false), (0.3, true), (0.5, true)] {
        let found = payoff_bounds(&treaty, patience(delta)).unwrap();
        let all_keep = |it: &Vec<f64>| it.iter().all(|payoff| (payoff - 3.0).abs() < 1e-6);
        assert_eq!(found.inner.iter().any(all_keep), kept, "{delta} {found:?}");
    }
    let found = payoff_bounds(&treaty, patience(0.5)).unwrap();
    assert!(found.gap < 1e-6, "{}", found.gap);
    let alone = NormalForm::new(&[3], &[[1.0, 2.0, 2.0]]).unwrap();
    let found = payoff_bounds(&alone, patience(0.5)).unwrap();
    assert!(
        found.inner.iter().all(|it| (it[0] - 2.0).abs() < 1e-6),
        "{found:?}"
    );
    let crowd = NormalForm::new(&[1; 40], &vec![[0.0]; 40]).unwrap();
    assert!(payoff_bounds(&crowd, patience(0.5)).is_err());
    for extreme in [f64::MAX, 1e-300] {
        let vast = Bimatrix::new(&[[extreme, 0.0], [extreme, -extreme]], &[[0.0; 2]; 2]).unwrap();
        for delta in [0.0, 1e-300, 0.5, 1.0 - f64::EPSILON] {
            let found = payoff_bounds(&NormalForm::from(&vast), patience(delta)).unwrap();
            assert!(!found.gap.is_nan() && found.inner.iter().flatten().all(|it| it.is_finite()));
            let seen = Signals::perfect(&vast).unwrap();
            let found = public_payoffs(&vast, &seen, patience(delta)).unwrap();
            assert!(!found.gap.is_nan());
        }
    }
}
