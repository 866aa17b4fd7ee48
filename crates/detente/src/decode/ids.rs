use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
};
use serde_json::{Value as Json, json};

use super::{At, Code, Decode, Entry, Fault, Faults, Schemas, Value, node::quoted};

/// The form of an id, as a regular expression: see [`Ids`].
pub(super) const PATTERN: &str = "^[a-z0-9][a-z0-9_.-]*$";

/// Values by id, in the order given.
///
/// An id begins with a lower-case letter or a digit and goes on with these, `_`, `-` and `.`; it is
/// given once. In a file, a table keyed by id; the order of the file is kept. Looking up is
/// O(log n), going through is O(n).
#[derive(Clone)]
pub struct Ids<T> {
    entries: Vec<(String, T)>,
    places: BTreeMap<String, usize>,
}

impl<T> Ids<T> {
    /// No value.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
            places: BTreeMap::new(),
        }
    }

    /// Adds a value at the end.
    ///
    /// # Errors
    /// A fault if the id is not well-formed ([`Code::Malformed`]) or already there
    /// ([`Code::Duplicate`]); nothing is added then.
    pub fn insert(&mut self, id: impl Into<String>, value: T) -> Result<(), Box<Fault>> {
        let id = id.into();
        let path = super::Path::root().key(&id);
        if !is_id(&id) {
            return Err(Box::new(malformed(&id, path)));
        }
        if self.places.contains_key(&id) {
            let message = format!("the id {} is given twice", quoted(&id));
            return Err(Box::new(
                Fault::new(Code::Duplicate, path, message).at_key(),
            ));
        }
        self.places.insert(id.clone(), self.entries.len());
        self.entries.push((id, value));
        Ok(())
    }

    /// The value of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.index_of(id).map(|place| &self.entries[place].1)
    }

    /// The place of an id, counted from 0.
    #[must_use]
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The id and value at a place, counted from 0.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<(&str, &T)> {
        self.entries
            .get(place)
            .map(|(id, value)| (id.as_str(), value))
    }

    /// Whether the id is there.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    /// Ids and values, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &T)> + ExactSizeIterator + Clone {
        self.entries.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// The ids, in order.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        self.entries.iter().map(|(id, _)| id.as_str())
    }

    /// The values, in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + Clone {
        self.entries.iter().map(|(_, value)| value)
    }

    /// The values, in order, to be changed; ids stay.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> + ExactSizeIterator {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// The number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<T: Decode> Ids<T> {
    /// Reads some of the entries of a table; every faulty one is recorded.
    pub(super) fn decode_entries<'a>(
        at: &At<'a>,
        entries: impl Iterator<Item = &'a Entry>,
        faults: &mut Faults,
    ) -> Option<Self> {
        let (mut ids, mut sound) = (Self::new(), true);
        for entry in entries {
            let here = at.entry(entry);
            let value = T::decode(&here, faults);
            let added = match value {
                Some(value) => ids.insert(entry.key.as_str(), value),
                None if is_id(&entry.key) => {
                    sound = false;
                    continue;
                }
                None => Err(Box::new(malformed(&entry.key, here.path.clone()))),
            };
            if let Err(fault) = added {
                sound = false;
                faults.push(
                    Fault {
                        path: here.path,
                        ..*fault
                    }
                    .with_span(entry.key_span.clone()),
                );
            }
        }
        sound.then_some(ids)
    }
}

impl<T: Decode> Decode for Ids<T> {
    fn schema(schemas: &mut Schemas) -> Json {
        json!({
            "type": "object",
            "propertyNames": { "pattern": PATTERN },
            "additionalProperties": T::schema(schemas),
        })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match &at.node.value {
            Value::Table(entries) => Self::decode_entries(at, entries.iter(), faults),
            _ => at.mistyped("a table keyed by id", faults),
        }
    }
}

/// A short name by which other parts of a case refer to this one: a text in the form of the keys of
/// [`Ids`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Decode for Id {
    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "string", "pattern": PATTERN })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        let Value::Text(text) = &at.node.value else {
            return at.mistyped("an id in quotes", faults);
        };
        if !is_id(text) {
            faults.push(
                Fault {
                    place: super::Place::Value,
                    ..malformed(text, at.path.clone())
                }
                .with_span(at.node.span.clone()),
            );
            return None;
        }
        Some(Self(text.clone()))
    }
}

fn is_id(text: &str) -> bool {
    let body =
        |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.' | b'-');
    text.bytes().all(body)
        && text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
}

fn malformed(id: &str, path: super::Path) -> Fault {
    let message = format!("{} is not an id", quoted(id));
    let fault = Fault::new(Code::Malformed, path, message)
        .at_key()
        .with_label("expected lower-case letters, digits, `_`, `-` and `.`");
    match suggestion(id) {
        Some(id) => fault.with_help(format!("write `{id}`")),
        None => fault,
    }
}

/// The id nearest to the text, if it leaves anything.
fn suggestion(text: &str) -> Option<String> {
    const LONGEST: usize = 48;
    let plain: String = text
        .trim()
        .to_lowercase()
        .chars()
        .take(LONGEST)
        .map(|c| {
            if c.is_whitespace() || c == '/' {
                '-'
            } else {
                c
            }
        })
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
        .collect();
    let id = plain.trim_start_matches(['_', '.', '-']);
    is_id(id).then(|| id.to_owned())
}

impl<T> Default for Ids<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Ids<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Equal if the same values stand under the same ids in the same order.
impl<T: PartialEq> PartialEq for Ids<T> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<T: Eq> Eq for Ids<T> {}

impl<T: Serialize> Serialize for Ids<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ids<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Table(PhantomData))
    }
}

/// Reads [`Ids`] through `serde`, checking every id.
struct Table<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Table<T> {
    type Value = Ids<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table keyed by id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ids<T>, A::Error> {
        let mut ids = Ids::new();
        while let Some((id, value)) = map.next_entry::<String, T>()? {
            ids.insert(id, value)
                .map_err(|fault| A::Error::custom(fault.message))?;
        }
        Ok(ids)
    }
}
