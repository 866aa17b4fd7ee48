use detente_quantity::{DiscountFactor, Interval, Probability, Stakes};

use crate::{
    ReassuranceError,
    error::{ordered, positive},
};

/// Starting small with both sides exposed at once: a prisoner's dilemma for ever between two parties
/// who are each patient or impatient, at level `α₀` in the first period and in full from then on.
/// Impatient parties betray at once, patient ones cooperate until betrayed.
///
/// Two-sided exposure resolves what a one-sided test does not: such a level exists for *every*
/// trust above 0, however small (claim C-33, derived; after Watson 2002, *Games and Economic
/// Behavior*).
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability, Stakes};
/// use detente_reassurance::StartingSmall;
///
/// let stakes = Stakes::new(3.0, 2.0, 0.0, -1.0)?;
/// let game = StartingSmall::new(&stakes, DiscountFactor::new(0.6)?, DiscountFactor::new(0.3)?)?;
/// let plan = game.plan(Probability::new(0.05)?).unwrap();
/// assert!((plan.levels.low() - 0.045).abs() < 1e-12);
/// assert!((plan.value - 0.11175).abs() < 1e-12);
/// assert!((plan.value_in_full - -0.7).abs() < 1e-12); // what starting big would have cost
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StartingSmall {
    temptation: f64,
    reward: f64,
    loss: f64,
    patient: DiscountFactor,
    impatient: DiscountFactor,
}

/// How two parties start small at a given trust in each other.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TwoSided {
    /// The first levels that tell the two types apart: from the lowest, `α₀`, at which the impatient
    /// betray at once instead of waiting for more, to the highest, no more than 1, at which the
    /// patient still cooperate. Ends included.
    pub levels: Interval,
    /// What a patient party expects at the lowest level, discounted to the first period.
    pub value: f64,
    /// What an impatient one does: it betrays those who trust it.
    pub impatient_value: f64,
    /// What a patient party would expect of cooperating in full from the start.
    pub value_in_full: f64,
    /// The trust above which that would be worth anything, `(1 − δ)S/(R + (1 − δ)S)`.
    pub threshold_in_full: Probability,
    /// What is lost at the lowest level if the other betrays it.
    pub exposure: f64,
    /// The chance of that: that the other is impatient.
    pub betrayal: Probability,
}

impl StartingSmall {
    /// What it is made from: temptation, reward and loss over nonagreement, and both patiences.
    #[cfg(feature = "serde")]
    pub(crate) const fn parts(&self) -> ((f64, f64, f64), DiscountFactor, DiscountFactor) {
        let stakes = (self.temptation, self.reward, self.loss);
        (stakes, self.patient, self.impatient)
    }

    /// From the stakes of one period in full, alike for both, and the patience of the two types.
    ///
    /// # Errors
    /// [`ReassuranceError::Order`] unless `T > R` and `δ_L < 1 − R/T ≤ δ_H` with payoffs over `P`: only
    /// the patient would keep an agreement in full; [`ReassuranceError::OutOfRange`] unless
    /// `R > P > S`.
    pub fn new(
        stakes: &Stakes,
        patient: DiscountFactor,
        impatient: DiscountFactor,
    ) -> Result<Self, ReassuranceError> {
        let reward = positive("reward over nonagreement", stakes.gain())?;
        let temptation = positive("temptation over nonagreement", stakes.t() - stakes.p())?;
        let loss = positive("loss when betrayed", stakes.exposure())?;
        ordered(("reward", stakes.r()), ("temptation", stakes.t()))?;
        let grim = 1.0 - reward / temptation;
        ordered(
            ("patience of the impatient", impatient.get()),
            ("the patience that honours", grim),
        )?;
        if patient.get() < grim {
            return Err(ReassuranceError::OutOfRange {
                quantity: "patience of the patient",
                given: patient.get(),
                expected: "at least 1 - R/T, so that it keeps an agreement in full",
            });
        }
        Ok(Self {
            temptation,
            reward,
            loss,
            patient,
            impatient,
        })
    }

