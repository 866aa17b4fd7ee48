use std::collections::BTreeMap;

/// Inputs that hang together, and what links them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Group {
    /// In rising order.
    pub(crate) inputs: Vec<usize>,
    /// In the order given.
    pub(crate) pairs: Vec<(usize, usize, f64)>,
}

/// The groups that the pairs make, by first input. `O(p log p)` for `p` pairs.
pub(crate) fn linked(pairs: &[(usize, usize, f64)]) -> impl Iterator<Item = Group> {
    let mut parents = BTreeMap::new();
    for &(first, second, _) in pairs {
        let (first, second) = (root(&mut parents, first), root(&mut parents, second));
        parents.insert(first.max(second), first.min(second));
    }
    let inputs: Vec<usize> = parents.keys().copied().collect();
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for input in inputs {
        let first = root(&mut parents, input);
        groups.entry(first).or_default().inputs.push(input);
    }
    for &pair in pairs {
        let first = root(&mut parents, pair.0);
        groups.entry(first).or_default().pairs.push(pair);
    }
    groups.into_values()
}

/// The first input, as far as known, of the group an input belongs to. Halves the way there for
/// the next time.
fn root(parents: &mut BTreeMap<usize, usize>, mut input: usize) -> usize {
    loop {
        let parent = *parents.entry(input).or_insert(input);
        if parent == input {
            return input;
        }
        let grandparent = *parents.entry(parent).or_insert(parent);
        parents.insert(input, grandparent);
        input = grandparent;
    }
}
