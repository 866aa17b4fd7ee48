//! What drives a margin: right where the answer is known, and the same however it is asked.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may panic where a case that was valid no longer is"
)]

use detente::{
    Case, Grouping, Model, Options, SensitivityMethod, SensitivityOptions,
    assessment::{MarginDrivers, Sensitivity},
    decode::Source,
    library, sensitivity, sensitivity_with,
    strategies::correlated_case,
};
use detente_tests::property::check;
use proptest::prelude::*;
use serde_json::{Value, json};

const A: &str = "party.a.payoff.treaty.signed";
const B: &str = "party.b.payoff.treaty.signed";
const IDLE: &str = "party.b.payoff.other.yes";

/// A treaty that a always gains from and b now and then: the margin of the first barrier is b's gain
/// over its span, but for a number of b's that does next to nothing.
fn treaty(correlation: &Value) -> Case {
    let range = |low: f64, high: f64| json!({ "uniform": { "low": low, "high": high } });
    let side = |treaty: Value, other: Value| {
        json!({
            "name": "A side", "nonagreement": 0,
            "payoff": {
                "treaty": { "none": -10, "signed": treaty },
                "other": { "no": 0, "yes": other },
            },
        })
    };
    let document = json!({
        "format": 1,
        "case": { "id": "driven", "title": "A treaty", "decided": "1986-12-31", "outcome": "nonagreement" },
        "issue": {
            "treaty": { "name": "The treaty", "option": { "none": "None", "signed": "Signed" } },
            "other": { "name": "Another", "option": { "no": "No", "yes": "Yes" } },
        },
        "party": {
            "a": side(range(3.0, 5.0), json!(0)),
            "b": side(range(-1.0, 1.0), range(-1e-6, 0.0)),
        },
        "correlation": correlation,
    });
    Case::read(&Source::new("driven.json", document.to_string())).unwrap()
}

fn ask(case: &Case, asked: SensitivityOptions) -> Sensitivity {
    let options = Options {
        draws: 8_192,
        ..Options::default()
    };
    sensitivity_with(&Model::compile(case).unwrap(), &options, asked).unwrap()
}

fn by(by: Grouping) -> SensitivityOptions {
    SensitivityOptions {
        by,
        ..SensitivityOptions::default()
    }
}

fn using(method: SensitivityMethod) -> SensitivityOptions {
    SensitivityOptions {
        method,
        ..SensitivityOptions::default()
    }
}

fn first(sensitivity: &Sensitivity) -> &MarginDrivers {
    &sensitivity.margins[0]
}

fn names(margin: &MarginDrivers) -> Vec<&str> {
    margin.drivers.iter().map(|it| it.name.as_str()).collect()
}

#[test]
fn the_only_driver_has_the_whole_share() {
    let found = ask(&treaty(&json!([])), by(Grouping::Number));
    let drivers = &first(&found).drivers;
    assert_eq!(drivers[0].name, B);
    assert!((drivers[0].shapley.estimate - 1.0).abs() < 0.01);
    for idle in &drivers[1..] {
        assert!(
            idle.shapley.is_nil() || idle.shapley.estimate.abs() < 1e-3,
            "{idle:?}"
        );
    }
}

#[test]
fn numbers_that_go_together_are_one() {
    let correlation = json!([{ "between": [B, A], "rank": 0.5 }]);
    let found = ask(&treaty(&correlation), by(Grouping::Number));
    let both = format!("{A} + {B}");
    assert_eq!(first(&found).drivers.len(), 2);
    let driver = &first(&found).drivers[0];
    assert_eq!(
        (&driver.name, &driver.members),
        (&both, &vec![A.to_owned(), B.to_owned()])
    );
    assert!((driver.shapley.estimate - 1.0).abs() < 0.01, "{driver:?}");
    // And so are the parties that they link.
    let found = ask(&treaty(&correlation), by(Grouping::Party));
    assert_eq!(names(first(&found)), ["a + b"]);
}

#[test]
fn groups_hold_every_number_once_and_share_out_everything() {
    let case = library::case("reykjavik-1986").unwrap();
    let numbers = sensitivity(&Model::compile(&case).unwrap(), &Options::default()).unwrap();
    let all = first(&numbers).drivers.len();
    for grouping in [Grouping::Party, Grouping::Aspect] {
        let found = ask(&case, by(grouping));
        for margin in found.margins.iter().filter(|it| it.variance.is_some()) {
            let members: usize = margin.drivers.iter().map(|it| it.members.len()).sum();
            assert_eq!(members, all, "{grouping}");
            let sum: f64 = margin.drivers.iter().map(|it| it.shapley.estimate).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{grouping}: {sum}");
        }
    }
    let parties = ask(&case, by(Grouping::Party));
    let mut found = names(&parties.margins[4]);
    found.sort_unstable();
    let declared: Vec<&str> = case.parties.names().collect();
    assert_eq!(found.len(), declared.len());
    assert!(
        found.iter().all(|name| declared.contains(name)),
        "{found:?}"
    );
}

