//! The agreement that is to be reached.

use super::Destination;
use crate::{
    DetenteError,
    assess::{best, first_by_name, names_of, product},
    case::Terms,
    decode::{Ids, nearest},
    evaluate::{Sight, World},
    model::Model,
};

/// The agreements to try, best first: the one that was asked for or, of those that are better than none for
/// every party and would be kept by all, those with the greatest Nash products of gains.
///
/// O(agreements · (parties + log agreements)).
pub(super) fn targets(
    model: &Model,
    world: &World,
    to: Option<&Destination>,
) -> Result<Vec<usize>, DetenteError> {
    match to {
        Some(Destination::Proposal(id)) => Ok(vec![proposal(model, id)?]),
        Some(Destination::Terms(terms)) => Ok(vec![position(model, terms)?]),
        None => by_product(model, world),
    }
}

/// The best first, of those that tie the first by name; the rest in the order of the products.
fn by_product(model: &Model, world: &World) -> Result<Vec<usize>, DetenteError> {
    let mut kept = kept_gains(model, world)?;
    let best = first_by_name(model, &best(model, world, &kept)?);
    let product = |agreement: usize| product(model, world, agreement);
    kept.sort_by(|one, other| {
        let first = (Some(*other) == best).cmp(&(Some(*one) == best));
        first
            .then(product(*other).total_cmp(&product(*one)))
            .then_with(|| names_of(model, *one).cmp(&names_of(model, *other)))
    });
    Ok(kept)
}

/// The agreements better than none for every party that all would keep.
fn kept_gains(model: &Model, world: &World) -> Result<Vec<usize>, DetenteError> {
    let mut sight = Sight::default();
    let mut found = Vec::new();
    for agreement in 0..model.agreements.len() {
        if world.parties.iter().all(|it| it.prefers(agreement)) {
            world.look(agreement, &mut sight)?;
            if sight.truly.iter().all(|&keeps| keeps) {
                found.push(agreement);
            }
        }
    }
    Ok(found)
}

fn proposal(model: &Model, id: &str) -> Result<usize, DetenteError> {
    let proposals = &model.case.proposals;
    let Some(place) = proposals.iter().position(|it| it.id == id) else {
        let ids = proposals.iter().map(|it| it.id.as_str());
        return Err(unknown("proposal".to_owned(), id, ids));
    };
    let position = model.proposals.get(place).copied().flatten();
    position.ok_or_else(|| never_possible(id))
}

fn position(model: &Model, terms: &Terms) -> Result<usize, DetenteError> {
    let issues = &model.case.issues;
    for id in terms.names() {
        if !issues.contains(id) {
            return Err(unknown("issue".to_owned(), id, issues.names()));
        }
    }
    let mut options = Vec::with_capacity(issues.len());
    for (id, issue) in issues.iter() {
        let Some(option) = terms.get(id) else {
            return Err(DetenteError::Option {
                option: "to",
                given: written(terms),
                expected: format!("one option for every issue; {id:?} has none"),
            });
        };
        let Some(place) = issue.options.index_of(option) else {
            let what = format!("option of issue {id:?}");
            return Err(unknown(what, option, issue.options.names()));
        };
        options.push(u32::try_from(place).unwrap_or(u32::MAX));
    }
    let position = model.agreements.position(&options);
    position.ok_or_else(|| never_possible(&written(terms)))
}

fn unknown<'n>(what: String, given: &str, known: impl Iterator<Item = &'n str>) -> DetenteError {
    let known: Vec<&str> = known.collect();
    DetenteError::UnknownName {
        what,
        given: given.to_owned(),
        nearest: nearest(given, known.iter().copied()).map(str::to_owned),
        known: known.into_iter().map(str::to_owned).collect(),
    }
}

fn never_possible(given: &str) -> DetenteError {
    DetenteError::Option {
        option: "to",
        given: given.to_owned(),
        expected: "terms that no forbidden combination rules out".to_owned(),
    }
}

fn written(terms: &Ids<String>) -> String {
    let pairs: Vec<String> = terms
        .iter()
        .map(|(issue, option)| format!("{issue}={option}"))
        .collect();
    pairs.join(",")
}
