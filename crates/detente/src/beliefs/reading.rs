//! The acts of a record as the engine reads them.

use detente_quantity::{LogOdds, Probability};
use detente_reputation::{
    Act, Belief, Drift, Effect, Engine, Evidence, Forgetting, HalfLife, ReputationError, SameDay,
    Settings, Shock, Sighting, Tone, Transition,
};

use super::{
    BeliefOptions,
    record::{Coded, Named, Watch},
};
use crate::DetenteError;

/// Days in a year, for chances given by the year.
const DAYS: f64 = 365.25;

/// The belief before the acts.
pub(super) fn prior(watch: &Watch) -> Result<Belief, DetenteError> {
    let chances: Vec<Probability> = { watch.prior.iter() }
        .map(|it| Probability::saturating(it.central))
        .collect();
    let belief = match watch.dogmatic || chances.len() == 1 {
        true => Belief::dogmatic(&chances),
        false => Belief::new(&chances),
    };
    belief.map_err(|source| refused(watch, source))
}

/// The engine that the options ask for.
pub(super) fn engine(
    watch: &Watch,
    options: &BeliefOptions,
    same_day: SameDay,
) -> Result<Engine, DetenteError> {
    let prior = prior(watch)?;
    let settings = Settings {
        same_day,
        drift: (options.drift > Probability::ZERO).then(|| Drift::PerDay(daily(options, &prior))),
        shocks: { options.changes.iter() }
            .filter(|it| {
                it.about
                    .as_deref()
                    .is_none_or(|about| is(&watch.about, about))
            })
            .map(|it| Shock {
                date: it.date,
                effect: Effect::Redraw(it.chance),
            })
            .collect(),
        forgetting: { options.half_life }
            .map(|days| HalfLife::new(days).map(Forgetting::ByDays))
            .transpose()
            .map_err(|source| refused(watch, source))?,
        ..Settings::default()
    };
    Engine::new(prior, settings).map_err(|source| refused(watch, source))
}

/// A party, by id or name.
pub(super) fn is(named: &Named, text: &str) -> bool {
    named.id == text || named.name == text
}

/// A type drawn anew with the chance that makes the yearly one over a year.
fn daily(options: &BeliefOptions, prior: &Belief) -> Transition {
    let stays = options.drift.complement().get();
    let chance = Probability::saturating(-(stays.ln() / DAYS).exp_m1());
    Transition::redraw(chance, prior)
}

/// The acts, at central values. An act whose tone is not coded is read by its likelihoods alone, and
/// no bias is coded where tones are not.
pub(super) fn acts(watch: &Watch) -> Result<Vec<Sighting>, DetenteError> {
    let acts = watch.seen.iter().map(|seen| {
        let tone = seen.tone.unwrap_or(Tone::Cooperative);
        Ok(Sighting::act(seen.known, act(tone, &seen.evidence)?))
    });
    acts.collect::<Result<_, ReputationError>>()
        .map_err(|source| refused(watch, source))
}

fn act(tone: Tone, coded: &Coded) -> Result<Act, ReputationError> {
    let mut cost = None;
    let evidence = match coded {
        Coded::Likelihoods {
            forced,
            cost: coded,
            types,
        } => {
            // Its bounds make it finite.
            cost = coded.and_then(|cost| LogOdds::new(cost).ok());
            Evidence::likelihoods(
                { types.iter() }
                    .map(|it| Probability::saturating(it.central))
                    .collect(),
                Probability::saturating(forced.central),
            )
        }
        Coded::Ratios(types) => Evidence::ratios(types.iter().map(|it| it.central).collect()),
        Coded::Retraction(taken) => return Act::retracting(&act(tone, taken)?),
    };
    let act = Act::new(tone, evidence?);
    Ok(match cost {
        Some(cost) => act.costing(cost),
        None => act,
    })
}

pub(super) fn refused(watch: &Watch, source: ReputationError) -> DetenteError {
    if let ReputationError::Impossible { act } = &source
        && let Some(seen) = act.checked_sub(1).and_then(|place| watch.seen.get(place))
    {
        return DetenteError::ImpossibleAct {
            observer: watch.observer.id.clone(),
            about: watch.about.id.clone(),
            act: seen.id.clone(),
        };
    }
    DetenteError::Belief {
        observer: watch.observer.id.clone(),
        about: watch.about.id.clone(),
        source,
    }
}
