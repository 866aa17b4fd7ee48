//! What is played and promised, without rounding.

use super::board::Board;
use crate::{
    Fraction,
    payoff_set::{
        certificate::{Placed, contains, hull},
        stage::ExactPoint,
    },
};

/// A pair of actions and a promise for every signal; none if it is played for ever.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) cell: usize,
    pub(super) promises: Vec<ExactPoint>,
}

impl Board<'_> {
    /// The equilibria of the stage game, played for ever.
    pub(super) fn static_plans(&self) -> Vec<Plan> {
        let cells = (0..self.stage.cells.len()).filter(|&cell| self.stage.is_static(cell));
        cells
            .map(|cell| Plan {
                cell,
                promises: Vec::new(),
            })
            .collect()
    }

    /// What a plan is worth, if no player gains by leaving it. O(actions · signals).
    pub(super) fn worth(&self, plan: &Plan) -> Option<ExactPoint> {
        let paid = self.stage.paid(plan.cell);
        if plan.promises.is_empty() {
            return self.stage.is_static(plan.cell).then_some(paid);
        }
        let worth = |cell: usize, side: usize| {
            let terms = self.chances(cell).iter().zip(&plan.promises);
            let promised = terms.fold(Fraction::zero(), |sum, (chance, promise)| {
                sum.plus(&chance.times(&promise[side]))
            });
            let today = &self.stage.paid(cell)[side];
            today.plus(&promised.minus(today).times(self.delta))
        };
        let kept = [0, 1].map(|side: usize| worth(plan.cell, side));
        let tempted = |side: usize| {
            let mut others = self.deviations(plan.cell, side);
            others.any(|other| worth(other, side) > kept[side])
        };
        (!tempted(0) && !tempted(1)).then_some(kept)
    }
}

/// The corners of the hull of what plans are worth, if without rounding no player gains by leaving
/// one and every promise of those at the corners lies in it. O(plans · signals · corners).
pub(super) fn certified(board: &Board<'_>, plans: &[Plan]) -> Option<Vec<ExactPoint>> {
    let worths: Option<Vec<(ExactPoint, Vec<usize>)>> = { plans.iter().enumerate() }
        .map(|(at, plan)| Some((board.worth(plan)?, vec![at])))
        .collect();
    let corners = hull(board.stage, worths?);
    let placed: Vec<Placed> = { corners.iter() }
        .map(|it| Placed::of(board.stage, &it.0))
        .collect();
    let inside = |promise: &ExactPoint| contains(&placed, &Placed::of(board.stage, promise));
    let holds = { corners.iter() }
        .all(|(_, from)| from.iter().any(|&at| plans[at].promises.iter().all(inside)));
    (holds && !corners.is_empty()).then(|| corners.into_iter().map(|it| it.0).collect())
}
