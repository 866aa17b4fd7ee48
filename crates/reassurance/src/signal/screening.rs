use crate::{ReassuranceError, error::not_negative};

/// What being believed is worth to each type of sender, in its own payoff units: for the
/// trustworthy the reward of cooperation, for the untrustworthy the spoils of exploiting trust.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Prize {
    /// To the trustworthy type: finite.
    pub trustworthy: f64,
    /// To the untrustworthy type: finite.
    pub untrustworthy: f64,
}

/// What a gesture costs each type of sender, in its own payoff units, whatever is made of it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Signal {
    /// To the trustworthy type: a finite number, 0 or more.
    pub trustworthy: f64,
    /// To the untrustworthy type: a finite number, 0 or more.
    pub untrustworthy: f64,
}

/// What a gesture tells the one who receives it, and if nothing, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Screening {
    /// Only the trustworthy make it: it is proof.
    Separates,
    /// The untrustworthy would make it too, for it costs them less than trust would win them: it is
    /// read as cheap.
    TooCheap,
    /// Not even the trustworthy would make it: it costs them more than trust is worth to them.
    TooDear,
    /// The untrustworthy would make it and the trustworthy would not: it is the wrong kind of
    /// gesture, and no other size of it helps.
    Perverse,
}

impl Screening {
    /// From whether each type would make the gesture if it were believed.
    pub(crate) const fn of(trustworthy_would: bool, untrustworthy_would: bool) -> Self {
        match (trustworthy_would, untrustworthy_would) {
            (true, false) => Self::Separates,
            (true, true) => Self::TooCheap,
            (false, false) => Self::TooDear,
            (false, true) => Self::Perverse,
        }
    }
}

impl Signal {
    /// Whether a gesture at these costs would separate the types, if those who make it were
    /// believed and those who do not were not (Spence 1973; claim C-36). The trustworthy make it
    /// iff it costs them no more than the prize; the untrustworthy refrain iff it costs them at
    /// least the prize. Ties favour separation, as in the claim.
    ///
    /// A gesture must cost the untrustworthy *more than it costs the trustworthy* wherever trust is
    /// worth more to them; a cost that falls on both alike cannot separate there.
    ///
    /// ```
    /// use detente_reassurance::{Prize, Screening, Signal};
    /// let prize = Prize { trustworthy: 2.0, untrustworthy: 3.0 };
    /// // Money burnt is burnt for both; inspections cost those who have something to hide.
    /// let burnt = Signal { trustworthy: 2.5, untrustworthy: 2.5 };
    /// let inspections = Signal { trustworthy: 0.5, untrustworthy: 4.0 };
    /// let speech = Signal { trustworthy: 0.0, untrustworthy: 0.0 };
    /// assert_eq!(burnt.screen(prize)?, Screening::Perverse);
    /// assert_eq!(inspections.screen(prize)?, Screening::Separates);
    /// assert_eq!(speech.screen(prize)?, Screening::TooCheap);
    /// # Ok::<(), detente_reassurance::ReassuranceError>(())
    /// ```
    ///
    /// # Errors
    /// [`ReassuranceError::OutOfRange`] for a cost that is negative or not finite or a prize that
    /// is not finite.
    pub fn screen(self, prize: Prize) -> Result<Screening, ReassuranceError> {
        let trustworthy = not_negative("cost to the trustworthy type", self.trustworthy)?;
        let untrustworthy = not_negative("cost to the untrustworthy type", self.untrustworthy)?;
        for (quantity, given) in [
            ("prize of the trustworthy type", prize.trustworthy),
            ("prize of the untrustworthy type", prize.untrustworthy),
        ] {
            if !given.is_finite() {
                return Err(ReassuranceError::OutOfRange {
                    quantity,
                    given,
                    expected: "a finite number",
                });
            }
        }
        Ok(Screening::of(
            trustworthy <= prize.trustworthy,
            untrustworthy < prize.untrustworthy,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIZE: Prize = Prize {
        trustworthy: 2.0,
        untrustworthy: 1.0,
    };

    #[track_caller]
    fn check(trustworthy: f64, untrustworthy: f64, expected: Screening) {
        let signal = Signal {
            trustworthy,
            untrustworthy,
        };
        assert_eq!(signal.screen(PRIZE), Ok(expected));
    }

    #[test]
    fn each_reading_has_its_reason() {
        check(1.0, 1.5, Screening::Separates);
        check(2.0, 1.0, Screening::Separates);
        check(0.0, 0.5, Screening::TooCheap);
        check(3.0, 3.0, Screening::TooDear);
        check(3.0, 0.0, Screening::Perverse);
    }

    #[test]
    fn illegal_numbers_are_named() {
        let signal = Signal {
            trustworthy: -1.0,
            untrustworthy: 0.0,
        };
        let error = signal.screen(PRIZE).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cost to the trustworthy type is -1; expected a finite number, 0 or more"
        );
        let prize = Prize {
            trustworthy: f64::INFINITY,
            untrustworthy: 0.0,
        };
        let free = Signal {
            trustworthy: 0.0,
            untrustworthy: 0.0,
        };
        assert!(free.screen(prize).is_err());
    }
}
