//! Sets of small numbers, sixty-four to a word.

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The empty set, with room for the numbers below `n`.
    pub(super) fn none(n: usize) -> Self {
        Self {
            words: vec![0; n.div_ceil(64)],
        }
    }

    /// All numbers below `n`.
    pub(super) fn all(n: usize) -> Self {
        let full = |word: usize| match n - word * 64 {
            64.. => u64::MAX,
            rest => (1 << rest) - 1,
        };
        Self {
            words: (0..n.div_ceil(64)).map(full).collect(),
        }
    }

    /// Adds a number that the set has room for.
    pub(super) fn insert(&mut self, number: usize) {
        self.words[number / 64] |= 1 << (number % 64);
    }

    pub(super) fn intersection(mut self, other: &Self) -> Self {
        for (own, its) in self.words.iter_mut().zip(&other.words) {
            *own &= its;
        }
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(super) fn includes(&self, other: &Self) -> bool {
        self.words
            .iter()
            .zip(&other.words)
            .all(|(own, its)| own & its == *its)
    }

    /// The numbers in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            let lowest =
                std::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)));
            lowest
                .take_while(|word| *word != 0)
                .map(move |word| at * 64 + usize::try_from(word.trailing_zeros()).unwrap_or(0))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{collection, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn they_are_sets(
            first in collection::btree_set(0..200_usize, 0..20),
            second in collection::btree_set(0..200_usize, 0..20), n in 0..200_usize,
        ) {
            let bits = |numbers: &BTreeSet<usize>| {
                let mut bits = Bits::none(200);
                numbers.iter().for_each(|&number| bits.insert(number));
                bits
            };
            let (a, b) = (bits(&first), bits(&second));
            prop_assert!(a.iter().eq(first.iter().copied()));
            prop_assert!(a.clone().intersection(&b).iter().eq(first.intersection(&second).copied()));
            prop_assert_eq!(a.includes(&b), first.is_superset(&second));
            prop_assert_eq!(a.is_empty(), first.is_empty());
            prop_assert!(Bits::all(n).iter().eq(0..n));
        }
    }
}
