//! Rewrites, run again through the front door: every number that a rewrite names is written into
//! the case, and the edited case is read and assessed like any other.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use detente::{
    Aspect, Case, Model, Options, RewriteOptions, assess,
    assessment::{Measure, Rewrite, Rewrites, Verdict, Within},
    decode::Source,
    input_words, library, rewrite, strategies,
};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};

const CENTRAL: Options = Options {
    draws: 0,
    list_limit: 10,
    ..Options::DEFAULT
};

fn rewrites(case: &Case, asked: &RewriteOptions) -> Rewrites {
    rewrite(&Model::compile(case).unwrap(), &CENTRAL, asked).unwrap()
}

/// The case with the values of a rewrite in place of its numbers, as a file would hold it.
fn edited(case: &Case, rewrite: &Rewrite) -> Case {
    let mut value = serde_json::to_value(case).unwrap();
    for edit in &rewrite.edits {
        *number(&mut value, &edit.input) = json!({ "value": edit.to });
    }
    let text = serde_json::to_vec(&value).unwrap();
    Case::read(&Source::from_bytes("edited.json", &text)).unwrap()
}

/// The place of a number in the JSON of its case, by the number's name.
fn number<'v>(case: &'v mut Value, name: &str) -> &'v mut Value {
    if let Some((table, when)) = name.split_once(".interaction(") {
        let (party, schedule) = table
            .strip_prefix("party.")
            .unwrap()
            .split_once('.')
            .unwrap();
        let when: Value = when
            .trim_end_matches(')')
            .split(',')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(issue, option)| (issue.to_owned(), Value::from(option)))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let rows = case["party"][party][schedule]["interaction"].as_array_mut();
        let row = rows.unwrap().iter_mut().find(|row| row["when"] == when);
        return &mut row.unwrap()["add"];
    }
    let mut words = input_words(name).into_iter();
    let mut place = match words.next().unwrap() {
        "act" => {
            let id = words.next().unwrap();
            let rows = case["act"].as_array_mut().unwrap();
            rows.iter_mut().find(|row| row["id"] == id).unwrap()
        }
        table => &mut case[table],
    };
    for word in words {
        place = &mut place[word];
    }
    place
}

fn assert_turns(case: &Case, found: &Rewrites) {
    let agrees = |verdict: Verdict| verdict == Verdict::AgreementExpected;
    for rewrite in &found.changes.rewrites {
        let again = assess(&edited(case, rewrite), &CENTRAL).unwrap();
        assert_eq!(again.verdict.central, rewrite.verdict, "{rewrite:?}");
        assert_ne!(
            agrees(again.verdict.central),
            agrees(found.verdict),
            "{rewrite:?}"
        );
    }
}

#[test]
fn every_rewrite_of_the_shipped_cases_turns_the_answer_when_written_into_the_case() {
    let mut turned = 0;
    for id in library::ids() {
        let case = library::case(id).unwrap();
        let found = rewrites(&case, &RewriteOptions::default());
        assert_turns(&case, &found);
        turned += found.changes.rewrites.len();
    }
    assert!(turned >= 15, "{turned}");
}

#[test]
fn every_rewrite_of_generated_cases_turns_the_answer_both_ways() {
    let config = Config {
        cases: 150,
        max_shrink_iters: 0,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1997),
        ..Config::default()
    };
    let quick = RewriteOptions {
        effort: 200,
        ..RewriteOptions::default()
    };
    let turned = std::cell::Cell::new([0_usize; 2]);
    TestRunner::new(config)
        .run(&strategies::uncertain_case(), |case| {
            let found = rewrites(&case, &quick);
            assert_turns(&case, &found);
            let mut counts = turned.get();
            counts[usize::from(found.verdict == Verdict::AgreementExpected)] +=
                found.changes.rewrites.len();
            turned.set(counts);
            Ok(())
        })
        .unwrap();
    // So that the property is no empty one.
    assert!(
        turned.get().iter().all(|count| *count > 20),
        "{:?}",
        turned.get()
    );
}

