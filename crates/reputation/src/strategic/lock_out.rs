use detente_quantity::Probability;

use super::{Bracket, HonourRates, Stopped};
use crate::ReputationError;

/// Acts ahead beyond which [`lock_out`] follows no trust.
const MOST_ACTS: u32 = 5000;

/// Beliefs this close to a threshold, relative to their odds, are on it.
const TIE: f64 = 1e-12;

/// Who trusts, whom, and for how long.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LockOutParams {
    /// p₀, the belief before the first act that the other is trustworthy.
    pub prior: Probability,
    /// p̄, the trust that must be exceeded: see [`threshold`](crate::threshold) for a myopic truster
    /// and [`stopping_belief`](super::stopping_belief) for a patient one.
    pub threshold: Probability,
    /// How often each type honours trust.
    pub rates: HonourRates,
}

impl LockOutParams {
    /// How far the odds stand above the threshold's, as a factor: at 1 and below trust has ended.
    fn headroom(&self) -> f64 {
        let odds = |p: Probability| p.get() / p.complement().get();
        if self.threshold == Probability::ONE || self.prior == Probability::ZERO {
            0.0
        } else {
            // 1 over 0, and infinity, where nothing can end it.
            odds(self.prior) / odds(self.threshold)
        }
    }
}

/// A bound on the chance that a trustworthy party is ever distrusted by a Bayesian who learns only by
/// trusting: `(1 − p₀)/p₀ · L/G`, at most 1 (Ville 1939; claim C-61), with `L/G` the odds of the
/// threshold. Whatever signals there are: given trustworthiness, the odds *against* it are a
/// martingale, and a positive martingale reaches c times its mean with chance at most 1/c.
#[must_use]
pub fn lock_out_bound(prior: Probability, threshold: Probability) -> Probability {
    let against = prior.complement().get() / prior.get();
    let odds = threshold.get() / threshold.complement().get();
    let bound = against * odds;
    // 0 · ∞: certainty either way is not moved.
    if bound.is_nan() {
        return if prior > threshold {
            Probability::ZERO
        } else {
            Probability::ONE
        };
    }
    Probability::saturating(bound)
}

/// False lock-out where a trustworthy party honours as often as an untrustworthy one betrays.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SymmetricLockOut {
    /// k, how many more betrayals than honoured acts end trust.
    pub betrayals: u32,
    /// The chance that a trustworthy party is ever distrusted.
    pub probability: Probability,
}

/// The exact chance of false lock-out where `h_T = θ` and `h_U = 1 − θ`: `((1 − θ)/θ)^k`, with k the net
/// betrayals that bring the belief down to the threshold (gambler's ruin; claim C-62). A belief on
/// the threshold is distrust.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::strategic::symmetric_lock_out;
/// let chance = Probability::saturating;
/// let ruin = symmetric_lock_out(chance(0.8), chance(1.0 / 3.0), chance(0.6))?;
/// assert_eq!(ruin.betrayals, 6);
/// assert!((ruin.probability.get() - 0.0878).abs() < 1e-4);
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
///
/// # Errors
/// [`ReputationError::OutOfRange`] unless θ lies above ½.
pub fn symmetric_lock_out(
    prior: Probability,
    threshold: Probability,
    theta: Probability,
) -> Result<SymmetricLockOut, ReputationError> {
    let rates = HonourRates::new(theta, theta.complement())?;
    let params = LockOutParams {
        prior,
        threshold,
        rates,
    };
    let [_, factor] = rates.odds_factors();
    let headroom = params.headroom();
    let needed = if headroom <= 1.0 + TIE {
        0.0
    } else if headroom.is_infinite() {
        f64::INFINITY
    } else if factor == 0.0 {
        1.0
    } else {
        ((headroom.ln() - TIE) / -factor.ln()).ceil()
    };
    let probability = if needed == 0.0 {
        1.0
    } else {
        factor.powf(needed)
    };
    Ok(SymmetricLockOut {
        // An endless number of betrayals stops at the end of the range, where the chance is 0.
        betrayals: needed as u32,
        probability: Probability::saturating(probability),
    })
}

