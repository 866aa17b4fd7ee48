//! Generators of valid quantities for property tests (feature `proptest`).
//!
//! ```
//! use detente_quantity::strategies;
//! use proptest::{prelude::*, test_runner::TestRunner};
//!
//! TestRunner::deterministic().run(&strategies::probability(), |p| {
//!     prop_assert_eq!(p.complement().complement().get(), 1.0 - (1.0 - p.get()));
//!     Ok(())
//! }).unwrap();
//! ```

use proptest::prelude::*;

use crate::{DiscountFactor, Interval, LogOdds, Probability, Stakes};

/// Any probability, with both ends and values next to them well represented.
pub fn probability() -> impl Strategy<Value = Probability> {
    prop_oneof![
        8 => 0.0..=1.0_f64,
        1 => Just(0.0),
        1 => Just(1.0),
        1 => Just(f64::MIN_POSITIVE),
        1 => Just(1.0 - f64::EPSILON),
    ]
    .prop_filter_map("a probability", |value| Probability::new(value).ok())
}

/// A probability that evidence can move: between 10⁻⁶ and 1 − 10⁻⁶.
pub fn open_probability() -> impl Strategy<Value = Probability> {
    (1e-6..1.0 - 1e-6_f64).prop_filter_map("a probability", |value| Probability::new(value).ok())
}

/// Any discount factor, with 0 and values just below 1 well represented.
pub fn discount_factor() -> impl Strategy<Value = DiscountFactor> {
    prop_oneof![8 => 0.0..1.0_f64, 1 => Just(0.0), 1 => Just(1.0 - f64::EPSILON)]
        .prop_filter_map("a discount factor", |value| DiscountFactor::new(value).ok())
}

/// Log-odds between −30 and 30.
pub fn log_odds() -> impl Strategy<Value = LogOdds> {
    (-30.0..30.0_f64).prop_filter_map("log-odds", |value| LogOdds::new(value).ok())
}

/// An interval within ±1000, single points included.
pub fn interval() -> impl Strategy<Value = Interval> {
    (
        -1e3..1e3_f64,
        prop_oneof![4 => 0.0..1e3_f64, 1 => Just(0.0)],
    )
        .prop_filter_map("an interval", |(low, width)| {
            Interval::new(low, low + width).ok()
        })
}

/// Stakes in any order, on small integers so that ties occur.
pub fn stakes() -> impl Strategy<Value = Stakes> {
    (-4..=4_i8, -4..=4_i8, -4..=4_i8, -4..=4_i8).prop_filter_map("stakes", |(t, r, p, s)| {
        Stakes::new(f64::from(t), f64::from(r), f64::from(p), f64::from(s)).ok()
    })
}

/// Stakes of a prisoner's dilemma, `t > r > p > s`, with gaps between 10⁻³ and 10.
pub fn prisoners_dilemma() -> impl Strategy<Value = Stakes> {
    (
        -10.0..10.0_f64,
        1e-3..10.0_f64,
        1e-3..10.0_f64,
        1e-3..10.0_f64,
    )
        .prop_filter_map("a prisoner's dilemma", |(s, exposure, gain, temptation)| {
            let (p, r) = (s + exposure, s + exposure + gain);
            Stakes::new(r + temptation, r, p, s).ok()
        })
}
