use detente_quantity::DiscountFactor;

use crate::ReassuranceError;

/// What one rung puts at stake, as differences from its not being taken: for the party that trusts, in
/// its payoff units, and for an untrustworthy partner, in its own. (A trustworthy partner honours
/// whatever it is paid.)
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Rung {
    /// `G`, what the truster gains if the rung is honoured: above 0.
    pub gain: f64,
    /// `L`, what the truster loses if it is not: 0 or more. A rung with nothing to lose is taken at any
    /// trust.
    pub loss: f64,
    /// `R`, what an untrustworthy partner gets for honouring it: 0 or more.
    pub reward: f64,
    /// `T`, what it gets for betraying it: 0 or more; above `reward` where it is tempted.
    pub temptation: f64,
}

/// How much the next rung weighs against this one, for each side.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Patience {
    /// The party that trusts.
    pub truster: DiscountFactor,
    /// An untrustworthy partner.
    pub untrustworthy: DiscountFactor,
}

impl Rung {
    /// The same with everything `stake` times as large. That alone changes no threshold (claim C-20).
    #[must_use]
    pub fn scaled(self, stake: f64) -> Self {
        Self {
            gain: stake * self.gain,
            loss: stake * self.loss,
            reward: stake * self.reward,
            temptation: stake * self.temptation,
        }
    }

    /// Refuses numbers out of range, naming the rung by its place from 1.
    pub(super) fn checked(self, rung: usize) -> Result<Self, ReassuranceError> {
        let at_least_0 = "a finite number, 0 or more";
        for (quantity, given, legal, expected) in [
            (
                "gain",
                self.gain,
                0.0 < self.gain,
                "a finite number above 0",
            ),
            ("loss", self.loss, 0.0 <= self.loss, at_least_0),
            ("reward", self.reward, 0.0 <= self.reward, at_least_0),
            (
                "temptation",
                self.temptation,
                0.0 <= self.temptation,
                at_least_0,
            ),
        ] {
            if !legal || !given.is_finite() {
                return Err(ReassuranceError::Rung {
                    rung,
                    quantity,
                    given,
                    expected,
                });
            }
        }
        Ok(self)
    }
}
