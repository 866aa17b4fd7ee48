//! A two-player game in whole numbers, and the tableaux of its best replies.

use num_bigint::BigInt;

use crate::{
    Bimatrix, Fraction, MixedStrategy,
    exact::{Entry, Tableau, Whole, shifted},
};

/// A game's payoffs in whole numbers. Label i is the row's action i, label n + j the column's
/// action j (von Stengel 2002): at a vertex of one player's polytope, a label says that the action
/// is not played, if it is the player's own, or that it is a best reply, if it is the other's.
pub(super) struct ExactGame {
    n_rows: usize,
    n_columns: usize,
    row: Whole,
    column: Whole,
}

impl ExactGame {
    pub(super) fn of(game: &Bimatrix) -> Self {
        Self {
            n_rows: game.n_rows(),
            n_columns: game.n_columns(),
            row: Whole::of(game.row_payoffs()),
            column: Whole::of(game.column_payoffs()),
        }
    }

    pub(super) fn row_labels(&self) -> Vec<usize> {
        (0..self.n_rows).collect()
    }

    pub(super) fn column_labels(&self) -> Vec<usize> {
        (self.n_rows..self.n_rows + self.n_columns).collect()
    }

    /// P = {x ≥ 0 : Bᵀx ≤ 1}, the row's strategies divided by what they leave the column.
    pub(super) fn row_polytope<E: Entry>(&self) -> Option<Tableau<E>> {
        let payoffs: Vec<E> = shifted(&self.column)?;
        let turned: Vec<E> = (0..self.n_columns)
            .flat_map(|j| payoffs.iter().skip(j).step_by(self.n_columns).cloned())
            .collect();
        Tableau::new(&turned, self.column_labels(), self.row_labels())
    }

    /// Q = {y ≥ 0 : Ay ≤ 1}, the column's strategies divided by what they leave the row.
    pub(super) fn column_polytope<E: Entry>(&self) -> Option<Tableau<E>> {
        let payoffs: Vec<E> = shifted(&self.row)?;
        Tableau::new(&payoffs, self.row_labels(), self.column_labels())
    }

    /// What each of the row's actions is worth against `column`, times the total of its weights.
    fn row_worths<'g>(&'g self, column: &'g MixedStrategy) -> impl Iterator<Item = BigInt> + 'g {
        (0..self.n_rows).map(move |i| self.row_worth(i, column))
    }

    fn row_worth(&self, i: usize, column: &MixedStrategy) -> BigInt {
        let terms = column
            .support()
            .filter_map(|j| Some((j, column.weights().get(j)?)));
        terms
            .map(|(j, weight)| self.row.number(i * self.n_columns + j) * weight)
            .sum()
    }

    fn column_worths<'g>(&'g self, row: &'g MixedStrategy) -> impl Iterator<Item = BigInt> + 'g {
        (0..self.n_columns).map(move |j| self.column_worth(j, row))
    }

    fn column_worth(&self, j: usize, row: &MixedStrategy) -> BigInt {
        let terms = row
            .support()
            .filter_map(|i| Some((i, row.weights().get(i)?)));
        terms
            .map(|(i, weight)| self.column.number(i * self.n_columns + j) * weight)
            .sum()
    }

    /// What both get.
    pub(super) fn payoffs(&self, row: &MixedStrategy, column: &MixedStrategy) -> [Fraction; 2] {
        let average = |strategy: &MixedStrategy, worth: &dyn Fn(usize) -> BigInt| -> BigInt {
            let terms = strategy
                .support()
                .filter_map(|at| Some((at, strategy.weights().get(at)?)));
            terms.map(|(at, weight)| worth(at) * weight).sum()
        };
        let total = row.total() * column.total();
        [
            over(
                &self.row,
                average(row, &|i| self.row_worth(i, column)),
                &total,
            ),
            over(
                &self.column,
                average(column, &|j| self.column_worth(j, row)),
                &total,
            ),
        ]
    }

    /// What each could get by its best reply.
    pub(super) fn best_payoffs(
        &self,
        row: &MixedStrategy,
        column: &MixedStrategy,
    ) -> [Fraction; 2] {
        let best = |worths: &mut dyn Iterator<Item = BigInt>| worths.max().unwrap_or_default();
        [
            over(
                &self.row,
                best(&mut self.row_worths(column)),
                column.total(),
            ),
            over(
                &self.column,
                best(&mut self.column_worths(row)),
                row.total(),
            ),
        ]
    }
}

/// A number of units divided by a total, as a payoff.
fn over(units: &Whole, number: BigInt, total: &BigInt) -> Fraction {
    units.fraction(number).divided_by(total)
}
