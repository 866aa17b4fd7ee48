use super::{
    Bootstrap,
    evaluation::{check_rows, check_size},
};
use crate::{Sampler, UncertaintyError};

/// Which indices are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orders {
    /// First order and total: `k + 2` evaluations a row.
    FirstAndTotal,
    /// Also the interaction of every pair: `2k + 2` evaluations a row.
    WithPairs,
}

/// How Sobol indices are estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SobolPlan {
    /// The number of rows `N`, at least 2; best a power of two with low-discrepancy points.
    pub n_rows: usize,
    /// Which indices.
    pub orders: Orders,
    /// How intervals are made.
    pub bootstrap: Bootstrap,
}

impl SobolPlan {
    /// First-order and total indices from `n_rows` rows with the usual intervals.
    #[must_use]
    pub fn new(n_rows: usize, sampler: Sampler) -> Self {
        Self {
            n_rows,
            orders: Orders::FirstAndTotal,
            bootstrap: Bootstrap::new(sampler),
        }
    }
}

/// What a flat list of outputs holds: for each row the points `A, B, A_B⁽¹⁾ … A_B⁽ᵏ⁾` and, with
/// pairs, `B_A⁽¹⁾ … B_A⁽ᵏ⁾`; for each point its outputs. `A` and `B` are independent points, and
/// `A_B⁽ⁱ⁾` is `A` with factor `i` taken from `B`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SobolShape {
    /// The number of rows, at least 2.
    pub n_rows: usize,
    /// The number of factors `k`, at least 1.
    pub n_factors: usize,
    /// The number of outputs at a point.
    pub n_outputs: usize,
    /// Whether the points for pairs are there.
    pub orders: Orders,
}

impl SobolShape {
    /// The number of points a row: `k + 2`, with pairs `2k + 2`.
    #[must_use]
    pub const fn points_per_row(&self) -> usize {
        match self.orders {
            Orders::FirstAndTotal => self.n_factors.saturating_add(2),
            Orders::WithPairs => self.n_factors.saturating_mul(2).saturating_add(2),
        }
    }

    /// The number of indices of one output.
    pub(super) const fn n_indices(&self) -> usize {
        let k = self.n_factors;
        match self.orders {
            Orders::FirstAndTotal => k.saturating_mul(2),
            Orders::WithPairs => k.saturating_mul(2).saturating_add(k.saturating_mul(k) / 2),
        }
    }

    pub(super) fn check(&self) -> Result<(), UncertaintyError> {
        check_rows(self.n_rows)?;
        if self.n_factors == 0 {
            return Err(UncertaintyError::OutOfRange {
                parameter: "number of factors",
                given: 0.0,
                expected: "at least 1",
            });
        }
        check_size(&[self.n_rows, self.points_per_row(), self.n_outputs])?;
        let n_columns = self.n_indices().saturating_add(2);
        check_size(&[self.n_rows, n_columns, self.n_outputs])
    }
}
