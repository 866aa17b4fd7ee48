//! Sets against an independent computation of what they generate, and against strategies.

mod automata;
mod public_automata;
mod signals;

use detente_quantity::DiscountFactor;
use proptest::prelude::*;

use super::{
    plane::{Convex, Point},
    reading::Reading,
    *,
};
use crate::{Bimatrix, Fraction, strategies};

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
        prop_assert!(found.gap < 1e-9, "{found:?}");
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

/// A point far from zero is no less a point.
#[test]
fn what_lies_far_from_zero_is_told_apart() {
    let far = 1e9;
    let row = [[3.0, 0.0], [5.0, 1.0]].map(|line| line.map(|it| it + far));
    let column = [[3.0, 5.0], [0.0, 1.0]].map(|line| line.map(|it| it + far));
    let game = Bimatrix::new(&row, &column).unwrap();
    let found = equilibrium_payoffs(&game, patience(0.1)).unwrap();
    assert_eq!(found.vertices, [[far + 1.0; 2]]);
    assert!(found.contains([far + 1.0; 2]) && !found.excludes([far + 1.0; 2]));
    for off in [-0.5, 0.5, 1e-3] {
        let beside = [far + 1.0, far + 1.0 + off];
        assert!(!found.contains(beside) && found.excludes(beside), "{off}");
    }
    assert!(found.is_tight());
    let mut loose = found;
    loose.gap = 0.5;
    assert!(!loose.is_tight());
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

fn dilemma() -> Bimatrix {
    Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]]).unwrap()
}

fn patience(delta: f64) -> DiscountFactor {
    DiscountFactor::new(delta).unwrap()
}
