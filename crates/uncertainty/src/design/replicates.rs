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

/// The 97.5th percentile of Student's t distribution; that of the normal distribution from a
/// million degrees of freedom on, where they agree in six digits.
fn student_97_5(freedom: f64) -> f64 {
    const NORMAL: f64 = 1.959_963_984_540_054;
    if freedom >= 1e6 {
        return NORMAL;
    }
    StudentsT::new(0.0, 1.0, freedom).map_or(NORMAL, |t| t.inverse_cdf(0.975))
}
