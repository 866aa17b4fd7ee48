use detente_quantity::LogOdds;

use crate::{BiasProfile, PerceptionError};

/// The same signal over and over, read with Grether's weights: log-odds move by
/// `x ← d·x + c·ln LR` an act (claims C-41, C-42, C-66).
///
/// With `d < 1` trust has a ceiling that no number of such signals can pass; with `d = 1` every
/// signal adds the same and the number needed is finite unless `c·ln LR ≤ 0`. Assumes two types,
/// and signals that would be sent whatever the observer does.
///
/// ```
/// use detente_perception::{BiasParams, BiasProfile, RepeatedSignal};
/// use detente_quantity::Probability;
///
/// let odds = |p: f64| Probability::new(p)?.log_odds();
/// let forgetful = |c, d| BiasProfile::new(BiasParams {
///     evidence_weight: c,
///     prior_weight: d,
///     ..BiasParams::default()
/// });
/// // Acts three times as likely from a friend; trust must pass two thirds.
/// let needed = odds(2.0 / 3.0)?;
/// let deaf = RepeatedSignal::new(3.0, &forgetful(0.3, 0.5)?)?;
/// assert!((deaf.ceiling().unwrap().probability().get() - 0.6591).abs() < 1e-4);
/// assert_eq!(deaf.acts_needed(odds(0.1)?, needed), None);
///
/// let slow = RepeatedSignal::new(3.0, &forgetful(0.5, 0.9)?)?;
/// assert_eq!(slow.acts_needed(odds(0.1)?, needed), Some(5));
/// assert!((slow.after(odds(0.1)?, 5).probability().get() - 0.7215).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RepeatedSignal {
    /// `d`, the weight on the earlier log-odds: finite, 0 or more.
    retained: f64,
    /// `c·ln LR`, what an act adds: finite.
    gain: f64,
}

impl RepeatedSignal {
    /// A signal `likelihood_ratio` times as likely from the type in question as from the other, read
    /// with the Grether weights of `profile`. The profile's other mechanisms change the ratio and
    /// not the weights; apply them first.
    ///
    /// # Errors
    /// [`PerceptionError::Quantity`] unless the ratio is positive and finite and its weighted
    /// logarithm finite.
    pub fn new(likelihood_ratio: f64, profile: &BiasProfile) -> Result<Self, PerceptionError> {
        let log_ratio = LogOdds::new(0.0)?.shifted_by_ratio(likelihood_ratio)?;
        Ok(Self {
            retained: profile.prior_weight(),
            gain: LogOdds::new(profile.evidence_weight() * log_ratio.get())?.get(),
        })
    }

    /// The log-odds that endless repetition leads to from anywhere, `c·ln LR / (1 − d)`: the trust
    /// ceiling (claim C-42). `None` for `d ≥ 1`, where belief does not forget where it started.
    #[must_use]
    pub fn ceiling(&self) -> Option<LogOdds> {
        if self.retained < 1.0 {
            LogOdds::new(self.gain / (1.0 - self.retained)).ok()
        } else {
            None
        }
    }

    /// The log-odds after `acts` signals, `x₀ + (1 + d + … + dⁿ⁻¹)·(c·ln LR − (1 − d)·x₀)`, in closed
    /// form; held to the range of `f64`.
    #[must_use]
    pub fn after(&self, prior: LogOdds, acts: u64) -> LogOdds {
        let drift = self.retained - 1.0;
        let first_step = self.gain + drift * prior.get();
        if acts == 0 || first_step == 0.0 {
            return prior;
        }
        // An f64 counts every act up to 2⁵³; beyond, one act more or less is lost in rounding.
        let n = acts as f64;
        let steps = if drift == 0.0 {
            n
        } else {
            // (dⁿ − 1) / (d − 1), without cancellation for d near 1.
            (n * self.retained.ln()).exp_m1() / drift
        };
        let odds = prior.get() + steps * first_step;
        LogOdds::new(odds.clamp(f64::MIN, f64::MAX)).unwrap_or(prior)
    }

