use detente_quantity::Probability;

use super::{Ladder, backward::Stage};

/// One rung as it is climbed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClimbRung {
    /// The truster's belief, when it is offered, that the partner is trustworthy.
    pub trust: Probability,
    /// The chance that the truster takes it: 1 but where it is in two minds.
    pub taken: Probability,
    /// The chance that an untrustworthy partner honours it once it is taken.
    pub mimicry: Probability,
    /// The chance, as the truster sees it, that it is betrayed once it is taken.
    pub betrayal: Probability,
    /// What the truster loses if it is, in its payoff units.
    pub exposure: f64,
    /// The truster's belief once it has been honoured. If it is not honoured, the belief is 0 and the
    /// ladder ends there: the stop rule.
    pub trust_if_honoured: Probability,
}

/// Where a ladder stops because a rung is refused whatever happened before: the binding rung.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Refusal {
    /// The rung, from 1.
    pub rung: usize,
    /// The trust that is there when it is offered.
    pub trust: Probability,
    /// The trust that would have to be exceeded.
    pub needed: Probability,
}

/// How a ladder is climbed in equilibrium from a given trust, and what it is worth and risks.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Climb {
    /// The rungs that are climbed, from the first; none if that is refused.
    pub rungs: Vec<ClimbRung>,
    /// The rung at which it ends for want of trust, if it does not reach the top.
    pub refusal: Option<Refusal>,
    /// What the truster expects, discounted to the first rung.
    pub truster_value: f64,
    /// What an untrustworthy partner expects, discounted to the first rung.
    pub untrustworthy_value: f64,
}

impl Climb {
    /// The most that is exposed at any rung; 0 if none is climbed.
    #[must_use]
    pub fn largest_exposure(&self) -> f64 {
        let exposures = self.rungs.iter().map(|rung| rung.exposure);
        exposures.fold(0.0, f64::max)
    }

    /// What the truster must expect to lose by betrayal if the partner is untrustworthy, not
    /// discounted and before what honoured rungs have brought. Misplaced trust in a number.
    #[must_use]
    pub fn loss_if_untrustworthy(&self) -> f64 {
        let mut there = 1.0;
        let mut loss = 0.0;
        for rung in &self.rungs {
            there *= rung.taken.get();
            loss += there * rung.mimicry.complement().get() * rung.exposure;
            there *= rung.mimicry.get();
        }
        loss
    }

    /// The chance that a trustworthy partner is abandoned before the top: because the truster refuses a
    /// rung or, in two minds, does not take it, or because an honoured rung is mistaken for a
    /// betrayal, which happens at each with chance `misread`. The climb itself is that of a world
    /// without such mistakes.
    #[must_use]
    pub fn abandons_trustworthy(&self, misread: Probability) -> Probability {
        if self.refusal.is_some() {
            return Probability::ONE;
        }
        let understood = misread.complement().get();
        let kept = self.rungs.iter().map(|rung| rung.taken.get() * understood);
        Probability::saturating(1.0 - kept.product::<f64>())
    }
}

/// Follows the equilibrium from the first rung on.
pub(super) fn climb(ladder: &Ladder, trust: Probability) -> Climb {
    let first = ladder.stages.first().copied();
    let (rungs, refusal) = match first.and_then(|stage| stage.refusal(1, trust.get())) {
        Some(refusal) => (Vec::new(), Some(refusal)),
        None => follow(ladder, trust.get()),
    };
    Climb {
        truster_value: ladder.value_from(0, trust.get()),
        untrustworthy_value: untrustworthy_value(ladder, &rungs),
        rungs,
        refusal,
    }
}

/// The rungs from the first, which is taken whatever it is worth, to the top or to the first refused.
pub(super) fn follow(ladder: &Ladder, trust: f64) -> (Vec<ClimbRung>, Option<Refusal>) {
    let discount = ladder.patience.untrustworthy.get();
    let mut trust = trust;
    // What an untrustworthy partner left in two minds must expect from here on, to have been so.
    let mut owed: Option<f64> = None;
    let mut climbed = Vec::with_capacity(ladder.rungs.len());
    for (place, (rung, stage)) in ladder.rungs.iter().zip(&ladder.stages).enumerate() {
        let refusal = stage.refusal(place + 1, trust).filter(|_| 0 < place);
        let taken = match (refusal, owed) {
            (Some(_), None) => return (climbed, refusal),
            (Some(_), Some(owed)) => owed / rung.temptation,
            (None, _) => 1.0,
        };
        let honoured = stage.belief_if_honoured(trust);
        let pools = stage.pooling.is_some_and(|pooling| pooling <= trust);
        let mimicry = match stage.pooling {
            None => 0.0,
            Some(_) if pools => 1.0,
            Some(pooling) => odds(trust) / odds(pooling),
        };
        owed = if pools {
            owed.map(|value| (value - rung.reward) / discount)
        } else {
            stage
                .pooling
                .map(|_| (rung.temptation - rung.reward) / discount)
        };
        climbed.push(ClimbRung {
            trust: Probability::saturating(trust),
            taken: Probability::saturating(taken),
            mimicry: Probability::saturating(mimicry),
            betrayal: Probability::saturating((1.0 - trust) * (1.0 - mimicry)),
            exposure: rung.loss,
            trust_if_honoured: Probability::saturating(honoured),
        });
        trust = honoured;
    }
    (climbed, None)
}

