//! What tags may not have, looked for before the tree is made: the parser compares each attribute of an
//! element with all others, and keeps all namespaces with each element.

use crate::{
    FormatError, Limits, Place,
    error::{at_most, unsupported},
};

/// The most attributes of an element; those of the format have nine.
const MOST_ATTRIBUTES: usize = 64;

/// Refuses namespaces and elements with too many attributes. What is no XML is left to the parser. O(bytes).
pub(super) fn check(text: &str, limits: &Limits) -> Result<(), FormatError> {
    let most = MOST_ATTRIBUTES.min(limits.nodes);
    let mut at = 0;
    while let Some(start) = find(text, at, "<") {
        let rest = text.get(start..).unwrap_or_default();
        let aside = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        let aside = aside
            .into_iter()
            .find(|(begins, _)| rest.starts_with(begins));
        let end = match aside {
            Some((begins, ends)) => find(text, start + begins.len(), ends),
            None => Some(tag(text, start, most)?),
        };
        let Some(end) = end else {
            return Ok(());
        };
        at = end + 1;
    }
    Ok(())
}

fn find(text: &str, from: usize, what: &str) -> Option<usize> {
    Some(text.get(from..)?.find(what)? + from)
}

/// The end of the tag that begins here.
fn tag(text: &str, start: usize, most: usize) -> Result<usize, FormatError> {
    let (mut quote, mut attributes) = (None, 0);
    let bytes = text.as_bytes().iter().copied().enumerate();
    for (at, byte) in bytes.skip(start) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'=') => {
                attributes += 1;
                at_most("attributes of an element", attributes, most)?;
            }
            (None, b'x') if text.get(at..).is_some_and(|it| it.starts_with("xmlns")) => {
                let instead = "names without one";
                return Err(unsupported(Place::of(text, at), "a namespace", instead));
            }
            (None, b'>') => return Ok(at),
            _ => {}
        }
    }
    Ok(text.len())
}
