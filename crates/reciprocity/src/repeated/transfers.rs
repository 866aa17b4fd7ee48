use detente_quantity::DiscountFactor;

use crate::{Bimatrix, CriticalPatience, ReciprocityError, search::first_pass};

/// What parties of the same patience can sustain when they may pay each other, before and after
/// they act (Goldlücke and Kranz 2012): payoffs are in one currency.
///
/// Payments pool what the parties have to lose. A pair of actions a is enforceable iff
///
/// **(1 − δ) Σᵢ [cᵢ(a) − gᵢ(a)] ≤ δ (U − Σᵢ vᵢ)**
///
/// with g the payoffs, cᵢ(a) the most that i could get by another action, U the greatest joint payoff
/// of an enforceable pair and vᵢ the least cᵢ of one.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TransferEquilibria {
    /// U: the greatest joint payoff per period.
    pub joint_payoff: f64,
    /// v: what the row and the column can be held to. Every division of U that leaves each at
    /// least this much is an equilibrium.
    pub punishments: [f64; 2],
    /// The pairs of actions that can be enforced, (row's, column's), in order.
    pub enforceable: Vec<(usize, usize)>,
}

/// A game's joint payoff and best deviations, cell by cell.
struct Cells {
    n_columns: usize,
    joint: Vec<f64>,
    deviations: Vec<[f64; 2]>,
}

impl TransferEquilibria {
    /// The equilibria at a patience; `None` if there are none in pure strategies. Pairs that
    /// cannot be enforced are struck out until all that are left can be: O(cells²) at worst.
    ///
    /// # Errors
    /// [`NotFinite`](ReciprocityError::NotFinite) if payoffs are so large that their sums are not
    /// numbers.
    pub fn of(game: &Bimatrix, patience: DiscountFactor) -> Result<Option<Self>, ReciprocityError> {
        Ok(Cells::of(game)?.equilibria(patience.get()))
    }
}

/// The discount factors at which a pair of actions can be sustained with payments between the
/// parties: from the first `f64` on. O(cells²) a trial, some hundred trials.
///
/// # Errors
/// [`Unknown`](ReciprocityError::Unknown) for actions that the game does not have, and as
/// [`TransferEquilibria::of`].
///
/// ```
/// use detente_quantity::DiscountFactor;
/// use detente_reciprocity::{Bimatrix, CriticalPatience, repeated::critical_patience_with_transfers};
/// // One side is tempted by 3 and the other by 2; payments pool what they would lose, 3 and 3.
/// let game = Bimatrix::new(&[[5.0, 0.0], [8.0, 2.0]], &[[4.0, 6.0], [-1.0, 1.0]])?;
/// let CriticalPatience::AtLeast(least) = critical_patience_with_transfers(&game, (0, 0))? else {
///     unreachable!()
/// };
/// assert!((least.get() - 5.0 / 11.0).abs() < 1e-15); // without payments, 1/2
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
pub fn critical_patience_with_transfers(
    game: &Bimatrix,
    actions: (usize, usize),
) -> Result<CriticalPatience, ReciprocityError> {
    for (what, given, limit) in [
        ("row action", actions.0, game.n_rows()),
        ("column action", actions.1, game.n_columns()),
    ] {
        if given >= limit {
            return Err(ReciprocityError::Unknown { what, given, limit });
        }
    }
    let cells = Cells::of(game)?;
    let sustained = |delta: f64| {
        let found = cells.equilibria(delta);
        found.is_some_and(|it| it.enforceable.contains(&actions))
    };
    if sustained(0.0) {
        return Ok(CriticalPatience::Always);
    }
    let least = first_pass(0.5, sustained).and_then(|least| DiscountFactor::new(least).ok());
    Ok(least.map_or(CriticalPatience::Never, CriticalPatience::AtLeast))
}

impl Cells {
    fn of(game: &Bimatrix) -> Result<Self, ReciprocityError> {
        let (n_rows, n_columns) = (game.n_rows(), game.n_columns());
        let (row, column) = (game.row_payoffs(), game.column_payoffs());
        let best_in_column: Vec<f64> = (0..n_columns)
            .map(|j| greatest(row.iter().skip(j).step_by(n_columns)))
            .collect();
        let best_in_row: Vec<f64> = column
            .chunks(n_columns)
            .map(|it| greatest(it.iter()))
            .collect();
        let deviations = (0..n_rows * n_columns)
            .map(|cell| {
                [
                    best_in_column[cell % n_columns],
                    best_in_row[cell / n_columns],
                ]
            })
            .collect();
        let joint: Vec<f64> = row.iter().zip(column).map(|(a, b)| a + b).collect();
        match joint.iter().position(|it| !it.is_finite()) {
            Some(cell) => Err(ReciprocityError::NotFinite {
                what: format!(
                    "joint payoff at ({}, {})",
                    cell / n_columns,
                    cell % n_columns
                ),
                given: joint[cell],
            }),
            None => Ok(Self {
                n_columns,
                joint,
                deviations,
            }),
        }
    }

