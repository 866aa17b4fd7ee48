use serde_json::Value as Json;

use super::{Code, Entry, Fault, Faults, Node, Path, Schemas, Segment, Value, hint::bare_number};

/// A value and the way to it: what a decoder is given.
#[derive(Debug, Clone)]
pub struct At<'a> {
    /// The value.
    pub node: &'a Node,
    /// The way to it from the top of the document.
    pub path: Path,
}

impl<'a> At<'a> {
    /// The document itself.
    #[must_use]
    pub const fn root(node: &'a Node) -> Self {
        Self {
            node,
            path: Path::root(),
        }
    }

    /// One of the entries of this table.
    #[must_use]
    pub fn entry(&self, entry: &'a Entry) -> Self {
        Self {
            node: &entry.node,
            path: self.path.key(&entry.key),
        }
    }

    /// One of the elements of this array.
    #[must_use]
    pub fn item(&self, index: usize, node: &'a Node) -> Self {
        Self {
            node,
            path: self.path.index(index),
        }
    }

    /// Whether this is a table that has the key. O(n) in its entries.
    #[must_use]
    pub fn has_key(&self, key: &str) -> bool {
        self.node.get(key).is_some()
    }

    /// A fault of this value, already located.
    #[must_use]
    pub fn fault(&self, code: Code, message: impl Into<String>) -> Fault {
        Fault::new(code, self.path.clone(), message).with_span(self.node.span.clone())
    }

    /// Records that the value is of another type than `expected` (in words: `a number`), and
    /// returns `None`. Says nothing of a value that could not be read at all: that was said before.
    pub fn mistyped<T>(&self, expected: &str, faults: &mut Faults) -> Option<T> {
        if self.node.value != Value::Broken {
            let message = format!("expected {expected}, found {}", self.node.kind());
            let label = format!("expected {expected}");
            let mut fault = self.fault(Code::WrongType, message).with_label(label);
            fault.help = instead(&self.node.value, expected);
            faults.push(fault);
        }
        None
    }
}

/// What to write instead, where quotation marks alone make the type wrong.
fn instead(value: &Value, expected: &str) -> Option<String> {
    match value {
        Value::Text(text) if expected.contains("number") => {
            bare_number(text).map(|number| format!("write `{number}`, without quotes"))
        }
        Value::Text(text) if expected == "true or false" => truth(text).map(str::to_owned),
        Value::Integer(_) | Value::Float(_) | Value::Bool(_) | Value::Date(_)
            if expected == "text" =>
        {
            Some("text stands in quotes".to_owned())
        }
        _ => None,
    }
}

fn truth(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" => Some("write `true`, without quotes"),
        "false" | "no" => Some("write `false`, without quotes"),
        _ => None,
    }
}

/// A type that can be read from a document and can say, as a JSON Schema, what it accepts.
///
/// Implemented here for `bool`, `String`, [`Text`](super::Text), `i64`, `u64`, `u32`, `f64`, dates,
/// `Vec<T>` and [`Ids<T>`](super::Ids); for every [`Record`](super::Record); and, by
/// [`decode_choice!`](crate::decode_choice), for a [`Choice`](super::Choice). A type that takes
/// several shapes looks at `at.node.value`, hands `at` on to the decoder of the shape it finds and
/// ends with [`At::mistyped`].
pub trait Decode: Sized {
    /// The JSON Schema (draft 2020-12) of the values this type accepts.
    fn schema(schemas: &mut Schemas) -> Json;

    /// Reads the value, or records every fault found and returns `None`.
    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self>;
}

impl Decode for bool {
    fn schema(_: &mut Schemas) -> Json {
        serde_json::json!({ "type": "boolean" })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match at.node.value {
            Value::Bool(value) => Some(value),
            _ => at.mistyped("true or false", faults),
        }
    }
}

/// A list. Every element is read, so every faulty one is reported; one faulty element and there is
/// no list, because the places of the others would shift.
impl<T: Decode> Decode for Vec<T> {
    fn schema(schemas: &mut Schemas) -> Json {
        serde_json::json!({ "type": "array", "items": T::schema(schemas) })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        let Value::Array(items) = &at.node.value else {
            return not_a_list(at, faults);
        };
        let read: Self = items
            .iter()
            .enumerate()
            .filter_map(|(index, node)| T::decode(&at.item(index, node), faults))
            .collect();
        (read.len() == items.len()).then_some(read)
    }
}

/// The commonest cause is a header in single brackets, which makes one table and not a list.
fn not_a_list<T>(at: &At<'_>, faults: &mut Faults) -> Option<T> {
    let (Value::Table(_), Some(Segment::Key(key))) = (&at.node.value, at.path.segments().last())
    else {
        return at.mistyped("a list", faults);
    };
    let message = format!("expected a list, found {}", at.node.kind());
    let fault = at
        .fault(Code::WrongType, message)
        .with_label("expected a list");
    faults.push(fault.with_help(format!(
        "a list of tables has headers in double brackets: `[[{key}]]`"
    )));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn array(values: Vec<Value>) -> Node {
        Node::new(Value::Array(values.into_iter().map(Node::new).collect()))
    }

    #[test]
    fn every_faulty_element_is_reported() {
        let node = array(vec![
            Value::Bool(true),
            Value::Integer(1),
            Value::Integer(2),
        ]);
        let mut faults = Faults::new();
        assert_eq!(Vec::<bool>::decode(&At::root(&node), &mut faults), None);
        let found = faults.into_vec();
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[1].to_string(),
            "E005 at [2]: expected true or false, found the number 2"
        );
    }

    #[test]
    fn a_sound_list_keeps_its_order() {
        let node = array(vec![Value::Bool(true), Value::Bool(false)]);
        let mut faults = Faults::new();
        let read = Vec::<bool>::decode(&At::root(&node), &mut faults);
        assert_eq!((read, faults.is_empty()), (Some(vec![true, false]), true));
    }

    #[test]
    fn what_could_not_be_read_is_not_reported_twice() {
        let node = Node::new(Value::Broken);
        let mut faults = Faults::new();
        assert_eq!(bool::decode(&At::root(&node), &mut faults), None);
        assert!(faults.is_empty());
    }
}
