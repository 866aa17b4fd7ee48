//! The inverse question: which rankings would make a state stable.

use crate::{
    Coalition, Concept, Conflict, Preference, Stability, StabilityError, bits, error::known,
    judge::Judge, view::View,
};

/// What a player's ranking must be like for a state to be stable for it, the other players' rankings
/// being as they are (the inverse approach; Kinsara, Kilgour & Hipel 2015, solved without listing
/// rankings).
///
/// Whether a state is stable for a player depends on its ranking only through which states are no
/// better than it. All conditions must be met, and a condition is met in any of its ways: this is
/// exact, for full rankings with ties or without, where the others' rankings are known in full or the
/// concept does not ask whether answers are credible. Otherwise only what is surely credible deters, and the
/// conditions are enough but may ask for more than is needed. Conditions are nowhere hurt by holding the
/// state higher.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Requirement {
    /// Whose ranking.
    pub player: usize,
    /// The state that is to be stable for it.
    pub state: usize,
    /// In which sense.
    pub concept: Concept,
    /// Each of these must be met; where there are none the state is stable whatever the ranking.
    pub conditions: Vec<Condition>,
}

/// What keeps the player from one of its moves.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Condition {
    /// Where the move leads.
    pub to: usize,
    /// Ways to meet the condition: in each the state must be no worse than every one of these. The
    /// first is that the move itself brings nothing; the others are answers to it that deter, each
    /// with where the player could then move if the concept is symmetric.
    pub ways: Vec<Vec<usize>>,
}

/// The least change of a full ranking that makes a state stable.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LeastChange {
    /// The states that the state must be put level with, a tier of the ranking; empty where nothing
    /// need change.
    pub level_with: Vec<usize>,
    /// How many tiers it rises.
    pub tiers_up: usize,
    /// How far the new ranking is from the old one: pairs of states in the opposite order, and half the
    /// pairs that tie in one of them only (Kemeny & Snell 1962).
    pub distance: f64,
    /// The new ranking, tiers from the best.
    pub ranking: Vec<Vec<usize>>,
}

impl Requirement {
    /// Whether the state is known to be stable for a player that ranks the states so. O(conditions ·
    /// their lengths).
    #[must_use]
    pub fn is_met_by(&self, preference: &Preference) -> bool {
        let within = self.state < preference.n_states();
        within
            && self.holds(|other| {
                other < preference.n_states() && preference.at_least(self.state, other)
            })
    }

    /// Whether all conditions are met where the state is no worse than those of which `no_worse` says
    /// so.
    fn holds(&self, no_worse: impl Fn(usize) -> bool) -> bool {
        let met = |way: &Vec<usize>| way.iter().all(|other| no_worse(*other));
        self.conditions.iter().all(|it| it.ways.iter().any(met))
    }

    /// The least change of a full ranking that meets all conditions: the state rises until it is level
    /// with a tier, and all else stays. No ranking that meets them is nearer by Kemeny and Snell's
    /// distance: whatever puts the state level with one of a tier above it must also, for each state
    /// between, turn it against one of the two. `None` unless the preference is a full ranking of the
    /// state. O(tiers · conditions · their lengths).
    #[must_use]
    pub fn least_change(&self, preference: &Preference) -> Option<LeastChange> {
        let tiers = preference.tiers()?;
        let places = preference.places()?;
        let own = *places.get(self.state)?;
        let enough = |tier: usize| self.holds(|it| places.get(it).is_some_and(|it| *it >= tier));
        let level = (0..=own).rev().find(|tier| enough(*tier))?;
        if level == own {
            return Some(LeastChange {
                level_with: Vec::new(),
                tiers_up: 0,
                distance: 0.0,
                ranking: tiers,
            });
        }
        let level_with = tiers[level].clone();
        let passed: usize = tiers[level + 1..own].iter().map(Vec::len).sum();
        let halves = 2 * passed + level_with.len() + tiers[own].len() - 1;
        let mut risen = places.to_vec();
        risen[self.state] = level;
        Some(LeastChange {
            level_with,
            tiers_up: own - level,
            distance: halves as f64 / 2.0,
            ranking: Preference::of_places(&risen).tiers()?,
        })
    }
}

/// What it would take to make a state an equilibrium.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ToEquilibrium {
    /// What is required of each player, in order.
    pub requirements: Vec<Requirement>,
    /// The least change of each player's ranking; absent where the ranking is not known in full.
    pub changes: Vec<Option<LeastChange>>,
    /// Whether the state is an equilibrium once all these changes are made. It always is under
    /// concepts that ask for no credible answers; under the others a change of one player's ranking may
    /// take away an answer that deters another. `None` where a ranking is not known in full.
    pub together: Option<bool>,
}

