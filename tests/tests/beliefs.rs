//! What could be believed: the ledger against independent recomputation, and no hindsight in it.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may panic where a case that was valid no longer is"
)]

use detente::{
    Case, Model,
    beliefs::{
        ActSheet, BeliefOptions, BeliefRecord, BeliefsReport, Undivided, ViewReport, beliefs,
    },
    decode::{Format, Source},
    quantity::Probability,
    strategies::uncertain_case,
};
use detente_tests::property::check;
use proptest::{collection::vec, prelude::*};

fn of_case(case: &Case) -> BeliefsReport {
    let model = Model::compile(case).unwrap();
    beliefs(
        &BeliefRecord::of_case(&model).unwrap(),
        &BeliefOptions::default(),
    )
    .unwrap()
}

fn of_sheet(text: &str, options: &BeliefOptions) -> BeliefsReport {
    let sheet = ActSheet::read(text.as_bytes()).unwrap();
    beliefs(&BeliefRecord::of_sheet("a sheet", &sheet), options).unwrap()
}

/// Trust on a belief over the types of a view.
fn trust(view: &ViewReport, belief: &[f64]) -> f64 {
    let types = view.types.iter().zip(belief);
    let trusted = types.filter(|(it, _)| view.trusted.contains(&it.id));
    trusted.map(|(_, chance)| chance).sum()
}

fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// Decibels of log-odds.
fn decibels(log_odds: f64) -> f64 {
    10.0 * log_odds / 10.0_f64.ln()
}

#[test]
fn weights_add_up_to_what_beliefs_moved() {
    check(300, uncertain_case(), |case| {
        for view in of_case(&case).views {
            let prior = trust(&view, &view.prior);
            let open = |p: f64| p > 1e-6 && p < 1.0 - 1e-6;
            let trusts = view.ledger.iter().map(|row| row.trust.central);
            if !open(prior) || !trusts.clone().all(open) {
                continue;
            }
            let mut sum = decibels(logit(prior));
            for row in &view.ledger {
                prop_assert!((trust(&view, &row.warranted) - row.trust.central).abs() < 1e-9);
                sum += row.decibels.unwrap();
                prop_assert!((sum - decibels(logit(row.trust.central))).abs() < 1e-6);
            }
        }
        Ok(())
    });
}

#[test]
fn mechanisms_add_up_to_the_gap_between_held_and_warranted() {
    check(300, uncertain_case(), |case| {
        for view in of_case(&case).views {
            let mut gap = 0.0;
            for row in &view.ledger {
                let Some(read) = &row.read else { continue };
                let ends = [row.trust.central, read.trust];
                if ends.iter().any(|p| !(1e-6..1.0 - 1e-6).contains(p)) {
                    break;
                }
                let (Some(due), Some(given)) = (row.decibels, read.decibels) else {
                    break;
                };
                let added: f64 = read.added.iter().flatten().map(|it| it.decibels).sum();
                prop_assert!((given - due - added).abs() < 1e-6, "{given} {due} {added}");
                gap += added;
                let held = decibels(logit(read.trust) - logit(row.trust.central));
                prop_assert!((gap - held).abs() < 1e-5, "{gap} {held}");
            }
        }
        Ok(())
    });
}

#[test]
fn the_assessment_holds_the_same_ledger() {
    check(60, uncertain_case(), |case| {
        let options = detente::Options {
            draws: 0,
            ..Default::default()
        };
        let assessment = detente::assess(&case, &options).unwrap();
        for (view, series) in of_case(&case).views.iter().zip(&assessment.beliefs) {
            prop_assert_eq!(&view.trusted, &series.trusted);
            let weights: Vec<_> = series
                .points
                .iter()
                .filter_map(|it| it.weight.as_ref())
                .collect();
            prop_assert_eq!(weights, view.ledger.iter().collect::<Vec<_>>());
            for point in series.points.iter().skip(1) {
                let row = point.weight.as_ref().unwrap();
                let same = row.warranted.iter().zip(&point.warranted.types);
                prop_assert!(same.clone().all(|(one, other)| (one - other).abs() < 1e-12));
                prop_assert!(point.smoothed.is_some());
            }
        }
        Ok(())
    });
}

