use detente_quantity::LogOdds;
use detente_reputation::Belief;

use crate::PerceptionError;

/// The question whose log-odds a diagnosis follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Contrast {
    /// One type, by its place, against all others together.
    AgainstRest(usize),
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
            Self::Between(first, second) if first >= types || first == second => {
                Err(refused(first))
            }
            Self::Between(_, second) if second >= types => Err(refused(second)),
            _ => Ok(()),
        }
    }
}
