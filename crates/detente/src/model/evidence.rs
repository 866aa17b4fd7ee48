//! Acts as evidence to those who saw them, and proposals as agreements.

use std::collections::BTreeMap;

use detente_quantity::Date;
use detente_reputation::Tone;

use super::{
    Compiler,
    inputs::{Bounds, Field, Slot},
    names::{missing, resolve, unknown},
    parties::Chances,
    space::whole,
};
use crate::{
    case::{Act, Party, PartyType, SeenBy, Weights},
    decode::{Code, Fault, Ids, Path},
};

/// One observer's view of one other party.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) observer: usize,
    pub(crate) about: usize,
    pub(crate) prior: Chances,
    pub(crate) dogmatic: bool,
    /// The acts it saw, in the order in which they became known to it.
    pub(crate) sightings: Vec<Sighting>,
}

/// An act as one observer came to know it.
#[derive(Debug, Clone)]
pub(crate) struct Sighting {
    /// Position in the list of acts.
    pub(crate) act: usize,
    /// When the observer came to know of it.
    pub(crate) known: Date,
}

/// The evidence in an act.
#[derive(Debug, Clone)]
pub(crate) struct ActModel {
    pub(crate) actor: usize,
    pub(crate) date: Date,
    pub(crate) tone: Tone,
    pub(crate) evidence: EvidenceModel,
    /// Who came to know of it, and when.
    pub(crate) known: BTreeMap<usize, Date>,
}

/// Likelihoods, every number a slot.
#[derive(Debug, Clone)]
pub(crate) enum EvidenceModel {
    /// Likelihood by type, and the chance that the situation alone produced the act.
    Likelihoods { forced: Slot, types: Vec<Slot> },
    /// Relative likelihoods; of no type where the actor's types are not coded, and the act is part
    /// of the story only.
    Ratios(Vec<Slot>),
}

impl<'c> Compiler<'c> {
    /// Every act; `None` in place of one that faults keep from being compiled.
    pub(super) fn acts(&mut self) -> Vec<Option<ActModel>> {
        let case = self.case;
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut models = Vec::with_capacity(case.acts.len());
        for (row, act) in case.acts.iter().enumerate() {
            let path = Path::root().key("act").index(row);
            self.unique("act", &act.id, row, &mut seen, &path);
            models.push(self.act(act, &path));
        }
        models
    }

    fn unique(
        &mut self,
        kind: &str,
        id: &'c str,
        row: usize,
        seen: &mut BTreeMap<&'c str, usize>,
        path: &Path,
    ) {
        if let Some(first) = seen.insert(id, row) {
            let message = format!("the {kind} id {id:?} is used twice, first by {kind}[{first}]");
            self.faults
                .push(Fault::new(Code::Duplicate, path.key("id"), message));
        }
    }

    fn act(&mut self, act: &Act, path: &Path) -> Option<ActModel> {
        let case = self.case;
        let place = path.key("actor");
        let actor = resolve("party", &act.actor, &case.parties, &place, &mut self.faults);
        let date = act.date.as_ref().map(|date| date.value);
        let known = actor
            .zip(date)
            .map(|(actor, date)| self.known(act, actor, date, path));
        let types = case.parties.get(&act.actor).map(|party| &party.types);
        let evidence = types.and_then(|types| self.evidence(act, types, path));
        Some(ActModel {
            actor: actor?,
            date: date?,
            tone: act.tone.as_ref()?.value,
            evidence: evidence?,
            known: known?,
        })
    }

