use detente_quantity::Probability;

use crate::{ReputationError, Tone, incomplete_beta::BetaDistribution};

/// Counts above this are refused: an `f64` stops counting single acts not far beyond it.
const MOST: f64 = 1e15;

/// A reputation as a beta distribution over the chance that the next act is cooperative
/// (Jøsang & Ismail 2002; claim R-01): `r` good and `s` bad acts on a prior `Beta(a, b)` make
/// `Beta(a + r, b + s)`, with mean `(a + r) / (a + b + r + s)`.
///
/// Counts need not be whole: acts may fade. Assumes acts alike and independent given the chance.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::BetaReputation;
///
/// let reputation = BetaReputation::from_counts(7.0, 1.0)?;
/// assert_eq!(reputation.mean().get(), 0.8); // the paper's example
/// let interval = reputation.credible(Probability::new(0.95)?);
/// assert!((interval.low.get() - 0.51750).abs() < 5e-6);
/// assert!((interval.high.get() - 0.97186).abs() < 5e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaReputation {
    good: f64,
    bad: f64,
    prior_good: f64,
    prior_bad: f64,
}

/// An equal-tailed credible interval: with chance `level` the true rate lies from `low` to `high`,
/// and it is as likely to lie below as above.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CredibleInterval {
    /// The lower end.
    pub low: Probability,
    /// The upper end, at or above the lower.
    pub high: Probability,
    /// The probability that the interval holds.
    pub level: Probability,
}

impl BetaReputation {
    /// A stranger: no acts, and every chance of cooperation equally likely (`a = b = 1`).
    pub const UNKNOWN: Self = Self {
        good: 0.0,
        bad: 0.0,
        prior_good: 1.0,
        prior_bad: 1.0,
    };

    /// No acts yet, on the prior `Beta(prior_good, prior_bad)`: as if so many acts of each kind had
    /// been seen. ½ and ½ is Jeffreys' prior.
    ///
    /// # Errors
    /// [`ReputationError::Count`] unless both lie above 0 and at most 10¹⁵.
    pub fn with_prior(prior_good: f64, prior_bad: f64) -> Result<Self, ReputationError> {
        Ok(Self {
            prior_good: positive("prior weight of good acts", prior_good)?,
            prior_bad: positive("prior weight of bad acts", prior_bad)?,
            ..Self::UNKNOWN
        })
    }

    /// `good` and `bad` acts on the uniform prior.
    ///
    /// # Errors
    /// [`ReputationError::Count`] unless both lie from 0 to 10¹⁵.
    pub fn from_counts(good: f64, bad: f64) -> Result<Self, ReputationError> {
        Self::UNKNOWN.and_counts(good, bad)
    }

    /// Adds `good` and `bad` acts, such as another observer's report.
    ///
    /// # Errors
    /// [`ReputationError::Count`] unless both numbers and the counts they lead to lie from 0 to
    /// 10¹⁵.
    pub fn and_counts(self, good: f64, bad: f64) -> Result<Self, ReputationError> {
        Ok(Self {
            good: count(
                "count of good acts",
                self.good + count("count of good acts", good)?,
            )?,
            bad: count(
                "count of bad acts",
                self.bad + count("count of bad acts", bad)?,
            )?,
            ..self
        })
    }

    /// Counts one more act in full.
    #[must_use]
    pub fn observed(self, tone: Tone) -> Self {
        match tone {
            Tone::Cooperative => Self {
                good: (self.good + 1.0).min(MOST),
                ..self
            },
            Tone::Hostile => Self {
                bad: (self.bad + 1.0).min(MOST),
                ..self
            },
        }
    }

    /// Lets all acts so far fade: counts are multiplied by `retained` (λ: 1 keeps all, 0 forgets
    /// all). The prior does not fade. With one good act after each fading the count tends to
    /// `1 / (1 − λ)`.
    #[must_use]
    pub fn faded(self, retained: Probability) -> Self {
        Self {
            good: self.good * retained.get(),
            bad: self.bad * retained.get(),
            ..self
        }
    }

