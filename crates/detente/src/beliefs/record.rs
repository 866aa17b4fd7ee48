use std::collections::BTreeMap;

use detente_perception::{BiasParameter, BiasProfile};
use detente_quantity::Date;
use detente_reputation::Tone;

use super::{ActSheet, Ranged, SheetAct};
use crate::{
    DetenteError, Model, Options, assess,
    case::Party,
    evaluate::{Decision, bias, resolve},
    model::{EvidenceModel, Input, Slot, View},
};

/// What observers came to know of others, act by act, with the names of things: a case at its central
/// values and with the ranges of its numbers, or a sheet of acts. Nothing is computed yet.
#[derive(Debug, Clone)]
pub struct BeliefRecord {
    pub(super) title: String,
    /// The day of the decision, where the record has one.
    pub(super) decided: Option<Date>,
    pub(super) watches: Vec<Watch>,
}

/// One observer's record of one other party.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    pub(super) observer: Named,
    pub(super) about: Named,
    pub(super) types: Vec<Named>,
    pub(super) trusted: Trusted,
    pub(super) prior: Vec<Ranged>,
    pub(super) dogmatic: bool,
    /// In the order in which the acts became known, those of one day by the day they were done.
    pub(super) seen: Vec<Seen>,
    pub(super) bias: Option<BiasProfile>,
    /// The numbers of the observer's bias that are coded, at their neutral values or off them.
    pub(super) coded: Vec<BiasParameter>,
    /// What the best agreement asks of the observer, where that is looked at.
    pub(super) asked: Option<Question>,
}

/// What the best agreement asks of an observer.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) decision: Decision,
    /// Which types of the party observed would honour it.
    pub(super) honours: Vec<bool>,
}

/// An id and a name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Named {
    /// The id in the case; the name itself in a sheet.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// Which types are trusted, and so what weight of evidence is for or against.
#[derive(Debug, Clone)]
pub(super) struct Trusted {
    pub(super) types: Vec<bool>,
    pub(super) because: Because,
}

/// Why some types are the ones to trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// They would honour the reference agreement, and others would not.
    TheyHonour,
    /// They were asked for.
    Asked,
    /// All types would do alike, so that no agreement tells them apart: the one that counts the future
    /// most, the first by id where several do.
    MostPatient,
    /// Nothing tells: the first type of a sheet.
    First,
}

/// An act as the observer came to know it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) id: String,
    pub(super) event: String,
    pub(super) done: Date,
    pub(super) known: Date,
    pub(super) tone: Option<Tone>,
    pub(super) evidence: Coded,
    pub(super) clue: Option<String>,
    /// The act, by id, that is taken back.
    pub(super) retracts: Option<String>,
}

/// The evidence of an act with its ranges.
#[derive(Debug, Clone)]
pub(super) enum Coded {
    Likelihoods {
        forced: Ranged,
        /// What its cost did to the log-odds, at its central value; no warranted belief depends on it.
        cost: Option<f64>,
        types: Vec<Ranged>,
    },
    Ratios(Vec<Ranged>),
    /// What this showed is taken back.
    Retraction(Box<Self>),
}

/// The share of an unbounded distribution on either side that a range leaves out.
const TAIL: f64 = 0.01;

impl BeliefRecord {
    /// The record without what became known after a day: not even hindsight has it.
    pub(crate) fn cut(mut self, until: Date) -> Self {
        for watch in &mut self.watches {
            watch.seen.retain(|seen| seen.known <= until);
        }
        self
    }

    /// What each observer of a case came to know of each party that it has a prior about, acts after
    /// the decision included: they are for hindsight. O(numbers + agreements).
    ///
    /// # Errors
    /// [`DetenteError`] if the case cannot be run at its central values.
    pub fn of_case(model: &Model) -> Result<Self, DetenteError> {
        let asked = assess::asked(model, &Options::default())?;
        let honours = asked.as_ref().map(|it| it.honours.as_slice());
        let mut record = Self::honouring(model, honours)?;
        if let Some(asked) = asked {
            for (watch, view) in record.watches.iter_mut().zip(&model.views) {
                let answer = asked.decisions.get(view.observer);
                watch.asked =
                    answer
                        .zip(asked.honours.get(view.about))
                        .map(|(decision, honours)| Question {
                            decision: decision.clone(),
                            honours: honours.clone(),
                        });
            }
        }
        Ok(record)
    }

