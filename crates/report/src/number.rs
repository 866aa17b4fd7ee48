//! Numbers, all in one way: probabilities to two digits, counts with thousands set off, dates in
//! words or as year-month-day.

use detente::{
    assessment::{Band, Chance},
    quantity::Date,
    uncertainty::sensitivity::Estimate,
};

/// A probability to two digits. What is neither 0 nor 1 is never shown as if it were.
pub(crate) fn probability(p: f64) -> String {
    if p > 0.0 && p < 0.005 {
        "<0.01".to_owned()
    } else if p < 1.0 && p > 0.995 {
        ">0.99".to_owned()
    } else {
        signed(p)
    }
}

/// A probability as [`probability`], but to four digits where two do not tell it from another.
pub(crate) fn probability_to(p: f64, digits: Digits) -> String {
    match digits {
        Digits::Two => probability(p),
        Digits::Four if p > 0.0 && p < 0.000_05 => "<0.0001".to_owned(),
        Digits::Four if p < 1.0 && p > 0.999_95 => ">0.9999".to_owned(),
        Digits::Four => format!("{p:.4}"),
    }
}

/// How many digits of probabilities are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digits {
    /// As everywhere.
    Two,
    /// Where two would show different numbers as one.
    Four,
}

impl Digits {
    /// As many as it takes to tell each of the numbers from `one`.
    pub(crate) fn telling(one: f64, numbers: impl IntoIterator<Item = f64>) -> Self {
        let shown = probability(one);
        let ties = |it: f64| !is_close(it, one) && probability(it) == shown;
        if numbers.into_iter().any(ties) {
            Self::Four
        } else {
            Self::Two
        }
    }
}

/// Whether two probabilities differ by no more than rounding in their computation.
pub(crate) fn is_close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

/// A number to two digits, with a minus sign and never a negative zero.
pub(crate) fn signed(x: f64) -> String {
    signed_to(x, 2)
}

