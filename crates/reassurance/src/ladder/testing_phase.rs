use detente_quantity::{DiscountFactor, Probability, Stakes};

use crate::{
    ReassuranceError,
    error::{ordered, positive},
};

/// A world of strangers who may leave at any time and start anew with another, none the wiser: some are
/// myopic and betray whoever they meet. New partners do business at a low level for one period, the
/// testing phase, and in full from then on (after Ghosh and Ray 1996, *Review of Economic Studies*;
/// claim C-34; a version with one testing period and payoffs linear in the level, derived here).
///
/// Cooperation lasts only if starting anew is costly. *Myopic types make it so*: without them new
/// partners would begin as high as they can afford, at `δR/(T − R + δR)`, leaving would cost less than a last betrayal
/// brings, and everybody would cheat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TestingPhase {
    temptation: f64,
    reward: f64,
    loss: f64,
    patience: DiscountFactor,
}

/// What new partners do and what it is worth at a given share of myopic types.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TestingTerms {
    /// The level of the testing period, from 0 to 1: the best for both among those at which patient
    /// types cooperate.
    pub level: f64,
    /// What a patient type expects of an old partner, `R/(1 − δ)`.
    pub established_value: f64,
    /// What it expects of a stranger.
    pub newcomer_value: f64,
    /// What leaving costs beyond the gain of a last betrayal: `δ(V − N) − (T − R)`.
    pub margin: f64,
    /// Whether patient types cooperate for good: a margin of 0 or more.
    pub sustained: bool,
    /// What is lost to a myopic partner in the testing period.
    pub exposure: f64,
}

impl TestingPhase {
    /// What it is made from: temptation, reward and loss over nonagreement, and patience.
    #[cfg(feature = "serde")]
    pub(crate) const fn parts(&self) -> ((f64, f64, f64), DiscountFactor) {
        ((self.temptation, self.reward, self.loss), self.patience)
    }

    /// From the stakes of a period in full, alike for all, and the patience of those who are not
    /// myopic.
    ///
    /// # Errors
    /// [`ReassuranceError::OutOfRange`] or [`ReassuranceError::Order`] unless the stakes are those of a
    /// prisoner's dilemma, `T > R > P > S`.
    pub fn new(stakes: &Stakes, patience: DiscountFactor) -> Result<Self, ReassuranceError> {
        ordered(("reward", stakes.r()), ("temptation", stakes.t()))?;
        Ok(Self {
            temptation: positive("temptation over nonagreement", stakes.t() - stakes.p())?,
            reward: positive("reward over nonagreement", stakes.gain())?,
            loss: positive("loss when betrayed", stakes.exposure())?,
            patience,
        })
    }

