//! Payoffs and patience as the exact numbers that were meant.

use detente_quantity::DiscountFactor;
use num_bigint::BigInt;

use crate::{Bimatrix, Fraction, exact::Whole};

/// The most digits that one writes by hand: a number of more may be the rounding of something else.
const WRITTEN_DIGITS: usize = 12;
/// The largest denominator of a fraction that is recognised behind its rounding.
const MAX_DENOMINATOR: u64 = 10_000_000;
/// The largest common denominator of one player's payoffs.
const MAX_COMMON: u64 = 1_000_000_000;
/// What a few steps of arithmetic leave of rounding, as a part of the largest payoff.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// One player's payoffs: whole numbers of a unit.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) numbers: Vec<BigInt>,
    pub(super) unit: Fraction,
}

impl Reading {
    /// Reads payoffs as the decimals that they are written as. Where some have more than 12 digits,
    /// and all are fractions of a common denominator up to 10⁹ but for what rounding leaves, as
    /// those fractions, so that payoffs that should tie do. O(payoffs).
    pub(super) fn of(payoffs: &[f64]) -> Self {
        let written = payoffs.iter().all(|&it| is_written(it));
        let read = if written { None } else { fractions(payoffs) };
        read.unwrap_or_else(|| {
            let whole = Whole::of(payoffs);
            Self {
                numbers: (0..payoffs.len()).map(|at| whole.number(at)).collect(),
                unit: whole.fraction(BigInt::from(1)),
            }
        })
    }
}

/// What a pair of actions pays row and column, as [`equilibrium_payoffs`](super::equilibrium_payoffs)
/// reads it; `None` outside the game. O(cells).
#[must_use]
pub fn exact_payoffs(game: &Bimatrix, i: usize, j: usize) -> Option<[Fraction; 2]> {
    game.payoffs(i, j)?;
    let cell = i * game.n_columns() + j;
    let [row, column] = [game.row_payoffs(), game.column_payoffs()].map(|payoffs| {
        let reading = Reading::of(payoffs);
        let number = reading.numbers.get(cell)?.clone();
        Some(Fraction::whole(number).times(&reading.unit))
    });
    Some([row?, column?])
}

/// Numbers that belong together as the exact ones that were meant: the `f64` nearest to 1/3, 1/3 and 1/3
/// are read as thirds. O(numbers).
pub(crate) fn exactly(numbers: &[f64]) -> Vec<Fraction> {
    let Reading { numbers, unit } = Reading::of(numbers);
    let exact = numbers.into_iter().map(Fraction::whole);
    exact.map(|it| it.times(&unit)).collect()
}

/// A discount factor as the decimal that it is written as, or, of more than 12 digits, as the simple
/// fraction that it is the rounding of: the `f64` nearest to 1/7 is read as 1/7.
pub(crate) fn patience(delta: DiscountFactor) -> Fraction {
    let delta = delta.get();
    let simple = if is_written(delta) {
        None
    } else {
        fraction(delta, 0.0)
    };
    simple.map_or_else(
        || Fraction::of_payoff(delta),
        |(above, below)| Fraction::new(above.into(), below.into()),
    )
}

/// The discount factor nearest to a simple fraction that is within `off` of a number, if there is one
/// and it is [read](patience) as that fraction.
pub(crate) fn simple(number: f64, off: f64) -> Option<DiscountFactor> {
    let (above, below) = fraction(number, off)?;
    let simple = Fraction::new(above.into(), below.into());
    let delta = DiscountFactor::new(simple.to_f64()).ok()?;
    (patience(delta) == simple).then_some(delta)
}

fn is_written(number: f64) -> bool {
    if number.trunc().to_bits() == number.to_bits() {
        return true;
    }
    let text = format!("{number:e}");
    let digits = text.split('e').next().unwrap_or_default();
    digits.bytes().filter(u8::is_ascii_digit).count() <= WRITTEN_DIGITS
}

