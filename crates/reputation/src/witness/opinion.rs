use detente_quantity::Probability;

use crate::{BetaReputation, ReputationError};

/// How far from 1 the parts of an opinion may add up.
const SUM_TOLERANCE: f64 = 1e-9;

/// What an opinion without evidence weighs, in acts: `W` of Jøsang.
const WEIGHT: f64 = 2.0;

/// An opinion of subjective logic (Jøsang 2001, 2016; claim R-04): how far a statement is believed,
/// disbelieved, and how much is left uncertain, which adds up to 1, with a base rate for what is
/// uncertain.
///
/// ```
/// use detente_reputation::{BetaReputation, Opinion};
///
/// let mine = Opinion::of(&BetaReputation::from_counts(7.0, 1.0)?);
/// let yours = Opinion::of(&BetaReputation::from_counts(3.0, 1.0)?);
/// let ours = mine.fused_with(&yours);
/// assert!((ours.belief() - 0.714_286).abs() < 5e-7);
/// // Fusing opinions is adding up the acts they rest on.
/// let together = Opinion::of(&BetaReputation::from_counts(10.0, 2.0)?);
/// assert!((ours.uncertainty() - together.uncertainty()).abs() < 1e-15);
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Shape", into = "Shape"))]
pub struct Opinion {
    belief: f64,
    disbelief: f64,
    uncertainty: f64,
    base_rate: Probability,
}

impl Opinion {
    /// An opinion with these parts; what they leave of 1 is uncertain.
    ///
    /// # Errors
    /// [`ReputationError::Unnormalised`] if belief and disbelief add up to more than 1 (by more
    /// than 10⁻⁹).
    pub fn new(
        belief: Probability,
        disbelief: Probability,
        base_rate: Probability,
    ) -> Result<Self, ReputationError> {
        let sum = belief.get() + disbelief.get();
        if sum > 1.0 + SUM_TOLERANCE {
            return Err(ReputationError::Unnormalised { sum });
        }
        let scale = sum.max(1.0);
        Ok(Self {
            belief: belief.get() / scale,
            disbelief: disbelief.get() / scale,
            uncertainty: (1.0 - sum).max(0.0),
            base_rate,
        })
    }

    /// The opinion that `r` good and `s` bad acts warrant: `r`, `s` and `W = 2`, each over
    /// `r + s + W`, and the base rate of the reputation's prior.
    #[must_use]
    pub fn of(reputation: &BetaReputation) -> Self {
        let (good, bad) = (reputation.good(), reputation.bad());
        let (a, b) = reputation.shape();
        let (prior_good, prior_bad) = (a - good, b - bad);
        let all = good + bad + WEIGHT;
        Self {
            belief: good / all,
            disbelief: bad / all,
            uncertainty: WEIGHT / all,
            base_rate: Probability::saturating(prior_good / (prior_good + prior_bad)),
        }
    }

    /// How far the statement is believed, from 0 to 1.
    #[must_use]
    pub const fn belief(&self) -> f64 {
        self.belief
    }

    /// How far it is disbelieved, from 0 to 1.
    #[must_use]
    pub const fn disbelief(&self) -> f64 {
        self.disbelief
    }

    /// What is left, from 0 (dogmatic) to 1 (vacuous).
    #[must_use]
    pub const fn uncertainty(&self) -> f64 {
        self.uncertainty
    }

    /// The share of what is uncertain that counts for the statement.
    #[must_use]
    pub const fn base_rate(&self) -> Probability {
        self.base_rate
    }

    /// The probability that the opinion comes to, `P = b + a·u`.
    #[must_use]
    pub fn projected(&self) -> Probability {
        Probability::saturating(self.belief + self.base_rate.get() * self.uncertainty)
    }

