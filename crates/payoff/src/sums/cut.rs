//! What a weighted sum of payoffs tells of a partial package: if the best that remains does not lift
//! it to what the floors weigh, one of the floors will not be reached.

use super::{Block, PackageSpace, weights::explore};

/// The largest weight: products with lanes of 64 bits, and their sums, fit in 128.
const LARGEST: f64 = (1_u64 << 32) as f64;

/// One weighting, kept up to date as blocks are settled.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub(super) weights: Vec<i64>,
    /// What the weighted sum of the blocks settled so far must be at least.
    pub(super) least: i128,
}

impl Cut {
    /// The weights under which the floors are hardest to reach. None where the floors ask nothing,
    /// or where lanes leave no room for products.
    pub(super) fn of(space: &PackageSpace, floors: &[i128]) -> Option<Self> {
        let asks = |(party, &floor): (usize, &i128)| floor > space.lane_range(party).0;
        if !space.is_narrow() || !floors.iter().enumerate().any(asks) {
            return None;
        }
        let weights = explore(space, floors).weights;
        let most = weights.iter().copied().fold(0.0, f64::max);
        let whole = |weight: f64| (weight / most * LARGEST).round() as i64;
        Self::with(space, floors, weights.into_iter().map(whole).collect())
    }

    /// A given weighting, if it is one.
    pub(super) fn with(space: &PackageSpace, floors: &[i128], weights: Vec<i64>) -> Option<Self> {
        let sound = |&weight: &i64| (0..=LARGEST as i64).contains(&weight);
        if !space.is_narrow() || weights.len() != floors.len() || !weights.iter().all(sound) {
            return None;
        }
        let rest: i128 = space
            .blocks()
            .iter()
            .map(|block| most(block, &weights))
            .sum();
        Some(Self {
            least: weigh(floors, &weights) - rest,
            weights,
        })
    }

    /// Counts a block among those settled. O(options · parties).
    pub(super) fn settle(&mut self, block: &Block) {
        self.least += most(block, &self.weights);
    }

    /// Whether the sums weigh enough.
    pub(super) fn admits(&self, sums: &[i128]) -> bool {
        weigh(sums, &self.weights) >= self.least
    }
}

fn weigh(lanes: &[i128], weights: &[i64]) -> i128 {
    lanes
        .iter()
        .zip(weights)
        .map(|(&lane, &weight)| lane * i128::from(weight))
        .sum()
}

fn most(block: &Block, weights: &[i64]) -> i128 {
    block
        .rows()
        .map(|row| weigh(row, weights))
        .max()
        .unwrap_or_default()
}
