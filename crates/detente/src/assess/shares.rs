//! Attribution: exact shares at central values, means over the draws that count.

use std::collections::BTreeMap;

use detente_uncertainty::{SetFunction, Share, Summary};

use super::{Draw, Run, causes};
use crate::{
    DetenteError,
    assessment::{Attribution, Barrier, BarrierShare},
    evaluate::{REMOVABLE, Removals, Survey},
};

impl Run<'_> {
    pub(super) fn attribution(&self) -> Result<Option<Attribution>, DetenteError> {
        let central = missed(&self.central.survey, self.central.removals.as_ref());
        let central = central.map(set_function).transpose()?;
        let counted: Vec<SetFunction> = self
            .draws
            .iter()
            .filter_map(|draw| missed(&draw.survey, draw.removals.as_ref()))
            .map(set_function)
            .collect::<Result<_, _>>()?;
        if central.is_none() && counted.is_empty() {
            return Ok(None);
        }
        let mean = match counted.as_slice() {
            [] => None,
            functions => Some(SetFunction::mean(functions)?),
        };
        let minimal_sets = match &central {
            Some(function) => function.minimal_sets()?.into_iter().map(barriers).collect(),
            None => Vec::new(),
        };
        let causes = self.causes(central.as_ref())?;
        let waterfall = causes::waterfall(central.as_ref(), mean.as_ref())?;
        Ok(Some(Attribution {
            causes,
            waterfall,
            parties: self.party_shares()?,
            shares: self.barrier_shares([central.as_ref(), mean.as_ref()], &counted)?,
            minimal_sets,
            central: central.as_ref().map(by_name),
            mean: mean.as_ref().map(by_name),
            conflict_of_interest: self.chance(|draw| draw.survey.survivors[1] == 0)?,
            counted: self.chance(|draw| missed(&draw.survey, draw.removals.as_ref()).is_some())?,
        }))
    }

    /// Shares at central values, and their means over the draws that count.
    fn barrier_shares(
        &self,
        [central, mean]: [Option<&SetFunction>; 2],
        counted: &[SetFunction],
    ) -> Result<Vec<BarrierShare>, DetenteError> {
        let exact: Option<Vec<Share>> = central.map(SetFunction::shapley);
        let of_mean: Option<Vec<Share>> = mean.map(SetFunction::shapley);
        let sampled: Vec<Vec<Share>> = counted.iter().map(SetFunction::shapley).collect();
        let mut list = Vec::with_capacity(REMOVABLE);
        for (idx, barrier) in Barrier::REMOVABLE.into_iter().enumerate() {
            let exact = exact.as_ref().and_then(|shares| shares.get(idx));
            let values: Vec<f64> = sampled.iter().map(|shares| shares[idx].share).collect();
            let mean = match values.is_empty() {
                true => None,
                false => Some(self.mean_over_counted(&values)?),
            };
            list.push(BarrierShare {
                barrier,
                central: exact.map(|share| share.share),
                range: exact.map(|share| [share.min, share.max]),
                mean: mean.map(|(mean, _)| mean),
                mean_range: of_mean
                    .as_ref()
                    .and_then(|shares| shares.get(idx))
                    .map(|share| [share.min, share.max]),
                standard_error: mean.map(|(_, error)| error),
            });
        }
        Ok(list)
    }

    /// The mean of a number of each draw that counts, and its standard error.
    fn mean_over_counted(&self, values: &[f64]) -> Result<(f64, f64), DetenteError> {
        let summary = Summary::of(values)?;
        let mut values = values.iter().copied();
        let value = |draw: &Draw| {
            missed(&draw.survey, draw.removals.as_ref())?;
            values.next()
        };
        let error = self.error_of_mean(value)?;
        Ok((summary.mean(), error.unwrap_or(summary.standard_error())))
    }
}

/// What removals say where an opportunity was missed: something was mutually preferred and
/// nonagreement is expected (model §6).
pub(super) fn missed<'r>(survey: &Survey, removals: Option<&'r Removals>) -> Option<&'r Removals> {
    removals.filter(|_| survey.accepted_as_held == 0)
}

fn set_function(removals: &Removals) -> Result<SetFunction, detente_uncertainty::UncertaintyError> {
    SetFunction::from_fn(REMOVABLE, |set| f64::from(removals.barriers >> set & 1))
}

fn barriers(set: u32) -> Vec<Barrier> {
    let listed = Barrier::REMOVABLE.into_iter().enumerate();
    listed
        .filter(|(bit, _)| set >> bit & 1 == 1)
        .map(|(_, barrier)| barrier)
        .collect()
}

/// The values of a set function under the names of the barriers removed.
fn by_name(function: &SetFunction) -> BTreeMap<String, f64> {
    let sets = (0..1_u32 << REMOVABLE).zip(function.values());
    sets.map(|(set, &value)| (name(&barriers(set)), value))
        .collect()
}

fn name(removed: &[Barrier]) -> String {
    if removed.is_empty() {
        return "none".to_owned();
    }
    let words = removed.iter().map(|barrier| match barrier {
        Barrier::ConflictOfInterest => "conflict_of_interest",
        Barrier::Anarchy => "anarchy",
        Barrier::PrudentDistrust => "prudent_distrust",
        Barrier::DomesticLegitimacy => "domestic_legitimacy",
        Barrier::Misperception => "misperception",
    });
    words.collect::<Vec<_>>().join("+")
}
