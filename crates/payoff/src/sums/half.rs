//! Half of the issues, settled in every way.

use std::{iter, ops::AddAssign};

use num_bigint::BigUint;

use super::{
    PackageSpace,
    lane::Lane,
    merge::{Origin, Sink, merge},
};

/// A number of packages: a machine word where all packages can be counted in one.
pub(super) trait Count:
    Clone + Default + From<u8> + for<'c> AddAssign<&'c Self> + Into<BigUint> + Send + Sync
{
    fn times(&self, other: &Self) -> Self;
}

impl Count for u64 {
    fn times(&self, other: &Self) -> Self {
        self * other
    }
}

impl Count for BigUint {
    fn times(&self, other: &Self) -> Self {
        self * other
    }
}

/// The distinct sums over some blocks, from the lexicographically highest, and how many partial
/// packages have each. Vectors have one lane for each party and zeros to fill up.
pub(super) struct Half<L, const N: usize, C> {
    pub(super) sums: Vec<[L; N]>,
    pub(super) counts: Vec<C>,
}

/// The half was too large, or took too much to find.
pub(super) struct TooLarge {
    /// After so many blocks.
    pub(super) settled: usize,
    /// What was too much.
    pub(super) what: &'static str,
    pub(super) limit: usize,
}

impl<L: Lane, const N: usize, C: Count> Half<L, N, C> {
    /// Sums over `blocks` on top of `start`, without those from which the best of everything else
    /// does not lead to the floors. O(sums · options of a block) in all.
    pub(super) fn of(
        space: &PackageSpace,
        blocks: &[usize],
        start: &[i128],
        floors: &[i128],
    ) -> Result<Self, TooLarge> {
        let mut rest: Vec<i128> = (0..space.n_parties())
            .map(|party| space.lane_range(party).1 - start[party])
            .collect();
        let mut half = Self {
            sums: vec![padded(start)],
            counts: vec![C::from(1)],
        };
        // Origins are numbered in 32 bits.
        let limit = space.limits.sums.min(u32::MAX as usize - 1);
        let mut merges = 0_usize;
        for (settled, &block) in blocks.iter().enumerate() {
            let block = &space.blocks()[block];
            for (party, rest) in rest.iter_mut().enumerate() {
                *rest -= block.range(party).1;
            }
            let low: Vec<i128> = floors
                .iter()
                .zip(&rest)
                .map(|(floor, rest)| floor - rest)
                .collect();
            let shifts: Vec<[L; N]> = block.rows().map(padded).collect();
            merges = merges.saturating_add(half.sums.len().saturating_mul(shifts.len()));
            if merges > space.limits.merges {
                return Err(TooLarge {
                    settled,
                    what: "sums of partial packages",
                    limit: space.limits.merges,
                });
            }
            let mut next = Tally {
                floors: padded(&low),
                before: &half.counts,
                sums: Vec::new(),
                counts: Vec::new(),
                limit,
            };
            merge(&half.sums, &shifts, &mut next);
            if next.sums.len() > limit {
                return Err(TooLarge {
                    settled,
                    what: "sums over half of the issues",
                    limit: space.limits.sums,
                });
            }
            half = Self {
                sums: next.sums,
                counts: next.counts,
            };
        }
        Ok(half)
    }
}

/// The lanes, and zeros for the parties that there are not.
pub(super) fn padded<L: Lane, const N: usize>(lanes: &[i128]) -> [L; N] {
    let mut lanes = lanes
        .iter()
        .copied()
        .map(L::narrow)
        .chain(iter::repeat(L::default()));
    std::array::from_fn(|_| lanes.next().unwrap_or_default())
}

/// Counts equal sums together.
struct Tally<'h, L, const N: usize, C> {
    floors: [L; N],
    before: &'h [C],
    sums: Vec<[L; N]>,
    counts: Vec<C>,
    limit: usize,
}

impl<L: Lane, const N: usize, C: Count> Sink<L, N> for Tally<'_, L, N, C> {
    fn passes_over(&self, sum: &[L; N]) -> bool {
        sum.iter()
            .zip(&self.floors)
            .any(|(lane, floor)| lane < floor)
    }

    fn take(&mut self, sum: &[L; N], origin: Origin) -> bool {
        let ways = &self.before[origin.from as usize];
        match self.counts.last_mut() {
            Some(count) if self.sums.last() == Some(sum) => *count += ways,
            _ => {
                self.sums.push(*sum);
                self.counts.push(ways.clone());
            }
        }
        self.sums.len() <= self.limit
    }
}
