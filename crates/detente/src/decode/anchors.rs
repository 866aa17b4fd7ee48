use std::collections::{BTreeMap, BTreeSet};

use super::{Faults, Node, Path, Value};

/// Where faults of syntax stand in the text, until the tree is built that tells their paths.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// A fault by its number, and the byte at which its value, or its table's header, begins.
    noted: Vec<(usize, usize)>,
}

impl Anchors {
    /// Notes that the faults recorded since there were `before` of them belong to the value, or the
    /// table under the header, that begins at byte `offset`.
    pub(super) fn note(&mut self, before: usize, faults: &Faults, offset: usize) {
        self.noted
            .extend((before..faults.len()).map(|fault| (fault, offset)));
    }

    /// Gives the noted faults their paths: that of the value at their anchor or, where the text left
    /// no value, that of the table whose header stands last before it. O(n) in the tree.
    pub(super) fn resolve(self, text: &str, root: &Node, faults: &mut Faults) {
        if self.noted.is_empty() {
            return;
        }
        let mut survey = Survey {
            text,
            wanted: self.noted.iter().map(|(_, offset)| *offset).collect(),
            values: BTreeMap::new(),
            headers: BTreeMap::new(),
        };
        survey.visit(root, &Path::root());
        for (fault, offset) in self.noted {
            let header = || survey.headers.range(..=offset).next_back();
            let path = survey.values.get(&offset).or_else(|| Some(header()?.1));
            faults.set_path(fault, path.cloned().unwrap_or_default());
        }
    }
}

/// The paths of what begins at certain bytes.
struct Survey<'t> {
    text: &'t str,
    wanted: BTreeSet<usize>,
    values: BTreeMap<usize, Path>,
    headers: BTreeMap<usize, Path>,
}

impl Survey<'_> {
    fn visit(&mut self, node: &Node, path: &Path) {
        let start = node.span.as_ref().map_or(0, |span| span.start);
        let table = matches!(node.value, Value::Table(_));
        if table && self.text.as_bytes().get(start) == Some(&b'[') {
            self.headers.insert(start, path.clone());
        } else if self.wanted.contains(&start) && !path.is_root() {
            self.values.insert(start, path.clone());
        }
        match &node.value {
            Value::Table(entries) => {
                for entry in entries {
                    self.visit(&entry.node, &path.key(&entry.key));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.visit(item, &path.index(index));
                }
            }
            _ => {}
        }
    }
}
