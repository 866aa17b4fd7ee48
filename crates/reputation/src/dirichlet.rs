use detente_quantity::Probability;

use crate::ReputationError;

/// Counts and prior weights above this are refused, as for [`BetaReputation`](crate::BetaReputation).
const MOST: f64 = 1e15;

/// A reputation over several kinds or grades of act (Jøsang & Haller 2007; claim R-02): counts `R_i`
/// of acts of kind `i` on prior weights `C·a_i` make a Dirichlet distribution, under which kind `i`
/// is to be expected with chance `S_i = (R_i + C·a_i) / (C + ΣR)`.
///
/// Kinds are numbered from 0, of grades the worst first. With two kinds it is the Beta reputation.
///
/// ```
/// use detente_reputation::Dirichlet;
/// // Five grades; three middling acts but one, three good ones, six of the best.
/// let reputation = Dirichlet::uniform(5, 2.0)?.and_counts(&[0.0, 0.0, 1.0, 3.0, 6.0])?;
/// assert!((reputation.point_score() - 0.8125).abs() < 1e-15);
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Shape", into = "Shape"))]
pub struct Dirichlet {
    prior: Vec<f64>,
    counts: Vec<f64>,
}

impl Dirichlet {
    /// No acts yet, on these prior weights: as if so many acts of each kind had been seen.
    ///
    /// # Errors
    /// [`ReputationError::Length`] without kinds, [`ReputationError::Count`] unless all weights lie
    /// above 0 and at most 10¹⁵.
    pub fn new(prior: Vec<f64>) -> Result<Self, ReputationError> {
        if prior.is_empty() {
            return Err(ReputationError::Length {
                array: "the list of prior weights",
                given: 0,
                expected: 1,
            });
        }
        match prior
            .iter()
            .find(|weight| !(**weight > 0.0 && **weight <= MOST))
        {
            Some(&given) => Err(ReputationError::Count {
                quantity: "prior weight of a kind of act",
                given,
                expected: "a number above 0 and at most 1e15",
            }),
            None => Ok(Self {
                counts: vec![0.0; prior.len()],
                prior,
            }),
        }
    }

    /// No acts yet, every kind as likely, and `weight` (`C`; 2 in the paper) in all.
    ///
    /// # Errors
    /// As [`Dirichlet::new`].
    pub fn uniform(symbols: usize, weight: f64) -> Result<Self, ReputationError> {
        Self::new(vec![weight / symbols.max(1) as f64; symbols])
    }

    /// Adds so many acts of each kind.
    ///
    /// # Errors
    /// [`ReputationError::Length`] unless there is a count for each kind, [`ReputationError::Count`]
    /// unless counts and their sums lie from 0 to 10¹⁵.
    pub fn and_counts(mut self, counts: &[f64]) -> Result<Self, ReputationError> {
        if counts.len() != self.symbols() {
            return Err(ReputationError::Length {
                array: "the list of counts",
                given: counts.len(),
                expected: self.symbols(),
            });
        }
        for (sum, &count) in self.counts.iter_mut().zip(counts) {
            for given in [count, *sum + count] {
                if !(0.0..=MOST).contains(&given) {
                    return Err(ReputationError::Count {
                        quantity: "count of a kind of act",
                        given,
                        expected: "a number from 0 to 1e15",
                    });
                }
            }
            *sum += count;
        }
        Ok(self)
    }

    /// Counts one more act of kind `symbol` in full; nothing if there is no such kind.
    #[must_use]
    pub fn observed(mut self, symbol: usize) -> Self {
        if let Some(count) = self.counts.get_mut(symbol) {
            *count = (*count + 1.0).min(MOST);
        }
        self
    }

    /// Lets all acts so far fade: counts are multiplied by `retained` (λ). The prior stands.
    #[must_use]
    pub fn faded(mut self, retained: Probability) -> Self {
        self.counts
            .iter_mut()
            .for_each(|count| *count *= retained.get());
        self
    }

    /// How many kinds of act there are, at least 1.
    #[must_use]
    pub fn symbols(&self) -> usize {
        self.prior.len()
    }

    /// The (faded) counts by kind, prior not included.
    #[must_use]
    pub fn counts(&self) -> &[f64] {
        &self.counts
    }

