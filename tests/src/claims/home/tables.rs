//! Two tables at once: nations and leaders, leaders and legislatures.

use detente::{
    legitimacy::{
        Division, FloorKnowledge, HomeZones, LeaderStakes, Ratification, RatificationParams,
        UncertainFloor, UncertainRatification,
        strategies::{claimant, uncertain_ratification},
    },
    quantity::{Probability, strategies::probability},
};
use proptest::{prop_assert, prop_assert_eq, prop_assume};

use crate::{
    Claim,
    Kind::{Definition, Theorem},
    Trial,
};

/// The claims of this section.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "D-02",
        kind: Definition,
        source: "derived; after Larson 1997, Putnam 1988",
        statement: "nations with an agreement whose leaders have none miss it by incentive; leaders \
                    with one who reach none miss it by inference",
        check: two_zones,
    },
    Claim {
        id: "D-04",
        kind: Theorem,
        source: "Iida 1993, 1996",
        statement: "what is signed is always ratified unless nobody knows what home will ratify; \
                    constraints may or may not help; two-sided ones bring terms closer",
        check: incomplete_information,
    },
    Claim {
        id: "D-07",
        kind: Theorem,
        source: "Tarar 2001",
        statement: "a constraint at home brings a side better terms while the other's leaves room; \
                    incomplete information can reverse it and hurt both",
        check: constraints_pay,
    },
];

fn two_zones(trial: &mut Trial) {
    trial.for_all(
        "a list of divisions and the interval of shares have the same zones",
        500,
        (claimant(), claimant()),
        |(first, second)| {
            let zones = Division::new(first, second).zones()?;
            let shares: Vec<f64> = (-300..=400).map(|step| f64::from(step) / 100.0).collect();
            let read = |side: &detente::legitimacy::Claimant, share: f64| {
                let claim = side.claim();
                LeaderStakes {
                    if_honoured: share,
                    if_cheated: share - claim.exploitation_loss,
                    nonagreement: claim.nonagreement,
                    trust: claim.hostility.complement(),
                    audience_hostility: claim.audience_hostility,
                }
            };
            let own: Vec<LeaderStakes> = shares.iter().map(|x| read(&first, *x)).collect();
            let theirs: Vec<LeaderStakes> = shares.iter().map(|x| read(&second, 1.0 - x)).collect();
            let listed = HomeZones::new(&[
                first.leader().readings(&own)?,
                second.leader().readings(&theirs)?,
            ])?;
            for (zone, list) in [
                (zones.national, &listed.national),
                (zones.leaders, &listed.leaders),
            ] {
                for (place, x) in shares.iter().enumerate() {
                    // At the very end of a zone rounding decides.
                    if (x - zone.low).abs() > 1e-9 && (x - zone.high).abs() > 1e-9 {
                        let inside = zone.low < *x && *x < zone.high;
                        prop_assert_eq!(list.binary_search(&place).is_ok(), inside, "at {}", x);
                    }
                }
            }
            if listed.closed_at_home() {
                prop_assert!(zones.national.width() > 0.0 && zones.leaders.width() < 0.011);
            }
            if zones.closed_at_home() && zones.national.width() > 0.011 {
                prop_assert!(listed.closed_at_home());
            }
            Ok(())
        },
    );
}

