//! The last step for up to three parties: a scan, or a sweep with a staircase (Kung, Luccio &
//! Preparata 1975). Both take distinct vectors from the lexicographically highest, so that what
//! could dominate a vector always comes before it.

use std::collections::BTreeMap;

use crate::PayoffMatrix;

/// Which vectors of one or two parties are undominated: each must raise the last party above all
/// before it. O(n).
pub(super) fn scan(matrix: &PayoffMatrix, vectors: impl Iterator<Item = usize>) -> Vec<bool> {
    let last = matrix.column(matrix.n_parties() - 1);
    let mut best = f64::NEG_INFINITY;
    vectors
        .map(|agreement| {
            let rises = last[agreement] > best;
            best = best.max(last[agreement]);
            rises
        })
        .collect()
}

/// Which vectors of three parties are undominated. O(n log n).
pub(super) fn sweep(matrix: &PayoffMatrix, vectors: impl Iterator<Item = usize>) -> Vec<bool> {
    let (second, third) = (matrix.column(1), matrix.column(2));
    let mut staircase = Staircase::default();
    vectors
        .map(|agreement| staircase.admit(second[agreement], third[agreement]))
        .collect()
}

/// Pairs none of which dominates another: the second falls as the first rises.
#[derive(Default)]
struct Staircase(BTreeMap<u64, f64>);

impl Staircase {
    /// Takes the pair in unless a step is at least as high in both.
    fn admit(&mut self, y: f64, z: f64) -> bool {
        let key = ordered_bits(y);
        if self
            .0
            .range(key..)
            .next()
            .is_some_and(|(_, &step)| step >= z)
        {
            return false;
        }
        while let Some((&below, _)) = self.0.range(..=key).next_back().filter(|step| *step.1 <= z) {
            self.0.remove(&below);
        }
        self.0.insert(key, z);
        true
    }
}

/// Bits that are ordered as the numbers are; no number is NaN or negative zero.
fn ordered_bits(value: f64) -> u64 {
    let bits = value.to_bits();
    if value < 0.0 { !bits } else { bits | (1 << 63) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_ordered_as_numbers() {
        let numbers = [
            f64::MIN,
            -1.5,
            -f64::MIN_POSITIVE,
            0.0,
            5e-324,
            1.0,
            f64::MAX,
        ];
        assert!(numbers.is_sorted_by(|&a, &b| ordered_bits(a) < ordered_bits(b)));
    }

    #[test]
    fn steps_below_a_new_one_are_swallowed() {
        let mut staircase = Staircase::default();
        assert!(
            staircase.admit(1.0, 3.0) && staircase.admit(2.0, 2.0) && staircase.admit(3.0, 1.0)
        );
        assert!(!staircase.admit(2.0, 2.0) && !staircase.admit(1.5, 1.5));
        assert!(staircase.admit(2.5, 3.0));
        assert_eq!(
            staircase.0.values().copied().collect::<Vec<_>>(),
            [3.0, 1.0]
        );
    }
}
