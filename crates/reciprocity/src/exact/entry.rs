use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};

/// A whole number in a tableau: machine words where they do, numbers of any length where not.
pub(crate) trait Entry: Clone + Ord {
    /// A positive number, prepared for many divisions by it.
    type Divisor;

    /// The number, if this type can hold it.
    fn held(number: &BigInt) -> Option<Self>;

    /// The number at any length.
    fn big(&self) -> BigInt;

    /// Prepares a positive number for divisions.
    fn divisor(&self) -> Self::Divisor;

    /// (a·p − b·c) / d, where the division is known to leave nothing; `None` if the result cannot
    /// be held.
    fn crossed(a: &Self, p: &Self, b: &Self, c: &Self, d: &Self::Divisor) -> Option<Self>;

    /// How a·b compares with c·d.
    fn compare_products(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering;

    /// Whether the number is less than, equal to or greater than zero.
    fn sign(&self) -> Ordering;

    /// The number with the other sign, if it can be held.
    fn negated(&self) -> Option<Self>;
}

/// An odd number times a power of two, by which machine words divide with one multiplication.
pub(crate) struct WordDivisor {
    number: u64,
    odd_inverse: u64,
    halvings: u32,
}

impl Entry for i64 {
    type Divisor = WordDivisor;

    fn held(number: &BigInt) -> Option<Self> {
        Self::try_from(number).ok()
    }

    fn big(&self) -> BigInt {
        BigInt::from(*self)
    }

    fn divisor(&self) -> WordDivisor {
        let number = self.unsigned_abs().max(1);
        let halvings = number.trailing_zeros();
        let odd = number >> halvings;
        // Newton's iteration doubles the bits of the inverse that are right: 3, 6, …, 96.
        let odd_inverse = (0..5).fold(odd, |inverse, _| {
            inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)))
        });
        WordDivisor {
            number,
            odd_inverse,
            halvings,
        }
    }

    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        reason = "an exact quotient below 2⁶³ is settled by its last 64 bits"
    )]
    fn crossed(a: &Self, p: &Self, b: &Self, c: &Self, d: &WordDivisor) -> Option<Self> {
        let product = |x: &Self, y: &Self| i128::from(*x) * i128::from(*y);
        // Each product is at most 2¹²⁶, so their difference is at most 2¹²⁷; only the extreme is
        // out of reach.
        let dividend = product(a, p).checked_sub(product(b, c))?;
        if (dividend.unsigned_abs() >> 63) >= u128::from(d.number) {
            return None;
        }
        Some(((dividend >> d.halvings) as u64).wrapping_mul(d.odd_inverse) as Self)
    }

    #[inline]
    fn compare_products(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        (i128::from(*a) * i128::from(*b)).cmp(&(i128::from(*c) * i128::from(*d)))
    }

    #[inline]
    fn sign(&self) -> Ordering {
        self.cmp(&0)
    }

    #[inline]
    fn negated(&self) -> Option<Self> {
        self.checked_neg()
    }
}

impl Entry for BigInt {
    type Divisor = Self;

    fn held(number: &BigInt) -> Option<Self> {
        Some(number.clone())
    }

    fn big(&self) -> BigInt {
        self.clone()
    }

    fn divisor(&self) -> Self {
        self.clone()
    }

    fn crossed(a: &Self, p: &Self, b: &Self, c: &Self, d: &Self) -> Option<Self> {
        Some((a * p - b * c) / d)
    }

    fn compare_products(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        (a * b).cmp(&(c * d))
    }

    fn sign(&self) -> Ordering {
        match BigInt::sign(self) {
            Sign::Minus => Ordering::Less,
            Sign::NoSign => Ordering::Equal,
            Sign::Plus => Ordering::Greater,
        }
    }

    fn negated(&self) -> Option<Self> {
        Some(-self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_divide_as_numbers_of_any_length_do(
            quotient in any::<i64>(), d in 1..=i64::MAX, c in any::<i32>(), b in any::<i32>(),
            halvings in 0..62_u32,
        ) {
            // a·1 − b·c = d·quotient, for as large an a as a word can hold.
            let d = (d >> halvings << (halvings / 2)).max(1);
            let quotient = quotient / d;
            let (b, c) = (i64::from(b), i64::from(c));
            let Some(a) = d.checked_mul(quotient).and_then(|it| it.checked_add(b * c)) else {
                return Ok(());
            };
            prop_assert_eq!(i64::crossed(&a, &1, &b, &c, &d.divisor()), Some(quotient));
        }

        #[test]
        fn a_quotient_beyond_a_word_is_refused(a in any::<i64>(), p in any::<i64>(), d in 1..=9_i64) {
            let exact = BigInt::crossed(&(a.big() * d), &p.big(), &0.big(), &0.big(), &d.big());
            let held = exact.and_then(|it| i64::held(&it)).filter(|it| *it != i64::MIN);
            let Some(a) = a.checked_mul(d) else { return Ok(()); };
            prop_assert_eq!(i64::crossed(&a, &p, &0, &0, &d.divisor()), held);
        }
    }
}
