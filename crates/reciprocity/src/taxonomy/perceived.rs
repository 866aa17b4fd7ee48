use detente_quantity::Stakes;

use super::class::GameClass;
use crate::{Conduct, GameKind, ImplementationGame, Profile, Side};

/// A game as it is and as each side takes it to be: each knows its own stakes and has a picture of
/// the other's (Plous 1985, 1993; Jervis 1976).
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reciprocity::{Conduct, PerceivedGame, Profile};
///
/// // Each would most like both to reduce and takes the other for one that would rather arm alone.
/// let own = Stakes::new(3.0, 4.0, 2.0, 1.0)?;
/// let picture = Stakes::new(4.0, 3.0, 2.0, 1.0)?;
/// let arms_race = PerceivedGame::symmetric(own, picture);
/// assert!(arms_race.is_perceptual_dilemma());
/// assert_eq!(arms_race.outcome(), Some(Profile::new(Conduct::Cheat, Conduct::Cheat)));
/// assert!(arms_race.cooperation_is_equilibrium());
/// assert!(arms_race.misses_cooperation());
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PerceivedGame {
    /// The stakes that the sides have.
    pub truth: ImplementationGame,
    /// What the row takes the column's stakes to be.
    pub column_as_seen: Stakes,
    /// What the column takes the row's stakes to be.
    pub row_as_seen: Stakes,
}

/// What a side expects of the game as it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Expectation {
    /// The class of the game as it sees it.
    pub class: GameClass,
    /// The equilibria in pure conduct of the game as it sees it.
    pub equilibria: Vec<Profile>,
    /// What it does: its part in all of these equilibria. `None` if there are none, or if they
    /// differ in its part, so that the picture alone does not tell.
    pub plan: Option<Conduct>,
}

impl PerceivedGame {
    /// Sides with the same stakes and the same picture of each other.
    #[must_use]
    pub const fn symmetric(own: Stakes, picture: Stakes) -> Self {
        Self {
            truth: ImplementationGame::new(own, own),
            column_as_seen: picture,
            row_as_seen: picture,
        }
    }

    /// The game as one side sees it: its own stakes and its picture of the other's.
    #[must_use]
    pub const fn as_seen_by(&self, side: Side) -> ImplementationGame {
        match side {
            Side::Row => ImplementationGame::new(self.truth.row, self.column_as_seen),
            Side::Column => ImplementationGame::new(self.row_as_seen, self.truth.column),
        }
    }

    /// What one side expects, and so does.
    #[must_use]
    pub fn expectation(&self, side: Side) -> Expectation {
        let seen = self.as_seen_by(side);
        let equilibria: Vec<Profile> = seen.pure_equilibria().collect();
        let part = |profile: &Profile| match side {
            Side::Row => profile.row,
            Side::Column => profile.column,
        };
        let first = equilibria.first().map(part);
        Expectation {
            class: GameClass::from(&seen),
            plan: first.filter(|first| equilibria.iter().all(|profile| part(profile) == *first)),
            equilibria,
        }
    }

    /// What happens when each does its part in what it expects; `None` if that does not settle what
    /// one of them does.
    #[must_use]
    pub fn outcome(&self) -> Option<Profile> {
        let plan = |side| self.expectation(side).plan;
        Some(Profile::new(plan(Side::Row)?, plan(Side::Column)?))
    }

    /// Whether both honouring is an equilibrium of the true game.
    #[must_use]
    pub fn cooperation_is_equilibrium(&self) -> bool {
        self.truth.is_equilibrium(COOPERATION)
    }

    /// Whether what happens is worse for both than honouring together, which was an equilibrium of
    /// the true game.
    #[must_use]
    pub fn misses_cooperation(&self) -> bool {
        let (row, column) = self.truth.payoffs(COOPERATION);
        let worse = |outcome| {
            let (own, other) = self.truth.payoffs(outcome);
            own < row && other < column
        };
        self.cooperation_is_equilibrium() && self.outcome().is_some_and(worse)
    }

    /// Whether this is a perceptual dilemma (claim S-21): each side would like best that both
    /// honour and least to honour alone, and takes the other to like best to cheat alone.
    #[must_use]
    pub fn is_perceptual_dilemma(&self) -> bool {
        let trusting = |own: Stakes| {
            let between = [own.t(), own.p()];
            between
                .iter()
                .all(|&payoff| own.r() > payoff && payoff > own.s())
        };
        let tempted = |seen: Stakes| seen.t() > seen.r().max(seen.p()).max(seen.s());
        [self.truth.row, self.truth.column]
            .into_iter()
            .all(trusting)
            && [self.row_as_seen, self.column_as_seen]
                .into_iter()
                .all(tempted)
    }
}

