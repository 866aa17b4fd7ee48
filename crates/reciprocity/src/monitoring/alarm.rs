use detente_quantity::{DiscountFactor, Probability, QuantityError, Stakes};

use crate::{CriticalPatience, ReciprocityError, error::out_of_range};

/// A prisoner's dilemma, the same for both sides, in which nobody sees what the other does but both
/// see whether there is an alarm: with probability α (a false alarm) if both honour, with β if one
/// cheats.
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability, Stakes};
/// use detente_reciprocity::{CriticalPatience, monitoring::Alarm};
/// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
/// // Inspections that find nine of ten violations, and one where there is none in ten.
/// let alarm = Alarm::new(stakes, Probability::new(0.1)?, Probability::new(0.9)?)?;
/// let patient = DiscountFactor::new(0.9)?;
/// // False alarms cost (T − R)/(ℓ − 1) = 2/8 a period at best, much more if each ends everything.
/// let best = alarm.best_symmetric(patient);
/// assert!((best.payoff - 2.75).abs() < 1e-12);
/// let grim = alarm.grim(patient).ok_or("alarms are not feared enough")?;
/// assert!((grim - 39.0 / 19.0).abs() < 1e-12);
/// let CriticalPatience::AtLeast(least) = alarm.critical_patience() else { unreachable!() };
/// assert!((least.get() - 2.0 / 3.4).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Alarm {
    stakes: Stakes,
    false_alarm: Probability,
    detection: Probability,
}

/// The best equilibrium in which both always do the same.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SymmetricOptimum {
    /// What each gets per period.
    pub payoff: f64,
    /// Whether they ever honour.
    pub honours: bool,
    /// What each gets per period after an alarm, between P and `payoff`: a public coin that breaks off
    /// with chance (payoff − this)/(payoff − P) gives it.
    pub after_alarm: f64,
}

impl Alarm {
    /// A dilemma with an alarm of α `false_alarm` and β `detection`.
    ///
    /// # Errors
    /// [`OutOfRange`](QuantityError::OutOfRange) unless T > R > P > S, naming the temptation T − R,
    /// and unless β ≥ α: an alarm that is more likely if both honour says the opposite.
    pub fn new(
        stakes: Stakes,
        false_alarm: Probability,
        detection: Probability,
    ) -> Result<Self, ReciprocityError> {
        let [t, r, p, s] = [stakes.t(), stakes.r(), stakes.p(), stakes.s()];
        for (quantity, above, below) in [
            ("temptation T - R", t, r),
            ("gain from honouring together R - P", r, p),
            ("exposure P - S", p, s),
        ] {
            if above <= below {
                return Err(out_of_range(quantity, above - below, "a number above 0"));
            }
        }
        if detection < false_alarm {
            return Err(ReciprocityError::Quantity(QuantityError::OutOfRange {
                quantity: "detection",
                given: detection.get(),
                expected: "at least the chance of a false alarm",
            }));
        }
        Ok(Self {
            stakes,
            false_alarm,
            detection,
        })
    }

    /// The stakes.
    #[must_use]
    pub const fn stakes(&self) -> Stakes {
        self.stakes
    }

    /// α: the chance of an alarm if both honour.
    #[must_use]
    pub const fn false_alarm(&self) -> Probability {
        self.false_alarm
    }

    /// β: the chance of an alarm if one cheats.
    #[must_use]
    pub const fn detection(&self) -> Probability {
        self.detection
    }

    /// (T − R)/(R − P) and β − α: what decides, without units.
    fn terms(&self) -> (f64, f64) {
        let [t, r, p] = [self.stakes.t(), self.stakes.r(), self.stakes.p()].map(|it| it / 4.0);
        (
            (t - r) / (r - p),
            self.detection.get() - self.false_alarm.get(),
        )
    }

    /// From which patience on both can honour for some time, in any equilibrium in which both always
    /// do the same, and by [`grim`](Self::grim) as soon as by any:
    /// **δ ≥ (T − R)/\[(1 − α)(T − R) + (β − α)(R − P)\]** (claims S-10, S-11).
    ///
    /// Source: Abreu, Milgrom and Pearce (1991); the closed form is derived.
    #[must_use]
    pub fn critical_patience(&self) -> CriticalPatience {
        let (tempted, told_apart) = self.terms();
        let least = tempted / ((1.0 - self.false_alarm.get()) * tempted + told_apart);
        DiscountFactor::new(least).map_or(CriticalPatience::Never, CriticalPatience::AtLeast)
    }

