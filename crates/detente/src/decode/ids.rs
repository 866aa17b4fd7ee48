use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
};
use serde_json::{Value as Json, json};

use super::{
    At, Code, Decode, Entry, Fault, Faults, Path, Schemas, Value,
    id::{PATTERN, is_id, malformed},
    node::quoted,
};

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
        let path = Path::root().key(&id);
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
    /// Reads some of the entries of a table; every faulty one is recorded and left out, so that the
    /// others can still be checked.
    pub(super) fn decode_entries<'a>(
        at: &At<'a>,
        entries: impl Iterator<Item = &'a Entry>,
        faults: &mut Faults,
    ) -> Self {
        let mut ids = Self::new();
        for entry in entries {
            let here = at.entry(entry);
            let value = T::decode(&here, faults);
            let added = match value {
                Some(value) => ids.insert(entry.key.as_str(), value),
                None if is_id(&entry.key) => continue,
                None => Err(Box::new(malformed(&entry.key, here.path.clone()))),
            };
            if let Err(fault) = added {
                faults.push(
                    Fault {
                        path: here.path,
                        ..*fault
                    }
                    .with_span(entry.key_span.clone()),
                );
            }
        }
        ids
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
            Value::Table(entries) => Some(Self::decode_entries(at, entries.iter(), faults)),
            _ => at.mistyped("a table keyed by id", faults),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Node, Source};

    fn decode(text: &str) -> (Option<Ids<bool>>, Vec<String>) {
        let source = Source::new("x.toml", text);
        let mut faults = Faults::new();
        let node = source.node(&mut faults);
        let ids = Ids::decode(&At::root(&node), &mut faults);
        (
            ids,
            faults.into_vec().iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn the_order_of_the_file_is_kept() {
        let (ids, faults) = decode("west = true\neast = false\n2x.y = 1");
        assert_eq!(ids.unwrap().names().collect::<Vec<_>>(), ["west", "east"]);
        assert_eq!(
            faults,
            ["E005 at 2x: expected true or false, found a table"]
        );
        let ids = decode("west = true\neast = false\n'2.x' = true").0.unwrap();
        assert_eq!(ids.names().collect::<Vec<_>>(), ["west", "east", "2.x"]);
        assert_eq!(
            (ids.index_of("east"), ids.get("east")),
            (Some(1), Some(&false))
        );
        assert_eq!((ids.at(2), ids.at(3)), (Some(("2.x", &true)), None));
        assert!(ids.contains("west") && !ids.contains("west "));
    }

    #[test]
    fn every_bad_id_and_value_is_reported() {
        let (ids, faults) = decode("'East Germany' = true\n-x = 1\n'' = true\nok = true");
        assert_eq!(ids.unwrap().names().collect::<Vec<_>>(), ["ok"]);
        assert_eq!(
            faults,
            [
                "E009 at \"East Germany\": `East Germany` is not an id (write `east-germany`)",
                "E009 at -x: `-x` is not an id (write `x`)",
                "E005 at -x: expected true or false, found the number 1",
                "E009 at \"\": `` is not an id",
            ]
        );
    }

    #[test]
    fn an_id_stands_once() {
        let mut ids = Ids::new();
        ids.insert("a", 1).unwrap();
        assert_eq!(ids.insert("a", 2).unwrap_err().code, Code::Duplicate);
        assert_eq!(ids.insert("A", 2).unwrap_err().code, Code::Malformed);
        assert_eq!((ids.len(), ids.get("a")), (1, Some(&1)));
    }

    #[test]
    fn serde_keeps_order_and_checks_ids() {
        let text = r#"{"b":1,"a":2}"#;
        let ids: Ids<i64> = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&ids).unwrap(), text);
        for bad in [r#"{"a":1,"a":2}"#, r#"{"A":1}"#, "[]"] {
            assert!(serde_json::from_str::<Ids<i64>>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn equality_minds_the_order() {
        let read = |text| serde_json::from_str::<Ids<i64>>(text).unwrap();
        assert_ne!(read(r#"{"b":1,"a":2}"#), read(r#"{"a":2,"b":1}"#));
    }

    #[test]
    fn only_a_table_has_ids() {
        let (node, mut faults) = (Node::new(Value::Array(Vec::new())), Faults::new());
        assert_eq!(Ids::<bool>::decode(&At::root(&node), &mut faults), None);
        assert_eq!(
            faults.into_vec()[0].to_string(),
            "E005: expected a table keyed by id, found an empty list"
        );
    }
}
