use detente_quantity::Probability;

use crate::{Belief, Evidence, ReputationError, engine::logs};

/// Beyond so many acts an `f64` no longer counts single ones.
const MOST: u64 = 1 << 53;

/// How many acts alike it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum ActsNeeded {
    /// So many, at least 1.
    Count(u64),
    /// No number of them will do; or more than 2⁵³.
    Never,
}

/// How many acts with this evidence would carry the belief in type `position` to the other side of
/// `threshold`: above it, if it is not above it now; to it or below, if it is. A threshold is
/// exceeded, not met. For a type that never changes, and acts that are independent given the type.
///
/// After `n` of them the log-odds are `w + n·l − ln Σ exp(w_k + n·l_k)` over the other types, which
/// is concave in `n`: they may rise and then fall, never the reverse, so that the least `n` is found
/// by bisection. Of two types it is `⌊(logit p̄ − logit p)/ln LR⌋ + 1` on the way up (claim C-66).
/// O(types · log n).
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::{ActsNeeded, Belief, Evidence, acts_to_reverse};
///
/// // From 0.1 it takes three cooperative acts, 0.9 to 0.4 likely, to be believed in (claim R-05).
/// let belief = Belief::binary(Probability::new(0.1)?)?;
/// let concession = Evidence::ratios(vec![0.9, 0.4])?;
/// let needed = acts_to_reverse(&belief, 0, &concession, Probability::HALF)?;
/// assert_eq!(needed, ActsNeeded::Count(3));
/// let blank = Evidence::ratios(vec![1.0, 1.0])?;
/// assert_eq!(acts_to_reverse(&belief, 0, &blank, Probability::HALF)?, ActsNeeded::Never);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ReputationError::TypeCount`] if the evidence speaks of another number of types,
/// [`ReputationError::Impossible`] if no type still possible could do the act. Of a type that does
/// not exist the belief is 0, and stays so.
pub fn acts_to_reverse(
    belief: &Belief,
    position: usize,
    evidence: &Evidence,
    threshold: Probability,
) -> Result<ActsNeeded, ReputationError> {
    if evidence.types() != belief.types() {
        return Err(ReputationError::TypeCount {
            act: 1,
            given: evidence.types(),
            expected: belief.types(),
        });
    }
    let mut logs = vec![0.0; belief.types()];
    evidence.warranted_log_likelihoods(&mut logs);
    let weights = belief.log_weights();
    let possible = weights.iter().zip(&logs);
    let possible = possible.filter(|(weight, _)| weight.is_finite());
    let likeliest = possible
        .map(|(_, log)| *log)
        .fold(f64::NEG_INFINITY, f64::max);
    if likeliest == f64::NEG_INFINITY {
        return Err(ReputationError::Impossible { act: 1 });
    }
    // Relative to the likeliest type, so that no number of acts overflows.
    logs.iter_mut().for_each(|log| *log -= likeliest);
    let repeated = Repeated {
        weights,
        logs: &logs,
        position,
        threshold: threshold.get(),
    };
    let count = if position >= weights.len() {
        None
    } else if belief.probability(position) > threshold {
        first(|n| !repeated.is_above(n))
    } else {
        repeated.first_above()
    };
    Ok(count.map_or(ActsNeeded::Never, ActsNeeded::Count))
}

/// A belief after any number of acts alike.
struct Repeated<'a> {
    weights: &'a [f64],
    /// Log-likelihoods of each act, those of possible types at most 0.
    logs: &'a [f64],
    position: usize,
    threshold: f64,
}

impl Repeated<'_> {
    /// The log-weight of type `place` after `n` acts, `n` at least 1.
    fn after(&self, place: usize, n: u64) -> f64 {
        let (weight, log) = (self.weights[place], self.logs[place]);
        if weight == f64::NEG_INFINITY {
            weight
        } else {
            weight + n as f64 * log
        }
    }

    fn others(&self) -> impl Iterator<Item = usize> + Clone {
        let position = self.position;
        (0..self.weights.len()).filter(move |place| *place != position)
    }

    fn is_above(&self, n: u64) -> bool {
        let rest = logs::sum(self.others().map(|place| self.after(place, n)));
        let odds = self.after(self.position, n) - rest;
        // Both −∞ cannot be: one type always remains.
        1.0 / (1.0 + (-odds).exp()) > self.threshold
    }

    /// Whether the odds after `n + 1` acts are better than after `n`: whether the likelihood of the
    /// act under the type exceeds the mean of the others', each weighed by what it is after `n`.
    fn rises(&self, n: u64) -> bool {
        let own = self.logs[self.position];
        if own == f64::NEG_INFINITY {
            return false;
        }
        let rest = logs::sum(self.others().map(|place| self.after(place, n)));
        let excess = |place: usize| {
            let share = self.after(place, n) - rest;
            let better = self.logs[place] - own;
            if better < 1.0 {
                share.exp() * better.exp_m1()
            } else {
                (share + better).exp() - share.exp()
            }
        };
        self.others().map(excess).sum::<f64>() < 0.0
    }

    fn first_above(&self) -> Option<u64> {
        let peak = first(|n| !self.rises(n)).unwrap_or(MOST);
        let reached = first(|n| n >= peak || self.is_above(n))?;
        self.is_above(reached).then_some(reached)
    }
}

