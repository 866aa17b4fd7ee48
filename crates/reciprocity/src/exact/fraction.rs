use std::{cmp::Ordering, fmt, str::FromStr};

use num_bigint::{BigInt, Sign};

use super::Whole;
use crate::ReciprocityError;

/// A rational number, exactly: a probability or a payoff of an equilibrium. Kept in lowest terms
/// with a positive denominator, and written `1/3` or `-2`.
///
/// ```
/// use detente_reciprocity::Fraction;
/// let third: Fraction = "2/6".parse()?;
/// assert_eq!(third.to_string(), "1/3");
/// assert_eq!(third.to_f64(), 1.0 / 3.0);
/// assert!(third < "0.34".parse()?);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Fraction {
    numerator: BigInt,
    denominator: BigInt,
}

/// The most characters of a fraction that is read; what any payoff needs is far below.
const LONGEST: usize = 10_000;

impl Fraction {
    /// The quotient of two whole numbers, of which the second is not zero.
    pub(crate) fn new(numerator: BigInt, denominator: BigInt) -> Self {
        if denominator == BigInt::from(1) {
            return Self::whole(numerator);
        }
        let divisor = match denominator.sign() {
            Sign::Minus => -greatest_common_divisor(&numerator, &denominator),
            _ => greatest_common_divisor(&numerator, &denominator),
        };
        Self {
            numerator: numerator / &divisor,
            denominator: denominator / divisor,
        }
    }

    /// The numerator and the denominator.
    pub(super) const fn parts(&self) -> (&BigInt, &BigInt) {
        (&self.numerator, &self.denominator)
    }

    /// Nought.
    #[must_use]
    pub fn zero() -> Self {
        Self::new(BigInt::ZERO, BigInt::from(1))
    }

    /// The whole number times a power of ten.
    pub(crate) fn decimal(digits: BigInt, exponent: i32) -> Self {
        let power = BigInt::from(10).pow(exponent.unsigned_abs());
        if exponent < 0 {
            Self::new(digits, power)
        } else {
            Self::new(digits * power, BigInt::from(1))
        }
    }

    /// A finite payoff, read as the shortest decimal that stands for it, or where that takes all digits of
    /// a double as the small fraction next to it.
    pub(crate) fn of_payoff(payoff: f64) -> Self {
        let whole = Whole::of(&[payoff]);
        whole.fraction(whole.number(0))
    }

    /// The whole number.
    pub(crate) fn whole(number: BigInt) -> Self {
        Self {
            numerator: number,
            denominator: BigInt::from(1),
        }
    }

