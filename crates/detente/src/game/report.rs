use detente_quantity::{DiscountFactor, Probability};
use detente_reciprocity::{
    CriticalPatience, Direction, Dominance, Equilibrium, EquilibriumComponent, OutcomeFamily, Side,
    payoff_set::PayoffSet,
    repeated::{CriticalDelta, CriticalDeltas, TransferEquilibria},
};
use serde::Serialize;

use crate::case::Terms;

/// Which game two parties play, what it comes to, and what patience sustains.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GameReport {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// What the game is called, or the case.
    pub title: String,
    /// Of a case: the reference agreement whose carrying out is the game.
    pub terms: Option<Terms>,
    /// The row and the column player, whose order everything follows.
    pub players: [String; 2],
    /// The names of their actions.
    pub actions: [Vec<String>; 2],
    /// What the row gets, a list for each of its actions.
    pub row: Vec<Vec<f64>>,
    /// What the column gets, in the same places.
    pub col: Vec<Vec<f64>>,
    /// The name of the class of a 2 × 2 game, or its ranks where payoffs tie; absent for others.
    pub class: Option<String>,
    /// More about the class.
    pub taxonomy: Option<TaxonomyReport>,
    /// The equilibria: all extreme ones, of which every other is a mixture, or those that were found.
    pub equilibria: Vec<EquilibriumReport>,
    /// The connected components of the equilibria; empty unless all were found.
    pub components: Vec<EquilibriumComponent>,
    /// Whether all equilibria were found.
    pub complete: bool,
    /// What each player can be held to.
    pub minmax: [MinmaxReport; 2],
    /// From which patience on what can be sustained, if the game is repeated for ever.
    pub critical_delta: CriticalDeltaReport,
    /// Whether it can at the patience that was given.
    pub at_delta: Option<AtDelta>,
    /// Every pair of payoffs that can be sustained at that patience, by whatever path; absent without
    /// one, and where players differ in it.
    pub payoff_set: Option<PayoffSet>,
    /// Whether some path sustains what the first actions give, or anything better than the second;
    /// absent as `payoff_set` is.
    pub some_path: Option<SomePath>,
    /// The agreement to take the first of two actions for ever, judged party by party; absent
    /// without a patience or where players do not have two actions each.
    pub agreement: Option<JudgedAgreement>,
    /// What players who may pay each other can sustain; absent unless asked for.
    pub with_transfers: Option<TransfersReport>,
    /// What was not done, and why.
    pub notes: Vec<String>,
}

/// The class of a 2 × 2 game.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TaxonomyReport {
    /// Its name, or its ranks where payoffs tie.
    pub name: String,
    /// Its name in four letters; absent with ties.
    pub code: Option<String>,
    /// Another name under which it is known.
    pub alias: Option<&'static str>,
    /// What it comes to; several where ties leave that open.
    pub families: Vec<OutcomeFamily>,
    /// Whether no payoffs of a player tie.
    pub strict: bool,
    /// Whether the players are in the same situation.
    pub symmetric: bool,
    /// How an action of each dominates.
    pub dominance: [Dominance; 2],
    /// Which action does, counted from 0.
    pub dominant_action: [Option<usize>; 2],
    /// Whether an equilibrium in pure strategies is worse for one and better for none than another
    /// outcome.
    pub inferior_equilibrium: bool,
    /// Whether that is the only equilibrium in pure strategies.
    pub trap: bool,
    /// Whether an outcome is best for both.
    pub win_win: bool,
    /// The names of the strict classes on whose border the game lies, which it may be once all ties
    /// are broken; none without ties.
    pub borders: Vec<String>,
    /// By how much a single payoff must move for the game to reach another class, in payoff units; 0
    /// where payoffs tie.
    pub distance: Option<f64>,
    /// The moves that are as short as that.
    pub nearest: Vec<ClassMoveReport>,
}

/// A move of one payoff into another class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassMoveReport {
    /// Whose payoff moves.
    pub side: Side,
    /// The row's and the column's action where it moves.
    pub cell: (usize, usize),
    /// Which way.
    pub direction: Direction,
    /// How far within the class.
    pub distance: f64,
    /// The class a little farther on.
    pub class: String,
}

/// An equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EquilibriumReport {
    /// The probability of each of the row's actions.
    pub row: Vec<f64>,
    /// The probability of each of the column's actions.
    pub column: Vec<f64>,
    /// What they get.
    pub payoffs: [f64; 2],
    /// Whether both play one action for certain.
    pub pure: bool,
    /// The same without rounding.
    pub exact: Equilibrium,
}

/// What a player can be held to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MinmaxReport {
    /// By another who does not mix.
    pub pure: f64,
    /// By another who mixes; absent where that takes too much to find.
    pub mixed: Option<f64>,
    /// The same without rounding.
    pub exact: Option<String>,
}