/// The margin is min(a's gain, b's gain) over spans: only b's moves it, from −1/11 to 1/11.
#[test]
fn every_method_finds_the_driver() {
    let case = treaty(&json!([]));
    let found = ask(&case, using(SensitivityMethod::Morris));
    let screened = &first(&found).screened;
    assert_eq!(screened[0].name, B);
    assert!(screened[0].mean.unwrap() > 0.0 && found.shapley_evaluations == 0);
    assert!(first(&found).drivers.is_empty() && first(&found).variance.is_none());
    // A rise across the whole range, of which a step is half: from −1/9 or so to 1/11.
    assert!(
        (screened[0].magnitude.estimate - 0.2).abs() < 0.02,
        "{screened:?}"
    );
    let found = ask(&case, using(SensitivityMethod::Pawn));
    let distances = first(&found).distances.as_ref().unwrap();
    let [most, others @ ..] = &distances.of[..] else {
        unreachable!("three numbers are uncertain")
    };
    assert_eq!(most.name, B);
    assert!(most.index.median > 5.0 * distances.noise.median);
    for other in others {
        assert!(
            other.index.median < 2.0 * distances.noise.median,
            "{other:?}"
        );
    }
}

#[test]
fn a_tornado_has_the_margin_at_the_ends_of_each_range() {
    let found = ask(&treaty(&json!([])), by(Grouping::Number));
    let tornado = &found.tornado;
    assert_eq!(tornado.bars.len(), 3);
    let bar = tornado.bars.iter().find(|bar| bar.name == B).unwrap();
    assert_eq!((bar.low.value, bar.high.value), (Some(-1.0), Some(1.0)));
    // b's payoffs span from −10 and a bit to 1, or to nonagreement.
    assert!((bar.low.margins[0] + 0.1).abs() < 1e-5, "{bar:?}");
    assert!((bar.high.margins[0] - 1.0 / 11.0).abs() < 1e-5, "{bar:?}");
    assert!(tornado.central[0].abs() < 1e-5);
    let idle = tornado.bars.iter().find(|bar| bar.name == IDLE).unwrap();
    assert!((idle.low.margins[0] - idle.high.margins[0]).abs() < 1e-6);
}

#[test]
fn a_tornado_stands_at_the_central_margins_of_the_assessment() {
    for case in library::ids() {
        let case = library::case(case).unwrap();
        let found = ask(&case, using(SensitivityMethod::Morris));
        let options = Options {
            draws: 0,
            ..Options::default()
        };
        let assessment = detente::assess(&case, &options).unwrap();
        let central: Vec<f64> = assessment.margins.iter().map(|it| it.central).collect();
        assert_eq!(central, found.tornado.central);
        let drivers = found.margins[4].screened.len();
        assert!(drivers <= found.tornado.bars.len());
    }
}

/// min(x, y) of two payoffs alike has an interaction; a sum would have none.
#[test]
fn pairs_are_found_where_there_are_some() {
    let asked = SensitivityOptions {
        second_order: true,
        ..SensitivityOptions::default()
    };
    let found = ask(&treaty(&json!([])), asked);
    let pairs = first(&found).pairs.as_ref().unwrap();
    assert_eq!(pairs.judged, 3);
    assert!(
        pairs.found.iter().all(|pair| pair.index.estimate < 0.02),
        "{pairs:?}"
    );
    let mut alike = treaty(&json!([]));
    let party = alike.parties.get("b").unwrap().clone();
    alike
        .parties
        .values_mut()
        .for_each(|it| *it = party.clone());
    let found = ask(&alike, asked);
    let pairs = first(&found).pairs.as_ref().unwrap();
    assert_eq!(pairs.judged, 6);
    assert_eq!(pairs.found[0].between, [A, B]);
    // For the lesser of two uniform numbers: 1 − 2 S with S = 2/5.
    assert!(
        (pairs.found[0].index.estimate - 0.2).abs() < 0.05,
        "{pairs:?}"
    );
    assert!(
        pairs
            .found
            .is_sorted_by(|one, next| one.index.estimate >= next.index.estimate)
    );
}

#[test]
fn threads_change_nothing() {
    let on = |threads: usize, case: &Case, asked: SensitivityOptions| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let options = Options {
            draws: 256,
            ..Options::default()
        };
        let run = || {
            let model = Model::compile(case).unwrap();
            let found = sensitivity_with(&model, &options, asked);
            found.map(|it| serde_json::to_string(&it).unwrap()).unwrap()
        };
        pool.unwrap().install(run)
    };
    let pairs = SensitivityOptions {
        second_order: true,
        ..by(Grouping::Aspect)
    };
    check(25, correlated_case(), |case| {
        for asked in [
            pairs,
            using(SensitivityMethod::Morris),
            using(SensitivityMethod::Pawn),
        ] {
            prop_assert_eq!(on(1, &case, asked), on(8, &case, asked));
        }
        Ok(())
    });
}

#[test]
fn what_does_not_go_together_is_refused() {
    let model = Model::compile(&treaty(&json!([]))).unwrap();
    let refused = |asked| {
        let found = sensitivity_with(&model, &Options::default(), asked);
        found.unwrap_err().to_string()
    };
    let message = refused(SensitivityOptions {
        by: Grouping::Party,
        ..using(SensitivityMethod::Pawn)
    });
    assert_eq!(
        message,
        "by is party; expected number, where the method is pawn"
    );
    let message = refused(SensitivityOptions {
        second_order: true,
        ..using(SensitivityMethod::Morris)
    });
    assert_eq!(
        message,
        "method is morris; expected sobol, where pairs are asked for"
    );
}
