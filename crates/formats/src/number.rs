//! Numbers as texts write them: decimals, with an exponent or without, and quotients of them.

use detente_reciprocity::Fraction;

use crate::{
    FormatError, Place,
    error::{quoted, unexpected},
};

/// The most characters of a number. The smallest doubles, written without an exponent, have some 340.
const LONGEST: usize = 400;

/// The largest power of ten, of either sign, that a number may be written with. Doubles end before.
const LARGEST_EXPONENT: i32 = 400;

/// What a payoff should look like.
const NUMBER: &str = "a finite number such as -2 or 0.125";

/// The double nearest to the number that a text writes; that of a decimal is read back as it was
/// written.
pub(crate) fn double(text: &str, place: Place) -> Result<f64, FormatError> {
    let refused = || unexpected(place, quoted(text), NUMBER);
    let number = match text.contains('/') {
        true => exact(text, place)?.to_f64(),
        false => {
            Decimal::of(text).ok_or_else(refused)?;
            text.parse().map_err(|_| refused())?
        }
    };
    match number.is_finite() {
        true => Ok(number + 0.0),
        false => Err(refused()),
    }
}

/// The number that a text writes, exactly: `0.1` is a tenth and `1/3` a third.
pub(crate) fn exact(text: &str, place: Place) -> Result<Fraction, FormatError> {
    let read = || {
        let Some((above, below)) = text.split_once('/') else {
            return Decimal::of(text)?.fraction();
        };
        let below = Decimal::of(below)?.fraction()?;
        Decimal::of(above)?.fraction()?.checked_div(&below)
    };
    read().ok_or_else(|| unexpected(place, quoted(text), NUMBER))
}

/// The double nearest to an exact number, if there is a finite one.
pub(crate) fn nearest(number: &Fraction, place: Place) -> Result<f64, FormatError> {
    let double = number.to_f64();
    // Beyond the largest double, the largest is the nearest.
    match double.abs() < f64::MAX {
        true => Ok(double + 0.0),
        false => Err(unexpected(place, "a product or sum above 1.79e308", NUMBER)),
    }
}

/// A number, exactly, of its shortest decimal.
pub(crate) fn of_double(number: f64) -> Option<Fraction> {
    Decimal::of(&format!("{number:e}"))?.fraction()
}

/// An exact number as people write it: a decimal where it has a short one, otherwise a quotient.
pub(crate) fn written(number: &Fraction) -> String {
    let double = number.to_f64();
    match of_double(double).as_ref() == Some(number) {
        true => shown(double),
        false => number.to_string(),
    }
}

/// A double as it is written in every format, and read back: a decimal, or where that is long a number
/// with a point and a signed exponent, without which YAML takes it for a text.
pub(crate) fn shown(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-5..1e15).contains(&size) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    format!("{mantissa}{point}e{sign}{exponent}")
}

/// Evenly spaced numbers from the first, so many of them.
pub(crate) fn spaced(first: &Fraction, step: &Fraction, count: usize) -> Vec<Fraction> {
    let mut next = first.clone();
    let mut numbers = Vec::new();
    for _ in 0..count {
        let following = &next + step;
        numbers.push(std::mem::replace(&mut next, following));
    }
    numbers
}

/// A decimal as it is written.
struct Decimal<'t> {
    sign: &'t str,
    whole: &'t str,
    places: &'t str,
    exponent: i32,
}

impl<'t> Decimal<'t> {
    fn of(text: &'t str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let sign = if mantissa.starts_with('-') { "-" } else { "" };
        let (whole, places) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let sound = digits(whole) && digits(places) && !(whole.is_empty() && places.is_empty());
        let exponent: i32 = exponent.parse().ok()?;
        (sound && exponent.abs() <= LARGEST_EXPONENT).then_some(Self {
            sign,
            whole,
            places,
            exponent,
        })
    }

    fn fraction(&self) -> Option<Fraction> {
        let Self {
            sign,
            whole,
            places,
            exponent,
        } = self;
        let zeros = "0".repeat(exponent.unsigned_abs() as usize);
        let whole = if whole.is_empty() { "0" } else { whole };
        let text = match *exponent >= 0 {
            true => {
                let mantissa: Fraction = decimal(sign, whole, places).parse().ok()?;
                let power: Fraction = format!("1{zeros}").parse().ok()?;
                return Some(&mantissa * &power);
            }
            false => format!("{}/1{zeros}", decimal(sign, whole, places)),
        };
        text.parse().ok()
    }
}

fn decimal(sign: &str, whole: &str, places: &str) -> String {
    match places.is_empty() {
        true => format!("{sign}{whole}"),
        false => format!("{sign}{whole}.{places}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Result<f64, FormatError> {
        double(text, Place::START)
    }

    #[test]
    fn decimals_exponents_and_quotients_are_read() {
        for (text, number) in [
            ("1", 1.0),
            ("-2.50", -2.5),
            (".80", 0.8),
            ("3.", 3.0),
            ("+1e2", 100.0),
            ("-0", 0.0),
            ("1.5E-3", 0.0015),
            ("1/3", 1.0 / 3.0),
            ("-0.5/1.5", -1.0 / 3.0),
            ("5e-324", 5e-324),
            ("1e-400", 0.0),
        ] {
            assert_eq!(at(text), Ok(number), "{text}");
            let fraction = exact(text, Place::START).unwrap();
            assert_eq!(fraction.to_f64(), number, "{text}");
        }
        let tenth = exact("0.1", Place::START).unwrap();
        assert_eq!(tenth.to_string(), "1/10");
    }

    #[test]
    fn long_numbers_are_written_short() {
        for (number, text) in [
            (0.0, "0"),
            (-2.5, "-2.5"),
            (1e-5, "0.00001"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e15, "1.0e+15"),
            (-1e300, "-1.0e+300"),
            (9.99e-6, "9.99e-6"),
            (1e-300, "1.0e-300"),
        ] {
            assert_eq!(shown(number), text);
        }
        let long = [1e300, 1e-300, f64::MIN_POSITIVE].map(|it| it.to_string());
        for text in long {
            assert!(text.len() > 300 && at(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_finite_number_is_refused() {
        let long = "9".repeat(LONGEST + 1);
        for text in [
            "",
            ".",
            "-",
            "e5",
            "1e",
            "NaN",
            "inf",
            "-infinity",
            "1e999",
            "-1e400",
            "1e-999999999",
            "0x10",
            "1_000",
            "1/0",
            "1/0.0",
            "1//2",
            "1/2/3",
            "--1",
            "1.2.3",
            "1 ",
            "½",
            &long,
        ] {
            assert!(at(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_double_comes_back_as_it_was_written(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            for text in [format!("{number:e}"), number.to_string(), shown(number)] {
                prop_assert_eq!(at(&text), Ok(number + 0.0), "{}", text);
            }
            prop_assert_eq!(of_double(number).map(|it| it.to_f64()), Some(number + 0.0));
        }
    }
}
