use serde_json::{Value as Json, json};

use super::{At, Code, Decode, Faults, Schemas, Value};

/// A finite number. Whole numbers count as numbers; `inf` and `nan`, which TOML can write, do not.
impl Decode for f64 {
    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": "number" })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match at.node.value {
            // Beyond 2^53 the nearest double is meant: no case tells such numbers apart.
            #[allow(clippy::cast_precision_loss, reason = "the nearest double is meant")]
            Value::Integer(number) => Some(number as Self),
            Value::Float(number) if number.is_finite() => Some(number),
            Value::Float(number) => {
                let fault = at.fault(Code::OutOfRange, format!("{number} is not a finite number"));
                faults.push(fault.with_label("expected a finite number"));
                None
            }
            _ => at.mistyped("a number", faults),
        }
    }
}

macro_rules! whole {
    ($($number:ty: $schema:expr, $range:literal;)+) => {$(
        impl Decode for $number {
            fn schema(_: &mut Schemas) -> Json {
                $schema
            }

            fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
                let Value::Integer(given) = at.node.value else {
                    return at.mistyped("a whole number", faults);
                };
                let number = Self::try_from(given).ok();
                if number.is_none() {
                    let message = format!(concat!("{} is not ", $range), given);
                    let fault = at.fault(Code::OutOfRange, message);
                    faults.push(fault.with_label(concat!("expected ", $range)));
                }
                number
            }
        }
    )+};
}

whole! {
    i64: json!({ "type": "integer" }), "a whole number";
    u32: json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }), "a whole number from 0 to 4294967295";
    u64: json!({ "type": "integer", "minimum": 0 }), "a whole number from 0";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Node;

    #[track_caller]
    fn check<T: Decode + PartialEq + std::fmt::Debug>(value: Value, expected: Result<T, &str>) {
        let (node, mut faults) = (Node::new(value), Faults::new());
        let read = T::decode(&At::root(&node), &mut faults);
        let messages: Vec<String> = faults.iter().map(ToString::to_string).collect();
        match expected {
            Ok(expected) => assert_eq!((read, messages.len()), (Some(expected), 0)),
            Err(message) => assert_eq!((read, messages), (None, vec![message.to_owned()])),
        }
    }

    #[test]
    fn numbers_may_be_written_whole() {
        check(Value::Integer(-2), Ok(-2.0));
        check(Value::Float(0.5), Ok(0.5));
    }

    #[test]
    fn infinities_are_not_numbers() {
        check::<f64>(
            Value::Float(f64::NAN),
            Err("E006: NaN is not a finite number"),
        );
        check::<f64>(
            Value::Float(f64::NEG_INFINITY),
            Err("E006: -inf is not a finite number"),
        );
    }

    #[test]
    fn whole_numbers_keep_to_their_range() {
        check(Value::Integer(i64::MIN), Ok(i64::MIN));
        check(Value::Integer(7), Ok(7_u32));
        check::<u64>(
            Value::Integer(-1),
            Err("E006: -1 is not a whole number from 0"),
        );
        check::<u32>(
            Value::Integer(1 << 32),
            Err("E006: 4294967296 is not a whole number from 0 to 4294967295"),
        );
        check::<i64>(
            Value::Float(1.0),
            Err("E005: expected a whole number, found the number 1"),
        );
    }
}
