use std::fmt;

use crate::{FormatError, Place, error::quoted};

/// A format that is read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// A game in normal form: `NFG 1 R …`, by payoffs or by outcomes.
    Nfg,
    /// A game in extensive form: `EFG 2 R …`.
    Efg,
    /// A domain or a profile of Genius: XML.
    Genius,
    /// A domain or a profile of GeniusWeb: JSON.
    GeniusWeb,
    /// A domain or a utility function of NegMAS: YAML.
    Negmas,
    /// A score sheet: CSV with the header `issue,option,<party>,<party>…`.
    Sheet,
    /// A negotiation or a game as this crate writes it: JSON.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 7] = [
        Self::Nfg,
        Self::Efg,
        Self::Genius,
        Self::GeniusWeb,
        Self::Negmas,
        Self::Sheet,
        Self::Json,
    ];

    /// The word for it: `nfg`, `efg`, `genius`, `geniusweb`, `negmas`, `csv` or `json`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nfg => "nfg",
            Self::Efg => "efg",
            Self::Genius => "genius",
            Self::GeniusWeb => "geniusweb",
            Self::Negmas => "negmas",
            Self::Sheet => "csv",
            Self::Json => "json",
        }
    }

    /// The format of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|it| it.word().eq_ignore_ascii_case(word))
    }

    /// The format that a text begins like, whatever its file is called; `None` if it is like none.
    /// Only the beginning and, of JSON, the names at the top are looked at. O(characters) at worst.
    ///
    /// ```
    /// use detente_formats::Format;
    ///
    /// assert_eq!(Format::of(b"NFG 1 R \"title\" { \"a\" \"b\" } { 2 2 }"), Some(Format::Nfg));
    /// assert_eq!(Format::of(b"issue,option,north,south\n"), Some(Format::Sheet));
    /// assert_eq!(Format::of(b"<utility_space><objective/></utility_space>"), Some(Format::Genius));
    /// assert_eq!(Format::of(b"[identity]\ntitle = \"a case\"\n"), None);
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let start = bytes.trim_ascii_start();
        let word = |word: &str| {
            let rest = start.strip_prefix(word.as_bytes());
            rest.is_some_and(|it| it.first().is_none_or(|byte| b" \t\r\n\"".contains(byte)))
        };
        match start.first()? {
            b'N' if word("NFG") => Some(Self::Nfg),
            b'E' if word("EFG") => Some(Self::Efg),
            b'<' => Some(Self::Genius),
            b'{' => of_names(start),
            _ if begins_with_cell(start, "issue") => Some(Self::Sheet),
            _ => like_yaml(start).then_some(Self::Negmas),
        }
    }

    pub(crate) const fn feature(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            _ => self.word(),
        }
    }

    pub(crate) fn names() -> &'static str {
        "a game (.nfg, .efg), a file of Genius (XML), GeniusWeb (JSON) or NegMAS (YAML), or a score \
         sheet (CSV)"
    }

    pub(crate) fn unrecognised(text: &str) -> FormatError {
        let start = text.trim_start();
        FormatError::Unrecognised {
            place: Place::of(text, text.len() - start.len()),
            given: quoted(start.lines().next().unwrap_or_default()),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nfg => "a game in normal form (.nfg)",
            Self::Efg => "a game in extensive form (.efg)",
            Self::Genius => "a file of Genius (XML)",
            Self::GeniusWeb => "a file of GeniusWeb (JSON)",
            Self::Negmas => "a file of NegMAS (YAML)",
            Self::Sheet => "a score sheet (CSV)",
            Self::Json => "a file of Détente (JSON)",
        })
    }
}

/// Whether the first cell of a text says this, whatever parts its cells.
fn begins_with_cell(start: &[u8], name: &str) -> bool {
    let line = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let Some(end) = line.iter().position(|byte| b",;\t".contains(byte)) else {
        return false;
    };
    let cell = line[..end].trim_ascii();
    let bare = cell
        .strip_prefix(b"\"")
        .and_then(|it| it.strip_suffix(b"\""));
    bare.unwrap_or(cell).eq_ignore_ascii_case(name.as_bytes())
}

/// The format of a JSON text by the names at its top.
fn of_names(start: &[u8]) -> Option<Format> {
    let names = top_names(start);
    let has = |name: &[u8]| names.contains(&name);
    let is_space =
        |name: &&[u8]| name.ends_with(b"UtilitySpace") || name.ends_with(b"PartialOrdering");
    if has(b"detente") {
        Some(Format::Json)
    } else if names.iter().any(is_space) || has(b"issuesValues") {
        Some(Format::GeniusWeb)
    } else {
        None
    }
}

/// The names at the top of a JSON text, as far as it is one.
fn top_names(text: &[u8]) -> Vec<&[u8]> {
    const MOST: usize = 64;
    let (mut names, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let from = at + 1;
                at = from;
                while text.get(at).is_some_and(|byte| *byte != b'"') {
                    at += if text[at] == b'\\' { 2 } else { 1 };
                }
                let after = text.get(at + 1..).unwrap_or_default();
                if depth == 1 && after.trim_ascii_start().first() == Some(&b':') {
                    names.push(text.get(from..at).unwrap_or_default());
                }
            }
            _ => {}
        }
        if names.len() == MOST {
            break;
        }
        at += 1;
    }
    names
}

/// Whether the first line that says something is a name and a colon, as in YAML and not in TOML.
fn like_yaml(start: &[u8]) -> bool {
    let lines = start.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let says = |line: &&[u8]| !line.is_empty() && !line.starts_with(b"#") && *line != b"---";
    let Some(line) = lines.into_iter().find(says) else {
        return false;
    };
    let Some(colon) = line.iter().position(|byte| *byte == b':') else {
        return false;
    };
    let name = line[..colon].trim_ascii();
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'-';
    let ends = line.get(colon + 1).is_none_or(u8::is_ascii_whitespace);
    !name.is_empty() && name.iter().all(belongs) && ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_content() {
        for (text, format) in [
            ("EFG 2 R \"x\"", Some(Format::Efg)),
            ("\u{feff} NFG 1 R", Some(Format::Nfg)),
            ("NFGX", None),
            (
                "{\"LinearAdditiveUtilitySpace\": {}}",
                Some(Format::GeniusWeb),
            ),
            (
                "{\"name\": \"x\", \"issuesValues\": {}}",
                Some(Format::GeniusWeb),
            ),
            ("{\"a\": {\"issuesValues\": {}}}", None),
            ("{\"detente\": \"negotiation\"}", Some(Format::Json)),
            ("{\"party\": {}}", None),
            ("# a scenario\n---\nname: x\n", Some(Format::Negmas)),
            ("format = 1\n", None),
            ("[issue.arms]\nname = \"a, b\"", None),
            ("a = \"b: c\"", None),
            ("Issue;Option;a", Some(Format::Sheet)),
            ("date,observer", None),
            ("", None),
            ("{\"\\", None),
        ] {
            assert_eq!(Format::of(text.as_bytes()), format, "{text}");
        }
    }

    #[test]
    fn words_name_formats() {
        for format in Format::ALL {
            assert_eq!(Format::of_word(format.word()), Some(format));
        }
        assert_eq!(Format::of_word("CSV"), Some(Format::Sheet));
        assert_eq!(Format::of_word("xls"), None);
    }
}
