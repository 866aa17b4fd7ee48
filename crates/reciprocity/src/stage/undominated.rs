//! What is left of a game without the actions that no equilibrium plays.

use crate::{Bimatrix, MixedStrategy, ReciprocityError};

/// The actions that are left when those are struck out that another action beats whatever the other
/// player does, again and again. No equilibrium plays any other, in mixed strategies neither, so that the
/// equilibria of what is left are those of the game (Luce and Raiffa 1957).
pub(super) struct Undominated {
    rows: Vec<usize>,
    columns: Vec<usize>,
}

impl Undominated {
    /// O(rows · columns · (rows + columns)) a pass, each of which but the last strikes out an action.
    pub(super) fn of(game: &Bimatrix) -> Self {
        let n_columns = game.n_columns();
        let (row, column) = (game.row_payoffs(), game.column_payoffs());
        let mut left = Self {
            rows: (0..game.n_rows()).collect(),
            columns: (0..n_columns).collect(),
        };
        loop {
            let before = left.rows.len() + left.columns.len();
            left.rows = unbeaten(&left.rows, &left.columns, |i, j| row[i * n_columns + j]);
            left.columns = unbeaten(&left.columns, &left.rows, |j, i| column[i * n_columns + j]);
            if left.rows.len() + left.columns.len() == before {
                return left;
            }
        }
    }

    /// The game of these actions.
    pub(super) fn game(&self, of: &Bimatrix) -> Result<Bimatrix, ReciprocityError> {
        let lines = |payoffs: &[f64]| -> Vec<f64> {
            let cells = self.rows.iter().flat_map(|i| {
                let start = i * of.n_columns();
                self.columns.iter().map(move |j| start + j)
            });
            cells.map(|cell| payoffs[cell]).collect()
        };
        Bimatrix::from_flat(
            self.rows.len(),
            self.columns.len(),
            lines(of.row_payoffs()),
            lines(of.column_payoffs()),
        )
    }

    /// Strategies of that game as strategies of the whole one.
    pub(super) fn in_whole(
        &self,
        of: &Bimatrix,
        (row, column): (MixedStrategy, MixedStrategy),
    ) -> (MixedStrategy, MixedStrategy) {
        (
            row.placed(&self.rows, of.n_rows()),
            column.placed(&self.columns, of.n_columns()),
        )
    }
}

/// The own actions of which no other pays more whatever the other player does.
fn unbeaten(own: &[usize], others: &[usize], pays: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let beats = |better: usize, worse: usize| {
        let mut others = others.iter();
        others.all(|&other| pays(better, other) > pays(worse, other))
    };
    let unbeaten = |action: &&usize| !own.iter().any(|&it| beats(it, **action));
    own.iter().filter(unbeaten).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_struck_out_in_turn_and_ties_are_left() {
        // The row's last action loses to its first; then the column's second to its first.
        let game = Bimatrix::new(
            &[[2.0, 2.0], [2.0, 3.0], [1.0, 1.0]],
            &[[1.0, 0.0], [4.0, 1.0], [0.0, 9.0]],
        )
        .unwrap();
        let left = Undominated::of(&game);
        assert_eq!(
            (left.rows.as_slice(), left.columns.as_slice()),
            ([0, 1].as_slice(), [0].as_slice())
        );
        let reduced = left.game(&game).unwrap();
        assert_eq!(reduced.row_payoffs(), [2.0, 2.0]);
        assert_eq!(reduced.column_payoffs(), [1.0, 4.0]);
        let even = MixedStrategy::from_weights(&[1.0, 1.0]).unwrap();
        let certain = MixedStrategy::pure(0, 1).unwrap();
        let (row, column) = left.in_whole(&game, (even, certain));
        assert_eq!(
            (row.to_string(), column.to_string()),
            ("(1/2, 1/2, 0)".into(), "(1, 0)".into())
        );
    }
}
