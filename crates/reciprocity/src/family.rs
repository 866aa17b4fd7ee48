use std::{
    cmp::Ordering::{Greater, Less},
    fmt,
};

use detente_quantity::Stakes;

/// What both parties have reason to do when both have the same stakes: the five situations that
/// writers on anarchy tell apart (Jervis 1978; Oye 1985), for all orders of the payoffs.
///
/// | family | against one who honours | against one who cheats |
/// |---|---|---|
/// | harmony | honour, `r > t` | honour, `s > p` |
/// | assurance | honour, `r > t` | cheat, `p > s` |
/// | chicken | cheat, `t > r` | honour, `s > p` |
/// | prisoner's dilemma, deadlock | cheat, `t > r` | cheat, `p > s` |
///
/// A prisoner's dilemma is worth escaping, `r > p`; a deadlock is not, `p > r`.
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reciprocity::{GameFamily, GameKind};
/// // A tie that changes nobody's reasons leaves the family as it was.
/// let stakes = Stakes::new(3.0, 2.0, 0.0, 2.0)?;
/// assert_eq!(GameKind::of(&stakes), GameKind::Tied);
/// assert_eq!(GameFamily::of(&stakes), GameFamily::Chicken);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum GameFamily {
    /// Honouring is best whatever the other does.
    Harmony,
    /// Each does best to do as the other does: trust is what is missing.
    Assurance,
    /// Each does best to do the contrary of what the other does.
    Chicken,
    /// Cheating is best whatever the other does, and both are worse off for it.
    PrisonersDilemma,
    /// Cheating is best whatever the other does, and the agreement is worse than none.
    Deadlock,
    /// A comparison that would decide is a tie: `t = r`, `p = s`, or `r = p` between a prisoner's
    /// dilemma and a deadlock.
    Tied,
}

impl GameFamily {
    /// The family of the game with these stakes on both sides.
    #[must_use]
    pub fn of(stakes: &Stakes) -> Self {
        let cheating = stakes.t().partial_cmp(&stakes.r());
        let exposure = stakes.p().partial_cmp(&stakes.s());
        let worth = stakes.r().partial_cmp(&stakes.p());
        match (cheating, exposure, worth) {
            (Some(Less), Some(Less), _) => Self::Harmony,
            (Some(Less), Some(Greater), _) => Self::Assurance,
            (Some(Greater), Some(Less), _) => Self::Chicken,
            (Some(Greater), Some(Greater), Some(Greater)) => Self::PrisonersDilemma,
            (Some(Greater), Some(Greater), Some(Less)) => Self::Deadlock,
            _ => Self::Tied,
        }
    }

    /// The name in words, as it stands in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Harmony => "harmony",
            Self::Assurance => "assurance",
            Self::Chicken => "chicken",
            Self::PrisonersDilemma => "prisoner's dilemma",
            Self::Deadlock => "deadlock",
            Self::Tied => "tied",
        }
    }
}

impl fmt::Display for GameFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;
    use crate::{Conduct, GameKind, ImplementationGame, Side};

    #[track_caller]
    fn check(order: [f64; 4], family: GameFamily) {
        let [t, r, p, s] = order;
        assert_eq!(GameFamily::of(&Stakes::new(t, r, p, s).unwrap()), family);
    }

    #[test]
    fn the_classical_situations_have_their_names() {
        check([4.0, 3.0, 2.0, 1.0], GameFamily::PrisonersDilemma);
        check([4.0, 2.0, 3.0, 1.0], GameFamily::Deadlock);
        check([4.0, 3.0, 1.0, 2.0], GameFamily::Chicken);
        check([3.0, 4.0, 2.0, 1.0], GameFamily::Assurance);
        check([3.0, 4.0, 1.0, 2.0], GameFamily::Harmony);
    }

    #[test]
    fn only_a_tie_that_decides_ties_the_family() {
        check([1.0, 1.0, 0.0, -1.0], GameFamily::Tied); // cheating and honouring pay the same
        check([2.0, 1.0, 0.0, 0.0], GameFamily::Tied); // being cheated costs nothing
        check([2.0, 1.0, 1.0, 0.0], GameFamily::Tied); // the agreement is worth as much as none
        check([1.0, 2.0, 1.0, 0.0], GameFamily::Assurance);
    }

    proptest! {
        #[test]
        fn the_family_is_what_dominance_and_equilibria_say(stakes in strategies::stakes()) {
            let game = ImplementationGame::new(stakes, stakes);
            let (dominant, equilibria) = (game.dominant(Side::Row), game.pure_equilibria().count());
            match GameFamily::of(&stakes) {
                GameFamily::Harmony => prop_assert_eq!(dominant, Some(Conduct::Honour)),
                GameFamily::PrisonersDilemma | GameFamily::Deadlock => {
                    prop_assert_eq!((dominant, equilibria), (Some(Conduct::Cheat), 1));
                }
                GameFamily::Assurance | GameFamily::Chicken => {
                    prop_assert_eq!((dominant, equilibria), (None, 2));
                }
                GameFamily::Tied => prop_assert_eq!(GameKind::of(&stakes), GameKind::Tied),
            }
        }
    }
}