/// One agreement, which the first party does not prefer unless it is worth more than nothing.
fn one_number(payoff: &str) -> Case {
    let text = format!(
        r#"
        format = 1
        [case]
        id = "one"
        title = "One number"
        decided = 2000-01-01
        outcome = "nonagreement"
        [issue.pact]
        name = "Pact"
        option.none = "None"
        option.sign = "Sign"
        [party.a]
        name = "A"
        nonagreement = 0
        payoff.pact = {{ none = -9, sign = {payoff} }}
        [party.b]
        name = "B"
        nonagreement = 0
        payoff.pact = {{ none = -9, sign = 1 }}
        "#
    );
    Case::read(&Source::from_bytes("one.toml", text.as_bytes())).unwrap()
}

#[test]
fn one_number_turns_just_beyond_the_threshold_at_its_closed_form_distance() {
    // Normal about −1 with standard deviation 2: nothing at half a standard deviation above.
    let case = one_number("{ normal = { mean = -1, sd = 2 } }");
    let found = rewrites(&case, &RewriteOptions::default());
    assert_eq!(found.verdict, Verdict::ConflictOfInterest);
    let only = &found.changes.rewrites[0];
    let edit = &only.edits[0];
    assert_eq!(only.within, Within::Aspect(Aspect::Interests));
    assert_eq!(
        (edit.input.as_str(), edit.from),
        ("party.a.payoff.pact.sign", -1.0)
    );
    assert!(edit.to > 0.0 && edit.to <= 0.1, "{edit:?}");
    // Half a standard deviation to the threshold, and a little further to a round number.
    assert!(
        (edit.distance - (edit.to + 1.0) / 2.0).abs() < 1e-9,
        "{edit:?}"
    );
    // P(N(−1, 2) > 0) = Φ(−½).
    let beta = found.reliability.beta.unwrap();
    assert!((beta + 0.5).abs() < 1e-6, "{beta}");
    assert!((found.reliability.first_order.unwrap() - 0.308_537_538_7).abs() < 1e-6);
    // From −1 to the 97.5% quantile, 2.92, the threshold lies at 1/3.92 of the way.
    let robustness = found.robustness.unwrap();
    assert!(robustness.exact_if_monotone);
    assert!((robustness.radius.unwrap() - 1.0 / (2.0 * 1.959_963_984_540_054)).abs() < 1e-4);
}

#[test]
fn a_lopsided_range_is_measured_on_the_side_of_the_change() {
    // Triangular from −1 by −0.5 to 3: above the mode the chance of more than x is (3 − x)²/(3.5 × 4),
    // as a share of that side's chance ((3 − x)/3.5)².
    let case = one_number("{ low = -1, mode = -0.5, high = 3 }");
    let found = rewrites(&case, &RewriteOptions::default());
    let edit = &found.changes.rewrites[0].edits[0];
    let tail = 0.5 * ((3.0 - edit.to) / 3.5).powi(2);
    let normal = detente::uncertainty::Uncertain::normal(0.0, 1.0).unwrap();
    let z = normal.quantile(1.0 - tail);
    assert!((edit.distance - z).abs() < 1e-9, "{} {z}", edit.distance);
    assert!(edit.to > 0.0 && edit.to < 0.1, "{edit:?}");
}

#[test]
fn an_answer_that_nothing_turns_has_no_rewrite() {
    let found = rewrites(
        &one_number("{ low = -3, mode = -2, high = -1 }"),
        &RewriteOptions::default(),
    );
    assert!(found.changes.rewrites.is_empty());
    assert_eq!(
        found.changes.fruitless.len(),
        5,
        "{:?}",
        found.changes.fruitless
    );
    assert_eq!(found.robustness.unwrap().radius, None);
    let exact = rewrites(&one_number("-2"), &RewriteOptions::default());
    assert!(exact.changes.rewrites.is_empty() && exact.robustness.is_none());
}

