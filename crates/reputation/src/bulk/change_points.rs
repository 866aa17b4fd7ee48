use detente_quantity::Probability;

use super::{
    columns::{length, series_ends},
    parallel::join,
};
use crate::{ReputationError, Tone};

/// What [`ChangePoints`] are made of.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChangePointParams {
    /// The chance H that the rate is drawn anew before an act.
    pub hazard: Probability,
    /// Prior weight of good acts for each new rate, above 0.
    pub prior_good: f64,
    /// Prior weight of bad acts for each new rate, above 0.
    pub prior_bad: f64,
    /// Runs with less than this share of the belief are dropped; 0 drops none.
    pub drop_below: Probability,
    /// Beyond so many runs the least likely is dropped; at least 2.
    pub most_runs: usize,
}

impl Default for ChangePointParams {
    /// One change in a hundred acts, rates uniform, runs below 10⁻¹² dropped and at most 4,096.
    fn default() -> Self {
        Self {
            hazard: Probability::saturating(0.01),
            prior_good: 1.0,
            prior_bad: 1.0,
            drop_below: Probability::saturating(1e-12),
            most_runs: 4096,
        }
    }
}

/// A rate of cooperation that may be drawn anew at any act, read act by act: Bayesian on-line
/// change-point detection (Adams & MacKay 2007; claim R-06) with beta-distributed rates. A *run* is
/// the acts since a possible last change; its weight grows by `π(1 − H)`, and every act starts a
/// new one with `H Σ π`, π the chance the run gave the act.
///
/// Where runs are dropped, [`dropped`](Self::dropped) says what share of belief went with them in
/// all. **Its meaning:** if the acts come from the model itself, the expected total variation
/// between the belief reported and the exact one is at most the expected `dropped`. For the exact
/// posterior chance δ that the true course was ever dropped grows, at each act, by no more than the
/// share dropped then (the exact total is at least the total kept), and otherwise is a martingale;
/// and the belief reported is the exact one conditional on the rest, at distance δ.
///
/// ```
/// use detente_reputation::{Tone, bulk::{ChangePointParams, ChangePoints}};
///
/// let mut rate = ChangePoints::new(ChangePointParams::default())?;
/// for _ in 0..10 {
///     rate.observe(Tone::Cooperative);
/// }
/// assert!((rate.predicted().get() - 0.909287).abs() < 1e-6);
/// rate.observe(Tone::Hostile);
/// assert!((rate.predicted().get() - 0.801874).abs() < 1e-6);
/// assert!(rate.dropped() < 1e-9);
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ChangePoints {
    params: ChangePointParams,
    /// One entry a run, oldest first. Weights add up to 1; the chance a run gives a good act is
    /// `good / (good + bad)`, prior included.
    weights: Vec<f64>,
    good: Vec<f64>,
    bad: Vec<f64>,
    acts: u64,
    dropped: f64,
    scratch: Vec<f64>,
}

/// Runs are dropped once in so many acts.
const DROP_EVERY: u64 = 16;

/// Series are shared out among cores in pieces of at least so many acts.
const GRAIN: usize = 1 << 12;

