//! JSON (RFC 8259) as nodes.

use crate::{
    FormatError, Limits, Place,
    error::{at_most, quoted, unexpected},
    tree::{Node, Value, check_names},
};

/// Reads a text that is one JSON value. O(characters + names · log names).
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Node, FormatError> {
    let mut reading = Reading {
        text,
        at: 0,
        place: Place::START,
        nodes: 0,
        limits,
    };
    let value = reading.value(0)?;
    reading.blanks();
    match reading.peek() {
        None => Ok(value),
        Some(_) => Err(reading.refused("the end of the text")),
    }
}

/// A text as it may stand in JSON, in quotes.
pub(crate) fn written(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            c if c.is_control() => written.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

struct Reading<'t> {
    text: &'t str,
    at: usize,
    place: Place,
    nodes: usize,
    limits: &'t Limits,
}

impl Reading<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        match c {
            '\n' => {
                self.place.line += 1;
                self.place.column = 1;
            }
            _ => self.place.column += 1,
        }
        Some(c)
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|c| " \t\n\r".contains(c)) {
            self.take();
        }
    }

    fn refused(&self, expected: &str) -> FormatError {
        let given = match self.peek() {
            Some(c) => quoted(&c.to_string()),
            None => "the end of the text".to_owned(),
        };
        unexpected(self.place, given, expected)
    }

    fn expect(&mut self, c: char, expected: &str) -> Result<(), FormatError> {
        self.blanks();
        match self.peek() == Some(c) {
            true => {
                self.take();
                Ok(())
            }
            false => Err(self.refused(expected)),
        }
    }

    /// Whether a list or table goes on after a value.
    fn goes_on(&mut self, end: char) -> Result<bool, FormatError> {
        self.blanks();
        match self.peek() {
            Some(',') => {
                self.take();
                Ok(true)
            }
            Some(c) if c == end => {
                self.take();
                Ok(false)
            }
            _ => Err(self.refused(&format!("a comma or {:?}", end.to_string()))),
        }
    }

    /// Whether a list or table has nothing in it.
    fn ends(&mut self, end: char) -> bool {
        self.blanks();
        let ends = self.peek() == Some(end);
        if ends {
            self.take();
        }
        ends
    }

    fn value(&mut self, depth: usize) -> Result<Node, FormatError> {
        at_most("levels of nesting", depth, self.limits.depth)?;
        self.nodes += 1;
        at_most("values", self.nodes, self.limits.nodes)?;
        self.blanks();
        let place = self.place;
        let value = match self.peek() {
            Some('{') => self.map(depth)?,
            Some('[') => self.list(depth)?,
            Some('"') => Value::Quoted(self.quoted()?),
            Some(c) if c == '-' || c.is_ascii_alphanumeric() => self.bare()?,
            _ => return Err(self.refused("a value")),
        };
        Ok(Node::new(place, value))
    }

    fn map(&mut self, depth: usize) -> Result<Value, FormatError> {
        self.take();
        let mut entries = Vec::new();
        if self.ends('}') {
            return Ok(Value::Map(entries));
        }
        loop {
            self.blanks();
            let place = self.place;
            let name = Node::new(place, Value::Quoted(self.quoted()?));
            self.expect(':', "a colon after a name")?;
            entries.push((name, self.value(depth + 1)?));
            if !self.goes_on('}')? {
                check_names(&entries)?;
                return Ok(Value::Map(entries));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, FormatError> {
        self.take();
        let mut items = Vec::new();
        if self.ends(']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if !self.goes_on(']')? {
                return Ok(Value::List(items));
            }
        }
    }

    fn quoted(&mut self) -> Result<String, FormatError> {
        self.expect('"', "a name in double quotes")?;
        let mut text = String::new();
        loop {
            match self.peek() {
                None | Some('\n') => return Err(self.refused("a closing double quote")),
                Some('"') => {
                    self.take();
                    return Ok(text);
                }
                Some('\\') => {
                    self.take();
                    text.push(self.escaped()?);
                }
                Some(c) => {
                    self.take();
                    text.push(c);
                }
            }
        }
    }

    fn escaped(&mut self) -> Result<char, FormatError> {
        let c = match self.peek() {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                self.take();
                return self.unicode();
            }
            _ => return Err(self.refused("an escape such as \\n or \\u00e9")),
        };
        self.take();
        Ok(c)
    }

    /// A character by its number, or by the two halves that UTF-16 makes of it.
    fn unicode(&mut self) -> Result<char, FormatError> {
        let place = self.place;
        let first = self.four_digits()?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        if (0xd800..0xdc00).contains(&first) && rest.starts_with("\\u") {
            self.take();
            self.take();
            let second = self.four_digits()?;
            let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400);
            let joined = low.map(|low| 0x10000 + ((first - 0xd800) << 10) + low);
            if let Some(c) = joined.and_then(char::from_u32) {
                return Ok(c);
            }
        }
        let given = "half of a character".to_owned();
        Err(unexpected(place, given, "both halves"))
    }

    fn four_digits(&mut self) -> Result<u32, FormatError> {
        let mut number = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|c| c.to_digit(16));
            let digit = digit.ok_or_else(|| self.refused("four hexadecimal digits"))?;
            number = number * 16 + digit;
            self.take();
        }
        Ok(number)
    }

    /// A number, or one of the three words.
    fn bare(&mut self) -> Result<Value, FormatError> {
        let (place, from) = (self.place, self.at);
        let belongs = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        while self.peek().is_some_and(belongs) {
            self.take();
        }
        let text = self.text.get(from..self.at).unwrap_or_default();
        let first = text.trim_start_matches('-').bytes().next();
        let is_number = first.is_some_and(|byte| byte.is_ascii_digit());
        match is_number || matches!(text, "null" | "true" | "false") {
            true => Ok(Value::Bare(text.to_owned())),
            false => Err(unexpected(
                place,
                quoted(text),
                "a number, true, false, null, or a text in double quotes",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn refused(text: &str, message: &str) {
        let error = read(text, &Limits::default()).unwrap_err().to_string();
        assert_eq!(error, message);
    }

    #[test]
    fn values_keep_their_places_and_their_digits() {
        let node = read(
            "{\n \"a\": [1.50, \"x\\u00e9\\ud83d\\ude00\\n\"],\"b\":null}",
            &Limits::default(),
        )
        .unwrap();
        let list = node.get("a").unwrap().list("a").unwrap();
        assert_eq!(list[0].value, Value::Bare("1.50".to_owned()));
        assert_eq!(list[0].place, Place { line: 2, column: 8 });
        assert_eq!(list[1].value, Value::Quoted("xé😀\n".to_owned()));
        assert_eq!(node.get("b"), None);
    }

    #[test]
    fn faults_are_placed() {
        refused(
            "{\"a\": 1,\n}",
            "line 2, column 1: found \"}\"; expected a name in double quotes",
        );
        refused(
            "[1, 2",
            "line 1, column 6: found the end of the text; expected a comma or \"]\"",
        );
        refused(
            "[\"a",
            "line 1, column 4: found the end of the text; expected a closing double quote",
        );
        refused(
            "[NaN]",
            "line 1, column 2: found \"NaN\"; expected a number, true, false, null, or a text in double quotes",
        );
        refused(
            "{} {}",
            "line 1, column 4: found \"{\"; expected the end of the text",
        );
        refused(
            "{\"a\":1,\"a\":2}",
            "line 1, column 8: \"a\" is there twice; expected it once",
        );
        refused(
            "[\"\\ud800\"]",
            "line 1, column 5: found half of a character; expected both halves",
        );
        refused(
            "[\"\\ud800\\u0041\"]",
            "line 1, column 5: found half of a character; expected both halves",
        );
        let deep = "[".repeat(1_000_000);
        refused(
            &deep,
            "levels of nesting number more than 128; expected at most so many",
        );
    }

    #[test]
    fn counts_are_bounded() {
        let limits = Limits {
            nodes: 3,
            ..Limits::default()
        };
        assert!(read("[1,2]", &limits).is_ok());
        assert!(matches!(
            read("[1,2,3]", &limits),
            Err(FormatError::TooMany { limit: 3, .. })
        ));
    }

    proptest! {
        #[test]
        fn any_text_survives_quoting(text in any::<String>()) {
            let node = read(&written(&text), &Limits::default()).unwrap();
            prop_assert_eq!(node.value, Value::Quoted(text));
        }
    }
}
