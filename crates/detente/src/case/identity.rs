//! What a case is about and where its facts come from.

use detente_quantity::Date;
use serde::{Deserialize, Serialize};

use super::{
    agreement::Terms,
    coded::{Coded, Provenance},
};
use crate::decode::{Choice, Fields, Id, Record};

/// What a case is about: the `[case]` table.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Identity {
    /// A short, lower-case, unique name.
    pub id: String,
    /// The negotiation in a few words.
    pub title: String,
    /// The question the case asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The day the negotiation ended, with or without agreement; beliefs are taken as of that day.
    pub decided: Option<Coded<Date>>,
    /// What history shows.
    pub outcome: Option<Coded<History>>,
    /// The agreement that was made, if one was and its terms are coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Coded<Terms>>,
    /// What happened, in two or three sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Where the table came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// What history shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum History {
    /// An agreement was made.
    Agreement,
    /// None was.
    Nonagreement,
}

impl Choice for History {
    const NAME: &'static str = "history";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("agreement", Self::Agreement),
        ("nonagreement", Self::Nonagreement),
    ];
}

impl Record for Identity {
    const NAME: &'static str = "identity";
    const ABOUT: &'static str = "What the case is about.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            id: fields
                .required::<Id>("id", "a short, lower-case, unique name")
                .map(String::from)
                .unwrap_or_default(),
            title: fields
                .required("title", "the negotiation in a few words")
                .unwrap_or_default(),
            question: fields
                .optional("question", "the question the case asks")
                .flatten(),
            decided: fields.required("decided", "the day the negotiation ended"),
            outcome: fields.required("outcome", "what history shows"),
            agreed: fields
                .optional("agreed", "the terms that were agreed, if any")
                .flatten(),
            summary: fields.optional("summary", "what happened").flatten(),
            provenance: Provenance::fields(fields),
        })
    }
}

/// A source of facts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Source {
    /// Author, title, date, archive or page.
    pub cite: String,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A remark on the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Record for Source {
    const NAME: &'static str = "source";
    const ABOUT: &'static str = "A source of facts.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            cite: fields
                .required("cite", "author, title, date, archive or page")
                .unwrap_or_default(),
            url: fields.optional("url", "where it can be read").flatten(),
            note: fields.optional("note", "a remark on the source").flatten(),
        })
    }
}

crate::decode_choice!(History);
