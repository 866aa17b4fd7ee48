use detente_quantity::{Probability, Stakes};
use detente_reciprocity::{
    GameKind,
    automata::{Horizon, Noise, Population},
};
use serde::Serialize;

/// How strategies did against each other. Lists by strategy are in the order of the standings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TournamentReport {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// What the tournament is called.
    pub title: String,
    /// T, R, P and S.
    pub stakes: Stakes,
    /// What kind of game they make; most strategies were thought up for a prisoner's dilemma.
    pub kind: GameKind,
    /// How all err.
    pub noise: Noise,
    /// How periods are weighed.
    pub horizon: Horizon,
    /// The strategies, best first.
    pub standings: Vec<StandingReport>,
    /// By strategy and opponent: what the strategy gets a period.
    pub payoffs: Vec<Vec<f64>>,
    /// By strategy and opponent: how often the strategy honours.
    pub honouring: Vec<Vec<Probability>>,
    /// Who holds a small population, if that was asked for.
    pub succession: Option<SuccessionReport>,
    /// What was not done, and why.
    pub notes: Vec<String>,
}

/// How one strategy did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandingReport {
    /// Its rank, from 1; strategies that do equally well share the best.
    pub rank: usize,
    /// What it is called.
    pub name: String,
    /// How one types it; absent for one's own.
    pub strategy: Option<String>,
    /// How many states it has, those that behave alike counted once.
    pub states: usize,
    /// Its mean payoff a period over all opponents, itself included.
    pub score: f64,
    /// What it gets from itself.
    pub against_itself: f64,
    /// How often it honours, over all opponents.
    pub honours: Probability,
    /// The strategies, by their places from 0, that spread where all others play this one; where
    /// there are none and no neutral ones, it is evolutionarily stable in this field, which says
    /// nothing of one that plays alone.
    pub invaded_by: Vec<usize>,
    /// Those that neither spread nor die out there.
    pub neutral: Vec<usize>,
}

/// Who holds a small population in which strategies spread by imitation and newcomers are rare.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SuccessionReport {
    /// How many individuals, and how much payoffs count.
    pub population: Population,
    /// By strategy: the share of time in which all play it.
    pub shares: Vec<Probability>,
    /// By resident and newcomer: the chance that a single newcomer takes over.
    pub takeovers: Vec<Vec<Probability>>,
    /// By resident: whether selection opposes every newcomer and its taking over (ESS_N, Nowak,
    /// Sasaki, Taylor and Fudenberg 2004).
    pub stable: Vec<bool>,
}