/// An act with a range of likelihoods for each of two types, and a day.
fn row() -> impl Strategy<Value = (u8, [f64; 2], [f64; 2])> {
    let range =
        || (0.05..0.95_f64, 0.0..0.3_f64).prop_map(|(low, more)| [low, (low + more).min(1.0)]);
    (1..=28_u8, range(), range())
}

fn sheet(rows: &[(u8, [f64; 2], [f64; 2])], prior: [f64; 2]) -> String {
    let mut text = String::from("date,observer,actor,good,bad\n");
    let [low, high] = prior;
    text += &format!("prior,a,b,{low}..{high},{}..{}\n", 1.0 - high, 1.0 - low);
    for (day, good, bad) in rows {
        text += &format!(
            "1990-01-{day:02},a,b,{}..{},{}..{}\n",
            good[0], good[1], bad[0], bad[1]
        );
    }
    text
}

#[test]
fn ranges_of_trust_are_what_their_corners_reach() {
    let inputs = (vec(row(), 1..5), 0.1..0.5_f64, 0.0..0.3_f64);
    check(400, inputs, |(mut rows, low, more)| {
        rows.sort_by_key(|row| row.0);
        let prior = [low, low + more];
        let found = of_sheet(&sheet(&rows, prior), &BeliefOptions::default());
        let end = found.views[0].ledger.last().unwrap().trust;
        // Every corner of the box of likelihoods and prior.
        let mut ends = [f64::INFINITY, f64::NEG_INFINITY];
        for corner in 0..1_u32 << (2 * rows.len() + 1) {
            let end = |bit: usize| (corner >> bit & 1) as usize;
            let start = prior[end(2 * rows.len())];
            let mut odds = start / (1.0 - start);
            for (place, (_, good, bad)) in rows.iter().enumerate() {
                odds *= good[end(2 * place)] / bad[end(2 * place + 1)];
            }
            let trust = odds / (1.0 + odds);
            ends = [ends[0].min(trust), ends[1].max(trust)];
        }
        prop_assert!((end.low.unwrap() - ends[0]).abs() < 1e-9);
        prop_assert!((end.high.unwrap() - ends[1]).abs() < 1e-9);
        Ok(())
    });
}

#[test]
fn the_situation_is_one_for_both_types() {
    // An act that tells nothing tells nothing, whatever the situation.
    let text = "date,observer,actor,forced,good,bad\nprior,a,b,,0.4,0.6\n\
                1990-01-01,a,b,0.1..0.6,0.3,0.3\n1990-01-02,a,b,0.1..0.4,0.7,0.4\n";
    let found = of_sheet(text, &BeliefOptions::default());
    let [blank, telling] = &found.views[0].ledger[..] else {
        unreachable!("two acts")
    };
    assert!(
        blank
            .decibels_range
            .unwrap()
            .iter()
            .all(|it| it.abs() < 1e-9)
    );
    let ratio = |s: f64| (s + (1.0 - s) * 0.7) / (s + (1.0 - s) * 0.4);
    for (end, s) in [(telling.trust.low, 0.4), (telling.trust.high, 0.1)] {
        let odds = 0.4 / 0.6 * ratio(s);
        assert!((end.unwrap() - odds / (1.0 + odds)).abs() < 1e-9);
    }
}

#[test]
fn a_bias_under_drift_is_not_called_no_bias() {
    let model = read(HOAX).unwrap();
    let record = BeliefRecord::of_case(&model).unwrap();
    let options = BeliefOptions {
        half_life: Some(1000.0),
        ..BeliefOptions::default()
    };
    // Retractions are exact for types that never change and evidence that never fades.
    assert!(beliefs(&record, &options).is_err());
    let biased = HOAX.replace("perseverance = 0.25", "evidence_weight = 0.5");
    let cut = biased.rfind("[[act]]").unwrap();
    let record = BeliefRecord::of_case(&read(&biased[..cut]).unwrap()).unwrap();
    let found = beliefs(&record, &options).unwrap();
    assert_eq!(found.views[0].ledger[0].read.as_ref().unwrap().added, None);
}

