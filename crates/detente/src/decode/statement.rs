use std::ops::Range;

/// One statement of a TOML text: a header, a key with its value, or a line without either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// Its bytes, the line break included.
    pub(super) range: Range<usize>,
    /// What it begins as.
    pub(super) kind: Kind,
    /// The bracket or quotation mark that is never closed, if there is one.
    pub(super) open: Option<Range<usize>>,
}

/// What a statement begins as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A header `[…]` or `[[…]]`, whose first bracket is this byte.
    Header(usize),
    /// A key and a value, with `=` at this byte.
    Pair(usize),
    /// Neither: a blank line, a comment or a mistake.
    Other,
}

/// Cuts a TOML text into statements so that a mistake in one leaves the others alone.
///
/// In a valid text the cuts are exactly those of TOML. A value whose bracket is never closed ends
/// before the next line that can only be a statement: one that begins, unindented, with a header, or
/// with `key =` where no key can stand. A multi-line text that is never closed ends with its line.
/// O(n).
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        unclosed: Vec::new(),
    };
    let (mut found, mut start) = (Vec::new(), 0);
    while start < text.len() {
        let statement = scanner.statement(start);
        start = statement.range.end;
        found.push(statement);
    }
    found
}

struct Scanner<'t> {
    bytes: &'t [u8],
    /// The triple quotation marks known never to be closed: scanning for the end again and again
    /// would cost the square of the length.
    unclosed: Vec<u8>,
}

/// What is known of a statement half read.
#[derive(Default)]
struct Reading {
    kind: Option<Kind>,
    brackets: Vec<usize>,
    last: u8,
    open: Option<Range<usize>>,
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn statement(&mut self, start: usize) -> Statement {
        let (mut at, mut reading) = (start, Reading::default());
        while let Some(byte) = self.byte(at) {
            if byte == b'\n' {
                at += 1;
                if self.ends(&reading, at) {
                    break;
                }
            } else {
                at = self.step(at, byte, &mut reading);
            }
        }
        let bracket = reading.brackets.last().map(|open| *open..open + 1);
        Statement {
            range: start..at,
            kind: reading.kind.unwrap_or(Kind::Other),
            open: reading.open.or(bracket),
        }
    }

    /// Takes in what begins at this byte, which is no line break; returns where it ends.
    fn step(&mut self, at: usize, byte: u8, reading: &mut Reading) -> usize {
        let in_value = matches!(reading.kind, Some(Kind::Pair(_)));
        match byte {
            b'#' => return self.line_end(at),
            b' ' | b'\t' | b'\r' => return at + 1,
            b'"' | b'\'' => {
                reading.kind.get_or_insert(Kind::Other);
                reading.last = byte;
                return self.quoted(at, byte, reading);
            }
            b'=' if matches!(reading.kind, None | Some(Kind::Other)) => {
                reading.kind = Some(Kind::Pair(at));
            }
            b'[' if reading.kind.is_none() => reading.kind = Some(Kind::Header(at)),
            b'[' | b'{' if in_value => reading.brackets.push(at),
            b']' | b'}' if in_value => {
                reading.brackets.pop();
            }
            _ => {}
        }
        // A byte-order mark is not yet text.
        if !matches!(byte, 0xef | 0xbb | 0xbf) {
            reading.kind.get_or_insert(Kind::Other);
        }
        reading.last = byte;
        at + 1
    }

    /// The end of the quoted text that begins here; of its line, if it is not closed.
    fn quoted(&mut self, at: usize, mark: u8, reading: &mut Reading) -> usize {
        let triple = [mark; 3];
        if !self.bytes[at..].starts_with(&triple) {
            return self
                .close(at + 1, &[mark], true)
                .unwrap_or_else(|| self.line_end(at));
        }
        let known = self.unclosed.contains(&mark);
        let end = if known {
            None
        } else {
            self.close(at + 3, &triple, false)
        };
        end.unwrap_or_else(|| {
            self.unclosed.push(mark);
            reading.open = Some(at..at + 3);
            self.line_end(at)
        })
    }

    /// The first byte after the closing mark; none if the text, or the line, ends before.
    fn close(&self, mut at: usize, mark: &[u8], in_line: bool) -> Option<usize> {
        loop {
            match self.byte(at)? {
                b'\n' if in_line => return None,
                b'\\' if mark.starts_with(b"\"") && self.byte(at + 1) != Some(b'\n') => at += 2,
                _ if self.bytes[at..].starts_with(mark) => {
                    // Up to two more marks belong to a multi-line text that ends with them.
                    let extra = self.bytes[at + mark.len()..]
                        .iter()
                        .take(mark.len() - 1)
                        .take_while(|byte| mark.starts_with(&[**byte]))
                        .count();
                    return Some(at + mark.len() + extra);
                }
                _ => at += 1,
            }
        }
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        let length = rest.iter().position(|byte| *byte == b'\n');
        at + length.unwrap_or(rest.len())
    }

