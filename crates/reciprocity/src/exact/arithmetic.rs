//! Sums, products and quotients of fractions.

use std::ops::{Add, Mul, Sub};

use num_bigint::Sign;

use super::Fraction;

impl Add for &Fraction {
    type Output = Fraction;

    fn add(self, other: Self) -> Fraction {
        let (above, below) = self.parts();
        let (other_above, other_below) = other.parts();
        Fraction::new(
            above * other_below + other_above * below,
            below * other_below,
        )
    }
}

impl Sub for &Fraction {
    type Output = Fraction;

    fn sub(self, other: Self) -> Fraction {
        self.minus(other)
    }
}

impl Mul for &Fraction {
    type Output = Fraction;

    fn mul(self, other: Self) -> Fraction {
        let (above, below) = self.parts();
        let (other_above, other_below) = other.parts();
        Fraction::new(above * other_above, below * other_below)
    }
}

impl Fraction {
    /// A whole number.
    #[must_use]
    pub fn from_whole(number: i64) -> Self {
        Self::new(number.into(), 1.into())
    }

    /// The quotient; `None` where the divisor is zero.
    #[must_use]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        let (above, below) = self.parts();
        let (other_above, other_below) = divisor.parts();
        let divides = other_above.sign() != Sign::NoSign;
        divides.then(|| Self::new(above * other_below, below * other_above))
    }

    /// The larger of the numbers of bits of the numerator and the denominator: how much an exact
    /// computation with it costs.
    #[must_use]
    pub fn bits(&self) -> u64 {
        let (above, below) = self.parts();
        above.bits().max(below.bits())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_divided_by_zero() {
        let third: Fraction = "1/3".parse().unwrap();
        assert_eq!(third.checked_div(&Fraction::zero()), None);
        let quotient = third.checked_div(&"-2/3".parse().unwrap()).unwrap();
        assert_eq!(quotient.to_string(), "-1/2");
        assert_eq!(third.bits(), 2);
    }

    proptest! {
        #[test]
        fn arithmetic_is_that_of_numbers(
            a in -999..999_i64, b in 1..999_i64, c in -999..999_i64, d in 1..999_i64,
        ) {
            let fraction = |above: i64, below: i64| -> Fraction {
                format!("{above}/{below}").parse().unwrap()
            };
            let (x, y) = (fraction(a, b), fraction(c, d));
            prop_assert_eq!(&x + &y, fraction(a * d + c * b, b * d));
            prop_assert_eq!(&x - &y, fraction(a * d - c * b, b * d));
            prop_assert_eq!(&x * &y, fraction(a * c, b * d));
            prop_assert_eq!(&(&x + &y) - &y, x.clone());
            if c != 0 {
                prop_assert_eq!(&x.checked_div(&y).unwrap() * &y, x);
            }
        }
    }
}
