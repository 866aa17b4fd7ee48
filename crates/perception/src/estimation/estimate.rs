use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::{Estimator, Free, Record, simplex::climb};
use crate::{BiasParameter, PerceptionError};

/// How often a search that met a better point on its way is begun again from there.
const MOST_ROUNDS: usize = 4;
/// How often an end of an interval is closed in on by halving.
const HALVINGS: usize = 24;

/// A profile that falls by less than this over a sixteenth of the way to both ends of the range is a
/// plateau, as where two parameters only ever come as their product.
const PLATEAU: f64 = 1e-5;

/// An end of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum End {
    /// The data exclude what lies beyond.
    At(f64),
    /// The data exclude nothing up to this end of the range that was searched.
    Open(f64),
}

impl End {
    /// The number, whether the data or the range set it.
    #[must_use]
    pub const fn value(self) -> f64 {
        match self {
            Self::At(value) | Self::Open(value) => value,
        }
    }
}

/// What the records say of one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ParameterEstimate {
    /// The parameter.
    pub parameter: BiasParameter,
    /// Its value where the likelihood is largest. It means little beside an [open](End::Open) end.
    pub value: f64,
    /// The lower end of the profile-likelihood interval.
    pub low: End,
    /// The upper end.
    pub high: End,
}

/// Why the search for the likeliest values ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Stopped {
    /// Every search closed in to 10⁻⁷ of the ranges, and tracing the profiles met no log-likelihood higher
    /// by more than 10⁻⁶.
    Converged,
    /// After four rounds tracing the profiles still met higher points: the values are those of the highest
    /// point climbed from, and the intervals may be too wide or too narrow.
    Rounds,
    /// A search ran out of evaluations before it closed in; as with [`Stopped::Rounds`].
    Evaluations,
}

/// The bias parameters under which the responses are likeliest.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Estimate {
    /// One entry a free parameter, in their order.
    pub parameters: Vec<ParameterEstimate>,
    /// The log-likelihood there.
    pub log_likelihood: f64,
    /// `κ` there: as it was given, or the likeliest ([`Precision::Fitted`](super::Precision)). At an end of
    /// its range the records leave it open.
    pub choice_precision: f64,
    /// The log-likelihood with the free parameters neutral: the benchmark that accompanies a bias.
    pub neutral_log_likelihood: f64,
    /// How often responses of somebody without these biases would be as far from that benchmark or
    /// further: the likelihood-ratio test, by the χ² distribution with as many degrees of freedom as there
    /// are free parameters. Too large where a neutral value is an end of the parameter's range. Where a range
    /// that was narrowed leaves the neutral value out, nothing is nested in anything and this is no test: it is 1
    /// if the benchmark is at least as likely as all that the range holds.
    pub p_value: f64,
    /// How many responses were used.
    pub responses: usize,
    /// Why the search ended. Numbers of one that has not converged are to be used with care.
    pub stopped: Stopped,
    /// How often the likelihood was computed.
    pub evaluations: usize,
}

impl Estimator {
    /// The maximum-likelihood values of the free parameters, each with its profile-likelihood interval:
    /// the values `v` with `2(ℓ̂ − ℓ(v)) ≤ χ²₁(level)`, where `ℓ(v)` is the largest log-likelihood with that
    /// parameter at `v` (Venzon & Moolgavkar 1988). The interval is the smallest that holds all of these that are
    /// met on a net over the range, as likelihoods of some mechanisms have steps or a second peak; its
    /// coverage is asymptotically the level, and from few choices may be some points less: the example
    /// `coverage` prints by how much.
    ///
    /// The maximum is sought by Nelder and Mead's method from the best point of a grid, in every range;
    /// a better point met while tracing a profile starts it again.
    ///
    /// # Errors
    /// [`PerceptionError::Unidentified`] naming the first parameter of whose range the data exclude
    /// nothing, or in which the likelihood lies on a plateau (two parameters that only come as their
    /// product), so that a number for it would say nothing; [`PerceptionError::Contradicted`] if
    /// no value tried could have produced the records; [`PerceptionError::Reputation`] where the filter
    /// refuses a record.
    pub fn fit(&self, records: &[Record]) -> Result<Estimate, PerceptionError> {
        let mut search = Search::new(self, records);
        search.scan()?;
        if search.best.1 == f64::NEG_INFINITY {
            return Err(PerceptionError::Contradicted);
        }
        let needed = chi_squared(1)?.inverse_cdf(self.params().level.get());
        let (top, parameters, stopped) = search.settle(needed)?;
        let values: Vec<f64> = parameters.iter().map(|it| it.value).collect();
        let neutral = self.log_likelihood(records, &self.neutral_values())?;
        let drop = (2.0 * (top - neutral)).max(0.0);
        Ok(Estimate {
            p_value: chi_squared(parameters.len())?.sf(drop),
            parameters,
            log_likelihood: top,
            choice_precision: self
                .heard(records, &values)?
                .likeliest(self.params().choice_precision)
                .0,
            stopped,
            neutral_log_likelihood: neutral,
            responses: records
                .iter()
                .map(|record| record.observations().len())
                .sum(),
            evaluations: search.evaluations,
        })
    }

