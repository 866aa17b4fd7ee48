//! What a full answer costs: attribution over 2 000 draws and sensitivity with 2¹⁴ evaluations of a
//! case of 10³ agreements and 60 uncertain numbers, made for measuring.
//!
//! Time of one run on two free cores:
//!
//! | job | time |
//! |---|---|
//! | attribution over 2 000 draws | 0.35 s |
//! | rewrite, 1 000 evaluations a search | 0.46 s |
//! | sensitivity by sobol, 15 744 evaluations, intervals included | 0.93 s |
//!
//! What dominates, by a sampling profile: who would honour each agreement, and the payoffs at stake.

use std::hint::black_box;

use criterion::Criterion;
use detente::{
    Case, DetenteError, Model, Options, RewriteOptions, SensitivityMethod, SensitivityOptions,
    assess_model, decode::Source, prelude::Verdict, rewrite, sensitivity_with,
};
use serde_json::{Map, Value, json};

const ISSUES: usize = 3;
const OPTIONS: usize = 10;
const EVALUATIONS: usize = 1 << 14;

/// Two parties that divide three issues and distrust one another; their payoffs are ranges.
fn made() -> Value {
    let options: Map<String, Value> = (0..OPTIONS)
        .map(|option| (format!("o{option}"), json!("an option")))
        .collect();
    json!({
        "format": 1,
        "case": {
            "id": "made", "title": "Made for measuring",
            "decided": "2000-12-31", "outcome": "nonagreement",
        },
        "issue": by_issue(|_| json!({ "name": "an issue", "option": options })),
        "party": {
            "a": party("b", |option| option as f64),
            "b": party("a", |option| (OPTIONS - 1 - option) as f64),
        },
        "act": (0..20).map(act).collect::<Vec<Value>>(),
    })
}

fn by_issue(entry: impl Fn(usize) -> Value) -> Value {
    let entries = (0..ISSUES).map(|issue| (format!("i{issue}"), entry(issue)));
    Value::Object(entries.collect())
}

fn party(other: &str, worth: impl Fn(usize) -> f64) -> Value {
    let table = |number: &dyn Fn(f64) -> Value| {
        by_issue(|issue| {
            let of = |option: usize| number((1.0 + issue as f64) * worth(option));
            let numbers = (0..OPTIONS).map(|option| (format!("o{option}"), of(option)));
            Value::Object(numbers.collect())
        })
    };
    let range = |mode: f64| json!({ "low": mode - 1.0, "mode": mode, "high": mode + 2.0 });
    json!({
        "name": "A party",
        "payoff": table(&range),
        "nonagreement": 18.0,
        "exposure": table(&|worth| json!(0.5 * worth)),
        "temptation": table(&|worth| json!(0.1 * worth)),
        "detection": 0.8,
        "type": {
            "keeps": { "patience": 0.95 },
            "cheats": { "patience": 0.1, "temptation_scale": 3 },
        },
        "true_type": "keeps",
        "prior": { other: { "keeps": 0.6 } },
        "bias": { "situational": { "cooperative": 1, "hostile": 0.5 }, "evidence_weight": 0.8 },
        "home": {
            "national_weight": 1, "office_stake": 0.5, "support": 0.5, "threat": 0.2,
            "baseline": 0, "curve": "logit",
        },
    })
}

fn act(row: usize) -> Value {
    let (tone, keeps, cheats) = [("cooperative", 0.5, 0.4), ("hostile", 0.4, 0.5)][row / 2 % 2];
    json!({
        "id": format!("act-{row}"),
        "date": format!("1999-{:02}-01", 1 + row % 12),
        "actor": if row.is_multiple_of(2) { "a" } else { "b" },
        "tone": tone,
        "event": "an act",
        "likelihood": { "keeps": keeps, "cheats": cheats },
        "forced": 0.2,
    })
}

fn main() -> Result<(), DetenteError> {
    let source = Source::new("made.json", made().to_string());
    let model = Model::compile(&Case::read(&source)?)?;
    let uncertain = model.inputs().iter().filter(|it| !it.value.is_exact());
    assert_eq!((model.agreements().len(), uncertain.count()), (1000, 60));
    let verdict = assess_model(&model, &Options::default(), |_| {})?.verdict;
    let missed = verdict.probabilities[&Verdict::AgreementExpected] < 1.0;
    assert!(missed, "nothing to attribute: {verdict:?}");

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("10³ agreements, 60 uncertain numbers");
    group.sample_size(10);
    let (draws, evaluations) = (
        Options::default(),
        Options {
            draws: EVALUATIONS,
            ..Options::default()
        },
    );
    group.bench_function("attribution over 2 000 draws", |bencher| {
        bencher.iter(|| assess_model(black_box(&model), &draws, |_| {}));
    });
    for method in SensitivityMethod::ALL {
        let asked = SensitivityOptions {
            method,
            ..SensitivityOptions::default()
        };
        group.bench_function(
            format!("sensitivity by {method}, 2¹⁴ evaluations"),
            |bencher| {
                bencher.iter(|| sensitivity_with(black_box(&model), &evaluations, asked));
            },
        );
    }
    let none = Options { draws: 0, ..draws };
    let effort = RewriteOptions::default();
    group.bench_function("rewrite", |bencher| {
        bencher.iter(|| rewrite(black_box(&model), &none, &effort));
    });
    let pairs = SensitivityOptions {
        second_order: true,
        ..SensitivityOptions::default()
    };
    group.bench_function("the same with pairs", |bencher| {
        bencher.iter(|| sensitivity_with(black_box(&model), &evaluations, pairs));
    });
    group.finish();
    criterion.final_summary();
    Ok(())
}
