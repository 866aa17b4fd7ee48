//! A strict reader of what we write: every element closed in order, every attribute quoted and given
//! once, every reference one of five.

use std::collections::{BTreeMap, BTreeSet};

/// An element with its attributes and the text directly within it.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) tag: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) text: String,
    /// The places of the elements around it, innermost last.
    pub(crate) within: Vec<usize>,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The elements of a document in order; fails where it is not well-formed.
#[track_caller]
pub(crate) fn parse(text: &str) -> Vec<Element> {
    let text = text.strip_prefix("<!doctype html>\n").unwrap_or(text);
    let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut rest = text.trim_end();
    while !rest.is_empty() {
        let Some(tag) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            let place = *open
                .last()
                .unwrap_or_else(|| panic!("text outside: {rest:.40}"));
            elements[place].text.push_str(&plain(&rest[..end]));
            rest = &rest[end..];
            continue;
        };
        let end = tag.find('>').unwrap_or_else(|| panic!("no end: {tag:.40}"));
        let (inner, after) = (&tag[..end], &tag[end + 1..]);
        rest = after;
        if let Some(closed) = inner.strip_prefix('/') {
            let place = open
                .pop()
                .unwrap_or_else(|| panic!("nothing open: {closed}"));
            assert_eq!(elements[place].tag, closed, "closed out of order");
            continue;
        }
        let (inner, empty) = match inner.strip_suffix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let element = start(inner, &open);
        let raw = matches!(element.tag.as_str(), "script" | "style");
        elements.push(element);
        if raw {
            let close = format!("</{}>", elements.last().unwrap().tag);
            let (code, after) = rest.split_once(close.as_str()).unwrap();
            elements.last_mut().unwrap().text = code.to_owned();
            rest = after;
        } else if !empty {
            open.push(elements.len() - 1);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    elements
}

fn start(inner: &str, open: &[usize]) -> Element {
    let (tag, mut rest) = inner.split_once(' ').unwrap_or((inner, ""));
    let mut attributes = BTreeMap::new();
    while !rest.is_empty() {
        let (name, after) = rest
            .split_once("=\"")
            .unwrap_or_else(|| panic!("unquoted: {inner}"));
        let (value, after) = after.split_once('"').unwrap();
        assert!(
            name.bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-'),
            "{name}"
        );
        let before = attributes.insert(name.to_owned(), plain(value));
        assert!(before.is_none(), "{name} twice: {inner}");
        rest = after.trim_start();
    }
    assert!(
        !tag.is_empty() && tag.bytes().all(|it| it.is_ascii_alphanumeric()),
        "{tag}"
    );
    Element {
        tag: tag.to_owned(),
        attributes,
        text: String::new(),
        within: open.to_vec(),
    }
}

/// Text with its references read.
fn plain(text: &str) -> String {
    assert!(!text.contains(['<', '>']), "{text:.80}");
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part
            .split_once(';')
            .unwrap_or_else(|| panic!("a bare &: {part:.40}"));
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            other => panic!("an unknown reference: {other}"),
        });
        out.push_str(rest);
    }
    out
}

/// The identifiers of a document; fails where two are the same.
#[track_caller]
pub(crate) fn ids(elements: &[Element]) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    for id in elements.iter().filter_map(|it| it.get("id")) {
        assert!(ids.insert(id), "the id {id} twice");
    }
    ids
}

/// Every drawing says what it is and what it shows.
#[track_caller]
pub(crate) fn described(elements: &[Element]) -> usize {
    let by_id = |id: &str| elements.iter().find(|it| it.get("id") == Some(id)).unwrap();
    let drawings: Vec<&Element> = elements.iter().filter(|it| it.tag == "svg").collect();
    for drawing in &drawings {
        assert_eq!(drawing.get("role"), Some("img"));
        let labels: Vec<&str> = drawing.get("aria-labelledby").unwrap().split(' ').collect();
        assert_eq!(labels.len(), 2);
        let (title, desc) = (by_id(labels[0]), by_id(labels[1]));
        assert_eq!((title.tag.as_str(), desc.tag.as_str()), ("title", "desc"));
        assert!(
            !title.text.is_empty() && desc.text.ends_with('.'),
            "{desc:?}"
        );
    }
    drawings.len()
}

#[test]
#[should_panic(expected = "closed out of order")]
fn what_is_not_nested_is_caught() {
    let _ = parse("<p><b></p></b>");
}

#[test]
#[should_panic(expected = "a bare &")]
fn what_is_not_escaped_is_caught() {
    let _ = parse("<p>a & b</p>");
}
