//! Whether there is a zone of agreement: a package in it, or a proof that there is none.

use std::collections::BTreeSet;

use num_bigint::{BigInt, Sign};

use crate::PayoffError;

use super::{
    PackageSpace,
    cut::Cut,
    pareto::{self, Pareto},
    weights::{explore, highest},
    zone::PackageZone,
};

/// Whether a zone has a package in it, and how one knows.
#[derive(Debug, Clone, PartialEq)]
pub enum ZoneFinding {
    /// It has this one.
    Open {
        /// The options, one for each issue.
        package: Vec<u32>,
        /// What it pays each party.
        payoffs: Vec<f64>,
    },
    /// It has none, for this reason.
    Closed(NoZoneProof),
}

/// Why no package is in a zone, in a form that [`PackageZone::verify`] checks without trusting how
/// it was found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum NoZoneProof {
    /// Weights `λ_i ≥ 0`, one for each party, in units of 1 over its payoff up to a common factor: no
    /// package has a weighted sum of gains `Σ λ_i (U_i(x) − d_i)` of as much as every package in the
    /// zone would have. Not even a lottery over packages would do. A party with weight 0 matters
    /// nothing; a single party with a weight asks for more than any package pays it.
    Weights(Vec<f64>),
    /// A lottery over packages would do, but no package does: sums that stand for all partial
    /// packages as issues are settled one by one, until none is left.
    Exhaustion(Exhaustion),
}

/// Partial packages that stand for all, block by block: whatever is settled on the blocks so far is
/// no better for any party than one of them, or so bad for one, or in a weighted sum over all,
/// that the best of the rest does not make up for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhaustion {
    order: Vec<usize>,
    /// Weights, one for each party: a weighted sum that the best of the rest does not lift to what
    /// the floors weigh is as hopeless as a payoff that it does not lift to a floor. None if not used.
    weights: Vec<i64>,
    /// Sums after each block, end to end, in the parties' lanes.
    layers: Vec<Vec<i128>>,
}

