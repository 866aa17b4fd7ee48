use detente_uncertainty::{Kind, Uncertain, UncertaintyError, VerbalProbability};
use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap},
};
use serde_json::{Value as Json, json};

use super::coded::{Provenance, serialise_provenance};
use crate::decode::{
    At, Code, Decode, Fault, Faults, Fields, Path, Record, Schemas, Value, bare_number, quoted,
};

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
    let fault = match bare_number(text) {
        Some(number) => at
            .fault(
                Code::WrongType,
                format!("expected a number, found the text {}", quoted(text)),
            )
            .with_label("expected a number")
            .with_help(format!("write `{number}`, without quotes")),
        None => {
            let bands: Vec<&str> = VerbalProbability::ALL
                .iter()
                .map(|it| it.phrase())
                .collect();
            let message = format!("expected a number, found the text {}", quoted(text));
            // A phrase that only begins with the text is no slip of it: "high" may be a weight.
            let slips = phrases().filter(|phrase| phrase.len() < 2 * text.len());
            at.fault(Code::UnknownName, message)
                .with_label(format!(
                    "expected a number; where a chance is asked for, also one of: {}",
                    bands.join(", ")
                ))
                .with_nearest(text, slips)
        }
    };
    faults.push(fault);
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

    one_shape(fields)?;
    let shape = if let Some(plain) = value? {
        Ok(plain.0)
    } else if let Some(normal) = normal? {
        Uncertain::normal(normal.mean, normal.sd)
    } else if let Some(beta) = beta? {
        Uncertain::beta(beta.a, beta.b)
    } else if let Some(ends) = uniform? {
        Uncertain::uniform(ends.low, ends.high)
    } else if let Some(list) = discrete? {
        let pairs: Vec<(f64, f64)> = list.iter().map(|it| (it.value, it.weight)).collect();
        Uncertain::discrete(&pairs)
    } else {
        let ends = [low?, mode?, high?];
        let [Some(low), Some(mode), Some(high)] = ends else {
            unfinished(fields, ends);
            return None;
        };
        Uncertain::triangular(low, mode, high)
    };
    match shape {
        Ok(value) => Some(Number { value, provenance }),
        Err(error) => {
            let fault = refused(fields.path().clone(), &error);
            fields.fault(fault);
            None
        }
    }
}

/// Sees to it that the table has one shape of number and no second.
fn one_shape(fields: &mut Fields<'_>) -> Option<()> {
    let range = ["low", "mode", "high"];
    let mut given: Vec<&str> = ["value", "normal", "beta", "uniform", "discrete"]
        .into_iter()
        .filter(|key| fields.is_present(key))
        .collect();
    given.extend(range.into_iter().find(|key| fields.is_present(key)));
    let (code, message) = match given.as_slice() {
        [_] => return Some(()),
        // A key that no number has is a fault already, and was most likely meant for a shape.
        [] if fields.has_stranger() => return None,
        [] => (Code::MissingKey, "the table has no number".to_owned()),
        [first, second, ..] => {
            let message = format!("the number has both `{first}` and `{second}`");
            (Code::Contradiction, message)
        }
    };
    let fault = Fault::new(code, fields.path().clone(), message)
        .with_label("expected one of: value; low, mode and high; normal; beta; uniform; discrete");
    fields.fault(fault);
    None
}

/// The fault of a range of which not all three numbers are given.
fn unfinished(fields: &mut Fields<'_>, ends: [Option<f64>; 3]) {
    // A key that no number has is a fault already, and was most likely meant for the missing one.
    if fields.has_stranger() {
        return;
    }
    let names = ["low", "mode", "high"];
    let given = names.iter().zip(ends).filter(|(_, end)| end.is_some());
    let given: Vec<String> = given.map(|(name, _)| format!("`{name}`")).collect();
    let message = format!("a range with {} only", given.join(" and "));
    let fault = Fault::new(Code::MissingKey, fields.path().clone(), message)
        .with_label("needs `low`, `mode` and `high`");
    fields.fault(match ends {
        [Some(low), None, Some(high)] => fault.with_help(format!(
            "if no value is likelier than another: `{{ uniform = {{ low = {low}, high = {high} }} }}`"
        )),
        [None, Some(mode), None] => {
            fault.with_help(format!("if it is known exactly: `{mode}`"))
        }
        _ => fault,
    });
}

/// The fault of parameters that their distribution refuses.
fn refused(path: Path, error: &UncertaintyError) -> Fault {
    let full = match error {
        UncertaintyError::OutOfOrder { low, mode, high } => format!(
            "low, mode and high are {low}, {mode} and {high}; expected each at least the one before"
        ),
        _ => error.to_string(),
    };
    let (message, expected) = full.split_once("; ").unwrap_or((&full, "expected others"));
    Fault::new(Code::OutOfRange, path, message).with_label(expected)
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
            let fault = refused(at.path.clone(), &error);
            faults.push(fault.with_span(at.node.span.clone()));
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
