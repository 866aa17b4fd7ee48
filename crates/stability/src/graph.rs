//! Who can move where.

use crate::{
    StabilityError,
    bits::{self, Relation},
    error::known,
    preference::check_size,
};

/// The most states of a conflict.
pub const MAX_STATES: usize = 4_096;

/// The most players of a conflict.
pub const MAX_PLAYERS: usize = 16;

/// The most moves of all players together.
pub const MAX_MOVES: usize = 1 << 24;

/// A move of one player: from one state to another, at one go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Move {
    /// Who moves.
    pub player: usize,
    /// The state that is left.
    pub from: usize,
    /// The state that is reached.
    pub to: usize,
}

/// The graph of a conflict: its states, and the moves that each player controls (Kilgour, Hipel &
/// Fang 1987). A move that can be taken back is two moves.
///
/// ```
/// use detente_stability::{Move, MoveGraph};
///
/// // Either side may arm and disarm; the first may also strike, for good.
/// let there_and_back = |player, from, to| [Move { player, from, to }, Move { player, from: to, to: from }];
/// let moves = [there_and_back(0, 0, 1), there_and_back(1, 0, 2), there_and_back(1, 1, 3),
///     there_and_back(0, 2, 3)].concat();
/// let graph = MoveGraph::new(2, 5, &moves)?.with_move(Move { player: 0, from: 1, to: 4 })?;
/// assert_eq!(graph.reachable(0, 1), [0, 4]);
/// assert!(graph.reachable(0, 4).is_empty());
/// # Ok::<(), detente_stability::StabilityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveGraph {
    moves: Vec<Relation>,
}

impl MoveGraph {
    /// The moves of a conflict, in any order; one that is given twice counts once. O(n_players ·
    /// n_states² / 64 + moves).
    ///
    /// # Errors
    /// [`StabilityError::NoPlayers`], [`StabilityError::TooManyPlayers`], [`StabilityError::NoStates`],
    /// [`StabilityError::TooManyStates`], [`StabilityError::TooManyMoves`];
    /// [`StabilityError::Unknown`] or [`StabilityError::NoMove`] for a move.
    pub fn new(n_players: usize, n_states: usize, moves: &[Move]) -> Result<Self, StabilityError> {
        check_players(n_players)?;
        check_size(n_states)?;
        if n_states == 0 {
            return Err(StabilityError::NoStates);
        }
        let graph = Self {
            moves: vec![Relation::empty(n_states); n_players],
        };
        let graph = moves
            .iter()
            .try_fold(graph, |graph, it| graph.with_move(*it))?;
        graph.bounded()
    }

    /// The same with one move more.
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] or [`StabilityError::NoMove`].
    pub fn with_move(mut self, given: Move) -> Result<Self, StabilityError> {
        let Move { player, from, to } = given;
        known("player of a move", player, self.n_players())?;
        known("state of a move", from.max(to), self.n_states())?;
        if from == to {
            let state = from;
            return Err(StabilityError::NoMove { player, state });
        }
        self.moves[player].insert(from, to);
        Ok(self)
    }

    /// How many players there are.
    #[must_use]
    pub const fn n_players(&self) -> usize {
        self.moves.len()
    }

    /// How many states there are.
    #[must_use]
    pub fn n_states(&self) -> usize {
        self.moves.first().map_or(0, Relation::len)
    }

    /// The states that a player can move to from a state at one go, in order; none for a player or a
    /// state that there is not.
    #[must_use]
    pub fn reachable(&self, player: usize, state: usize) -> Vec<usize> {
        let relation = self.moves.get(player).filter(|it| state < it.len());
        relation.map_or_else(Vec::new, |it| bits::ones(it.row(state)).collect())
    }

    /// Every move, by player, then by states.
    pub fn moves(&self) -> impl Iterator<Item = Move> + '_ {
        self.moves
            .iter()
            .enumerate()
            .flat_map(|(player, relation)| {
                (0..relation.len()).flat_map(move |from| {
                    bits::ones(relation.row(from)).map(move |to| Move { player, from, to })
                })
            })
    }

    /// The moves of a player that there is.
    pub(crate) fn of(&self, player: usize) -> &Relation {
        &self.moves[player]
    }

    /// Of relations on the same states, one a player.
    pub(crate) fn of_relations(moves: Vec<Relation>) -> Result<Self, StabilityError> {
        Self { moves }.bounded()
    }

    fn bounded(self) -> Result<Self, StabilityError> {
        match self.moves.iter().map(Relation::count).sum() {
            ..=MAX_MOVES => Ok(self),
            given => Err(StabilityError::TooManyMoves {
                given,
                limit: MAX_MOVES,
            }),
        }
    }
}

/// Refuses nobody, and more players than there can be.
pub(crate) const fn check_players(n_players: usize) -> Result<(), StabilityError> {
    match n_players {
        0 => Err(StabilityError::NoPlayers),
        1..=MAX_PLAYERS => Ok(()),
        given => Err(StabilityError::TooManyPlayers {
            given,
            limit: MAX_PLAYERS,
            purpose: "",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a(player: usize, from: usize, to: usize) -> Move {
        Move { player, from, to }
    }

    #[test]
    fn moves_name_players_and_states_that_there_are() {
        let error = |given| MoveGraph::new(2, 3, &[given]).unwrap_err().to_string();
        assert_eq!(
            error(a(2, 0, 1)),
            "player of a move 2 does not exist; expected one of 2 from 0"
        );
        assert_eq!(
            error(a(0, 0, 3)),
            "state of a move 3 does not exist; expected one of 3 from 0"
        );
        assert_eq!(
            error(a(1, 2, 2)),
            "player 1 moves from state 2 to itself; expected another state"
        );
    }

    #[test]
    fn sizes_have_limits() {
        assert_eq!(MoveGraph::new(0, 3, &[]), Err(StabilityError::NoPlayers));
        assert_eq!(MoveGraph::new(2, 0, &[]), Err(StabilityError::NoStates));
        assert!(MoveGraph::new(1_000_000, 3, &[]).is_err());
        assert!(MoveGraph::new(2, 1_000_000, &[]).is_err());
    }

    #[test]
    fn moves_are_listed_once_and_in_order() {
        let graph = MoveGraph::new(2, 3, &[a(1, 2, 0), a(0, 0, 1), a(1, 2, 0)]).unwrap();
        assert_eq!(graph.moves().collect::<Vec<_>>(), [a(0, 0, 1), a(1, 2, 0)]);
        assert_eq!(graph.reachable(9, 0), [0_usize; 0]);
        assert_eq!(graph.reachable(0, 9), [0_usize; 0]);
    }
}
