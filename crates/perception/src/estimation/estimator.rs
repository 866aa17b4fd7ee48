use std::f64::consts::TAU;

use detente_quantity::Probability;
use detente_reputation::{Belief, Filter, ReputationError};

use super::{Decision, Precision, Record, Response, choices::Heard};
use crate::{BiasParameter, BiasProfile, PerceptionError, error::positive};

/// The most parameters that are fitted at once.
const MOST_FREE: usize = 4;

/// A parameter to be fitted, and the values it may have.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Free {
    /// The parameter.
    pub parameter: BiasParameter,
    /// The lowest value it may have.
    pub low: f64,
    /// The highest, above `low`.
    pub high: f64,
}

impl From<BiasParameter> for Free {
    /// The parameter over its whole [range](BiasParameter::range).
    fn from(parameter: BiasParameter) -> Self {
        let (low, high) = parameter.range();
        Self {
            parameter,
            low,
            high,
        }
    }
}

/// What is fitted to records, and how responses are taken to follow from beliefs; unchecked.
#[derive(Debug, Clone, PartialEq)]
pub struct EstimationParams {
    /// The parameters to be fitted: one to four, none twice.
    pub free: Vec<Free>,
    /// The values of all other parameters, and whether [bad faith](crate::BiasParams::bad_faith) is inherent, which is
    /// on or off and cannot be fitted: compare the likelihoods under either.
    pub fixed: BiasProfile,
    /// The type whose probability is the trust at issue, by its place in the beliefs.
    pub trustworthy: usize,
    /// `κ`, how sharply choices follow beliefs.
    pub choice_precision: Precision,
    /// `τ`, the standard deviation of reported about held log-odds, which are taken to be normal. A
    /// finite number above 0.
    pub report_spread: f64,
    /// The level of intervals, such as 0.95; strictly between 0 and 1.
    pub level: Probability,
}

impl EstimationParams {
    /// One parameter over its whole range, all else neutral: trust in type 0, choices of precision 1,
    /// reports that spread by 1 in log-odds, intervals at 95%.
    #[must_use]
    pub fn of(parameter: BiasParameter) -> Self {
        Self {
            free: vec![parameter.into()],
            fixed: BiasProfile::neutral(),
            trustworthy: 0,
            choice_precision: Precision::Known(1.0),
            report_spread: 1.0,
            level: Probability::saturating(0.95),
        }
    }
}

/// Fits bias parameters to records of acts seen and responses given, by maximum likelihood
/// ([`Estimator::fit`]) or as a posterior on a grid ([`Estimator::posterior`]).
///
/// Given the parameters, beliefs follow from acts without chance, so the likelihood is that of the
/// responses. Misreadings are taken at their mean ([`Expectation`](crate::Expectation)).
///
/// ```
/// use detente_perception::*;
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Tone};
///
/// // Somebody who saw three concessions of ratio 2, and said after each how far it trusted.
/// let chance = |p| Probability::new(p);
/// let acts = vec![Act::new(Tone::Cooperative, Evidence::ratios(vec![2.0, 1.0])?); 3];
/// let said = [0.336, 0.375, 0.415].into_iter().enumerate().map(|(n, trust)| {
///     Ok(Observation { after: n + 1, response: Response::Report { trust: chance(trust)? } })
/// });
/// let said = said.collect::<Result<_, detente_quantity::QuantityError>>()?;
/// let record = Record::new(Belief::binary(chance(0.3)?)?, acts, said)?;
///
/// let estimator = Estimator::new(EstimationParams {
///     report_spread: 0.1,
///     ..EstimationParams::of(BiasParameter::EvidenceWeight)
/// })?;
/// let found = estimator.fit(&[record.clone()])?;
/// assert!((found.parameters[0].value - 0.242).abs() < 0.005);
/// assert!(found.parameters[0].high.value() < 0.4); // well below the Bayesian 1
///
/// // Nobody struck out, so nothing is known of how it reads hostile acts.
/// let blind = Estimator::new(EstimationParams::of(BiasParameter::SituationHostile))?;
/// assert!(matches!(blind.fit(&[record]), Err(PerceptionError::Unidentified { .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Estimator(EstimationParams);

