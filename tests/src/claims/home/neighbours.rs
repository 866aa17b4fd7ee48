//! Small models next door, each with its threshold.

use detente::{
    legitimacy::{
        ClaimParams, Claimant, Diversion, DiversionParams, Gamble, GambleParams, Leader,
        LeaderParams, LegitimacyError, LogRoll, PeaceMaker, PeaceMakerParams, Regime, RegimeGame,
        RegimeParams, Selectorate, SelectorateParams, SurvivalCurve,
    },
    quantity::{
        DiscountFactor, Interval, Probability,
        strategies::{discount_factor, probability},
    },
};
use proptest::{prelude::Strategy, prop_assert, prop_assert_eq};

use crate::{
    Claim,
    Kind::{Definition, Hypothesis, Theorem},
    Trial,
};

/// The claims of this section.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "D-09",
        kind: Theorem,
        source: "derived; after Downs and Rocke 1994",
        statement: "a leader who is removed for settling goes on iff Ω·Pr(win) is at least ω times \
                    what the nation loses by it",
        check: resurrection,
    },
    Claim {
        id: "D-12",
        kind: Theorem,
        source: "derived; cf. Tarar 2006",
        statement: "a leader whom conflict helps to survive closes the bargaining range iff Ω times \
                    the gap exceeds ω(c_i + c_j), and can be appeased otherwise",
        check: diversion,
    },
    Claim {
        id: "D-16",
        kind: Hypothesis,
        source: "derived; after Cukierman and Tommasi 1998, Schultz 2005",
        statement: "peace made by hawks is likelier to last; where trust is low the leader likeliest \
                    to make it is a moderate hawk, where it is high a dove",
        check: peace_makers,
    },
    Claim {
        id: "D-17",
        kind: Theorem,
        source: "Baliga, Lucca and Sjöström 2011",
        statement: "at a given chance of a hawk limited democracies are weakly most aggressive, and \
                    full ones pass dictatorships iff it exceeds ½",
        check: regimes,
    },
    Claim {
        id: "D-23",
        kind: Theorem,
        source: "derived; after Snyder 1991",
        statement: "a coalition passes what pays it; where no outsider loses by the project itself, \
                    one worth less than it costs passes only if others bear part of the cost",
        check: log_roll,
    },
    Claim {
        id: "D-45",
        kind: Definition,
        source: "derived; after Bueno de Mesquita et al. 2003",
        statement: "office rent rises in the selectorate, the tax base and patience and falls in the \
                    coalition; the political weight vanishes for the smallest and the largest \
                    coalitions and has one peak between",
        check: selectorate,
    },
];

fn resurrection(trial: &mut Trial) {
    trial.for_all(
        "iff; the thresholds are the turning points",
        3_000,
        (
            0.1..5.0_f64,
            0.0..5.0_f64,
            probability(),
            -0.5..1.0_f64,
            0.0..5.0_f64,
        ),
        |(national_weight, office_stake, win_chance, national_loss, other_stake)| {
            let at = |office_stake| {
                Gamble::new(GambleParams {
                    national_weight,
                    office_stake,
                    win_chance,
                    national_loss,
                })
            };
            let gamble = at(office_stake)?;
            let pays = office_stake * win_chance.get() >= national_weight * national_loss;
            prop_assert_eq!(gamble.goes_on(), pays);
            if let Ok(critical) = gamble.critical_stake() {
                let near = critical.is_some_and(|it| (it - other_stake).abs() < 1e-9 * (1.0 + it));
                let beyond = critical.is_some_and(|it| other_stake >= it);
                prop_assert!(near || at(other_stake)?.goes_on() == beyond);
            }
            Ok(())
        },
    );
}

fn diversion(trial: &mut Trial) {
    trial.for_all(
        "the closure of D-35 where the good brings no support",
        2_000,
        (
            (0.1..5.0_f64, 0.0..5.0_f64, 0.01..0.5_f64),
            (probability(), 0.0..0.3_f64, 0.0..0.3_f64),
        ),
        |((national_weight, office_stake, threat), (b, own_cost, other_cost))| {
            // Survival rises by ℓb if there is no agreement; the nation is worth ½ − c_i then.
            let model = Diversion::new(DiversionParams {
                national_weight,
                office_stake,
                survival_gap: threat * b.get(),
                own_cost,
                other_cost,
            })?;
            let leader = Leader::new(LeaderParams {
                national_weight,
                office_stake,
                support: 0.0,
                threat,
                baseline: 0.25,
                curve: SurvivalCurve::Linear,
            })?;
            let claim = ClaimParams {
                nonagreement: 0.5 - own_cost,
                exploitation_loss: 0.0,
                hostility: Probability::ZERO,
                audience_hostility: b,
            };
            let side = Claimant::new(leader, claim)?;
            let range = own_cost + other_cost;
            let distortion = side.distortion()?.value;
            if (distortion - range).abs() > 1e-12 {
                prop_assert_eq!(model.closes_range(), distortion > range);
            }
            let price = 0.5 + model.price_of_peace()?;
            prop_assert!((side.leader_reservation()?.value - price).abs() < 1e-12);
            match (model.critical_stake(), side.closing_stake(range)) {
                (Ok(Some(stake)), Ok(Some(other))) => {
                    prop_assert!((stake - other).abs() <= 1e-9 * (1.0 + stake));
                }
                // No gap, or so small a one that the stake overflows or is lost in the support.
                _ => prop_assert!(threat * b.get() < 1e-12),
            }
            Ok(())
        },
    );
}

