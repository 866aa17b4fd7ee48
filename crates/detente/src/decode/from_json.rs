use std::{collections::HashSet, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};

use super::{
    Code, Entry, Fault, Faults, MAX_DEPTH, Node, Path, Value, node::quoted,
    source::BYTE_ORDER_MARK, syntax::too_deep,
};

impl Node {
    /// Reads JSON. Its values have no spans, so faults name the path only; a syntax error, of which
    /// only the first is known, has one, and then there is no value but a broken one. A key given
    /// twice is a fault, and its first value counts.
    #[must_use = "faults alone do not hold the values"]
    pub fn from_json(text: &str, faults: &mut Faults) -> Self {
        let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let mut json = serde_json::Deserializer::from_str(body);
        let seed = Reader {
            path: Path::root(),
            faults,
        };
        let read = seed
            .deserialize(&mut json)
            .and_then(|node| json.end().map(|()| node));
        match read {
            Ok(node) => node,
            Err(error) => {
                let offset = text.len() - body.len() + offset_of(body, &error);
                faults.push(syntax(&error).with_span(Some(offset..offset)));
                Self::new(Value::Broken)
            }
        }
    }
}

/// The byte that the error blames: `serde_json` counts lines from 1 and bytes of the line from 1,
/// and reports 0 for the break before a line.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    let line = error.line().saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut offset = (start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn syntax(error: &serde_json::Error) -> Fault {
    let full = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = full.strip_suffix(&place).unwrap_or(&full);
    let code = if message.starts_with("recursion limit") {
        Code::Depth
    } else {
        Code::Syntax
    };
    let message = match message {
        "EOF while parsing a string" => "the file ends inside a text",
        "EOF while parsing an object" => "the file ends inside a table",
        "EOF while parsing a list" => "the file ends inside a list",
        "EOF while parsing a value" => "the file ends where a value should stand",
        "trailing characters" => "there is more after the end of the document",
        other => &other.to_lowercase(),
    };
    let fault = Fault::new(code, Path::root(), message);
    if error.is_eof() {
        fault.with_label("expected more: the file may have been cut short")
    } else if code == Code::Depth {
        fault.with_label(too_deep())
    } else {
        fault.with_label("expected JSON; what follows could not be read")
    }
}

/// Reads one value at a path.
struct Reader<'f> {
    path: Path,
    faults: &'f mut Faults,
}

impl Reader<'_> {
    /// Whether the parts of this value would be nested too deeply, which is recorded.
    fn too_deep(&mut self) -> bool {
        let deep = self.path.segments().len() >= MAX_DEPTH;
        if deep {
            let message = format!("nested more than {MAX_DEPTH} deep");
            let fault = Fault::new(Code::Depth, self.path.clone(), message);
            self.faults.push(fault.with_label(too_deep()));
        }
        deep
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::new(Value::Other("null")))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::new(Value::Bool(value)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::new(Value::Integer(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        // JSON has one kind of number: a whole one too great for an integer is still a number.
        #[allow(clippy::cast_precision_loss, reason = "the nearest double is meant")]
        let value = i64::try_from(number).map_or(Value::Float(number as f64), Value::Integer);
        Ok(Node::new(value))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::new(Value::Float(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::new(Value::Text(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Node, A::Error> {
        if self.too_deep() {
            while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
            return Ok(Node::new(Value::Broken));
        }
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Reader {
            path: self.path.index(items.len()),
            faults: self.faults,
        })? {
            items.push(item);
        }
        Ok(Node::new(Value::Array(items)))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut table: A) -> Result<Node, A::Error> {
        let deep = self.too_deep();
        let (mut entries, mut seen) = (Vec::new(), HashSet::new());
        while let Some(key) = table.next_key::<String>()? {
            let path = self.path.key(&key);
            if deep || !seen.insert(key.clone()) {
                table.next_value::<serde::de::IgnoredAny>()?;
                if !deep {
                    self.faults.push(duplicate(&key, path));
                }
                continue;
            }
            let faults = &mut *self.faults;
            let node = table.next_value_seed(Reader { path, faults })?;
            entries.push(Entry {
                key,
                key_span: None,
                node,
            });
        }
        let value = if deep {
            Value::Broken
        } else {
            Value::Table(entries)
        };
        Ok(Node::new(value))
    }
}

fn duplicate(key: &str, path: Path) -> Fault {
    let message = format!("the key {} is given twice", quoted(key));
    Fault::new(Code::Duplicate, path, message)
        .at_key()
        .with_label("expected it once")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) -> Node {
        let mut faults = Faults::new();
        let node = Node::from_json(text, &mut faults);
        let found: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
        node
    }

    #[test]
    fn order_and_kinds_are_kept() {
        let text = r#"{"b": [1, 2.5, "x", true, null], "a": {"c": -3}, "n": 18446744073709551615}"#;
        let node = check(text, &[]);
        let expected: serde_json::Value = serde_json::from_str(
            r#"{"b": [1, 2.5, "x", true, null], "a": {"c": -3}, "n": 18446744073709551615.0}"#,
        )
        .unwrap();
        assert_eq!(node.as_json().to_string(), expected.to_string());
    }

    #[test]
    fn a_key_given_twice_is_a_fault() {
        let node = check(
            r#"[{"a": 1, "a": {"b": 2}}]"#,
            &["E007 at [0].a: the key `a` is given twice"],
        );
        assert_eq!(node.as_json(), serde_json::json!([{ "a": 1 }]));
    }

    #[test]
    fn the_first_syntax_error_is_located() {
        let mut faults = Faults::new();
        let text = "\u{feff}{\n  \"é\": 1,\n  é\n}";
        assert_eq!(Node::from_json(text, &mut faults).value, Value::Broken);
        let fault = faults.into_vec().remove(0);
        assert_eq!(fault.code, Code::Syntax);
        assert_eq!(fault.span.map(|span| &text[span.start..]), Some("é\n}"));
        check("", &["E001: the file ends where a value should stand"]);
        check(
            "{} x",
            &["E001: there is more after the end of the document"],
        );
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        check(&nested(MAX_DEPTH), &[]);
        let mut faults = Faults::new();
        let _ = Node::from_json(&nested(MAX_DEPTH + 1), &mut faults);
        assert_eq!(
            faults.iter().map(|fault| fault.code).collect::<Vec<_>>(),
            [Code::Depth]
        );
        let mut faults = Faults::new();
        let _ = Node::from_json(&"[".repeat(1_000_000), &mut faults);
        assert_eq!(
            faults.iter().map(|fault| fault.code).collect::<Vec<_>>(),
            [Code::Depth, Code::Syntax]
        );
    }
}
