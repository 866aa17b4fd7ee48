//! Draws that are placed otherwise than plainly, and runs that stop when they are precise enough.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may panic where a case that was valid no longer is"
)]

use detente::{
    Assessment, Case, Options, assess,
    assessment::{Chance, Stage},
    case::Preferences,
    decode::Source,
    library,
    strategies::uncertain_case,
    uncertainty::{Sampling, Stop, Uncertain},
};
use detente_tests::property::check;
use proptest::prelude::*;
use serde_json::json;

/// A treaty that both prefer where two payoffs are positive, with chances ¾ and ½, and that b would
/// honour with chance 0.3.
fn treaty() -> Case {
    let side = |other: &str, low: i32, high: i32, keeps: f64| {
        json!({
            "name": "A side", "nonagreement": 0,
            "payoff": { "treaty": { "none": 0, "signed": { "uniform": { "low": low, "high": high } } } },
            "exposure": { "treaty": { "none": 0, "signed": 1 } },
            "temptation": { "treaty": { "none": 0, "signed": 1 } },
            "detection": 1,
            "type": {
                "keeps": { "patience": 0.9, "temptation_scale": 0 },
                "cheats": { "patience": 0 },
            },
            "true_type": { "keeps": keeps },
            "prior": { other: { "keeps": 0.9 } },
        })
    };
    let document = json!({
        "format": 1,
        "case": { "id": "sampling", "title": "A treaty", "decided": "1986-12-31", "outcome": "nonagreement" },
        "issue": { "treaty": { "name": "The treaty", "option": { "none": "None", "signed": "Signed" } } },
        "party": { "a": side("b", -1, 3, 1.0), "b": side("a", -1, 1, 0.3) },
    });
    Case::read(&Source::new("sampling.json", document.to_string())).unwrap()
}

const PREFERRED: f64 = 0.75 * 0.5;

fn options(sampling: Sampling, draws: usize) -> Options {
    Options {
        draws,
        sampling,
        ..Options::default()
    }
}

fn nonempty(assessment: &Assessment, stage: Stage) -> Chance {
    assessment.funnel[stage as usize].nonempty.unwrap()
}

#[test]
fn threads_change_nothing() {
    let on = |threads: usize, case: &Case, options: &Options| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let run = || serde_json::to_string(&assess(case, options).unwrap()).unwrap();
        pool.unwrap().install(run)
    };
    let shipped = library::case("inf-1987").unwrap();
    for sampling in Sampling::ALL {
        for precision in [None, Some(0.02)] {
            let options = Options {
                precision,
                ..options(sampling, 6_000)
            };
            assert_eq!(
                on(1, &shipped, &options),
                on(8, &shipped, &options),
                "{sampling}"
            );
        }
    }
    check(20, uncertain_case(), |case| {
        let options = options(Sampling::Sobol, 300);
        prop_assert_eq!(on(1, &case, &options), on(8, &case, &options));
        Ok(())
    });
}

/// Estimates of one chance under many seeds: how far off, as a root mean square, and how often the
/// interval holds the truth.
fn errors(sampling: Sampling, draws: usize) -> (f64, f64) {
    let seeds = 100;
    let (case, mut squares, mut held) = (treaty(), 0.0, 0);
    for seed in 0..seeds {
        let options = Options {
            seed,
            ..options(sampling, draws)
        };
        let chance = nonempty(&assess(&case, &options).unwrap(), Stage::MutuallyPreferred);
        squares += (chance.estimate - PREFERRED).powi(2);
        held += u64::from((chance.interval[0]..=chance.interval[1]).contains(&PREFERRED));
    }
    ((squares / seeds as f64).sqrt(), held as f64 / seeds as f64)
}

#[test]
fn other_draws_are_nearer_and_say_truly_how_near() {
    let (plain, _) = errors(Sampling::Plain, 1024);
    for (sampling, gain) in [(Sampling::Latin, 1.2), (Sampling::Sobol, 3.0)] {
        let (error, held) = errors(sampling, 1024);
        assert!(plain > gain * error, "{sampling}: {plain} {error}");
        // 100 intervals of 95% hold 88 times at least but once in 500.
        assert!(held >= 0.88, "{sampling}: {held}");
    }
}

