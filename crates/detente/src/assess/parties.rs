//! Attribution by party, and by single obstacle: a barrier at a party.

use detente_uncertainty::{SetFunction, Share, UncertaintyError};

use super::{Run, shares::missed};
use crate::{
    DetenteError,
    assessment::{Barrier, ObstacleShare, PartyShare},
    evaluate::{MAX_PARTIES, MAX_PARTIES_BY_OBSTACLE, REMOVABLE, Removals},
};

impl Run<'_> {
    pub(super) fn party_shares(&self) -> Result<Vec<PartyShare>, DetenteError> {
        let parties = self.model.parties.len();
        if parties > MAX_PARTIES {
            return Ok(Vec::new());
        }
        let (central, mean) = self.shares_of(parties, Removals::with_parties_freed)?;
        let mut obstacles = self.obstacle_shares()?.into_iter();
        let list = (0..parties).map(|party| PartyShare {
            party: self.model.party_id(party).to_owned(),
            central: central.as_ref().map(|shares| shares[party].share),
            range: central
                .as_ref()
                .map(|shares| [shares[party].min, shares[party].max]),
            mean: mean.as_ref().map(|shares| shares[party].share),
            obstacles: obstacles.by_ref().take(REMOVABLE).collect(),
        });
        Ok(list.collect())
    }

    /// Shares of the barriers at the first party, then at the second and so on.
    fn obstacle_shares(&self) -> Result<Vec<ObstacleShare>, DetenteError> {
        let parties = self.model.parties.len();
        if parties > MAX_PARTIES_BY_OBSTACLE {
            return Ok(Vec::new());
        }
        let all = REMOVABLE * parties;
        let (central, mean) = self.shares_of(all, Removals::with_obstacles_removed)?;
        let share = |shares: &Option<Vec<Share>>, obstacle: usize| {
            shares.as_ref().map(|shares| shares[obstacle].share)
        };
        let list = (0..all).map(|obstacle| ObstacleShare {
            barrier: Barrier::REMOVABLE[obstacle % REMOVABLE],
            central: share(&central, obstacle),
            mean: share(&mean, obstacle),
        });
        Ok(list.collect())
    }

    /// Shapley shares at central values, and of the mean over the draws that count, which are the
    /// mean shares.
    #[expect(
        clippy::type_complexity,
        reason = "the same two answers, each where there is one"
    )]
    fn shares_of(
        &self,
        n_causes: usize,
        value: impl Fn(&Removals, usize) -> bool,
    ) -> Result<(Option<Vec<Share>>, Option<Vec<Share>>), UncertaintyError> {
        let number =
            |removals: &Removals, set: u32| f64::from(u8::from(value(removals, set as usize)));
        let central = missed(&self.central.survey, self.central.removals.as_ref());
        let central = central
            .map(|removals| SetFunction::from_fn(n_causes, |set| number(removals, set)))
            .transpose()?;
        let counted: Vec<&Removals> = self
            .draws
            .iter()
            .filter_map(|draw| missed(&draw.survey, draw.removals.as_ref()))
            .collect();
        let mean = |set: u32| {
            let sum: f64 = counted.iter().map(|removals| number(removals, set)).sum();
            sum / counted.len() as f64
        };
        let mean = match counted.is_empty() {
            true => None,
            false => Some(SetFunction::from_fn(n_causes, mean)?),
        };
        Ok((
            central.as_ref().map(SetFunction::shapley),
            mean.as_ref().map(SetFunction::shapley),
        ))
    }
}
