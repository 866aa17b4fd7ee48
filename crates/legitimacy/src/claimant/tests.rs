use approx::assert_relative_eq;
use proptest::prelude::*;

use super::*;
use crate::{LeaderParams, LeaderStakes, strategies};

fn params(curve: SurvivalCurve) -> LeaderParams {
    LeaderParams {
        national_weight: 1.0,
        office_stake: 2.0,
        support: 0.5,
        threat: 0.3,
        baseline: 0.3,
        curve,
    }
}

fn side(params: LeaderParams, p: f64, b: f64) -> Claimant {
    let claim = ClaimParams {
        nonagreement: 0.35,
        exploitation_loss: 0.6,
        hostility: Probability::new(p).unwrap(),
        audience_hostility: Probability::new(b).unwrap(),
    };
    Claimant::new(Leader::new(params).unwrap(), claim).unwrap()
}

/// The side's stakes at a share, for the leader's own margin.
fn at_share(side: &Claimant, share: f64) -> LeaderStakes {
    LeaderStakes {
        if_honoured: share,
        if_cheated: share - side.claim.exploitation_loss,
        nonagreement: side.claim.nonagreement,
        trust: side.claim.hostility.complement(),
        audience_hostility: side.claim.audience_hostility,
    }
}

#[test]
fn a_good_that_buys_no_support_leaves_the_price_of_the_enemy() {
    let no_support = LeaderParams {
        support: 0.0,
        ..params(SurvivalCurve::Linear)
    };
    let anxious = side(no_support, 0.0, 0.5);
    assert_eq!(anxious.audience_reservation(), f64::INFINITY);
    assert_eq!(side(no_support, 0.2, 0.0).audience_reservation(), 0.35);
    assert_relative_eq!(anxious.distortion().unwrap().value, 2.0 * 0.3 * 0.5);
    let logit = LeaderParams {
        curve: SurvivalCurve::Logit,
        ..no_support
    };
    let anxious = side(logit, 0.0, 0.5);
    let rise = SurvivalCurve::Logit.rise(0.3, 0.45).unwrap();
    assert_relative_eq!(anxious.distortion().unwrap().value, 2.0 * rise);
    assert_eq!(anxious.furthest_distortion(), f64::INFINITY);
    assert_eq!(side(logit, 0.0, 0.0).furthest_distortion(), 0.0);
}

/// Each piece of the linear curve, by hand.
#[test]
fn an_indifference_point_off_the_linear_curve() {
    let at = |baseline, threat, b| {
        let leader = LeaderParams {
            baseline,
            threat,
            ..params(SurvivalCurve::Linear)
        };
        side(leader, 0.0, b)
    };
    let distortion = |side: &Claimant| side.distortion().unwrap().value;
    // Lost whether it signs or not, and kept whether it signs or not.
    assert_eq!(distortion(&at(-2.0, 0.3, 0.5)), 0.0);
    assert_eq!(distortion(&at(3.0, 0.3, 0.5)), 0.0);
    // Kept for sure without agreement; with it ½(0.35 + D) − 0.15 + 0.6 = 0.625 + D/2.
    let anxious = at(0.6, 0.9, 0.5);
    assert_relative_eq!(distortion(&anxious), 2.0 * 0.375 / 2.0);
    assert_relative_eq!(anxious.furthest_distortion(), 0.75);
    // Lost for sure with agreement, at even odds without.
    let doomed = at(-1.0, 2.65, 0.5);
    assert_relative_eq!(distortion(&doomed), 2.0 * 0.5, epsilon = 1e-12);
    // Kept for sure with agreement, at even odds without.
    let saved = at(2.0, -3.35, 0.5);
    assert_relative_eq!(distortion(&saved), -2.0 * 0.5, epsilon = 1e-12);
}

#[test]
fn numbers_that_add_up_to_no_number_are_refused() {
    let leader = Leader::new(params(SurvivalCurve::Logit)).unwrap();
    let claim = ClaimParams {
        nonagreement: f64::MAX,
        exploitation_loss: f64::MAX,
        hostility: Probability::ONE,
        audience_hostility: Probability::ONE,
    };
    assert!(matches!(
        Claimant::new(leader, claim),
        Err(LegitimacyError::Overflow { .. })
    ));
    let unsupported = ClaimParams {
        nonagreement: f64::NAN,
        ..claim
    };
    assert!(Claimant::new(leader, unsupported).is_err());
}

/// The largest and smallest numbers give the limits that formulas have there.
#[test]
fn extreme_parameters_give_limits() {
    for curve in SurvivalCurve::ALL {
        for (office_stake, national_weight) in [(f64::MAX, f64::MIN_POSITIVE), (0.0, f64::MAX)] {
            for (support, threat) in [(f64::MIN_POSITIVE, f64::MAX), (0.0, -f64::MAX), (0.5, 0.0)] {
                for baseline in [0.3, f64::MAX, -f64::MAX] {
                    let extreme = LeaderParams {
                        national_weight,
                        office_stake,
                        support,
                        threat,
                        baseline,
                        curve,
                    };
                    let anxious = side(extreme, 0.0, 1.0);
                    let found = anxious.distortion().unwrap();
                    assert!(
                        found.value.is_finite() && !found.error.is_nan(),
                        "{extreme:?}"
                    );
                    if office_stake == 0.0 {
                        assert_eq!(found.value, 0.0);
                    }
                    assert!(!anxious.audience_reservation().is_nan());
                    let closing = anxious.closing_stake(0.3).unwrap();
                    assert!(closing.is_none_or(|stake| stake.is_finite() && stake >= 0.0));
                    assert!(anxious.closing_stake(f64::NAN).is_err());
                }
            }
        }
    }
}

