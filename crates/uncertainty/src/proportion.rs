use detente_quantity::{Interval, Probability};

use crate::UncertaintyError;

/// The 97.5th percentile of the standard normal distribution.
const Z_95: f64 = 1.959_963_984_540_054;

/// A probability estimated as a share of draws, with its sampling error.
///
/// The standard error `√(p(1−p)/n)` is 0 when no draw or every draw was a success, which says
/// nothing about how far off the estimate may be; [`wilson_interval`](Self::wilson_interval) does
/// not have that flaw.
///
/// ```
/// use detente_uncertainty::Proportion;
/// let chance = Proportion::new(20, 100)?;
/// assert_eq!((chance.estimate().get(), chance.standard_error()), (0.2, 0.04));
/// assert!(Proportion::new(0, 100)?.wilson_interval().high() > 0.036);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proportion {
    successes: u64,
    n: u64,
}

impl Proportion {
    /// `successes` out of `n` draws.
    ///
    /// # Errors
    /// [`UncertaintyError::EmptySample`] if `n` is 0, [`UncertaintyError::TooManySuccesses`] if
    /// `successes > n`.
    pub const fn new(successes: u64, n: u64) -> Result<Self, UncertaintyError> {
        if n == 0 {
            return Err(UncertaintyError::EmptySample {
                statistic: "proportion",
            });
        }
        if successes > n {
            return Err(UncertaintyError::TooManySuccesses {
                successes,
                trials: n,
            });
        }
        Ok(Self { successes, n })
    }

    /// Counts how many draws are `true`. `O(n)`.
    ///
    /// # Errors
    /// [`UncertaintyError::EmptySample`] if there are none.
    pub fn of(draws: impl IntoIterator<Item = bool>) -> Result<Self, UncertaintyError> {
        let (mut successes, mut n) = (0, 0);
        for success in draws {
            successes += u64::from(success);
            n += 1;
        }
        Self::new(successes, n)
    }

    /// The share of successes.
    #[must_use]
    pub fn estimate(self) -> Probability {
        Probability::saturating(self.successes as f64 / self.n as f64)
    }

    /// `√(p(1−p)/n)`, the standard deviation of the estimate over repetitions of the sampling;
    /// 0 at an estimate of 0 or 1.
    #[must_use]
    pub fn standard_error(self) -> f64 {
        let p = self.estimate();
        (p.get() * p.complement().get() / self.n as f64).sqrt()
    }

    /// The 95% score interval: the probabilities under which the observed share would not be
    /// surprising (Wilson 1927). Inside 0–1, never empty, and of positive width at 0 and 1.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "both ends are brought into 0–1 and around the estimate"
    )]
    pub fn wilson_interval(self) -> Interval {
        let (p, n) = (self.estimate().get(), self.n as f64);
        let shrink = 1.0 + Z_95 * Z_95 / n;
        let centre = (p + Z_95 * Z_95 / (2.0 * n)) / shrink;
        let half = Z_95 / shrink * (p * (1.0 - p) / n + Z_95 * Z_95 / (4.0 * n * n)).sqrt();
        // Rounding must not push the interval off its own estimate.
        let low = Probability::saturating(centre - half).get().min(p);
        let high = Probability::saturating(centre + half).get().max(p);
        Interval::new(low, high).expect("the interval contains the estimate")
    }

    /// The number of successes.
    #[must_use]
    pub const fn successes(self) -> u64 {
        self.successes
    }

    /// The number of draws, at least 1.
    #[must_use]
    pub const fn n(self) -> u64 {
        self.n
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;

    fn proportion(successes: u64, n: u64) -> Proportion {
        Proportion::new(successes, n).unwrap()
    }

    #[test]
    fn worked_numbers() {
        let half = proportion(50, 100);
        assert_eq!((half.estimate().get(), half.standard_error()), (0.5, 0.05));
        // z²/(1 + z²/n) terms by hand: (0.5 ± 0.0980)/… gives 0.4038–0.5962.
        assert_relative_eq!(
            half.wilson_interval().low(),
            0.403_831_530_369_246,
            epsilon = 1e-9
        );
        assert_relative_eq!(
            half.wilson_interval().high(),
            0.596_168_469_630_754,
            epsilon = 1e-9
        );
        // At 0 of n the upper end is z²/(n + z²).
        let none = proportion(0, 10).wilson_interval();
        assert_eq!(none.low(), 0.0);
        assert_relative_eq!(
            none.high(),
            Z_95 * Z_95 / (10.0 + Z_95 * Z_95),
            epsilon = 1e-12
        );
        assert_eq!(proportion(0, 10).standard_error(), 0.0);
    }

    #[test]
    fn impossible_counts_are_refused() {
        assert!(Proportion::new(0, 0).is_err());
        assert_eq!(
            Proportion::new(3, 2).unwrap_err().to_string(),
            "3 successes in 2 trials; expected successes <= trials"
        );
        assert_eq!(
            Proportion::of([true, false, true, true]),
            Ok(proportion(3, 4))
        );
        assert!(Proportion::of([]).is_err());
    }

    proptest! {
        #[test]
        fn the_interval_contains_the_estimate_and_solves_the_score_equation(n in 1..u64::MAX, share in 0.0..=1.0_f64) {
            let counted = proportion(((n as f64 * share) as u64).min(n), n);
            let interval = counted.wilson_interval();
            let p = counted.estimate().get();
            prop_assert!(interval.contains(p));
            prop_assert!(0.0 <= interval.low() && interval.high() <= 1.0);
            // At each end q: |p − q| = z √(q(1−q)/n).
            for q in [interval.low(), interval.high()] {
                let (distance, score) = ((p - q).abs(), Z_95 * (q * (1.0 - q) / n as f64).sqrt());
                prop_assert!((distance - score).abs() < 1e-7, "{distance} {score}");
            }
        }
    }
}
