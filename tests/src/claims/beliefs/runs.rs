//! Change-points: R-06.

use detente::{
    quantity::Probability,
    reputation::{Belief, Dirichlet, Engine, Pace, Settings, Sighting, Warranted},
};
use proptest::{collection::vec, prelude::*};

use super::{chance, day, refused};
use crate::Trial;

fn engine(hazard: f64) -> Result<Engine, TestCaseError> {
    let settings = Settings {
        conduct: Some(vec![Dirichlet::uniform(2, 2.0).map_err(refused)?]),
        changes: Some(Pace::PerReading(chance(hazard))),
        ..Settings::default()
    };
    let party = Belief::new(&[Probability::ONE]).map_err(refused)?;
    Engine::new(party, settings).map_err(refused)
}

/// The chance of a good act before each act and after the last.
fn predictions(hazard: f64, acts: &[bool]) -> Result<Vec<f64>, TestCaseError> {
    let engine = engine(hazard)?;
    let symbol = |(n, good): (usize, &bool)| Sighting::symbol(day(n), usize::from(!good));
    let sightings: Vec<Sighting> = acts.iter().enumerate().map(symbol).collect();
    let timeline = engine.timeline(&sightings, &Warranted).map_err(refused)?;
    let last = timeline.expected_on(day(acts.len())).map_err(refused)?;
    let before = timeline.readings().iter().map(|it| it.predicted_conduct[0]);
    Ok(before.chain([last.conduct[0]]).collect())
}

/// The chance of a record, summed over all ways of cutting it into runs.
fn over_cuts(hazard: f64, acts: &[bool]) -> f64 {
    let n = acts.len();
    let ways = 0..1_usize << n.saturating_sub(1);
    ways.map(|cuts| {
        let (mut weight, mut good, mut all) = (1.0, 0.0, 0.0);
        for (t, act) in acts.iter().enumerate() {
            if t > 0 {
                let cut = cuts >> (t - 1) & 1 == 1;
                weight *= if cut { hazard } else { 1.0 - hazard };
                if cut {
                    (good, all) = (0.0, 0.0);
                }
            }
            let share = (good + 1.0) / (all + 2.0);
            weight *= if *act { share } else { 1.0 - share };
            good += f64::from(*act);
            all += 1.0;
        }
        weight
    })
    .sum()
}

pub(super) fn change_points(trial: &mut Trial) {
    let acts: Vec<bool> = (0..15).map(|n| n < 10).collect();
    let computed = predictions(0.01, &acts).unwrap_or_default();
    for (place, reference) in (10..).zip([0.909_287, 0.801_874, 0.643_108, 0.452_460, 0.303_980]) {
        let predicted = computed.get(place).copied().unwrap_or(f64::NAN);
        trial.close("chance of a good act", predicted, reference, 5e-7);
    }
    let next = computed.last().copied().unwrap_or(f64::NAN);
    trial.close("and of the next", next, 0.99 * 0.214_551_063 + 0.005, 5e-10);
    trial.for_all(
        "predictions are ratios of sums over all cuts",
        300,
        (0.0..=1.0_f64, vec(any::<bool>(), 0..=8)),
        |(hazard, acts)| {
            let predicted = predictions(hazard, &acts)?;
            for (t, predicted) in predicted.iter().enumerate() {
                let mut good = acts[..t].to_vec();
                let before = over_cuts(hazard, &good);
                good.push(true);
                let ratio = over_cuts(hazard, &good) / before;
                prop_assert!((predicted - ratio).abs() < 1e-12, "{predicted} {ratio}");
            }
            Ok(())
        },
    );
}
