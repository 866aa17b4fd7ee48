use num_bigint::{BigInt, Sign};

use super::{Entry, Fraction, fraction::greatest_common_divisor};

/// Payoffs as whole numbers of one power of ten. Each is read as the shortest decimal that stands
/// for it, so that 0.1 is a tenth, as on paper; different payoffs stay different and in order.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    numbers: Numbers,
    exponent: i32,
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
            },
            None => Self::of_decimals(payoffs),
        }
    }

    fn of_decimals(payoffs: &[f64]) -> Self {
        let decimals: Vec<(BigInt, i32)> = payoffs.iter().copied().map(decimal).collect();
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
        Fraction::decimal(number, self.exponent)
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

    proptest! {
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
