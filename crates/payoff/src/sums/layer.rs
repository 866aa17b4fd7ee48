//! One issue more: the undominated sums of a frontier and an issue's options.

use std::collections::BTreeSet;

use crate::{PayoffError, PayoffMatrix, frontier};

use super::{
    cut::Cut,
    front::{Best, Front, Rising, Staircase},
    lane::Lane,
    merge::{Origin, Sink, merge},
};

/// The undominated partial packages over some blocks.
#[derive(Debug)]
pub(super) struct Layer<L> {
    /// Distinct vectors end to end, from the lexicographically highest.
    pub(super) vectors: Vec<L>,
    pub(super) links: Links,
}

/// How the vectors of a frontier were reached: through which vectors of the frontier before, with
/// which options. Each has one way at least, and more where there are ties.
#[derive(Debug, Clone)]
pub(super) struct Links {
    pub(super) origins: Vec<Origin>,
    /// Where each vector's origins begin, and the end of the last.
    pub(super) starts: Vec<u32>,
}

impl Links {
    const fn new() -> Self {
        Self {
            origins: Vec::new(),
            starts: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The ways to a vector.
    pub(super) fn of(&self, place: usize) -> &[Origin] {
        &self.origins[self.starts[place] as usize..self.starts[place + 1] as usize]
    }

    fn push(&mut self, origin: Origin, is_new: bool) {
        if is_new {
            self.starts.push(self.origins.len() as u32);
        }
        self.origins.push(origin);
    }

    fn finish(&mut self) {
        self.starts.push(self.origins.len() as u32);
    }
}

/// What to add and what to keep.
pub(super) struct Task<'t, L> {
    pub(super) n_parties: usize,
    /// Distinct vectors end to end, from the lexicographically highest.
    pub(super) list: &'t [L],
    /// Options end to end.
    pub(super) shifts: &'t [L],
    /// What each party must have by now if its best is to suffice in the end.
    pub(super) floors: &'t [L],
    /// What the sums must weigh by now, if that is known.
    pub(super) cut: Option<&'t Cut>,
    /// How many origins may be held; less than 2³².
    pub(super) room: usize,
}

/// The undominated sums that reach the floors, or `None` if there is no room for them. For up to
/// three parties O(list · shifts · log list) and less where sums are dominated early; for more, as
/// [`frontier`].
pub(super) fn add<L: Lane>(task: &Task<'_, L>) -> Result<Option<Layer<L>>, PayoffError> {
    match task.n_parties {
        1 => Ok(add_few::<L, 1, Best<L>>(task)),
        2 => Ok(add_few::<L, 2, Rising<L>>(task)),
        3 => Ok(add_few::<L, 3, Staircase<L>>(task)),
        _ => add_many(task),
    }
}

fn add_few<L: Lane, const N: usize, F: Front<L, N>>(task: &Task<'_, L>) -> Option<Layer<L>> {
    let mut keep = Keep {
        floors: std::array::from_fn(|party| task.floors[party]),
        cut: task
            .cut
            .map(|cut| (std::array::from_fn(|party| cut.weights[party]), cut.least)),
        front: F::default(),
        vectors: Vec::new(),
        links: Links::new(),
        room: task.room,
    };
    merge(
        task.list.as_chunks::<N>().0,
        task.shifts.as_chunks().0,
        &mut keep,
    );
    keep.links.finish();
    (keep.links.origins.len() <= task.room).then(|| Layer {
        vectors: keep.vectors.into_flattened(),
        links: keep.links,
    })
}

/// Keeps what reaches the floors and is not dominated, with all its origins.
struct Keep<L, const N: usize, F> {
    floors: [L; N],
    /// Weights, and the least weighted sum.
    cut: Option<([i64; N], i128)>,
    front: F,
    vectors: Vec<[L; N]>,
    links: Links,
    room: usize,
}

impl<L: Lane, const N: usize, F: Front<L, N>> Sink<L, N> for Keep<L, N, F> {
    fn passes_over(&self, sum: &[L; N]) -> bool {
        sum.iter()
            .zip(&self.floors)
            .any(|(lane, floor)| lane < floor)
            || self.cut.is_some_and(|(weights, least)| {
                let lanes = sum.iter().zip(weights);
                lanes
                    .map(|(lane, weight)| lane.wide() * i128::from(weight))
                    .sum::<i128>()
                    < least
            })
            || self.front.dominates(sum)
    }

    fn take(&mut self, sum: &[L; N], origin: Origin) -> bool {
        let is_new = self.vectors.last() != Some(sum);
        if is_new {
            if self.front.dominates(sum) {
                return true;
            }
            self.front.admit(sum);
            self.vectors.push(*sum);
        }
        self.links.push(origin, is_new);
        self.links.origins.len() <= self.room
    }
}

/// Four parties or more: lists the sums and leaves them to [`frontier`].
fn add_many<L: Lane>(task: &Task<'_, L>) -> Result<Option<Layer<L>>, PayoffError> {
    let Some((sums, origins)) = list(task) else {
        return Ok(None);
    };
    let columns: Vec<f64> = (0..task.n_parties)
        .flat_map(|party| column(sums.iter().skip(party).step_by(task.n_parties).copied()))
        .collect();
    let matrix = PayoffMatrix::new(task.n_parties, columns, &vec![0.0; task.n_parties])?;
    let mut layer = Layer {
        vectors: Vec::new(),
        links: Links::new(),
    };
    for (_, packages) in frontier(&matrix).iter() {
        layer
            .vectors
            .extend_from_slice(&sums[packages[0] * task.n_parties..][..task.n_parties]);
        for (tie, &package) in packages.iter().enumerate() {
            layer.links.push(origins[package], tie == 0);
        }
    }
    layer.links.finish();
    Ok(Some(layer))
}

/// Every sum that reaches the floors, end to end, with its origin.
fn list<L: Lane>(task: &Task<'_, L>) -> Option<(Vec<L>, Vec<Origin>)> {
    let (mut sums, mut origins) = (Vec::new(), Vec::new());
    for (shift, by) in (0..).zip(task.shifts.chunks_exact(task.n_parties)) {
        for (from, member) in (0..).zip(task.list.chunks_exact(task.n_parties)) {
            let sum: Vec<L> = member
                .iter()
                .zip(by)
                .map(|(&lane, &more)| lane + more)
                .collect();
            let wide = || sum.iter().map(|lane| lane.wide()).collect::<Vec<_>>();
            if sum
                .iter()
                .zip(task.floors)
                .all(|(lane, floor)| lane >= floor)
                && task.cut.is_none_or(|cut| cut.admits(&wide()))
            {
                if origins.len() == task.room {
                    return None;
                }
                sums.extend(sum);
                origins.push(Origin { from, shift });
            }
        }
    }
    Some((sums, origins))
}

/// One party's lanes as doubles in the same order: themselves where they fit, else their ranks.
fn column<L: Lane>(lanes: impl Iterator<Item = L> + Clone) -> Vec<f64> {
    const FITS: u128 = 1 << 53;
    if lanes.clone().all(|lane| lane.wide().unsigned_abs() <= FITS) {
        return lanes.map(|lane| lane.wide() as f64).collect();
    }
    let distinct: Vec<L> = lanes.clone().collect::<BTreeSet<L>>().into_iter().collect();
    lanes
        .map(|lane| distinct.partition_point(|&other| other < lane) as f64)
        .collect()
}
