//! The packages of a zone, one after the other, without listing the space.

use std::collections::BinaryHeap;

use crate::{
    PayoffError,
    error::{finite, matching},
};

use super::{scale::Scale, zone::PackageZone};

/// The best that the blocks from each one on are worth to each party; nothing after the last.
fn rests(zone: &PackageZone) -> Vec<Vec<i128>> {
    let n_parties = zone.space.n_parties();
    let mut rests = vec![vec![0; n_parties]];
    for block in zone.space.blocks().iter().rev() {
        let after = rests.last().into_iter().flatten().enumerate();
        let rest = after
            .map(|(party, rest)| rest + block.range(party).1)
            .collect();
        rests.push(rest);
    }
    rests.reverse();
    rests
}

/// Every package of a [`PackageZone`], depth first: the first block's first option first, the last
/// block changing fastest, which is lexicographic where no issues are coupled. What cannot be
/// completed to a package that each party accepts is not entered. Holds one package at a time.
#[derive(Debug, Clone)]
pub struct ZonePackages<'z> {
    zone: &'z PackageZone,
    rests: Vec<Vec<i128>>,
    /// The next option to try in each block entered; empty at the end.
    next: Vec<u32>,
    /// Sums before each block entered.
    sums: Vec<Vec<i128>>,
}

impl PackageZone {
    /// Every package in the zone, each made when it is asked for.
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
            rests: rests(self),
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
            rests: rests(self),
            ranked,
            ahead,
            steps: Vec::new(),
            queue: BinaryHeap::new(),
        };
        stream.offer(None, 0);
        Ok(stream)
    }

    fn can_lead_in(&self, sums: &[i128], rest: &[i128]) -> bool {
        sums.iter()
            .zip(rest)
            .zip(&self.floors)
            .all(|((sum, rest), floor)| sum + rest >= *floor)
    }
}

fn plus(sums: &[i128], row: &[i128]) -> Vec<i128> {
    sums.iter().zip(row).map(|(a, b)| a + b).collect()
}

impl Iterator for ZonePackages<'_> {
    type Item = Vec<u32>;

    fn next(&mut self) -> Option<Vec<u32>> {
        let blocks = self.zone.space.blocks();
        while let Some(option) = self.next.last_mut() {
            let tried = *option as usize;
            *option += 1;
            let depth = self.next.len() - 1;
            if tried == blocks[depth].len() {
                self.next.pop();
                self.sums.pop();
                continue;
            }
            let sums = plus(&self.sums[depth], blocks[depth].lanes(tried));
            if !self.zone.can_lead_in(&sums, &self.rests[depth + 1]) {
                continue;
            }
            if depth + 1 < blocks.len() {
                self.next.push(0);
                self.sums.push(sums);
            } else if self.zone.accepts(&sums) {
                let choice: Vec<u32> = self.next.iter().map(|next| next - 1).collect();
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
    rests: Vec<Vec<i128>>,
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
            self.zone.can_lead_in(&sums, &self.rests[depth + 1])
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
