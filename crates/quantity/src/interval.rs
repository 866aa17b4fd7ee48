use std::fmt;

use crate::{QuantityError, error::finite};

/// A closed interval `[low, high]` of finite numbers, `low ≤ high`. A single point is an interval.
///
/// ```
/// use detente_quantity::Interval;
/// let range = Interval::new(-1.0, 3.0)?;
/// assert_eq!((range.width(), range.midpoint()), (4.0, 1.0));
/// assert!(Interval::new(3.0, -1.0).is_err());
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    low: f64,
    high: f64,
}

impl Interval {
    /// Checks that both ends are finite and in order.
    ///
    /// # Errors
    /// [`QuantityError::OutOfRange`] if an end is NaN or infinite, [`QuantityError::Reversed`] if
    /// `low > high`.
    pub fn new(low: f64, high: f64) -> Result<Self, QuantityError> {
        let (low, high) = (
            finite("interval's lower end", low)?,
            finite("interval's upper end", high)?,
        );
        if low <= high {
            Ok(Self { low, high })
        } else {
            Err(QuantityError::Reversed { low, high })
        }
    }

    /// The lower end.
    #[must_use]
    pub const fn low(self) -> f64 {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub const fn high(self) -> f64 {
        self.high
    }

    /// `high − low`, never negative; infinite only if the ends are some 10³⁰⁸ apart.
    #[must_use]
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// The point halfway between the ends, computed without overflow.
    #[must_use]
    pub fn midpoint(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Whether `value` lies in the interval, ends included. NaN lies in none.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Whether every point of `other` lies in this interval.
    #[must_use]
    pub fn encloses(self, other: Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    /// The points that both intervals share, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        (low <= high).then_some(Self { low, high })
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}, {}]", self.low, self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: f64, high: f64) -> Interval {
        Interval::new(low, high).unwrap()
    }

    #[test]
    fn ends_must_be_finite_and_in_order() {
        assert!(Interval::new(f64::NAN, 1.0).is_err());
        assert!(Interval::new(0.0, f64::INFINITY).is_err());
        assert_eq!(
            Interval::new(1.0, 0.0),
            Err(QuantityError::Reversed {
                low: 1.0,
                high: 0.0
            })
        );
        assert!(Interval::new(1.0, 1.0).is_ok());
    }

    #[test]
    fn touching_intervals_share_a_point() {
        assert_eq!(
            interval(0.0, 1.0).intersection(interval(1.0, 2.0)),
            Some(interval(1.0, 1.0))
        );
        assert_eq!(interval(0.0, 1.0).intersection(interval(1.5, 2.0)), None);
    }

    #[test]
    fn nan_lies_in_no_interval() {
        assert!(!interval(0.0, 1.0).contains(f64::NAN));
    }

    #[test]
    fn the_midpoint_does_not_overflow() {
        assert_eq!(interval(f64::MAX, f64::MAX).midpoint(), f64::MAX);
    }
}