    /// The terms on which strangers begin if this share of them is myopic.
    ///
    /// At level `α` a newcomer expects `N = [(1 − π)(αR + δV) − παS]/(1 − πδ)` and cooperates iff
    /// `α[(1 − π)(T − R) + πS] ≤ (1 − π)δ(V − N)`. The level is the highest such, or 0 where most
    /// strangers would exploit it, `(1 − π)R ≤ πS`: the myopic betray any level, so the smallest
    /// tells.
    ///
    /// ```
    /// use detente_quantity::{DiscountFactor, Probability, Stakes};
    /// use detente_reassurance::TestingPhase;
    /// let world = TestingPhase::new(&Stakes::new(3.0, 2.0, 0.0, -1.0)?, DiscountFactor::new(0.6)?)?;
    /// assert!(!world.terms(Probability::ZERO).sustained);
    /// assert!(world.terms(Probability::new(0.5)?).sustained);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn terms(&self, myopic: Probability) -> TestingTerms {
        let (pi, rest) = (myopic.get(), myopic.complement().get());
        let delta = self.patience.get();
        let worth = rest * self.reward - pi * self.loss;
        let level = if worth > 0.0 {
            self.highest_level(pi, rest)
        } else {
            0.0
        };
        let established = self.reward * self.patience.horizon();
        let newcomer = (rest * delta * established + level * worth) / (1.0 - pi * delta);
        // V − N without cancellation where both are large.
        let cost_of_leaving = (self.reward - level * worth) / (1.0 - pi * delta);
        let margin = delta * cost_of_leaving - (self.temptation - self.reward);
        TestingTerms {
            level,
            established_value: established,
            newcomer_value: newcomer,
            margin,
            sustained: margin >= 0.0,
            exposure: level * self.loss,
        }
    }

    /// The root of the newcomers' incentive, linear in the level, or 1 if they cooperate in full.
    fn highest_level(&self, pi: f64, rest: f64) -> f64 {
        let delta = self.patience.get();
        let urge = rest * (self.temptation - self.reward) + pi * self.loss;
        let worth = rest * self.reward - pi * self.loss;
        let now = (1.0 - pi * delta) * urge + rest * delta * worth;
        (rest * delta * self.reward / now).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;

    fn world() -> impl Strategy<Value = TestingPhase> {
        (
            detente_quantity::strategies::prisoners_dilemma(),
            0.01..0.99_f64,
        )
            .prop_filter_map("a world", |(stakes, delta)| {
                TestingPhase::new(&stakes, DiscountFactor::new(delta).ok()?).ok()
            })
    }

    /// What a patient newcomer expects at this level, by iterating over strangers met.
    fn newcomer_by_iteration(world: &TestingPhase, level: f64, pi: f64) -> f64 {
        let (delta, v) = (
            world.patience.get(),
            world.reward * world.patience.horizon(),
        );
        (0..5000).fold(0.0, |newcomer, _| {
            (1.0 - pi) * (level * world.reward + delta * v)
                + pi * (-level * world.loss + delta * newcomer)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn the_terms_solve_their_recursion(world in world(), pi in 0.0..=1.0_f64) {
            let terms = world.terms(Probability::new(pi).unwrap());
            let delta = world.patience.get();
            let newcomer = newcomer_by_iteration(&world, terms.level, pi);
            let scale = 1e-9 * (1.0 + terms.established_value + world.loss + world.temptation);
            prop_assert!((terms.newcomer_value - newcomer).abs() < scale);
            let leaving = terms.established_value - terms.newcomer_value;
            prop_assert!((delta * leaving - (world.temptation - world.reward) - terms.margin).abs() < scale);
            // Cooperating in the testing period is at least as good as betraying in it.
            let betray = (1.0 - pi) * terms.level * world.temptation + delta * terms.newcomer_value;
            prop_assert!(terms.newcomer_value >= betray - scale);
        }

        #[test]
        fn a_higher_level_would_tempt_or_cost(world in world(), pi in 0.0..0.99_f64, more in 1e-3..0.1_f64) {
            let terms = world.terms(Probability::new(pi).unwrap());
            let delta = world.patience.get();
            let level = terms.level + more;
            prop_assume!(level <= 1.0);
            let newcomer = newcomer_by_iteration(&world, level, pi);
            let betray = (1.0 - pi) * level * world.temptation + delta * newcomer;
            prop_assert!(newcomer < betray + 1e-9 || newcomer <= terms.newcomer_value + 1e-9);
        }

        #[test]
        fn nobody_keeps_faith_where_nobody_is_myopic(world in world()) {
            prop_assert!(!world.terms(Probability::ZERO).sustained);
        }
    }

    #[test]
    fn the_worked_world_comes_out() {
        let stakes = Stakes::new(3.0, 2.0, 0.0, -1.0).unwrap();
        let world = TestingPhase::new(&stakes, DiscountFactor::new(0.6).unwrap()).unwrap();
        // Without myopic types: α = δR/(T − R + δR).
        assert_relative_eq!(
            world.terms(Probability::ZERO).level,
            1.2 / 2.2,
            epsilon = 1e-12
        );
        // With half of them: (1 − π)δR / [(1 − πδ)K + (1 − π)δ(½R − ½S)] = .6 / (.7 + .15).
        let half = world.terms(Probability::HALF);
        assert_relative_eq!(half.level, 0.6 / 0.85, epsilon = 1e-12);
        assert!(half.sustained);
        assert_eq!(world.terms(Probability::ONE).level, 0.0);
    }
}
