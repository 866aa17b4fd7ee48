use detente_quantity::{LogOdds, Probability};
use detente_reputation::{Act, Evidence, ReputationError, Tone};

use crate::correspondence::log_ratio;

/// A cooperative act as a costly signal (Kelley's augmentation principle; claim C-48): the chance that
/// a party does it is `σ(base + benign·B + pressure·W − cost)`, with `B` whether it means well and `W`
/// whether it is under pressure to give way.
///
/// The likelihood ratio of good intentions is `σ(x + benign)/σ(x)` with `x = base + pressure·W − cost`.
/// It rises with the cost towards `e^benign`, for only those who mean well bear it, and falls with the
/// pressure towards 1, for then anybody would do it: discounting and augmentation in one formula. All
/// coefficients are log-odds, finite and of either sign; `cost` is in the same units (the notes' `κ·cost`).
///
/// ```
/// use detente_perception::CostlySignal;
/// use detente_quantity::LogOdds;
///
/// let odds = LogOdds::new;
/// let signal = CostlySignal { base: odds(0.0)?, benign: odds(2.0)?, pressure: odds(2.0)? };
/// assert!((signal.likelihood_ratio(odds(0.0)?) - 1.762).abs() < 5e-4);
/// assert!((signal.likelihood_ratio(odds(3.0)?) - 5.671).abs() < 5e-4); // costly
/// assert!((signal.pressed().likelihood_ratio(odds(0.0)?) - 1.115).abs() < 5e-4); // forced
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct CostlySignal {
    /// Log-odds of the act from a party that neither means well nor is weak, were it free.
    pub base: LogOdds,
    /// What meaning well adds.
    pub benign: LogOdds,
    /// What being under pressure to give way adds.
    pub pressure: LogOdds,
}

impl CostlySignal {
    /// The signal of a party that is under pressure: its base is raised by that, once.
    #[must_use]
    pub fn pressed(&self) -> Self {
        Self {
            base: sum(self.base, self.pressure.get()),
            pressure: sum(self.pressure, -self.pressure.get()),
            ..*self
        }
    }

    /// How much likelier the act is from a party that means well, at this cost and no pressure:
    /// between 1 and `e^benign`, held to the range of `f64`.
    #[must_use]
    pub fn likelihood_ratio(&self, cost: LogOdds) -> f64 {
        let plain = sum(self.base, -cost.get());
        log_ratio(plain.get(), self.benign.get())
            .exp()
            .min(f64::MAX)
    }

    /// The act at this cost and no pressure, from the types (means well, does not) in that order, for an
    /// observer who may misjudge the cost
    /// ([`BiasParams::augmentation`](crate::BiasParams::augmentation)).
    ///
    /// # Errors
    /// None that a finite coefficient can cause.
    pub fn act(&self, tone: Tone, cost: LogOdds) -> Result<Act, ReputationError> {
        let plain = sum(self.base, -cost.get());
        let chances = [sum(plain, self.benign.get()), plain].map(LogOdds::probability);
        let evidence = Evidence::likelihoods(chances.to_vec(), Probability::ZERO)?;
        Ok(Act::new(tone, evidence).costing(cost))
    }

    /// What the act shows at this cost and no pressure, of the types (means well, does not), in that
    /// order.
    ///
    /// # Errors
    /// [`ReputationError::Ratio`] if the likelihood ratio is too small for `f64`.
    pub fn evidence(&self, cost: LogOdds) -> Result<Evidence, ReputationError> {
        Evidence::ratios(vec![self.likelihood_ratio(cost), 1.0])
    }
}

/// A sum of log-odds, held to the range of `f64`.
fn sum(odds: LogOdds, more: f64) -> LogOdds {
    LogOdds::new((odds.get() + more).clamp(f64::MIN, f64::MAX)).unwrap_or(odds)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn odds(value: f64) -> LogOdds {
        LogOdds::new(value).unwrap()
    }

    fn signal(base: f64, benign: f64, pressure: f64) -> CostlySignal {
        CostlySignal {
            base: odds(base),
            benign: odds(benign),
            pressure: odds(pressure),
        }
    }

    #[test]
    fn limits_are_limits() {
        let signal = signal(0.0, 2.0, 2.0);
        assert!((signal.likelihood_ratio(odds(1e300)) - 2.0_f64.exp()).abs() < 1e-12);
        assert_eq!(signal.likelihood_ratio(odds(-1e300)), 1.0);
        for extreme in [f64::MAX, f64::MIN] {
            let signal = self::signal(extreme, extreme, extreme);
            for cost in [f64::MAX, 0.0, f64::MIN] {
                assert!(signal.likelihood_ratio(odds(cost)).is_finite());
                assert!(signal.pressed().likelihood_ratio(odds(cost)).is_finite());
            }
        }
    }

    proptest! {
        #[test]
        fn cost_augments_and_pressure_discounts(
            base in -3.0..3.0_f64, benign in 0.1..4.0_f64, pressure in 0.1..4.0_f64,
            cost in -3.0..3.0_f64, more in 0.1..3.0_f64,
        ) {
            let signal = signal(base, benign, pressure);
            let ratio = signal.likelihood_ratio(odds(cost));
            prop_assert!(1.0 < ratio && ratio < benign.exp());
            prop_assert!(signal.likelihood_ratio(odds(cost + more)) > ratio);
            prop_assert!(signal.pressed().likelihood_ratio(odds(cost)) < ratio);
            let mut read = [0.0; 2];
            signal.evidence(odds(cost)).unwrap().warranted_log_likelihoods(&mut read);
            prop_assert!((read[0] - read[1] - ratio.ln()).abs() < 1e-12);
        }
    }
}
