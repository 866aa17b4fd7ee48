use detente_legitimacy::LegitimacyError;
use thiserror::Error;

use crate::tabular::TableFault;

/// Why indicators could not be read. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum IndicatorError {
    /// There is no text.
    #[error("no text; expected a header of indicators and a row below it")]
    Empty,
    /// There is a header and nothing else.
    #[error("no rows below the header; expected one for each leader or year")]
    NoRows,
    /// The text is not UTF-8.
    #[error("line {line}: not UTF-8; save the sheet as CSV in UTF-8")]
    Encoding {
        /// The line.
        line: usize,
    },
    /// A row is longer or shorter than the header.
    #[error("line {line}: {given} cells; expected {expected} as in the header")]
    Ragged {
        /// The line.
        line: u64,
        /// How many cells it has.
        given: u64,
        /// How many the header has.
        expected: u64,
    },
    /// The text is no table for another reason.
    #[error("{0}")]
    Table(String),
    /// No column is known, or one is missing that goes with others.
    #[error("line 1: no column {missing}; expected {expected}")]
    Column {
        /// The column.
        missing: String,
        /// What would do.
        expected: String,
    },
    /// A column is there twice.
    #[error("line 1: {column} is there twice; expected one column of that name")]
    Twice {
        /// The column.
        column: &'static str,
    },
    /// A cell holds what its column cannot.
    #[error("line {line}, column {column}: found {given:?}; expected {expected}")]
    Cell {
        /// The line.
        line: u64,
        /// The column.
        column: &'static str,
        /// What the cell holds.
        given: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// A row's numbers were refused.
    #[error("line {line}: {source}")]
    Row {
        /// The line.
        line: u64,
        /// Why.
        source: LegitimacyError,
    },
}

impl From<TableFault> for IndicatorError {
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
            TableFault::Other(words) => Self::Table(words),
        }
    }
}
