use std::{collections::BTreeSet, ops::Range};

use ::toml::{
    Spanned,
    de::{DeArray, DeInteger, DeTable, DeValue},
    value::Datetime,
};
use jiff::civil::Date;

use super::{
    Code, Entry, Fault, Faults, MAX_DEPTH, Node, Path, Value,
    anchors::Anchors,
    mend::{Mended, mend},
    node::quoted,
    repeats::name_lines,
    syntax::{is_repetition, repetition, syntax, too_deep},
};

impl Node {
    /// Reads TOML and goes on after every mistake: the table it returns holds what could be read.
    ///
    /// Every syntax error is a fault with its span. A key whose value cannot be read stays, with a
    /// broken value; a key given twice is a fault, and its first value counts. Entries stand in the
    /// order of the file. O(n) in the length of the text, but for looking up keys.
    #[must_use = "faults alone do not hold the values"]
    pub fn from_toml(text: &str, faults: &mut Faults) -> Self {
        let mut anchors = Anchors::default();
        let (mut document, mut errors) = DeTable::parse_recoverable(text);
        let mut mended = Mended::default();
        if !errors.iter().all(is_repetition) {
            bury(DeValue::Table(document.into_inner()));
            mended = mend(text, faults, &mut anchors);
            (document, errors) = DeTable::parse_recoverable(&mended.text);
        }
        // A key that has a value is refused again for every header under it.
        errors.sort_by_key(|error| error.span().map(|span| (span.start, span.end)));
        errors.dedup_by_key(|error| error.span());
        for error in &errors {
            let before = faults.len();
            faults.push(if is_repetition(error) {
                repetition(text, error)
            } else {
                syntax(text, error.message(), error.span())
            });
            anchors.note(before, faults, error.span().unwrap_or_default().start);
        }
        let mut builder = Builder {
            faults,
            anchors,
            broken: mended.broken,
        };
        let node = builder.document(document.into_inner());
        let Builder {
            anchors, faults, ..
        } = builder;
        anchors.resolve(text, &node, faults);
        name_lines(&node, text, faults);
        node
    }
}

/// Turns the parser's tree into ours.
struct Builder<'f> {
    faults: &'f mut Faults,
    anchors: Anchors,
    /// Where values begin that only stand in for text that could not be read.
    broken: BTreeSet<usize>,
}

impl Builder<'_> {
    fn document(&mut self, table: DeTable<'_>) -> Node {
        let value = self.table(table, 0);
        Node {
            value,
            span: Some(0..0),
        }
    }

    fn node(&mut self, value: Spanned<DeValue<'_>>, depth: usize) -> Node {
        let span = value.span();
        let value = if self.broken.contains(&span.start) && !span.is_empty() {
            bury(value.into_inner());
            Value::Broken
        } else {
            self.value(value.into_inner(), &span, depth)
        };
        Node {
            value,
            span: Some(span),
        }
    }

    fn value(&mut self, value: DeValue<'_>, span: &Range<usize>, depth: usize) -> Value {
        match value {
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Integer(number) => self.integer(&number, span),
            DeValue::Float(number) => self.float(number.as_str(), span),
            DeValue::Datetime(moment) => self.date(&moment, span),
            deep if depth >= MAX_DEPTH => {
                bury(deep);
                let message = format!("nested more than {MAX_DEPTH} deep");
                self.fault(Code::Depth, span, message, &too_deep())
            }
            DeValue::Array(items) => self.array(items, depth),
            DeValue::Table(table) => self.table(table, depth),
        }
    }

    fn array(&mut self, items: DeArray<'_>, depth: usize) -> Value {
        let items = items.into_iter().map(|item| self.node(item, depth + 1));
        Value::Array(items.collect())
    }

    /// The entries in the order of the file: a table that follows its parts is written back late.
    fn table(&mut self, table: DeTable<'_>, depth: usize) -> Value {
        let entries = table.into_iter().map(|(key, value)| Entry {
            key_span: Some(key.span()),
            key: key.into_inner().into_owned(),
            node: self.node(value, depth + 1),
        });
        let mut entries: Vec<Entry> = entries.collect();
        entries.sort_by_key(|entry| entry.key_span.as_ref().map(|span| span.start));
        Value::Table(entries)
    }

    fn integer(&mut self, number: &DeInteger<'_>, span: &Range<usize>) -> Value {
        match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => {
                let message = format!("{} is too great a number", quoted(number.as_str()));
                self.fault(Code::OutOfRange, span, message, "expected fewer digits")
            }
        }
    }

    fn float(&mut self, number: &str, span: &Range<usize>) -> Value {
        match number.parse::<f64>() {
            Ok(value)
                if value.is_finite() || number.ends_with("inf") || number.ends_with("nan") =>
            {
                Value::Float(value)
            }
            _ => {
                let message = format!("{} is too great a number", quoted(number));
                self.fault(Code::OutOfRange, span, message, "expected a finite number")
            }
        }
    }

    fn date(&mut self, moment: &Datetime, span: &Range<usize>) -> Value {
        let (Some(day), None, None) = (moment.date, moment.time, moment.offset) else {
            return Value::Other(match moment.date {
                Some(_) => "a date with a time of day",
                None => "a time of day",
            });
        };
        let part = |part: u8| i8::try_from(part).ok();
        let date = i16::try_from(day.year)
            .ok()
            .zip(part(day.month).zip(part(day.day)))
            .and_then(|(year, (month, day))| Date::new(year, month, day).ok());
        match date {
            Some(date) => Value::Date(date),
            None => {
                let message = format!("there is no day {day}");
                let expected = "expected a day that exists, such as 1986-10-12";
                self.fault(Code::OutOfRange, span, message, expected)
            }
        }
    }

    fn fault(&mut self, code: Code, span: &Range<usize>, message: String, expected: &str) -> Value {
        let before = self.faults.len();
        let fault = Fault::new(code, Path::root(), message).with_label(expected);
        self.faults.push(fault.with_span(Some(span.clone())));
        self.anchors.note(before, self.faults, span.start);
        Value::Broken
    }
}

/// Drops a value level by level. Dotted keys inside inline tables inside dotted headers can nest
/// thousands deep, and the derived drop would go down them on the stack.
pub(super) fn bury(value: DeValue<'_>) {
    let mut graves = vec![value];
    while let Some(value) = graves.pop() {
        match value {
            DeValue::Array(items) => graves.extend(items.into_iter().map(Spanned::into_inner)),
            DeValue::Table(table) => {
                graves.extend(table.into_iter().map(|(_, value)| value.into_inner()));
            }
            _ => {}
        }
    }
}
