//! Draws of the inputs: each from the stream keyed by its name, so that place and thread are
//! nothing to it.

use detente_uncertainty::{Sampler, Stream};

use crate::{DetenteError, model::Model};

/// Draws are made in blocks, so that a block of every input fits in memory whatever their number.
pub(super) const BLOCK: usize = 2048;

/// Central values of every input.
pub(super) fn central(model: &Model) -> Vec<f64> {
    model
        .inputs
        .iter()
        .map(|input| input.value.central())
        .collect()
}

/// One block of draws: values by draw, then by input.
pub(super) struct Block {
    first: usize,
    inputs: usize,
    values: Vec<f64>,
}

impl Block {
    /// Samples draws `first..first + draws`; a sample outside its field's range is an error that
    /// names the input and the draw.
    ///
    /// Cost: O(inputs × draws).
    pub(super) fn sample(
        model: &Model,
        sampler: &Sampler,
        first: usize,
        draws: usize,
    ) -> Result<Self, DetenteError> {
        let inputs = model.inputs.len();
        let mut values = vec![0.0; inputs * draws];
        let mut column = vec![0.0; draws];
        let mut failure: Option<DetenteError> = None;
        let mut first_failing = usize::MAX;
        for (idx, input) in model.inputs.iter().enumerate() {
            if input.value.is_exact() {
                column.fill(input.value.central());
            } else {
                let stream = sampler.stream(&input.name);
                stream.sample(&input.value, first as u64, &mut column);
            }
            for (draw, &value) in column.iter().enumerate() {
                if !input.bounds.allow(value) && draw < first_failing {
                    first_failing = draw;
                    failure = Some(DetenteError::Sample {
                        input: input.name.clone(),
                        draw: first + draw + 1,
                        value,
                        bounds: input.bounds,
                    });
                }
                values[draw * inputs + idx] = value;
            }
        }
        match failure {
            Some(error) => Err(error),
            None => Ok(Self {
                first,
                inputs,
                values,
            }),
        }
    }

    /// The values of one draw of the block, by input.
    pub(super) fn draw(&self, draw: usize) -> &[f64] {
        &self.values[draw * self.inputs..(draw + 1) * self.inputs]
    }

    /// The number of a draw in the run, from 0.
    pub(super) fn number(&self, draw: usize) -> u64 {
        (self.first + draw) as u64
    }
}

/// The uniform number that decides a party's true type in a draw.
pub(super) fn true_type(sampler: &Sampler, name: &str, draw: u64) -> f64 {
    let stream: Stream = sampler.stream(name);
    stream.uniform(draw)
}
