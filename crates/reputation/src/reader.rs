use crate::{Act, Belief};

/// Reads acts: turns what was done into what it means to an observer. The filter asks a reader
/// about every act, so that one engine serves the prudent observer and the biased one alike.
pub trait Reader {
    /// Writes the log-likelihood of the act under each type *as an observer who held `belief` until
    /// then reads it*, already weighted, and returns the weight `d ≥ 0` on the earlier log-belief (1 for a Bayesian):
    /// log-weights move by `w_θ ← d·w_θ + log_likelihood_θ`.
    ///
    /// The belief is there for observers who see what they expect to see (confirmatory misreading,
    /// claims C-44 to C-46); a Bayesian reads the same act alike whatever it believes.
    ///
    /// The slice has one place a type of the belief, and so of the act. Negative infinity rules a
    /// type out; NaN and positive infinity are refused by the filter.
    fn read(&self, act: &Act, belief: &Belief, log_likelihood: &mut [f64]) -> f64;
}

impl<R: Reader + ?Sized> Reader for &R {
    fn read(&self, act: &Act, belief: &Belief, log_likelihood: &mut [f64]) -> f64 {
        (**self).read(act, belief, log_likelihood)
    }
}

/// The prudent observer: Bayes' rule on the warranted likelihood `s + (1 − s) q_θ` (model §3).
///
/// The benchmark against which every bias is measured: with its own model right, its expected
/// belief in the true type never falls (claim C-40).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Warranted;

impl Reader for Warranted {
    fn read(&self, act: &Act, _: &Belief, log_likelihood: &mut [f64]) -> f64 {
        act.evidence().warranted_log_likelihoods(log_likelihood);
        1.0
    }
}
