use detente_quantity::Probability;

use super::matrix::Square;
use crate::{Belief, ReputationError};

/// How far from 1 a row of chances may add up.
const SUM_TOLERANCE: f64 = 1e-9;

/// Beyond this many terms the series of a matrix exponential adds less than 10⁻¹⁸ at rate 1.
const TERMS: u32 = 24;

/// How a party's type may change in one step: the chance of each type next, for each type now.
/// A matrix whose rows add up to 1, types in the order of the belief.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::Transition;
/// let daily = Transition::switching(2, Probability::new(0.02)?)?;
/// assert_eq!(daily.chance(0, 1).get(), 0.02);
/// // After many days either type is as likely as the other.
/// assert!((daily.power(1000).chance(0, 1).get() - 0.5).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "Vec<Vec<Probability>>", into = "Vec<Vec<Probability>>")
)]
pub struct Transition(Square);

impl TryFrom<Vec<Vec<Probability>>> for Transition {
    type Error = ReputationError;

    fn try_from(rows: Vec<Vec<Probability>>) -> Result<Self, ReputationError> {
        Self::new(&rows)
    }
}

impl From<Transition> for Vec<Vec<Probability>> {
    fn from(transition: Transition) -> Self {
        let types = transition.types();
        let row = |now| {
            (0..types)
                .map(|then| transition.chance(now, then))
                .collect()
        };
        (0..types).map(row).collect()
    }
}

impl Transition {
    /// The chances of each type next (columns) given each type now (rows).
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] without rows, [`ReputationError::Length`] if a row is not as
    /// long as there are rows, [`ReputationError::RowSum`] if one does not add up to 1 within 10⁻⁹
    /// (it is then made to).
    pub fn new(rows: &[Vec<Probability>]) -> Result<Self, ReputationError> {
        if rows.is_empty() {
            return Err(ReputationError::NoTypes { what: "transition" });
        }
        let mut entries = Vec::with_capacity(rows.len().saturating_mul(rows.len()));
        for (row, chances) in rows.iter().enumerate() {
            if chances.len() != rows.len() {
                return Err(ReputationError::Length {
                    array: "row of a transition",
                    given: chances.len(),
                    expected: rows.len(),
                });
            }
            let sum: f64 = chances.iter().map(|chance| chance.get()).sum();
            if (sum - 1.0).abs() > SUM_TOLERANCE {
                return Err(ReputationError::RowSum {
                    matrix: "a transition",
                    row,
                    sum,
                });
            }
            entries.extend(chances.iter().map(|chance| chance.get() / sum));
        }
        Ok(Self(Square {
            size: rows.len(),
            entries,
        }))
    }

    /// With chance `chance` the type becomes one of the others, each as likely.
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] for no types; with a single type, which has no other to become,
    /// [`ReputationError::RowSum`] unless the chance is 0.
    pub fn switching(types: usize, chance: Probability) -> Result<Self, ReputationError> {
        let others = Probability::saturating(chance.get() / types.saturating_sub(1).max(1) as f64);
        let row = |now| {
            let next = |then| {
                if then == now {
                    chance.complement()
                } else {
                    others
                }
            };
            (0..types).map(next).collect()
        };
        Self::new(&(0..types).map(row).collect::<Vec<_>>())
    }

    /// With chance `chance` the type is drawn anew from `from`: a new leader, or a new era.
    #[must_use]
    pub fn redraw(chance: Probability, from: &Belief) -> Self {
        let fresh = from.probabilities();
        let mut square = Square::identity(fresh.len());
        for row in square.entries.chunks_exact_mut(fresh.len()) {
            for (entry, share) in row.iter_mut().zip(&fresh) {
                *entry = *entry * chance.complement().get() + chance.get() * share;
            }
        }
        Self(square)
    }

    /// One day's transition `e^Q` of a party that leaves type i for type j at `rates[i][j]` a day.
    /// Diagonal entries are ignored. By uniformisation and squaring, so that no term is negative;
    /// O(types³ · log rate).
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] or [`ReputationError::Length`] as [`Transition::new`],
    /// [`ReputationError::OutOfRange`] for a rate that is negative, NaN or above 10¹².
    pub fn from_daily_rates(rates: &[Vec<f64>]) -> Result<Self, ReputationError> {
        let size = rates.len();
        if size == 0 {
            return Err(ReputationError::NoTypes { what: "transition" });
        }
        let mut leaving = Vec::with_capacity(size);
        for (row, chances) in rates.iter().enumerate() {
            if chances.len() != size {
                return Err(ReputationError::Length {
                    array: "row of rates",
                    given: chances.len(),
                    expected: size,
                });
            }
            let others = || chances.iter().enumerate().filter(|(then, _)| *then != row);
            if let Some((_, &given)) = others().find(|(_, rate)| !(0.0..=1e12).contains(*rate)) {
                return Err(ReputationError::OutOfRange {
                    quantity: "rate of change of type",
                    given,
                    expected: "a number from 0 to 1e12 a day",
                });
            }
            leaving.push(others().map(|(_, rate)| rate).sum::<f64>());
        }
        Ok(Self(exponential(rates, &leaving)))
    }

    /// How many types it speaks of, at least 1.
    #[must_use]
    pub fn types(&self) -> usize {
        self.0.size
    }

    /// The chance of type `then` next, given type `now`; 0 if there is no such type.
    #[must_use]
    pub fn chance(&self, now: usize, then: usize) -> Probability {
        if now >= self.types() || then >= self.types() {
            return Probability::ZERO;
        }
        Probability::saturating(self.0.row(now)[then])
    }

    /// The transition of `steps` such steps. O(types³ log steps).
    #[must_use]
    pub fn power(&self, steps: u32) -> Self {
        Self(self.0.power(steps))
    }

    /// This step and then another of as many types.
    pub(crate) fn and_then(&self, next: &Self) -> Self {
        Self(self.0.times(&next.0))
    }

    pub(crate) fn square(&self) -> &Square {
        &self.0
    }
}

