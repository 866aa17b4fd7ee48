use detente_quantity::{Interval, Probability};

use super::{Climb, Ladder, Patience, Rung};
use crate::{ReassuranceError, error::share};

/// One test at a share `α` of the stakes, then the full agreement in every period (claim C-32;
/// derived). The partner honours, or betrays and is never trusted again.
///
/// *Limited cost fights informativeness.* The truster can afford tests up to some `α`; an untrustworthy
/// partner shows itself only in tests above another, for in smaller ones it plays along to
/// betray the full agreement. Between the two lies what works, and often nothing does.
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability};
/// use detente_reassurance::{LimitedTest, Patience, Rung};
///
/// let agreement = Rung { gain: 1.0, loss: 2.0, reward: 1.0, temptation: 3.0 };
/// let patience = |untrustworthy| Ok::<_, Box<dyn std::error::Error>>(Patience {
///     truster: DiscountFactor::new(0.5)?,
///     untrustworthy: DiscountFactor::new(untrustworthy)?,
/// });
/// let trust = Probability::new(0.2)?;
/// let patient = LimitedTest::new(agreement, patience(0.5)?)?;
/// assert!((patient.affordable(trust) - 1.0 / 7.0).abs() < 1e-12);
/// assert!((patient.revealing().unwrap() - 0.75).abs() < 1e-12); // far more than can be afforded
/// assert_eq!(patient.band(trust), None);
///
/// let impatient = LimitedTest::new(agreement, patience(0.05)?)?;
/// assert!((impatient.revealing().unwrap() - 0.075).abs() < 1e-12);
/// assert!(impatient.band(trust).is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LimitedTest {
    agreement: Rung,
    patience: Patience,
}

impl LimitedTest {
    /// A test before this agreement, whose numbers are those of one period.
    ///
    /// # Errors
    /// [`ReassuranceError::Rung`] naming a number of the agreement out of range.
    pub fn new(agreement: Rung, patience: Patience) -> Result<Self, ReassuranceError> {
        Ok(Self {
            agreement: agreement.checked(2)?,
            patience,
        })
    }

    /// What it is made from.
    #[cfg(feature = "serde")]
    pub(crate) const fn parts(&self) -> (Rung, Patience) {
        (self.agreement, self.patience)
    }

    /// The largest test that a truster can afford *if it separates*,
    /// `δpG/((1 − δ)[(1 − p)L − pG])`: above 0 for every `p > 0` and `δ > 0`. Infinite where the full
    /// stakes are acceptable untried, `pG ≥ (1 − p)L`.
    #[must_use]
    pub fn affordable(&self, trust: Probability) -> f64 {
        let (p, doubt) = (trust.get(), trust.complement().get());
        let Rung { gain, loss, .. } = self.agreement;
        // In units of the gain, so that no sum of large payoffs overflows.
        let risk = if doubt > 0.0 {
            doubt * (loss / gain)
        } else {
            0.0
        };
        let delta = self.patience.truster.get();
        if risk <= p {
            f64::INFINITY
        } else {
            delta * p / ((1.0 - delta) * (risk - p))
        }
    }

    /// The smallest test in which an untrustworthy partner shows itself, `δ_U T/(T − R)`; there it is
    /// indifferent. 0 for one who lives for today. `None` where it is not tempted, `T ≤ R`: no
    /// test shows anything, and none is needed.
    #[must_use]
    pub fn revealing(&self) -> Option<f64> {
        let Rung {
            reward, temptation, ..
        } = self.agreement;
        let delta = self.patience.untrustworthy.get();
        (reward < temptation).then(|| delta / (1.0 - reward / temptation))
    }

    /// The tests that are both affordable and revealing, ends included, no larger than the agreement.
    /// `None` if there are none.
    #[must_use]
    pub fn band(&self, trust: Probability) -> Option<Interval> {
        let high = self.affordable(trust).min(1.0);
        Interval::new(self.revealing()?, high).ok()
    }

    /// What happens at a test of this size: as a ladder of two rungs, of which the second is
    /// worth `G/(1 − δ)` to the truster if it is honoured. Tests too cheap to separate are
    /// mimicked in part, and still tell something.
    ///
    /// # Errors
    /// [`ReassuranceError::OutOfRange`] unless the size is above 0 and up to 1; otherwise as
    /// [`Ladder::new`].
    pub fn climb(&self, size: f64, trust: Probability) -> Result<Climb, ReassuranceError> {
        let size = share("test", size)?;
        let for_ever = Rung {
            gain: self.agreement.gain * self.patience.truster.horizon(),
            ..self.agreement
        };
        let ladder = Ladder::new(&[self.agreement.scaled(size), for_ever], self.patience)?;
        Ok(ladder.climb(trust))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_bounds_are_where_the_ladder_turns(
            agreement in strategies::rung(), patience in strategies::patience(),
            trust in 0.001..0.999_f64, size in 0.001..=1.0_f64,
        ) {
            let test = LimitedTest::new(agreement, patience).unwrap();
            let trust = Probability::new(trust).unwrap();
            let revealing = test.revealing().unwrap_or(f64::INFINITY);
            let affordable = test.affordable(trust);
            prop_assume!((size - revealing).abs() > 1e-9 && (size / affordable - 1.0).abs() > 1e-9);
            let climb = test.climb(size, trust).unwrap();
            if revealing < size {
                prop_assert_eq!(climb.refusal.is_none(), size < affordable);
                if let Some(rung) = climb.rungs.first() {
                    prop_assert_eq!(rung.mimicry, Probability::ZERO);
                }
            } else if let Some(first) = climb.rungs.first() {
                prop_assert!(first.mimicry > Probability::ZERO);
            }
        }
    }

    #[test]
    fn limits_are_limits() {
        let agreement = Rung {
            gain: 1.0,
            loss: 0.0,
            reward: 2.0,
            temptation: 1.0,
        };
        let patience = Patience {
            truster: detente_quantity::DiscountFactor::MYOPIC,
            untrustworthy: detente_quantity::DiscountFactor::MYOPIC,
        };
        let test = LimitedTest::new(agreement, patience).unwrap();
        assert_eq!(test.affordable(Probability::ZERO), f64::INFINITY);
        assert_eq!(test.revealing(), None);
        assert_eq!(test.band(Probability::HALF), None);
        assert!(test.climb(0.0, Probability::HALF).is_err());
        let costly = LimitedTest::new(
            Rung {
                loss: 1e300,
                gain: 1e-300,
                ..agreement
            },
            patience,
        )
        .unwrap();
        assert_eq!(costly.affordable(Probability::ONE), f64::INFINITY);
        assert_eq!(costly.affordable(Probability::HALF), 0.0);
    }
}
