//! How many packages reach some floors, from two halves of the issues.

use num_bigint::BigUint;

use super::{
    PackageSpace,
    dominance::{Point, pairs},
    half::{Count, Half, TooLarge, padded},
    lane::Lane,
};
use crate::{PayoffError, parallel::join};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    /// Packages that pay each party its floor at least.
    AtLeast,
    /// Packages that pay each party its floor exactly.
    Exactly,
}

/// The most parties whose packages are counted.
const MOST_PARTIES: usize = 32;

/// How many packages meet the condition. Meet in the middle (Horowitz & Sahni 1974): with n the
/// larger number of distinct sums over half of the issues and p parties O(n logᵖ⁻¹ n), for one
/// party as for two.
pub(super) fn count(
    space: &PackageSpace,
    floors: &[i128],
    condition: Condition,
) -> Result<BigUint, PayoffError> {
    let small = u64::try_from(space.n_packages()).is_ok();
    match (space.is_narrow(), small) {
        (true, true) => count_in::<i64, u64>(space, floors, condition),
        (true, false) => count_in::<i64, BigUint>(space, floors, condition),
        (false, true) => count_in::<i128, u64>(space, floors, condition),
        (false, false) => count_in::<i128, BigUint>(space, floors, condition),
    }
}

/// Vectors are arrays of a few lengths, filled up with zeros.
fn count_in<L: Lane, C: Count>(
    space: &PackageSpace,
    floors: &[i128],
    condition: Condition,
) -> Result<BigUint, PayoffError> {
    match space.n_parties() {
        0..=2 => count_by::<L, 2, C>(space, floors, condition),
        3 => count_by::<L, 3, C>(space, floors, condition),
        4..=8 => count_by::<L, 8, C>(space, floors, condition),
        9..=MOST_PARTIES => count_by::<L, MOST_PARTIES, C>(space, floors, condition),
        given => Err(PayoffError::TooManyParties {
            given,
            limit: MOST_PARTIES,
        }),
    }
}

fn count_by<L: Lane, const N: usize, C: Count>(
    space: &PackageSpace,
    floors: &[i128],
    condition: Condition,
) -> Result<BigUint, PayoffError> {
    let [one, other] = halves(space);
    let zero = vec![0; space.n_parties()];
    let (have, rest) = join(
        || Half::<L, N, C>::of(space, &one, &space.base, floors),
        || Half::<L, N, C>::of(space, &other, &zero, floors),
    );
    let refused = |refused: TooLarge| PayoffError::TooManyHeld {
        search: "counting the zone",
        what: refused.what,
        limit: refused.limit,
        settled: refused.settled,
        n_blocks: space.blocks().len(),
    };
    let (have, rest) = (have.map_err(refused)?, rest.map_err(refused)?);
    let floors = padded(floors);
    Ok(match condition {
        Condition::AtLeast => at_least(have, rest, &floors),
        Condition::Exactly => exactly(&have, &rest, &floors),
    }
    .into())
}

/// The blocks in two halves with about as many partial packages each.
fn halves(space: &PackageSpace) -> [Vec<usize>; 2] {
    let mut order: Vec<usize> = (0..space.blocks().len()).collect();
    let size = |&block: &usize| space.blocks()[block].len();
    order.sort_by_key(|block| std::cmp::Reverse(size(block)));
    let mut halves = [Vec::new(), Vec::new()];
    let mut logs = [0.0, 0.0];
    for block in order {
        let lesser = usize::from(logs[1] < logs[0]);
        logs[lesser] += (size(&block) as f64).ln();
        halves[lesser].push(block);
    }
    halves
}

fn at_least<L: Lane, const N: usize, C: Count>(
    have: Half<L, N, C>,
    rest: Half<L, N, C>,
    floors: &[L; N],
) -> C {
    let point = |(at, count)| Point { at, count };
    let missing = |sum: [L; N]| std::array::from_fn(|party| floors[party] - sum[party]);
    let have: Vec<_> = have.sums.into_iter().zip(have.counts).map(point).collect();
    // Sums fall, so what is missing rises.
    let need = rest.sums.into_iter().map(missing).zip(rest.counts).rev();
    let need: Vec<_> = need.map(point).collect();
    let [have, need] = [&have, &need].map(|points| points.iter().collect::<Vec<_>>());
    pairs(&have, &need, N - 1)
}

fn exactly<L: Lane, const N: usize, C: Count>(
    have: &Half<L, N, C>,
    rest: &Half<L, N, C>,
    floors: &[L; N],
) -> C {
    let mut count = C::default();
    let mut have = have.sums.iter().zip(&have.counts).peekable();
    for (sum, ways) in rest.sums.iter().zip(&rest.counts).rev() {
        let missing: [L; N] = std::array::from_fn(|party| floors[party] - sum[party]);
        while have.next_if(|(sum, _)| **sum > missing).is_some() {}
        if let Some((_, others)) = have.peek().filter(|(sum, _)| **sum == missing) {
            count += &others.times(ways);
        }
    }
    count
}
