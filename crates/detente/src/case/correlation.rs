//! Numbers that go together.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::coded::Provenance;
use crate::decode::{At, Code, Decode, Faults, Fields, Record, Schemas};

/// Two uncertain numbers that go together: where one is high, so tends to be the other.
///
/// ```
/// use detente::{Case, Model, case::{Correlation, Provenance}, library};
///
/// let mut case = Case::from_text("my-case.toml", library::TEMPLATE)?;
/// let names = ["party.east.payoff.arms.half", "party.east.type.cheats.patience"];
/// case.correlations.push(Correlation {
///     between: names.map(str::to_owned),
///     rank: 0.6,
///     provenance: Provenance::default(),
/// });
/// assert!(Model::compile(&case).is_ok());
/// // No number goes with itself.
/// case.correlations[0].between[1] = case.correlations[0].between[0].clone();
/// assert!(Model::compile(&case).is_err());
/// # Ok::<(), detente::DetenteError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Correlation {
    /// The two numbers, by the names under which [`Model::inputs`](crate::Model::inputs) lists them.
    pub between: [String; 2],
    /// Spearman's rank correlation ρ, strictly between −1 and 1.
    pub rank: f64,
    /// Where it is known from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for Correlation {
    const NAME: &'static str = "correlation";
    const ABOUT: &'static str = "Two uncertain numbers that go together.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let between = fields.required::<Pair>("between", "the names of the two numbers");
        let rank = fields.required::<f64>("rank", "their rank correlation, between -1 and 1");
        let provenance = Provenance::fields(fields);
        Some(Self {
            between: between?.0,
            rank: rank?,
            provenance,
        })
    }
}

/// Two names.
struct Pair([String; 2]);

impl Decode for Pair {
    fn schema(schemas: &mut Schemas) -> Json {
        let name = String::schema(schemas);
        json!({ "type": "array", "items": name, "minItems": 2, "maxItems": 2 })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        let names = Vec::<String>::decode(at, faults)?;
        <[String; 2]>::try_from(names).map_or_else(
            |names| {
                let message = format!("expected two names, found {}", names.len());
                let fault = at.fault(Code::WrongType, message);
                faults.push(
                    fault
                        .with_label("expected two names")
                        .with_help("more numbers that go together are so many pairs"),
                );
                None
            },
            |pair| Some(Self(pair)),
        )
    }
}
