//! The package that is best under weights on the parties, issue by issue.

use super::blocks::Block;

/// A package as it was met: the choice of each block and what it pays.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub(super) choices: Vec<usize>,
    pub(super) payoffs: Vec<f64>,
}

/// What packages there are, and how often all of them were looked at.
#[derive(Debug)]
pub(super) struct Oracle<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) constants: &'a [f64],
    pub(super) rounds: usize,
}

impl Oracle<'_> {
    pub(super) fn n_parties(&self) -> usize {
        self.constants.len()
    }

    /// The package with the highest `Σ w_i U_i`, the first of equal choices. O(choices · parties).
    pub(super) fn best(&mut self, weights: &[f64]) -> Column {
        self.rounds += 1;
        let n_parties = self.n_parties();
        let mut payoffs = self.constants.to_vec();
        let mut choices = Vec::with_capacity(self.blocks.len());
        for block in self.blocks {
            let (mut choice, mut most, mut paid) = (0, f64::NEG_INFINITY, &[][..]);
            for (place, payoffs) in block.payoffs(n_parties).enumerate() {
                let sum = dot(weights, payoffs);
                if sum > most {
                    (choice, most, paid) = (place, sum, payoffs);
                }
            }
            choices.push(choice);
            for (sum, paid) in payoffs.iter_mut().zip(paid) {
                *sum += paid;
            }
        }
        Column { choices, payoffs }
    }

    /// The package that is best for one party, and for the others among those.
    pub(super) fn best_for(&mut self, party: usize) -> Column {
        let weights: Vec<f64> = (0..self.n_parties())
            .map(|other| if other == party { 1.0 } else { 0.0 })
            .collect();
        self.best(&weights)
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
