//! A conflict: who can move where, and who prefers what.

use detente_payoff::PayoffMatrix;

use crate::{Coalition, MoveGraph, Preference, StabilityError, error::known};

/// The graph model of a conflict (Kilgour, Hipel & Fang 1987): players, the states that it may be in,
/// the moves that each player controls, and what is known of each player's ranking of the states.
///
/// ```
/// use detente_stability::{Concept, Conflict, Move, MoveGraph, Preference};
///
/// // Prisoner's dilemma: 0 both cooperate, 1 the first alone defects, 2 the second alone, 3 both.
/// let moves = [(0, 0, 1), (0, 1, 0), (0, 2, 3), (0, 3, 2), (1, 0, 2), (1, 2, 0), (1, 1, 3), (1, 3, 1)];
/// let moves = moves.map(|(player, from, to)| Move { player, from, to });
/// let rankings = [[[1], [0], [3], [2]], [[2], [0], [3], [1]]];
/// let rankings = rankings.map(|tiers| Preference::ranking(4, &tiers)).into_iter();
/// let dilemma = Conflict::new(MoveGraph::new(2, 4, &moves)?, rankings.collect::<Result<_, _>>()?)?;
///
/// assert_eq!(dilemma.stability(Concept::Nash).equilibria(), [3]);
/// // Cooperation holds among players who foresee the answer.
/// assert_eq!(dilemma.stability(Concept::Sequential).equilibria(), [0, 3]);
/// # Ok::<(), detente_stability::StabilityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    graph: MoveGraph,
    preferences: Vec<Preference>,
}

impl Conflict {
    /// A conflict in which player k has the k-th preference.
    ///
    /// # Errors
    /// [`StabilityError::Mismatch`] unless there is a preference for each player, over as many states
    /// as the graph has.
    pub fn new(graph: MoveGraph, preferences: Vec<Preference>) -> Result<Self, StabilityError> {
        matching("list of preferences", preferences.len(), graph.n_players())?;
        for preference in &preferences {
            matching(
                "preference of a player",
                preference.n_states(),
                graph.n_states(),
            )?;
        }
        Ok(Self { graph, preferences })
    }

    /// A conflict over agreements whose payoffs are known: the states are the agreements, in order,
    /// and then nonagreement.
    ///
    /// # Errors
    /// [`StabilityError::Mismatch`] unless the graph has a player for each party, and a state for each
    /// agreement and one more; [`StabilityError::TooManyStates`].
    pub fn over_agreements(
        graph: MoveGraph,
        matrix: &PayoffMatrix,
    ) -> Result<Self, StabilityError> {
        let columns = (0..matrix.n_parties()).map(|party| {
            let payoffs = matrix.party(party).unwrap_or_default();
            let without = matrix.nonagreement().get(party);
            let scores: Vec<f64> = payoffs.iter().chain(without).copied().collect();
            Preference::scores(&scores)
        });
        Self::new(graph, columns.collect::<Result<_, _>>()?)
    }

    /// The same conflict with another preference of one player.
    ///
    /// # Errors
    /// [`StabilityError::Unknown`]; [`StabilityError::Mismatch`] unless it ranks as many states.
    pub fn with_preference(
        mut self,
        player: usize,
        preference: Preference,
    ) -> Result<Self, StabilityError> {
        known("player", player, self.n_players())?;
        matching(
            "preference of a player",
            preference.n_states(),
            self.n_states(),
        )?;
        self.preferences[player] = preference;
        Ok(self)
    }

    /// The states and moves.
    #[must_use]
    pub const fn graph(&self) -> &MoveGraph {
        &self.graph
    }

    /// What is known of each player's ranking.
    #[must_use]
    pub fn preferences(&self) -> &[Preference] {
        &self.preferences
    }

    /// How many players there are; at least one.
    #[must_use]
    pub const fn n_players(&self) -> usize {
        self.graph.n_players()
    }

    /// How many states there are; at least one.
    #[must_use]
    pub fn n_states(&self) -> usize {
        self.graph.n_states()
    }

    /// Refuses a state that there is not.
    pub(crate) fn check_state(&self, state: usize) -> Result<(), StabilityError> {
        known("state", state, self.n_states()).map(|_| ())
    }

    /// Refuses a coalition with a member that is no player.
    pub(crate) fn check_coalition(&self, coalition: Coalition) -> Result<(), StabilityError> {
        known("player of a coalition", coalition.last(), self.n_players()).map(|_| ())
    }
}

const fn matching(what: &'static str, given: usize, expected: usize) -> Result<(), StabilityError> {
    if given == expected {
        Ok(())
    } else {
        Err(StabilityError::Mismatch {
            what,
            given,
            expected,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Concept, Move};

    #[test]
    fn every_player_ranks_every_state() {
        let graph = MoveGraph::new(2, 3, &[]).unwrap();
        let [two, three] = [2, 3].map(|n| Preference::indifferent(n).unwrap());
        let error = |preferences| {
            Conflict::new(graph.clone(), preferences)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            error(vec![three.clone()]),
            "list of preferences has 1 entries; expected 2"
        );
        assert_eq!(
            error(vec![three.clone(), two.clone()]),
            "preference of a player has 2 entries; expected 3"
        );
        let conflict = Conflict::new(graph, vec![three.clone(), three]).unwrap();
        assert!(conflict.clone().with_preference(1, two.clone()).is_err());
        assert!(conflict.with_preference(2, two).is_err());
    }

    #[test]
    fn agreements_are_states_and_nonagreement_the_last() {
        let matrix = PayoffMatrix::from_vectors(&[[2.0, 1.0], [1.0, 1.0]], &[1.0, 2.0]).unwrap();
        let leave = |from| Move {
            player: 1,
            from,
            to: 2,
        };
        let graph = MoveGraph::new(2, 3, &[leave(0), leave(1)]).unwrap();
        let conflict = Conflict::over_agreements(graph, &matrix).unwrap();
        assert_eq!(
            conflict.preferences()[0].tiers().unwrap(),
            [vec![0], vec![1, 2]]
        );
        assert_eq!(conflict.stability(Concept::Nash).equilibria(), [2]);
    }
}
