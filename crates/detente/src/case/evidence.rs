//! What was seen and offered: dated acts and proposals.

use detente_quantity::Date;
use detente_reputation::Tone;
use serde::Serialize;
use serde_json::Value as Json;

use super::{
    agreement::Terms,
    coded::{Coded, Provenance},
    number::Number,
    party::Weights,
};
use crate::decode::{At, Choice, Decode, Faults, Fields, Ids, Record, Schemas, Value};

/// A dated act of one party, evidence of its type to those who saw it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Act {
    /// A short name, unique among acts.
    pub id: String,
    /// The day it was done.
    pub date: Option<Coded<Date>>,
    /// The day it became known, if later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<Coded<Date>>,
    /// Who did it.
    pub actor: String,
    /// Who saw it; absent, every other party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_by: Option<SeenBy>,
    /// Whether it was cooperative or hostile on its face; absent where it takes another act back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<Coded<Tone>>,
    /// What was done, in words.
    pub event: String,
    /// s: the chance that the situation alone would have produced it; 0 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forced: Option<Number>,
    /// By how much its cost lowered the log-odds of the act, alike for every type; the likelihoods are those
    /// with the cost. It matters only to an observer that misjudges costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Number>,
    /// q: the chance of the act, unforced, from each type of the actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Weights>,
    /// Relative likelihoods instead; they exclude `forced` and `cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likelihood_ratio: Option<Weights>,
    /// The act, by id, whose evidence is taken back: it turned out not to be so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retracts: Option<String>,
    /// A name that it shares with the acts it depends on: they are not independent evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clue: Option<String>,
    /// Where the act came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for Act {
    const NAME: &'static str = "act";
    const ABOUT: &'static str = "A dated act of one party, evidence of its type.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            id: fields
                .required("id", "a short name, unique among acts")
                .unwrap_or_default(),
            date: fields.required("date", "the day it was done"),
            known: fields
                .optional("known", "the day it became known, if later")
                .flatten(),
            actor: fields
                .required("actor", "the party that did it")
                .unwrap_or_default(),
            seen_by: fields
                .optional("seen_by", "who saw it; left out, every other party")
                .flatten(),
            tone: fields
                .optional("tone", "cooperative or hostile on its face")
                .flatten(),
            event: fields
                .required("event", "what was done, in words")
                .unwrap_or_default(),
            forced: fields
                .optional(
                    "forced",
                    "chance that the situation alone would have produced it",
                )
                .flatten(),
            cost: fields
                .optional(
                    "cost",
                    "by how much its cost lowered the log-odds of it, whatever the type: 2.2 from 0.5 to 0.1; \
                     only biased readings use it",
                )
                .flatten(),
            likelihood: fields
                .optional("likelihood", "chance of the act, unforced, from each type")
                .flatten(),
            likelihood_ratio: fields
                .optional(
                    "likelihood_ratio",
                    "relative likelihoods, instead of likelihood and forced",
                )
                .flatten(),
            retracts: fields
                .optional(
                    "retracts",
                    "id of an earlier act that turned out not to be so, instead of likelihoods",
                )
                .flatten(),
            clue: fields.optional(
                "clue",
                "a name shared with the acts that it depends on, where they are not independent \
                 evidence",
            ).flatten(),
            provenance: Provenance::fields(fields),
        })
    }
}

/// Who saw an act.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum SeenBy {
    /// These parties, when it became known.
    Parties(Vec<String>),
    /// These parties, each on a day of its own.
    Days(Ids<Date>),
}

impl Decode for SeenBy {
    fn schema(schemas: &mut Schemas) -> Json {
        let (list, days) = (Vec::<String>::schema(schemas), Ids::<Date>::schema(schemas));
        serde_json::json!({ "anyOf": [list, days] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match at.node.value {
            Value::Table(_) => Ids::decode(at, faults).map(Self::Days),
            _ => Vec::decode(at, faults).map(Self::Parties),
        }
    }
}

impl Choice for Tone {
    const NAME: &'static str = "tone";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("cooperative", Self::Cooperative),
        ("hostile", Self::Hostile),
    ];
}

/// An offer that was really made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    /// A short name, unique among proposals.
    pub id: String,
    /// The day it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Coded<Date>>,
    /// The party that made it, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Coded<String>>,
    /// What it is called, in words.
    pub name: String,
    /// Its terms: one option for every issue.
    pub terms: Terms,
    /// Where it came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for Proposal {
    const NAME: &'static str = "proposal";
    const ABOUT: &'static str = "An offer that was really made.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            id: fields
                .required("id", "a short name, unique among proposals")
                .unwrap_or_default(),
            date: fields.optional("date", "the day it was made").flatten(),
            by: fields.optional("by", "the party that made it").flatten(),
            name: fields
                .required("name", "what it is called")
                .unwrap_or_default(),
            terms: fields
                .required("terms", "one option for every issue")
                .unwrap_or_default(),
            provenance: Provenance::fields(fields),
        })
    }
}

crate::decode_choice!(Tone);
