use std::fmt;

use crate::QuantityError;

/// A discount factor δ in `[0, 1)`: what a payoff next period is worth against the same payoff
/// now. 0 is a party that lives for today; 1 is refused because the value of an endless stream
/// would be infinite.
///
/// ```
/// use detente_quantity::DiscountFactor;
/// assert_eq!(DiscountFactor::new(0.75)?.horizon(), 4.0);
/// assert!(DiscountFactor::new(1.0).is_err());
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct DiscountFactor(f64);

impl DiscountFactor {
    /// Lives for today: δ = 0.
    pub const MYOPIC: Self = Self(0.0);

    /// Checks that `value` lies in `[0, 1)`. Negative zero is stored as zero.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] for NaN, infinities and anything outside `[0, 1)`.
    pub fn new(value: f64) -> Result<Self, QuantityError> {
        if (0.0..1.0).contains(&value) {
            Ok(Self(value + 0.0))
        } else {
            Err(QuantityError::OutOfRange {
                quantity: "discount factor",
                given: value,
                expected: "a number from 0 up to, but not including, 1",
            })
        }
    }

    /// The number itself, in `[0, 1)`.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The present value of one unit in every period from now on, `1 / (1 − δ)`.
    #[must_use]
    pub fn horizon(self) -> f64 {
        1.0 / (1.0 - self.0)
    }
}

impl fmt::Display for DiscountFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<f64> for DiscountFactor {
    type Error = QuantityError;

    fn try_from(value: f64) -> Result<Self, QuantityError> {
        Self::new(value)
    }
}

impl From<DiscountFactor> for f64 {
    fn from(value: DiscountFactor) -> f64 {
        value.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_refused_and_its_neighbour_is_not() {
        assert!(DiscountFactor::new(1.0).is_err());
        assert!(DiscountFactor::new(1.0 - f64::EPSILON).is_ok());
        for illegal in [-1e-300, 2.0, f64::NAN, f64::INFINITY] {
            assert!(DiscountFactor::new(illegal).is_err(), "{illegal}");
        }
    }

    #[test]
    fn the_horizon_sums_the_geometric_series() {
        let delta = DiscountFactor::new(0.9).unwrap();
        let series: f64 = (0..1000).map(|period| 0.9_f64.powi(period)).sum();
        approx::assert_relative_eq!(delta.horizon(), series, epsilon = 1e-9);
    }
}