    /// Whether the statement ends before the line that begins here.
    fn ends(&self, reading: &Reading, line: usize) -> bool {
        let Some(&innermost) = reading.brackets.last() else {
            return true;
        };
        // Between brackets a header is no value, and a key stands only in a table after `{` or `,`.
        let key_may_stand =
            self.byte(innermost) == Some(b'{') && matches!(reading.last, b'{' | b',');
        reading.open.is_some() || self.is_header(line) || (!key_may_stand && self.is_key(line))
    }

    /// Whether a header of bare keys that cannot be a value begins at this byte and fills its line.
    fn is_header(&self, line: usize) -> bool {
        let rest = &self.bytes[line..self.line_end(line)];
        let brackets = rest
            .iter()
            .take(2)
            .take_while(|byte| **byte == b'[')
            .count();
        let inside = &rest[brackets..];
        let length = inside.iter().take_while(|byte| is_bare(**byte)).count();
        let (name, after) = inside.split_at(length);
        let value = [&b"true"[..], b"false", b"inf", b"nan"].contains(&name);
        let closed = after.iter().take_while(|byte| **byte == b']').count() == brackets;
        let left = after.get(brackets..).unwrap_or_default().trim_ascii();
        brackets > 0
            && name.first().is_some_and(u8::is_ascii_alphabetic)
            && !value
            && closed
            && (left.is_empty() || left.starts_with(b"#"))
    }

    /// Whether a bare key and `=` begin at this byte.
    fn is_key(&self, line: usize) -> bool {
        let rest = &self.bytes[line..self.line_end(line)];
        let length = rest.iter().take_while(|byte| is_bare(**byte)).count();
        length > 0 && rest[length..].trim_ascii_start().starts_with(b"=")
    }
}

/// Whether the byte may stand in a bare key or between two.
fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) -> Vec<Statement> {
        let found = statements(text);
        let parts = found.iter().map(|found| &text[found.range.clone()]);
        assert_eq!(parts.collect::<Vec<_>>(), expected);
        found
    }

    #[test]
    fn valid_texts_are_cut_between_statements() {
        for parts in [
            &["a = 1\n", "\n", "# c ' [\n", "[t] # x\r\n", "b.c = 2"][..],
            &["a = [\n  1, # ]\n  2,\n]\n", "b = '['\n"],
            &["a = { x = 1,\ny = \"}\\\"\",\nz = 3\n}\n", "b = 1"],
            &["a = [\n[1],\n[true]\n]\n", "b = 1"],
            &[
                "a = \"\"\"x\n[t]\nb = 1 \\\"\"\" \\\n \"\"\"\"\"\n",
                "c = 1",
            ],
            &["a = '''\n\\'''\n", "c = 1"],
        ] {
            check(&parts.concat(), parts);
        }
    }

    #[test]
    fn an_unclosed_bracket_ends_before_the_next_statement() {
        for (first, second) in [
            ("a = [1,\n", "b = 2\n"),
            ("a = [1,\n", "[t]\n"),
            ("a = [1,\n  2\n", "[[t.u]] # c\n"),
            ("a = { x = 1\n", "b = 2\n"),
            ("a = { x = 1,\n", "[t]\n"),
        ] {
            let found = check(&format!("{first}{second}"), &[first, second]);
            assert_eq!(found[0].open, Some(4..5), "{first}");
            assert_eq!(found[1].open, None);
        }
    }

    #[test]
    fn an_unclosed_text_ends_with_its_line() {
        let found = check(
            "a = \"\"\"x\n[t]\nb = \"x\nc = 1",
            &["a = \"\"\"x\n", "[t]\n", "b = \"x\n", "c = 1"],
        );
        let open: Vec<_> = found.into_iter().map(|found| found.open).collect();
        assert_eq!(open, [Some(4..7), None, None, None]);
    }

    #[test]
    fn statements_are_told_apart() {
        let kinds = |text| {
            let found = statements(text).into_iter().map(|found| found.kind);
            found.collect::<Vec<_>>()
        };
        assert_eq!(
            kinds(" [a]\n\"=\" = [1]\nx\n#y"),
            [Kind::Header(1), Kind::Pair(9), Kind::Other, Kind::Other,]
        );
        assert_eq!(kinds("\u{feff}[a]\n"), [Kind::Header(3)]);
        assert!(statements("").is_empty());
    }
}
