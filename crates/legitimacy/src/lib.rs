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
//! - Messages ([`Promotion`], [`Understatement`], [`PromotionPair`]) need the linear survival curve,
//!   on which an audience of several minds votes as its mean belief would. There π is the audience's
//!   prior, η the credulous share, c the cost of an untrue message, α the own part of the surplus,
//!   and μ = κL + ℓ what a unit of belief takes from agreement.
//! - Strict preference is strict: a leader who is indifferent does not accept. Where a model's
//!   source lets the indifferent agree ([`Gamble`], [`UncertainRatification`]), its page says so.
//! - Office stakes, message costs and gains from messages are in the leader's own units, those of ω
//!   and Ω; with ω = 1, in units of the nation's payoff.
//!
//! The models extend Putnam (1988), Downs and Rocke (1994), Smith (1996), Iida (1993), Baliga, Lucca
//! and Sjöström (2011) and others named where they are used; their claims, D-02 to D-47, are tests.
//!
//! # Limits
//!
//! The equilibria of messages are of one good, two types and one round: no reputation for crying
//! wolf, and no opponent who exploits a leader that diverts.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

mod claimant;
mod coding;
mod curve;
mod distrust;
mod division;
mod error;
#[cfg(test)]
mod extremes;
mod home;
mod leader;
mod neighbours;
mod normal;
mod ratification;
mod root;
#[cfg(any(test, feature = "proptest"))]
pub mod strategies;
mod two_level;

pub use claimant::{ClaimParams, Claimant};
pub use coding::{
    CodedRange, LegitimationScores, OfficeExit, PostTenureFate, credulous_range,
    message_cost_range, office_stake_range, support_range, threat_range,
};
pub use curve::SurvivalCurve;
pub use distrust::{
    Bargain, Candour, PairEquilibrium, PairScan, Promoter, PromoterParams, Promotion,
    PromotionEquilibrium, PromotionPair, Sides, Signature, Understatement,
    UnderstatementEquilibrium, fear_rent,
};
pub use division::{Division, Zone, Zones};
pub use error::LegitimacyError;
pub use home::{BeliefRange, HomeReading, HomeZones, StakeRange};
pub use leader::{Leader, LeaderParams, LeaderStakes, MarginTerms};
pub use neighbours::{
    Diversion, DiversionParams, Gamble, GambleParams, HawkChances, LogRoll, Passage, PeaceMaker,
    PeaceMakerParams, PeaceMove, Regime, RegimeEquilibria, RegimeGame, RegimeParams, Selectorate,
    SelectorateParams,
};
pub use ratification::{Leverage, Ratification, RatificationParams};
pub use root::Root;
pub use two_level::{
    Chamber, FloorKnowledge, ListLeverage, Pivot, Power, RatificationOdds, Seat, UncertainFloor,
    UncertainRatification, VotingRule, WinSet, leverage,
};

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

    proptest! {
        /// What is checked is checked again; JSON's decimals may cost the last bit.
        #[test]
        fn models_survive_the_round_trip(
            promotion in strategies::promotion(), model in strategies::understatement(),
            (chamber, _) in strategies::chamber_and_gains(),
            treaty in strategies::uncertain_ratification(),
        ) {
            let text = serde_json::to_string(&promotion).unwrap();
            let back: Promotion = serde_json::from_str(&text).unwrap();
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * (1.0 + a.abs());
            let half = detente_quantity::Probability::HALF;
            prop_assert!(close(back.benign_gain(half), promotion.benign_gain(half)));
            let wrong = text.replace("\"message_cost\":", "\"message_cost\":-");
            prop_assert!(serde_json::from_str::<Promotion>(&wrong).is_err());
            let text = serde_json::to_string(&model).unwrap();
            let back: Understatement = serde_json::from_str(&text).unwrap();
            let (belief, again) = (model.equilibrium().calm_belief, back.equilibrium().calm_belief);
            prop_assert!(close(belief.get(), again.get()));
            let text = serde_json::to_string(&chamber).unwrap();
            prop_assert_eq!(serde_json::from_str::<Chamber>(&text).unwrap(), chamber);
            let text = serde_json::to_string(&treaty).unwrap();
            let back: UncertainRatification = serde_json::from_str(&text).unwrap();
            prop_assert!(close(back.floor.chance(0.5).get(), treaty.floor.chance(0.5).get()));
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