fn odds(p: f64) -> f64 {
    p / (1.0 - p)
}

impl Stage {
    /// The refusal of this rung, counted from 1, at this trust, if it is refused.
    fn refusal(self, rung: usize, trust: f64) -> Option<Refusal> {
        let needed = self.threshold.filter(|_| self.refuses(trust))?;
        Some(Refusal {
            rung,
            trust: Probability::saturating(trust),
            needed: Probability::saturating(needed),
        })
    }
}

/// What an untrustworthy partner gets by doing what `climbed` says of it.
fn untrustworthy_value(ladder: &Ladder, climbed: &[ClimbRung]) -> f64 {
    let discount = ladder.patience.untrustworthy.get();
    // From the last rung climbed to the first: a climb may end below the top.
    let steps = climbed.iter().zip(&ladder.rungs).rev();
    steps.fold(0.0, |later, (step, rung)| {
        let mimicry = step.mimicry.get();
        let honouring = mimicry * (rung.reward + discount * later);
        step.taken.get() * (honouring + (1.0 - mimicry) * rung.temptation)
    })
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use detente_quantity::DiscountFactor;
    use proptest::prelude::*;

    use super::*;
    use crate::{Patience, Rung, strategies};

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    /// What the truster gets by climbing `rungs` rungs and then stopping.
    fn truster_by_stopping(ladder: &Ladder, climbed: &[ClimbRung], rungs: usize) -> f64 {
        let discount = ladder.patience.truster.get();
        let trustworthy = climbed[0].trust.get();
        let mut mimics = 1.0 - trustworthy;
        let (mut value, mut weight) = (0.0, 1.0);
        for (rung, step) in ladder.rungs().iter().zip(climbed).take(rungs) {
            let betrayed = mimics * step.mimicry.complement().get();
            mimics *= step.mimicry.get();
            value += weight * ((trustworthy + mimics) * rung.gain - betrayed * rung.loss);
            weight *= discount;
        }
        value
    }

    /// What an untrustworthy partner gets by honouring `honoured` rungs and betraying the next, if
    /// there is one.
    fn mimic_by_betraying(ladder: &Ladder, climbed: &[ClimbRung], honoured: usize) -> f64 {
        let discount = ladder.patience.untrustworthy.get();
        let (mut value, mut weight) = (0.0, 1.0);
        for (place, (rung, step)) in ladder.rungs().iter().zip(climbed).enumerate() {
            weight *= step.taken.get();
            if place == honoured {
                return value + weight * rung.temptation;
            }
            value += weight * rung.reward;
            weight *= discount;
        }
        value
    }

    /// Tries every pure strategy of both sides against the other's part of the climb.
    fn nobody_gains(
        ladder: &Ladder,
        climbed: &[ClimbRung],
        tolerance: f64,
    ) -> Result<(), TestCaseError> {
        let n = climbed.len();
        let stopping: Vec<f64> = (0..=n)
            .map(|it| truster_by_stopping(ladder, climbed, it))
            .collect();
        let best = stopping.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut reached = true;
        for (place, value) in stopping.iter().enumerate() {
            // A party in two minds must be indifferent; one that goes on for sure must want to.
            let stops_here = climbed
                .get(place)
                .is_none_or(|step| step.taken < Probability::ONE);
            if reached && stops_here {
                prop_assert!(
                    (value - best).abs() <= tolerance,
                    "stopping at {place}: {stopping:?} {climbed:?}"
                );
            }
            reached &= climbed
                .get(place)
                .is_none_or(|step| step.taken > Probability::ZERO);
        }
        let betraying: Vec<f64> = (0..=n)
            .map(|it| mimic_by_betraying(ladder, climbed, it))
            .collect();
        let best = betraying.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut reached = true;
        for (place, value) in betraying.iter().enumerate() {
            let betrays_here = climbed
                .get(place)
                .is_none_or(|step| step.mimicry < Probability::ONE);
            if reached && betrays_here {
                prop_assert!(
                    (value - best).abs() <= tolerance,
                    "betraying at {place}: {betraying:?} {climbed:?}"
                );
            }
            reached &= climbed.get(place).is_none_or(|step| {
                step.mimicry > Probability::ZERO && step.taken > Probability::ZERO
            });
        }
        Ok(())
    }

    #[test]
    fn the_ladder_of_four_mixes_as_derived() {
        let rung = Rung {
            gain: 1.0,
            loss: 2.0,
            reward: 1.0,
            temptation: 3.0,
        };
        let delta = DiscountFactor::new(0.9).unwrap();
        let patience = Patience {
            truster: delta,
            untrustworthy: delta,
        };
        let climb = Ladder::new(&[rung; 4], patience)
            .unwrap()
            .climb(chance(0.2));
        let taken: Vec<f64> = climb.rungs.iter().map(|it| it.taken.get()).collect();
        assert_eq!(taken[0], 1.0);
        for taken in &taken[1..] {
            assert_relative_eq!(*taken, 2.0 / 2.7, epsilon = 1e-12);
        }
        let after: Vec<f64> = climb
            .rungs
            .iter()
            .map(|it| it.trust_if_honoured.get())
            .collect();
        for (after, expected) in after.iter().zip([8.0 / 27.0, 4.0 / 9.0, 2.0 / 3.0, 1.0]) {
            assert_relative_eq!(*after, expected, epsilon = 1e-12);
        }
        assert_relative_eq!(climb.untrustworthy_value, 3.0, epsilon = 1e-12);
        assert_relative_eq!(
            climb.abandons_trustworthy(Probability::ZERO).get(),
            1.0 - (2.0_f64 / 2.7).powi(3),
            epsilon = 1e-12
        );
        assert_eq!(climb.largest_exposure(), 2.0);
    }

    #[test]
    fn certainty_is_a_limit() {
        let rung = Rung {
            gain: 1.0,
            loss: 2.0,
            reward: 1.0,
            temptation: 3.0,
        };
        let delta = DiscountFactor::new(0.9).unwrap();
        let patience = Patience {
            truster: delta,
            untrustworthy: delta,
        };
        let ladder = Ladder::new(&[rung; 3], patience).unwrap();
        let sure = ladder.climb(Probability::ONE);
        assert_relative_eq!(sure.truster_value, 1.0 + 0.9 + 0.81, epsilon = 1e-12);
        assert!(sure.rungs.iter().all(|it| it.betrayal == Probability::ZERO));
        assert!(ladder.climb(Probability::ZERO).refusal.is_some());
        let tame = Rung {
            temptation: 0.5,
            ..rung
        };
        let tame = Ladder::new(&[tame; 3], patience).unwrap();
        assert_eq!(tame.threshold(), None);
        assert_relative_eq!(
            tame.climb(Probability::ZERO).truster_value,
            2.71,
            epsilon = 1e-12
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn no_pure_strategy_beats_the_climb(
            ladder in strategies::ladder(6), trust in 0.001..0.999_f64,
        ) {
            let climb = ladder.climb(chance(trust));
            let total: f64 = ladder.rungs().iter().map(|it| it.gain + it.loss + it.temptation).sum();
            let tolerance = 1e-9 * (1.0 + total);
            if let Some(refusal) = climb.refusal {
                // Had it been taken all the same, going on would have been worth nothing.
                let rest = Ladder::new(&ladder.rungs()[refusal.rung - 1..], ladder.patience).unwrap();
                let (climbed, _) = follow(&rest, refusal.trust.get());
                for rungs in 1..=climbed.len() {
                    prop_assert!(truster_by_stopping(&rest, &climbed, rungs) <= tolerance);
                }
            }
            if !climb.rungs.is_empty() {
                nobody_gains(&ladder, &climb.rungs, tolerance)?;
                let n = climb.rungs.len();
                let best = (0..=n)
                    .map(|it| truster_by_stopping(&ladder, &climb.rungs, it))
                    .fold(f64::NEG_INFINITY, f64::max);
                prop_assert!((best - climb.truster_value).abs() <= tolerance);
                prop_assert!((ladder.mimic_value(trust) - climb.untrustworthy_value).abs() <= tolerance);
            }
        }

        #[test]
        fn beliefs_follow_bayes_and_never_fall(
            ladder in strategies::ladder(6), trust in 0.001..0.999_f64,
        ) {
            let climb = ladder.climb(chance(trust));
            for rung in &climb.rungs {
                let (p, m) = (rung.trust.get(), rung.mimicry.get());
                prop_assert!((rung.trust_if_honoured.get() - p / (p + (1.0 - p) * m)).abs() < 1e-9);
                prop_assert!(rung.trust <= rung.trust_if_honoured);
            }
            for pair in climb.rungs.windows(2) {
                prop_assert_eq!(pair[0].trust_if_honoured, pair[1].trust);
            }
        }

        #[test]
        fn a_common_scale_changes_no_trust(
            ladder in strategies::ladder(5), trust in 0.001..0.999_f64, power in -8..8_i32,
        ) {
            let scaled: Vec<Rung> = ladder.rungs().iter().map(|it| it.scaled(2.0_f64.powi(power))).collect();
            let scaled = Ladder::new(&scaled, ladder.patience).unwrap();
            prop_assert_eq!(scaled.threshold(), ladder.threshold());
            let trusts = |ladder: &Ladder| -> Vec<Probability> {
                ladder.climb(chance(trust)).rungs.iter().map(|it| it.trust_if_honoured).collect()
            };
            prop_assert_eq!(trusts(&scaled), trusts(&ladder));
        }
    }
}
