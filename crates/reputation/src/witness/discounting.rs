use detente_quantity::Probability;

use super::Opinion;

/// How an opinion weakens when it comes from a witness: the forms differ, and a result without the
/// name of its form cannot be reproduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Discounting {
    /// By the belief in the witness alone: `b = b_w·b`, `d = b_w·d` (Jøsang 2002, where it is said
    /// to favour uncertainty). A witness of whom nothing is known is worth nothing.
    Belief,
    /// By the probability that the witness is right: `b = P_w·b`, `d = P_w·d` with
    /// `P_w = b_w + a_w·u_w` (Jøsang 2016). A witness of whom nothing is known is worth its base
    /// rate.
    ProjectedProbability,
}

impl Opinion {
    /// What this opinion is worth to someone whose opinion of the witness is `witness`, under a
    /// named form. What the form does not carry over becomes uncertain; the base rate stays. Under
    /// either form a known liar is worth no more than silence; a reputation
    /// [inferred from](crate::BetaReputation::as_inferred_from) a liar's reports is worth more.
    ///
    /// ```
    /// use detente_reputation::{BetaReputation, Discounting, Opinion};
    ///
    /// let witness = Opinion::of(&BetaReputation::from_counts(10.0, 0.0)?);
    /// let report = Opinion::of(&BetaReputation::from_counts(7.0, 1.0)?);
    /// let by_belief = report.discounted(&witness, Discounting::Belief);
    /// assert!((by_belief.projected().get() - 0.75).abs() < 1e-15);
    /// let by_chance = report.discounted(&witness, Discounting::ProjectedProbability);
    /// assert!((by_chance.projected().get() - 0.775).abs() < 1e-15);
    /// # Ok::<(), detente_reputation::ReputationError>(())
    /// ```
    #[must_use]
    pub fn discounted(&self, witness: &Self, form: Discounting) -> Self {
        let share = match form {
            Discounting::Belief => Probability::saturating(witness.belief()),
            Discounting::ProjectedProbability => witness.projected(),
        };
        let (belief, disbelief) = (self.belief(), self.disbelief());
        Self::of_parts(
            share.get() * belief,
            share.get() * disbelief,
            self.base_rate(),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{BetaReputation, strategies};

    #[test]
    fn strangers_and_liars() {
        let report = Opinion::of(&BetaReputation::from_counts(7.0, 1.0).unwrap());
        let stranger = Opinion::of(&BetaReputation::UNKNOWN);
        let liar = Opinion::of(&BetaReputation::from_counts(0.0, 1e15).unwrap());
        let by_belief = report.discounted(&stranger, Discounting::Belief);
        assert_eq!(by_belief.uncertainty(), 1.0);
        let by_chance = report.discounted(&stranger, Discounting::ProjectedProbability);
        assert_eq!(by_chance.belief(), 0.35);
        for form in [Discounting::Belief, Discounting::ProjectedProbability] {
            let silence = report.discounted(&liar, form).uncertainty();
            assert!(silence > 1.0 - 1e-14, "{silence}");
        }
    }

    proptest! {
        #[test]
        fn the_form_of_belief_is_beta_discounting(
            witness in strategies::beta_reputation(), report in strategies::beta_reputation(),
        ) {
            let opinion = Opinion::of(&report).discounted(&Opinion::of(&witness), Discounting::Belief);
            let counts = report.as_reported_by(&witness);
            prop_assert!((opinion.projected().get() - counts.mean().get()).abs() < 1e-12);
        }
    }
}
