//! What each observer believes of each other party, warranted and as held.

use detente_perception::BiasProfile;
use detente_quantity::{Date, LogOdds, Probability};
use detente_reputation::{
    Act, Belief, Evidence, Reader, ReputationError, Warranted, posterior, trajectory,
};

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
    /// Positions of the other party's types in the order of their names.
    by_name: Vec<usize>,
    warranted: Vec<Vec<f64>>,
    held: Vec<Vec<f64>>,
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
            .map_or(1.0, |belief| self.trust_on(belief, honours))
    }

    /// The probability of the types that honour, on one belief: exactly 0 or 1 where all possible
    /// types agree, and summed in the order of their names, so that no order of the file can tip a
    /// tie. A prior enters as it was coded, not through its logarithm, so that ties stay ties.
    pub(crate) fn trust_on(&self, belief: &[f64], honours: &[bool]) -> f64 {
        let (mut honouring, mut cheating) = (0.0, 0.0);
        for &position in &self.by_name {
            let sum = if honours[position] {
                &mut honouring
            } else {
                &mut cheating
            };
            *sum += belief[position];
        }
        honouring / (honouring + cheating)
    }
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

/// What one observer believed of one other party at first, what it came to see, and how it reads.
pub(crate) struct Watched {
    /// The prior as it was coded.
    chances: Vec<f64>,
    prior: Belief,
    /// The acts it came to know, by position in the case and as evidence.
    pub(crate) acts: Vec<(usize, Act)>,
    /// `None` where no bias is coded.
    pub(crate) profile: Option<BiasProfile>,
}

impl Watched {
    /// How the observer reads acts, as they are or as it does.
    pub(crate) fn reader(&self, lens: Lens) -> &dyn Reader {
        match (lens, &self.profile) {
            (Lens::Held, Some(profile)) => profile,
            _ => &Warranted,
        }
    }

    /// The belief after all acts.
    pub(crate) fn belief(&self, lens: Lens) -> Result<Belief, ReputationError> {
        let acts = self.acts.iter().map(|(_, act)| act);
        posterior(&self.prior, acts, self.reader(lens))
    }

    /// The prior, then the belief after each act.
    fn series(&self, lens: Lens) -> Result<Vec<Vec<f64>>, ReputationError> {
        let acts = self.acts.iter().map(|(_, act)| act);
        let later = trajectory(&self.prior, acts, self.reader(lens))?;
        let before = std::iter::once(self.chances.clone());
        Ok(before
            .chain(later.iter().map(Belief::probabilities))
            .collect())
    }
}

/// What the observer of a view had seen by `until`, in one draw.
pub(crate) fn watched(
    model: &Model,
    view: &View,
    values: &[f64],
    until: Date,
) -> Result<Watched, DetenteError> {
    let chances = resolve(&view.prior, values)?;
    let prior = prior(model, view, &chances)?;
    let known = view.sightings.iter();
    let acts = known
        .take_while(|sighting| sighting.known <= until)
        .map(|sighting| Ok((sighting.act, act(model, &model.acts[sighting.act], values)?)))
        .collect::<Result<_, ReputationError>>()
        .map_err(|source| unbelieved(model, view, source))?;
    Ok(Watched {
        chances,
        prior,
        acts,
        profile: bias(model, view.observer, values)?,
    })
}

fn view_world(
    model: &Model,
    view: &View,
    values: &[f64],
    until: Date,
) -> Result<ViewWorld, DetenteError> {
    let failed = |source| unbelieved(model, view, source);
    let watched = watched(model, view, values, until)?;
    let warranted = watched.series(Lens::Warranted).map_err(failed)?;
    let held = match &watched.profile {
        Some(_) => watched.series(Lens::Held).map_err(failed)?,
        None => warranted.clone(),
    };
    Ok(ViewWorld {
        observer: view.observer,
        about: view.about,
        by_name: view.prior.by_name.clone(),
        warranted,
        held,
    })
}

/// Names the belief that could not be moved.
pub(crate) fn unbelieved(model: &Model, view: &View, source: ReputationError) -> DetenteError {
    DetenteError::Belief {
        observer: model.party_id(view.observer).to_owned(),
        about: model.party_id(view.about).to_owned(),
        source,
    }
}

/// The belief before the acts. Certainty is refused by the type's name unless it is meant.
fn prior(model: &Model, view: &View, chances: &[f64]) -> Result<Belief, DetenteError> {
    let (observer, about) = (model.party_id(view.observer), model.party_id(view.about));
    let chances: Vec<Probability> = chances
        .iter()
        .map(|&chance| Probability::saturating(chance))
        .collect();
    if view.dogmatic || chances.len() == 1 {
        return Belief::dogmatic(&chances).map_err(|source| DetenteError::Belief {
            observer: observer.to_owned(),
            about: about.to_owned(),
            source,
        });
    }
    if let Some(position) = chances.iter().position(|chance| chance.is_certain()) {
        let types = model.case.parties.get(about).map(|party| &party.types);
        let kind = types.and_then(|types| types.at(position)).map(|(id, _)| id);
        return Err(DetenteError::Certainty {
            place: view.prior.name.clone(),
            kind: kind.unwrap_or_default().to_owned(),
            given: chances[position].get(),
        });
    }
    Belief::new(&chances).map_err(|source| DetenteError::Belief {
        observer: observer.to_owned(),
        about: about.to_owned(),
        source,
    })
}

fn act(model: &Model, seen: &ActModel, values: &[f64]) -> Result<Act, ReputationError> {
    let mut cost = None;
    let evidence = match &seen.evidence {
        EvidenceModel::Retraction(place) => {
            return Act::retracting(&act(model, &model.acts[*place], values)?);
        }
        EvidenceModel::Likelihoods {
            forced,
            cost: coded,
            types,
        } => {
            // Its bounds make it finite.
            cost = coded.and_then(|slot| LogOdds::new(slot.of(values)).ok());
            Evidence::likelihoods(
                types
                    .iter()
                    .map(|slot| Probability::saturating(slot.of(values)))
                    .collect(),
                Probability::saturating(forced.of(values)),
            )?
        }
        EvidenceModel::Ratios(types) => {
            Evidence::ratios(types.iter().map(|slot| slot.of(values)).collect())?
        }
    };
    let act = Act::new(seen.tone, evidence);
    Ok(match cost {
        Some(cost) => act.costing(cost),
        None => act,
    })
}

/// The bias profile of an observer; `None` where it is not coded.
pub(crate) fn bias(
    model: &Model,
    observer: usize,
    values: &[f64],
) -> Result<Option<BiasProfile>, DetenteError> {
    let Some(bias) = &model.parties[observer].bias else {
        return Ok(None);
    };
    BiasProfile::new(bias.params(values))
        .map(Some)
        .map_err(|source| DetenteError::Perception {
            party: model.party_id(observer).to_owned(),
            source,
        })
}