#[test]
fn later_acts_change_nothing_that_was_known() {
    let options = (0.0..0.5_f64, 0..4_u8);
    check(
        300,
        (vec(row(), 2..6), options),
        |(mut rows, (drift, half_life))| {
            rows.sort_by_key(|row| row.0);
            let forgets = half_life == 0;
            let options = BeliefOptions {
                drift: Probability::saturating(if forgets { 0.0 } else { drift }),
                half_life: forgets.then_some(30.0),
                ..BeliefOptions::default()
            };
            let all = of_sheet(&sheet(&rows, [0.3, 0.3]), &options);
            // Without the acts of the last day, which are read together.
            let last = rows.last().map(|row| row.0);
            let earlier: Vec<_> = rows
                .iter()
                .copied()
                .filter(|row| Some(row.0) != last)
                .collect();
            if earlier.is_empty() {
                return Ok(());
            }
            let some = of_sheet(&sheet(&earlier, [0.3, 0.3]), &options);
            let (all, some) = (&all.views[0], &some.views[0]);
            prop_assert_eq!(&all.ledger[..earlier.len()], &some.ledger[..]);
            for (one, other) in some.days.iter().zip(&all.days) {
                prop_assert_eq!(&one.predicted, &other.predicted);
                prop_assert_eq!(&one.filtered, &other.filtered);
            }
            Ok(())
        },
    );
}

/// A report of a massacre, and that it was false.
const HOAX: &str = r#"
format = 1

[case]
id = "hoax"
title = "A hoax"
question = "What was believed of it?"
summary = "A report that turned out false."
decided = 1990-06-01
outcome = "nonagreement"

[issue.treaty]
name = "A treaty"
option.none = "none"
option.signed = "signed"

[party.a]
name = "A"
nonagreement = 0
payoff.treaty = { none = 0, signed = 1 }
exposure.treaty = { none = 0, signed = 1 }
prior.b = { honest = 0.6, cheat = 0.4 }
bias = { perseverance = 0.25 }

[party.b]
name = "B"
nonagreement = 0
payoff.treaty = { none = 0, signed = 1 }
temptation.treaty = { none = 0, signed = 1 }
true_type = "honest"
detection = 1
type.honest = { name = "honest", patience = 0.9 }
type.cheat = { name = "cheat", patience = 0.1 }

[[act]]
id = "massacre"
date = 1990-01-01
actor = "b"
tone = "hostile"
event = "A massacre is reported"
likelihood = { honest = 0.05, cheat = 0.4 }

[[act]]
id = "hoax"
date = 1990-02-01
actor = "b"
event = "The report is found to be false"
retracts = "massacre"
"#;

fn read(text: &str) -> Result<Model, String> {
    let source =
        Source::from_bytes("hoax.toml".to_owned(), text.as_bytes()).with_format(Format::Toml);
    let case = Case::read(&source).map_err(|faults| faults.to_string())?;
    Model::compile(&case).map_err(|faults| faults.to_string())
}

#[test]
fn what_is_taken_back_leaves_a_bayesian_and_stays_with_those_who_persevere() {
    let model = read(HOAX).unwrap();
    let found = beliefs(
        &BeliefRecord::of_case(&model).unwrap(),
        &BeliefOptions::default(),
    )
    .unwrap();
    let view = &found.views[0];
    let [massacre, hoax] = &view.ledger[..] else {
        unreachable!("two acts")
    };
    assert!((massacre.decibels.unwrap() + decibels(8.0_f64.ln())).abs() < 1e-9);
    assert!((hoax.trust.central - 0.6).abs() < 1e-12);
    // A quarter of the discredited evidence stays (claim C-54).
    let held = logit(0.6) - 0.25 * 8.0_f64.ln();
    assert!((logit(hoax.read.as_ref().unwrap().trust) - held).abs() < 1e-9);
    assert_eq!(
        hoax.read.as_ref().unwrap().added.as_ref().unwrap()[0].mechanism,
        "belief perseverance"
    );
}

/// A case whose observer supposes weakness and overlooks costs, with one act that has a cost.
fn kelley(bias: &str) -> String {
    let cut = HOAX.rfind("[[act]]").unwrap();
    let first = HOAX.find("[[act]]").unwrap();
    let act = "[[act]]\nid = \"withdrawal\"\ndate = 1980-01-01\nactor = \"b\"\ntone = \"cooperative\"\n\
               event = \"A withdrawal\"\ncost = 3\nlikelihood = { honest = 0.26894, cheat = 0.04743 }\n";
    assert!(first <= cut);
    format!("{}{act}", &HOAX[..first]).replace("perseverance = 0.25", bias)
}

