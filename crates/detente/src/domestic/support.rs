//! How far support runs on the linear survival curve.

use detente_legitimacy::{LeaderParams, SurvivalCurve};

use crate::{
    DetenteError,
    assessment::SupportEnds,
    evaluate::{LeaderWorld, PartyWorld, Sight, World},
};

/// The ends of each party's support over agreements; nothing for parties whose leader's survival
/// curve has no ends.
///
/// Cost: O(agreements × (parties + views × types)) where a leader is on the linear curve, otherwise none.
pub(crate) fn support_ends(world: &World) -> Result<Vec<Option<SupportEnds>>, DetenteError> {
    let mut ends: Vec<Option<SupportEnds>> = vec![None; world.parties.len()];
    if world.parties.iter().all(|party| linear(party).is_none()) {
        return Ok(ends);
    }
    let mut sight = Sight::default();
    let listed = world.parties.first().map_or(0, |party| party.payoff.len());
    for agreement in 0..listed {
        world.look(agreement, &mut sight)?;
        for (idx, (party, ends)) in world.parties.iter().zip(&mut ends).enumerate() {
            let Some(home) = linear(party) else { continue };
            let conduct = party.conduct(agreement, sight.truly[idx])?;
            let stakes = party.leader_stakes(home, conduct, sight.warranted[idx]);
            let LeaderParams {
                baseline: m,
                support: k,
                threat: l,
                ..
            } = *home.leader.params();
            let b = stakes.audience_hostility.get();
            let signed = m + k * ((1.0 - b) * stakes.if_honoured + b * stakes.if_cheated);
            let refused = m + k * stakes.nonagreement + l * b;
            let met = [signed, refused];
            let known = ends.map(|it| [it.least, it.most]);
            let all = met.into_iter().chain(known.into_iter().flatten());
            *ends = Some(SupportEnds {
                least: all.clone().fold(f64::INFINITY, f64::min),
                most: all.fold(f64::NEG_INFINITY, f64::max),
            });
        }
    }
    Ok(ends)
}

fn linear(party: &PartyWorld) -> Option<&LeaderWorld> {
    let home = party.leader.as_ref();
    home.filter(|home| home.leader.params().curve == SurvivalCurve::Linear)
}