/// `e^Q` for rates off the diagonal and `leaving` their sums by row.
fn exponential(rates: &[Vec<f64>], leaving: &[f64]) -> Square {
    let size = leaving.len();
    let fastest = leaving.iter().copied().fold(0.0, f64::max);
    // Halved until the fastest rate is at most 1, then squared back as often.
    let halvings = if fastest > 1.0 {
        fastest.log2().ceil()
    } else {
        0.0
    };
    let scale = (-halvings).exp2();
    let mut jump = Square::identity(size);
    for (row, (out, rates)) in jump.entries.chunks_exact_mut(size).zip(rates).enumerate() {
        for (then, entry) in out.iter_mut().enumerate() {
            *entry = if then == row {
                1.0 - scale * leaving[row]
            } else {
                scale * rates[then]
            };
        }
    }
    let mut sum = Square {
        size,
        entries: vec![0.0; size * size],
    };
    let (mut term, mut weight) = (Square::identity(size), (-1.0_f64).exp());
    for n in 1..=TERMS {
        for (total, entry) in sum.entries.iter_mut().zip(&term.entries) {
            *total += weight * entry;
        }
        term = term.times(&jump);
        weight /= f64::from(n);
    }
    for _ in 0..halvings as u32 {
        sum = sum.times(&sum);
        rows_to_one(&mut sum);
    }
    rows_to_one(&mut sum);
    sum
}

fn rows_to_one(square: &mut Square) {
    for row in square.entries.chunks_exact_mut(square.size.max(1)) {
        let total: f64 = row.iter().sum();
        row.iter_mut().for_each(|entry| *entry /= total);
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    #[test]
    fn two_types_at_a_rate_have_a_closed_form() {
        for (out, back) in [
            (0.0, 0.0),
            (0.3, 0.1),
            (40.0, 2.0),
            (1e12, 1e12),
            (0.01, 0.0),
        ] {
            let daily = Transition::from_daily_rates(&[vec![9.0, out], vec![back, 7.0]]).unwrap();
            let both = out + back;
            let moved = if both > 0.0 {
                out / both * -(-both).exp_m1()
            } else {
                0.0
            };
            assert_relative_eq!(daily.chance(0, 1).get(), moved, epsilon = 1e-14);
        }
    }

    #[test]
    fn rows_and_rates_that_make_no_transition_are_named() {
        let half = || vec![chance(0.5), chance(0.5)];
        assert!(Transition::new(&[]).is_err());
        assert!(Transition::new(&[half()]).is_err());
        assert!(matches!(
            Transition::new(&[half(), vec![chance(0.5), chance(0.4)]]),
            Err(ReputationError::RowSum { row: 1, .. })
        ));
        for rate in [-1.0, f64::NAN, f64::INFINITY] {
            let rates = [vec![0.0, rate], vec![0.0, 0.0]];
            assert!(Transition::from_daily_rates(&rates).is_err(), "{rate}");
        }
        assert!(Transition::switching(1, chance(0.1)).is_err());
        assert!(Transition::switching(1, chance(0.0)).is_ok());
        assert_eq!(
            Transition::switching(2, chance(0.1)).unwrap().chance(0, 2),
            Probability::ZERO
        );
    }

    proptest! {
        #[test]
        fn rates_and_steps_agree(
            rates in proptest::collection::vec(proptest::collection::vec(0.0..3.0_f64, 3), 3),
            steps in 0..40_u32,
        ) {
            let daily = Transition::from_daily_rates(&rates).unwrap();
            let scaled: Vec<Vec<f64>> = rates.iter()
                .map(|row| row.iter().map(|rate| rate * f64::from(steps)).collect())
                .collect();
            let (at_once, stepped) =
                (Transition::from_daily_rates(&scaled).unwrap(), daily.power(steps));
            for (one, other) in at_once.0.entries.iter().zip(&stepped.0.entries) {
                prop_assert!((one - other).abs() < 1e-12, "{one} {other}");
            }
        }
    }
}
