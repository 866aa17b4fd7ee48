use super::{exact_game::ExactGame, limits::Limits};
use crate::{
    Bimatrix, Equilibrium, Fraction, MixedStrategy, ReciprocityError,
    exact::{Entry, Stopped, Tableau, exactly},
};

/// One equilibrium by complementary pivoting (Lemke and Howson 1964): the one at the end of the
/// path that starts where nobody plays and drops `label`. Labels from 0 are the row's actions, the
/// column's actions follow; another label may lead to another equilibrium.
///
/// Ties are broken lexicographically, so that paths of degenerate games end too, and all numbers
/// are exact. O(pivots · cells); paths are short as a rule, but can be exponentially long (Savani
/// and von Stengel 2006).
///
/// ```
/// use detente_reciprocity::{Bimatrix, Limits, lemke_howson};
/// let chicken = Bimatrix::new(&[[3.0, 2.0], [4.0, 1.0]], &[[3.0, 4.0], [2.0, 1.0]])?;
/// let found = lemke_howson(&chicken, 0, Limits::default())?;
/// assert_eq!(found.row.to_string(), "(1, 0)");
/// assert_eq!(found.column.to_string(), "(0, 1)");
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
///
/// # Errors
/// [`ReciprocityError::Unknown`] for a label beyond the actions, [`ReciprocityError::TooMany`]
/// after `limits.pivots` pivots.
pub fn lemke_howson(
    game: &Bimatrix,
    label: usize,
    limits: Limits,
) -> Result<Equilibrium, ReciprocityError> {
    let n_labels = game.n_rows() + game.n_columns();
    if label >= n_labels {
        return Err(ReciprocityError::Unknown {
            what: "label",
            given: label,
            limit: n_labels,
        });
    }
    let exact = ExactGame::of(game);
    let (row, column) = exactly(
        || follow::<i64>(&exact, label, limits.pivots),
        || follow::<num_bigint::BigInt>(&exact, label, limits.pivots),
    )
    .map_err(|stopped| stopped.error("pivots", limits.pivots))?;
    Ok(Equilibrium::at(&exact, row, column))
}

/// One equilibrium, as fast as can be: the first in pure strategies if there is one, otherwise
/// that of [`lemke_howson`] from label 0.
///
/// # Errors
/// [`ReciprocityError::TooMany`] after `limits.pivots` pivots.
pub fn one_equilibrium(game: &Bimatrix, limits: Limits) -> Result<Equilibrium, ReciprocityError> {
    match game.first_pure_equilibrium() {
        None => lemke_howson(game, 0, limits),
        Some((i, j)) => {
            let (own, other) = game.payoffs(i, j).unwrap_or_default();
            Ok(Equilibrium {
                row: MixedStrategy::pure(i, game.n_rows())?,
                column: MixedStrategy::pure(j, game.n_columns())?,
                payoffs: [own, other].map(Fraction::of_payoff),
            })
        }
    }
}

fn follow<E: Entry>(
    game: &ExactGame,
    dropped: usize,
    most: usize,
) -> Result<(MixedStrategy, MixedStrategy), Stopped> {
    let mut rows: Tableau<E> = game.row_polytope().ok_or(Stopped::Overflow)?;
    let mut columns: Tableau<E> = game.column_polytope().ok_or(Stopped::Overflow)?;
    let mut entering = dropped;
    let mut in_rows = rows.nonbasic().contains(&dropped);
    for _ in 0..most {
        let tableau = if in_rows { &mut rows } else { &mut columns };
        let leaving = exchange(tableau, entering)?;
        if leaving == dropped {
            let strategy = |tableau: &Tableau<E>, labels: &[usize]| {
                MixedStrategy::of_entries(&tableau.vertex(labels).ok_or(Stopped::Overflow)?)
                    .map_err(|_| Stopped::Overflow)
            };
            return Ok((
                strategy(&rows, &game.row_labels())?,
                strategy(&columns, &game.column_labels())?,
            ));
        }
        entering = leaving;
        in_rows = !in_rows;
    }
    Err(Stopped::TooMany)
}

/// Lets a label enter the basis and says which one left.
fn exchange<E: Entry>(tableau: &mut Tableau<E>, entering: usize) -> Result<usize, Stopped> {
    let column = tableau
        .nonbasic()
        .iter()
        .position(|&label| label == entering);
    let column = column.ok_or(Stopped::Overflow)?;
    let row = tableau.leaving(column).ok_or(Stopped::Overflow)?;
    let leaving = tableau.basic()[row];
    tableau.pivot(row, column).ok_or(Stopped::Overflow)?;
    Ok(leaving)
}
