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
    let (have_order, need_order) = join(|| by_second(have), || by_second(need));
    // Ranks among what there is to have, from the second party's highest; for a need, how many
    // reach it.
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
    let mut tally = Fenwick::<C>(vec![C::default(); have.len() + 1]);
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