    /// Who came to know of the act, and when; no one before it was done.
    fn known(&mut self, act: &Act, actor: usize, date: Date, path: &Path) -> BTreeMap<usize, Date> {
        let case = self.case;
        let known = act.known.as_ref().map_or(date, |known| known.value);
        self.not_before(known, date, &path.key("known"));
        let path = path.key("seen_by");
        let mut observers = BTreeMap::new();
        let mut add = |compiler: &mut Self, name: &str, day: Date, place: Path| {
            let found = resolve("party", name, &case.parties, &place, &mut compiler.faults);
            if found == Some(actor) {
                let message = format!("{name:?} did the act; its own type is no news to it");
                compiler
                    .faults
                    .push(Fault::new(Code::Contradiction, place, message));
            } else if let Some(observer) = found {
                observers.insert(observer, day);
            }
        };
        match &act.seen_by {
            None => {
                for observer in (0..case.parties.len()).filter(|&observer| observer != actor) {
                    observers.insert(observer, known);
                }
            }
            Some(SeenBy::Parties(parties)) => {
                for (row, name) in parties.iter().enumerate() {
                    add(self, name, known, path.index(row));
                }
            }
            Some(SeenBy::Days(days)) => {
                for (name, &day) in days.iter() {
                    add(self, name, day, path.key(name));
                    self.not_before(day, date, &path.key(name));
                }
            }
        }
        observers
    }

    fn not_before(&mut self, known: Date, date: Date, path: &Path) {
        if known < date {
            let message = format!("known on {known}, before it was done on {date}");
            self.faults
                .push(Fault::new(Code::Contradiction, path.clone(), message));
        }
    }

    fn evidence(
        &mut self,
        act: &Act,
        types: &Ids<PartyType>,
        path: &Path,
    ) -> Option<EvidenceModel> {
        let contradiction = |key: &str, message: String| {
            Fault::new(Code::Contradiction, path.key(key), message).at_key()
        };
        match (&act.likelihood, &act.likelihood_ratio) {
            (Some(_), Some(_)) => {
                let message = "an act has likelihood or likelihood_ratio, not both".to_owned();
                self.faults.push(contradiction("likelihood_ratio", message));
                None
            }
            (None, None) if types.is_empty() => Some(EvidenceModel::Ratios(Vec::new())),
            (None, None) => {
                let message = format!(
                    "act {:?} has neither likelihood nor likelihood_ratio, so it says nothing of the types of {:?}",
                    act.id, act.actor,
                );
                self.faults.push(Fault::new(
                    Code::MissingKey,
                    path.key("likelihood"),
                    message,
                ));
                None
            }
            (Some(_), None) | (None, Some(_)) if types.is_empty() => {
                let message = format!("{:?} has no types for an act to tell apart", act.actor);
                let key = if act.likelihood.is_some() {
                    "likelihood"
                } else {
                    "likelihood_ratio"
                };
                self.faults.push(contradiction(key, message));
                None
            }
            (Some(weights), None) => {
                let forced = act.forced.as_ref();
                let name = format!("act.{}.forced", act.id);
                let forced = match forced {
                    Some(number) => {
                        let (path, around) = (path.key("forced"), &act.provenance);
                        let field = Field { name, path, around };
                        self.inputs
                            .add(field, number, Bounds::Probability, &mut self.faults)
                    }
                    None => self.inputs.constant(name, 0.0),
                };
                let types = self.by_type(act, weights, types, path, "likelihood")?;
                Some(EvidenceModel::Likelihoods { forced, types })
            }
            (None, Some(weights)) => {
                if act.forced.is_some() {
                    let message = "a bare likelihood ratio excludes forced".to_owned();
                    self.faults.push(contradiction("forced", message));
                }
                let types = self.by_type(act, weights, types, path, "likelihood_ratio")?;
                Some(EvidenceModel::Ratios(types))
            }
        }
    }