fn signed_to(x: f64, decimals: usize) -> String {
    let text = format!("{x:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|b| b == b'0' || b == b'.') => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}

/// A weight of evidence to a tenth of a decibel, signed; certainty is a word.
pub(crate) fn weight(decibels: f64) -> String {
    if decibels.is_infinite() {
        return match decibels > 0.0 {
            true => "proof".to_owned(),
            false => "disproof".to_owned(),
        };
    }
    let text = format!("{decibels:+.1}");
    match text.as_str() {
        "-0.0" | "+0.0" => "0.0".to_owned(),
        _ => text.replace('-', "−"),
    }
}

/// A weight of evidence with its unit; certainty is a word.
pub(crate) fn decibels(weight_of_evidence: f64) -> String {
    match weight_of_evidence.is_finite() {
        true => format!("{} dB", weight(weight_of_evidence)),
        false => weight(weight_of_evidence),
    }
}

/// A payoff to two digits at most, without zeros that say nothing; one of very many digits as 1.00e300.
pub(crate) fn payoff(x: f64) -> String {
    if x != 0.0 && !(1e-6..1e12).contains(&x.abs()) {
        return value(x);
    }
    let text = signed(x);
    let short = text.trim_end_matches('0').trim_end_matches('.');
    short.to_owned()
}

/// ` ± ` and a standard error, or nothing where it is 0: draws that all agree have none to show.
pub(crate) fn error(standard_error: f64) -> String {
    error_to(standard_error, Digits::Two)
}

fn error_to(standard_error: f64, digits: Digits) -> String {
    if standard_error > 0.0 {
        format!(" ± {}", probability_to(standard_error, digits))
    } else {
        String::new()
    }
}

/// A probability over draws with its standard error, which goes without saying where the
/// probability itself is only bounded.
pub(crate) fn chance(chance: &Chance) -> String {
    chance_to(chance, Digits::Two)
}

/// The same, to as many digits.
pub(crate) fn chance_to(chance: &Chance, digits: Digits) -> String {
    let p = probability_to(chance.estimate, digits);
    if p.starts_with(['<', '>']) {
        return p;
    }
    format!("{p}{}", error_to(chance.standard_error, digits))
}

/// A probability over draws with its 95% interval.
pub(crate) fn interval(chance: &Chance) -> String {
    let p = probability(chance.estimate);
    let [low, high] = chance.interval;
    if chance.estimate < 0.005 {
        format!("{p} (95% interval: at most {high:.3})")
    } else if chance.estimate > 0.995 {
        format!("{p} (95% interval: at least {low:.3})")
    } else {
        format!("{p} (95% interval: {low:.2}–{high:.2})")
    }
}

/// The same, so that the points of a column stand below one another.
pub(crate) fn chance_cell(chance: Option<&Chance>) -> String {
    let shown = chance.map(self::chance);
    let bounded = |text: &String| text.starts_with(['<', '>']);
    shown.map_or_else(String::new, |text| match bounded(&text) {
        true => text,
        false => format!(" {text}"),
    })
}

/// An estimate to the digits that its interval leaves it.
pub(crate) fn estimate(estimate: &Estimate) -> String {
    estimate.to_string().replace('-', "−")
}

/// The ends of its interval, to as many digits and no fewer than two, so that it is seen to hold the estimate;
/// nothing where there is none.
pub(crate) fn span(estimate: &Estimate) -> String {
    let Some(interval) = estimate.interval else {
        return String::new();
    };
    let ends = [interval.low(), interval.high()];
    let shown = estimate.to_string();
    let decimals = shown.split_once('.').map_or(0, |(_, it)| it.len()).max(2);
    if decimals == 2 && ends.iter().all(|it| it.abs() < 0.005) {
        return "<0.01".to_owned();
    }
    let [low, high] = ends.map(|it| signed_to(it, decimals));
    format!("{low} to {high}")
}

/// The range from the 5% to the 95% quantile.
pub(crate) fn band(band: &Band) -> String {
    format!("{}–{}", probability(band.low), probability(band.high))
}

/// A share as a whole percentage.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 0.0 {
        format!("-{}", self::percent(-share))
    } else if percent > 0.0 && percent < 0.5 {
        "<1%".to_owned()
    } else if percent < 100.0 && percent > 99.5 {
        ">99%".to_owned()
    } else {
        format!("{percent:.0}%")
    }
}

/// A share as a percentage, with a digit behind the point where it takes one.
pub(crate) fn share(share: f64) -> String {
    format!("{}%", value(share * 100.0))
}

/// The same, to as many digits as it has.
pub(crate) fn exact_share(share: f64) -> String {
    format!("{}%", exact(share * 100.0))
}

/// A coded number: to four digits, without noughts at its end.
pub(crate) fn value(x: f64) -> String {
    to_digits(x, 4)
}

/// A coded number as [`value`], but to as many digits as tell it from others, up to twelve.
pub(crate) fn value_apart(x: f64, others: &[f64]) -> String {
    let ties = |digits: i32| {
        let shown = to_digits(x, digits);
        others.iter().any(|&it| to_digits(it, digits) == shown)
    };
    let digits = (4..12).find(|&digits| !ties(digits)).unwrap_or(12);
    to_digits(x, digits)
}

/// A number to as many digits as it has, up to twelve.
pub(crate) fn exact(x: f64) -> String {
    to_digits(x, 12)
}

fn to_digits(x: f64, digits: i32) -> String {
    if x == 0.0 {
        return "0".to_owned();
    }
    let magnitude = x.abs();
    if !(1e-6..1e9).contains(&magnitude) {
        return format!("{x:.2e}").replace('-', "−");
    }
    let decimals = digits - 1 - magnitude.log10().floor() as i32;
    let text = format!(
        "{magnitude:.*}",
        usize::try_from(decimals).unwrap_or_default()
    );
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => text.as_str(),
    };
    let sign = if x < 0.0 { "−" } else { "" };
    format!("{sign}{text}")
}

