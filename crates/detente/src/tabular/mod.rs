//! Texts in rows and columns: how they are read, and what can be wrong with any of them.

mod fault;
mod faults;

use std::borrow::Cow;

use csv::{Reader, ReaderBuilder, StringRecord, Trim};

pub use fault::TableFault;
pub(crate) use faults::Gathered;
pub use faults::TableFaults;

/// The text without its byte-order mark, and with one character at the end of a line: two would make
/// the reader count lines one too low. A text that is empty is refused for want of the header that is `expected`.
pub(crate) fn decoded<'t>(
    text: &'t [u8],
    expected: &'static str,
) -> Result<Cow<'t, str>, TableFault> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let decoded = std::str::from_utf8(text).map_err(|error| {
        let before = &text[..error.valid_up_to()];
        let breaks = before.iter().filter(|byte| **byte == b'\n').count();
        TableFault::Encoding { line: breaks + 1 }
    })?;
    if decoded.trim().is_empty() {
        return Err(TableFault::Empty { expected });
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

/// A column whose name is not what it should be.
pub(crate) fn misnamed(header: &StringRecord, column: usize, expected: &'static str) -> TableFault {
    TableFault::Header {
        column: column + 1,
        given: short(header.get(column).unwrap_or_default()),
        expected,
    }
}

/// One row, and what its columns are called.
#[derive(Clone, Copy)]
pub(crate) struct Row<'r> {
    pub(crate) header: &'r StringRecord,
    pub(crate) record: &'r StringRecord,
}

impl<'r> Row<'r> {
    /// Its line, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// A cell; empty beyond the end of the row.
    pub(crate) fn cell(&self, column: usize) -> &'r str {
        self.record.get(column).unwrap_or_default()
    }

    /// A cell that holds something else than it should.
    pub(crate) fn refused(&self, column: usize, expected: &'static str) -> TableFault {
        TableFault::Cell {
            line: self.line(),
            column: column + 1,
            name: short(self.header.get(column).unwrap_or_default()),
            given: short(self.cell(column)),
            expected,
        }
    }
}

/// As much of a cell as a message should repeat.
fn short(cell: &str) -> String {
    cell.chars().take(60).collect()
}
