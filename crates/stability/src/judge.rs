//! Whether a state is stable, by one view of preferences.

use crate::{
    Coalition, Concept, Conflict,
    bits::{self, Relation},
    reach::legally_reached,
    view::View,
};

/// Judges states for one coalition, which may be a single player, under one concept.
pub(crate) struct Judge {
    concept: Concept,
    /// For each state those that are no better for some member.
    lower: Relation,
    /// Where the coalition can go.
    reach: Relation,
    /// Where the others can go from there, by the moves that the concept reckons with.
    answers: Relation,
}

impl Judge {
    pub(crate) fn new(
        conflict: &Conflict,
        view: &View,
        coalition: Coalition,
        concept: Concept,
    ) -> Self {
        let graph = conflict.graph();
        let own: Vec<&Relation> = coalition.members().map(|it| graph.of(it)).collect();
        let others = coalition.others(conflict.n_players());
        let others: Vec<&Relation> = match concept.is_credible() {
            _ if !concept.foresees() => Vec::new(),
            true => others.map(|it| view.improvements(it)).collect(),
            false => others.map(|it| graph.of(it)).collect(),
        };
        Self {
            concept,
            lower: view.lower_for(coalition),
            reach: legally_reached(conflict.n_states(), &own),
            answers: legally_reached(conflict.n_states(), &others),
        }
    }

    /// Whether the state is stable. O(n² / 64) for n states, and O(n³ / 64) under symmetric concepts at
    /// most.
    pub(crate) fn is_stable(&self, state: usize) -> bool {
        let lower = self.lower.row(state);
        let mut improvements = bits::ones(self.reach.row(state))
            .filter(|to| !bits::contains(lower, *to))
            .peekable();
        if improvements.peek().is_none() {
            return true;
        }
        if !self.concept.foresees() {
            return false;
        }
        if !self.concept.is_symmetric() {
            return improvements.all(|to| bits::intersects(self.answers.row(to), lower));
        }
        let deterring = self.without_way_out(lower);
        improvements.all(|to| bits::intersects(self.answers.row(to), &deterring))
    }

    /// Of the states in `lower` those from which no move leads out of it.
    fn without_way_out(&self, lower: &[u64]) -> Vec<u64> {
        let mut kept = self.lower.empty_row();
        for state in bits::ones(lower).filter(|it| bits::is_subset(self.reach.row(*it), lower)) {
            bits::insert(&mut kept, state);
        }
        kept
    }

    /// Where the coalition can go from a state.
    pub(crate) fn reach(&self, state: usize) -> &[u64] {
        self.reach.row(state)
    }

    /// Where the others can go from a state, by the moves that the concept reckons with.
    pub(crate) fn answers(&self, state: usize) -> &[u64] {
        self.answers.row(state)
    }
}
