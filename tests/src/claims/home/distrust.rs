//! The promotion of distrust (§5.3 of the domestic notes).

use detente::{
    legitimacy::{
        Bargain, Candour, ClaimParams, Claimant, Leader, LeaderParams, LegitimacyError, Promoter,
        PromoterParams, Promotion, PromotionPair, Signature, SurvivalCurve, fear_rent,
        strategies::{leader, promoter, promotion, promotion_pair},
    },
    quantity::{Probability, strategies::probability},
};
use proptest::{prop_assert, prop_assert_eq, prop_assume};

use super::{
    calm,
    statics::{self, Game},
};
use crate::{
    Claim,
    Kind::{Definition, Theorem},
    Trial,
};

/// The claims of this section.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "D-38",
        kind: Theorem,
        source: "derived; after Kartik, Ottaviani and Squintani 2007, Fearon 1994",
        statement: "where a hostile adversary is always decried, there is exactly one rate at which \
                    a leader decries a benign one: none, all, or such that it just pays",
        check: one_equilibrium,
    },
    Claim {
        id: "D-39",
        kind: Theorem,
        source: "derived",
        statement: "untrue alarms weakly rise in Ω, ℓ, η, π and D_j and fall in c, κ, ω, L, α and S; \
                    belief after an alarm falls in Ω, ℓ and D_j and rises in the others: higher \
                    stakes mean more alarms, each less believed",
        check: statics::comparative,
    },
    Claim {
        id: "D-40",
        kind: Theorem,
        source: "derived; Bayes' rule",
        statement: "the audience's mean belief is π + η(1 − π)q*: without the credulous it is never \
                    misled on average",
        check: accounting,
    },
    Claim {
        id: "D-41",
        kind: Theorem,
        source: "derived; after Kamenica and Gentzkow 2011",
        statement: "where hostile states allow no deal, full candour is the best policy a leader \
                    could commit to before a Bayesian audience, and mixed inflation costs exactly \
                    πΩℓ(1 − b̂) whatever η",
        check: self_defeat,
    },
    Claim {
        id: "D-42",
        kind: Theorem,
        source: "derived",
        statement: "if ℓ(1 − α) ≤ ακL every untrue alarm closes the zone, and the chance of missing \
                    an agreement moves as q* does, but for π; otherwise it may fall as office is \
                    worth more",
        check: missed,
    },
    Claim {
        id: "D-43",
        kind: Theorem,
        source: "derived; cf. Schultz 2005, Cukierman and Tommasi 1998",
        statement: "a dove's calm leaves the belief min((1 − η)π, max(0, 1 − c/(Ω|ℓ|))), a hawk's \
                    leaves none, so that the hawk's deal is weakly easier to ratify",
        check: calm::nixon,
    },
    Claim {
        id: "D-44",
        kind: Theorem,
        source: "derived; Brouwer",
        statement: "two leaders who alarm each other's rivals have an equilibrium, and may have \
                    several",
        check: two_sided,
    },
    Claim {
        id: "D-46",
        kind: Definition,
        source: "derived; after Padró i Miquel 2007",
        statement: "where whoever keeps support at 0 stays, a leader can extract m₀ + κr + ℓb: fear \
                    pays ℓ per unit of belief",
        check: rents,
    },
];

/// The notes' worked example.
pub(super) fn base() -> Game {
    let leader = LeaderParams {
        national_weight: 1.0,
        office_stake: 2.0,
        support: 0.5,
        threat: 0.3,
        baseline: 0.3,
        curve: SurvivalCurve::Linear,
    };
    game(leader, 0.35, 0.6, 0.3, 0.15).unwrap_or_else(|_| unreachable!("legal parameters"))
}

