//! The packages of a zone, one after the other, without listing the space.

use std::collections::BinaryHeap;

use crate::{
    PayoffError,
    error::{finite, matching},
};

use super::{cut::Cut, scale::Scale, weights::explore, zone::PackageZone};

/// What a partial package over the first so many blocks must have to lead into the zone.
#[derive(Debug, Clone)]
struct Reach {
    /// By how many blocks are settled: what each party must have at least.
    floors: Vec<Vec<i128>>,
    /// By how many blocks are settled: what a weighted sum must be at least.
    cuts: Option<Vec<Cut>>,
}

impl Reach {
    /// O(options · parties) for each of the weightings tried.
    fn of(zone: &PackageZone) -> Self {
        let blocks = zone.space.blocks();
        let mut floors = vec![zone.floors.clone()];
        for block in blocks.iter().rev() {
            let after = floors.last().into_iter().flatten().enumerate();
            let before = after
                .map(|(party, floor)| floor - block.range(party).1)
                .collect();
            floors.push(before);
        }
        floors.reverse();
        let cuts = Cut::of(&zone.space, &zone.floors).map(|mut cut| {
            let mut cuts = vec![cut.clone()];
            for block in blocks {
                cut.settle(block);
                cuts.push(cut.clone());
            }
            cuts
        });
        Self { floors, cuts }
    }

    fn admits(&self, settled: usize, sums: &[i128]) -> bool {
        sums.iter()
            .zip(&self.floors[settled])
            .all(|(sum, floor)| sum >= floor)
            && self
                .cuts
                .as_ref()
                .is_none_or(|cuts| cuts[settled].admits(sums))
    }
}

/// Every package of a [`PackageZone`], depth first: the last issues change fastest. What cannot be
/// completed to a package that each party accepts, as far as payoffs one by one and one weighted sum
/// of them can tell, is not entered. Holds one package at a time.
#[derive(Debug, Clone)]
pub struct ZonePackages<'z> {
    zone: &'z PackageZone,
    reach: Reach,
    /// Each block's options in the order in which they are tried.
    order: Vec<Vec<u32>>,
    /// The place in that order to go on from, in each block entered; empty at the end.
    next: Vec<u32>,
    /// Sums before each block entered.
    sums: Vec<Vec<i128>>,
}

impl PackageZone {
    /// Every package in the zone, each made when it is asked for, in an order that is always the
    /// same: first one that a search over weights came by, then others that differ from it in the
    /// last issues.
    ///
    /// ```
    /// use detente_payoff::{AgreementSpace, PackageSpace, Utility, ZoneKind};
    /// let space = AgreementSpace::new(&[10; 250])?;
    /// let utility = Utility::additive(0.0, (0..250).map(|_| (0..10).map(f64::from).collect()).collect())?;
    /// let packages = PackageSpace::new(&space, &[utility], &[2249.0])?;
    /// // Only what is within one step of the best gains or breaks even.
    /// assert_eq!(packages.zone(ZoneKind::Weak).packages().count(), 251);
    /// # Ok::<(), detente_payoff::PayoffError>(())
    /// ```
    #[must_use]
    pub fn packages(&self) -> ZonePackages<'_> {
        ZonePackages {
            reach: Reach::of(self),
            order: self.order(),
            next: vec![0],
            sums: vec![self.space.base.clone()],
            zone: self,
        }
    }

    /// Every package in the zone from the highest weighted sum of payoffs on, `Σ w_i U_i(x)`, equal
    /// sums in no particular but always the same order. A weight of 1 for one party and 0 for the
    /// others is that party's order of preference.
    ///
    /// Lazy: what the k best packages take is O(k · issues · parties) and their logarithm where most
    /// packages are in the zone, and more the fewer are. An option's weighted payoff is rounded
    /// once; sums of them are exact.
    ///
    /// ```
    /// # use detente_payoff::{AgreementSpace, PackageSpace, Utility, ZoneKind};
    /// let space = AgreementSpace::new(&[3, 3])?;
    /// let tables = vec![vec![0.0, 2.0, 6.0], vec![0.0, 1.0, 3.0]];
    /// let packages = PackageSpace::new(&space, &[Utility::additive(0.0, tables)?], &[0.0])?;
    /// let zone = packages.zone(ZoneKind::Strict);
    /// let best: Vec<Vec<u32>> = zone.best_first(&[1.0])?.take(3).collect::<Result<_, _>>()?;
    /// assert_eq!(best, [[2, 2], [2, 1], [2, 0]]);
    /// # Ok::<(), detente_payoff::PayoffError>(())
    /// ```
    ///
    /// # Errors
    /// [`PayoffError::Mismatch`] if there is not one weight for each party,
    /// [`PayoffError::NotFinite`], or [`PayoffError::Overflow`] if weighted payoffs could not be
    /// added up.
    pub fn best_first(&self, weights: &[f64]) -> Result<BestFirst<'_>, PayoffError> {
        matching(
            || "list of weights".to_owned(),
            weights.len(),
            self.space.n_parties(),
        )?;
        for (party, &weight) in weights.iter().enumerate() {
            finite(|| format!("weight of party {party}"), weight)?;
        }
        let ranked = ranked(self, weights)?;
        let mut ahead = vec![0; ranked.len() + 1];
        for (block, options) in ranked.iter().enumerate().rev() {
            ahead[block] = ahead[block + 1] + options[0].1;
        }
        let mut stream = BestFirst {
            zone: self,
            reach: Reach::of(self),
            ranked,
            ahead,
            steps: Vec::new(),
            queue: BinaryHeap::new(),
        };
        stream.offer(None, 0);
        Ok(stream)
    }

    /// Each block's options, that of a package in the zone first if one was come by.
    fn order(&self) -> Vec<Vec<u32>> {
        let tried = explore(&self.space, &self.floors).tried;
        let inside = tried.iter().position(|(_, lanes)| self.accepts(lanes));
        let first = inside
            .or(tried.len().checked_sub(1))
            .map(|place| &tried[place].0);
        let options = |(place, block): (usize, &super::Block)| {
            let mut options: Vec<u32> = (0..block.len() as u32).collect();
            if let Some(&first) = first.and_then(|choice| choice.get(place)) {
                options[..=first as usize].rotate_right(1);
            }
            options
        };
        self.space
            .blocks()
            .iter()
            .enumerate()
            .map(options)
            .collect()
    }
}

