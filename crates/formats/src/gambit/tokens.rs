//! Words, labels and braces.

use crate::{
    FormatError, Limits, Place,
    error::{at_most, quoted, unexpected},
    text,
};

/// What stands between blanks. Commas are blanks.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// A word or a number.
    Word(&'t str),
    /// A label in quotes.
    Text(String),
    Open,
    Close,
}

impl Token<'_> {
    fn words(&self) -> String {
        match self {
            Self::Word(word) => quoted(word),
            Self::Text(text) => format!("the label {}", quoted(text)),
            Self::Open => "an opening brace".to_owned(),
            Self::Close => "a closing brace".to_owned(),
        }
    }
}

/// A text as far as its tokens were taken.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    taken: usize,
    most: usize,
}

impl<'t> Tokens<'t> {
    pub(super) const fn new(text: &'t str, limits: &Limits) -> Self {
        Self {
            text,
            at: 0,
            taken: 0,
            most: limits.nodes,
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        let blank = |c: char| c.is_whitespace() || c == ',';
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(blank).len();
    }

    /// The byte at which the next token begins.
    pub(super) fn place(&mut self) -> usize {
        self.skip_blanks();
        self.at
    }

    /// A byte's line and column.
    pub(super) fn line(&self, at: usize) -> Place {
        Place::of(self.text, at)
    }

    pub(super) fn next(&mut self) -> Result<Option<Token<'t>>, FormatError> {
        self.skip_blanks();
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok(None);
        };
        self.taken += 1;
        at_most("words", self.taken, self.most)?;
        match first {
            '{' | '}' => {
                self.at += 1;
                Ok(Some(if first == '{' {
                    Token::Open
                } else {
                    Token::Close
                }))
            }
            '"' => self.label().map(Some),
            _ => {
                let ends = |c: char| c.is_whitespace() || ",{}\"".contains(c);
                let word = rest.split(ends).next().unwrap_or_default();
                self.at += word.len();
                Ok(Some(Token::Word(word)))
            }
        }
    }

    /// The next token, left where it is.
    pub(super) fn peek(&self) -> Result<Option<Token<'t>>, FormatError> {
        self.clone().next()
    }

    fn label(&mut self) -> Result<Token<'t>, FormatError> {
        let mut label = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += at + 1;
                    return Ok(Token::Text(text::name(&label)));
                }
                '\\' => match chars.next() {
                    Some((_, c @ ('"' | '\\'))) => label.push(c),
                    Some((_, c)) => label.extend(['\\', c]),
                    None => break,
                },
                c => label.push(c),
            }
        }
        let place = self.line(self.at);
        Err(unexpected(
            place,
            "a label without an end",
            "a closing double quote",
        ))
    }

    /// That a token, or the end of the text, is not what should be at a byte.
    pub(super) fn unexpected(
        &self,
        at: usize,
        given: Option<&Token<'_>>,
        expected: &str,
    ) -> FormatError {
        let given = given.map_or_else(|| "the end of the text".to_owned(), Token::words);
        unexpected(self.line(at), given, expected)
    }

    pub(super) fn text(&mut self, expected: &str) -> Result<String, FormatError> {
        let at = self.place();
        match self.next()? {
            Some(Token::Text(text)) => Ok(text),
            given => Err(self.unexpected(at, given.as_ref(), expected)),
        }
    }

    pub(super) fn open(&mut self, expected: &str) -> Result<(), FormatError> {
        let at = self.place();
        match self.next()? {
            Some(Token::Open) => Ok(()),
            given => Err(self.unexpected(at, given.as_ref(), expected)),
        }
    }

    /// Takes a closing brace, if there is one next.
    pub(super) fn closes(&mut self) -> Result<bool, FormatError> {
        let at = self.place();
        match self.peek()? {
            Some(Token::Close) => self.next().map(|_| true),
            None => Err(self.unexpected(at, None, "a closing brace")),
            Some(_) => Ok(false),
        }
    }

    /// Takes a label, if there is one next.
    pub(super) fn label_if_any(&mut self) -> Result<Option<String>, FormatError> {
        match self.peek()? {
            Some(Token::Text(text)) => self.next().map(|_| Some(text)),
            _ => Ok(None),
        }
    }

    /// A word, with the byte at which it stands.
    pub(super) fn word(&mut self, expected: &str) -> Result<(usize, &'t str), FormatError> {
        let at = self.place();
        match self.next()? {
            Some(Token::Word(word)) => Ok((at, word)),
            given => Err(self.unexpected(at, given.as_ref(), expected)),
        }
    }

    /// A whole number from `least`.
    pub(super) fn whole(&mut self, least: usize, expected: &str) -> Result<usize, FormatError> {
        let (at, word) = self.word(expected)?;
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let number = word
            .parse()
            .ok()
            .filter(|number| digits && *number >= least);
        number.ok_or_else(|| unexpected(self.line(at), quoted(word), expected))
    }

    /// A number as it is written, handed to `read` with its place.
    pub(super) fn number<N>(
        &mut self,
        expected: &str,
        read: impl Fn(&str, Place) -> Result<N, FormatError>,
    ) -> Result<N, FormatError> {
        let (at, word) = self.word(expected)?;
        // Where the number is no number, its place is worked out; only then, as that looks at all before.
        read(word, Place::START).or_else(|_| read(word, self.line(at)))
    }

    pub(super) fn end(&mut self) -> Result<(), FormatError> {
        let at = self.place();
        match self.next()? {
            None => Ok(()),
            given => Err(self.unexpected(at, given.as_ref(), "the end of the text")),
        }
    }
}