fn game(
    leader: LeaderParams,
    nonagreement: f64,
    exploitation_loss: f64,
    prior: f64,
    message_cost: f64,
) -> Result<Game, LegitimacyError> {
    Ok(Game {
        promoter: PromoterParams {
            leader: Leader::new(leader)?,
            nonagreement,
            exploitation_loss,
            prior_hostility: Probability::saturating(prior),
            credulous_share: Probability::ZERO,
            message_cost,
            signature: Signature::Uninformative,
        },
        bargain: Bargain {
            other_reservation: nonagreement,
            other_distortion: 0.0,
            own_share: Probability::HALF,
        },
    })
}

/// The game with another leader, if it is one.
pub(super) fn led(game: Game, change: impl Fn(&mut LeaderParams)) -> Game {
    let mut params = *game.promoter.leader.params();
    change(&mut params);
    let leader = Leader::new(params).unwrap_or(game.promoter.leader);
    Game {
        promoter: PromoterParams {
            leader,
            ..game.promoter
        },
        ..game
    }
}

fn credulous(game: Game, share: f64) -> Game {
    let promoter = PromoterParams {
        credulous_share: Probability::saturating(share),
        ..game.promoter
    };
    Game { promoter, ..game }
}

/// Reference numbers of one game: named results and values to the digits shown.
fn row(trial: &mut Trial, name: &str, game: &Game, values: &[(&str, f64)], tolerance: f64) {
    let Ok(found) = game.solved() else {
        trial.holds(&format!("{name}: has an equilibrium"), false);
        return;
    };
    for &(what, reference) in values {
        let computed = match what {
            "q*" => found.inflation.get(),
            "b_A" => found.alarm_belief.get(),
            "b̂" => found.paying_belief.map_or(f64::INFINITY, Probability::get),
            "b_c" => found.closing_belief.map_or(f64::INFINITY, Probability::get),
            "M" => found.missed.get(),
            "D" => found.distortion,
            "bias" => found.mean_belief.get() - game.promoter.prior_hostility.get(),
            _ => found.ex_ante_gain,
        };
        trial.close(&format!("{name}: {what}"), computed, reference, tolerance);
    }
}

fn one_equilibrium(trial: &mut Trial) {
    trial.for_all(
        "brute force over rates of untrue alarm finds the one equilibrium",
        3_000,
        promotion(),
        |promotion| {
            let game = Game::of(&promotion);
            let found = promotion.equilibrium();
            prop_assume!(found.is_ok());
            let found = found?;
            let steps = 400;
            let pays = |step: u32| net_of_alarm(&game, f64::from(step) / f64::from(steps));
            let mut last_paying = None;
            let mut changes = 0;
            let mut before = pays(0)? > 0.0;
            for step in 0..=steps {
                let here = pays(step)? > 0.0;
                if here {
                    last_paying = Some(step);
                }
                changes += u32::from(here != before);
                before = here;
            }
            prop_assert!(changes <= 1, "{} equilibria", changes);
            let rate = last_paying.map_or(0.0, |step| f64::from(step) / f64::from(steps));
            let inflation = found.inflation.get();
            prop_assert!(
                (inflation - rate).abs() <= 1.001 / f64::from(steps),
                "{} but {} by brute force",
                inflation,
                rate
            );
            prop_assert!(found.regret < 1e-9);
            Ok(())
        },
    );
    trial.for_all(
        "ℓ(1 − α) ≥ ακL or (1 − ρ)L ≥ S suffices",
        4_000,
        promotion(),
        |promotion| {
            let found = promotion.equilibrium();
            prop_assert!(found.is_ok() || !promotion.alarms_truly());
            Ok(())
        },
    );
    trial.holds("and without them the equilibrium may fail", {
        let timid = led(base(), |leader| leader.threat = 0.01);
        let timid = Game {
            promoter: PromoterParams {
                exploitation_loss: 0.05,
                ..timid.promoter
            },
            ..timid
        };
        matches!(
            timid.solved(),
            Err(LegitimacyError::TrueAlarmWithheld { .. })
        )
    });
    worked_equilibria(trial);
}

