//! Bytes as text, and names as they may be shown.

use std::borrow::Cow;

use crate::{FormatError, Limits, Place, error::at_most};

/// The text of these bytes, without a byte-order mark and with one character at the end of a line.
pub(crate) fn decoded<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Cow<'b, str>, FormatError> {
    at_most("bytes", bytes.len(), limits.bytes)?;
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(FormatError::Encoding {
            place: Place::START,
            given: "the mark of UTF-16".to_owned(),
        });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (before, rest) = bytes.split_at(error.valid_up_to());
        FormatError::Encoding {
            place: Place::after(before),
            given: match rest.first() {
                Some(byte) => format!("the byte {byte:#04x}"),
                None => "the end".to_owned(),
            },
        }
    })?;
    if text.trim().is_empty() {
        return Err(FormatError::Empty);
    }
    Ok(match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    })
}

/// A name without blanks around it, and with a blank for each character that could steer a
/// terminal or break a line.
pub(crate) fn name(text: &str) -> String {
    let shown = |c: char| match c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
        true => ' ',
        false => c,
    };
    let shown: String = text.chars().map(shown).collect();
    shown.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_other_than_utf_8_are_named_with_their_place() {
        let refused = |bytes: &[u8]| decoded(bytes, &Limits::default()).unwrap_err().to_string();
        assert_eq!(
            refused(b"ab\nB\xfccher"),
            "line 2, column 2: found the byte 0xfc; expected text in UTF-8"
        );
        for mark in [b"\xff\xfei\0", b"\xfe\xff\0i"] {
            assert!(refused(mark).contains("UTF-16"));
        }
        assert!(refused(b"cut \xe2\x82").contains("line 1, column 5"));
        assert!(refused(b" \n\t").contains("empty"));
        assert!(refused(b"\xef\xbb\xbf").contains("empty"));
    }

    #[test]
    fn lines_end_in_one_character() {
        let text = decoded(b"\xef\xbb\xbfa\r\nb\rc", &Limits::default()).unwrap();
        assert_eq!(text, "a\nb\nc");
    }

    #[test]
    fn names_steer_no_terminal() {
        assert_eq!(name(" a\u{1b}[31m\nb\u{2028}"), "a [31m b");
    }
}
