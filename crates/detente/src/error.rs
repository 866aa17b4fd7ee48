use thiserror::Error;

use crate::{decode::CaseFaults, model::Bounds};

/// Why a case could not be read or assessed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DetenteError {
    /// The case has faults; every one is listed with its place.
    #[error(transparent)]
    Case(Box<CaseFaults>),
    /// No shipped case has that id.
    #[error("no shipped case is called {given:?}{}", nearest.as_ref().map(|near| format!("; did you mean {near:?}?")).unwrap_or_default())]
    UnknownCase {
        /// The id that was asked for.
        given: String,
        /// The nearest id that exists.
        nearest: Option<String>,
    },
    /// A sample fell outside the range that its field allows.
    #[error(
        "draw {draw} of {input} is {value}; expected {}: code it as low, mode and high, or as a beta, \
         which stay in their range",
        bounds.words()
    )]
    Sample {
        /// The name of the input.
        input: String,
        /// The number of the draw, from 1.
        draw: usize,
        /// The value drawn.
        value: f64,
        /// The range the field allows.
        bounds: Bounds,
    },
    /// A value asked for by an analysis lies outside the range that its field allows.
    #[error(
        "{input} reaches {value}; expected {}: code it as low, mode and high, or as a beta, \
         which stay in their range",
        bounds.words()
    )]
    Beyond {
        /// The name of the input.
        input: String,
        /// The value it was to have.
        value: f64,
        /// The range the field allows.
        bounds: Bounds,
    },
    /// The probabilities of a set of types cannot be made to sum to 1.
    #[error("{place} gives its types {sum} in all; expected {expected}")]
    Chances {
        /// The table of probabilities.
        place: String,
        /// What the listed ones sum to.
        sum: f64,
        /// What they may sum to.
        expected: &'static str,
    },
    /// A prior is certain of a type, and certainty that is not meant cannot be updated.
    #[error(
        "{place} gives type {kind:?} probability {given}; expected a number strictly between 0 and 1, \
         or dogmatic = true where certainty is meant"
    )]
    Certainty {
        /// The table of probabilities.
        place: String,
        /// The type.
        kind: String,
        /// Its probability: 0 or 1.
        given: f64,
    },
    /// The case could not be written as JSON, of which its hash is taken.
    #[error("the case cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Agreements could not be listed.
    #[error(transparent)]
    Payoff(#[from] detente_payoff::PayoffError),
    /// A game could not be analysed.
    #[error(transparent)]
    Reciprocity(#[from] detente_reciprocity::ReciprocityError),
    /// A path could not be looked for.
    #[error(transparent)]
    Reassurance(#[from] detente_reassurance::ReassuranceError),
    /// A path that was found is not one when it is replayed: a fault of the search.
    #[error(transparent)]
    Path(#[from] detente_reassurance::PathFault),
    /// A conflict could not be analysed.
    #[error(transparent)]
    Stability(#[from] detente_stability::StabilityError),
    /// A table of states could not be read.
    #[error(transparent)]
    StateTable(#[from] crate::tabular::TableFaults<crate::conflict::StateTableError>),
    /// A case holds no game of two.
    #[error("{title:?} holds no game of two: {reason}")]
    NoGame {
        /// The title of the case.
        title: String,
        /// What is missing, and what was expected.
        reason: String,
    },
    /// A belief could not be updated.
    #[error("{observer}'s belief about {about}: {source}")]
    Belief {
        /// Who believes.
        observer: String,
        /// About whom.
        about: String,
        /// What went wrong.
        source: detente_reputation::ReputationError,
    },
    /// An act that nobody could have done who is still held possible.
    #[error(
        "{observer}'s belief about {about}: {act} is impossible under every type still held possible; expected a \
         likelihood above 0 for one of them"
    )]
    ImpossibleAct {
        /// Who believes.
        observer: String,
        /// About whom.
        about: String,
        /// The act, by id; by its line in a sheet.
        act: String,
    },
    /// A bias profile was refused.
    #[error("bias of {party}: {source}")]
    Perception {
        /// Whose bias.
        party: String,
        /// What went wrong.
        source: detente_perception::PerceptionError,
    },
    /// A leader's margin could not be computed.
    #[error("home front of {party}: {source}")]
    Legitimacy {
        /// Whose home front.
        party: String,
        /// What went wrong.
        source: detente_legitimacy::LegitimacyError,
    },
    /// A number was refused by its type.
    #[error(transparent)]
    Quantity(#[from] detente_quantity::QuantityError),
    /// A distribution or a summary was refused.
    #[error(transparent)]
    Uncertainty(#[from] detente_uncertainty::UncertaintyError),
    /// A name that no uncertain number of the case has.
    #[error("no uncertain number of the case is called {given:?} or begins so{}", nearest.as_ref().map(|near| format!("; did you mean {near:?}?")).unwrap_or_default())]
    UnknownInput {
        /// The name that was given.
        given: String,
        /// The nearest name, or beginning of a name, that exists.
        nearest: Option<String>,
    },
    /// A name that the record does not have.
    #[error("there is no {what} called {given:?}{}", meant(nearest.as_deref(), known))]
    UnknownName {
        /// What was looked for, and of what.
        what: String,
        /// The name that was given.
        given: String,
        /// The names that there are, where they are told.
        known: Vec<String>,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// A record of beliefs has no type or party of that id or name.
    #[error(
        "there is no {what} called {given:?}; expected one of {}{}",
        known.join(", "),
        nearest.as_ref().map(|near| format!("; did you mean {near:?}?")).unwrap_or_default()
    )]
    NotInRecord {
        /// What was looked for.
        what: &'static str,
        /// The name that was given.
        given: String,
        /// The ids of all that there are.
        known: Vec<String>,
        /// The nearest of them.
        nearest: Option<String>,
    },
    /// The options of the run contradict one another.
    #[error("{option} is {given}; expected {expected}")]
    Option {
        /// The option.
        option: &'static str,
        /// What was given.
        given: String,
        /// What is allowed.
        expected: String,
    },
}

/// The name that was meant, or the first of those that might have been.
fn meant(nearest: Option<&str>, known: &[String]) -> String {
    let listed = known.len().min(LISTED);
    match (nearest, known.len()) {
        (Some(near), _) => format!("; did you mean {near:?}?"),
        (None, 0) => String::new(),
        (None, all) if all == listed => format!("; expected one of {}", known.join(", ")),
        (None, all) => format!(
            "; expected one of {} or {} more",
            known[..listed].join(", "),
            all - listed
        ),
    }
}

/// Names that a message lists at most.
const LISTED: usize = 20;

impl From<CaseFaults> for DetenteError {
    fn from(faults: CaseFaults) -> Self {
        Self::Case(Box::new(faults))
    }
}
