//! The static block: what a leader's indifference point is, and what is left of the zone.

use detente::{
    legitimacy::{
        ClaimParams, Claimant, Division, Leader, LeaderParams, LeaderStakes, LegitimacyError,
        Ratification, RatificationParams, SurvivalCurve,
        strategies::{claim, claimant, leader, linear_leader},
    },
    quantity::{Probability, strategies::probability},
};
use proptest::{
    prelude::Strategy, prop_assert, prop_assert_eq, prop_assume, prop_oneof,
    test_runner::TestCaseError,
};

use crate::{Claim, Kind, Trial};

/// The claims of this section.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "D-33",
        kind: Kind::Theorem,
        source: "derived; after Putnam 1988, Smith 1996",
        statement: "on any continuous increasing survival curve a leader has one indifference point, \
                    between the nation's and the audience's, nearer the audience's the more office \
                    matters and the less the nation does",
        check: sandwich,
    },
    Claim {
        id: "D-34",
        kind: Kind::Theorem,
        source: "derived",
        statement: "a leader asks more the more an enemy is worth, and the more hostile the audience \
                    thinks the adversary: the latter if ℓ ≥ 0, or on the linear curve κL + ℓ ≥ 0, \
                    which does not suffice on curved ones",
        check: fear_and_rent_raise_the_price,
    },
    Claim {
        id: "D-35",
        kind: Kind::Theorem,
        source: "derived; cf. Tarar 2006",
        statement: "leaders close the nations' zone of agreement iff their distortions exceed its \
                    width; some pair of office stakes does iff Σ max(0, r^P − r^N) exceeds it",
        check: closure,
    },
    Claim {
        id: "D-36",
        kind: Kind::Theorem,
        source: "derived",
        statement: "where an enemy is worth nothing and the audience believes what the leader \
                    believes, accountability distorts nothing, whatever office is worth",
        check: neutrality,
    },
    Claim {
        id: "D-37",
        kind: Kind::Theorem,
        source: "derived; Smith 1996",
        statement: "a leader certain to stay or certain to go is undistorted: D → 0 as m₀ → ±∞",
        check: insulation,
    },
    Claim {
        id: "D-47",
        kind: Kind::Theorem,
        source: "Schelling 1960; Putnam 1988; Milner and Rosendorff 1997",
        statement: "a higher ratification floor never lowers a side's own share until it empties the \
                    win-set, and leaves the disagreement values alone",
        check: ratification_floors,
    },
];

/// The parameters of the notes' worked examples, on a given curve.
fn base(curve: SurvivalCurve) -> LeaderParams {
    LeaderParams {
        national_weight: 1.0,
        office_stake: 2.0,
        support: 0.5,
        threat: 0.3,
        baseline: 0.3,
        curve,
    }
}

/// The worked examples' claimant, whose leader believes p and whose audience believes b.
fn worked(params: LeaderParams, p: f64, b: f64) -> Result<Claimant, LegitimacyError> {
    let claim = ClaimParams {
        nonagreement: 0.35,
        exploitation_loss: 0.6,
        hostility: Probability::saturating(p),
        audience_hostility: Probability::saturating(b),
    };
    Claimant::new(Leader::new(params)?, claim)
}

/// The same side under other leader parameters.
fn with(side: &Claimant, change: impl Fn(&mut LeaderParams)) -> Result<Claimant, LegitimacyError> {
    let mut params = *side.leader().params();
    change(&mut params);
    Claimant::new(Leader::new(params)?, *side.claim())
}

/// A side on any of the four curves.
fn any_claimant() -> impl Strategy<Value = Claimant> {
    let linear = (linear_leader(), claim()).prop_filter_map("on the curve", |(leader, claim)| {
        Claimant::new(leader, claim).ok()
    });
    prop_oneof![3 => claimant(), 1 => linear]
}

fn number(result: Result<f64, LegitimacyError>) -> f64 {
    result.unwrap_or(f64::NAN)
}

fn distortion(side: &Claimant) -> Result<f64, LegitimacyError> {
    side.distortion().map(|root| root.value)
}