    /// The best that both can get in an equilibrium in which both always do the same:
    /// **R − (T − R)/(ℓ − 1)**, ℓ = β/α, from the [critical patience](Self::critical_patience) on and P
    /// below it (claim S-10). More patience does not help: what is gained by fearing the future more
    /// is lost on false alarms.
    ///
    /// Source: Abreu, Milgrom and Pearce (1991), proposition 1; Green and Porter (1984).
    #[must_use]
    pub fn best_symmetric(&self, patience: DiscountFactor) -> SymmetricOptimum {
        let (tempted, told_apart) = self.terms();
        let (r, p, delta) = (self.stakes.r(), self.stakes.p(), patience.get());
        if !self.critical_patience().admits(patience) {
            return SymmetricOptimum {
                payoff: p,
                honours: false,
                after_alarm: p,
            };
        }
        // Shares of the way from P to R, so that no difference overflows.
        let lost = self.false_alarm.get() * tempted / told_apart;
        let fear = (1.0 - delta) * tempted / (delta * told_apart);
        let at = |share: f64| p * (1.0 - share) + r * share;
        SymmetricOptimum {
            payoff: at(1.0 - lost),
            honours: true,
            after_alarm: at((1.0 - lost - fear).max(0.0)),
        }
    }

    /// What both get who honour until the first alarm and cheat for ever after it:
    /// **V = \[(1 − δ)R + δαP\]/\[1 − δ(1 − α)\]**, an equilibrium iff
    /// **(1 − δ)(T − R) ≤ δ(β − α)(V − P)** (claim S-11); `None` if it is none.
    ///
    /// Source: derived; Green and Porter (1984) let punishment end.
    #[must_use]
    pub fn grim(&self, patience: DiscountFactor) -> Option<f64> {
        let (delta, alpha) = (patience.get(), self.false_alarm.get());
        let kept = (1.0 - delta) / ((1.0 - delta) + delta * alpha);
        let payoff = self.stakes.p() * (1.0 - kept) + self.stakes.r() * kept;
        self.critical_patience().admits(patience).then_some(payoff)
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;

    fn alarm(stakes: Stakes, alpha: f64, beta: f64) -> Alarm {
        let chance = |it| Probability::new(it).unwrap();
        Alarm::new(stakes, chance(alpha), chance(beta)).unwrap()
    }

    #[test]
    fn a_perfect_alarm_is_perfect_monitoring() {
        let stakes = Stakes::new(10.0, 9.0, 3.0, 1.0).unwrap();
        let seen = alarm(stakes, 0.0, 1.0);
        let CriticalPatience::AtLeast(least) = seen.critical_patience() else {
            panic!("no bound")
        };
        approx::assert_relative_eq!(least.get(), 1.0 / 7.0, max_relative = 1e-14);
        let best = seen.best_symmetric(DiscountFactor::new(0.5).unwrap());
        assert_eq!((best.payoff, best.honours), (9.0, true));
        // An alarm that says nothing sustains nothing.
        let idle = alarm(stakes, 0.5, 0.5);
        assert_eq!(idle.critical_patience(), CriticalPatience::Never);
        assert_eq!(idle.best_symmetric(DiscountFactor::MYOPIC).payoff, 3.0);
    }

    #[test]
    fn what_is_no_dilemma_or_no_alarm_is_refused() {
        let [low, high] = [0.1, 0.2].map(|it| Probability::new(it).unwrap());
        let chicken = Stakes::new(4.0, 3.0, 1.0, 2.0).unwrap();
        let error = Alarm::new(chicken, low, high).unwrap_err();
        assert_eq!(
            error.to_string(),
            "exposure P - S is -1; expected a number above 0"
        );
        let dilemma = Stakes::new(4.0, 3.0, 2.0, 1.0).unwrap();
        assert!(Alarm::new(dilemma, high, low).is_err());
    }

    proptest! {
        #[test]
        fn grim_is_sustained_where_no_deviation_pays(
            stakes in strategies::prisoners_dilemma(), chances in [0.0..=1.0_f64, 0.0..=1.0],
            delta in 0.01..0.99_f64,
        ) {
            let alarm = alarm(stakes, chances[0].min(chances[1]), chances[0].max(chances[1]));
            let patience = DiscountFactor::new(delta).unwrap();
            // The value of honouring until an alarm, by its recursion.
            let (alpha, beta) = (alarm.false_alarm.get(), alarm.detection.get());
            let mut value = stakes.r();
            for _ in 0..5000 {
                let after = (1.0 - alpha) * value + alpha * stakes.p();
                value = (1.0 - delta) * stakes.r() + delta * after;
            }
            let after = (1.0 - beta) * value + beta * stakes.p();
            let cheating = (1.0 - delta) * stakes.t() + delta * after;
            prop_assume!((value - cheating).abs() > 1e-9);
            let found = alarm.grim(patience);
            prop_assert_eq!(found.is_some(), value > cheating);
            if let Some(found) = found {
                prop_assert!((found - value).abs() < 1e-9);
                let best = alarm.best_symmetric(patience);
                prop_assert!(best.payoff >= found - 1e-9 && best.after_alarm >= stakes.p() - 1e-9);
            }
        }
    }
}
