use std::{fmt, ops::Range};

use super::Path;

/// What kind of mistake a [`Fault`] is. The text of [`Code::code`] is stable: people look it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// E001: the text is not TOML (or JSON) here.
    Syntax,
    /// E002: a key that the table does not have.
    UnknownKey,
    /// E003: a key that the table must have is absent.
    MissingKey,
    /// E004: a name that nothing in the case bears, or a word that is not in the list.
    UnknownName,
    /// E005: a value of another type than the place asks for.
    WrongType,
    /// E006: a number or date outside the allowed range.
    OutOfRange,
    /// E007: a key or an id given twice.
    Duplicate,
    /// E008: two statements that cannot both hold, or one that lacks its counterpart.
    Contradiction,
    /// E009: a text that is not in the required form, such as an id with a space in it.
    Malformed,
    /// E010: the file is not UTF-8.
    Encoding,
    /// E011: values nested more deeply than any case needs.
    Depth,
}

impl Code {
    /// Every code, in order.
    pub const ALL: [Self; 11] = [
        Self::Syntax,
        Self::UnknownKey,
        Self::MissingKey,
        Self::UnknownName,
        Self::WrongType,
        Self::OutOfRange,
        Self::Duplicate,
        Self::Contradiction,
        Self::Malformed,
        Self::Encoding,
        Self::Depth,
    ];

    /// The stable text, `E001` and up.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Syntax => "E001",
            Self::UnknownKey => "E002",
            Self::MissingKey => "E003",
            Self::UnknownName => "E004",
            Self::WrongType => "E005",
            Self::OutOfRange => "E006",
            Self::Duplicate => "E007",
            Self::Contradiction => "E008",
            Self::Malformed => "E009",
            Self::Encoding => "E010",
            Self::Depth => "E011",
        }
    }

    /// What the mistake is and what to do about it, in one line.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Syntax => {
                "the text is not valid TOML or JSON here, so its value could not be read"
            }
            Self::UnknownKey => {
                "this table has no such key; check the spelling and the table it stands in"
            }
            Self::MissingKey => "this table needs a key that is absent; add it",
            Self::UnknownName => {
                "nothing in the case bears this name, or the word is not in the list"
            }
            Self::WrongType => "the place asks for a value of another type",
            Self::OutOfRange => "the number or date lies outside the range that makes sense here",
            Self::Duplicate => "the same key or id is given twice; keep one",
            Self::Contradiction => {
                "two statements of the case cannot both hold; correct one of them"
            }
            Self::Malformed => "the text is not in the form that the place asks for",
            Self::Encoding => "the file is not UTF-8 text; save it as UTF-8",
            Self::Depth => "values are nested more deeply than can be read",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Which of the two texts at a path to underline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Place {
    /// The key.
    Key,
    /// The value.
    #[default]
    Value,
}

/// One mistake: what is wrong, where, and what would be right.
///
/// A fault needs no span: [`Faults::locate`](super::Faults::locate) finds the text at its path. A
/// path may lead to something that is not there (a missing key); then the nearest table above it
/// that is there is underlined.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The kind of mistake.
    pub code: Code,
    /// The way to the value at fault.
    pub path: Path,
    /// Whether the key or the value at that path is at fault.
    pub place: Place,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to write beside the underline, usually what was expected.
    pub label: Option<String>,
    /// What to do about it, such as the nearest valid name.
    pub help: Option<String>,
    /// The text at fault, in bytes of the source; absent until located, and always for JSON.
    pub span: Option<Range<usize>>,
}

impl Fault {
    /// A fault of the value at `path`.
    #[must_use]
    pub fn new(code: Code, path: Path, message: impl Into<String>) -> Self {
        Self {
            code,
            path,
            place: Place::Value,
            message: message.into(),
            label: None,
            help: None,
            span: None,
        }
    }

    /// Blames the key at the path instead of its value, and forgets the value's span.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.place = Place::Key;
        self.span = None;
        self
    }

    /// Adds what was expected, shown beside the underline.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the nearest of the valid names as the help, if one is near enough.
    #[must_use]
    pub fn with_nearest<'a>(self, given: &str, valid: impl IntoIterator<Item = &'a str>) -> Self {
        match super::nearest(given, valid) {
            Some(name) => self.with_help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Sets the text at fault, in bytes of the source.
    #[must_use]
    pub fn with_span(mut self, span: Option<Range<usize>>) -> Self {
        self.span = span;
        self
    }
}

/// The fault in one line, for logs: `E005 at party.us: expected a table, found text`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.code())?;
        if !self.path.is_root() {
            write!(f, " at {}", self.path)?;
        }
        write!(f, ": {}", self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_numbered_in_order_and_explained() {
        for (place, code) in Code::ALL.into_iter().enumerate() {
            assert_eq!(code.code(), format!("E{:03}", place + 1));
            assert!(!code.explanation().ends_with('.'));
        }
    }

    #[test]
    fn a_fault_fits_on_one_line() {
        let fault = Fault::new(
            Code::UnknownName,
            Path::root().key("by"),
            "unknown party `est`",
        )
        .with_nearest("est", ["west", "east"]);
        assert_eq!(
            fault.to_string(),
            "E004 at by: unknown party `est` (did you mean `west`?)"
        );
    }

    #[test]
    fn blaming_the_key_forgets_the_span_of_the_value() {
        let fault = Fault::new(Code::Malformed, Path::root(), "x").with_span(Some(0..1));
        assert_eq!(fault.at_key().span, None);
    }
}
