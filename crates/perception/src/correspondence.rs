use detente_quantity::{LogOdds, Probability};

use crate::{PerceptionError, error::weight};

/// A hostile act under threat, as a logit model: the chance of the act is
/// `σ(base + disposition·E + λ·situation)` with `E` whether the party is an expansionist and λ how
/// much of the situation the observer sees (claim C-49).
///
/// At λ = 1 the observer is a Bayesian; below 1 it lays the threat's doing at the door of the
/// party's character (correspondence bias; Jones & Harris 1967). A Bayesian unsure of the situation
/// behaves alike (Walker, Smith & Vul 2015), so λ = 1 with noise is the null to beat.
///
/// All coefficients are log-odds: finite, either sign.
///
/// ```
/// use detente_perception::ThreatAttribution;
/// use detente_quantity::{LogOdds, Probability};
///
/// let model = ThreatAttribution {
///     base: LogOdds::new(-2.0)?,
///     disposition: LogOdds::new(3.0)?,
///     situation: LogOdds::new(3.0)?,
/// };
/// let prior = Probability::new(0.3)?;
/// for (lambda, feared) in [(1.0, 0.3653), (0.5, 0.5120), (0.0, 0.7244)] {
///     assert!((model.posterior(prior, lambda)?.get() - feared).abs() < 1e-4);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ThreatAttribution {
    /// Log-odds of the act from a party that is no expansionist and under no threat.
    pub base: LogOdds,
    /// What being an expansionist adds.
    pub disposition: LogOdds,
    /// What the threat adds, as it truly is.
    pub situation: LogOdds,
}

impl ThreatAttribution {
    /// The belief that the party is an expansionist after one hostile act, from `prior`, for an
    /// observer with situational weight `lambda` (λ ≥ 0; 1 is Bayes). A prior of 0 or 1 stays.
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] if `lambda` is negative or not finite.
    pub fn posterior(
        &self,
        prior: Probability,
        lambda: f64,
    ) -> Result<Probability, PerceptionError> {
        let seen = weight("situational weight", lambda)? * self.situation.get();
        let innocent = self.base.get() + seen;
        let log_ratio = log_ratio(innocent, self.disposition.get());
        match prior.log_odds() {
            // Beyond the range of f64 both likelihoods are those of a certainty: nothing is learnt.
            Ok(odds) if log_ratio.is_finite() => {
                Ok(LogOdds::new(odds.get() + log_ratio)?.probability())
            }
            _ => Ok(prior),
        }
    }
}

/// `ln(σ(x + gain)/σ(x))`. For unlikely acts it is close to `gain`, however unlikely they are.
pub(crate) fn log_ratio(x: f64, gain: f64) -> f64 {
    let raised = x + gain;
    if x <= 0.0 && raised <= 0.0 {
        gain + x.exp().ln_1p() - raised.exp().ln_1p()
    } else {
        log_sigmoid(raised) - log_sigmoid(x)
    }
}

/// `ln σ(x)` without overflow.
pub(crate) fn log_sigmoid(x: f64) -> f64 {
    x.min(0.0) - (-x.abs()).exp().ln_1p()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn model(base: f64, disposition: f64, situation: f64) -> ThreatAttribution {
        ThreatAttribution {
            base: LogOdds::new(base).unwrap(),
            disposition: LogOdds::new(disposition).unwrap(),
            situation: LogOdds::new(situation).unwrap(),
        }
    }

    #[test]
    fn an_illegal_weight_is_named() {
        for lambda in [-0.1, f64::NAN, f64::INFINITY] {
            let error = model(0.0, 1.0, 1.0)
                .posterior(Probability::HALF, lambda)
                .unwrap_err();
            assert!(
                error.to_string().starts_with("situational weight is"),
                "{error}"
            );
        }
    }

    #[test]
    fn no_coefficient_is_too_large() {
        for x in [f64::MAX, -f64::MAX] {
            let posterior = model(x, x, x).posterior(Probability::HALF, 2.0).unwrap();
            assert!((0.0..=1.0).contains(&posterior.get()));
        }
    }

    proptest! {
        #[test]
        fn it_is_bayes_on_the_situation_as_seen(
            prior in 0.01..0.99_f64, base in -5.0..5.0_f64, disposition in -5.0..5.0_f64,
            situation in -5.0..5.0_f64, lambda in 0.0..2.0_f64,
        ) {
            let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
            let guilty = prior * sigmoid(base + disposition + lambda * situation);
            let innocent = (1.0 - prior) * sigmoid(base + lambda * situation);
            let posterior = model(base, disposition, situation)
                .posterior(Probability::new(prior).unwrap(), lambda)
                .unwrap();
            prop_assert!((posterior.get() - guilty / (guilty + innocent)).abs() < 1e-12);
        }

        #[test]
        fn less_of_the_threat_seen_is_more_fear(lambda in 0.0..1.0_f64) {
            let model = model(-2.0, 3.0, 3.0);
            let prior = Probability::new(0.3).unwrap();
            let biased = model.posterior(prior, lambda).unwrap();
            prop_assert!(biased > model.posterior(prior, 1.0).unwrap());
        }
    }
}
