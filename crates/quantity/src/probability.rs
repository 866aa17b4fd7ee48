use std::fmt;

use crate::{LogOdds, QuantityError};

/// A probability: a number in `[0, 1]`, ends included.
///
/// The ends are legal because certainty exists (a type that always honours, a violation that is
/// always detected); they are told apart by [`Probability::is_certain`] wherever updating them
/// would be meaningless.
///
/// ```
/// use detente_quantity::Probability;
/// assert!(Probability::new(1.0 + f64::EPSILON).is_err());
/// assert_eq!(Probability::new(0.25)?.complement().get(), 0.75);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// Impossible: 0.
    pub const ZERO: Self = Self(0.0);
    /// Even odds: ½.
    pub const HALF: Self = Self(0.5);
    /// Certain: 1.
    pub const ONE: Self = Self(1.0);

    /// Checks that `value` lies in `[0, 1]`. Negative zero is stored as zero.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] for NaN, infinities and anything outside `[0, 1]`.
    pub fn new(value: f64) -> Result<Self, QuantityError> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value + 0.0))
        } else {
            Err(QuantityError::OutOfRange {
                quantity: "probability",
                given: value,
                expected: "a number from 0 to 1",
            })
        }
    }

    /// Brings a computed value back into `[0, 1]`, for sums and products of probabilities that
    /// rounding may carry past an end. NaN, which no such sum can give, becomes 0.
    #[must_use]
    pub fn saturating(value: f64) -> Self {
        // `clamp` would pass NaN on; the comparison does not.
        if value > 0.0 {
            Self(value.min(1.0))
        } else {
            Self::ZERO
        }
    }

    /// The number itself, in `[0, 1]`.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The probability of the contrary event, `1 − p`.
    #[must_use]
    pub fn complement(self) -> Self {
        Self(1.0 - self.0)
    }

    /// Whether the value is exactly 0 or exactly 1.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self.0 <= 0.0 || self.0 >= 1.0
    }

    /// The log-odds `ln(p / (1 − p))`, in natural-logarithm units.
    ///
    /// # Errors
    /// [`QuantityError::Certainty`] at 0 and 1, whose log-odds are infinite.
    pub fn log_odds(self) -> Result<LogOdds, QuantityError> {
        if self.is_certain() {
            return Err(QuantityError::Certainty { given: self.0 });
        }
        LogOdds::new(self.0.ln() - (-self.0).ln_1p())
    }
}

impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<f64> for Probability {
    type Error = QuantityError;

    fn try_from(value: f64) -> Result<Self, QuantityError> {
        Self::new(value)
    }
}

impl From<Probability> for f64 {
    fn from(value: Probability) -> f64 {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_legal_and_what_lies_beyond_is_not() {
        for legal in [0.0, -0.0, f64::MIN_POSITIVE, 0.5, 1.0] {
            assert!(Probability::new(legal).is_ok(), "{legal}");
        }
        for illegal in [
            -1e-300,
            1.0 + f64::EPSILON,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ] {
            assert!(Probability::new(illegal).is_err(), "{illegal}");
        }
    }

    #[test]
    fn negative_zero_is_stored_as_zero() {
        assert!(Probability::new(-0.0).unwrap().get().is_sign_positive());
        assert!(Probability::saturating(-0.0).get().is_sign_positive());
    }

    #[test]
    fn certainty_has_no_log_odds() {
        for end in [Probability::ZERO, Probability::ONE] {
            assert_eq!(
                end.log_odds(),
                Err(QuantityError::Certainty { given: end.get() })
            );
        }
    }

    #[test]
    fn saturation_never_leaves_the_range() {
        assert_eq!(Probability::saturating(1.0 + 1e-12), Probability::ONE);
        assert_eq!(Probability::saturating(-3.0), Probability::ZERO);
        assert_eq!(Probability::saturating(f64::NAN), Probability::ZERO);
    }
}
