//! Runs with draws: the same for any number of threads, honest about their errors, and right where
//! the answer is known.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of a test may panic where a case that was valid no longer is"
)]

use detente::{
    Assessment, Case, DetenteError, Model, Options, assess, assess_model,
    assessment::{Chance, Stage, Verdict},
    decode::Source,
    library,
    strategies::{case, uncertain_case},
    uncertainty::{Sampler, Uncertain},
};
use detente_tests::{property::check, transform::answer};
use proptest::prelude::*;
use serde_json::{Value, json};

fn run(case: &Case, draws: usize) -> Assessment {
    let options = Options {
        draws,
        ..Options::default()
    };
    assess(case, &options).unwrap()
}

fn bytes(assessment: &Assessment) -> String {
    serde_json::to_string(assessment).unwrap()
}

/// A treaty between two sides that trust one another, with a's payoff from it and other numbers of
/// the case as given, by their place.
fn treaty(numbers: &[(&str, Value)]) -> Case {
    let side = |other: &str| {
        json!({
            "name": "A side", "nonagreement": 0,
            "payoff": { "treaty": { "none": 0, "signed": 1 } },
            "exposure": { "treaty": { "none": 0, "signed": 1 } },
            "temptation": { "treaty": { "none": 0, "signed": 1 } },
            "detection": 1,
            "type": {
                "keeps": { "patience": 0.9, "temptation_scale": 0 },
                "cheats": { "patience": 0 },
            },
            "true_type": "keeps",
            "prior": { other: { "keeps": 0.9 } },
        })
    };
    let mut document = json!({
        "format": 1,
        "case": { "id": "draws", "title": "A treaty", "decided": "1986-12-31", "outcome": "nonagreement" },
        "issue": { "treaty": { "name": "The treaty", "option": { "none": "None", "signed": "Signed" } } },
        "party": { "a": side("b"), "b": side("a") },
    });
    for (place, number) in numbers {
        *document.pointer_mut(place).unwrap() = number.clone();
    }
    Case::read(&Source::new("draws.json", document.to_string())).unwrap()
}

const A_PAYOFF: &str = "/party/a/payoff/treaty/signed";
const B_PAYOFF: &str = "/party/b/payoff/treaty/signed";

/// The share of draws in which a stage holds some agreement.
fn nonempty(assessment: &Assessment, stage: Stage) -> Chance {
    assessment.funnel[stage as usize].nonempty.unwrap()
}

#[test]
fn threads_change_nothing() {
    let on = |threads: usize, case: &Case, draws: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| bytes(&run(case, draws)))
    };
    // More draws than a block holds.
    let shipped = library::case("inf-1987").unwrap();
    let alone = on(1, &shipped, 5_000);
    assert_eq!(on(2, &shipped, 5_000), alone);
    assert_eq!(on(8, &shipped, 5_000), alone);
    check(40, uncertain_case(), |case| {
        let alone = on(1, &case, 300);
        prop_assert_eq!(&on(2, &case, 300), &alone);
        prop_assert_eq!(&on(8, &case, 300), &alone);
        Ok(())
    });
}

#[test]
fn a_seed_is_a_run() {
    let case = library::case("reykjavik-1986").unwrap();
    let of = |seed: u64| {
        let options = Options {
            draws: 500,
            seed,
            ..Options::default()
        };
        assess(&case, &options).unwrap()
    };
    assert_eq!(bytes(&of(7)), bytes(&of(7)));
    assert_ne!(answer(&of(7)), answer(&of(8)));
    assert_eq!(of(7).verdict.central, of(8).verdict.central);
}

#[test]
fn no_draws_is_the_central_run_alone() {
    check(200, uncertain_case(), |case| {
        let (none, some) = (run(&case, 0), run(&case, 10));
        prop_assert_eq!(none.verdict.central, some.verdict.central);
        prop_assert!(none.verdict.probabilities.is_empty() && none.verdict.chances.is_empty());
        for (none, some) in none.funnel.iter().zip(&some.funnel) {
            prop_assert_eq!(none.survivors, some.survivors);
            prop_assert_eq!(&none.agreements, &some.agreements);
            prop_assert!(none.nonempty.is_none() && none.over_draws.is_none());
        }
        prop_assert!(none.record.explains.is_none());
        Ok(())
    });
}

