//! Text measured in the columns of a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text as one line that cannot disturb a terminal: white space is a blank, other control
/// characters and those that turn the direction of writing around become `U+FFFD`.
pub(crate) fn clean(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().map(shown).collect())
        .collect();
    words.join(" ")
}

fn shown(c: char) -> char {
    match c {
        '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => char::REPLACEMENT_CHARACTER,
        _ if c.is_control() => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// The columns that a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// The text in lines of at most `most` columns, broken between words; a longer word is broken
/// inside. At least one line. O(length).
pub(crate) fn wrap(text: &str, most: usize) -> Vec<String> {
    let most = most.max(2);
    let (mut lines, mut line, mut filled) = (Vec::new(), String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        for piece in pieces(word, most) {
            let wide = columns(&piece);
            if filled > 0 && filled + 1 + wide > most {
                lines.push(std::mem::take(&mut line));
                filled = 0;
            }
            if filled > 0 {
                line.push(' ');
                filled += 1;
            }
            line.push_str(&piece);
            filled += wide;
        }
    }
    lines.push(line);
    lines
}

/// A word, cut where it is wider than a line.
fn pieces(word: &str, most: usize) -> Vec<String> {
    let (mut pieces, mut piece, mut filled) = (Vec::new(), String::new(), 0);
    for c in word.chars() {
        if filled + c.width().unwrap_or(0) > most {
            pieces.push(std::mem::take(&mut piece));
            filled = 0;
        }
        piece.push(c);
        filled += c.width().unwrap_or(0);
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 6), ["one", "two", "three"]);
        assert_eq!(wrap("", 7), [""]);
        assert_eq!(wrap("incontrovertible", 6), ["incont", "rovert", "ible"]);
    }

    #[test]
    fn columns_are_not_bytes() {
        assert_eq!(columns("é–±"), 3);
        assert_eq!(columns("平和"), 4);
        assert_eq!(columns("e\u{301}"), 1);
        assert_eq!(wrap("平和平和 平和", 8), ["平和平和", "平和"]);
    }

    #[test]
    fn a_case_cannot_write_to_the_terminal() {
        assert_eq!(clean("a\x1b[31m\n b\u{202e}"), "a\u{fffd}[31m b\u{fffd}");
    }
}
