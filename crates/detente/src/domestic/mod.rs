//! What each leader can afford at home.

mod nearest;
mod readings;
mod win_sets;

use detente_legitimacy::{HomeReading, HomeZones};

use crate::{
    DetenteError, Options,
    assess::{assess_model, until},
    assessment::{Domestic, HomeFront, MissedBy, SCHEMA},
    case::History,
    evaluate::{LeaderWorld, PartyWorld, Rule, World},
    model::Model,
};
use nearest::{nearest, nearest_reading};
use readings::readings;
use win_sets::win_sets;

/// What each leader can afford at home: which agreements, and what would have to change there. At
/// central values, on the evidence as it was, each party with its own conduct.
///
/// An agreement below a party's ratification floor is one its leader does not accept.
///
/// ```
/// use detente::{Model, Options, domestic, library};
///
/// let model = Model::compile(&library::case("euphrates-1975")?)?;
/// let found = domestic(&model, &Options::default())?;
/// assert_eq!(found.fronts.len(), 2);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O(agreements × (parties + issues + log agreements) + acts × types).
///
/// # Errors
/// As [`assess`](crate::assess()).
pub fn domestic(model: &Model, options: &Options) -> Result<Domestic, DetenteError> {
    let central = Options {
        draws: 0,
        precision: None,
        outlook: 0,
        ..*options
    };
    let assessment = assess_model(model, &central, |_| {})?;
    let mut world = World::default();
    world.fill(model, &model.central(), until(model, options), |_| None)?;
    let rows = readings(model, &world)?;
    let zones = HomeZones::new(&rows).map_err(|source| model.legitimacy(0, source))?;
    let nearest = nearest(model, &world, &rows, &zones.national);
    let fronts = (0..rows.len())
        .map(|party| front(model, &world, (party, &rows[party]), &zones, nearest))
        .collect::<Result<_, _>>()?;
    Ok(Domestic {
        schema: SCHEMA,
        verdict: assessment.verdict.central,
        agreements: model.agreements().len(),
        national: zones.national.len(),
        leaders: zones.leaders.len(),
        both: zones.both.len(),
        missed: missed(model, &world, &zones),
        nearest: nearest.map(|agreement| model.terms(agreement)),
        fronts,
        win_sets: win_sets(model, &world, &rows, &zones, options.list_limit),
        subject: assessment.subject,
        reproducibility: assessment.reproducibility,
    })
}

/// In what sense an agreement was missed (claim D-02). Of leaders about whom nothing is coded,
/// nothing follows.
fn missed(model: &Model, world: &World, zones: &HomeZones) -> Option<MissedBy> {
    let coded = |party: &PartyWorld| party.leader.is_some() || party.floor.is_some();
    let told = world.parties.iter().any(coded);
    if !told || model.history == History::Agreement || zones.national.is_empty() {
        return None;
    }
    Some(match zones.leaders.is_empty() {
        true => MissedBy::Incentive,
        false => MissedBy::Inference,
    })
}

fn front(
    model: &Model,
    world: &World,
    (idx, row): (usize, &[HomeReading]),
    zones: &HomeZones,
    nearest: Option<usize>,
) -> Result<HomeFront, DetenteError> {
    let party = &world.parties[idx];
    let count = |holds: &dyn Fn(&HomeReading) -> bool| row.iter().filter(|it| holds(it)).count();
    let unratified = row.iter().enumerate().filter(|(agreement, reading)| {
        reading.nation_gains() && !party.ratified(Rule::Leader, *agreement)
    });
    let leader = party.leader.as_ref();
    let supported = || count(&|it| it.survival > 0.0);
    let nearest = nearest.map(|agreement| nearest_reading(world, idx, agreement, row[agreement]));
    Ok(HomeFront {
        party: model.party_id(idx).to_owned(),
        front: leader.map(|home| *home.leader.params()),
        political_weight: leader.map(|home| home.leader.political_weight().get()),
        gains: count(&HomeReading::nation_gains),
        accepts: count(&HomeReading::accepts),
        refused: count(&|it| it.nation_gains() && !it.accepts()),
        captured: count(&|it| !it.nation_gains() && it.accepts()),
        unratified: unratified.count(),
        supported: leader.map(|_| supported()),
        open_stakes: zones.closing_stakes[idx],
        ratification_floor: party.floor,
        candid_from: leader.and_then(|home| candid_from(party, home)),
        nearest: nearest.transpose()?,
    })
}

/// Ω · max(0, F(m₀ + κd̃ + ℓ) − F(m₀ + κd̃)): no untrue alarm is worth more.
fn candid_from(party: &PartyWorld, home: &LeaderWorld) -> Option<f64> {
    let params = home.leader.params();
    let nonagreement = (party.nonagreement - party.least) * party.scale();
    let calm = params.baseline + params.support * nonagreement;
    let rise = params.curve.rise(calm, calm + params.threat).ok()?;
    Some(params.office_stake * rise.max(0.0))
}

#[cfg(test)]
mod tests;
