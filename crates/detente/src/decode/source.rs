use super::{Code, Fault, Faults, Node, Path, Value};

/// The notation of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// TOML, which people write.
    Toml,
    /// JSON, which tools write.
    Json,
}

/// A named text whose lines can be counted.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    format: Format,
    /// Where each line begins, in bytes; the first begins at 0.
    line_starts: Vec<usize>,
    /// The first byte that is not UTF-8, if the text was read from bytes.
    encoding: Option<Fault>,
}

impl Source {
    /// A text under the name that faults will show, usually that of a file. A name that ends in
    /// `.json` makes it JSON, any other TOML.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let json = name
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"));
        let line_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0)
            .chain(line_breaks.map(|(offset, _)| offset + 1))
            .collect();
        Self {
            name,
            text,
            format: if json { Format::Json } else { Format::Toml },
            line_starts,
            encoding: None,
        }
    }

    /// The text that the bytes are in UTF-8. If they are not, the first byte that is not is a fault
    /// that [`Source::node`] reports, and the text holds `U+FFFD` in the place of such bytes.
    #[must_use]
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Self {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return Self::new(name, text),
            Err(error) => error,
        };
        // Up to the first fault both texts agree, so its offset is good for both.
        let mut source = Self::new(name, String::from_utf8_lossy(bytes));
        source.encoding = Some(not_utf8(&source, bytes, error.valid_up_to()));
        source
    }

    /// The same text in another notation than its name suggests.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// The name that faults show.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The notation.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The text as a tree; every syntax error is recorded. Of text in another encoding the rest is
    /// read as well, unless it has zero bytes, as UTF-16 does: then none of it can be read.
    pub fn node(&self, faults: &mut Faults) -> Node {
        faults.extend(self.encoding.clone());
        if self.encoding.is_some() && self.text.contains('\0') {
            return Node::new(Value::Broken);
        }
        match self.format {
            Format::Toml => Node::from_toml(&self.text, faults),
            Format::Json => Node::from_json(&self.text, faults),
        }
    }

    /// The line and the column of a byte, both counted from 1, columns in characters. A byte-order
    /// mark takes no column; an offset past the end is the end. O(log lines + length of the line).
    #[must_use]
    pub fn locate(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let text = self.line(line);
        let start = self.line_start(line);
        let before = text
            .char_indices()
            .filter(|(at, _)| start + at < offset)
            .count();
        (line.max(1), before + 1)
    }

    /// The line of a byte, counted from 1. O(log lines).
    pub(crate) fn line_number(&self, offset: usize) -> usize {
        let before = |start: &usize| *start <= offset;
        self.line_starts.partition_point(before).max(1)
    }

    /// A line, counted from 1, without its line break and the byte-order mark; empty if there is no
    /// such line.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        let start = self.line_start(number);
        let end = self
            .line_starts
            .get(number)
            .copied()
            .unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Where the text of a line begins, in bytes.
    pub(super) fn line_start(&self, number: usize) -> usize {
        let start = number
            .checked_sub(1)
            .and_then(|line| self.line_starts.get(line));
        match start.copied() {
            Some(0) if self.text.starts_with(BYTE_ORDER_MARK) => BYTE_ORDER_MARK.len_utf8(),
            Some(start) => start,
            None => self.text.len(),
        }
    }
}

/// What some editors write at the beginning of a file.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

fn not_utf8(source: &Source, bytes: &[u8], offset: usize) -> Fault {
    let (line, _) = source.locate(offset);
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let message = format!("byte {offset} (0x{byte:02x}, in line {line}) is not UTF-8");
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let help = if utf16 {
        "the file looks like UTF-16: save it as UTF-8"
    } else {
        "save the file as UTF-8"
    };
    Fault::new(Code::Encoding, Path::root(), message)
        .with_help(help)
        .with_span(Some(
            offset..offset + char::REPLACEMENT_CHARACTER.len_utf8(),
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let source = Source::new("x", "aé\r\n\tb\n\nlast");
        for (offset, place) in [
            (0, (1, 1)),
            (1, (1, 2)),
            (2, (1, 3)),
            (3, (1, 3)),
            (4, (1, 3)),
            (5, (2, 1)),
            (6, (2, 2)),
            (8, (3, 1)),
            (9, (4, 1)),
            (13, (4, 5)),
            (usize::MAX, (4, 5)),
        ] {
            assert_eq!(source.locate(offset), place, "{offset}");
        }
        let lines: Vec<&str> = (0..=5).map(|number| source.line(number)).collect();
        assert_eq!(lines, ["", "aé", "\tb", "", "last", ""]);
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        let source = Source::new("x", "");
        assert_eq!((source.locate(0), source.line(1)), ((1, 1), ""));
    }

    #[test]
    fn a_byte_order_mark_is_not_seen() {
        let source = Source::new("x", "\u{feff}a = 1");
        assert_eq!((source.locate(3), source.line(1)), ((1, 1), "a = 1"));
        assert_eq!((source.locate(0), source.locate(4)), ((1, 1), (1, 2)));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_one_fault_and_hide_no_other() {
        let source = Source::from_bytes("x", b"a = 1\nb = 'D\xe9tente'\nc = \xff");
        let mut faults = Faults::new();
        let node = source.node(&mut faults);
        assert_eq!(node.get("a").map(|a| &a.value), Some(&Value::Integer(1)));
        let found = faults.into_vec();
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].code, Code::Syntax);
        assert_eq!(
            found[0].to_string(),
            "E010: byte 12 (0xe9, in line 2) is not UTF-8 (save the file as UTF-8)"
        );
        assert_eq!(source.locate(found[0].span.clone().unwrap().start), (2, 7));
        assert_eq!(source.line(2), "b = 'D\u{fffd}tente'");
    }

    #[test]
    fn the_extension_tells_the_notation() {
        assert_eq!(Source::new("a.JSON", "").format(), Format::Json);
        assert_eq!(Source::new("a.toml", "").format(), Format::Toml);
        assert_eq!(Source::new("json", "").format(), Format::Toml);
    }
}
