use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{Act, Evidence, Tone, Warranted, strategies, trajectory};

const CCDCCCDD: [u8; 8] = [0, 0, 1, 0, 0, 0, 1, 1];

fn chances(row: &[f64]) -> Vec<Probability> {
    row.iter()
        .map(|&chance| Probability::new(chance).unwrap())
        .collect()
}

/// Types that cooperate with chance 0.9 and 0.4.
fn two_types(switching: f64) -> TypeFilterParams {
    let stay = 1.0 - switching;
    TypeFilterParams {
        prior: Belief::binary(Probability::HALF).unwrap(),
        likelihoods: vec![chances(&[0.9, 0.4]), chances(&[0.1, 0.6])],
        switching: (switching > 0.0)
            .then(|| vec![chances(&[stay, switching]), chances(&[switching, stay])]),
    }
}

#[track_caller]
fn check(params: &TypeFilterParams, belief: f64, log_likelihood: f64) {
    let mut beliefs = [0.0; 16];
    let filter = TypeFilter::new(params).unwrap();
    let computed = filter.filter(&CCDCCCDD, &mut beliefs).unwrap();
    approx::assert_abs_diff_eq!(beliefs[14], belief, epsilon = 5e-10);
    approx::assert_abs_diff_eq!(computed, log_likelihood, epsilon = 5e-10);
}

#[test]
fn reference_numbers_are_met() {
    check(&two_types(0.0), 0.210713942, -6.570451246);
    check(&two_types(0.02), 0.157670395, -6.343621165);
    // A tenth of the acts misread either way.
    let misread = TypeFilterParams {
        likelihoods: vec![chances(&[0.82, 0.42]), chances(&[0.18, 0.58])],
        ..two_types(0.02)
    };
    let mut beliefs = [0.0; 16];
    TypeFilter::new(&misread)
        .unwrap()
        .filter(&CCDCCCDD, &mut beliefs)
        .unwrap();
    approx::assert_abs_diff_eq!(beliefs[14], 0.370275385, epsilon = 5e-10);
}

#[test]
fn bad_models_are_named() {
    let error = |change: fn(&mut TypeFilterParams)| {
        let mut params = two_types(0.02);
        change(&mut params);
        TypeFilter::new(&params).unwrap_err().to_string()
    };
    assert_eq!(
        error(|params| params.likelihoods.clear()),
        "number of symbols is 0; expected a number from 1 to 256"
    );
    assert_eq!(
        error(|params| params.likelihoods[1].truncate(1)),
        "row of likelihoods holds 1 entries; expected 2"
    );
    assert_eq!(
        error(|params| params.switching.as_mut().unwrap().truncate(1)),
        "switching matrix holds 1 entries; expected 2"
    );
    assert_eq!(
        error(|params| params.switching.as_mut().unwrap()[1][0] = Probability::HALF),
        "row 1 of switching matrix adds up to 1.48; expected 1 to within 1e-9"
    );
}

#[test]
fn bad_arrays_are_named() {
    let filter = TypeFilter::new(&two_types(0.02)).unwrap();
    let message = |result: Result<f64, ReputationError>| result.unwrap_err().to_string();
    assert_eq!(
        message(filter.filter(&[0, 1], &mut [0.0; 3])),
        "array of beliefs holds 3 entries; expected 4"
    );
    assert_eq!(
        message(filter.filter(&[0, 2, 3], &mut [0.0; 6])),
        "entry 1 of acts is 2; expected a number from 0 to 1"
    );
    let many = |acts: &[u8], ends: &[usize]| {
        let mut beliefs = vec![0.0; acts.len() * 2];
        let mut logs = vec![0.0; ends.len()];
        filter
            .filter_many(acts, ends, &mut beliefs, &mut logs)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        many(&[0, 1, 0], &[2, 1]),
        "entry 1 of ends of series is 1; expected a number from 2 to 3"
    );
    assert_eq!(
        many(&[0, 1, 0], &[2]),
        "array of acts holds 3 entries; expected 2"
    );
    assert_eq!(many(&[0], &[]), "array of acts holds 1 entries; expected 0");
}