    /// How to start with this trust that the other is patient: `α₀ = pδ_L T/[p(T − R) + (1 − p)S]`, and
    /// the highest level by the same with `δ_H R/(1 − δ_H)` in place of `δ_L T`. `None` without any
    /// trust, `p = 0`.
    #[must_use]
    pub fn plan(&self, trust: Probability) -> Option<TwoSided> {
        let (p, doubt) = (trust.get(), trust.complement().get());
        if p <= 0.0 {
            return None;
        }
        let horizon = self.patient.horizon();
        let (later, spoils) = (
            self.patient.get() * horizon * self.reward,
            self.impatient.get() * self.temptation,
        );
        // What betraying now is worth over cooperating now, at a level of 1.
        let urge = p * (self.temptation - self.reward) + doubt * self.loss;
        let lowest = (p * (spoils / urge)).min(1.0);
        let highest = (p * (later / urge)).clamp(lowest, 1.0);
        let first = p * self.reward - doubt * self.loss;
        Some(TwoSided {
            levels: Interval::new(lowest, highest).ok()?,
            value: lowest * first + p * later,
            impatient_value: lowest * p * self.temptation,
            value_in_full: first + p * later,
            threshold_in_full: Probability::saturating(
                1.0 / (1.0 + horizon * (self.reward / self.loss)),
            ),
            exposure: lowest * self.loss,
            betrayal: trust.complement(),
        })
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    /// What a party with this patience expects that betrays in period `when` (from 0), against one that
    /// cooperates until betrayed with chance `p` and otherwise betrays at once.
    fn betraying(game: &StartingSmall, first: f64, p: f64, delta: f64, when: i32) -> f64 {
        let level = |period: i32| if period == 0 { first } else { 1.0 };
        let cooperating =
            (0..when).map(|period| delta.powi(period) * level(period) * p * game.reward);
        let spoils = delta.powi(when) * level(when) * p * game.temptation;
        let suckered = if when > 0 {
            (1.0 - p) * first * game.loss
        } else {
            0.0
        };
        cooperating.sum::<f64>() + spoils - suckered
    }

    fn cooperating(game: &StartingSmall, first: f64, p: f64, delta: f64) -> f64 {
        first * (p * game.reward - (1.0 - p) * game.loss) + delta / (1.0 - delta) * p * game.reward
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn each_type_does_as_planned_at_every_trust(
            game in strategies::starting_small(), p in 1e-6..=1.0_f64, at in 0.0..=1.0_f64,
        ) {
            let plan = game.plan(Probability::new(p).unwrap()).unwrap();
            let first = plan.levels.low() + at * plan.levels.width();
            let scale = 1e-9 * (1.0 + game.temptation + game.loss) * game.patient.horizon();
            let (high, low) = (game.patient.get(), game.impatient.get());
            let at_once = betraying(&game, first, p, low, 0);
            for when in 1..40 {
                prop_assert!(betraying(&game, first, p, low, when) <= at_once + scale);
            }
            prop_assert!(cooperating(&game, first, p, low) <= at_once + scale);
            let stays = cooperating(&game, first, p, high);
            for when in 0..40 {
                prop_assert!(betraying(&game, first, p, high, when) <= stays + scale);
            }
            prop_assert!(plan.value > 0.0 || p * plan.levels.low() < 1e-300);
            prop_assert!((cooperating(&game, plan.levels.low(), p, high) - plan.value).abs() <= scale);
            prop_assert!((cooperating(&game, 1.0, p, high) - plan.value_in_full).abs() <= scale);
        }

        #[test]
        fn below_the_lowest_level_the_impatient_wait(
            game in strategies::starting_small(), p in 0.01..=1.0_f64, share in 0.1..0.9_f64,
        ) {
            prop_assume!(game.impatient.get() > 0.01);
            let lowest = game.plan(Probability::new(p).unwrap()).unwrap().levels.low();
            let (first, low) = (share * lowest, game.impatient.get());
            prop_assert!(betraying(&game, first, p, low, 1) > betraying(&game, first, p, low, 0));
        }
    }

    #[test]
    fn the_worked_example_comes_out() {
        let stakes = Stakes::new(3.0, 2.0, 0.0, -1.0).unwrap();
        let delta = |value| DiscountFactor::new(value).unwrap();
        let game = StartingSmall::new(&stakes, delta(0.6), delta(0.3)).unwrap();
        let plan = game.plan(Probability::new(0.05).unwrap()).unwrap();
        assert_relative_eq!(plan.threshold_in_full.get(), 1.0 / 6.0, epsilon = 1e-12);
        assert_relative_eq!(plan.exposure, 0.045, epsilon = 1e-12);
        assert_relative_eq!(plan.impatient_value, 0.045 * 0.15, epsilon = 1e-12);
        assert_eq!(game.plan(Probability::ZERO), None);
        assert!(StartingSmall::new(&stakes, delta(0.3), delta(0.2)).is_err());
        assert!(StartingSmall::new(&stakes, delta(0.6), delta(0.4)).is_err());
    }
}
