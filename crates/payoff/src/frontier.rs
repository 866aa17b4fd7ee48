use std::{cmp::Ordering, ops::Range};

use crate::{PayoffMatrix, ZoneKind, zone};

mod archive;
mod prefilter;
mod staircase;
mod tree;

/// The efficient agreements: those no other agreement dominates, where domination means no party
/// worse off and at least one better off (Pareto).
///
/// Ties are kept (A-03): each distinct payoff vector comes with every agreement that pays it.
/// Vectors run from the first party's best to its worst, then the second party's, and so on.
#[derive(Debug, Clone, PartialEq)]
pub struct Frontier {
    n_parties: usize,
    vectors: Vec<f64>,
    packages: Vec<usize>,
    /// Where each vector's packages begin, and the end of the last.
    starts: Vec<usize>,
}

impl Frontier {
    /// How many distinct payoff vectors there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is none: only where there are no agreements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many agreements there are, ties included.
    #[must_use]
    pub const fn n_packages(&self) -> usize {
        self.packages.len()
    }

    /// The payoff vector at a place, one payoff for each party.
    #[must_use]
    pub fn vector(&self, place: usize) -> Option<&[f64]> {
        (place < self.len()).then(|| &self.vectors[place * self.n_parties..][..self.n_parties])
    }

    /// Every agreement that pays the vector at a place, in order.
    #[must_use]
    pub fn packages_at(&self, place: usize) -> Option<&[usize]> {
        (place < self.len()).then(|| &self.packages[self.starts[place]..self.starts[place + 1]])
    }

    /// Each distinct vector with every agreement that pays it.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&[f64], &[usize])> {
        let spans = self.starts.windows(2);
        self.vectors
            .chunks_exact(self.n_parties)
            .zip(spans)
            .map(|(vector, span)| (vector, &self.packages[span[0]..span[1]]))
    }

    /// Every efficient agreement, ties included, in order.
    #[must_use]
    pub fn packages(&self) -> Vec<usize> {
        let mut packages = self.packages.clone();
        packages.sort_unstable();
        packages
    }
}

/// The efficient agreements among all, whatever nonagreement pays.
///
/// O(n log n) for up to three parties (Kung, Luccio & Preparata 1975), O(n·k) at worst for more,
/// where k is the size of the frontier; in practice nearly linear, since a first pass drops most
/// agreements.
///
/// ```
/// use detente_payoff::{PayoffMatrix, frontier};
/// let vectors = [[1.0, 1.0], [1.0, 1.0], [0.0, 2.0], [0.0, 1.0]];
/// let frontier = frontier(&PayoffMatrix::from_vectors(&vectors, &[0.0, 0.0])?);
/// assert_eq!((frontier.len(), frontier.n_packages()), (2, 3));
/// assert_eq!(frontier.packages_at(0), Some(&[0, 1][..]));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[must_use]
pub fn frontier(matrix: &PayoffMatrix) -> Frontier {
    among(matrix, 0..matrix.len())
}

/// The efficient agreements among those from which no party loses
/// ([`ZoneKind::Weak`]): the part of the [`frontier`] that nobody would veto. Cost as for
/// [`frontier`].
#[must_use]
pub fn rational_frontier(matrix: &PayoffMatrix) -> Frontier {
    among(matrix, zone(matrix, ZoneKind::Weak).into_iter())
}

/// The undominated agreements among the candidates.
fn among(
    matrix: &PayoffMatrix,
    candidates: impl ExactSizeIterator<Item = usize> + Clone,
) -> Frontier {
    let mut order = prefilter::survivors(matrix, candidates);
    sort_from_best(matrix, &mut order);
    let groups = groups(matrix, &order);
    let vectors: Vec<&[usize]> = groups.iter().map(|group| &order[group.clone()]).collect();
    let first = |group: &&[usize]| group[0];
    let kept = match matrix.n_parties() {
        1 | 2 => staircase::scan(matrix, vectors.iter().map(first)),
        3 => staircase::sweep(matrix, vectors.iter().map(first)),
        _ => archive::filter(matrix, vectors.iter().map(first)),
    };
    assemble(
        matrix,
        vectors
            .iter()
            .zip(kept)
            .filter_map(|(group, kept)| kept.then_some(*group)),
    )
}

