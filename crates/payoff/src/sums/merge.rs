//! Every sum of a sorted list and a few shifts, in order, without listing the sums.

use std::{
    cmp::Ordering,
    collections::{BinaryHeap, binary_heap::PeekMut},
};

use super::lane::Lane;

/// Where a sum came from: a place in the list and one of the shifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) from: u32,
    pub(super) shift: u32,
}

/// What receives the sums.
pub(super) trait Sink<L, const N: usize> {
    /// Whether the sum can be passed over. Asked before the sum's turn, and so after some that are
    /// higher.
    fn passes_over(&self, sum: &[L; N]) -> bool;

    /// Takes the sum at its turn. Equal sums come one after the other. `false` ends the merge.
    fn take(&mut self, sum: &[L; N], origin: Origin) -> bool;
}

/// The highest sum of one shift that has not been taken yet.
#[derive(PartialEq, Eq)]
struct Cursor<L, const N: usize> {
    sum: [L; N],
    origin: Origin,
}

impl<L: Lane, const N: usize> Ord for Cursor<L, N> {
    fn cmp(&self, other: &Self) -> Ordering {
        let shift = |cursor: &Self| cursor.origin.shift;
        // Equal sums by their shifts, so that the order is always the same.
        self.sum
            .cmp(&other.sum)
            .then_with(|| shift(other).cmp(&shift(self)))
    }
}

impl<L: Lane, const N: usize> PartialOrd for Cursor<L, N> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Gives `sink` every `list[i] + shifts[j]` that it does not pass over, from the lexicographically
/// highest. `list` is sorted from the highest, without equal members. With n sums not passed over:
/// O(list · shifts + n log shifts), and one cursor a shift is all that is held.
pub(super) fn merge<L: Lane, const N: usize>(
    list: &[[L; N]],
    shifts: &[[L; N]],
    sink: &mut impl Sink<L, N>,
) {
    let mut heap: BinaryHeap<Cursor<L, N>> = (0..shifts.len() as u32)
        .filter_map(|shift| next(list, shifts, sink, Origin { from: 0, shift }))
        .collect();
    while let Some(mut top) = heap.peek_mut() {
        let origin = top.origin;
        if !sink.take(&top.sum, origin) {
            return;
        }
        let from = origin.from + 1;
        match next(list, shifts, sink, Origin { from, ..origin }) {
            Some(cursor) => *top = cursor,
            None => {
                PeekMut::pop(top);
            }
        }
    }
}

/// The first sum from `start` on that is not passed over.
fn next<L: Lane, const N: usize>(
    list: &[[L; N]],
    shifts: &[[L; N]],
    sink: &impl Sink<L, N>,
    start: Origin,
) -> Option<Cursor<L, N>> {
    let by = &shifts[start.shift as usize];
    for (member, from) in list[start.from as usize..].iter().zip(start.from..) {
        let sum: [L; N] = std::array::from_fn(|party| member[party] + by[party]);
        if !sink.passes_over(&sum) {
            let origin = Origin { from, ..start };
            return Some(Cursor { sum, origin });
        }
    }
    None
}
