//! What each barrier had to do with the failure: necessity, sufficiency, responsibility, order.

use detente_uncertainty::{Proportion, SetFunction, causes::Necessity};

use super::{Draw, Run};
use crate::{
    DetenteError,
    assessment::{Barrier, BarrierCause, WaterfallStep},
    evaluate::{REMOVABLE, Removals},
};

/// All four removable barriers gone.
const ALL: u16 = (1 << REMOVABLE) - 1;

impl Run<'_> {
    pub(super) fn causes(
        &self,
        central: Option<&SetFunction>,
    ) -> Result<Vec<BarrierCause>, DetenteError> {
        let responsibilities = central.map(SetFunction::responsibilities);
        let mut list = Vec::with_capacity(REMOVABLE);
        for (idx, barrier) in Barrier::REMOVABLE.into_iter().enumerate() {
            let (own, others) = (1 << idx, ALL & !(1 << idx));
            list.push(BarrierCause {
                barrier,
                necessary: self.share(|draws| necessity(draws, own)?.necessity)?,
                sufficient: self.share(|draws| necessity(draws, own)?.sufficiency)?,
                both: self.share(|draws| Some(necessity(draws, own)?.both))?,
                alone: self.share(|draws| {
                    Proportion::of(counted(draws).map(|draw| fails(draw, others))).ok()
                })?,
                responsibility: responsibilities
                    .as_ref()
                    .and_then(|list| list.get(idx))
                    .copied(),
            });
        }
        Ok(list)
    }
}

/// Whether no agreement is accepted with barriers removed.
const fn fails(draw: &Removals, removed: u16) -> bool {
    draw.barriers >> removed & 1 == 0
}

/// The draws that are judged.
fn counted(draws: &[Draw]) -> impl Iterator<Item = &Removals> {
    draws.iter().filter_map(clear_cut)
}

/// What a barrier is to the failure; `None` where no draw is judged.
fn necessity(draws: &[Draw], barrier: u16) -> Option<Necessity> {
    let pairs = counted(draws).map(|draw| (fails(draw, 0), fails(draw, barrier)));
    Necessity::of(pairs).ok()
}

/// What would be accepted with barriers removed, where something is mutually preferred and failure
/// means nonagreement: not where an agreement is expected, yet none that would be kept.
fn clear_cut(draw: &Draw) -> Option<&Removals> {
    let removals = draw.removals.as_ref()?;
    let kept = removals.barriers & 1 == 1;
    (kept || draw.survey.accepted_as_held == 0).then_some(removals)
}

/// v as the barriers fall in the order in which an agreement meets them.
pub(super) fn waterfall(
    central: Option<&SetFunction>,
    mean: Option<&SetFunction>,
) -> Result<Vec<WaterfallStep>, DetenteError> {
    let order: Vec<usize> = (0..REMOVABLE).collect();
    let steps = |function: Option<&SetFunction>| {
        function
            .map(|function| function.waterfall(&order))
            .transpose()
    };
    let (central, mean) = (steps(central)?, steps(mean)?);
    let list = Barrier::REMOVABLE.into_iter().enumerate();
    Ok(list
        .map(|(idx, barrier)| {
            let step = |steps: &Option<Vec<_>>| {
                let step: &detente_uncertainty::causes::Step = steps.as_ref()?.get(idx)?;
                Some([step.from, step.to])
            };
            WaterfallStep {
                barrier,
                central: step(&central),
                mean: step(&mean),
            }
        })
        .collect())
}
