use std::{collections::BTreeMap, ops::Range};

use super::{Entry, Fault, Node, Path, Place, Segment, Value};

/// The faults found so far, in the order found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults {
    found: Vec<Fault>,
    lost: Lost,
}

/// Where syntax errors have cost whole keys, so that a missing key may be one of them.
#[derive(Debug, Clone, Default, PartialEq)]
enum Lost {
    /// Nowhere.
    #[default]
    Nothing,
    /// In the tables whose text begins at these bytes, in order.
    In(Vec<usize>),
    /// Anywhere.
    Anywhere,
}

impl Faults {
    /// No fault yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a fault.
    pub fn push(&mut self, fault: Fault) {
        self.found.push(fault);
    }

    /// Whether no fault was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The number of faults recorded.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// The faults recorded, in the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.found.iter()
    }

    /// The faults recorded, in the order found, to be added to.
    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Fault> {
        self.found.iter_mut()
    }

    /// Whether no fault concerns the value at `path` or a part of it, and no syntax error may have
    /// cost it a part: whether its absences mean anything. O(n) in the faults.
    #[must_use]
    pub fn is_sound(&self, path: &Path) -> bool {
        self.lost == Lost::Nothing
            && !self
                .found
                .iter()
                .any(|fault| fault.path.segments().starts_with(path.segments()))
    }

    /// Finds the text of every fault that has no span yet, by its path. If the path leads to
    /// something absent, that is the last thing on it that is there. One walk of the tree at most.
    pub fn locate(&mut self, root: &Node) {
        let unplaced: Vec<&mut Fault> = self
            .found
            .iter_mut()
            .filter(|fault| fault.span.is_none())
            .collect();
        if !unplaced.is_empty() {
            place(root, None, unplaced, 0);
        }
    }

    /// The faults in the order of the text; those without a place come last. Faults of one place
    /// keep the order in which they were found.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<Fault> {
        let position = |fault: &Fault| match &fault.span {
            Some(span) => (span.start, span.end),
            None => (usize::MAX, usize::MAX),
        };
        self.found.sort_by_key(position);
        self.found
    }

    /// Sets the path of a fault, which is numbered in the order found from 0.
    pub(super) fn set_path(&mut self, fault: usize, path: Path) {
        if let Some(fault) = self.found.get_mut(fault) {
            fault.path = path;
        }
    }

    /// Notes that a syntax error has cost keys of the table whose text begins at `start`.
    pub(super) fn lose_in(&mut self, start: usize) {
        match &mut self.lost {
            Lost::Nothing => self.lost = Lost::In(vec![start]),
            Lost::In(starts) => {
                if let Err(place) = starts.binary_search(&start) {
                    starts.insert(place, start);
                }
            }
            Lost::Anywhere => {}
        }
    }

    /// Notes that a syntax error has cost keys of tables unknown.
    pub(super) fn lose_anywhere(&mut self) {
        self.lost = Lost::Anywhere;
    }

    /// Whether a key missing from the table with this span may have been lost to a syntax error.
    pub(crate) fn may_have_lost(&self, table: Option<&Range<usize>>) -> bool {
        match (&self.lost, table) {
            (Lost::Nothing, _) | (Lost::In(_), None) => false,
            (Lost::In(starts), Some(span)) => starts.binary_search(&span.start).is_ok(),
            (Lost::Anywhere, _) => true,
        }
    }
}

