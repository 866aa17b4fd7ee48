//! What each leader can afford at home.

use detente_legitimacy::{
    BeliefRange, ClaimParams, Claimant, HomeReading, HomeZones, LeaderStakes, LegitimacyError,
    StakeRange,
};

use crate::{
    DetenteError, Options,
    assess::{assess_model, first_by_name, until},
    assessment::{Domestic, HomeFront, MissedBy, NearestReading, Reservations, SCHEMA},
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
/// assert_eq!(found.fronts.len(), 2);
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
        None => {
            let margin = party.margin(Rule::Nation, conduct, trust);
            margin.map(|margin| nation(margin * party.scale()))
        }
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

/// A leader who wants what the nation wants, in shares of its span of payoffs.
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
    // In the nation's payoff, so that margins of all leaders compare.
    let unit = |party: &PartyWorld| match &party.leader {
        Some(home) => 1.0 / home.leader.params().national_weight,
        None => 1.0,
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
        open_stakes: zones.closing_stakes[idx],
        ratification_floor: party.floor,
        candid_from: leader.and_then(|home| candid_from(party, home)),
        nearest: nearest.transpose()?,
    })
}

/// What a leader thinks of one agreement, and what would change that.
fn nearest_reading(
    world: &World,
    idx: usize,
    agreement: usize,
    reading: HomeReading,
) -> Result<NearestReading, DetenteError> {
    let party = &world.parties[idx];
    let mut found = NearestReading {
        reading,
        reservations: None,
        accepting_beliefs: None,
    };
    if let Some(home) = &party.leader {
        let mut sight = Sight::default();
        world.look(agreement, &mut sight)?;
        let conduct = party.conduct(agreement, sight.truly[idx])?;
        let stakes = party.leader_stakes(home, conduct, sight.warranted[idx]);
        found.reservations = reservations(home, stakes);
        found.accepting_beliefs = match party.ratified(Rule::Leader, agreement) {
            // None where the curve lets acceptance come and go, or is left.
            true => home.leader.accepting_beliefs(stakes).ok(),
            false => Some(BeliefRange::Never),
        };
    }
    Ok(found)
}

/// What an agreement with as much to lose would have to pay; nothing where the linear curve is left.
fn reservations(home: &LeaderWorld, stakes: LeaderStakes) -> Option<Reservations> {
    let claim = ClaimParams {
        nonagreement: stakes.nonagreement,
        exploitation_loss: stakes.if_honoured - stakes.if_cheated,
        hostility: stakes.trust.complement(),
        audience_hostility: stakes.audience_hostility,
    };
    let side = Claimant::new(home.leader, claim).ok()?;
    Some(Reservations {
        offered: stakes.if_honoured,
        nation: side.national_reservation(),
        audience: side.audience_reservation().ok(),
        leader: side.leader_reservation().ok()?,
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
mod tests {
    use detente_quantity::Probability;

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

    /// A leader signs what pays more than its reservation, and only that.
    #[test]
    fn leaders_sign_what_pays_more_than_their_reservation() {
        for threat in [-0.5, 0.0, 0.5, 3.0] {
            for stake in [0.0, 0.5, 8.0] {
                let found = found(&template(&front(stake, threat)));
                let nearest = found.fronts[0].nearest.unwrap();
                let asked = nearest.reservations.unwrap();
                let pays = asked.offered - asked.leader.value;
                assert_eq!(pays > 0.0, nearest.reading.accepts(), "{asked:?}");
                let nation = asked.offered - asked.nation;
                assert!((nation - nearest.reading.national).abs() < 1e-12);
                let (low, high) = (asked.nation, asked.audience.unwrap());
                let between = low.min(high) - 1e-9..=low.max(high) + 1e-9;
                assert!(between.contains(&asked.leader.value), "{asked:?}");
            }
        }
    }

    /// Brute force over what an audience may be made to believe of a benign adversary, on every
    /// agreement: no alarm gains the leader more than the cost told.
    #[test]
    fn no_alarm_is_worth_more_than_its_cost() {
        for threat in [-0.5, 0.2, 0.5, 3.0] {
            let model = template(&front(2.0, threat));
            let told = found(&model).fronts[0].candid_from.unwrap();
            let mut world = World::default();
            let last = until(&model, &Options::default());
            world
                .fill(&model, &model.central(), last, |_| None)
                .unwrap();
            let party = &world.parties[0];
            let home = party.leader.as_ref().unwrap();
            let mut most = f64::NEG_INFINITY;
            for agreement in 0..model.agreements().len() {
                let stakes =
                    party.leader_stakes(home, party.conduct(agreement, true).unwrap(), 1.0);
                assert!(stakes.if_cheated <= stakes.if_honoured.max(stakes.nonagreement));
                let value = |belief: f64| {
                    let params = home.leader.params();
                    let audience_hostility = Probability::saturating(belief);
                    let at = LeaderStakes {
                        audience_hostility,
                        ..stakes
                    };
                    let refused = params.baseline + params.support * stakes.nonagreement;
                    let kept = params
                        .curve
                        .survival(refused + params.threat * belief)
                        .unwrap();
                    params.office_stake * kept + home.leader.margin(at).unwrap().max(0.0)
                };
                for step in 1..=20 {
                    most = most.max(value(f64::from(step) / 20.0) - value(0.0));
                }
            }
            assert!(most <= told + 1e-12, "{most} {told}");
        }
    }

    #[test]
    fn nothing_follows_of_leaders_about_whom_nothing_is_coded() {
        let model = Model::compile(&library::case("reykjavik-1986").unwrap()).unwrap();
        let found = found(&model);
        assert!(found.national > 0 && found.missed.is_none());
        assert!(found.fronts.iter().all(|it| it.candid_from.is_none()));
    }
}
