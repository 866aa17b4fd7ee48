//! How a conflict may evolve from where it stands.

use std::collections::VecDeque;

use crate::{Conflict, Move, StabilityError};

/// Which moves are followed from the status quo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Follow {
    /// All that players control.
    Moves,
    /// Those to a state that the mover is known to prefer to the one it leaves.
    Improvements,
}

/// The status quo diagram: what legal sequences of moves, in which no player moves twice in a row,
/// lead to from the state where a conflict stands, and how soon (Li, Kilgour & Hipel 2005).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StatusQuo {
    /// Where the conflict stands.
    pub start: usize,
    /// Which moves were followed.
    pub follow: Follow,
    /// For each state after how many moves it is first reached; `None` where it never is, 0 at the
    /// start.
    pub first: Vec<Option<usize>>,
    /// Every move that is part of a legal sequence, by the step at which it is first made, from 1; then
    /// by player and by states.
    pub steps: Vec<(usize, Move)>,
    /// The step at which each state was first arrived at by each player, and the move before.
    #[cfg_attr(feature = "serde", serde(skip))]
    turns: Vec<Option<Turn>>,
}

/// An arrival at a state by a move of a player.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn {
    step: usize,
    last: Move,
    /// Who had moved before; `None` at the start.
    before: Option<usize>,
}

impl StatusQuo {
    /// The shortest legal sequence of moves from the start to a state, empty to the start itself; `None`
    /// where there is none. Of several always the same one.
    #[must_use]
    pub fn path_to(&self, state: usize) -> Option<Vec<Move>> {
        let steps = (*self.first.get(state)?)?;
        let n_players = self.turns.len() / self.first.len();
        let arrived = |state: usize, player: usize| self.turns[state * n_players + player];
        let mut turn = (0..n_players)
            .filter_map(|player| arrived(state, player))
            .find(|turn| turn.step == steps);
        let mut path = Vec::new();
        while let Some(Turn { last, before, .. }) = turn {
            path.push(last);
            turn = before.and_then(|player| arrived(last.from, player));
        }
        path.reverse();
        Some(path)
    }

    /// The states that are reached, the start first and then by the step at which they are.
    #[must_use]
    pub fn reached(&self) -> Vec<usize> {
        let mut reached: Vec<usize> = (0..self.first.len())
            .filter(|state| self.first[*state].is_some())
            .collect();
        reached.sort_by_key(|state| self.first[*state]);
        reached
    }
}

impl Conflict {
    /// The status quo diagram from a state. O(players · (moves + states)).
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for a state that there is not.
    pub fn status_quo(&self, start: usize, follow: Follow) -> Result<StatusQuo, StabilityError> {
        self.check_state(start)?;
        let n_players = self.n_players();
        let mut found = StatusQuo {
            start,
            follow,
            first: vec![None; self.n_states()],
            steps: Vec::new(),
            turns: vec![None; self.n_states() * n_players],
        };
        found.first[start] = Some(0);
        // By state and who may not move; at the start everybody may.
        let mut made = vec![false; self.n_states() * n_players];
        let mut open = VecDeque::from([(start, None, 0)]);
        while let Some((from, before, step)) = open.pop_front() {
            let movers = (0..n_players).filter(|player| before != Some(*player));
            for player in movers {
                // Whoever moved before, the player's moves from here lead to the same.
                if std::mem::replace(&mut made[from * n_players + player], true) {
                    continue;
                }
                for to in self.followed(player, from, follow) {
                    let last = Move { player, from, to };
                    let step = step + 1;
                    found.steps.push((step, last));
                    found.first[to].get_or_insert(step);
                    let turn = &mut found.turns[to * n_players + player];
                    if turn.is_none() {
                        *turn = Some(Turn { step, last, before });
                        open.push_back((to, Some(player), step));
                    }
                }
            }
        }
        found.steps.sort_unstable();
        Ok(found)
    }

    fn followed(&self, player: usize, from: usize, follow: Follow) -> Vec<usize> {
        let mut moves = self.graph().reachable(player, from);
        if follow == Follow::Improvements {
            moves.retain(|to| self.preferences()[player].prefers(*to, from));
        }
        moves
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MoveGraph, Preference};

    #[test]
    fn sequences_are_legal_and_shortest() {
        let a = |player, from, to| Move { player, from, to };
        // The first goes 0, 1, 2 only if the second passes between by 1 to 3 and back.
        let moves = [a(0, 0, 1), a(0, 1, 2), a(1, 1, 3), a(0, 3, 4), a(1, 4, 1)];
        let graph = MoveGraph::new(2, 6, &moves).unwrap();
        let rank = |tiers: &[[usize; 1]]| Preference::ranking(6, tiers).unwrap();
        let upward = rank(&[[5], [4], [3], [2], [1], [0]]);
        let conflict = Conflict::new(graph, vec![upward.clone(), upward]).unwrap();
        let all = conflict.status_quo(0, Follow::Moves).unwrap();
        assert_eq!(
            all.path_to(2).unwrap(),
            [a(0, 0, 1), a(1, 1, 3), a(0, 3, 4), a(1, 4, 1), a(0, 1, 2)]
        );
        assert_eq!(
            all.first,
            [Some(0), Some(1), Some(5), Some(2), Some(3), None]
        );
        assert_eq!((all.path_to(0), all.path_to(5)), (Some(vec![]), None));
        assert_eq!(all.path_to(6), None);
        assert_eq!(all.reached(), [0, 1, 3, 4, 2]);
        // The second does not gain by going back from 4 to 1.
        let gains = conflict.status_quo(0, Follow::Improvements).unwrap();
        assert_eq!(gains.reached(), [0, 1, 3, 4]);
        assert!(conflict.status_quo(6, Follow::Moves).is_err());
    }
}
