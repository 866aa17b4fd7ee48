//! From the text of a case to its assessment: the shipped cases, and made ones in which one cost is
//! large so that it can be told from the others.
//!
//! Medians measured on two shared cores:
//!
//! | job | time |
//! |---|---|
//! | read the text of a shipped case | 0.13–1.4 ms |
//! | compile it | 0.05–0.45 ms |
//! | assess it at central values | 0.02–0.44 ms |
//! | assess it over 2 000 draws: Euphrates (rankings) | 1.3 ms |
//! | the same: Open Skies, Reykjavik, INF | 38 ms, 38 ms, 44 ms |
//! | 200 draws, 10 agreements, no acts | 1.3 ms |
//! | the same with 10³ acts | 68 ms |
//! | 10⁵ agreements at central values | 43 ms |
//! | 20 draws of them, agreement expected | 0.43 s |
//! | 20 draws of them, refused in every draw and so attributed | 0.58 s |
//!
//! What dominates, by a sampling profile: where agreements are many, the payoffs at stake and who
//! would honour them (half of the time; 0.2 µs for an agreement in a draw, attribution adds a third).
//! Where acts are many, and so in the shipped cases, the filter (0.3 µs for an act in a draw), half
//! of it the allocation of what one act is read as.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use detente::{
    Case, DetenteError, Model, Options, assess_model, decode::Source, library, prelude::Verdict,
};
use serde_json::{Map, Value, json};

/// A case made for measuring: two parties divide `issues` issues of ten options each.
struct Made {
    issues: usize,
    acts: usize,
    /// What each believes of the other before the acts, low enough for a refusal or not.
    trust: f64,
}

impl Made {
    fn model(&self) -> Result<Model, DetenteError> {
        let source = Source::new("made.json", self.document().to_string());
        Ok(Model::compile(&Case::read(&source)?)?)
    }

    fn document(&self) -> Value {
        let options: Map<String, Value> = (0..10)
            .map(|option| (format!("o{option}"), json!("an option")))
            .collect();
        json!({
            "format": 1,
            "case": {
                "id": "made",
                "title": "Made for measuring",
                "decided": "2000-12-31",
                "outcome": "nonagreement",
            },
            "issue": self.by_issue(|_| json!({ "name": "an issue", "option": options })),
            "party": {
                "a": self.party("b", f64::from),
                "b": self.party("a", |option| f64::from(9 - option)),
            },
            "act": (0..self.acts).map(act).collect::<Vec<Value>>(),
        })
    }

    fn by_issue(&self, entry: impl Fn(usize) -> Value) -> Value {
        let entries = (0..self.issues).map(|issue| (format!("i{issue}"), entry(issue)));
        Value::Object(entries.collect())
    }

    /// A party whose payoffs are ranges around `worth`, and which would just rather agree on equal
    /// terms than not.
    fn party(&self, other: &str, worth: impl Fn(u32) -> f64) -> Value {
        let table = |scale: f64, range: f64| {
            self.by_issue(|issue| {
                let of = |option: u32| (1.0 + issue as f64) * scale * worth(option);
                let range =
                    |mode: f64| json!({ "low": mode - range, "mode": mode, "high": mode + range });
                let numbers = (0..10).map(|option| (format!("o{option}"), range(of(option))));
                Value::Object(numbers.collect())
            })
        };
        let weight: f64 = (1..=self.issues).map(|weight| weight as f64).sum();
        json!({
            "name": "A party",
            "payoff": table(1.0, 0.5),
            "nonagreement": 3.0 * weight,
            "exposure": table(0.5, 0.1),
            "temptation": table(0.1, 0.05),
            "detection": { "low": 0.7, "mode": 0.8, "high": 0.9 },
            "type": {
                "keeps": { "patience": 0.95 },
                "cheats": { "patience": 0.1, "temptation_scale": 3 },
            },
            "true_type": "keeps",
            "prior": { other: { "keeps": self.trust } },
            "bias": { "situational": { "cooperative": 1, "hostile": 1 }, "evidence_weight": 0.8 },
        })
    }
}

