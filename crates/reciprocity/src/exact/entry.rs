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

    /// Every entry of a line as [`crossed`](Self::crossed) with the entry of another line in its
    /// column.
    fn cross_line(
        line: &mut [Self],
        p: &Self,
        b: &Self,
        other: &[Self],
        d: &Self::Divisor,
    ) -> Option<()> {
        for (entry, c) in line.iter_mut().zip(other) {
            *entry = Self::crossed(entry, p, b, c, d)?;
        }
        Some(())
    }

    /// How a·b compares with c·d.
    fn compare_products(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering;

    /// Roughly value / entry, to a relative 2⁻⁵¹, for a value that is not negative; infinite unless
    /// the entry is positive. A type too wide for that says nought for all of them.
    fn ratio(value: &Self, entry: &Self) -> f64;

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

    #[expect(
        clippy::cast_precision_loss,
        reason = "the size of the results is bounded with room to spare"
    )]
    fn cross_line(
        line: &mut [Self],
        p: &Self,
        b: &Self,
        other: &[Self],
        d: &WordDivisor,
    ) -> Option<()> {
        // Bits of all entries together: at most twice the largest of them.
        let reach = |line: &[Self]| line.iter().fold(0, |bits, it| bits | it.unsigned_abs()) as f64;
        let most = reach(line) * *p as f64 + reach(other) * b.unsigned_abs() as f64;
        let room = 1_u64 << 61_u32.saturating_sub(d.halvings);
        if most >= d.number as f64 * room as f64 {
            for (entry, c) in line.iter_mut().zip(other) {
                *entry = Self::crossed(entry, p, b, c, d)?;
            }
            return Some(());
        }
        // The quotients lie within ±`room`, so the last 64 bits of the dividends settle them.
        for (entry, c) in line.iter_mut().zip(other) {
            let dividend = entry.wrapping_mul(*p).wrapping_sub(b.wrapping_mul(*c));
            let odd = (dividend.cast_unsigned() >> d.halvings).wrapping_mul(d.odd_inverse);
            *entry = (odd << d.halvings).cast_signed() >> d.halvings;
        }
        Some(())
    }

    #[inline]
    fn compare_products(a: &Self, b: &Self, c: &Self, d: &Self) -> Ordering {
        (i128::from(*a) * i128::from(*b)).cmp(&(i128::from(*c) * i128::from(*d)))
    }

    #[inline]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a rough ratio is what is asked for"
    )]
    fn ratio(value: &Self, entry: &Self) -> f64 {
        if *entry > 0 {
            *value as f64 / *entry as f64
        } else {
            f64::INFINITY
        }
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

    fn ratio(_value: &Self, entry: &Self) -> f64 {
        if BigInt::sign(entry) == Sign::Plus {
            0.0
        } else {
            f64::INFINITY
        }
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
    use proptest::{collection, prelude::*};

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
        fn lines_divide_as_entries_do(
            lines in collection::vec((any::<i64>(), any::<i64>()), 1..6), p in any::<i64>(),
            b in any::<i64>(), sizes in [0..62_u32, 0..62, 0..62, 0..62, 0..40], d in 1..=i64::MAX,
        ) {
            let [p, b] = [p.unsigned_abs() >> 1 >> sizes[0], b.unsigned_abs() >> 1 >> sizes[1]];
            let (p, b) = (p.cast_signed(), b.cast_signed());
            let d = (d >> sizes[2] >> (sizes[4] / 2) << (sizes[4] / 2)).max(1);
            // Where d divides p and b, nothing is left over.
            let (Some(p), Some(b)) = (p.checked_mul(d), b.checked_mul(d)) else {
                return Ok(());
            };
            let (first, second): (Vec<i64>, Vec<i64>) =
                lines.iter().map(|(a, c)| (a >> sizes[3], c >> sizes[3])).unzip();
            let one = |(a, c)| BigInt::crossed(&i64::big(a), &p.big(), &b.big(), &i64::big(c), &d.big());
            let expected: Option<Vec<i64>> = first.iter().zip(&second).map(one)
                .map(|it| it.and_then(|it| i64::held(&it))).collect();
            let mut line = first;
            let found = i64::cross_line(&mut line, &p, &b, &second, &d.divisor()).map(|()| line);
            // Only the extreme word may be refused though it could be held.
            let extreme = expected.as_ref().is_some_and(|line| line.contains(&i64::MIN));
            prop_assert!(found == expected || (extreme && found.is_none()));
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
