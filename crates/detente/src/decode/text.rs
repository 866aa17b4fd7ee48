use std::fmt;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{At, Code, Decode, Faults, Schemas, Value};

/// Any text, the empty one included; [`Text`] is one that says something.
impl Decode for String {
    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "string" })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match &at.node.value {
            Value::Text(text) => Some(text.clone()),
            _ => at.mistyped("text", faults),
        }
    }
}

/// A text that says something: not empty, and without blank space around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Text(String);

impl Text {
    /// The text without the blank space around it; `None` if nothing is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        (!trimmed.is_empty()).then(|| Self(trimmed.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Decode for Text {
    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "string", "pattern": r"\S" })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        let text = Self::new(&String::decode(at, faults)?);
        if text.is_none() {
            let fault = at.fault(Code::Malformed, "the text is empty");
            faults.push(fault.with_label("expected some words"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Node;

    #[test]
    fn blank_text_says_nothing() {
        let (node, mut faults) = (Node::new(Value::Text(" \n".to_owned())), Faults::new());
        assert_eq!(Text::decode(&At::root(&node), &mut faults), None);
        assert_eq!(faults.into_vec()[0].to_string(), "E009: the text is empty");
        assert_eq!(
            String::decode(&At::root(&node), &mut Faults::new()).unwrap(),
            " \n"
        );
        assert_eq!(Text::new(" a b ").unwrap().as_str(), "a b");
    }
}
