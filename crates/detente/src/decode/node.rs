use std::ops::Range;

use jiff::civil::Date;

use super::{Path, Segment};

/// How many tables and arrays may stand inside one another; a case needs about eight.
pub const MAX_DEPTH: usize = 64;

/// What a document may hold at one place.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point or an exponent; TOML's `inf` and `nan` included.
    Float(f64),
    /// A text.
    Text(String),
    /// A day in the calendar. Only TOML has them; in JSON a date is a text.
    Date(Date),
    /// Values in order.
    Array(Vec<Node>),
    /// Values by key, in the order of the file, each key once.
    Table(Vec<Entry>),
    /// A value no case uses, named in words: a time of day, a date with a time, JSON's null.
    Other(&'static str),
    /// A value that could not be read; a fault already says why, so decoders pass over it in silence.
    Broken,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its text, in bytes of the source. For a table under a header, the header. Absent in JSON.
    pub span: Option<Range<usize>>,
}

/// A key of a table and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key, without quotes.
    pub key: String,
    /// Where the key stands first, in bytes of the source. Absent in JSON.
    pub key_span: Option<Range<usize>>,
    /// The value.
    pub node: Node,
}

impl Node {
    /// A value that stands nowhere, for values that were computed rather than read.
    #[must_use]
    pub const fn new(value: Value) -> Self {
        Self { value, span: None }
    }

    /// The entries, if this is a table.
    #[must_use]
    pub fn as_table(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Table(entries) => Some(entries),
            _ => None,
        }
    }

    /// The elements, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if this is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of `key`, if this is a table that has it. O(n) in its entries.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let entry = self.as_table()?.iter().find(|entry| entry.key == key)?;
        Some(&entry.node)
    }

    /// The value at `path` and the span of its key, if it is there. O(n) in the entries passed.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<(&Self, Option<Range<usize>>)> {
        let mut found = (self, None);
        for segment in path.segments() {
            found = match segment {
                Segment::Key(key) => {
                    let entry = found.0.as_table()?.iter().find(|entry| entry.key == *key)?;
                    (&entry.node, entry.key_span.clone())
                }
                Segment::Index(index) => (found.0.as_array()?.get(*index)?, None),
            };
        }
        Some(found)
    }

    /// What stands here, in words for a message: `the number 7`, `a table`.
    #[must_use]
    pub fn kind(&self) -> String {
        match &self.value {
            Value::Bool(value) => format!("{value}"),
            Value::Integer(number) => format!("the number {number}"),
            Value::Float(number) => format!("the number {number}"),
            Value::Text(text) => format!("the text {}", quoted(text)),
            Value::Date(date) => format!("the date {date}"),
            Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
            Value::Other(name) => (*name).to_owned(),
            Value::Broken => "a value that could not be read".to_owned(),
        }
    }

    /// The same value as JSON, key order kept. Dates become texts; numbers that JSON lacks, values
    /// no case uses and values that could not be read become null.
    #[must_use]
    pub fn as_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Bool(value) => (*value).into(),
            Value::Integer(number) => (*number).into(),
            Value::Float(number) => (*number).into(),
            Value::Text(text) => text.as_str().into(),
            Value::Date(date) => date.to_string().into(),
            Value::Array(items) => items.iter().map(Self::as_json).collect(),
            Value::Table(entries) => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.node.as_json()))
                .collect(),
            Value::Other(_) | Value::Broken => serde_json::Value::Null,
        }
    }
}

/// The text in back quotes, cut to a length that a message can bear.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 48;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Node {
        let act = Node::new(Value::Table(vec![Entry {
            key: "actor".to_owned(),
            key_span: Some(3..8),
            node: Node::new(Value::Text("east".to_owned())),
        }]));
        Node::new(Value::Table(vec![Entry {
            key: "act".to_owned(),
            key_span: None,
            node: Node::new(Value::Array(vec![act])),
        }]))
    }

    #[test]
    fn a_path_leads_to_the_value_and_its_key() {
        let (node, key) = (sample(), Path::root().key("act").index(0).key("actor"));
        let (found, span) = node.find(&key).unwrap();
        assert_eq!((found.as_text(), span), (Some("east"), Some(3..8)));
        assert_eq!(node.find(&Path::root().key("act").index(1)), None);
        assert_eq!(node.find(&key.key("deeper")), None);
        assert_eq!(node.find(&Path::root()).unwrap().0, &node);
    }

    #[test]
    fn json_keeps_what_json_can_hold() {
        let json = sample().as_json();
        assert_eq!(json, serde_json::json!({ "act": [{ "actor": "east" }] }));
        assert!(Node::new(Value::Float(f64::NAN)).as_json().is_null());
    }

    #[test]
    fn long_texts_are_cut_in_messages_between_characters() {
        let long = Node::new(Value::Text("é".repeat(100)));
        assert_eq!(long.kind(), format!("the text `{}…`", "é".repeat(48)));
    }
}