/// Sorts by payoff vector from the lexicographically highest, equal vectors by place.
fn sort_from_best(matrix: &PayoffMatrix, order: &mut [usize]) {
    let compare = |&a: &usize, &b: &usize| {
        // No payoff is NaN or negative zero, so the total order is the order of the numbers.
        matrix
            .columns()
            .map(|column| column[b].total_cmp(&column[a]))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| a.cmp(&b))
    };
    #[cfg(feature = "parallel")]
    rayon::slice::ParallelSliceMut::par_sort_unstable_by(order, compare);
    #[cfg(not(feature = "parallel"))]
    order.sort_unstable_by(compare);
}

/// The runs of equal vectors in the sorted order.
fn groups(matrix: &PayoffMatrix, order: &[usize]) -> Vec<Range<usize>> {
    let same = |a: usize, b: usize| {
        matrix
            .columns()
            .all(|column| column[a].total_cmp(&column[b]) == Ordering::Equal)
    };
    let mut start = 0;
    order
        .chunk_by(|&a, &b| same(a, b))
        .map(|run| {
            let range = start..start + run.len();
            start = range.end;
            range
        })
        .collect()
}

fn assemble<'a>(matrix: &PayoffMatrix, groups: impl Iterator<Item = &'a [usize]>) -> Frontier {
    let mut frontier = Frontier {
        n_parties: matrix.n_parties(),
        vectors: Vec::new(),
        packages: Vec::new(),
        starts: vec![0],
    };
    for group in groups {
        frontier
            .vectors
            .extend(matrix.columns().map(|column| column[group[0]]));
        frontier.packages.extend_from_slice(group);
        frontier.starts.push(frontier.packages.len());
    }
    frontier
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    /// Every agreement that no other dominates, by comparing all pairs.
    fn by_all_pairs(matrix: &PayoffMatrix) -> Vec<usize> {
        let vectors: Vec<Vec<f64>> = (0..matrix.len())
            .map(|k| matrix.vector(k).unwrap())
            .collect();
        let dominates = |a: &[f64], b: &[f64]| a != b && a.iter().zip(b).all(|(a, b)| a >= b);
        (0..matrix.len())
            .filter(|&k| !vectors.iter().any(|other| dominates(other, &vectors[k])))
            .collect()
    }

    fn check(matrix: &PayoffMatrix) {
        let frontier = frontier(matrix);
        assert_eq!(frontier.packages(), by_all_pairs(matrix));
        let distinct: Vec<&[f64]> = frontier.iter().map(|(vector, _)| vector).collect();
        assert!(distinct.is_sorted_by(|a, b| a > b), "{distinct:?}");
        for (place, (vector, packages)) in frontier.iter().enumerate() {
            assert_eq!(frontier.vector(place), Some(vector));
            assert_eq!(frontier.packages_at(place), Some(packages));
            for &package in packages {
                assert_eq!(matrix.vector(package).unwrap(), vector);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_all_pairs_on_small_matrices(matrix in strategies::matrix(1..=6, 0..=60)) {
            check(&matrix);
        }

        #[test]
        fn agrees_with_all_pairs_on_larger_matrices(matrix in strategies::wide_matrix(1..=5, 100..=600)) {
            check(&matrix);
        }

        #[test]
        fn agrees_with_all_pairs_among_many_ties(matrix in strategies::matrix(1..=5, 257..=400)) {
            check(&matrix);
        }

        #[test]
        fn rational_part_is_the_frontier_less_what_someone_would_veto(
            matrix in strategies::matrix(1..=4, 0..=60)
        ) {
            let weak = zone(&matrix, ZoneKind::Weak);
            let expected: Vec<usize> =
                frontier(&matrix).packages().into_iter().filter(|k| weak.contains(k)).collect();
            prop_assert_eq!(rational_frontier(&matrix).packages(), expected);
        }
    }

    #[test]
    fn payoffs_of_very_different_size_are_told_apart() {
        let tiny = f64::from_bits(1);
        for vectors in [
            vec![[0.0, tiny], [tiny, 0.0], [0.0, 0.0]],
            vec![[1e300, 0.0], [1.0, tiny], [1.0, 0.0], [-1e300, 2.0 * tiny]],
            vec![[1.0, 1.0]; 7],
            vec![[0.0, 0.0], [-0.0, 0.0]],
        ] {
            check(&PayoffMatrix::from_vectors(&vectors, &[0.0; 2]).unwrap());
        }
    }

    #[test]
    fn no_agreements_no_frontier() {
        for n_parties in 1..6 {
            let matrix = PayoffMatrix::new(n_parties, vec![], &vec![0.0; n_parties]).unwrap();
            assert!(frontier(&matrix).is_empty());
            assert_eq!(frontier(&matrix).vector(0), None);
        }
    }
}
