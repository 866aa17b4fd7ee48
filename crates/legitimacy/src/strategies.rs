//! Generators of valid home fronts for property tests (feature `proptest`).

use detente_quantity::strategies::probability;
use proptest::prelude::*;

use crate::{ClaimParams, Claimant, Leader, LeaderParams, LeaderStakes, SurvivalCurve};

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
