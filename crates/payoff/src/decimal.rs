//! Decimal fractions as whole numbers, so that sums of tenths are the sums they are on paper.

use crate::{PayoffError, Utility};

/// A power of ten that makes whole numbers of decimal fractions, so that they add up without
/// rounding: 0.1 + 0.2 is 0.3, and no more.
///
/// A payoff coded as `0.1` is held as the double next to a tenth, which is a little more; three of
/// them are more than `0.3`. Multiplied by 10 they are 1 and 3. A [`Utility`] reads its own numbers so
/// wherever they fit, whatever another party's are. Where one factor serves all parties ([`of_all`](Self::of_all)),
/// every solution, the sum of payoffs included, picks the same agreements in whole numbers.
///
/// ```
/// use detente_payoff::DecimalScale;
///
/// let scale = DecimalScale::of([0.1, 0.2, 0.3]).expect("short decimals");
/// assert_eq!([0.1, 0.2, 0.3].map(|number| scale.whole(number)), [1.0, 2.0, 3.0]);
/// assert_eq!(scale.coded(scale.whole(0.1) + scale.whole(0.2), 1), 0.3);
/// // A third has no short decimal.
/// assert_eq!(DecimalScale::of([1.0 / 3.0]), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecimalScale {
    places: u32,
}

/// Whole numbers below this have 15 digits at most, which a double keeps of every decimal number: two
/// sums that differ are two doubles after division too.
const MOST: f64 = 1e15;

/// The powers of ten that are doubles.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

impl DecimalScale {
    /// The least power of ten that makes each of the numbers whole, read as the shortest decimal
    /// that stands for it. `None` where that has more than 15 digits or 22 decimal places, where the
    /// whole numbers could add up to 10¹⁵ or more, and for no numbers. O(numbers); it ends at the first
    /// number that does not fit.
    #[must_use]
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Option<Self> {
        let (mut places, mut sum, mut any) = (0, 0.0, false);
        for number in numbers {
            let own = places_of(number)?;
            if own > places {
                sum *= POWERS[own - places];
                places = own;
            }
            sum += (number.abs() * POWERS[places]).round();
            if sum >= MOST {
                return None;
            }
            any = true;
        }
        any.then_some(Self {
            places: u32::try_from(places).ok()?,
        })
    }

    /// The scale for all numbers of a negotiation: the parties' payoffs and what they have without
    /// agreement. O(payoffs).
    #[must_use]
    pub fn of_all(utilities: &[Utility], nonagreement: &[f64]) -> Option<Self> {
        let payoffs = utilities.iter().flat_map(Utility::numbers);
        Self::of(payoffs.chain(nonagreement.iter().copied()))
    }

    /// Whether the numbers are whole as they are.
    #[must_use]
    pub const fn is_one(self) -> bool {
        self.places == 0
    }

    /// The number times the power of ten, exactly for the numbers that the scale is of.
    #[must_use]
    pub fn whole(self, number: f64) -> f64 {
        (number * self.factor(1)).round()
    }

    /// Every payoff of a utility times the power of ten.
    ///
    /// # Errors
    /// [`PayoffError::Overflow`] for a utility that the scale is not of.
    pub fn utility(self, utility: &Utility) -> Result<Utility, PayoffError> {
        utility.map(|number| self.whole(number))
    }

    /// The number as it was coded, of a whole one: divided by the power of ten as often as payoffs
    /// are multiplied with one another in it. Once for a payoff.
    #[must_use]
    pub fn coded(self, whole: f64, degree: usize) -> f64 {
        whole / self.factor(degree)
    }

    fn factor(self, degree: usize) -> f64 {
        if degree == 1 {
            return POWERS[self.places as usize];
        }
        let places = i32::try_from(self.places as usize * degree);
        10_f64.powi(places.unwrap_or(i32::MAX))
    }
}

/// How many decimal places the shortest decimal has that stands for a number, if it has 15 digits at most.
///
/// A number times its power of ten is within half of the whole number, since 15 digits leave two
/// roundings less than that; and the whole number divided by the power is the double next to the decimal.
fn places_of(number: f64) -> Option<usize> {
    let fits = |power: &f64| {
        let whole = (number * power).round();
        whole.abs() < MOST && (whole / power).total_cmp(&number).is_eq()
    };
    POWERS.iter().position(fits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_short_decimal_has_no_scale() {
        for numbers in [
            vec![f64::NAN],
            vec![f64::INFINITY],
            vec![0.1 + 0.2],
            vec![1e15, 0.1],
            vec![1e-300, 1.0],
            vec![1e-30],
            vec![9e15, 9e15],
            vec![6e14, -6e14],
            vec![0.1, 1e14],
            vec![1e300],
        ] {
            assert_eq!(DecimalScale::of(numbers.clone()), None, "{numbers:?}");
        }
        assert!(DecimalScale::of([3.0, -8.0, 1e6, 0.0]).is_some_and(DecimalScale::is_one));
        assert_eq!(DecimalScale::of([]), None);
    }

    /// The places as the shortest decimal in print has them.
    #[track_caller]
    fn check_places(number: f64) {
        let text = format!("{:e}", number.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap();
        let digits = mantissa.chars().filter(char::is_ascii_digit).count() as i32;
        let exponent: i32 = exponent.parse().unwrap();
        let places = (digits - 1 - exponent).max(0);
        let whole = digits.max(exponent + 1);
        let expected = (whole <= 15 && places <= 22).then_some(places as usize);
        assert_eq!(places_of(number), expected, "{number:e}");
    }

    #[test]
    fn places_are_those_of_the_shortest_decimal() {
        for number in [
            0.1,
            0.3,
            1e-7,
            1e-15,
            1e-17,
            1e-22,
            1e-23,
            5e-324,
            1e14,
            1e15,
            123456.789,
            0.1 + 0.2,
            2.0 / 3.0,
            999999999999.999,
            -0.000123456789012345,
            1e300,
        ] {
            check_places(number);
        }
    }

    proptest! {
        #[test]
        fn places_are_those_in_print(digits in 1..9_999_999_999_999_999_i64, places in 0..25_i32) {
            check_places(format!("{digits}e-{places}").parse().unwrap());
        }

        #[test]
        fn decimals_are_made_whole_and_back(
            numbers in prop::collection::vec(-10_000_000..=10_000_000_i64, 1..20),
            places in 0..8_u32,
        ) {
            let power = 10_f64.powi(places as i32);
            let coded: Vec<f64> = numbers.iter().map(|&it| it as f64 / power).collect();
            let scale = DecimalScale::of(coded.iter().copied()).unwrap();
            let whole = |it: &f64| scale.whole(*it);
            let sum: f64 = coded.iter().map(whole).sum();
            let exact = numbers.iter().sum::<i64>() as f64 / power;
            prop_assert_eq!(scale.coded(sum, 1), exact);
            for number in coded {
                prop_assert_eq!(scale.coded(scale.whole(number), 1), number);
            }
        }
    }
}
