//! Text in rows and columns: what can go wrong before a cell is looked at.

use std::borrow::Cow;

use csv::{Reader, ReaderBuilder, Trim};

/// What is wrong with the text of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TableFault {
    /// There is no text.
    Empty,
    /// The text is not UTF-8 in this line.
    Encoding { line: usize },
    /// A row is longer or shorter than the header.
    Ragged {
        line: u64,
        given: u64,
        expected: u64,
    },
    /// Anything else, in words.
    Other(String),
}

/// The text without its byte-order mark, and with one character at the end of a line: two would make
/// the reader count lines one too low.
pub(crate) fn decoded(text: &[u8]) -> Result<Cow<'_, str>, TableFault> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let decoded = std::str::from_utf8(text).map_err(|error| {
        let before = &text[..error.valid_up_to()];
        let breaks = before.iter().filter(|byte| **byte == b'\n').count();
        TableFault::Encoding { line: breaks + 1 }
    })?;
    if decoded.trim().is_empty() {
        return Err(TableFault::Empty);
    }
    Ok(match decoded.contains("\r\n") {
        true => Cow::Owned(decoded.replace("\r\n", "\n")),
        false => Cow::Borrowed(decoded),
    })
}

/// A reader of rows as long as the header; blanks around cells do not count.
pub(crate) fn reader(text: &str) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .trim(Trim::All)
        .flexible(false)
        .from_reader(text.as_bytes())
}

/// Whether the first cell of a text says `name`, whatever parts its cells.
pub(crate) fn begins_with(text: &[u8], name: &str) -> bool {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let line = text.trim_ascii_start().split(|byte| *byte == b'\n').next();
    let line = line.unwrap_or_default();
    let Some(end) = line.iter().position(|byte| b",;\t".contains(byte)) else {
        return false;
    };
    let cell = line[..end].trim_ascii();
    let bare = cell
        .strip_prefix(b"\"")
        .and_then(|it| it.strip_suffix(b"\""));
    bare.unwrap_or(cell).eq_ignore_ascii_case(name.as_bytes())
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
            _ => Self::Other(error.to_string()),
        }
    }
}
