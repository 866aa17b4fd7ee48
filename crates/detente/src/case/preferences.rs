//! What a party wants: payoffs by issue or a ranking, and what it has if nothing is agreed.

use serde::Serialize;
use serde_json::Value as Json;

use super::{agreement::Terms, coded::Provenance, number::Number};
use crate::decode::{At, Decode, Faults, Fields, Ids, Record, Schemas, Value};

/// A party's payoff from agreements.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Preferences {
    /// Numbers, issue by issue.
    Numbers(ByIssue),
    /// A ranking of agreements, best first; agreements in one inner list are tied.
    Ranking(Ranking),
}

impl Default for Preferences {
    fn default() -> Self {
        Self::Numbers(ByIssue::default())
    }
}

/// A ranking of every possible agreement.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Ranking {
    /// Ranks from best to worst, each with the agreements tied at it.
    #[serde(rename = "ranking")]
    pub ranks: Vec<Vec<Terms>>,
    /// Where the ranking came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Numbers by issue and option, a constant, and interactions between pairs of issues: the shape of
/// payoffs, exposure and temptation alike, so that partial agreements inherit all three.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ByIssue {
    /// Added to every agreement; 0 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<Number>,
    /// One number for every option of an issue.
    #[serde(flatten)]
    pub issues: Ids<OptionTable>,
    /// Added where two options meet.
    #[serde(rename = "interaction", skip_serializing_if = "Vec::is_empty")]
    pub interactions: Vec<Interaction>,
    /// Where the table came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// One number for every option of an issue.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct OptionTable {
    /// The numbers by option id.
    #[serde(flatten)]
    pub values: Ids<Number>,
    /// Where they came from, unless a number says otherwise.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A number added to agreements that take both of two options.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Interaction {
    /// One option for each of exactly two issues.
    pub when: Terms,
    /// What is added.
    pub add: Number,
    /// Where it came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// What a party has if nothing is agreed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Nonagreement {
    /// A payoff on the scale of its payoffs.
    Payoff(Number),
    /// One of the agreements is the state of affairs without agreement.
    State {
        /// That agreement.
        r#as: Terms,
        /// Where this is known from.
        #[serde(flatten)]
        provenance: Provenance,
    },
}

impl Record for OptionTable {
    const NAME: &'static str = "numbers_by_option";
    const ABOUT: &'static str = "One number for every option of the issue.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let provenance = Provenance::fields(fields);
        let values = fields.rest("the number of this option").unwrap_or_default();
        Some(Self { values, provenance })
    }
}

impl Record for Interaction {
    const NAME: &'static str = "interaction";
    const ABOUT: &'static str = "A number added to agreements that take both of two options.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let when = fields.required("when", "one option for each of exactly two issues");
        let add = fields.required("add", "what is added");
        let provenance = Provenance::fields(fields);
        Some(Self {
            when: when.unwrap_or_default(),
            add: add?,
            provenance,
        })
    }
}

impl Record for ByIssue {
    const NAME: &'static str = "numbers_by_issue";
    const ABOUT: &'static str = "A constant, one table an issue, and interactions.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let constant = fields.optional("constant", "added to every agreement");
        let interactions = fields.optional("interaction", "added where two options meet");
        let provenance = Provenance::fields(fields);
        let issues = fields.rest("one number for every option of this issue");
        Some(Self {
            constant: constant.flatten(),
            issues: issues.unwrap_or_default(),
            interactions: interactions.flatten().unwrap_or_default(),
            provenance,
        })
    }
}

impl Record for Ranking {
    const NAME: &'static str = "ranking";
    const ABOUT: &'static str = "Every possible agreement, best first.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let ranks = fields.required::<Vec<Rank>>("ranking", "agreements, best first");
        let provenance = Provenance::fields(fields);
        let ranks = ranks
            .unwrap_or_default()
            .into_iter()
            .map(|rank| rank.0)
            .collect();
        Some(Self { ranks, provenance })
    }
}

impl Decode for Preferences {
    fn schema(schemas: &mut Schemas) -> Json {
        serde_json::json!({ "anyOf": [ByIssue::schema(schemas), Ranking::schema(schemas)] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        if at.has_key("ranking") {
            Ranking::decode(at, faults).map(Self::Ranking)
        } else {
            ByIssue::decode(at, faults).map(Self::Numbers)
        }
    }
}

/// One rank: an agreement, or an array of tied ones.
struct Rank(Vec<Terms>);

impl Decode for Rank {
    fn schema(schemas: &mut Schemas) -> Json {
        let one = Terms::schema(schemas);
        serde_json::json!({ "anyOf": [one, { "type": "array", "items": one }] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match at.node.value {
            Value::Array(_) => Vec::decode(at, faults).map(Self),
            _ => Terms::decode(at, faults).map(|terms| Self(vec![terms])),
        }
    }
}

impl Decode for Nonagreement {
    fn schema(schemas: &mut Schemas) -> Json {
        let number = Number::schema(schemas);
        let about = "An agreement that is the state of affairs without agreement.";
        serde_json::json!({ "anyOf": [number, Fields::describe(schemas, about, state)] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        if !at.has_key("as") {
            return Number::decode(at, faults).map(Self::Payoff);
        }
        Fields::read(at, faults, state)
    }
}

fn state(fields: &mut Fields<'_>) -> Option<Nonagreement> {
    let state = fields.required("as", "the agreement that nonagreement amounts to");
    let provenance = Provenance::fields(fields);
    Some(Nonagreement::State {
        r#as: state?,
        provenance,
    })
}
