//! Domains and profiles of Genius (Lin et al. 2014; user guide and the sources of version 10.4).
//!
//! A party's payoff is the sum over issues of the issue's weight times the evaluation of its option:
//! of a discrete issue the evaluation over the largest one of the issue, of an integer issue
//! `offset + slope · (value − lowest)`, of a real one the function that its evaluator names, both kept
//! between 0 and 1.

mod evaluator;
mod issue;
mod tags;
mod write;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use detente_reciprocity::Fraction;
use xml::Element;

pub(crate) use write::write;

use crate::{
    FormatError, Issue, Negotiation, Party, Place, ReadOptions, Scores,
    error::{missing, unexpected, unsupported},
    number,
};

/// Reads a domain (`negotiation_template`) or a profile (`utility_space`).
pub(crate) fn read(
    name: &str,
    text: &str,
    options: &ReadOptions,
) -> Result<Negotiation, FormatError> {
    let document = xml::parse(text, &options.limits)?;
    let root = Element::root(&document);
    let space = match root.name() {
        "utility_space" => root,
        "negotiation_template" => root.required_child("utility_space")?,
        other => {
            let given = format!("an element {other:?}");
            let expected = "utility_space or negotiation_template";
            return Err(unexpected(root.place(), given, expected));
        }
    };
    refuse_constraints(space)?;
    let objective = space.required_child("objective")?;
    refuse_nesting(objective)?;
    let issues = issue::issues(objective, options)?;
    let named = issues.iter().map(|it| it.issue.clone()).collect();
    let weights = weights(objective)?;
    let parties = match weights.is_empty() {
        true => Vec::new(),
        false => vec![party(name, space, &issues, &weights)?],
    };
    Negotiation::new(title(name, objective), named, parties)
}

/// What the domain calls itself, unless by the word that stands everywhere.
fn title(name: &str, objective: Element<'_, '_>) -> String {
    let own = objective
        .attribute("name")
        .filter(|it| !["", "root", "any"].contains(it));
    own.unwrap_or(name).to_owned()
}

fn refuse_constraints(space: Element<'_, '_>) -> Result<(), FormatError> {
    let nonlinear = |it: &Element<'_, '_>| {
        matches!(
            it.name(),
            "ufun" | "hyperRectangle" | "INCLUDES" | "EXCLUDES"
        )
    };
    let named = space
        .attribute("type")
        .filter(|it| it.eq_ignore_ascii_case("nonlinear"));
    let found = space.descendants().find(nonlinear).or(named.map(|_| space));
    match found {
        None => Ok(()),
        Some(found) => Err(unsupported(
            found.place(),
            "a utility over several issues at once",
            "a linear additive profile: one evaluation for each item and one weight for each issue",
        )),
    }
}

fn refuse_nesting(objective: Element<'_, '_>) -> Result<(), FormatError> {
    match objective.children("objective").next() {
        None => Ok(()),
        Some(nested) => Err(unsupported(
            nested.place(),
            "an objective within an objective",
            "all issues under one objective",
        )),
    }
}

/// Refuses two issues of one number, which would share a weight.
fn check_numbers(issues: &[issue::Found<'_, '_>]) -> Result<(), FormatError> {
    let mut seen = BTreeSet::new();
    for found in issues {
        let index = found.element.required("index")?;
        if !seen.insert(index) {
            return Err(FormatError::Twice {
                place: found.element.place(),
                what: format!("an issue with index {index}"),
            });
        }
    }
    Ok(())
}

/// By the number of the issue.
fn weights(objective: Element<'_, '_>) -> Result<BTreeMap<String, Fraction>, FormatError> {
    let mut weights = BTreeMap::new();
    for weight in objective.children("weight") {
        let index = weight.required("index")?;
        let value = weight.number("value", number::exact)?;
        if weights.insert(index.to_owned(), value).is_some() {
            let what = format!("the weight of issue {index}");
            return Err(FormatError::Twice {
                place: weight.place(),
                what,
            });
        }
    }
    Ok(weights)
}

fn party(
    name: &str,
    space: Element<'_, '_>,
    issues: &[issue::Found<'_, '_>],
    weights: &BTreeMap<String, Fraction>,
) -> Result<Party, FormatError> {
    let table = |found: &issue::Found<'_, '_>| {
        let index = found.element.required("index")?;
        let weight = weights.get(index).ok_or_else(|| {
            let what = format!("the weight of issue {index}");
            missing(
                found.element.place(),
                what,
                "an element weight with this index",
            )
        })?;
        let payoffs = found.evaluations()?;
        let payoffs = payoffs
            .iter()
            .map(|it| number::nearest(&(it * weight), Place::START));
        payoffs.collect::<Result<Vec<f64>, _>>()
    };
    check_numbers(issues)?;
    let tables: Result<_, FormatError> = issues.iter().map(table).collect();
    let value = |name: &str| {
        let element = space.descendants().find(|it| it.name() == name);
        element
            .map(|it| it.number("value", number::double))
            .transpose()
    };
    let scores = Scores::Additive {
        constant: 0.0,
        tables: tables?,
    };
    Ok(Party {
        nonagreement: value("reservation")?,
        discount: value("discount_factor")?,
        ..Party::new(name, scores)
    })
}

/// An issue whose options are numbers.
fn numbered(name: String, numbers: &[Fraction]) -> Issue {
    Issue {
        name,
        options: numbers.iter().map(number::written).collect(),
    }
}

#[cfg(test)]
mod tests;