/// What an untrue alarm brings, net of its cost, if it is raised at the rate `q`: by Bayes' rule and
/// the leader's distortion as a claimant.
fn net_of_alarm(game: &Game, q: f64) -> Result<f64, LegitimacyError> {
    let Game { promoter, bargain } = game;
    let prior = promoter.prior_hostility.get();
    let reasoned = if prior + (1.0 - prior) * q > 0.0 {
        prior / (prior + (1.0 - prior) * q)
    } else {
        1.0
    };
    let credulous = promoter.credulous_share.get();
    let belief = credulous + (1.0 - credulous) * reasoned;
    let leader = promoter.leader.params();
    let feared = match promoter.signature {
        Signature::Uninformative => promoter.exploitation_loss,
        Signature::RevealsBenign => 0.0,
    };
    // Of shares near ½ whatever the game's, so that support stays on the curve.
    let side = Claimant::new(
        Leader::new(LeaderParams {
            curve: SurvivalCurve::Linear,
            ..*leader
        })?,
        ClaimParams {
            nonagreement: promoter.nonagreement,
            exploitation_loss: feared,
            hostility: Probability::ZERO,
            audience_hostility: Probability::saturating(belief),
        },
    )?;
    let distortion = side.leader_reservation().map_or_else(
        // A zone long closed: support at the indifference point is off the curve.
        |_| f64::INFINITY,
        |root| root.value - promoter.nonagreement,
    );
    let surplus = (game.nations_surplus() - bargain.other_distortion).max(0.0);
    let weight = leader.national_weight + leader.office_stake * leader.support;
    let lost = surplus - (surplus - distortion).max(0.0);
    let rent = leader.office_stake * leader.threat * belief;
    Ok(rent - bargain.own_share.get() * weight * lost - promoter.message_cost)
}

fn worked_equilibria(trial: &mut Trial) {
    let values = [
        ("b̂", 0.75),
        ("b_c", 0.5),
        ("q*", 1.0 / 7.0),
        ("M", 0.1),
        ("ex ante", -0.045),
    ];
    row(trial, "base", &base(), &values, 1e-12);
    if let Ok(promotion) = base().promotion() {
        for (belief, gain) in [(0.2, 0.0), (0.4, 0.0), (0.5, 0.0), (0.75, 0.15)] {
            let found = promotion.benign_gain(Probability::saturating(belief));
            trial.close(&format!("G({belief})"), found, gain, 1e-12);
        }
    }
    for (stake, inflation, belief) in [
        (1.0, 0.0, 1.0),
        (1.5, 0.038_961, 0.916_667),
        (3.0, 0.306_122, 0.583_333),
        (20.0, 1.0, 0.3),
    ] {
        let game = led(base(), |leader| leader.office_stake = stake);
        let values = [("q*", inflation), ("b_A", belief)];
        row(trial, &format!("Ω = {stake}"), &game, &values, 5e-7);
    }
    for (distortion, inflation) in [(0.1, 0.306_122), (0.2, 0.6), (0.3, 1.0)] {
        let mut game = base();
        game.bargain.other_distortion = distortion;
        let values = [("q*", inflation)];
        row(trial, &format!("D_j = {distortion}"), &game, &values, 5e-7);
    }
    let mut revealing = base();
    revealing.promoter.signature = Signature::RevealsBenign;
    let values = [("b_A", 0.5), ("q*", 0.428_571), ("D", 0.15), ("M", 0.0)];
    row(trial, "a signature that reveals", &revealing, &values, 5e-7);
}