#[test]
fn exact_numbers_draw_as_they_are() {
    let known = case().prop_filter("true types known", |case| {
        let known = |party: &detente::case::Party| {
            let hindsight = party.true_type.as_ref();
            hindsight.is_none_or(|it| matches!(it, detente::case::TrueType::Known(_)))
        };
        case.parties.values().all(known)
    });
    check(200, known, |case| {
        let assessment = run(&case, 20);
        for (verdict, chance) in &assessment.verdict.probabilities {
            let certain = f64::from(u8::from(*verdict == assessment.verdict.central));
            prop_assert!((chance - certain).abs() <= 0.0);
        }
        Ok(())
    });
}

#[test]
fn verdicts_share_out_the_draws_and_errors_are_those_of_a_share() {
    let n = 200.0_f64;
    check(200, uncertain_case(), |case| {
        let assessment = run(&case, 200);
        let verdict = &assessment.verdict;
        prop_assert_eq!(verdict.probabilities.len(), Verdict::ALL.len());
        let sum: f64 = verdict.probabilities.values().sum();
        prop_assert!((sum - 1.0).abs() < 1e-12);
        let stages = assessment.funnel.iter().filter_map(|stage| stage.nonempty);
        for chance in verdict.chances.values().copied().chain(stages) {
            let p = chance.estimate;
            let error = (p * (1.0 - p) / n).sqrt();
            prop_assert!(
                (chance.standard_error - error).abs() < 1e-12,
                "{:?}",
                chance
            );
            let [low, high] = chance.interval;
            prop_assert!(0.0 <= low && low <= p && p <= high && high <= 1.0 && low < high);
        }
        // The funnel and the verdict are two views of the same draws.
        let outside = |stage: Stage| 1.0 - nonempty(&assessment, stage).estimate;
        let conflict = verdict.probabilities[&Verdict::ConflictOfInterest];
        let agreement = verdict.probabilities[&Verdict::AgreementExpected];
        prop_assert!((conflict - outside(Stage::MutuallyPreferred)).abs() < 1e-12);
        prop_assert!((1.0 - agreement - outside(Stage::Perceived)).abs() < 1e-12);
        Ok(())
    });
}

/// The estimate lies within four standard errors of the chance it estimates.
#[track_caller]
fn near(chance: Chance, expected: f64, draws: usize) {
    let error = (expected * (1.0 - expected) / draws as f64).sqrt();
    let off = (chance.estimate - expected).abs();
    assert!(off <= 4.0 * error, "{chance:?} for {expected}");
}

const DRAWS: usize = 20_000;

#[test]
fn a_uniform_payoff_is_preferred_as_often_as_it_is_positive() {
    let case = treaty(&[(A_PAYOFF, json!({ "uniform": { "low": -1, "high": 3 } }))]);
    let assessment = run(&case, DRAWS);
    near(nonempty(&assessment, Stage::MutuallyPreferred), 0.75, DRAWS);
    let conflict = assessment.verdict.chances[&Verdict::ConflictOfInterest];
    near(conflict, 0.25, DRAWS);
    let band = assessment.funnel[Stage::MutuallyPreferred as usize]
        .over_draws
        .unwrap();
    let p = nonempty(&assessment, Stage::MutuallyPreferred).estimate;
    assert!((band.mean - p).abs() < 1e-12, "one agreement at most");
    let spread = (p * (1.0 - p) / (DRAWS as f64 - 1.0)).sqrt();
    assert!((band.standard_error - spread).abs() < 1e-12);
}

#[test]
fn other_payoffs_too() {
    // 1 − Φ(−½) and, of a triangle from −1 over 1 to 2, the part above 0: 1 − 1/6.
    for (payoff, expected) in [
        (
            json!({ "normal": { "mean": 0.5, "sd": 1 } }),
            0.691_462_461_3,
        ),
        (json!({ "low": -1, "mode": 1, "high": 2 }), 5.0 / 6.0),
        (
            json!({ "discrete": [{ "value": -1, "weight": 3 }, { "value": 2, "weight": 1 }] }),
            0.25,
        ),
    ] {
        let assessment = run(&treaty(&[(A_PAYOFF, payoff)]), DRAWS);
        near(
            nonempty(&assessment, Stage::MutuallyPreferred),
            expected,
            DRAWS,
        );
    }
}