    /// What this reputation, as reported by a witness, is worth to someone who knows the witness by
    /// `witness`: both counts shrink by the same factor, `2r' / [(s' + 2)(r + s + 2) + 2r']` with
    /// `r'`, `s'` the witness's good and bad reports (Jøsang & Ismail 2002). A stranger's report and
    /// a known liar's both count for nothing, unlike in
    /// [`as_inferred_from`](BetaReputation::as_inferred_from). The prior stays.
    #[must_use]
    pub fn as_reported_by(self, witness: &Self) -> Self {
        let vouched = 2.0 * witness.good;
        let doubt = (witness.bad + 2.0) * (self.good + self.bad + 2.0);
        let weight = vouched / (doubt + vouched);
        Self {
            good: self.good * weight,
            bad: self.bad * weight,
            ..self
        }
    }

    /// Good acts for bad ones and the reverse; the prior stays.
    pub(crate) const fn inverted(self) -> Self {
        Self {
            good: self.bad,
            bad: self.good,
            ..self
        }
    }

    /// The (faded) count of good acts, prior not included: from 0 to 10¹⁵.
    #[must_use]
    pub const fn good(&self) -> f64 {
        self.good
    }

    /// The (faded) count of bad acts, prior not included: from 0 to 10¹⁵.
    #[must_use]
    pub const fn bad(&self) -> f64 {
        self.bad
    }

    /// The shapes of the posterior beta distribution, `(a + r, b + s)`.
    #[must_use]
    pub fn shape(&self) -> (f64, f64) {
        (self.prior_good + self.good, self.prior_bad + self.bad)
    }

    /// The expected chance that the next act is cooperative.
    #[must_use]
    pub fn mean(&self) -> Probability {
        let (a, b) = self.shape();
        Probability::saturating(a / (a + b))
    }

    /// The standard deviation of that chance, from 0 to ½.
    #[must_use]
    pub fn standard_deviation(&self) -> f64 {
        let (a, b) = self.shape();
        let mean = a / (a + b);
        (mean * (b / (a + b)) / (a + b + 1.0)).sqrt()
    }

    /// The probability that the chance of cooperation is at most `rate`.
    #[must_use]
    pub fn probability_up_to(&self, rate: Probability) -> Probability {
        let (a, b) = self.shape();
        Probability::saturating(BetaDistribution::new(a, b).cumulative(rate.get()))
    }

    /// The equal-tailed credible interval of this level. Level 0 is the median twice; level 1 is
    /// everything.
    ///
    /// Accurate to some 10⁻¹² at everyday counts. Beyond 10⁹ acts it is the interval of 10⁹ acts
    /// with the same mean: slightly too wide rather than too narrow. O(√acts) at worst.
    #[must_use]
    pub fn credible(&self, level: Probability) -> CredibleInterval {
        let (a, b) = self.shape();
        let distribution = BetaDistribution::new(a, b);
        let tail = level.complement().get() / 2.0;
        let low = if tail > 0.0 {
            distribution.quantile(tail)
        } else {
            0.0
        };
        let high = if tail > 0.0 {
            distribution.quantile(1.0 - tail)
        } else {
            1.0
        };
        CredibleInterval {
            low: Probability::saturating(low),
            high: Probability::saturating(high.max(low)),
            level,
        }
    }

    #[cfg(feature = "serde")]
    pub(crate) const fn prior(&self) -> (f64, f64) {
        (self.prior_good, self.prior_bad)
    }
}

