//! C-01, C-02 and C-07: in what sense an opportunity was missed, and by what.

use detente::{
    Assessment, DetenteError,
    assessment::{Stage, Verdict},
    strategies,
};
use proptest::prelude::*;
use serde_json::json;

use super::{
    central,
    deal::{Side, concessions, deal, rent_from_enmity},
    holds, is, refused,
};
use crate::{
    Trial,
    by_the_page::{self, Row},
};

/// Whether every party would gain in expectation at a treaty whose other signatories it knew.
fn would_gain(row: &Row, exposure: &[f64], temptation: &[f64]) -> bool {
    (0..row.payoff.len()).all(|i| {
        let others_honour = (0..row.payoff.len()).all(|j| j == i || row.truly[j]);
        let gain = row.payoff[i] - row.nonagreement[i];
        match (row.truly[i], others_honour) {
            (true, true) => gain > 0.0,
            (true, false) => -exposure[i] > 0.0,
            (false, true) => gain + temptation[i] > 0.0,
            (false, false) => false,
        }
    })
}

pub(super) fn two_senses(trial: &mut Trial) {
    trial.for_all(
        "preferred: expected gain for all at the beliefs they held",
        1_000,
        strategies::case(),
        |case| {
            let readings = central(&case)?.readings;
            let Some(page) = by_the_page::page(&case).filter(|page| !page.close) else {
                return Ok(());
            };
            for row in &page.rows {
                let gains = row.nation[1].iter().all(|&margin| margin > 0.0);
                let preferred = row.preferred() && gains;
                prop_assert_eq!(holds(&readings.preferred_as_held, &row.terms), preferred);
            }
            Ok(())
        },
    );
    trial.for_all(
        "would have preferred: expected gain for all at true types, where none gains by being cheated",
        1_000,
        strategies::case(),
        |case| {
            let readings = central(&case)?.readings;
            let Some(page) = by_the_page::page(&case) else {
                return Err(TestCaseError::fail("a case that is not whole"));
            };
            for row in page.rows.iter().filter(|row| row.preferred()) {
                let missed = holds(&readings.would_have_preferred, &row.terms);
                let (Some(exposure), Some(temptation)) = (
                    by_the_page::exposures(&case, &row.terms),
                    by_the_page::temptations(&case, &row.terms),
                ) else {
                    return Err(TestCaseError::fail("a case that is not whole"));
                };
                let gains = would_gain(row, &exposure, &temptation);
                prop_assert!(!missed || gains, "{:?}", row);
                let chicken = exposure.iter().any(|&exposure| exposure < 0.0);
                prop_assert!(missed || !gains || chicken, "{:?}", row);
            }
            Ok(())
        },
    );
    // Both senses apart: distrust hides what types would allow, trust shows what they would not.
    let wary = Side {
        trust: 0.25,
        ..Side::default()
    };
    let cheat = Side {
        keeps: false,
        ..Side::default()
    };
    let senses = |found: &Result<Assessment, DetenteError>, preferred: u64, would_have: u64| {
        is(found, |it| {
            let readings = &it.readings;
            (
                readings.preferred_as_held.count,
                readings.would_have_preferred.count,
            ) == (preferred, would_have)
        })
    };
    let both_keep = Side::default;
    trial.holds(
        "wary of one that keeps",
        senses(&deal(&wary, &both_keep(), &[]), 0, 1),
    );
    trial.holds(
        "trusting one that cheats",
        senses(&deal(&both_keep(), &cheat, &[]), 1, 0),
    );
    trial.holds(
        "trusting one that keeps",
        senses(&deal(&both_keep(), &both_keep(), &[]), 1, 1),
    );
    trial.holds(
        "wary of one that cheats",
        senses(&deal(&wary, &cheat, &[]), 0, 0),
    );
}

/// The believer of the reference numbers: p₀ = .3 and a threshold of ½.
fn believer() -> Side {
    Side {
        trust: 0.3,
        ..Side::default()
    }
}

/// The last belief of side a that b keeps, warranted and as held.
fn beliefs(found: &Result<Assessment, DetenteError>) -> [f64; 2] {
    let last = found.as_ref().ok().and_then(|assessment| {
        let series = assessment.beliefs.iter().find(|it| it.observer == "a")?;
        let point = series.points.last()?;
        Some([point.warranted.types[0], point.held.types[0]])
    });
    last.unwrap_or([f64::NAN; 2])
}

fn verdict(found: &Result<Assessment, DetenteError>) -> Option<Verdict> {
    found
        .as_ref()
        .ok()
        .map(|assessment| assessment.verdict.central)
}