fn sandwich(trial: &mut Trial) {
    trial.for_all(
        "between the nation and the audience",
        4_000,
        any_claimant(),
        |side| {
            let (nation, audience) = (side.national_reservation(), side.audience_reservation());
            let leader = side.leader_reservation()?.value;
            let slack = 1e-9 * (1.0 + audience.abs());
            prop_assert!(nation.min(audience) - slack <= leader);
            prop_assert!(leader <= nation.max(audience) + slack);
            Ok(())
        },
    );
    trial.for_all(
        "also on curves of other shapes",
        2_000,
        claimant(),
        |side| {
            let algebraic = |z: f64| 0.5 + 0.5 * z / (1.0 + z.abs());
            let kinked = |z: f64| {
                if z < 0.0 {
                    0.1 * z.exp()
                } else {
                    1.0 - 0.9 / (1.0 + z)
                }
            };
            let furthest = side.audience_reservation() - side.national_reservation();
            for root in [side.distortion_on(algebraic), side.distortion_on(kinked)] {
                let found = root?.value;
                let slack = 1e-9 * (1.0 + furthest.abs());
                prop_assert!(furthest.min(0.0) - slack <= found);
                prop_assert!(found <= furthest.max(0.0) + slack);
            }
            Ok(())
        },
    );
    trial.for_all(
        "more office, or less nation: nearer the audience",
        2_000,
        (any_claimant(), 1.0..10.0_f64),
        |(side, factor)| {
            let here = distortion(&side)?.abs();
            let more_office = with(&side, |leader| leader.office_stake *= factor);
            let less_nation = with(&side, |leader| leader.national_weight /= factor);
            for nearer in [more_office, less_nation] {
                let there = nearer.and_then(|side| distortion(&side))?;
                prop_assert!(there.abs() >= here - 1e-12 * (1.0 + here));
            }
            Ok(())
        },
    );
    trial.for_all(
        "limits Ω → 0 and Ω → ∞",
        2_000,
        any_claimant(),
        |side| {
            let at = |stake: f64| {
                with(&side, |leader| leader.office_stake = stake).and_then(|side| distortion(&side))
            };
            let furthest = side.audience_reservation() - side.national_reservation();
            prop_assert!(at(0.0)?.abs() <= 0.0);
            prop_assert!(at(1e-12)?.abs() <= 1.1e-11);
            let far = at(1e15)?;
            prop_assert!(
                (far - furthest).abs() <= 1e-3 * furthest.abs() + 1e-9,
                "{} {}",
                far,
                furthest
            );
            Ok(())
        },
    );
    let side = worked(base(SurvivalCurve::Linear), 0.3, 0.75);
    let of = |f: fn(&Claimant) -> Result<f64, LegitimacyError>| {
        number(side.clone().and_then(|side| f(&side)))
    };
    trial.close(
        "p = .3: r^N",
        of(|side| Ok(side.national_reservation())),
        0.53,
        1e-12,
    );
    trial.close(
        "p = .3: r^P",
        of(|side| Ok(side.audience_reservation())),
        1.25,
        1e-12,
    );
    trial.close(
        "p = .3: r^D",
        of(|side| Ok(side.leader_reservation()?.value)),
        0.89,
        1e-12,
    );
    trial.close("p = .3: D", of(distortion), 0.36, 1e-12);
    trial.close(
        "political weight ρ",
        number(Leader::new(base(SurvivalCurve::Linear)).map(|it| it.political_weight().get())),
        0.5,
        0.0,
    );
}

