//! Who would have each agreement: nation, leader, audience.

use std::cmp::Ordering;

use detente_legitimacy::HomeReading;

use super::Scene;
use crate::{
    assessment::{AgreementAtHome, PartyAtHome},
    evaluate::{PartyWorld, Rule, World},
    model::Model,
};

/// What each agreement is to every party at home, at most so many of them: first those by which
/// every nation gains, and of these first those whose most reluctant leader is least so.
///
/// Cost: O(agreements × (parties + log agreements)).
pub(super) fn win_sets(scene: &Scene<'_>, limit: usize) -> Vec<AgreementAtHome> {
    let Scene {
        model,
        world,
        rows,
        zones,
        ..
    } = scene;
    let listed = model.agreements().len();
    let mut gains = vec![false; listed];
    for &agreement in &zones.national {
        gains[agreement] = true;
    }
    let least: Vec<f64> = (0..listed).map(|x| least_margin(world, rows, x)).collect();
    let by_nearness = |&x: &usize, &y: &usize| -> Ordering {
        let order = gains[y].cmp(&gains[x]);
        order.then(least[y].total_cmp(&least[x]))
    };
    let mut order: Vec<usize> = (0..listed).collect();
    order.sort_by(by_nearness);
    order.truncate(limit);
    let row = |agreement: usize| AgreementAtHome {
        terms: model.terms(agreement),
        every_nation: gains[agreement],
        every_leader: least[agreement] > 0.0,
        parties: (0..rows.len())
            .map(|party| at_home(model, world, (party, &rows[party]), agreement))
            .collect(),
    };
    order.into_iter().map(row).collect()
}

/// The margin of the most reluctant leader.
pub(super) fn least_margin(world: &World, rows: &[Vec<HomeReading>], agreement: usize) -> f64 {
    let margins = world.parties.iter().zip(rows);
    margins
        .map(|(party, row)| row[agreement].margin * unit(party))
        .fold(f64::INFINITY, f64::min)
}

/// What makes a leader's margin one in the nation's payoff, so that margins of all leaders compare.
fn unit(party: &PartyWorld) -> f64 {
    match &party.leader {
        Some(home) => 1.0 / home.leader.params().national_weight,
        None => 1.0,
    }
}

fn at_home(
    model: &Model,
    world: &World,
    (idx, row): (usize, &[HomeReading]),
    agreement: usize,
) -> PartyAtHome {
    let (party, reading) = (&world.parties[idx], &row[agreement]);
    PartyAtHome {
        party: model.party_id(idx).to_owned(),
        nation: reading.national,
        leader: reading.margin * unit(party),
        audience: party.leader.as_ref().map(|_| reading.survival),
        ratified: party.floor.map(|_| party.ratified(Rule::Leader, agreement)),
    }
}