impl Extend<Fault> for Faults {
    fn extend<I: IntoIterator<Item = Fault>>(&mut self, faults: I) {
        self.found.extend(faults);
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Gives the faults, whose paths all lead through `node` after `depth` steps, their spans.
fn place(node: &Node, key_span: Option<&Range<usize>>, faults: Vec<&mut Fault>, depth: usize) {
    let mut deeper: BTreeMap<Segment, Vec<&mut Fault>> = BTreeMap::new();
    for fault in faults {
        match fault.path.segments().get(depth).cloned() {
            Some(segment) => deeper.entry(segment).or_default().push(fault),
            None => fault.span = own_span(node, key_span, fault.place),
        }
    }
    if deeper.is_empty() {
        return;
    }
    match &node.value {
        Value::Table(entries) => {
            for Entry {
                key,
                key_span,
                node,
            } in entries
            {
                if let Some(faults) = deeper.remove(&Segment::Key(key.clone())) {
                    place(node, key_span.as_ref(), faults, depth + 1);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if let Some(faults) = deeper.remove(&Segment::Index(index)) {
                    place(item, None, faults, depth + 1);
                }
            }
        }
        _ => {}
    }
    for fault in deeper.into_values().flatten() {
        fault.span = node.span.clone().or_else(|| key_span.cloned());
    }
}

fn own_span(node: &Node, key: Option<&Range<usize>>, place: Place) -> Option<Range<usize>> {
    match place {
        Place::Key => key.or(node.span.as_ref()).cloned(),
        Place::Value => node.span.as_ref().or(key).cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Code;

    const TEXT: &str = "title = 'T'\n[party.east]\nlist = [1, { a = 2 }]\n[[act]]\nid = 'x'\n";

    /// The text under a fault at this path.
    fn located(path: Path, place: Place) -> &'static str {
        let mut faults = Faults::new();
        let node = Node::from_toml(TEXT, &mut faults);
        let mut fault = Fault::new(Code::Contradiction, path, "x");
        fault.place = place;
        faults.push(fault);
        faults.locate(&node);
        &TEXT[faults.into_vec().remove(0).span.unwrap()]
    }

    #[test]
    fn faults_are_found_by_their_paths() {
        let east = Path::root().key("party").key("east");
        let list = east.key("list");
        let act = Path::root().key("act").index(0);
        for (path, key, value) in [
            (Path::root().key("title"), "title", "'T'"),
            (east, "east", "[party.east]"),
            (list.clone(), "list", "[1, { a = 2 }]"),
            (list.index(0), "1", "1"),
            (list.index(1).key("a"), "a", "2"),
            (act.clone(), "[[act]]", "[[act]]"),
            (act.key("id"), "id", "'x'"),
            (Path::root(), "", ""),
        ] {
            assert_eq!(located(path.clone(), Place::Key), key, "{path}");
            assert_eq!(located(path.clone(), Place::Value), value, "{path}");
        }
    }

    #[test]
    fn what_is_absent_is_found_at_what_would_hold_it() {
        let east = Path::root().key("party").key("east");
        let list = east.key("list").index(9);
        assert_eq!(located(list, Place::Value), "[1, { a = 2 }]");
        assert_eq!(located(east.key("x").key("y"), Place::Key), "[party.east]");
        let title = Path::root().key("title").key("x");
        assert_eq!(located(title, Place::Value), "'T'");
        assert_eq!(located(Path::root().key("west"), Place::Value), "");
    }

    #[test]
    fn faults_without_a_place_come_last_in_the_order_found() {
        let fault = |message: &str| Fault::new(Code::Syntax, Path::root(), message);
        let mut faults = Faults::new();
        faults.extend([
            fault("c"),
            fault("b").with_span(Some(5..6)),
            fault("d"),
            fault("a").with_span(Some(1..2)),
        ]);
        let sorted = faults.into_vec();
        let order: Vec<&str> = sorted.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(order, ["a", "b", "c", "d"]);
    }

    #[test]
    fn soundness_is_of_a_value_and_its_parts() {
        let mut faults = Faults::new();
        let party = Path::root().key("party");
        assert!(faults.is_sound(&Path::root()));
        faults.push(Fault::new(Code::WrongType, party.key("east"), "x"));
        assert!(!faults.is_sound(&Path::root()) && !faults.is_sound(&party));
        assert!(
            faults.is_sound(&party.key("west")) && faults.is_sound(&party.key("east").key("x"))
        );
        faults.lose_in(3);
        assert!(!faults.is_sound(&party.key("west")));
    }

    #[test]
    fn loss_is_noted_by_table() {
        let mut faults = Faults::new();
        assert!(!faults.may_have_lost(Some(&(0..0))));
        for start in [7, 3, 7] {
            faults.lose_in(start);
        }
        assert!(faults.may_have_lost(Some(&(3..9))) && faults.may_have_lost(Some(&(7..8))));
        assert!(!faults.may_have_lost(Some(&(4..5))) && !faults.may_have_lost(None));
        faults.lose_anywhere();
        faults.lose_in(1);
        assert!(faults.may_have_lost(None));
    }
}
