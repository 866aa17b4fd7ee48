//! What the text of a case says beyond what could be read of it.

use std::collections::BTreeSet;

use crate::decode::{Code, Fault, Faults, Node, Path, Place, Segment, Source, Value, nearest};

/// The text behind a case. Where a value could not be read, it is absent from the case and yet not
/// from the text; what seems to follow from its absence is an echo and no fault of its own.
///
/// A case built in code has no text: what it lacks is absent.
#[derive(Debug, Default)]
pub(crate) struct Written<'a> {
    text: Option<Text<'a>>,
}

#[derive(Debug)]
struct Text<'a> {
    source: &'a Source,
    root: &'a Node,
    faults: &'a Faults,
    /// Paths of values that could not be read as they stand, and of tables that have lost a key.
    unread: BTreeSet<Path>,
}

/// Where the way along a path ends.
enum End {
    /// At a value, whether it could be read or not.
    There,
    /// At a table that has no such key.
    Absent,
    /// At something that could not be read, or at a table of which keys were lost.
    Unreadable,
}

impl<'a> Written<'a> {
    /// The text of a case and the faults of form that were found in it.
    pub(crate) fn new(source: &'a Source, root: &'a Node, faults: &'a Faults) -> Self {
        // The first of two values of one key counts and is sound.
        let unread = faults.iter().filter(|fault| fault.code != Code::Duplicate);
        let unread = unread.map(|fault| fault.path.clone()).collect();
        let text = Text {
            source,
            root,
            faults,
            unread,
        };
        Self { text: Some(text) }
    }

    /// Whether what the case lacks at the path is absent from the text as well.
    pub(super) fn lacks(&self, path: &Path) -> bool {
        let Some(text) = &self.text else { return true };
        matches!(text.follow(path), End::Absent)
    }

    /// Those of the keys that the table at the path has not, in the text as in the case.
    ///
    /// Cost: O((keys + entries) × log entries).
    pub(super) fn lacking<'k>(&self, path: &Path, mut keys: Vec<&'k str>) -> Vec<&'k str> {
        let Some(text) = &self.text else { return keys };
        if keys.is_empty() || !self.has_all_of(path) {
            return Vec::new();
        }
        let names: BTreeSet<&str> = self.names(path).unwrap_or_default().into_iter().collect();
        keys.retain(|key| !names.contains(key) && !text.has_slip(path, key));
        keys
    }

    /// Whether all that the text says at the path could be read.
    pub(super) fn is_whole(&self, path: &Path) -> bool {
        let Some(text) = &self.text else { return true };
        !text.any_unread_in(path) && !matches!(text.follow(path), End::Unreadable)
    }

    /// Whether the table at the path, if the text has one, has lost none of its keys.
    pub(super) fn has_all_of(&self, path: &Path) -> bool {
        let table = self.names(path).is_some();
        // What no key can be is lacked unless keys were lost.
        self.lacks(&if table { path.key("") } else { path.clone() })
    }

    /// The keys of the table at the path, if the text has one there.
    pub(super) fn names(&self, path: &Path) -> Option<Vec<&'a str>> {
        let entries = self.text.as_ref()?.root.find(path)?.0.as_table()?;
        Some(entries.iter().map(|entry| entry.key.as_str()).collect())
    }

    /// Whether the text has a list at the path.
    pub(super) fn is_list(&self, path: &Path) -> bool {
        let found = self.text.as_ref().and_then(|text| text.root.find(path));
        found.is_some_and(|(node, _)| node.as_array().is_some())
    }

    /// The line of the value at the path.
    pub(super) fn line(&self, path: &Path) -> Option<usize> {
        let text = self.text.as_ref()?;
        let span = text.root.find(path)?.0.span.as_ref()?;
        Some(text.source.line_number(span.start))
    }

    /// The line of what a fault blames.
    pub(super) fn line_of(&self, fault: &Fault) -> Option<usize> {
        let text = self.text.as_ref()?;
        let (node, key) = text.root.find(&fault.path)?;
        let span = match fault.place {
            Place::Key => key.or_else(|| node.span.clone()),
            Place::Value => node.span.clone().or(key),
        };
        Some(text.source.line_number(span?.start))
    }

    /// Whether a fault of meaning only follows from a fault of form at the same value or above it.
    pub(super) fn has_echo(&self, fault: &Fault) -> bool {
        let Some(text) = &self.text else { return false };
        let mut path = Some(fault.path.clone());
        while let Some(here) = path {
            if text.unread.contains(&here) && !text.is_table(&here) {
                return true;
            }
            path = here.parent();
        }
        false
    }
}

