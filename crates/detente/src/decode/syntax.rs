use std::ops::Range;

use ::toml::de::Error;

use super::{Code, Fault, Path, node::quoted, statement::Statement};

/// Whether the parser's error is a key given twice: the text around it can be read.
pub(super) fn is_repetition(error: &Error) -> bool {
    error.message() == "duplicate key" || error.message().starts_with("cannot extend value")
}

/// The fault of a key given twice, or of a key that has a value and is used as a table too.
pub(super) fn repetition(text: &str, error: &Error) -> Fault {
    let key = quoted(at(text, error.span()));
    let message = if error.message() == "duplicate key" {
        format!("the key {key} is given twice")
    } else {
        format!("the key {key} has a value and cannot be a table too")
    };
    Fault::new(Code::Duplicate, Path::root(), message)
        .at_key()
        .with_span(error.span())
}

/// The faults of one statement that could not be read. Errors of structure breed more of them, so
/// of these only the first is kept; others are all kept.
pub(super) fn faults_of(text: &str, statement: &Statement, errors: &[Error]) -> Vec<Fault> {
    if errors.is_empty() {
        return Vec::new();
    }
    if let Some(open) = &statement.open {
        return vec![unclosed(text, open.clone())];
    }
    let offset = statement.range.start;
    let mut located: Vec<(Range<usize>, &str)> = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            (offset + span.start..offset + span.end, error.message())
        })
        .collect();
    located.sort_by_key(|(span, _)| span.start);
    if let Some((span, message)) = located.iter().find(|(_, message)| is_structural(message)) {
        return vec![syntax(text, message, Some(span.clone()))];
    }
    located.dedup_by_key(|(span, _)| span.start);
    located
        .into_iter()
        .map(|(span, message)| syntax(text, message, Some(span)))
        .collect()
}

fn is_structural(message: &str) -> bool {
    [
        "unexpected ",
        "missing ",
        "extra ",
        "unclosed ",
        "key with no value",
    ]
    .iter()
    .any(|start| message.starts_with(start))
        && !message.starts_with("unexpected leading zero")
}

fn unclosed(text: &str, open: Range<usize>) -> Fault {
    let (what, close) = match at(text, Some(open.clone())) {
        "[" => ("list", "]"),
        "{" => ("inline table", "}"),
        marks => ("text", marks),
    };
    Fault::new(
        Code::Syntax,
        Path::root(),
        format!("the {what} is never closed"),
    )
    .with_label(format!("expected `{close}` to close this"))
    .with_span(Some(open))
}

/// The fault of one error that the parser reports, in words for people who do not know TOML.
pub(super) fn syntax(text: &str, message: &str, span: Option<Range<usize>>) -> Fault {
    let given = at(text, span.clone());
    let line = line_at(text, span.as_ref());
    let (what, expected) = message
        .split_once(", expected ")
        .map_or((message, None), |(what, expected)| (what, Some(expected)));
    let (what, expected, help) = plainly(what, given, line)
        .unwrap_or_else(|| (what.to_owned(), expected.map(str::to_owned), None));
    let code = if message == "recursion limit" {
        Code::Depth
    } else {
        Code::Syntax
    };
    let mut fault = Fault::new(code, Path::root(), what).with_span(span);
    fault.label = expected.map(|expected| format!("expected {expected}"));
    fault.help = help;
    fault
}

/// What went wrong, what was expected and what to do.
type Plain = (String, Option<String>, Option<String>);

/// The commonest mistakes in plain words.
fn plainly(what: &str, given: &str, line: Line<'_>) -> Option<Plain> {
    let plain = |what: &str, expected: &str, help: Option<String>| {
        Some((what.to_owned(), Some(expected.to_owned()), help))
    };
    match what {
        "string values must be quoted" if given.trim().is_empty() => {
            plain("missing value", "a value", None)
        }
        "string values must be quoted" => plain(
            "this is not a value",
            "a value; text stands in quotes",
            unquoted(given.trim()),
        ),
        "key with no value" => plain(
            "this line has no `=`",
            "`key = value`",
            with_colon(line.before),
        ),
        "unexpected key or value" => plain(
            "there is more after the value",
            "the end of the line",
            decimal_comma(line.before, line.after),
        ),
        "unexpected leading zero" => {
            plain("a number cannot begin with 0", "a number without it", None)
        }
        "invalid mantissa" | "invalid fraction" => plain(
            "a digit is missing at the point",
            "digits on both sides, such as 0.5",
            None,
        ),
        "invalid basic string" | "invalid literal string" => plain(
            "the text is never closed",
            "the same quotation mark at its end",
            None,
        ),
        "recursion limit" => Some(("nested too deeply".to_owned(), None, None)),
        _ => None,
    }
}

/// What to write instead of a bare word.
fn unquoted(given: &str) -> Option<String> {
    let number = given
        .strip_suffix('%')
        .and_then(|text| text.trim().parse::<f64>().ok());
    Some(match given.to_lowercase().as_str() {
        "yes" | "true" => "write `true`".to_owned(),
        "no" | "false" => "write `false`".to_owned(),
        _ if let Some(percent) = number => format!("write `{}`", percent / 100.0),
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

fn decimal_comma(before: &str, after: &str) -> Option<String> {
    let digit = |text: &str, last: bool| {
        let byte = if last {
            text.bytes().last()
        } else {
            text.bytes().next()
        };
        byte.is_some_and(|byte| byte.is_ascii_digit())
    };
    let rest = after.strip_prefix(',')?;
    if digit(before, true) && digit(rest, false) {
        return Some("decimals are written with a point".to_owned());
    }
    rest.trim()
        .is_empty()
        .then(|| "remove the comma".to_owned())
}

/// The help for `0,5` between brackets, where `5` is read as a key.
fn decimal_comma_before(before: &str) -> Option<String> {
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let after = before.get(number.len()..)?;
    let comma = number.len().checked_sub(1)?;
    decimal_comma(before.get(..comma)?, before.get(comma..)?).filter(|_| !after.is_empty())
}

fn at(text: &str, span: Option<Range<usize>>) -> &str {
    span.and_then(|span| text.get(span)).unwrap_or_default()
}

/// The line an error stands in, cut where it begins.
#[derive(Clone, Copy)]
struct Line<'t> {
    before: &'t str,
    after: &'t str,
}

fn line_at<'t>(text: &'t str, span: Option<&Range<usize>>) -> Line<'t> {
    let at = span.map_or(0, |span| span.start);
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    Line {
        before: before.rsplit('\n').next().unwrap_or_default(),
        after: after.split('\n').next().unwrap_or_default(),
    }
}
