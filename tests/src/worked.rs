//! Worked cases: the model's numbers at one small case, stated in plain JSON.
//!
//! The input form is bare: options are numbered, every number is exact. [`case`] writes it in the
//! case format and [`run`] answers with every intermediate value under the names of the reference.

use std::collections::BTreeMap;

use detente::{
    Assessment, Case, DetenteError, Model, Options,
    assessment::{AgreementSet, Barrier, BeliefSeries},
    case::Terms,
    decode::Source,
    prelude::assess,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A worked case's input.
#[derive(Debug, Clone, Deserialize)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Options per issue.
    pub issue_sizes: Vec<usize>,
    /// Impossible combinations: each a list of `[issue, option]` pairs, or one option an issue with
    /// `null` for any.
    #[serde(default)]
    pub forbidden: Vec<Value>,
    /// The parties.
    pub parties: Vec<Party>,
    /// Acts in the order of their dates.
    pub acts: Vec<Act>,
    /// What history shows.
    pub outcome: String,
}

/// A party of a worked case.
#[derive(Debug, Clone, Deserialize)]
pub struct Party {
    id: String,
    payoff: Vec<Vec<f64>>,
    payoff_constant: f64,
    nonagreement: f64,
    #[serde(default)]
    exposure: Option<Vec<Vec<f64>>>,
    #[serde(default)]
    exposure_constant: f64,
    #[serde(default)]
    temptation: Option<Vec<Vec<f64>>>,
    #[serde(default)]
    temptation_constant: f64,
    detection: Option<f64>,
    /// By id, in the order of the file.
    types: Map<String, Value>,
    true_type: Value,
    #[serde(default)]
    prior: BTreeMap<String, BTreeMap<String, f64>>,
    #[serde(default)]
    bias: Value,
    home: Option<Map<String, Value>>,
    ratification_floor: Option<f64>,
}

/// An act of a worked case.
#[derive(Debug, Clone, Deserialize)]
pub struct Act {
    actor: String,
    seen_by: Vec<String>,
    tone: String,
    #[serde(default)]
    forced: Option<f64>,
    likelihood: Option<BTreeMap<String, f64>>,
    likelihood_ratio: Option<BTreeMap<String, f64>>,
}

/// The case in the case format, as JSON.
#[must_use]
pub fn document(input: &Input) -> Value {
    let issues: Map<String, Value> = input
        .issue_sizes
        .iter()
        .enumerate()
        .map(|(issue, &size)| {
            let options: Map<String, Value> = (0..size)
                .map(|option| (format!("o{option}"), json!("an option")))
                .collect();
            (
                format!("i{issue}"),
                json!({ "name": "an issue", "option": options }),
            )
        })
        .collect();
    let parties: Map<String, Value> = input
        .parties
        .iter()
        .map(|it| (it.id.clone(), party(it)))
        .collect();
    let acts: Vec<Value> = input
        .acts
        .iter()
        .enumerate()
        .map(|(row, it)| act(row, it))
        .collect();
    let forbidden: Vec<Value> = input.forbidden.iter().map(combination).collect();
    json!({
        "format": 1,
        "case": {
            "id": "worked-case",
            "title": input.name,
            "decided": "2000-12-31",
            "outcome": input.outcome,
        },
        "issue": issues,
        "party": parties,
        "act": acts,
        "forbidden": forbidden,
    })
}

/// An impossible combination: pairs `[issue, option]`, or one option an issue with `null` for any.
fn combination(value: &Value) -> Value {
    let entries = value.as_array().cloned().unwrap_or_default();
    let pairs = entries
        .iter()
        .enumerate()
        .filter_map(|(place, entry)| match entry.as_array() {
            Some(pair) => Some((pair.first()?.as_u64()?, pair.get(1)?.as_u64()?)),
            None => Some((place as u64, entry.as_u64()?)),
        });
    let when: Map<String, Value> = pairs
        .map(|(issue, option)| (format!("i{issue}"), json!(format!("o{option}"))))
        .collect();
    json!({ "when": when })
}

fn by_issue(constant: f64, tables: &[Vec<f64>]) -> Value {
    let mut table = Map::new();
    table.insert("constant".into(), json!(constant));
    for (issue, numbers) in tables.iter().enumerate() {
        let options: Map<String, Value> = numbers
            .iter()
            .enumerate()
            .map(|(option, number)| (format!("o{option}"), json!(number)))
            .collect();
        table.insert(format!("i{issue}"), options.into());
    }
    table.into()
}