impl Text<'_> {
    fn follow(&self, path: &Path) -> End {
        let mut node = self.root;
        let mut lost = self.faults.may_have_lost(node.span.as_ref());
        let mut here = Path::root();
        for segment in path.segments() {
            let next = match (segment, &node.value) {
                (Segment::Key(key), Value::Table(_)) => node.get(key),
                (Segment::Index(index), Value::Array(items)) => items.get(*index),
                _ => return End::Unreadable,
            };
            match next {
                Some(next) => node = next,
                None if lost
                    || matches!(segment, Segment::Key(key) if self.has_slip(&here, key)) =>
                {
                    return End::Unreadable;
                }
                None => return End::Absent,
            }
            here = here.then(segment.clone());
            // A table under a header of its own lost none of the keys lost above that header.
            let own = self.faults.may_have_lost(node.span.as_ref());
            lost = own || (lost && !self.has_header(node));
        }
        End::There
    }

    /// Whether the table has an unknown key, a fault already, that was most likely meant for this.
    fn has_slip(&self, table: &Path, meant: &str) -> bool {
        let inside = self.unread.range(table.clone()..);
        inside
            .map(Path::segments)
            .take_while(|path| path.starts_with(table.segments()))
            .filter(|path| path.len() == table.segments().len() + 1)
            .any(|path| match path.last() {
                Some(Segment::Key(key)) => key != meant && nearest(key, [meant]).is_some(),
                _ => false,
            })
    }

    fn has_header(&self, node: &Node) -> bool {
        let start = node.span.as_ref().map_or(0, |span| span.start);
        let text = self.source.text().as_bytes();
        node.as_table().is_some() && text.get(start) == Some(&b'[')
    }

    fn any_unread_in(&self, path: &Path) -> bool {
        let mut from = self.unread.range(path.clone()..);
        from.next()
            .is_some_and(|unread| unread.segments().starts_with(path.segments()))
    }

    fn is_table(&self, path: &Path) -> bool {
        let found = self.root.find(path);
        found.is_some_and(|(node, _)| node.as_table().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\n[a]\nb = 1\nbad\nsub.c = ?\n[a.d]\ne = 1\n[list]\nx = [1, 2]\n";

    fn path(keys: &str) -> Path {
        keys.split('.')
            .fold(Path::root(), |path, key| path.key(key))
    }

    #[test]
    fn what_could_not_be_read_is_not_absent() {
        let source = Source::new("x.toml", TEXT);
        let mut faults = Faults::new();
        let node = source.node(&mut faults);
        let written = Written::new(&source, &node, &faults);
        for (keys, lacks) in [
            ("a.b", false),
            ("a.sub.c", false),
            // The line without `=` may have been this key.
            ("a.z", false),
            ("a.sub.z", false),
            ("a.d.z", true),
            ("a.d.e.z", false),
            ("z", true),
        ] {
            assert_eq!(written.lacks(&path(keys)), lacks, "{keys}");
        }
        for (keys, whole) in [
            ("a", false),
            ("a.sub", false),
            ("a.d", true),
            ("list", true),
        ] {
            assert_eq!(written.is_whole(&path(keys)), whole, "{keys}");
        }
        assert_eq!(written.names(&path("a.d")), Some(vec!["e"]));
        assert_eq!(written.line(&path("a.d.e")), Some(7));
        assert!(written.is_list(&path("list.x")) && !written.is_list(&path("a")));
        let about = |keys: &str| Fault::new(Code::OutOfRange, path(keys), "x");
        assert!(written.has_echo(&about("a.sub.c")) && written.has_echo(&about("a.sub.c.d")));
        assert!(!written.has_echo(&about("a.b")) && !written.has_echo(&about("a")));
    }

    #[test]
    fn a_case_built_in_code_lacks_what_it_lacks() {
        let (written, fault) = (
            Written::default(),
            Fault::new(Code::MissingKey, path("a"), "x"),
        );
        assert!(written.lacks(&path("a")) && written.is_whole(&path("a")));
        assert!(!written.has_echo(&fault) && written.names(&path("a")).is_none());
    }
}
