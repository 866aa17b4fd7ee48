//! Slips of the pen: small changes to a text, as people and their editors make them.

use std::{ops::Range, string::FromUtf8Error};

use proptest::{prelude::*, sample::Index};

/// Numbers that a range, a sum or a formula may stumble over.
const NUMBERS: [&str; 16] = [
    "0",
    "1",
    "-1",
    "0.5",
    "1.5",
    "2",
    "40",
    "-0.0",
    "1e-320",
    "1e99",
    "-1e300",
    "1e999",
    "nan",
    "-inf",
    "99999999999999999999",
    "0,5",
];
/// Characters with a meaning in TOML, and some without.
const MARKS: [char; 14] = [
    '"', '\'', '[', ']', '{', '}', '=', ',', '.', '#', '\\', '\n', 'é', '\u{7}',
];

/// One slip.
#[derive(Debug, Clone)]
pub(crate) enum Slip {
    /// A line is lost.
    Delete(Index),
    /// A line is written twice.
    Double(Index),
    /// A line stands elsewhere.
    Move(Index, Index),
    /// A number is another.
    Number(Index, usize),
    /// A word is another word of the file.
    Word(Index, Index),
    /// A character too many.
    Insert(Index, usize),
    /// A character with a meaning is lost.
    Drop(Index),
    /// The file is cut short, be it within a character.
    Truncate(Index),
}

/// Any slip; losing the end of the file, which hides all else, is rare.
pub(crate) fn slip() -> impl Strategy<Value = Slip> {
    let at = any::<Index>;
    prop_oneof![
        4 => at().prop_map(Slip::Delete),
        3 => at().prop_map(Slip::Double),
        3 => (at(), at()).prop_map(|(from, to)| Slip::Move(from, to)),
        8 => (at(), 0..NUMBERS.len()).prop_map(|(at, number)| Slip::Number(at, number)),
        8 => (at(), at()).prop_map(|(at, from)| Slip::Word(at, from)),
        3 => (at(), 0..MARKS.len()).prop_map(|(at, mark)| Slip::Insert(at, mark)),
        3 => at().prop_map(Slip::Drop),
        1 => at().prop_map(Slip::Truncate),
    ]
}

/// The text with the slips made one after another.
pub(crate) fn slipped(text: &str, slips: &[Slip]) -> Vec<u8> {
    let made = |text: Vec<u8>, slip: &Slip| {
        // A file that was cut within a character takes no other slip.
        String::from_utf8(text).map_or_else(FromUtf8Error::into_bytes, |text| slip.make(&text))
    };
    slips.iter().fold(text.as_bytes().to_vec(), made)
}

impl Slip {
    fn make(&self, text: &str) -> Vec<u8> {
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let some = |range: Option<Range<usize>>, with: &str| {
            range.map_or_else(|| text.to_owned(), |range| replaced(text, range, with))
        };
        let made = match self {
            _ if lines.is_empty() => String::new(),
            Self::Delete(at) => {
                lines.remove(at.index(lines.len()));
                lines.concat()
            }
            Self::Double(at) => {
                let at = at.index(lines.len());
                lines.insert(at, lines[at]);
                lines.concat()
            }
            Self::Move(from, to) => {
                let line = lines.remove(from.index(lines.len()));
                lines.insert(to.index(lines.len() + 1), line);
                lines.concat()
            }
            Self::Number(at, number) => some(pick(&runs(text, in_number), at), NUMBERS[*number]),
            Self::Word(at, from) => {
                let with = pick(&runs(text, in_word), from).unwrap_or_default();
                some(pick(&runs(text, in_word), at), &text[with])
            }
            Self::Insert(at, mark) => {
                let at = boundary(text, at.index(text.len() + 1));
                replaced(text, at..at, MARKS[*mark].encode_utf8(&mut [0; 4]))
            }
            Self::Drop(at) => some(pick(&runs(text, |c| MARKS.contains(&c)), at), ""),
            Self::Truncate(at) => return text.as_bytes()[..at.index(text.len() + 1)].to_vec(),
        };
        made.into_bytes()
    }
}

fn in_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '-')
}

fn in_word(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

/// The longest runs of such characters outside comments.
fn runs(text: &str, of: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let (mut found, mut start) = (Vec::new(), None);
    let (mut comment, mut end) = (false, 0);
    for (at, c) in text.char_indices() {
        comment = (comment || c == '#') && c != '\n';
        end = at + c.len_utf8();
        if of(c) && !comment {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            found.push(start..at);
        }
    }
    found.extend(start.map(|start| start..end));
    found
}

fn pick(ranges: &[Range<usize>], at: &Index) -> Option<Range<usize>> {
    (!ranges.is_empty()).then(|| at.get(ranges).clone())
}

fn replaced(text: &str, range: Range<usize>, with: &str) -> String {
    [&text[..range.start], with, &text[range.end..]].concat()
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
