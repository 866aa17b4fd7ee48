use proptest::{collection::vec, prelude::*};
use statrs::function::beta::ln_beta;

use super::*;
use crate::strategies;

fn exact() -> ChangePointParams {
    ChangePointParams {
        drop_below: Probability::ZERO,
        most_runs: 1 << 20,
        ..ChangePointParams::default()
    }
}

#[test]
fn reference_numbers_are_met() {
    let mut acts = vec![true; 10];
    acts.extend([false; 5]);
    let mut predicted = [0.0; 15];
    let mut rate = ChangePoints::new(exact()).unwrap();
    rate.observe_all(&acts, &mut predicted).unwrap();
    let expected = [0.909287, 0.801874, 0.643108, 0.452460, 0.303980];
    for (predicted, expected) in predicted[10..].iter().zip(expected) {
        approx::assert_abs_diff_eq!(*predicted, expected, epsilon = 5e-7);
    }
    approx::assert_abs_diff_eq!(rate.predicted().get(), 0.217405, epsilon = 1e-6);
}

/// The chance of the acts under every placing of changes, by inclusion of each before each act.
fn over_all_changes(params: &ChangePointParams, acts: &[bool]) -> f64 {
    let hazard = params.hazard.get();
    let run = |acts: &[bool]| {
        let good = acts.iter().filter(|&&good| good).count() as f64;
        let bad = acts.len() as f64 - good;
        let (a, b) = (params.prior_good, params.prior_bad);
        (ln_beta(a + good, b + bad) - ln_beta(a, b)).exp()
    };
    let places = acts.len().saturating_sub(1);
    (0..1_u32 << places)
        .map(|changes| {
            let mut start = 0;
            let mut chance = 1.0;
            for place in 0..places {
                if changes >> place & 1 == 1 {
                    chance *= hazard * run(&acts[start..=place]);
                    start = place + 1;
                } else {
                    chance *= 1.0 - hazard;
                }
            }
            chance * run(&acts[start..])
        })
        .sum()
}

/// Predictions of `acts`, and the share dropped.
fn read(params: ChangePointParams, acts: &[bool]) -> (Vec<f64>, f64) {
    let mut predicted = vec![0.0; acts.len()];
    let mut rate = ChangePoints::new(params).unwrap();
    rate.observe_all(acts, &mut predicted).unwrap();
    (predicted, rate.dropped())
}

/// A rate that changes once in two hundred acts, in a fixed order.
fn restless(n: usize) -> Vec<bool> {
    let mut state = 9_u64;
    (0..n)
        .map(|i| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let u = (state >> 33) % 10;
            u < if i / 200 % 2 == 0 { 8 } else { 3 }
        })
        .collect()
}

#[test]
fn what_is_dropped_bounds_the_error() {
    let acts = restless(3000);
    let (truth, nothing) = read(exact(), &acts);
    assert_eq!(nothing, 0.0);
    for (drop_below, most_runs) in [(1e-12, 4096), (1e-7, 4096), (0.0, 40), (0.0, 20)] {
        let params = ChangePointParams {
            drop_below: Probability::saturating(drop_below),
            most_runs,
            ..exact()
        };
        let (predicted, dropped) = read(params, &acts);
        let error = predicted
            .iter()
            .zip(&truth)
            .map(|(a, b)| (a - b).abs())
            .sum::<f64>()
            / 3e3;
        assert!(dropped > 0.0 && error <= dropped, "{error} {dropped}");
    }
    let (_, dropped) = read(ChangePointParams::default(), &acts);
    assert!(dropped < 1e-8, "{dropped}");
}

#[test]
fn the_list_of_runs_stays_short() {
    let mut rate = ChangePoints::new(ChangePointParams {
        most_runs: 30,
        ..exact()
    })
    .unwrap();
    for good in restless(2000) {
        rate.observe(if good {
            Tone::Cooperative
        } else {
            Tone::Hostile
        });
        assert!(rate.runs().count() <= 30 + usize::try_from(DROP_EVERY).unwrap());
    }
    let total: f64 = rate.runs().map(|(_, share)| share.get()).sum();
    approx::assert_relative_eq!(total, 1.0, epsilon = 1e-12);
    let lengths: Vec<u64> = rate.runs().map(|(acts, _)| acts).collect();
    assert!(
        lengths.is_sorted_by(|one, other| one > other),
        "{lengths:?}"
    );
}

#[test]
fn the_ends_of_the_hazard_are_no_change_and_nothing_but_change() {
    let acts = restless(100);
    let with = |hazard| ChangePointParams {
        hazard,
        ..ChangePointParams::default()
    };
    let (steady, _) = read(with(Probability::ZERO), &acts);
    let good = acts[..99].iter().filter(|&&good| good).count() as f64;
    approx::assert_relative_eq!(steady[99], (good + 1.0) / 101.0, epsilon = 1e-12);
    let (restless, dropped) = read(with(Probability::ONE), &acts);
    assert!(restless.iter().all(|&chance| chance == 0.5));
    assert_eq!(dropped, 0.0);
}

#[test]
fn bad_settings_are_named() {
    for params in [
        ChangePointParams {
            prior_good: 0.0,
            ..exact()
        },
        ChangePointParams {
            prior_bad: f64::NAN,
            ..exact()
        },
        ChangePointParams {
            drop_below: Probability::HALF,
            ..exact()
        },
        ChangePointParams {
            most_runs: 1,
            ..exact()
        },
        ChangePointParams {
            most_runs: usize::MAX,
            ..exact()
        },
    ] {
        let error = ChangePoints::new(params).unwrap_err();
        assert!(
            matches!(error, ReputationError::OutOfRange { .. }),
            "{error}"
        );
    }
}

#[test]
fn many_series_are_each_read_alone() {
    let acts = restless(9000);
    let ends: Vec<usize> = (1..=9).map(|k| k * 1000).collect();
    let (mut predicted, mut dropped) = (vec![0.0; 9000], vec![0.0; 9]);
    let params = ChangePointParams::default();
    change_points_of_many(params, &acts, &ends, &mut predicted, &mut dropped).unwrap();
    for (place, acts) in acts.chunks(1000).enumerate() {
        let (alone, share) = read(params, acts);
        assert_eq!(predicted[place * 1000..][..1000], alone);
        assert_eq!(dropped[place], share);
    }
    let refused = change_points_of_many(params, &acts, &ends, &mut predicted, &mut []);
    assert!(matches!(refused, Err(ReputationError::Length { .. })));
}

proptest! {
    #[test]
    fn all_placings_of_changes_are_added_up(
        params in strategies::change_point_params(), acts in vec(any::<bool>(), 1..9),
    ) {
        let (predicted, _) = read(params, &acts);
        let chances = predicted.iter().zip(&acts).map(|(p, &good)| if good { *p } else { 1.0 - p });
        let product: f64 = chances.product();
        let expected = over_all_changes(&params, &acts);
        prop_assert!((product - expected).abs() < 1e-11, "{product} {expected}");
    }
}
