//! The cases that ship: that they are whole, that they cite what they rest on, and that what is
//! known of them from outside comes out. Verdicts of the cases coded by judgement are no
//! expectation of ours: they are reported as they come.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_cmp,
    reason = "helpers of a test may panic, and coded numbers are copied, not computed"
)]

use std::collections::{BTreeMap, BTreeSet};

use detente::{
    Assessment, Case, Options, assess,
    assessment::{Barrier, SCHEMA, Stage, Verdict},
    case::{Act, Number},
    decode::{Palette, Source},
    library,
};
use serde_json::Value;

fn assessed(case: &Case, draws: usize) -> Assessment {
    let options = Options {
        draws,
        ..Options::default()
    };
    assess(case, &options).unwrap()
}

fn shipped() -> impl Iterator<Item = (&'static str, Case)> {
    library::ids().map(|id| (id, library::case(id).unwrap()))
}

#[test]
fn every_case_is_read_assessed_and_written() {
    for (id, case) in shipped() {
        assert_eq!(case.identity.id, id);
        let written = serde_json::to_string(&case).unwrap();
        let again = Case::read(&Source::new("again.json", written)).unwrap();
        assert_eq!(again, case, "{id}");
        let assessment = assessed(&case, 200);
        let text = serde_json::to_string(&assessment).unwrap();
        let repeated = serde_json::to_string(&assessed(&again, 200)).unwrap();
        assert_eq!(text, repeated, "{id}");
    }
}

#[test]
fn cases_stand_in_the_order_of_their_dates() {
    let dates: Vec<_> = shipped()
        .map(|(_, case)| case.identity.decided.unwrap().value)
        .collect();
    assert!(dates.is_sorted());
}

#[test]
fn the_template_is_a_case() {
    let read = Case::read(&Source::new("TEMPLATE.toml", library::TEMPLATE));
    let case = read.unwrap_or_else(|faults| panic!("{}", faults.render(&Palette::PLAIN)));
    assert_eq!(assessed(&case, 50).funnel.len(), 6);
}

#[test]
fn every_number_has_a_source_or_a_reason() {
    for (id, case) in shipped() {
        let evidence = assessed(&case, 0).evidence;
        assert_eq!(evidence.unsourced, Vec::<String>::new(), "{id}");
        assert_eq!(evidence.sourced + evidence.judged, evidence.numbers, "{id}");
    }
}

