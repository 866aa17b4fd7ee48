//! What an assessment says of home.

use super::{Scene, is_coded, missed, nearest::nearest, nearest::nearest_reading};
use crate::{
    DetenteError,
    assessment::{HomeInShort, LeaderThresholds},
    evaluate::World,
    model::Model,
};

/// What leaders could afford in one world; `None` where nothing about home is coded.
///
/// Cost: O(agreements × (parties + views × types)).
pub(crate) fn in_short(model: &Model, world: &World) -> Result<Option<HomeInShort>, DetenteError> {
    if !is_coded(world) {
        return Ok(None);
    }
    let scene = Scene::new(model, world)?;
    let zones = &scene.zones;
    let nearest = nearest(model, world, &scene.rows, &zones.national);
    let leaders = (0..world.parties.len()).filter_map(|idx| scene.thresholds(idx, nearest));
    Ok(Some(HomeInShort {
        agreements: model.agreements().len(),
        national: zones.national.len(),
        leaders: zones.leaders.len(),
        both: zones.both.len(),
        missed: missed(model, world, zones)?,
        nearest: nearest.map(|agreement| model.terms(agreement)),
        thresholds: leaders.collect::<Result<_, _>>()?,
    }))
}

impl Scene<'_> {
    fn thresholds(
        &self,
        idx: usize,
        nearest: Option<usize>,
    ) -> Option<Result<LeaderThresholds, DetenteError>> {
        let home = self.world.parties[idx].leader.as_ref()?;
        let reading = nearest.map(|agreement| {
            nearest_reading(self.world, idx, agreement, self.rows[idx][agreement])
        });
        let found = reading.transpose().map(|reading| LeaderThresholds {
            party: self.model.party_id(idx).to_owned(),
            office_stake: home.leader.params().office_stake,
            open_stakes: self.zones.closing_stakes[idx],
            accepting_beliefs: reading.and_then(|it| it.accepting_beliefs),
            support_ends: self.support_ends[idx],
        });
        Some(found)
    }
}
