//! One leader's view of the agreements.

use detente_legitimacy::HomeReading;

use super::{Scene, nearest::nearest_reading};
use crate::{
    DetenteError,
    assessment::HomeFront,
    evaluate::{LeaderWorld, PartyWorld, Rule},
};

impl Scene<'_> {
    /// A leader's view, and what it thinks of one agreement.
    pub(super) fn front(
        &self,
        idx: usize,
        nearest: Option<usize>,
    ) -> Result<HomeFront, DetenteError> {
        let party = &self.world.parties[idx];
        let row = &self.rows[idx];
        let count =
            |holds: &dyn Fn(&HomeReading) -> bool| row.iter().filter(|it| holds(it)).count();
        let unratified = row.iter().enumerate().filter(|(agreement, reading)| {
            reading.nation_gains() && !party.ratified(Rule::Leader, *agreement)
        });
        let leader = party.leader.as_ref();
        let supported = || count(&|it| it.survival > 0.0);
        let messages = nearest.map(|agreement| self.messages(idx, agreement));
        let reading = |agreement| nearest_reading(self.world, idx, agreement, row[agreement]);
        let nearest = nearest.map(reading);
        Ok(HomeFront {
            party: self.model.party_id(idx).to_owned(),
            front: leader.map(|home| *home.leader.params()),
            is_ranked: self.model.parties[idx].payoff.is_ranking(),
            political_weight: leader.map(|home| home.leader.political_weight().get()),
            gains: count(&HomeReading::nation_gains),
            accepts: count(&HomeReading::accepts),
            refused: count(&|it| it.nation_gains() && !it.accepts()),
            captured: count(&|it| !it.nation_gains() && it.accepts()),
            unratified: unratified.count(),
            supported: leader.map(|_| supported()),
            open_stakes: self.zones.closing_stakes[idx],
            ratification_floor: party.floor,
            support_ends: self.support_ends[idx],
            most_alarm_gain: leader.and_then(|home| most_alarm_gain(party, home)),
            messages: messages.transpose()?.flatten(),
            nearest: nearest.transpose()?,
        })
    }
}

/// Ω · max(0, F(m₀ + κd̃ + ℓ) − F(m₀ + κd̃)): no untrue alarm is worth more.
fn most_alarm_gain(party: &PartyWorld, home: &LeaderWorld) -> Option<f64> {
    let params = home.leader.params();
    let nonagreement = (party.nonagreement - party.least) * party.scale();
    let calm = params.baseline + params.support * nonagreement;
    let rise = params.curve.rise(calm, calm + params.threat).ok()?;
    Some(params.office_stake * rise.max(0.0))
}
