//! The last step for four parties or more: an archive of undominated vectors, in trees.

use super::tree::{Tree, covers};
use crate::PayoffMatrix;

/// Members that are kept in a list until there are so many.
const LATEST: usize = 64;

/// Which of the distinct vectors, given from the lexicographically highest, are undominated.
/// O(n·k) at worst for k undominated vectors, far less unless nearly all are.
///
/// Vectors are taken in order of falling total gain over each party's worst. Rounding is monotone,
/// so a dominating vector never has the lower total, and where the totals are equal it is the
/// lexicographically higher: the archive never has to give a member up.
pub(super) fn filter(matrix: &PayoffMatrix, vectors: impl Iterator<Item = usize>) -> Vec<bool> {
    let vectors: Vec<usize> = vectors.collect();
    let totals = totals(matrix, &vectors);
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    order.sort_by(|&a, &b| totals[b].total_cmp(&totals[a]));
    let mut archive = Archive::new(matrix.n_parties());
    let mut kept = vec![false; vectors.len()];
    let mut vector = Vec::with_capacity(matrix.n_parties());
    for place in order {
        vector.clear();
        vector.extend(matrix.columns().map(|column| column[vectors[place]]));
        kept[place] = archive.admit(&vector);
    }
    kept
}

/// The parties' payoffs on a common scale, added up.
fn totals(matrix: &PayoffMatrix, vectors: &[usize]) -> Vec<f64> {
    let mut totals = vec![0.0; vectors.len()];
    for column in matrix.columns() {
        let (low, high) = range(vectors.iter().map(|&agreement| column[agreement]));
        let scale = if high > low { 1.0 / (high - low) } else { 0.0 };
        for (total, &agreement) in totals.iter_mut().zip(vectors) {
            *total += (column[agreement] - low) * scale.min(f64::MAX);
        }
    }
    totals
}

/// The lowest and highest of some numbers.
pub(super) fn range(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
        (low.min(number), high.max(number))
    })
}

/// Undominated vectors in a few trees, each larger than the next, and the latest in a list: trees
/// are merged when they come to be of a size (Bentley & Saxe 1980), so few vectors are sorted often.
struct Archive {
    n_parties: usize,
    trees: Vec<Tree>,
    latest: Vec<f64>,
    /// The member that dominated last: often it does so again.
    last: Vec<f64>,
}

impl Archive {
    const fn new(n_parties: usize) -> Self {
        Self {
            n_parties,
            trees: Vec::new(),
            latest: Vec::new(),
            last: Vec::new(),
        }
    }

    /// Takes the vector in unless a member is at least as good for every party.
    fn admit(&mut self, vector: &[f64]) -> bool {
        if !self.last.is_empty() && covers(&self.last, vector) {
            return false;
        }
        let mut latest = self.latest.chunks_exact(self.n_parties);
        let found = latest.find(|member| covers(member, vector));
        let found = found.or_else(|| self.trees.iter().find_map(|tree| tree.cover(vector)));
        if let Some(found) = found {
            self.last.clear();
            self.last.extend_from_slice(found);
            return false;
        }
        self.latest.extend_from_slice(vector);
        if self.latest.len() >= LATEST * self.n_parties {
            self.plant();
        }
        true
    }

    /// Moves the latest members into a tree, together with every tree that is not larger.
    fn plant(&mut self) {
        let mut members = std::mem::take(&mut self.latest);
        while let Some(tree) = self
            .trees
            .pop_if(|tree| tree.vectors().len() <= members.len())
        {
            members.extend_from_slice(tree.vectors());
        }
        self.trees.push(Tree::new(self.n_parties, &members));
    }
}
