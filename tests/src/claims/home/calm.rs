//! Calm, from those who live off an enemy and from those elected to make peace (D-43).

use detente::{
    legitimacy::{
        Candour, ClaimParams, Claimant, Leader, LeaderParams, LegitimacyError, Promoter,
        PromoterParams, Promotion, Understatement, UnderstatementEquilibrium,
        strategies::{promotion, understatement},
    },
    quantity::{Probability, strategies::probability},
};
use proptest::{prop_assert, prop_assert_eq, prop_assume};

use super::{
    distrust::{base, led},
    statics::Game,
};
use crate::Trial;

/// D-43.
pub(super) fn nixon(trial: &mut Trial) {
    trial.for_all(
        "belief after a dove's calm",
        4_000,
        understatement(),
        |model| {
            let found: UnderstatementEquilibrium = model.equilibrium();
            let params = model.promoter().params();
            let leader = params.leader.params();
            let (prior, eta) = (params.prior_hostility.get(), params.credulous_share.get());
            let rent = leader.office_stake * leader.threat.abs();
            let paying = (1.0 - params.message_cost / rent).max(0.0);
            let expected = ((1.0 - eta) * prior).min(paying);
            prop_assert!((found.calm_belief.get() - expected).abs() < 1e-12);
            // Bayes' rule: calm comes from all who face a benign adversary and some who do not.
            let silent = prior * found.understatement.get();
            let reasoned = silent / (silent + 1.0 - prior);
            prop_assert!(((1.0 - eta) * reasoned - expected).abs() < 1e-9);
            let mean = (1.0 - prior + silent) * expected + (prior - silent);
            prop_assert!((found.mean_belief.get() - mean).abs() < 1e-9);
            prop_assert!(found.audience_reservation >= params.nonagreement);
            prop_assert!(found.regret < 1e-9);
            Ok(())
        },
    );
    trial.for_all(
        "strong hawks, ℓ > αμ, send no calm about a benign one as office grows without bound",
        2_000,
        promotion(),
        |promotion| {
            let game = Game::of(&promotion);
            let leader = game.promoter.leader.params();
            // μ, from the distortion at certainty.
            let weight = promotion.promoter().weight();
            let distortion = promotion.promoter().distortion_at(Probability::ONE);
            let pull = distortion * weight / leader.office_stake;
            let strong = leader.threat - game.bargain.own_share.get() * pull > 1e-3;
            prop_assume!(strong && leader.office_stake > 0.0);
            let found = led(game, |leader| leader.office_stake = 1e9).solved();
            let candour = found.map(|found| found.candour);
            prop_assert_eq!(candour, Ok(Candour::Saturated));
            Ok(())
        },
    );
    ratified_more_easily(trial);
    let dove = led(base(), |leader| leader.threat = -0.3);
    let dove = PromoterParams {
        message_cost: 0.5,
        ..dove.promoter
    };
    let found = Promoter::new(dove)
        .and_then(|promoter| Understatement::new(promoter, base().bargain))
        .map(|model| model.equilibrium());
    match found {
        Ok(found) => {
            trial.close("dove: b_C", found.calm_belief.get(), 1.0 / 6.0, 1e-12);
            trial.close("dove: q_C", found.understatement.get(), 0.466_667, 5e-7);
        }
        Err(error) => trial.holds(&format!("dove: {error}"), false),
    }
}

/// After a dove's calm and after a hawk's: what an audience that counts only the nation's payoff asks,
/// by Bayes' rule from either's messages, and what it would ratify.
fn ratified_more_easily(trial: &mut Trial) {
    trial.for_all(
        "what is ratified after a dove's calm is after a hawk's, and sometimes only then",
        2_000,
        (understatement(), probability()),
        |(dove, share)| {
            let params = dove.promoter().params();
            let threat = params.leader.params().threat.abs();
            let hawk = LeaderParams {
                threat,
                ..*params.leader.params()
            };
            let promoter = PromoterParams {
                leader: Leader::new(hawk)?,
                ..*params
            };
            let hawk = Promotion::new(Promoter::new(promoter)?, *dove.bargain());
            let found = hawk.and_then(|hawk| hawk.equilibrium());
            prop_assume!(found.is_ok());
            let (hawks, doves) = (found?, dove.equilibrium());
            let prior = params.prior_hostility.get();
            // A hawk always decries the hostile: what is left for calm is benign.
            let calm = (1.0 - prior) * (1.0 - hawks.inflation.get());
            let alarmed = (1.0 - calm) * hawks.alarm_belief.get();
            let credulous = params.credulous_share.get();
            let misled = credulous * (1.0 - prior) * hawks.inflation.get();
            prop_assert!(
                (alarmed - prior - misled).abs() < 1e-9,
                "calm is believed to be hostile"
            );
            let asks = |belief: Probability| {
                let counted = LeaderParams {
                    threat: 0.0,
                    support: 1.0,
                    ..*params.leader.params()
                };
                let claim = ClaimParams {
                    nonagreement: params.nonagreement,
                    exploitation_loss: params.exploitation_loss,
                    hostility: Probability::ZERO,
                    audience_hostility: belief,
                };
                Ok::<_, LegitimacyError>(
                    Claimant::new(Leader::new(counted)?, claim)?.audience_reservation(),
                )
            };
            let (after_dove, after_hawk) = (asks(doves.calm_belief)?, asks(Probability::ZERO)?);
            prop_assert!((after_dove - doves.audience_reservation).abs() < 1e-12);
            let ratified = |floor: f64| share.get() >= floor;
            prop_assert!(ratified(after_hawk) || !ratified(after_dove));
            let between = f64::midpoint(after_hawk, after_dove);
            let binds = doves.calm_belief.get() * params.exploitation_loss > 1e-9;
            prop_assert!(!binds || (between > after_hawk && between < after_dove));
            Ok(())
        },
    );
}
