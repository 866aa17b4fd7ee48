//! The case file: one negotiation, as a person writes it.
//!
//! A [`Case`] is plain data. [`Case::from_text`] and [`Case::read`] give one from TOML or JSON with
//! every check made; one built in code is checked by [`Model::compile`](crate::Model::compile), which
//! every assessment goes through.

mod agreement;
mod bias;
mod coded;
mod correlation;
mod evidence;
mod home;
mod identity;
mod number;
mod party;
mod preferences;
mod read;
mod strays;

use serde::Serialize;

pub use agreement::{Forbidden, Issue, Terms};
pub use bias::{Bias, Discounting, Expectation, PriorBias, Situational, Strength, Valence};
pub use coded::{Coded, Confidence, Provenance};
pub use correlation::Correlation;
pub use evidence::{Act, Proposal, SeenBy};
pub use home::{Home, Messages};
pub use identity::{History, Identity, Source};
pub use number::Number;
pub use party::{Party, PartyType, Prior, TrueType, Weights};
pub use preferences::{ByIssue, Interaction, Nonagreement, OptionTable, Preferences, Ranking};

use crate::decode::{Fields, Ids, Record};

/// The version of the case format that this library reads.
pub const FORMAT: i64 = 1;

/// One negotiation: everything needed to ask whether an agreement was missed and why.
///
/// Serialises to the shape of the file, so that what is written can be read again.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Case {
    /// Version of the format: [`FORMAT`].
    pub format: i64,
    /// What the case is about.
    #[serde(rename = "case")]
    pub identity: Identity,
    /// Where facts come from, by key.
    #[serde(rename = "source")]
    pub sources: Ids<Source>,
    /// What could be agreed, by id.
    #[serde(rename = "issue")]
    pub issues: Ids<Issue>,
    /// Combinations that were never possible.
    pub forbidden: Vec<Forbidden>,
    /// The parties, by id.
    #[serde(rename = "party")]
    pub parties: Ids<Party>,
    /// What each side did.
    #[serde(rename = "act")]
    pub acts: Vec<Act>,
    /// Offers really made.
    #[serde(rename = "proposal")]
    pub proposals: Vec<Proposal>,
    /// Uncertain numbers that go together; those that no pair names are drawn independently.
    // Left out where there are none, so that the hash of a case is what it was before there were any.
    #[serde(rename = "correlation", skip_serializing_if = "Vec::is_empty")]
    pub correlations: Vec<Correlation>,
}

impl Record for Case {
    const NAME: &'static str = "case_file";
    const ABOUT: &'static str =
        "One negotiation, everything needed to ask whether an agreement was missed and why.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            format: fields
                .required("format", "version of the format: 1")
                .unwrap_or(FORMAT),
            identity: fields
                .required("case", "what the case is about")
                .unwrap_or_default(),
            sources: fields
                .optional("source", "where facts come from")
                .flatten()
                .unwrap_or_default(),
            issues: fields
                .required("issue", "what could be agreed")
                .unwrap_or_default(),
            forbidden: fields
                .optional("forbidden", "combinations that were never possible")
                .flatten()
                .unwrap_or_default(),
            parties: fields.required("party", "the parties").unwrap_or_default(),
            acts: fields
                .optional("act", "what each side did")
                .flatten()
                .unwrap_or_default(),
            proposals: fields
                .optional("proposal", "offers really made")
                .flatten()
                .unwrap_or_default(),
            correlations: fields
                .optional("correlation", "uncertain numbers that go together")
                .flatten()
                .unwrap_or_default(),
        })
    }
}
