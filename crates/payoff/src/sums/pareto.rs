//! The frontier of a sum, issue by issue (Nemhauser & Ullmann 1969): a package is undominated only
//! if what it settles on any of the issues is, so dominated parts are dropped as soon as they arise.

use crate::PayoffError;

use super::{
    PackageSpace,
    cut::Cut,
    lane::Lane,
    layer::{self, Layer, Links, Task},
};

/// The undominated packages that reach some floors, and every way to them.
#[derive(Debug)]
pub(super) struct Pareto {
    /// Distinct sums end to end, from the lexicographically highest.
    pub(super) lanes: Vec<i128>,
    pub(super) steps: Vec<Step>,
    /// The weights by which partial packages were ruled out, if any were.
    pub(super) weights: Vec<i64>,
}

/// How the frontier changed with one block.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) block: usize,
    /// The block's undominated options: what shifts stand for.
    pub(super) options: Vec<u32>,
    pub(super) links: Links,
}

/// The undominated packages that pay each party its floor at least; a floor at or below the least
/// payoff asks nothing.
pub(super) fn pareto(
    space: &PackageSpace,
    floors: &[i128],
    search: &'static str,
) -> Result<Pareto, PayoffError> {
    if space.is_narrow() {
        sum_up::<i64>(space, floors, search, |_| {})
    } else {
        sum_up::<i128>(space, floors, search, |_| {})
    }
}

/// The same, showing the sums after each block, end to end.
pub(super) fn watched(
    space: &PackageSpace,
    floors: &[i128],
    search: &'static str,
    watch: impl FnMut(&[i128]),
) -> Result<Pareto, PayoffError> {
    sum_up::<i128>(space, floors, search, watch)
}

/// What the sums of a frontier and an issue's options count for. For four parties and more each has to be
/// compared with what is kept so far, of which the frontier before gives the scale.
const fn work(frontier: usize, options: usize, n_parties: usize) -> usize {
    let sums = frontier.saturating_mul(options);
    match n_parties {
        0..=3 => sums,
        _ => sums.saturating_mul(1 + frontier / 64),
    }
}

fn sum_up<L: Lane>(
    space: &PackageSpace,
    floors: &[i128],
    search: &'static str,
    mut watch: impl FnMut(&[L]),
) -> Result<Pareto, PayoffError> {
    let n_parties = space.n_parties();
    let blocks = space.blocks();
    let mut list: Vec<L> = space.base.iter().map(|&lane| L::narrow(lane)).collect();
    let mut rest = best_of_all(space);
    let mut cut = Cut::of(space, floors);
    let mut room = space.limits.points.min(u32::MAX as usize - 1);
    let mut steps: Vec<Step> = Vec::with_capacity(blocks.len());
    let mut merges = 0_usize;
    for block in order(space) {
        for (party, rest) in rest.iter_mut().enumerate() {
            *rest -= blocks[block].range(party).1;
        }
        if let Some(cut) = &mut cut {
            cut.settle(&blocks[block]);
        }
        let (options, shifts) = undominated::<L>(space, block)?;
        let floors: Vec<L> = floors
            .iter()
            .zip(&rest)
            .map(|(floor, rest)| L::narrow(floor - rest))
            .collect();
        merges = merges.saturating_add(work(list.len() / n_parties, options.len(), n_parties));
        if merges > space.limits.merges {
            return Err(PayoffError::TooManyHeld {
                search,
                what: "sums of partial packages",
                limit: space.limits.merges,
                settled: steps.len(),
                n_blocks: blocks.len(),
            });
        }
        let task = Task {
            n_parties,
            list: &list,
            shifts: &shifts,
            floors: &floors,
            cut: cut.as_ref(),
            room,
        };
        let Some(Layer { vectors, links }) = layer::add(&task)? else {
            return Err(PayoffError::TooManyHeld {
                search,
                what: "partial packages",
                limit: space.limits.points,
                settled: steps.len(),
                n_blocks: blocks.len(),
            });
        };
        room -= links.origins.len();
        list = vectors;
        watch(&list);
        steps.push(Step {
            block,
            options,
            links,
        });
    }
    Ok(Pareto {
        lanes: list.into_iter().map(Lane::wide).collect(),
        steps,
        weights: cut.map_or_else(Vec::new, |cut| cut.weights),
    })
}

/// The most that all the blocks together are worth to each party.
fn best_of_all(space: &PackageSpace) -> Vec<i128> {
    let most = |party| space.lane_range(party).1 - space.base[party];
    (0..space.n_parties()).map(most).collect()
}

/// The blocks with the most options first, while the frontier is small.
fn order(space: &PackageSpace) -> Vec<usize> {
    let mut order: Vec<usize> = (0..space.blocks().len()).collect();
    order.sort_by_key(|&block| std::cmp::Reverse(space.blocks()[block].len()));
    order
}

/// The options of a block that no other option dominates, with their lanes end to end.
fn undominated<L: Lane>(
    space: &PackageSpace,
    block: usize,
) -> Result<(Vec<u32>, Vec<L>), PayoffError> {
    let block = &space.blocks()[block];
    let n_parties = space.n_parties();
    let shifts: Vec<L> = block
        .rows()
        .flatten()
        .map(|&lane| L::narrow(lane))
        .collect();
    let floors: Vec<L> = (0..n_parties)
        .map(|party| L::narrow(block.range(party).0))
        .collect();
    let task = Task {
        n_parties,
        list: &vec![L::default(); n_parties],
        shifts: &shifts,
        floors: &floors,
        cut: None,
        room: block.len(),
    };
    let options: Vec<u32> = layer::add(&task)?.map_or_else(Vec::new, |layer| {
        layer
            .links
            .origins
            .iter()
            .map(|origin| origin.shift)
            .collect()
    });
    let lanes = options
        .iter()
        .flat_map(|&option| block.lanes(option as usize));
    let lanes = lanes.map(|&lane| L::narrow(lane)).collect();
    Ok((options, lanes))
}
