use std::{cmp::Ordering, collections::BTreeMap};

use detente_quantity::Date;
use serde::Serialize;

use super::{Chance, Reproducibility, Subject, Verdict};
use crate::{Aspect, case::Terms};

/// The smallest changes that turn the answer of a case around: from no agreement to agreement or,
/// where one passes every barrier, the reverse.
///
/// A change is measured in the coder's own uncertainty: 1 is one standard deviation of the side of
/// the number on which it lies, so that a value at distance 1 leaves 16% of a symmetric range
/// beyond it. Every rewrite was run again with the values it names, and did turn the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rewrites {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// What was assessed.
    pub subject: Subject,
    /// The verdict at central values.
    pub verdict: Verdict,
    /// The margin of the last barrier at central values: above 0 where an agreement passes all five.
    pub margin: f64,
    /// The changes that were found.
    #[serde(flatten)]
    pub changes: Changes,
    /// How far the answer is from turning when chance moves everything.
    pub reliability: ReliabilityReport,
    /// How far it is from turning when everything is off at once; absent where no number is uncertain.
    pub robustness: Option<RobustnessReport>,
    /// How often the case was evaluated.
    pub evaluations: u64,
    /// What is needed to repeat the run.
    pub reproducibility: Reproducibility,
}

/// Changes that turn an answer, with the names that their numbers go by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changes {
    /// Rewrites that move different things: within one aspect of the case alone, beliefs first and payoffs
    /// last; then on the side of one party alone; then of anything, by three measures. One that
    /// gives the same numbers the same values as an earlier one is left out.
    pub rewrites: Vec<Rewrite>,
    /// Among which numbers nothing was found that turns the answer.
    pub fruitless: Vec<Within>,
    /// Acts whose numbers a rewrite moves, by id.
    pub acts: BTreeMap<String, RewrittenAct>,
    /// Types whose numbers a rewrite moves and that have a name, by party and id.
    pub types: BTreeMap<String, BTreeMap<String, String>>,
}

/// Among which numbers a rewrite was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// Those of one aspect.
    Aspect(Aspect),
    /// Those of one party, by id: its preferences, beliefs, conduct and home front, and its acts.
    Party(String),
    /// All that may change, by one measure.
    Anything(Measure),
}

/// What a rewrite has least of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Numbers changed, and of as few the shortest.
    Fewest,
    /// The sum of distances (L1).
    Sum,
    /// The square root of the sum of squared distances (L2): the likeliest change.
    Likeliest,
}

impl Measure {
    /// Which of two rewrites has less of it; the shorter where they tie.
    #[must_use]
    pub fn compare(self, left: &Rewrite, right: &Rewrite) -> Ordering {
        let by_length = left.length.total_cmp(&right.length);
        match self {
            Self::Fewest => left.moved().cmp(&right.moved()).then(by_length),
            Self::Sum => left.sum.total_cmp(&right.sum).then(by_length),
            Self::Likeliest => by_length,
        }
    }
}

impl Rewrite {
    /// How many numbers move of themselves, and not only so that probabilities sum to 1.
    #[must_use]
    pub fn moved(&self) -> usize {
        let edits = self.edits.iter();
        edits.filter(|edit| edit.distance.abs() > 0.0).count()
    }
}

/// A change that turns the answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rewrite {
    /// Among which numbers it was looked for.
    pub within: Within,
    /// The numbers that change, the largest distance first.
    pub edits: Vec<Edit>,
    /// Sum of distances.
    pub sum: f64,
    /// Square root of the sum of squared distances.
    pub length: f64,
    /// The verdict when the case is run with these values.
    pub verdict: Verdict,
    /// The margin of the last barrier then.
    pub margin: f64,
    /// The agreement that gets furthest then.
    pub terms: Terms,
    /// Whether the search ended because nothing improved: otherwise a smaller change may exist
    /// that more evaluations would find.
    pub converged: bool,
}

/// One number that changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edit {
    /// Its name.
    pub input: String,
    /// What it is about.
    pub aspect: Aspect,
    /// Its central value.
    pub from: f64,
    /// The value it takes; of probabilities given for every type, the share of their sum, which is
    /// what counts.
    pub to: f64,
    /// How far that is, in standard deviations of that side; below 0 for a smaller value, and 0 for
    /// a probability that moves only so that those of all types still sum to 1.
    pub distance: f64,
    /// The coder's range: ends where it has any, otherwise the 2.5% and 97.5% quantiles.
    pub range: [f64; 2],
}

/// An act that a rewrite reads otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RewrittenAct {
    /// Who did it, by id.
    pub actor: String,
    /// What was done.
    pub event: String,
    /// When.
    pub date: Option<Date>,
}

/// How far the answer is from turning when chance moves everything (first-order reliability method).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReliabilityReport {
    /// β, the signed distance of the medians from where the answer turns, in standard deviations: above 0
    /// where an agreement passes every barrier at the medians. Absent where nothing within reach
    /// turns the answer.
    pub beta: Option<f64>,
    /// Φ(β): what the chance of an agreement within reach would be if the answer turned along a plane
    /// (Hasofer & Lind 1974). Read it beside `sampled`, which makes no such assumption.
    pub first_order: Option<f64>,
    /// The share of draws with an agreement that passes every barrier; absent without draws.
    pub sampled: Option<Chance>,
    /// What share of β² is due to each number, the largest first; shares below 0.005 are left out.
    pub importance: Vec<Importance>,
}

/// One number's share in a reliability index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Importance {
    /// The number, by name.
    pub input: String,
    /// αᵢ², from 0 to 1.
    pub share: f64,
}

/// How far the answer is from turning when every number is off at once, in the worst direction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RobustnessReport {
    /// The least share of the way from central values to the ends of the coder's ranges at which a set
    /// of errors was found that turns the answer; absent where none was found within the ranges.
    pub radius: Option<f64>,
    /// Whether the radius is exact if the margin rises or falls with each number throughout, which
    /// is not checked. Otherwise it is an upper bound, and an absent one proves nothing.
    pub exact_if_monotone: bool,
}
