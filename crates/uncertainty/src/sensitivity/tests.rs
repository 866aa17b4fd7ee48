//! What holds across methods: known answers, coverage of intervals, laws and refusals.

mod coverage;
mod known_answers;
mod laws;
mod refusals;

use crate::{Design, Response, Sampler, Sampling, UncertaintyError};

/// A model given by a function.
pub(super) struct Model<F> {
    pub(super) n_inputs: usize,
    pub(super) n_outputs: usize,
    pub(super) f: F,
}

impl<F: Fn(&[f64], &mut [f64]) -> Result<(), UncertaintyError> + Sync> Response for Model<F> {
    type Scratch = ();
    type Error = UncertaintyError;

    fn n_inputs(&self) -> usize {
        self.n_inputs
    }

    fn n_outputs(&self) -> usize {
        self.n_outputs
    }

    fn scratch(&self) {}

    fn evaluate(
        &self,
        (): &mut (),
        point: &[f64],
        outputs: &mut [f64],
    ) -> Result<(), UncertaintyError> {
        (self.f)(point, outputs)
    }
}

/// Points for inputs named `x0`, `x1`, ….
pub(super) fn points(sampling: Sampling, seed: u64, n_inputs: usize, n_rows: usize) -> Design {
    let names: Vec<String> = (0..n_inputs).map(|input| format!("x{input}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    super::point_pairs(sampling, Sampler::new(seed), &names, n_rows).unwrap()
}
