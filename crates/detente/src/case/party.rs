//! A party: what it wants, who it might be, what it believes, how it reads, whom it answers to.

use serde::Serialize;
use serde_json::Value as Json;

use super::{
    bias::Bias,
    coded::{Coded, Provenance},
    home::Home,
    number::Number,
    preferences::{ByIssue, Nonagreement, Preferences},
};
use crate::decode::{At, Decode, Faults, Fields, Ids, Record, Schemas, Value};

/// A party to the negotiation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Party {
    /// Its name, in words.
    pub name: String,
    /// Who decided for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leader: Option<Coded<String>>,
    /// d: what it has if nothing is agreed. A missing one is a fault, never a silent zero.
    pub nonagreement: Option<Nonagreement>,
    /// U: what it gains from each agreement.
    pub payoff: Preferences,
    /// e: its loss below nonagreement when it honours and is cheated; signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exposure: Option<ByIssue>,
    /// t: its gain over U from cheating while the others honour; signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temptation: Option<ByIssue>,
    /// m: chance per period that its own violation is detected, unless a type says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detection: Option<Number>,
    /// The types it might be. Empty: whether it would honour is not coded.
    #[serde(rename = "type", skip_serializing_if = "Ids::is_empty")]
    pub types: Ids<PartyType>,
    /// Hindsight's view of which type it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub true_type: Option<TrueType>,
    /// What it believed of each other party's type before the acts.
    #[serde(skip_serializing_if = "Ids::is_empty")]
    pub prior: Ids<Prior>,
    /// How it reads acts. Absent: misperception is not coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bias: Option<Bias>,
    /// Its home front. Absent: the leader wants what the nation wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<Home>,
    /// The least payoff that could be ratified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratification_floor: Option<Number>,
    /// Where the table came from, unless a value says otherwise.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for Party {
    const NAME: &'static str = "party";
    const ABOUT: &'static str = "A party: its payoffs, types, beliefs, bias and home front.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            name: fields
                .required("name", "its name, in words")
                .unwrap_or_default(),
            leader: fields.optional("leader", "who decided for it").flatten(),
            nonagreement: fields.required("nonagreement", "its payoff if nothing is agreed"),
            payoff: fields
                .required("payoff", "its payoff from agreements")
                .unwrap_or_default(),
            exposure: fields
                .optional(
                    "exposure",
                    "loss below nonagreement from honouring when cheated",
                )
                .flatten(),
            temptation: fields
                .optional(
                    "temptation",
                    "gain over the payoff from cheating on those who honour",
                )
                .flatten(),
            detection: fields
                .optional(
                    "detection",
                    "chance per period that its violation is detected",
                )
                .flatten(),
            types: fields
                .optional("type", "the types it might be")
                .flatten()
                .unwrap_or_default(),
            true_type: fields
                .optional("true_type", "which type it really was")
                .flatten(),
            prior: fields
                .optional("prior", "its belief about each other party before the acts")
                .flatten()
                .unwrap_or_default(),
            bias: fields.optional("bias", "how it reads acts").flatten(),
            home: fields.optional("home", "its home front").flatten(),
            ratification_floor: fields
                .optional(
                    "ratification_floor",
                    "the least payoff its legislature accepts",
                )
                .flatten(),
            provenance: Provenance::fields(fields),
        })
    }
}

/// A type of party: it sets patience and may change temptation and detection, never payoffs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyType {
    /// What the type is, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// δ: its discount factor, at least 0 and below 1. A missing one is a fault.
    pub patience: Option<Number>,
    /// Multiplies the party's temptation; 1 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temptation_scale: Option<Number>,
    /// Added to the scaled temptation; 0 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temptation_shift: Option<Number>,
    /// Replaces the party's detection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detection: Option<Number>,
    /// Where the type came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for PartyType {
    const NAME: &'static str = "type";
    const ABOUT: &'static str =
        "A type of party: patience, and changes to temptation and detection.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            name: fields
                .optional("name", "what the type is, in words")
                .flatten(),
            patience: fields.required("patience", "its discount factor, below 1"),
            temptation_scale: fields
                .optional("temptation_scale", "multiplies the party's temptation")
                .flatten(),
            temptation_shift: fields
                .optional("temptation_shift", "added to the scaled temptation")
                .flatten(),
            detection: fields
                .optional("detection", "replaces the party's detection")
                .flatten(),
            provenance: Provenance::fields(fields),
        })
    }
}

/// Hindsight's view of which type a party was.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum TrueType {
    /// One type, named.
    Known(String),
    /// A probability for each type; one type may be left out and gets the rest.
    Distribution(Weights),
}

impl Decode for TrueType {
    fn schema(schemas: &mut Schemas) -> Json {
        serde_json::json!({ "anyOf": [String::schema(schemas), Weights::schema(schemas)] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match at.node.value {
            Value::Text(_) => String::decode(at, faults).map(Self::Known),
            _ => Weights::decode(at, faults).map(Self::Distribution),
        }
    }
}

/// One number a type, with the provenance of them all.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Weights {
    /// The numbers by type id.
    #[serde(flatten)]
    pub types: Ids<Number>,
    /// Where they came from, unless a number says otherwise.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for Weights {
    const NAME: &'static str = "numbers_by_type";
    const ABOUT: &'static str = "One number for each type.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let provenance = Provenance::fields(fields);
        Some(Self {
            types: fields.rest("the number of this type").unwrap_or_default(),
            provenance,
        })
    }
}

/// What an observer believed of another party before the acts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Prior {
    /// A probability for each type; one type may be left out and gets the rest.
    #[serde(flatten)]
    pub weights: Weights,
    /// Whether 0 and 1 are meant: certainty that no evidence can move.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub dogmatic: bool,
}

impl Record for Prior {
    const NAME: &'static str = "prior";
    const ABOUT: &'static str = "A probability for each type of the other party.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let dogmatic = fields.optional(
            "dogmatic",
            "true: 0 and 1 are meant, and no evidence moves them",
        );
        let weights = Weights::record(fields).unwrap_or_default();
        Some(Self {
            weights,
            dogmatic: dogmatic.flatten().unwrap_or_default(),
        })
    }
}
