use detente_quantity::{DiscountFactor, Probability};

use super::{Bracket, HonourRates, Stopped};
use crate::ReputationError;

/// Acts ahead beyond which no plan is followed.
const MOST_ACTS: u32 = 1024;

/// An optimal truster's problem.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ExperimentParams {
    /// G, won each time trust is honoured; above 0.
    pub gain: f64,
    /// L, lost each time it is betrayed; above 0.
    pub loss: f64,
    /// How often each type honours trust.
    pub rates: HonourRates,
    /// δ, the truster's patience.
    pub patience: DiscountFactor,
}

impl ExperimentParams {
    /// What trusting each type wins a period, in units of `gain + loss`: neither overflows.
    fn worth(&self) -> [f64; 2] {
        let loss = 1.0 / (1.0 + self.gain / self.loss);
        let rates = [self.rates.trustworthy(), self.rates.untrustworthy()];
        rates.map(|honours| honours.get() - loss)
    }
}

/// The belief below which an optimal Bayesian truster stops, and so stops learning: the threshold of
/// the one-armed bandit whose arm has one of two types (Rothschild 1974; Easley & Kiefer 1988; claim
/// C-63). Trusting is worth `h G − (1 − h) L` and shows whether it was honoured; not trusting is worth
/// 0 and shows nothing.
///
/// Patience lowers it, from the myopic threshold `m_U / (m_U − m_T)` (m the worth of trusting a type) at
/// δ = 0; but it stays above 0, so a trustworthy party may still be given up for good: put it into
/// [`lock_out`](super::lock_out). If types show at once (`h_T = 1`, `h_U = 0`) it is that of
/// [`shadow_threshold`](super::shadow_threshold).
///
/// By halving, with values of n acts ahead from below (for ever trust or never after them) and from
/// above (know the type after them), n doubled until they tell the belief to within `tolerance`, or
/// 1,024. O(n²) a belief.
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability};
/// use detente_reputation::strategic::{ExperimentParams, HonourRates, stopping_belief};
///
/// let rates = HonourRates::new(Probability::new(0.9)?, Probability::new(0.5)?)?;
/// let at = |delta| {
///     let patience = DiscountFactor::new(delta)?;
///     let problem = ExperimentParams { gain: 1.0, loss: 2.0, rates, patience };
///     Ok::<_, Box<dyn std::error::Error>>(stopping_belief(&problem, 1e-6)?.value().get())
/// };
/// assert!((at(0.0)? - 5.0 / 12.0).abs() < 1e-6);
/// assert!(at(0.9)? < at(0.5)? && at(0.5)? < at(0.0)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ReputationError::OutOfRange`] unless gain and loss are finite and above 0.
pub fn stopping_belief(
    params: &ExperimentParams,
    tolerance: f64,
) -> Result<Bracket, ReputationError> {
    for (quantity, given) in [("gain", params.gain), ("loss", params.loss)] {
        if !(given > 0.0 && given.is_finite()) {
            return Err(ReputationError::OutOfRange {
                quantity,
                given,
                expected: "a finite number above 0",
            });
        }
    }
    let [trustworthy, untrustworthy] = params.worth();
    if trustworthy <= 0.0 {
        return Ok(Bracket::exactly(Probability::ONE));
    }
    if untrustworthy >= 0.0 {
        return Ok(Bracket::exactly(Probability::ZERO));
    }
    let myopic = untrustworthy / (untrustworthy - trustworthy);
    let mut acts = 16;
    let (mut low, mut high) = (0.0, myopic);
    loop {
        let plan = Plan::new(params, acts);
        // The belief surely is above what is not worth trusting even if the type were shown after
        // so many acts, and below what is worth trusting even so.
        low = last_true(low, high, |belief| {
            plan.first_trust(belief, Beyond::TypeShown) <= 0.0
        });
        high = -last_true(-high, -low, |belief| {
            plan.first_trust(-belief, Beyond::Fixed) > 0.0
        });
        let done = high - low <= 2.0 * tolerance;
        if done || acts == MOST_ACTS {
            return Ok(Bracket {
                low: Probability::saturating(low),
                high: Probability::saturating(high),
                acts,
                stopped: if done {
                    Stopped::WithinTolerance
                } else {
                    Stopped::AtLimit
                },
            });
        }
        acts *= 2;
    }
}

