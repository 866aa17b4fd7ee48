//! How often the intervals of an estimated bias hold the truth, over simulated observers.
//!
//! Shared with the example `coverage`, which includes this file: names come from the module around it.

use super::{
    BiasParameter, BiasProfile, EstimationParams, Estimator, PerceptionError, Precision, Stopped,
    simulate,
};

/// How many observers of each kind.
pub(crate) const OBSERVERS: u32 = 1000;

/// What became of the observers' records.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Those that identify the parameter and whose interval holds the truth.
    pub(crate) covered: u32,
    /// Those whose interval does not.
    pub(crate) missed: u32,
    /// Those that do not identify it.
    pub(crate) refused: u32,
    /// Those under which the search did not converge.
    pub(crate) unconverged: u32,
    /// Those that a likelihood-ratio test at 5% sets apart from a Bayesian's.
    pub(crate) rejected: u32,
    /// The sum of the estimates.
    pub(crate) sum: f64,
}

impl Tally {
    /// How many records gave an estimate.
    pub(crate) fn fitted(&self) -> u32 {
        self.covered + self.missed
    }

    /// The share of their intervals that hold the truth.
    pub(crate) fn coverage(&self) -> f64 {
        f64::from(self.covered) / f64::from(self.fitted())
    }

    /// The mean estimate.
    pub(crate) fn mean(&self) -> f64 {
        self.sum / f64::from(self.fitted())
    }
}

/// How many stories of six acts an observer has: more where few acts bear on the parameter, as one in six is
/// taken back.
pub(crate) const fn stories(parameter: BiasParameter) -> usize {
    match parameter {
        BiasParameter::Perseverance => 60,
        _ => 10,
    }
}

/// The records of a thousand observers, each with its own, under `truth`; `row` keys their seeds.
pub(crate) fn tally(
    row: u64,
    (parameter, truth): (BiasParameter, f64),
    choice_precision: Precision,
) -> Result<Tally, PerceptionError> {
    let profile = parameter.set(&BiasProfile::neutral(), truth)?;
    let estimator = Estimator::new(EstimationParams {
        choice_precision,
        ..EstimationParams::of(parameter)
    })?;
    let mut tally = Tally::default();
    for observer in 0..u64::from(OBSERVERS) {
        let seed = (row << 40) + (observer << 20);
        let Some(records) = simulate::records(seed, &profile, stories(parameter), 6) else {
            continue;
        };
        match estimator.fit(&records) {
            Ok(found) => {
                for one in &found.parameters {
                    match (one.low.value()..=one.high.value()).contains(&truth) {
                        true => tally.covered += 1,
                        false => tally.missed += 1,
                    }
                    tally.sum += one.value;
                }
                tally.unconverged += u32::from(found.stopped != Stopped::Converged);
                tally.rejected += u32::from(found.p_value < 0.05);
            }
            Err(PerceptionError::Unidentified { .. }) => tally.refused += 1,
            Err(other) => return Err(other),
        }
    }
    Ok(tally)
}
