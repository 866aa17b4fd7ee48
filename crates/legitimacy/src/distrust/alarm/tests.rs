use approx::assert_relative_eq;
use detente_quantity::strategies::probability;
use proptest::prelude::*;

use super::*;
use crate::{
    Leader, LeaderParams, PromoterParams, Signature, SurvivalCurve, distrust::brute::by_bargaining,
    strategies,
};

fn leader() -> LeaderParams {
    LeaderParams {
        national_weight: 1.0,
        office_stake: 2.0,
        support: 0.5,
        threat: 0.3,
        baseline: 0.3,
        curve: SurvivalCurve::Linear,
    }
}

fn promoter(leader: LeaderParams) -> PromoterParams {
    PromoterParams {
        leader: Leader::new(leader).unwrap(),
        nonagreement: 0.35,
        exploitation_loss: 0.6,
        prior_hostility: Probability::saturating(0.3),
        credulous_share: Probability::ZERO,
        message_cost: 0.15,
        signature: Signature::Uninformative,
    }
}

const BARGAIN: Bargain = Bargain {
    other_reservation: 0.35,
    other_distortion: 0.0,
    own_share: Probability::HALF,
};

fn solved(params: PromoterParams) -> Result<PromotionEquilibrium, LegitimacyError> {
    Promotion::new(Promoter::new(params)?, BARGAIN)?.equilibrium()
}

#[test]
fn what_is_out_of_range_is_named() {
    let curved = promoter(LeaderParams {
        curve: SurvivalCurve::Logit,
        ..leader()
    });
    assert_eq!(
        solved(curved).unwrap_err().to_string(),
        "survival curve is logit; expected linear where messages move beliefs"
    );
    let dove = promoter(LeaderParams {
        threat: -0.1,
        ..leader()
    });
    let error = solved(dove).unwrap_err().to_string();
    assert!(
        error.starts_with("threat legitimation is -0.1; expected 0 or more"),
        "{error}"
    );
    let free = PromoterParams {
        message_cost: 0.0,
        ..promoter(leader())
    };
    let error = solved(free).unwrap_err().to_string();
    assert!(
        error.starts_with("cost of an untrue message is 0"),
        "{error}"
    );
    let beloved = promoter(LeaderParams {
        baseline: 0.7,
        ..leader()
    });
    assert!(matches!(
        solved(beloved),
        Err(LegitimacyError::OffLinearCurve { .. })
    ));
}

#[test]
fn a_leader_with_little_to_fear_and_much_to_share_withholds_the_alarm() {
    // No loss from the hostile and little rent: ℓ(1 − α) = 0.005 < ακL = 0.0125, and ωL < AS.
    let params = PromoterParams {
        exploitation_loss: 0.05,
        ..promoter(LeaderParams {
            threat: 0.01,
            ..leader()
        })
    };
    let promotion = Promotion::new(Promoter::new(params).unwrap(), BARGAIN).unwrap();
    assert!(!promotion.alarms_truly());
    // Ωℓ − α·min(AS − ωL, Ωμ) = 0.02 − ½·min(0.55, 0.07).
    let Err(LegitimacyError::TrueAlarmWithheld { loss }) = promotion.equilibrium() else {
        panic!("{:?}", promotion.equilibrium());
    };
    assert_relative_eq!(loss, 0.015, epsilon = 1e-15);
}

#[test]
fn limits_are_limits() {
    let with_stake = |office_stake| {
        solved(promoter(LeaderParams {
            office_stake,
            ..leader()
        }))
    };
    for small in [0.0, f64::MIN_POSITIVE, 1e-300] {
        let found = with_stake(small).unwrap();
        assert_eq!(
            (found.candour, found.missed),
            (Candour::Candid, Probability::ZERO)
        );
        assert_eq!(found.closing_belief, None);
    }
    let large = with_stake(1e200).unwrap();
    assert_eq!(large.candour, Candour::Saturated);
    assert_eq!(large.alarm_belief.get(), 0.3);
    assert!(matches!(
        with_stake(f64::MAX),
        Err(LegitimacyError::Overflow { .. })
    ));
    let unsupported = solved(promoter(LeaderParams {
        support: 0.0,
        ..leader()
    }));
    // μ = ℓ and A = ω: b_c = S/(Ωℓ) = ½ and b̂ = c/(Ωℓ(1 − α)) = ½.
    let unsupported = unsupported.unwrap();
    assert_relative_eq!(
        unsupported.closing_belief.unwrap().get(),
        0.5,
        epsilon = 1e-12
    );
    assert_relative_eq!(unsupported.alarm_belief.get(), 0.5, epsilon = 1e-12);
    for prior in [Probability::ZERO, Probability::ONE] {
        for credulous_share in [Probability::ZERO, Probability::ONE] {
            let found = solved(PromoterParams {
                prior_hostility: prior,
                credulous_share,
                ..promoter(leader())
            });
            let found = found.unwrap();
            assert!(
                found.regret < 1e-12 && found.ex_ante_gain.is_finite(),
                "{found:?}"
            );
        }
    }
    let nothing = Bargain {
        other_reservation: 0.8,
        ..BARGAIN
    };
    let empty = Promotion::new(Promoter::new(promoter(leader())).unwrap(), nothing);
    let empty = empty.unwrap().equilibrium().unwrap();
    assert_eq!(empty.missed, Probability::ZERO);
    // b̂ = c/(Ωℓ) = ¼, below the prior.
    assert_eq!(empty.candour, Candour::Saturated);
}

