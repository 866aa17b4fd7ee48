//! The agreement beside which beliefs are shown: the best of those that came furthest.

use detente_payoff::{PayoffMatrix, nash};

use crate::{DetenteError, evaluate::World};

/// Of the given agreements, those with the greatest Nash product of gains, every one that ties.
///
/// Cost: O(agreements × parties).
pub(crate) fn best(world: &World, agreements: &[usize]) -> Result<Vec<usize>, DetenteError> {
    if agreements.is_empty() {
        return Ok(Vec::new());
    }
    let parties = &world.parties;
    let payoffs = parties
        .iter()
        .flat_map(|party| agreements.iter().map(|&agreement| party.payoff[agreement]))
        .collect();
    let nonagreement: Vec<f64> = parties.iter().map(|party| party.nonagreement).collect();
    let solution = nash(&PayoffMatrix::new(parties.len(), payoffs, &nonagreement)?);
    Ok(solution
        .map(|solution| {
            solution
                .agreements
                .iter()
                .map(|&row| agreements[row])
                .collect()
        })
        .unwrap_or_default())
}