fn fear_and_rent_raise_the_price(trial: &mut Trial) {
    trial.for_all(
        "in ℓ, always",
        2_000,
        (any_claimant(), 0.0..0.02_f64),
        |(side, more)| {
            let here = distortion(&side)?;
            let there =
                with(&side, |leader| leader.threat += more).and_then(|side| distortion(&side))?;
            prop_assert!(there >= here - 1e-12 * (1.0 + here.abs()));
            Ok(())
        },
    );
    trial.for_all(
        "in b, if ℓ ≥ 0, on any curve",
        2_000,
        (leader(), claim(), probability()),
        |(leader, claim, other)| {
            let threat = leader.params().threat.abs();
            let leader = LeaderParams {
                threat,
                ..*leader.params()
            };
            rises_in_hostility(leader, claim, other)
        },
    );
    trial.for_all(
        "in b, if κL + ℓ ≥ 0, on the linear curve",
        2_000,
        (linear_leader(), claim(), probability()),
        |(leader, claim, other)| {
            let params = *leader.params();
            let threat = params.threat.max(-params.support * claim.exploitation_loss);
            rises_in_hostility(LeaderParams { threat, ..params }, claim, other)
        },
    );
    // κL + ℓ = 0.18 > 0, and yet the leader asks for less as the audience grows more fearful.
    let dove = LeaderParams {
        support: 6.0,
        threat: -3.42,
        baseline: 2.0,
        ..base(SurvivalCurve::Logit)
    };
    let price = |b| number(worked(dove, 1.0, b).and_then(|side| distortion(&side)));
    trial.holds(
        "κL + ℓ ≥ 0 does not suffice on a curved one",
        price(0.75) < price(0.5) - 0.1,
    );
}

/// Compares the leader's price at the claim's audience belief and at another.
fn rises_in_hostility(
    params: LeaderParams,
    claim: ClaimParams,
    other: Probability,
) -> Result<(), TestCaseError> {
    let at = |audience_hostility| {
        let claim = ClaimParams {
            audience_hostility,
            ..claim
        };
        let side = Claimant::new(Leader::new(params)?, claim)?;
        distortion(&side)
    };
    let (calm, afraid) = if claim.audience_hostility <= other {
        (claim.audience_hostility, other)
    } else {
        (other, claim.audience_hostility)
    };
    let (low, high) = (at(calm)?, at(afraid)?);
    prop_assert!(
        low <= high + 1e-12 * (1.0 + low.abs()),
        "{} above {}",
        low,
        high
    );
    Ok(())
}

fn closure(trial: &mut Trial) {
    trial.for_all(
        "empty iff D_i + D_j exceeds the nations' width; the lost share is theirs",
        2_000,
        (any_claimant(), any_claimant()),
        |(first, second)| {
            let zones = Division::new(first, second).zones()?;
            let width = 1.0 - first.national_reservation() - second.national_reservation();
            let distortions = distortion(&first)? + distortion(&second)?;
            let left = 1.0 - first.leader_reservation()?.value - second.leader_reservation()?.value;
            let lost = zones.lost_share().map(Probability::get);
            if width > 1e-9 {
                let expected = (distortions.max(0.0) / width).min(1.0);
                prop_assert!(lost.is_some_and(|lost| (lost - expected).abs() < 1e-9));
            } else if width < -1e-9 {
                prop_assert_eq!(lost, None);
            }
            if left.abs() > 1e-9 && width.abs() > 1e-9 {
                prop_assert_eq!(zones.closed_at_home(), width > 0.0 && left < 0.0);
            }
            Ok(())
        },
    );
    trial.for_all(
        "closable iff Σ max(0, r^P − r^N) exceeds it: unbounded stakes do close it, or cannot",
        1_000,
        (claimant(), claimant()),
        |(first, second)| {
            let division = Division::new(first, second);
            let width = 1.0 - first.national_reservation() - second.national_reservation();
            let reach = |side: &Claimant| {
                (side.audience_reservation() - side.national_reservation()).max(0.0)
            };
            let reach = reach(&first) + reach(&second);
            prop_assume!(width >= 1e-3 && (reach - width).abs() >= 2e-3 * reach);
            prop_assert_eq!(division.is_closable(), reach > width);
            // A leader whose audience is the calmer stays indifferent to office.
            let extreme = |side: &Claimant| {
                let closes = side.audience_reservation() > side.national_reservation();
                with(side, |leader| {
                    leader.office_stake = if closes { 1e15 } else { 0.0 }
                })
            };
            let extremes = Division::new(extreme(&first)?, extreme(&second)?);
            prop_assert_eq!(extremes.zones()?.closed_at_home(), reach > width);
            Ok(())
        },
    );
    worked_closures(trial);
}