/// A count with a comma before every three digits.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count of things, in the singular or with an `s`.
pub(crate) fn count_of(number: u64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", count(number))
}

/// A day in words: `12 October 1986`.
pub(crate) fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).unwrap_or_default();
    let month = MONTHS.get(month).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

#[cfg(test)]
mod tests {
    use detente::quantity::Interval;

    use super::*;

    #[test]
    fn nothing_but_nought_is_shown_as_nought() {
        for (p, text) in [
            (0.0, "0.00"),
            (1e-9, "<0.01"),
            (0.0049, "<0.01"),
            (0.005, "0.01"),
            (0.418, "0.42"),
            (0.995, "0.99"),
            (0.9951, ">0.99"),
            (1.0, "1.00"),
        ] {
            assert_eq!(probability(p), text, "{p}");
        }
        assert_eq!(percent(0.001), "<1%");
        assert_eq!(percent(0.999), ">99%");
        assert_eq!((percent(0.0), percent(1.0)), ("0%".into(), "100%".into()));
    }

    #[test]
    fn numbers_that_look_alike_get_more_digits() {
        assert_eq!(Digits::telling(0.43, [0.44, 0.42]), Digits::Two);
        assert_eq!(Digits::telling(0.431, [0.9, 0.434]), Digits::Four);
        // Equal numbers may look so.
        assert_eq!(Digits::telling(0.43, [0.43, 0.43 + 1e-12]), Digits::Two);
        for (p, text) in [
            (0.0, "0.0000"),
            (1e-9, "<0.0001"),
            (0.43126, "0.4313"),
            (0.999_99, ">0.9999"),
        ] {
            assert_eq!(probability_to(p, Digits::Four), text);
        }
    }

    #[test]
    fn intervals_are_seen_to_hold_their_estimates() {
        for (estimate, [low, high], said, between) in [
            (0.0018, [0.0017, 0.0019], "0.0018", "0.0017 to 0.0019"),
            (0.2, [-0.16, 0.43], "0.2", "−0.16 to 0.43"),
            (-0.06, [-0.09, -0.03], "−0.06", "−0.09 to −0.03"),
            (0.0001, [-0.0009, 0.001], "≈ 0", "<0.01"),
        ] {
            let estimate = Estimate {
                estimate,
                standard_error: (high - low) / 4.0,
                interval: Some(Interval::new(low, high).unwrap()),
            };
            assert_eq!(self::estimate(&estimate), said);
            assert_eq!(span(&estimate), between);
        }
    }

    #[test]
    fn signs_are_kept_but_for_nought() {
        assert_eq!(signed(-0.001), "0.00");
        assert_eq!(signed(-0.25), "−0.25");
        assert_eq!(signed(0.5), "0.50");
    }

    #[test]
    fn payoffs_say_no_more_than_they_know() {
        for (x, text) in [
            (60.0, "60"),
            (-0.001, "0"),
            (65.833_333, "65.83"),
            (-2.5, "−2.5"),
        ] {
            assert_eq!(payoff(x), text);
        }
        assert_eq!(payoff(100.0), "100");
    }

    #[test]
    fn thousands_are_set_off() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(number), text);
        }
        assert_eq!(count_of(1, "draw"), "1 draw");
        assert_eq!(count_of(2000, "draw"), "2,000 draws");
    }

    #[test]
    fn coded_numbers_keep_four_digits() {
        for (x, text) in [
            (0.0, "0"),
            (0.15, "0.15"),
            (-6.5, "−6.5"),
            (0.123_456, "0.1235"),
            (0.001_234_56, "0.001235"),
            (12_345.6, "12346"),
            (1e-9, "1.00e−9"),
        ] {
            assert_eq!(value(x), text);
        }
        assert_eq!(share(0.4), "40%");
        assert_eq!(share(0.125), "12.5%");
    }

    #[test]
    fn days_are_words() {
        assert_eq!(day(Date::constant(1986, 10, 12)), "12 October 1986");
        assert_eq!(day(Date::constant(-431, 1, 1)), "1 January -431");
    }
}
