use approx::assert_relative_eq;
use detente_quantity::strategies::probability;
use proptest::prelude::*;

use super::*;
use crate::{Leader, LeaderParams, PromoterParams, Signature, SurvivalCurve, strategies};

fn promoter(office_stake: f64, prior: f64) -> Promoter {
    let leader = Leader::new(LeaderParams {
        national_weight: 1.0,
        office_stake,
        support: 0.5,
        threat: 0.3,
        baseline: 0.3,
        curve: SurvivalCurve::Linear,
    });
    Promoter::new(PromoterParams {
        leader: leader.unwrap(),
        nonagreement: 0.35,
        exploitation_loss: 0.6,
        prior_hostility: Probability::saturating(prior),
        credulous_share: Probability::ZERO,
        message_cost: 0.15,
        signature: Signature::Uninformative,
    })
    .unwrap()
}

#[test]
fn equal_sides_alarm_equally_often() {
    let side = promoter(2.0, 0.3);
    let found = PromotionPair::new(side, side, Probability::HALF)
        .unwrap()
        .equilibria();
    let [only] = found.found.as_slice() else {
        panic!("{found:?}");
    };
    let expected = (15.0 - 57.0_f64.sqrt()) / 28.0;
    assert_relative_eq!(only.inflation.first.get(), expected, epsilon = 1e-12);
    assert_relative_eq!(only.inflation.second.get(), expected, epsilon = 1e-12);
    // Either alarm closes the zone.
    assert_relative_eq!(
        only.closed.get(),
        1.0 - (1.0 - expected).powi(2),
        epsilon = 1e-12
    );
}

#[test]
fn leaders_without_office_are_candid() {
    let side = promoter(0.0, 0.3);
    let pair = PromotionPair::new(side, side, Probability::HALF).unwrap();
    let found = pair.scan(1).unwrap().found;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].inflation.first, Probability::ZERO);
    for steps in [0, u32::MAX] {
        assert!(
            pair.scan(steps)
                .unwrap_err()
                .to_string()
                .starts_with("steps of the scan is")
        );
    }
}

/// The promoter of the three equilibria, with another cost of an untrue alarm.
fn one_of_three(message_cost: f64) -> PromotionPair {
    let leader = Leader::new(LeaderParams {
        national_weight: 1.0,
        office_stake: 2.0,
        support: 0.4,
        threat: 0.1,
        baseline: 0.3,
        curve: SurvivalCurve::Linear,
    });
    let side = Promoter::new(PromoterParams {
        leader: leader.unwrap(),
        nonagreement: 0.45,
        exploitation_loss: 0.4,
        message_cost,
        ..*promoter(2.0, 0.3).params()
    });
    let side = side.unwrap();
    PromotionPair::new(side, side, Probability::HALF).unwrap()
}

/// Where two equilibria are about to merge and vanish, they lie closer together than any grid; a
/// coarse scan finds both all the same.
#[test]
fn equilibria_closer_than_the_grid_are_found() {
    let count = |cost, steps| one_of_three(cost).scan(steps).unwrap().found.len();
    assert_eq!((count(0.05, 4096), count(0.2, 4096)), (3, 1));
    let (mut three, mut one) = (0.05, 0.2);
    for _ in 0..48 {
        let middle = f64::midpoint(three, one);
        if count(middle, 4096) == 3 {
            three = middle;
        } else {
            one = middle;
        }
    }
    let found = one_of_three(three).scan(64).unwrap();
    let rates: Vec<f64> = found
        .found
        .iter()
        .map(|it| it.inflation.first.get())
        .collect();
    assert_eq!(rates.len(), 3, "{rates:?}");
    let apart = rates.windows(2).map(|pair| pair[1] - pair[0]);
    assert!(apart.fold(1.0, f64::min) < 1e-3, "{rates:?}");
    for found in &found.found {
        assert!(found.gap < 1e-9 && found.regret < 1e-9, "{found:?}");
    }
}

