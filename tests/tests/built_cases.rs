//! Cases built in code, with the promises of the format broken: compiling one never panics and never
//! fails in silence, and what compiles can be assessed.
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a property that fails ends its test"
)]

use detente::{
    Case, DetenteError, Model, Options, assess,
    case::{
        Act, Bias, ByIssue, Coded, Correlation, Expectation, Forbidden, History, Home, Identity,
        Interaction, Issue, Messages, Nonagreement, Number, OptionTable, Party, PartyType,
        Preferences, Prior, PriorBias, Proposal, Provenance, Ranking, SeenBy, Situational, Source,
        Terms, TrueType, Weights,
    },
    decode::Ids,
    quantity::Date,
    strategies,
    uncertainty::Uncertain,
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, RngSeed, TestRunner},
};

/// A way to break a case; the index picks which of its parts.
type Damage = fn(&mut Case, Index);

fn party(case: &mut Case, at: Index, change: impl Fn(&mut Party)) {
    let count = case.parties.len();
    if count > 0 {
        let chosen = case.parties.values_mut().nth(at.index(count));
        chosen.into_iter().for_each(change);
    }
}

fn kind(case: &mut Case, at: Index, change: impl Fn(&mut PartyType)) {
    party(case, at, |party| {
        party.types.values_mut().take(1).for_each(&change);
    });
}

fn act(case: &mut Case, at: Index, change: impl Fn(&mut Act)) {
    let count = case.acts.len();
    if count > 0 {
        change(&mut case.acts[at.index(count)]);
    }
}

