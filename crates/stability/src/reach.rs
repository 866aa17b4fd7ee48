//! Where players get by moving in turns.

use crate::bits::{self, Relation};

/// The states that each state can be led to by legal sequences of moves: any number of them, in which
/// no player moves twice in a row (Fang, Hipel & Kilgour 1993). `moves` holds the moves of each player
/// that takes part, or those among them that improve its lot. The state itself is left out.
///
/// O(n · p · (d + p) · n / 64) for n states, p players and d moves of a player from a state.
pub(crate) fn legally_reached(n_states: usize, moves: &[&Relation]) -> Relation {
    let mut reached = Relation::empty(n_states);
    if let [alone] = moves {
        for state in 0..n_states {
            reached.row_mut(state).copy_from_slice(alone.row(state));
        }
        return reached;
    }
    let sequences = Sequences { n_states, moves };
    let closed = Components::of(&sequences);
    for state in 0..n_states {
        for player in 0..moves.len() {
            bits::unite(
                reached.row_mut(state),
                closed.row(sequences.to_move(state, player)),
            );
        }
        bits::remove(reached.row_mut(state), state);
    }
    reached
}

/// Whose turn it is, as a graph. Its nodes are, for each state and player: that the player is to move
/// there; and that the player came there by the last move, so that another is to move.
struct Sequences<'m> {
    n_states: usize,
    moves: &'m [&'m Relation],
}

impl Sequences<'_> {
    const fn to_move(&self, state: usize, player: usize) -> usize {
        state * self.moves.len() + player
    }

    const fn n_turns(&self) -> usize {
        self.n_states * self.moves.len()
    }

    /// The state at which a player has just arrived, of nodes of the second kind.
    const fn arrived(&self, node: usize) -> Option<usize> {
        match node.checked_sub(self.n_turns()) {
            Some(turn) => Some(turn / self.moves.len()),
            None => None,
        }
    }

    /// The first node at `cursor` or after it that follows on `node`, and where to look for the next.
    fn next(&self, node: usize, cursor: usize) -> Option<(usize, usize)> {
        let n_players = self.moves.len();
        match node.checked_sub(self.n_turns()) {
            None => {
                let (state, player) = (node / n_players, node % n_players);
                let to = bits::next_one(self.moves[player].row(state), cursor)?;
                Some((self.n_turns() + self.to_move(to, player), to + 1))
            }
            Some(turn) => {
                let (state, last) = (turn / n_players, turn % n_players);
                let next = cursor + usize::from(cursor == last);
                (next < n_players).then(|| (self.to_move(state, next), next + 1))
            }
        }
    }
}

/// Strongly connected components, with the states that are arrived at from each (Tarjan 1972).
struct Components {
    /// The component of each node.
    of: Vec<usize>,
    rows: Vec<Vec<u64>>,
}

const UNSEEN: usize = usize::MAX;

/// A node that is being looked at: where among the nodes that follow on it to go on.
struct Visit {
    node: usize,
    cursor: usize,
}

impl Components {
    fn row(&self, node: usize) -> &[u64] {
        &self.rows[self.of[node]]
    }

    fn of(graph: &Sequences<'_>) -> Self {
        let n_nodes = 2 * graph.n_turns();
        let mut search = Search {
            graph,
            seen: vec![UNSEEN; n_nodes],
            low: vec![0; n_nodes],
            open: Vec::new(),
            n_seen: 0,
            found: Self {
                of: vec![UNSEEN; n_nodes],
                rows: Vec::new(),
            },
        };
        for node in 0..n_nodes {
            if search.seen[node] == UNSEEN {
                search.from(node);
            }
        }
        search.found
    }
}

struct Search<'g> {
    graph: &'g Sequences<'g>,
    /// When each node was first seen.
    seen: Vec<usize>,
    /// The earliest node that each is known to lead back to.
    low: Vec<usize>,
    /// Nodes whose component is not yet whole.
    open: Vec<usize>,
    n_seen: usize,
    found: Components,
}

impl Search<'_> {
    fn from(&mut self, root: usize) {
        let mut visits = vec![self.enter(root)];
        while let Some(visit) = visits.last_mut() {
            let node = visit.node;
            if let Some((next, cursor)) = self.graph.next(node, visit.cursor) {
                visit.cursor = cursor;
                if self.seen[next] == UNSEEN {
                    visits.push(self.enter(next));
                } else if self.found.of[next] == UNSEEN {
                    self.low[node] = self.low[node].min(self.seen[next]);
                }
                continue;
            }
            visits.pop();
            if let Some(before) = visits.last() {
                self.low[before.node] = self.low[before.node].min(self.low[node]);
            }
            if self.low[node] == self.seen[node] {
                self.close(node);
            }
        }
    }

    fn enter(&mut self, node: usize) -> Visit {
        self.seen[node] = self.n_seen;
        self.low[node] = self.n_seen;
        self.n_seen += 1;
        self.open.push(node);
        Visit { node, cursor: 0 }
    }

    /// Makes a component of the open nodes back to `root`, which lead to one another.
    fn close(&mut self, root: usize) {
        let first = { self.open.iter() }
            .rposition(|node| *node == root)
            .unwrap_or_default();
        let members = self.open.split_off(first);
        let component = self.found.rows.len();
        for node in &members {
            self.found.of[*node] = component;
        }
        let mut row = vec![0; self.graph.n_states.div_ceil(64)];
        for node in members {
            if let Some(state) = self.graph.arrived(node) {
                bits::insert(&mut row, state);
            }
            let mut cursor = 0;
            while let Some((next, after)) = self.graph.next(node, cursor) {
                cursor = after;
                if self.found.of[next] != component {
                    bits::unite(&mut row, self.found.row(next));
                }
            }
        }
        self.found.rows.push(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(pairs: &[(usize, usize)]) -> Relation {
        let mut relation = Relation::empty(5);
        for (from, to) in pairs {
            relation.insert(*from, *to);
        }
        relation
    }

    fn from(state: usize, moves: &[&Relation]) -> Vec<usize> {
        bits::ones(legally_reached(5, moves).row(state)).collect()
    }

    #[test]
    fn nobody_moves_twice_in_a_row() {
        let chain = relation(&[(0, 1), (1, 2), (2, 3), (3, 4)]);
        assert_eq!(from(0, &[&chain]), [1]);
        let step = relation(&[(1, 2)]);
        // The second player's step lets the first go on.
        assert_eq!(from(0, &[&chain, &step]), [1, 2, 3]);
        assert_eq!(from(0, &[&chain, &chain]), [1, 2, 3, 4]);
    }

    #[test]
    fn circles_are_closed_and_the_start_left_out() {
        let there = relation(&[(0, 1), (2, 0)]);
        let back = relation(&[(1, 2), (0, 3)]);
        // From 0 over 1 and 2 back to 0, by the first player last; then the second goes to 3.
        assert_eq!(from(0, &[&there, &back]), [1, 2, 3]);
        assert_eq!(from(1, &[&there, &back]), [0, 2, 3]);
        assert_eq!(from(4, &[&there, &back]), [0_usize; 0]);
        assert_eq!(from(0, &[]), [0_usize; 0]);
    }
}
