//! Positive numbers as mantissa and exponent, so that a product of millions neither underflows nor
//! overflows.

use std::f64::consts::LN_2;

/// The exponent of a type that is ruled out: below any that a product of likelihoods can reach, and
/// far enough from the end of its range to be added hundreds of times.
pub(super) const RULED_OUT: i64 = -(1 << 50);

/// A non-negative finite number as `m · 2^e` with `1 ≤ m < 2`; zero as `(0, RULED_OUT)`.
pub(super) fn split(value: f64) -> (f64, i64) {
    const MANTISSA: u64 = (1 << 52) - 1;
    const ONE: u64 = 1023 << 52;
    if value <= 0.0 {
        return (0.0, RULED_OUT);
    }
    // A subnormal number is brought among the normal ones first.
    let (value, shift) = if value < f64::MIN_POSITIVE {
        (value * 2_f64.powi(64), -64)
    } else {
        (value, 0)
    };
    let bits = value.to_bits();
    let exponent = (bits >> 52).cast_signed() - 1023 + shift;
    (f64::from_bits(bits & MANTISSA | ONE), exponent)
}

/// `2^exponent` for an exponent of 0 or less; 0 below −1022.
pub(super) fn power_of_two(exponent: i64) -> f64 {
    let biased = exponent.clamp(-1023, 0) + 1023;
    f64::from_bits(biased.cast_unsigned() << 52)
}

/// The natural logarithm of `mantissa · 2^exponent`.
pub(super) fn ln(mantissa: f64, exponent: i64) -> f64 {
    let exponent = exponent as f64;
    mantissa.ln() + exponent * LN_2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_split_number_is_the_same_number(value in proptest::num::f64::POSITIVE) {
            prop_assume!(value.is_finite() && value > 0.0);
            let (mantissa, exponent) = split(value);
            prop_assert!((1.0..2.0).contains(&mantissa));
            // In two steps, as a subnormal's power of two is no number.
            let half = i32::try_from(exponent / 2).unwrap();
            let rest = i32::try_from(exponent).unwrap() - half;
            prop_assert_eq!(mantissa * 2_f64.powi(half) * 2_f64.powi(rest), value);
            approx::assert_relative_eq!(ln(mantissa, exponent), value.ln(), epsilon = 1e-12);
        }
    }

    #[test]
    fn powers_below_the_normal_numbers_are_zero() {
        assert_eq!(power_of_two(0), 1.0);
        assert_eq!(power_of_two(-1022), f64::MIN_POSITIVE);
        assert_eq!(power_of_two(-1023), 0.0);
        assert_eq!(power_of_two(RULED_OUT), 0.0);
        assert_eq!(split(0.0), (0.0, RULED_OUT));
    }
}
