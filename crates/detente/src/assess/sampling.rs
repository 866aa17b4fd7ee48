//! Draws of the uncertain numbers: each from the column keyed by its name, so that place and thread
//! are nothing to it.

use detente_uncertainty::{Design, Sampler};

use super::replicates::Size;
use crate::{
    DetenteError, Options,
    model::Model,
    probe::{Column, Coupling, column_name, columns},
};

/// Draws are made in blocks: small enough to report progress by, large enough that reading every
/// input's column once a block costs nothing.
pub(super) const BLOCK: usize = 128;

/// Where the draws of a run come from.
pub(super) struct Source<'m> {
    model: &'m Model,
    columns: Vec<Column>,
    coupling: Coupling<'m>,
    design: Design,
    central: Vec<f64>,
}

/// One block of draws: values by draw, then by input; and by draw, then by party, the uniform number
/// that decides a true type.
pub(super) struct Block {
    draws: usize,
    inputs: usize,
    parties: usize,
    values: Vec<f64>,
    types: Vec<Option<f64>>,
}

/// The first draw that fails, and of its inputs the first by name.
struct Failure {
    draw: usize,
    input: usize,
    value: f64,
}

impl<'m> Source<'m> {
    pub(super) fn new(
        model: &'m Model,
        options: &Options,
        size: Size,
    ) -> Result<Self, DetenteError> {
        let columns = columns(model);
        let names: Vec<&str> = columns
            .iter()
            .map(|&column| column_name(model, column))
            .collect();
        let sampler = Sampler::new(options.seed);
        let design = Design::new(
            options.sampling,
            sampler,
            &names,
            size.draws(),
            size.replicates,
        )?;
        Ok(Self {
            model,
            coupling: Coupling::new(model, &columns),
            columns,
            design,
            central: model.central(),
        })
    }

    /// Samples draws `first..first + draws`; a sample outside its field's range is an error that
    /// names the input and the draw.
    ///
    /// Cost: O(inputs × draws).
    pub(super) fn block(&self, first: usize, draws: usize) -> Result<Block, DetenteError> {
        let mut block = Block::central(self.model, &self.central, draws);
        let mut uniforms = vec![0.5; draws];
        let mut failure = None;
        let coupled = self.coupled(first, draws)?;
        for (place, &column) in self.columns.iter().enumerate() {
            match self.coupling.places().binary_search(&place) {
                Ok(member) => uniforms.copy_from_slice(&coupled[member]),
                Err(_) => self.design.uniforms(place, first, &mut uniforms)?,
            }
            match column {
                Column::TrueType(party) => block.set_types(party, &uniforms),
                Column::Input(idx) => self.set_values(&mut block, idx, &uniforms, &mut failure),
            }
        }
        match failure {
            None => Ok(block),
            Some(Failure { draw, input, value }) => {
                let input = &self.model.inputs[input];
                Err(DetenteError::Sample {
                    input: input.name.clone(),
                    draw: first + draw + 1,
                    value,
                    bounds: input.bounds,
                })
            }
        }
    }

    /// The uniforms of the correlated columns.
    fn coupled(&self, first: usize, draws: usize) -> Result<Vec<Vec<f64>>, DetenteError> {
        let places = self.coupling.places();
        let mut coupled = vec![vec![0.5; draws]; places.len()];
        for (uniforms, &place) in coupled.iter_mut().zip(places) {
            self.design.uniforms(place, first, uniforms)?;
        }
        let mut point = vec![0.5; places.len()];
        for draw in 0..draws {
            for (coordinate, uniforms) in point.iter_mut().zip(&coupled) {
                *coordinate = uniforms[draw];
            }
            self.coupling.correlate(&mut point)?;
            for (&coordinate, uniforms) in point.iter().zip(&mut coupled) {
                uniforms[draw] = coordinate;
            }
        }
        Ok(coupled)
    }

    /// Inputs are set in the order of their names.
    fn set_values(
        &self,
        block: &mut Block,
        idx: usize,
        uniforms: &[f64],
        failure: &mut Option<Failure>,
    ) {
        let input = &self.model.inputs[idx];
        for (draw, &uniform) in uniforms.iter().enumerate() {
            let value = input.value.quantile(uniform);
            let earlier = failure.as_ref().is_none_or(|failure| draw < failure.draw);
            if earlier && !input.bounds.allow(value) {
                *failure = Some(Failure {
                    draw,
                    input: idx,
                    value,
                });
            }
            block.values[draw * block.inputs + idx] = value;
        }
    }
}

impl Block {
    /// Every number at its central value, every true type the likeliest.
    fn central(model: &Model, central: &[f64], draws: usize) -> Self {
        Self {
            draws,
            inputs: central.len(),
            parties: model.parties.len(),
            values: central.repeat(draws),
            types: vec![None; model.parties.len() * draws],
        }
    }

    fn set_types(&mut self, party: usize, uniforms: &[f64]) {
        for (draw, &uniform) in uniforms.iter().enumerate() {
            self.types[draw * self.parties + party] = Some(uniform);
        }
    }

    /// How many draws it holds.
    pub(super) const fn draws(&self) -> usize {
        self.draws
    }

    /// The values of one draw of the block, by input.
    pub(super) fn values(&self, draw: usize) -> &[f64] {
        &self.values[draw * self.inputs..(draw + 1) * self.inputs]
    }

    /// The uniform number that decides a party's true type in a draw of the block; `None` where it
    /// is known.
    pub(super) fn true_type(&self, draw: usize, party: usize) -> Option<f64> {
        self.types[draw * self.parties + party]
    }
}
