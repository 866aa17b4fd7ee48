//! Changes to a case that should change no answer, and answers in a form that can be compared.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use detente::{
    Assessment, Case,
    case::{ByIssue, Nonagreement, Number, Preferences},
    decode::{CaseFaults, Source},
    uncertainty::{Kind, Uncertain},
};
use serde_json::{Map, Value};

/// The case written to a file in another order, and read again. `salt` names the order: parties,
/// issues, options, types, tables within tables, acts, offers, forbidden combinations, interactions,
/// witnesses and tied ranks are all put where chance puts them.
///
/// # Errors
/// [`CaseFaults`] if the case cannot be read again.
pub fn reordered(case: &Case, salt: u64) -> Result<Case, CaseFaults> {
    let mut file = serde_json::to_value(case).unwrap_or_default();
    reorder("", &mut file, salt);
    Case::read(&Source::new("reordered.json", file.to_string()))
}

fn reorder(key: &str, value: &mut Value, salt: u64) {
    match value {
        Value::Object(table) => {
            let mut entries: Vec<(String, Value)> = std::mem::take(table).into_iter().collect();
            entries.sort_by_key(|(name, _)| place(salt, name));
            for (name, mut value) in entries {
                reorder(&name, &mut value, salt);
                table.insert(name, value);
            }
        }
        Value::Array(list) => {
            // The members of a list within a ranking are tied.
            let unordered = [
                "act",
                "forbidden",
                "proposal",
                "interaction",
                "seen_by",
                "tied",
                "correlation",
                "between",
            ];
            if unordered.contains(&key) {
                list.sort_by_key(|value| place(salt, &value.to_string()));
            }
            let below = if key == "ranking" { "tied" } else { "" };
            for value in list {
                reorder(below, value, salt);
            }
        }
        _ => {}
    }
}

/// Where chance puts a name.
fn place(salt: u64, name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (salt, name).hash(&mut hasher);
    hasher.finish()
}

/// The case with one party's payoffs under the positive affine map `x ↦ factor·x + shift`, its
/// temptation, exposure, shifts and floor along with them, its home front as it was (M-01). `None`
/// where a number cannot be mapped, or no party has that id; a ranking has no scale and stays.
#[must_use]
pub fn rescaled(case: &Case, party: &str, factor: f64, shift: f64) -> Option<Case> {
    let mut case = case.clone();
    let place = case.parties.index_of(party)?;
    let party = case.parties.values_mut().nth(place)?;
    let Preferences::Numbers(payoff) = &mut party.payoff else {
        return Some(case);
    };
    *payoff = scaled(payoff, factor, shift)?;
    if let Some(Nonagreement::Payoff(number)) = &mut party.nonagreement {
        *number = mapped(number, factor, shift)?;
    }
    for table in [&mut party.exposure, &mut party.temptation]
        .into_iter()
        .flatten()
    {
        *table = scaled(table, factor, 0.0)?;
    }
    for kind in party.types.values_mut() {
        if let Some(number) = &mut kind.temptation_shift {
            *number = mapped(number, factor, 0.0)?;
        }
    }
    if let Some(floor) = &mut party.ratification_floor {
        *floor = mapped(floor, factor, shift)?;
    }
    Some(case)
}

/// Every number of a table times a factor; the shift goes to the constant.
fn scaled(table: &ByIssue, factor: f64, shift: f64) -> Option<ByIssue> {
    let mut table = table.clone();
    let constant = match &table.constant {
        Some(constant) => mapped(constant, factor, shift)?,
        None => Uncertain::point(shift).ok()?.into(),
    };
    table.constant = Some(constant);
    for options in table.issues.values_mut() {
        for number in options.values.values_mut() {
            *number = mapped(number, factor, 0.0)?;
        }
    }
    for interaction in &mut table.interactions {
        interaction.add = mapped(&interaction.add, factor, 0.0)?;
    }
    Some(table)
}

fn mapped(number: &Number, factor: f64, shift: f64) -> Option<Number> {
    let map = |x: f64| factor * x + shift;
    let value = match number.value.kind() {
        Kind::Point { value } => Uncertain::point(map(value)),
        Kind::Triangular { low, mode, high } => {
            Uncertain::triangular(map(low), map(mode), map(high))
        }
        Kind::Uniform { low, high } => Uncertain::uniform(map(low), map(high)),
        Kind::Normal { mean, sd } => Uncertain::normal(map(mean), factor * sd),
        _ => return None,
    };
    Some(Number {
        value: value.ok()?,
        provenance: number.provenance.clone(),
    })
}

/// What an assessment says, by name and in an order of its own, so that two can be compared whose
/// cases were ordered or scaled differently: without what the case itself says, and without the
/// reference agreement where the choice of it fell on one of several as good.
#[must_use]
pub fn answer(assessment: &Assessment) -> Value {
    let mut whole = serde_json::to_value(assessment).unwrap_or_default();
    let deepest = assessment
        .funnel
        .iter()
        .rev()
        .find(|stage| !stage.best.is_empty());
    let tied = deepest.is_some_and(|stage| stage.best.len() > 1);
    if let Some(table) = whole.as_object_mut() {
        for key in ["subject", "evidence", "reproducibility"] {
            table.remove(key);
        }
        if tied {
            // Who would break the reference agreement hangs on which it is.
            table.remove("enforcement");
        }
        let series: Map<String, Value> = assessment
            .beliefs
            .iter()
            .zip(table["beliefs"].as_array().into_iter().flatten())
            .map(|(series, written)| {
                let name = format!("{} about {}", series.observer, series.about);
                (name, by_type(written.clone(), &series.types, tied))
            })
            .collect();
        table.insert("beliefs".to_owned(), series.into());
    }
    in_order("", &mut whole);
    whole
}

/// A series of beliefs with its lists of probabilities written under the names of the types.
fn by_type(mut series: Value, types: &[String], tied: bool) -> Value {
    let points = series["points"].take();
    for point in points.as_array().into_iter().flatten() {
        let mut point = point.clone();
        for lens in ["warranted", "held"] {
            let chances = point[lens]["types"].take();
            let named: BTreeMap<&String, Value> = types
                .iter()
                .zip(chances.as_array().into_iter().flatten().cloned())
                .collect();
            point[lens]["types"] = serde_json::to_value(named).unwrap_or_default();
            if tied {
                point[lens]["trust"].take();
                point[lens]["band"].take();
            }
        }
        let name = point["act"].as_str().unwrap_or("prior").to_owned();
        series[name] = point;
    }
    if tied {
        series["threshold"].take();
    }
    series["types"].take();
    series
}

/// Sorts tables by key, and lists that hold sets by what they hold.
fn in_order(key: &str, value: &mut Value) {
    match value {
        Value::Object(table) => {
            table.sort_keys();
            for (key, value) in table.iter_mut() {
                in_order(key, value);
            }
        }
        Value::Array(list) => {
            for value in &mut *list {
                in_order("", value);
            }
            let turns = [
                "funnel",
                "barriers",
                "shares",
                "range",
                "interval",
                "not_coded",
            ];
            if !turns.contains(&key) {
                // Words first: numbers may differ by the rounding of sums.
                list.sort_by_cached_key(|it| (words(it), it.to_string()));
            }
        }
        _ => {}
    }
}

/// All that is written, without its numbers.
fn words(value: &Value) -> String {
    match value {
        Value::Object(table) => table
            .iter()
            .map(|(key, value)| format!("{key}: {}, ", words(value)))
            .collect(),
        Value::Array(list) => list.iter().map(|it| words(it) + ", ").collect(),
        Value::Number(_) => String::new(),
        word => word.to_string(),
    }
}