/// A Latin hypercube has one draw in each of `n` equal parts, true types included.
#[test]
fn a_true_type_is_as_frequent_as_it_is_likely() {
    let assessment = assess(&treaty(), &options(Sampling::Latin, 2_000)).unwrap();
    let all = assessment.reproducibility.draws as f64;
    assert_eq!(assessment.reproducibility.draws, 2_000);
    let preferred = nonempty(&assessment, Stage::MutuallyPreferred).estimate;
    assert!((preferred - PREFERRED).abs() < 0.03, "{preferred}");
    let mut always = treaty();
    for party in always.parties.values_mut() {
        let Preferences::Numbers(numbers) = &mut party.payoff else {
            continue;
        };
        for table in numbers.issues.values_mut() {
            for number in table.values.values_mut() {
                if !number.value.is_exact() {
                    *number = Uncertain::point(1.0).unwrap().into();
                }
            }
        }
    }
    let assessment = assess(&always, &options(Sampling::Latin, 2_000)).unwrap();
    let honoured = nonempty(&assessment, Stage::SelfEnforcing).estimate;
    // At most one draw of each of the 16 replicates lies in the part that 0.3 divides.
    assert!((honoured - 0.3).abs() <= 16.0 / all, "{honoured}");
}

#[test]
fn a_run_stops_when_it_is_precise_and_says_so() {
    for sampling in Sampling::ALL {
        let asked = Options {
            precision: Some(0.008),
            ..options(sampling, 200_000)
        };
        let assessment = assess(&treaty(), &asked).unwrap();
        let run = &assessment.reproducibility;
        assert!(
            (2_048..20_000).contains(&run.draws),
            "{sampling}: {}",
            run.draws
        );
        let placement = run.placement.as_ref().unwrap();
        assert_eq!(placement.replicates * placement.per_replicate, run.draws);
        assert_eq!(placement.sampling, sampling);
        let precision = placement.precision.as_ref().unwrap();
        assert_eq!(
            (precision.stop, precision.at_most),
            (Stop::Precise, 200_000)
        );
        for chance in assessment.verdict.chances.values() {
            assert!(chance.standard_error <= 0.008, "{sampling}: {chance:?}");
        }
    }
    let asked = Options {
        precision: Some(1e-6),
        ..options(Sampling::Plain, 4_096)
    };
    let run = assess(&treaty(), &asked).unwrap().reproducibility;
    assert_eq!(run.draws, 4_096);
    let stop = run.placement.unwrap().precision.unwrap().stop;
    assert_eq!(stop, Stop::Exhausted);
}

/// Plain draws that stop early are the first of those that do not.
#[test]
fn stopping_early_changes_no_draw() {
    let early = Options {
        precision: Some(0.01),
        ..options(Sampling::Plain, 100_000)
    };
    let early = assess(&treaty(), &early).unwrap();
    let draws = early.reproducibility.draws;
    let plain = assess(&treaty(), &options(Sampling::Plain, draws)).unwrap();
    assert_eq!(early.verdict.probabilities, plain.verdict.probabilities);
    assert!(plain.reproducibility.placement.is_none());
}

#[test]
fn what_was_made_can_be_made_again() {
    for sampling in [Sampling::Latin, Sampling::Sobol] {
        let first = assess(&treaty(), &options(sampling, 1_999)).unwrap();
        let draws = first.reproducibility.draws;
        assert!((1_999..=2_249).contains(&draws), "{draws}");
        let again = assess(&treaty(), &options(sampling, draws)).unwrap();
        assert_eq!(again, first);
    }
}

#[test]
fn options_out_of_range_are_refused() {
    let refused = |options: Options| assess(&treaty(), &options).unwrap_err().to_string();
    for precision in [0.0, -0.01, f64::NAN] {
        let message = refused(Options {
            precision: Some(precision),
            ..Options::default()
        });
        assert!(
            message.contains("expected a standard error above 0"),
            "{message}"
        );
    }
    for draws in [0, 1] {
        let message = refused(Options {
            draws,
            precision: Some(0.01),
            ..Options::default()
        });
        assert!(message.contains("at least 2"), "{message}");
    }
}

/// Few draws, odd numbers of them, and cases where nothing is uncertain.
#[test]
fn any_number_of_draws_will_do() {
    for sampling in Sampling::ALL {
        for draws in [1, 2, 3, 15, 16, 17, 127, 129] {
            let assessment = assess(&treaty(), &options(sampling, draws)).unwrap();
            assert!(
                assessment.reproducibility.draws >= draws,
                "{sampling} {draws}"
            );
        }
        let exact = library::case("euphrates-1975").unwrap();
        assert!(
            assess(&exact, &options(sampling, 100)).is_ok(),
            "{sampling}"
        );
    }
}
