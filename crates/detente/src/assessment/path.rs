use detente_quantity::{Date, DiscountFactor, Probability};
use detente_reassurance::{Criterion, SearchWork};
use serde::Serialize;

use super::{Gestures, PartySeries, Reproducibility, Subject};
use crate::{Partners, ReadAs, case::Terms};

/// Whether a way led from the beliefs of the day to an agreement that all would have kept: step by step,
/// each step accepted by every party under its own rule, or by one side's concessions.
///
/// Gains and exposures are in units of what the full agreement would bring the party over none, so
/// that no rescaling of payoffs matters and parties compare; in [`short_of`](PathReport::short_of), of what the
/// agreement that is reached there would.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathReport {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// What was assessed.
    pub subject: Subject,
    /// How the question was put.
    pub asked: PathAsked,
    /// The answer.
    pub outcome: PathOutcome,
    /// The agreement that is to be reached; absent where no agreement is better than none for every party and
    /// would be kept by all.
    pub target: Option<PathTarget>,
    /// The best path in the order asked for. A single rung is the full agreement itself, accepted at once.
    pub path: Option<AgreedPath>,
    /// Whether no other is better in that order: false where the effort ran out before this was known.
    pub path_is_best: bool,
    /// Paths that no other betters in all criteria at once, the best in the order asked for first; of
    /// equals, one. At most 100; empty where there is no path.
    pub alternatives: Vec<AgreedPath>,
    /// How many such paths were found.
    pub alternatives_found: usize,
    /// Whether those are all there are: false where the effort ran out before.
    pub alternatives_complete: bool,
    /// Where the full agreement cannot be reached: the path to the best that can, of those that are better than none for
    /// every party and would be kept by all, in the order of their Nash products; absent where none of those that
    /// were tried can, or an agreement was asked for by name. All its numbers are about that lesser agreement: its gain is the unit, and
    /// beliefs are that *it* would be kept.
    pub short_of: Option<AgreedPath>,
    /// Where the full agreement cannot be reached and none was asked for by name: which lesser ones were tried.
    pub lesser: Option<LesserTried>,
    /// Where an agreement was asked for by name: the parties, by id, that it leaves no better off than none.
    pub unwanted_by: Vec<String>,
    /// Why there is no path; absent where there is one or the budget ran out, and where only the number of rungs
    /// allowed stands in the way.
    pub blocked: Option<BindingRung>,
    /// Where there is no path with partners that may play along: whether there would be one with partners
    /// that break at once whatever they would break on its own account.
    pub at_face_value: Option<bool>,
    /// What the search did.
    pub work: PathWork,
    /// What each party could do alone, and how that would be read; one entry for each
    /// with types both that would keep the full agreement and that would break it.
    pub gestures: Vec<Gestures>,
    /// The fewest further concessions that would carry each party's trust over what the full agreement
    /// asks of it; one entry for each party about each other of which it holds a belief.
    pub series: Vec<PartySeries>,
    /// What is needed to repeat the run.
    pub reproducibility: Reproducibility,
}

/// How the question was put.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathAsked {
    /// Nothing that became known after this day counts.
    pub until: Date,
    /// Whether acts are read as parties read them or as they were.
    pub read: ReadAs,
    /// What those that would break an agreement are taken to do on the way to it.
    pub partners: Partners,
    /// The shares of the stakes at which partial agreements may be made.
    pub shares: Vec<f64>,
    /// The criteria in order of importance.
    pub order: [Criterion; 4],
    /// The most rungs a path may have.
    pub most_rungs: usize,
    /// The chance that a step which was kept is taken for broken.
    pub misread: Probability,
}

/// What came of looking for a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PathOutcome {
    /// Every party accepts the full agreement on the beliefs of the day: nothing has to be built.
    AcceptedAtOnce,
    /// Some sequence of partial agreements leads to it.
    Found,
    /// None does, of the length allowed: every state of beliefs that can be reached was covered. With partners that
    /// may play along this is proved of what is sure to convince: a step at which one that means to cheat *may*
    /// play along is read as showing nothing, though in an equilibrium in which such a one cheats with some
    /// chance ([`Ladder`](detente_reassurance::Ladder), claim C-30) it shows something, so that a ladder may be
    /// climbed that is not found here.
    NoPath,
    /// The budget ran out before either was known.
    BudgetSpent,
    /// No agreement is better than none for every party and would be kept by all: there is nothing to
    /// build trust for.
    NothingToReach,
    /// The agreement asked for by name is no better than none for some party, so that no trust leads there.
    NotWanted,
}

