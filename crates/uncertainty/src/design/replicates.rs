use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::{UncertaintyError, error::all_moderate};

/// The mean of an estimate over independent replicates, with its error.
///
/// ```
/// use detente_uncertainty::Replicates;
/// let chance = Replicates::of(&[0.25, 0.27, 0.23, 0.25])?;
/// assert_eq!((chance.mean, chance.n), (0.25, 4));
/// assert!(chance.low < 0.25 && 0.25 < chance.high);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Replicates {
    /// The number of replicates, at least 2.
    pub n: usize,
    /// The mean of their estimates.
    pub mean: f64,
    /// The standard error of the mean, `s/√n` with `s² = Σ(x − mean)²/(n−1)`.
    pub standard_error: f64,
    /// The lower end of the 95% interval, `mean − t s/√n` with the 97.5th percentile `t` of
    /// Student's distribution of `n − 1` degrees of freedom (Student 1908).
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Replicates {
    /// From the estimates of the replicates. `O(n)`.
    ///
    /// # Errors
    /// [`UncertaintyError::SampleTooSmall`] of fewer than two, [`UncertaintyError::BadElement`]
    /// naming the first that is NaN, infinite or beyond
    /// [`MAGNITUDE_LIMIT`](crate::MAGNITUDE_LIMIT).
    pub fn of(estimates: &[f64]) -> Result<Self, UncertaintyError> {
        if estimates.len() < 2 {
            return Err(UncertaintyError::SampleTooSmall {
                statistic: "error of the mean of replicates",
                given: estimates.len(),
                expected: 2,
            });
        }
        all_moderate("estimates of replicates", estimates)?;
        let n = estimates.len() as f64;
        let mean = estimates.iter().sum::<f64>() / n;
        let squares: f64 = estimates.iter().map(|x| (x - mean) * (x - mean)).sum();
        let standard_error = (squares / (n - 1.0) / n).sqrt();
        let reach = standard_error * student_97_5(n - 1.0);
        Ok(Self {
            n: estimates.len(),
            mean,
            standard_error,
            low: mean - reach,
            high: mean + reach,
        })
    }
}

/// The 97.5th percentile of Student's t distribution. From 100 degrees of freedom on by its
/// expansion around the normal one `z` (Abramowitz and Stegun 1964, 26.7.5), whose error is below
/// 2·10⁻⁸ there; the library's search for the root gets worse with the degrees of freedom.
fn student_97_5(freedom: f64) -> f64 {
    let z = 1.959_963_984_540_054_f64;
    if freedom < 100.0 {
        return StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |t| t.inverse_cdf(0.975));
    }
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + (first + (second + third / freedom) / freedom) / freedom
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_numbers() {
        let two = Replicates::of(&[1.0, 3.0]).unwrap();
        assert_eq!((two.mean, two.standard_error, two.n), (2.0, 1.0, 2));
        // t = 12.7062 with one degree of freedom.
        approx::assert_relative_eq!(two.high, 14.706_204_736, epsilon = 1e-6);
        approx::assert_relative_eq!(two.low, -10.706_204_736, epsilon = 1e-6);
        let same = Replicates::of(&[0.1; 5]).unwrap();
        assert!(same.standard_error < 1e-16 && same.low <= 0.1 && 0.1 <= same.high);
    }

    /// Percentiles as printed in every table of the distribution.
    #[test]
    fn percentiles_are_the_tables() {
        for (freedom, percentile) in [
            (1.0, 12.706_205),
            (2.0, 4.302_653),
            (7.0, 2.364_624),
            (15.0, 2.131_450),
            (30.0, 2.042_272),
            (120.0, 1.979_930),
            (99.0, 1.984_217),
            (100.0, 1.983_972),
            (1000.0, 1.962_339),
            (1e6, 1.959_966),
            (1e300, 1.959_964),
        ] {
            approx::assert_abs_diff_eq!(student_97_5(freedom), percentile, epsilon = 3e-6);
        }
    }

    #[test]
    fn too_few_and_no_numbers() {
        assert_eq!(
            Replicates::of(&[1.0]).unwrap_err().to_string(),
            "error of the mean of replicates of 1 numbers; expected at least 2"
        );
        assert!(Replicates::of(&[]).is_err());
        assert!(Replicates::of(&[1.0, f64::NAN]).is_err());
        assert!(Replicates::of(&[1.0, 1e200]).is_err());
        assert!(Replicates::of(&[1e100, -1e100]).unwrap().high.is_finite());
    }
}