/// An audience that believes whatever it is told: a leader whom alarms pay only against a calm rival
/// alarms just so often that the other is indifferent.
#[test]
fn where_replies_jump_leaders_mix() {
    let credulous = |cost| {
        let pair = one_of_three(cost);
        let params = PromoterParams {
            credulous_share: Probability::ONE,
            ..*pair.sides.first.params()
        };
        Promoter::new(params).unwrap()
    };
    let mut mixed = 0;
    for step in 1..=40 {
        let side = credulous(f64::from(step) / 200.0);
        let pair = PromotionPair::new(side, side, Probability::HALF).unwrap();
        for found in pair.equilibria().found {
            let rates = [found.inflation.first, found.inflation.second];
            mixed += usize::from(rates.iter().all(|rate| !rate.is_certain()));
            assert!(found.gap < 1e-9 && found.regret < 1e-9, "{found:?}");
        }
    }
    assert!(mixed > 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_equilibrium_has_its_certificate(pair in strategies::promotion_pair()) {
        let scan = pair.equilibria();
        prop_assert!(!scan.found.is_empty() || scan.withheld > 0);
        for found in &scan.found {
            let sizes = [pair.sides.first, pair.sides.second].map(|it| it.weight() + it.office());
            prop_assert!(found.gap <= 1e-6, "{:?}", found);
            prop_assert!(found.regret <= 1e-6 * (1.0 + sizes[0] + sizes[1]), "{:?}", found);
        }
        // Nothing that a coarse scan sees is lost on a finer one.
        let coarse = pair.scan(64).unwrap();
        for known in &coarse.found {
            let at = known.inflation.first.get();
            let near = |it: &PairEquilibrium| (it.inflation.first.get() - at).abs() < 1e-4;
            prop_assert!(scan.found.iter().any(near), "{:?}", known);
        }
    }

    /// Each reply is the rate at which an untrue alarm just pays, by a scan of rates.
    #[test]
    fn replies_are_best_replies(pair in strategies::promotion_pair(), other in probability()) {
        let (reply, incentive) = pair.first_answer(other.get());
        let params = *pair.sides.first.params();
        let (prior, eta) = (params.prior_hostility.get(), params.credulous_share.get());
        let net = |q: f64| {
            let reasoned = prior / (prior + (1.0 - prior) * q);
            incentive.benign_gain(eta + (1.0 - eta) * reasoned) - params.message_cost
        };
        let steps = 500;
        let best = (0..=steps)
            .map(|step| f64::from(step) / f64::from(steps))
            .take_while(|&q| net(q) > 0.0)
            .last();
        let found = reply.inflation.get();
        match best {
            None => prop_assert!(found <= 1e-9),
            Some(best) => prop_assert!(
                (found - best).abs() <= 1.001 / f64::from(steps), "{} {}", found, best
            ),
        }
    }

    /// Audiences that no message moves by degrees: the limits of credulity and of the prior.
    #[test]
    fn extreme_audiences_have_equilibria_too(
        pair in strategies::promotion_pair(),
        shares in prop::array::uniform4(prop::sample::select(vec![0.0, 0.4, 1.0])),
    ) {
        let with = |side: &Promoter, prior: f64, share: f64| {
            Promoter::new(PromoterParams {
                prior_hostility: Probability::saturating(prior),
                credulous_share: Probability::saturating(share),
                ..*side.params()
            }).unwrap()
        };
        let first = with(&pair.sides.first, shares[0], shares[1]);
        let second = with(&pair.sides.second, shares[2], shares[3]);
        let scan = PromotionPair::new(first, second, pair.first_share).unwrap().scan(512).unwrap();
        prop_assert!(!scan.found.is_empty() || scan.withheld > 0);
        for found in &scan.found {
            let sizes = [first, second].map(|it| it.weight() + it.office());
            prop_assert!(found.gap <= 1e-6, "{:?}", found);
            prop_assert!(found.regret <= 1e-6 * (1.0 + sizes[0] + sizes[1]), "{:?}", found);
            prop_assert!(found.distortion.first.is_finite() && found.distortion.second.is_finite());
        }
    }
}