/// Refusing is the safer by so little that only a stake beyond all numbers would close the zone.
#[test]
fn a_closing_stake_beyond_all_numbers_is_none() {
    for (curve, baseline) in [
        (SurvivalCurve::Probit, -38.4),
        (SurvivalCurve::Logit, -744.0),
    ] {
        let safe = LeaderParams {
            baseline,
            ..params(curve)
        };
        let anxious = side(safe, 0.0, 1.0);
        let lost = curve.rise(anxious.support_at(0.01), anxious.support_if_refused());
        assert!(lost.unwrap() > 0.0);
        assert_eq!(anxious.closing_stake(0.01), Ok(None));
    }
}

#[test]
fn any_curve_will_do_but_not_any_function() {
    let anxious = side(params(SurvivalCurve::Logit), 0.1, 0.6);
    let logistic = |z: f64| 1.0 / (1.0 + (-z).exp());
    assert_relative_eq!(
        anxious.distortion_on(logistic).unwrap().value,
        anxious.distortion().unwrap().value,
        epsilon = 1e-14
    );
    assert_eq!(
        anxious.leader_reservation_on(logistic).unwrap().value,
        anxious.national_reservation() + anxious.distortion_on(logistic).unwrap().value
    );
    let stakes = (
        anxious.closing_stake_on(0.1, logistic),
        anxious.closing_stake(0.1),
    );
    let [on, own] = [stakes.0, stakes.1].map(|stake| stake.unwrap().unwrap());
    assert_relative_eq!(on, own, max_relative = 1e-12);
    assert!(anxious.closing_stake_on(0.1, |z| 10.0 * z).is_err());
    assert!(anxious.distortion_on(|z| z).is_ok());
    assert!(anxious.distortion_on(|z| 10.0 * z).is_err());
    assert!(anxious.distortion_on(|_| f64::NAN).is_err());
}

proptest! {
    /// The closed form against bisection of the same linear curve, on it and off it.
    #[test]
    fn the_closed_form_agrees_with_the_search(
        leader in prop_oneof![strategies::linear_leader(), strategies::leader()],
        claim in strategies::claim(),
    ) {
        let curve = SurvivalCurve::Linear;
        let params = LeaderParams { curve, ..*leader.params() };
        let side = Claimant::new(Leader::new(params).unwrap(), claim).unwrap();
        let closed = side.distortion().unwrap();
        let searched = side.distortion_on(|z| z.clamp(0.0, 1.0)).unwrap();
        prop_assert!((closed.value - searched.value).abs() < 1e-9, "{closed:?} {searched:?}");
        prop_assert_eq!(closed.error, 0.0);
        // And its limit as office grows without bound.
        let params = LeaderParams { office_stake: 1e12, ..params };
        let far = Claimant::new(Leader::new(params).unwrap(), claim).unwrap();
        let (far, end) = (far.distortion().unwrap().value, far.furthest_distortion());
        prop_assert!((far - end).abs() <= 1e-6 * (1.0 + end.abs()), "{far} {end}");
    }

    /// The leader's own margin changes sign where the reservation says.
    #[test]
    fn the_margin_changes_sign_at_the_reservation(side in strategies::claimant()) {
        let at = side.leader_reservation().unwrap().value;
        let margin = |share| side.leader.margin(at_share(&side, share)).unwrap();
        prop_assert!(margin(at - 1e-6) < 0.0 && margin(at + 1e-6) > 0.0);
    }

    /// Brute force: the first point of a fine grid at which the leader accepts.
    #[test]
    fn a_scan_of_shares_finds_the_same_reservation(side in strategies::claimant()) {
        let reservation = side.leader_reservation().unwrap().value;
        let steps = 2000;
        let (low, width) = (reservation - 1.037, 2.0);
        let first = (0..=steps)
            .map(|step| low + width * f64::from(step) / f64::from(steps))
            .find(|&share| side.leader.margin(at_share(&side, share)).unwrap() > 0.0);
        prop_assert!((first.unwrap() - reservation).abs() <= 1.001e-3);
    }

    /// At the closing stake the distortion is the gap.
    #[test]
    fn the_closing_stake_closes(side in strategies::claimant(), gap in 0.001..0.5_f64) {
        let with = |office_stake| {
            let params = LeaderParams { office_stake, ..*side.leader.params() };
            Claimant::new(Leader::new(params).unwrap(), side.claim).unwrap()
        };
        let furthest = side.furthest_distortion();
        prop_assume!((furthest - gap).abs() > 1e-6);
        match side.closing_stake(gap).unwrap() {
            Some(stake) => {
                prop_assert!(furthest > gap);
                prop_assert!((with(stake).distortion().unwrap().value - gap).abs() < 1e-6);
                prop_assert!(with(stake * 1.01).distortion().unwrap().value > gap - 1e-9);
            }
            None => prop_assert!(furthest < gap),
        }
    }
}
