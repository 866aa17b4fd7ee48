use detente_quantity::Probability;

use crate::ReputationError;

/// How often each of two types honours trust, the trustworthy one more often.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Unchecked", into = "Unchecked"))]
pub struct HonourRates {
    trustworthy: Probability,
    untrustworthy: Probability,
}

impl HonourRates {
    /// `h_T` and `h_U`; 1 and 0 are allowed.
    ///
    /// # Errors
    /// [`ReputationError::OutOfRange`] unless `h_U < h_T`.
    pub fn new(
        trustworthy: Probability,
        untrustworthy: Probability,
    ) -> Result<Self, ReputationError> {
        if untrustworthy < trustworthy {
            Ok(Self {
                trustworthy,
                untrustworthy,
            })
        } else {
            Err(ReputationError::OutOfRange {
                quantity: "honour rate of the untrustworthy type",
                given: untrustworthy.get(),
                expected: "less than that of the trustworthy type",
            })
        }
    }

    /// `h_T`: how often the trustworthy type honours.
    #[must_use]
    pub const fn trustworthy(&self) -> Probability {
        self.trustworthy
    }

    /// `h_U`: how often the other does.
    #[must_use]
    pub const fn untrustworthy(&self) -> Probability {
        self.untrustworthy
    }

    /// What an honoured and a betrayed trust do to the odds of trustworthiness: a factor above 1,
    /// perhaps infinite, and one below 1, perhaps 0.
    pub(super) fn odds_factors(&self) -> [f64; 2] {
        let betrays = |honours: Probability| honours.complement().get();
        [
            self.trustworthy.get() / self.untrustworthy.get(),
            betrays(self.trustworthy) / betrays(self.untrustworthy),
        ]
    }
}

#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Unchecked {
    trustworthy: Probability,
    untrustworthy: Probability,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for HonourRates {
    type Error = ReputationError;

    fn try_from(given: Unchecked) -> Result<Self, ReputationError> {
        Self::new(given.trustworthy, given.untrustworthy)
    }
}

#[cfg(feature = "serde")]
impl From<HonourRates> for Unchecked {
    fn from(rates: HonourRates) -> Self {
        Self {
            trustworthy: rates.trustworthy,
            untrustworthy: rates.untrustworthy,
        }
    }
}
