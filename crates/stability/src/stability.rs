//! Which states are stable, and for whom.

use crate::{
    Coalition, Concept, Conflict, StabilityError,
    judge::Judge,
    settle::{Effort, settle},
    view::View,
};

/// The most players of whom every coalition is looked at.
const MOST_FOR_COALITIONS: usize = 10;

/// How a state stands where preferences may be known only in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Standing {
    /// Stable under every full ranking that agrees with what is known: *certainly* stable.
    Stable,
    /// Stable under some such rankings and not under others: *possibly* stable. There is no such state
    /// where every ranking is known.
    Possible,
    /// Stable under none.
    Unstable,
    /// Not found out within the work that is allowed: credible answers of players whose rankings are
    /// known in part.
    Unsettled,
}

impl Standing {
    /// How a state stands that two judgements are made of, one favouring stability least and one most.
    const fn between(surely: bool, possibly: bool) -> Self {
        match (surely, possibly) {
            (true, _) => Self::Stable,
            (false, true) => Self::Possible,
            (false, false) => Self::Unstable,
        }
    }
}

/// Which states are stable under a concept, for each player and for all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Stability {
    /// The concept.
    pub concept: Concept,
    /// By player, how each state stands for it.
    pub players: Vec<Vec<Standing>>,
    /// How each state stands as an equilibrium: stable for every player at once. A state that is
    /// possibly stable for each may be one for all at no one ranking.
    pub joint: Vec<Standing>,
}

impl Stability {
    /// The states that are certainly stable for every player, in order.
    #[must_use]
    pub fn equilibria(&self) -> Vec<usize> {
        self.standing(Standing::Stable)
    }

    /// The states that may be stable for every player, for all that is known of their rankings, and
    /// are not certainly so.
    #[must_use]
    pub fn possible_equilibria(&self) -> Vec<usize> {
        self.standing(Standing::Possible)
    }

    /// The states that stand so as equilibria.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> Vec<usize> {
        let places = self.joint.iter().enumerate();
        places
            .filter(|(_, it)| **it == standing)
            .map(|(state, _)| state)
            .collect()
    }
}

impl Conflict {
    /// Which states are stable under a concept, for each player and for all of them.
    ///
    /// Exact where rankings are known, ties included, and where the concept does not ask whether an
    /// answer is credible: whether a state is stable for a player then depends on its own ranking
    /// alone, and most where it holds the state as high, or as low, as what is known allows. Credible
    /// answers of players whose rankings are known in part are searched for, within bounded work.
    ///
    /// O(p · n² · (d + p + n) / 64) for p players, n states and d moves of a player from a state; with
    /// n³ for n² under symmetric concepts.
    #[must_use]
    pub fn stability(&self, concept: Concept) -> Stability {
        let singles: Vec<Coalition> = (0..self.n_players()).map(Coalition::single).collect();
        let mut effort = Effort::of(self);
        let players: Vec<Vec<Standing>> = { singles.iter() }
            .map(|single| self.standings(*single, concept, &mut effort))
            .collect();
        Stability {
            concept,
            joint: self.jointly(&singles, &players, concept),
            players,
        }
    }

    /// How each state stands for a coalition: whether it deters its members from moving together to
    /// what all of them prefer (Inohara & Hipel 2008). A coalition moves by legal sequences of its
    /// members' moves, is deterred by a state that some member prefers no more than the one it left,
    /// and under sequential concepts reckons with answers that improve each mover's lot, so that for
    /// one player it is that player's stability. Unlike there, where opponents too may answer as a coalition
    /// whose members gain together, an answer of several players is a sequence in which each mover gains.
    ///
    /// Complexity as of [`stability`](Self::stability).
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for a member that is no player.
    pub fn coalition_stability(
        &self,
        coalition: Coalition,
        concept: Concept,
    ) -> Result<Vec<Standing>, StabilityError> {
        self.check_coalition(coalition)?;
        Ok(self.standings(coalition, concept, &mut Effort::of(self)))
    }

    /// How each state stands as one that is stable for every coalition, single players and all
    /// together among them. O(2^p) times the complexity of [`stability`](Self::stability).
    ///
    /// # Errors
    /// [`StabilityError::TooManyPlayers`] beyond ten.
    pub fn coalition_equilibria(&self, concept: Concept) -> Result<Vec<Standing>, StabilityError> {
        if self.n_players() > MOST_FOR_COALITIONS {
            return Err(StabilityError::TooManyPlayers {
                given: self.n_players(),
                limit: MOST_FOR_COALITIONS,
                purpose: " to look at every coalition",
            });
        }
        let coalitions: Vec<Coalition> = Coalition::all(self.n_players()).collect();
        let mut effort = Effort::of(self);
        let each: Vec<Vec<Standing>> = { coalitions.iter() }
            .map(|coalition| self.standings(*coalition, concept, &mut effort))
            .collect();
        Ok(self.jointly(&coalitions, &each, concept))
    }

    fn standings(
        &self,
        coalition: Coalition,
        concept: Concept,
        effort: &mut Effort,
    ) -> Vec<Standing> {
        let judge = |view: &View| Judge::new(self, view, coalition, concept);
        let surely = judge(&View::sure(self));
        if self.is_known() {
            let standing = |state| match surely.is_stable(state) {
                true => Standing::Stable,
                false => Standing::Unstable,
            };
            return (0..self.n_states()).map(standing).collect();
        }
        let possibly = judge(&View::possible(self));
        let bounded =
            |state: usize| Standing::between(surely.is_stable(state), possibly.is_stable(state));
        let open = concept.is_credible() && !self.is_known_of_others(coalition);
        (0..self.n_states())
            .map(|state| match bounded(state) {
                Standing::Possible if open => settle(self, &[coalition], state, concept, effort),
                standing => standing,
            })
            .collect()
    }

    /// How each state stands for all targets at once, of how it stands for each.
    fn jointly(
        &self,
        targets: &[Coalition],
        each: &[Vec<Standing>],
        concept: Concept,
    ) -> Vec<Standing> {
        let mut effort = Effort::of(self);
        let all = |state: usize, standing| each.iter().all(|it| it[state] == standing);
        let any = |state: usize, standing| each.iter().any(|it| it[state] == standing);
        (0..self.n_states())
            .map(|state| match concept.is_credible() {
                _ if any(state, Standing::Unstable) => Standing::Unstable,
                _ if all(state, Standing::Stable) => Standing::Stable,
                // One ranking of each player holds the state as high as what is known allows.
                false => Standing::Possible,
                true => settle(self, targets, state, concept, &mut effort),
            })
            .collect()
    }

    /// Whether every ranking is known in full.
    pub(crate) fn is_known(&self) -> bool {
        self.preferences()
            .iter()
            .all(crate::Preference::is_complete)
    }

    fn is_known_of_others(&self, coalition: Coalition) -> bool {
        let mut others = coalition.others(self.n_players());
        others.all(|player| self.preferences()[player].is_complete())
    }
}
