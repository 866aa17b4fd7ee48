//! M-03 and M-04: the nation's rule and the leader's.

use detente::{
    Case, Model,
    assessment::{Stage, Verdict},
    strategies, table,
};
use proptest::prelude::*;

use super::{
    CENTRAL, central,
    deal::{self, Side, deal},
    refused,
};
use crate::{Trial, by_the_page};

pub(super) fn nation(trial: &mut Trial) {
    trial.for_all(
        "one who honours: h(U − d) > (1 − h)e, scaled or not",
        1_000,
        (1..=32_u8, -16..=32_i8, 1..=63_u8, -3..=3_i32),
        |(gain, exposure, trust, exponent)| {
            let scale = 2.0_f64.powi(exponent);
            let (gain, exposure) = (f64::from(gain), f64::from(exposure));
            let h = f64::from(trust) / 64.0;
            let accepts = |scale: f64| {
                let side = Side {
                    gain: gain * scale,
                    exposure: exposure * scale,
                    trust: h,
                    ..Side::default()
                };
                deal(&side, &Side::default(), &[]).map_err(refused)
            };
            let (plain, scaled) = (accepts(1.0)?, accepts(scale)?);
            let expected = h * gain > (1.0 - h) * exposure;
            for assessment in [&plain, &scaled] {
                let prudent = assessment.funnel[Stage::Prudent as usize].survivors == 1;
                prop_assert_eq!(prudent, expected);
                let verdict = if expected {
                    Verdict::AgreementExpected
                } else {
                    Verdict::PrudentDistrust
                };
                prop_assert_eq!(assessment.verdict.central, verdict);
            }
            Ok(())
        },
    );
    trial.for_all(
        "every agreement: the sign of E = h(A − d) + (1 − h)(B − d)",
        2_000,
        strategies::case(),
        |case| {
            let Some(page) = by_the_page::page(&case) else {
                return Err(TestCaseError::fail("a case that is not whole"));
            };
            for (row, expected) in rows(&case)?.iter().zip(&page.rows) {
                for (margin, expected) in
                    row.nation_margin_warranted.iter().zip(&expected.nation[0])
                {
                    prop_assert!((margin - expected).abs() < 1e-9);
                }
            }
            Ok(())
        },
    );
}

fn rows(case: &Case) -> Result<Vec<detente::AgreementRow>, TestCaseError> {
    let model = Model::compile(case).map_err(refused)?;
    table(&model, &CENTRAL).map_err(refused)
}

/// The case with office worth nothing to any leader, and nothing to be ratified.
fn without_office(mut case: Case) -> Result<Case, TestCaseError> {
    let nothing = detente::uncertainty::Uncertain::point(0.0).map_err(refused)?;
    for party in case.parties.values_mut() {
        party.ratification_floor = None;
        if let Some(home) = &mut party.home {
            home.office_stake = Some(nothing.clone().into());
        }
    }
    Ok(case)
}

pub(super) fn leader_without_office(trial: &mut Trial) {
    trial.for_all(
        "Ω = 0: ω times the nation's margin over the width of the scale",
        2_000,
        strategies::case(),
        |case| {
            let case = without_office(case)?;
            let rows = rows(&case)?;
            for (i, party) in case.parties.values().enumerate() {
                let weight = party
                    .home
                    .as_ref()
                    .and_then(|home| home.national_weight.as_ref());
                let Some(weight) = weight else { continue };
                let reached = rows.iter().map(|row| row.payoff[i]);
                let Some(none) = by_the_page::nonagreement(party) else {
                    return Err(TestCaseError::fail("no nonagreement"));
                };
                let (least, most) = reached.fold((none, none), |(least, most), payoff| {
                    (least.min(payoff), most.max(payoff))
                });
                prop_assume!(most > least);
                let scale = weight.value.central() / (most - least);
                for row in &rows {
                    let expected = scale * row.nation_margin_warranted[i];
                    prop_assert!((row.leader_margin_warranted[i] - expected).abs() < 1e-9);
                }
            }
            Ok(())
        },
    );
    trial.for_all(
        "Ω = 0: nothing that is prudent fails at home",
        1_000,
        (1..=8_u8, -4..=8_i8, 1..=7_u8, 0..3_usize),
        |(gain, exposure, trust, curve)| {
            let mut home = deal::rent_from_enmity(1.0);
            home["office_stake"] = 0.into();
            home["curve"] = ["logit", "probit", "cauchy"][curve].into();
            let side = Side {
                gain: f64::from(gain),
                exposure: f64::from(exposure),
                trust: f64::from(trust) / 8.0,
                home: Some(home),
                ..Side::default()
            };
            let found = central(&deal::case(&side, &Side::default(), &[]).map_err(refused)?)?;
            let [prudent, affordable] = [Stage::Prudent, Stage::AffordableAtHome]
                .map(|stage| found.funnel[stage as usize].survivors);
            prop_assert_eq!(prudent, affordable);
            Ok(())
        },
    );
}
