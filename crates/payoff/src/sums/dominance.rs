//! How many pairs of a vector to have and a vector that is needed are such that the one is at least
//! the other: divide and conquer over the later parties (Bentley 1980), a sweep over the first two.

use std::cmp::Reverse;

use super::{half::Count, lane::Lane};
use crate::parallel::join;

/// A vector and how many times it is there.
#[derive(Debug, Clone)]
pub(super) struct Point<L, const N: usize, C> {
    pub(super) at: [L; N],
    pub(super) count: C,
}

/// So few pairs are compared one by one.
const FEW: usize = 1 << 10;

/// The number of pairs, counts multiplied, of one of `have` that is at least one of `need` for
/// every party up to `last`. Both are sorted by their first lane from the highest. With n points
/// and p parties O(n logᵖ⁻¹ n) where payoffs are spread evenly.
pub(super) fn pairs<L: Lane, const N: usize, C: Count>(
    have: &[&Point<L, N, C>],
    need: &[&Point<L, N, C>],
    last: usize,
) -> C {
    if have.len().saturating_mul(need.len()) <= FEW {
        return one_by_one(have, need, last);
    }
    if last <= 1 {
        return sweep(have, need);
    }
    let lane = |point: &&Point<L, N, C>| point.at[last];
    let (Some(most), Some(least)) = (have.iter().map(lane).max(), need.iter().map(lane).min())
    else {
        return C::default();
    };
    // What nothing can match goes first, so that a cut in the middle always makes progress.
    let have: Vec<_> = have
        .iter()
        .copied()
        .filter(|point| lane(point) >= least)
        .collect();
    let need: Vec<_> = need
        .iter()
        .copied()
        .filter(|point| lane(point) <= most)
        .collect();
    let (Some(low), Some(high)) = (have.iter().map(lane).min(), need.iter().map(lane).max()) else {
        return C::default();
    };
    if low >= high {
        return pairs(&have, &need, last - 1);
    }
    let (low, high) = (low.min(least).wide(), high.max(most).wide());
    let cut = L::narrow(low + (high - low) / 2 + 1);
    let (have_high, have_low): (Vec<_>, Vec<_>) =
        have.into_iter().partition(|point| lane(point) >= cut);
    let (need_high, need_low): (Vec<_>, Vec<_>) =
        need.into_iter().partition(|point| lane(point) > cut);
    let (mut count, (above, below)) = join(
        || pairs(&have_high, &need_low, last - 1),
        || {
            (
                pairs(&have_high, &need_high, last),
                pairs(&have_low, &need_low, last),
            )
        },
    );
    count += &above;
    count += &below;
    count
}

fn one_by_one<L: Lane, const N: usize, C: Count>(
    have: &[&Point<L, N, C>],
    need: &[&Point<L, N, C>],
    last: usize,
) -> C {
    let mut count = C::default();
    for have in have {
        for need in need {
            if (0..=last).all(|party| have.at[party] >= need.at[party]) {
                count += &have.count.times(&need.count);
            }
        }
    }
    count
}

/// Two parties: needs from the highest for the first party, with what reaches them for the first
/// party counted by the second party's payoff.
fn sweep<L: Lane, const N: usize, C: Count>(
    have: &[&Point<L, N, C>],
    need: &[&Point<L, N, C>],
) -> C {
    let Ranks { rank, reach, len } =
        by_difference(have, need).unwrap_or_else(|| by_order(have, need));
    let mut tally = Fenwick::<C>(vec![C::default(); len + 1]);
    let (mut count, mut added) = (C::default(), 0);
    for (need, &reach) in need.iter().zip(&reach) {
        while have
            .get(added)
            .is_some_and(|point| point.at[0] >= need.at[0])
        {
            tally.add(rank[added] as usize, &have[added].count);
            added += 1;
        }
        count += &tally.first(reach).times(&need.count);
    }
    count
}

