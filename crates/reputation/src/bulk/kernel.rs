//! The three loops of the type filter, and which of them serves which model.

mod fixed;
mod general;
mod mixing;

use std::{fmt::Debug, sync::Arc};

use fixed::Fixed;
use general::General;
use mixing::Mixing;

/// A checked model: one row of likelihoods a symbol, each as long as the prior.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) prior: Vec<f64>,
    pub(super) prior_logs: Vec<f64>,
    pub(super) likelihoods: Vec<Vec<f64>>,
    pub(super) switching: Option<Vec<Vec<f64>>>,
}

/// Reads one whole series.
pub(super) trait Kernel: Debug + Send + Sync {
    /// Writes the belief after each act, type by type; gives the log-likelihood of the series.
    /// NaN marks an impossible act and all that follow it.
    fn filter(&self, symbols: &[u8], beliefs: &mut [f64]) -> f64;

    /// Writes the belief after the last act; otherwise as [`Kernel::filter`].
    fn last(&self, symbols: &[u8], belief: &mut [f64]) -> f64;
}

/// A loop that can be left and taken up again between any two acts.
trait Steps {
    type State;

    fn n_types(&self) -> usize;
    fn start(&self) -> Self::State;
    fn advance(&self, state: &mut Self::State, symbols: &[u8], beliefs: &mut [f64]);
    fn log_likelihood(&self, state: &Self::State) -> f64;
    fn write_prior(&self, belief: &mut [f64]);
}

/// How many numbers of beliefs are kept at a time where only the last belief is asked for.
const SCRATCH: usize = 1024;

impl<T: Steps + Debug + Send + Sync> Kernel for T {
    fn filter(&self, symbols: &[u8], beliefs: &mut [f64]) -> f64 {
        let mut state = self.start();
        self.advance(&mut state, symbols, beliefs);
        self.log_likelihood(&state)
    }

    fn last(&self, symbols: &[u8], belief: &mut [f64]) -> f64 {
        self.write_prior(belief);
        let mut state = self.start();
        let mut scratch = [0.0; SCRATCH];
        let mut large = Vec::new();
        let n_types = self.n_types();
        let beliefs: &mut [f64] = if n_types <= SCRATCH {
            &mut scratch
        } else {
            large.resize(n_types, 0.0);
            &mut large
        };
        for symbols in symbols.chunks(beliefs.len() / n_types) {
            let beliefs = &mut beliefs[..symbols.len() * n_types];
            self.advance(&mut state, symbols, beliefs);
            if let Some(last) = beliefs.rchunks_exact(n_types).next() {
                belief.copy_from_slice(last);
            }
        }
        self.log_likelihood(&state)
    }
}

/// The least chance of switching from any type to any other at which [`Mixing`] is exact: eight
/// acts between two normalisations cannot underflow, and a type lost to rounding would have had
/// less than 10⁻²⁷⁰ of the belief.
const MIXING: f64 = 1e-30;

/// The fastest loop that is exact for the model.
pub(super) fn choose(model: &Model) -> Arc<dyn Kernel> {
    let mixes = |rows: &Vec<Vec<f64>>| rows.iter().flatten().all(|&chance| chance >= MIXING);
    match (model.prior.len(), &model.switching) {
        (2, None) => Arc::new(Fixed::<2>::new(model)),
        (3, None) => Arc::new(Fixed::<3>::new(model)),
        (4, None) => Arc::new(Fixed::<4>::new(model)),
        (2, Some(rows)) if mixes(rows) => Arc::new(Mixing::<2>::new(model, rows)),
        (3, Some(rows)) if mixes(rows) => Arc::new(Mixing::<3>::new(model, rows)),
        (4, Some(rows)) if mixes(rows) => Arc::new(Mixing::<4>::new(model, rows)),
        _ => Arc::new(General::new(model)),
    }
}

/// The first `K` of `values`.
fn array<const K: usize>(values: &[f64]) -> [f64; K] {
    let mut array = [0.0; K];
    array
        .iter_mut()
        .zip(values)
        .for_each(|(entry, value)| *entry = *value);
    array
}

#[cfg(test)]
mod tests;
