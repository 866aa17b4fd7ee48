use detente_uncertainty::{Kind, Uncertain, UncertaintyError, VerbalProbability};
use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap},
};
use serde_json::{Value as Json, json};

use super::coded::{Provenance, serialise_provenance};
use crate::decode::{At, Code, Decode, Fault, Faults, Fields, Record, Schemas, Value, nearest};

/// A number of a case: possibly uncertain, possibly with its provenance.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The number or its distribution.
    pub value: Uncertain,
    /// Where it came from.
    pub provenance: Provenance,
}

impl From<Uncertain> for Number {
    fn from(value: Uncertain) -> Self {
        Self {
            value,
            provenance: Provenance::default(),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bare = self.provenance.is_empty();
        let mut map = match self.value.kind() {
            Kind::Point { value } if bare => return value.serialize(serializer),
            Kind::Verbal { band } if bare => return band.phrase().serialize(serializer),
            _ => serializer.serialize_map(None)?,
        };
        match self.value.kind() {
            Kind::Point { value } => map.serialize_entry("value", &value)?,
            Kind::Verbal { band } => map.serialize_entry("value", band.phrase())?,
            Kind::Triangular { low, mode, high } => {
                map.serialize_entry("low", &low)?;
                map.serialize_entry("mode", &mode)?;
                map.serialize_entry("high", &high)?;
            }
            Kind::Normal { mean, sd } => {
                map.serialize_entry("normal", &json!({ "mean": mean, "sd": sd }))?;
            }
            Kind::Beta { a, b } => map.serialize_entry("beta", &json!({ "a": a, "b": b }))?,
            Kind::Uniform { low, high } => {
                map.serialize_entry("uniform", &json!({ "low": low, "high": high }))?;
            }
            Kind::Discrete { outcomes } => {
                let list: Vec<Json> = outcomes
                    .iter()
                    .map(|(value, weight)| json!({ "value": value, "weight": weight }))
                    .collect();
                map.serialize_entry("discrete", &list)?;
            }
            shape => {
                return Err(S::Error::custom(format!(
                    "the case format cannot write {shape:?}"
                )));
            }
        }
        serialise_provenance::<S>(&mut map, &self.provenance)?;
        map.end()
    }
}

/// Both names of every verbal probability.
fn phrases() -> impl Iterator<Item = &'static str> {
    VerbalProbability::ALL
        .iter()
        .flat_map(|band| [band.phrase(), band.alternative()])
}

impl Decode for Number {
    fn schema(schemas: &mut Schemas) -> Json {
        schemas.define("number", |schemas| {
            let about = "Exactly one shape of number, and where it came from.";
            json!({
                "description": "A number: exact, a range with its likeliest value, a named distribution or a verbal probability.",
                "anyOf": [Plain::schema(schemas), Fields::describe(schemas, about, table)],
            })
        })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match &at.node.value {
            Value::Table(_) => Fields::read(at, faults, table),
            Value::Text(text) => phrase(text, at, faults).map(Self::from),
            Value::Integer(_) | Value::Float(_) => plain(at, faults).map(Self::from),
            _ => at.mistyped(
                "a number, a range { low, mode, high }, a distribution or a verbal probability",
                faults,
            ),
        }
    }
}

fn phrase(text: &str, at: &At<'_>, faults: &mut Faults) -> Option<Uncertain> {
    if let Ok(phrase) = VerbalProbability::parse(text) {
        return Some(Uncertain::verbal(phrase));
    }
    let help = match nearest(text, phrases()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => {
            "verbal probabilities run from \"almost no chance\" to \"almost certain\"".to_owned()
        }
    };
    let message = format!("expected a number or a verbal probability, found {text:?}");
    faults.push(at.fault(Code::WrongType, message).with_help(help));
    None
}