/// The chance that a trustworthy party is ever distrusted by a Bayesian who learns only by trusting,
/// whatever the honour rates, to within `tolerance` (claim C-62).
///
/// Follows the number of betrayals in n acts, n = 1, 2, …, taking out what falls to the threshold. Of
/// what is left, at odds c times the threshold's, between `f/c` and `1/c` will still fall, `f` the
/// factor of a betrayal: the odds against trustworthiness are a martingale that stops between 1 and
/// `1/f` times the threshold's, or at 0. Ends when these differ by less than the tolerance in all, or
/// after 5,000 acts. O(acts²).
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::strategic::{HonourRates, LockOutParams, lock_out};
///
/// let chance = Probability::saturating;
/// let ruin = lock_out(&LockOutParams {
///     prior: chance(0.5),
///     threshold: chance(1.0 / 3.0),
///     rates: HonourRates::new(chance(0.9), chance(0.5))?,
/// }, 1e-6);
/// assert!((ruin.value().get() - 0.2542).abs() < 5e-5 && ruin.error() < 1e-6);
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
#[must_use]
pub fn lock_out(params: &LockOutParams, tolerance: f64) -> Bracket {
    let headroom = params.headroom();
    if headroom <= 1.0 + TIE {
        return Bracket::exactly(Probability::ONE);
    }
    if headroom.is_infinite() || params.rates.trustworthy() == Probability::ONE {
        return Bracket::exactly(Probability::ZERO);
    }
    let mut walk = Walk {
        honours: params.rates.trustworthy().get(),
        start: headroom.ln(),
        steps: params.rates.odds_factors().map(f64::ln),
        mass: vec![1.0],
        fallen: 0.0,
    };
    let mut acts = 0;
    loop {
        let (least, most) = walk.yet_to_fall(acts);
        let done = most - least <= 2.0 * tolerance;
        if done || acts == MOST_ACTS {
            return Bracket {
                low: Probability::saturating(walk.fallen + least),
                high: Probability::saturating(walk.fallen + most),
                acts,
                stopped: if done {
                    Stopped::WithinTolerance
                } else {
                    Stopped::AtLimit
                },
            };
        }
        acts += 1;
        walk.step(acts);
    }
}

/// Trust that has not ended, by the number of betrayals so far.
struct Walk {
    honours: f64,
    /// The log of the headroom at the start.
    start: f64,
    /// What honoured and betrayed trust add to it.
    steps: [f64; 2],
    mass: Vec<f64>,
    fallen: f64,
}

impl Walk {
    /// The log of the headroom after so many acts of each kind.
    fn height(&self, honoured: u32, betrayed: usize) -> f64 {
        // None of an infinite step is 0, which the product would not be.
        let part = |n: f64, step: f64| if n == 0.0 { 0.0 } else { n * step };
        let [up, down] = self.steps;
        self.start + part(f64::from(honoured), up) + part(betrayed as f64, down)
    }

    /// One more act, the `acts`-th.
    fn step(&mut self, acts: u32) {
        let mut before = 0.0;
        self.mass.push(0.0);
        for betrayed in 0..self.mass.len() {
            let here = self.mass[betrayed];
            let mut arrived = here * self.honours + before * (1.0 - self.honours);
            before = here;
            let honoured = acts.saturating_sub(betrayed as u32);
            if arrived > 0.0 && self.height(honoured, betrayed) <= TIE {
                self.fallen += arrived;
                arrived = 0.0;
            }
            self.mass[betrayed] = arrived;
        }
    }

