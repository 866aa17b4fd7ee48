//! Generators of valid home fronts for property tests (feature `proptest`).

use detente_quantity::{Probability, strategies::probability};
use proptest::prelude::*;

use crate::{
    Bargain, Chamber, ClaimParams, Claimant, Leader, LeaderParams, LeaderStakes, Promoter,
    PromoterParams, Promotion, PromotionPair, Seat, Signature, SurvivalCurve, UncertainFloor,
    UncertainRatification, Understatement, VotingRule,
};

/// Any survival curve.
pub fn curve() -> impl Strategy<Value = SurvivalCurve> {
    prop::sample::select(&SurvivalCurve::ALL[..])
}

/// A survival curve defined for every support index: any but the linear one.
pub fn unbounded_curve() -> impl Strategy<Value = SurvivalCurve> {
    curve().prop_filter("unbounded", |&curve| curve != SurvivalCurve::Linear)
}

/// A leader of ordinary size on an unbounded curve, office stakes of 0 included.
pub fn leader() -> impl Strategy<Value = Leader> {
    (
        0.1..10.0_f64,
        prop_oneof![4 => 0.01..10.0_f64, 1 => Just(0.0)],
        0.01..3.0_f64,
        -1.0..1.0_f64,
        -3.0..3.0_f64,
        unbounded_curve(),
    )
        .prop_filter_map(
            "a leader",
            |(national_weight, office_stake, support, threat, baseline, curve)| {
                Leader::new(LeaderParams {
                    national_weight,
                    office_stake,
                    support,
                    threat,
                    baseline,
                    curve,
                })
                .ok()
            },
        )
}

/// A leader on the linear curve whose support stays on it for payoffs and shares from −½ to 1½:
/// m₀ ± 1.5κ ± |ℓ| lies in `[0, 1]`.
pub fn linear_leader() -> impl Strategy<Value = Leader> {
    (
        0.1..10.0_f64,
        prop_oneof![4 => 0.01..10.0_f64, 1 => Just(0.0)],
        0.01..0.2_f64,
        -0.1..0.1_f64,
        0.4..0.6_f64,
    )
        .prop_filter_map(
            "a leader",
            |(national_weight, office_stake, support, threat, baseline)| {
                Leader::new(LeaderParams {
                    national_weight,
                    office_stake,
                    support,
                    threat,
                    baseline,
                    curve: SurvivalCurve::Linear,
                })
                .ok()
            },
        )
}

/// What a leader compares, on payoffs from 0 to 1.
pub fn leader_stakes() -> impl Strategy<Value = LeaderStakes> {
    (
        0.0..=1.0_f64,
        0.0..=1.0_f64,
        0.0..=1.0_f64,
        probability(),
        probability(),
    )
        .prop_map(
            |(if_honoured, if_cheated, nonagreement, trust, audience_hostility)| LeaderStakes {
                if_honoured,
                if_cheated,
                nonagreement,
                trust,
                audience_hostility,
            },
        )
}

/// A claim on a good, with an exploitation loss of 0 or more.
pub fn claim() -> impl Strategy<Value = ClaimParams> {
    (0.0..0.5_f64, 0.0..0.5_f64, probability(), probability()).prop_map(
        |(nonagreement, exploitation_loss, hostility, audience_hostility)| ClaimParams {
            nonagreement,
            exploitation_loss,
            hostility,
            audience_hostility,
        },
    )
}

/// One side of a division, on an unbounded curve.
pub fn claimant() -> impl Strategy<Value = Claimant> {
    (leader(), claim()).prop_filter_map("a claimant", |(leader, claim)| {
        Claimant::new(leader, claim).ok()
    })
}

/// An audience's leader on the linear curve whose support a hostile adversary moves by `threat`.
fn linear_leader_with(threat: impl Strategy<Value = f64>) -> impl Strategy<Value = Leader> {
    (
        0.1..4.0_f64,
        prop_oneof![8 => 0.05..20.0_f64, 1 => Just(0.0)],
        prop_oneof![8 => 0.01..0.4_f64, 1 => Just(0.0)],
        threat,
        0.3..0.5_f64,
    )
        .prop_filter_map(
            "a leader",
            |(national_weight, office_stake, support, threat, baseline)| {
                Leader::new(LeaderParams {
                    national_weight,
                    office_stake,
                    support,
                    threat,
                    baseline,
                    curve: SurvivalCurve::Linear,
                })
                .ok()
            },
        )
}