fn party(party: &Party) -> Value {
    let types: Map<String, Value> = party
        .types
        .iter()
        .map(|(id, it)| {
            let mut table = it.clone();
            if let Some(fields) = table.as_object_mut() {
                let delta = fields.remove("delta").unwrap_or_default();
                fields.insert("patience".to_owned(), delta);
                fields.retain(|_, value| !value.is_null());
            }
            (id.clone(), table)
        })
        .collect();
    let mut table = json!({
        "name": party.id,
        "payoff": by_issue(party.payoff_constant, &party.payoff),
        "nonagreement": party.nonagreement,
        "exposure": party.exposure.as_ref().map(|it| by_issue(party.exposure_constant, it)),
        "temptation": party.temptation.as_ref().map(|it| by_issue(party.temptation_constant, it)),
        "detection": party.detection,
        "type": types,
        "true_type": party.true_type,
        "prior": party.prior.iter().map(prior).collect::<Map<String, Value>>(),
        "bias": party.bias,
    });
    // What is null is not coded.
    if let Some(fields) = table.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    if let Some(home) = &party.home {
        let coded = home.iter().filter(|(_, value)| !value.is_null());
        table["home"] = coded
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
    }
    if let Some(floor) = party.ratification_floor {
        table["ratification_floor"] = json!(floor);
    }
    table
}

/// A prior as the case format has it: certainty is meant where it is written.
fn prior((about, chances): (&String, &BTreeMap<String, f64>)) -> (String, Value) {
    let mut table = json!(chances);
    if chances
        .values()
        .any(|&chance| chance <= 0.0 || chance >= 1.0)
    {
        table["dogmatic"] = json!(true);
    }
    (about.clone(), table)
}

fn act(row: usize, act: &Act) -> Value {
    let mut table = json!({
        "id": format!("act-{row:05}"),
        // One day an act, so that acts are read in the order given.
        "date": day(row),
        "actor": act.actor,
        "seen_by": act.seen_by,
        "tone": act.tone,
        "event": "an act",
    });
    match (&act.likelihood, &act.likelihood_ratio) {
        (_, Some(ratio)) => table["likelihood_ratio"] = json!(ratio),
        (likelihood, None) => {
            table["likelihood"] = json!(likelihood);
            table["forced"] = json!(act.forced.unwrap_or_default());
        }
    }
    table
}

/// The day number `row` from the first of January 1900, years counted as 336 days.
fn day(row: usize) -> String {
    format!(
        "{}-{:02}-{:02}",
        1900 + row / 336,
        1 + row / 28 % 12,
        1 + row % 28
    )
}

/// The worked case as a case.
///
/// # Errors
/// [`DetenteError`] if the input makes no valid case.
pub fn case(input: &Input) -> Result<Case, DetenteError> {
    let text = document(input).to_string();
    Ok(Case::read(&Source::new(
        format!("{}.json", input.name),
        text,
    ))?)
}

/// Every value of the reference, computed.
///
/// # Errors
/// [`DetenteError`] if the input makes no valid case or cannot be assessed.
pub fn run(input: &Input) -> Result<Value, DetenteError> {
    let case = case(input)?;
    let options = Options {
        draws: 0,
        list_limit: usize::MAX,
        ..Options::default()
    };
    let assessment = assess(&case, &options)?;
    let model = Model::compile(&case)?;
    let rows = detente::table(&model, &options)?;
    let per_agreement: Vec<Value> = rows
        .iter()
        .map(|row| {
            let honours: Map<String, Value> = input
                .parties
                .iter()
                .zip(&row.honours)
                .map(|(party, flags)| {
                    let by_type: Map<String, Value> = party
                        .types
                        .keys()
                        .zip(flags)
                        .map(|(id, &flag)| (id.clone(), json!(flag)))
                        .collect();
                    (party.id.clone(), by_type.into())
                })
                .collect();
            json!({
                "agreement": numbers(&row.terms),
                "payoff": row.payoff,
                "honours": honours,
                "trust_warranted": row.trust_warranted,
                "trust_held": row.trust_held,
                "nation_margin_warranted": row.nation_margin_warranted,
                "leader_margin_warranted": row.leader_margin_warranted,
                "leader_margin_held": row.leader_margin_held,
            })
        })
        .collect();
    let mut answer = json!({
        "agreements": rows.len(),
        "belief_trajectories": trajectories(&assessment.beliefs),
        "per_agreement": per_agreement,
        "funnel": funnel(&assessment),
        "verdict": assessment.verdict.central,
        "accepted_as_held": set(&assessment.errors.accepted_as_held),
        "misplaced_trust": set(&assessment.errors.misplaced_trust),
        "accepted_without_warrant": set(&assessment.errors.accepted_without_warrant),
        "preferred_as_held": set(&assessment.readings.preferred_as_held),
        "would_have_preferred": set(&assessment.readings.would_have_preferred),
        "expected_outcome": assessment.record.expected,
        "explains_record": assessment.record.explains_record,
    });
    if let Some(attribution) = attribution(&assessment) {
        answer["attribution"] = attribution;
    }
    Ok(answer)
}