/// An act, one a day; friendly and hostile ones take turns, so that belief stays where it began.
fn act(row: usize) -> Value {
    let (tone, keeps, cheats) = [("cooperative", 0.5, 0.4), ("hostile", 0.4, 0.5)][row / 2 % 2];
    json!({
        "id": format!("act-{row}"),
        "date": format!("{}-{:02}-{:02}", 1900 + row / 336, 1 + row / 28 % 12, 1 + row % 28),
        "actor": if row.is_multiple_of(2) { "a" } else { "b" },
        "tone": tone,
        "event": "an act",
        "likelihood": { "keeps": keeps, "cheats": cheats },
        "forced": 0.2,
    })
}

/// Text to case, and case to flat arrays.
fn reading(criterion: &mut Criterion) -> Result<(), DetenteError> {
    let mut group = criterion.benchmark_group("shipped");
    for id in library::ids() {
        let source = Source::new(format!("{id}.toml"), library::text(id)?);
        let case = Case::read(&source)?;
        group.bench_function(BenchmarkId::new("read", id), |bencher| {
            bencher.iter(|| Case::read(black_box(&source)));
        });
        group.bench_function(BenchmarkId::new("compile", id), |bencher| {
            bencher.iter(|| Model::compile(black_box(&case)));
        });
    }
    group.finish();
    Ok(())
}

/// The central run alone, and with the draws of an ordinary run.
fn assessing(criterion: &mut Criterion) -> Result<(), DetenteError> {
    let mut group = criterion.benchmark_group("shipped");
    for id in library::ids() {
        let model = Model::compile(&library::case(id)?)?;
        for draws in [0, 2000] {
            let name = BenchmarkId::new(format!("{draws} draws"), id);
            group.bench_function(name, |bencher| bencher.iter(|| run(&model, draws)));
        }
    }
    group.finish();
    Ok(())
}

/// What each part of a draw costs, by making the others small.
fn dominating(criterion: &mut Criterion) -> Result<(), DetenteError> {
    let trusted = |issues, acts| Made {
        issues,
        acts,
        trust: 0.9,
    };
    let distrusted = |issues, acts| Made {
        issues,
        acts,
        trust: 0.1,
    };
    let mut group = criterion.benchmark_group("made");
    group.sample_size(10);
    for (name, made, draws, verdict) in [
        (
            "acts: 10³ acts, 10 agreements, 200 draws",
            trusted(1, 1000),
            200,
            Verdict::AgreementExpected,
        ),
        (
            "no acts: 10 agreements, 200 draws",
            trusted(1, 0),
            200,
            Verdict::AgreementExpected,
        ),
        (
            "survey: 10⁵ agreements, 20 draws",
            trusted(5, 0),
            20,
            Verdict::AgreementExpected,
        ),
        (
            "survey and attribution: 10⁵ agreements, 20 draws",
            distrusted(5, 0),
            20,
            Verdict::PrudentDistrust,
        ),
        (
            "central alone: 10⁵ agreements",
            trusted(5, 0),
            0,
            Verdict::AgreementExpected,
        ),
    ] {
        let model = made.model()?;
        let central = run(&model, 0)?;
        assert_eq!(central, verdict, "{name} no longer measures what it says");
        group.throughput(Throughput::Elements(draws.max(1) as u64));
        group.bench_function(name, |bencher| bencher.iter(|| run(&model, draws)));
    }
    group.finish();
    Ok(())
}

fn run(model: &Model, draws: usize) -> Result<Verdict, DetenteError> {
    let options = Options {
        draws,
        ..Options::default()
    };
    Ok(assess_model(black_box(model), &options, |_| {})?
        .verdict
        .central)
}

fn main() -> Result<(), DetenteError> {
    let mut criterion = Criterion::default().configure_from_args();
    reading(&mut criterion)?;
    assessing(&mut criterion)?;
    dominating(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}
