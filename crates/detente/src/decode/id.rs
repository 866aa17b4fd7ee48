use std::fmt;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{At, Code, Decode, Fault, Faults, Path, Place, Schemas, Value, node::quoted};

/// The form of an id, as a regular expression: see [`Ids`](super::Ids).
pub(super) const PATTERN: &str = "^[a-z0-9][a-z0-9_.-]*$";

/// A short name by which other parts of a case refer to this one: a text in the form of the keys of
/// [`Ids`](super::Ids).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
            let fault = Fault {
                place: Place::Value,
                ..malformed(text, at.path.clone())
            };
            faults.push(fault.with_span(at.node.span.clone()));
            return None;
        }
        Some(Self(text.clone()))
    }
}

/// Whether the text has the form of an id.
pub(super) fn is_id(text: &str) -> bool {
    let body =
        |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.' | b'-');
    text.bytes().all(body)
        && text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
}

/// The fault of a key that has not the form of an id.
pub(super) fn malformed(id: &str, path: Path) -> Fault {
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
    // Letters that an id cannot have would be dropped: no one wants `dtente`.
    if text.chars().any(|c| c.is_alphanumeric() && !c.is_ascii()) {
        return None;
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Node;

    #[test]
    fn an_id_is_plain() {
        for id in ["a", "7", "east-germany", "a.b_c-1"] {
            assert!(is_id(id), "{id}");
        }
        for not in ["", "-a", ".a", "A", "a b", "é", "a/b", "a\n"] {
            assert!(!is_id(not), "{not}");
        }
    }

    #[test]
    fn the_nearest_id_is_suggested() {
        for (text, id) in [
            ("East Germany", Some("east-germany")),
            (" U.S.S.R. ", Some("u.s.s.r.")),
            ("and/or", Some("and-or")),
            ("détente", None),
            ("東", None),
        ] {
            assert_eq!(suggestion(text).as_deref(), id, "{text}");
        }
    }

    #[test]
    fn a_text_that_is_no_id_is_refused() {
        let (node, mut faults) = (Node::new(Value::Text("A b".to_owned())), Faults::new());
        assert_eq!(Id::decode(&At::root(&node), &mut faults), None);
        let fault = faults.into_vec().remove(0);
        assert_eq!((fault.code, fault.place), (Code::Malformed, Place::Value));
        assert_eq!(fault.help.as_deref(), Some("write `a-b`"));
    }
}