#[test]
fn what_is_held_is_not_rewritten_and_unknown_names_are_refused() {
    let case = library::case("reykjavik-1986").unwrap();
    let held = RewriteOptions {
        hold: vec!["party.us".to_owned(), "act".to_owned()],
        ..RewriteOptions::default()
    };
    let found = rewrites(&case, &held);
    let edits = found
        .changes
        .rewrites
        .iter()
        .flat_map(|rewrite| &rewrite.edits);
    assert!(edits.clone().count() > 0);
    assert!(
        edits
            .clone()
            .all(|edit| edit.input.starts_with("party.ussr."))
    );
    let only = RewriteOptions {
        only: vec!["party.us.bias".to_owned(), "party.us.prior".to_owned()],
        ..RewriteOptions::default()
    };
    let found = rewrites(&case, &only);
    assert!(!found.changes.rewrites.is_empty());
    assert!(
        found
            .changes
            .rewrites
            .iter()
            .flat_map(|it| &it.edits)
            .all(|edit| edit.aspect == Aspect::Beliefs)
    );
    let wrong = RewriteOptions {
        hold: vec!["party.us.biass".to_owned()],
        ..RewriteOptions::default()
    };
    let error = rewrite(&Model::compile(&case).unwrap(), &CENTRAL, &wrong).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("did you mean \"party.us.bias\"?"),
        "{error}"
    );
}

#[test]
fn beliefs_come_before_payoffs_and_anything_last() {
    let found = rewrites(
        &library::case("reykjavik-1986").unwrap(),
        &RewriteOptions::default(),
    );
    let rank = |within: &Within| match within {
        Within::Aspect(aspect) => *aspect as usize,
        Within::Party(_) => 10,
        Within::Anything(Measure::Fewest) => 11,
        Within::Anything(Measure::Sum) => 12,
        Within::Anything(Measure::Likeliest) => 13,
    };
    let ranks: Vec<usize> = found
        .changes
        .rewrites
        .iter()
        .map(|it| rank(&it.within))
        .collect();
    assert!(ranks.is_sorted(), "{ranks:?}");
    assert_eq!(
        ranks.first(),
        Some(&0),
        "a change of beliefs alone is told first"
    );
}

#[test]
fn each_measure_is_least_by_its_own_rule() {
    for id in ["reykjavik-1986", "open-skies-1955", "inf-1987"] {
        let found = rewrites(&library::case(id).unwrap(), &RewriteOptions::default());
        let all = &found.changes.rewrites;
        let least = |of: &dyn Fn(&Rewrite) -> f64| all.iter().map(of).fold(f64::INFINITY, f64::min);
        let by = |measure| all.iter().find(|it| it.within == Within::Anything(measure));
        // A change that another search found as well stands under that one's name. Rounding takes
        // every number a little further.
        if let Some(likeliest) = by(Measure::Likeliest) {
            assert!(
                likeliest.length <= 1.1 * least(&|it| it.length) + 0.1,
                "{id}"
            );
        }
        if let Some(sum) = by(Measure::Sum) {
            assert!(
                sum.sum <= 1.2 * least(&|it| it.sum) + 0.1,
                "{id}: {}",
                sum.sum
            );
        }
        if let Some(fewest) = by(Measure::Fewest) {
            assert!(
                fewest.edits.len() as f64 <= least(&|it| it.edits.len() as f64),
                "{id}"
            );
        }
        for rewrite in all {
            let squares: f64 = rewrite.edits.iter().map(|edit| edit.distance.powi(2)).sum();
            assert!((squares.sqrt() - rewrite.length).abs() < 1e-9);
            let further =
                |edit: &detente::assessment::Edit| (edit.to > edit.from) == (edit.distance > 0.0);
            assert!(rewrite.edits.iter().all(further), "{rewrite:?}");
        }
    }
}