    fn by_type(
        &mut self,
        act: &Act,
        weights: &Weights,
        types: &Ids<PartyType>,
        path: &Path,
        key: &str,
    ) -> Option<Vec<Slot>> {
        let path = path.key(key);
        for (id, _) in weights.types.iter() {
            if types.get(id).is_none() {
                let kind = format!("type of {}", act.actor);
                self.faults
                    .push(unknown(&kind, id, types, path.key(id)).at_key());
            }
        }
        missing("type", &weights.types, types, &path, &mut self.faults);
        let around = weights.provenance.within(&act.provenance);
        let bounds = if key == "likelihood" {
            Bounds::Likelihood
        } else {
            Bounds::Positive
        };
        types
            .names()
            .map(|id| {
                let name = format!("act.{}.{key}.{id}", act.id);
                let field = Field {
                    name,
                    path: path.key(id),
                    around: &around,
                };
                let number = weights.types.get(id)?;
                Some(self.inputs.add(field, number, bounds, &mut self.faults))
            })
            .collect()
    }

    /// Each observer's view of each party that it has a prior about.
    pub(super) fn views(&mut self, acts: &[Option<ActModel>]) -> Vec<View> {
        let case = self.case;
        let mut views = Vec::new();
        for (observer, (observer_id, party)) in case.parties.iter().enumerate() {
            for (about_id, prior) in party.prior.iter() {
                let path = Path::root()
                    .key("party")
                    .key(observer_id)
                    .key("prior")
                    .key(about_id);
                let Some((about, about_party)) = self.other(observer_id, about_id, &path) else {
                    continue;
                };
                let chances = self.prior((observer_id, party), (about_id, about_party), prior);
                if let Some(prior_chances) = chances {
                    let sightings = self.sightings(acts, observer, about);
                    let dogmatic = prior.dogmatic;
                    views.push(View {
                        observer,
                        about,
                        prior: prior_chances,
                        dogmatic,
                        sightings,
                    });
                }
            }
        }
        views
    }

    fn other(&mut self, observer: &str, about: &str, path: &Path) -> Option<(usize, &'c Party)> {
        let parties = &self.case.parties;
        if observer == about {
            let message =
                format!("{observer:?} knows its own type; a prior is about another party");
            self.faults
                .push(Fault::new(Code::Contradiction, path.clone(), message).at_key());
            return None;
        }
        let found = parties.index_of(about);
        if found.is_none() {
            self.faults
                .push(unknown("party", about, parties, path.clone()).at_key());
        }
        Some((found?, parties.get(about)?))
    }

    /// The acts of `about` that `observer` came to know, in the order in which it did; acts that
    /// became known on one day are read in the order of their dates and then of their ids, so that
    /// the order of the file changes nothing.
    fn sightings(&self, acts: &[Option<ActModel>], observer: usize, about: usize) -> Vec<Sighting> {
        let mut sightings: Vec<Sighting> = acts
            .iter()
            .enumerate()
            .filter_map(|(act, model)| {
                let model = model.as_ref().filter(|model| model.actor == about)?;
                let known = *model.known.get(&observer)?;
                Some(Sighting { act, known })
            })
            .collect();
        sightings.sort_by_key(|sighting| {
            let date = acts[sighting.act].as_ref().map(|model| model.date);
            (
                sighting.known,
                date,
                self.case.acts[sighting.act].id.as_str(),
            )
        });
        sightings
    }

    /// Each proposal's terms as an agreement's position; `None` where they were never possible.
    pub(super) fn proposals(&mut self) -> Vec<Option<usize>> {
        let case = self.case;
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut positions = Vec::with_capacity(case.proposals.len());
        for (row, proposal) in case.proposals.iter().enumerate() {
            let path = Path::root().key("proposal").index(row);
            self.unique("proposal", &proposal.id, row, &mut seen, &path);
            if let Some(by) = &proposal.by {
                resolve(
                    "party",
                    &by.value,
                    &case.parties,
                    &path.key("by"),
                    &mut self.faults,
                );
            }
            let options = whole(case, &proposal.terms, &path.key("terms"), &mut self.faults);
            let position = self
                .agreements
                .zip(options)
                .and_then(|(list, it)| list.position(&it));
            positions.push(position);
        }
        positions
    }
}
