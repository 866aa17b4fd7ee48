use detente_quantity::Date;
use serde::Serialize;

use crate::case::{Provenance, Source};

/// What the case rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Numbers that the case writes down.
    pub numbers: usize,
    /// Of these, the ones that are not exact. Where it is 0, draws can differ in nothing but true types.
    pub uncertain: usize,
    /// Of these, the ones with a source.
    pub sourced: usize,
    /// Of these, the ones without a source whose note gives a reason: the coder's judgement.
    pub judged: usize,
    /// Names of the numbers with neither.
    pub unsourced: Vec<String>,
    /// Every number of the case.
    pub coded: Vec<CodedNumber>,
    /// Sources by key, in the order of the case.
    pub sources: Vec<(String, Source)>,
    /// Acts that no belief rests on, because they became known too late.
    pub left_out: Vec<LeftOut>,
}

/// One number of the case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodedNumber {
    /// Its name: its path in the case, acts by id.
    pub name: String,
    /// Its central value.
    pub central: f64,
    /// The least and the most it can be; `null` where unbounded.
    pub range: [Option<f64>; 2],
    /// Where it came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// An act that an observer's belief leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The act, by id.
    pub act: String,
    /// The observer, by id.
    pub observer: String,
    /// When the observer came to know of it.
    pub known: Date,
}
