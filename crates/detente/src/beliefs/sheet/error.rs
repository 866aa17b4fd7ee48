use detente_quantity::Date;
use thiserror::Error;

use crate::tabular::TableFault;

/// Why a sheet of acts could not be read. Lines and columns are counted from 1.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ActSheetError {
    /// The text is no such table.
    #[error(transparent)]
    Table(#[from] TableFault),
    /// Fewer than two types have a column, so that no act could tell one from another.
    #[error(
        "the header names {}; expected one column for each of two types of actor or more, with the likelihood of \
         the act from it",
        match only { Some(name) => format!("only the type {name:?}"), None => "no type".to_owned() }
    )]
    Types {
        /// The type that has a column, where one has.
        only: Option<String>,
    },
    /// An act became known before it was done.
    #[error("line {line}: known on {known}, before it was done on {date}")]
    TooSoon {
        /// The line.
        line: u64,
        /// When it became known.
        known: Date,
        /// When it was done.
        date: Date,
    },
    /// A party is both observer and actor.
    #[error("line {line}: {party:?} watches itself; expected an observer other than the actor")]
    Itself {
        /// The line.
        line: u64,
        /// The party.
        party: String,
    },
    /// No type has a likelihood above 0.
    #[error("line {line}: no type could have done it; expected a likelihood above 0 for some type")]
    Impossible {
        /// The line.
        line: u64,
    },
    /// An observer's prior about an actor is given twice.
    #[error("line {line}: {observer:?} has a prior about {actor:?} in line {first} already")]
    SecondPrior {
        /// The line.
        line: u64,
        /// The line that gave it before.
        first: u64,
        /// The observer.
        observer: String,
        /// The actor.
        actor: String,
    },
    /// The probabilities of a prior do not add up to 1.
    #[error("line {line}: the prior adds up to {sum}; expected 1 (to within 1e-9)")]
    Prior {
        /// The line.
        line: u64,
        /// What it adds up to.
        sum: f64,
    },
    /// There is no act.
    #[error("the sheet has no acts; expected one row for each act that an observer came to know")]
    NoActs,
    /// The sheet is too long.
    #[error("the sheet has more than {limit} rows; expected fewer")]
    TooLong {
        /// How many rows are read.
        limit: usize,
    },
}
