//! What each leader can afford at home.

mod draws;
mod front;
mod in_short;
mod messages;
mod nearest;
mod readings;
mod support;
mod win_sets;

use detente_legitimacy::{HomeReading, HomeZones};

use crate::{
    DetenteError, Options,
    assess::{assess_model, until},
    assessment::{Domestic, HomeFront, MissedBy, SCHEMA, SupportEnds},
    case::History,
    evaluate::{PartyWorld, Rule, Sight, World},
    model::Model,
};
pub(crate) use in_short::in_short;
use nearest::nearest;
use readings::readings;
pub(crate) use support::support_ends;

/// What each leader can afford at home: which agreements, and what would have to change there. At
/// central values and over draws, on the evidence as it was, each party with its own conduct.
///
/// An agreement below a party's ratification floor is one its leader does not accept.
///
/// ```
/// use detente::{Model, Options, domestic, library};
///
/// let model = Model::compile(&library::case("euphrates-1975")?)?;
/// let found = domestic(&model, &Options { draws: 100, ..Options::default() })?;
/// assert_eq!(found.fronts.len(), 2);
/// assert_eq!(found.win_sets.len(), found.agreements);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O((1 + draws) × (agreements × (parties × issues + log agreements) + acts × types)), draws
/// split across cores; the result does not depend on their number.
///
/// # Errors
/// As [`assess`](crate::assess()), and if there are more draws than fit in memory.
pub fn domestic(model: &Model, options: &Options) -> Result<Domestic, DetenteError> {
    draws::within_memory(model, options)?;
    let asked = Options {
        outlook: 0,
        ..*options
    };
    let assessment = assess_model(model, &asked, |_| {})?;
    let mut world = World::default();
    world.fill(model, &model.central(), until(model, options), |_| None)?;
    let scene = Scene::new(model, &world)?;
    let nearest = nearest(model, &world, &scene.rows, &scene.zones.national);
    let made = assessment.reproducibility.draws;
    let over_draws = match made {
        0 => None,
        made => draws::over_draws(model, &asked, made, (nearest, is_asked(model, &world)))?,
    };
    let zones = &scene.zones;
    Ok(Domestic {
        schema: SCHEMA,
        verdict: assessment.verdict.central,
        agreements: model.agreements().len(),
        national: zones.national.len(),
        leaders: zones.leaders.len(),
        both: zones.both.len(),
        missed: missed(model, &world, zones)?,
        nearest: nearest.map(|agreement| model.terms(agreement)),
        fronts: scene.fronts(nearest)?,
        win_sets: win_sets::win_sets(&scene, options.list_limit),
        over_draws,
        subject: assessment.subject,
        reproducibility: assessment.reproducibility,
    })
}

/// What leaders think of agreements in one draw.
struct Scene<'w> {
    model: &'w Model,
    world: &'w World,
    /// By party, by agreement.
    rows: Vec<Vec<HomeReading>>,
    zones: HomeZones,
    /// By party.
    support_ends: Vec<Option<SupportEnds>>,
}

impl<'w> Scene<'w> {
    fn new(model: &'w Model, world: &'w World) -> Result<Self, DetenteError> {
        let rows = readings(model, world)?;
        let zones = HomeZones::new(&rows).map_err(|source| model.legitimacy(0, source))?;
        Ok(Self {
            model,
            world,
            rows,
            zones,
            support_ends: support_ends(world)?,
        })
    }

    /// Every leader's view, and what each thinks of one agreement.
    fn fronts(&self, nearest: Option<usize>) -> Result<Vec<HomeFront>, DetenteError> {
        let parties = 0..self.rows.len();
        parties.map(|party| self.front(party, nearest)).collect()
    }
}

/// Whether it is asked in what sense an agreement was missed: not where history shows one, and of
/// leaders about whom nothing is coded nothing follows.
fn is_asked(model: &Model, world: &World) -> bool {
    is_coded(world) && model.history != History::Agreement
}

/// Whether anything is coded about politics at home.
fn is_coded(world: &World) -> bool {
    let coded = |party: &PartyWorld| party.leader.is_some() || party.floor.is_some();
    world.parties.iter().any(coded)
}

/// In what sense an agreement was missed (claim D-02).
///
/// Cost: O(agreements × (parties + views × types)).
fn missed(
    model: &Model,
    world: &World,
    zones: &HomeZones,
) -> Result<Option<MissedBy>, DetenteError> {
    if !is_asked(model, world) || zones.national.is_empty() {
        return Ok(None);
    }
    if zones.both.is_empty() {
        return Ok(Some(MissedBy::Incentive));
    }
    let mut sight = Sight::default();
    for &agreement in &zones.both {
        if is_signed_as_held(model, world, agreement, &mut sight)? {
            return Ok(Some(MissedBy::Unexplained));
        }
    }
    Ok(Some(MissedBy::Inference))
}

/// Whether every leader would sign an agreement on the evidence as it was read.
fn is_signed_as_held(
    model: &Model,
    world: &World,
    agreement: usize,
    sight: &mut Sight,
) -> Result<bool, DetenteError> {
    world.look(agreement, sight)?;
    for (idx, party) in world.parties.iter().enumerate() {
        let conduct = party.conduct(agreement, sight.truly[idx])?;
        let signs = party
            .accepts(Rule::Leader, agreement, conduct, sight.held[idx])
            .map_err(|source| model.legitimacy(idx, source))?;
        if !signs {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
