//! Generators for property tests (feature `proptest`), beside those of `detente-quantity`.

use detente_quantity::{DiscountFactor, Probability, Stakes, strategies};
use proptest::prelude::*;

use crate::ImplementationGame;

/// A party at the very boundary of M-02, where honouring and cheating are worth the same, with
/// every number a small integer or a power of two so that the equality is exact in `f64`.
pub fn indifferent() -> impl Strategy<Value = (Stakes, Probability, DiscountFactor)> {
    (1..=8_u8, -16..=16_i8, 0..=4_i32, 1..=8_i32, -16..=16_i8).prop_filter_map(
        "an indifferent party",
        |(gain, r, halvings, patience, s)| {
            // δ = 1 − 2⁻ⁿ makes δ/(1 − δ) the integer 2ⁿ − 1, so the temptation m·g·(2ⁿ − 1) is exact.
            let m = 0.5_f64.powi(halvings);
            let (gain, r) = (f64::from(gain), f64::from(r));
            let temptation = m * gain * (2.0_f64.powi(patience) - 1.0);
            Some((
                Stakes::new(r + temptation, r, r - gain, f64::from(s)).ok()?,
                Probability::new(m).ok()?,
                DiscountFactor::new(1.0 - 0.5_f64.powi(patience)).ok()?,
            ))
        },
    )
}

/// A two-party game on small integers, ties included.
pub fn game() -> impl Strategy<Value = ImplementationGame> {
    (strategies::stakes(), strategies::stakes())
        .prop_map(|(row, column)| ImplementationGame::new(row, column))
}