fn plus(sums: &[i128], row: &[i128]) -> Vec<i128> {
    sums.iter().zip(row).map(|(a, b)| a + b).collect()
}

impl Iterator for ZonePackages<'_> {
    type Item = Vec<u32>;

    fn next(&mut self) -> Option<Vec<u32>> {
        let blocks = self.zone.space.blocks();
        while let Some(next) = self.next.last_mut() {
            let tried = *next as usize;
            *next += 1;
            let depth = self.next.len() - 1;
            if tried == blocks[depth].len() {
                self.next.pop();
                self.sums.pop();
                continue;
            }
            let option = self.order[depth][tried];
            let sums = plus(&self.sums[depth], blocks[depth].lanes(option as usize));
            if !self.reach.admits(depth + 1, &sums) {
                continue;
            }
            if depth + 1 < blocks.len() {
                self.next.push(0);
                self.sums.push(sums);
            } else if self.zone.accepts(&sums) {
                let taken = self.order.iter().zip(&self.next);
                let choice: Vec<u32> = taken
                    .map(|(order, &next)| order[next as usize - 1])
                    .collect();
                return Some(self.zone.space.package(&choice));
            }
        }
        None
    }
}

/// The packages of a [`PackageZone`] from the best by some weights on. Ends with an error where it
/// would hold more than [`SearchLimits::points`](super::SearchLimits::points) partial packages.
#[derive(Debug, Clone)]
pub struct BestFirst<'z> {
    zone: &'z PackageZone,
    reach: Reach,
    /// Each block's options with their weighted payoffs, from the best.
    ranked: Vec<Vec<(u32, i128)>>,
    /// The best weighted sum over the blocks from each one on.
    ahead: Vec<i128>,
    /// Partial packages that were taken up.
    steps: Vec<Step>,
    queue: BinaryHeap<Candidate>,
}

/// A partial package: one more block settled than in another.
#[derive(Debug, Clone)]
struct Step {
    before: Option<u32>,
    rank: u32,
    depth: u32,
    weighed: i128,
    sums: Vec<i128>,
}

/// A step not yet taken, in the order of the best that it can lead to, then of how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    best: i128,
    depth: u32,
    before: Option<u32>,
    rank: u32,
}

