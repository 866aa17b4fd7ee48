//! A case compiled: every name resolved, every number in one flat list, agreements listed once.

mod evidence;
mod inputs;
mod names;
mod parties;
mod preferences;
mod sources;
mod space;

use detente_payoff::Agreements;

pub(crate) use evidence::{ActModel, EvidenceModel, View};
pub use inputs::{Bounds, Input};
pub(crate) use parties::{Chances, PartyModel};
pub(crate) use preferences::Disagreement;

use crate::{
    case::{Case, FORMAT, History, Terms},
    decode::{CaseFaults, Code, Fault, Faults, Path, Source},
    quantity::Date,
};

/// A case whose names resolve and whose numbers lie in range, as flat arrays.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) case: Case,
    pub(crate) decided: Date,
    pub(crate) history: History,
    pub(crate) agreements: Agreements,
    pub(crate) inputs: Vec<Input>,
    pub(crate) parties: Vec<PartyModel>,
    pub(crate) acts: Vec<ActModel>,
    pub(crate) views: Vec<View>,
    /// Each proposal's agreement, by position; `None` where its terms were never possible.
    pub(crate) proposals: Vec<Option<usize>>,
}

/// Collects slots and faults while a case is compiled.
#[derive(Debug)]
struct Compiler<'c> {
    case: &'c Case,
    agreements: Option<&'c Agreements>,
    inputs: inputs::Inputs,
    faults: Faults,
}

impl Model {
    /// Checks a case and compiles it: every name must resolve, every number lie in the range of
    /// its field, and what depends on one another be coded together.
    ///
    /// Cost: O(agreements × issues) and O(acts × parties × log acts).
    ///
    /// # Errors
    /// [`CaseFaults`] with every fault found, each at its path in the case.
    pub fn compile(case: &Case) -> Result<Self, CaseFaults> {
        let (model, faults) = Self::compile_with_faults(case);
        match model {
            Some(model) if faults.is_empty() => Ok(model),
            _ => Err(CaseFaults {
                faults,
                source: Source::new(case.identity.id.as_str(), ""),
            }),
        }
    }

    /// Compiles as far as faults allow.
    pub(crate) fn compile_with_faults(case: &Case) -> (Option<Self>, Vec<Fault>) {
        let mut faults = Faults::default();
        let agreements = space::agreements(case, &mut faults);
        let mut compiler = Compiler {
            case,
            agreements: agreements.as_ref(),
            inputs: inputs::Inputs::default(),
            faults,
        };
        compiler.identity();
        let parties: Vec<Option<PartyModel>> = case
            .parties
            .iter()
            .map(|(id, party)| compiler.party(id, party))
            .collect();
        let acts = compiler.acts();
        let views = compiler.views(&acts);
        let proposals = compiler.proposals();
        sources::check(case, &mut compiler.faults);
        let Compiler { inputs, faults, .. } = compiler;
        let parties: Option<Vec<PartyModel>> = parties.into_iter().collect();
        let acts: Option<Vec<ActModel>> = acts.into_iter().collect();
        let model = || {
            Some(Self {
                case: case.clone(),
                decided: case.identity.decided.as_ref()?.value,
                history: case.identity.outcome.as_ref()?.value,
                agreements: agreements?,
                inputs: inputs.finish(),
                parties: parties?,
                acts: acts?,
                views,
                proposals,
            })
        };
        (model(), faults.into_vec())
    }

    /// The case that was compiled.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Every possible agreement, in lexicographic order with the last issue fastest.
    #[must_use]
    pub fn agreements(&self) -> &Agreements {
        &self.agreements
    }

    /// The terms of an agreement, by its position; empty beyond the last.
    #[must_use]
    pub fn terms(&self, agreement: usize) -> Terms {
        let options = self.agreements.get(agreement).unwrap_or_default();
        let mut terms = Terms::new();
        for ((id, issue), &option) in self.case.issues.iter().zip(options) {
            let name = issue
                .options
                .names()
                .nth(option as usize)
                .unwrap_or_default();
            // Ids that were read are well-formed and distinct, so none is refused here.
            let _ = terms.insert(id, name.to_owned());
        }
        terms
    }

    /// The id of a party, by its position; empty beyond the last.
    pub(crate) fn party_id(&self, party: usize) -> &str {
        self.case.parties.names().nth(party).unwrap_or_default()
    }

    /// Every number of the case and every default of the format, each under the name that keys its
    /// random stream.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }
}

impl Compiler<'_> {
    fn identity(&mut self) {
        let (case, root) = (self.case, Path::root());
        if case.format != FORMAT {
            let message = format!(
                "format is {}; this version reads format {FORMAT}",
                case.format
            );
            self.faults
                .push(Fault::new(Code::OutOfRange, root.key("format"), message));
        }
        if case.parties.len() < 2 {
            let message = format!(
                "{} declared; a negotiation needs at least two parties",
                if case.parties.is_empty() {
                    "no party is"
                } else {
                    "one party is"
                },
            );
            self.faults
                .push(Fault::new(Code::MissingKey, root.key("party"), message));
        }
        let identity = &case.identity;
        for (key, absent) in [
            ("decided", identity.decided.is_none()),
            ("outcome", identity.outcome.is_none()),
        ] {
            if absent {
                let (path, message) = (root.key("case").key(key), format!("missing key `{key}`"));
                self.faults
                    .push(Fault::new(Code::MissingKey, path, message));
            }
        }
        let path = root.key("case").key("agreed");
        if let Some(agreed) = &identity.agreed {
            space::whole(case, &agreed.value, &path, &mut self.faults);
            let history = identity.outcome.as_ref().map(|outcome| outcome.value);
            if history == Some(History::Nonagreement) {
                let message = "terms were agreed, yet outcome is \"nonagreement\"".to_owned();
                self.faults
                    .push(Fault::new(Code::Contradiction, path, message));
            }
        }
    }
}
