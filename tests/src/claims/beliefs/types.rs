//! Types that may change: R-05.

use detente::reputation::{Channel, Drift, Engine, Settings, Warranted};
use proptest::{collection::vec, prelude::*};

use super::{chance, day, number, record, refused, switching};
use crate::Trial;

const CCDCCCDD: [bool; 8] = [true, true, false, true, true, true, false, false];

/// Belief and log-likelihood after the record of the reference.
fn last(engine: &Engine) -> Result<(f64, f64), TestCaseError> {
    let acts = record(&CCDCCCDD)?;
    let timeline = engine.timeline(&acts, &Warranted).map_err(refused)?;
    let trust = timeline
        .readings()
        .last()
        .map(|it| it.filtered.probability(0).get());
    Ok((trust.unwrap_or(f64::NAN), timeline.log_likelihood()))
}

fn mistaken(error: f64) -> Result<Engine, TestCaseError> {
    let exact = switching(0.02)?;
    let settings = Settings {
        misperception: Some(Channel::with_error(chance(error))),
        ..exact.settings().clone()
    };
    Engine::new(exact.prior().clone(), settings).map_err(refused)
}

/// The chance of the first type at each act given the first `seen`, summed over all paths.
fn over_paths(by: f64, acts: &[bool], seen: usize) -> Vec<f64> {
    let n = acts.len();
    let (mut first, mut all) = (vec![0.0; n], 0.0);
    for path in 0..1_usize << n {
        let of = |t: usize| path >> t & 1;
        let mut weight = 0.5;
        for t in 1..n {
            weight *= if of(t) == of(t - 1) { 1.0 - by } else { by };
        }
        for (t, good) in acts.iter().enumerate().take(seen) {
            let cooperates = [0.9, 0.4][of(t)];
            weight *= if *good { cooperates } else { 1.0 - cooperates };
        }
        all += weight;
        for (t, sum) in first.iter_mut().enumerate() {
            if of(t) == 0 {
                *sum += weight;
            }
        }
    }
    first.iter().map(|sum| sum / all).collect()
}

pub(super) fn filter(trial: &mut Trial) {
    let reference = |engine: Result<Engine, TestCaseError>| engine.and_then(|it| last(&it));
    for (name, engine, belief) in [
        ("fixed types", switching(0.0), 0.210_713_942),
        ("types that switch", switching(0.02), 0.157_670_395),
        ("seen with errors", mistaken(0.1), 0.370_275_385),
    ] {
        trial.close(
            name,
            number(reference(engine).map(|it| it.0)),
            belief,
            5e-10,
        );
    }
    let evidence = |by| number(reference(switching(by)).map(|it| it.1));
    trial.close(
        "log-likelihood, fixed",
        evidence(0.0),
        -6.570_451_246,
        5e-10,
    );
    trial.close(
        "log-likelihood, switching",
        evidence(0.02),
        -6.343_621_165,
        5e-10,
    );
    trial.for_all(
        "predicted, filtered and smoothed are sums over all paths",
        300,
        (0.0..=1.0_f64, vec(any::<bool>(), 1..=8)),
        |(by, acts)| {
            let (engine, sightings) = (switching(by)?, record(&acts)?);
            let timeline = engine.timeline(&sightings, &Warranted).map_err(refused)?;
            let smoothed = timeline.smoothed().map_err(refused)?;
            let hindsight = over_paths(by, &acts, acts.len());
            for (t, reading) in timeline.readings().iter().enumerate() {
                let before = reading.predicted.probability(0).get();
                prop_assert!((before - over_paths(by, &acts, t)[t]).abs() < 1e-12);
                let after = reading.filtered.probability(0).get();
                prop_assert!((after - over_paths(by, &acts, t + 1)[t]).abs() < 1e-12);
                let later = smoothed[t].probability(0).get();
                prop_assert!((later - hindsight[t]).abs() < 1e-12);
            }
            Ok(())
        },
    );
    trial.for_all(
        "later acts change nothing that could be known earlier, to the last bit",
        300,
        (0.0..=1.0_f64, vec(any::<bool>(), 1..=12), 0..12_usize),
        |(by, acts, cut)| {
            let (engine, sightings) = (switching(by)?, record(&acts)?);
            let cut = cut.min(acts.len());
            let whole = engine.timeline(&sightings, &Warranted).map_err(refused)?;
            let part = engine
                .timeline(&sightings[..cut], &Warranted)
                .map_err(refused)?;
            prop_assert_eq!(part.readings(), &whole.readings()[..cut]);
            let eve = day(cut);
            let expected = part.expected_on(eve).map_err(refused)?;
            prop_assert_eq!(expected, whole.expected_on(eve).map_err(refused)?);
            Ok(())
        },
    );
    trial.holds(
        "by days the same transition is made once a day, seen or not",
        number(daily().map(f64::abs)) < 1e-14,
    );
}

/// What forty silent days do by the daily transition, less its closed form.
fn daily() -> Result<f64, TestCaseError> {
    let by_reading = switching(0.02)?;
    let Some(Drift::PerReading(step)) = by_reading.settings().drift.clone() else {
        return Err(TestCaseError::fail("no drift"));
    };
    let settings = Settings {
        drift: Some(Drift::PerDay(step)),
        ..Settings::default()
    };
    let engine = Engine::new(by_reading.prior().clone(), settings).map_err(refused)?;
    let acts = record(&[true])?;
    let timeline = engine.timeline(&acts, &Warranted).map_err(refused)?;
    let expected = timeline.expected_on(day(40)).map_err(refused)?;
    let shrunk = (0.9 / 1.3 - 0.5) * 0.96_f64.powi(40);
    Ok(expected.belief.probability(0).get() - 0.5 - shrunk)
}