    fn equilibria(&self, delta: f64) -> Option<TransferEquilibria> {
        let mut left: Vec<usize> = (0..self.joint.len()).collect();
        loop {
            let joint_payoff = greatest(left.iter().map(|&cell| &self.joint[cell]));
            let held_to = |side: usize| {
                let least = left.iter().map(|&cell| self.deviations[cell][side]);
                least.fold(f64::INFINITY, f64::min)
            };
            let punishments = [held_to(0), held_to(1)];
            let to_lose = (joint_payoff - punishments[0]) - punishments[1];
            let enforceable = |&cell: &usize| {
                let [row, column] = self.deviations[cell];
                let tempted = (row - self.joint[cell]) + column;
                (1.0 - delta) * tempted <= delta * to_lose
            };
            let kept: Vec<usize> = left.iter().copied().filter(enforceable).collect();
            if kept.is_empty() {
                return None;
            }
            if kept.len() == left.len() {
                let pair = |cell: usize| (cell / self.n_columns, cell % self.n_columns);
                return Some(TransferEquilibria {
                    joint_payoff,
                    punishments,
                    enforceable: kept.into_iter().map(pair).collect(),
                });
            }
            left = kept;
        }
    }
}

fn greatest<'f>(numbers: impl Iterator<Item = &'f f64>) -> f64 {
    numbers.copied().fold(f64::NEG_INFINITY, f64::max)
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;
    use crate::ImplementationGame;

    proptest! {
        #[test]
        fn between_equals_payments_change_nothing(stakes in strategies::prisoners_dilemma()) {
            let game = Bimatrix::from(&ImplementationGame::new(stakes, stakes));
            // Where joint payoffs are greatest honouring together, U is 2R and both hold each other
            // to P.
            prop_assume!(2.0 * stakes.r() > stakes.t() + stakes.s());
            let found = critical_patience_with_transfers(&game, (0, 0)).unwrap();
            let CriticalPatience::AtLeast(least) = found else {
                return Err(TestCaseError::fail("no bound in a dilemma"));
            };
            let grim = stakes.temptation() / (stakes.t() - stakes.p());
            prop_assert!((least.get() - grim).abs() < 1e-12);
        }

        #[test]
        fn payments_never_ask_for_more_patience(
            row in strategies::prisoners_dilemma(), column in strategies::prisoners_dilemma(),
        ) {
            let game = Bimatrix::from(&ImplementationGame::new(row, column));
            let grim = |it: &detente_quantity::Stakes| it.temptation() / (it.t() - it.p());
            let without = grim(&row).max(grim(&column));
            let found = critical_patience_with_transfers(&game, (0, 0)).unwrap();
            prop_assume!(without < 0.999);
            let enough = DiscountFactor::new(without + 1e-9).unwrap();
            prop_assert!(found.admits(enough));
        }
    }

    #[test]
    fn games_without_pure_equilibria_may_have_none() {
        let pennies = Bimatrix::zero_sum(&[[1.0, -1.0], [-1.0, 1.0]]).unwrap();
        let patient = DiscountFactor::new(0.999).unwrap();
        assert_eq!(TransferEquilibria::of(&pennies, patient).unwrap(), None);
        assert_eq!(
            critical_patience_with_transfers(&pennies, (0, 0)).unwrap(),
            CriticalPatience::Never
        );
    }

    #[test]
    fn the_static_equilibrium_needs_no_patience() {
        let dilemma = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]]).unwrap();
        assert_eq!(
            critical_patience_with_transfers(&dilemma, (1, 1)).unwrap(),
            CriticalPatience::Always
        );
        assert!(critical_patience_with_transfers(&dilemma, (2, 0)).is_err());
        let vast = Bimatrix::new(&[[f64::MAX]], &[[f64::MAX]]).unwrap();
        assert!(TransferEquilibria::of(&vast, DiscountFactor::MYOPIC).is_err());
    }
}
