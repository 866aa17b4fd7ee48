use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{Tone, strategies};

fn fading(half_life: f64) -> FadingBeta {
    FadingBeta::new(FadingBetaParams {
        half_life: HalfLife::new(half_life).unwrap(),
        ..FadingBetaParams::default()
    })
    .unwrap()
}

#[test]
fn bad_arrays_are_named() {
    let message = |n, dyads: &[u32], days: &[i32], tones: &[bool]| {
        DyadActs::new(n, dyads, days, tones)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        message(2, &[0, 2], &[1, 1], &[true, true]),
        "entry 1 of column of dyads is 2; expected a number from 0 to 1"
    );
    assert_eq!(
        message(2, &[0, 1], &[1], &[true, true]),
        "column of days holds 1 entries; expected 2"
    );
    assert_eq!(
        message(2, &[0, 1], &[1, 1], &[]),
        "column of tones holds 0 entries; expected 2"
    );
    assert!(message(usize::MAX, &[], &[], &[]).ends_with("expected at most 2^24"));
    let acts = DyadActs::new(2, &[0, 1, 0], &[5, 1, 4], &[true; 3]).unwrap();
    let error = fading(1.0).after_each(acts, &mut [0.0; 3]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "entry 2 of column of days is day 4; expected day 5 or later"
    );
    assert!(fading(1.0).at_ends(acts, &[9], &mut [0.0; 2]).is_err());
    assert!(fading(1.0).after_each(acts, &mut [0.0; 2]).is_err());
}

/// Forty years in which the trick of multiplying by 2^(t/H) turns into NaN.
#[test]
fn no_half_life_overflows() {
    let days = [0, 1, 14_600, i32::MAX];
    let acts = DyadActs::new(1, &[0; 4], &days, &[true; 4]).unwrap();
    for half_life in [f64::MIN_POSITIVE, 1e-300, 0.5, 14.0, 1e300, f64::INFINITY] {
        let mut means = [0.0; 4];
        let known = fading(half_life).after_each(acts, &mut means).unwrap();
        assert!(
            means.iter().all(|mean| (2.0 / 3.0..1.0).contains(mean)),
            "{half_life}: {means:?}"
        );
        let good = known.reputation(0).unwrap().good();
        let expected = if half_life >= 1e300 { 4.0 } else { 1.0 };
        approx::assert_relative_eq!(good, expected, epsilon = 1e-12);
    }
}

#[test]
fn a_dyad_without_acts_is_a_stranger() {
    let acts = DyadActs::new(2, &[1], &[3], &[false]).unwrap();
    let known = fading(7.0).last(acts);
    assert_eq!((known.len(), known.is_empty()), (2, false));
    assert_eq!(
        (known.last_day(0), known.last_day(1), known.last_day(2)),
        (None, Some(3), None)
    );
    assert_eq!(known.reputation(0).unwrap().mean().get(), 0.5);
    assert!(known.reputation(2).is_err());
    let mut means = [0.0; 4];
    fading(7.0).at_ends(acts, &[2, 10], &mut means).unwrap();
    assert_eq!(means, [0.5, 0.5, 0.5, 1.0 / 2.5]);
    let nobody = DyadActs::new(0, &[], &[], &[]).unwrap();
    assert!(fading(7.0).last(nobody).is_empty());
    assert_eq!(fading(7.0).at_ends(nobody, &[1], &mut []), Ok(()));
}

#[cfg(feature = "parallel")]
#[test]
fn threads_change_no_bit() {
    let n = 5000_u32;
    let dyads: Vec<u32> = (0..n).map(|i| i * i % 97).collect();
    let days: Vec<i32> = (0..n).map(|i| (i / 7).cast_signed()).collect();
    let tones: Vec<bool> = (0..n).map(|i| i % 3 > 0).collect();
    let acts = DyadActs::new(97, &dyads, &days, &tones).unwrap();
    let on = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
        pool.build().unwrap().install(|| fading(30.0).last(acts))
    };
    assert_eq!(on(1), on(5));
    assert_eq!(
        on(1),
        fading(30.0).after_each(acts, &mut vec![0.0; 5000]).unwrap()
    );
}

