use detente_quantity::Date;
use thiserror::Error;

use crate::tabular::TableFault;

/// Why a sheet of acts could not be read. Lines and columns are counted from 1.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ActSheetError {
    /// There is no text.
    #[error(
        "the sheet is empty; expected a header: date,observer,actor, and one column for each type"
    )]
    Empty,
    /// The text is not UTF-8.
    #[error("line {line}: the text is not UTF-8; save the sheet as CSV in UTF-8")]
    Encoding {
        /// The first line with a byte that is not UTF-8.
        line: usize,
    },
    /// The header does not name what it must.
    #[error("line 1, column {column}: found {given:?}; expected {expected}")]
    Header {
        /// The column.
        column: usize,
        /// What it is called.
        given: String,
        /// What it should be.
        expected: &'static str,
    },
    /// No type has a column.
    #[error(
        "the header names no type; expected one column for each type of actor, with the likelihood \
         of the act from it"
    )]
    NoTypes,
    /// A row is longer or shorter than the header.
    #[error("line {line}: {given} columns; expected {expected} as in the header")]
    Ragged {
        /// The line.
        line: u64,
        /// How many columns it has.
        given: u64,
        /// How many the header has.
        expected: u64,
    },
    /// A cell holds something else than it should.
    #[error("line {line}, column {column} ({name}): found {given:?}; expected {expected}")]
    Cell {
        /// The line.
        line: u64,
        /// The column.
        column: usize,
        /// What the column is called.
        name: String,
        /// What the cell holds.
        given: String,
        /// What it should hold.
        expected: &'static str,
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
    /// The text is no CSV.
    #[error("{0}")]
    Csv(String),
}

impl From<TableFault> for ActSheetError {
    fn from(fault: TableFault) -> Self {
        match fault {
            TableFault::Empty => Self::Empty,
            TableFault::Encoding { line } => Self::Encoding { line },
            TableFault::Ragged {
                line,
                given,
                expected,
            } => Self::Ragged {
                line,
                given,
                expected,
            },
            TableFault::Other(words) => Self::Csv(words),
        }
    }
}
