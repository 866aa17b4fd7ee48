//! Backwards through the runs, with what each was thought before and after every reading.

use super::{
    logs,
    passage::Passage,
    run::{Run, Runs},
};
use crate::{Belief, ReputationError};

/// One reading's joint log-probabilities of run and type, and the way that led to it.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// How time passed since the reading before.
    pub(crate) passage: Passage,
    pub(crate) predicted: Runs,
    pub(crate) filtered: Runs,
}

/// The smoothed belief of every reading (Kim 1994): what was filtered, times how much likelier
/// hindsight finds where it leads than foresight did. O(readings · runs · (types² + log runs)).
pub(crate) fn smoothed(steps: &[Step]) -> Result<Vec<Belief>, ReputationError> {
    let mut beliefs = Vec::with_capacity(steps.len());
    let mut later: Option<(&Step, Vec<Hindsight>)> = None;
    for step in steps.iter().rev() {
        let here = match &later {
            Some((next, hindsight)) => carried_back(step, next, hindsight),
            None => step.filtered.0.iter().map(Hindsight::of).collect(),
        };
        let types = here.first().map_or(0, |run| run.joint.len());
        let over_runs = |place: usize| logs::sum(here.iter().map(|run| run.joint[place]));
        let log_weights = (0..types).map(over_runs).collect();
        beliefs.push(Belief::from_log_weights(log_weights)?);
        later = Some((step, here));
    }
    beliefs.reverse();
    Ok(beliefs)
}

/// A run's joint log-probabilities with each type, in hindsight.
struct Hindsight {
    since: usize,
    joint: Vec<f64>,
}

impl Hindsight {
    fn of(run: &Run) -> Self {
        Self {
            since: run.since,
            joint: run.joint().collect(),
        }
    }

    /// How much likelier hindsight finds each type of the run than the prediction did, in
    /// logarithms; negative infinity where both exclude it.
    fn surprise(&self, predicted: &Run) -> Vec<f64> {
        let pairs = self.joint.iter().zip(predicted.joint());
        let ratio = |(after, before): (&f64, f64)| {
            if *after == f64::NEG_INFINITY {
                *after
            } else {
                after - before
            }
        };
        pairs.map(ratio).collect()
    }
}

fn carried_back(step: &Step, next: &Step, hindsight: &[Hindsight]) -> Vec<Hindsight> {
    let passage = &next.passage;
    // Runs stand oldest first.
    let surprise = |since: usize| {
        let place = hindsight.binary_search_by_key(&since, |run| run.since);
        let run = hindsight.get(place.ok()?)?;
        let foreseen = &next.predicted.0;
        let place = foreseen.binary_search_by_key(&since, |run| run.since);
        Some(run.surprise(foreseen.get(place.ok()?)?))
    };
    let newest = step.filtered.0.last().map_or(0, |run| run.since);
    // The run that began with the next reading, if one did: as likely from every run and type.
    let begun = hindsight.last().filter(|run| run.since > newest);
    let renewed = begun.and_then(|run| surprise(run.since)).map(|surprise| {
        let fresh = passage.fresh.iter().map(|share| share.ln());
        logs::sum(
            fresh
                .zip(surprise)
                .map(|(share, surprise)| share + surprise),
        )
    });
    let mut here: Vec<Hindsight> = step.filtered.0.iter().map(Hindsight::of).collect();
    for run in &mut here {
        let on = surprise(run.since).map(|surprise| back_through(passage, &surprise));
        for (place, joint) in run.joint.iter_mut().enumerate() {
            let goes_on = on.as_ref().map_or(f64::NEG_INFINITY, |on| on[place]);
            *joint += logs::sum([goes_on, renewed.unwrap_or(f64::NEG_INFINITY)].into_iter());
        }
    }
    let total = logs::sum(here.iter().flat_map(|run| run.joint.iter().copied()));
    for joint in here.iter_mut().flat_map(|run| &mut run.joint) {
        *joint -= total;
    }
    here
}

/// The surprise to be had from each type now, over where its run may go.
fn back_through(passage: &Passage, surprise: &[f64]) -> Vec<f64> {
    let goes_on = passage.goes_on.ln();
    let Some(drift) = &passage.drift else {
        return surprise.iter().map(|it| goes_on + it).collect();
    };
    let from = |now: usize| {
        let chances = drift.square().row(now).iter().map(|chance| chance.ln());
        goes_on
            + logs::sum(
                chances
                    .zip(surprise)
                    .map(|(chance, surprise)| chance + surprise),
            )
    };
    (0..surprise.len()).map(from).collect()
}
