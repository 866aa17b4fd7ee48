use detente_quantity::Probability;

use crate::Conduct;

/// How one party errs: in what it does, and in what it sees.
///
/// - *Implementation*: it does the contrary of what it meant. Both sides see the act that was done,
///   and the party knows its own.
/// - *Perception*: it sees the contrary of what the other did, and nobody knows it (private
///   misreading, Wu and Axelrod 1995; Nowak and Sigmund 1992 call both mistakes).
///
/// The chances may differ by what is meant or done, so that hostile misreading, where honouring is
/// often taken for cheating and cheating seldom for honouring, can be told apart from mere noise.
/// All errors are independent of each other.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reciprocity::automata::Noise;
/// let hundredth = Probability::new(0.01)?;
/// let fog = Noise::implementation(hundredth);
/// let suspicion = Noise { honouring_misread: Probability::new(0.2)?, ..fog };
/// assert!(!fog.misreads() && suspicion.misreads());
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Noise {
    /// Chance of cheating when it meant to honour.
    pub honouring_slips: Probability,
    /// Chance of honouring when it meant to cheat.
    pub cheating_slips: Probability,
    /// Chance of seeing the other cheat when it honoured.
    pub honouring_misread: Probability,
    /// Chance of seeing the other honour when it cheated.
    pub cheating_misread: Probability,
}

impl Noise {
    /// Acts as it means and sees what is done.
    pub const NONE: Self = Self {
        honouring_slips: Probability::ZERO,
        cheating_slips: Probability::ZERO,
        honouring_misread: Probability::ZERO,
        cheating_misread: Probability::ZERO,
    };

    /// Every act is its contrary with this probability: p′ = (1 − 2ε)p + ε.
    #[must_use]
    pub const fn implementation(error: Probability) -> Self {
        Self {
            honouring_slips: error,
            cheating_slips: error,
            ..Self::NONE
        }
    }

    /// Every act of the other is seen as its contrary with this probability.
    #[must_use]
    pub const fn perception(error: Probability) -> Self {
        Self {
            honouring_misread: error,
            cheating_misread: error,
            ..Self::NONE
        }
    }

    /// Whether anything may be misread.
    #[must_use]
    pub fn misreads(&self) -> bool {
        self.honouring_misread > Probability::ZERO || self.cheating_misread > Probability::ZERO
    }

    /// The chances of honouring and of cheating of a party that means to honour with
    /// probability `meant`.
    pub(crate) fn done(&self, meant: Probability) -> [f64; 2] {
        let (honour, cheat) = (meant.get(), meant.complement().get());
        let (fails, turns) = (self.honouring_slips, self.cheating_slips);
        [
            honour * fails.complement().get() + cheat * turns.get(),
            honour * fails.get() + cheat * turns.complement().get(),
        ]
    }

    /// The chances of seeing the other honour and of seeing it cheat.
    pub(crate) fn seen(&self, done: Conduct) -> [f64; 2] {
        match done {
            Conduct::Honour => {
                let error = self.honouring_misread;
                [error.complement().get(), error.get()]
            }
            Conduct::Cheat => {
                let error = self.cheating_misread;
                [error.get(), error.complement().get()]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    #[test]
    fn slips_mix_the_act_with_its_contrary() {
        let noise = Noise::implementation(chance(0.25));
        assert_eq!(noise.done(Probability::ONE), [0.75, 0.25]);
        assert_eq!(noise.done(Probability::ZERO), [0.25, 0.75]);
        assert_eq!(noise.done(Probability::HALF), [0.5, 0.5]);
        assert_eq!(noise.seen(Conduct::Cheat), [0.0, 1.0]);
    }

    #[test]
    fn misreading_goes_by_what_was_done() {
        let hostile = Noise {
            honouring_misread: chance(0.25),
            ..Noise::NONE
        };
        assert_eq!(hostile.seen(Conduct::Honour), [0.75, 0.25]);
        assert_eq!(hostile.seen(Conduct::Cheat), [0.0, 1.0]);
        assert!(hostile.misreads());
        assert!(!Noise::implementation(Probability::ONE).misreads());
    }
}
