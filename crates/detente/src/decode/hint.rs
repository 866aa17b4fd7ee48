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
        "string values must be quoted" => no_value(unquoted(given.trim())),
        // The parser takes a word for what its first letter might begin: `nan`, `inf`, `true`.
        "invalid boolean" | "invalid float" if given.starts_with(char::is_alphabetic) => {
            no_value(unquoted(given.trim()))
        }
        "invalid float" | "invalid integer" => (
            "this is not a number",
            "a number such as 0.5",
            instead_of_number(&format!("{}{given}", line.value())),
        ),
        "invalid date" => (
            "this is not a date",
            "a day that exists, such as 1986-10-12",
            None,
        ),
        "invalid key-value pair" if line.before.is_empty() && line.after.starts_with('{') => (
            "a line begins with a bracket",
            "`key = value`",
            Some("if this is JSON, let the file's name end in `.json`".to_owned()),
        ),
        "extra `=`" => (
            "there is a second `=`",
            "one; text that contains it stands in quotes",
            None,
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

fn no_value(help: Option<String>) -> (&'static str, &'static str, Option<String>) {
    (
        "this is not a value",
        "a value; text stands in quotes",
        help,
    )
}

/// What to write instead of a value without quotes.
fn unquoted(given: &str) -> Option<String> {
    let word = given.starts_with(char::is_alphabetic)
        && !given.contains(['"', '\'', '\n', '\\'])
        && given.len() <= 60;
    match given.to_lowercase().as_str() {
        "yes" | "true" => Some("write `true`".to_owned()),
        "no" | "false" => Some("write `false`".to_owned()),
        _ if given.contains(['“', '”', '‘', '’', '„']) => {
            Some("use straight quotation marks".to_owned())
        }
        _ if word => Some(format!("write `\"{given}\"`")),
        _ => instead_of_number(given),
    }
}

/// The number that a text in quotes holds, as it would be written without them.
pub(crate) fn bare_number(text: &str) -> Option<String> {
    let text = text.trim();
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    match text.strip_suffix('%') {
        Some(percent) => number(percent.trim()).map(|percent| (percent / 100.0).to_string()),
        None => number(text)
            .or_else(|| number(&text.replace(',', ".")))
            .map(|number| number.to_string()),
    }
}

/// What to write instead of a number or date in a notation that TOML does not have.
fn instead_of_number(given: &str) -> Option<String> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    if let Some(percent) = given.strip_suffix('%').and_then(|text| number(text.trim())) {
        return Some(format!("write `{}`", percent / 100.0));
    }
    let mut groups = given.split([' ', '\u{a0}', '\u{202f}']).skip(1).peekable();
    let joined = given.replace([' ', '\u{a0}', '\u{202f}'], "");
    if groups.peek().is_some() && groups.all(is_thousands) && number(&joined).is_some() {
        return Some(format!("write `{joined}`"));
    }
    let parts: Vec<&str> = given.split(['/', '.', '-']).collect();
    let whole = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let date =
        parts.len() == 3 && parts.iter().all(whole) && parts.iter().any(|part| part.len() == 4);
    date.then(|| "write the date as year-month-day, such as 1986-10-12".to_owned())
}

/// Whether the text is a group of three digits, at the end with a decimal part.
fn is_thousands(group: &str) -> bool {
    let whole = group.split('.').next().unwrap_or_default();
    whole.len() == 3 && whole.bytes().all(|byte| byte.is_ascii_digit())
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

    /// The bytes of the line without the blanks around it, if the error stands at byte `at`.
    pub(super) fn around(&self, at: usize) -> Range<usize> {
        let indent = self.before.len() - self.before.trim_start().len();
        let start = at.saturating_sub(self.before.len());
        start + indent..at + self.after.trim_end().len()
    }

    /// What of the value stands before the error.
    fn value(&self) -> &'t str {
        let value = self.before.rsplit(['=', ',', '[', '{']).next();
        value.unwrap_or_default().trim_start()
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
            ("1 000.5", Some("write `1000.5`")),
            ("1 2", None),
            ("~1", None),
        ] {
            check(what, given, "a = |", ("this is not a value", help));
        }
        let quote = Some("write `\"nonagreement\"`");
        check(
            "invalid float",
            "nonagreement",
            "a = |",
            ("this is not a value", quote),
        );
        let no = Some("write `false`");
        check(
            "invalid boolean",
            "False",
            "a = |",
            ("this is not a value", no),
        );
        check(what, " ", "a = |", ("missing value", None));
    }

    #[test]
    fn other_notations_of_numbers_and_dates_are_translated() {
        let date = Some("write the date as year-month-day, such as 1986-10-12");
        let what = "invalid float";
        check(
            what,
            "%",
            "{ a = -5|%",
            ("this is not a number", Some("write `-0.05`")),
        );
        check(
            what,
            ".1986",
            "[12.10|.1986",
            ("this is not a number", date),
        );
        check(what, ".1", "a = 0.5|.1", ("this is not a number", None));
        let what = "string values must be quoted";
        check(what, "12/10/1986", "a = |", ("this is not a value", date));
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
        assert!(hint("invalid escape", "", line).is_none());
    }
}