fn accounting(trial: &mut Trial) {
    trial.for_all("on average", 4_000, promotion(), |promotion| {
        let found = promotion.equilibrium();
        prop_assume!(found.is_ok());
        let found = found?;
        let params = promotion.promoter().params();
        let prior = params.prior_hostility.get();
        let alarms = prior + (1.0 - prior) * found.inflation.get();
        let mean = alarms * found.alarm_belief.get();
        prop_assert!((found.mean_belief.get() - mean).abs() < 1e-12);
        if params.credulous_share.get() <= 0.0 {
            prop_assert!((mean - prior).abs() < 1e-12);
        }
        Ok(())
    });
    for (share, inflation, belief, bias, gain) in [
        (0.1, 0.164_835, 0.75, 0.011_538, -0.045),
        (0.3, 0.238_095, 0.75, 0.05, -0.045),
        (0.8, 1.0, 0.86, 0.56, 0.021),
    ] {
        let values = [
            ("q*", inflation),
            ("b_A", belief),
            ("bias", bias),
            ("ex ante", gain),
        ];
        let game = credulous(base(), share);
        row(trial, &format!("η = {share}"), &game, &values, 5e-7);
    }
}

fn self_defeat(trial: &mut Trial) {
    // (1 − ρ)L ≥ S − D_j, times A.
    let no_hostile_deal = |promotion: &Promotion| {
        let promoter = promotion.promoter();
        let surplus = promotion
            .bargain()
            .surplus(promoter)
            .unwrap_or(f64::INFINITY);
        let params = promoter.params();
        let toll = params.leader.params().national_weight * params.exploitation_loss;
        toll >= promoter.weight() * surplus
    };
    trial.for_all(
        "the value of a posterior lies below its chord from candour",
        4_000,
        (promotion(), probability()),
        |(promotion, posterior)| {
            prop_assume!(no_hostile_deal(&promotion));
            let value = |b| promotion.committed_value(b);
            let b = posterior.get();
            let candour = (1.0 - b) * value(Probability::ZERO) + b * value(Probability::ONE);
            prop_assert!(value(posterior) <= candour + 1e-12 * (1.0 + candour.abs()));
            Ok(())
        },
    );
    trial.for_all("the price of inflation", 6_000, promotion(), |promotion| {
        let found = promotion.equilibrium();
        prop_assume!(found.is_ok() && no_hostile_deal(&promotion));
        let found = found?;
        let params = promotion.promoter().params();
        let (prior, eta) = (params.prior_hostility.get(), params.credulous_share.get());
        let leader = params.leader.params();
        let rent = leader.office_stake * leader.threat;
        let expected = match found.candour {
            Candour::Candid => 0.0,
            Candour::Mixed => {
                -prior * rent * found.paying_belief.map_or(f64::NAN, |it| 1.0 - it.get())
            }
            Candour::Saturated => {
                let pooled = Probability::saturating(eta + (1.0 - eta) * prior);
                let lost = rent * pooled.get() - promotion.benign_gain(pooled);
                (1.0 - prior) * (rent * eta - params.message_cost - lost)
            }
        };
        let slack = 1e-12 * (1.0 + rent + promotion.promoter().weight());
        prop_assert!((found.ex_ante_gain - expected).abs() <= slack);
        if found.candour == Candour::Mixed {
            prop_assert!(found.ex_ante_gain <= slack);
        }
        Ok(())
    });
}

fn missed(trial: &mut Trial) {
    statics::missed_by_incentive(trial);
    let leader = LeaderParams {
        threat: 0.5,
        ..*base().promoter.leader.params()
    };
    let Ok(example) = game(leader, 0.35, 0.2, 0.2, 0.2) else {
        trial.holds("the counterexample is a game", false);
        return;
    };
    let at = |stake| led(example, |leader| leader.office_stake = stake);
    row(trial, "Ω = 1", &at(1.0), &[("M", 0.035_294)], 5e-7);
    let values = [
        ("q*", 0.5),
        ("b_A", 0.333_333),
        ("b_c", 0.416_667),
        ("M", 0.0),
    ];
    row(trial, "Ω = 3", &at(3.0), &values, 5e-7);
    let missed = |stake| at(stake).solved().map(|found| found.missed);
    trial.holds(
        "M falls as office is worth more, where alarms are mere leverage",
        matches!((missed(1.0), missed(3.0)), (Ok(less), Ok(more)) if less > more),
    );
    let decried = |prior: f64| {
        let mut game = led(base(), |leader| leader.office_stake = 20.0);
        game.promoter.prior_hostility = Probability::saturating(prior);
        game.solved().map_or(f64::NAN, |found| found.missed.get())
    };
    for prior in [0.6, 0.8] {
        let check = format!("π = {prior}, saturated: M = 1 − π");
        trial.close(&check, decried(prior), 1.0 - prior, 1e-12);
    }
}

