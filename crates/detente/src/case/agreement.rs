//! What could be agreed: issues with their options, and combinations that were never possible.

use serde::Serialize;

use super::coded::Provenance;
use crate::decode::{Fields, Ids, Record};

/// One thing to settle, with the ways to settle it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Issue {
    /// What the issue is, in words.
    pub name: String,
    /// The options by id, in the order of the file, each with its description.
    #[serde(rename = "option")]
    pub options: Ids<String>,
    /// Where the issue came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for Issue {
    const NAME: &'static str = "issue";
    const ABOUT: &'static str = "One thing to settle, with the ways to settle it.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            name: fields
                .required("name", "what the issue is, in words")
                .unwrap_or_default(),
            options: fields
                .required("option", "each option's id and its description")
                .unwrap_or_default(),
            provenance: Provenance::fields(fields),
        })
    }
}

/// One option for some or all issues, by id: a whole agreement if it names every issue.
pub type Terms = Ids<String>;

/// A combination of options that was never possible.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Forbidden {
    /// The options that cannot stand together.
    pub when: Terms,
    /// Why, and where that is known from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for Forbidden {
    const NAME: &'static str = "forbidden";
    const ABOUT: &'static str = "A combination of options that was never possible.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            when: fields
                .required("when", "one option for each issue concerned")
                .unwrap_or_default(),
            provenance: Provenance::fields(fields),
        })
    }
}