/// A number written as a table: exactly one shape, and its provenance.
fn table(fields: &mut Fields<'_>) -> Option<Number> {
    let value = fields.optional::<Plain>("value", "the number itself");
    let low = fields.optional::<f64>("low", "the least it could be");
    let mode = fields.optional::<f64>("mode", "its likeliest value");
    let high = fields.optional::<f64>("high", "the most it could be");
    let normal = fields.optional::<MeanSd>("normal", "a normal distribution");
    let beta = fields.optional::<Counts>("beta", "a beta distribution on 0 to 1");
    let uniform = fields.optional::<Ends>("uniform", "a range, all values alike");
    let discrete = fields.optional::<Vec<Weighted>>("discrete", "values with weights");
    let provenance = Provenance::fields(fields);

    let shapes = [
        value?.map(|plain| Ok(plain.0)),
        range(fields, [low?, mode?, high?])?,
        normal?.map(|normal| Uncertain::normal(normal.mean, normal.sd)),
        beta?.map(|beta| Uncertain::beta(beta.a, beta.b)),
        uniform?.map(|ends| Uncertain::uniform(ends.low, ends.high)),
        discrete?.map(|list| {
            let pairs: Vec<(f64, f64)> = list.iter().map(|it| (it.value, it.weight)).collect();
            Uncertain::discrete(&pairs)
        }),
    ];
    let mut given = shapes.into_iter().flatten();
    let path = fields.path().clone();
    let (Some(shape), None) = (given.next(), given.next()) else {
        let message = "a number takes exactly one shape: value; low, mode and high; normal; beta; uniform; or discrete";
        fields.fault(Fault::new(Code::Contradiction, path, message));
        return None;
    };
    match shape {
        Ok(value) => Some(Number { value, provenance }),
        Err(error) => {
            fields.fault(Fault::new(Code::OutOfRange, path, error.to_string()));
            None
        }
    }
}

/// A range, if one is begun: all three of its numbers or a fault.
#[allow(
    clippy::option_option,
    reason = "the outer level says whether a fault was found"
)]
fn range(
    fields: &mut Fields<'_>,
    ends: [Option<f64>; 3],
) -> Option<Option<Result<Uncertain, UncertaintyError>>> {
    match ends {
        [None, None, None] => Some(None),
        [Some(low), Some(mode), Some(high)] => Some(Some(Uncertain::triangular(low, mode, high))),
        _ => {
            let path = fields.path().clone();
            let fault = Fault::new(Code::MissingKey, path, "a range needs low, mode and high");
            fields.fault(
                fault.with_help("without a likeliest value: { uniform = { low = …, high = … } }"),
            );
            None
        }
    }
}

/// A plain number or a verbal probability, as `value` holds it.
struct Plain(Uncertain);

impl Decode for Plain {
    fn schema(_: &mut Schemas) -> Json {
        json!({ "anyOf": [{ "type": "number" }, { "type": "string", "enum": phrases().collect::<Vec<_>>() }] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match &at.node.value {
            Value::Text(text) => phrase(text, at, faults).map(Self),
            _ => plain(at, faults).map(Self),
        }
    }
}

fn plain(at: &At<'_>, faults: &mut Faults) -> Option<Uncertain> {
    match Uncertain::point(f64::decode(at, faults)?) {
        Ok(value) => Some(value),
        Err(error) => {
            faults.push(at.fault(Code::OutOfRange, error.to_string()));
            None
        }
    }
}

/// Two numbers under the names their distribution gives them.
macro_rules! pairs {
    ($($pair:ident $about:literal { $first:ident: $first_about:literal, $second:ident: $second_about:literal })+) => {$(
        struct $pair {
            $first: f64,
            $second: f64,
        }

        impl Record for $pair {
            const NAME: &'static str = $about;
            const ABOUT: &'static str = $about;

            fn record(fields: &mut Fields<'_>) -> Option<Self> {
                let $first = fields.required(stringify!($first), $first_about);
                let $second = fields.required(stringify!($second), $second_about);
                Some(Self { $first: $first?, $second: $second? })
            }
        }
    )+};
}

pairs! {
    MeanSd "normal" { mean: "its mean", sd: "its standard deviation, above 0" }
    Counts "beta" { a: "its first shape parameter, above 0", b: "its second, above 0" }
    Ends "uniform" { low: "the least it could be", high: "the most it could be" }
    Weighted "weighted_value" { value: "a value", weight: "its weight, 0 or more" }
}
