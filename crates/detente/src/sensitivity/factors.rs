//! What is judged as one.

use std::collections::BTreeMap;

use detente_uncertainty::sensitivity::Factors;

use super::Grouping;
use crate::{
    Aspect, DetenteError,
    model::Model,
    probe::{Probe, party_of},
};

/// Between the names of what is judged as one.
const JOIN: &str = " + ";

/// A factor in words.
#[derive(Debug, Clone)]
pub(super) struct Factor {
    pub(super) name: String,
    /// What all its numbers are about, where they are about one thing.
    pub(super) aspect: Option<Aspect>,
    /// The names of its numbers.
    pub(super) members: Vec<String>,
}

impl Factor {
    /// The names of its numbers, where they are not its own name.
    pub(super) fn listed(&self) -> Vec<String> {
        match &self.members[..] {
            [only] if *only == self.name => Vec::new(),
            members => members.to_vec(),
        }
    }
}

/// The factors of a case, in the order of their first numbers' names.
///
/// Cost: O(numbers × log numbers).
pub(super) fn factors(
    model: &Model,
    probe: &Probe<'_>,
    by: Grouping,
) -> Result<(Factors, Vec<Factor>), DetenteError> {
    let names = probe.names();
    let keys: Vec<String> = names.iter().map(|name| key(model, name, by)).collect();
    let groups = merged(probe.coupling().groups(names.len()), &keys);
    let described = groups.iter().map(|group| factor(group, &names, &keys, by));
    let described = described.collect();
    Ok((Factors::new(names.len(), groups)?, described))
}

/// What a number is one with.
fn key(model: &Model, name: &str, by: Grouping) -> String {
    match by {
        Grouping::Number => name.to_owned(),
        Grouping::Aspect => Aspect::of(name).word().to_owned(),
        Grouping::Party => party_of(model, name).unwrap_or_default().to_owned(),
    }
}

/// Groups of columns, of which any two with a key in common are one; in the order of their first
/// columns.
fn merged(groups: Vec<Vec<usize>>, keys: &[String]) -> Vec<Vec<usize>> {
    let mut merged: Vec<Vec<usize>> = Vec::new();
    let mut home: BTreeMap<&str, usize> = BTreeMap::new();
    for group in groups {
        let mut places: Vec<usize> = group
            .iter()
            .filter_map(|&column| home.get(keys[column].as_str()).copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        let place = places.first().copied().unwrap_or(merged.len());
        if place == merged.len() {
            merged.push(Vec::new());
        }
        // Everything that the group links moves to the first of its homes.
        for &other in places.iter().skip(1) {
            let moved = std::mem::take(&mut merged[other]);
            merged[place].extend(moved);
        }
        merged[place].extend(group);
        for &column in &merged[place] {
            home.insert(&keys[column], place);
        }
    }
    merged.retain(|group| !group.is_empty());
    for group in &mut merged {
        group.sort_unstable();
    }
    merged.sort();
    merged
}

fn factor(group: &[usize], names: &[&str], keys: &[String], by: Grouping) -> Factor {
    let members: Vec<String> = group
        .iter()
        .map(|&column| names[column].to_owned())
        .collect();
    let mut aspects = members.iter().map(|name| Aspect::of(name));
    let aspect = aspects
        .next()
        .filter(|first| aspects.all(|other| other == *first));
    let mut parts: Vec<&str> = group.iter().map(|&column| keys[column].as_str()).collect();
    if by != Grouping::Number {
        parts.sort_unstable();
        parts.dedup();
    }
    Factor {
        name: parts.join(JOIN),
        aspect,
        members,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(groups: &[&[usize]], keys: &[&str], expected: &[&[usize]]) {
        let groups = groups.iter().map(|group| group.to_vec()).collect();
        let keys: Vec<String> = keys.iter().map(|&key| key.to_owned()).collect();
        assert_eq!(merged(groups, &keys), expected);
    }

    #[test]
    fn what_has_a_key_in_common_is_one() {
        check(&[&[0], &[1], &[2]], &["a", "b", "c"], &[&[0], &[1], &[2]]);
        check(&[&[0], &[1], &[2]], &["a", "b", "a"], &[&[0, 2], &[1]]);
    }

    #[test]
    fn a_link_joins_all_that_is_one_with_either_end() {
        let keys = ["a", "b", "a", "b", "c"];
        check(&[&[0], &[1], &[2, 3], &[4]], &keys, &[&[0, 1, 2, 3], &[4]]);
        // A chain of links: a with b, and c with b.
        let keys = ["a", "c", "b", "a", "b"];
        check(&[&[0, 2], &[1, 4], &[3]], &keys, &[&[0, 1, 2, 3, 4]]);
    }
}