    /// How many signals carry an observer from `prior` to above `threshold`: the least `n` with
    /// log-odds strictly above it after `n` acts, 0 if they are so already. For `d = 1` this is
    /// `⌈(threshold − prior) / (c·ln LR)⌉` (claim C-66), one more where that is met exactly, for a
    /// threshold must be passed. `None` if no number does, or none below 2⁶³. O(log n).
    #[must_use]
    pub fn acts_needed(&self, prior: LogOdds, threshold: LogOdds) -> Option<u64> {
        if prior > threshold {
            return Some(0);
        }
        if self.ceiling().is_some_and(|ceiling| ceiling <= threshold) {
            return None;
        }
        // Log-odds under repetition move one way only, so doubling brackets the answer.
        let enough = |acts: u64| self.after(prior, acts) > threshold;
        let mut high = 1_u64;
        while !enough(high) {
            high = high.checked_mul(2)?;
        }
        let mut low = high / 2;
        while low + 1 < high {
            let middle = u64::midpoint(low, high);
            if enough(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(high)
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies as quantity;
    use proptest::prelude::*;

    use super::*;
    use crate::{BiasParams, strategies};

    fn signal(ratio: f64, evidence_weight: f64, prior_weight: f64) -> RepeatedSignal {
        let profile = BiasProfile::new(BiasParams {
            evidence_weight,
            prior_weight,
            ..BiasParams::default()
        });
        RepeatedSignal::new(ratio, &profile.unwrap()).unwrap()
    }

    fn odds(value: f64) -> LogOdds {
        LogOdds::new(value).unwrap()
    }

    #[test]
    fn noncontingent_concessions_needed_to_escape() {
        // From 0.1 to above two thirds with acts three times as likely from a friend.
        let (prior, threshold) = (odds((0.1_f64 / 0.9).ln()), odds(2.0_f64.ln()));
        for (weight, needed) in [
            (1.0, Some(3)),
            (0.5, Some(6)),
            (0.25, Some(11)),
            (0.0, None),
        ] {
            assert_eq!(
                signal(3.0, weight, 1.0).acts_needed(prior, threshold),
                needed
            );
        }
    }

    #[test]
    fn the_ceiling_itself_is_never_passed() {
        let signal = signal(3.0, 1.0, 0.7);
        let ceiling = signal.ceiling().unwrap();
        assert_eq!(signal.acts_needed(odds(0.0), ceiling), None);
        assert!(
            signal
                .acts_needed(odds(0.0), odds(ceiling.get() - 1e-9))
                .is_some()
        );
    }

    #[test]
    fn extremes_neither_hang_nor_overflow() {
        for weight in [0.0, 1e-300, 1.0, 3.0, 1e300] {
            for start in [f64::MIN, 0.0, f64::MAX] {
                let signal = signal(2.0, 1.0, weight);
                assert!(signal.after(odds(start), u64::MAX).get().is_finite());
                let _ = signal.acts_needed(odds(start), odds(1.0));
            }
        }
        let faint = signal(1.0 + f64::EPSILON, 1e-300, 1.0);
        assert_eq!(faint.acts_needed(odds(0.0), odds(1.0)), None);
    }

    #[test]
    fn an_impossible_ratio_is_refused() {
        for ratio in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(
                RepeatedSignal::new(ratio, &BiasProfile::neutral()).is_err(),
                "{ratio}"
            );
        }
    }

    proptest! {
        #[test]
        fn the_closed_form_is_the_iteration(
            ratio in 0.1..10.0_f64, c in strategies::weight(), d in strategies::weight(),
            prior in -5.0..5.0_f64, acts in 0..20_u64,
        ) {
            let iterated = (0..acts).fold(prior, |x, _| d * x + c * ratio.ln());
            let closed = signal(ratio, c, d).after(odds(prior), acts).get();
            let scale = iterated.abs().max(1.0);
            prop_assert!((closed - iterated).abs() <= 1e-9 * scale, "{closed} {iterated}");
        }

        #[test]
        fn the_count_is_the_least(
            ratio in 0.1..10.0_f64, c in strategies::weight(), d in strategies::weight(),
            prior in quantity::log_odds(), threshold in quantity::log_odds(),
        ) {
            let signal = signal(ratio, c, d);
            match signal.acts_needed(prior, threshold) {
                Some(0) => prop_assert!(prior > threshold),
                Some(n) => {
                    prop_assert!(signal.after(prior, n) > threshold);
                    prop_assert!(signal.after(prior, n - 1) <= threshold);
                }
                None => for n in [0, 1, 2, 10, 1000] {
                    prop_assert!(signal.after(prior, n) <= threshold);
                },
            }
        }
    }
}
