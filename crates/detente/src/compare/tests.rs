use super::*;
use crate::{
    Case,
    assessment::{Comparison, DivisionMethod, Presence},
    library,
};

/// The case of Reykjavik with some of its text replaced.
fn recoded(changes: &[(&str, &str)]) -> Model {
    let mut text = library::text("reykjavik-1986").unwrap().to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    Model::compile(&Case::from_text("recoded.toml", &text).unwrap()).unwrap()
}

fn compared(first: &Model, second: &Model, draws: usize) -> Comparison {
    let codings = [first, second].map(|model| Coding { name: "x", model });
    let options = Options {
        draws,
        ..Options::default()
    };
    compare(&codings, &options).unwrap()
}

const TESTING: (&str, &str) = (
    "ten-years-treaty-testing = { low = -3, mode = -1, high = 0.5 }",
    "ten-years-treaty-testing = { low = -8, mode = -7, high = -5 }",
);
const HALF: (&str, &str) = (
    "half = { low = 4, mode = 6.5, high = 8.5 }",
    "half = { low = 4, mode = 5, high = 8.5 }",
);
const TRUTH: [(&str, &str); 2] = [
    (
        "keeps = { value = 0.9, source",
        "keeps = { value = 0.8, source",
    ),
    (
        "cheats = { value = 0.1, note",
        "cheats = { value = 0.2, note",
    ),
];
const ACT: (&str, &str) = ("id = \"testing-halt\"", "id = \"testing-pause\"");

#[test]
fn a_coding_does_not_differ_from_itself_nor_by_words_alone() {
    let model = recoded(&[]);
    let noted = recoded(&[
        ("leader = \"Ronald Reagan\"", "leader = \"The President\""),
        (
            "note = \"zero of the scale\"",
            "note = \"a zero\", coder = \"second\"",
        ),
    ]);
    for other in [&model, &noted] {
        let found = compared(&model, other, 20);
        let [difference] = found.differences.as_slice() else {
            unreachable!("one pair");
        };
        assert!(difference.is_none(), "{difference:?}");
        assert_eq!(difference.margin[0], difference.margin[1]);
        assert_eq!(difference.division.unwrap().sum, 0.0);
    }
}

#[test]
fn cases_of_their_own_are_only_put_side_by_side() {
    let other = Model::compile(&library::case("euphrates-1975").unwrap()).unwrap();
    let found = compared(&recoded(&[]), &other, 0);
    assert_eq!((found.codings.len(), found.differences.len()), (2, 0));
    assert_eq!(found.codings[0].within_reach, None);
}

#[test]
fn shares_sum_to_the_difference_and_a_swap_is_what_the_recoded_case_gives() {
    let first = recoded(&[]);
    let second = recoded(&[TESTING, HALF, TRUTH[0], TRUTH[1]]);
    let found = compared(&first, &second, 200);
    let difference = &found.differences[0];
    let names: Vec<&str> = difference
        .numbers
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "party.us.payoff.space.ten-years-treaty-testing",
            "party.us.payoff.strategic.half",
            "party.us.true_type",
        ]
    );
    assert!(difference.structure.is_empty() && difference.structure_effect.is_none());
    let division = difference.division.unwrap();
    assert_eq!(
        (division.method, division.evaluations),
        (DivisionMethod::Exact, 8)
    );
    assert!((division.sum - division.difference).abs() < 1e-12);
    assert_eq!(
        division.difference,
        difference.margin[1] - difference.margin[0]
    );
    // One at a time, against cases that were written so.
    for (place, changes) in [&[TESTING][..], &[HALF], &TRUTH].iter().enumerate() {
        let written = compared(&first, &recoded(changes), 200);
        let swap = difference.numbers[place].effect.forward.unwrap();
        assert_eq!(swap.margin, written.differences[0].margin[1], "{place}");
        assert_eq!(swap.verdict, written.codings[1].verdict.central);
        let reached = |it: usize| written.codings[it].within_reach.unwrap().estimate;
        let change = swap.within_reach.unwrap().change;
        assert!(
            (change - (reached(1) - reached(0))).abs() < 1e-12,
            "{place}"
        );
    }
    // The table of true types is exchanged as one, so that it sums to 1.
    assert_eq!(difference.numbers[2].values.len(), 2);
}

