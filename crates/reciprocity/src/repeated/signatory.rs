use detente_quantity::{DiscountFactor, Probability, Stakes};

use crate::{
    CriticalPatience, critical_patience, honour::Motives, honour_margin, honours,
    search::first_pass,
};

/// One party, of one type, to an agreement: what is at stake for it, how patient it is, and how
/// its own cheating is seen and answered.
///
/// Cheating is detected with probability m a period and answered by nonagreement for ever, `delay`
/// periods later than the next: with a delay of 0 in the period after its detection (claim M-02).
/// The answer is taken at its word, whether or not
/// [all would carry it out](Self::carries_out_the_answer).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Signatory {
    /// Its four payoffs.
    pub stakes: Stakes,
    /// δ, its patience.
    pub patience: DiscountFactor,
    /// m, the chance a period that its cheating is detected.
    pub detection: Probability,
    /// L, how many periods longer than one the answer to detected cheating takes.
    pub delay: u32,
}

/// What one party, of one type, makes of an agreement.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Judgement {
    /// Whether it honours.
    pub honours: bool,
    /// By how much honouring beats cheating, in its payoff units: [`Signatory::margin`].
    pub margin: f64,
    /// The discount factors at which it honours.
    pub critical_patience: CriticalPatience,
    /// How far its own discount factor is from turning its answer, negative where it cheats:
    /// [`Signatory::patience_margin`].
    pub patience_margin: Option<f64>,
    /// The least chance of detection at which it would honour, if there is one.
    pub least_detection: Option<Probability>,
    /// Whether it would carry out the answer to another's cheating:
    /// [`Signatory::carries_out_the_answer`].
    pub carries_out_the_answer: bool,
}

impl Signatory {
    /// A party whose cheating is always seen and answered in the next period.
    #[must_use]
    pub const fn new(stakes: Stakes, patience: DiscountFactor) -> Self {
        Self {
            stakes,
            patience,
            detection: Probability::ONE,
            delay: 0,
        }
    }

