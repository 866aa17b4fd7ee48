use std::ops::Range;

use ::toml::de::Error;

use super::{
    Code, Fault, MAX_DEPTH, Path,
    hint::{Line, hint},
    node::quoted,
    statement::Statement,
};

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
    if message == "recursion limit" || message.starts_with("cannot recurse") {
        let fault = Fault::new(Code::Depth, Path::root(), "nested too deeply");
        return fault.with_label(too_deep()).with_span(span);
    }
    let (what, expected) = match message.split_once(", expected ") {
        Some((what, "nothing")) => (what, None),
        Some((what, expected)) => (what, Some(expected)),
        None => (message, None),
    };
    let line = Line::of(text, span.as_ref());
    let known = hint(what, at(text, span.clone()), line);
    let (what, expected, help) = match known {
        Some(hint) => (hint.message, Some(hint.expected), hint.help),
        None => (what, expected, None),
    };
    // What is absent has no text of its own: the whole line is to blame.
    let blamed = match span {
        Some(span) if message.starts_with("key with no value") => Some(line.around(span.start)),
        span => span,
    };
    let mut fault = Fault::new(Code::Syntax, Path::root(), what).with_span(blamed);
    fault.label = expected.map(|expected| format!("expected {expected}"));
    fault.help = help;
    fault
}

/// What is expected of values nested too deeply.
pub(super) fn too_deep() -> String {
    format!("expected at most {MAX_DEPTH} tables and lists inside one another")
}

fn at(text: &str, span: Option<Range<usize>>) -> &str {
    span.and_then(|span| text.get(span)).unwrap_or_default()
}
