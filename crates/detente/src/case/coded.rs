use serde::{Serialize, ser::SerializeMap};
use serde_json::{Value as Json, json};

use crate::decode::{At, Choice, Decode, Faults, Fields, Schemas, Value};

/// Where a value came from: its sources, why it is what it is, how sure the coder was, and who
/// coded it. Every part may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// Keys of the case's `source` table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    /// The reason in one line; a coder's judgement says so here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How sure the coder was of the fact behind the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Who coded it, by whatever mark the coders use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coder: Option<String>,
}

/// A coder's confidence in the fact behind a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read in the cited text.
    High,
    /// The event was read; an exact day or detail is from a standard reference.
    Medium,
    /// A standard fact, not read again for this case.
    Low,
}

impl Choice for Confidence {
    const NAME: &'static str = "confidence";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("high", Self::High),
        ("medium", Self::Medium),
        ("low", Self::Low),
    ];
}

impl Provenance {
    /// Reads the four provenance keys of a table.
    pub(crate) fn fields(fields: &mut Fields<'_>) -> Self {
        let source =
            fields.optional::<Sources>("source", "one key of the source table, or several");
        let note = fields.optional("note", "why the value is what it is, in one line");
        let confidence = fields.optional("confidence", "the coder's confidence in the fact");
        let coder = fields.optional("coder", "who coded the value");
        Self {
            source: source.flatten().unwrap_or_default().0,
            note: note.flatten(),
            confidence: confidence.flatten(),
            coder: coder.flatten(),
        }
    }

    /// This provenance, with what it leaves out taken from the table around it.
    #[must_use]
    pub fn within(&self, outer: &Self) -> Self {
        let own = !self.source.is_empty() || self.note.is_some();
        Self {
            source: if own {
                self.source.clone()
            } else {
                outer.source.clone()
            },
            note: if own {
                self.note.clone()
            } else {
                outer.note.clone()
            },
            confidence: self.confidence.or(outer.confidence),
            coder: self.coder.clone().or_else(|| outer.coder.clone()),
        }
    }

    /// Whether nothing at all is recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One source key or an array of them.
#[derive(Debug, Default)]
struct Sources(Vec<String>);

impl Decode for Sources {
    fn schema(schemas: &mut Schemas) -> Json {
        let one = String::schema(schemas);
        json!({ "anyOf": [one, { "type": "array", "items": one }] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match at.node.value {
            Value::Array(_) => Vec::decode(at, faults).map(Self),
            _ => String::decode(at, faults).map(|key| Self(vec![key])),
        }
    }
}

/// A value that may carry its provenance: written bare, or as a table with `value`.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub provenance: Provenance,
}

impl<T> Coded<T> {
    /// A value without provenance.
    pub fn bare(value: T) -> Self {
        Self {
            value,
            provenance: Provenance::default(),
        }
    }
}

impl<T: Serialize> Serialize for Coded<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.provenance.is_empty() {
            return self.value.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", &self.value)?;
        serialise_provenance::<S>(&mut map, &self.provenance)?;
        map.end()
    }
}

/// Writes the parts of a provenance that are present as entries of the table around them.
pub(crate) fn serialise_provenance<S: serde::Serializer>(
    map: &mut S::SerializeMap,
    provenance: &Provenance,
) -> Result<(), S::Error> {
    if !provenance.source.is_empty() {
        map.serialize_entry("source", &provenance.source)?;
    }
    if let Some(note) = &provenance.note {
        map.serialize_entry("note", note)?;
    }
    if let Some(confidence) = &provenance.confidence {
        map.serialize_entry("confidence", confidence)?;
    }
    if let Some(coder) = &provenance.coder {
        map.serialize_entry("coder", coder)?;
    }
    Ok(())
}

impl<T: Decode> Decode for Coded<T> {
    fn schema(schemas: &mut Schemas) -> Json {
        let value = T::schema(schemas);
        let table = Fields::describe(schemas, "The value and where it came from.", coded::<T>);
        json!({ "anyOf": [value, table] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        if !at.has_key("value") {
            return T::decode(at, faults).map(Self::bare);
        }
        Fields::read(at, faults, coded::<T>)
    }
}

fn coded<T: Decode>(fields: &mut Fields<'_>) -> Option<Coded<T>> {
    let value = fields.required("value", "the value");
    let provenance = Provenance::fields(fields);
    Some(Coded {
        value: value?,
        provenance,
    })
}

crate::decode_choice!(Confidence);
