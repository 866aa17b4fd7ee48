//! One coding with some of its numbers from another.

use super::numbers::Unit;
use crate::{
    DetenteError, Model, Options,
    assess::until,
    assessment::Verdict,
    evaluate::{Scratch, World, margins},
};

/// Two codings, and what they differ in.
pub(super) struct Mixture<'m> {
    models: [&'m Model; 2],
    central: [Vec<f64>; 2],
    units: &'m [Unit],
    options: Options,
}

/// What a mixture comes to at central values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outcome {
    /// The margin of the last barrier.
    pub(super) margin: f64,
    pub(super) verdict: Verdict,
}

impl<'m> Mixture<'m> {
    pub(super) fn new(models: [&'m Model; 2], units: &'m [Unit], options: &Options) -> Self {
        Self {
            models,
            central: models.map(Model::central),
            units,
            options: *options,
        }
    }

    pub(super) fn units(&self) -> usize {
        self.units.len()
    }

    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    /// One of the two as it is.
    pub(super) fn original(&self, which: usize) -> Result<Outcome, DetenteError> {
        self.outcome(which, |_| which)
    }

    /// The structure of one of the two, and each number from the one that `source` tells.
    ///
    /// Cost: a central run.
    pub(super) fn outcome(
        &self,
        structure: usize,
        source: impl Fn(usize) -> usize,
    ) -> Result<Outcome, DetenteError> {
        let mut values = self.central[structure].clone();
        for (idx, unit) in self.units.iter().enumerate() {
            let from = source(idx);
            for slots in &unit.slots {
                values[slots[structure]] = self.central[from][slots[from]];
            }
        }
        let model = self.models[structure];
        let mut world = World::default();
        world.fill(model, &values, until(model, &self.options), |_| None)?;
        let at = margins(model, &world, &mut Scratch::default())?.at;
        // A margin is above 0 exactly where some agreement survives.
        let stopped = at.iter().position(|margin| *margin <= 0.0).unwrap_or(5);
        Ok(Outcome {
            margin: at[4],
            verdict: Verdict::ALL[stopped],
        })
    }

    /// The same as a model to draw from. What goes together does so as in the structure, but for
    /// numbers that are exact where they come from.
    pub(super) fn model(
        &self,
        structure: usize,
        source: impl Fn(usize) -> usize,
    ) -> Result<Model, DetenteError> {
        let mut model = self.models[structure].clone();
        for (idx, unit) in self.units.iter().enumerate() {
            let from = source(idx);
            for slots in &unit.slots {
                let value = &self.models[from].inputs[slots[from]].value;
                model.inputs[slots[structure]].value.clone_from(value);
            }
        }
        if let Some(correlations) = &model.correlations {
            let inputs = &model.inputs;
            model.correlations = correlations.among(|idx| !inputs[idx].value.is_exact())?;
        }
        Ok(model)
    }
}