impl Default for BetaReputation {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

fn count(quantity: &'static str, given: f64) -> Result<f64, ReputationError> {
    if (0.0..=MOST).contains(&given) {
        Ok(given + 0.0)
    } else {
        Err(ReputationError::Count {
            quantity,
            given,
            expected: "a number from 0 to 1e15",
        })
    }
}

fn positive(quantity: &'static str, given: f64) -> Result<f64, ReputationError> {
    if given > 0.0 && given <= MOST {
        Ok(given)
    } else {
        Err(ReputationError::Count {
            quantity,
            given,
            expected: "a number above 0 and at most 1e15",
        })
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    fn known_by(good: f64, bad: f64) -> BetaReputation {
        BetaReputation::from_counts(good, bad).unwrap()
    }

    /// Two good acts, a bad one, another good one, each after the earlier ones have faded.
    fn two_good_one_bad_one_good(retained: f64) -> BetaReputation {
        use Tone::{Cooperative as Good, Hostile as Bad};
        [Good, Good, Bad, Good]
            .into_iter()
            .fold(BetaReputation::UNKNOWN, |reputation, tone| {
                reputation.faded(chance(retained)).observed(tone)
            })
    }

    #[test]
    fn forgetting_gives_the_reference_means() {
        for (retained, mean) in [(1.0, 0.666_667), (0.9, 0.650_671), (0.5, 0.612_903)] {
            let reputation = two_good_one_bad_one_good(retained);
            assert_relative_eq!(reputation.mean().get(), mean, epsilon = 5e-7);
        }
        let faded = two_good_one_bad_one_good(0.9);
        assert_relative_eq!(faded.good(), 2.539, epsilon = 1e-12);
        assert_relative_eq!(faded.bad(), 0.9, epsilon = 1e-12);
    }

    #[test]
    fn witnesses_count_for_what_they_are_known_for() {
        let report = known_by(7.0, 1.0);
        let trusted = report.as_reported_by(&known_by(10.0, 0.0));
        assert_eq!((trusted.good(), trusted.bad()), (3.5, 0.5));
        assert_eq!(trusted.mean().get(), 0.75);
        let barely = report.as_reported_by(&known_by(2.0, 0.0));
        assert_relative_eq!(barely.mean().get(), 0.65, epsilon = 1e-15);
        for nobody in [known_by(0.0, 0.0), known_by(0.0, 10.0)] {
            assert_eq!(report.as_reported_by(&nobody).mean(), Probability::HALF);
        }
    }

    #[test]
    fn counts_out_of_range_are_named() {
        for illegal in [-1.0, f64::NAN, f64::INFINITY, 2e15] {
            assert!(
                BetaReputation::from_counts(illegal, 0.0).is_err(),
                "{illegal}"
            );
            assert!(
                BetaReputation::from_counts(0.0, illegal).is_err(),
                "{illegal}"
            );
            assert!(
                BetaReputation::with_prior(illegal, 1.0).is_err(),
                "{illegal}"
            );
        }
        assert!(BetaReputation::with_prior(1.0, 0.0).is_err());
        let full = known_by(1e15, 1e15);
        assert!(full.and_counts(1.0, 0.0).is_err());
        assert_eq!(full.observed(Tone::Cooperative), full);
    }

    #[test]
    fn the_ends_of_the_levels_are_everything_and_the_median() {
        let reputation = known_by(3.0, 1.0);
        let all = reputation.credible(Probability::ONE);
        assert_eq!((all.low, all.high), (Probability::ZERO, Probability::ONE));
        let median = reputation.credible(Probability::ZERO);
        assert_eq!(median.low, median.high);
        assert_relative_eq!(
            reputation.probability_up_to(median.low).get(),
            0.5,
            epsilon = 1e-12
        );
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_level(
            reputation in strategies::beta_reputation(), level in 0.01..0.99_f64,
        ) {
            let interval = reputation.credible(chance(level));
            let below = reputation.probability_up_to(interval.low).get();
            let within = reputation.probability_up_to(interval.high).get() - below;
            prop_assert!((within - level).abs() < 1e-9, "{interval:?} holds {within}");
            prop_assert!((below - (1.0 - level) / 2.0).abs() < 1e-9);
        }

        #[test]
        fn evidence_narrows_and_forgetting_widens(
            good in 1.0..200.0_f64, bad in 1.0..200.0_f64, retained in 0.1..0.9_f64,
        ) {
            let reputation = known_by(good, bad);
            let width = |r: BetaReputation| {
                let interval = r.credible(chance(0.95));
                interval.high.get() - interval.low.get()
            };
            let balanced = known_by(good, good);
            prop_assert!(width(balanced.faded(chance(retained))) > width(balanced));
            let more = reputation.and_counts(good, bad).unwrap();
            prop_assert!(more.standard_deviation() < reputation.standard_deviation());
        }
    }
}