/// Up to a hundred acts of three dyads in order of time.
fn acts() -> impl Strategy<Value = Vec<(u32, i32, bool)>> {
    vec((0..3_u32, -9000..9000_i32, any::<bool>()), 0..100).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.1);
        rows
    })
}

fn columns(rows: &[(u32, i32, bool)]) -> (Vec<u32>, Vec<i32>, Vec<bool>) {
    let dyads = rows.iter().map(|row| row.0).collect();
    let days = rows.iter().map(|row| row.1).collect();
    (dyads, days, rows.iter().map(|row| row.2).collect())
}

proptest! {
    #[test]
    fn each_dyad_is_a_beta_reputation_that_fades(
        rows in acts(), params in strategies::fading_beta_params(),
    ) {
        let (dyads, days, tones) = columns(&rows);
        let columns = DyadActs::new(3, &dyads, &days, &tones).unwrap();
        let mut means = vec![0.0; rows.len()];
        let bulk = FadingBeta::new(params).unwrap();
        let known = bulk.after_each(columns, &mut means).unwrap();
        let stranger = BetaReputation::with_prior(params.prior_good, params.prior_bad).unwrap();
        let mut alone = [(stranger, 0); 3];
        for (&(dyad, day, good), mean) in rows.iter().zip(&means) {
            let (reputation, last) = &mut alone[dyad as usize];
            let age = f64::from(day - *last);
            let kept = params.half_life.retained(age);
            let tone = if good { Tone::Cooperative } else { Tone::Hostile };
            *reputation = reputation.faded(kept).observed(tone);
            *last = day;
            prop_assert!((reputation.mean().get() - mean).abs() < 1e-12);
        }
        for (dyad, (reputation, _)) in alone.iter().enumerate() {
            let known = known.reputation(dyad).unwrap();
            prop_assert!((known.good() - reputation.good()).abs() < 1e-12 * (1.0 + known.good()));
        }
    }

    #[test]
    fn late_reports_count_by_their_day(
        rows in acts(), params in strategies::fading_beta_params(), turn in any::<usize>(),
    ) {
        let fading = FadingBeta::new(params).unwrap();
        let (dyads, days, tones) = columns(&rows);
        let known = fading.last(DyadActs::new(3, &dyads, &days, &tones).unwrap());
        let mut turned = rows.clone();
        if !rows.is_empty() {
            turned.rotate_left(turn % rows.len());
        }
        let (dyads, days, tones) = columns(&turned);
        let late = fading.last(DyadActs::new(3, &dyads, &days, &tones).unwrap());
        for dyad in 0..3 {
            prop_assert_eq!(known.last_day(dyad), late.last_day(dyad));
            let (known, late) = (known.reputation(dyad).unwrap(), late.reputation(dyad).unwrap());
            prop_assert!((known.good() - late.good()).abs() < 1e-12 * (1.0 + known.good()));
            prop_assert!((known.bad() - late.bad()).abs() < 1e-12 * (1.0 + known.bad()));
        }
    }

    #[test]
    fn the_end_of_a_period_knows_its_acts_and_no_later_one(
        rows in acts(), params in strategies::fading_beta_params(), end in -9000..9000_i32,
    ) {
        let fading = FadingBeta::new(params).unwrap();
        let (dyads, days, tones) = columns(&rows);
        let mut means = [0.0; 3];
        let acts = DyadActs::new(3, &dyads, &days, &tones).unwrap();
        fading.at_ends(acts, &[end], &mut means).unwrap();
        for (dyad, mean) in means.iter().enumerate() {
            let weigh = |good| rows.iter()
                .filter(|row| row.0 as usize == dyad && row.1 <= end && row.2 == good)
                .map(|row| params.half_life.retained(f64::from(end - row.1)).get())
                .sum::<f64>();
            let good = params.prior_good + weigh(true);
            let expected = good / (good + params.prior_bad + weigh(false));
            prop_assert!((mean - expected).abs() < 1e-12, "{mean} {expected}");
        }
    }
}
