//! The library against the model computed a second time, on thousands of generated cases.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "helpers of a test may panic, and v is exactly 0 or 1"
)]

use std::{cell::Cell, collections::BTreeSet};

use detente::{
    Assessment, Case, Model, Options, assess,
    assessment::{AgreementSet, Verdict},
    case::{History, Terms},
    strategies, table,
};
use detente_tests::{
    by_the_page::{Page, page},
    property::check,
};
use proptest::prelude::*;

const CASES: u32 = 8_000;

#[test]
fn the_library_says_what_the_page_says() {
    let (met, close) = (Cell::new([0_u32; 6]), Cell::new(0_u32));
    let options = Options {
        draws: 0,
        ..Options::default()
    };
    check(CASES, strategies::case(), |case| {
        let page = page(&case).unwrap();
        same_numbers(&case, &page, &options)?;
        if page.close {
            close.set(close.get() + 1);
            return Ok(());
        }
        let assessment = assess(&case, &options).unwrap();
        let mut count = met.get();
        count[assessment.verdict.central as usize] += 1;
        met.set(count);
        same_sets(&case, &page, &assessment)?;
        same_shares(&page, &assessment)
    });
    assert!(met.get().iter().all(|&count| count > 2), "{:?}", met.get());
    assert!(close.get() < CASES / 6, "{} cases left out", close.get());
}

fn same_numbers(case: &Case, page: &Page, options: &Options) -> Result<(), TestCaseError> {
    let model = Model::compile(case).unwrap();
    let rows = table(&model, options).unwrap();
    prop_assert_eq!(rows.len(), page.rows.len());
    for (computed, expected) in rows.iter().zip(&page.rows) {
        prop_assert_eq!(&computed.terms, &expected.terms);
        prop_assert_eq!(&computed.honours, &expected.honours);
        for (what, computed, expected) in [
            ("payoff", &computed.payoff, &expected.payoff),
            ("h", &computed.trust_warranted, &expected.trust[0]),
            ("h held", &computed.trust_held, &expected.trust[1]),
            (
                "nation",
                &computed.nation_margin_warranted,
                &expected.nation[0],
            ),
            (
                "leader",
                &computed.leader_margin_warranted,
                &expected.leader[0],
            ),
            (
                "leader held",
                &computed.leader_margin_held,
                &expected.leader[1],
            ),
        ] {
            prop_assert_eq!(computed.len(), expected.len());
            let furthest = computed
                .iter()
                .zip(expected)
                .map(|(x, y)| (x - y).abs())
                .fold(0.0, f64::max);
            prop_assert!(
                furthest < 1e-9,
                "{}: {:?} for {:?}",
                what,
                computed,
                expected
            );
        }
    }
    Ok(())
}

fn same_sets(case: &Case, page: &Page, assessment: &Assessment) -> Result<(), TestCaseError> {
    let named = |places: &BTreeSet<usize>| -> Vec<Terms> {
        places
            .iter()
            .map(|&place| page.rows[place].terms.clone())
            .collect()
    };
    for (stage, expected) in assessment.funnel.iter().zip(&page.funnel) {
        prop_assert_eq!(&stage.agreements, &named(expected), "{:?}", stage.set);
        prop_assert_eq!(stage.survivors, expected.len() as u64);
    }
    let (readings, errors) = (&assessment.readings, &assessment.errors);
    let sets: [(&AgreementSet, &BTreeSet<usize>); 6] = [
        (&readings.compatible_preferences, &page.funnel[1]),
        (&readings.preferred_as_held, &page.preferred_as_held),
        (&readings.would_have_preferred, &page.would_have_preferred),
        (&errors.accepted_as_held, &page.accepted_as_held),
        (&errors.misplaced_trust, &page.misplaced_trust),
        (&errors.accepted_without_warrant, &page.without_warrant),
    ];
    for (set, expected) in sets {
        prop_assert_eq!(&set.agreements, &named(expected));
        prop_assert_eq!(set.count, expected.len() as u64);
    }
    let empty = page.funnel[1..].iter().position(BTreeSet::is_empty);
    let verdict = Verdict::ALL[empty.unwrap_or(5)];
    prop_assert_eq!(assessment.verdict.central, verdict);
    let expected = if page.accepted_as_held.is_empty() {
        History::Nonagreement
    } else {
        History::Agreement
    };
    let history = case.identity.outcome.as_ref().unwrap().value;
    prop_assert_eq!(assessment.record.expected, expected);
    prop_assert_eq!(assessment.record.explains_record, expected == history);
    Ok(())
}

fn same_shares(page: &Page, assessment: &Assessment) -> Result<(), TestCaseError> {
    let attribution = assessment.attribution.as_ref();
    prop_assert_eq!(attribution.is_some(), page.attribution.is_some());
    let (Some(computed), Some(expected)) = (attribution, &page.attribution) else {
        return Ok(());
    };
    let central = computed.central.as_ref().unwrap();
    prop_assert_eq!(central.len(), 16);
    for (name, &v) in central {
        prop_assert_eq!(v == 1.0, expected.v[set(name)], "v({})", name);
    }
    for (share, expected) in computed.shares.iter().zip(expected.shares) {
        prop_assert!(
            (share.central.unwrap() - expected).abs() < 1e-9,
            "{:?}",
            share
        );
    }
    let minimal: BTreeSet<usize> = (0..16)
        .filter(|&set| expected.v[set])
        .filter(|&set| !(0..set).any(|part| part & set == part && expected.v[part]))
        .collect();
    let listed: BTreeSet<usize> = computed
        .minimal_sets
        .iter()
        .map(|barriers| barriers.iter().map(|&it| 1 << (it as usize - 1)).sum())
        .collect();
    prop_assert_eq!(listed, minimal);
    Ok(())
}

/// The set of barriers that a name such as `anarchy+misperception` stands for.
fn set(name: &str) -> usize {
    const NAMES: [&str; 4] = [
        "anarchy",
        "prudent_distrust",
        "domestic_legitimacy",
        "misperception",
    ];
    let parts: Vec<&str> = name.split('+').collect();
    NAMES
        .iter()
        .enumerate()
        .filter(|(_, it)| parts.contains(it))
        .map(|(bit, _)| 1 << bit)
        .sum()
}