/// All numbers over one denominator, if each is the rounding of a simple fraction.
fn fractions(payoffs: &[f64]) -> Option<Reading> {
    let largest = payoffs.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
    let one = |&it: &f64| fraction(it, ROUNDING * largest);
    let read: Option<Vec<(i64, u64)>> = payoffs.iter().map(one).collect();
    let read = read?;
    let common = read.iter().try_fold(1_u64, |common, &(_, below)| {
        let multiple = common / divisor(common, below) * below;
        (multiple <= MAX_COMMON).then_some(multiple)
    })?;
    Some(Reading {
        numbers: read
            .iter()
            .map(|&(above, below)| BigInt::from(above) * (common / below))
            .collect(),
        unit: Fraction::new(BigInt::from(1), BigInt::from(common)),
    })
}

/// The first convergent of the continued fraction of a number that is within `off` of it, if its
/// denominator is small.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "terms and denominators are kept where conversions are exact"
)]
pub(super) fn fraction(number: f64, off: f64) -> Option<(i64, u64)> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let mut rest = number.abs();
    let (mut above, mut below) = ((1_u64, 0_u64), (0_u64, 1_u64));
    for _ in 0..40 {
        let term = rest.floor();
        if term.is_nan() || term >= EXACT {
            return None;
        }
        let next = |(last, before): (u64, u64)| last.checked_mul(term as u64)?.checked_add(before);
        above = (next(above)?, above.0);
        below = (next(below)?, below.0);
        if below.0 > MAX_DENOMINATOR || above.0 as f64 >= EXACT {
            return None;
        }
        if (above.0 as f64 / below.0 as f64 - number.abs()).abs() <= off {
            let above = i64::try_from(above.0).ok()?;
            return Some((if number < 0.0 { -above } else { above }, below.0));
        }
        rest = 1.0 / (rest - term);
    }
    None
}

fn divisor(mut large: u64, mut small: u64) -> u64 {
    while small != 0 {
        (large, small) = (small, large % small);
    }
    large.max(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(delta: f64) -> String {
        patience(DiscountFactor::new(delta).unwrap()).to_string()
    }

    #[test]
    fn what_was_written_is_what_is_read() {
        assert_eq!(read(0.9), "9/10");
        assert_eq!(read(0.2475), "99/400");
        assert_eq!(read(1.0 / 7.0), "1/7");
        assert_eq!(read(0.0), "0");
        assert_eq!(read(1.0 - f64::EPSILON / 2.0).len(), "0/0".len() + 31);
    }

    #[test]
    fn payoffs_on_a_grid_share_its_denominator() {
        let reading = Reading::of(&[28.0 / 75.0, -0.2, 7.0 / 3.0]);
        assert_eq!(reading.unit.to_string(), "1/75");
        assert_eq!(reading.numbers, [28.into(), (-15).into(), 175.into()]);
        // Nothing simple lies behind the second, which is a decimal beside a third.
        let reading = Reading::of(&[1.0 / 3.0, 0.123_456_789_012_345_67]);
        assert_eq!(reading.numbers[0], "100000000000000000".parse().unwrap());
        assert_eq!(reading.unit.to_string(), "1/300000000000000000");
    }

    proptest! {
        #[test]
        fn simple_fractions_are_recognised(above in 0..2_000_i64, below in 1..1_000_u32) {
            let quotient = above as f64 / f64::from(below);
            let expected = Fraction::new(above.into(), below.into());
            let found = Reading::of(&[quotient]);
            prop_assert_eq!(
                Fraction::whole(found.numbers[0].clone()).times(&found.unit), expected
            );
        }

        #[test]
        fn every_number_is_read_within_its_rounding(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            let found = Reading::of(&[number]);
            let exact = Fraction::whole(found.numbers[0].clone()).times(&found.unit);
            let off = (exact.to_f64() - number).abs();
            prop_assert!(off <= 2.0 * ROUNDING * number.abs(), "{off}");
        }
    }
}
