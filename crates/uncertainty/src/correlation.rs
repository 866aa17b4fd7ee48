//! Inputs that go together: rank correlations, and how strong they are in a sample.

mod copula;
mod groups;
mod spearman;

pub use copula::MAX_CORRELATED_INPUTS;
pub use spearman::spearman;

use std::collections::BTreeSet;

use copula::Copula;

use crate::UncertaintyError;

/// Rank correlations between inputs, made true by a Gaussian copula.
///
/// A rank correlation (Spearman 1904) says how far two inputs rise together, whatever their
/// distributions: `ρ = 12 E[uv] − 3` of their uniforms `u` and `v`. The copula takes the uniforms
/// through the normal quantile, mixes them so that they have the normal correlation
/// `r = 2 sin(πρ/6)` (Pearson 1907; Kruskal 1958), and takes them back. Pairs that are not named,
/// directly, are uncorrelated, also where both go with a third input.
///
/// The inputs of a group keep, in the order of their positions, what is new in them: the first is
/// left as it is, and each of the others rises with its own independent uniform, the ones before
/// it held fixed. Another order gives other draws of the same distribution. Independent inputs are
/// not touched.
///
/// A correlation of −1 or 1 is refused: inputs that move as one are one input.
///
/// ```
/// use detente_uncertainty::RankCorrelations;
///
/// // Inputs 0 and 2 of four go together.
/// let correlations = RankCorrelations::new(4, &[(0, 2, 0.9)])?;
/// let mut point = [0.95, 0.25, 0.5, 0.75];
/// correlations.correlate(&mut point)?;
/// assert_eq!((point[0], point[1], point[3]), (0.95, 0.25, 0.75));
/// assert!(point[2] > 0.9);
/// assert_eq!(correlations.groups(), [vec![0, 2], vec![1], vec![3]]);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RankCorrelations {
    n_inputs: usize,
    pairs: Vec<(usize, usize, f64)>,
    copulas: Vec<Copula>,
}

impl RankCorrelations {
    /// Rank correlations of `(input, input, ρ)`, inputs counted from 0; pairs that are not named
    /// have 0. `O(n + k³)` for groups of `k` correlated inputs among `n`.
    ///
    /// # Errors
    /// [`UncertaintyError::BadPair`] if a pair is no pair of the inputs,
    /// [`UncertaintyError::RepeatedPair`] in either order, [`UncertaintyError::OutOfRange`] unless
    /// `−1 < ρ < 1`, [`UncertaintyError::TooManyCorrelated`] beyond [`MAX_CORRELATED_INPUTS`] in a
    /// group, [`UncertaintyError::NotPositiveDefinite`] if the correlations of a group contradict
    /// each other, or do within 10⁻⁹.
    pub fn new(n_inputs: usize, pairs: &[(usize, usize, f64)]) -> Result<Self, UncertaintyError> {
        check(n_inputs, pairs)?;
        let mut linked: Vec<(usize, usize, f64)> = pairs.to_vec();
        linked.retain(|&(_, _, spearman)| spearman.abs() > 0.0);
        let copulas = groups::linked(&linked).map(Copula::new);
        Ok(Self {
            n_inputs,
            pairs: pairs.to_vec(),
            copulas: copulas.collect::<Result<_, _>>()?,
        })
    }

    /// Turns a point of independent uniforms into one of correlated uniforms, each still uniform on
    /// its own and strictly between 0 and 1. `O(k²)` for groups of `k` correlated inputs, some
    /// 50 ns an input of small groups; no allocation.
    ///
    /// A coordinate of a correlated input outside 0–1 is brought to the nearest end, NaN to 0.
    ///
    /// # Errors
    /// [`UncertaintyError::UnequalLengths`] unless the point has a coordinate for every input.
    pub fn correlate(&self, point: &mut [f64]) -> Result<(), UncertaintyError> {
        if point.len() != self.n_inputs {
            return Err(UncertaintyError::UnequalLengths {
                list: "point of correlated inputs",
                given: point.len(),
                expected: self.n_inputs,
            });
        }
        for copula in &self.copulas {
            copula.correlate(point);
        }
        Ok(())
    }

    /// The inputs in groups: any two that are correlated, directly or through others, are in one.
    /// Each group in rising order, and the groups by their first input; an independent input is a
    /// group of its own. `O(n)`.
    #[must_use]
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let mut of_first = vec![None; self.n_inputs];
        let mut follows = vec![false; self.n_inputs];
        for copula in &self.copulas {
            let (first, others) = copula.inputs().split_at(1);
            of_first[first[0]] = Some(copula.inputs().to_vec());
            for &other in others {
                follows[other] = true;
            }
        }
        let inputs = of_first.into_iter().enumerate();
        let leading = inputs.filter(|&(input, _)| !follows[input]);
        leading
            .map(|(input, group)| group.unwrap_or_else(|| vec![input]))
            .collect()
    }

    /// The number of inputs.
    #[must_use]
    pub const fn n_inputs(&self) -> usize {
        self.n_inputs
    }

    /// The pairs and their rank correlations, as they were given.
    #[must_use]
    pub fn pairs(&self) -> &[(usize, usize, f64)] {
        &self.pairs
    }

    /// Whether all inputs are independent.
    #[must_use]
    pub fn is_independent(&self) -> bool {
        self.copulas.is_empty()
    }
}

fn check(n_inputs: usize, pairs: &[(usize, usize, f64)]) -> Result<(), UncertaintyError> {
    let mut known = BTreeSet::new();
    for &(first, second, spearman) in pairs {
        if first == second || first.max(second) >= n_inputs {
            return Err(UncertaintyError::BadPair {
                first,
                second,
                n_inputs,
            });
        }
        if !known.insert((first.min(second), first.max(second))) {
            return Err(UncertaintyError::RepeatedPair { first, second });
        }
        let inside = spearman.abs() < 1.0;
        if !inside {
            return Err(UncertaintyError::OutOfRange {
                parameter: "rank correlation",
                given: spearman,
                expected: "a number between -1 and 1, neither of them",
            });
        }
    }
    Ok(())
}