fn incomplete_information(trial: &mut Trial) {
    trial.for_all(
        "with a leader who knows the floor nothing signed fails",
        3_000,
        uncertain_ratification(),
        |treaty| {
            for known_to in [FloorKnowledge::Both, FloorKnowledge::OwnLeader] {
                let odds = treaty.odds(known_to)?;
                prop_assert!(odds.involuntary_defection == Probability::ZERO);
            }
            let certain = treaty.floor.floors().count() == 1;
            let nobody = treaty.odds(FloorKnowledge::Nobody)?;
            prop_assert!(!certain || nobody.involuntary_defection == Probability::ZERO);
            prop_assert!(nobody.own_gain >= -1e-12 && nobody.other_gain >= -1e-12);
            Ok(())
        },
    );
    let gamble = treaty(&[(0.375, 3.0), (0.6875, 1.0)]);
    let defects = gamble
        .as_ref()
        .and_then(|it| it.odds(FloorKnowledge::Nobody).ok())
        .map_or(f64::NAN, |odds| odds.involuntary_defection.get());
    trial.close("incomplete information at home: it can", defects, 0.25, 0.0);
    let own_gain = |floor: f64| {
        treaty(&[(floor, 1.0)])
            .and_then(|it| it.odds(FloorKnowledge::Both).ok())
            .map_or(f64::NAN, |odds| odds.own_gain)
    };
    trial.close("a floor that helps", own_gain(0.5), 0.25, 0.0);
    trial.close("a floor too low to help", own_gain(0.125), 0.0, 0.0);
    trial.close("a floor too high to help", own_gain(0.875), 0.0, 0.0);
    trial.for_all(
        "equal floors on both sides bring the shares closer until there is no agreement",
        3_000,
        (
            0.0..0.6_f64,
            0.0..0.6_f64,
            0.0..0.5_f64,
            0.0..0.5_f64,
            probability(),
        ),
        |(reservation, other_reservation, floor, other, alpha)| {
            let at = |floor| {
                let params = RatificationParams {
                    reservation,
                    other_reservation,
                    floor,
                    other_floor: floor,
                };
                Ratification::new(params).map(|model| model.outcome(alpha))
            };
            let (lower, higher) = (floor.min(other), floor.max(other));
            let outcomes = at(lower)?.zip(at(higher)?);
            prop_assume!(outcomes.is_some());
            let (loose, tight) = outcomes.unwrap_or_default();
            prop_assert!((tight - 0.5).abs() <= (loose - 0.5).abs() + 1e-12);
            Ok(())
        },
    );
}

/// A treaty between sides that are each worth ¼ without it.
fn treaty(floors: &[(f64, f64)]) -> Option<UncertainRatification> {
    Some(UncertainRatification {
        reservation: 0.25,
        other_reservation: 0.25,
        floor: UncertainFloor::new(floors).ok()?,
        defection_cost: 0.0,
        other_defection_cost: 0.0,
    })
}

fn constraints_pay(trial: &mut Trial) {
    trial.for_all(
        "a higher floor than the other's, with room left, is never worse than none",
        3_000,
        (
            0.0..0.5_f64,
            0.0..0.5_f64,
            0.0..1.0_f64,
            0.0..1.0_f64,
            probability(),
        ),
        |(reservation, other_reservation, floor, other_floor, alpha)| {
            let at = |floor| {
                let params = RatificationParams {
                    reservation,
                    other_reservation,
                    floor,
                    other_floor,
                };
                Ratification::new(params).map(|model| model.outcome(alpha))
            };
            let high = floor >= other_floor && floor + other_floor.max(other_reservation) < 1.0;
            let unconstrained = at(reservation)?;
            prop_assume!(high && unconstrained.is_some());
            let (free, constrained) = (unconstrained.unwrap_or_default(), at(floor)?);
            prop_assert!(constrained.is_some_and(|share| share >= free - 1e-12));
            Ok(())
        },
    );
    let (low, high) = (0.4375, 0.625);
    let Some(uncertain) = treaty(&[(low, 3.0), (high, 1.0)]) else {
        trial.holds("the example is a treaty", false);
        return;
    };
    let (Ok(known), Ok(asymmetric)) = (
        uncertain.odds(FloorKnowledge::Both),
        uncertain.odds(FloorKnowledge::OwnLeader),
    ) else {
        trial.holds("the example has odds", false);
        return;
    };
    // The offer is made to the low floor: a leader with the high one goes home empty-handed.
    let offer = asymmetric.offer.unwrap_or(f64::NAN);
    trial.close("offered to the low floor", offer, low, 0.0);
    trial.holds(
        "incomplete information: the higher floor does worse",
        offer < high && offer - uncertain.reservation > 0.0,
    );
    trial.holds(
        "and both sides do worse on average than if it were known",
        asymmetric.own_gain < known.own_gain && asymmetric.other_gain < known.other_gain,
    );
}
