//! C-01 and C-07: in what sense an opportunity was missed, and what trust has to do with it.

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
    holds, is, refused, verdict,
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
