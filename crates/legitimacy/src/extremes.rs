//! Every public formula at the ends of the numbers: a finite answer or a refusal that names what is
//! wrong, and never NaN.

use std::fmt::Debug;

use detente_quantity::{DiscountFactor, Interval, Probability};
use proptest::prelude::*;

use crate::*;

/// Numbers of every size and either sign.
fn extreme() -> impl Strategy<Value = f64> {
    let sizes = [
        f64::MAX,
        1e300,
        1e160,
        1e20,
        3.0,
        1.0,
        0.35,
        1e-9,
        1e-160,
        f64::MIN_POSITIVE,
    ];
    let signed = |sign: f64| prop::sample::select(sizes.map(|size| sign * size).to_vec());
    prop_oneof![1 => Just(0.0), 2 => 0.0..1.0_f64, 4 => signed(1.0), 2 => signed(-1.0)]
}

/// The same, 0 or more: seldom is less legal.
fn size() -> impl Strategy<Value = f64> {
    extreme().prop_map(f64::abs)
}

fn chance() -> impl Strategy<Value = Probability> {
    let ends = [0.0, f64::MIN_POSITIVE, 1e-9, 0.3, 1.0 - f64::EPSILON, 1.0];
    prop::sample::select(ends.map(Probability::saturating).to_vec())
}

fn leader() -> impl Strategy<Value = Leader> {
    let curve = prop_oneof![1 => Just(SurvivalCurve::Linear), 1 => strategies::curve()];
    (size(), size(), size(), extreme(), extreme(), curve).prop_filter_map(
        "legal",
        |(national_weight, office_stake, support, threat, baseline, curve)| {
            let params = LeaderParams {
                national_weight,
                office_stake,
                support,
                threat,
                baseline,
                curve,
            };
            Leader::new(params).ok()
        },
    )
}

fn claimant() -> impl Strategy<Value = Claimant> {
    (leader(), extreme(), extreme(), chance(), chance()).prop_filter_map(
        "legal",
        |(leader, nonagreement, exploitation_loss, hostility, audience_hostility)| {
            let claim = ClaimParams {
                nonagreement,
                exploitation_loss,
                hostility,
                audience_hostility,
            };
            Claimant::new(leader, claim).ok()
        },
    )
}

/// One whose support stays on the linear curve, so that messages have equilibria; other numbers of
/// every size.
fn promoter() -> impl Strategy<Value = PromoterParams> {
    let small = || prop_oneof![Just(0.0), Just(f64::MIN_POSITIVE), Just(1e-9), 0.0..0.3_f64];
    let leader = (size(), size(), small(), small(), any::<bool>());
    (
        leader,
        (0.0..0.5_f64, small(), chance(), chance(), size()),
        any::<bool>(),
    )
        .prop_filter_map("legal", |(home, rest, reveals)| {
            let (national_weight, office_stake, support, threat, dove) = home;
            let (nonagreement, exploitation_loss, prior, credulous, message_cost) = rest;
            let leader = Leader::new(LeaderParams {
                national_weight,
                office_stake,
                support,
                threat: if dove { -threat } else { threat },
                baseline: 0.4,
                curve: SurvivalCurve::Linear,
            });
            Some(PromoterParams {
                leader: leader.ok()?,
                nonagreement,
                exploitation_loss,
                prior_hostility: prior,
                credulous_share: credulous,
                message_cost,
                signature: match reveals {
                    true => Signature::RevealsBenign,
                    false => Signature::Uninformative,
                },
            })
        })
}

