use detente_quantity::Probability;

use crate::Belief;

macro_rules! stage {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub struct $name(Belief);

        impl $name {
            pub(crate) const fn new(belief: Belief) -> Self {
                Self(belief)
            }

            /// The belief itself, which no longer says when it was held.
            #[must_use]
            pub const fn belief(&self) -> &Belief {
                &self.0
            }

            /// The belief itself, without a copy.
            #[must_use]
            pub fn into_belief(self) -> Belief {
                self.0
            }

            /// The probability of type `position`; 0 if there is no such type. O(types).
            #[must_use]
            pub fn probability(&self, position: usize) -> Probability {
                self.0.probability(position)
            }
        }
    };
}

stage! {
    /// What was to be expected before the acts of a reading: `P(type on the day | earlier acts)`.
    Predicted
}

stage! {
    /// What could be known then: `P(type on the day | acts up to and with the reading)`.
    Filtered
}

stage! {
    /// What hindsight knows: `P(type on the day | all acts, later ones too)`. Never to be laid to
    /// the charge of someone who decided on the day.
    Smoothed
}
