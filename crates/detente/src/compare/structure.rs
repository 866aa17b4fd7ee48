//! What two codings differ in that is no number.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::numbers::Unit;
use crate::{
    DetenteError, Model,
    assessment::{Presence, StructuralDifference},
    decode::{Path, Segment},
};

/// Keys whose text only tells a reader what is meant.
const WORDS: [&str; 7] = [
    "name", "title", "question", "summary", "leader", "event", "id",
];

/// Keys that say where a value came from.
const PROVENANCE: [&str; 4] = ["source", "note", "confidence", "coder"];

/// Everything that is in one only or differs, but for numbers that can be exchanged, words and provenance. What is in one
/// only is named at its top.
///
/// Cost: O(size of the cases).
pub(super) fn differences(
    first: &Model,
    second: &Model,
    units: &[Unit],
) -> Result<Vec<StructuralDifference>, DetenteError> {
    let names = |model: &Model| -> BTreeSet<String> {
        model.inputs.iter().map(|it| it.name.clone()).collect()
    };
    let (mut walk, one, other) = (
        Walk {
            numbers: [names(first), names(second)],
            units: units.iter().map(|it| it.name.clone()).collect(),
            found: Vec::new(),
        },
        serde_json::to_value(&first.case)?,
        serde_json::to_value(&second.case)?,
    );
    walk.tables(&Path::root(), table(&one), table(&other));
    Ok(walk.found)
}

struct Walk {
    numbers: [BTreeSet<String>; 2],
    units: BTreeSet<String>,
    found: Vec<StructuralDifference>,
}

impl Walk {
    /// Entries of two tables, by key in the order of the first.
    fn tables(&mut self, path: &Path, one: Map<String, Json>, other: Map<String, Json>) {
        let mut rest = other;
        for (key, value) in one {
            let other = rest.shift_remove(&key);
            self.pair(&path.key(&key), &key, [Some(value), other]);
        }
        for (key, value) in rest {
            self.pair(&path.key(&key), &key, [None, Some(value)]);
        }
    }

    fn pair(&mut self, path: &Path, key: &str, values: [Option<Json>; 2]) {
        let values = values.map(|it| it.map(bare));
        let text = |it: &Option<Json>| it.as_ref().is_none_or(Json::is_string);
        let is_words = WORDS.contains(&key) && values.iter().all(text);
        let name = name(path);
        let numbers = self.numbers.each_ref().map(|it| it.contains(&name));
        if is_words || self.units.contains(&name) || numbers == [true, true] {
            return;
        }
        match values {
            [Some(_), Some(_)] if is_description(path) => {}
            [Some(one), Some(other)] => self.both(path, one, other, numbers),
            [Some(_), None] => self.push(name, Presence::First, [None, None]),
            [None, Some(_)] => self.push(name, Presence::Second, [None, None]),
            [None, None] => {}
        }
    }

    fn both(&mut self, path: &Path, one: Json, other: Json, numbers: [bool; 2]) {
        match (one, other) {
            (Json::Object(one), Json::Object(other)) if numbers == [false, false] => {
                self.tables(path, one, other);
            }
            (one, other) if numbers != [false, false] || ordered(&one) != ordered(&other) => {
                let shown = |it: Json| Some(it).filter(|it| !it.is_object() && !it.is_array());
                self.push(name(path), Presence::Both, [shown(one), shown(other)]);
            }
            _ => {}
        }
    }

    fn push(&mut self, name: String, presence: Presence, values: [Option<Json>; 2]) {
        self.found.push(StructuralDifference {
            name,
            presence,
            values,
        });
    }
}

/// The name of what stands at a path: as its number is called, where it is one.
fn name(path: &Path) -> String {
    match (path.segments().last(), path.parent()) {
        // What options meet in is no key of the file, and needs no quotes.
        (Some(Segment::Key(key)), Some(parent)) if key.ends_with(')') => {
            let dot = if key.starts_with('(') { "" } else { "." };
            format!("{}{dot}{key}", name(&parent))
        }
        _ => path.to_string(),
    }
}

/// Whether the path is that of an option's description.
fn is_description(path: &Path) -> bool {
    let keys = path.segments();
    let is = |place: usize, word: &str| matches!(keys.get(place), Some(Segment::Key(key)) if key == word);
    keys.len() == 4 && is(0, "issue") && is(2, "option")
}

/// The case as a table: lists whose members have a name become tables, words and sources go.
fn table(case: &Json) -> Map<String, Json> {
    let mut table = case.as_object().cloned().unwrap_or_default();
    table.shift_remove("source");
    for key in ["act", "proposal"] {
        if let Some(list) = table.get_mut(key) {
            *list = keyed(list, |member| Some(member.get("id")?.as_str()?.to_owned()));
        }
    }
    if let Some(list) = table.get_mut("forbidden") {
        *list = keyed(list, |member| {
            Some(format!("({})", met(member.get("when")?)))
        });
    }
    let parties = table.get_mut("party").and_then(Json::as_object_mut);
    for party in parties.into_iter().flat_map(Map::values_mut) {
        for section in ["payoff", "exposure", "temptation"] {
            let section = party.get_mut(section).and_then(Json::as_object_mut);
            section.into_iter().for_each(interactions);
        }
    }
    table
}

/// Brings the interactions of a table of numbers under the names of their inputs.
fn interactions(section: &mut Map<String, Json>) {
    let Some(list) = section.shift_remove("interaction") else {
        return;
    };
    for member in list.as_array().into_iter().flatten() {
        let met = member.get("when").map(met).unwrap_or_default();
        section.insert(format!("interaction({met})"), member["add"].clone());
    }
}

/// A list as a table by what names its members.
fn keyed(list: &Json, name: impl Fn(&Json) -> Option<String>) -> Json {
    let members = list.as_array().into_iter().flatten();
    let named = members.filter_map(|member| Some((name(member)?, member.clone())));
    Json::Object(named.collect())
}

/// Options as `issue=option`, in order.
fn met(when: &Json) -> String {
    let options = when.as_object().into_iter().flatten();
    let options: BTreeMap<&str, &str> = options
        .filter_map(|(issue, option)| Some((issue.as_str(), option.as_str()?)))
        .collect();
    let met: Vec<String> = options
        .iter()
        .map(|(issue, option)| format!("{issue}={option}"))
        .collect();
    met.join(",")
}

/// A value without its provenance.
fn bare(value: Json) -> Json {
    let Json::Object(mut table) = value else {
        return value;
    };
    for key in PROVENANCE {
        let told = table
            .get(key)
            .is_some_and(|it| it.is_string() || it.is_array());
        if told {
            table.shift_remove(key);
        }
    }
    match (table.len(), table.get("value")) {
        (1, Some(value)) => value.clone(),
        _ => Json::Object(table),
    }
}

/// A value in which neither keys nor members of lists have an order, but for ranks.
fn ordered(value: &Json) -> Json {
    match value {
        Json::Object(table) => {
            let sorted: BTreeMap<&String, Json> =
                table.iter().map(|(key, it)| (key, ordered(it))).collect();
            Json::Object(
                sorted
                    .into_iter()
                    .map(|(key, it)| (key.clone(), it))
                    .collect(),
            )
        }
        Json::Array(list) => {
            let mut members: Vec<Json> = list.iter().map(ordered).collect();
            let ranks = members.iter().any(Json::is_array);
            if !ranks {
                members.sort_by_cached_key(Json::to_string);
            }
            Json::Array(members)
        }
        other => other.clone(),
    }
}
