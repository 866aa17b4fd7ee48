//! The commonest mistakes of TOML in words for people who do not know it.

use std::ops::Range;

/// What to say of a mistake.
pub(super) struct Hint {
    /// What went wrong.
    pub(super) message: &'static str,
    /// What was expected.
    pub(super) expected: &'static str,
    /// What to do.
    pub(super) help: Option<String>,
}

/// What to say of an error that the parser calls `what`, about the text `given`. None if the parser
/// says it well enough.
pub(super) fn hint(what: &str, given: &str, line: Line<'_>) -> Option<Hint> {
    let (message, expected, help) = match what {
        "string values must be quoted" if given.trim().is_empty() => {
            ("missing value", "a value", None)
        }
        "string values must be quoted" => (
            "this is not a value",
            "a value; text stands in quotes",
            unquoted(given.trim()),
        ),
        "key with no value" if line.after.contains('=') => (
            "a key cannot contain blanks",
            "`=` after the key",
            Some("a key of several words stands in quotes".to_owned()),
        ),
        "key with no value" => (
            "this line has no `=`",
            "`key = value`",
            with_colon(line.before),
        ),
        "unexpected key or value" => (
            "there is more after the value",
            "the end of the line",
            comma(line.before, line.after),
        ),
        "unexpected leading zero" => ("a number cannot begin with 0", "a number without it", None),
        "invalid mantissa" | "invalid fraction" => (
            "a digit is missing at the point",
            "digits on both sides, such as 0.5",
            None,
        ),
        // The parser takes what is absent between brackets for a text without its marks.
        "invalid literal string" if given.is_empty() && !line.before.contains('\'') => {
            ("missing value", "a value", comma_in_number(line.before))
        }
        "invalid basic string" | "invalid literal string" if given.is_empty() => (
            "the text is never closed",
            "the same quotation mark at its end",
            None,
        ),
        _ => return None,
    };
    Some(Hint {
        message,
        expected,
        help,
    })
}

/// What to write instead of a bare word.
fn unquoted(given: &str) -> Option<String> {
    let number = given.strip_suffix('%').map(|text| text.trim().parse());
    Some(match given.to_lowercase().as_str() {
        "yes" | "true" => "write `true`".to_owned(),
        "no" | "false" => "write `false`".to_owned(),
        _ if let Some(Ok::<f64, _>(percent)) = number => format!("write `{}`", percent / 100.0),
        _ if given.contains(['“', '”', '‘', '’', '„']) => {
            "use straight quotation marks".to_owned()
        }
        _ if given.contains(['"', '\'', '\n', '\\']) || given.len() > 60 => return None,
        _ => format!("write `\"{given}\"`"),
    })
}

fn with_colon(before: &str) -> Option<String> {
    let key = before.split_once(':')?.0.trim();
    Some(format!("write `{key} = …`"))
}

/// What to do about a comma after a value.
fn comma(before: &str, after: &str) -> Option<String> {
    let rest = after.strip_prefix(',')?;
    let decimal = before.ends_with(|c: char| c.is_ascii_digit())
        && rest.starts_with(|c: char| c.is_ascii_digit());
    if decimal {
        Some("decimals are written with a point".to_owned())
    } else {
        let last = rest.trim().is_empty();
        last.then(|| "remove the comma".to_owned())
    }
}

/// What to do about `0,5` between brackets, where `5` is read as a key.
fn comma_in_number(before: &str) -> Option<String> {
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let whole = digits.strip_suffix(',')?;
    comma(whole, &before[whole.len()..])
}

/// The line an error stands in, cut where the error begins.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    before: &'t str,
    after: &'t str,
}

impl<'t> Line<'t> {
    /// The line of the text in which the span begins.
    pub(super) fn of(text: &'t str, span: Option<&Range<usize>>) -> Self {
        let at = span.map_or(0, |span| span.start);
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        Self {
            before: before.rsplit('\n').next().unwrap_or_default(),
            after: after.split('\n').next().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The message and help for an error of which the parser says `what`, at the `|` of a line.
    #[track_caller]
    fn check(what: &str, given: &str, line: &str, expected: (&str, Option<&str>)) {
        let (before, after) = line.split_once('|').unwrap();
        let found = hint(what, given, Line { before, after }).unwrap();
        assert_eq!((found.message, found.help.as_deref()), expected, "{line}");
    }

    #[test]
    fn bare_words_are_quoted_or_translated() {
        let what = "string values must be quoted";
        for (given, help) in [
            ("high", Some("write `\"high\"`")),
            ("Yes", Some("write `true`")),
            ("FALSE", Some("write `false`")),
            ("12.5 %", Some("write `0.125`")),
            ("“x”", Some("use straight quotation marks")),
            ("x\"y", None),
        ] {
            check(what, given, "a = |", ("this is not a value", help));
        }
        check(what, " ", "a = |", ("missing value", None));
    }

    #[test]
    fn commas_are_told_apart() {
        let what = "unexpected key or value";
        let message = "there is more after the value";
        let point = Some("decimals are written with a point");
        check(what, "", "a = 0|,5", (message, point));
        check(what, "", "a = 0.5|,", (message, Some("remove the comma")));
        check(what, "", "a = 'x'| 'y'", (message, None));
        check(
            "invalid literal string",
            "",
            "{ a = 0,5| }",
            ("missing value", point),
        );
        check(
            "invalid literal string",
            "",
            "{ a, b5| }",
            ("missing value", None),
        );
    }

    #[test]
    fn a_line_without_equals_is_understood() {
        let what = "key with no value";
        let missing = "this line has no `=`";
        check(what, "", "a: |2", (missing, Some("write `a = …`")));
        check(what, "", "a| 2", (missing, None));
        let blanks = Some("a key of several words stands in quotes");
        check(
            what,
            "",
            "a |b = 2",
            ("a key cannot contain blanks", blanks),
        );
    }

    #[test]
    fn what_the_parser_says_well_is_left_alone() {
        let line = Line {
            before: "",
            after: "",
        };
        assert!(hint("invalid date", "1986-13-01", line).is_none());
    }
}
