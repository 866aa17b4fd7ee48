use detente_quantity::Probability;

use crate::PerceptionError;

/// A possible cause of an act, such as good intentions or weakness.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Cause {
    /// How likely the cause is to be present.
    pub prior: Probability,
    /// How likely it is, when present, to produce the act by itself.
    pub strength: Probability,
}

/// Several independent causes, each enough to produce an act: the noisy-or model behind Kelley's
/// discounting principle (Kelley 1973; claim C-47).
///
/// With `X_k` whether cause `k` is present, `λ_k` its strength and `λ₀` the leak (the chance that
/// the act happens for no listed cause): `P(act | X) = 1 − (1 − λ₀) Π_k (1 − λ_k)^{X_k}`. Once the
/// act is seen the causes compete: learning that one is present makes the others less credible.
/// This is what a Bayesian does too. Noisy-or alone gives discounting but no augmentation, for
/// inhibitors common to all causes cancel.
///
/// ```
/// use detente_perception::{Cause, NoisyOr};
/// use detente_quantity::Probability;
///
/// // A concession may come from good will (0) or from weakness (1).
/// let p = |value| Probability::new(value);
/// let model = NoisyOr::new(p(0.05)?, vec![
///     Cause { prior: p(0.3)?, strength: p(0.6)? },
///     Cause { prior: p(0.5)?, strength: p(0.6)? },
/// ]);
/// let good_will = |model: &NoisyOr| model.posterior(0).map(Probability::get);
/// assert!((good_will(&model)? - 0.4843).abs() < 1e-4);
/// assert!((good_will(&model.knowing(1, Probability::ONE)?)? - 0.3696).abs() < 1e-4);
/// assert!((good_will(&model.knowing(1, Probability::ZERO)?)? - 0.8416).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct NoisyOr {
    leak: Probability,
    causes: Vec<Cause>,
}

impl NoisyOr {
    /// A model with this leak and these causes, numbered from 0; there may be none.
    #[must_use]
    pub const fn new(leak: Probability, causes: Vec<Cause>) -> Self {
        Self { leak, causes }
    }

    /// The same model for an observer who holds cause `place` present with probability `prior`: 1
    /// if it is known to be there, 0 if it is known not to be.
    ///
    /// # Errors
    /// [`PerceptionError::NoSuchCause`] if there are not so many causes.
    pub fn knowing(&self, place: usize, prior: Probability) -> Result<Self, PerceptionError> {
        let mut informed = self.clone();
        match informed.causes.get_mut(place) {
            Some(cause) => {
                cause.prior = prior;
                Ok(informed)
            }
            None => Err(self.no_such_cause(place)),
        }
    }

    /// The chance of the act before it is seen. O(causes).
    #[must_use]
    pub fn chance_of_act(&self) -> Probability {
        self.chance_with(None)
    }

    /// The probability that cause `place` is present once the act has been seen. Exact: independent
    /// causes sum to a product, so nothing is enumerated. O(causes).
    ///
    /// # Errors
    /// [`PerceptionError::NoSuchCause`] if there are not so many causes,
    /// [`PerceptionError::Inexplicable`] if the act cannot happen under the model.
    pub fn posterior(&self, place: usize) -> Result<Probability, PerceptionError> {
        let cause = *self
            .causes
            .get(place)
            .ok_or_else(|| self.no_such_cause(place))?;
        let present = cause.prior.get() * self.chance_with(Some((place, Probability::ONE))).get();
        let absent = cause.prior.complement().get()
            * self.chance_with(Some((place, Probability::ZERO))).get();
        if present + absent > 0.0 {
            Ok(Probability::saturating(present / (present + absent)))
        } else {
            Err(PerceptionError::Inexplicable)
        }
    }

    /// `1 − (1 − λ₀) Π (1 − π_k λ_k)`, with the prior of one cause replaced if asked.
    fn chance_with(&self, replaced: Option<(usize, Probability)>) -> Probability {
        let mut log_no_act = (-self.leak.get()).ln_1p();
        for (place, cause) in self.causes.iter().enumerate() {
            let prior = match replaced {
                Some((other, prior)) if other == place => prior,
                _ => cause.prior,
            };
            log_no_act += (-prior.get() * cause.strength.get()).ln_1p();
        }
        Probability::saturating(-log_no_act.exp_m1())
    }

    fn no_such_cause(&self, given: usize) -> PerceptionError {
        PerceptionError::NoSuchCause {
            given,
            causes: self.causes.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    /// The same posterior by summing over every combination of causes.
    fn by_enumeration(model: &NoisyOr, place: usize) -> Option<f64> {
        let (mut with, mut total) = (0.0, 0.0);
        for combination in 0..1_u32 << model.causes.len() {
            let is_present = |k: usize| combination >> k & 1 == 1;
            let mut weight = 1.0;
            let mut no_act = 1.0 - model.leak.get();
            for (k, cause) in model.causes.iter().enumerate() {
                let prior = cause.prior.get();
                weight *= if is_present(k) { prior } else { 1.0 - prior };
                no_act *= if is_present(k) {
                    1.0 - cause.strength.get()
                } else {
                    1.0
                };
            }
            total += weight * (1.0 - no_act);
            with += if is_present(place) {
                weight * (1.0 - no_act)
            } else {
                0.0
            };
        }
        (total > 1e-9).then(|| with / total)
    }

    fn cause(prior: f64, strength: f64) -> Cause {
        Cause {
            prior: Probability::new(prior).unwrap(),
            strength: Probability::new(strength).unwrap(),
        }
    }

    #[test]
    fn an_act_that_cannot_happen_explains_nothing() {
        let model = NoisyOr::new(Probability::ZERO, vec![cause(0.0, 1.0), cause(1.0, 0.0)]);
        assert_eq!(model.posterior(0), Err(PerceptionError::Inexplicable));
        let error = model.posterior(2).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no cause 2; expected a place from 0 to below 2"
        );
        assert!(NoisyOr::new(Probability::ONE, vec![]).posterior(0).is_err());
        assert!(model.knowing(9, Probability::ONE).is_err());
    }

    #[test]
    fn a_certain_act_teaches_nothing() {
        let model = NoisyOr::new(Probability::ONE, vec![cause(0.3, 0.6)]);
        approx::assert_relative_eq!(model.posterior(0).unwrap().get(), 0.3, epsilon = 1e-15);
    }

    #[test]
    fn weak_causes_keep_their_proportions() {
        // So weak that 1 − (1 − x) would round to nothing.
        let model = NoisyOr::new(
            Probability::ZERO,
            vec![cause(0.5, 1e-300), cause(0.5, 3e-300)],
        );
        let posterior = model.posterior(0).unwrap().get();
        approx::assert_relative_eq!(posterior, 0.625, epsilon = 1e-12);
    }

    proptest! {
        #[test]
        fn the_product_equals_the_enumeration(model in strategies::noisy_or(6), k in 0..6_usize) {
            let place = k % model.causes.len();
            if let Some(enumerated) = by_enumeration(&model, place) {
                let posterior = model.posterior(place).unwrap().get();
                prop_assert!((posterior - enumerated).abs() < 1e-6, "{posterior} {enumerated}");
            }
        }
    }
}