fn peace_makers(trial: &mut Trial) {
    let makers = || {
        (
            -0.2..1.0_f64,
            0.05..1.0_f64,
            probability(),
            probability(),
            -0.2..1.0_f64,
        )
            .prop_filter_map(
                "a prior",
                |(gain, exploitation_loss, one, other, demand)| {
                    let (least, greatest) = if one <= other {
                        (one, other)
                    } else {
                        (other, one)
                    };
                    PeaceMaker::new(PeaceMakerParams {
                        gain,
                        exploitation_loss,
                        least_hostility: least,
                        greatest_hostility: greatest,
                        audience_demand: demand,
                    })
                    .ok()
                },
            )
    };
    trial.for_all(
        "the more hawkish, the rarer the proposal and the lower the belief after it",
        3_000,
        (makers(), -1.0..1.0_f64, 0.0..1.0_f64),
        |(maker, lean, more)| {
            let (dove, hawk) = (maker.proposal(lean)?, maker.proposal(lean + more)?);
            prop_assert!(hawk.proposes <= dove.proposes);
            if let (Some(after_hawk), Some(after_dove)) = (hawk.belief, dove.belief) {
                prop_assert!(after_hawk.get() <= after_dove.get() + 1e-12);
            }
            Ok(())
        },
    );
    trial.for_all(
        "low trust: a hawk is likeliest iff those who would be ratified must be pickier than the \
         nation",
        3_000,
        makers(),
        |maker| {
            let params = maker.params();
            let v = (params.gain - params.audience_demand) / params.exploitation_loss;
            let (least, greatest) = (
                params.least_hostility.get(),
                params.greatest_hostility.get(),
            );
            let nation = params.gain / params.exploitation_loss;
            let Some(lean) = maker.likeliest_lean() else {
                prop_assert!(v <= least);
                return Ok(());
            };
            let picky = (2.0 * v - least).min(greatest);
            if (picky - nation).abs() > 1e-12 {
                prop_assert_eq!(lean > 0.0, picky < nation);
            }
            // High trust: every dove is believed, and none proposes more often.
            if f64::midpoint(least, greatest) <= v {
                let move_of = maker.proposal(lean - 1.0)?;
                prop_assert!(move_of.ratified && move_of.proposes == Probability::ONE);
            }
            Ok(())
        },
    );
}

fn regimes(trial: &mut Trial) {
    let params = |regime, office_stake| {
        Interval::new(0.0, 1.2).ok().map(|costs| RegimeParams {
            first: regime,
            second: regime,
            advantage: 0.3,
            defence: 0.6,
            office_stake,
            costs,
        })
    };
    for (regime, chance) in [
        (Regime::Dictatorship, 1.0 / 3.0),
        (Regime::LimitedDemocracy, 0.6),
        (Regime::FullDemocracy, 0.0),
    ] {
        let found = params(regime, 0.4)
            .and_then(|params| RegimeGame::new(params).ok())
            .map(|game| game.equilibria().found)
            .unwrap_or_default();
        let only = match found.as_slice() {
            [only] => only.first.get(),
            _ => f64::NAN,
        };
        trial.close(&format!("pairs of {regime:?}"), only, chance, 1e-12);
    }
    trial.for_all(
        "cutoffs in order",
        3_000,
        (probability(), 0.0..2.0_f64),
        |(x, office_stake)| {
            let Some(params) = params(Regime::Dictatorship, office_stake) else {
                return Ok(());
            };
            let at = |regime: Regime| regime.cutoff(&params, x);
            let (none, limited, full) = (
                at(Regime::Dictatorship)?,
                at(Regime::LimitedDemocracy)?,
                at(Regime::FullDemocracy)?,
            );
            prop_assert!(limited >= none - 1e-12 && limited >= full - 1e-12);
            if ((2.0 * x.get() - 1.0) * office_stake).abs() > 1e-12 {
                prop_assert_eq!(full > none, x.get() > 0.5);
            }
            Ok(())
        },
    );
}

