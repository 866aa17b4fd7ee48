use std::collections::BTreeMap;

use detente_quantity::Date;
use detente_uncertainty::{Sampling, Stop};
use serde::Serialize;

use crate::decode::Ids;

/// What was assessed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Subject {
    /// The case's id.
    pub id: String,
    /// The negotiation in a few words.
    pub title: String,
    /// The question the case asks.
    pub question: Option<String>,
    /// What happened.
    pub summary: Option<String>,
    /// The day the negotiation ended.
    pub decided: Date,
    /// The parties, in the order of the case.
    pub parties: Vec<SubjectParty>,
    /// The issues, in the order of the case.
    pub issues: Vec<SubjectIssue>,
}

/// An issue, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubjectIssue {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its options by id, each with its description.
    pub options: Ids<String>,
}

/// A party, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubjectParty {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who decided for it.
    pub leader: Option<String>,
    /// What its types are called, by id, where they have a name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, String>,
    /// Whether it only ranks agreements: what is said of its gains counts places, which have an order
    /// and no size.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ranked: bool,
}

/// What is needed to repeat the run to the byte.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reproducibility {
    /// Version of this library.
    pub version: &'static str,
    /// SHA-256 of the case's JSON in one canonical order: neither comments nor the order of a file
    /// change it.
    pub case_hash: String,
    /// Seed of the draws.
    pub seed: u64,
    /// Number of draws made.
    pub draws: usize,
    /// The day beyond which nothing that became known counts.
    pub until: Date,
    /// How the draws were placed; absent where each is independent of all others and as many were
    /// made as were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
}

/// How draws were placed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Placement {
    /// Plain, stratified or low-discrepancy points.
    pub sampling: Sampling,
    /// The replicates: independent of one another, so that standard errors are those of their mean.
    pub replicates: usize,
    /// The draws of each.
    pub per_replicate: usize,
    /// The precision asked for; absent where all draws were to be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<PrecisionReport>,
}

/// What came of asking for a precision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrecisionReport {
    /// The standard error that every verdict's probability was to have at most.
    pub requested: f64,
    /// The most draws that were allowed.
    pub at_most: usize,
    /// Whether they are as precise, or draws ran out.
    pub stop: Stop,
}
