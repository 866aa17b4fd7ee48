//! The case run again at the values that a rewrite names.

use crate::{
    DetenteError,
    assess::first_by_name,
    assessment::Verdict,
    case::Terms,
    evaluate::{Scratch, World, attaining, margins, survey},
    model::Model,
    quantity::Date,
};

/// Runs a case at values of its inputs, true types at their likeliest.
pub(super) struct Confirm<'m> {
    model: &'m Model,
    until: Date,
    world: World,
}

/// What such a run shows.
pub(super) struct Outcome {
    pub(super) verdict: Verdict,
    pub(super) margin: f64,
    pub(super) terms: Terms,
}

impl<'m> Confirm<'m> {
    pub(super) fn new(model: &'m Model, until: Date) -> Self {
        Self {
            model,
            until,
            world: World::default(),
        }
    }

    /// Whether an agreement passes every barrier, by the funnel and not by the margin that the
    /// search went by.
    pub(super) fn agrees(&mut self, values: &[f64]) -> Result<bool, DetenteError> {
        Ok(self.verdict(values)? == Verdict::AgreementExpected)
    }

    fn verdict(&mut self, values: &[f64]) -> Result<Verdict, DetenteError> {
        self.world.fill(self.model, values, self.until, |_| None)?;
        let survey = survey(self.model, &self.world, |_, _, _, _| {})?;
        Ok(Verdict::of(&survey.survivors))
    }

    pub(super) fn run(&mut self, values: &[f64]) -> Result<Outcome, DetenteError> {
        let verdict = self.verdict(values)?;
        let margins = margins(self.model, &self.world, &mut Scratch::default())?;
        let [.., furthest] = attaining(self.model, &self.world, &margins)?;
        let agreement = first_by_name(self.model, &furthest);
        Ok(Outcome {
            verdict,
            margin: margins.at[4],
            terms: agreement.map_or_else(Terms::new, |it| self.model.terms(it)),
        })
    }
}