impl ChangePoints {
    /// Starts before the first act.
    ///
    /// # Errors
    /// [`ReputationError::OutOfRange`] unless the prior weights lie from 10⁻⁹ to 10¹⁵, `drop_below`
    /// is at most 10⁻⁷ and there may be from 2 to 2²⁰ runs.
    pub fn new(params: ChangePointParams) -> Result<Self, ReputationError> {
        let weights = "a number from 1e-9 to 1e15";
        let range = |quantity, given: f64, least: f64, most: f64, expected| {
            if (least..=most).contains(&given) {
                Ok(())
            } else {
                Err(ReputationError::OutOfRange {
                    quantity,
                    given,
                    expected,
                })
            }
        };
        range(
            "prior weight of good acts",
            params.prior_good,
            1e-9,
            1e15,
            weights,
        )?;
        range(
            "prior weight of bad acts",
            params.prior_bad,
            1e-9,
            1e15,
            weights,
        )?;
        let share = params.drop_below.get();
        range(
            "share below which runs are dropped",
            share,
            0.0,
            1e-7,
            "at most 1e-7",
        )?;
        let runs = params.most_runs as f64;
        range(
            "greatest number of runs",
            runs,
            2.0,
            1_048_576.0,
            "a number from 2 to 2^20",
        )?;
        let mut start = Self {
            params,
            weights: Vec::new(),
            good: Vec::new(),
            bad: Vec::new(),
            acts: 0,
            dropped: 0.0,
            scratch: Vec::new(),
        };
        start.begin_run(1.0);
        Ok(start)
    }

    /// The chance that the next act is cooperative, on what was seen so far. O(runs).
    #[must_use]
    pub fn predicted(&self) -> Probability {
        let rates = self.good.iter().zip(&self.bad);
        let terms = self.weights.iter().zip(rates);
        let sum: f64 = terms
            .map(|(weight, (good, bad))| weight * (good / (good + bad)))
            .sum();
        Probability::saturating(sum)
    }

    /// Reads one more act and gives the chance it was given before it was seen. O(runs); allocates
    /// only where the list of runs grows beyond what it ever was.
    pub fn observe(&mut self, tone: Tone) -> Probability {
        let hazard = self.params.hazard.get();
        let (seen, other) = match tone {
            Tone::Cooperative => (&mut self.good, &self.bad),
            Tone::Hostile => (&mut self.bad, &self.good),
        };
        for ((weight, seen), other) in self.weights.iter_mut().zip(seen).zip(other) {
            *weight *= *seen / (*seen + other);
            *seen += 1.0;
        }
        let chance = sum(&self.weights);
        let keep = (1.0 - hazard) / chance;
        self.weights.iter_mut().for_each(|weight| *weight *= keep);
        self.begin_run(hazard);
        self.acts = self.acts.saturating_add(1);
        if self.acts.is_multiple_of(DROP_EVERY) {
            self.drop_runs();
        }
        Probability::saturating(chance)
    }

    /// Reads acts in order (`true` is cooperative) and writes, for each, the chance that was given
    /// to a cooperative act before it was seen. O(acts × runs).
    ///
    /// # Errors
    /// [`ReputationError::Length`] unless `predicted` holds one number an act.
    pub fn observe_all(
        &mut self,
        acts: &[bool],
        predicted: &mut [f64],
    ) -> Result<(), ReputationError> {
        length("array of predictions", predicted.len(), acts.len())?;
        for (&cooperative, predicted) in acts.iter().zip(predicted) {
            *predicted = if cooperative {
                self.observe(Tone::Cooperative).get()
            } else {
                self.observe(Tone::Hostile).complement().get()
            };
        }
        Ok(())
    }

    /// How likely each run is to be the current one, as (acts since the change, probability), the
    /// longest first. Dropped runs are left out.
    pub fn runs(&self) -> impl Iterator<Item = (u64, Probability)> {
        let prior = self.params.prior_good + self.params.prior_bad;
        let counts = self.good.iter().zip(&self.bad);
        counts.zip(&self.weights).map(move |((good, bad), weight)| {
            let acts = (good + bad - prior).round() as u64;
            (acts, Probability::saturating(*weight))
        })
    }

    /// The shares of belief dropped so far, added up: a bound on the error in the sense above.
    #[must_use]
    pub const fn dropped(&self) -> f64 {
        self.dropped
    }

    /// Adds a run with this weight and no acts.
    fn begin_run(&mut self, weight: f64) {
        self.weights.push(weight);
        self.good.push(self.params.prior_good);
        self.bad.push(self.params.prior_bad);
    }

