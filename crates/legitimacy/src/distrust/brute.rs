//! The division of the good by trying every share, for comparison with closed forms.

use detente_quantity::Probability;

use super::{Bargain, Promoter, Signature};
use crate::LeaderStakes;

/// Steps of the grid of shares from −0.1 to 1.1.
pub(super) const STEPS: u32 = 4000;

/// What the leader gets if the audience believes `b`: refusal, or the share that Nash's product
/// prefers. Less the constant ωr + Ω(m₀ + κr).
pub(super) fn by_bargaining(promoter: &Promoter, bargain: &Bargain, b: f64, hostile: bool) -> f64 {
    let params = promoter.params();
    let leader = params.leader.params();
    let alpha = bargain.own_share.get();
    // What the audience fears and what the leader knows enter by different doors.
    let feared = match params.signature {
        Signature::Uninformative => params.exploitation_loss,
        Signature::RevealsBenign => 0.0,
    };
    let toll = if hostile {
        params.exploitation_loss
    } else {
        0.0
    };
    let gain = |share: f64| {
        let stakes = LeaderStakes {
            if_honoured: share,
            if_cheated: share - feared,
            nonagreement: params.nonagreement,
            trust: Probability::ONE,
            audience_hostility: Probability::saturating(b),
        };
        let margin = params.leader.margin(stakes).unwrap_or(f64::NEG_INFINITY);
        margin - leader.national_weight * toll
    };
    let product = |share: f64| {
        let theirs = 1.0 - share - bargain.other_reservation - bargain.other_distortion;
        let own = gain(share);
        if own >= 0.0 && theirs >= 0.0 {
            own.powf(alpha) * theirs.powf(1.0 - alpha)
        } else {
            -1.0
        }
    };
    let best = (0..=STEPS)
        .map(|step| f64::from(step) / f64::from(STEPS) * 1.2 - 0.1)
        .filter(|&share| product(share) >= 0.0)
        .max_by(|&a, &b| product(a).total_cmp(&product(b)));
    leader.office_stake * leader.threat * b + best.map_or(0.0, gain)
}