    /// The same where it is known, by party, which of its types would honour the best agreement, without a
    /// look at the answers to it.
    pub(crate) fn honouring(
        model: &Model,
        honours: Option<&[Vec<bool>]>,
    ) -> Result<Self, DetenteError> {
        let values = model.central();
        let views = model.views.iter();
        let watches = views.map(|view| watch(model, view, &values, honours));
        Ok(Self {
            title: model.case.identity.title.clone(),
            decided: Some(model.decided),
            watches: watches.collect::<Result<_, _>>()?,
        })
    }

    /// What a sheet says. The first type is the one to trust. O(acts · log acts).
    #[must_use]
    pub fn of_sheet(title: impl Into<String>, sheet: &ActSheet) -> Self {
        let priors: BTreeMap<(&str, &str), &[Ranged]> = { sheet.priors().iter() }
            .map(|it| ((&*it.observer, &*it.actor), &*it.chances))
            .collect();
        let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut watches: Vec<Watch> = Vec::new();
        for act in sheet.acts() {
            let pair = (&*act.observer, &*act.actor);
            let place = *places.entry(pair).or_insert_with(|| {
                watches.push(sheet_watch(sheet, act, priors.get(&pair).copied()));
                watches.len() - 1
            });
            watches[place].seen.push(sheet_seen(act));
        }
        for watch in &mut watches {
            watch.seen.sort_by_key(|seen| (seen.known, seen.done));
        }
        Self {
            title: title.into(),
            decided: None,
            watches,
        }
    }
}

fn watch(
    model: &Model,
    view: &View,
    values: &[f64],
    honours: Option<&[Vec<bool>]>,
) -> Result<Watch, DetenteError> {
    let named = |party: usize| {
        let id = model.party_id(party);
        let party = model.case.parties.get(id);
        Named {
            id: id.to_owned(),
            name: party.map_or(id, |it| it.name.as_str()).to_owned(),
        }
    };
    let about = named(view.about);
    let party = model.case.parties.get(&about.id);
    let types: Vec<Named> = party.map(kinds).unwrap_or_default();
    let honours = honours.and_then(|all| all.get(view.about));
    let seen = view.sightings.iter().map(|sighting| {
        let (act, coded) = (&model.case.acts[sighting.act], &model.acts[sighting.act]);
        Seen {
            id: act.id.clone(),
            event: act.event.clone(),
            done: coded.date,
            known: sighting.known,
            tone: Some(coded.tone),
            evidence: evidence(model, &coded.evidence),
            clue: act.clue.clone().filter(|it| !it.is_empty()),
            retracts: act.retracts.clone(),
        }
    });
    Ok(Watch {
        observer: named(view.observer),
        about,
        trusted: trusted(model, view, values, honours.map(Vec::as_slice)),
        types,
        prior: prior(view, values, &model.inputs)?,
        dogmatic: view.dogmatic,
        seen: seen.collect(),
        bias: bias(model, view.observer, values)?.filter(|it| !it.is_neutral()),
        coded: coded(model, view.observer),
        asked: None,
    })
}

/// The numbers of a party's bias that its case codes.
fn coded(model: &Model, observer: usize) -> Vec<BiasParameter> {
    let party = model.case.parties.get(model.party_id(observer));
    let bias = party.and_then(|it| it.bias.as_ref());
    let coded = |it: &BiasParameter| bias.is_some_and(|bias| bias.codes(it.mechanism()));
    BiasParameter::ALL.into_iter().filter(coded).collect()
}

/// The types that a party might be.
fn kinds(party: &Party) -> Vec<Named> {
    let kinds = party.types.iter().map(|(id, kind)| Named {
        id: id.to_owned(),
        name: kind.name.as_deref().unwrap_or(id).to_owned(),
    });
    kinds.collect()
}