/// From which discount factor on what can be sustained by parties of one patience, in pure strategies
/// with a public coin, every act being seen. A number at which it is proved; `null` where none is
/// known below 1, for which see `bounds`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CriticalDeltaReport {
    /// Payoffs beyond those of static equilibria.
    pub first_cooperation: Option<f64>,
    /// The first action of both for ever.
    pub mutual_cooperation: Option<f64>,
    /// Every feasible and individually rational payoff.
    pub full: Option<f64>,
    /// The first action of both for ever, where players differ in patience: what each must have,
    /// whatever the other's.
    pub by_player: [Option<f64>; 2],
    /// The same exactly, or with the discount factor at which it is ruled out and the proof at that at
    /// which it is not.
    pub bounds: CriticalDeltas,
    /// `by_player` exactly, or with the discount factor at which it is ruled out.
    pub bounds_by_player: [CriticalDelta; 2],
}

/// Whether it can be sustained at one patience; absent where that is between what is proved and what
/// is ruled out, or where there is nothing to sustain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AtDelta {
    /// The patience of both; absent where they differ, and only mutual cooperation is judged.
    pub delta: Option<DiscountFactor>,
    /// The patience of the row and of the column.
    pub deltas: [DiscountFactor; 2],
    /// Payoffs beyond those of static equilibria.
    pub first_cooperation: Option<bool>,
    /// The first action of both for ever.
    pub mutual_cooperation: Option<bool>,
    /// Every feasible and individually rational payoff.
    pub full: Option<bool>,
}

/// What players who may pay each other before and after they act can sustain, payoffs being amounts
/// of one currency (Goldlücke and Kranz 2012).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TransfersReport {
    /// From which patience on, the same for both, the first action of both for ever; `null` where
    /// at none.
    pub mutual_cooperation: Option<f64>,
    /// The same as a rule.
    pub bound: CriticalPatience,
    /// At the one patience that was given: the joint payoff, what each can be held to and the pairs
    /// of actions that can be enforced; absent without one, or where nothing can.
    pub at_delta: Option<TransferEquilibria>,
}

/// What paths of play other than the first actions of both for ever can do for an agreement, at one
/// patience: parties may take turns by a public coin, and punish in any way that is credible. Every
/// act is seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SomePath {
    /// Whether some equilibrium gives both at least what the first actions of both do; absent where
    /// that is neither proved nor ruled out.
    pub agreement: Option<bool>,
    /// Of two actions each: whether some equilibrium gives both more than the second actions do, as
    /// nonagreement does in a case; absent for other games, and as above.
    pub gain: Option<bool>,
    /// Where it does: the payoffs that give both the same part of the most that each could gain.
    pub payoffs: Option<[f64; 2]>,
    /// How play begins that gives these.
    pub start: Vec<PathStart>,
}

/// What a public coin lets play begin with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathStart {
    /// With which probability.
    pub probability: f64,
    /// What the row and the column do in the first period.
    pub actions: [String; 2],
}

/// An agreement judged party by party: cheating is detected with some chance a period and answered by
/// nonagreement for ever (claim M-02). The answer is taken at its word; `taken_on_trust` says whether
/// it would be carried out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedAgreement {
    /// Whether every party honours it, whatever its type.
    pub self_enforcing: bool,
    /// Whether every party honours it as the type that it is; parties without types are taken to.
    pub as_they_are: bool,
    /// The parties.
    pub parties: Vec<JudgedParty>,
    /// Whose answer the smallest change in its patience would turn, or is furthest from honouring.
    pub first_to_cheat: Option<WouldCheat>,
    /// The same among the types that the parties are.
    pub first_as_they_are: Option<WouldCheat>,
    /// The parties that would rather honour while cheated than carry out nonagreement for ever
    /// (S > P), by their names; with any of them it is no equilibrium, and that it would follow is
    /// taken on trust. Empty where the threat is credible, or nobody is tempted.
    pub taken_on_trust: Vec<String>,
}

/// What a party makes of an agreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedParty {
    /// Its name.
    pub party: String,
    /// Each of its types; none where types are not coded.
    pub types: Vec<JudgedType>,
}

/// What one type of a party makes of an agreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedType {
    /// Its name; absent where parties have no types.
    pub name: Option<String>,
    /// Whether the party is this type.
    pub is_true: bool,
    /// δ.
    pub delta: DiscountFactor,
    /// m, the chance a period that its cheating is detected.
    pub detection: Probability,
    /// L, how many periods longer than one the answer to its detected cheating takes.
    pub delay: u32,
    /// Whether it honours.
    pub honours: bool,
    /// By how much honouring beats cheating, in its payoff units.
    pub margin: f64,
    /// The discount factors at which it honours.
    pub critical_delta: CriticalPatience,
    /// How far its discount factor is from turning its answer, negative where it cheats; absent where
    /// it honours at any.
    pub delta_margin: Option<f64>,
    /// The least chance of detection at which it would honour, if there is one.
    pub least_detection: Option<Probability>,
}

/// Who would cheat first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WouldCheat {
    /// The party.
    pub party: String,
    /// Its type; absent where parties have no types.
    pub kind: Option<String>,
    /// Its margin in δ; negative where it cheats already.
    pub delta_margin: f64,
    /// Others whose margin is the same, in the order of their names.
    pub as_near: Vec<PartyAndType>,
}

/// A party of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyAndType {
    /// The party.
    pub party: String,
    /// Its type; absent where parties have no types.
    pub kind: Option<String>,
}