const COOPERATION: Profile = Profile::new(Conduct::Honour, Conduct::Honour);

/// The game that a side sees if it reads the other in one of the ways that agree with what it is
/// sure of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reading {
    /// The other's kind, as read.
    pub kind: GameKind,
    /// The class of the game, with the reader as row.
    pub class: GameClass,
    /// Its equilibria in pure conduct.
    pub equilibria: Vec<Profile>,
    /// Whether both cheating is its only equilibrium in pure conduct.
    pub only_cheating: bool,
    /// Whether it has one equilibrium only, and that is Pareto-inferior.
    pub is_trap: bool,
}

/// The six ways of reading another of whom no more is believed than that it would like best to
/// cheat alone, T first, and what a side with these stakes then faces (claim S-21). In the order of
/// [`GameKind`]: prisoner's dilemma, chicken, leader, hero, compromise, deadlock.
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reciprocity::{GameKind, readings_with_temptation_first};
/// let stag_hunt = Stakes::new(3.0, 4.0, 2.0, 1.0)?;
/// let readings = readings_with_temptation_first(&stag_hunt);
/// let cheating: Vec<GameKind> =
///     readings.iter().filter(|it| it.only_cheating).map(|it| it.kind).collect();
/// assert_eq!(cheating, [GameKind::PrisonersDilemma, GameKind::Compromise, GameKind::Deadlock]);
/// let traps: Vec<GameKind> = readings.iter().filter(|it| it.is_trap).map(|it| it.kind).collect();
/// assert_eq!(traps, [GameKind::PrisonersDilemma]);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[must_use]
pub fn readings_with_temptation_first(own: &Stakes) -> Vec<Reading> {
    // r, p and s by rank; t is 4.
    let rest = [
        [3.0, 2.0, 1.0],
        [3.0, 1.0, 2.0],
        [2.0, 1.0, 3.0],
        [1.0, 2.0, 3.0],
        [1.0, 3.0, 2.0],
        [2.0, 3.0, 1.0],
    ];
    let readings = rest.into_iter().filter_map(|[r, p, s]| {
        let other = Stakes::new(4.0, r, p, s).ok()?;
        let game = ImplementationGame::new(*own, other);
        let equilibria: Vec<Profile> = game.pure_equilibria().collect();
        let class = GameClass::from(&game);
        Some(Reading {
            kind: GameKind::of(&other),
            class,
            only_cheating: equilibria == [Profile::new(Conduct::Cheat, Conduct::Cheat)],
            is_trap: class.is_trap(),
            equilibria,
        })
    });
    readings.collect()
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;

    fn stakes(t: f64, r: f64, p: f64, s: f64) -> Stakes {
        Stakes::new(t, r, p, s).unwrap()
    }

    #[test]
    fn readings_are_in_the_order_of_kinds() {
        let kinds: Vec<_> = readings_with_temptation_first(&stakes(3.0, 4.0, 2.0, 1.0))
            .iter()
            .map(|reading| reading.kind)
            .collect();
        assert_eq!(kinds, GameKind::ALL[..6]);
    }

    #[test]
    fn a_picture_without_equilibrium_tells_no_plan() {
        let hunter = stakes(3.0, 4.0, 2.0, 1.0);
        let game = PerceivedGame::symmetric(hunter, stakes(4.0, 3.0, 1.0, 2.0));
        assert!(game.is_perceptual_dilemma());
        let expectation = game.expectation(Side::Row);
        assert_eq!(expectation.class.code().as_deref(), Some("ShCh"));
        assert!(expectation.equilibria.is_empty());
        assert_eq!((expectation.plan, game.outcome()), (None, None));
        assert!(!game.misses_cooperation());
    }

    #[test]
    fn a_true_dilemma_is_no_misperception() {
        let dilemma = stakes(4.0, 3.0, 2.0, 1.0);
        let game = PerceivedGame::symmetric(dilemma, dilemma);
        assert!(!game.is_perceptual_dilemma() && !game.cooperation_is_equilibrium());
        assert!(!game.misses_cooperation());
    }

    proptest! {
        #[test]
        fn who_sees_the_truth_expects_what_happens(
            row in strategies::stakes(), column in strategies::stakes(),
        ) {
            let truth = ImplementationGame::new(row, column);
            let game = PerceivedGame { truth, column_as_seen: column, row_as_seen: row };
            prop_assert_eq!(game.as_seen_by(Side::Row), truth);
            let (own, other) = (game.expectation(Side::Row), game.expectation(Side::Column));
            prop_assert_eq!(&own.equilibria, &other.equilibria);
            if let Some(outcome) = game.outcome() {
                prop_assert!(own.equilibria.contains(&outcome));
            }
        }
    }
}