fn worked_closures(trial: &mut Trial) {
    trial.for_all(
        "on the linear curve with p = 0, R* = ωS / (ℓb + κ(Lb − S)), and D reaches S there",
        2_000,
        (linear_leader(), claim(), 0.001..0.5_f64),
        |(leader, claim, gap)| {
            let claim = ClaimParams {
                hostility: Probability::ZERO,
                ..claim
            };
            let side = Claimant::new(leader, claim)?;
            let (params, b) = (*leader.params(), claim.audience_hostility.get());
            let lost = params.threat * b + params.support * (claim.exploitation_loss * b - gap);
            prop_assume!(lost > 1e-6);
            let formula = params.national_weight * gap / lost;
            let found = side.closing_stake(gap)?.unwrap_or(f64::INFINITY);
            prop_assert!(
                (found - formula).abs() <= 1e-9 * formula,
                "{} {}",
                found,
                formula
            );
            let at = with(&side, |leader| leader.office_stake = found)?;
            prop_assert!((distortion(&at)? - gap).abs() < 1e-9);
            Ok(())
        },
    );
    let linear = base(SurvivalCurve::Linear);
    let division = |b: f64| {
        Ok(Division::new(
            worked(linear, 0.0, b)?,
            worked(linear, 0.0, 0.0)?,
        ))
    };
    for (b, distorted, lost) in [
        (0.2, 0.12, 0.4),
        (0.4, 0.24, 0.8),
        (0.5, 0.30, 1.0),
        (0.75, 0.45, 1.0),
    ] {
        let zones = division(b).and_then(|division| division.zones());
        let sum = number(zones.clone().map(|zones| zones.distortion));
        trial.close(&format!("b = {b}: D"), sum, distorted, 1e-12);
        let share = zones.ok().and_then(|zones| zones.lost_share());
        let share = share.map_or(f64::NAN, Probability::get);
        trial.close(&format!("b = {b}: lost share"), share, lost, 1e-12);
    }
    for (b, stake) in [(0.75, 1.0), (0.4, 10.0 / 3.0)] {
        let found = division(b)
            .and_then(|division| division.closing_stakes())
            .map(|(first, _)| first.unwrap_or(f64::INFINITY));
        trial.close(
            &format!("b = {b}: closing stake R*"),
            number(found),
            stake,
            1e-12,
        );
    }
    trial.holds("b = .2: no stake closes the zone", {
        let stakes = division(0.2).and_then(|division| division.closing_stakes());
        stakes.is_ok_and(|(first, _)| first.is_none())
    });
    let unsupported = LeaderParams {
        support: 1e-9,
        ..linear
    };
    let stake = worked(unsupported, 0.0, 0.75).and_then(|side| side.closing_stake(0.3));
    let stake = number(stake.map(|stake| stake.unwrap_or(f64::INFINITY)));
    trial.close("κ → 0: R*ℓb → ωS", stake * 0.3 * 0.75, 0.3, 1e-8);
}

fn neutrality(trial: &mut Trial) {
    trial.for_all(
        "ℓ = 0 and b = p: D = 0 exactly, on every curve",
        2_000,
        (any_claimant(), 0.0..1e6_f64),
        |(side, office_stake)| {
            let claim = ClaimParams {
                audience_hostility: side.claim().hostility,
                ..*side.claim()
            };
            let params = LeaderParams {
                threat: 0.0,
                office_stake,
                ..*side.leader().params()
            };
            let side = Leader::new(params).and_then(|leader| Claimant::new(leader, claim))?;
            prop_assert!(distortion(&side)?.abs() <= 0.0);
            Ok(())
        },
    );
    trial.for_all(
        "ℓ = 0 and b = p: the leader's own margin turns where the nation's does, on other curves too",
        2_000,
        (any_claimant(), -1.0..1.0_f64),
        |(side, beyond)| {
            let claim = *side.claim();
            let leader = LeaderParams {
                threat: 0.0,
                ..*side.leader().params()
            };
            let share = side.national_reservation() + beyond;
            let stakes = LeaderStakes {
                if_honoured: share,
                if_cheated: share - claim.exploitation_loss,
                nonagreement: claim.nonagreement,
                trust: claim.hostility.complement(),
                audience_hostility: claim.hostility,
            };
            let leader = Leader::new(leader)?;
            let steep = |z: f64| 0.5 + 0.5 * (5.0 * z).tanh();
            let elsewhere = leader.readings_on(&[stakes], steep)?;
            let own = leader.readings(&[stakes])?;
            prop_assume!(beyond.abs() > 1e-9);
            for reading in own.iter().chain(&elsewhere) {
                prop_assert_eq!(reading.accepts(), beyond > 0.0, "{:?}", reading);
            }
            Ok(())
        },
    );
    trial.holds("misbelief alone distorts", {
        let params = LeaderParams {
            threat: 0.0,
            ..base(SurvivalCurve::Logit)
        };
        worked(params, 0.0, 0.5)
            .and_then(|side| distortion(&side))
            .is_ok_and(|d| d > 0.01)
    });
    trial.holds("fear-rent alone distorts", {
        let side = worked(base(SurvivalCurve::Logit), 0.5, 0.5);
        side.and_then(|side| distortion(&side))
            .is_ok_and(|d| d > 0.01)
    });
}

