//! Nested text in JSON or YAML, with the place of everything in it. Numbers stay as they are written.

pub(crate) mod json;
#[cfg(feature = "negmas")]
pub(crate) mod yaml;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    FormatError, Place,
    error::{listed, missing, quoted, unexpected},
    number, text,
};

/// A value and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A word or a number without quotes.
    Bare(String),
    /// A text in quotes.
    Quoted(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

impl Node {
    pub(crate) const fn new(place: Place, value: Value) -> Self {
        Self { place, value }
    }

    /// What a message says it is.
    pub(crate) fn words(&self) -> String {
        match &self.value {
            Value::Bare(text) | Value::Quoted(text) => quoted(text),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a table of names".to_owned(),
        }
    }

    fn refused(&self, expected: impl Into<String>) -> FormatError {
        unexpected(self.place, self.words(), expected)
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Bare(text) if matches!(text.as_str(), "null" | "~" | ""))
    }

    /// The entries of a table of names; no name is there twice.
    pub(crate) fn map(&self, what: &str) -> Result<&[(Self, Self)], FormatError> {
        match &self.value {
            Value::Map(entries) => Ok(entries),
            _ => Err(self.refused(format!("{what}: a table of names"))),
        }
    }

    pub(crate) fn list(&self, what: &str) -> Result<&[Self], FormatError> {
        match &self.value {
            Value::List(items) => Ok(items),
            _ => Err(self.refused(format!("{what}: a list"))),
        }
    }

    /// A text or a number, as it is written.
    pub(crate) fn text(&self, what: &str) -> Result<&str, FormatError> {
        match &self.value {
            Value::Bare(text) | Value::Quoted(text) => Ok(text),
            _ => Err(self.refused(what)),
        }
    }

    /// The text of a number without quotes.
    pub(crate) fn number_text(&self) -> Result<&str, FormatError> {
        match &self.value {
            Value::Bare(text) => Ok(text),
            _ => Err(self.refused("a number without quotes")),
        }
    }

    pub(crate) fn double(&self) -> Result<f64, FormatError> {
        number::double(self.number_text()?, self.place)
    }

    pub(crate) fn exact(&self) -> Result<detente_reciprocity::Fraction, FormatError> {
        number::exact(self.number_text()?, self.place)
    }

    /// The value under a name of a table; `None` where it has no such name, or null under it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else {
            return None;
        };
        let named = |(name, _): &&(Self, Self)| match &name.value {
            Value::Bare(text) | Value::Quoted(text) => text == key,
            _ => false,
        };
        let (_, value) = entries.iter().find(named)?;
        (!value.is_null()).then_some(value)
    }

    /// The value under a name, which has to be there.
    pub(crate) fn required(&self, key: &str, expected: &str) -> Result<&Self, FormatError> {
        self.get(key)
            .ok_or_else(|| missing(self.place, format!("{key:?}"), expected))
    }

    /// The entries of a table by name; names that differ in blanks only are one, and refused.
    pub(crate) fn by_name(
        &self,
        what: &str,
    ) -> Result<BTreeMap<String, (&Self, &Self)>, FormatError> {
        let mut named = BTreeMap::new();
        for (key, value) in self.map(what)? {
            let name = text::name(key.text("a name")?);
            let what = quoted(&name);
            if named.insert(name, (key, value)).is_some() {
                let place = key.place;
                return Err(FormatError::Twice { place, what });
            }
        }
        Ok(named)
    }

    /// The names of a table, for a message.
    pub(crate) fn names(&self) -> String {
        let Value::Map(entries) = &self.value else {
            return String::new();
        };
        let name = |(name, _): &'_ (Self, Self)| match &name.value {
            Value::Bare(text) | Value::Quoted(text) => Some(text.clone()),
            _ => None,
        };
        let names: Vec<String> = entries.iter().filter_map(name).collect();
        listed(names.iter().map(String::as_str))
    }
}

/// Refuses a table in which a name is there twice.
pub(crate) fn check_names(entries: &[(Node, Node)]) -> Result<(), FormatError> {
    let mut seen = BTreeSet::new();
    for (name, _) in entries {
        if let Value::Bare(text) | Value::Quoted(text) = &name.value
            && !seen.insert(text)
        {
            return Err(FormatError::Twice {
                place: name.place,
                what: quoted(text),
            });
        }
    }
    Ok(())
}
