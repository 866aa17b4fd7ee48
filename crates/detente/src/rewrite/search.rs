//! The searches for rewrites.

use std::collections::BTreeMap;

use detente_uncertainty::{
    Response,
    flip::{Effort, Flip, FlipSearch, Norm, nearest_flip},
    map_draws,
};

use super::{
    RewriteOptions,
    confirm::Confirm,
    edits::{acts, types, written},
};
use crate::{
    Aspect, DetenteError,
    assessment::{Changes, Measure, Rewrite, Within},
    model::Model,
    probe::{Frame, Probe, party_of},
    quantity::Date,
};

/// The margin that decides: that of the last barrier.
pub(super) const DECIDES: usize = 4;

/// More numbers than this are not few.
const FEW: usize = 3;

/// What the searches found.
pub(super) struct Found {
    pub(super) margin: f64,
    pub(super) rewrites: Vec<Rewrite>,
    pub(super) fruitless: Vec<Within>,
    pub(super) evaluations: u64,
}

/// One search: among what, by which norm.
struct Question {
    within: Within,
    norm: Norm,
    free: Vec<bool>,
}

impl Found {
    /// Asks every question that has a number to move.
    pub(super) fn search(
        model: &Model,
        until: Date,
        seed: u64,
        asked: &RewriteOptions,
        free: &[bool],
    ) -> Result<Self, DetenteError> {
        let probe = Probe::new(model, until, Frame::Score).standing_still()?;
        let questions = questions(model, &probe, free);
        let effort = Effort {
            seed,
            budget: asked.effort,
            ..Effort::default()
        };
        let flips = map_draws(
            questions.len(),
            || (),
            |(), row| flip(&probe, &questions[row], effort),
        )?;
        let mut found = Self {
            margin: confirm_margin(model, until)?,
            rewrites: Vec::new(),
            fruitless: Vec::new(),
            evaluations: probe.asked(),
        };
        let mut confirm = Confirm::new(model, until);
        for (question, flip) in questions.into_iter().zip(flips) {
            found.keep(model, &probe, &mut confirm, question.within, flip.as_ref())?;
        }
        found.relabel();
        Ok(found)
    }

    /// The changes, with the names that their numbers go by.
    pub(super) fn changes(self, model: &Model) -> Changes {
        Changes {
            acts: acts(model, &self.rewrites),
            types: types(model),
            rewrites: self.rewrites,
            fruitless: self.fruitless,
        }
    }

    /// The change that any search found to have least of a measure stands for it; once, under the
    /// name of the first search that found it.
    fn relabel(&mut self) {
        for measure in [Measure::Fewest, Measure::Sum, Measure::Likeliest] {
            let within = Within::Anything(measure);
            let least = self
                .rewrites
                .iter()
                .min_by(|left, right| measure.compare(left, right));
            let Some(least) = least.cloned() else { return };
            if let Some(own) = self.rewrites.iter_mut().find(|it| it.within == within) {
                *own = Rewrite { within, ..least };
            }
        }
        let mut told: Vec<Rewrite> = Vec::with_capacity(self.rewrites.len());
        for rewrite in std::mem::take(&mut self.rewrites) {
            if told.iter().all(|kept| !is_same(kept, &rewrite)) {
                told.push(rewrite);
            }
        }
        self.rewrites = told;
    }

    fn keep(
        &mut self,
        model: &Model,
        probe: &Probe<'_>,
        confirm: &mut Confirm<'_>,
        within: Within,
        flip: Option<&Flip>,
    ) -> Result<(), DetenteError> {
        let rewrite = match flip {
            Some(flip) => written(model, probe, confirm, within.clone(), flip)?,
            None => None,
        };
        let Some(rewrite) = rewrite else {
            self.fruitless.push(within);
            return Ok(());
        };
        self.rewrites.push(rewrite);
        Ok(())
    }
}

fn flip(
    probe: &Probe<'_>,
    question: &Question,
    effort: Effort,
) -> Result<Option<Flip>, DetenteError> {
    let search = FlipSearch {
        free: question.free.clone(),
        norm: question.norm,
        output: DECIDES,
        effort,
        ..FlipSearch::from_medians(probe.n_inputs())
    };
    let flip = nearest_flip(probe, &search)?;
    if matches!(question.within, Within::Anything(_)) {
        return Ok(flip);
    }
    // Where it takes many numbers anyway, the likeliest change tells more than the fewest.
    match flip {
        Some(flip) if flip.changed.len() > FEW => {
            let norm = Norm::L2;
            nearest_flip(probe, &FlipSearch { norm, ..search })
        }
        flip => Ok(flip),
    }
}

/// Aspects first, what was believed before what was wanted; then parties; then everything.
fn questions(model: &Model, probe: &Probe<'_>, free: &[bool]) -> Vec<Question> {
    let among = |of: &dyn Fn(&str) -> bool| -> Vec<bool> {
        (0..probe.n_inputs())
            .map(|coordinate| {
                let input = probe.input(coordinate);
                input.is_some_and(|(idx, input)| free[idx] && of(&input.name))
            })
            .collect()
    };
    let mut questions = Vec::new();
    for aspect in Aspect::ALL {
        let free = among(&|name| Aspect::of(name) == aspect);
        questions.push((Within::Aspect(aspect), Norm::Fewest, free));
    }
    for (id, _) in model.case.parties.iter() {
        let free = among(&|name| party_of(model, name) == Some(id));
        questions.push((Within::Party(id.to_owned()), Norm::Fewest, free));
    }
    for (measure, norm) in [
        (Measure::Fewest, Norm::Fewest),
        (Measure::Sum, Norm::L1),
        (Measure::Likeliest, Norm::L2),
    ] {
        questions.push((Within::Anything(measure), norm, among(&|_| true)));
    }
    questions
        .into_iter()
        .filter(|(.., free)| free.contains(&true))
        .map(|(within, norm, free)| Question { within, norm, free })
        .collect()
}

fn is_same(left: &Rewrite, right: &Rewrite) -> bool {
    let edits = |rewrite: &Rewrite| -> BTreeMap<String, u64> {
        let edits = rewrite.edits.iter();
        edits
            .map(|edit| (edit.input.clone(), edit.to.to_bits()))
            .collect()
    };
    edits(left) == edits(right)
}

fn confirm_margin(model: &Model, until: Date) -> Result<f64, DetenteError> {
    Ok(Confirm::new(model, until).run(&model.central())?.margin)
}