pub(super) fn rival_explanations(trial: &mut Trial) {
    let heard = concessions(3, 2.0);
    let other = Side::default();
    // Psychology: p̂ < p̄ ≤ p*.
    let half_deaf = Side {
        bias: Some(json!({ "evidence_weight": 0.25 })),
        ..believer()
    };
    let missed = deal(&half_deaf, &other, &heard);
    let [warranted, held] = beliefs(&missed);
    trial.close(
        "p* after three concessions of ratio 2",
        warranted,
        0.7742,
        5e-5,
    );
    trial.close("p̂ with evidence weighed at .25", held, 0.4189, 5e-5);
    trial.close("p̄", thresholds(&missed).0, 0.5, 1e-12);
    trial.holds(
        "p̂ < p̄ ≤ p*: misperception",
        verdict(&missed) == Some(Verdict::Misperception),
    );
    let fair = deal(&believer(), &other, &heard);
    trial.holds(
        "p̄ ≤ p̂ = p*: agreement",
        verdict(&fair) == Some(Verdict::AgreementExpected),
    );

    // Soft-core Realism: p* < p̄, whatever the bias.
    let weak = deal(&half_deaf, &other, &concessions(1, 2.0));
    trial.holds(
        "p* < p̄: prudent distrust",
        verdict(&weak) == Some(Verdict::PrudentDistrust),
    );
    let cheat = Side {
        keeps: false,
        ..Side::default()
    };
    let broken = deal(&believer(), &cheat, &heard);
    trial.holds(
        "no type to keep it",
        verdict(&broken) == Some(Verdict::NotSelfEnforcing),
    );

    // Hard-core Realism: nothing to be had, even with trust.
    let satisfied = Side {
        gain: 0.0,
        ..believer()
    };
    let nothing = deal(&satisfied, &other, &heard);
    trial.holds(
        "no gain: conflict of interest",
        verdict(&nothing) == Some(Verdict::ConflictOfInterest),
    );

    domestic(trial);
    trial.for_all(
        "in this order: p* ≥ L/(G + L) and p* < (L + b)/(G + L) is domestic, p̂ below both is not yet psychology",
        1_000,
        (1..=8_u8, 1..=8_u8, 1..=15_u8, 0..=8_u8, 0..=4_usize),
        |(gain, loss, trust, rent, count)| {
            let (gain, loss) = (f64::from(gain), f64::from(loss));
            let (prior, rent) = (f64::from(trust) / 16.0, f64::from(rent) / 8.0);
            let side = Side {
                gain,
                exposure: loss,
                trust: prior,
                home: Some(rent_from_enmity(rent)),
                bias: Some(json!({ "bad_faith": true })),
                ..Side::default()
            };
            let odds = prior / (1.0 - prior) * 2.0_f64.powi(i32::try_from(count).unwrap_or(0));
            let warranted = odds / (1.0 + odds);
            let nation = loss / (gain + loss);
            // The rent is coded on payoffs from 0 to 1, of which the gain is the whole.
            let leader = (loss + rent * gain) / (gain + loss);
            let near = |p: f64, bar: f64| (p - bar).abs() < 1e-9;
            prop_assume!(!near(warranted, nation) && !near(warranted, leader) && !near(prior, leader));
            let expected = if warranted < nation {
                Verdict::PrudentDistrust
            } else if warranted < leader {
                Verdict::Domestic
            } else if prior < leader {
                Verdict::Misperception
            } else {
                Verdict::AgreementExpected
            };
            let found = deal(&side, &Side::default(), &concessions(count, 2.0));
            prop_assert_eq!(verdict(&found), Some(expected));
            Ok(())
        },
    );
}

/// The nation's and the leader's threshold of side a; NaN where there is none.
fn thresholds(found: &Result<Assessment, DetenteError>) -> (f64, f64) {
    let threshold = found.as_ref().ok().and_then(|assessment| {
        let series = assessment.beliefs.iter().find(|it| it.observer == "a")?;
        series.threshold.as_ref()
    });
    threshold.map_or((f64::NAN, f64::NAN), |it| {
        (it.nation.unwrap_or(f64::NAN), it.leader.unwrap_or(f64::NAN))
    })
}

