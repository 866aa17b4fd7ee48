use crate::{
    Bimatrix, Fraction, ReciprocityError,
    error::{finite, matching, out_of_range},
    payoff_set::exactly,
};

/// What two players, who do not see each other's actions, both see instead: one of finitely many
/// signals, with probabilities π(y | a) that depend on the pair of actions a.
///
/// ```
/// use detente_reciprocity::monitoring::Signals;
/// // Honour or cheat; an inspection finds two violations, one, or none.
/// let two = [0.81, 0.18, 0.01];
/// let one = [0.09, 0.82, 0.09];
/// let none = [0.01, 0.18, 0.81];
/// let counted = Signals::new(2, 2, &[none, one, one, two])?;
/// // A count does not say who it was: cheating by either looks the same.
/// assert!(!counted.pairwise_full_rank((0, 0))?);
/// let named = Signals::new(2, 2, &[none, [0.1, 0.7, 0.2], [0.2, 0.1, 0.7], two])?;
/// assert!(named.pairwise_full_rank((0, 0))?);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Signals {
    n_rows: usize,
    n_columns: usize,
    n_signals: usize,
    chances: Vec<f64>,
}

/// How far from 1 probabilities may add up by rounding.
const ROUNDING: f64 = 1e-9;
/// The most cells of a game of which each has a signal of its own.
const MOST_CELLS: usize = 1_000;

impl Signals {
    /// One list of probabilities a pair of actions, row by row, one entry a signal.
    ///
    /// # Errors
    /// [`Empty`](ReciprocityError::Empty) without actions or signals,
    /// [`Mismatch`](ReciprocityError::Mismatch) for lists of the wrong length,
    /// [`NotFinite`](ReciprocityError::NotFinite) and [`OutOfRange`](detente_quantity::QuantityError)
    /// for what is no probability, [`NotOne`](ReciprocityError::NotOne) where a list does not add up
    /// to 1 to nine digits.
    pub fn new<L: AsRef<[f64]>>(
        n_rows: usize,
        n_columns: usize,
        chances: &[L],
    ) -> Result<Self, ReciprocityError> {
        let n_signals = chances.first().map_or(0, |first| first.as_ref().len());
        if n_rows == 0 || n_columns == 0 || n_signals == 0 {
            return Err(ReciprocityError::Empty {
                what: "list of probabilities of signals".to_owned(),
                member: "action of each player and one signal",
            });
        }
        let cells = n_rows.saturating_mul(n_columns);
        let pairs = || "list of pairs of actions with signals".to_owned();
        matching(pairs, chances.len(), cells)?;
        let mut flat = Vec::with_capacity(cells.saturating_mul(n_signals));
        for (cell, list) in chances.iter().enumerate() {
            let list = list.as_ref();
            let (i, j) = (cell / n_columns, cell % n_columns);
            let name = || format!("list of signals at ({i}, {j})");
            matching(name, list.len(), n_signals)?;
            for (signal, &chance) in list.iter().enumerate() {
                let name = || format!("probability of signal {signal} at ({i}, {j})");
                let chance = finite(name, chance)?;
                if !(0.0..=1.0).contains(&chance) {
                    let expected = "a number from 0 to 1";
                    return Err(out_of_range("probability of a signal", chance, expected));
                }
                flat.push(chance);
            }
            let total: f64 = list.iter().sum();
            if (total - 1.0).abs() > ROUNDING {
                return Err(ReciprocityError::NotOne {
                    given: total.to_string(),
                });
            }
        }
        Ok(Self {
            n_rows,
            n_columns,
            n_signals,
            chances: flat,
        })
    }

    /// What is seen if actions are seen as they are: one signal a pair of actions. O(cells²).
    ///
    /// # Errors
    /// [`TooMany`](ReciprocityError::TooMany) beyond 1,000 cells.
    pub fn perfect(game: &Bimatrix) -> Result<Self, ReciprocityError> {
        let cells = game.row_payoffs().len();
        if cells > MOST_CELLS {
            return Err(ReciprocityError::TooMany {
                what: "cells of the game",
                given: cells,
                limit: MOST_CELLS,
            });
        }
        let chances = (0..cells * cells).map(|at| f64::from(u8::from(at / cells == at % cells)));
        Ok(Self {
            n_rows: game.n_rows(),
            n_columns: game.n_columns(),
            n_signals: cells,
            chances: chances.collect(),
        })
    }

    /// How many actions row and column have.
    #[must_use]
    pub const fn n_actions(&self) -> (usize, usize) {
        (self.n_rows, self.n_columns)
    }

    /// How many signals there are.
    #[must_use]
    pub const fn n_signals(&self) -> usize {
        self.n_signals
    }

    /// π(· | a), one probability a signal; `None` outside the game.
    #[must_use]
    pub fn at(&self, i: usize, j: usize) -> Option<&[f64]> {
        if i >= self.n_rows || j >= self.n_columns {
            return None;
        }
        let start = (i * self.n_columns + j) * self.n_signals;
        self.chances.get(start..start + self.n_signals)
    }

