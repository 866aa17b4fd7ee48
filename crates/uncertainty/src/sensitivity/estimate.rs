use std::fmt;

use detente_quantity::{Interval, QuantityError};

/// A number that was estimated from finitely many points, with what is known of its error.
///
/// It is never clamped: an index of 0 may come out slightly negative, and saying so is part of an
/// unbiased answer. [`is_nil`](Self::is_nil) tells such a number, and `Display` prints it as
/// `≈ 0`; others get as many decimals as the interval justifies.
///
/// ```
/// use detente_quantity::Interval;
/// use detente_uncertainty::sensitivity::Estimate;
///
/// let index = |estimate, low, high| Ok::<_, detente_quantity::QuantityError>(Estimate {
///     estimate,
///     standard_error: (high - low) / 4.0,
///     interval: Some(Interval::new(low, high)?),
/// });
/// assert_eq!(index(0.31394, 0.29, 0.34)?.to_string(), "0.31");
/// assert_eq!(index(-0.0013, -0.02, 0.02)?.to_string(), "≈ 0");
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Estimate {
    /// The estimate itself.
    pub estimate: f64,
    /// Its standard error, to first order in the reciprocal number of rows.
    pub standard_error: f64,
    /// Its bootstrap interval, unless none was asked for or too few resamples varied.
    pub interval: Option<Interval>,
}

impl Estimate {
    /// Whether it cannot be told from 0: the interval covers 0 and the estimate is at most one
    /// standard error above it (on either side, for a number that may be negative). Without an
    /// interval, two standard errors on either side stand in for it.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        let covers = match self.interval {
            Some(interval) => interval.contains(0.0),
            None => self.estimate.abs() <= 2.0 * self.standard_error,
        };
        covers && self.estimate.abs() <= self.standard_error
    }

    /// The same number in units that are `1/factor` as large; `factor` is positive.
    pub(super) fn scaled(self, factor: f64) -> Result<Self, QuantityError> {
        let scale =
            |interval: Interval| Interval::new(interval.low() * factor, interval.high() * factor);
        Ok(Self {
            estimate: self.estimate * factor,
            standard_error: self.standard_error * factor,
            interval: self.interval.map(scale).transpose()?,
        })
    }

    /// Half the width of the interval, or two standard errors.
    fn half_width(&self) -> f64 {
        match self.interval {
            Some(interval) => interval.width() / 2.0,
            None => 2.0 * self.standard_error,
        }
    }

    /// The decimals down to the leading digit of the half-width, and at least to the leading digit
    /// of the number itself.
    fn decimals(&self) -> usize {
        let place = |x: f64| if x > 0.0 { -x.log10().floor() } else { 4.0 };
        let needed = place(self.half_width()).max(place(self.estimate.abs()).min(4.0));
        // NaN and infinities become 0 and the limits.
        needed.clamp(0.0, 12.0) as usize
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_nil() {
            f.pad("≈ 0")
        } else {
            f.pad(&format!("{:.*}", self.decimals(), self.estimate))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn prints(estimate: f64, low: f64, high: f64, expected: &str) {
        let interval = Some(Interval::new(low, high).unwrap());
        let standard_error = (high - low) / 4.0;
        let estimate = Estimate {
            estimate,
            standard_error,
            interval,
        };
        assert_eq!(estimate.to_string(), expected);
    }

    #[test]
    fn decimals_follow_the_interval() {
        prints(0.5576, 0.5, 0.62, "0.56");
        prints(0.5576, 0.554, 0.561, "0.558");
        prints(0.5576, 0.1, 0.9, "0.6");
        prints(1234.5, 1100.0, 1400.0, "1234");
        prints(0.0023, 0.001, 0.09, "0.002");
        prints(-0.25, -0.3, -0.2, "-0.25");
        prints(1.0, 1.0, 1.0, "1.0000");
    }

    #[test]
    fn what_cannot_be_told_from_zero_is_nil() {
        prints(0.0, 0.0, 0.0, "≈ 0");
        prints(-0.01, -0.03, 0.02, "≈ 0");
        prints(0.01, -0.03, 0.04, "≈ 0");
        prints(0.03, -0.001, 0.05, "0.03");
        let bare = |estimate, standard_error| Estimate {
            estimate,
            standard_error,
            interval: None,
        };
        assert!(bare(-0.1, 0.2).is_nil() && !bare(0.3, 0.2).is_nil());
        assert!(bare(0.0, 0.0).is_nil() && !bare(1e-9, 0.0).is_nil());
    }
}
