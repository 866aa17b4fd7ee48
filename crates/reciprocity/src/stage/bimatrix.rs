use crate::{
    ImplementationGame, Profile, ReciprocityError,
    error::{finite, matching},
};

/// A two-player game in normal form: the row has n actions, the column m, and every pair of
/// actions pays each of them a finite number.
///
/// Payoffs are kept flat, row by row. Actions are counted from 0.
///
/// ```
/// use detente_reciprocity::Bimatrix;
///
/// // Matching pennies has no equilibrium in pure strategies; chicken has two.
/// let pennies = Bimatrix::zero_sum(&[[1.0, -1.0], [-1.0, 1.0]])?;
/// assert!(pennies.pure_equilibria().is_empty());
/// let chicken = Bimatrix::new(&[[3.0, 2.0], [4.0, 1.0]], &[[3.0, 4.0], [2.0, 1.0]])?;
/// assert_eq!(chicken.pure_equilibria(), [(0, 1), (1, 0)]);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Shape", into = "Shape"))]
pub struct Bimatrix {
    n_rows: usize,
    n_columns: usize,
    row: Vec<f64>,
    column: Vec<f64>,
}

impl Bimatrix {
    /// `row[i][j]` and `column[i][j]` are what row and column get when the row plays `i` and the
    /// column `j`. Negative zero is stored as zero. O(cells).
    ///
    /// # Errors
    /// [`ReciprocityError::Empty`] without actions, [`ReciprocityError::Mismatch`] for lists of
    /// different lengths, [`ReciprocityError::NotFinite`] naming the cell.
    pub fn new<R: AsRef<[f64]>>(row: &[R], column: &[R]) -> Result<Self, ReciprocityError> {
        let n_columns = row.first().map_or(0, |first| first.as_ref().len());
        matching(
            || "column player's matrix".to_owned(),
            column.len(),
            row.len(),
        )?;
        let flat = |player: &str, matrix: &[R]| -> Result<Vec<f64>, ReciprocityError> {
            for (i, line) in matrix.iter().enumerate() {
                let name = || format!("line {i} of the {player} player's matrix");
                matching(name, line.as_ref().len(), n_columns)?;
            }
            Ok(matrix.iter().flat_map(AsRef::as_ref).copied().collect())
        };
        let (row_payoffs, column_payoffs) = (flat("row", row)?, flat("column", column)?);
        Self::from_flat(row.len(), n_columns, row_payoffs, column_payoffs)
    }

    /// The same from flat lists, row by row: the cell (i, j) is at `i * n_columns + j`. O(cells).
    ///
    /// # Errors
    /// As [`Bimatrix::new`].
    pub fn from_flat(
        n_rows: usize,
        n_columns: usize,
        mut row: Vec<f64>,
        mut column: Vec<f64>,
    ) -> Result<Self, ReciprocityError> {
        for (n_actions, player) in [(n_rows, "row"), (n_columns, "column")] {
            if n_actions == 0 {
                return Err(ReciprocityError::Empty {
                    what: format!("list of the {player} player's actions"),
                    member: "action",
                });
            }
        }
        let n_cells = n_rows.saturating_mul(n_columns);
        for (payoffs, player) in [(&mut row, "row"), (&mut column, "column")] {
            matching(
                || format!("{player} player's matrix"),
                payoffs.len(),
                n_cells,
            )?;
            for (cell, payoff) in payoffs.iter_mut().enumerate() {
                let (i, j) = (cell / n_columns, cell % n_columns);
                let name = || format!("payoff of the {player} player at ({i}, {j})");
                *payoff = finite(name, *payoff)?;
            }
        }
        Ok(Self {
            n_rows,
            n_columns,
            row,
            column,
        })
    }

    /// The game in which the column loses what the row gets.
    ///
    /// # Errors
    /// As [`Bimatrix::new`].
    pub fn zero_sum<R: AsRef<[f64]>>(row: &[R]) -> Result<Self, ReciprocityError> {
        let column: Vec<Vec<f64>> = row
            .iter()
            .map(|line| line.as_ref().iter().map(|payoff| -payoff).collect())
            .collect();
        let row: Vec<Vec<f64>> = row.iter().map(|line| line.as_ref().to_vec()).collect();
        Self::new(&row, &column)
    }

    /// How many actions the row has.
    #[must_use]
    pub const fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// How many actions the column has.
    #[must_use]
    pub const fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// The row's payoffs, row by row.
    #[must_use]
    pub fn row_payoffs(&self) -> &[f64] {
        &self.row
    }

    /// The column's payoffs, row by row: the cell (i, j) is at `i * n_columns + j` here too.
    #[must_use]
    pub fn column_payoffs(&self) -> &[f64] {
        &self.column
    }

