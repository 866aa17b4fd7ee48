//! Sets of states and relations between states, a bit each.

/// Bits in a word.
const WORD: usize = u64::BITS as usize;

/// How many words hold so many bits.
const fn words(len: usize) -> usize {
    len.div_ceil(WORD)
}

/// The places of the bits that are set, in order.
pub(crate) fn ones(row: &[u64]) -> impl Iterator<Item = usize> + '_ {
    row.iter().enumerate().flat_map(|(place, &word)| {
        let next = |rest: &u64| Some(*rest & rest.wrapping_sub(1)).filter(|rest| *rest != 0);
        std::iter::successors(Some(word).filter(|word| *word != 0), next)
            .map(move |rest| place * WORD + rest.trailing_zeros() as usize)
    })
}

/// The first bit that is set at `from` or after it.
pub(crate) fn next_one(row: &[u64], from: usize) -> Option<usize> {
    let first = from / WORD;
    let masked = row.get(first)? & (u64::MAX << (from % WORD));
    if masked != 0 {
        return Some(first * WORD + masked.trailing_zeros() as usize);
    }
    let (skipped, word) =
        { row.iter().enumerate().skip(first + 1) }.find(|(_, word)| **word != 0)?;
    Some(skipped * WORD + word.trailing_zeros() as usize)
}

pub(crate) fn intersects(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}

pub(crate) fn is_subset(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).all(|(one, other)| one & !other == 0)
}

pub(crate) fn insert(row: &mut [u64], place: usize) {
    row[place / WORD] |= 1 << (place % WORD);
}

pub(crate) fn remove(row: &mut [u64], place: usize) {
    row[place / WORD] &= !(1 << (place % WORD));
}

pub(crate) fn contains(row: &[u64], place: usize) -> bool {
    row[place / WORD] >> (place % WORD) & 1 == 1
}

pub(crate) fn unite(row: &mut [u64], other: &[u64]) {
    for (word, other) in row.iter_mut().zip(other) {
        *word |= other;
    }
}

/// A relation between states `0..len`: for each state the set of those that it is related to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    len: usize,
    rows: Vec<u64>,
}

impl Relation {
    /// No state is related to any.
    pub(crate) fn empty(len: usize) -> Self {
        Self {
            len,
            rows: vec![0; len * words(len)],
        }
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// A row without members.
    pub(crate) fn empty_row(&self) -> Vec<u64> {
        vec![0; words(self.len)]
    }

    pub(crate) fn row(&self, state: usize) -> &[u64] {
        &self.rows[state * words(self.len)..][..words(self.len)]
    }

    pub(crate) fn row_mut(&mut self, state: usize) -> &mut [u64] {
        &mut self.rows[state * words(self.len)..][..words(self.len)]
    }

    pub(crate) fn contains(&self, from: usize, to: usize) -> bool {
        contains(self.row(from), to)
    }

    pub(crate) fn insert(&mut self, from: usize, to: usize) {
        insert(self.row_mut(from), to);
    }

    /// How many pairs are related.
    pub(crate) fn count(&self) -> usize {
        self.rows
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// The relation read backwards. O(len²).
    pub(crate) fn transposed(&self) -> Self {
        let mut turned = Self::empty(self.len);
        for from in 0..self.len {
            for to in ones(self.row(from)) {
                turned.insert(to, from);
            }
        }
        turned
    }

    /// Makes what is related through others related itself. O(len³ / 64).
    pub(crate) fn close(&mut self) {
        for through in 0..self.len {
            let further = self.row(through).to_vec();
            for from in 0..self.len {
                if self.contains(from, through) {
                    unite(self.row_mut(from), &further);
                }
            }
        }
    }

    /// For each state what `word` makes of it, word by word.
    pub(crate) fn by_words(len: usize, word: impl Fn(usize, usize) -> u64) -> Self {
        let width = words(len);
        let cells = (0..len).flat_map(|state| (0..width).map(move |place| (state, place)));
        Self {
            len,
            rows: cells
                .map(|(state, place)| word(state, place) & mask(len, place))
                .collect(),
        }
    }
}

/// The bits of a word that stand for states.
const fn mask(len: usize, place: usize) -> u64 {
    match len.saturating_sub(place * WORD) {
        left @ 0..WORD => (1 << left) - 1,
        _ => u64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_listed_across_words() {
        let mut relation = Relation::empty(130);
        for to in [0, 63, 64, 129] {
            relation.insert(7, to);
        }
        let row = relation.row(7);
        assert_eq!(ones(row).collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!(
            [0, 1, 64, 65, 130].map(|from| next_one(row, from)),
            [Some(0), Some(63), Some(64), Some(129), None]
        );
        let turned = relation.transposed();
        assert!(turned.contains(129, 7) && !turned.contains(7, 129));
        assert_eq!((relation.count(), turned.count()), (4, 4));
    }

    #[test]
    fn no_bit_stands_for_a_state_that_there_is_not() {
        let all = Relation::by_words(70, |_, _| u64::MAX);
        assert_eq!(all.count(), 70 * 70);
    }
}