/// An agreement as option numbers.
fn numbers(terms: &Terms) -> Vec<usize> {
    terms
        .iter()
        .filter_map(|(_, option)| option.strip_prefix('o')?.parse().ok())
        .collect()
}

fn list(agreements: &[Terms]) -> Value {
    agreements.iter().map(numbers).collect::<Vec<_>>().into()
}

fn set(set: &AgreementSet) -> Value {
    list(&set.agreements)
}

fn funnel(assessment: &Assessment) -> Value {
    let mut table = Map::new();
    for stage in &assessment.funnel {
        let key = serde_json::to_value(stage.set).unwrap_or_default();
        let agreements = match stage.barrier {
            None => json!(stage.survivors),
            Some(_) => list(&stage.agreements),
        };
        table.insert(key.as_str().unwrap_or_default().to_owned(), agreements);
    }
    table.into()
}

/// Beliefs after each act.
fn trajectories(series: &[BeliefSeries]) -> Value {
    let mut table = Map::new();
    for series in series {
        let after = series.points.iter().skip(1);
        let warranted: Vec<&[f64]> = after
            .clone()
            .map(|point| point.warranted.types.as_slice())
            .collect();
        let held: Vec<&[f64]> = after.map(|point| point.held.types.as_slice()).collect();
        let name = format!("{} about {}", series.observer, series.about);
        table.insert(format!("{name}, warranted"), json!(warranted));
        table.insert(format!("{name}, held"), json!(held));
    }
    table.into()
}

/// Shares under the numbers that the reference gives the removable barriers.
fn attribution(assessment: &Assessment) -> Option<Value> {
    let attribution = assessment.attribution.as_ref()?;
    let number = |barrier: Barrier| (barrier as usize + 1).to_string();
    let mut value = Map::new();
    for (key, v) in attribution.central.as_ref()? {
        let numbers = key
            .replace("anarchy", "2")
            .replace("prudent_distrust", "3")
            .replace("domestic_legitimacy", "4")
            .replace("misperception", "5");
        value.insert(numbers, json!(v));
    }
    let shapley: Map<String, Value> = attribution
        .shares
        .iter()
        .map(|share| (number(share.barrier), json!(share.central)))
        .collect();
    let minimal: Vec<Vec<usize>> = attribution
        .minimal_sets
        .iter()
        .map(|set| set.iter().map(|&barrier| barrier as usize + 1).collect())
        .collect();
    Some(json!({ "value": value, "shapley": shapley, "minimal_sets": minimal }))
}

/// Where two values differ by more than `tolerance`, relative to the larger of 1 and the expected
/// number; objects must have the same keys. Empty where they agree.
#[must_use]
pub fn differences(computed: &Value, expected: &Value, tolerance: f64) -> Vec<String> {
    let mut found = Vec::new();
    compare("", computed, expected, tolerance, &mut found);
    found
}

fn compare(
    path: &str,
    computed: &Value,
    expected: &Value,
    tolerance: f64,
    found: &mut Vec<String>,
) {
    match (computed, expected) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                let (left, right) = (a.get(key), b.get(key));
                let nothing = Value::Null;
                compare(
                    &format!("{path}.{key}"),
                    left.unwrap_or(&nothing),
                    right.unwrap_or(&nothing),
                    tolerance,
                    found,
                );
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (row, (left, right)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}[{row}]"), left, right, tolerance, found);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (
                a.as_f64().unwrap_or(f64::NAN),
                b.as_f64().unwrap_or(f64::NAN),
            );
            let error = (a - b).abs();
            if error.is_nan() || error > tolerance * b.abs().max(1.0) {
                found.push(format!("{path}: computed {a}, expected {b}"));
            }
        }
        _ if computed == expected => {}
        _ => found.push(format!("{path}: computed {computed}, expected {expected}")),
    }
}