/// Values by id; ids that are not well-formed cannot even be built.
fn ids<T>(entries: impl IntoIterator<Item = (&'static str, T)>) -> Ids<T> {
    let mut ids = Ids::new();
    for (id, value) in entries {
        ids.insert(id, value)
            .expect("ids of this test are well-formed");
    }
    ids
}

fn terms(pairs: &[(&'static str, &str)]) -> Terms {
    ids(pairs
        .iter()
        .map(|(issue, option)| (*issue, (*option).to_owned())))
}

fn number(value: f64) -> Number {
    let number = Uncertain::point(value).or_else(|_| Uncertain::point(0.0));
    Number::from(number.expect("0 is a number"))
}

/// A number that is drawn from the whole line.
fn wild() -> Number {
    let number = Uncertain::normal(0.5, 1e6).expect("a positive standard deviation");
    Number::from(number)
}

fn weights(value: f64) -> Weights {
    Weights {
        types: ids([("t0", number(value)), ("t9", number(value))]),
        provenance: sources(),
    }
}

fn sources() -> Provenance {
    Provenance {
        source: vec!["nowhere".to_owned(), String::new()],
        ..Provenance::default()
    }
}

fn by_issue(value: f64) -> ByIssue {
    let table = OptionTable {
        values: ids([("o0", number(value)), ("o9", number(value))]),
        ..OptionTable::default()
    };
    ByIssue {
        constant: Some(number(value)),
        issues: ids([("i0", table.clone()), ("constant", table)]),
        interactions: vec![
            interaction(&[("i0", "o0"), ("i1", "o0")]),
            interaction(&[("i0", "o0"), ("i1", "o0")]),
            interaction(&[("i0", "o0")]),
            interaction(&[]),
        ],
        provenance: sources(),
    }
}

fn interaction(pairs: &[(&'static str, &str)]) -> Interaction {
    Interaction {
        when: terms(pairs),
        add: number(1e99),
        provenance: Provenance::default(),
    }
}

fn home(number: Option<Number>) -> Home {
    Home {
        national_weight: number.clone(),
        office_stake: number.clone(),
        support: number.clone(),
        threat: number.clone(),
        baseline: number.clone(),
        curve: None,
        audience_hostility: number.clone(),
        messages: Some(Messages {
            cost: number.clone(),
            credulous_share: number.clone(),
            bargaining_share: None,
            prior_hostility: number,
            signature: None,
            provenance: Provenance::default(),
        }),
        provenance: Provenance::default(),
    }
}

/// What a case is about and what could be agreed.
const SUBJECT: &[Damage] = &[
    |case, _| case.format = -1,
    |case, _| case.identity = Identity::default(),
    |case, _| case.identity.agreed = Some(Coded::bare(Terms::new())),
    |case, _| {
        case.identity.outcome = Some(Coded::bare(History::Nonagreement));
        case.identity.agreed = Some(Coded::bare(terms(&[("nowhere", "none")])));
    },
    |case, _| case.identity.decided = Some(Coded::bare(Date::MIN)),
    |case, _| case.sources = ids([("s", Source::default())]),
    |case, _| case.issues = Ids::new(),
    |case, _| case.issues = ids([("ranking", Issue::default()), ("i0", Issue::default())]),
    |case, _| {
        case.issues
            .values_mut()
            .for_each(|issue| issue.options = Ids::new());
    },
    |case, _| {
        // 2⁷⁰ agreements.
        let issue = Issue {
            options: ids([("o0", String::new()), ("note", String::new())]),
            ..Issue::default()
        };
        for place in 0..70 {
            let _ = case.issues.insert(format!("x{place}"), issue.clone());
        }
    },
    |case, _| case.forbidden.push(Forbidden::default()),
    |case, _| {
        let when = |option: &str| Forbidden {
            when: terms(&[("i0", option)]),
            provenance: sources(),
        };
        case.forbidden.extend(["o0", "o1", "o2", "o3"].map(when));
    },
    |case, _| case.parties = Ids::new(),
    |case, _| {
        let first = case.parties.values().next().cloned();
        case.parties = ids(first.map(|party| ("alone", party)));
    },
];

/// What parties want and face.
const WANTS: &[Damage] = &[
    |case, at| party(case, at, |it| it.nonagreement = None),
    |case, at| {
        party(case, at, |it| {
            it.nonagreement = Some(Nonagreement::Payoff(wild()));
        });
    },
    |case, at| {
        party(case, at, |it| {
            it.nonagreement = Some(Nonagreement::State {
                r#as: terms(&[("i0", "o0")]),
                provenance: sources(),
            });
        });
    },
    |case, at| party(case, at, |it| it.payoff = Preferences::default()),
    |case, at| {
        party(case, at, |it| {
            it.payoff = Preferences::Numbers(by_issue(1e99));
        });
    },
    |case, at| {
        party(case, at, |it| {
            it.payoff = Preferences::Ranking(Ranking::default());
        });
    },
    |case, at| {
        party(case, at, |it| {
            it.payoff = Preferences::Ranking(Ranking {
                ranks: vec![Vec::new(), vec![Terms::new(), terms(&[("i0", "o0")])]],
                ..Ranking::default()
            });
        });
    },
    |case, at| party(case, at, |it| it.exposure = None),
    |case, at| party(case, at, |it| it.exposure = Some(by_issue(-1e99))),
    |case, at| party(case, at, |it| it.temptation = None),
    |case, at| party(case, at, |it| it.temptation = Some(ByIssue::default())),
    |case, at| party(case, at, |it| it.ratification_floor = Some(wild())),
    |case, at| party(case, at, |it| it.home = Some(home(None))),
    |case, at| party(case, at, |it| it.home = Some(home(Some(wild())))),
];

/// What parties are and believe.
const BELIEFS: &[Damage] = &[
    |case, at| party(case, at, |it| it.types = Ids::new()),
    |case, at| kind(case, at, |it| it.patience = None),
    |case, at| kind(case, at, |it| it.patience = Some(number(1.0))),
    |case, at| kind(case, at, |it| it.temptation_scale = Some(number(-1e99))),
    |case, at| kind(case, at, |it| it.detection = Some(wild())),
    |case, at| party(case, at, |it| it.detection = None),
    |case, at| party(case, at, |it| it.true_type = None),
    |case, at| {
        party(case, at, |it| {
            it.true_type = Some(TrueType::Known("nobody".to_owned()));
        });
    },
    |case, at| {
        party(case, at, |it| {
            it.true_type = Some(TrueType::Distribution(weights(0.0)));
        });
    },
    |case, at| {
        party(case, at, |it| {
            it.true_type = Some(TrueType::Distribution(Weights::default()));
        });
    },
    |case, at| party(case, at, |it| it.prior = Ids::new()),
    |case, at| {
        party(case, at, |it| {
            it.prior = ids([("p0", Prior::default()), ("p1", Prior::default())]);
        });
    },
    |case, at| {
        party(case, at, |it| {
            for prior in it.prior.values_mut() {
                prior.dogmatic = !prior.dogmatic;
            }
        });
    },
    |case, at| {
        party(case, at, |it| {
            for prior in it.prior.values_mut() {
                prior.weights = weights(0.5);
            }
        });
    },
    |case, at| party(case, at, |it| it.bias = Some(Bias::default())),
    |case, at| {
        party(case, at, |it| {
            it.bias = Some(Bias {
                situational: Some(Situational {
                    cooperative: Some(number(1e99)),
                    hostile: Some(number(-1.0)),
                    ..Situational::default()
                }),
                bad_faith: Some(Coded::bare(true)),
                prior_weight: Some(number(0.0)),
                evidence_weight: Some(number(1e99)),
                expectation: Some(Expectation {
                    misreading: Some(number(7.0)),
                    ..Expectation::default()
                }),
                prior_bias: Some(PriorBias {
                    disconfirming: Some(number(2.0)),
                    ..PriorBias::default()
                }),
                ..Bias::default()
            });
        });
    },
];

/// What was done and offered.
const RECORD: &[Damage] = &[
    |case, at| act(case, at, |it| it.date = None),
    |case, at| act(case, at, |it| it.date = Some(Coded::bare(Date::MAX))),
    |case, at| act(case, at, |it| it.known = Some(Coded::bare(Date::MIN))),
    |case, at| act(case, at, |it| it.tone = None),
    |case, at| act(case, at, |it| it.actor = String::new()),
    |case, at| act(case, at, |it| it.id = String::new()),
    |case, at| act(case, at, |it| it.forced = Some(number(1.0))),
    |case, at| act(case, at, |it| it.likelihood = None),
    |case, at| act(case, at, |it| it.likelihood = Some(Weights::default())),
    |case, at| act(case, at, |it| it.likelihood_ratio = Some(weights(1e99))),
    |case, at| {
        act(case, at, |it| {
            it.seen_by = Some(SeenBy::Parties(vec![String::new(); 3]));
        });
    },
    |case, at| act(case, at, |it| it.seen_by = Some(SeenBy::Days(Ids::new()))),
    |case, at| {
        act(case, at, |it| {
            it.seen_by = Some(SeenBy::Days(ids([("p0", Date::MIN), ("p1", Date::MAX)])));
        });
    },
    |case, at| {
        let count = case.acts.len();
        if count > 0 {
            case.acts.push(case.acts[at.index(count)].clone());
        }
    },
    |case, _| {
        case.proposals.push(Proposal {
            id: String::new(),
            date: None,
            by: Some(Coded::bare(String::new())),
            name: String::new(),
            terms: Terms::new(),
            provenance: sources(),
        });
    },
    |case, _| case.correlations.push(goes_with("", "", f64::NAN)),
    |case, _| {
        let name = "party.p0.nonagreement";
        case.correlations.push(goes_with(name, name, 1e300));
    },
    |case, at| {
        // Perhaps of uncertain numbers, and then more than can hold together.
        let parts = ["nonagreement", "payoff.i0.o0", "payoff.i0.o1", "detection"];
        for (place, part) in parts.iter().enumerate() {
            let other = parts[at.index(parts.len())];
            let name = |part: &str| format!("party.p0.{part}");
            let rank = if place > 1 { -0.9 } else { 0.9 };
            let pair = goes_with(&name(part), &name(other), rank);
            case.correlations.push(pair);
        }
    },
];

fn goes_with(one: &str, other: &str, rank: f64) -> Correlation {
    Correlation {
        between: [one.to_owned(), other.to_owned()],
        rank,
        provenance: sources(),
    }
}

fn damages() -> impl Strategy<Value = Vec<(Damage, Index)>> {
    let all = [SUBJECT, WANTS, BELIEFS, RECORD].concat();
    vec((select(all), any::<Index>()), 0..4)
}

/// Compiles the case and, if it compiles, assesses it.
fn tried(case: &Case) -> Result<(), TestCaseError> {
    if let Err(refused) = Model::compile(case) {
        prop_assert!(!refused.faults.is_empty(), "refused in silence");
        for fault in &refused.faults {
            let remedy = fault.label.is_some() || fault.help.is_some();
            prop_assert!(remedy, "no remedy: {fault}");
        }
        prop_assert!(refused.to_string().contains("error[E0"));
        prop_assert!(matches!(
            assess(case, &Options::default()),
            Err(DetenteError::Case(_))
        ));
        return Ok(());
    }
    let options = Options {
        draws: 2,
        ..Options::default()
    };
    // Numbers that are sound one by one may be refused together, but by an error.
    let _ = assess(case, &options);
    Ok(())
}

#[test]
fn broken_cases_are_refused_aloud() {
    let mut runner = TestRunner::new(Config {
        cases: Config::default().cases.max(2000),
        rng_seed: RngSeed::Fixed(1997),
        failure_persistence: None,
        ..Config::default()
    });
    let broken = (
        prop_oneof![strategies::case(), strategies::uncertain_case()],
        damages(),
    );
    let outcome = runner.run(&broken, |(mut case, damages)| {
        for (damage, at) in damages {
            damage(&mut case, at);
        }
        tried(&case)
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

#[test]
fn the_empty_case_is_refused_with_all_that_it_lacks() {
    let refused = Model::compile(&Case::default()).expect_err("nothing is no case");
    let found: Vec<String> = refused
        .faults
        .iter()
        .map(|fault| fault.path.to_string())
        .collect();
    for path in ["format", "case.decided", "case.outcome", "issue", "party"] {
        assert!(found.iter().any(|it| it == path), "{path} in {found:?}");
    }
}
