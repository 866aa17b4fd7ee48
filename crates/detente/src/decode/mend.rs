use std::collections::BTreeSet;

use ::toml::de::{DeTable, DeValue};

use super::{
    Fault, Faults,
    anchors::Anchors,
    from_toml::bury,
    statement::{Kind, Statement, statements},
    syntax::{faults_of, is_repetition},
};

/// A text made readable by blanking what could not be read, byte for byte: every span of it is a
/// span of the text it came from.
#[derive(Debug, Default)]
pub(super) struct Mended {
    /// The readable text.
    pub(super) text: String,
    /// Where values begin that stand in for unreadable ones.
    pub(super) broken: BTreeSet<usize>,
}

/// Records the syntax errors of a TOML text and blanks the statements that have them.
///
/// The parser's own recovery stops at the first line without `=`, and lets an unclosed bracket
/// swallow the rest of the file; so each statement is parsed alone. If its key can be read, the key
/// stays, with a value marked as broken; if a header cannot, its whole table goes. What was lost is
/// noted in `faults`, lest missing keys be reported that are there. O(n).
pub(super) fn mend(text: &str, faults: &mut Faults, anchors: &mut Anchors) -> Mended {
    let mut mending = Mending {
        source: text,
        text: text.as_bytes().to_vec(),
        broken: BTreeSet::new(),
        table: Some(0),
    };
    for statement in statements(text) {
        mending.statement(&statement, faults, anchors);
    }
    Mended {
        text: String::from_utf8_lossy(&mending.text).into_owned(),
        broken: mending.broken,
    }
}

fn is_unclosed(fault: &Fault) -> bool {
    fault.message.ends_with("never closed") || fault.message.starts_with("unclosed")
}

struct Mending<'t> {
    source: &'t str,
    text: Vec<u8>,
    broken: BTreeSet<usize>,
    /// Where the table that statements now belong to begins; none if its header was lost.
    table: Option<usize>,
}

impl Mending<'_> {
    fn statement(&mut self, statement: &Statement, faults: &mut Faults, anchors: &mut Anchors) {
        let alone = self.source.get(statement.range.clone()).unwrap_or_default();
        let (parsed, mut errors) = DeTable::parse_recoverable(alone);
        bury(DeValue::Table(parsed.into_inner()));
        errors.retain(|error| !is_repetition(error));
        let before = faults.len();
        faults.extend(faults_of(self.source, statement, &errors));
        let sound = errors.is_empty();
        if self.is_cut_short(statement) && faults.iter().skip(before).any(is_unclosed) {
            faults.lose_anywhere();
        }
        if let Kind::Header(start) = statement.kind {
            self.table = sound.then_some(start);
        }
        let Some(table) = self.table else {
            self.blank(statement);
            faults.lose_anywhere();
            return;
        };
        if sound {
            return;
        }
        self.blank(statement);
        let kept = self.keep_key(statement);
        if kept.is_none() {
            faults.lose_in(table);
        }
        anchors.note(before, faults, kept.unwrap_or(table));
    }

    /// Whether the text ends with this statement and without a line break. If the statement is not
    /// closed then, the file was most likely cut short, and anything may have followed.
    fn is_cut_short(&self, statement: &Statement) -> bool {
        statement.range.end == self.source.len() && !self.source.ends_with('\n')
    }

    /// Overwrites the statement with blanks, line breaks excepted.
    fn blank(&mut self, statement: &Statement) {
        for byte in &mut self.text[statement.range.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }

    /// Writes the key of a blanked statement back with `0` for its value, if the key can be read and
    /// there is room; where the `0` stands, if it was done.
    fn keep_key(&mut self, statement: &Statement) -> Option<usize> {
        let (start, end) = self.key(statement)?;
        let line = &self.source.as_bytes()[end..statement.range.end];
        let room = line.iter().take_while(|byte| **byte != b'\n').count();
        if room < 2 {
            return None;
        }
        // The value stands where it stood, if `=` does and something follows on its line.
        let value = match statement.kind {
            Kind::Pair(equals) => {
                let after = &self.source.as_bytes()[equals + 1..end + room];
                let gap = after
                    .iter()
                    .take_while(|byte| byte.is_ascii_whitespace())
                    .count();
                if gap < after.len() {
                    equals + 1 + gap
                } else {
                    end + room - 1
                }
            }
            _ => end + 1,
        };
        self.text[start..end].copy_from_slice(&self.source.as_bytes()[start..end]);
        self.text[end] = b'=';
        self.text[value] = b'0';
        self.broken.insert(value);
        Some(value)
    }

    /// The bytes of the key of a statement, if it can be read: what stands before `=`, or before the
    /// `:` that some write instead.
    fn key(&self, statement: &Statement) -> Option<(usize, usize)> {
        let start = statement.range.start;
        let line = &self.source[statement.range.clone()];
        let before = match statement.kind {
            Kind::Pair(equals) => self.source.get(start..equals)?,
            Kind::Header(_) => return None,
            Kind::Other => line.split_once(':')?.0,
        };
        let key = before.trim_end();
        let readable = !key.contains('\n') && DeTable::parse(&format!("{key}=0")).is_ok();
        readable.then_some((start, start + key.len()))
    }
}
