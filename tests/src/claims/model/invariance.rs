//! M-01 and M-07: what a case does not say with its numbers and its order.

use detente::{
    Assessment,
    strategies::{case, uncertain_case},
};
use proptest::prelude::*;
use serde_json::Value;

use super::{central, refused, run};
use crate::{
    Trial,
    transform::{answer, reordered, rescaled},
    worked::differences,
};

/// A case, one of its parties and a power of two.
fn scaled(
    cases: impl Strategy<Value = detente::Case>,
) -> impl Strategy<Value = (detente::Case, String, f64)> {
    (cases, any::<prop::sample::Index>(), -3..=3_i32).prop_map(|(case, party, exponent)| {
        let parties: Vec<String> = case.parties.names().map(str::to_owned).collect();
        let party = party.get(&parties).clone();
        (case, party, 2.0_f64.powi(exponent))
    })
}

/// The answer without margins, which are on the party's own scale.
fn unscaled(assessment: &Assessment) -> Value {
    let mut answer = answer(assessment);
    let series = answer["beliefs"].as_object_mut();
    for (_, series) in series.into_iter().flatten() {
        for lens in ["warranted", "held"] {
            for margin in ["nation_margin", "leader_margin"] {
                let place = format!("/threshold/{lens}/{margin}");
                series.pointer_mut(&place).map(Value::take);
            }
        }
    }
    let parties = answer["enforcement"]["parties"].as_array_mut();
    for party in parties.into_iter().flatten() {
        for kind in party["types"].as_array_mut().into_iter().flatten() {
            kind["margin"].take();
        }
    }
    // Parties of one name were told apart by those margins.
    if let Some(parties) = answer["enforcement"]["parties"].as_array_mut() {
        parties.sort_by_cached_key(Value::to_string);
    }
    answer
}

pub(super) fn affine_maps(trial: &mut Trial) {
    trial.for_all(
        "powers of two and whole shifts: nothing changes, not the last digit",
        1_500,
        (scaled(case()), -5..=5_i8),
        |((case, party, factor), shift)| {
            let Some(other) = rescaled(&case, &party, factor, f64::from(shift)) else {
                return Err(TestCaseError::fail("a number that cannot be mapped"));
            };
            prop_assert_eq!(unscaled(&central(&case)?), unscaled(&central(&other)?));
            Ok(())
        },
    );
    trial.for_all(
        "the same draws of ranges times a power of two",
        150,
        scaled(uncertain_case()),
        |(case, party, factor)| {
            let Some(other) = rescaled(&case, &party, factor, 0.0) else {
                return Err(TestCaseError::fail("a number that cannot be mapped"));
            };
            prop_assert_eq!(unscaled(&run(&case, 50)?), unscaled(&run(&other, 50)?));
            Ok(())
        },
    );
}

pub(super) fn orders(trial: &mut Trial) {
    trial.for_all(
        "another order of the file, the same answers by name",
        1_500,
        (case(), any::<u64>()),
        |(case, salt)| {
            let other = reordered(&case, salt).map_err(refused)?;
            let (one, other) = (answer(&central(&case)?), answer(&central(&other)?));
            let found = differences(&other, &one, 1e-12);
            prop_assert!(found.is_empty(), "{}", found.join("\n"));
            Ok(())
        },
    );
    trial.for_all(
        "what equals nonagreement for some party is only in the first set",
        1_000,
        case(),
        |case| {
            let assessment = central(&case)?;
            let Some(page) = crate::by_the_page::page(&case) else {
                return Err(TestCaseError::fail("a case that is not whole"));
            };
            for row in &page.rows {
                let mut payoffs = row.payoff.iter().zip(&row.nonagreement);
                let equal = payoffs.any(|(payoff, none)| (payoff - none).abs() <= 0.0);
                let further = &assessment.funnel[1..];
                let found = further
                    .iter()
                    .any(|stage| stage.agreements.contains(&row.terms));
                prop_assert!(!(equal && found), "{:?}", row);
            }
            Ok(())
        },
    );
}
