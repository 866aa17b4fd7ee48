//! Reading statements with two stacks of the heap's, so that no nesting is too deep.

use super::{LONGEST, Statement, Step};
use crate::StabilityError;

const OPERAND: &str = "an option, `-` or `(`";
const JOINT: &str = "`&`, `|`, `if`, `iff`, `)` or the end";

/// A word of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word<'t> {
    Name(&'t str),
    Open,
    Close,
    Connective(Step),
}

/// How closely a connective binds.
const fn closeness(step: Step) -> u8 {
    match step {
        Step::If | Step::Iff => 1,
        Step::Or => 2,
        Step::And => 3,
        Step::Not | Step::Taken(_) => 4,
    }
}

impl Statement {
    /// Reads a statement such as `-strike & (withdraw | blockade) if -escalate`; `option` tells which
    /// option a name means.
    ///
    /// `-`, `!` or `not` binds closest, then `&` or `and`, then `|` or `or`, then `if` and `iff`; what
    /// binds alike is joined from the left. `a if b` is true where `b` is not. Names are letters of any
    /// script, digits and `_`, with `-` and `.` between them. O(length).
    ///
    /// # Errors
    /// [`StabilityError::Statement`] at the byte that cannot be read or at a name that is no option;
    /// [`StabilityError::StatementTooLong`].
    pub fn parse(
        text: &str,
        option: impl Fn(&str) -> Option<usize>,
    ) -> Result<Self, StabilityError> {
        let mut reader = Reader::default();
        let mut at = 0;
        while let Some((start, word, end)) = next_word(text, at)? {
            reader.take(start, word, &option)?;
            at = end;
        }
        reader.finish(text.len())
    }
}

#[derive(Default)]
struct Reader {
    read: Vec<Step>,
    /// Connectives that wait for what they join; `None` is an open bracket, with its place.
    pending: Vec<(Option<Step>, usize)>,
    /// Whether an operand was read last, so that a joint must follow.
    complete: bool,
}

impl Reader {
    fn take(
        &mut self,
        at: usize,
        word: Word<'_>,
        option: impl Fn(&str) -> Option<usize>,
    ) -> Result<(), StabilityError> {
        let prefix = matches!(
            word,
            Word::Name(_) | Word::Open | Word::Connective(Step::Not)
        );
        if prefix == self.complete {
            let expected = if self.complete { JOINT } else { OPERAND };
            return Err(unread(at, shown(word), expected));
        }
        match word {
            Word::Name(name) => {
                let number = option(name)
                    .ok_or_else(|| unread(at, format!("`{name}`"), "the name of an option"))?;
                self.read.push(Step::Taken(number));
            }
            Word::Open => self.pending.push((None, at)),
            Word::Close => {
                self.release(0);
                if self.pending.pop().is_none() {
                    return Err(unread(at, shown(word), "`(` before it"));
                }
            }
            Word::Connective(Step::Not) => self.pending.push((Some(Step::Not), at)),
            Word::Connective(step) => {
                self.release(closeness(step));
                self.pending.push((Some(step), at));
            }
        }
        self.complete = matches!(word, Word::Name(_) | Word::Close);
        self.check_length()
    }

    /// Joins what waits and binds at least so closely, back to the last open bracket.
    fn release(&mut self, least: u8) {
        while let Some(&(Some(step), _)) = self.pending.last() {
            if closeness(step) < least {
                break;
            }
            self.read.push(step);
            self.pending.pop();
        }
    }

    fn finish(mut self, end: usize) -> Result<Statement, StabilityError> {
        if !self.complete {
            return Err(unread(end, "the end".to_owned(), OPERAND));
        }
        self.release(0);
        if let Some((_, at)) = self.pending.last() {
            return Err(unread(*at, "`(`".to_owned(), "a `)` for it"));
        }
        Ok(Statement(self.read))
    }

    const fn check_length(&self) -> Result<(), StabilityError> {
        let given = self.read.len() + self.pending.len();
        if given <= LONGEST {
            Ok(())
        } else {
            Err(StabilityError::StatementTooLong {
                given,
                limit: LONGEST,
            })
        }
    }
}

