use super::exact_game::ExactGame;
use crate::{Bimatrix, Fraction, MixedStrategy, ReciprocityError, error::matching};

/// An equilibrium of a two-player game: strategies of which each is a best reply to the other
/// (Nash 1950), exactly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Equilibrium {
    /// What the row does.
    pub row: MixedStrategy,
    /// What the column does.
    pub column: MixedStrategy,
    /// What the row and the column get.
    pub payoffs: [Fraction; 2],
}

impl Equilibrium {
    /// Two strategies with what they pay.
    pub(super) fn at(game: &ExactGame, row: MixedStrategy, column: MixedStrategy) -> Self {
        Self {
            payoffs: game.payoffs(&row, &column),
            row,
            column,
        }
    }

    /// Whether both play pure strategies.
    #[must_use]
    pub fn is_pure(&self) -> bool {
        self.row.is_pure() && self.column.is_pure()
    }
}

/// What the row and the column give up by not playing a best reply, in their own payoffs: both
/// zero at an equilibrium and nowhere else. Payoffs are read as the shortest decimals that stand
/// for them; from there on, nothing is rounded. O(cells of the supports' rows and columns).
///
/// ```
/// use detente_reciprocity::{Bimatrix, MixedStrategy, regrets};
/// let chicken = Bimatrix::new(&[[3.0, 2.0], [4.0, 1.0]], &[[3.0, 4.0], [2.0, 1.0]])?;
/// let even = MixedStrategy::from_weights(&[1.0, 1.0])?;
/// assert!(regrets(&chicken, &even, &even)?.iter().all(|regret| regret.is_zero()));
/// let honour = MixedStrategy::pure(0, 2)?;
/// let [row, _] = regrets(&chicken, &honour, &honour)?;
/// assert_eq!(row.to_string(), "1");
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
///
/// # Errors
/// [`ReciprocityError::Mismatch`] if a strategy is not one of this game.
pub fn regrets(
    game: &Bimatrix,
    row: &MixedStrategy,
    column: &MixedStrategy,
) -> Result<[Fraction; 2], ReciprocityError> {
    matching(
        || "row player's strategy".to_owned(),
        row.n_actions(),
        game.n_rows(),
    )?;
    matching(
        || "column player's strategy".to_owned(),
        column.n_actions(),
        game.n_columns(),
    )?;
    let exact = ExactGame::of(game);
    let [own, other] = exact.payoffs(row, column);
    let [best, best_other] = exact.best_payoffs(row, column);
    Ok([best.minus(&own), best_other.minus(&other)])
}
