use detente_quantity::Date;
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
}

/// What is needed to repeat the run to the byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reproducibility {
    /// Version of this library.
    pub version: &'static str,
    /// SHA-256 of the case's JSON in one canonical order: neither comments nor the order of a file
    /// change it.
    pub case_hash: String,
    /// Seed of the draws.
    pub seed: u64,
    /// Number of draws.
    pub draws: usize,
    /// The day beyond which nothing that became known counts.
    pub until: Date,
}
