//! What players can reach by moving together.

use crate::{Coalition, Conflict, StabilityError, bits, reach::legally_reached};

impl Conflict {
    /// The states that a coalition can lead a state to by legal sequences of its members' moves, none of
    /// whom moves twice in a row; in order. O(n² · (d + p) / 64 · p) for n states, p members and d moves
    /// from a state.
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for a state or a member that there is not.
    pub fn coalition_reach(
        &self,
        coalition: Coalition,
        state: usize,
    ) -> Result<Vec<usize>, StabilityError> {
        self.check_coalition(coalition)?;
        self.check_state(state)?;
        let moves: Vec<_> = coalition.members().map(|it| self.graph().of(it)).collect();
        let reached = legally_reached(self.n_states(), &moves);
        Ok(bits::ones(reached.row(state)).collect())
    }

    /// The coalition improvements from a state: the states that a coalition can lead it to and that
    /// every member is known to prefer (Kilgour, Hipel, Fang & Peng 2001); in order. For one player
    /// they are its unilateral improvements. Members may lose on the way.
    ///
    /// ```
    /// # use detente_stability::{Coalition, Conflict, Move, MoveGraph, Preference};
    /// // Neither gains by disarming alone, from 0 to 1 or to 2; both gain by disarming together, at 3.
    /// let moves = [(0, 0, 1), (1, 0, 2), (1, 1, 3), (0, 2, 3)];
    /// let moves = moves.map(|(player, from, to)| Move { player, from, to });
    /// let rankings = [[[2], [3], [0], [1]], [[1], [3], [0], [2]]];
    /// let rankings = rankings.map(|tiers| Preference::ranking(4, &tiers)).into_iter();
    /// let arms = Conflict::new(MoveGraph::new(2, 4, &moves)?, rankings.collect::<Result<_, _>>()?)?;
    /// assert!(arms.coalition_improvements(Coalition::new([0])?, 0)?.is_empty());
    /// assert_eq!(arms.coalition_improvements(Coalition::new([0, 1])?, 0)?, [3]);
    /// # Ok::<(), detente_stability::StabilityError>(())
    /// ```
    ///
    /// Complexity as of [`coalition_reach`](Self::coalition_reach).
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for a state or a member that there is not.
    pub fn coalition_improvements(
        &self,
        coalition: Coalition,
        state: usize,
    ) -> Result<Vec<usize>, StabilityError> {
        let all_prefer = |to: &usize| {
            let mut members = coalition.members();
            members.all(|player| self.preferences()[player].prefers(*to, state))
        };
        let mut reached = self.coalition_reach(coalition, state)?;
        reached.retain(all_prefer);
        Ok(reached)
    }
}
