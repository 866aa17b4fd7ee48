//! Vectors sorted into nested regions, to ask quickly whether one is at least as good for every
//! party as a given vector.

/// Vectors in the smallest regions: compared one by one.
const LEAF: usize = 16;

/// A set of vectors that does not change, cut in halves along the party whose payoffs spread the
/// most, again and again.
pub(super) struct Tree {
    n_parties: usize,
    /// The vectors end to end, those of a region together.
    vectors: Vec<f64>,
    /// Regions, each before the regions within it.
    regions: Vec<Region>,
    /// The best payoff of each party in each region, end to end.
    tops: Vec<f64>,
}

struct Region {
    /// Where its vectors begin and end; empty unless it is one of the smallest.
    start: usize,
    end: usize,
    /// The next region that is not within this one.
    next: usize,
}

impl Tree {
    /// Sorts the vectors, laid end to end. O(n log n).
    pub(super) fn new(n_parties: usize, vectors: &[f64]) -> Self {
        let mut tree = Self {
            n_parties,
            vectors: Vec::with_capacity(vectors.len()),
            regions: Vec::new(),
            tops: Vec::new(),
        };
        let mut members: Vec<&[f64]> = vectors.chunks_exact(n_parties).collect();
        tree.grow(&mut members);
        tree
    }

    /// The vectors, end to end.
    pub(super) fn vectors(&self) -> &[f64] {
        &self.vectors
    }

    /// A vector that is at least as good as the given one for every party, if there is any.
    pub(super) fn cover(&self, vector: &[f64]) -> Option<&[f64]> {
        let mut place = 0;
        while let Some(region) = self.regions.get(place) {
            if covers(&self.tops[place * self.n_parties..], vector) {
                let members = self.vectors[region.start..region.end].chunks_exact(self.n_parties);
                if let Some(found) = members.into_iter().find(|member| covers(member, vector)) {
                    return Some(found);
                }
                place += 1;
            } else {
                place = region.next;
            }
        }
        None
    }

    /// Adds the region of these vectors and those within it.
    fn grow(&mut self, members: &mut [&[f64]]) {
        let place = self.regions.len();
        let start = self.vectors.len();
        let spreads = (0..self.n_parties)
            .map(|party| super::archive::range(members.iter().map(|member| member[party])));
        let spreads: Vec<(f64, f64)> = spreads.collect();
        self.tops.extend(spreads.iter().map(|spread| spread.1));
        self.regions.push(Region {
            start,
            end: start,
            next: 0,
        });
        if members.len() <= LEAF {
            self.vectors.extend(members.iter().copied().flatten());
            self.regions[place].end = self.vectors.len();
        } else {
            let width = |&party: &usize| spreads[party].1 - spreads[party].0;
            let widest = (0..self.n_parties).max_by(|a, b| width(a).total_cmp(&width(b)));
            let party = widest.unwrap_or(0);
            let middle = members.len() / 2;
            members.select_nth_unstable_by(middle, |a, b| b[party].total_cmp(&a[party]));
            let (better, worse) = members.split_at_mut(middle);
            self.grow(better);
            self.grow(worse);
        }
        self.regions[place].next = self.regions.len();
    }
}

/// Whether `member` is at least as good as `vector` for every party.
pub(super) fn covers(member: &[f64], vector: &[f64]) -> bool {
    vector.iter().zip(member).all(|(v, m)| m >= v)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cover_agrees_with_asking_every_vector(
            members in prop::collection::vec(prop::array::uniform4(0..20_i32), 0..200),
            asked in prop::collection::vec(prop::array::uniform4(0..20_i32), 1..50),
        ) {
            let payoffs = |vector: &[i32; 4]| vector.map(f64::from);
            let flat: Vec<f64> = members.iter().flat_map(payoffs).collect();
            let tree = Tree::new(4, &flat);
            prop_assert_eq!(tree.vectors().len(), flat.len());
            for vector in asked.iter().map(payoffs) {
                let found = tree.cover(&vector);
                prop_assert!(found.is_none_or(|found| covers(found, &vector)));
                let expected = members.iter().map(payoffs).any(|member| covers(&member, &vector));
                prop_assert_eq!(found.is_some(), expected);
            }
        }
    }
}