    fn neutral_values(&self) -> Vec<f64> {
        let free = self.params().free.iter();
        free.map(|free| free.parameter.neutral()).collect()
    }

    pub(super) fn bounds(&self) -> (Vec<f64>, Vec<f64>) {
        let free = &self.params().free;
        (
            free.iter().map(|free| free.low).collect(),
            free.iter().map(|free| free.high).collect(),
        )
    }
}

fn chi_squared(freedom: usize) -> Result<ChiSquared, PerceptionError> {
    // One to four degrees of freedom are always legal.
    ChiSquared::new(freedom as f64).map_err(|_| PerceptionError::NothingToFit)
}

/// The first sixteenth of the way from an estimate to an end of the range, closing in on the estimate.
fn beside() -> impl Iterator<Item = f64> {
    (4..8).rev().map(|halvings| 0.5_f64.powi(halvings))
}

/// The whole way.
fn all_the_way() -> impl Iterator<Item = f64> {
    beside().chain((2..=16).map(|sixteenths| f64::from(sixteenths) / 16.0))
}

/// The value at a share of the way, at 1 to the last bit the end.
fn on_the_way(from: f64, to: f64, share: f64) -> f64 {
    to - (to - from) * (1.0 - share)
}

/// One side of a profile.
struct Trace {
    end: End,
    /// The lowest value of the profile that was met.
    lowest: f64,
}

pub(super) struct Search<'e> {
    estimator: &'e Estimator,
    records: &'e [Record],
    best: (Vec<f64>, f64),
    /// Whether a search of the present round ran out of evaluations.
    ran_out: bool,
    evaluations: usize,
}

impl<'e> Search<'e> {
    pub(super) fn new(estimator: &'e Estimator, records: &'e [Record]) -> Self {
        Self {
            estimator,
            records,
            best: (estimator.neutral_values(), f64::NEG_INFINITY),
            ran_out: false,
            evaluations: 0,
        }
    }

    /// Refuses a parameter that has a plateau at the top of the likelihood, climbing there from `start`.
    ///
    /// # Errors
    /// [`PerceptionError::Unidentified`] naming the first such parameter.
    pub(super) fn check_plateaus(&mut self, start: &[f64]) -> Result<(), PerceptionError> {
        let (low, high) = self.estimator.bounds();
        climb(start, &low, &high, |point| self.value(point))?;
        let (peak, top) = self.best.clone();
        for place in 0..peak.len() {
            self.check_plateau(place, &peak, top, 2.0 * PLATEAU)?;
        }
        Ok(())
    }

    fn value(&mut self, point: &[f64]) -> Result<f64, PerceptionError> {
        self.evaluations += 1;
        let value = self.estimator.log_likelihood(self.records, point)?;
        if value > self.best.1 {
            self.best = (point.to_vec(), value);
        }
        Ok(value)
    }

    /// Tries a grid over all ranges, ends included.
    fn scan(&mut self) -> Result<(), PerceptionError> {
        let (low, high) = self.estimator.bounds();
        let side: usize = match low.len() {
            1 => 41,
            2 => 13,
            3 => 7,
            _ => 5,
        };
        for cell in 0..side.pow(low.len() as u32) {
            let place = |k: usize| (cell / side.pow(k as u32) % side) as f64 / (side - 1) as f64;
            let point: Vec<f64> = (0..low.len())
                .map(|k| low[k] + place(k) * (high[k] - low[k]))
                .collect();
            self.value(&point)?;
        }
        Ok(())
    }

    /// Climbs and traces the profiles until no trace finds a better point.
    fn settle(
        &mut self,
        needed: f64,
    ) -> Result<(f64, Vec<ParameterEstimate>, Stopped), PerceptionError> {
        let (low, high) = self.estimator.bounds();
        let mut round = 0;
        loop {
            round += 1;
            let start = self.best.0.clone();
            let summit = climb(&start, &low, &high, |point| self.value(point))?;
            self.ran_out = !summit.has_converged;
            let (peak, top) = self.best.clone();
            let traced = (0..peak.len())
                .map(|place| self.interval(place, &peak, top, needed))
                .collect::<Result<Vec<_>, _>>();
            let has_settled = self.best.1 <= top + 1e-6;
            if has_settled || round == MOST_ROUNDS {
                let stopped = match (has_settled, self.ran_out) {
                    (false, _) => Stopped::Rounds,
                    (true, true) => Stopped::Evaluations,
                    (true, false) => Stopped::Converged,
                };
                return Ok((top, traced?, stopped));
            }
        }
    }

