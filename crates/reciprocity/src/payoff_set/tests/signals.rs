//! What public signals sustain, against perfect monitoring, none at all, and closed forms.

use detente_quantity::{Probability, Stakes};

use proptest::{strategy::ValueTree, test_runner::TestRunner};

use super::*;
use crate::monitoring::{Alarm, Signals};

/// A game of two actions a side, or of two and three.
fn small() -> impl Strategy<Value = Bimatrix> {
    strategies::bimatrix().prop_filter("a small game", |it| it.n_rows() * it.n_columns() <= 6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn who_sees_nothing_plays_equilibria_of_the_stage_game(game in small(), delta in 0..8_u32) {
        let delta = patience(f64::from(delta) / 10.0);
        let cells = game.row_payoffs().len();
        let blind = Signals::new(game.n_rows(), game.n_columns(), &vec![[1.0]; cells]).unwrap();
        let blind = public_payoffs(&game, &blind, delta).unwrap();
        let statics = equilibrium_payoffs(&game, DiscountFactor::MYOPIC).unwrap();
        prop_assert_eq!(&blind.inner, &statics.inner);
        prop_assert!(blind.solved && blind.gap < 1e-9, "{blind:?}");
    }
}

#[test]
fn acts_that_are_seen_sustain_what_they_do() {
    let mut runner = TestRunner::deterministic();
    let (mut alike, mut beyond) = (0, 0);
    for _ in 0..200 {
        let drawn = (small(), 0..8_u32).new_tree(&mut runner).unwrap();
        let (game, delta) = drawn.current();
        let delta = patience(f64::from(delta) / 10.0);
        let set = equilibrium_payoffs(&game, delta).unwrap();
        let seen = public_payoffs(&game, &Signals::perfect(&game).unwrap(), delta).unwrap();
        if set.solved && seen.solved {
            let sorted = |mut corners: Vec<Exact>| {
                corners.sort();
                corners
            };
            assert_eq!(sorted(seen.inner.clone()), sorted(set.inner.clone()));
            alike += 1;
            let statics = equilibrium_payoffs(&game, DiscountFactor::MYOPIC).unwrap();
            beyond += u32::from(statics.inner != set.inner);
        }
        let (outer, _) = Convex::hull(&seen.outer);
        for corner in &set.vertices {
            assert!(outer.distance(*corner) <= 1e-9, "{corner:?} {seen:?}");
        }
        for corner in &seen.vertices {
            assert!(!set.excludes(*corner), "{corner:?} {set:?}");
        }
    }
    assert!(alike >= 190 && beyond >= 5, "{alike} and {beyond} of 200");
}

#[test]
fn sets_of_a_dilemma_are_found_exactly() {
    // At 0.25 and at 0.5 something can only just be kept up.
    for delta in [0.2, 0.25, 0.3, 0.5, 0.9] {
        let set = equilibrium_payoffs(&dilemma(), patience(delta)).unwrap();
        let seen = Signals::perfect(&dilemma()).unwrap();
        let found = public_payoffs(&dilemma(), &seen, patience(delta)).unwrap();
        assert_eq!((found.stop, found.solved), (Stop::Still, true), "{found:?}");
        assert_eq!(found.inner, set.inner);
        assert!(found.gap < 1e-9, "{found:?}");
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
        let best = { found.vertices.iter() }
            .map(|it| it[0].min(it[1]))
            .fold(0.0, f64::max);
        let expected = alarm.best_symmetric(patience(delta)).payoff;
        let off = (best - expected).abs();
        assert!(off <= found.gap + 1e-9, "{delta} {found:?}");
        assert!(found.gap < 1e-6, "{delta} {found:?}");
    }
    let wrong = Signals::new(1, 2, &[one, one]).unwrap();
    assert!(public_payoffs(&dilemma(), &wrong, patience(0.5)).is_err());
}

/// Games too large to read are refused, and what is left undone of others is said.
#[test]
fn large_games_stop_at_a_limit() {
    let vast = Bimatrix::from_flat(100, 100, vec![0.0; 10_000], vec![0.0; 10_000]).unwrap();
    let two = Signals::new(100, 100, &[[0.5; 2]; 10_000]).unwrap();
    let error = public_payoffs(&vast, &two, patience(0.5)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "signals times actions of both players times cells of the game number 4000000 or more; \
         expected at most 200000"
    );
    let n = 12_u32;
    let pays = |cell: u32, by: u32| f64::from((cell / n * by + cell % n * 11) % 13);
    let payoffs = |by: u32| (0..n * n).map(|it| pays(it, by)).collect();
    let game = Bimatrix::from_flat(12, 12, payoffs(7), payoffs(5)).unwrap();
    let tells = |cell: u32| {
        let one = pays(cell, 3) / 24.0;
        [one, pays(cell, 2) / 24.0 * (1.0 - one)]
    };
    let chances: Vec<[f64; 3]> = (0..n * n)
        .map(tells)
        .map(|[one, two]| [one, two, 1.0 - one - two])
        .collect();
    let signals = Signals::new(12, 12, &chances).unwrap();
    let found = public_payoffs(&game, &signals, patience(0.9)).unwrap();
    assert_eq!((found.stop, found.solved), (Stop::Limit, false));
}

#[test]
fn extreme_numbers_have_an_answer() {
    for extreme in [f64::MAX, 1e-300] {
        let vast = Bimatrix::new(&[[extreme, 0.0], [extreme, -extreme]], &[[0.0; 2]; 2]).unwrap();
        for delta in [0.0, 1e-300, 0.5, 1.0 - f64::EPSILON] {
            let seen = Signals::perfect(&vast).unwrap();
            let found = public_payoffs(&vast, &seen, patience(delta)).unwrap();
            assert!(!found.gap.is_nan());
        }
    }
}

/// Not every set is a polygon: mixtures of mixtures may add corners without end.
#[test]
fn a_set_of_too_many_corners_is_bracketed() {
    let row = [[-4.0, 3.0], [1.0, -4.0], [1.0, 5.0]];
    let column = [[3.0, 3.0], [-6.0, -6.0], [-4.0, -2.0]];
    let game = Bimatrix::new(&row, &column).unwrap();
    let chances = [0.625, 0.125, 0.25, 0.25, 0.125, 0.625].map(|it| [it, 1.0 - it]);
    let signals = Signals::new(3, 2, &chances).unwrap();
    let found = public_payoffs(&game, &signals, patience(7.0 / 9.0)).unwrap();
    assert!(!found.solved && found.kind == SetKind::Polygon && found.vertices.len() > 10);
    assert!(found.gap < 1.0, "{found:?}");
}