    /// The number that a finite `f64` is, to the last bit.
    pub(crate) fn binary(number: f64) -> Self {
        let bits = number.to_bits();
        let (exponent, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
        let (mantissa, exponent) = match exponent {
            0 => (fraction, -1074),
            _ => (
                fraction | (1 << 52),
                i32::try_from(exponent).unwrap_or(0) - 1075,
            ),
        };
        let power = BigInt::from(1) << exponent.unsigned_abs();
        let magnitude = BigInt::from(mantissa);
        let signed = if number < 0.0 { -magnitude } else { magnitude };
        if exponent < 0 {
            Self::new(signed, power)
        } else {
            Self::whole(signed * power)
        }
    }

    /// A finite payoff as every analysis of a game reads it: 0.1 is a tenth, and 0.3333333333333333, the double
    /// nearest to 1/3, a third. `None` for what is not finite.
    ///
    /// ```
    /// use detente_reciprocity::Fraction;
    /// let read = |payoff: f64| Fraction::read(payoff).map(|it| it.to_string());
    /// assert_eq!(read(0.1).as_deref(), Some("1/10"));
    /// assert_eq!(read(1.0 / 3.0).as_deref(), Some("1/3"));
    /// assert_eq!(read(f64::NAN), None);
    /// ```
    #[must_use]
    pub fn read(payoff: f64) -> Option<Self> {
        payoff.is_finite().then(|| Self::of_payoff(payoff))
    }

    /// Divided by a whole number above zero.
    pub(super) fn per_whole(&self, divisor: &BigInt) -> Self {
        match *divisor == BigInt::from(1) {
            true => self.clone(),
            false => Self::new(self.numerator.clone(), &self.denominator * divisor),
        }
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        if self.denominator == other.denominator {
            return Self::new(&self.numerator + &other.numerator, self.denominator.clone());
        }
        Self::new(
            &self.numerator * &other.denominator + &other.numerator * &self.denominator,
            &self.denominator * &other.denominator,
        )
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        Self::new(
            &self.numerator * &other.numerator,
            &self.denominator * &other.denominator,
        )
    }

    /// Divided by a fraction; `None` if that is zero.
    pub(crate) fn per(&self, other: &Self) -> Option<Self> {
        (!other.is_zero()).then(|| {
            Self::new(
                &self.numerator * &other.denominator,
                &self.denominator * &other.numerator,
            )
        })
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.numerator.sign() == Sign::Minus
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        if self.denominator == other.denominator {
            return Self::new(&self.numerator - &other.numerator, self.denominator.clone());
        }
        Self::new(
            &self.numerator * &other.denominator - &other.numerator * &self.denominator,
            &self.denominator * &other.denominator,
        )
    }

    /// Divided by a positive whole number.
    pub(crate) fn divided_by(self, divisor: &BigInt) -> Self {
        Self::new(self.numerator, self.denominator * divisor)
    }

    /// A common multiple of a positive denominator and this one.
    pub(crate) fn common_denominator(&self, other: &BigInt) -> BigInt {
        other / greatest_common_divisor(other, &self.denominator) * &self.denominator
    }

    /// The numerator over a multiple of the denominator.
    pub(crate) fn over(&self, denominator: &BigInt) -> BigInt {
        &self.numerator * (denominator / &self.denominator)
    }

    pub(crate) fn is_one(&self) -> bool {
        self.numerator == self.denominator
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.numerator.sign() == Sign::NoSign
    }

    /// The nearest `f64`; beyond the largest, the largest of that sign.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        let magnitude = self.numerator.magnitude();
        let denominator = self.denominator.magnitude();
        let bits = |it: &num_bigint::BigUint| i64::try_from(it.bits()).unwrap_or(i64::MAX);
        // A quotient of 66 or 67 bits, the last of them set where anything was left over, rounds as
        // the fraction itself does.
        let shift = 66 - (bits(magnitude) - bits(denominator));
        let (mut above, mut below) = (magnitude.clone(), denominator.clone());
        if shift >= 0 {
            above <<= shift.unsigned_abs();
        } else {
            below <<= shift.unsigned_abs();
        }
        let quotient = &above / &below;
        let inexact = &quotient * &below != above;
        let word = u128::try_from(quotient).unwrap_or(u128::MAX) | u128::from(inexact);
        let unsigned = scaled(word, -shift);
        if self.numerator.sign() == Sign::Minus {
            -unsigned
        } else {
            unsigned
        }
    }
}

/// `word` · 2^`exponent`, rounded once to the nearest, and no more than the largest `f64`.
#[expect(
    clippy::cast_precision_loss,
    reason = "the conversion is the rounding that is meant"
)]
fn scaled(word: u128, exponent: i64) -> f64 {
    // Below the normal range the word is rounded there, so that it is not rounded twice.
    let bits = i64::from(128 - word.leading_zeros());
    let excess = (-1074 - exponent).clamp(0, 127);
    let word = if excess > 0 && bits + exponent < -1021 {
        let kept = word >> excess << excess;
        let (half, rest) = (1_u128 << (excess - 1), word - kept);
        let odd = (word >> excess) & 1 == 1;
        let up = rest > half || (rest == half && odd);
        kept + if up { 1_u128 << excess } else { 0 }
    } else {
        word
    };
    let mut value = word as f64;
    let mut rest = exponent.clamp(-4000, 4000);
    while rest != 0 && value != 0.0 && value.is_finite() {
        let step = rest.clamp(-900, 900);
        value *= 2.0_f64.powi(i32::try_from(step).unwrap_or(0));
        rest -= step;
    }
    value.min(f64::MAX)
}

