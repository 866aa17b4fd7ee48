//! What each observer believes of each other party, warranted and as held.

use detente_perception::{BiasParams, BiasProfile, Situational};
use detente_quantity::{Date, Probability};
use detente_reputation::{Act, Belief, Evidence, Reader, ReputationError, Warranted, trajectory};

use super::world::resolve;
use crate::{
    DetenteError,
    model::{ActModel, EvidenceModel, Model, View},
};

/// The evidence as it was, or as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lens {
    /// As it was: Bayes.
    Warranted,
    /// As it was read, under the observer's bias profile.
    Held,
}

/// One observer's beliefs about one other party in one draw: first the prior, then the belief
/// after each act that it had come to know of.
#[derive(Debug, Clone)]
pub(crate) struct ViewWorld {
    pub(crate) observer: usize,
    pub(crate) about: usize,
    pub(crate) warranted: Vec<Vec<f64>>,
    pub(crate) held: Vec<Vec<f64>>,
}

impl ViewWorld {
    /// Beliefs over the other party's types: the prior, then one belief an act.
    pub(crate) fn beliefs(&self, lens: Lens) -> &[Vec<f64>] {
        match lens {
            Lens::Warranted => &self.warranted,
            Lens::Held => &self.held,
        }
    }

    /// The probability that the other party honours, on the last belief.
    pub(crate) fn trust(&self, lens: Lens, honours: &[bool]) -> f64 {
        self.beliefs(lens)
            .last()
            .map_or(1.0, |belief| probability_of(belief, honours))
    }
}

/// The probability of the types that honour. Exactly 1 where all do, which a sum of rounded
/// probabilities might miss.
pub(crate) fn probability_of(belief: &[f64], honours: &[bool]) -> f64 {
    if honours.iter().all(|&honours| honours) {
        return 1.0;
    }
    belief
        .iter()
        .zip(honours)
        .filter(|(_, honours)| **honours)
        .map(|(belief, _)| belief)
        .sum()
}

/// Every observer's beliefs, on the acts known by `until`.
pub(super) fn views(
    model: &Model,
    values: &[f64],
    until: Date,
) -> Result<Vec<ViewWorld>, DetenteError> {
    model
        .views
        .iter()
        .map(|view| view_world(model, view, values, until))
        .collect()
}

fn view_world(
    model: &Model,
    view: &View,
    values: &[f64],
    until: Date,
) -> Result<ViewWorld, DetenteError> {
    let name = |party: usize| {
        model
            .case
            .parties
            .names()
            .nth(party)
            .unwrap_or_default()
            .to_owned()
    };
    let failed = |source: ReputationError| DetenteError::Belief {
        observer: name(view.observer),
        about: name(view.about),
        source,
    };
    let prior = resolve(&view.prior, values)?;
    let probabilities: Vec<Probability> = prior
        .iter()
        .map(|&chance| Probability::saturating(chance))
        .collect();
    let belief = if view.dogmatic {
        Belief::dogmatic(&probabilities)
    } else {
        Belief::new(&probabilities)
    }
    .map_err(failed)?;
    let acts = view
        .sightings
        .iter()
        .take_while(|sighting| sighting.known <= until)
        .map(|sighting| act(&model.acts[sighting.act], values))
        .collect::<Result<Vec<Act>, ReputationError>>()
        .map_err(failed)?;
    let profile = bias(model, view.observer, values)?;
    let series = |reader: &dyn Reader| -> Result<Vec<Vec<f64>>, DetenteError> {
        let beliefs = trajectory(&belief, &acts, reader).map_err(failed)?;
        Ok(std::iter::once(prior.clone())
            .chain(beliefs.iter().map(Belief::probabilities))
            .collect())
    };
    let warranted = series(&Warranted)?;
    let held = match &profile {
        Some(profile) => series(profile)?,
        None => warranted.clone(),
    };
    Ok(ViewWorld {
        observer: view.observer,
        about: view.about,
        warranted,
        held,
    })
}

fn act(act: &ActModel, values: &[f64]) -> Result<Act, ReputationError> {
    let evidence = match &act.evidence {
        EvidenceModel::Likelihoods { forced, types } => Evidence::likelihoods(
            types
                .iter()
                .map(|slot| Probability::saturating(slot.of(values)))
                .collect(),
            Probability::saturating(forced.of(values)),
        )?,
        EvidenceModel::Ratios(types) => {
            Evidence::ratios(types.iter().map(|slot| slot.of(values)).collect())?
        }
    };
    Ok(Act::new(act.tone, evidence))
}

fn bias(
    model: &Model,
    observer: usize,
    values: &[f64],
) -> Result<Option<BiasProfile>, DetenteError> {
    let Some(bias) = &model.parties[observer].bias else {
        return Ok(None);
    };
    let params = BiasParams {
        situational: Situational {
            cooperative: bias.cooperative.of(values),
            hostile: bias.hostile.of(values),
        },
        bad_faith: bias.bad_faith,
        prior_weight: bias.prior_weight.of(values),
        evidence_weight: bias.evidence_weight.of(values),
    };
    BiasProfile::new(params)
        .map(Some)
        .map_err(|source| DetenteError::Perception {
            party: model
                .case
                .parties
                .names()
                .nth(observer)
                .unwrap_or_default()
                .to_owned(),
            source,
        })
}
