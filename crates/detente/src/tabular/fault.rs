use thiserror::Error;

/// What is wrong with a text in rows and columns, whatever it tells. Lines and columns are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TableFault {
    /// There is no text.
    #[error("there is no text; expected a header: {expected}")]
    Empty {
        /// The header that would do.
        expected: &'static str,
    },
    /// The text is not UTF-8.
    #[error("line {line}: the text is not UTF-8; save the table as CSV in UTF-8")]
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
    /// The text is no CSV for another reason.
    #[error("{0}")]
    Text(String),
}

impl From<csv::Error> for TableFault {
    fn from(error: csv::Error) -> Self {
        match error.kind() {
            csv::ErrorKind::UnequalLengths {
                pos,
                expected_len,
                len,
            } => Self::Ragged {
                line: pos.as_ref().map_or(0, csv::Position::line),
                given: *len,
                expected: *expected_len,
            },
            _ => Self::Text(error.to_string()),
        }
    }
}