/// The full agreement, and where every party stands towards it on the beliefs of the day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathTarget {
    /// Its terms.
    pub terms: Terms,
    /// By party.
    pub sides: Vec<RungSide>,
}

/// A path: rungs that are taken one after another, the last of which is the full agreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreedPath {
    /// The rungs in order; at least one.
    pub rungs: Vec<AgreedRung>,
    /// The most that any party has exposed before the full agreement.
    pub exposure: f64,
    /// What is lost in expectation if the other is untrustworthy: the sum over rungs, the full agreement among them,
    /// of the greatest [`if_untrustworthy`](RungSide::if_untrustworthy) of any party. Where one party is worse
    /// off throughout this is what it expects, otherwise it is above what any one does.
    pub expected_loss: f64,
    /// How many periods pass until the full agreement is in force: one a rung.
    pub periods: f64,
    /// The chance that some party that keeps every step is given up on the way because a step it kept is
    /// taken for broken: `1 − (1 − ε)^(rungs·parties)` with ε what is asked for.
    pub abandons: f64,
    /// What it is worth to each party whose types are coded, and with them its patience.
    pub worth: Vec<PathWorth>,
}

/// What a path is worth to a party.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathWorth {
    /// The party, by id.
    pub party: String,
    /// The weight of the next period against this one, of the type that it is.
    pub patience: DiscountFactor,
    /// From each rung on, in the order of the path.
    pub from: Vec<WorthFromHere>,
}

/// What is still to come of a path to a party that keeps every rung: `(1 − δ)` times the sum of what each period
/// from this rung on brings over none, weighed by `δ`, a rung a period and the last for ever after. 1 is what the
/// full agreement would bring if it were in force from now on and kept.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WorthFromHere {
    /// If all keep every rung: all goes as foreseen.
    pub if_kept: f64,
    /// In expectation if one other is of the worst of its types that this party thinks possible where the path begins,
    /// and does the worst that such a one may do ([`TypeAtStep::does`]), until it is seen to break a rung and nothing
    /// is agreed from then on. Steps that are kept are never taken for broken. Of one that may do either at a rung
    /// the worst is assumed, whether it gains by it or not.
    pub at_worst: f64,
}

/// What one of its types does with a party's part of a rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypeAtStep {
    /// The type, by id.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it does.
    pub does: StepConduct,
}

/// What a type does with its part of a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepConduct {
    /// It keeps it, and would for its own sake.
    Keeps,
    /// It breaks it at once.
    Breaks,
    /// It would break it for its own sake, but may keep it for what it can win later.
    Either,
}

/// A rung: what is agreed for one period, in place of what was agreed before.
///
/// The stop rule is the same at each: where a step is seen not to be kept, the path ends there and
/// nothing is agreed. [`RungBelief::if_broken`] is what trust then falls to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreedRung {
    /// What is agreed.
    pub terms: Terms,
    /// The share of its stakes at which it is agreed: 1 as it stands.
    pub share: f64,
    /// Whether it is the full agreement.
    pub full: bool,
    /// By party.
    pub sides: Vec<RungSide>,
    /// The chance, given that all keep every step, that the path has ended by then because a step was
    /// taken for broken.
    pub abandoned_by_then: f64,
}

