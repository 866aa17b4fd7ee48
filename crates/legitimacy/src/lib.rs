#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - [`Leader`] works on the nation's payoffs normalised to 0–1 over its agreements and
//!   nonagreement; home-front numbers are coded on that scale (model §4).
//! - [`Claimant`], [`Division`] and [`Ratification`] work on shares of one good whose whole is 1.
//!   The two agree: a share x is the payoff Ã = x, with B̃ = x − L, d̃ = r and trust h = 1 − p.
//! - Letters follow the theory of games. Where the notes on domestic politics use another:
//!
//! | here | there | meaning |
//! |---|---|---|
//! | Ω, `office_stake` | R | what office is worth |
//! | ℓ, `threat` | h | support that a hostile adversary brings |
//! | m₀, `baseline` | m | support when nothing is gained |
//! | d̃, `nonagreement` | r | value without agreement |
//! | Ã − B̃, `exploitation_loss` | L | loss if the adversary is hostile |
//! | 1 − h, `hostility` | p | leader's belief that the adversary is hostile |
//!
//! The static model extends Putnam (1988), Downs and Rocke (1994) and Smith (1996); its claims
//! D-33 to D-37 and D-47 are tests.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

mod claimant;
mod curve;
mod division;
mod error;
mod leader;
mod normal;
mod ratification;
mod root;
#[cfg(any(test, feature = "proptest"))]
pub mod strategies;

pub use claimant::{ClaimParams, Claimant};
pub use curve::SurvivalCurve;
pub use division::{Division, Zone, Zones};
pub use error::LegitimacyError;
pub use leader::{Leader, LeaderParams, LeaderStakes, MarginTerms};
pub use ratification::{Ratification, RatificationParams};
pub use root::Root;
