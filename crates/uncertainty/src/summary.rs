use detente_quantity::Probability;

use crate::{UncertaintyError, quantiles};

/// What a report says of many draws of one number: mean and its sampling error, median, and the
/// range from the 5th to the 95th percentile.
///
/// ```
/// use detente_uncertainty::Summary;
/// let draws: Vec<f64> = (0..=100).map(f64::from).collect();
/// let summary = Summary::of(&draws)?;
/// assert_eq!((summary.low(), summary.median(), summary.high()), (5.0, 50.0, 95.0));
/// assert!(Summary::of(&[1.0, f64::NAN]).is_err());
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Summary {
    n: u64,
    mean: f64,
    standard_error: f64,
    low: f64,
    median: f64,
    high: f64,
}

impl Summary {
    /// Summarises draws. `O(n log n)`; percentiles as in [`quantiles()`].
    ///
    /// # Errors
    /// [`UncertaintyError::EmptySample`] without draws, [`UncertaintyError::BadElement`] naming
    /// the first draw that is NaN, infinite or beyond [`MAGNITUDE_LIMIT`](crate::MAGNITUDE_LIMIT).
    pub fn of(draws: &[f64]) -> Result<Self, UncertaintyError> {
        let probabilities = [
            Probability::new(0.05)?,
            Probability::HALF,
            Probability::new(0.95)?,
        ];
        let mut sorted = draws.to_vec();
        let percentiles = quantiles(&mut sorted, &probabilities)?;
        // Added up in sorted order, so that the order of the draws cannot show in the last digit.
        let n = sorted.len() as f64;
        let mean = sorted.iter().sum::<f64>() / n;
        let squares: f64 = sorted.iter().map(|x| (x - mean) * (x - mean)).sum();
        let variance = squares / (n - 1.0).max(1.0);
        Ok(Self {
            n: sorted.len() as u64,
            mean,
            standard_error: (variance / n).sqrt(),
            low: percentiles[0],
            median: percentiles[1],
            high: percentiles[2],
        })
    }

    /// The arithmetic mean.
    #[must_use]
    pub const fn mean(self) -> f64 {
        self.mean
    }

    /// The standard error of the mean, `s/√n` with `s² = Σ(x − mean)²/(n−1)`. 0 for a single draw,
    /// whose error cannot be known: look at [`n`](Self::n) before quoting it.
    #[must_use]
    pub const fn standard_error(self) -> f64 {
        self.standard_error
    }

    /// The 5th percentile.
    #[must_use]
    pub const fn low(self) -> f64 {
        self.low
    }

    /// The median.
    #[must_use]
    pub const fn median(self) -> f64 {
        self.median
    }

    /// The 95th percentile.
    #[must_use]
    pub const fn high(self) -> f64 {
        self.high
    }

    /// The number of draws, at least 1.
    #[must_use]
    pub const fn n(self) -> u64 {
        self.n
    }
}

#[cfg(feature = "serde")]
mod reading {
    use serde::{Deserialize, Deserializer, de::Error as _};

    use super::Summary;
    use crate::{UncertaintyError, error::all_moderate};

    /// The shape of a summary in a file.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Statistics {
        n: u64,
        mean: f64,
        standard_error: f64,
        low: f64,
        median: f64,
        high: f64,
    }

    impl TryFrom<Statistics> for Summary {
        type Error = UncertaintyError;

        fn try_from(read: Statistics) -> Result<Self, UncertaintyError> {
            let percentiles = [read.low, read.median, read.high];
            all_moderate("statistics of a summary", &[read.mean, read.standard_error])?;
            all_moderate("percentiles of a summary", &percentiles)?;
            if read.n == 0 {
                return Err(UncertaintyError::EmptySample {
                    statistic: "summary",
                });
            }
            if read.standard_error < 0.0 {
                return Err(UncertaintyError::OutOfRange {
                    parameter: "summary's standard error",
                    given: read.standard_error,
                    expected: "a number of 0 or more",
                });
            }
            // The two intervals that have to be the right way round.
            detente_quantity::Interval::new(read.low, read.median)?;
            detente_quantity::Interval::new(read.median, read.high)?;
            Ok(Self {
                n: read.n,
                mean: read.mean,
                standard_error: read.standard_error,
                low: read.low,
                median: read.median,
                high: read.high,
            })
        }
    }

    impl<'de> Deserialize<'de> for Summary {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Self::try_from(Statistics::deserialize(deserializer)?).map_err(D::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn worked_numbers() {
        let summary = Summary::of(&[3.0, 1.0, 2.0, 6.0]).unwrap();
        assert_eq!(
            (summary.mean(), summary.median(), summary.n()),
            (3.0, 2.5, 4)
        );
        // Squared distances 0 + 4 + 1 + 9 = 14; 14/3/4 under the root.
        approx::assert_relative_eq!(summary.standard_error(), (14.0_f64 / 12.0).sqrt());
        approx::assert_relative_eq!(summary.low(), 1.15, epsilon = 1e-12);
        approx::assert_relative_eq!(summary.high(), 5.55, epsilon = 1e-12);
    }

    #[test]
    fn one_draw_and_none() {
        let one = Summary::of(&[4.0]).unwrap();
        assert_eq!(
            (one.mean(), one.low(), one.high(), one.standard_error()),
            (4.0, 4.0, 4.0, 0.0)
        );
        assert!(Summary::of(&[]).is_err());
        assert!(Summary::of(&[1.0, f64::INFINITY]).is_err());
    }

    proptest! {
        #[test]
        fn the_order_of_draws_does_not_matter(draws in prop::collection::vec(-1e6..1e6_f64, 1..50)) {
            let reversed: Vec<f64> = draws.iter().rev().copied().collect();
            prop_assert_eq!(Summary::of(&draws), Summary::of(&reversed));
        }

        #[test]
        fn equivariant_under_positive_affine_maps(draws in prop::collection::vec(-10.0..10.0_f64, 1..50), slope in 0.1..10.0_f64, shift in -10.0..10.0_f64) {
            let plain = Summary::of(&draws).unwrap();
            let mapped: Vec<f64> = draws.iter().map(|x| slope * x + shift).collect();
            let mapped = Summary::of(&mapped).unwrap();
            for get in [Summary::mean, Summary::low, Summary::median, Summary::high] {
                prop_assert!((get(mapped) - (slope * get(plain) + shift)).abs() < 1e-9);
            }
            prop_assert!((mapped.standard_error() - slope * plain.standard_error()).abs() < 1e-9);
        }
    }
}