/// The largest number between the two for which a statement holds that holds up to some point, to
/// rounding; `from` if it holds nowhere.
fn last_true(from: f64, to: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut yes, mut no) = (from, to);
    for _ in 0..60 {
        let middle = f64::midpoint(yes, no);
        if middle <= yes || middle >= no {
            break;
        }
        if holds(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    yes
}

/// What is assumed of the time after the acts that are followed.
#[derive(Clone, Copy)]
enum Beyond {
    /// Trust for ever or never, whichever is worth more: less than the truth.
    Fixed,
    /// The type is shown: more than the truth.
    TypeShown,
}

/// The tree of what may be learnt in so many acts, node by node how the odds have moved.
struct Plan {
    acts: usize,
    delta: f64,
    worth: [f64; 2],
    honours: [f64; 2],
    /// Powers of the odds factors of honoured and betrayed trust.
    powers: [Vec<f64>; 2],
}

impl Plan {
    fn new(params: &ExperimentParams, acts: u32) -> Self {
        let powers = |factor: f64| (0..=acts).map(|n| factor.powi(n.cast_signed())).collect();
        Self {
            acts: acts as usize,
            delta: params.patience.get(),
            worth: params.worth(),
            honours: [
                params.rates.trustworthy().get(),
                params.rates.untrustworthy().get(),
            ],
            powers: params.rates.odds_factors().map(powers),
        }
    }

    /// What trusting once and then going on optimally is worth over stopping at this belief.
    fn first_trust(&self, belief: f64, beyond: Beyond) -> f64 {
        let odds = belief / (1.0 - belief);
        let mut values: Vec<f64> = (0..=self.acts)
            .map(|betrayed| self.beyond(self.belief(odds, self.acts, betrayed), beyond))
            .collect();
        for acts in (1..self.acts).rev() {
            for betrayed in 0..=acts {
                let trust = self.trust(self.belief(odds, acts, betrayed), &values[betrayed..]);
                values[betrayed] = trust.max(0.0);
            }
        }
        self.trust(belief, &values)
    }

    /// What trusting is worth, where `values` starts with those after honoured and betrayed trust.
    fn trust(&self, belief: f64, values: &[f64]) -> f64 {
        let mix = |[one, other]: [f64; 2]| belief * one + (1.0 - belief) * other;
        let honours = mix(self.honours);
        let next = match values {
            [honoured, betrayed, ..] => honours * honoured + (1.0 - honours) * betrayed,
            _ => 0.0,
        };
        mix(self.worth) + self.delta * next
    }

    fn belief(&self, odds: f64, acts: usize, betrayed: usize) -> f64 {
        let [up, down] = &self.powers;
        let odds = odds * (up[acts - betrayed] * down[betrayed]);
        // Proof of the one and of the other cannot both be had: no plan gets here.
        if odds.is_nan() {
            0.0
        } else {
            1.0 - 1.0 / (1.0 + odds)
        }
    }

    fn beyond(&self, belief: f64, beyond: Beyond) -> f64 {
        let [trustworthy, untrustworthy] = self.worth;
        let period = match beyond {
            Beyond::Fixed => belief * trustworthy + (1.0 - belief) * untrustworthy,
            Beyond::TypeShown => belief * trustworthy,
        };
        period.max(0.0) / (1.0 - self.delta)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategic::shadow_threshold;

    fn problem(rates: [f64; 2], delta: f64) -> ExperimentParams {
        let [trustworthy, untrustworthy] = rates.map(|rate| Probability::new(rate).unwrap());
        ExperimentParams {
            gain: 1.0,
            loss: 2.0,
            rates: HonourRates::new(trustworthy, untrustworthy).unwrap(),
            patience: DiscountFactor::new(delta).unwrap(),
        }
    }

    #[test]
    fn types_that_show_at_once_are_the_shadow_of_the_future() {
        for delta in [0.0, 0.5, 0.9] {
            let problem = problem([1.0, 0.0], delta);
            let belief = stopping_belief(&problem, 1e-9).unwrap();
            let expected = shadow_threshold(1.0, 2.0, problem.patience).unwrap();
            approx::assert_abs_diff_eq!(belief.value().get(), expected.get(), epsilon = 2e-9);
        }
    }

    #[test]
    fn types_all_worth_or_not_worth_trusting_have_no_threshold_between() {
        let never = stopping_belief(&problem([0.6, 0.5], 0.9), 1e-6).unwrap();
        assert_eq!(never.value(), Probability::ONE);
        let always = stopping_belief(&problem([0.9, 0.7], 0.9), 1e-6).unwrap();
        assert_eq!(always.value(), Probability::ZERO);
    }

    #[test]
    fn impossible_stakes_are_refused() {
        for gain in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let refused = ExperimentParams {
                gain,
                ..problem([0.9, 0.5], 0.5)
            };
            assert!(stopping_belief(&refused, 1e-6).is_err(), "{gain}");
        }
        let large = ExperimentParams {
            gain: 1e300,
            loss: 1e300,
            ..problem([0.9, 0.1], 0.0)
        };
        approx::assert_abs_diff_eq!(
            stopping_belief(&large, 1e-9).unwrap().value().get(),
            0.5,
            epsilon = 1e-9
        );
    }

    /// Value iteration on a fine grid of beliefs, interpolated: another way to the same threshold.
    fn by_value_iteration(problem: &ExperimentParams) -> f64 {
        const CELLS: usize = 4000;
        let [up, down] =
            [problem.rates.trustworthy(), problem.rates.untrustworthy()].map(Probability::get);
        let worth = |rate: f64| rate * problem.gain - (1.0 - rate) * problem.loss;
        let delta = problem.patience.get();
        let mut values = vec![0.0; CELLS + 1];
        let at = |values: &[f64], p: f64| {
            let place = p * CELLS as f64;
            let cell = (place as usize).min(CELLS - 1);
            let part = place - cell as f64;
            values[cell] * (1.0 - part) + values[cell + 1] * part
        };
        let trust = |values: &[f64], p: f64| {
            let honours = p * up + (1.0 - p) * down;
            let after = at(values, p * up / honours);
            let betrayed = at(values, p * (1.0 - up) / (1.0 - honours));
            p * worth(up)
                + (1.0 - p) * worth(down)
                + delta * (honours * after + (1.0 - honours) * betrayed)
        };
        for _ in 0..300 {
            let next = (0..=CELLS).map(|cell| trust(&values, cell as f64 / CELLS as f64).max(0.0));
            values = next.collect();
        }
        last_true(0.0, 1.0, |p| trust(&values, p) <= 0.0)
    }

    #[test]
    fn value_iteration_finds_the_same_threshold() {
        for (rates, delta) in [([0.9, 0.5], 0.9), ([0.8, 0.3], 0.8), ([0.95, 0.1], 0.5)] {
            let problem = problem(rates, delta);
            let belief = stopping_belief(&problem, 1e-7).unwrap();
            approx::assert_abs_diff_eq!(
                belief.value().get(),
                by_value_iteration(&problem),
                epsilon = 5e-4
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn patience_lowers_the_stopping_belief_and_never_to_nothing(
            high in 0.75..0.99_f64, low in 0.05..0.6_f64, delta in 0.0..0.8_f64,
        ) {
            let belief = |delta| stopping_belief(&problem([high, low], delta), 1e-4).unwrap();
            let (less, more) = (belief(delta), belief(delta + 0.05));
            prop_assert!(more.low <= less.high && less.low.get() > 0.0 && more.low.get() > 0.0);
            prop_assert!(less.low <= less.high);
        }
    }
}
