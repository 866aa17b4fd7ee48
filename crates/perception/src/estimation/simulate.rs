//! Records of observers whose bias is known, simulated in the words of the model and not by the estimator.
//!
//! Shared with the example `coverage`, which includes this file: names come from the module around it.

use detente_quantity::{LogOdds, Probability};
use detente_reputation::{Act, Belief, Evidence, Tone, trajectory};

use super::{BiasParameter, BiasProfile, Decision, Observation, Record, Response};

/// SplitMix64: one number from 0 to below 1 at a time, the same on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.roll() * (high - low)
    }
}

/// Every parameter with a value worth recovering.
pub(crate) const TRUTHS: [(BiasParameter, f64); 17] = [
    (BiasParameter::SituationCooperative, 0.5),
    (BiasParameter::SituationHostile, 0.4),
    (BiasParameter::DiscountingCooperative, 0.4),
    (BiasParameter::DiscountingHostile, 0.3),
    (BiasParameter::Augmentation, 0.4),
    (BiasParameter::StrengthScale, 0.7),
    (BiasParameter::StrengthExponent, 0.6),
    (BiasParameter::Misreading, 0.3),
    (BiasParameter::Ambiguity, 0.4),
    (BiasParameter::Perseverance, 0.5),
    (BiasParameter::EvidenceWeight, 1.5),
    (BiasParameter::Confirming, 0.5),
    (BiasParameter::Disconfirming, -0.4),
    (BiasParameter::ValenceCooperative, 0.6),
    (BiasParameter::ValenceHostile, 1.6),
    (BiasParameter::Need, 0.7),
    (BiasParameter::PriorWeight, 0.8),
];

pub(crate) fn chance(value: f64) -> Probability {
    Probability::saturating(value)
}

/// Acts of both tones and all strengths, some of a cost and one in six of them taken back.
pub(crate) fn story(dice: &mut Dice, length: usize) -> Option<Vec<Act>> {
    let mut acts: Vec<Act> = Vec::new();
    while acts.len() < length {
        match acts.last() {
            Some(last) if !last.evidence().is_retraction() && dice.roll() < 1.0 / 6.0 => {
                acts.push(Act::retracting(last).ok()?);
            }
            _ => {
                let (low, high) = (dice.between(0.05, 0.4), dice.between(0.5, 0.95));
                let (tone, chances) = if dice.roll() < 0.5 {
                    (Tone::Cooperative, vec![chance(high), chance(low)])
                } else {
                    (Tone::Hostile, vec![chance(low), chance(high)])
                };
                let forced = chance(dice.between(0.0, 0.5));
                let cost = LogOdds::new(dice.between(-2.0, 4.0)).ok()?;
                let evidence = Evidence::likelihoods(chances, forced).ok()?;
                acts.push(Act::new(tone, evidence).costing(cost));
            }
        }
    }
    Some(acts)
}

/// A record of choices after each of `length` acts, by an observer with this profile and choice
/// precision 2.
pub(crate) fn record(dice: &mut Dice, profile: &BiasProfile, length: usize) -> Option<Record> {
    let prior = Belief::binary(chance(dice.between(0.2, 0.8))).ok()?;
    let acts = story(dice, length)?;
    let beliefs = trajectory(&prior, &acts, profile).ok()?;
    let observations = beliefs.iter().enumerate().map(|(n, belief)| {
        let threshold = dice.between(0.2, 0.8);
        let odds = belief.log_odds(0)?.get();
        let margin = 2.0 * (odds - (threshold / (1.0 - threshold)).ln());
        let accepted = dice.roll() < 1.0 / (1.0 + (-margin).exp());
        Some(Observation {
            after: n + 1,
            response: Response::Choice {
                threshold: chance(threshold),
                decision: if accepted {
                    Decision::Accepted
                } else {
                    Decision::Refused
                },
            },
        })
    });
    let observations = observations.collect::<Option<_>>()?;
    Record::new(prior, acts, observations).ok()
}

/// Records of one observer.
pub(crate) fn records(
    seed: u64,
    profile: &BiasProfile,
    count: usize,
    length: usize,
) -> Option<Vec<Record>> {
    let mut dice = Dice(seed);
    (0..count)
        .map(|_| record(&mut dice, profile, length))
        .collect()
}
