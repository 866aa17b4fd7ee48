use detente_quantity::{Date, Probability};

use super::{
    matrix::Square,
    settings::{Drift, Effect, Forgetting, Pace, Settings},
    transition::Transition,
};
use crate::Belief;

/// Where time starts to pass.
#[derive(Debug, Clone, Copy)]
pub(crate) enum From {
    /// Before any reading.
    Prior,
    /// On the day of a reading, after its acts.
    Reading(Date),
}

/// What the passing of time does to a belief, whatever the belief: a run goes on with chance
/// `goes_on`, its types changing by `drift`; or it ends, and a new one begins with the types
/// `fresh` (which add up to `1 − goes_on`).
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    /// `None` where types do not change, so that nothing is rounded.
    pub(crate) drift: Option<Transition>,
    pub(crate) goes_on: f64,
    pub(crate) fresh: Vec<f64>,
    pub(crate) retained: Probability,
}

impl Passage {
    pub(crate) fn between(settings: &Settings, prior: &Belief, from: From, to: Date) -> Self {
        let mut passage = Self {
            drift: None,
            goes_on: 1.0,
            fresh: vec![0.0; prior.types()],
            retained: Probability::ONE,
        };
        let shocks = || settings.shocks.iter().filter(|shock| shock.date <= to);
        let (mut day, after) = match from {
            From::Reading(day) => (day, Some(day)),
            From::Prior => {
                let earliest = shocks().map(|shock| shock.date).min();
                let held = settings.since.or(earliest).unwrap_or(to);
                (held.min(to), None)
            }
        };
        let mut shocks: Vec<_> = shocks()
            .filter(|shock| after.is_none_or(|after| shock.date > after))
            .collect();
        shocks.sort_by_key(|shock| shock.date);
        for shock in shocks {
            passage.days(settings, prior, days_between(day, shock.date));
            passage.shock(settings, prior, &shock.effect);
            day = shock.date;
        }
        passage.days(settings, prior, days_between(day, to));
        if let From::Reading(earlier) = from {
            passage.once(settings, prior);
            passage.forget(settings, days_between(earlier, to));
        }
        passage
    }

    /// `days` days, each first drift and then a change-point.
    fn days(&mut self, settings: &Settings, prior: &Belief, days: u32) {
        let drift = match &settings.drift {
            Some(Drift::PerDay(daily)) => Some(daily),
            _ => None,
        };
        let hazard = match settings.changes {
            Some(Pace::PerDay(hazard)) => hazard,
            _ => Probability::ZERO,
        };
        if days > 0 {
            self.steps(drift, hazard, prior, days);
        }
    }

    /// What comes once from a reading to the next.
    fn once(&mut self, settings: &Settings, prior: &Belief) {
        let drift = match &settings.drift {
            Some(Drift::PerReading(step)) => Some(step),
            _ => None,
        };
        let hazard = match settings.changes {
            Some(Pace::PerReading(hazard)) => hazard,
            _ => Probability::ZERO,
        };
        self.steps(drift, hazard, prior, 1);
    }

    fn steps(&mut self, step: Option<&Transition>, hazard: Probability, prior: &Belief, n: u32) {
        if let Some(step) = step {
            let whole = step.power(n);
            self.then(&whole);
        }
        if hazard > Probability::ZERO {
            self.goes_on *= hazard
                .complement()
                .get()
                .powi(n.min(i32::MAX as u32) as i32);
            self.fresh = renewed(&self.fresh, step, hazard, prior, n);
        } else if let Some(step) = step {
            self.fresh = carried(&self.fresh, step.power(n).square());
        }
    }

    fn shock(&mut self, settings: &Settings, prior: &Belief, effect: &Effect) {
        match effect {
            Effect::Mix(transition) => {
                self.then(transition);
                self.fresh = carried(&self.fresh, transition.square());
            }
            Effect::Redraw(hazard) if settings.tracks_runs() => {
                self.goes_on *= hazard.complement().get();
                self.fresh = renewed(&self.fresh, None, *hazard, prior, 1);
            }
            Effect::Redraw(hazard) => self.then(&Transition::redraw(*hazard, prior)),
        }
    }

    fn then(&mut self, next: &Transition) {
        self.drift = Some(match self.drift.take() {
            Some(drift) => drift.and_then(next),
            None => next.clone(),
        });
    }

    fn forget(&mut self, settings: &Settings, days: u32) {
        self.retained = match settings.forgetting {
            Some(Forgetting::ByDays(half_life)) => half_life.retained(f64::from(days)),
            Some(Forgetting::ByReadings(retained)) => retained,
            None => Probability::ONE,
        };
    }
}

/// Days from one date to a later one; 0 if it is not later.
pub(crate) fn days_between(from: Date, to: Date) -> u32 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}

/// Weights of types after a transition.
fn carried(weights: &[f64], transition: &Square) -> Vec<f64> {
    let mut after = vec![0.0; weights.len()];
    for (now, weight) in weights.iter().enumerate() {
        for (sum, chance) in after.iter_mut().zip(transition.row(now)) {
            *sum += weight * chance;
        }
    }
    after
}

/// Types of new runs after `n` steps of drift and then renewal with chance `hazard`:
/// `f ← (1 − h)·f·A + h·π` each, where all weight, old and new, is 1. One matrix of a size more
/// does it: its last row feeds `h·π` in and stays 1.
fn renewed(
    fresh: &[f64],
    step: Option<&Transition>,
    hazard: Probability,
    prior: &Belief,
    n: u32,
) -> Vec<f64> {
    let types = fresh.len();
    let (ends, goes_on) = (hazard.get(), hazard.complement().get());
    let mut affine = Square::identity(types + 1);
    for (now, row) in affine.entries.chunks_exact_mut(types + 1).enumerate() {
        if now == types {
            for (entry, share) in row.iter_mut().zip(prior.probabilities()) {
                *entry = ends * share;
            }
        } else {
            for (then, entry) in row.iter_mut().take(types).enumerate() {
                let moves = step.map_or(*entry, |step| step.square().row(now)[then]);
                *entry = goes_on * moves;
            }
        }
    }
    let mut extended = fresh.to_vec();
    extended.push(1.0);
    let mut after = carried(&extended, &affine.power(n));
    after.truncate(types);
    after
}