#[test]
fn candour_ends_at_its_cost_and_at_its_stake() {
    // G(1) = 2·0.3 − ½·min(0.6, 1.2) = 0.3; c/(ℓ − αμ) has no divisor above 0, as μ = 0.6, and
    // (0.15 + ½·0.3)/(0.3 − ½·½·0.3) = 4/3.
    let base = Promotion::new(Promoter::new(promoter(leader())).unwrap(), BARGAIN).unwrap();
    assert_relative_eq!(base.candid_cost(), 0.3, epsilon = 1e-15);
    assert_relative_eq!(base.candid_stake().unwrap(), 4.0 / 3.0, epsilon = 1e-12);
    let feared = PromoterParams {
        exploitation_loss: 0.0,
        ..promoter(LeaderParams {
            threat: 0.0,
            ..leader()
        })
    };
    let nothing = Promotion::new(Promoter::new(feared).unwrap(), BARGAIN).unwrap();
    assert_eq!((nothing.candid_cost(), nothing.candid_stake()), (0.0, None));
}

proptest! {
    /// The equilibrium is candid from the cost on and up to the stake, and not beyond.
    #[test]
    fn the_ends_of_candour_are_where_the_equilibrium_ceases_to_be_candid(
        game in strategies::promotion(), other in 0.0..8.0_f64,
    ) {
        let (params, bargain) = (game.promoter.params(), game.bargain);
        let candid = |params: PromoterParams| {
            let game = Promotion::new(Promoter::new(params).unwrap(), bargain).ok()?;
            let reply = Reply::new(
                &game.promoter, game.incentive().threshold(params.message_cost));
            // Where all believe anything, or hostility is sure, b_pool = 1 saturates for nothing.
            let pooled = params.prior_hostility == Probability::ONE
                || params.credulous_share == Probability::ONE;
            (!pooled).then_some(reply.candour == Candour::Candid)
        };
        let end = game.candid_cost();
        for cost in [end * 1.01 + 1e-6, (end * 0.99).max(1e-9)] {
            if let Some(found) = candid(PromoterParams { message_cost: cost, ..*params }) {
                prop_assert_eq!(found, cost >= end, "{} {}", cost, end);
            }
        }
        let with = |office_stake| PromoterParams {
            leader: Leader::new(LeaderParams { office_stake, ..*params.leader.params() })
                .unwrap(),
            ..*params
        };
        let end = game.candid_stake().unwrap_or(f64::INFINITY);
        for stake in [other, end * 0.99, end * 1.01] {
            // Where a divisor is mere rounding, so is its end.
            if stake < 1e9 && (stake - end).abs() > 1e-9
                && let Some(found) = candid(with(stake)) {
                prop_assert_eq!(found, stake < end, "{} {}", stake, end);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn gains_are_those_of_bargaining_over_every_share(
        promotion in strategies::promotion(), b in 0.0..=1.0_f64, hostile in any::<bool>(),
    ) {
        let share = promotion.bargain.own_share.get();
        prop_assume!((0.05..0.95).contains(&share));
        let belief = Probability::saturating(b);
        let closed = if hostile {
            promotion.hostile_gain(belief)
        } else {
            promotion.benign_gain(belief)
        };
        let (promoter, bargain) = (promotion.promoter, promotion.bargain);
        let value = |b| by_bargaining(&promoter, &bargain, b, hostile);
        let tried = value(b) - value(0.0);
        // One step of the grid at either belief.
        let step = 2.0 * promotion.promoter.weight() * 1.2 / 4000.0;
        prop_assert!((closed - tried).abs() <= 1.01 * step, "{} {} {}", closed, tried, step);
    }
}

proptest! {
    /// b̂ by bisection on the convex gain.
    #[test]
    fn the_paying_belief_is_where_an_untrue_alarm_pays(promotion in strategies::promotion()) {
        let cost = promotion.promoter.params().message_cost;
        let net = |b: f64| promotion.benign_gain(Probability::saturating(b)) - cost;
        match promotion.incentive().threshold(cost) {
            None => prop_assert!(net(1.0) <= 0.0),
            Some(paying) => {
                let (mut low, mut high) = (0.0, 1.0);
                for _ in 0..60 {
                    let middle = f64::midpoint(low, high);
                    if net(middle) > 0.0 { high = middle } else { low = middle }
                }
                let steep = promotion.incentive().size();
                prop_assert!(net(paying).abs() <= 1e-12 * steep.max(1.0));
                prop_assert!((paying - high).abs() < 1e-6, "{} {}", paying, high);
            }
        }
    }

    #[test]
    fn the_equilibrium_has_no_regret(promotion in strategies::promotion()) {
        match promotion.equilibrium() {
            Ok(found) => {
                prop_assert!(found.regret <= 1e-12 * (1.0 + promotion.incentive().size()));
            }
            Err(LegitimacyError::TrueAlarmWithheld { loss }) => {
                prop_assert!(loss > 0.0 && !promotion.alarms_truly());
                // Only ever where untrue alarms would not pay either.
                let cost = promotion.promoter.params().message_cost;
                prop_assert!(promotion.benign_gain(Probability::ONE) <= cost);
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn the_zone_closes_beyond_the_closing_belief(
        promotion in strategies::promotion(), belief in probability(),
    ) {
        let left = promotion.surplus.max(0.0) - promotion.promoter.distortion_at(belief);
        prop_assume!(left.abs() > 1e-12);
        let closed = promotion.closing_belief().is_some_and(|closing| belief > closing);
        prop_assert_eq!(closed, left < 0.0);
    }
}
