use std::{cmp::Ordering, fmt};

use num_bigint::{BigInt, Sign};

use crate::{
    Fraction, ReciprocityError,
    error::finite,
    exact::{Entry, Whole, greatest_common_divisor},
};

/// A mixed strategy: a probability for each action, exactly. Probabilities are fractions that add
/// up to one.
///
/// Strategies are ordered by the probability of the first action, the greater first, then of the
/// second, and so on.
///
/// ```
/// use detente_reciprocity::MixedStrategy;
/// let strategy = MixedStrategy::from_weights(&[0.1, 0.2, 0.0])?;
/// assert_eq!(strategy.to_string(), "(1/3, 2/3, 0)");
/// assert_eq!(strategy.support().collect::<Vec<_>>(), [0, 1]);
/// assert_eq!(strategy.probability(1).map(|it| it.to_f64()), Some(2.0 / 3.0));
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "Vec<Fraction>", into = "Vec<Fraction>")
)]
pub struct MixedStrategy {
    /// Whole numbers without a common divisor, none negative, not all zero.
    weights: Vec<BigInt>,
    total: BigInt,
}

impl MixedStrategy {
    /// Probabilities in proportion to weights, each read as the shortest decimal that stands for
    /// it.
    ///
    /// # Errors
    /// [`ReciprocityError::NotFinite`] or [`ReciprocityError::NegativeWeight`] naming the weight,
    /// [`ReciprocityError::NoWeight`] if none is above zero.
    pub fn from_weights(weights: &[f64]) -> Result<Self, ReciprocityError> {
        for (place, &weight) in weights.iter().enumerate() {
            finite(|| format!("weight {place} of a mixed strategy"), weight)?;
        }
        let whole = Whole::of(weights);
        Self::of(
            (0..weights.len())
                .map(|place| whole.number(place))
                .collect(),
        )
    }

    /// The strategy that always takes one of `n_actions` actions.
    ///
    /// # Errors
    /// [`ReciprocityError::Unknown`] for an action that is not among them.
    pub fn pure(action: usize, n_actions: usize) -> Result<Self, ReciprocityError> {
        if action >= n_actions {
            return Err(ReciprocityError::Unknown {
                what: "action",
                given: action,
                limit: n_actions,
            });
        }
        let weight = |at: usize| BigInt::from(u8::from(at == action));
        Self::of((0..n_actions).map(weight).collect())
    }

    /// Divides what the weights have in common out of them.
    fn of(weights: Vec<BigInt>) -> Result<Self, ReciprocityError> {
        if let Some(place) = weights
            .iter()
            .position(|weight| weight.sign() == Sign::Minus)
        {
            return Err(ReciprocityError::NegativeWeight {
                place,
                given: weights
                    .get(place)
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            });
        }
        if weights.iter().all(|weight| weight.sign() == Sign::NoSign) {
            return Err(ReciprocityError::NoWeight);
        }
        let divisor = weights.iter().fold(BigInt::ZERO, |divisor, weight| {
            greatest_common_divisor(&divisor, weight)
        });
        let weights: Vec<BigInt> = weights
            .into_iter()
            .map(|weight| weight / &divisor)
            .collect();
        Ok(Self {
            total: weights.iter().sum(),
            weights,
        })
    }

    /// A vertex of a best-reply polytope, which is not the origin, as a strategy.
    pub(crate) fn of_entries<E: Entry>(entries: &[E]) -> Result<Self, ReciprocityError> {
        Self::of(entries.iter().map(Entry::big).collect())
    }

    /// The same strategy among more actions: its k-th action is the `places[k]`-th of `n_actions`, and the
    /// others are never taken.
    pub(super) fn placed(self, places: &[usize], n_actions: usize) -> Self {
        let mut weights = vec![BigInt::ZERO; n_actions];
        for (weight, &place) in self.weights.into_iter().zip(places) {
            if let Some(at) = weights.get_mut(place) {
                *at = weight;
            }
        }
        Self {
            weights,
            total: self.total,
        }
    }

    /// How many actions there are.
    #[must_use]
    pub fn n_actions(&self) -> usize {
        self.weights.len()
    }

    /// The probability of an action; `None` if there is no such action.
    #[must_use]
    pub fn probability(&self, action: usize) -> Option<Fraction> {
        let weight = self.weights.get(action)?;
        Some(Fraction::new(weight.clone(), self.total.clone()))
    }

    /// The probabilities of all actions, each as the nearest `f64`.
    #[must_use]
    pub fn to_f64(&self) -> Vec<f64> {
        self.fractions()
            .map(|probability| probability.to_f64())
            .collect()
    }