/// Fails where a number that is no number, or none that can be reckoned with, is shown anywhere in it.
#[track_caller]
fn sound(shown: &impl Debug) -> Result<(), TestCaseError> {
    let text = format!("{shown:?}");
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    prop_assert!(
        words.all(|word| word != "NaN" && word != "inf"),
        "at {}: {text}",
        std::panic::Location::caller()
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn leaders(
        leader in leader(), payoffs in [extreme(), extreme(), extreme()], trust in chance(),
        audience_hostility in chance(),
    ) {
        let [if_honoured, if_cheated, nonagreement] = payoffs;
        let stakes = LeaderStakes { if_honoured, if_cheated, nonagreement, trust, audience_hostility };
        sound(&leader.terms(stakes))?;
        sound(&leader.political_weight())?;
        sound(&leader.reading(stakes))?;
        sound(&leader.accepting_beliefs(stakes))?;
        sound(&fear_rent(&leader, nonagreement, trust))?;
        sound(&leader.params().curve.rise(if_honoured, if_cheated))?;
    }

    #[test]
    fn claimants_and_zones(
        first in claimant(), second in claimant(), gap in extreme(),
    ) {
        sound(&first.national_reservation())?;
        prop_assert!(!first.audience_reservation().is_nan());
        sound(&first.distortion())?;
        sound(&first.leader_reservation())?;
        sound(&first.distortion_on(|z| 0.5 + 0.5 * z / (1.0 + z.abs())))?;
        sound(&first.closing_stake(gap))?;
        let division = Division::new(first, second);
        let zones = division.zones();
        sound(&zones)?;
        sound(&division.closing_stakes())?;
        if let Ok(zones) = zones {
            sound(&(zones.lost_share(), zones.national.width(), zones.leaders.width()))?;
        }
    }

    #[test]
    fn messages(
        params in promoter(), other in promoter(),
        numbers in (0.0..0.6_f64, prop_oneof![Just(0.0), -0.1..0.6_f64, extreme()], chance()),
        belief in chance(),
    ) {
        let (other_reservation, other_distortion, own_share) = numbers;
        let bargain = Bargain { other_reservation, other_distortion, own_share };
        let promoter = Promoter::new(params);
        sound(&promoter)?;
        let Ok(promoter) = promoter else { return Ok(()); };
        sound(&(promoter.weight(), promoter.distortion_at(belief), bargain.surplus(&promoter)))?;
        let alarm = Promotion::new(promoter, bargain);
        sound(&alarm)?;
        if let Ok(alarm) = alarm {
            sound(&alarm.equilibrium())?;
            sound(&(alarm.benign_gain(belief), alarm.hostile_gain(belief)))?;
            sound(&(alarm.candid_cost(), alarm.candid_stake(), alarm.closing_belief()))?;
            sound(&alarm.committed_value(belief))?;
        }
        let calm = Understatement::new(promoter, bargain);
        sound(&calm)?;
        if let Ok(calm) = calm {
            sound(&(calm.equilibrium(), calm.candid_cost(), calm.candid_stake()))?;
        }
        if let Ok(other) = Promoter::new(other)
            && let Ok(pair) = PromotionPair::new(promoter, other, own_share)
        {
            sound(&pair.scan(8))?;
            sound(&(pair.first_reply(belief), pair.second_reply(belief)))?;
        }
    }

    #[test]
    fn ratification(
        numbers in [extreme(), extreme(), extreme(), extreme()], share in chance(),
        floors in prop::collection::vec((extreme(), size()), 1..4), costs in [size(), size()],
        gains in prop::collection::vec((extreme(), extreme(), any::<bool>()), 0..5),
    ) {
        let [reservation, other_reservation, floor, other_floor] = numbers;
        let params = RatificationParams { reservation, other_reservation, floor, other_floor };
        let bound = Ratification::new(params);
        sound(&bound)?;
        if let Ok(bound) = bound {
            sound(&(bound.win_set(), bound.outcome(share), bound.leverage(share)))?;
        }
        let floor = UncertainFloor::new(&floors);
        sound(&floor)?;
        if let Ok(floor) = floor {
            let [defection_cost, other_defection_cost] = costs;
            let treaty = UncertainRatification {
                reservation, other_reservation, floor, defection_cost, other_defection_cost,
            };
            for known_to in [FloorKnowledge::Both, FloorKnowledge::OwnLeader, FloorKnowledge::Nobody] {
                sound(&treaty.odds(known_to))?;
            }
        }
        let own: Vec<f64> = gains.iter().map(|it| it.0).collect();
        let other: Vec<f64> = gains.iter().map(|it| it.1).collect();
        let ratified = WinSet::new(gains.iter().map(|it| it.2).collect());
        sound(&leverage(&own, &other, &ratified, share))?;
    }

    #[test]
    fn neighbours(
        weights in [size(), size()], numbers in [extreme(), extreme(), extreme(), extreme()],
        one in chance(), two in chance(), patience in 0.0..1.0_f64,
        regimes in prop::sample::select(vec![
            (Regime::Dictatorship, Regime::FullDemocracy),
            (Regime::LimitedDemocracy, Regime::FullDemocracy),
            (Regime::LimitedDemocracy, Regime::Dictatorship),
        ]),
    ) {
        let [national_weight, office_stake] = weights;
        let [a, b, c, d] = numbers;
        let gamble = Gamble::new(GambleParams {
            national_weight, office_stake, win_chance: one, national_loss: a,
        });
        sound(&gamble)?;
        if let Ok(gamble) = gamble {
            sound(&(gamble.gain(), gamble.critical_stake(), gamble.critical_chance()))?;
        }
        let diversion = Diversion::new(DiversionParams {
            national_weight, office_stake, survival_gap: a, own_cost: b, other_cost: c,
        });
        sound(&diversion)?;
        if let Ok(diversion) = diversion {
            sound(&(diversion.price_of_peace(), diversion.critical_stake()))?;
        }
        let maker = PeaceMaker::new(PeaceMakerParams {
            gain: a, exploitation_loss: b, least_hostility: one, greatest_hostility: two,
            audience_demand: c,
        });
        sound(&maker)?;
        if let Ok(maker) = maker {
            sound(&(maker.proposal(d), maker.likeliest_lean()))?;
        }
        let patience = DiscountFactor::new(patience).unwrap();
        let selectorate = Selectorate::new(SelectorateParams {
            coalition: a, selectorate: b, tax_base: c, patience,
        });
        sound(&selectorate)?;
        if let Ok(selectorate) = selectorate {
            sound(&(selectorate.office_rent(), selectorate.private_spending(), selectorate.support(d)))?;
        }
        if let Ok(costs) = Interval::new(c.min(d), c.max(d)) {
            let (first, second) = regimes;
            let params = RegimeParams { first, second, advantage: a, defence: b, office_stake, costs };
            sound(&first.cutoff(&params, one))?;
            let game = RegimeGame::new(params);
            sound(&game)?;
            sound(&game.map(|game| game.equilibria()))?;
        }
        sound(&LogRoll::new(&[a, b], &[c, d]).and_then(|roll| roll.passage(&[0])))?;
    }

    #[test]
    fn codings(numbers in [extreme(), extreme(), extreme()], share in chance()) {
        let [ideology, performance, procedure] = numbers;
        sound(&threat_range(LegitimationScores { ideology, nationalist: share, performance, procedure }))?;
        sound(&office_stake_range(PostTenureFate::Unknown, OfficeExit::Other, ideology))?;
        sound(&credulous_range(ideology))?;
        sound(&(message_cost_range(share), support_range(share)))?;
    }
}

/// R → 0 and R → ∞ in the equilibrium of messages: candid, and what is left when only office counts.
#[test]
fn an_office_worth_nothing_or_everything_gives_the_limits_of_messages() {
    let at = |office_stake, threat, own_share| {
        let leader = Leader::new(LeaderParams {
            national_weight: 1.0,
            office_stake,
            support: 0.5,
            threat,
            baseline: 0.3,
            curve: SurvivalCurve::Linear,
        })?;
        let promoter = Promoter::new(PromoterParams {
            leader,
            nonagreement: 0.35,
            exploitation_loss: 0.6,
            prior_hostility: Probability::saturating(0.1),
            credulous_share: Probability::ZERO,
            message_cost: 0.15,
            signature: Signature::Uninformative,
        })?;
        let bargain = Bargain {
            other_reservation: 0.35,
            other_distortion: 0.0,
            own_share: Probability::saturating(own_share),
        };
        Promotion::new(promoter, bargain)
    };
    let none = at(0.0, 0.3, 0.5).unwrap();
    let found = none.equilibrium().unwrap();
    assert_eq!(
        (found.candour, found.closing_belief),
        (Candour::Candid, None)
    );
    // b_c → κS/μ = ½·0.3/0.6, and where ℓ < αμ the leader is indifferent at b̂ → ακS/ℓ.
    let close = |found: Option<Probability>, limit: f64| {
        assert!((found.unwrap().get() - limit).abs() < 1e-12, "{found:?}");
    };
    let all = at(1e100, 0.3, 0.6).unwrap().equilibrium().unwrap();
    close(all.closing_belief, 0.25);
    close(all.paying_belief, 0.3);
    let strong = at(1e100, 0.3, 0.25).unwrap().equilibrium().unwrap();
    close(strong.paying_belief, 0.0);
    assert_eq!(strong.candour, Candour::Saturated);
    // Beyond what can be multiplied the office stake is named.
    assert_eq!(
        at(f64::MAX, 0.3, 0.5).unwrap_err().to_string(),
        "leader's stakes in the message is beyond all numbers: office stake is \
         1.7976931348623157e308; expected one nearer 1"
    );
}
