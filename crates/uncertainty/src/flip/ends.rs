use crate::{
    UncertaintyError,
    flip::checks::{in_range, same_length},
};

/// A point of the unit cube and how far each coordinate may go either way.
///
/// The move `t` of a coordinate, from −1 to 1, leads from its base towards its low end if negative
/// and towards its high end if positive, in proportion: −1 and 1 are the ends themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Ends {
    low: Vec<f64>,
    base: Vec<f64>,
    high: Vec<f64>,
}

impl Ends {
    /// Ends of every coordinate, strictly between 0 and 1. `low` and `high` need not be in order:
    /// `high` is where 1 leads.
    ///
    /// # Errors
    /// [`UncertaintyError::BadCount`] if the lists differ in length,
    /// [`UncertaintyError::OutOfRange`] for a number that is not strictly between 0 and 1.
    pub fn new(low: Vec<f64>, base: Vec<f64>, high: Vec<f64>) -> Result<Self, UncertaintyError> {
        same_length("low ends", low.len(), base.len())?;
        same_length("high ends", high.len(), base.len())?;
        for &u in low.iter().chain(&base).chain(&high) {
            in_range(
                "end of a coordinate",
                u,
                u > 0.0 && u < 1.0,
                "a number strictly between 0 and 1",
            )?;
        }
        Ok(Self { low, base, high })
    }

    /// The number of coordinates.
    #[must_use]
    pub const fn n(&self) -> usize {
        self.base.len()
    }

    /// Writes the point to which the moves lead. `O(n)`.
    pub fn place(&self, moves: &[f64], point: &mut [f64]) {
        let ends = self.low.iter().zip(&self.base).zip(&self.high);
        for ((u, &t), ((low, base), high)) in point.iter_mut().zip(moves).zip(ends) {
            let end = if t < 0.0 { low } else { high };
            *u = base * (1.0 - t.abs()) + end * t.abs();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_lead_to_the_ends_in_proportion() {
        let ends = Ends::new(vec![0.2, 0.9], vec![0.6, 0.5], vec![0.7, 0.4]).unwrap();
        for (moves, expected) in [
            ([0.0, 0.0], [0.6, 0.5]),
            ([-1.0, -1.0], [0.2, 0.9]),
            ([1.0, 1.0], [0.7, 0.4]),
            ([-0.5, 0.5], [0.4, 0.45]),
        ] {
            let mut point = [0.0; 2];
            ends.place(&moves, &mut point);
            for (u, expected) in point.iter().zip(expected) {
                approx::assert_relative_eq!(*u, expected, epsilon = 1e-15);
            }
        }
    }

    #[test]
    fn ends_off_the_open_cube_are_refused() {
        for wrong in [0.0, 1.0, -0.1, f64::NAN] {
            assert!(Ends::new(vec![wrong], vec![0.5], vec![0.6]).is_err());
            assert!(Ends::new(vec![0.4], vec![wrong], vec![0.6]).is_err());
            assert!(Ends::new(vec![0.4], vec![0.5], vec![wrong]).is_err());
        }
        assert!(Ends::new(vec![], vec![0.5], vec![0.6]).is_err());
    }
}
