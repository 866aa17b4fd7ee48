//! What a leader says about the adversary, and what the audience makes of it: the promotion of
//! distrust as an equilibrium (domestic notes §5.3).
//!
//! The leader learns whether the adversary is hostile and sends a public message, *alarm* or
//! *calm*. A share of the audience is credulous, the rest reason by Bayes' rule knowing what
//! leaders are like. The audience's belief then sets both how much an enemy is worth to the leader
//! and how much of the zone of agreement is left to bargain over.

mod alarm;
#[cfg(test)]
mod brute;
mod calm;
mod incentive;
mod pair;
mod promoter;
mod rent;

pub use alarm::{Promotion, PromotionEquilibrium};
pub use calm::{Understatement, UnderstatementEquilibrium};
pub use pair::{PairEquilibrium, PairScan, PromotionPair, Sides};
pub use promoter::{Bargain, Candour, Promoter, PromoterParams, Signature};
pub use rent::fear_rent;