/// The word that begins at `from` or, past blanks, after it: where it starts, what it is, and where it
/// ends.
fn next_word(text: &str, from: usize) -> Result<Option<(usize, Word<'_>, usize)>, StabilityError> {
    let rest = text.get(from..).unwrap_or_default();
    let trimmed = rest.trim_start();
    let start = from + rest.len() - trimmed.len();
    let Some(first) = trimmed.chars().next() else {
        return Ok(None);
    };
    let sign = |word| Ok(Some((start, word, start + 1)));
    match first {
        '(' => sign(Word::Open),
        ')' => sign(Word::Close),
        '-' | '!' => sign(Word::Connective(Step::Not)),
        '&' => sign(Word::Connective(Step::And)),
        '|' => sign(Word::Connective(Step::Or)),
        _ if is_of_name(first) => {
            let name = name(trimmed);
            let word = match name {
                "not" => Word::Connective(Step::Not),
                "and" => Word::Connective(Step::And),
                "or" => Word::Connective(Step::Or),
                "if" => Word::Connective(Step::If),
                "iff" => Word::Connective(Step::Iff),
                _ => Word::Name(name),
            };
            Ok(Some((start, word, start + name.len())))
        }
        _ => Err(unread(start, format!("{first:?}"), OPERAND)),
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The longest name that the text begins with; it ends in no `-` or `.`.
fn name(text: &str) -> &str {
    let end = text.find(|c: char| !is_of_name(c) && c != '-' && c != '.');
    let name = &text[..end.unwrap_or(text.len())];
    name.trim_end_matches(['-', '.'])
}

fn shown(word: Word<'_>) -> String {
    match word {
        Word::Name(name) => format!("`{name}`"),
        Word::Open => "`(`".to_owned(),
        Word::Close => "`)`".to_owned(),
        Word::Connective(step) => match step {
            Step::Not => "`-`",
            Step::And => "`&`",
            Step::Or => "`|`",
            Step::If => "`if`",
            Step::Iff | Step::Taken(_) => "`iff`",
        }
        .to_owned(),
    }
}

const fn unread(at: usize, found: String, expected: &'static str) -> StabilityError {
    StabilityError::Statement {
        at,
        found,
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Statement, StabilityError> {
        Statement::parse(text, |name| {
            ["a", "b", "c", "no-fly"].iter().position(|it| *it == name)
        })
    }

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(read(text).unwrap().to_string(), shown);
    }

    #[test]
    fn connectives_bind_as_they_are_used_to() {
        check("a | b & -c", "0 | (1 & -2)");
        check("a or b if c and not a", "(0 | 1) if (2 & -0)");
        check("--a iff (b if c)", "--0 iff (1 if 2)");
        check("a if b if c", "(0 if 1) if 2");
        check("a & b & c", "(0 & 1) & 2");
        check("-no-fly", "-3");
    }

    #[track_caller]
    fn refuse(text: &str, message: &str) {
        assert_eq!(read(text).unwrap_err().to_string(), message);
    }

    #[test]
    fn what_cannot_be_read_is_placed() {
        refuse(
            "",
            "statement cannot be read at byte 0: the end; expected an option, `-` or `(`",
        );
        refuse(
            "a b",
            "statement cannot be read at byte 2: `b`; expected `&`, `|`, `if`, `iff`, `)` or the end",
        );
        refuse(
            "a & (b | c",
            "statement cannot be read at byte 4: `(`; expected a `)` for it",
        );
        refuse(
            "a )",
            "statement cannot be read at byte 2: `)`; expected `(` before it",
        );
        refuse(
            "a & d",
            "statement cannot be read at byte 4: `d`; expected the name of an option",
        );
        refuse(
            "a + b",
            "statement cannot be read at byte 2: '+'; expected an option, `-` or `(`",
        );
        assert!(read(&"(".repeat(100_000)).is_err());
        assert!(read(&"-".repeat(100_000)).is_err());
    }
}
