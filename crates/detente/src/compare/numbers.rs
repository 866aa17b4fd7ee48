//! Numbers that two codings give differently.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Aspect, Input, Model,
    assessment::{CodedValue, Effect, NumberDifference, ValuePair},
    probe::words,
};

/// What is exchanged at once: a number, or a table of probabilities, which must sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    pub(super) name: String,
    /// Positions of its numbers in the first and in the second model.
    pub(super) slots: Vec<[usize; 2]>,
}

/// Every number that differs, by name. A table of probabilities that lists other types in one than in the other is none: it
/// is part of the structure.
pub(super) fn units(first: &Model, second: &Model) -> Vec<Unit> {
    let places = by_name(second);
    let tables: BTreeSet<String> = [first, second].into_iter().flat_map(tables).collect();
    let by_words: BTreeMap<Vec<&str>, &String> =
        tables.iter().map(|table| (words(table), table)).collect();
    let table_of = |name: &str| {
        let mut words = words(name);
        words.pop();
        by_words.get(&words).map(|&table| table.clone())
    };
    let mut units: BTreeMap<String, Vec<[usize; 2]>> = BTreeMap::new();
    for (place, input) in first.inputs.iter().enumerate() {
        if let Some(&other) = places.get(input.name.as_str()) {
            let name = table_of(&input.name).unwrap_or_else(|| input.name.clone());
            units.entry(name).or_default().push([place, other]);
        }
    }
    let differs = |slots: &[[usize; 2]]| {
        let values =
            |&[one, other]: &[usize; 2]| first.inputs[one].value != second.inputs[other].value;
        slots.iter().any(values)
    };
    let whole = |name: &String, slots: usize| {
        let listed = |model: &Model| {
            let inputs = model.inputs.iter();
            inputs
                .filter(|it| table_of(&it.name).as_ref() == Some(name))
                .count()
        };
        !tables.contains(name) || (listed(first) == slots && listed(second) == slots)
    };
    let units = units
        .into_iter()
        .filter(|(name, slots)| differs(slots) && whole(name, slots.len()));
    units.map(|(name, slots)| Unit { name, slots }).collect()
}

/// Positions of inputs by name.
fn by_name(model: &Model) -> BTreeMap<&str, usize> {
    let inputs = model.inputs.iter().enumerate();
    inputs
        .map(|(place, input)| (input.name.as_str(), place))
        .collect()
}

/// The tables of probabilities of types.
fn tables(model: &Model) -> Vec<String> {
    let truths = model.parties.iter().filter_map(|it| it.true_type.as_ref());
    let priors = model.views.iter().map(|it| &it.prior);
    truths.chain(priors).map(|it| it.name.clone()).collect()
}

impl Unit {
    pub(super) fn difference(&self, models: [&Model; 2], effect: Effect) -> NumberDifference {
        let values = self.slots.iter().map(|&[one, other]| ValuePair {
            name: models[0].inputs[one].name.clone(),
            values: [
                coded(&models[0].inputs[one]),
                coded(&models[1].inputs[other]),
            ],
        });
        NumberDifference {
            name: self.name.clone(),
            aspect: Aspect::of(&self.name),
            values: values.collect(),
            effect,
        }
    }
}

fn coded(input: &Input) -> CodedValue {
    let (low, high) = input.value.support();
    let bounded = |end: f64| end.is_finite().then_some(end);
    CodedValue {
        central: input.value.central(),
        range: [bounded(low), bounded(high)],
        coded: input.coded,
    }
}
