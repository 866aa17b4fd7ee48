use std::f64::consts::FRAC_PI_6;

use nalgebra::DMatrix;

use super::groups::Group;
use crate::{
    UncertaintyError,
    distribution::{Distribution, Normal},
};

/// The largest number of inputs that may hang together by rank correlations, 500: their matrix is
/// taken apart at a cost of its third power.
pub const MAX_CORRELATED_INPUTS: usize = 500;

/// The smallest eigenvalue of a matrix of correlations that is not taken for a contradiction.
const LEAST_EIGENVALUE: f64 = 1e-9;

const STANDARD: Normal = Normal { mean: 0.0, sd: 1.0 };

/// The Gaussian copula of one group of inputs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Copula {
    /// In rising order.
    inputs: Vec<usize>,
    /// The lower triangle of the Cholesky factor of the normal correlations, row after row.
    factor: Vec<f64>,
}

impl Copula {
    /// The copula of a group.
    pub(crate) fn new(Group { inputs, pairs }: Group) -> Result<Self, UncertaintyError> {
        if inputs.len() > MAX_CORRELATED_INPUTS {
            return Err(UncertaintyError::TooManyCorrelated {
                given: inputs.len(),
                limit: MAX_CORRELATED_INPUTS,
            });
        }
        let normal = normal_correlations(&inputs, &pairs);
        let smallest_eigenvalue = normal.symmetric_eigenvalues().min();
        match normal.cholesky() {
            Some(cholesky) if smallest_eigenvalue >= LEAST_EIGENVALUE => {
                let factor = cholesky.l();
                let rows = (0..inputs.len()).flat_map(|row| (0..=row).map(move |at| (row, at)));
                Ok(Self {
                    factor: rows.map(|place| factor[place]).collect(),
                    inputs,
                })
            }
            _ => Err(UncertaintyError::NotPositiveDefinite {
                pairs,
                smallest_eigenvalue,
                least: LEAST_EIGENVALUE,
            }),
        }
    }

    /// The inputs in rising order, at least two.
    pub(crate) fn inputs(&self) -> &[usize] {
        &self.inputs
    }

    /// Correlates the coordinates of the group, all of which `point` must have.
    pub(crate) fn correlate(&self, point: &mut [f64]) {
        let first = point[self.inputs[0]];
        for &input in &self.inputs {
            point[input] = STANDARD.quantile(inside(point[input]));
        }
        // From the last on, so that each row finds the independent numbers of those before it.
        let mut end = self.factor.len();
        for (row, &input) in self.inputs.iter().enumerate().skip(1).rev() {
            let weights = &self.factor[end - row - 1..end];
            let sources = self.inputs.iter().map(|&source| point[source]);
            let normal = weights
                .iter()
                .zip(sources)
                .map(|(weight, z)| weight * z)
                .sum();
            point[input] = inside(STANDARD.cdf(normal));
            end -= row + 1;
        }
        point[self.inputs[0]] = inside(first);
    }
}

/// The correlations of the normal numbers behind the uniforms.
fn normal_correlations(inputs: &[usize], pairs: &[(usize, usize, f64)]) -> DMatrix<f64> {
    let mut normal = DMatrix::identity(inputs.len(), inputs.len());
    let place = |input: &usize| inputs.binary_search(input);
    for (first, second, spearman) in pairs {
        if let (Ok(row), Ok(column)) = (place(first), place(second)) {
            let correlation = 2.0 * (spearman * FRAC_PI_6).sin();
            normal[(row, column)] = correlation;
            normal[(column, row)] = correlation;
        }
    }
    normal
}

/// The nearest number on the grid of the streams' ends; NaN becomes the smallest.
fn inside(u: f64) -> f64 {
    const LEAST: f64 = f64::EPSILON / 2.0;
    if u > LEAST { u.min(1.0 - LEAST) } else { LEAST }
}