    /// At least and at most how much of what is left will still fall.
    fn yet_to_fall(&self, acts: u32) -> (f64, f64) {
        let left = self
            .mass
            .iter()
            .enumerate()
            .filter(|(_, mass)| **mass > 0.0);
        let most: f64 = left
            .map(|(betrayed, mass)| {
                let honoured = acts.saturating_sub(betrayed as u32);
                mass * (-self.height(honoured, betrayed)).exp()
            })
            .sum();
        (most * self.steps[1].exp(), most)
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies as quantity;
    use proptest::prelude::*;

    use super::*;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    fn params(prior: f64, threshold: f64, rates: [f64; 2]) -> LockOutParams {
        LockOutParams {
            prior: chance(prior),
            threshold: chance(threshold),
            rates: HonourRates::new(chance(rates[0]), chance(rates[1])).unwrap(),
        }
    }

    #[test]
    fn reference_numbers_are_met() {
        let third = chance(1.0 / 3.0);
        for (prior, theta, betrayals, expected) in [
            (0.5, 0.8, 1, 0.25),
            (0.8, 0.8, 2, 0.0625),
            (0.8, 0.6, 6, 0.0878),
        ] {
            let ruin = symmetric_lock_out(chance(prior), third, chance(theta)).unwrap();
            assert_eq!(ruin.betrayals, betrayals);
            approx::assert_abs_diff_eq!(ruin.probability.get(), expected, epsilon = 5e-5);
        }
        let bound = lock_out_bound(Probability::HALF, third);
        approx::assert_relative_eq!(bound.get(), 0.5, epsilon = 1e-15);
    }

    #[test]
    fn a_belief_on_the_threshold_is_distrust() {
        // One betrayal halves even odds, and odds of a half are the threshold.
        let third = chance(1.0 / 3.0);
        let ruin = symmetric_lock_out(Probability::HALF, third, chance(2.0 / 3.0)).unwrap();
        assert_eq!(ruin.betrayals, 1);
        assert_eq!(
            lock_out(&params(0.5, 0.5, [0.9, 0.5]), 0.1).value(),
            Probability::ONE
        );
    }

    #[test]
    fn limits_give_limits() {
        // A party that never betrays is never distrusted.
        assert_eq!(
            lock_out(&params(0.6, 0.5, [1.0, 0.5]), 1e-9).value(),
            Probability::ZERO
        );
        assert_eq!(
            lock_out(&params(0.6, 0.5, [1.0, 0.0]), 1e-9).value(),
            Probability::ZERO
        );
        // One honoured act proves all: only a run of betrayals at the start ends trust.
        let proof = lock_out(&params(0.6, 0.5, [0.9, 0.0]), 1e-9);
        approx::assert_relative_eq!(proof.value().get(), 0.1, epsilon = 1e-9);
        for (prior, threshold, expected) in [
            (0.0, 0.5, 1.0),
            (1.0, 0.5, 0.0),
            (0.5, 0.0, 0.0),
            (0.5, 1.0, 1.0),
            (1.0, 1.0, 1.0),
        ] {
            let ruin = lock_out(&params(prior, threshold, [0.9, 0.5]), 1e-9);
            assert_eq!(ruin.value().get(), expected, "{prior} {threshold}");
            let symmetric = symmetric_lock_out(chance(prior), chance(threshold), chance(0.9));
            assert_eq!(
                symmetric.unwrap().probability.get(),
                expected,
                "{prior} {threshold}"
            );
            assert_eq!(
                lock_out_bound(chance(prior), chance(threshold)).get(),
                expected
            );
        }
        assert!(
            symmetric_lock_out(Probability::HALF, Probability::HALF, Probability::HALF).is_err()
        );
    }

    #[test]
    fn types_that_hardly_differ_leave_a_bracket_that_says_so() {
        let ruin = lock_out(&params(0.9, 0.5, [0.5001, 0.5]), 1e-12);
        assert_eq!((ruin.acts, ruin.stopped), (MOST_ACTS, Stopped::AtLimit));
        assert!(ruin.low <= ruin.high && ruin.high.get() < 0.12 && ruin.low.get() > 0.11);
    }

    proptest! {
        #[test]
        fn the_walk_is_the_gamblers_where_types_mirror_each_other(
            prior in 0.05..0.95_f64, threshold in 0.05..0.95_f64, theta in 0.55..0.95_f64,
        ) {
            let exact = symmetric_lock_out(chance(prior), chance(threshold), chance(theta)).unwrap();
            let ruin = lock_out(&params(prior, threshold, [theta, 1.0 - theta]), 1e-10);
            prop_assert!((ruin.value().get() - exact.probability.get()).abs() <= ruin.error() + 1e-12);
            prop_assert!(ruin.error() <= 1e-10);
        }

        #[test]
        fn the_bound_is_never_exceeded(
            prior in quantity::probability(), threshold in quantity::probability(),
            low in 0.0..1.0_f64, high in 0.0..1.0_f64,
        ) {
            prop_assume!(low < high);
            let ruin = lock_out(&params(prior.get(), threshold.get(), [high, low]), 1e-3);
            prop_assert!(ruin.low <= ruin.high);
            prop_assert!(ruin.low.get() <= lock_out_bound(prior, threshold).get() + 1e-12);
        }
    }
}