fn insulation(trial: &mut Trial) {
    trial.for_all(
        "logit and probit: no distortion far from the middle",
        1_000,
        (claimant(), 60.0..500.0_f64),
        |(side, far)| {
            for curve in [SurvivalCurve::Logit, SurvivalCurve::Probit] {
                for baseline in [far, -far] {
                    let side = with(&side, |leader| {
                        leader.curve = curve;
                        leader.baseline = baseline;
                    });
                    let found = side.and_then(|side| distortion(&side))?;
                    prop_assert!(found.abs() < 1e-12, "{} at {}", found, baseline);
                }
            }
            Ok(())
        },
    );
    for (m, p, b, reservation) in [
        (0.0, 0.0, 1.0, 0.586_506),
        (0.0, 0.0, 0.75, 0.527_902),
        (2.0, 0.0, 0.75, 0.424_727),
        (-2.0, 0.0, 0.75, 0.447_789),
        (6.0, 0.0, 0.75, 0.351_876),
    ] {
        let params = LeaderParams {
            baseline: m,
            ..base(SurvivalCurve::Logit)
        };
        let found = worked(params, p, b).and_then(|side| side.leader_reservation());
        let found = number(found.map(|root| root.value));
        trial.close(
            &format!("logit, m = {m}, b = {b}: r^D"),
            found,
            reservation,
            5e-7,
        );
    }
}

fn ratification_floors(trial: &mut Trial) {
    let shares = || 0.0..0.5_f64;
    trial.for_all(
        "own share never falls as the own floor rises, until there is none for good",
        4_000,
        (
            shares(),
            shares(),
            -0.5..1.5_f64,
            0.0..1.0_f64,
            0.0..1.0_f64,
            probability(),
        ),
        |(reservation, other_reservation, floor, more, other_floor, alpha)| {
            let at = |floor| {
                let params = RatificationParams {
                    reservation,
                    other_reservation,
                    floor,
                    other_floor,
                };
                Ratification::new(params).map(|model| model.outcome(alpha))
            };
            match (at(floor)?, at(floor + more)?) {
                (Some(low), Some(high)) => prop_assert!(low <= high),
                (None, Some(_)) => {
                    return Err(TestCaseError::fail("a higher floor opened the win-set"));
                }
                (_, None) => {}
            }
            Ok(())
        },
    );
    trial.for_all(
        "floors at or below the reservations bind nobody",
        2_000,
        (shares(), shares(), 0.0..1.0_f64, probability()),
        |(reservation, other_reservation, below, alpha)| {
            let params = RatificationParams {
                reservation,
                other_reservation,
                floor: reservation - below,
                other_floor: other_reservation - below,
            };
            let found = Ratification::new(params)?.outcome(alpha);
            let surplus = 1.0 - reservation - other_reservation;
            let expected = reservation + alpha.get() * surplus;
            prop_assert!(found.is_some_and(|share| (share - expected).abs() < 1e-12));
            Ok(())
        },
    );
    for (floor, expected) in [(0.45, Some(0.5)), (0.55, Some(0.55)), (0.66, None)] {
        let params = RatificationParams {
            reservation: 0.35,
            other_reservation: 0.35,
            floor,
            other_floor: 0.0,
        };
        let outcome = Ratification::new(params).map(|model| model.outcome(Probability::HALF));
        trial.holds(
            &format!("t = {floor}: {expected:?}"),
            outcome == Ok(expected),
        );
    }
}
