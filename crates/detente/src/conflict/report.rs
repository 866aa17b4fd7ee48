use detente_stability::{Concept, Move, RankedZone, Standing, StatusQuo, ToEquilibrium};
use serde::Serialize;

use super::{NamedOption, NamedState};

/// Which outcomes of a conflict hold, and how it may get there. Players and states are given by their
/// places, counted from 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StabilityReport {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// What the conflict is called.
    pub title: String,
    /// Where it is from.
    pub source: Option<String>,
    /// The players.
    pub players: Vec<String>,
    /// The options; none where players have moves between listed states.
    pub options: Vec<NamedOption>,
    /// The states.
    pub states: Vec<NamedState>,
    /// By player, whether its ranking is known in full.
    pub ranked: Vec<bool>,
    /// Which states are stable in each sense that was asked for.
    pub concepts: Vec<ConceptReport>,
    /// States of which no other is known to be worse for nobody and better for somebody.
    pub efficient: Vec<usize>,
    /// How the conflict may go on from where it stands; absent where that is not said.
    pub status_quo: Option<StatusQuoReport>,
    /// The states that all prefer to nonagreement, all of them and those from which nobody loses; empty
    /// where nonagreement is not said.
    pub zones: Vec<RankedZone>,
    /// The state that stands for nonagreement.
    pub nonagreement: Option<usize>,
    /// What would make the state hold that was asked for.
    pub hold: Option<HoldReport>,
    /// What was not done, and why.
    pub notes: Vec<String>,
}

/// Which states are stable under one concept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConceptReport {
    /// The concept.
    pub concept: Concept,
    /// Its usual letters.
    pub letters: &'static str,
    /// When a state is stable for a player.
    pub definition: &'static str,
    /// Who proposed it, and when.
    pub source: &'static str,
    /// By player, how each state stands for it.
    pub players: Vec<Vec<Standing>>,
    /// How each state stands for all players at once.
    pub joint: Vec<Standing>,
    /// The states that are certainly stable for all players.
    pub equilibria: Vec<usize>,
    /// The states that may be, for all that is known of rankings.
    pub possible_equilibria: Vec<usize>,
    /// How each state stands for every coalition at once, single players among them; absent where there are
    /// too many to look at.
    pub coalitions: Option<Vec<Standing>>,
}

/// How a conflict may go on from where it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatusQuoReport {
    /// The state that it stands at.
    pub state: usize,
    /// Who can go by legal moves to a state that all of them are known to prefer: single players first.
    pub improvements: Vec<CoalitionReport>,
    /// The ways to every state that is an equilibrium, certainly or possibly, in some sense.
    pub paths: Vec<PathReport>,
    /// Every state that legal moves lead to, and the moves.
    pub diagram: StatusQuo,
}

/// What players can reach together that all of them prefer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoalitionReport {
    /// The players.
    pub members: Vec<usize>,
    /// The states.
    pub to: Vec<usize>,
}

/// The ways to a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PathReport {
    /// The state.
    pub to: usize,
    /// The shortest legal sequence of moves; absent if there is none.
    pub moves: Option<Vec<Move>>,
    /// The shortest in which every mover prefers what it moves to.
    pub improvements: Option<Vec<Move>>,
}

/// What would make a state hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HoldReport {
    /// The state.
    pub state: usize,
    /// By concept, what is required of each player's ranking, and the least change of it.
    pub needs: Vec<ToEquilibrium>,
}