    /// Drops runs of too small a share, and the least likely where there are too many.
    fn drop_runs(&mut self) {
        let least = self.params.drop_below.get().max(self.share_of_the_last());
        let mut kept = 0;
        let mut mass = 0.0;
        for run in 0..self.weights.len() {
            let weight = self.weights[run];
            if weight >= least && weight > 0.0 {
                mass += weight;
                self.weights[kept] = weight;
                self.good[kept] = self.good[run];
                self.bad[kept] = self.bad[run];
                kept += 1;
            } else {
                self.dropped += weight;
            }
        }
        for column in [&mut self.weights, &mut self.good, &mut self.bad] {
            column.truncate(kept);
        }
        self.weights.iter_mut().for_each(|weight| *weight /= mass);
    }

    /// The share of the least likely run that there is room for; 0 if there is room for all.
    fn share_of_the_last(&mut self) -> f64 {
        let excess = self.weights.len().saturating_sub(self.params.most_runs);
        if excess == 0 {
            return 0.0;
        }
        self.scratch.clear();
        self.scratch.extend_from_slice(&self.weights);
        *self
            .scratch
            .select_nth_unstable_by(excess, f64::total_cmp)
            .1
    }
}

/// Reads many series that stand end to end in `acts`, the k-th up to `ends[k]`, each from the start
/// with the same settings. Writes predictions as [`ChangePoints::observe_all`] would for each, and
/// for each series the share that was dropped. Series are shared out among cores.
/// O(acts × runs).
///
/// # Errors
/// As [`ChangePoints::new`]; [`ReputationError::Length`] unless there is one prediction an act and
/// one share a series; [`ReputationError::Entry`] if `ends` go back or beyond `acts`.
pub fn change_points_of_many(
    params: ChangePointParams,
    acts: &[bool],
    ends: &[usize],
    predicted: &mut [f64],
    dropped: &mut [f64],
) -> Result<(), ReputationError> {
    let fresh = ChangePoints::new(params)?;
    series_ends(ends, acts.len())?;
    length("array of predictions", predicted.len(), acts.len())?;
    length("array of dropped shares", dropped.len(), ends.len())?;
    read_many(&fresh, acts, ends, 0, predicted, dropped)
}

fn read_many(
    fresh: &ChangePoints,
    acts: &[bool],
    ends: &[usize],
    mut start: usize,
    predicted: &mut [f64],
    dropped: &mut [f64],
) -> Result<(), ReputationError> {
    if ends.len() > 1 && acts.len() > GRAIN {
        let (ends, later) = ends.split_at(ends.len() / 2);
        let middle = ends.last().copied().unwrap_or(start);
        let (acts, later_acts) = acts.split_at(middle - start);
        let (predicted, later_predicted) = predicted.split_at_mut(middle - start);
        let (dropped, later_dropped) = dropped.split_at_mut(ends.len());
        let (one, other) = join(
            || read_many(fresh, acts, ends, start, predicted, dropped),
            || {
                read_many(
                    fresh,
                    later_acts,
                    later,
                    middle,
                    later_predicted,
                    later_dropped,
                )
            },
        );
        return one.and(other);
    }
    let (mut acts, mut predicted) = (acts, predicted);
    for (&end, dropped) in ends.iter().zip(dropped) {
        let (series, rest) = acts.split_at(end - start);
        let (written, remaining) = predicted.split_at_mut(series.len());
        let mut rate = fresh.clone();
        rate.observe_all(series, written)?;
        *dropped = rate.dropped();
        (acts, predicted, start) = (rest, remaining, end);
    }
    Ok(())
}

/// A sum in eight lanes, which the processor adds abreast; the same on every machine.
fn sum(values: &[f64]) -> f64 {
    let (chunks, rest) = values.as_chunks::<8>();
    let mut lanes = [0.0; 8];
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value;
        }
    }
    lanes.iter().sum::<f64>() + rest.iter().sum::<f64>()
}

#[cfg(test)]
mod tests;
