//! By how much the best agreement passes or fails each barrier.

use super::{Run, central::first_by_name};
use crate::{
    DetenteError,
    assessment::{Barrier, BarrierMargin, Clearance},
};

/// Clearances of which the chance is told, in shares of a party's span of payoffs.
const CLEARANCES: [f64; 3] = [0.02, 0.05, 0.1];

impl Run<'_> {
    pub(super) fn margins(&self) -> Result<Vec<BarrierMargin>, DetenteError> {
        let central = &self.central.margins.at;
        let mut list = Vec::with_capacity(Barrier::ALL.len());
        for (idx, barrier) in Barrier::ALL.into_iter().enumerate() {
            let mut clears = Vec::with_capacity(CLEARANCES.len());
            for clearance in CLEARANCES {
                let chance = self.chance(|draw| draw.margins[idx] > clearance)?;
                clears.extend(chance.map(|chance| Clearance { clearance, chance }));
            }
            list.push(BarrierMargin {
                barrier,
                central: central[idx],
                terms: first_by_name(self.model, &self.central.furthest[idx])
                    .map(|agreement| self.model.terms(agreement))
                    .unwrap_or_default(),
                passes: self.chance(|draw| draw.margins[idx] > 0.0)?,
                clears,
                over_draws: self.band(|draw| draw.margins[idx])?,
            });
        }
        Ok(list)
    }
}
