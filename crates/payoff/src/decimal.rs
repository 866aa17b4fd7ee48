//! Decimal fractions as whole numbers, so that sums of tenths are the sums they are on paper.

use crate::{PayoffError, Utility};

/// A power of ten that makes whole numbers of decimal fractions, so that they add up without
/// rounding: 0.1 + 0.2 is 0.3, and no more.
///
/// A payoff coded as `0.1` is held as the double next to a tenth, which is a little more; three of
/// them are more than `0.3`. Multiplied by 10 they are 1 and 3. One factor serves all parties, so that
/// every solution, the sum of payoffs included, picks the same agreements.
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

/// Digits that a double keeps of every decimal number.
const DIGITS: usize = 15;

/// The largest power of ten that is a double.
const MOST_PLACES: u32 = 22;

impl DecimalScale {
    /// The least power of ten that makes each of the numbers whole, read as the shortest decimal
    /// that stands for it. `None` where that has more than 15 digits, or where the whole numbers
    /// could add up to 2⁵³ or more. O(numbers).
    #[must_use]
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Option<Self> {
        let decimals = numbers.into_iter().map(decimal);
        let decimals: Vec<(i64, i32)> = decimals.collect::<Option<_>>()?;
        let least = decimals.iter().map(|(_, exponent)| *exponent).min()?;
        let places = u32::try_from(-least.min(0)).ok()?;
        let shift = |exponent: i32| u32::try_from(i64::from(exponent) + i64::from(places)).ok();
        let mut sum = 0_u64;
        for (digits, exponent) in decimals {
            let power = 10_u64.checked_pow(shift(exponent)?)?;
            sum = sum.checked_add(digits.unsigned_abs().checked_mul(power)?)?;
        }
        (places <= MOST_PLACES && sum < 1 << 53).then_some(Self { places })
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
        let places = i32::try_from(self.places as usize * degree);
        10_f64.powi(places.unwrap_or(i32::MAX))
    }
}

/// A number as the shortest decimal that stands for it, `digits · 10^exponent`.
fn decimal(number: f64) -> Option<(i64, i32)> {
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.trim_start_matches('-').len() > DIGITS {
        return None;
    }
    let places = i32::try_from(fraction.len()).ok()?;
    Some((digits.parse().ok()?, exponent.parse::<i32>().ok()? - places))
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
            vec![1e300],
        ] {
            assert_eq!(DecimalScale::of(numbers.clone()), None, "{numbers:?}");
        }
        assert!(DecimalScale::of([3.0, -8.0, 1e6, 0.0]).is_some_and(DecimalScale::is_one));
        assert_eq!(DecimalScale::of([]), None);
    }

    proptest! {
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
