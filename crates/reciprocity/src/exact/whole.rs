use num_bigint::{BigInt, Sign};

use super::{Entry, Fraction, fraction::greatest_common_divisor};

/// Payoffs as whole numbers of one unit. Each is read as the shortest decimal that stands for it, so
/// that 0.1 is a tenth, as on paper; or, where that takes all the digits a double has, as the small
/// fraction whose nearest double it is ([`quotient`]), so that 1/3 is a third. Different payoffs stay
/// different and in order.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    numbers: Numbers,
    exponent: i32,
    /// The unit is `10^exponent / divisor`.
    divisor: BigInt,
}

#[derive(Debug, Clone)]
enum Numbers {
    Words(Vec<i64>),
    Long(Vec<BigInt>),
}

/// Whole numbers below this are `f64`s that convert to words and back without loss.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Whole {
    /// Reads finite payoffs. O(payoffs), times the digits between the largest and the smallest.
    pub(crate) fn of(payoffs: &[f64]) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::float_cmp,
            reason = "whole numbers below 2⁵³ convert exactly"
        )]
        let word = |&payoff: &f64| {
            (payoff.abs() < EXACT && payoff.trunc() == payoff).then_some(payoff as i64)
        };
        match payoffs.iter().map(word).collect() {
            Some(words) => Self {
                numbers: Numbers::Words(words),
                exponent: 0,
                divisor: BigInt::from(1),
            },
            None => Self::of_parts(payoffs),
        }
    }

    fn of_parts(payoffs: &[f64]) -> Self {
        let quotients: Vec<Option<(i64, i64)>> = payoffs.iter().map(|it| quotient(*it)).collect();
        let divisor = common_multiple(quotients.iter().flatten().map(|(_, below)| *below));
        let times = BigInt::from(divisor);
        let part = |(payoff, quotient): (&f64, &Option<(i64, i64)>)| match quotient {
            Some((above, below)) if divisor > 1 => (BigInt::from(*above) * (divisor / below), 0),
            _ => {
                let (digits, exponent) = decimal(*payoff);
                (digits * &times, exponent)
            }
        };
        let decimals: Vec<(BigInt, i32)> = payoffs.iter().zip(&quotients).map(part).collect();
        let present = decimals
            .iter()
            .filter(|(digits, _)| digits.sign() != Sign::NoSign);
        let exponent = present.map(|(_, exponent)| *exponent).min().unwrap_or(0);
        let long: Vec<BigInt> = decimals
            .into_iter()
            .map(|(digits, own)| {
                digits * BigInt::from(10).pow(own.saturating_sub(exponent).max(0).unsigned_abs())
            })
            .collect();
        let words: Option<Vec<i64>> = long.iter().map(i64::held).collect();
        Self {
            numbers: words.map_or(Numbers::Long(long), Numbers::Words),
            exponent,
            divisor: times,
        }
    }

    /// The number at a place, zero beyond the last.
    pub(crate) fn number(&self, place: usize) -> BigInt {
        match &self.numbers {
            Numbers::Words(words) => BigInt::from(words.get(place).copied().unwrap_or(0)),
            Numbers::Long(long) => long.get(place).cloned().unwrap_or_default(),
        }
    }

    /// What a whole number of these units is worth in payoff.
    pub(crate) fn fraction(&self, number: BigInt) -> Fraction {
        let decimal = Fraction::decimal(number, self.exponent);
        decimal.per_whole(&self.divisor)
    }

    fn long(&self) -> Vec<BigInt> {
        match &self.numbers {
            Numbers::Words(words) => words.iter().map(Entry::big).collect(),
            Numbers::Long(long) => long.clone(),
        }
    }
}

/// The numbers on a scale on which the least is 1 and the steps between them have no common
/// divisor: a positive affine map, which leaves every best reply as it was. `None` where a number
/// cannot be held.
pub(crate) fn shifted<E: Entry>(whole: &Whole) -> Option<Vec<E>> {
    if let Numbers::Words(words) = &whole.numbers
        && let Some(shifted) = shifted_words(words)
    {
        return shifted
            .iter()
            .map(|word| E::held(&BigInt::from(*word)))
            .collect();
    }
    let long = whole.long();
    let least = long.iter().min().cloned().unwrap_or_default();
    let steps: Vec<BigInt> = long.iter().map(|number| number - &least).collect();
    let divisor = steps.iter().fold(BigInt::ZERO, |divisor, step| {
        greatest_common_divisor(&divisor, step)
    });
    let divisor = divisor.max(BigInt::from(1));
    steps
        .iter()
        .map(|step| E::held(&(step / &divisor + 1)))
        .collect()
}

fn shifted_words(words: &[i64]) -> Option<Vec<i64>> {
    let least = words.iter().copied().min()?;
    let steps: Option<Vec<i64>> = words.iter().map(|word| word.checked_sub(least)).collect();
    let steps = steps?;
    let mut divisor = 0;
    for &step in &steps {
        divisor = common_divisor(divisor, step);
        if divisor == 1 {
            break;
        }
    }
    steps
        .iter()
        .map(|step| (step / divisor.max(1)).checked_add(1))
        .collect()
}

fn common_divisor(mut large: i64, mut small: i64) -> i64 {
    while small != 0 {
        (large, small) = (small, large % small);
    }
    large
}

/// Digits that a double keeps of every decimal.
const DIGITS: usize = 15;

/// Fractions have at most this product of numerator and denominator. Of doubles that are no fractions one in
/// a hundred million is next to such a fraction by chance.
const LARGEST: i64 = 100_000_000;

