use detente_quantity::Probability;

use crate::ReputationError;

/// The time after which an act counts half, in days or whatever else time is counted in: above 0,
/// infinity included, which forgets nothing.
///
/// ```
/// use detente_reputation::HalfLife;
/// let five_years = HalfLife::new(5.0 * 365.25)?;
/// assert_eq!(five_years.retained(5.0 * 365.25).get(), 0.5);
/// assert_eq!(HalfLife::new(1e-300)?.retained(1.0).get(), 0.0);
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "f64", into = "f64"))]
pub struct HalfLife(pub(crate) f64);

impl HalfLife {
    /// Checks that the half-life is above 0; infinity is legal.
    ///
    /// # Errors
    /// [`ReputationError::OutOfRange`] for NaN, 0 and negative numbers.
    pub fn new(time: f64) -> Result<Self, ReputationError> {
        if time > 0.0 {
            Ok(Self(time))
        } else {
            Err(ReputationError::OutOfRange {
                quantity: "half-life",
                given: time,
                expected: "a number above 0",
            })
        }
    }

    /// The half-life itself.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// What is left of an act after `elapsed` time: `2^(−elapsed / H)`. Of no or negative time all
    /// is left. Never overflows, whatever the half-life, because only differences of time enter.
    #[must_use]
    pub fn retained(self, elapsed: f64) -> Probability {
        if elapsed > 0.0 {
            let lives = elapsed / self.0;
            // An infinite time over an infinite half-life: nothing is forgotten.
            Probability::saturating(if lives.is_nan() { 1.0 } else { (-lives).exp2() })
        } else {
            Probability::ONE
        }
    }
}

impl TryFrom<f64> for HalfLife {
    type Error = ReputationError;

    fn try_from(time: f64) -> Result<Self, ReputationError> {
        Self::new(time)
    }
}

impl From<HalfLife> for f64 {
    fn from(half_life: HalfLife) -> Self {
        half_life.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ends_of_the_range_forget_all_and_nothing() {
        let never = HalfLife::new(f64::INFINITY).unwrap();
        for elapsed in [0.0, 1.0, f64::MAX, f64::INFINITY] {
            assert_eq!(never.retained(elapsed), Probability::ONE, "{elapsed}");
        }
        let at_once = HalfLife::new(f64::MIN_POSITIVE / 4.0).unwrap();
        assert_eq!(at_once.retained(0.0), Probability::ONE);
        assert_eq!(at_once.retained(1.0), Probability::ZERO);
        for illegal in [0.0, -0.0, -1.0, f64::NAN, f64::NEG_INFINITY] {
            assert!(HalfLife::new(illegal).is_err(), "{illegal}");
        }
    }

    proptest! {
        #[test]
        fn two_waits_retain_the_product(
            half_life in 1e-3..1e4_f64, one in 0.0..1e3_f64, other in 0.0..1e3_f64,
        ) {
            let half_life = HalfLife::new(half_life).unwrap();
            let apart = half_life.retained(one).get() * half_life.retained(other).get();
            prop_assert!((half_life.retained(one + other).get() - apart).abs() < 1e-12);
        }
    }
}
