use super::{cell::Cell, plan::certified};
use crate::{
    Fraction,
    monitoring::Signals,
    payoff_set::{
        plane::Point,
        rounds::Rate,
        stage::{ExactPoint, Stage},
    },
};

/// A game with what is seen of it, exactly.
pub(super) struct Board<'g> {
    pub(super) stage: &'g Stage,
    pub(super) delta: &'g Fraction,
    /// The chances of signals, cell by cell; they add up to 1.
    chances: Vec<Vec<Fraction>>,
}

impl<'g> Board<'g> {
    pub(super) fn of(stage: &'g Stage, signals: &Signals, delta: &'g Fraction) -> Self {
        let chances = (0..stage.cells.len())
            .map(|cell| signals.exactly_at(cell / stage.n_columns, cell % stage.n_columns));
        Self {
            stage,
            delta,
            chances: chances.collect(),
        }
    }

    /// The chances of signals at a cell.
    pub(super) fn chances(&self, cell: usize) -> &[Fraction] {
        &self.chances[cell]
    }

    /// The cells to which a player can turn a cell.
    pub(super) fn deviations(&self, cell: usize, side: usize) -> impl Iterator<Item = usize> {
        let n_columns = self.stage.n_columns;
        let n_rows = self.stage.cells.len() / n_columns.max(1);
        let (i, j) = (cell / n_columns, cell % n_columns);
        let count = if side == 0 { n_rows } else { n_columns };
        let other = move |it: usize| {
            if side == 0 {
                it * n_columns + j
            } else {
                i * n_columns + it
            }
        };
        (0..count).map(other).filter(move |&it| it != cell)
    }

    /// The cells from which no player gains by what no signal tells, with what promises must beat each
    /// deviation by.
    pub(super) fn cells(&self, rate: Rate, margin: f64) -> Vec<Cell> {
        let all = 0..self.stage.cells.len();
        all.filter_map(|cell| Cell::of(self, rate, cell, margin))
            .collect()
    }

    /// The corners of what static equilibria give, whichever is played chosen by the coin.
    pub(super) fn statics(&self) -> Vec<ExactPoint> {
        certified(self, &self.static_plans()).unwrap_or_default()
    }

    pub(super) fn scaled(&self, points: &[ExactPoint]) -> Vec<Point> {
        points.iter().map(|it| self.stage.scaled(it)).collect()
    }
}