#[test]
fn an_impossible_act_is_counted_from_the_start_of_its_series() {
    let mut params = two_types(0.0);
    params.likelihoods.push(chances(&[0.0, 0.0]));
    let filter = TypeFilter::new(&params).unwrap();
    let expected = Err(ReputationError::Impossible { act: 2 });
    assert_eq!(filter.filter(&[0, 2, 0], &mut [0.0; 6]).map(drop), expected);
    let (acts, ends) = ([0, 1, 1, 2, 2, 2], [2, 5, 6]);
    assert_eq!(
        filter.filter_many(&acts, &ends, &mut [0.0; 12], &mut [0.0; 3]),
        expected
    );
    assert_eq!(filter.last_of_many(&acts, &ends, &mut [0.0; 6]), expected);
}

#[test]
fn no_acts_leave_the_prior() {
    let filter = TypeFilter::new(&two_types(0.02)).unwrap();
    assert_eq!(filter.filter(&[], &mut []), Ok(0.0));
    let mut beliefs = [0.0; 4];
    filter.last_of_many(&[0], &[0, 1], &mut beliefs).unwrap();
    assert_eq!(beliefs[..2], [0.5, 0.5]);
    assert_eq!(filter.filter_many(&[], &[], &mut [], &mut []), Ok(()));
}

#[cfg(feature = "parallel")]
#[test]
fn threads_change_no_bit() {
    let filter = TypeFilter::new(&two_types(0.02)).unwrap();
    let acts: Vec<u8> = (0..200_000_usize)
        .map(|i| u8::from(i * i % 7 < 3))
        .collect();
    let ends: Vec<usize> = (1..=2000).map(|k| k * 100).collect();
    let on = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
        let mut beliefs = vec![0.0; 400_000];
        let mut logs = vec![0.0; 2000];
        let work = || filter.filter_many(&acts, &ends, &mut beliefs, &mut logs);
        pool.build().unwrap().install(work).unwrap();
        (beliefs, logs)
    };
    assert_eq!(on(1), on(3));
}

proptest! {
    #[test]
    fn fixed_types_are_read_as_by_the_exact_filter(
        params in strategies::type_filter_params(3, 4), acts in vec(0..4_u8, 0..200),
    ) {
        let params = TypeFilterParams { switching: None, ..params };
        let coded: Vec<Act> = acts.iter().map(|&symbol| {
            let row = params.likelihoods[usize::from(symbol)].clone();
            Act::new(Tone::Hostile, Evidence::likelihoods(row, Probability::ZERO).unwrap())
        }).collect();
        let mut beliefs = vec![0.0; acts.len() * 3];
        TypeFilter::new(&params).unwrap().filter(&acts, &mut beliefs).unwrap();
        let exact = trajectory(&params.prior, &coded, &Warranted).unwrap();
        for (belief, exact) in beliefs.chunks_exact(3).zip(&exact) {
            for (belief, exact) in belief.iter().zip(exact.probabilities()) {
                prop_assert!((belief - exact).abs() < 1e-12, "{belief} {exact}");
            }
        }
    }

    #[test]
    fn many_series_are_each_read_alone(
        params in (1..6_usize).prop_flat_map(|k| strategies::type_filter_params(k, 3)),
        acts in vec(0..3_u8, 0..300), cuts in vec(0..300_usize, 0..5),
    ) {
        let filter = TypeFilter::new(&params).unwrap();
        let k = filter.n_types();
        let mut ends: Vec<usize> = cuts.into_iter().map(|cut| cut.min(acts.len())).collect();
        ends.push(acts.len());
        ends.sort_unstable();
        let mut beliefs = vec![0.0; acts.len() * k];
        let mut logs = vec![0.0; ends.len()];
        filter.filter_many(&acts, &ends, &mut beliefs, &mut logs).unwrap();
        let mut lasts = vec![0.0; ends.len() * k];
        filter.last_of_many(&acts, &ends, &mut lasts).unwrap();
        let mut start = 0;
        for (place, &end) in ends.iter().enumerate() {
            let mut alone = vec![0.0; (end - start) * k];
            let log = filter.filter(&acts[start..end], &mut alone).unwrap();
            prop_assert_eq!(log, logs[place]);
            prop_assert_eq!(&alone, &beliefs[start * k..end * k]);
            if end > start {
                prop_assert_eq!(&lasts[place * k..(place + 1) * k], &beliefs[(end - 1) * k..end * k]);
            }
            for row in alone.chunks_exact(k) {
                prop_assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            }
            start = end;
        }
    }
}