impl Estimator {
    /// Checks the parameters.
    ///
    /// # Errors
    /// [`PerceptionError::TooMany`] for more than four free parameters, [`PerceptionError::NothingToFit`]
    /// for none or one named twice, [`PerceptionError::OutOfRange`] for a range that is empty or
    /// reaches beyond what the parameter allows, for a precision or spread that is not positive and
    /// finite, and for a level of 0 or 1.
    pub fn new(params: EstimationParams) -> Result<Self, PerceptionError> {
        if params.free.len() > MOST_FREE {
            return Err(PerceptionError::TooMany {
                what: "free parameters",
                given: params.free.len(),
                limit: MOST_FREE,
            });
        }
        for (place, free) in params.free.iter().enumerate() {
            if params.free[..place]
                .iter()
                .any(|it| it.parameter == free.parameter)
            {
                return Err(PerceptionError::NothingToFit);
            }
            free.parameter.set(&params.fixed, free.low)?;
            free.parameter.set(&params.fixed, free.high)?;
            positive(
                "width of the range of a free parameter",
                free.high - free.low,
            )?;
        }
        if params.free.is_empty() {
            return Err(PerceptionError::NothingToFit);
        }
        params.choice_precision.check()?;
        positive("spread of reports", params.report_spread)?;
        if params.level.is_certain() {
            return Err(PerceptionError::OutOfRange {
                quantity: "level of the intervals",
                given: params.level.get(),
                expected: "a probability strictly between 0 and 1",
            });
        }
        Ok(Self(params))
    }

    /// The parameters as they were given.
    #[must_use]
    pub const fn params(&self) -> &EstimationParams {
        &self.0
    }

    /// The profile with the free parameters at `values`, in their order.
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] for a value the parameter cannot have.
    pub fn profile(&self, values: &[f64]) -> Result<BiasProfile, PerceptionError> {
        let free = self.0.free.iter().zip(values);
        free.into_iter()
            .try_fold(self.0.fixed, |profile, (free, &value)| {
                free.parameter.set(&profile, value)
            })
    }

    /// The log-likelihood of the records' responses with the free parameters at `values`, the largest over
    /// the precision of choices where that is [fitted](Precision::Fitted); negative infinity if they could
    /// not have come about. O(records × acts × types).
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] for a value the parameter cannot have.
    pub fn log_likelihood(
        &self,
        records: &[Record],
        values: &[f64],
    ) -> Result<f64, PerceptionError> {
        let heard = self.heard(records, values)?;
        Ok(heard.likeliest(self.0.choice_precision).1)
    }

    /// What the records' responses say with the free parameters at `values`.
    pub(super) fn heard(
        &self,
        records: &[Record],
        values: &[f64],
    ) -> Result<Heard, PerceptionError> {
        let profile = self.profile(values)?;
        let mut heard = Heard::default();
        for record in records {
            self.of_record(record, &profile, &mut heard)?;
        }
        Ok(heard)
    }

    fn of_record(
        &self,
        record: &Record,
        profile: &BiasProfile,
        heard: &mut Heard,
    ) -> Result<(), PerceptionError> {
        let mut filter = Filter::new(record.prior());
        for observation in record.observations() {
            for act in &record.acts()[filter.acts()..observation.after] {
                match filter.observe(act, profile) {
                    Ok(()) => {}
                    // Who reads so could not have lived through the record.
                    Err(ReputationError::Impossible { .. }) => {
                        heard.reports = f64::NEG_INFINITY;
                        return Ok(());
                    }
                    Err(other) => return Err(other.into()),
                }
            }
            self.of_response(observation.response, filter.belief(), heard)?;
        }
        Ok(())
    }

    fn of_response(
        &self,
        response: Response,
        belief: &Belief,
        heard: &mut Heard,
    ) -> Result<(), PerceptionError> {
        let held = match belief.log_odds(self.0.trustworthy) {
            Some(odds) => odds.get(),
            None if belief.rules_out(self.0.trustworthy) => f64::NEG_INFINITY,
            None => f64::INFINITY,
        };
        match response {
            Response::Choice {
                threshold,
                decision,
            } => {
                let margin = held - threshold.log_odds()?.get();
                heard.margins.push(match decision {
                    Decision::Accepted => margin,
                    Decision::Refused => -margin,
                });
            }
            Response::Report { trust } => {
                let spread = self.0.report_spread;
                let error = (trust.log_odds()?.get() - held) / spread;
                heard.reports += -0.5 * error * error - spread.ln() - 0.5 * TAU.ln();
            }
        }
        Ok(())
    }
}
