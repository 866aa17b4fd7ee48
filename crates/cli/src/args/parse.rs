//! How words of the command line are read, and what is said of those that cannot be.

use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use detente::quantity::{Date, DiscountFactor, Probability};

/// A day.
pub(crate) fn day(text: &str) -> Result<Date, &'static str> {
    text.parse()
        .map_err(|_| "expected a day of the calendar written year-month-day, such as 1986-10-12")
}

/// A chance.
pub(crate) fn chance(text: &str) -> Result<Probability, &'static str> {
    let number = text.parse().ok();
    number
        .and_then(|number: f64| Probability::new(number).ok())
        .ok_or("expected a chance from 0 to 1, such as 0.02")
}

/// A number of days.
pub(crate) fn days(text: &str) -> Result<f64, &'static str> {
    let number = text.parse().ok();
    number
        .filter(|&number: &f64| number > 0.0 && number.is_finite())
        .ok_or("expected days above 0, such as 365")
}

/// A whole number, however else people write large ones.
pub(crate) fn whole<N: FromStr>(text: &str) -> Result<N, &'static str> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().map_err(|_| match digits {
        true => "the number is too large",
        false => "expected a whole number such as 100000",
    })
}

/// One of a few words.
pub(crate) fn word<T>(words: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse::<T>())
}

/// A number from 0 and below 1.
pub(crate) fn discount_factor(text: &str) -> Result<DiscountFactor, &'static str> {
    let number = text.parse().ok();
    number
        .and_then(|number| DiscountFactor::new(number).ok())
        .ok_or("expected a discount factor from 0 and below 1, such as 0.9")
}

/// A positive number.
pub(crate) fn standard_error(text: &str) -> Result<f64, &'static str> {
    let number = text.parse().ok();
    number
        .filter(|&number: &f64| number > 0.0 && number.is_finite())
        .ok_or("expected a standard error above 0, such as 0.005")
}
