use detente_quantity::{LogOdds, Probability};

use crate::{Act, Filter, Reader, ReputationError};

/// How far from 1 the probabilities of a belief may add up.
const SUM_TOLERANCE: f64 = 1e-9;

/// What an observer believes about a party: a distribution over finitely many types, numbered
/// from 0.
///
/// Held as log-weights, so that a million acts neither underflow nor forget: a type may become as
/// improbable as `10^−100000` and still come back. Only a type given likelihood 0 (or a dogmatic
/// prior of 0) is ruled out, and then for good.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::{Belief, ReputationError};
///
/// let belief = Belief::new(&[Probability::new(0.3)?, Probability::new(0.7)?])?;
/// assert!((belief.probability(0).get() - 0.3).abs() < 1e-15);
///
/// // Certainty cannot be updated: it has to be asked for by name.
/// let certain = [Probability::ONE, Probability::ZERO];
/// assert!(matches!(Belief::new(&certain), Err(ReputationError::Certainty { position: 0, .. })));
/// assert!(Belief::dogmatic(&certain).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// Relative log-weights; the largest is 0, negative infinity is a type ruled out.
    log_weights: Vec<f64>,
}

impl Belief {
    /// A belief that evidence can move: each probability strictly between 0 and 1, or a single type
    /// with probability 1. The sum must be 1 to within 10⁻⁹ and is then made exactly 1.
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] for an empty list, [`ReputationError::Certainty`] if one of two
    /// or more types has probability 0 or 1, [`ReputationError::Unnormalised`] if the sum is not 1.
    pub fn new(probabilities: &[Probability]) -> Result<Self, ReputationError> {
        let certain = probabilities.iter().position(|p| p.is_certain());
        match certain {
            Some(position) if probabilities.len() > 1 => Err(ReputationError::Certainty {
                position,
                given: probabilities[position].get(),
            }),
            _ => Self::dogmatic(probabilities),
        }
    }

    /// A belief that may hold types certain (1) or impossible (0), which no act will ever change.
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] for an empty list, [`ReputationError::Unnormalised`] if the sum
    /// is not 1 to within 10⁻⁹.
    pub fn dogmatic(probabilities: &[Probability]) -> Result<Self, ReputationError> {
        if probabilities.is_empty() {
            return Err(ReputationError::NoTypes { what: "belief" });
        }
        let sum: f64 = probabilities.iter().map(|p| p.get()).sum();
        if (sum - 1.0).abs() > SUM_TOLERANCE {
            return Err(ReputationError::Unnormalised { sum });
        }
        Self::from_log_weights(probabilities.iter().map(|p| p.get().ln()).collect())
    }

    /// A belief over two types, type 0 with probability `first`: for example trustworthy or not.
    ///
    /// # Errors
    /// [`ReputationError::Certainty`] if `first` is 0 or 1.
    pub fn binary(first: Probability) -> Result<Self, ReputationError> {
        Self::new(&[first, first.complement()])
    }

    /// A belief from log-weights up to a common constant: type θ has probability `exp(w_θ) / Σ exp(w)`.
    /// Negative infinity rules a type out.
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] for an empty list, [`ReputationError::LogWeight`] if a weight is
    /// NaN or positively infinite, or if every type is ruled out.
    pub fn from_log_weights(mut log_weights: Vec<f64>) -> Result<Self, ReputationError> {
        if log_weights.is_empty() {
            return Err(ReputationError::NoTypes { what: "belief" });
        }
        let refused = |&given: &f64| given.is_nan() || given == f64::INFINITY;
        if let Some(position) = log_weights.iter().position(refused) {
            return Err(ReputationError::LogWeight {
                position,
                given: log_weights[position],
            });
        }
        for weight in &mut log_weights {
            *weight = bounded(*weight);
        }
        match shift_largest_to_zero(&mut log_weights) {
            Some(()) => Ok(Self { log_weights }),
            None => Err(ReputationError::LogWeight {
                position: 0,
                given: f64::NEG_INFINITY,
            }),
        }
    }

    /// How many types the belief ranges over, at least 1.
    #[must_use]
    pub fn types(&self) -> usize {
        self.log_weights.len()
    }

    /// The probability of each type; they add up to 1 to within rounding. Allocates; O(types).
    #[must_use]
    pub fn probabilities(&self) -> Vec<f64> {
        let total = self.total();
        self.log_weights
            .iter()
            .map(|weight| weight.exp() / total)
            .collect()
    }

    /// The probability of type `position`; 0 if there is no such type. O(types), no allocation.
    #[must_use]
    pub fn probability(&self, position: usize) -> Probability {
        self.log_weights
            .get(position)
            .map_or(Probability::ZERO, |weight| {
                Probability::saturating(weight.exp() / self.total())
            })
    }

    /// The probability that the party is of a type for which `holds` is true, such as "would honour
    /// this agreement": the trust `Σ_θ belief(θ)·H_θ` of model §3. Exactly 1 if it holds for every
    /// type not ruled out, exactly 0 if for none. O(types), no allocation.
    #[must_use]
    pub fn probability_that(&self, holds: impl Fn(usize) -> bool) -> Probability {
        let (mut for_it, mut against) = (0.0, 0.0);
        for (position, weight) in self.log_weights.iter().enumerate() {
            if holds(position) {
                for_it += weight.exp();
            } else {
                against += weight.exp();
            }
        }
        Probability::saturating(for_it / (for_it + against))
    }

    /// The log-odds of type `position` against all others; `None` if there is no such type or the
    /// belief in it is certain. Exact far beyond the point where the probability rounds to 0 or 1.
    #[must_use]
    pub fn log_odds(&self, position: usize) -> Option<LogOdds> {
        let weight = *self.log_weights.get(position)?;
        let others = || {
            let before = self.log_weights.iter().take(position);
            before.chain(self.log_weights.iter().skip(position + 1))
        };
        let largest = others().copied().fold(f64::NEG_INFINITY, f64::max);
        let spread: f64 = others().map(|other| (other - largest).exp()).sum();
        LogOdds::new(weight - largest - spread.ln()).ok()
    }

    /// Whether no act can bring type `position` back: it was impossible from the start or has been
    /// shown to be. True of a type that does not exist.
    #[must_use]
    pub fn rules_out(&self, position: usize) -> bool {
        self.log_weights
            .get(position)
            .is_none_or(|&weight| weight == f64::NEG_INFINITY)
    }

    /// The log-weights, one a type: relative, the largest 0, negative infinity for types ruled out.
    #[must_use]
    pub fn log_weights(&self) -> &[f64] {
        &self.log_weights
    }

    /// Moves the belief by one act as `reader` reads it. Allocates a buffer; a [`Filter`] reuses
    /// its own from act to act.
    ///
    /// # Errors
    /// As [`Filter::observe`], with the act in position 1; the belief is then left as it was.
    pub fn update<R: Reader + ?Sized>(
        &mut self,
        act: &Act,
        reader: &R,
    ) -> Result<(), ReputationError> {
        let mut filter = Filter::new(self);
        filter.observe(act, reader)?;
        self.clone_from(filter.belief());
        Ok(())
    }

    /// One step of the filter: `w ← d·w + log-likelihood`. `None`, and no change, if that leaves no
    /// type possible. The caller has checked lengths, NaN and the weight.
    pub(crate) fn step(&mut self, prior_weight: f64, log_likelihood: &mut [f64]) -> Option<()> {
        for (reading, &weight) in log_likelihood.iter_mut().zip(&self.log_weights) {
            *reading = combined(weight, prior_weight, *reading);
        }
        shift_largest_to_zero(log_likelihood)?;
        self.log_weights.copy_from_slice(log_likelihood);
        Some(())
    }

    /// Takes over another belief, without allocating if this one has room.
    pub(crate) fn assign(&mut self, other: &Self) {
        self.log_weights.clone_from(&other.log_weights);
    }

    fn total(&self) -> f64 {
        self.log_weights.iter().map(|weight| weight.exp()).sum()
    }
}

