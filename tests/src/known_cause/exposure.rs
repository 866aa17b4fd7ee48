//! Exposure: what sets the trust a party needs, θ = e/(U − d + e) (C-20).

use super::{
    dice::Dice,
    evidence::Beliefs,
    plan::{Faith, Plan},
    stakes::Stakes,
};

/// Trust lies beyond its threshold by at least this much before side issues are counted.
const TRUST_SLACK: f64 = 0.1;

/// e by option of the first issue: as much as makes trust fall short of the threshold or exceed it,
/// as the party's role asks.
pub(super) fn exposures(
    plan: &Plan,
    party: usize,
    stakes: &Stakes,
    beliefs: &Beliefs,
    dice: &mut Dice,
) -> Vec<f64> {
    let faith = plan.roles[party].faith;
    if faith == Faith::Despairs {
        // Being cheated is better than no agreement.
        let relief = dice.between(0.3, 0.8);
        return stakes
            .gains
            .iter()
            .map(|_| -relief * stakes.typical)
            .collect();
    }
    let thresholds = thresholds(faith, beliefs, dice);
    let options = stakes.gains.iter().enumerate();
    options
        .map(|(option, &gain)| {
            let (threshold, gain) = if option < plan.deals {
                (thresholds[option], gain)
            } else {
                (thresholds[0], stakes.typical)
            };
            threshold / (1.0 - threshold) * gain
        })
        .collect()
}

/// Thresholds of trust at the first deal and, where there is one, at the second.
fn thresholds(faith: Faith, beliefs: &Beliefs, dice: &mut Dice) -> [f64; 2] {
    let (warranted, held) = (beliefs.warranted, beliefs.held);
    let (least, most) = (warranted.min(held), warranted.max(held));
    let between = (warranted + held) / 2.0 + dice.between(-0.02, 0.02);
    let easy = dice.between(0.06, 0.14);
    let passed = dice.between(0.15, least.max(0.3) - TRUST_SLACK);
    match faith {
        Faith::Trusts | Faith::Wavers | Faith::Despairs => [passed; 2],
        Faith::Doubts => [dice.between(most + TRUST_SLACK, 0.85); 2],
        Faith::Misreads => [between; 2],
        Faith::Misled => [easy; 2],
        Faith::Torn => [most + 1.5 * TRUST_SLACK, least - 1.5 * TRUST_SLACK],
        Faith::HalfMisled => [easy, between],
    }
}
