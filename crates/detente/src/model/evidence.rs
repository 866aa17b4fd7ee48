//! Acts as evidence to those who saw them, and proposals as agreements.

use std::collections::BTreeMap;

use detente_quantity::Date;
use detente_reputation::Tone;

use super::{
    Compiler,
    inputs::{Bounds, Field, Slot},
    names::Declared,
};
use crate::{
    case::{Act, Party, PartyType, Proposal, SeenBy, Weights},
    decode::{Code, Fault, Ids, Path, quoted},
};
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
    /// Likelihood by type, the chance that the situation alone produced the act and, where it is coded,
    /// what its cost did to the log-odds.
    Likelihoods {
        forced: Slot,
        cost: Option<Slot>,
        types: Vec<Slot>,
    },
    /// Relative likelihoods; of no type where the actor's types are not coded, and the act is part
    /// of the story only.
    Ratios(Vec<Slot>),
    /// What the act in this place showed is taken back.
    Retraction(usize),
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
        self.check_retractions(&models);
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
        let Some(first) = seen.insert(id, row) else {
            return;
        };
        let place = Path::root().key(kind).index(first);
        let label = match self.written.line(&place.key("id")) {
            Some(line) => format!("used in line {line} already; expected another id"),
            None => format!("used by {place} already; expected another id"),
        };
        let message = format!("the {kind} id {} is used twice", quoted(id));
        let fault = Fault::new(Code::Duplicate, path.key("id"), message).with_label(label);
        self.faults.push(fault);
    }

    fn act(&mut self, act: &Act, path: &Path) -> Option<ActModel> {
        let case = self.case;
        let parties = Declared::<Party>::parties(case);
        let actor = self.resolve(&act.actor, &parties, &path.key("actor"));
        let date = act.date.as_ref().map(|date| date.value);
        self.require(path, "date", date.is_some(), "the day it was done");
        let retracted = act.retracts.as_deref();
        let retracted = retracted.map(|taken| self.retracted(act, taken, path));
        // News that an act was not so has the tone of that act.
        let about = match retracted {
            Some(found) => found.and_then(|place| case.acts.get(place)),
            None => Some(act),
        };
        let tone = about.and_then(|it| it.tone.as_ref()).map(|it| it.value);
        self.require(
            path,
            "tone",
            act.tone.is_some() || act.retracts.is_some(),
            "cooperative or hostile on its face",
        );
        let known = self.known(act, actor, date, path);
        let party = case.parties.get(&act.actor);
        let evidence = match retracted {
            Some(found) => found.map(EvidenceModel::Retraction),
            None => party.and_then(|party| self.evidence(act, party, path)),
        };
        Some(ActModel {
            actor: actor?,
            date: date?,
            tone: tone?,
            evidence: evidence?,
            known: known?,
        })
    }

    /// Who came to know of the act, and when: no one before it was done. `None` where the day or the
    /// actor is not known.
    fn known(
        &mut self,
        act: &Act,
        actor: Option<usize>,
        date: Option<Date>,
        path: &Path,
    ) -> Option<BTreeMap<usize, Date>> {
        let known = act.known.as_ref().map(|known| known.value);
        self.not_before(known, date, &path.key("known"));
        let known = known.or(date);
        let path = path.key("seen_by");
        let mut days: Vec<(Option<usize>, Option<Date>)> = Vec::new();
        match &act.seen_by {
            None => {
                let all = (0..self.case.parties.len()).filter(|party| Some(*party) != actor);
                days.extend(all.map(|party| (Some(party), known)));
            }
            Some(SeenBy::Parties(parties)) => {
                for (row, name) in parties.iter().enumerate() {
                    days.push((self.observer(name, actor, path.index(row)), known));
                }
            }
            Some(SeenBy::Days(table)) => {
                for (name, &day) in table.iter() {
                    let place = path.key(name);
                    self.not_before(Some(day), date, &place);
                    days.push((self.observer(name, actor, place), Some(day)));
                }
            }
        }
        actor?;
        let mut observers = BTreeMap::new();
        for (observer, day) in days {
            observers.extend(observer.zip(day));
        }
        date.map(|_| observers)
    }

    /// A party that saw the act, which its actor is not.
    fn observer(&mut self, name: &str, actor: Option<usize>, place: Path) -> Option<usize> {
        let parties = Declared::<Party>::parties(self.case);
        let found = self.resolve(name, &parties, &place)?;
        if Some(found) == actor {
            let message = format!(
                "{} did the act; its own type is no news to it",
                quoted(name)
            );
            let fault = Fault::new(Code::Contradiction, place, message)
                .with_label("expected only parties that watched");
            self.faults.push(
                fault.with_help("remove it; without `seen_by`, every other party saw the act"),
            );
            return None;
        }
        Some(found)
    }

    fn not_before(&mut self, known: Option<Date>, date: Option<Date>, path: &Path) {
        if let Some((known, date)) = known.zip(date)
            && known < date
        {
            let message = format!("known on {known}, before it was done on {date}");
            let fault = Fault::new(Code::Contradiction, path.clone(), message)
                .with_label(format!("expected {date} or later"));
            self.faults.push(fault);
        }
    }

    fn evidence(&mut self, act: &Act, party: &Party, path: &Path) -> Option<EvidenceModel> {
        let types = &party.types;
        if types.is_empty() {
            return self.no_evidence(act, path);
        }
        let declared = Declared::<PartyType>::types(&act.actor, party);
        let by_type = (&declared, types);
        match (&act.likelihood, &act.likelihood_ratio) {
            (Some(_), Some(_)) => {
                let message = "an act has `likelihood` or `likelihood_ratio`, not both";
                let help = "keep the ratio where only relative chances are known";
                self.excluded(&path.key("likelihood_ratio"), message, help);
                None
            }
            (None, None) => {
                let absent = |key: &str| self.written.lacks(&path.key(key));
                if absent("likelihood") && absent("likelihood_ratio") {
                    let message = format!("the act says nothing of the types of `{}`", act.actor);
                    let place = path.key("likelihood");
                    let fault = Fault::new(Code::MissingKey, place, message)
                        .with_label("needs `likelihood` or `likelihood_ratio`")
                        .with_help("give every type the same number if the act tells none apart");
                    self.faults.push(fault);
                }
                None
            }
            (Some(weights), None) => {
                let name = named(act).key("forced").to_string();
                let forced = match &act.forced {
                    Some(number) => {
                        let (path, around) = (path.key("forced"), &act.provenance);
                        let field = Field { name, path, around };
                        self.inputs
                            .add(field, number, Bounds::Probability, &mut self.faults)
                    }
                    None => self.inputs.constant(name, 0.0),
                };
                let cost = act.cost.as_ref().map(|number| {
                    let name = named(act).key("cost").to_string();
                    let (path, around) = (path.key("cost"), &act.provenance);
                    let field = Field { name, path, around };
                    self.inputs
                        .add(field, number, Bounds::NonNegative, &mut self.faults)
                });
                let types = self.by_type(act, weights, by_type, path, "likelihood")?;
                Some(EvidenceModel::Likelihoods {
                    forced,
                    cost,
                    types,
                })
            }
            (None, Some(weights)) => {
                for (key, given) in [
                    ("forced", act.forced.is_some()),
                    ("cost", act.cost.is_some()),
                ] {
                    if given {
                        let message =
                            format!("`{key}` beside a likelihood ratio, which is relative only");
                        let help =
                            format!("write `likelihood` instead of the ratio, or remove `{key}`");
                        self.excluded(&path.key(key), message, &help);
                    }
                }
                let types = self.by_type(act, weights, by_type, path, "likelihood_ratio")?;
                Some(EvidenceModel::Ratios(types))
            }
        }
    }

    /// The evidence in an act of a party without types: none, and none may be coded.
    fn no_evidence(&mut self, act: &Act, path: &Path) -> Option<EvidenceModel> {
        let given = [
            ("likelihood", act.likelihood.is_some()),
            ("likelihood_ratio", act.likelihood_ratio.is_some()),
        ];
        let given = given.iter().find(|(_, present)| *present);
        let types = Path::root().key("party").key(&act.actor).key("type");
        if let Some((key, _)) = given
            && self.nothing_at(&types)
        {
            let message = format!("`{}` has no types for an act to tell apart", act.actor);
            let help = format!("code `[party.{}.type.…]`, or remove this key", act.actor);
            self.excluded(&path.key(key), message, &help);
        }
        given.is_none().then(|| EvidenceModel::Ratios(Vec::new()))
    }

    /// A key that what stands beside it excludes.
    pub(super) fn excluded(&mut self, path: &Path, message: impl Into<String>, help: &str) {
        let fault = Fault::new(Code::Contradiction, path.clone(), message).at_key();
        self.faults.push(fault.with_help(help));
    }

    fn by_type(
        &mut self,
        act: &Act,
        weights: &Weights,
        (declared, types): (&Declared<'_, PartyType>, &Ids<PartyType>),
        path: &Path,
        key: &str,
    ) -> Option<Vec<Slot>> {
        let path = path.key(key);
        self.check_keys(&weights.types, declared, &path);
        let around = weights.provenance.within(&act.provenance);
        let bounds = if key == "likelihood" {
            Bounds::Likelihood
        } else {
            Bounds::Positive
        };
        let mut slots = Vec::with_capacity(types.len());
        for id in types.names() {
            let field = Field {
                name: named(act).key(key).key(id).to_string(),
                path: path.key(id),
                around: &around,
            };
            let number = weights.types.get(id);
            slots.push(number.map(|it| self.inputs.add(field, it, bounds, &mut self.faults)));
        }
        slots.into_iter().collect()
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
                let parties = Declared::<Party>::parties(case);
                self.resolve(&by.value, &parties, &path.key("by"));
            }
            self.in_time(proposal, &path.key("date"));
            let options = self.whole(&proposal.terms, &path.key("terms"));
            let position = self
                .agreements
                .zip(options)
                .and_then(|(list, it)| list.position(&it));
            positions.push(position);
        }
        positions
    }

    /// An offer was made before the negotiation ended, or on that day.
    fn in_time(&mut self, proposal: &Proposal, path: &Path) {
        let made = proposal.date.as_ref().map(|date| date.value);
        let decided = self.case.identity.decided.as_ref().map(|date| date.value);
        if let Some((made, decided)) = made.zip(decided).filter(|(made, decided)| made > decided) {
            let message = format!("offered on {made}, after the decision on {decided}");
            let fault = Fault::new(Code::Contradiction, path.clone(), message)
                .with_label(format!("expected a day up to {decided}"))
                .with_help("correct this date, or `decided` in the [case] table");
            self.faults.push(fault);
        }
    }
}

/// The place of an act by its id, which names its numbers wherever it stands in the file.
fn named(act: &Act) -> Path {
    Path::root().key("act").key(&act.id)
}