fn two_sided(trial: &mut Trial) {
    trial.for_all(
        "an equilibrium exists, and no one found leaves regret",
        200,
        promotion_pair(),
        |pair| {
            let scan = pair
                .scan(512)
                .map_err(|error| proptest::test_runner::TestCaseError::fail(error.to_string()))?;
            prop_assert!(!scan.found.is_empty() || scan.withheld > 0);
            for found in &scan.found {
                let reply = pair.second_reply(found.inflation.first);
                let again = pair.first_reply(reply);
                prop_assert!((again.get() - found.inflation.first.get()).abs() < 1e-6);
            }
            Ok(())
        },
    );
    trial.for_all(
        "to a given distortion, replies are those of the one-sided game",
        500,
        (promoter(), promoter(), probability()),
        |(first, second, share)| {
            let pair = PromotionPair::new(first, second, share);
            prop_assume!(pair.is_ok());
            let pair = pair?;
            // Another who never raises an untrue alarm asks no more than its nation.
            let bargain = Bargain {
                other_reservation: second.params().nonagreement,
                other_distortion: 0.0,
                own_share: share,
            };
            let alone = Promotion::new(first, bargain).and_then(|it| it.equilibrium());
            prop_assume!(alone.is_ok());
            prop_assert_eq!(pair.first_reply(Probability::ZERO), alone?.inflation);
            Ok(())
        },
    );
    let between = |game: &Game| {
        let side = Promoter::new(game.promoter)?;
        Ok::<_, LegitimacyError>(
            PromotionPair::new(side, side, Probability::HALF)?
                .equilibria()
                .found,
        )
    };
    let symmetric = between(&base()).unwrap_or_default();
    trial.holds("symmetric: one equilibrium", symmetric.len() == 1);
    for found in &symmetric {
        let expected = (15.0 - 57.0_f64.sqrt()) / 28.0;
        trial.close("symmetric: q", found.inflation.first.get(), expected, 1e-12);
        trial.close(
            "symmetric: q, to the digits shown",
            found.inflation.second.get(),
            0.266_077,
            5e-7,
        );
    }
    let leader = LeaderParams {
        support: 0.4,
        threat: 0.1,
        ..*base().promoter.leader.params()
    };
    let several = game(leader, 0.45, 0.4, 0.3, 0.05).and_then(|game| between(&game));
    let several = several.unwrap_or_default();
    trial.holds(
        "uniqueness fails: three, all symmetric",
        several.len() == 3
            && several
                .iter()
                .all(|it| (it.inflation.first.get() - it.inflation.second.get()).abs() < 1e-9),
    );
    for (found, rate) in several.iter().zip([0.385_141, 0.741_843, 0.927_012]) {
        let check = format!("the three: q = {rate}");
        trial.close(&check, found.inflation.first.get(), rate, 5e-7);
    }
}

fn rents(trial: &mut Trial) {
    trial.for_all(
        "the slope in belief is ℓ, where there is rent at all",
        2_000,
        (leader(), 0.0..1.0_f64, probability(), probability()),
        |(leader, nonagreement, calm, afraid)| {
            let rent = |belief| fear_rent(&leader, nonagreement, belief);
            let (low, high) = (rent(calm)?, rent(afraid)?);
            prop_assert!(low >= 0.0 && high >= 0.0);
            if low > 0.0 && high > 0.0 {
                let slope = leader.params().threat * (afraid.get() - calm.get());
                prop_assert!((high - low - slope).abs() < 1e-12);
            }
            Ok(())
        },
    );
}