/// The types that honour, where others do not; otherwise the most patient.
fn trusted(model: &Model, view: &View, values: &[f64], honours: Option<&[bool]>) -> Trusted {
    let told = honours.filter(|it| it.contains(&true) && it.contains(&false));
    if let Some(honours) = told {
        return Trusted {
            types: honours.to_vec(),
            because: Because::TheyHonour,
        };
    }
    let types = &model.parties[view.about].types;
    let patience = |place: usize| types.get(place).map_or(0.0, |it| it.patience.of(values));
    // By name, so that no order of the file chooses among equals.
    let mut most = view.prior.by_name.first().copied().unwrap_or_default();
    for &place in &view.prior.by_name {
        if patience(place) > patience(most) {
            most = place;
        }
    }
    only(most, view.prior.by_name.len(), Because::MostPatient)
}

/// One type of so many.
fn only(one: usize, types: usize, because: Because) -> Trusted {
    Trusted {
        types: (0..types).map(|place| place == one).collect(),
        because,
    }
}

/// What a number of the case may be: all that it can be or, where that has no end, all but a
/// hundredth on that side.
fn range(slot: Slot, inputs: &[Input]) -> Ranged {
    let Some(value) = inputs.get(slot.position()).map(|input| &input.value) else {
        return Ranged::exact(f64::NAN);
    };
    let (low, high) = value.support();
    let within = |end: f64, u: f64| match end.is_finite() {
        true => end,
        false => value.quantile(u),
    };
    Ranged {
        low: within(low, TAIL),
        central: value.central(),
        high: within(high, 1.0 - TAIL),
    }
}

fn evidence(model: &Model, coded: &EvidenceModel) -> Coded {
    let inputs = &model.inputs;
    let ranges = |slots: &[Slot]| slots.iter().map(|&slot| range(slot, inputs)).collect();
    match coded {
        EvidenceModel::Retraction(place) => {
            Coded::Retraction(Box::new(evidence(model, &model.acts[*place].evidence)))
        }
        EvidenceModel::Likelihoods {
            forced,
            cost,
            types,
        } => Coded::Likelihoods {
            forced: range(*forced, inputs),
            cost: cost.map(|slot| range(slot, inputs).central),
            types: ranges(types),
        },
        EvidenceModel::Ratios(types) => Coded::Ratios(ranges(types)),
    }
}

/// The prior with the ranges of its numbers; the type that is left out gets the rest.
fn prior(view: &View, values: &[f64], inputs: &[Input]) -> Result<Vec<Ranged>, DetenteError> {
    let central = resolve(&view.prior, values)?;
    let coded: Vec<Ranged> = { view.prior.types.iter().flatten() }
        .map(|&slot| range(slot, inputs))
        .collect();
    let least: f64 = coded.iter().map(|it| it.low).sum();
    let most: f64 = coded.iter().map(|it| it.high).sum();
    let rest = |central: f64| Ranged {
        low: (1.0 - most).clamp(0.0, central),
        central,
        high: (1.0 - least).clamp(central, 1.0),
    };
    let types = view.prior.types.iter().zip(central);
    Ok(types
        .map(|(slot, central)| match slot {
            Some(slot) => range(*slot, inputs),
            None => rest(central),
        })
        .collect())
}

fn sheet_watch(sheet: &ActSheet, act: &SheetAct, prior: Option<&[Ranged]>) -> Watch {
    let named = |name: &str| Named {
        id: name.to_owned(),
        name: name.to_owned(),
    };
    let types = sheet.types().len();
    let even = || vec![Ranged::exact(1.0 / types as f64); types];
    Watch {
        observer: named(&act.observer),
        about: named(&act.actor),
        types: sheet.types().iter().map(|name| named(name)).collect(),
        trusted: only(0, types, Because::First),
        prior: prior.map_or_else(even, <[Ranged]>::to_vec),
        dogmatic: false,
        seen: Vec::new(),
        bias: None,
        coded: Vec::new(),
        asked: None,
    }
}

fn sheet_seen(act: &SheetAct) -> Seen {
    Seen {
        id: format!("line {}", act.line),
        event: act.event.clone(),
        done: act.date,
        known: act.known,
        tone: act.tone,
        evidence: Coded::Likelihoods {
            forced: act.forced,
            cost: act.cost,
            types: act.likelihoods.clone(),
        },
        clue: act.clue.clone(),
        retracts: None,
    }
}
