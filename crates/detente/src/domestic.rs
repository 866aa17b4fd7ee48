//! What each leader can afford at home.

use detente_legitimacy::{BeliefRange, HomeReading, HomeZones, LegitimacyError, StakeRange};

use crate::{
    DetenteError, Options,
    assess::{assess_model, first_by_name, until},
    assessment::{Domestic, HomeFront, MissedBy, NearestReading, SCHEMA},
    case::History,
    evaluate::{LeaderWorld, PartyWorld, Rule, Sight, World},
    model::Model,
};

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
/// assert_eq!(found.fronts.len(), 3);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O(agreements × (parties + issues) + acts × types).
///
/// # Errors
/// As [`assess`](crate::assess()).
pub fn domestic(model: &Model, options: &Options) -> Result<Domestic, DetenteError> {
    let central = Options {
        draws: 0,
        precision: None,
        outlook: 0,
        ..options.clone()
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
    let missed = match (model.history, zones.national.is_empty()) {
        (History::Agreement, _) | (_, true) => None,
        _ if zones.leaders.is_empty() => Some(MissedBy::Incentive),
        _ => Some(MissedBy::Inference),
    };
    Ok(Domestic {
        schema: SCHEMA,
        verdict: assessment.verdict.central,
        agreements: model.agreements().len(),
        national: zones.national.len(),
        leaders: zones.leaders.len(),
        both: zones.both.len(),
        missed,
        nearest: nearest.map(|agreement| model.terms(agreement)),
        fronts,
        subject: assessment.subject,
        reproducibility: assessment.reproducibility,
    })
}

/// Each party's readings of all agreements.
fn readings(model: &Model, world: &World) -> Result<Vec<Vec<HomeReading>>, DetenteError> {
    let mut sight = Sight::default();
    let listed = model.agreements().len();
    let mut rows = vec![Vec::with_capacity(listed); world.parties.len()];
    for agreement in 0..listed {
        world.look(agreement, &mut sight)?;
        for (idx, (party, row)) in world.parties.iter().zip(&mut rows).enumerate() {
            let reading = reading(party, agreement, (sight.truly[idx], sight.warranted[idx]))?;
            row.push(reading.map_err(|source| model.legitimacy(idx, source))?);
        }
    }
    Ok(rows)
}

/// What a party's leader thinks of an agreement, knowing whether it would honour it and how far it
/// trusts the others.
fn reading(
    party: &PartyWorld,
    agreement: usize,
    (truly, trust): (bool, f64),
) -> Result<Result<HomeReading, LegitimacyError>, DetenteError> {
    let conduct = party.conduct(agreement, truly)?;
    let read = match &party.leader {
        Some(home) => home
            .leader
            .reading(party.leader_stakes(home, conduct, trust)),
        None => party.margin(Rule::Nation, conduct, trust).map(nation),
    };
    Ok(
        read.map(|reading| match party.ratified(Rule::Leader, agreement) {
            true => reading,
            false => HomeReading {
                margin: reading.margin.min(0.0),
                stakes: StakeRange::Never,
                ..reading
            },
        }),
    )
}

/// A leader who wants what the nation wants.
fn nation(margin: f64) -> HomeReading {
    HomeReading {
        national: margin,
        survival: 0.0,
        margin,
        stakes: match margin > 0.0 {
            true => StakeRange::Any,
            false => StakeRange::Never,
        },
    }
}

/// Of agreements by which every nation gains, the one whose most reluctant leader is least so.
fn nearest(
    model: &Model,
    world: &World,
    rows: &[Vec<HomeReading>],
    national: &[usize],
) -> Option<usize> {
    // In shares of each party's span of payoffs, so that margins of all parties compare.
    let unit = |party: &PartyWorld| match &party.leader {
        Some(home) => 1.0 / home.leader.params().national_weight,
        None => party.scale(),
    };
    let least = |agreement: usize| {
        let margins = world.parties.iter().zip(rows);
        margins
            .map(|(party, row)| row[agreement].margin * unit(party))
            .fold(f64::INFINITY, f64::min)
    };
    let most = national.iter().map(|&x| least(x)).reduce(f64::max)?;
    let attained: Vec<usize> = national
        .iter()
        .copied()
        .filter(|&x| least(x) >= most)
        .collect();
    first_by_name(model, &attained)
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
    let nearest = match nearest {
        Some(agreement) => Some(NearestReading {
            reading: row[agreement],
            accepting_beliefs: match leader {
                Some(home) => beliefs(world, idx, home, agreement)?,
                None => None,
            },
        }),
        None => None,
    };
    Ok(HomeFront {
        party: model.party_id(idx).to_owned(),
        front: leader.map(|home| *home.leader.params()),
        political_weight: leader.map(|home| home.leader.political_weight().get()),
        gains: count(&HomeReading::nation_gains),
        accepts: count(&HomeReading::accepts),
        refused: count(&|it| it.nation_gains() && !it.accepts()),
        captured: count(&|it| !it.nation_gains() && it.accepts()),
        unratified: unratified.count(),
        open_stakes: zones.closing_stakes[idx],
        nearest,
    })
}

/// The audience's beliefs at which a leader would accept an agreement; none told where the curve
/// lets acceptance come and go, or is left.
fn beliefs(
    world: &World,
    idx: usize,
    home: &LeaderWorld,
    agreement: usize,
) -> Result<Option<BeliefRange>, DetenteError> {
    let party = &world.parties[idx];
    if !party.ratified(Rule::Leader, agreement) {
        return Ok(Some(BeliefRange::Never));
    }
    let mut sight = Sight::default();
    world.look(agreement, &mut sight)?;
    let conduct = party.conduct(agreement, sight.truly[idx])?;
    let stakes = party.leader_stakes(home, conduct, sight.warranted[idx]);
    Ok(home.leader.accepting_beliefs(stakes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Case, library};

    /// The template, with the home front of East written anew.
    fn template(front: &str) -> Model {
        let text = library::TEMPLATE;
        let (start, rest) = text.split_once("[party.east.home]\n").unwrap();
        let (_, end) = rest.split_once("\n\n").unwrap();
        let text = format!("{start}[party.east.home]\n{front}\n\n{end}");
        Model::compile(&Case::from_text("template.toml", &text).unwrap()).unwrap()
    }

    fn front(stake: f64, threat: f64) -> String {
        format!(
            "national_weight = 1\noffice_stake = {stake}\nsupport = 0.5\nthreat = {threat}\n\
             baseline = 0\ncurve = \"logit\"\naudience_hostility = 0.6"
        )
    }

    fn found(model: &Model) -> Domestic {
        domestic(model, &Options::default()).unwrap()
    }

    #[test]
    fn leaders_accept_what_the_one_rule_accepts() {
        for id in library::ids() {
            agree_with_the_rule(&Model::compile(&library::case(id).unwrap()).unwrap());
        }
        for threat in [-1.0, 0.0, 0.5, 2.0] {
            agree_with_the_rule(&template(&front(1.5, threat)));
        }
    }

    #[track_caller]
    fn agree_with_the_rule(model: &Model) {
        let mut world = World::default();
        let until = until(model, &Options::default());
        world
            .fill(model, &model.central(), until, |_| None)
            .unwrap();
        let mut sight = Sight::default();
        let (mut accepts, mut leaders) = (vec![0; world.parties.len()], 0);
        for agreement in 0..model.agreements().len() {
            world.look(agreement, &mut sight).unwrap();
            let mut all = true;
            for (idx, party) in world.parties.iter().enumerate() {
                let conduct = party.conduct(agreement, sight.truly[idx]).unwrap();
                let trust = sight.warranted[idx];
                let signs = party
                    .accepts(Rule::Leader, agreement, conduct, trust)
                    .unwrap();
                accepts[idx] += usize::from(signs);
                all &= signs;
            }
            leaders += usize::from(all);
        }
        let found = found(model);
        assert_eq!(found.leaders, leaders);
        for (front, accepts) in found.fronts.iter().zip(accepts) {
            assert_eq!(front.accepts, accepts, "{}", front.party);
            let kept = front.gains - front.refused;
            assert_eq!(front.accepts, kept + front.captured, "{}", front.party);
        }
    }

    /// Beyond the stake the zone is closed, below it open.
    #[test]
    fn the_closing_stake_closes() {
        let open = found(&template(&front(0.0, 3.0)));
        assert!(open.leaders > 0);
        let StakeRange::Below(end) = open.fronts[0].open_stakes else {
            panic!("{:?}", open.fronts[0]);
        };
        assert!(found(&template(&front(0.99 * end, 3.0))).leaders > 0);
        let closed = found(&template(&front(1.01 * end, 3.0)));
        assert_eq!(closed.leaders, 0);
        assert!(closed.national > 0);
        assert_eq!(closed.missed, Some(MissedBy::Incentive));
    }
}
