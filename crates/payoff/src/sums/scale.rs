//! How one party's payoffs are written as whole numbers.
//!
//! Short decimals are whole numbers over a power of ten, and every finite double is a whole number times a
//! power of two. A party's payoffs share one power, so their sums are sums of whole numbers: associative
//! and free of rounding.

use crate::DecimalScale;

/// Sums within this many bits, sign apart, are kept in 64.
const NARROW_BITS: i32 = 60;

/// Sums within this many bits, sign apart, are exact; larger spreads are rounded to as many.
const WIDE_BITS: i32 = 120;

/// Bits of a whole number that a double keeps.
const DOUBLE_BITS: i32 = 53;

/// Beyond every sum.
const BEYOND: i128 = 1 << 125;

/// What one lane is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Payoffs are `lane / 10^places`.
    Decimal(DecimalScale),
    /// Payoffs are `lane · 2^exponent`.
    Binary { exponent: i32 },
}

/// How payoffs are lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scale {
    unit: Unit,
    pub(crate) exact: bool,
    pub(crate) narrow: bool,
    /// Whether every sum is the double that adding up the payoffs themselves gives.
    pub(crate) as_listed: bool,
}

impl Scale {
    /// The scale for short decimals, whose whole numbers add up to less than 10¹⁵.
    pub(crate) const fn decimal(scale: DecimalScale) -> Self {
        Self {
            unit: Unit::Decimal(scale),
            exact: true,
            narrow: true,
            as_listed: true,
        }
    }

    /// The scale for numbers none of whose sums exceeds `bound` in magnitude.
    pub(crate) fn of(numbers: impl Iterator<Item = f64>, bound: f64) -> Self {
        let lowest = numbers
            .filter(|&number| number != 0.0)
            .map(|number| parts(number).1)
            .min();
        let Some(lowest) = lowest else {
            return Self {
                unit: Unit::Binary { exponent: 0 },
                exact: true,
                narrow: true,
                as_listed: true,
            };
        };
        let (mantissa, shift) = parts(bound);
        // One bit more, since the bound itself was rounded.
        let highest = shift + (64 - mantissa.unsigned_abs().leading_zeros() as i32) + 1;
        let bits = highest - lowest;
        let exponent = lowest.max(highest - WIDE_BITS);
        Self {
            unit: Unit::Binary { exponent },
            exact: bits <= WIDE_BITS,
            narrow: bits <= NARROW_BITS,
            as_listed: bits <= DOUBLE_BITS,
        }
    }

    /// The number as a lane, to the nearest where the scale is not exact.
    pub(crate) fn lane(self, number: f64) -> i128 {
        let unit = match self.unit {
            Unit::Decimal(scale) => return scale.whole(number) as i128,
            Unit::Binary { exponent } => exponent,
        };
        let (mantissa, exponent) = parts(number);
        let (mantissa, shift) = (i128::from(mantissa), exponent - unit);
        match shift {
            0.. => mantissa << shift.min(WIDE_BITS),
            -63..0 => (mantissa + (1 << (-shift - 1))) >> -shift,
            _ => 0,
        }
    }

    /// The least lane that is at least the number, and the least that is more. A number beyond
    /// every sum gives lanes beyond every sum.
    pub(crate) fn thresholds(self, number: f64) -> (i128, i128) {
        let unit = match self.unit {
            // No two sums read as one double, so payoffs are compared as they are reported.
            Unit::Decimal(_) => {
                let weak = least(|lane| self.payoff(lane) >= number);
                return (weak, least(|lane| self.payoff(lane) > number));
            }
            Unit::Binary { exponent } => exponent,
        };
        let (mantissa, exponent) = parts(number);
        let (mantissa, shift) = (i128::from(mantissa), exponent - unit);
        let bits = 128 - mantissa.unsigned_abs().leading_zeros() as i32;
        let (floor, whole) = match shift {
            0.. if bits + shift <= 125 => (mantissa << shift, true),
            0.. => (mantissa.signum() * BEYOND, true),
            -63..0 => (mantissa >> -shift, mantissa & ((1 << -shift) - 1) == 0),
            _ => (mantissa.signum().min(0), mantissa == 0),
        };
        (floor + i128::from(!whole), floor + 1)
    }

    /// The payoff of a lane, rounded once.
    pub(crate) fn payoff(self, lane: i128) -> f64 {
        match self.unit {
            Unit::Decimal(scale) => scale.coded(lane as f64, 1),
            Unit::Binary { exponent } => {
                let half = exponent / 2;
                // In two factors, either of which is a normal number. No negative zero can come of it.
                lane as f64 * power_of_two(half) * power_of_two(exponent - half)
            }
        }
    }
}

