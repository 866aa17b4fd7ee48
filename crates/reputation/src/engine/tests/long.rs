//! A million acts neither underflow nor drift: against exact arithmetic on whole numbers.

use approx::assert_relative_eq;
use detente_quantity::Probability;
use num_bigint::BigUint;

use super::{chance, day, engine, even, letter_act};
use crate::{Belief, Drift, Settings, Sighting, Tone, Transition, Warranted};

const ACTS: u32 = 1_000_000;

/// Whether act `n` cooperates: often enough that neither type runs away, in an irregular order.
fn cooperates(n: u32) -> bool {
    n.wrapping_mul(2_654_435_761) % 1000 < 688
}

/// The log-odds of two whole numbers.
fn log_ratio(one: &BigUint, other: &BigUint) -> f64 {
    let log = |number: &BigUint| {
        let excess = number.bits().saturating_sub(64);
        let leading: u64 = (number >> excess).try_into().unwrap();
        (leading as f64).ln() + excess as f64 * std::f64::consts::LN_2
    };
    log(one) - log(other)
}

#[test]
fn a_million_acts_of_a_fixed_type_are_exact() {
    let engine = engine(Settings::default());
    let mut tracker = engine.tracker();
    let mut good = 0;
    for n in 0..ACTS {
        let letter = if cooperates(n) { 'C' } else { 'D' };
        let act = letter_act(letter);
        good += u32::from(act.tone() == Tone::Cooperative);
        tracker
            .read(&[Sighting::act(day(0), act)], &Warranted)
            .unwrap();
    }
    // 9^good · 1^bad against 4^good · 6^bad.
    let one = BigUint::from(9_u8).pow(good);
    let other = BigUint::from(4_u8).pow(good) * BigUint::from(6_u8).pow(ACTS - good);
    let exact = log_ratio(&one, &other);
    let computed = tracker.belief().belief().log_odds(0).unwrap().get();
    assert!(exact.abs() < 1e4, "{exact} is no test of rounding");
    assert_relative_eq!(computed, exact, epsilon = 1e-6);
    assert!(tracker.log_likelihood().is_finite());
}

/// The next twenty beliefs after `start`, in whole numbers: every chance is a number of hundredths.
fn exact_from(start: &Belief, acts: impl Iterator<Item = bool>) -> Vec<f64> {
    // A double is a whole number of 2⁻¹⁰⁷⁴; the probability of type 0 within 2⁻⁶² is enough here.
    let unit = 2.0_f64.powi(62);
    let scaled = (start.probability(0).get() * unit) as u64;
    let whole = 1_u64 << 62;
    let (mut one, mut other) = (BigUint::from(scaled), BigUint::from(whole - scaled));
    acts.map(|good| {
        let stays = (&one * 98_u8 + &other * 2_u8, &one * 2_u8 + &other * 98_u8);
        let chances: (u8, u8) = if good { (90, 40) } else { (10, 60) };
        (one, other) = (stays.0 * chances.0, stays.1 * chances.1);
        log_ratio(&one, &other)
    })
    .collect()
}

#[test]
fn a_million_acts_of_a_drifting_type_are_exact_wherever_sampled() {
    let step = Transition::switching(2, chance(0.02)).unwrap();
    let engine = engine(Settings {
        drift: Some(Drift::PerReading(step)),
        ..Settings::default()
    });
    let mut tracker = engine.tracker();
    let mut sampled = 0;
    let mut exact = Vec::new();
    for n in 0..ACTS {
        if n % 99_991 == 0 {
            exact = exact_from(tracker.belief().belief(), (n..n + 20).map(cooperates));
            exact.reverse();
            // Before the first act nothing has passed.
            if n == 0 {
                exact.clear();
            }
        }
        let letter = if cooperates(n) { 'C' } else { 'D' };
        let sighting = Sighting::act(day(0), letter_act(letter));
        tracker.read(&[sighting], &Warranted).unwrap();
        if let Some(exact) = exact.pop() {
            let computed = tracker.belief().belief().log_odds(0).unwrap().get();
            assert_relative_eq!(computed, exact, epsilon = 1e-12);
            sampled += 1;
        }
    }
    assert_eq!(sampled, 200);
}

#[test]
fn a_type_all_but_ruled_out_comes_back() {
    // Ten thousand acts that only the second type does, and as many that only the first does.
    let engine = engine(Settings::default());
    let mut tracker = engine.tracker();
    for (place, ratio) in [(0, 1e300), (1, 1e300), (0, 4.0)] {
        for _ in 0..if ratio > 5.0 { 10_000 } else { 1 } {
            let mut ratios = vec![1.0; 2];
            ratios[1 - place] = ratio;
            let evidence = crate::Evidence::ratios(ratios).unwrap();
            let act = crate::Act::new(Tone::Hostile, evidence);
            tracker
                .read(&[Sighting::act(day(0), act)], &Warranted)
                .unwrap();
        }
    }
    assert_relative_eq!(tracker.belief().probability(1).get(), 0.8, epsilon = 1e-6);
    assert_eq!(even().probability(0), Probability::HALF);
}
