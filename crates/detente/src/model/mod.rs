//! A case compiled: every name resolved, every number in one flat list, agreements listed once.

mod bias;
mod cautions;
mod chances;
mod completeness;
mod corner;
mod correlations;
mod evidence;
mod home;
mod inputs;
mod names;
mod parties;
mod preferences;
mod ranking;
mod repeats;
mod retraction;
mod sources;
mod space;
mod views;
mod written;

use detente_payoff::Agreements;

pub(crate) use chances::{Chances, SUM_TOLERANCE};
pub(crate) use corner::{Corner, Side};
pub(crate) use correlations::Correlations;
pub(crate) use evidence::{ActModel, EvidenceModel};
pub(crate) use inputs::Slot;
pub use inputs::{Bounds, Input};
pub(crate) use parties::PartyModel;
pub(crate) use preferences::Disagreement;
pub(crate) use views::View;
pub(crate) use written::Written;

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
    /// The agreement that history made, by position, where its terms are coded.
    pub(crate) agreed: Option<usize>,
    /// Numbers that go together; absent where all are independent.
    pub(crate) correlations: Option<Correlations>,
}

/// Collects slots and faults while a case is compiled.
#[derive(Debug)]
struct Compiler<'c> {
    case: &'c Case,
    written: &'c Written<'c>,
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
        let (model, faults) = Self::compile_with_faults(case, &Written::default());
        match model {
            Some(model) if faults.is_empty() => Ok(model),
            _ => Err(CaseFaults {
                faults,
                source: Source::new(case.identity.id.as_str(), ""),
            }),
        }
    }

    /// Compiles as far as faults allow. Faults that only echo what the text could not say are left
    /// out.
    pub(crate) fn compile_with_faults(
        case: &Case,
        written: &Written<'_>,
    ) -> (Option<Self>, Vec<Fault>) {
        let mut compiler = Compiler {
            case,
            written,
            agreements: None,
            inputs: inputs::Inputs::default(),
            faults: Faults::default(),
        };
        let agreements = compiler.agreements();
        compiler.agreements = agreements.as_ref();
        let agreed = compiler.identity();
        let parties: Vec<Option<PartyModel>> = case
            .parties
            .iter()
            .map(|(id, party)| compiler.party(id, party))
            .collect();
        let acts = compiler.acts();
        let views = compiler.views(&acts);
        let proposals = compiler.proposals();
        let correlations = compiler.correlations();
        compiler.sources();
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
                agreed,
                correlations,
            })
        };
        let mut faults = faults.into_vec();
        faults.retain(|fault| !written.has_echo(fault));
        (model(), repeats::gather(faults, written))
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

    /// Central values of every input.
    pub(crate) fn central(&self) -> Vec<f64> {
        let inputs = self.inputs.iter();
        inputs.map(|input| input.value.central()).collect()
    }

    /// Whether hindsight leaves it open which type a party is.
    pub(crate) fn is_open(&self, party: usize) -> bool {
        let chances = self.parties[party].true_type.as_ref();
        chances.is_some_and(|chances| {
            let impossible = |slot: &Slot| slot.exact(&self.inputs) == Some(0.0);
            let types = chances.types.iter();
            types
                .filter(|slot| !slot.as_ref().is_some_and(impossible))
                .count()
                > 1
        })
    }

    /// Whether nothing is left open, neither a number nor whom a party was, so that every draw is the
    /// central run.
    pub(crate) fn is_settled(&self) -> bool {
        self.inputs.iter().all(|input| input.value.is_exact())
            && !(0..self.parties.len()).any(|party| self.is_open(party))
    }

    /// Every number of the case and every default of the format, each under the name that keys its
    /// random stream.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }
}

impl Compiler<'_> {
    /// Checks what the case is about; the position of the agreement that history made, if any.
    fn identity(&mut self) -> Option<usize> {
        let (case, root) = (self.case, Path::root());
        if case.format != FORMAT {
            let message = format!("expected format {FORMAT}, found {}", case.format);
            let fault = Fault::new(Code::OutOfRange, root.key("format"), message)
                .with_label(format!("expected {FORMAT}"));
            self.faults
                .push(fault.with_help("a newer version of the library may read it"));
        }
        self.two_parties(&root.key("party"));
        let identity = &case.identity;
        let path = root.key("case");
        self.require(
            &path,
            "decided",
            identity.decided.is_some(),
            "the day it ended",
        );
        self.require(
            &path,
            "outcome",
            identity.outcome.is_some(),
            "what history shows",
        );
        let agreed = identity.agreed.as_ref()?;
        let history = identity.outcome.as_ref().map(|outcome| outcome.value);
        self.agreed(&agreed.value, history, &path.key("agreed"))
    }

    fn two_parties(&mut self, path: &Path) {
        let named = self.written.names(path).map_or(0, |names| names.len());
        let parties = self.case.parties.len();
        if parties.max(named) >= 2 || !self.written.has_all_of(path) {
            return;
        }
        let message = match parties {
            0 => "no party is declared",
            _ => "one party is declared",
        };
        let fault = Fault::new(Code::MissingKey, path.clone(), message)
            .with_label("a negotiation needs at least two parties")
            .with_help("a party stands under a header of its own, such as `[party.east]`");
        self.faults.push(fault);
    }

    /// A key that must be there.
    fn require(&mut self, table: &Path, key: &str, present: bool, because: &str) {
        let path = table.key(key);
        if !present && self.written.lacks(&path) {
            let fault = Fault::new(Code::MissingKey, path, format!("missing key `{key}`"));
            self.faults
                .push(fault.with_label(format!("needs `{key}`: {because}")));
        }
    }

    /// The terms that were agreed: possible, since they came about, and not beside an outcome that
    /// denies them.
    fn agreed(&mut self, terms: &Terms, history: Option<History>, path: &Path) -> Option<usize> {
        let options = self.whole(terms, &agreed_terms(self.written, path));
        let position = self.agreements?.position(&options?);
        if history == Some(History::Nonagreement) {
            let message = "terms were agreed, yet the outcome is `nonagreement`";
            let fault = Fault::new(Code::Contradiction, path.clone(), message)
                .at_key()
                .with_label("expected with outcome `agreement` only");
            self.faults
                .push(fault.with_help("write `outcome = \"agreement\"`, or remove this key"));
        } else if position.is_none() {
            let fault = self.impossible("what was agreed is forbidden", path.clone());
            self.faults.push(fault);
        }
        position
    }

    /// The fault of terms that were never possible, where possible ones are asked for.
    fn impossible(&self, message: &str, path: Path) -> Fault {
        Fault::new(Code::Contradiction, path, message)
            .with_label("expected terms that no `forbidden` combination rules out")
    }
}

/// Where the terms that were agreed stand: in a table of their own if they carry their provenance.
fn agreed_terms(written: &Written<'_>, path: &Path) -> Path {
    let inner = path.key("value");
    match written.names(path) {
        Some(names) if names.contains(&"value") => inner,
        _ => path.clone(),
    }
}