#[test]
fn supposed_causes_and_costs_are_read_from_the_case() {
    let trust = |bias: &str| {
        let model = read(&kelley(bias)).unwrap();
        let record = BeliefRecord::of_case(&model).unwrap();
        let found = beliefs(&record, &BeliefOptions::default()).unwrap();
        let [row] = &found.views[0].ledger[..] else {
            unreachable!("one act")
        };
        let read = row.read.clone().unwrap();
        let added: Vec<_> = read.added.unwrap().iter().map(|it| it.mechanism).collect();
        (row.trust.central, read.trust, added)
    };
    let posterior = |one: f64, other: f64| 0.6 * one / (0.6 * one + 0.4 * other);
    let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-4, "{one} {other}");
    // C-48: at cost 3 the ratio is 5.671; seen as if free, 1.762.
    let (warranted, held, added) = trust("augmentation = 0");
    near(warranted, posterior(5.671, 1.0));
    near(held, posterior(1.762, 1.0));
    assert_eq!(added, ["misjudged cost"]);
    let (_, held, added) = trust("discounting = { cooperative = 0.3 }");
    let seen = |q: f64| 0.3 + 0.7 * q;
    near(held, posterior(seen(0.26894), seen(0.04743)));
    assert_eq!(added, ["discounting to a supposed cause"]);
    // A ratio leaves no room for a cost.
    let ratio = kelley("augmentation = 0").replace("likelihood =", "likelihood_ratio =");
    let faults = read(&ratio).unwrap_err().to_string();
    assert!(
        faults.contains("`cost` beside a likelihood ratio"),
        "{faults}"
    );
}

/// The page of a case in which distrust of .4 meets one concession of ratio 3, read under a bias. A treaty that
/// wins 1 if kept and costs 1 if not is accepted above one half.
fn after_a_concession(bias: &str) -> BeliefsReport {
    let prior = "prior.b = { honest = 0.6, cheat = 0.4 }";
    let text = kelley(bias)
        .replace(prior, "prior.b = { honest = 0.4, cheat = 0.6 }")
        .replace("cost = 3\n", "")
        .replace("0.26894", "0.6")
        .replace("0.04743", "0.2");
    let record = BeliefRecord::of_case(&read(&text).unwrap()).unwrap();
    beliefs(&record, &BeliefOptions::default()).unwrap()
}

#[test]
fn the_level_of_a_bias_that_turns_the_answer_is_found() {
    let found = after_a_concession("evidence_weight = 0.25");
    let answer = found.views[0].answer.clone().unwrap();
    assert!(answer.warranted && !answer.held);
    let [flip] = &answer.flips.unwrap()[..] else {
        unreachable!("one number is off its neutral value")
    };
    assert_eq!(
        (flip.parameter, flip.value),
        ("weight on the evidence", 0.25)
    );
    let needed = 1.5_f64.ln() / 3.0_f64.ln();
    assert!((flip.turns_at.unwrap() - needed).abs() < 1e-9, "{flip:?}");
    let [[low, high]] = flip.turned[..] else {
        unreachable!("more weight never turns it back")
    };
    assert!(
        (low - needed).abs() < 1e-9 && (high - flip.highest).abs() < 1e-12,
        "{flip:?}"
    );
    assert_eq!(found.views[0].undivided, None);
    // A number that is coded at its neutral value is tried too.
    let both = after_a_concession("evidence_weight = 0.25, valence = { cooperative = 1 }");
    let flips = both.views[0].answer.clone().unwrap().flips.unwrap();
    let tried: Vec<(&str, f64)> = flips.iter().map(|it| (it.parameter, it.value)).collect();
    let expected = [
        ("weight on the evidence", 0.25),
        ("weight on cooperative acts", 1.0),
        ("weight on hostile acts", 1.0),
    ];
    assert_eq!(tried, expected);
    let added = found.views[0].added.clone().unwrap();
    assert_eq!(added.len(), 1);
    assert!((added[0].decibels + 0.75 * decibels(3.0_f64.ln())).abs() < 1e-9);
    // A need that is not met at any level: what is believed already is heard in full.
    let found = after_a_concession("bad_faith = true");
    let answer = found.views[0].answer.clone().unwrap();
    assert_eq!((answer.held, answer.flips), (false, Some(Vec::new())));
    // Nobody's answer is looked at without a bias.
    assert_eq!(found.views.get(1).and_then(|it| it.answer.clone()), None);
}