/// A case whose ids hold dots, with three types of which all or all but one get a probability.
fn dotted(prior: &str) -> Case {
    let text = format!(
        r#"
        format = 1
        [case]
        id = "dotted"
        title = "Ids with dots"
        decided = 2000-01-01
        outcome = "nonagreement"
        [issue."p.act"]
        name = "Pact"
        option.none = "None"
        option."si.gn" = "Sign"
        [party."a.1"]
        name = "A"
        nonagreement = 0
        payoff."p.act" = {{ none = -9, "si.gn" = 4 }}
        exposure."p.act" = {{ none = 0, "si.gn" = 4 }}
        prior."b.2" = {prior}
        [party."b.2"]
        name = "B"
        nonagreement = 0
        payoff."p.act" = {{ none = -9, "si.gn" = 4 }}
        temptation."p.act" = {{ none = 0, "si.gn" = 1 }}
        detection = 1
        type."k.eep" = {{ patience = 0.9 }}
        type.cheat = {{ patience = 0.1 }}
        type.worse = {{ patience = 0.05 }}
        true_type = {{ "k.eep" = {{ low = 0.7, mode = 0.8, high = 0.9 }}, worse = 0 }}
        "#
    );
    Case::read(&Source::from_bytes("dotted.toml", text.as_bytes())).unwrap()
}

#[test]
fn ids_may_hold_dots_and_probabilities_of_all_types_still_sum_to_one() {
    let all = r#"{ "k.eep" = { low = 0.2, mode = 0.4, high = 0.8 }, cheat = { low = 0.1, mode = 0.3, high = 0.5 }, worse = { low = 0.1, mode = 0.3, high = 0.5 } }"#;
    let case = dotted(all);
    let found = rewrites(&case, &RewriteOptions::default());
    assert_eq!(found.verdict, Verdict::PrudentDistrust);
    assert_turns(&case, &found);
    let beliefs = &found.changes.rewrites[0];
    assert_eq!(beliefs.within, Within::Aspect(Aspect::Beliefs));
    let sum: f64 = beliefs.edits.iter().map(|edit| edit.to).sum();
    assert_eq!(beliefs.edits.len(), 3, "{beliefs:?}");
    assert!((sum - 1.0).abs() < 1e-9, "{beliefs:?}");
    let edits = found.changes.rewrites.iter().flat_map(|it| &it.edits);
    assert!(
        edits.into_iter().all(|edit| edit.aspect == Aspect::Beliefs),
        "true types are facts"
    );
    // The side of A holds the same numbers, so its change is the same and told once.
    assert!(
        !found
            .changes
            .fruitless
            .contains(&Within::Party("a.1".to_owned()))
    );
    // Where one of them is held, or exact, none can move.
    let held = RewriteOptions {
        hold: vec![r#"party."a.1".prior."b.2".worse"#.to_owned()],
        ..RewriteOptions::default()
    };
    let found = rewrite(&Model::compile(&case).unwrap(), &CENTRAL, &held);
    let refused = found.unwrap_err().to_string();
    assert!(refused.contains("left to change"), "{refused}");
    let exact = r#"{ "k.eep" = { low = 0.2, mode = 0.4, high = 0.8 }, cheat = 0.3, worse = 0.3 }"#;
    assert!(
        rewrites(&dotted(exact), &RewriteOptions::default())
            .changes
            .rewrites
            .is_empty()
    );
}

#[test]
fn discrete_numbers_take_values_that_the_coder_gave() {
    let case = one_number(
        "{ discrete = [{ value = -3.217, weight = 0.2 }, { value = -1, weight = 0.5 }, { value = 1.2345, weight = 0.3 }] }",
    );
    let found = rewrites(&case, &RewriteOptions::default());
    assert!((found.changes.rewrites[0].edits[0].to - 1.2345).abs() < 1e-15);
}