/// The least number from 1 for which `holds`, which once it holds goes on to; `None` if it does not
/// by 2⁵³.
fn first(holds: impl Fn(u64) -> bool) -> Option<u64> {
    let mut high = 1;
    while !holds(high) {
        if high >= MOST {
            return None;
        }
        high *= 2;
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Act, Filter, Tone, Warranted, strategies};

    fn needed(belief: &[f64], ratios: &[f64], threshold: f64) -> ActsNeeded {
        let belief = Belief::from_log_weights(belief.iter().map(|p: &f64| p.ln()).collect());
        let evidence = Evidence::ratios(ratios.to_vec()).unwrap();
        let threshold = Probability::new(threshold).unwrap();
        acts_to_reverse(&belief.unwrap(), 0, &evidence, threshold).unwrap()
    }

    #[test]
    fn two_types_have_a_closed_form() {
        for (prior, ratio, threshold) in [(0.1, 2.25, 0.5), (0.01, 1.001, 0.9), (0.9, 1.5, 0.95)] {
            let logit = |p: f64| (p / (1.0 - p)).ln();
            let acts = ((logit(threshold) - logit(prior)) / f64::ln(ratio)).floor() + 1.0;
            let count = ActsNeeded::Count(acts as u64);
            assert_eq!(
                needed(&[prior, 1.0 - prior], &[ratio, 1.0], threshold),
                count
            );
        }
    }

    #[test]
    fn a_middling_type_may_rise_and_fall_again() {
        // Against the worst it gains, to the best it loses; it never passes 0.9 but does pass 0.5.
        let belief = [0.1, 0.8, 0.1];
        assert_eq!(needed(&belief, &[2.0, 1.0, 4.0], 0.9), ActsNeeded::Never);
        assert_eq!(needed(&belief, &[2.0, 1.0, 2.1], 0.4), ActsNeeded::Count(6));
        assert_eq!(
            needed(&[0.8, 0.1, 0.1], &[2.0, 1.0, 2.1], 0.5),
            ActsNeeded::Count(43)
        );
    }

    #[test]
    fn the_ends_are_typed() {
        assert_eq!(
            needed(&[0.5, 0.5], &[1e300, 1e-300], 1.0),
            ActsNeeded::Never
        );
        // logit 0.5001 over the logarithm of that ratio, to the act or two that a double can tell.
        let ActsNeeded::Count(many) = needed(&[0.5, 0.5], &[1.0 + 1e-15, 1.0], 0.500_1) else {
            unreachable!()
        };
        assert!(many.abs_diff(360_287_974_994) <= 2, "{many}");
        assert_eq!(needed(&[0.0, 1.0], &[1e300, 1.0], 0.5), ActsNeeded::Never);
        assert_eq!(needed(&[1.0, 0.0], &[1.0, 1e300], 0.5), ActsNeeded::Never);
        let even = Belief::binary(Probability::HALF).unwrap();
        let never = Evidence::likelihoods(vec![Probability::ZERO; 2], Probability::ZERO).unwrap();
        assert!(acts_to_reverse(&even, 0, &never, Probability::HALF).is_err());
        let three = Evidence::ratios(vec![1.0; 3]).unwrap();
        assert!(acts_to_reverse(&even, 0, &three, Probability::HALF).is_err());
        let proof =
            Evidence::likelihoods(vec![Probability::ONE, Probability::ZERO], Probability::ZERO);
        let proof = proof.unwrap();
        let almost = Probability::new(0.999).unwrap();
        assert_eq!(
            acts_to_reverse(&even, 0, &proof, almost),
            Ok(ActsNeeded::Count(1))
        );
        assert_eq!(
            acts_to_reverse(&even, 2, &proof, almost),
            Ok(ActsNeeded::Never)
        );
    }

    proptest! {
        #[test]
        fn it_is_as_many_as_it_takes(
            belief in strategies::belief(3), evidence in strategies::possible_evidence(3),
            threshold in 0.05..0.95_f64,
        ) {
            let threshold = Probability::new(threshold).unwrap();
            let act = Act::new(Tone::Hostile, evidence);
            let mut filter = Filter::new(&belief);
            let above = belief.probability(0) > threshold;
            let mut counted = ActsNeeded::Never;
            for n in 1..=2000 {
                filter.observe(&act, &Warranted).unwrap();
                let trust = filter.belief().probability(0);
                prop_assume!((trust.get() - threshold.get()).abs() > 1e-12);
                if (trust > threshold) != above {
                    counted = ActsNeeded::Count(n);
                    break;
                }
            }
            let needed = acts_to_reverse(&belief, 0, act.evidence(), threshold).unwrap();
            let late = matches!(needed, ActsNeeded::Count(n) if n > 2000);
            prop_assert!(needed == counted || late && counted == ActsNeeded::Never);
        }
    }
}