#[test]
fn what_goes_there_comes_back() {
    let (first, second) = (recoded(&[]), recoded(&[TESTING, HALF]));
    let there = &compared(&first, &second, 100).differences[0];
    let back = &compared(&second, &first, 100).differences[0];
    for (one, other) in there.numbers.iter().zip(&back.numbers) {
        assert_eq!(one.name, other.name);
        assert_eq!(one.effect.forward, other.effect.backward);
        let shares = one.effect.share.unwrap() + other.effect.share.unwrap();
        assert!(shares.abs() < 1e-12);
    }
}

#[test]
fn structure_is_listed_and_is_one_difference_among_the_others() {
    let first = recoded(&[]);
    let second = recoded(&[TESTING, ACT]);
    let difference = &compared(&first, &second, 50).differences[0];
    let listed: Vec<(&str, Presence)> = difference
        .structure
        .iter()
        .map(|it| (it.name.as_str(), it.presence))
        .collect();
    assert_eq!(
        listed,
        [
            ("act.testing-halt", Presence::First),
            ("act.testing-pause", Presence::Second),
        ]
    );
    let effect = difference.structure_effect.unwrap();
    // The same act by another name: nothing changes.
    assert_eq!(effect.forward.unwrap().change, 0.0);
    let numbers: f64 = difference
        .numbers
        .iter()
        .filter_map(|it| it.effect.share)
        .sum();
    let division = difference.division.unwrap();
    assert!((effect.share.unwrap() + numbers - division.difference).abs() < 1e-12);
}

#[test]
fn another_shape_and_a_missing_section_are_structure() {
    let text = library::text("reykjavik-1986").unwrap();
    let case = Case::from_text("x.toml", text).unwrap();
    let first = Model::compile(&case).unwrap();
    let mut changed = case;
    for party in changed.parties.values_mut().take(1) {
        party.bias = None;
        party.true_type = Some(crate::case::TrueType::Known("keeps".to_owned()));
    }
    let second = Model::compile(&changed).unwrap();
    let difference = &compared(&first, &second, 0).differences[0];
    let listed: Vec<(&str, Presence)> = difference
        .structure
        .iter()
        .map(|it| (it.name.as_str(), it.presence))
        .collect();
    assert_eq!(listed, [("party.us.bias", Presence::First)]);
    assert_eq!(difference.numbers[0].name, "party.us.true_type");
}

#[test]
fn more_than_ten_differences_are_divided_by_random_orders() {
    let text = library::text("reykjavik-1986").unwrap();
    // Every mode that is 0.5 of something becomes a little more.
    let many = text.replace("mode = 0.5,", "mode = 0.51,");
    let second = Model::compile(&Case::from_text("many.toml", &many).unwrap()).unwrap();
    let difference = &compared(&recoded(&[]), &second, 0).differences[0];
    assert!(
        difference.numbers.len() > 10,
        "{}",
        difference.numbers.len()
    );
    let division = difference.division.unwrap();
    assert_eq!(division.method, DivisionMethod::Sampled);
    assert!((division.sum - division.difference).abs() < 1e-9);
    let error = |it: &crate::assessment::NumberDifference| it.effect.standard_error;
    assert!(difference.numbers.iter().all(|it| error(it).is_some()));
}

const EXACT: (&str, &str) = (TESTING.0, "ten-years-treaty-testing = -7");

/// The case of Reykjavik with some of its text replaced and some of its numbers going together.
fn correlated(changes: &[(&str, &str)], pairs: &[[&str; 2]]) -> Model {
    let mut text = library::text("reykjavik-1986").unwrap().to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    for [one, other] in pairs {
        text += &format!("\n[[correlation]]\nbetween = [\"{one}\", \"{other}\"]\nrank = 0.6\n");
    }
    Model::compile(&Case::from_text("correlated.toml", &text).unwrap()).unwrap()
}

/// One of three numbers that go together becomes exact: the other two still do.
#[test]
fn an_exact_number_in_the_place_of_a_correlated_one_leaves_the_rest_as_it_was() {
    let us = [
        "party.us.payoff.space.ten-years-treaty-testing",
        "party.us.payoff.strategic.half",
        "party.us.payoff.inf.global-double-zero",
    ];
    let (one, other) = ([us[0], us[1]], [us[1], us[2]]);
    for rest in [&[other][..], &[]] {
        let first = correlated(&[], &[&[one], rest].concat());
        let second = correlated(&[EXACT], rest);
        let found = compared(&first, &second, 400);
        let difference = &found.differences[0];
        assert_eq!(difference.numbers[0].name, us[0]);
        let reached = |it: usize| found.codings[it].within_reach.unwrap().estimate;
        let swap = difference.numbers[0].effect.forward.unwrap();
        let change = swap.within_reach.unwrap().change;
        // The pair that is gone goes with its number, and the second coding is what is left.
        assert!((change - (reached(1) - reached(0))).abs() < 1e-12);
        assert!(change.abs() > 0.0);
        assert!(
            difference
                .structure_effect
                .unwrap()
                .backward
                .unwrap()
                .within_reach
                .is_some()
        );
    }
}