/// The fraction that a payoff is the nearest double to, its numerator and denominator small and the
/// payoff no short decimal: such as 0.3333333333333333 for 1/3. By continued fractions, whose
/// convergents are nearer than any fraction of a smaller denominator (Hardy & Wright 1979, theorem 181).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "terms are whole numbers below 10⁸, and the quotient of two such is rounded once"
)]
fn quotient(payoff: f64) -> Option<(i64, i64)> {
    if digits(payoff) <= DIGITS {
        return None;
    }
    let size = payoff.abs();
    let (mut rest, mut last, mut now) = (size, (0, 1), (1, 0));
    // Denominators grow at least as fast as the Fibonacci numbers, which pass the largest in forty steps.
    for _ in 0..40 {
        let term = rest.floor();
        if term >= LARGEST as f64 {
            return None;
        }
        let term = term as i64;
        let next = (term * now.0 + last.0, term * now.1 + last.1);
        if next.0.checked_mul(next.1)? > LARGEST {
            return None;
        }
        if next.0 as f64 / next.1 as f64 == size {
            let sign = if payoff < 0.0 { -1 } else { 1 };
            return Some((sign * next.0, next.1));
        }
        (last, now) = (now, next);
        rest = 1.0 / (rest - rest.floor());
    }
    None
}

/// How many digits the shortest decimal has that reads back as this payoff.
fn digits(payoff: f64) -> usize {
    let text = format!("{:e}", payoff.abs());
    let digits = text.split('e').next().unwrap_or_default();
    digits.bytes().filter(u8::is_ascii_digit).count()
}

/// The least common multiple; 1 where it is too large to help.
fn common_multiple(mut numbers: impl Iterator<Item = i64>) -> i64 {
    let joined = numbers.try_fold(1_i64, |multiple, it| {
        (multiple / common_divisor(multiple, it)).checked_mul(it)
    });
    joined.unwrap_or(1)
}

/// The shortest decimal that reads back as this `f64`: digits and a power of ten.
fn decimal(payoff: f64) -> (BigInt, i32) {
    let text = format!("{payoff:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = format!("{whole}{places}").parse().unwrap_or_default();
    let places = i32::try_from(places.len()).unwrap_or(0);
    (digits, exponent.parse::<i32>().unwrap_or(0) - places)
}

#[cfg(test)]
mod tests {
    use proptest::{collection, prelude::*};

    use super::*;

    #[track_caller]
    fn check(payoffs: &[f64], expected: &[i64]) {
        let found: Vec<i64> = shifted(&Whole::of(payoffs)).unwrap();
        assert_eq!(found, expected);
    }

    #[test]
    fn payoffs_become_the_smallest_whole_numbers() {
        check(&[0.1, 0.2, 0.4], &[1, 2, 4]);
        check(&[0.3, 0.3], &[1, 1]);
        check(&[-200.0, 100.0, 400.0], &[1, 2, 3]);
        check(&[1e300, 3e300], &[1, 2]);
        check(&[5e-324, 0.0], &[2, 1]);
        check(&[0.0, 1e16], &[1, 2]);
        check(&[0.0, 0.0, 3e20], &[1, 1, 2]);
    }

    #[test]
    fn a_wide_range_takes_long_numbers() {
        let whole = Whole::of(&[1e300, 1e-300, 0.0]);
        assert_eq!(shifted::<i64>(&whole), None);
        let long: Vec<BigInt> = shifted(&whole).unwrap();
        assert_eq!(long[0], BigInt::from(10).pow(600) + 1);
        assert_eq!(long[1..], [BigInt::from(2), BigInt::from(1)]);
    }

    #[test]
    fn thirds_are_thirds_and_long_decimals_are_not() {
        check(&[1.0 / 3.0, 0.0, 2.0 / 3.0, 1.0], &[2, 1, 3, 4]);
        check(&[1.0 / 7.0, -2.0 / 3.0, 0.5], &[35, 1, 50]);
        for (payoff, expected) in [
            (1.0 / 3.0, Some((1, 3))),
            (-22.0 / 7.0, Some((-22, 7))),
            (1000.0 / 7.0, Some((1000, 7))),
            (0.1 + 0.2, None),
            (std::f64::consts::PI, None),
            (1e300 / 3.0, None),
            (5e-324, None),
            (0.333333333333333, None),
            (0.25, None),
        ] {
            assert_eq!(quotient(payoff), expected, "{payoff:e}");
        }
        let whole = Whole::of(&[1.0 / 3.0, 1e-5]);
        let fraction = |place| whole.fraction(whole.number(place)).to_string();
        assert_eq!([fraction(0), fraction(1)], ["1/3", "1/100000"]);
    }

    proptest! {
        #[test]
        fn small_quotients_are_read_back(above in -300..300_i64, below in 1..300_i64) {
            let payoff = above as f64 / below as f64;
            let quotient = Fraction::new(BigInt::from(above), BigInt::from(below));
            // A quotient that happens to be next to a short decimal, such as 196/93, is read as that.
            if digits(payoff) > DIGITS || f64::from(100_000) % below as f64 == 0.0 {
                prop_assert_eq!(Fraction::of_payoff(payoff), quotient);
            }
        }

        #[test]
        fn order_and_ties_are_kept(payoffs in collection::vec(any::<f64>(), 1..6)) {
            prop_assume!(payoffs.iter().all(|payoff| payoff.is_finite()));
            let long: Vec<BigInt> = shifted(&Whole::of(&payoffs)).unwrap();
            for (a, x) in payoffs.iter().zip(&long) {
                for (b, y) in payoffs.iter().zip(&long) {
                    prop_assert_eq!(a.partial_cmp(b), Some(x.cmp(y)));
                }
            }
        }
    }
}
