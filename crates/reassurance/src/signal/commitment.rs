use detente_quantity::Stakes;

use crate::{Prize, ReassuranceError, Screening, Signal, error::not_negative};

/// Whether a sunk cost of `cost`, paid at once by whoever makes the gesture and alike for every
/// type, would separate: iff `T_U ≤ cost ≤ R_T`, with `T_U` what the untrustworthy would win by
/// exploiting trust and `R_T` the trustworthy's reward (Fearon 1997; claim C-36). Where exploiters
/// have more to gain, `T_U > R_T`, no cost does: a large one is too dear for both or perverse.
///
/// ```
/// use detente_reassurance::{Prize, Screening, sunk_cost};
/// let prize = Prize { trustworthy: 2.0, untrustworthy: 1.5 };
/// assert_eq!(sunk_cost(1.8, prize)?, Screening::Separates);
/// assert_eq!(sunk_cost(1.0, prize)?, Screening::TooCheap);
/// assert_eq!(sunk_cost(2.5, prize)?, Screening::TooDear);
/// # Ok::<(), detente_reassurance::ReassuranceError>(())
/// ```
///
/// # Errors
/// As [`Signal::screen`].
pub fn sunk_cost(cost: f64, prize: Prize) -> Result<Screening, ReassuranceError> {
    let signal = Signal {
        trustworthy: cost,
        untrustworthy: cost,
    };
    signal.screen(prize)
}

/// Tied hands: a cost `a` that falls only on a party that breaks its word, such as before an
/// audience that would punish it (Fearon 1997; claim C-36). Kept promises cost nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "f64", into = "f64"))]
pub struct TiedHands(f64);

impl TiedHands {
    /// Checks that the cost of breaking one's word is a finite number, 0 or more, in the party's
    /// own payoff units.
    ///
    /// # Errors
    /// [`ReassuranceError::OutOfRange`] if it is not.
    pub fn new(audience_cost: f64) -> Result<Self, ReassuranceError> {
        not_negative("audience cost", audience_cost).map(Self)
    }

    /// The least cost that makes honouring at least as good as cheating, `max(0, T − R)`: hands
    /// tied so need no trust (claim C-36).
    ///
    /// ```
    /// use detente_quantity::Stakes;
    /// use detente_reassurance::TiedHands;
    /// let stakes = Stakes::new(3.0, 2.0, 0.0, -1.0)?;
    /// assert_eq!(TiedHands::enough_for(&stakes)?.audience_cost(), 1.0);
    /// assert!(TiedHands::new(1.0)?.suffices(&stakes));
    /// assert!(!TiedHands::new(0.9)?.suffices(&stakes));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ReassuranceError::OutOfRange`] if the payoffs are so far apart that `T − R` is infinite.
    pub fn enough_for(stakes: &Stakes) -> Result<Self, ReassuranceError> {
        Self::new(stakes.temptation().max(0.0))
    }

    /// What breaking one's word costs, in payoff units.
    #[must_use]
    pub const fn audience_cost(self) -> f64 {
        self.0
    }

    /// Whether honouring is at least as good as cheating on those who honour: `a ≥ T − R`.
    #[must_use]
    pub fn suffices(self, stakes: &Stakes) -> bool {
        stakes.temptation() <= self.0
    }

    /// The stakes with hands tied: `T` and, for one who cheats while the other cheats too, `P` as
    /// before the agreement; only betrayal of those who honour is punished.
    ///
    /// # Errors
    /// [`ReassuranceError::Quantity`] if `T − a` is beyond the range of numbers.
    pub fn on(self, stakes: &Stakes) -> Result<Stakes, ReassuranceError> {
        let tied = stakes.t() - self.0;
        Ok(Stakes::new(tied, stakes.r(), stakes.p(), stakes.s())?)
    }
}

impl TryFrom<f64> for TiedHands {
    type Error = ReassuranceError;

    fn try_from(audience_cost: f64) -> Result<Self, ReassuranceError> {
        Self::new(audience_cost)
    }
}

impl From<TiedHands> for f64 {
    fn from(hands: TiedHands) -> f64 {
        hands.0
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_common_cost_never_separates_where_exploiters_gain_more(
            cost in 0.0..10.0_f64, reward in 0.0..5.0_f64, more in 1e-6..5.0_f64,
        ) {
            let prize = Prize { trustworthy: reward, untrustworthy: reward + more };
            prop_assert_ne!(sunk_cost(cost, prize).unwrap(), Screening::Separates);
        }

        #[test]
        fn tied_hands_leave_no_temptation(stakes in strategies::stakes(), slack in 0.0..2.0_f64) {
            let least = TiedHands::enough_for(&stakes).unwrap();
            let hands = TiedHands::new(least.audience_cost() + slack).unwrap();
            prop_assert!(hands.suffices(&stakes));
            prop_assert!(hands.on(&stakes).unwrap().temptation() <= 0.0);
            if stakes.temptation() > 0.0 {
                let loose = TiedHands::new(0.5 * stakes.temptation()).unwrap();
                prop_assert!(!loose.suffices(&stakes));
                prop_assert!(loose.on(&stakes).unwrap().temptation() > 0.0);
            }
        }
    }
}