    /// The actions that are taken with a probability above zero, in order.
    pub fn support(&self) -> impl Iterator<Item = usize> + '_ {
        let weights = self.weights.iter().enumerate();
        weights
            .filter(|(_, weight)| weight.sign() != Sign::NoSign)
            .map(|(action, _)| action)
    }

    /// Whether one action is taken for certain.
    #[must_use]
    pub fn is_pure(&self) -> bool {
        self.support().nth(1).is_none()
    }

    fn fractions(&self) -> impl Iterator<Item = Fraction> + '_ {
        let total = &self.total;
        self.weights
            .iter()
            .map(move |weight| Fraction::new(weight.clone(), total.clone()))
    }

    pub(crate) fn weights(&self) -> &[BigInt] {
        &self.weights
    }

    pub(crate) fn total(&self) -> &BigInt {
        &self.total
    }
}

impl Ord for MixedStrategy {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.weights.iter().zip(&other.weights);
        pairs
            .map(|(own, its)| (its * &self.total).cmp(&(own * &other.total)))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| self.weights.len().cmp(&other.weights.len()))
    }
}

impl PartialOrd for MixedStrategy {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for MixedStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let probabilities: Vec<String> = self.fractions().map(|it| it.to_string()).collect();
        write!(f, "({})", probabilities.join(", "))
    }
}

impl From<MixedStrategy> for Vec<Fraction> {
    fn from(strategy: MixedStrategy) -> Self {
        strategy.fractions().collect()
    }
}

impl TryFrom<Vec<Fraction>> for MixedStrategy {
    type Error = ReciprocityError;

    /// Refuses negative probabilities and those that do not add up to one.
    fn try_from(probabilities: Vec<Fraction>) -> Result<Self, ReciprocityError> {
        let denominator = probabilities.iter().fold(BigInt::from(1), |product, it| {
            it.common_denominator(&product)
        });
        let weights: Vec<BigInt> = probabilities
            .iter()
            .map(|it| it.over(&denominator))
            .collect();
        let sum = Fraction::new(weights.iter().sum(), denominator);
        let strategy = Self::of(weights)?;
        if sum.is_one() {
            Ok(strategy)
        } else {
            Err(ReciprocityError::NotOne {
                given: sum.to_string(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fractions(texts: &[&str]) -> Vec<Fraction> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn what_is_no_strategy_is_refused() {
        let message = |weights: &[f64]| {
            MixedStrategy::from_weights(weights)
                .unwrap_err()
                .to_string()
        };
        let none = "weights of a mixed strategy are all zero; expected at least one above zero";
        assert_eq!(message(&[]), none);
        assert_eq!(message(&[0.0, -0.0]), none);
        assert_eq!(
            message(&[1.0, -2.0]),
            "weight 1 of a mixed strategy is -2; expected zero or more"
        );
        assert_eq!(
            message(&[f64::INFINITY]),
            "weight 0 of a mixed strategy is inf; expected a finite number"
        );
        assert_eq!(
            MixedStrategy::pure(2, 2).unwrap_err().to_string(),
            "action 2 does not exist; expected one of the 2 from 0"
        );
        assert!(MixedStrategy::try_from(fractions(&["1/2", "1/3"])).is_err());
        assert!(MixedStrategy::try_from(fractions(&["3/2", "-1/2"])).is_err());
    }

    #[test]
    fn strategies_come_back_from_their_probabilities() {
        let strategy = MixedStrategy::from_weights(&[2.0, 0.0, 10.0]).unwrap();
        let certain = MixedStrategy::from_weights(&[0.0, 2.0]).unwrap();
        assert_eq!(certain, MixedStrategy::pure(1, 2).unwrap());
        let probabilities = fractions(&["1/6", "0", "5/6"]);
        assert_eq!(Vec::from(strategy.clone()), probabilities);
        assert_eq!(MixedStrategy::try_from(probabilities).unwrap(), strategy);
        assert!(!strategy.is_pure() && MixedStrategy::pure(1, 3).unwrap().is_pure());
    }

    #[test]
    fn the_first_action_comes_first() {
        let of = |weights: &[f64]| MixedStrategy::from_weights(weights).unwrap();
        let mut all = [of(&[0.0, 1.0]), of(&[1.0, 2.0]), of(&[1.0, 0.0])];
        all.sort();
        assert_eq!(
            all.map(|it| it.to_string()),
            ["(1, 0)", "(1/3, 2/3)", "(0, 1)"]
        );
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_strategy_is_a_list_of_fractions_in_a_file() {
        let text = r#"["1/3","2/3"]"#;
        let strategy: MixedStrategy = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&strategy).unwrap(), text);
        assert!(serde_json::from_str::<MixedStrategy>(r#"["1/3"]"#).is_err());
    }
}
