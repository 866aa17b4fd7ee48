#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - A [`Probability`] lies in `[0, 1]`, ends included; a [`LogOdds`] is finite, so certainty has
//!   no log-odds and [`Probability::log_odds`] says so with an error instead of an infinity.
//! - A [`DiscountFactor`] lies in `[0, 1)`: the weight of the next period's payoff against this one's.
//! - [`Stakes`] are the four payoffs of the theory of games: temptation `t`, reward `r`,
//!   punishment `p`, sucker's payoff `s`. They must be finite; their order is never invalid.
//! - Dates are civil dates ([`Date`], from `jiff`): a day in the calendar, without a clock or a zone.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

mod discount;
mod error;
mod interval;
mod log_odds;
mod probability;
#[cfg(feature = "serde")]
mod serialise;
mod stakes;
#[cfg(feature = "proptest")]
pub mod strategies;

pub use discount::DiscountFactor;
pub use error::QuantityError;
pub use interval::Interval;
pub use log_odds::LogOdds;
pub use probability::Probability;
pub use stakes::Stakes;

pub use jiff::civil::Date;
