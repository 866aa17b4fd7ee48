use serde::Serialize;
use serde_json::Value;

use super::{
    BarrierMargin, BarrierShare, Chance, HistoricalRecord, Reproducibility, Verdict, VerdictReport,
};
use crate::Aspect;

/// Cases side by side and, of codings of one case, where they differ and which difference matters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// What was compared, in the order given.
    pub codings: Vec<CodingSummary>,
    /// Each coding of a case that is not the first of it, beside the first.
    pub differences: Vec<CodingDifference>,
}

/// One coding in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodingSummary {
    /// What it was called.
    pub name: String,
    /// The case's id.
    pub case: String,
    /// The negotiation in a few words.
    pub title: String,
    /// The barrier that stopped the agreement that came furthest.
    pub verdict: VerdictReport,
    /// The share of draws in which an agreement passes all five barriers; absent without draws.
    pub within_reach: Option<Chance>,
    /// By barrier, the margin of the best agreement and how often it passes.
    pub margins: Vec<BarrierMargin>,
    /// The largest Shapley share, at central values or else over draws; absent where nothing was
    /// missed.
    pub largest_share: Option<BarrierShare>,
    /// What the model expects beside what history shows.
    pub record: HistoricalRecord,
    /// What is needed to repeat the run.
    pub reproducibility: Reproducibility,
}

/// Where two codings of one case differ, and what of it matters: effects are on the margin of the
/// last barrier at central values, which is above 0 exactly where an agreement is within reach.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodingDifference {
    /// The first coding, by position in the list.
    pub from: usize,
    /// The second coding, by position in the list.
    pub to: usize,
    /// Numbers that differ, the largest share first, by name where two are alike.
    pub numbers: Vec<NumberDifference>,
    /// What is in one only, or differs and is no number.
    pub structure: Vec<StructuralDifference>,
    /// The effect of the whole structure; absent where it does not differ.
    pub structure_effect: Option<Effect>,
    /// The margin of the last barrier in each, at central values.
    pub margin: [f64; 2],
    /// The verdict of each, at central values.
    pub verdict: [Verdict; 2],
    /// How the difference of the margins was divided; absent where it was not, since some mixture
    /// of the two is no case.
    pub division: Option<Division>,
}

impl CodingDifference {
    /// Whether the codings differ in nothing but words and provenance.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.numbers.is_empty() && self.structure.is_empty()
    }
}

/// A number, or a table of probabilities of types, that two codings give differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumberDifference {
    /// The name that keys it: its path in the case, acts by id.
    pub name: String,
    /// What it is about.
    pub aspect: Aspect,
    /// The numbers: one, or one a type in a table of probabilities.
    pub values: Vec<ValuePair>,
    /// What it does.
    pub effect: Effect,
}

/// One number as two codings give it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValuePair {
    /// Its name.
    pub name: String,
    /// Its value in the first and in the second coding.
    pub values: [CodedValue; 2],
}

/// A number as one coding gives it, in the coder's units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CodedValue {
    /// Its central value.
    pub central: f64,
    /// The least and the most it can be; `null` where unbounded.
    pub range: [Option<f64>; 2],
    /// Whether it was written in the case, and not a default of the format.
    pub coded: bool,
}

/// What is in one coding only, or is in both and differs, and is no number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StructuralDifference {
    /// Its path in the case, acts and proposals by id.
    pub name: String,
    /// Where it is.
    pub presence: Presence,
    /// What it is in either, where both hold something short.
    pub values: [Option<Value>; 2],
}

/// Which of two codings hold something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// The first alone.
    First,
    /// The second alone.
    Second,
    /// Both, differently.
    Both,
}

/// What one difference does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Effect {
    /// The first coding with this alone from the second; absent where that is no case.
    pub forward: Option<Swap>,
    /// The second coding with this alone from the first; absent where that is no case.
    pub backward: Option<Swap>,
    /// Its Shapley share of the difference between the margins.
    pub share: Option<f64>,
    /// Standard error of the share; absent where it is exact.
    pub standard_error: Option<f64>,
}

/// A coding with one thing from the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Swap {
    /// The margin of the last barrier at central values.
    pub margin: f64,
    /// That margin less the margin of the coding as it was.
    pub change: f64,
    /// The verdict at central values.
    pub verdict: Verdict,
    /// The change in the share of draws in which an agreement is within reach, on the very draws of
    /// the coding as it was; absent without draws.
    pub within_reach: Option<Shift>,
}

/// A change in a share of draws, draw by draw.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shift {
    /// The share after the change less the share before.
    pub change: f64,
    /// Its standard error or, unless draws are independent and all were made, that of the mean of
    /// replicates.
    pub standard_error: f64,
}

/// How a difference between margins was divided among what differs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Division {
    /// The method.
    pub method: DivisionMethod,
    /// The margin of the second coding less that of the first.
    pub difference: f64,
    /// The sum of the shares; the difference, but for rounding.
    pub sum: f64,
    /// How often a mixture was evaluated.
    pub evaluations: usize,
}

/// How shares were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DivisionMethod {
    /// Over every set of differences.
    Exact,
    /// Over random orders and their reversals.
    Sampled,
}
