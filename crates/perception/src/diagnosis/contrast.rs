use detente_quantity::LogOdds;
use detente_reputation::Belief;

use crate::PerceptionError;

/// Some of the types of a belief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct TypeSet(u64);

impl TypeSet {
    /// The types marked `true`, in the order of the belief; `None` for more than 64 types.
    ///
    /// ```
    /// use detente_perception::TypeSet;
    /// let set = TypeSet::new(&[true, false, true]).unwrap();
    /// assert!(set.contains(2) && !set.contains(1) && !set.contains(99));
    /// ```
    #[must_use]
    pub fn new(marked: &[bool]) -> Option<Self> {
        if marked.len() > 64 {
            return None;
        }
        let bits = marked.iter().enumerate();
        let set = bits.filter(|(_, marked)| **marked);
        Some(Self(set.fold(0, |set, (place, _)| set | 1 << place)))
    }

    /// Whether the type in this place is one of them.
    #[must_use]
    pub const fn contains(self, place: usize) -> bool {
        place < 64 && self.0 >> place & 1 == 1
    }
}

/// The question whose log-odds a diagnosis follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Contrast {
    /// One type, by its place, against all others together.
    AgainstRest(usize),
    /// Some types together against all others together, such as all that would keep an agreement.
    AnyOf(TypeSet),
    /// The first type against the second, whatever is thought of the others.
    Between(usize, usize),
}

impl Contrast {
    /// The log-odds of the contrast on a belief, in natural-logarithm units; `None` if the belief
    /// rules out either side, or there is no other side. O(types).
    #[must_use]
    pub fn log_odds(self, belief: &Belief) -> Option<f64> {
        match self {
            Self::AgainstRest(place) => belief.log_odds(place).map(LogOdds::get),
            Self::AnyOf(set) => {
                let difference = log_sum(belief, set, true) - log_sum(belief, set, false);
                difference.is_finite().then_some(difference)
            }
            Self::Between(first, second) => {
                let weights = belief.log_weights();
                let difference = weights.get(first)? - weights.get(second)?;
                difference.is_finite().then_some(difference)
            }
        }
    }

    pub(super) fn check(self, types: usize) -> Result<(), PerceptionError> {
        let refused = |given| PerceptionError::NoSuchContrast { given, types };
        match self {
            Self::AgainstRest(place) if place >= types || types < 2 => Err(refused(place)),
            Self::AnyOf(set) => {
                let inside = (0..types).filter(|&place| set.contains(place)).count();
                match inside == 0 || inside == types {
                    true => Err(refused(types)),
                    false => Ok(()),
                }
            }
            Self::Between(first, second) if first >= types || first == second => {
                Err(refused(first))
            }
            Self::Between(_, second) if second >= types => Err(refused(second)),
            _ => Ok(()),
        }
    }
}

/// The logarithm of the weight of the types that are, or are not, in a set.
fn log_sum(belief: &Belief, set: TypeSet, inside: bool) -> f64 {
    let weights = belief.log_weights().iter().enumerate();
    let side = weights.filter(|(place, _)| set.contains(*place) == inside);
    let side = side.map(|(_, weight)| *weight);
    let top = side.clone().fold(f64::NEG_INFINITY, f64::max);
    match top.is_finite() {
        true => top + side.map(|weight| (weight - top).exp()).sum::<f64>().ln(),
        false => top,
    }
}

#[cfg(test)]
mod tests {
    use detente_reputation::strategies;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_set_of_all_types_or_none_has_no_other_side() {
        for marked in [[false; 3], [true; 3]] {
            let set = TypeSet::new(&marked).unwrap();
            assert!(Contrast::AnyOf(set).check(3).is_err());
        }
        assert_eq!(TypeSet::new(&[false; 65]), None);
    }

    proptest! {
        #[test]
        fn a_set_of_one_is_that_type_against_the_rest(
            belief in strategies::belief(4), place in 0..4_usize,
        ) {
            let set = TypeSet::new(&[0, 1, 2, 3].map(|it| it == place)).unwrap();
            let (one, other) = (Contrast::AnyOf(set), Contrast::AgainstRest(place));
            match (one.log_odds(&belief), other.log_odds(&belief)) {
                (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-9),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }
}
