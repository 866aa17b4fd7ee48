//! The agreement that comes nearest to being signed.

use detente_legitimacy::{BeliefRange, ClaimParams, Claimant, HomeReading, LeaderStakes};

use super::win_sets::least_margin;
use crate::{
    DetenteError,
    assess::first_by_name,
    assessment::{NearestReading, Reservations},
    evaluate::{LeaderWorld, Rule, Sight, World},
    model::Model,
};

/// Of agreements by which every nation gains, the one whose most reluctant leader is least so.
pub(super) fn nearest(
    model: &Model,
    world: &World,
    rows: &[Vec<HomeReading>],
    national: &[usize],
) -> Option<usize> {
    let least = |agreement: usize| least_margin(world, rows, agreement);
    let most = national.iter().map(|&x| least(x)).reduce(f64::max)?;
    let attained: Vec<usize> = national
        .iter()
        .copied()
        .filter(|&x| least(x) >= most)
        .collect();
    first_by_name(model, &attained)
}

/// What a leader thinks of one agreement, and what would change that.
pub(super) fn nearest_reading(
    world: &World,
    idx: usize,
    agreement: usize,
    reading: HomeReading,
) -> Result<NearestReading, DetenteError> {
    let party = &world.parties[idx];
    let mut found = NearestReading {
        reading,
        ratified: party.floor.map(|_| party.ratified(Rule::Leader, agreement)),
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
            // None where the curve lets acceptance come and go.
            true => home.leader.accepting_beliefs(stakes).ok(),
            false => Some(BeliefRange::Never),
        };
    }
    Ok(found)
}

/// What an agreement with as much to lose would have to pay; nothing where numbers overflow.
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
        audience: Some(side.audience_reservation()).filter(|share| share.is_finite()),
        leader: side.leader_reservation().ok()?,
    })
}