/// `d·w + l`, where a type ruled out by either stays ruled out whatever the weight `d`: without
/// the test, `0 · −∞` would be NaN and a product beyond `f64` would rule out a possible type.
fn combined(weight: f64, prior_weight: f64, log_likelihood: f64) -> f64 {
    if weight == f64::NEG_INFINITY {
        f64::NEG_INFINITY
    } else {
        bounded((prior_weight * weight).max(f64::MIN)) + bounded(log_likelihood)
    }
}

/// Keeps a finite number far enough inside the range of `f64` that sums of a few stay finite;
/// negative infinity passes.
fn bounded(value: f64) -> f64 {
    const FAR: f64 = f64::MAX / 8.0;
    if value == f64::NEG_INFINITY {
        value
    } else {
        value.clamp(-FAR, FAR)
    }
}

/// Subtracts the largest log-weight from all; `None`, and no change, if all are negative infinity.
fn shift_largest_to_zero(log_weights: &mut [f64]) -> Option<()> {
    let largest = log_weights
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return None;
    }
    for weight in log_weights {
        *weight -= largest;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn chances(values: &[f64]) -> Vec<Probability> {
        let chance = |&value: &f64| Probability::new(value).unwrap();
        values.iter().map(chance).collect()
    }

    #[track_caller]
    fn check_refused(probabilities: &[f64], message: &str) {
        let error = Belief::new(&chances(probabilities)).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }

    #[test]
    fn illegal_beliefs_are_named() {
        check_refused(&[], "belief names no types");
        check_refused(&[0.5, 0.4], "add up to 0.9");
        check_refused(&[0.5], "add up to 0.5");
        check_refused(&[0.5, 0.0, 0.5], "type 1 has probability 0");
        check_refused(&[1.0, 0.0], "type 0 has probability 1");
        assert!(Belief::dogmatic(&chances(&[0.0, 0.0])).is_err());
        assert!(Belief::dogmatic(&[]).is_err());
    }

    #[test]
    fn illegal_log_weights_are_named() {
        const OUT: f64 = f64::NEG_INFINITY;
        for weights in [
            vec![],
            vec![OUT, OUT],
            vec![0.0, f64::NAN],
            vec![f64::INFINITY, 0.0],
        ] {
            assert!(
                Belief::from_log_weights(weights.clone()).is_err(),
                "{weights:?}"
            );
        }
        let extreme = Belief::from_log_weights(vec![f64::MAX, f64::MIN]).unwrap();
        assert_eq!(extreme.probabilities(), [1.0, 0.0]);
        assert!(!extreme.rules_out(1));
    }

    #[test]
    fn a_single_type_is_certain_and_needs_no_dogma() {
        let only = Belief::new(&[Probability::ONE]).unwrap();
        assert_eq!(only.probabilities(), [1.0]);
        assert_eq!(only.log_odds(0), None);
    }

    #[test]
    fn a_type_that_does_not_exist_has_no_probability() {
        let belief = Belief::binary(Probability::HALF).unwrap();
        assert_eq!(belief.probability(2), Probability::ZERO);
        assert_eq!(belief.log_odds(2), None);
        assert!(belief.rules_out(2) && !belief.rules_out(1));
    }

    #[test]
    fn trust_is_exact_where_all_types_agree() {
        let belief = Belief::new(&chances(&[0.1, 0.2, 0.7])).unwrap();
        assert_eq!(belief.probability_that(|_| true), Probability::ONE);
        assert_eq!(belief.probability_that(|_| false), Probability::ZERO);
        assert_relative_eq!(
            belief.probability_that(|k| k < 2).get(),
            0.3,
            epsilon = 1e-15
        );
        // A type ruled out has no say.
        let belief = Belief::dogmatic(&chances(&[0.3, 0.7, 0.0])).unwrap();
        assert_eq!(belief.probability_that(|k| k < 2), Probability::ONE);
    }

    #[test]
    fn log_odds_outlive_probabilities() {
        let belief = Belief::from_log_weights(vec![0.0, -2e4, -2e4]).unwrap();
        assert_eq!(belief.probability(0), Probability::ONE);
        let odds = belief.log_odds(0).unwrap().get();
        assert_relative_eq!(odds, 2e4 - std::f64::consts::LN_2, epsilon = 1e-9);
    }

    #[test]
    fn a_step_keeps_the_possible_possible() {
        let mut belief = Belief::from_log_weights(vec![0.0, -1e10]).unwrap();
        belief.step(f64::MAX, &mut [f64::MIN, f64::MAX]).unwrap();
        assert!(!belief.rules_out(0) && !belief.rules_out(1));
        assert!(belief.log_weights().iter().all(|weight| weight.is_finite()));
    }

    proptest! {
        #[test]
        fn probabilities_come_out_as_they_went_in(belief in strategies::belief(4)) {
            let probabilities = chances(&belief.probabilities());
            let again = Belief::dogmatic(&probabilities).unwrap();
            for (place, probability) in probabilities.iter().enumerate() {
                prop_assert!((again.probability(place).get() - probability.get()).abs() < 1e-14);
                let odds = belief.log_odds(place).unwrap();
                prop_assert!((odds.probability().get() - probability.get()).abs() < 1e-14);
            }
        }
    }
}
