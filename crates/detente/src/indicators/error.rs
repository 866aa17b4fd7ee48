use detente_legitimacy::LegitimacyError;
use thiserror::Error;

use crate::tabular::TableFault;

/// Why indicators could not be read. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum IndicatorError {
    /// There is a header and nothing else.
    #[error("no rows below the header; expected one for each leader or year")]
    NoRows,
    /// The text is no such table.
    #[error(transparent)]
    Table(#[from] TableFault),
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
    /// A row's numbers were refused.
    #[error("line {line}: {source}")]
    Row {
        /// The line.
        line: u64,
        /// Why.
        source: LegitimacyError,
    },
}
