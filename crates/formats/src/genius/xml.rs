//! XML with the place of each element and attribute. Document types, and with them entities of their
//! own, are refused.

use roxmltree::{Document, Node, ParsingOptions};

use super::tags;
use crate::{
    FormatError, Limits, Place,
    error::{at_most, missing, unexpected, unsupported},
};

pub(super) fn parse<'t>(text: &'t str, limits: &Limits) -> Result<Document<'t>, FormatError> {
    tags::check(text, limits)?;
    let nodes_limit = u32::try_from(limits.nodes).unwrap_or(u32::MAX);
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => FormatError::TooMany {
            what: "elements",
            limit: limits.nodes,
        },
        roxmltree::Error::DtdDetected => {
            let at = text.find("<!DOCTYPE").unwrap_or_default();
            unsupported(Place::of(text, at), "a document type", "XML without one")
        }
        error => {
            let at = error.pos();
            let place = Place {
                line: usize::try_from(at.row).unwrap_or(usize::MAX),
                column: usize::try_from(at.col).unwrap_or(usize::MAX),
            };
            unexpected(place, format!("what XML does not allow ({error})"), "XML")
        }
    })?;
    check_depth(&document, limits)?;
    Ok(document)
}

/// Walks without a stack of its own: the parser's tree knows each element's parent.
fn check_depth(document: &Document<'_>, limits: &Limits) -> Result<(), FormatError> {
    let (mut node, mut depth) = (document.root(), 0_usize);
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            at_most("levels of nesting", depth, limits.depth)?;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                return Ok(());
            };
            node = parent;
            depth = depth.saturating_sub(1);
        }
    }
}

/// An element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'d, 't>(Node<'d, 't>);

impl<'d, 't> Element<'d, 't> {
    pub(super) fn root(document: &'d Document<'t>) -> Self {
        Self(document.root_element())
    }

    pub(super) fn name(self) -> &'d str {
        self.0.tag_name().name()
    }

    pub(super) fn place(self) -> Place {
        Place::of(self.0.document().input_text(), self.0.range().start)
    }

    pub(super) fn children(self, name: &str) -> impl Iterator<Item = Self> {
        let named = move |it: &Node<'_, '_>| it.is_element() && it.tag_name().name() == name;
        self.0.children().filter(named).map(Self)
    }

    pub(super) fn descendants(self) -> impl Iterator<Item = Self> {
        self.0.descendants().filter(Node::is_element).map(Self)
    }

    pub(super) fn required_child(self, name: &str) -> Result<Self, FormatError> {
        let child = self.children(name).next();
        child.ok_or_else(|| {
            let what = format!("an element {name}");
            missing(self.place(), what, format!("one within {}", self.name()))
        })
    }

    pub(super) fn attribute(self, name: &str) -> Option<&'d str> {
        self.0.attribute(name)
    }

    pub(super) fn required(self, name: &str) -> Result<&'d str, FormatError> {
        self.attribute(name).ok_or_else(|| {
            let what = format!("the attribute {name}");
            missing(
                self.place(),
                what,
                format!("one of the element {}", self.name()),
            )
        })
    }

    /// The number of an attribute. Where it is none, its place is worked out; only then, as that looks
    /// at all of the text before it.
    pub(super) fn number<N>(
        self,
        name: &str,
        read: impl Fn(&str, Place) -> Result<N, FormatError>,
    ) -> Result<N, FormatError> {
        let text = self.required(name)?.trim();
        read(text, Place::START).or_else(|_| read(text, self.place_of(name)))
    }

    pub(super) fn place_of(self, name: &str) -> Place {
        let attribute = self.0.attribute_node(name);
        let start = attribute.map_or(self.0.range().start, |it| it.range_value().start);
        Place::of(self.0.document().input_text(), start)
    }
}