impl Exhaustion {
    /// How many partial packages the proof names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.iter().map(Vec::len).sum()
    }

    /// Whether it names none, as where the first issue to be settled closes the zone.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl PackageZone {
    /// A package in the zone, or a proof that there is none.
    ///
    /// Weights are tried first ([`NoZoneProof::Weights`]): O(options · parties) for each of a few
    /// hundred weightings, and in most negotiations they decide, one way or the other. Where only a
    /// lottery would do, or a package that is best under no weights, the undominated partial
    /// packages that can still get there are followed issue by issue, as in
    /// [`PackageSpace::rational_frontier`]. (The question is NP-hard in general.)
    ///
    /// # Errors
    /// [`PayoffError::TooManyHeld`] beyond [`SearchLimits::points`](super::SearchLimits::points).
    pub fn search(&self) -> Result<ZoneFinding, PayoffError> {
        let explored = explore(&self.space, &self.floors);
        if let Some((choice, lanes)) = explored.tried.iter().find(|(_, lanes)| self.accepts(lanes))
        {
            return Ok(self.open(&self.space.package(choice), lanes));
        }
        let proof = NoZoneProof::Weights(explored.weights);
        if self.verify(&proof) {
            return Ok(ZoneFinding::Closed(proof));
        }
        self.exhaust()
    }

    fn open(&self, package: &[u32], lanes: &[i128]) -> ZoneFinding {
        ZoneFinding::Open {
            package: package.to_vec(),
            payoffs: self.space.to_payoffs(lanes),
        }
    }

    /// Follows the undominated partial packages that can still reach the floors.
    pub(super) fn exhaust(&self) -> Result<ZoneFinding, PayoffError> {
        let mut layers = Vec::new();
        let pareto = pareto::watched(&self.space, &self.floors, "the search for a zone", |sums| {
            layers.push(sums.to_vec());
        })?;
        let mut ends = pareto.lanes.chunks_exact(self.space.n_parties());
        match ends.position(|lanes| self.accepts(lanes)) {
            Some(place) => {
                let package = pareto.package(&self.space, place);
                let lanes =
                    &pareto.lanes[place * self.space.n_parties()..][..self.space.n_parties()];
                Ok(self.open(&package, lanes))
            }
            None => Ok(ZoneFinding::Closed(NoZoneProof::Exhaustion(Exhaustion {
                order: pareto.steps.iter().map(|step| step.block).collect(),
                weights: pareto.weights,
                layers,
            }))),
        }
    }

    /// Whether the proof shows that this zone is empty. It is checked from the payoffs alone, in
    /// exact arithmetic: weights in O(options · parties); an exhaustion in O(options · n²) where it
    /// names n partial packages a block.
    #[must_use]
    pub fn verify(&self, proof: &NoZoneProof) -> bool {
        match proof {
            NoZoneProof::Weights(weights) => self.verify_weights(weights),
            NoZoneProof::Exhaustion(exhaustion) => self.verify_exhaustion(exhaustion),
        }
    }

    fn verify_weights(&self, weights: &[f64]) -> bool {
        let sound = |&weight: &f64| weight.is_finite() && weight >= 0.0;
        if weights.len() != self.space.n_parties() || !weights.iter().all(sound) {
            return false;
        }
        let sum: BigInt = highest(&self.space, &self.floors, weights);
        // Where a level sum is reached, it is by paying every party that weighs its floor.
        let level_is_outside = self.excludes_floors() && weights.iter().all(|&weight| weight > 0.0);
        sum.sign() == Sign::Minus || (sum.sign() == Sign::NoSign && level_is_outside)
    }

    fn verify_exhaustion(&self, exhaustion: &Exhaustion) -> bool {
        let n_blocks = self.space.blocks().len();
        let all: BTreeSet<usize> = exhaustion.order.iter().copied().collect();
        if !all.into_iter().eq(0..n_blocks)
            || exhaustion.order.len() != n_blocks
            || exhaustion.layers.len() != n_blocks
        {
            return false;
        }
        let n_parties = self.space.n_parties();
        let mut rest: Vec<i128> = (0..n_parties)
            .map(|party| self.space.lane_range(party).1 - self.space.base[party])
            .collect();
        let mut cut = Cut::with(&self.space, &self.floors, exhaustion.weights.clone());
        if cut.is_none() && !exhaustion.weights.is_empty() {
            return false;
        }
        let mut before = &self.space.base;
        for (&block, layer) in exhaustion.order.iter().zip(&exhaustion.layers) {
            for (party, rest) in rest.iter_mut().enumerate() {
                *rest -= self.space.blocks()[block].range(party).1;
            }
            if let Some(cut) = &mut cut {
                cut.settle(&self.space.blocks()[block]);
            }
            let stood_for = |sum: &[i128]| {
                layer
                    .chunks_exact(n_parties)
                    .any(|member| member.iter().zip(sum).all(|(m, s)| m >= s))
            };
            let hopeless = |sum: &[i128]| {
                !self.can_reach(sum, &rest) || cut.as_ref().is_some_and(|cut| !cut.admits(sum))
            };
            let settled = |sum: &[i128]| hopeless(sum) || stood_for(sum);
            if !sums(&self.space, before, block).all(|sum| settled(&sum)) {
                return false;
            }
            before = layer;
        }
        before.chunks_exact(n_parties).all(|sum| !self.accepts(sum))
    }

    fn can_reach(&self, sum: &[i128], rest: &[i128]) -> bool {
        let parties = sum.iter().zip(rest).zip(&self.floors);
        parties
            .into_iter()
            .all(|((sum, rest), floor)| sum + rest >= *floor)
    }
}

/// Every sum of a member of the list and an option of the block.
fn sums(space: &PackageSpace, list: &[i128], block: usize) -> impl Iterator<Item = Vec<i128>> {
    list.chunks_exact(space.n_parties())
        .flat_map(move |member| {
            space.blocks()[block]
                .rows()
                .map(move |row| member.iter().zip(row).map(|(a, b)| a + b).collect())
        })
}

impl Pareto {
    /// The first package that has the sums at a place.
    pub(super) fn package(&self, space: &PackageSpace, mut place: usize) -> Vec<u32> {
        let mut choice = vec![0; self.steps.len()];
        for step in self.steps.iter().rev() {
            let origin = step.links.of(place)[0];
            choice[step.block] = step.options[origin.shift as usize];
            place = origin.from as usize;
        }
        space.package(&choice)
    }
}