fn log_roll(trial: &mut Trial) {
    let projects = || {
        proptest::collection::vec((0_u8..=6, 0_u8..=6, proptest::bool::ANY), 1..8).prop_map(
            |groups| {
                let values: Vec<f64> = groups.iter().map(|it| f64::from(it.0)).collect();
                let costs: Vec<f64> = groups.iter().map(|it| f64::from(it.1)).collect();
                let coalition: Vec<usize> = (0..groups.len()).filter(|&at| groups[at].2).collect();
                (values, costs, coalition)
            },
        )
    };
    trial.for_all(
        "passes iff V_C ≥ s_C·K; wasteful only if s_C < 1",
        4_000,
        projects(),
        |(values, costs, coalition)| {
            let passage = LogRoll::new(&values, &costs)?.passage(&coalition)?;
            let own: f64 = coalition.iter().map(|&at| values[at] - costs[at]).sum();
            prop_assert_eq!(passage.passes, own >= 0.0);
            if passage.is_wasteful() {
                prop_assert!(passage.cost_share.is_some_and(|share| share < 1.0));
            }
            Ok(())
        },
    );
    let passage = LogRoll::new(&[3.0, 2.0, 0.0, 0.0], &[2.0; 4]).and_then(|it| it.passage(&[0, 1]));
    trial.holds(
        "and wasteful passage there is",
        passage.is_ok_and(|passage| passage.is_wasteful()),
    );
}

fn chosen_by(
    coalition: f64,
    selectorate: f64,
    tax_base: f64,
    patience: DiscountFactor,
) -> Result<Selectorate, LegitimacyError> {
    Selectorate::new(SelectorateParams {
        coalition,
        selectorate,
        tax_base,
        patience,
    })
}

fn selectorate(trial: &mut Trial) {
    let patience = DiscountFactor::new(0.9).unwrap_or(DiscountFactor::MYOPIC);
    for (coalition, selectorate, rent) in [
        (0.1, 1.0, 1.771_319),
        (0.5, 1.0, 1.431_818),
        (0.5, 0.6, 1.05),
    ] {
        let found = chosen_by(coalition, selectorate, 2.0, patience);
        let found = found.map_or(f64::NAN, |it| it.office_rent());
        let check = format!("W = {coalition}, S_e = {selectorate}: Ω");
        trial.close(&check, found, rent, 5e-7);
    }
    trial.for_all(
        "office rent in W, S_e, T and δ_s",
        4_000,
        (
            (0.01..1.0_f64, 0.0..1.0_f64, 0.01..2.0_f64),
            discount_factor(),
            discount_factor(),
            0.0..1.0_f64,
        ),
        |((coalition, wider, more_taxed), one, other, step)| {
            let (selectorate, taxed) = (coalition + wider, coalition * coalition + more_taxed);
            let (less, more) = if one <= other {
                (one, other)
            } else {
                (other, one)
            };
            let rent = |coalition, selectorate, taxed, patience| {
                chosen_by(coalition, selectorate, taxed, patience).map(|it| it.office_rent())
            };
            let here = rent(coalition, selectorate, taxed, less)?;
            let slack = 1e-9 * (1.0 + here);
            prop_assert!(rent(coalition, selectorate + step, taxed, less)? >= here - slack);
            prop_assert!(rent(coalition, selectorate, taxed + step, less)? >= here - slack);
            prop_assert!(rent(coalition, selectorate, taxed, more)? >= here - slack);
            let smaller = coalition * (1.0 - step).max(0.01);
            prop_assert!(rent(smaller, selectorate, taxed, less)? >= here - slack);
            Ok(())
        },
    );
    trial.for_all(
        "the political weight has one peak in W, between its ends",
        2_000,
        (
            0.2..2.0_f64,
            0.1..5.0_f64,
            0.05..0.95_f64,
            0.05..3.0_f64,
            0.05..3.0_f64,
        ),
        |(selectorate, more_taxed, patience, national_weight, support)| {
            let patience = DiscountFactor::new(patience).unwrap_or(DiscountFactor::MYOPIC);
            let taxed = selectorate * selectorate + more_taxed;
            let like = LeaderParams {
                national_weight,
                office_stake: 0.0,
                support,
                threat: 0.0,
                baseline: 0.5,
                curve: SurvivalCurve::Linear,
            };
            let mut weights = Vec::new();
            for step in 1..=200 {
                let coalition = selectorate.min(selectorate * f64::from(step) / 200.0);
                let leader = chosen_by(coalition, selectorate, taxed, patience)?.leader(like)?;
                weights.push(leader.political_weight().get());
            }
            let turns = weights
                .windows(3)
                .filter(|it| it[1] < it[0] - 1e-12 && it[1] < it[2] - 1e-12)
                .count();
            prop_assert_eq!(turns, 0);
            let (first, last) = (weights[0], weights[199]);
            let most = weights.iter().copied().fold(0.0, f64::max);
            prop_assert!(most > first && most > last && last <= 1e-9);
            Ok(())
        },
    );
}