#[test]
fn why_a_loss_is_not_divided_is_told() {
    let text = kelley("evidence_weight = 0.25");
    let record = BeliefRecord::of_case(&read(&text).unwrap()).unwrap();
    let undivided = |options: &BeliefOptions| {
        let found = beliefs(&record, options).unwrap();
        assert_eq!(
            found.views[0].added.is_none(),
            found.views[0].undivided.is_some()
        );
        found.views[0].undivided
    };
    let asked = |trust: &[&str], drift: f64| BeliefOptions {
        trust: trust.iter().map(|it| (*it).to_owned()).collect(),
        drift: Probability::new(drift).unwrap(),
        ..BeliefOptions::default()
    };
    assert_eq!(undivided(&asked(&[], 0.0)), None);
    assert_eq!(undivided(&asked(&[], 0.1)), Some(Undivided::Changing));
    assert_eq!(
        undivided(&asked(&["honest", "cheat"], 0.0)),
        Some(Undivided::OneSided)
    );
}

#[test]
fn misreadings_by_chance_have_a_range_and_a_mean() {
    let found = after_a_concession("expectation = { misreading = 0.25 }");
    let view = &found.views[0];
    let misread = view.misread.unwrap();
    // Seen for what it was the concession carries .4 to 2/3; misread, to 2/11.
    assert!((misread.low - 2.0 / 11.0).abs() < 1e-12, "{misread:?}");
    assert!((misread.high - 2.0 / 3.0).abs() < 1e-12);
    assert!((misread.accepts.unwrap() - 0.75).abs() < 1e-12);
    let held = view.ledger[0].read.as_ref().unwrap().trust;
    assert!((logit(held) - (logit(0.4) + 0.5 * 3.0_f64.ln())).abs() < 1e-9);
    let flips = view.answer.clone().unwrap().flips.unwrap();
    let turns = flips
        .iter()
        .find(|it| it.parameter == "chance of a misreading");
    // The mean reading gives (1 − 2q) of the evidence.
    let needed = (1.0 - 1.5_f64.ln() / 3.0_f64.ln()) / 2.0;
    assert!((turns.unwrap().turns_at.unwrap() - needed).abs() < 1e-9);
    assert_eq!(after_a_concession("need = 1").views[0].misread, None);
}

#[test]
fn an_impossible_act_is_named_by_its_line() {
    let sheet = "date,observer,actor,act,clue,guilty,innocent\n\
                 1990-01-01,court,suspect,is seen,,1,0\n\
                 1990-01-02,court,suspect,vanishes,,0,1\n";
    let sheet = ActSheet::read(sheet.as_bytes()).unwrap();
    let record = BeliefRecord::of_sheet("a trial", &sheet);
    let error = beliefs(&record, &BeliefOptions::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("line 3 is impossible under every type"),
        "{error}"
    );
}

#[test]
fn what_cannot_be_taken_back_is_a_fault_at_its_place() {
    let again = HOAX.find("[[act]]\nid = \"hoax\"").unwrap();
    let again = format!(
        "{HOAX}\n{}",
        HOAX[again..].replace("id = \"hoax\"", "id = \"again\"")
    );
    assert!(read(&again).unwrap_err().contains("taken back already"));
    for (retracts, words) in [
        ("masacre", "there is no act"),
        ("hoax", "takes itself back"),
    ] {
        let text = HOAX.replace(
            "retracts = \"massacre\"",
            &format!("retracts = \"{retracts}\""),
        );
        let faults = read(&text).unwrap_err();
        assert!(faults.contains(words), "{faults}");
    }
    let before = HOAX.replace("date = 1990-02-01", "date = 1989-02-01");
    assert!(read(&before).unwrap_err().contains("was done later"));
    let unseen = HOAX.replace("tone = \"hostile\"", "tone = \"hostile\"\nseen_by = []");
    assert!(
        read(&unseen)
            .unwrap_err()
            .contains("had not come to know of it")
    );
    let both = HOAX.replace("retracts =", "forced = 0.1\nretracts =");
    assert!(read(&both).unwrap_err().contains("beside `retracts`"));
}
