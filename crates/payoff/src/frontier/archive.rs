//! The last step for four parties or more: an archive of undominated vectors, in blocks.

use crate::PayoffMatrix;

/// Members in a block: few enough to compare with quickly, enough for a skipped block to pay.
const BLOCK: usize = 32;

/// Which of the distinct vectors, given from the lexicographically highest, are undominated.
/// O(n·k) at worst for k undominated vectors.
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

struct Archive {
    n_parties: usize,
    /// The members end to end.
    members: Vec<f64>,
    /// For each block, the best payoff of each party in it.
    tops: Vec<f64>,
    /// The member that dominated last: often it does so again.
    last: usize,
}

impl Archive {
    const fn new(n_parties: usize) -> Self {
        Self {
            n_parties,
            members: Vec::new(),
            tops: Vec::new(),
            last: 0,
        }
    }

    /// Takes the vector in unless a member is at least as good for every party.
    fn admit(&mut self, vector: &[f64]) -> bool {
        let covers = |member: &[f64]| member.iter().zip(vector).all(|(m, v)| m >= v);
        let n_parties = self.n_parties;
        if self.members[self.last..]
            .chunks_exact(n_parties)
            .next()
            .is_some_and(covers)
        {
            return false;
        }
        let blocks = self.members.chunks(BLOCK * n_parties);
        for (block, (members, top)) in blocks.zip(self.tops.chunks_exact(n_parties)).enumerate() {
            if covers(top)
                && let Some(place) = members.chunks_exact(n_parties).position(covers)
            {
                self.last = (block * BLOCK + place) * n_parties;
                return false;
            }
        }
        self.push(vector);
        true
    }

    fn push(&mut self, vector: &[f64]) {
        if self.members.len().is_multiple_of(BLOCK * self.n_parties) {
            self.tops.extend_from_slice(vector);
        } else {
            let first = self.tops.len() - self.n_parties;
            for (top, &payoff) in self.tops[first..].iter_mut().zip(vector) {
                *top = top.max(payoff);
            }
        }
        self.members.extend_from_slice(vector);
    }
}
