use detente_quantity::{Probability, Stakes};

/// What a party does with an agreement it has signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Conduct {
    /// Keeps it.
    Honour,
    /// Breaks it.
    Cheat,
}

impl Conduct {
    /// The other conduct.
    #[must_use]
    pub const fn contrary(self) -> Self {
        match self {
            Self::Honour => Self::Cheat,
            Self::Cheat => Self::Honour,
        }
    }

    /// The chance of honouring of a party that means to do this.
    pub(crate) const fn certain(self) -> Probability {
        match self {
            Self::Honour => Probability::ONE,
            Self::Cheat => Probability::ZERO,
        }
    }
}

/// One of the two parties to an implementation game.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Side {
    /// The first party.
    Row,
    /// The second party.
    Column,
}

/// What both parties do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Profile {
    /// The first party's conduct.
    pub row: Conduct,
    /// The second party's conduct.
    pub column: Conduct,
}

impl Profile {
    /// All four profiles: both honour, only the column cheats, only the row cheats, both cheat.
    pub const ALL: [Self; 4] = [
        Self::new(Conduct::Honour, Conduct::Honour),
        Self::new(Conduct::Honour, Conduct::Cheat),
        Self::new(Conduct::Cheat, Conduct::Honour),
        Self::new(Conduct::Cheat, Conduct::Cheat),
    ];

    /// The profile in which the row and the column do this.
    #[must_use]
    pub const fn new(row: Conduct, column: Conduct) -> Self {
        Self { row, column }
    }
}

/// What serves a party best against a given conduct of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum BestReply {
    /// Honouring pays strictly more.
    Honour,
    /// Cheating pays strictly more.
    Cheat,
    /// Both pay the same.
    Either,
}

impl BestReply {
    /// Whether this conduct is a best reply, alone or with the other.
    #[must_use]
    pub fn includes(self, conduct: Conduct) -> bool {
        match self {
            Self::Either => true,
            Self::Honour => conduct == Conduct::Honour,
            Self::Cheat => conduct == Conduct::Cheat,
        }
    }
}

/// The 2×2 game of carrying out an agreement between two parties, played once: each honours or
/// cheats, and each has its own stakes (Robinson and Goforth 2005 list all 144 strict ones).
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reciprocity::{Conduct, ImplementationGame, Profile};
/// // Called bluff: a prisoner's dilemma for the row, chicken for the column. The row cheats.
/// let game = ImplementationGame::new(
///     Stakes::new(4.0, 3.0, 2.0, 1.0)?,
///     Stakes::new(4.0, 3.0, 1.0, 2.0)?,
/// );
/// let equilibria: Vec<_> = game.pure_equilibria().collect();
/// assert_eq!(equilibria, [Profile::new(Conduct::Cheat, Conduct::Honour)]);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ImplementationGame {
    /// The first party's stakes.
    pub row: Stakes,
    /// The second party's stakes.
    pub column: Stakes,
}

impl ImplementationGame {
    /// The game between parties with these stakes.
    #[must_use]
    pub const fn new(row: Stakes, column: Stakes) -> Self {
        Self { row, column }
    }

    /// The stakes of one side.
    #[must_use]
    pub const fn stakes(&self, side: Side) -> Stakes {
        match side {
            Side::Row => self.row,
            Side::Column => self.column,
        }
    }

    /// What a profile pays the row and the column.
    #[must_use]
    pub fn payoffs(&self, profile: Profile) -> (f64, f64) {
        (
            payoff(self.row, profile.row, profile.column),
            payoff(self.column, profile.column, profile.row),
        )
    }

    /// What serves `side` best if the other does `other`.
    #[must_use]
    pub fn best_reply(&self, side: Side, other: Conduct) -> BestReply {
        let stakes = self.stakes(side);
        let (honour, cheat) = (
            payoff(stakes, Conduct::Honour, other),
            payoff(stakes, Conduct::Cheat, other),
        );
        if honour > cheat {
            BestReply::Honour
        } else if cheat > honour {
            BestReply::Cheat
        } else {
            BestReply::Either
        }
    }

    /// The conduct that pays `side` strictly more whatever the other does, if there is one.
    #[must_use]
    pub fn dominant(&self, side: Side) -> Option<Conduct> {
        match (
            self.best_reply(side, Conduct::Honour),
            self.best_reply(side, Conduct::Cheat),
        ) {
            (BestReply::Honour, BestReply::Honour) => Some(Conduct::Honour),
            (BestReply::Cheat, BestReply::Cheat) => Some(Conduct::Cheat),
            _ => None,
        }
    }

    /// Whether neither party gains by changing its conduct alone (Nash 1950). Ties do not break
    /// an equilibrium.
    #[must_use]
    pub fn is_equilibrium(&self, profile: Profile) -> bool {
        self.best_reply(Side::Row, profile.column)
            .includes(profile.row)
            && self
                .best_reply(Side::Column, profile.row)
                .includes(profile.column)
    }

