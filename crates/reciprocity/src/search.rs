//! Where a monotone test on `(0, 1)` first passes, to the last bit.

/// The largest `f64` below 1.
const LAST: u64 = (1.0_f64 - f64::EPSILON / 2.0).to_bits();

/// The smallest `f64` strictly between 0 and 1 at which `passes`, or `None` if it does not pass
/// even at the largest. `passes` must be monotone: once passed, passed for good. Starts from a
/// `guess` of any quality; a good one takes a handful of evaluations, the worst about 130.
pub(crate) fn first_pass(guess: f64, passes: impl Fn(f64) -> bool) -> Option<f64> {
    // Bit patterns of positive floats are ordered as the floats are.
    let at = |bits: u64| passes(f64::from_bits(bits));
    if !at(LAST) {
        return None;
    }
    let (mut below, mut above) = bracket(guess.to_bits().clamp(1, LAST), at);
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if at(middle) {
            above = middle;
        } else {
            below = middle;
        }
    }
    Some(f64::from_bits(above))
}

/// Gallops away from `guess` until the first pass lies between the two ends: not passed at the
/// lower (or it is 0), passed at the upper.
fn bracket(guess: u64, at: impl Fn(u64) -> bool) -> (u64, u64) {
    let (mut below, mut above, mut step) = (guess, guess, 1_u64);
    if at(guess) {
        while below > 0 && at(below) {
            above = below;
            below = below.saturating_sub(step);
            step *= 2;
        }
    } else {
        while !at(above) {
            below = above;
            above = above.saturating_add(step).min(LAST);
            step *= 2;
        }
    }
    (below, above)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ends_of_the_range_are_found_from_any_guess() {
        for guess in [0.0, f64::MIN_POSITIVE, 0.3, 1.0 - f64::EPSILON, 1.0, 1e300] {
            assert_eq!(first_pass(guess, |_| true), Some(f64::from_bits(1)));
            assert_eq!(first_pass(guess, |_| false), None);
            let last = f64::from_bits(LAST);
            assert_eq!(first_pass(guess, |x| x >= last), Some(last));
        }
    }

    proptest! {
        #[test]
        fn the_threshold_itself_is_found(
            threshold in f64::MIN_POSITIVE..1.0_f64, guess in 0.0..1.0_f64,
        ) {
            prop_assert_eq!(first_pass(guess, |x| x >= threshold), Some(threshold));
        }
    }
}