#[test]
fn numbers_of_different_names_are_independent() {
    let assessment = run(
        &treaty(&[
            (A_PAYOFF, json!({ "uniform": { "low": -1, "high": 3 } })),
            (B_PAYOFF, json!({ "uniform": { "low": -1, "high": 1 } })),
            ("/party/b/true_type", json!({ "keeps": 0.3 })),
        ]),
        DRAWS,
    );
    near(
        nonempty(&assessment, Stage::MutuallyPreferred),
        0.75 * 0.5,
        DRAWS,
    );
    near(
        nonempty(&assessment, Stage::SelfEnforcing),
        0.75 * 0.5 * 0.3,
        DRAWS,
    );
}

#[test]
fn trust_passes_its_threshold_as_often_as_its_prior_does() {
    // e/(U − d + e) = ½, and the prior is uniform from .2 to .7.
    let prior = json!({ "uniform": { "low": 0.2, "high": 0.7 } });
    let assessment = run(&treaty(&[("/party/a/prior/b/keeps", prior)]), DRAWS);
    near(nonempty(&assessment, Stage::Prudent), 0.4, DRAWS);
    let trust = assessment.beliefs[0].points[0].warranted.band.unwrap();
    assert!((trust.mean - 0.45).abs() < 4.0 * trust.standard_error);
    let quantile = |share: f64| 0.2 + 0.5 * share;
    for (found, share) in [(trust.low, 0.05), (trust.median, 0.5), (trust.high, 0.95)] {
        assert!((found - quantile(share)).abs() < 0.01, "{found} at {share}");
    }
}

#[test]
fn another_number_changes_no_draw_of_the_others() {
    let payoff = (A_PAYOFF, json!({ "uniform": { "low": -1, "high": 3 } }));
    let one = run(&treaty(std::slice::from_ref(&payoff)), 1_000);
    let detection = ("/party/b/detection", json!({ "beta": { "a": 2, "b": 2 } }));
    let other = run(&treaty(&[payoff, detection]), 1_000);
    let preferred = Stage::MutuallyPreferred;
    assert_eq!(nonempty(&one, preferred), nonempty(&other, preferred));
}

#[test]
fn a_sample_out_of_range_is_an_error_that_names_input_and_draw() {
    let case = treaty(&[(
        "/party/a/detection",
        json!({ "normal": { "mean": 0.5, "sd": 0.14 } }),
    )]);
    let number = Uncertain::normal(0.5, 0.14).unwrap();
    let mut latest = 0;
    for seed in [0, 7, 42, 1986, 1997, 2026] {
        let mut values = vec![0.0; DRAWS];
        let stream = Sampler::new(seed).stream("party.a.detection");
        stream.sample(&number, 0, &mut values);
        let outside = |value: &f64| !(0.0..=1.0).contains(value);
        let first = values.iter().position(outside).unwrap();
        let options = Options {
            draws: DRAWS,
            seed,
            ..Options::default()
        };
        match assess(&case, &options) {
            Err(DetenteError::Sample {
                input, draw, value, ..
            }) => {
                assert_eq!((input.as_str(), draw), ("party.a.detection", first + 1));
                assert!((value - values[first]).abs() <= 0.0);
            }
            other => panic!("{other:?}"),
        }
        let enough = Options {
            draws: first,
            ..options
        };
        assert!(
            assess(&case, &enough).is_ok(),
            "the draws before it are in order"
        );
        latest = latest.max(first);
    }
    assert!(
        latest > 2_048,
        "{latest}: no failure beyond the first block of draws"
    );
    let options = Options {
        draws: DRAWS,
        ..Options::default()
    };
    let error = assess(&case, &options).unwrap_err().to_string();
    assert!(
        error.contains("party.a.detection") && error.contains("from 0 to 1"),
        "{error}"
    );
}

#[test]
fn too_many_draws_are_refused() {
    let options = Options {
        draws: Options::MAX_DRAWS + 1,
        ..Options::default()
    };
    let error = assess(&treaty(&[]), &options).unwrap_err();
    assert!(
        matches!(
            error,
            DetenteError::Option {
                option: "draws",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn progress_is_told_and_ends_at_the_number_of_draws() {
    let model = Model::compile(&treaty(&[])).unwrap();
    let mut told = Vec::new();
    let options = Options {
        draws: 5_000,
        ..Options::default()
    };
    assess_model(&model, &options, |done| told.push(done)).unwrap();
    assert!(told.is_sorted() && told.last() == Some(&5_000), "{told:?}");
}
