//! Arithmetic without rounding on the numbers that were given, so that ties are ties.
//!
//! Every finite `f64` is a whole number times a power of two, and so are sums and products of
//! such numbers. While an operation happens to be exact in `f64` (always, for whole numbers of
//! moderate size) it stays there; otherwise it goes on in big integers.

use std::cmp::Ordering;

mod dyadic;

use dyadic::Dyadic;

/// A number known exactly.
#[derive(Debug, Clone)]
pub(crate) enum Exact {
    /// A finite number whose last operation was exact in `f64`.
    Double(f64),
    /// Any other sum or product of finite numbers.
    Big(Dyadic),
}

/// Below this magnitude the rounding error of a product may itself be lost to underflow.
const SAFE_PRODUCT: f64 = 1e-250;

impl Exact {
    pub(crate) const ZERO: Self = Self::Double(0.0);
    pub(crate) const ONE: Self = Self::Double(1.0);

    /// `a − b` for finite numbers.
    pub(crate) fn difference(a: f64, b: f64) -> Self {
        Self::Double(a).plus(&Self::Double(-b))
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        if let (Self::Double(a), Self::Double(b)) = (self, other) {
            // Knuth's two-sum: `error` is what rounding took away.
            let sum = a + b;
            let from_b = sum - a;
            let error = (a - (sum - from_b)) + (b - from_b);
            if error == 0.0 && sum.is_finite() {
                return Self::Double(sum);
            }
        }
        Self::Big(self.big().plus(&other.big()))
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.plus(&other.times(&Self::Double(-1.0)))
    }

    /// The nearest double, or nearly so.
    pub(crate) fn rounded(&self) -> f64 {
        match self {
            Self::Double(value) => *value,
            Self::Big(big) => big.rounded(),
        }
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        if let (&Self::Double(a), &Self::Double(b)) = (self, other) {
            let product = a * b;
            let exact = a.mul_add(b, -product) == 0.0 && product.is_finite();
            if a == 0.0 || b == 0.0 || (exact && product.abs() > SAFE_PRODUCT) {
                return Self::Double(product);
            }
        }
        Self::Big(self.big().times(&other.big()))
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            // Both are finite, so `<` and `==` decide.
            (Self::Double(a), Self::Double(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
            _ => self.big().compare(&other.big()),
        }
    }

    fn big(&self) -> Dyadic {
        match self {
            Self::Double(value) => Dyadic::from_finite(*value),
            Self::Big(big) => big.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(value: f64) -> Exact {
        Exact::Double(value)
    }

    /// Any finite number.
    fn finite() -> impl Strategy<Value = f64> {
        use prop::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
        NEGATIVE | POSITIVE | NORMAL | SUBNORMAL | ZERO
    }

    #[test]
    fn what_rounding_would_hide_is_seen() {
        // (2⁵³ + 1) is not a double; 2⁵³ + 1 > 2⁵³ all the same.
        let big = 2_f64.powi(53);
        let sum = exact(big).plus(&exact(1.0));
        assert_eq!(sum.compare(&exact(big)), Ordering::Greater);
        assert_eq!(
            sum.plus(&exact(1.0)).compare(&exact(big + 2.0)),
            Ordering::Equal
        );
        // 0.1 · 10 rounds to 1 but the double 0.1 is a little more than a tenth.
        assert_eq!(
            exact(0.1).times(&exact(10.0)).compare(&exact(1.0)),
            Ordering::Greater
        );
    }

    #[test]
    fn extremes_neither_overflow_nor_vanish() {
        let square = |x: f64| exact(x).times(&exact(x));
        assert_eq!(
            square(f64::MAX).compare(&exact(f64::MAX)),
            Ordering::Greater
        );
        let tiny = f64::from_bits(1);
        assert_eq!(square(tiny).compare(&exact(0.0)), Ordering::Greater);
        assert_eq!(square(tiny).compare(&exact(tiny)), Ordering::Less);
        let (a, b) = (square(tiny).times(&square(f64::MAX)), square(1.0));
        assert_eq!(a.compare(&b), Ordering::Less);
        let max = Exact::difference(f64::MAX, -f64::MAX);
        assert_eq!(
            max.plus(&exact(-f64::MAX)).compare(&exact(f64::MAX)),
            Ordering::Equal
        );
    }

    proptest! {
        #[test]
        fn whole_numbers_agree_with_integer_arithmetic(
            a in any::<i32>(), b in any::<i32>(), c in any::<i32>(), d in any::<i32>(),
        ) {
            let product = |numbers: [i32; 3]| {
                numbers.iter().fold(Exact::ONE, |p, &n| p.times(&exact(f64::from(n))))
            };
            let integer = |numbers: [i32; 3]| numbers.iter().map(|&n| i128::from(n)).product::<i128>();
            prop_assert_eq!(
                product([a, b, c]).compare(&product([b, c, d])),
                integer([a, b, c]).cmp(&integer([b, c, d]))
            );
            let sum = product([a, b, c]).plus(&product([b, d, d]));
            prop_assert_eq!(
                sum.compare(&product([a, c, d])),
                (integer([a, b, c]) + integer([b, d, d])).cmp(&integer([a, c, d]))
            );
        }

        #[test]
        fn multiplication_distributes_over_addition(
            a in finite(), b in finite(), c in finite(),
        ) {
            let (a, b, c) = (exact(a), exact(b), exact(c));
            let (left, right) = (a.times(&b.plus(&c)), a.times(&b).plus(&a.times(&c)));
            prop_assert_eq!(left.compare(&right), Ordering::Equal);
        }

        #[test]
        fn what_is_added_can_be_taken_away(
            a in finite(), b in finite(),
        ) {
            let restored = exact(a).plus(&exact(b)).plus(&exact(-a));
            prop_assert_eq!(restored.compare(&exact(b)), Ordering::Equal);
        }
    }
}