/// A leader who may promote distrust (`threat` 0 or more) or understate a threat (below 0).
fn promoter_with(threat: impl Strategy<Value = f64>) -> impl Strategy<Value = Promoter> {
    let share = || prop_oneof![6 => 0.0..1.0_f64, 2 => Just(0.0), 1 => Just(1.0)];
    (
        linear_leader_with(threat),
        0.0..0.5_f64,
        0.0..1.0_f64,
        0.02..0.98_f64,
        share(),
        0.01..1.0_f64,
        prop_oneof![4 => Just(Signature::Uninformative), 1 => Just(Signature::RevealsBenign)],
    )
        .prop_filter_map(
            "a promoter",
            |(
                leader,
                nonagreement,
                exploitation_loss,
                prior,
                credulous,
                message_cost,
                signature,
            )| {
                Promoter::new(PromoterParams {
                    leader,
                    nonagreement,
                    exploitation_loss,
                    prior_hostility: Probability::saturating(prior),
                    credulous_share: Probability::saturating(credulous),
                    message_cost,
                    signature,
                })
                .ok()
            },
        )
}

/// A leader who may promote distrust: ℓ from 0 to ½, on the linear curve.
pub fn promoter() -> impl Strategy<Value = Promoter> {
    promoter_with(0.0..0.5_f64)
}

/// What a leader bargains over.
pub fn bargain() -> impl Strategy<Value = Bargain> {
    let distortion = prop_oneof![2 => Just(0.0), 1 => -0.1..0.4_f64];
    (0.0..0.6_f64, distortion, probability()).prop_map(
        |(other_reservation, other_distortion, own_share)| Bargain {
            other_reservation,
            other_distortion,
            own_share,
        },
    )
}

/// A leader who may promote distrust, with a bargain; not every one has an equilibrium.
pub fn promotion() -> impl Strategy<Value = Promotion> {
    (promoter(), bargain()).prop_filter_map("on the linear curve", |(promoter, bargain)| {
        Promotion::new(promoter, bargain).ok()
    })
}

/// A leader who may understate a threat, with a bargain that leaves no deal with the hostile.
pub fn understatement() -> impl Strategy<Value = Understatement> {
    (promoter_with(-0.3..-0.01_f64), bargain())
        .prop_filter_map("no deals with the hostile", |(promoter, bargain)| {
            Understatement::new(promoter, bargain).ok()
        })
}

/// Two leaders who may each promote distrust of the other.
pub fn promotion_pair() -> impl Strategy<Value = PromotionPair> {
    (promoter(), promoter(), probability())
        .prop_filter_map("on the linear curve", |(first, second, share)| {
            PromotionPair::new(first, second, share).ok()
        })
}

/// Up to six seats under any rule.
pub fn chamber() -> impl Strategy<Value = Chamber> {
    let seat =
        (0..=6_u32, prop::bool::weighted(0.15)).prop_map(|(votes, veto)| Seat { votes, veto });
    let rule = prop_oneof![
        1 => Just(VotingRule::Unanimity),
        2 => Just(VotingRule::Majority),
        2 => (1..=6_u32, 0..=6_u32).prop_map(|(numerator, more)| VotingRule::AtLeast {
            numerator,
            denominator: numerator + more,
        }),
    ];
    (prop::collection::vec(seat, 1..=6), rule)
        .prop_filter_map("a chamber", |(seats, rule)| Chamber::new(&seats, rule).ok())
}

/// A chamber, and what each seat gains by each of up to eight agreements: small whole numbers, so
/// that ties occur.
pub fn chamber_and_gains() -> impl Strategy<Value = (Chamber, Vec<Vec<f64>>)> {
    (chamber(), 0..=8_usize).prop_flat_map(|(chamber, listed)| {
        let row = prop::collection::vec((-3..=3_i8).prop_map(f64::from), listed);
        let rows = prop::collection::vec(row, chamber.seats().len());
        (Just(chamber), rows)
    })
}

/// A negotiation under up to five possible floors.
pub fn uncertain_ratification() -> impl Strategy<Value = UncertainRatification> {
    let floor = prop::collection::vec((0.0..1.1_f64, 0.0..1.0_f64), 1..=5);
    let cost = || prop_oneof![1 => Just(0.0), 1 => 0.0..0.5_f64];
    (0.0..0.6_f64, 0.0..0.6_f64, floor, cost(), cost()).prop_filter_map(
        "a floor",
        |(reservation, other_reservation, floor, defection_cost, other_defection_cost)| {
            let floor = UncertainFloor::new(&floor).ok()?;
            Some(UncertainRatification {
                reservation,
                other_reservation,
                floor,
                defection_cost,
                other_defection_cost,
            })
        },
    )
}