/// The least lane from which on something holds; beyond every sum if it never does. Some 126 steps.
fn least(holds: impl Fn(i128) -> bool) -> i128 {
    let (mut low, mut high) = (-BEYOND, BEYOND);
    while low < high {
        let middle = low + (high - low) / 2;
        match holds(middle) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    low
}

/// `2^exponent` for a normal result.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// A finite number as `mantissa · 2^exponent` with an odd mantissa; zero as `0 · 2^0`.
pub(super) fn parts(number: f64) -> (i64, i32) {
    let bits = number.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let biased = ((bits >> 52) & 0x7ff) as i32;
    let (mantissa, exponent) = match biased {
        0 => (fraction, -1074),
        _ => (fraction | (1 << 52), biased - 1075),
    };
    if mantissa == 0 {
        return (0, 0);
    }
    let zeros = mantissa.trailing_zeros();
    let mantissa = (mantissa >> zeros) as i64;
    let signed = if number < 0.0 { -mantissa } else { mantissa };
    (signed, exponent + zeros as i32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_numbers_are_their_own_lanes() {
        let scale = Scale::of([3.0, -8.0, 5.0].into_iter(), 16.0);
        assert!(scale.exact && scale.narrow);
        assert_eq!([3.0, -8.0].map(|number| scale.lane(number)), [3, -8]);
        assert_eq!(scale.payoff(-8), -8.0);
        assert_eq!(scale.thresholds(2.5), (3, 3));
        assert_eq!(scale.thresholds(-2.5), (-2, -2));
        assert_eq!(scale.thresholds(-2.0), (-2, -1));
        assert_eq!(scale.thresholds(5e-324), (1, 1));
        assert_eq!(scale.thresholds(-5e-324), (0, 0));
        assert!(scale.thresholds(1e300).0 > 1 << 100);
        assert!(scale.thresholds(-1e300).1 < -(1 << 100));
    }

    #[test]
    fn spreads_beyond_every_lane_are_rounded_and_say_so() {
        let scale = Scale::of([1e300, 1e-300].into_iter(), 2e300);
        assert!(!scale.exact && !scale.narrow);
        assert_eq!(scale.payoff(scale.lane(1e300)), 1e300);
        assert_eq!(scale.lane(1e-300), 0);
        let tenths = Scale::of([0.1, 1e6].into_iter(), 1e7);
        assert!(tenths.exact && !tenths.narrow);
        assert_eq!(tenths.payoff(tenths.lane(0.1)), 0.1);
        let nothing = Scale::of([0.0].into_iter(), 0.0);
        assert!(nothing.exact && nothing.lane(0.0) == 0);
    }

    #[test]
    fn a_threshold_far_above_the_smallest_number_is_found() {
        // Half is 2¹⁰⁸ lanes of 1e-17, and no more than sums may be.
        let scale = Scale::of([1.0, 3.0, 1e-17].into_iter(), 3.1);
        assert!(scale.exact && !scale.narrow && !scale.as_listed);
        let (weak, strict) = scale.thresholds(0.5);
        assert_eq!((scale.payoff(weak), strict), (0.5, weak + 1));
        assert!(scale.lane(1.0) > strict && scale.lane(-1.0) < weak);
    }

    #[test]
    fn decimals_meet_the_decimal_and_not_the_double() {
        let scale = Scale::decimal(DecimalScale::of([0.1, 0.2]).unwrap());
        assert_eq!((scale.lane(0.1), scale.lane(-0.2)), (1, -2));
        assert_eq!(scale.payoff(3), 0.3);
        assert_eq!(scale.thresholds(0.3), (3, 4));
        assert_eq!(scale.thresholds(0.1 + 0.2), (4, 4));
        assert_eq!(scale.thresholds(-0.25), (-2, -2));
        assert_eq!(scale.thresholds(5e-324), (1, 1));
        assert_eq!(scale.thresholds(1e300), (BEYOND, BEYOND));
        assert_eq!(scale.thresholds(-1e300), (-BEYOND, -BEYOND));
    }

    proptest! {
        #[test]
        fn exact_scales_lose_nothing(numbers in prop::collection::vec(-1e9..1e9_f64, 1..5)) {
            let bound = numbers.iter().map(|number| number.abs()).sum();
            let scale = Scale::of(numbers.iter().copied(), bound);
            for &number in &numbers {
                if scale.exact {
                    prop_assert_eq!(scale.payoff(scale.lane(number)), number);
                    let (least, more) = scale.thresholds(number);
                    prop_assert_eq!((least, more), (scale.lane(number), scale.lane(number) + 1));
                }
            }
        }
    }
}