/// What a rung is to one party, when it is to be taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RungSide {
    /// The party, by id.
    pub party: String,
    /// By how much it accepts, above 0, or refuses, in shares of its span of payoffs.
    pub margin: f64,
    /// What it gains if all keep the rung.
    pub gain: f64,
    /// What it loses if another breaks it; 0 or more.
    pub exposure: f64,
    /// The chance, as it believes, that all others keep it.
    pub trust: f64,
    /// The trust that it asks for, to be exceeded; absent where no trust suffices or where its answer does
    /// not turn just once as trust rises.
    pub trust_needed: Option<f64>,
    /// The chance, as it believes, that another breaks it: `1 − trust`; with partners that may play along, at most.
    pub broken: f64,
    /// That times what it loses: the loss expected at this rung by one that has come so far.
    pub expected_loss: f64,
    /// What it loses here in expectation, seen from the start of the path, if another is of the worst type for it that
    /// it thinks possible: the exposure times the chance that such a one cheats here and was not seen to cheat
    /// before, as the party reads it. At most, with partners that may play along: where a step shows nothing it is
    /// counted as broken, and the rest of the path as still to come.
    pub if_untrustworthy: f64,
    /// At most so likely it is that this party ever loses the trust which the rung asks for in partners
    /// that keep every step, whatever is misread: `(1 − p)/p · L/G` (Ville's bound, claim C-61). Of one
    /// that reads by Bayes' rule; absent for others, and where no trust suffices.
    pub abandons_at_most: Option<Probability>,
    /// What each of its own types does with its part, in the order of the case; none where they are not coded.
    pub types: Vec<TypeAtStep>,
    /// What it believes of each other party of which it holds a belief.
    pub beliefs: Vec<RungBelief>,
}

/// What one party believes of another at a rung: the chance that it would keep the full agreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RungBelief {
    /// The other party, by id.
    pub about: String,
    /// The probability of each of its types before the rung, in the order of the case.
    pub types: Vec<f64>,
    /// Before the rung.
    pub before: f64,
    /// After it has been seen to be kept for a period.
    pub if_kept: f64,
    /// After it has been seen to be broken; absent where nobody the party thinks possible would.
    pub if_broken: Option<f64>,
    /// Whether the rung tells the other's types apart: false where those that would break the full
    /// agreement keep it too, or may, so that it shows nothing for sure.
    pub telling: bool,
}

/// The rung at which every path fails: of those that would lead anywhere new, the one that comes nearest to
/// being taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BindingRung {
    /// The rung, where it comes nearest.
    pub rung: AgreedRung,
    /// The party that does not go along, by id.
    pub party: String,
    /// Why not.
    pub because: Refusal,
}

/// Why a party does not take a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It trusts too little.
    Distrust,
    /// It would be no better off even if all kept it, or its leader could not afford it at home.
    NotWorthIt,
    /// Its legislature would not ratify so little.
    NotRatified,
    /// It would not keep it itself.
    WouldBreakIt,
}

/// Which agreements were tried beside the best: of those that are better than none for every party and would be kept
/// by all, the next in the order of their Nash products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct LesserTried {
    /// How many there are.
    pub preferred: usize,
    /// How many of them were tried: up to the first that can be reached, and 20 at the most.
    pub tried: usize,
    /// Of how many of those it was not settled whether they can be reached.
    pub unsettled: usize,
}

/// What a search for paths did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct PathWork {
    /// How many partial agreements there were to choose from, the full one among them.
    pub rungs: usize,
    /// The search for the best path.
    pub best: SearchWork,
    /// The search for all that no other betters.
    pub pareto: SearchWork,
    /// Whether a state of beliefs was passed over wherever another trusts at least as much, which is
    /// right where more trust never harms; otherwise only where another is the same.
    pub more_trust_is_better: bool,
}

/// A path in short: what an assessment says of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathInShort {
    /// What came of looking for a path to the best agreement that is better than none for every party and
    /// would be kept by all.
    pub outcome: PathOutcome,
    /// What is reached: that agreement, or the best of them that can be; absent where none of those that were tried
    /// can.
    pub reached: Option<Terms>,
    /// Where that agreement is not reached: which lesser ones were tried.
    pub lesser: Option<LesserTried>,
    /// In how many rungs; 0 where none is reached.
    pub rungs: usize,
    /// The most that any party has exposed before the last, in shares of what the last brings it.
    pub exposure: f64,
    /// The greatest chance of being cheated at any rung, as any party then believes.
    pub broken: f64,
}