    /// The parameters of the posterior Dirichlet distribution: prior weight and count by kind.
    #[must_use]
    pub fn shape(&self) -> Vec<f64> {
        self.prior
            .iter()
            .zip(&self.counts)
            .map(|(prior, count)| prior + count)
            .collect()
    }

    /// The chance that the next act is of each kind, `S_i`; they add up to 1.
    #[must_use]
    pub fn shares(&self) -> Vec<f64> {
        let shape = self.shape();
        let total: f64 = shape.iter().sum();
        shape.iter().map(|weight| weight / total).collect()
    }

    /// The grade to be expected, on a scale from 0 (worst) to 1 (best): `Σ ν_i·S_i` with
    /// `ν_i = i / (k − 1)`. With a single kind, which is best and worst, 1.
    #[must_use]
    pub fn point_score(&self) -> f64 {
        let best = self.symbols().saturating_sub(1);
        if best == 0 {
            return 1.0;
        }
        let grade = |place: usize| place as f64 / best as f64;
        let shares = self.shares();
        let score = shares.iter().enumerate().map(|(i, share)| grade(i) * share);
        score.sum()
    }
}

/// The shape of a Dirichlet reputation in a file; counts may be left out.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    prior: Vec<f64>,
    #[serde(default)]
    counts: Vec<f64>,
}

#[cfg(feature = "serde")]
impl TryFrom<Shape> for Dirichlet {
    type Error = ReputationError;

    fn try_from(shape: Shape) -> Result<Self, ReputationError> {
        let unknown = Self::new(shape.prior)?;
        if shape.counts.is_empty() {
            Ok(unknown)
        } else {
            unknown.and_counts(&shape.counts)
        }
    }
}

#[cfg(feature = "serde")]
impl From<Dirichlet> for Shape {
    fn from(reputation: Dirichlet) -> Self {
        Self {
            prior: reputation.prior,
            counts: reputation.counts,
        }
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;
    use crate::BetaReputation;

    #[test]
    fn ten_middling_and_ten_of_the_best_with_forgetting() {
        let mut reputation = Dirichlet::uniform(5, 2.0).unwrap();
        let lambda = Probability::new(0.9).unwrap();
        for _ in 0..10 {
            reputation = reputation.faded(lambda).observed(2);
        }
        assert_relative_eq!(reputation.point_score(), 0.5, epsilon = 1e-15);
        for _ in 0..10 {
            reputation = reputation.faded(lambda).observed(4);
        }
        assert_relative_eq!(reputation.point_score(), 0.801_979, epsilon = 5e-7);
        for _ in 0..1000 {
            reputation = reputation.faded(lambda).observed(4);
        }
        // R → 10 of the best: S = (10 + 0.4) / 12 and 0.4 / 12 of each other grade.
        assert_relative_eq!(reputation.shares()[4], 0.866_667, epsilon = 5e-7);
        assert_relative_eq!(
            reputation.point_score(),
            (10.0 + 0.4 * 2.5) / 12.0,
            epsilon = 1e-12
        );
    }

    #[test]
    fn two_kinds_are_a_beta_reputation() {
        let beta = BetaReputation::from_counts(7.0, 1.0).unwrap();
        let two = Dirichlet::new(vec![1.0, 1.0])
            .unwrap()
            .and_counts(&[1.0, 7.0])
            .unwrap();
        assert_eq!(two.shares()[1], beta.mean().get());
        assert_eq!(two.point_score(), beta.mean().get());
    }

    #[test]
    fn counts_that_are_none_are_named() {
        assert!(Dirichlet::new(vec![]).is_err());
        assert!(Dirichlet::uniform(0, 2.0).is_err());
        for illegal in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Dirichlet::new(vec![1.0, illegal]).is_err(), "{illegal}");
        }
        let two = Dirichlet::uniform(2, 2.0).unwrap();
        assert!(two.clone().and_counts(&[1.0]).is_err());
        assert!(two.clone().and_counts(&[1.0, f64::NAN]).is_err());
        assert!(
            two.clone()
                .and_counts(&[1e15, 0.0])
                .unwrap()
                .and_counts(&[1.0, 0.0])
                .is_err()
        );
        assert_eq!(two.clone().observed(2), two);
        assert_eq!(Dirichlet::uniform(1, 2.0).unwrap().point_score(), 1.0);
    }
}