    /// What row and column get when they play `i` and `j`; `None` outside the game.
    #[must_use]
    pub fn payoffs(&self, i: usize, j: usize) -> Option<(f64, f64)> {
        if i >= self.n_rows || j >= self.n_columns {
            return None;
        }
        let cell = i * self.n_columns + j;
        Some((*self.row.get(cell)?, *self.column.get(cell)?))
    }

    /// The same game with the players exchanged. O(cells).
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let turned = |payoffs: &[f64]| {
            (0..self.n_columns)
                .flat_map(|j| payoffs.iter().skip(j).step_by(self.n_columns).copied())
                .collect()
        };
        Self {
            n_rows: self.n_columns,
            n_columns: self.n_rows,
            row: turned(&self.column),
            column: turned(&self.row),
        }
    }
}

impl From<&ImplementationGame> for Bimatrix {
    /// Action 0 is to honour, action 1 to cheat.
    fn from(game: &ImplementationGame) -> Self {
        let payoffs = Profile::ALL.map(|profile| game.payoffs(profile));
        Self {
            n_rows: 2,
            n_columns: 2,
            row: payoffs.map(|(row, _)| row + 0.0).to_vec(),
            column: payoffs.map(|(_, column)| column + 0.0).to_vec(),
        }
    }
}

/// The shape of a game in a file: `row = [[…], …]` and `col = [[…], …]`.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Shape {
    row: Vec<Vec<f64>>,
    #[serde(alias = "column")]
    col: Vec<Vec<f64>>,
}

#[cfg(feature = "serde")]
impl TryFrom<Shape> for Bimatrix {
    type Error = ReciprocityError;

    fn try_from(shape: Shape) -> Result<Self, ReciprocityError> {
        Self::new(&shape.row, &shape.col)
    }
}

#[cfg(feature = "serde")]
impl From<Bimatrix> for Shape {
    fn from(game: Bimatrix) -> Self {
        let lines = |payoffs: &[f64]| {
            payoffs
                .chunks(game.n_columns)
                .map(<[f64]>::to_vec)
                .collect()
        };
        Self {
            row: lines(&game.row),
            col: lines(&game.column),
        }
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::Stakes;

    use super::*;

    #[track_caller]
    fn refused(row: &[Vec<f64>], column: &[Vec<f64>], message: &str) {
        let error = Bimatrix::new(row, column).unwrap_err();
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn malformed_games_are_refused_by_name() {
        let none: [Vec<f64>; 0] = [];
        refused(
            &none,
            &none,
            "list of the row player's actions is empty; expected at least one action",
        );
        refused(
            &[vec![]],
            &[vec![]],
            "list of the column player's actions is empty; expected at least one action",
        );
        refused(
            &[vec![1.0], vec![2.0]],
            &[vec![1.0]],
            "column player's matrix has 1 entries; expected 2",
        );
        refused(
            &[vec![1.0, 2.0], vec![2.0]],
            &[vec![1.0, 2.0], vec![1.0, 2.0]],
            "line 1 of the row player's matrix has 1 entries; expected 2",
        );
        refused(
            &[vec![1.0, 2.0]],
            &[vec![1.0, f64::NAN]],
            "payoff of the column player at (0, 1) is NaN; expected a finite number",
        );
        assert!(Bimatrix::from_flat(usize::MAX, 2, vec![], vec![]).is_err());
    }

    #[test]
    fn players_exchanged_twice_are_the_players() {
        let game = Bimatrix::new(&[[1.0, 2.0, 3.0]], &[[4.0, 5.0, 6.0]]).unwrap();
        let mirrored = game.mirrored();
        assert_eq!((mirrored.n_rows(), mirrored.n_columns()), (3, 1));
        assert_eq!(mirrored.payoffs(2, 0), Some((6.0, 3.0)));
        assert_eq!(mirrored.payoffs(0, 1), None);
        assert_eq!(mirrored.mirrored(), game);
    }

    #[test]
    fn an_agreement_is_a_game_of_honouring_and_cheating() {
        let stakes = Stakes::new(4.0, 3.0, 2.0, 1.0).unwrap();
        let game = Bimatrix::from(&ImplementationGame::new(stakes, stakes));
        assert_eq!(game.row_payoffs(), [3.0, 1.0, 4.0, 2.0]);
        assert_eq!(game.column_payoffs(), [3.0, 4.0, 1.0, 2.0]);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_game_is_two_matrices_in_a_file() {
        let text = r#"{"row":[[1.0,2.0]],"col":[[3.0,4.0]]}"#;
        let game: Bimatrix = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&game).unwrap(), text);
        assert!(serde_json::from_str::<Bimatrix>(r#"{"row":[[1.0]],"col":[[]]}"#).is_err());
    }
}