/// Places from the second party's highest payoff on.
struct Ranks {
    /// The place of each point that there is to have.
    rank: Vec<u32>,
    /// How many places reach each need.
    reach: Vec<usize>,
    /// How many places there are.
    len: usize,
}

/// A place for every lane between the lowest and the highest, if they are not too many.
fn by_difference<L: Lane, const N: usize, C: Count>(
    have: &[&Point<L, N, C>],
    need: &[&Point<L, N, C>],
) -> Option<Ranks> {
    let lanes = || have.iter().map(|point| point.at[1].wide());
    let (low, high) = (lanes().min()?, lanes().max()?);
    let most = 4 * (have.len() + need.len());
    let len = usize::try_from(high - low + 1)
        .ok()
        .filter(|&len| len <= most)?;
    // A need that nothing reaches has no place, and one that all reach has all.
    let reach =
        |point: &&Point<L, N, C>| (high - point.at[1].wide() + 1).clamp(0, len as i128) as usize;
    Some(Ranks {
        rank: lanes().map(|lane| (high - lane) as u32).collect(),
        reach: need.iter().map(reach).collect(),
        len,
    })
}

/// A place for each point that there is to have.
fn by_order<L: Lane, const N: usize, C: Count>(
    have: &[&Point<L, N, C>],
    need: &[&Point<L, N, C>],
) -> Ranks {
    let (have_order, need_order) = join(|| by_second(have), || by_second(need));
    let (mut rank, mut reach) = (vec![0; have.len()], vec![0; need.len()]);
    for (place, &(_, of)) in (0_u32..).zip(&have_order) {
        rank[of as usize] = place;
    }
    let mut place = 0;
    for &(Reverse(y), of) in &need_order {
        while have_order
            .get(place)
            .is_some_and(|&(Reverse(other), _)| other >= y)
        {
            place += 1;
        }
        reach[of as usize] = place;
    }
    Ranks {
        rank,
        reach,
        len: have.len(),
    }
}

/// Places in the order of the second party's payoff, from the highest.
fn by_second<L: Lane, const N: usize, C: Count>(
    points: &[&Point<L, N, C>],
) -> Vec<(Reverse<L>, u32)> {
    let second = |(of, point): (u32, &&Point<L, N, C>)| (Reverse(point.at[1]), of);
    let mut order: Vec<_> = (0..).zip(points).map(second).collect();
    order.sort_unstable();
    order
}

/// Sums of the first so many counts (Fenwick 1994).
struct Fenwick<C>(Vec<C>);

impl<C: Count> Fenwick<C> {
    fn add(&mut self, place: usize, count: &C) {
        let mut at = place + 1;
        while let Some(sum) = self.0.get_mut(at) {
            *sum += count;
            at += at & at.wrapping_neg();
        }
    }

    fn first(&self, places: usize) -> C {
        let (mut at, mut sum) = (places, C::default());
        while at > 0 {
            sum += &self.0[at];
            at &= at - 1;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points(lanes: &[[i64; 2]], spread: i64) -> Vec<Point<i64, 2, u64>> {
        let mut lanes: Vec<[i64; 2]> = lanes.iter().map(|&[x, y]| [x, y * spread]).collect();
        lanes.sort_unstable_by_key(|&lanes| Reverse(lanes));
        (1..)
            .zip(lanes)
            .map(|(count, at)| Point { at, count })
            .collect()
    }

    proptest! {
        #[test]
        fn sweeps_agree_with_comparing_one_by_one(
            have in prop::collection::vec(prop::array::uniform2(-20..20_i64), 0..80),
            need in prop::collection::vec(prop::array::uniform2(-25..25_i64), 0..80),
        ) {
            // Far apart, places are by order; close together, by difference.
            for spread in [1, 1_000_000] {
                let (have, need) = (points(&have, spread), points(&need, spread));
                let [have, need] = [&have, &need].map(|points| points.iter().collect::<Vec<_>>());
                prop_assert_eq!(sweep(&have, &need), one_by_one(&have, &need, 1));
            }
        }
    }
}
