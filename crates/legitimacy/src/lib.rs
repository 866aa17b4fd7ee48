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

#[cfg(all(test, feature = "serde"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn values_survive_the_round_trip(side in strategies::claimant()) {
            let text = serde_json::to_string(&side).unwrap();
            let back: Claimant = serde_json::from_str(&text).unwrap();
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-15 * a.abs();
            prop_assert_eq!(back.leader().params().curve, side.leader().params().curve);
            prop_assert!(close(back.national_reservation(), side.national_reservation()));
            prop_assert!(close(back.leader().params().threat, side.leader().params().threat));
        }
    }

    #[test]
    fn invalid_values_do_not_deserialise() {
        let text = r#"{"national_weight":1,"office_stake":0.5,"support":0.5,"threat":-0.2,
                       "baseline":0,"curve":"logit"}"#;
        assert!(serde_json::from_str::<Leader>(text).is_ok());
        let weightless = text.replace(r#""national_weight":1"#, r#""national_weight":0"#);
        let error = serde_json::from_str::<Leader>(&weightless).unwrap_err();
        assert!(
            error.to_string().contains("national weight is 0"),
            "{error}"
        );
        assert!(serde_json::from_str::<Leader>(&text.replace("logit", "lognormal")).is_err());
    }
}