    /// The same without rounding, in parts of their sum: simple fractions where the numbers are
    /// roundings of such; none outside the game. O(signals).
    pub(crate) fn exactly_at(&self, i: usize, j: usize) -> Vec<Fraction> {
        let given = exactly(self.at(i, j).unwrap_or_default());
        let total = given.iter().fold(Fraction::zero(), |sum, it| sum.plus(it));
        let share = |it: &Fraction| it.per(&total).unwrap_or_else(Fraction::zero);
        given.iter().map(share).collect()
    }

    /// Whether deviations of the row and of the column from a pair of actions can be told from each
    /// other and from keeping to it: the m₁ + m₂ distributions of signals that either brings about
    /// alone have rank **m₁ + m₂ − 1**, the most possible since one of them is counted twice (claim
    /// S-12). Where it holds at all pairs, and the feasible and individually rational set has an
    /// interior, every payoff in that interior is one of a perfect public equilibrium if the players are
    /// patient enough; what can be held to, and equilibria, may be in mixed strategies. It takes at least as
    /// many signals. Probabilities are read as payoffs are: decimals as they are written, and roundings of
    /// simple fractions as these, in parts of their sum; the rank is then without rounding.
    ///
    /// Source: Fudenberg, Levine and Maskin (1994), the folk theorem with pairwise full rank.
    ///
    /// # Errors
    /// [`Unknown`](ReciprocityError::Unknown) for actions that the players do not have.
    pub fn pairwise_full_rank(&self, (i, j): (usize, usize)) -> Result<bool, ReciprocityError> {
        for (what, given, limit) in [
            ("row action", i, self.n_rows),
            ("column action", j, self.n_columns),
        ] {
            if given >= limit {
                return Err(ReciprocityError::Unknown { what, given, limit });
            }
        }
        let by_row = (0..self.n_rows).map(|it| self.exactly_at(it, j));
        let by_column = (0..self.n_columns).map(|it| self.exactly_at(i, it));
        let rank = rank(by_row.chain(by_column).collect());
        Ok(rank + 1 == self.n_rows + self.n_columns)
    }
}

/// The rank of a matrix, by elimination without rounding. O(lines² · columns).
fn rank(mut lines: Vec<Vec<Fraction>>) -> usize {
    let n_columns = lines.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..n_columns {
        let Some(at) = (rank..lines.len()).find(|&it| !lines[it][column].is_zero()) else {
            continue;
        };
        lines.swap(rank, at);
        let (done, rest) = lines.split_at_mut(rank + 1);
        let pivot = &done[rank];
        for line in rest {
            let Some(factor) = line[column].per(&pivot[column]) else {
                continue;
            };
            for (entry, above) in line.iter_mut().zip(pivot).skip(column) {
                *entry = entry.minus(&factor.times(above));
            }
        }
        rank += 1;
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_are_no_probabilities_is_refused() {
        let refused = |chances: &[[f64; 2]], message: &str| {
            let error = Signals::new(1, 2, chances).unwrap_err();
            assert_eq!(error.to_string(), message);
        };
        refused(
            &[[0.5, 0.5]],
            "list of pairs of actions with signals has 1 entries; expected 2",
        );
        refused(
            &[[0.5, 0.5], [0.5, 0.4]],
            "probabilities add up to 0.9; expected 1",
        );
        refused(
            &[[0.5, 0.5], [1.5, -0.5]],
            "probability of a signal is 1.5; expected a number from 0 to 1",
        );
        refused(
            &[[0.5, 0.5], [f64::NAN, 0.5]],
            "probability of signal 0 at (0, 1) is NaN; expected a finite number",
        );
        assert!(Signals::new::<[f64; 0]>(1, 1, &[[]]).is_err());
        assert!(Signals::new(usize::MAX, usize::MAX, &[[1.0]]).is_err());
    }

    #[test]
    fn thirds_that_depend_on_each_other_do() {
        let third = 1.0 / 3.0;
        let kept = [third; 3];
        let row = [0.5, third, 1.0 / 6.0];
        // Twice the row's less what is kept.
        let column = [2.0 / 3.0, third, 0.0];
        let rank_at = |column: [f64; 3]| {
            let signals = Signals::new(2, 2, &[kept, column, row, kept]).unwrap();
            signals.pairwise_full_rank((0, 0)).unwrap()
        };
        assert!(!rank_at(column));
        assert!(rank_at([third, 2.0 / 3.0, 0.0]));
    }

    #[test]
    fn actions_that_are_seen_are_told_apart() {
        let game = Bimatrix::zero_sum(&[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).unwrap();
        let seen = Signals::perfect(&game).unwrap();
        for pair in [(0, 0), (1, 2)] {
            assert!(seen.pairwise_full_rank(pair).unwrap());
        }
        assert!(seen.pairwise_full_rank((2, 0)).is_err());
        let blind = Signals::new(2, 3, &[[1.0]; 6]).unwrap();
        assert!(!blind.pairwise_full_rank((0, 0)).unwrap());
        // One who has no choice need not be told apart from the other.
        let alone = Signals::new(1, 2, &[[1.0, 0.0], [0.0, 1.0]]).unwrap();
        assert!(alone.pairwise_full_rank((0, 0)).unwrap());
    }
}