/// Every word that stands under `source` outside the table of sources.
fn cited(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(table) => {
            for (key, value) in table {
                match value {
                    Value::Array(keys) if key == "source" => {
                        found.extend(keys.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => cited(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| cited(value, found)),
        _ => {}
    }
}

#[test]
fn sources_that_are_cited_are_declared() {
    for (id, case) in shipped() {
        let mut file = serde_json::to_value(&case).unwrap();
        file.as_object_mut().unwrap().remove("source");
        let mut found = BTreeSet::new();
        cited(&file, &mut found);
        assert!(found.iter().all(|key| case.sources.contains(key)), "{id}");
        assert!(case.sources.values().all(|source| !source.cite.is_empty()));
    }
}

/// Likelihoods by class of act, from the coding protocol: low, mode and high from a type that
/// keeps, then from one that cheats.
const RUBRIC: [(&str, [f64; 6]); 10] = [
    ("K0", [0.40, 0.50, 0.60, 0.35, 0.45, 0.60]),
    ("K1", [0.40, 0.50, 0.60, 0.30, 0.40, 0.55]),
    ("K2", [0.40, 0.50, 0.60, 0.20, 0.30, 0.45]),
    ("K3", [0.30, 0.40, 0.50, 0.20, 0.30, 0.45]),
    ("K4", [0.30, 0.40, 0.50, 0.10, 0.20, 0.35]),
    ("K5", [0.30, 0.40, 0.50, 0.05, 0.10, 0.25]),
    ("H0", [0.30, 0.40, 0.50, 0.35, 0.50, 0.65]),
    ("H1", [0.20, 0.30, 0.40, 0.30, 0.45, 0.60]),
    ("H2", [0.10, 0.20, 0.30, 0.25, 0.40, 0.55]),
    ("H3", [0.05, 0.10, 0.20, 0.25, 0.40, 0.60]),
];

/// The class in an act's note: `coder's judgement: K1: …`.
fn class(act: &Act) -> &str {
    let note = act.provenance.note.as_deref().unwrap_or_default();
    note.split(": ").nth(1).unwrap_or_default()
}

fn ends(number: &Number) -> [f64; 3] {
    let (low, high) = number.value.support();
    [low, number.value.central(), high]
}

#[test]
fn acts_are_as_likely_as_their_class() {
    let rubric = BTreeMap::from(RUBRIC);
    let mut looked_at = 0;
    for (id, case) in shipped() {
        for act in &case.acts {
            // An act off the table says in its note why, instead of its class.
            let (Some(row), Some(likelihood)) = (rubric.get(class(act)), &act.likelihood) else {
                continue;
            };
            let [keeps, cheats] = ["keeps", "cheats"].map(|kind| likelihood.types.get(kind));
            let coded = [ends(keeps.unwrap()), ends(cheats.unwrap())].concat();
            assert_eq!(row.as_slice(), coded, "{id}: {}", act.id);
            looked_at += 1;
        }
    }
    assert!(looked_at > 40, "{looked_at} acts of a class");
}

#[test]
fn reykjavik_and_inf_share_their_tables_and_not_their_rules() {
    let [reykjavik, inf] = ["reykjavik-1986", "inf-1987"].map(|id| library::case(id).unwrap());
    assert_eq!(reykjavik.issues, inf.issues);
    assert!(reykjavik.parties.names().eq(inf.parties.names()));
    for (one, other) in reykjavik.parties.values().zip(inf.parties.values()) {
        assert_eq!(one.payoff, other.payoff);
        assert_eq!(one.exposure, other.exposure);
        assert_eq!(one.temptation, other.temptation);
        assert_eq!(one.types, other.types);
        assert_eq!(one.nonagreement, other.nonagreement);
        assert_eq!(one.detection, other.detection);
    }
    assert_ne!(reykjavik.forbidden, inf.forbidden);
    // The earlier record is part of the later one.
    assert!(reykjavik.acts.iter().all(|act| inf.acts.contains(act)));
    assert!(inf.acts.len() > reykjavik.acts.len());
}

/// The states of the Euphrates dispute by their usual codes, best first; nonagreement is state 6.
/// From the rankings of the case in the graph model (Hipel, Kilgour and Kinsara 2014).
const SYRIA: [u8; 6] = [0, 2, 6, 1, 4, 5];
const IRAQ: [u8; 6] = [1, 4, 6, 0, 5, 2];

#[test]
fn no_state_of_the_euphrates_dispute_is_better_for_both() {
    let better = |ranking: [u8; 6]| -> BTreeSet<u8> {
        ranking
            .into_iter()
            .take_while(|&state| state != 6)
            .collect()
    };
    assert_eq!(better(SYRIA), BTreeSet::from([0, 2]));
    assert_eq!(better(IRAQ), BTreeSet::from([1, 4]));

    let assessment = assessed(&library::case("euphrates-1975").unwrap(), 0);
    assert_eq!(assessment.verdict.central, Verdict::ConflictOfInterest);
    let survivors: Vec<u64> = assessment.funnel.iter().map(|it| it.survivors).collect();
    assert_eq!(survivors, [6, 0, 0, 0, 0, 0]);
    assert_eq!(assessment.attribution, None);
    let not_coded = &assessment.verdict.not_coded;
    assert!(not_coded.iter().all(|it| it.altogether));
    assert!(
        not_coded
            .iter()
            .map(|it| it.barrier)
            .eq(Barrier::ALL[1..].iter().copied())
    );
}

#[test]
fn each_side_of_the_euphrates_ranks_as_published() {
    let model = detente::Model::compile(&library::case("euphrates-1975").unwrap()).unwrap();
    let rows = detente::table(&model, &Options::default()).unwrap();
    let code = |terms: &detente::case::Terms| -> u8 {
        let syria = match terms.get("syria").unwrap().as_str() {
            "release" => 1,
            "escalate" => 2,
            _ => 0,
        };
        syria + 4 * u8::from(terms.get("iraq").unwrap() == "attack")
    };
    for (party, published) in [SYRIA, IRAQ].into_iter().enumerate() {
        let mut states: Vec<(f64, u8)> = rows
            .iter()
            .map(|row| (-row.payoff[party], code(&row.terms)))
            .collect();
        states.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(states.into_iter().map(|(_, state)| state).eq(published));
    }
}

#[test]
fn an_assessment_is_written_under_stable_keys() {
    const KEYS: [&str; 12] = [
        "schema",
        "subject",
        "verdict",
        "funnel",
        "record",
        "readings",
        "errors",
        "beliefs",
        "proposals",
        "attribution",
        "evidence",
        "reproducibility",
    ];
    for (id, case) in shipped() {
        let written = serde_json::to_value(assessed(&case, 20)).unwrap();
        let keys: Vec<&String> = written.as_object().unwrap().keys().collect();
        // What comes later may add keys; none of these may go.
        assert!(
            KEYS.iter().all(|key| keys.contains(&&(*key).to_owned())),
            "{id}: {keys:?}"
        );
        assert_eq!(written["schema"], SCHEMA, "{id}");
        let stages: Vec<&str> = written["funnel"]
            .as_array()
            .unwrap()
            .iter()
            .map(|stage| stage["set"].as_str().unwrap())
            .collect();
        let expected = [
            "all",
            "mutually_preferred",
            "self_enforcing",
            "prudent",
            "affordable_at_home",
            "perceived",
        ];
        assert_eq!(stages, expected, "{id}");
        assert_eq!(stages.len(), Stage::ALL.len());
        let verdicts = written["verdict"]["probabilities"].as_object().unwrap();
        let sum: f64 = verdicts.values().filter_map(Value::as_f64).sum();
        assert_eq!(verdicts.len(), Verdict::ALL.len(), "{id}");
        assert!((sum - 1.0).abs() < 1e-12, "{id}");
    }
}

#[test]
fn an_unknown_case_is_answered_with_the_nearest() {
    let error = library::case("reykjavik-1968").unwrap_err();
    assert!(
        error
            .to_string()
            .contains("did you mean \"reykjavik-1986\""),
        "{error}"
    );
}