    /// The equilibria in pure conduct, none to all four, in the order of [`Profile::ALL`].
    pub fn pure_equilibria(&self) -> impl Iterator<Item = Profile> + '_ {
        Profile::ALL
            .into_iter()
            .filter(|&profile| self.is_equilibrium(profile))
    }

    /// Whether another profile pays one party more and neither less (Pareto dominance).
    #[must_use]
    pub fn is_pareto_inferior(&self, profile: Profile) -> bool {
        let (row, column) = self.payoffs(profile);
        Profile::ALL.into_iter().any(|other| {
            let (other_row, other_column) = self.payoffs(other);
            other_row >= row && other_column >= column && (other_row > row || other_column > column)
        })
    }
}

/// What a party with these stakes gets for `own` conduct against `other`'s.
fn payoff(stakes: Stakes, own: Conduct, other: Conduct) -> f64 {
    match (own, other) {
        (Conduct::Honour, Conduct::Honour) => stakes.r(),
        (Conduct::Honour, Conduct::Cheat) => stakes.s(),
        (Conduct::Cheat, Conduct::Honour) => stakes.t(),
        (Conduct::Cheat, Conduct::Cheat) => stakes.p(),
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;
    use crate::GameKind;

    /// The 24 strict orders of four payoffs.
    fn strict_orders() -> Vec<Stakes> {
        (0..256_u16)
            .map(|code| {
                let digit = |place: u32| f64::from(code / 4_u16.pow(place) % 4 + 1);
                Stakes::new(digit(0), digit(1), digit(2), digit(3)).unwrap()
            })
            .filter(|stakes| GameKind::of(stakes) != GameKind::Tied)
            .collect()
    }

    /// How many of the 144 strict games satisfy `holds`: each is met four times, once for every
    /// way of calling the rows and the columns honour and cheat.
    fn count(holds: impl Fn(&ImplementationGame) -> bool) -> usize {
        let orders = strict_orders();
        let met = orders
            .iter()
            .flat_map(|&row| {
                orders
                    .iter()
                    .map(move |&column| ImplementationGame::new(row, column))
            })
            .filter(holds)
            .count();
        assert_eq!(met % 4, 0);
        met / 4
    }

    #[test]
    fn the_taxonomy_of_strict_games_has_its_published_counts() {
        for (equilibria, games) in [(0, 18), (1, 108), (2, 18), (3, 0), (4, 0)] {
            assert_eq!(
                count(|game| game.pure_equilibria().count() == equilibria),
                games
            );
        }
        for (dominant, games) in [(0, 36), (1, 72), (2, 36)] {
            let sides = [Side::Row, Side::Column];
            let of = |game: &ImplementationGame| {
                sides
                    .iter()
                    .filter(|&&side| game.dominant(side).is_some())
                    .count()
            };
            assert_eq!(count(|game| of(game) == dominant), games);
        }
    }

    #[test]
    fn seven_games_trap_both_parties() {
        let trapped = |game: &ImplementationGame| {
            let equilibria: Vec<_> = game.pure_equilibria().collect();
            matches!(equilibria[..], [only] if game.is_pareto_inferior(only))
        };
        assert_eq!(count(trapped), 7);
    }

    #[test]
    fn nothing_at_stake_leaves_every_profile_in_equilibrium() {
        let indifferent = Stakes::new(1.0, 1.0, 1.0, 1.0).unwrap();
        let game = ImplementationGame::new(indifferent, indifferent);
        assert_eq!(game.pure_equilibria().count(), 4);
        assert_eq!(game.dominant(Side::Column), None);
    }

    proptest! {
        #[test]
        fn equilibria_are_where_no_payoff_rises_by_one_change(
            row in strategies::stakes(), column in strategies::stakes(),
        ) {
            let game = ImplementationGame::new(row, column);
            for profile in Profile::ALL {
                let (mine, yours) = game.payoffs(profile);
                let stays = Profile::ALL.iter().all(|&other| {
                    let (my_change, your_change) = game.payoffs(other);
                    (other.column != profile.column || my_change <= mine)
                        && (other.row != profile.row || your_change <= yours)
                });
                prop_assert_eq!(game.is_equilibrium(profile), stays);
            }
        }

        #[test]
        fn exchanging_the_parties_exchanges_the_answer(
            row in strategies::stakes(), column in strategies::stakes(),
        ) {
            let (game, mirror) =
                (ImplementationGame::new(row, column), ImplementationGame::new(column, row));
            for profile in Profile::ALL {
                let mirrored = Profile::new(profile.column, profile.row);
                prop_assert_eq!(game.is_equilibrium(profile), mirror.is_equilibrium(mirrored));
                prop_assert_eq!(
                    game.is_pareto_inferior(profile), mirror.is_pareto_inferior(mirrored)
                );
            }
        }
    }
}
