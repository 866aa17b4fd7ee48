use std::fmt;

use crate::{Probability, QuantityError, error::finite};

/// Log-odds `ln(p / (1 − p))` of a probability strictly between 0 and 1, in natural-logarithm
/// units. Evidence adds here: Bayes' rule is `posterior = prior + ln(likelihood ratio)`.
///
/// ```
/// use detente_quantity::{LogOdds, Probability};
/// let even = LogOdds::new(0.0)?;
/// assert_eq!(even.probability(), Probability::HALF);
/// assert!((even.shifted_by_ratio(9.0)?.probability().get() - 0.9).abs() < 1e-15);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct LogOdds(f64);

impl LogOdds {
    /// Checks that `value` is finite.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] for NaN and infinities: certainty is not a log-odds.
    pub fn new(value: f64) -> Result<Self, QuantityError> {
        finite("log-odds", value).map(|value| Self(value + 0.0))
    }

    /// The number itself: any finite number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The probability `1 / (1 + e^−x)`. Beyond about ±37 (upwards) and ±745 (downwards) the
    /// nearest `f64` is 1 or 0 exactly: the conversion then rounds to certainty.
    #[must_use]
    pub fn probability(self) -> Probability {
        // The exponential of a non-positive number never overflows.
        let small = (-self.0.abs()).exp();
        let value = if self.0 >= 0.0 {
            1.0 / (1.0 + small)
        } else {
            small / (1.0 + small)
        };
        Probability::saturating(value)
    }

    /// The log-odds after evidence whose likelihood ratio (for against against) is `ratio`:
    /// `x + ln(ratio)`, Bayes' rule.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] unless `ratio` is positive and finite.
    pub fn shifted_by_ratio(self, ratio: f64) -> Result<Self, QuantityError> {
        if ratio > 0.0 && ratio.is_finite() {
            Self::new(self.0 + ratio.ln())
        } else {
            Err(QuantityError::OutOfRange {
                quantity: "likelihood ratio",
                given: ratio,
                expected: "a positive, finite number",
            })
        }
    }

    /// The weight of evidence in decibels, `10·log₁₀(odds)` (Good 1950; claim R-09).
    #[must_use]
    pub fn decibels(self) -> f64 {
        10.0 * self.0 / std::f64::consts::LN_10
    }
}

impl fmt::Display for LogOdds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<f64> for LogOdds {
    type Error = QuantityError;

    fn try_from(value: f64) -> Result<Self, QuantityError> {
        Self::new(value)
    }
}

impl From<LogOdds> for f64 {
    fn from(value: LogOdds) -> f64 {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_likelihood_ratio_of_two_is_three_decibels() {
        let evidence = LogOdds::new(0.0).unwrap().shifted_by_ratio(2.0).unwrap();
        assert_relative_eq!(evidence.decibels(), 3.010_299_956_639_812, epsilon = 1e-12);
    }

    #[test]
    fn extreme_log_odds_round_to_certainty_without_overflow() {
        assert_eq!(
            LogOdds::new(f64::MAX).unwrap().probability(),
            Probability::ONE
        );
        assert_eq!(
            LogOdds::new(f64::MIN).unwrap().probability(),
            Probability::ZERO
        );
    }

    #[test]
    fn impossible_ratios_are_refused() {
        for ratio in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(
                LogOdds::new(0.0).unwrap().shifted_by_ratio(ratio).is_err(),
                "{ratio}"
            );
        }
    }

    proptest! {
        #[test]
        fn probability_and_log_odds_are_inverse(p in 1e-12..1.0_f64 - 1e-12) {
            let back = Probability::new(p).unwrap().log_odds().unwrap().probability().get();
            prop_assert!((back - p).abs() <= 1e-12 * p.max(1e-3), "{p} came back as {back}");
        }
    }
}