    /// Cumulative fusion: the opinion of someone with the acts of both, if no act is known to both.
    /// With `k = u₁ + u₂ − u₁u₂`: `b = (b₁u₂ + b₂u₁)/k`, `u = u₁u₂/k`, and base rates weighed by
    /// the certainty of each opinion. Two dogmatic opinions, each resting on acts without end, meet
    /// in the middle.
    #[must_use]
    pub fn fused_with(&self, other: &Self) -> Self {
        let (mine, theirs) = (self.uncertainty, other.uncertainty);
        let k = mine + theirs - mine * theirs;
        let (own, foreign) = if k > 0.0 {
            (theirs / k, mine / k)
        } else {
            (0.5, 0.5)
        };
        let belief = self.belief * own + other.belief * foreign;
        let disbelief = self.disbelief * own + other.disbelief * foreign;
        Self {
            belief,
            disbelief,
            uncertainty: (1.0 - belief - disbelief).max(0.0),
            base_rate: fused_base_rate(self, other),
        }
    }

    /// An opinion from parts computed in range.
    pub(super) fn of_parts(belief: f64, disbelief: f64, base_rate: Probability) -> Self {
        Self {
            belief,
            disbelief,
            uncertainty: (1.0 - belief - disbelief).max(0.0),
            base_rate,
        }
    }
}

fn fused_base_rate(one: &Opinion, other: &Opinion) -> Probability {
    let (a, b) = (one.base_rate.get(), other.base_rate.get());
    let weight_a = other.uncertainty * (1.0 - one.uncertainty);
    let weight_b = one.uncertainty * (1.0 - other.uncertainty);
    let all = weight_a + weight_b;
    // Vacuous or dogmatic both: neither base rate is better founded than the other.
    let mixed = if all > 0.0 {
        a * (weight_a / all) + b * (weight_b / all)
    } else {
        f64::midpoint(a, b)
    };
    Probability::saturating(mixed.clamp(a.min(b), a.max(b)))
}

/// The shape of an opinion in a file.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    belief: Probability,
    disbelief: Probability,
    base_rate: Probability,
}

#[cfg(feature = "serde")]
impl TryFrom<Shape> for Opinion {
    type Error = ReputationError;

    fn try_from(shape: Shape) -> Result<Self, ReputationError> {
        Self::new(shape.belief, shape.disbelief, shape.base_rate)
    }
}

#[cfg(feature = "serde")]
impl From<Opinion> for Shape {
    fn from(opinion: Opinion) -> Self {
        Self {
            belief: Probability::saturating(opinion.belief),
            disbelief: Probability::saturating(opinion.disbelief),
            base_rate: opinion.base_rate,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    #[test]
    fn parts_that_are_more_than_the_whole_are_refused() {
        assert!(Opinion::new(chance(0.6), chance(0.5), chance(0.5)).is_err());
        let certain = Opinion::new(Probability::ONE, Probability::ZERO, chance(0.1)).unwrap();
        let contrary = Opinion::new(Probability::ZERO, Probability::ONE, chance(0.3)).unwrap();
        let fused = certain.fused_with(&contrary);
        assert_eq!((fused.belief(), fused.uncertainty()), (0.5, 0.0));
        assert_eq!(fused.base_rate(), chance(0.2));
        let vacuous = Opinion::new(Probability::ZERO, Probability::ZERO, chance(0.9)).unwrap();
        assert_eq!(vacuous.projected(), chance(0.9));
        assert_eq!(certain.fused_with(&vacuous).belief(), 1.0);
    }

    proptest! {
        #[test]
        fn fusing_is_adding_up_acts(
            one in strategies::beta_reputation(), other in strategies::beta_reputation(),
        ) {
            let together = one.and_counts(other.good(), other.bad()).unwrap();
            let fused = Opinion::of(&one).fused_with(&Opinion::of(&other));
            let counted = Opinion::of(&together);
            prop_assert!((fused.belief() - counted.belief()).abs() < 1e-12);
            prop_assert!((fused.disbelief() - counted.disbelief()).abs() < 1e-12);
            prop_assert!((fused.projected().get() - together.mean().get()).abs() < 1e-12);
        }
    }
}