impl Conflict {
    /// Which rankings of a player would make a state stable for it, those of the others being as they
    /// are. Where the concept asks for credible answers, and the others' rankings are known in part,
    /// only moves that are known to improve are credible: the conditions are then enough, whatever the rest
    /// of those rankings, and the state may be stable in every case without them, by different answers.
    ///
    /// ```
    /// use detente_stability::{Concept, Conflict, Move, MoveGraph, Preference};
    ///
    /// // The prisoner's dilemma: 0 both cooperate, 1 and 2 one defects, 3 both.
    /// let moves = [(0, 0, 1), (0, 1, 0), (0, 2, 3), (0, 3, 2), (1, 0, 2), (1, 2, 0), (1, 1, 3), (1, 3, 1)];
    /// let moves = moves.map(|(player, from, to)| Move { player, from, to });
    /// let rankings = [[[1], [0], [3], [2]], [[2], [0], [3], [1]]];
    /// let rankings = rankings.map(|tiers| Preference::ranking(4, &tiers)).into_iter();
    /// let dilemma = Conflict::new(MoveGraph::new(2, 4, &moves)?, rankings.collect::<Result<_, _>>()?)?;
    ///
    /// // Cooperation is stable for one who looks one move ahead iff it is no worse than exploiting.
    /// let required = dilemma.required(0, 0, Concept::Nash)?;
    /// assert_eq!(required.conditions[0].ways, [[1]]);
    /// let change = required.least_change(&dilemma.preferences()[0]).expect("a full ranking");
    /// assert_eq!((change.level_with, change.distance), (vec![1], 0.5));
    /// # Ok::<(), detente_stability::StabilityError>(())
    /// ```
    ///
    /// O(p · n² · (d + p) / 64 + d · n · d) for p players, n states and d moves of a player from a state.
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for a player or a state that there is not.
    pub fn required(
        &self,
        player: usize,
        state: usize,
        concept: Concept,
    ) -> Result<Requirement, StabilityError> {
        known("player", player, self.n_players())?;
        self.check_state(state)?;
        let judge = Judge::new(self, &View::sure(self), Coalition::single(player), concept);
        let conditions = bits::ones(judge.reach(state)).filter_map(|to| {
            let ways = ways(&judge, state, to, concept);
            // The state is no worse than itself: an answer that leads back to it always deters.
            let settled = ways.iter().any(Vec::is_empty);
            (!settled).then_some(Condition { to, ways })
        });
        Ok(Requirement {
            player,
            state,
            concept,
            conditions: conditions.collect(),
        })
    }

    /// What it would take to make a state an equilibrium, player by player and together. Complexity as
    /// of [`required`](Self::required), for each player, and of [`stability`](Self::stability).
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for a state that there is not.
    pub fn to_equilibrium(
        &self,
        state: usize,
        concept: Concept,
    ) -> Result<ToEquilibrium, StabilityError> {
        let requirements: Vec<Requirement> = (0..self.n_players())
            .map(|player| self.required(player, state, concept))
            .collect::<Result<_, _>>()?;
        let changes: Vec<Option<LeastChange>> = { requirements.iter().zip(self.preferences()) }
            .map(|(required, preference)| required.least_change(preference))
            .collect();
        let mut changed = Some(self.clone());
        for (player, change) in changes.iter().enumerate() {
            changed = match (changed, change) {
                (Some(conflict), Some(change)) => {
                    let ranking = Preference::ranking(self.n_states(), &change.ranking)?;
                    Some(conflict.with_preference(player, ranking)?)
                }
                _ => None,
            };
        }
        let is_stable = |found: &Stability| found.equilibria().binary_search(&state).is_ok();
        Ok(ToEquilibrium {
            requirements,
            changes,
            together: changed.map(|it| is_stable(&it.stability(concept))),
        })
    }
}

/// The ways in which a move to `to` is not worth while, each without the state itself.
fn ways(judge: &Judge, state: usize, to: usize, concept: Concept) -> Vec<Vec<usize>> {
    let but_itself = |way: Vec<usize>| way.into_iter().filter(|it| *it != state).collect();
    let answers = bits::ones(judge.answers(to)).map(|answer| {
        let mut way = vec![answer];
        if concept.is_symmetric() {
            way.extend(bits::ones(judge.reach(answer)).filter(|it| *it != answer));
        }
        way
    });
    let all: Vec<Vec<usize>> = std::iter::once(vec![to])
        .chain(answers)
        .map(but_itself)
        .collect();
    // A symmetric way that comes back to the move itself asks no less than that it bring nothing.
    let adds = |way: &&Vec<usize>| way.as_slice() == [to] || !way.contains(&to);
    let mut kept: Vec<Vec<usize>> = all.iter().filter(adds).cloned().collect();
    kept.dedup();
    kept
}
