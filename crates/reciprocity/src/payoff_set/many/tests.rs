//! Linear programs in fixed directions against the exact sets of two players and closed forms of three.

use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::*;
use crate::{
    Bimatrix, Fraction,
    payoff_set::{
        SetKind, equilibrium_payoffs_at,
        plane::{Convex, Point},
    },
    strategies,
};

/// A simple fraction up to 9/10.
fn delta() -> impl Strategy<Value = Fraction> {
    let below = (1..=12_u32).prop_flat_map(|below| (0..below).prop_map(move |it| (it, below)));
    let patient = below.prop_filter("no more than 9/10", |(above, below)| {
        10 * above <= 9 * below
    });
    patient.prop_map(|(above, below)| Fraction::new(above.into(), below.into()))
}

fn patience(delta: f64) -> DiscountFactor {
    DiscountFactor::new(delta).unwrap()
}
proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]
    // Shares no code with the operator of Abreu and Sannikov: asks only how far promises reach.
    #[test]
    fn programs_in_fixed_directions_never_cut_a_set(
        game in strategies::bimatrix(), delta in delta(),
    ) {
        let set = equilibrium_payoffs_at(&game, &delta).unwrap();
        let board = Board::of(&NormalForm::from(&game), delta.to_f64());
        let directions = directions(2).unwrap();
        let (supports, _, stop) = board.outside(&directions);
        prop_assert!(stop != Stop::Empty || set.vertices.is_empty());
        for half in board.half_spaces(&directions, &supports) {
            for corner in &set.vertices {
                prop_assert!(dot(&half.normal, corner) <= half.bound + 1e-9, "{half:?} {corner:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn points_that_sustain_each_other_lie_in_the_set(
        game in strategies::bimatrix(), delta in delta(),
    ) {
        let set = equilibrium_payoffs_at(&game, &delta).unwrap();
        let bounds = payoff_bounds(&NormalForm::from(&game), patience(delta.to_f64())).unwrap();
        for point in &bounds.inner {
            prop_assert!(!set.excludes([point[0], point[1]]), "{point:?} {set:?}");
        }
        prop_assert!(!bounds.empty || set.kind == SetKind::Empty);
    }
}

#[test]
fn nearly_all_exact_sets_are_met_from_inside() {
    let mut runner = TestRunner::deterministic();
    let mut draw = || {
        let game = strategies::bimatrix()
            .new_tree(&mut runner)
            .unwrap()
            .current();
        (game, delta().new_tree(&mut runner).unwrap().current())
    };
    let mut tight = 0;
    let met = (0..200).filter(|_| {
        let (game, delta) = draw();
        let set = equilibrium_payoffs_at(&game, &delta).unwrap();
        let bounds = payoff_bounds(&NormalForm::from(&game), patience(delta.to_f64())).unwrap();
        let points: Vec<Point> = bounds.inner.iter().map(|it| [it[0], it[1]]).collect();
        let (inner, _) = Convex::hull(&points);
        // The points lie in the exact set and it within the half-spaces: these then are as near to it.
        tight += u32::from(bounds.gap < 1e-6);
        set.vertices.iter().all(|it| inner.distance(*it) <= 1e-4)
    });
    let met = met.count();
    assert!(met >= 170 && tight >= 170, "{met} and {tight} of 200");
}

#[test]
fn extreme_numbers_have_bounds() {
    for extreme in [f64::MAX, 1e-300] {
        let vast = Bimatrix::new(&[[extreme, 0.0], [extreme, -extreme]], &[[0.0; 2]; 2]).unwrap();
        for delta in [0.0, 1e-300, 0.5, 1.0 - f64::EPSILON] {
            let found = payoff_bounds(&NormalForm::from(&vast), patience(delta)).unwrap();
            assert!(!found.gap.is_nan() && found.inner.iter().flatten().all(|it| it.is_finite()));
        }
    }
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
}

/// What is only just kept up leaves nothing to spare, and what is missed by less than rounding is no
/// equilibrium.
#[test]
fn points_are_never_taken_for_equilibria_by_rounding() {
    let treaty = |gain: f64| {
        let row = [[3.0, 0.0], [gain, 1.0]];
        NormalForm::from(&Bimatrix::new(&row, &[[3.0, gain], [0.0, 1.0]]).unwrap())
    };
    let best = |gain: f64, delta: f64| {
        let found = payoff_bounds(&treaty(gain), patience(delta)).unwrap();
        let row = found.inner.iter().map(|it| it[0]);
        row.fold(f64::NEG_INFINITY, f64::max)
    };
    // With a gain of 5 taking turns is worth something from 1/4 on, and nothing a little below.
    for below in [0.25 - 1e-9, 0.25 - 1e-12, 0.25 - 1e-15] {
        assert!((best(5.0, below) - 1.0).abs() < 1e-6, "{below}");
    }
    assert!(best(5.0, 0.26) > 2.0);
    // A temptation too small for the unit cube is one, and tomorrow counts for less.
    let tiny = Bimatrix::new(&[[0.0, -1.0], [1e-20, -1.0]], &[[0.0; 2]; 2]).unwrap();
    let found = payoff_bounds(&NormalForm::from(&tiny), patience(1e-300)).unwrap();
    assert!(
        found.inner.len() <= 2 && !found.inner.is_empty(),
        "{found:?}"
    );
}