fn with(first: &Model, second: &Model, options: Options) -> Comparison {
    let codings = [first, second].map(|model| Coding { name: "x", model });
    compare(&codings, &options).unwrap()
}

fn swaps(found: &Comparison) -> [crate::assessment::Shift; 2] {
    let effect = found.differences[0].numbers[0].effect;
    [effect.forward, effect.backward].map(|it| it.unwrap().within_reach.unwrap())
}

/// Plain draws that stop early are the first of those that do not, so that both may be compared.
#[test]
fn with_a_precision_changes_are_on_the_draws_of_the_coding_that_was_changed() {
    let (first, second) = (recoded(&[]), recoded(&[TESTING]));
    let precise = Options {
        draws: 20_000,
        precision: Some(0.007),
        ..Options::default()
    };
    let found = with(&first, &second, precise);
    let draws = [0, 1].map(|it| found.codings[it].reproducibility.draws);
    assert_ne!(draws[0], draws[1]);
    for (place, draws) in draws.into_iter().enumerate() {
        let plain = compared(&first, &second, draws);
        let (change, expected) = (swaps(&found)[place].change, swaps(&plain)[place].change);
        assert!((change - expected).abs() < 1e-12, "{change} {expected}");
        let reached = |found: &Comparison| found.codings[place].within_reach.unwrap().estimate;
        assert_eq!(reached(&found), reached(&plain));
    }
}

/// The replicates of plain draws, one after another, from runs that are each a replicate longer.
#[test]
fn a_change_has_the_error_of_replicates() {
    let (first, second) = (recoded(&[]), recoded(&[TESTING]));
    let eight = Options {
        draws: 2048,
        precision: Some(1.0),
        ..Options::default()
    };
    let sums: Vec<f64> = (1..=8)
        .map(|it| swaps(&compared(&first, &second, 256 * it))[0].change * (256 * it) as f64)
        .collect();
    let earlier = std::iter::once(&0.0).chain(&sums);
    let means: Vec<f64> = sums
        .iter()
        .zip(earlier)
        .map(|(to, from)| (to - from) / 256.0)
        .collect();
    let expected = detente_uncertainty::Replicates::of(&means)
        .unwrap()
        .standard_error;
    let found = swaps(&with(&first, &second, eight))[0].standard_error;
    assert!(
        (found - expected).abs() < 1e-9 && found > 0.0,
        "{found} {expected}"
    );
}

/// A type by an id with a dot in it.
fn dotted(keeps: &str, cheats: &str) -> Model {
    let text = format!(
        "
format = 1
[case]
id = 'dotted'
title = 'Ids with dots'
decided = 2000-06-30
outcome = 'agreement'
[issue.deal]
name = 'The deal'
option.no = 'No deal'
option.yes = 'A deal'
[party.east]
name = 'East'
nonagreement = 0
payoff.deal = {{ no = 0, yes = 2 }}
exposure.deal = {{ no = 0, yes = 1 }}
prior.west = {{ 'ke.eps' = 0.8 }}
[party.west]
name = 'West'
nonagreement = 0
detection = 0.9
true_type = {{ 'ke.eps' = {keeps}, cheats = {cheats} }}
payoff.deal = {{ no = 0, yes = 2 }}
exposure.deal = {{ no = 0, yes = 1 }}
temptation.deal = {{ no = 0, yes = 1 }}
type.'ke.eps' = {{ patience = 0.9 }}
type.cheats = {{ patience = 0.1, temptation_scale = 3 }}
"
    );
    Model::compile(&Case::from_text("dotted.toml", &text).unwrap()).unwrap()
}

#[test]
fn a_table_of_types_is_exchanged_as_one_whatever_its_ids() {
    let found = compared(&dotted("0.9", "0.1"), &dotted("0.7", "0.3"), 50);
    let [number] = found.differences[0].numbers.as_slice() else {
        unreachable!("{found:?}");
    };
    assert_eq!(number.name, "party.west.true_type");
    assert_eq!(number.values.len(), 2);
    assert!(number.effect.forward.is_some() && number.effect.backward.is_some());
}