/// Each block's options with their weighted payoffs in lanes of their own, from the best.
fn ranked(zone: &PackageZone, weights: &[f64]) -> Result<Vec<Vec<(u32, i128)>>, PayoffError> {
    let space = &zone.space;
    let weigh = |row: &[i128]| -> f64 {
        space
            .to_payoffs(row)
            .iter()
            .zip(weights)
            .map(|(payoff, weight)| payoff * weight)
            .sum()
    };
    let worth: Vec<Vec<f64>> = space
        .blocks()
        .iter()
        .map(|block| block.rows().map(weigh).collect())
        .collect();
    let most = |worth: &Vec<f64>| {
        worth
            .iter()
            .fold(0.0, |most: f64, worth| most.max(worth.abs()))
    };
    let bound: f64 = worth.iter().map(most).sum();
    // A NaN, of infinities of both signs, is passed over by the maximum.
    if !(2.0 * bound).is_finite() || worth.iter().flatten().any(|worth| !worth.is_finite()) {
        return Err(PayoffError::Overflow {
            quantity: "weighted payoffs",
        });
    }
    let scale = Scale::of(worth.iter().flatten().copied(), bound);
    let rank = |worth: Vec<f64>| {
        let mut options: Vec<(u32, i128)> = (0..)
            .zip(worth.into_iter().map(|worth| scale.lane(worth)))
            .collect();
        options.sort_by_key(|&(_, worth)| std::cmp::Reverse(worth));
        options
    };
    Ok(worth.into_iter().map(rank).collect())
}

impl BestFirst<'_> {
    /// Queues the best way to settle the next block after a step, ranks before `from` apart, that
    /// can lead into the zone.
    fn offer(&mut self, before: Option<u32>, from: u32) {
        let (depth, weighed, sums) = match before {
            Some(before) => {
                let step = &self.steps[before as usize];
                (step.depth as usize + 1, step.weighed, &step.sums)
            }
            None => (0, 0, &self.zone.space.base),
        };
        let Some(options) = self.ranked.get(depth) else {
            return;
        };
        let block = &self.zone.space.blocks()[depth];
        let leads = |&(option, _): &(u32, i128)| {
            let sums = plus(sums, block.lanes(option as usize));
            self.reach.admits(depth + 1, &sums)
        };
        let rest = options.iter().zip(0..).skip(from as usize);
        if let Some((&(_, worth), rank)) = rest.into_iter().find(|(option, _)| leads(option)) {
            self.queue.push(Candidate {
                best: weighed + worth + self.ahead[depth + 1],
                depth: depth as u32,
                before,
                rank,
            });
        }
    }

    /// Takes the step, and queues what comes instead of it and after it.
    fn take(&mut self, candidate: &Candidate) -> &Step {
        let Candidate {
            before,
            rank,
            depth,
            ..
        } = *candidate;
        self.offer(before, rank + 1);
        let (option, worth) = self.ranked[depth as usize][rank as usize];
        let (weighed, sums) = match before {
            Some(before) => (
                self.steps[before as usize].weighed,
                &self.steps[before as usize].sums,
            ),
            None => (0, &self.zone.space.base),
        };
        let row = self.zone.space.blocks()[depth as usize].lanes(option as usize);
        let step = Step {
            before,
            rank,
            depth,
            weighed: weighed + worth,
            sums: plus(sums, row),
        };
        let place = self.steps.len();
        self.steps.push(step);
        self.offer(Some(place as u32), 0);
        &self.steps[place]
    }

    fn package(&self, last: &Step) -> Vec<u32> {
        let mut choice = vec![0; self.ranked.len()];
        let mut step = Some(last);
        while let Some(Step {
            before,
            rank,
            depth,
            ..
        }) = step
        {
            let depth = *depth as usize;
            choice[depth] = self.ranked[depth][*rank as usize].0;
            step = before.map(|before| &self.steps[before as usize]);
        }
        self.zone.space.package(&choice)
    }
}

impl Iterator for BestFirst<'_> {
    type Item = Result<Vec<u32>, PayoffError>;

    fn next(&mut self) -> Option<Self::Item> {
        let limit = self.zone.space.limits().points.min(u32::MAX as usize);
        let last = self.ranked.len() - 1;
        while let Some(candidate) = self.queue.pop() {
            if self.steps.len() >= limit {
                self.queue.clear();
                return Some(Err(PayoffError::TooManyHeld {
                    search: "the search from the best",
                    what: "partial packages",
                    limit,
                    settled: candidate.depth as usize,
                    n_blocks: last + 1,
                }));
            }
            let zone = self.zone;
            let step = self.take(&candidate);
            if step.depth as usize == last && zone.accepts(&step.sums) {
                let step = step.clone();
                return Some(Ok(self.package(&step)));
            }
        }
        None
    }
}
