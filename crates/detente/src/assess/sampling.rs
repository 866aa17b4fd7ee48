//! Draws of the inputs: each from the stream keyed by its name, so that place and thread are
//! nothing to it.

use detente_uncertainty::{Sampler, Stream};

use crate::{DetenteError, model::Model};

/// Draws are made in blocks: small enough to report progress by, large enough that reading every
/// input's stream once a block costs nothing.
pub(super) const BLOCK: usize = 128;

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
        // The first draw that fails, and of its inputs the first by name.
        let mut failing: Option<(usize, &str, DetenteError)> = None;
        for (idx, input) in model.inputs.iter().enumerate() {
            if input.value.is_exact() {
                column.fill(input.value.central());
            } else {
                let stream = sampler.stream(&input.name);
                stream.sample(&input.value, first as u64, &mut column);
            }
            for (draw, &value) in column.iter().enumerate() {
                let place = (draw, input.name.as_str());
                let earlier = failing
                    .as_ref()
                    .is_none_or(|(draw, name, _)| place < (*draw, *name));
                if !input.bounds.allow(value) && earlier {
                    let error = DetenteError::Sample {
                        input: input.name.clone(),
                        draw: first + draw + 1,
                        value,
                        bounds: input.bounds,
                    };
                    failing = Some((draw, place.1, error));
                }
                values[draw * inputs + idx] = value;
            }
        }
        match failing {
            Some((_, _, error)) => Err(error),
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