/// Domestic structure: G = 1, L = 2 and a rent b of 0, ½ and 1.
fn domestic(trial: &mut Trial) {
    let at = |rent: f64, trust: f64| {
        let side = Side {
            exposure: 2.0,
            trust,
            home: Some(rent_from_enmity(rent)),
            ..Side::default()
        };
        deal(&side, &Side::default(), &[])
    };
    for (rent, threshold) in [(0.0, 0.6667), (0.5, 0.8333)] {
        let (nation, leader) = thresholds(&at(rent, 0.75));
        trial.close(
            &format!("b = {rent}: p̄ of the nation"),
            nation,
            0.6667,
            5e-5,
        );
        trial.close(
            &format!("b = {rent}: p̄ of the leader"),
            leader,
            threshold,
            5e-5,
        );
    }
    trial.holds(
        "b = 0, p* = .75: agreement",
        verdict(&at(0.0, 0.75)) == Some(Verdict::AgreementExpected),
    );
    trial.holds(
        "b = ½, p* = .75: domestic",
        verdict(&at(0.5, 0.75)) == Some(Verdict::Domestic),
    );
    // At b = 1 the threshold is 1 itself, which no trust exceeds.
    let (nation, leader) = thresholds(&at(1.0, 0.75));
    trial.close("b = 1: p̄ of the nation", nation, 0.6667, 5e-5);
    trial.holds("b = 1: no trust will do for the leader", leader.is_nan());
    trial.holds(
        "b = 1, p* = 1: domestic",
        verdict(&at(1.0, 1.0)) == Some(Verdict::Domestic),
    );
    let just_below = deal(
        &Side {
            exposure: 2.0,
            home: Some(rent_from_enmity(0.999)),
            ..Side::default()
        },
        &Side::default(),
        &[],
    );
    trial.holds(
        "b just below 1, p* = 1: agreement",
        verdict(&just_below) == Some(Verdict::AgreementExpected),
    );
}

pub(super) fn trust_is_necessary(trial: &mut Trial) {
    let no_politics = strategies::case().prop_map(|mut case| {
        for party in case.parties.values_mut() {
            (party.home, party.ratification_floor) = (None, None);
        }
        case
    });
    trial.for_all(
        "no home politics: every agreement that comes about has every h above e/(U − d + e)",
        2_000,
        no_politics,
        |case| {
            let assessment = central(&case)?;
            let accepted = &assessment.funnel[Stage::Perceived as usize];
            let Some(page) = by_the_page::page(&case) else {
                return Err(TestCaseError::fail("a case that is not whole"));
            };
            let signed = page
                .rows
                .iter()
                .filter(|row| accepted.agreements.contains(&row.terms));
            for row in signed {
                let Some(exposure) = by_the_page::exposures(&case, &row.terms) else {
                    return Err(TestCaseError::fail("a case that is not whole"));
                };
                for (i, e) in exposure.iter().enumerate() {
                    let gain = row.payoff[i] - row.nonagreement[i];
                    let threshold = if *e > 0.0 { e / (gain + e) } else { 0.0 };
                    prop_assert!(row.trust[1][i] >= threshold - 1e-12, "{:?}", row);
                }
            }
            Ok(())
        },
    );
    trial.for_all(
        "two sides, no home politics: so does every belief that the assessment shows at the treaty",
        2_000,
        (1..=8_u8, -4..=8_i8, 1..=7_u8, 0..=3_usize),
        |(gain, exposure, trust, count)| {
            let side = Side {
                gain: f64::from(gain),
                exposure: f64::from(exposure),
                trust: f64::from(trust) / 8.0,
                bias: Some(json!({ "evidence_weight": 0.5 })),
                ..Side::default()
            };
            let found = deal(&side, &Side::default(), &concessions(count, 2.0)).map_err(refused)?;
            let agreed = found.verdict.central == Verdict::AgreementExpected;
            for series in &found.beliefs {
                let last = series.points.last().and_then(|point| point.held.trust);
                let threshold = series.threshold.as_ref().and_then(|it| it.nation);
                let reached = last.zip(threshold).is_some_and(|(trust, bar)| trust >= bar);
                prop_assert!(reached || !agreed, "{:?}", series);
            }
            Ok(())
        },
    );
    // The converse fails: all the trust in the world, and no agreement.
    let satisfied = Side {
        gain: -1.0,
        ..Side::default()
    };
    let trusting = Side::default();
    let nothing = deal(&satisfied, &trusting, &[]);
    trial.holds(
        "full trust on both sides and nothing to gain: none",
        is(&nothing, |it| {
            it.beliefs
                .iter()
                .all(|series| series.points.iter().all(|point| point.held.types[0] >= 1.0))
                && it.verdict.central == Verdict::ConflictOfInterest
        }),
    );
    let rentier = Side {
        home: Some(rent_from_enmity(1.0)),
        ..Side::default()
    };
    let unaffordable = deal(&rentier, &trusting, &[]);
    trial.holds(
        "full trust, a gain for both nations, and a leader who lives on enmity: none",
        verdict(&unaffordable) == Some(Verdict::Domestic),
    );
    // Nor does the claim hold where leaders want more than nations do.
    let peacemaker = Side {
        trust: 0.25,
        home: Some(json!({
            "national_weight": 1, "office_stake": 4, "support": 1, "threat": -1, "baseline": 0,
            "curve": "logit", "audience_hostility": 0,
        })),
        ..Side::default()
    };
    let bought = deal(&peacemaker, &trusting, &[]);
    trial.holds(
        "a leader who lives on peace signs without the nation's trust",
        is(&bought, |it| {
            it.errors.accepted_as_held.count == 1
                && it.funnel[Stage::Prudent as usize].survivors == 0
        }),
    );
}
