use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::{At, Code, Decode, Faults, Schemas, Value, node::quoted};

/// A day in the calendar: in TOML `1986-10-12` without quotes, or the same as a text, as in JSON.
impl Decode for Date {
    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "string", "format": "date" })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        let text = match &at.node.value {
            Value::Date(date) => return Some(*date),
            Value::Text(text) => text,
            _ => return at.mistyped("a date such as 1986-10-12", faults),
        };
        let date = day(text);
        if date.is_none() {
            let fault = at.fault(Code::Malformed, format!("{} is not a date", quoted(text)));
            faults.push(fault.with_label("expected a date such as 1986-10-12"));
        }
        date
    }
}

/// The day that a text `YYYY-MM-DD` names, if there is such a day.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut part = |digits: usize| {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        plain.then_some(part)
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Node;
    use jiff::civil::date;

    #[track_caller]
    fn check(value: Value, expected: Result<Date, &str>) {
        let (node, mut faults) = (Node::new(value), Faults::new());
        let read = Date::decode(&At::root(&node), &mut faults);
        let found = faults.into_vec().first().map(ToString::to_string);
        assert_eq!((read, found.as_deref()), (expected.ok(), expected.err()));
    }

    #[test]
    fn a_date_may_be_a_text() {
        check(Value::Date(date(1986, 10, 12)), Ok(date(1986, 10, 12)));
        check(Value::Text("1986-10-12".to_owned()), Ok(date(1986, 10, 12)));
        check(Value::Text("2000-02-29".to_owned()), Ok(date(2000, 2, 29)));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "1900-02-29",
            "1986-10",
            "12-10-1986",
            "1986-10-12T00:00",
            "",
            "+986-10-12",
        ] {
            let message = format!("E009: `{text}` is not a date");
            check(Value::Text(text.to_owned()), Err(&message));
        }
        check(
            Value::Integer(1986),
            Err("E005: expected a date such as 1986-10-12, found the number 1986"),
        );
    }
}