/// The greatest number that divides both, positive unless both are zero, when it is zero.
pub(crate) fn greatest_common_divisor(first: &BigInt, second: &BigInt) -> BigInt {
    if let (Ok(large), Ok(small)) = (
        u64::try_from(first.magnitude()),
        u64::try_from(second.magnitude()),
    ) {
        return BigInt::from(of_words(large, small));
    }
    let (mut large, mut small) = (first.clone(), second.clone());
    while small.sign() != Sign::NoSign {
        let rest = &large % &small;
        (large, small) = (small, rest);
    }
    if large.sign() == Sign::Minus {
        -large
    } else {
        large
    }
}

fn of_words(mut large: u64, mut small: u64) -> u64 {
    while small != 0 {
        (large, small) = (small, large % small);
    }
    large
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == BigInt::from(1) {
            write!(f, "{}", self.numerator)
        } else {
            write!(f, "{}/{}", self.numerator, self.denominator)
        }
    }
}

impl FromStr for Fraction {
    type Err = ReciprocityError;

    /// Reads `1/3`, `-2` or `0.125`.
    fn from_str(text: &str) -> Result<Self, ReciprocityError> {
        let read = || {
            let (above, below) = text.split_once('/').unwrap_or((text, "1"));
            let (whole, digits) = above.split_once('.').unwrap_or((above, ""));
            let numerator: BigInt = format!("{whole}{digits}").parse().ok()?;
            let denominator: BigInt = format!("{below}{}", "0".repeat(digits.len()))
                .parse()
                .ok()?;
            let plain = !digits.starts_with(['+', '-']) && denominator.sign() == Sign::Plus;
            plain.then(|| Self::new(numerator, denominator))
        };
        let read = if text.len() <= LONGEST { read() } else { None };
        read.ok_or_else(|| ReciprocityError::NotAFraction {
            given: text.chars().take(40).collect(),
        })
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        fraction.to_string()
    }
}

impl TryFrom<String> for Fraction {
    type Error = ReciprocityError;

    fn try_from(text: String) -> Result<Self, ReciprocityError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fraction(text: &str) -> Fraction {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_no_fraction_is_refused() {
        for text in ["", "1/0", "a", "1/-2", "0.-5", "1/2/3", "1.5.2", "NaN"] {
            let error = text.parse::<Fraction>().unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("{text:?} is not a fraction; expected one such as 1/3, -2 or 0.125")
            );
        }
        assert!("9".repeat(LONGEST + 1).parse::<Fraction>().is_err());
    }

    #[test]
    fn fractions_are_in_lowest_terms() {
        assert_eq!(fraction("-6/4"), fraction("-1.5"));
        assert_eq!(fraction("-6/4").to_string(), "-3/2");
        assert_eq!(fraction("0/7"), Fraction::zero());
        assert_eq!(fraction("1/3").minus(&fraction("1/4")), fraction("1/12"));
    }

    #[test]
    fn ends_of_the_range_round_to_numbers() {
        assert_eq!(Fraction::decimal(1.into(), 400).to_f64(), f64::MAX);
        assert_eq!(Fraction::decimal((-1).into(), 400).to_f64(), -f64::MAX);
        assert_eq!(Fraction::decimal(1.into(), -400).to_f64(), 0.0);
        assert_eq!(
            Fraction::decimal(5.into(), -324).to_f64(),
            f64::from_bits(1)
        );
        assert_eq!(fraction("1/3").to_f64(), 1.0 / 3.0);
    }

    proptest! {
        #[test]
        fn every_float_comes_back_from_its_decimal(bits in any::<u64>()) {
            let float = f64::from_bits(bits);
            prop_assume!(float.is_finite());
            prop_assert_eq!(Fraction::of_payoff(float).to_f64(), float + 0.0);
        }

        #[test]
        fn a_quotient_of_words_rounds_as_division_does(a in any::<i32>(), b in 1..i32::MAX) {
            let exact = Fraction::new(a.into(), b.into());
            prop_assert_eq!(exact.to_f64(), f64::from(a) / f64::from(b));
            prop_assert_eq!(exact.to_string().parse::<Fraction>().unwrap(), exact);
        }
    }
}
