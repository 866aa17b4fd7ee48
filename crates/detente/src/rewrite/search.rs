//! The searches for rewrites.

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
    probe::{Frame, Probe},
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
            evaluations: 0,
        };
        let mut confirm = Confirm::new(model, until);
        for (question, flip) in questions.into_iter().zip(flips) {
            found.keep(model, &probe, &mut confirm, question.within, flip.as_ref())?;
        }
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

    fn keep(
        &mut self,
        model: &Model,
        probe: &Probe<'_>,
        confirm: &mut Confirm<'_>,
        within: Within,
        flip: Option<&Flip>,
    ) -> Result<(), DetenteError> {
        self.evaluations += flip.map_or(0, |flip| flip.evaluations as u64);
        let rewrite = match flip {
            Some(flip) => written(model, probe, confirm, within.clone(), flip)?,
            None => None,
        };
        let Some(rewrite) = rewrite else {
            self.fruitless.push(within);
            return Ok(());
        };
        if self
            .rewrites
            .iter()
            .all(|kept| !same_numbers(kept, &rewrite))
        {
            self.rewrites.push(rewrite);
        }
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
            let likeliest = nearest_flip(probe, &FlipSearch { norm, ..search })?;
            let evaluations = flip.evaluations;
            Ok(likeliest.map(|likeliest| Flip {
                evaluations: evaluations + likeliest.evaluations,
                ..likeliest
            }))
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
        let free = among(&|name| side(model, name) == Some(id));
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

/// The party whose number it is: its own, or that of an act it did.
fn side<'m>(model: &'m Model, name: &'m str) -> Option<&'m str> {
    let mut words = name.split('.');
    match (words.next()?, words.next()?) {
        ("act", id) => {
            let mut acts = model.case.acts.iter();
            acts.find(|act| act.id == id).map(|act| act.actor.as_str())
        }
        (_, party) => Some(party),
    }
}

fn same_numbers(left: &Rewrite, right: &Rewrite) -> bool {
    let names = |rewrite: &Rewrite| -> Vec<String> {
        let mut names: Vec<String> = rewrite
            .edits
            .iter()
            .map(|edit| edit.input.clone())
            .collect();
        names.sort();
        names
    };
    names(left) == names(right)
}

fn confirm_margin(model: &Model, until: Date) -> Result<f64, DetenteError> {
    Ok(Confirm::new(model, until).run(&model.central())?.margin)
}