    /// Whether it honours: whether honouring for ever is worth at least cheating until that is
    /// answered,
    ///
    /// **(T − R)[(1 − δ) + δm(1 − δᴸ)] ≤ δᴸ⁺¹ m (R − P)**,
    ///
    /// which at L = 0 is [`honours`]. (Honouring and cheating pay the same from the answer on but
    /// for R − P; until then cheating gains T − R in each of the first L + 1 periods, and after
    /// them with chance (1 − m)ˢ in the s-th.) O(1).
    ///
    /// ```
    /// use detente_quantity::{DiscountFactor, Stakes};
    /// use detente_reciprocity::repeated::Signatory;
    /// let stakes = Stakes::new(10.0, 9.0, 3.0, 1.0)?;
    /// let prompt = Signatory::new(stakes, DiscountFactor::new(0.3)?);
    /// assert!(prompt.honours());
    /// // Answered one period later, 1/7 is asked of δ², not of δ.
    /// let late = Signatory { delay: 1, ..prompt };
    /// assert!(!late.honours());
    /// assert!(late.critical_patience().admits(DiscountFactor::new(0.378)?));
    /// # Ok::<(), detente_quantity::QuantityError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn honours(&self) -> bool {
        if self.delay == 0 {
            return honours(&self.stakes, self.detection, self.patience);
        }
        self.sustains(self.detection.get(), self.patience.get())
    }

    /// δᴸ⁺¹ m (R − P) − (T − R)[(1 − δ) + δm(1 − δᴸ)], in payoff units: by how much honouring beats
    /// cheating until answered, weighed as [`honour_margin`] weighs it, which it is at L = 0.
    #[inline]
    #[must_use]
    pub fn margin(&self) -> f64 {
        if self.delay == 0 {
            return honour_margin(&self.stakes, self.detection, self.patience);
        }
        let (gained, lost) = self.weights(self.detection.get(), self.patience.get());
        lost * self.stakes.gain() - gained * self.stakes.temptation()
    }

    /// The discount factors at which it would honour; [`critical_patience`] at L = 0, else the
    /// first (or last) `f64` at which [`honours`](Self::honours) holds.
    #[must_use]
    pub fn critical_patience(&self) -> CriticalPatience {
        let without_delay = critical_patience(&self.stakes, self.detection);
        let m = self.detection.get();
        let honours = |delta: f64| self.sustains(m, delta);
        // A delay moves the bound; whether there is one it leaves as it was.
        match without_delay {
            _ if self.delay == 0 => without_delay,
            CriticalPatience::AtLeast(least) => first_pass(least.get(), honours)
                .and_then(|delta| DiscountFactor::new(delta).ok())
                .map_or(CriticalPatience::Never, CriticalPatience::AtLeast),
            CriticalPatience::AtMost(most) => first_pass(most.get(), |delta| !honours(delta))
                .and_then(|delta| DiscountFactor::new(delta.next_down()).ok())
                .map_or(CriticalPatience::Always, CriticalPatience::AtMost),
            CriticalPatience::Always | CriticalPatience::Never => without_delay,
        }
    }

    /// How far δ may fall (or, where patience is what makes it cheat, rise) before it cheats; how
    /// far it must change before it honours, as a negative number; `None` where it honours at any
    /// patience. Where none would do, δ − 1. Unchanged by any rescaling of payoffs, so that parties
    /// can be compared.
    #[must_use]
    pub fn patience_margin(&self) -> Option<f64> {
        let delta = self.patience.get();
        match self.critical_patience() {
            CriticalPatience::Always => None,
            CriticalPatience::AtLeast(least) => Some(delta - least.get()),
            CriticalPatience::AtMost(most) => Some(most.get() - delta),
            CriticalPatience::Never => Some(delta - 1.0),
        }
    }

    /// The least chance of detection at which it would honour, all else the same: the first `f64`
    /// at which [`honours`](Self::honours) holds; with T > R and L = 0 that is
    /// (1 − δ)(T − R)/(δ(R − P)). `None` where not even certain detection would do.
    #[must_use]
    pub fn least_detection(&self) -> Option<Probability> {
        let at = |m: f64| {
            let detection = Probability::saturating(m);
            Self { detection, ..*self }.honours()
        };
        if at(0.0) {
            return Some(Probability::ZERO);
        }
        if !at(1.0) {
            return None;
        }
        let (delta, motives) = (self.patience.get(), Motives::of(&self.stakes));
        let guess = (1.0 - delta) * motives.temptation / (delta * motives.gain);
        let least = first_pass(guess, at).unwrap_or(1.0);
        Some(Probability::saturating(least))
    }

    /// Whether it would carry out its part of the answer: whether nonagreement is no worse for it
    /// than honouring while the other cheats, P ≥ S. Where every party would, nonagreement for ever
    /// is an equilibrium, and so a threat to be believed (Friedman 1971). Where one would not, as in
    /// chicken, [`honours`](Self::honours) takes the threat on trust: which patience punishments
    /// that all would carry out ask for is [`critical_deltas`](super::critical_deltas)' to say.
    ///
    /// ```
    /// use detente_quantity::{DiscountFactor, Stakes};
    /// use detente_reciprocity::repeated::Signatory;
    /// let patience = DiscountFactor::new(0.3)?;
    /// let chicken = Signatory::new(Stakes::new(4.0, 3.0, 0.0, 1.0)?, patience);
    /// // At its word the threat would do, from (4 − 3)/(4 − 0) on; nobody would carry it out.
    /// assert!(chicken.honours() && !chicken.carries_out_the_answer());
    /// # Ok::<(), detente_quantity::QuantityError>(())
    /// ```
    #[must_use]
    pub fn carries_out_the_answer(&self) -> bool {
        self.stakes.p() >= self.stakes.s()
    }

    /// Everything above at once.
    #[must_use]
    pub fn judgement(&self) -> Judgement {
        Judgement {
            honours: self.honours(),
            margin: self.margin(),
            critical_patience: self.critical_patience(),
            patience_margin: self.patience_margin(),
            least_detection: self.least_detection(),
            carries_out_the_answer: self.carries_out_the_answer(),
        }
    }

    /// The weights of T − R and of R − P in the comparison of honouring with cheating.
    fn weights(&self, m: f64, delta: f64) -> (f64, f64) {
        let late = delta.powf(f64::from(self.delay));
        let gained = (1.0 - delta) + delta * m * (1.0 - late);
        (gained, late * delta * m)
    }

    /// The rule for any delay, with signs decided first so that nothing that underflows can pass
    /// for an equality.
    fn sustains(&self, m: f64, delta: f64) -> bool {
        let motives = Motives::of(&self.stakes);
        let (gained, lost) = self.weights(m, delta);
        let (now, later) = (gained * motives.temptation, lost * motives.gain);
        match (motives.temptation > 0.0, motives.gain < 0.0) {
            (false, false) => true,
            (true, false) => later > 0.0 && now <= later,
            (true, true) => false,
            (false, true) => later >= 0.0 || (motives.temptation < 0.0 && now <= later),
        }
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;
    use crate::{Conduct, ImplementationGame, Profile};

    fn signatory(t: f64, r: f64, p: f64, (delta, m, delay): (f64, f64, u32)) -> Signatory {
        Signatory {
            stakes: Stakes::new(t, r, p, 0.0).unwrap(),
            patience: DiscountFactor::new(delta).unwrap(),
            detection: Probability::new(m).unwrap(),
            delay,
        }
    }

    /// The value of cheating until answered, period by period: T while no detection is older than
    /// the delay, P from then on.
    fn tally(it: &Signatory) -> f64 {
        let (m, delta, delay) = (it.detection.get(), it.patience.get(), it.delay as usize);
        let (mut value, mut weight) = (0.0, 1.0);
        for period in 0..3000_usize {
            // Answered in this period if detected in one of the first `period − delay` periods.
            let chances = i32::try_from(period.saturating_sub(delay)).unwrap();
            let unanswered = (1.0 - m).powi(chances);
            value += weight * (unanswered * it.stakes.t() + (1.0 - unanswered) * it.stakes.p());
            weight *= delta;
        }
        value
    }

    #[test]
    fn delay_asks_for_a_power_of_the_bound() {
        // With certain detection δᴸ⁺¹ ≥ (T − R)/(T − P).
        for delay in 0..5 {
            let it = signatory(10.0, 9.0, 3.0, (0.5, 1.0, delay));
            let CriticalPatience::AtLeast(least) = it.critical_patience() else {
                panic!("no bound");
            };
            let expected = (1.0_f64 / 7.0).powf(1.0 / f64::from(delay + 1));
            approx::assert_relative_eq!(least.get(), expected, max_relative = 1e-14);
        }
    }

    #[test]
    fn detection_that_is_just_enough_is_enough() {
        // (1 − δ)(T − R) = δm(R − P) at m = 1/4.
        let it = signatory(3.0, 2.0, -2.0, (0.5, 1.0, 0));
        assert_eq!(it.least_detection().unwrap().get(), 0.25);
        assert_eq!(
            signatory(3.0, 2.0, -2.0, (0.0, 1.0, 0)).least_detection(),
            None
        );
        assert_eq!(
            signatory(1.0, 2.0, 0.0, (0.0, 1.0, 0)).least_detection(),
            Some(Probability::ZERO)
        );
        let certain = signatory(3.0, 2.0, 1.0, (0.5, 0.0, 0)).least_detection();
        assert_eq!(certain, Some(Probability::ONE));
    }

    #[test]
    fn the_longest_delays_are_never_waited_for() {
        let it = signatory(3.0, 2.0, -2.0, (0.999, 1.0, u32::MAX));
        assert!(!it.honours());
        assert_eq!(it.least_detection(), None);
        let CriticalPatience::AtLeast(least) = it.critical_patience() else {
            panic!("no bound");
        };
        assert!(least.get() > 1.0 - 1e-8);
        let vast = signatory(f64::MAX, 0.0, -f64::MAX, (0.9, 1.0, 2));
        assert!(vast.honours());
    }

    proptest! {
        #[test]
        fn the_answer_is_an_equilibrium_where_all_would_carry_it_out(
            row in strategies::stakes(), column in strategies::stakes(),
        ) {
            let game = ImplementationGame::new(row, column);
            let both_cheat = Profile::new(Conduct::Cheat, Conduct::Cheat);
            let would = |stakes| {
                Signatory::new(stakes, DiscountFactor::new(0.5).unwrap()).carries_out_the_answer()
            };
            prop_assert_eq!(would(row) && would(column), game.is_equilibrium(both_cheat));
        }

        #[test]
        fn the_rule_is_that_of_counting_periods(
            stakes in strategies::stakes(), m in 0.0..=1.0_f64, delta in 0.0..0.98_f64,
            delay in 0..6_u32,
        ) {
            let it = Signatory {
                stakes,
                patience: DiscountFactor::new(delta).unwrap(),
                detection: Probability::new(m).unwrap(),
                delay,
            };
            let advantage = stakes.r() / (1.0 - delta) - tally(&it);
            prop_assume!(advantage.abs() > 1e-9);
            prop_assert_eq!(it.honours(), advantage > 0.0);
            // The margin is the advantage on another scale: times (1 − δ)(1 − δ(1 − m)).
            let scale = (1.0 - delta) * (1.0 - delta * (1.0 - m));
            prop_assert!((it.margin() - advantage * scale).abs() < 1e-9);
        }

        #[test]
        fn bounds_part_those_who_honour_from_those_who_cheat(
            stakes in strategies::prisoners_dilemma(), m in 0.01..=1.0_f64, delta in 0.0..1.0_f64,
            delay in 0..6_u32,
        ) {
            let it = Signatory {
                stakes,
                patience: DiscountFactor::new(delta).unwrap(),
                detection: Probability::new(m).unwrap(),
                delay,
            };
            let CriticalPatience::AtLeast(least) = it.critical_patience() else {
                return Err(TestCaseError::fail("no bound in a dilemma"));
            };
            prop_assume!((least.get() - delta).abs() > 1e-12);
            prop_assert_eq!(it.honours(), delta > least.get());
            prop_assert_eq!(it.honours(), it.patience_margin() >= Some(0.0));
            if let Some(enough) = it.least_detection() {
                let seen = Signatory { detection: enough, ..it };
                prop_assert!(seen.honours());
                prop_assert_eq!(it.honours(), it.detection >= enough);
            } else {
                let certain = Signatory { detection: Probability::ONE, ..it };
                prop_assert!(!certain.honours());
            }
        }
    }
}
