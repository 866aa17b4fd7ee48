//! Preferences as far as they are surely so, and as far as they may be.

use crate::{Coalition, Conflict, bits::Relation};

/// What is taken to be so of every player's preferences where not all is known.
pub(crate) struct View {
    /// By player, for each state x: the states w with `x ≽ w`.
    lower: Vec<Relation>,
    /// By player, for each state: the moves from it that improve.
    improvements: Vec<Relation>,
}

impl View {
    /// What favours stability least: `x ≽ w` and improvements are only what is known to be so.
    pub(crate) fn sure(conflict: &Conflict) -> Self {
        let lower = |it: &crate::Preference| it.known_lower().clone();
        Self::of(conflict, lower, crate::Preference::possible_lower)
    }

    /// What favours stability most: whatever may be so for all that is known. Such preferences need
    /// not fit together.
    pub(crate) fn possible(conflict: &Conflict) -> Self {
        let lower = |it: &crate::Preference| it.known_lower().clone();
        Self::of(conflict, crate::Preference::possible_lower, lower)
    }

    fn of(
        conflict: &Conflict,
        lower: impl Fn(&crate::Preference) -> Relation,
        no_improvement: impl Fn(&crate::Preference) -> Relation,
    ) -> Self {
        let improvements = { conflict.preferences().iter().enumerate() }.map(|(player, it)| {
            let (moves, barred) = (conflict.graph().of(player), no_improvement(it));
            Relation::by_words(moves.len(), |state, word| {
                moves.row(state)[word] & !barred.row(state)[word]
            })
        });
        Self {
            lower: conflict.preferences().iter().map(lower).collect(),
            improvements: improvements.collect(),
        }
    }

    /// For each state those that are no better for some member of a coalition.
    pub(crate) fn lower_for(&self, coalition: Coalition) -> Relation {
        let rows = || coalition.members().map(|player| &self.lower[player]);
        Relation::by_words(self.lower[0].len(), |state, word| {
            rows().fold(0, |bits, lower| bits | lower.row(state)[word])
        })
    }

    /// The moves of a player that improve its lot.
    pub(crate) fn improvements(&self, player: usize) -> &Relation {
        &self.improvements[player]
    }
}