    fn interval(
        &mut self,
        place: usize,
        peak: &[f64],
        top: f64,
        needed: f64,
    ) -> Result<ParameterEstimate, PerceptionError> {
        let Free {
            parameter,
            low,
            high,
        } = self.estimator.params().free[place];
        let floor = top - needed / 2.0;
        let below = self.trace(place, peak, floor, low)?;
        let above = self.trace(place, peak, floor, high)?;
        let lowest = below.lowest.min(above.lowest);
        if lowest >= floor {
            return Err(PerceptionError::Unidentified {
                parameter: parameter.name(),
                low,
                high,
                drop: 2.0 * (top - lowest).max(0.0),
                needed,
            });
        }
        self.check_plateau(place, peak, top, needed)?;
        Ok(ParameterEstimate {
            parameter,
            value: peak[place],
            low: below.end,
            high: above.end,
        })
    }

    /// Refuses a parameter whose profile hardly falls over a sixteenth of the way to both ends of its range.
    fn check_plateau(
        &mut self,
        place: usize,
        peak: &[f64],
        top: f64,
        needed: f64,
    ) -> Result<(), PerceptionError> {
        let free = self.estimator.params().free[place];
        let (mut ends, mut lowest) = ([peak[place]; 2], f64::INFINITY);
        for (end, bound) in ends.iter_mut().zip([free.low, free.high]) {
            let mut warm = peak.to_vec();
            for share in beside() {
                *end = on_the_way(peak[place], bound, share);
                lowest = lowest.min(self.profile(place, *end, &mut warm)?);
            }
        }
        match top - lowest < PLATEAU {
            true => Err(PerceptionError::Unidentified {
                parameter: free.parameter.name(),
                low: ends[0],
                high: ends[1],
                drop: 2.0 * (top - lowest).max(0.0),
                needed,
            }),
            false => Ok(()),
        }
    }

    /// Follows the profile from the peak all the way to `bound`, to where it falls below `floor` for good: a
    /// likelihood with steps or several peaks may come back.
    fn trace(
        &mut self,
        place: usize,
        peak: &[f64],
        floor: f64,
        bound: f64,
    ) -> Result<Trace, PerceptionError> {
        let mut warm = peak.to_vec();
        let mut inside = peak.to_vec();
        let (mut outside, mut lowest) = (None, f64::INFINITY);
        for share in all_the_way() {
            let next = on_the_way(peak[place], bound, share);
            let value = self.profile(place, next, &mut warm)?;
            lowest = lowest.min(value);
            if value >= floor {
                inside.clone_from(&warm);
                outside = None;
            } else {
                outside = outside.or(Some(next));
            }
        }
        let end = match outside {
            Some(outside) => End::At(self.crossing(place, inside, outside, floor)?),
            None => End::Open(bound),
        };
        Ok(Trace { end, lowest })
    }

    /// Where the profile falls below `floor`, between a point inside the interval and a value outside.
    fn crossing(
        &mut self,
        place: usize,
        mut warm: Vec<f64>,
        mut outside: f64,
        floor: f64,
    ) -> Result<f64, PerceptionError> {
        let mut inside = warm[place];
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(inside, outside);
            if self.profile(place, middle, &mut warm)? < floor {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        Ok(outside)
    }

    /// The largest log-likelihood found with one parameter at `value`, seeking from `warm`.
    fn profile(
        &mut self,
        place: usize,
        value: f64,
        warm: &mut Vec<f64>,
    ) -> Result<f64, PerceptionError> {
        warm[place] = value;
        if warm.len() == 1 {
            return self.value(warm);
        }
        let others = |values: &[f64]| {
            let kept = values.iter().enumerate().filter(|(k, _)| *k != place);
            kept.map(|(_, &value)| value).collect::<Vec<f64>>()
        };
        let (low, high) = self.estimator.bounds();
        let found = climb(&others(warm), &others(&low), &others(&high), |rest| {
            let mut point = rest.to_vec();
            point.insert(place, value);
            self.value(&point)
        })?;
        self.ran_out |= !found.has_converged;
        *warm = found.point;
        warm.insert(place, value);
        Ok(found.value)
    }
}
