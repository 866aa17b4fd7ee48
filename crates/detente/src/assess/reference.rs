//! The agreement beside which beliefs are shown: the best of those that came furthest.

use detente_payoff::{PayoffMatrix, frontier, nash};

use crate::{DetenteError, evaluate::World, model::Model};

/// Of the given agreements, from which every party gains, those with the greatest Nash product of
/// gains, every one that ties.
///
/// A ranking has an order and no size, so the product is over parties with payoffs in numbers; those
/// that rank choose among what ties only where one is better for some and worse for none. Where all
/// rank, that alone is left.
///
/// Cost: O(agreements × parties), and the frontier of what ties where a party ranks.
pub(crate) fn best(
    model: &Model,
    world: &World,
    agreements: &[usize],
) -> Result<Vec<usize>, DetenteError> {
    if agreements.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<usize> = (0..world.parties.len()).collect();
    let counted = in_numbers(model);
    let ties = if counted.is_empty() {
        agreements.to_vec()
    } else {
        let solution = nash(&matrix(world, &counted, agreements)?);
        places(agreements, solution.map(|it| it.agreements))
    };
    if counted.len() == all.len() || ties.is_empty() {
        return Ok(ties);
    }
    let efficient = frontier(&matrix(world, &all, &ties)?).packages();
    Ok(places(&ties, Some(efficient)))
}

/// The product of the gains of the parties whose payoffs are numbers.
pub(crate) fn product(model: &Model, world: &World, agreement: usize) -> f64 {
    let gains = { world.parties.iter().zip(&model.parties) }
        .filter(|(_, coded)| !coded.payoff.is_ranking())
        .map(|(party, _)| party.gain(agreement));
    gains.product()
}

/// The parties whose payoffs have a size, by position.
fn in_numbers(model: &Model) -> Vec<usize> {
    let parties = model.parties.iter().enumerate();
    let counted = parties.filter(|(_, party)| !party.payoff.is_ranking());
    counted.map(|(position, _)| position).collect()
}

/// What some of the parties get from some of the agreements.
fn matrix(
    world: &World,
    parties: &[usize],
    agreements: &[usize],
) -> Result<PayoffMatrix, DetenteError> {
    let parties: Vec<_> = { parties.iter() }
        .filter_map(|&it| world.parties.get(it))
        .collect();
    let payoffs = parties
        .iter()
        .flat_map(|party| agreements.iter().map(|&agreement| party.payoff[agreement]))
        .collect();
    let nonagreement: Vec<f64> = parties.iter().map(|party| party.nonagreement).collect();
    Ok(PayoffMatrix::new(parties.len(), payoffs, &nonagreement)?)
}

/// Agreements by their places in a list of them.
fn places(agreements: &[usize], places: Option<Vec<usize>>) -> Vec<usize> {
    let places = places.unwrap_or_default();
    { places.into_iter() }
        .filter_map(|place| agreements.get(place).copied())
        .collect()
}
