//! YAML 1.2 as nodes. Aliases are refused, so that no text can grow when it is read.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use crate::{
    FormatError, Limits, Place,
    error::{at_most, missing, unexpected, unsupported},
    tree::{Node, Value, check_names},
};

/// Reads a text that is one YAML document. O(characters + names · log names).
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Node, FormatError> {
    let mut reading = Reading::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let what = format!("what YAML does not allow ({})", error.info());
            unexpected(place(*error.marker()), what, "YAML")
        })?;
        reading.event(event, place(span.start), limits)?;
    }
    let end = Place::of(text, text.len());
    reading
        .document
        .ok_or_else(|| missing(end, "a document", "a table of names"))
}

fn place(marker: Marker) -> Place {
    Place {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

/// A document as far as it was read.
#[derive(Default)]
struct Reading {
    nodes: usize,
    /// What is open, from the outside in.
    open: Vec<Open>,
    document: Option<Node>,
}

enum Open {
    List(Place, Vec<Node>),
    Map(Place, Vec<(Node, Node)>, Option<Node>),
}

impl Reading {
    fn event(&mut self, event: Event<'_>, at: Place, limits: &Limits) -> Result<(), FormatError> {
        match event {
            Event::Scalar(text, style, ..) => {
                let text = text.into_owned();
                let value = match style {
                    ScalarStyle::Plain => Value::Bare(text),
                    _ => Value::Quoted(text),
                };
                self.counted(limits)?;
                self.put(Node::new(at, value))?;
            }
            Event::SequenceStart(..) => {
                self.counted(limits)?;
                self.open.push(Open::List(at, Vec::new()));
            }
            Event::MappingStart(..) => {
                self.counted(limits)?;
                self.open.push(Open::Map(at, Vec::new(), None));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close()?,
            Event::Alias(_) => {
                let instead = "the value itself in place of its alias";
                return Err(unsupported(at, "an alias", instead));
            }
            Event::DocumentStart(_) if self.document.is_some() => {
                return Err(unexpected(at, "a second document", "one document"));
            }
            _ => {}
        }
        Ok(())
    }

    fn counted(&mut self, limits: &Limits) -> Result<(), FormatError> {
        self.nodes += 1;
        at_most("values", self.nodes, limits.nodes)?;
        at_most("levels of nesting", self.open.len(), limits.depth)
    }

    fn close(&mut self) -> Result<(), FormatError> {
        let node = match self.open.pop() {
            Some(Open::List(at, items)) => Node::new(at, Value::List(items)),
            Some(Open::Map(at, entries, _)) => {
                check_names(&entries)?;
                Node::new(at, Value::Map(entries))
            }
            None => return Ok(()),
        };
        self.put(node)
    }

    fn put(&mut self, node: Node) -> Result<(), FormatError> {
        match self.open.last_mut() {
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, entries, name)) => match name.take() {
                Some(name) => entries.push((name, node)),
                None => *name = Some(node),
            },
            None => self.document = Some(node),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, words: &str) {
        let error = read(text, &Limits::default()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }

    #[test]
    fn block_and_flow_are_one() {
        let block = read("a:\n- 1\n- 'x'\nb: {c: 2}\n", &Limits::default()).unwrap();
        let flow = read("{a: [1, 'x'], b: {c: 2}}", &Limits::default()).unwrap();
        for node in [&block, &flow] {
            let list = node.get("a").unwrap().list("a").unwrap();
            assert_eq!(list[0].value, Value::Bare("1".to_owned()));
            assert_eq!(list[1].value, Value::Quoted("x".to_owned()));
            assert_eq!(node.get("b").unwrap().get("c").unwrap().double(), Ok(2.0));
        }
        assert_eq!(
            block.get("a").unwrap().list("a").unwrap()[1].place,
            Place { line: 3, column: 3 }
        );
    }

    #[test]
    fn what_could_grow_is_refused() {
        refused("a: &x [1, 2]\nb: *x\n", "line 2, column 4: an alias");
        refused("a: 1\n---\nb: 2\n", "a second document");
        refused("a: 1\na: 2\n", "line 2, column 1: \"a\" is there twice");
        refused("a: [1, 2\n", "what YAML does not allow");
        refused(&"[".repeat(100_000), "");
        refused(&"- ".repeat(100_000), "levels of nesting");
    }
}
