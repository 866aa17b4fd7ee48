use detente_quantity::Probability;
use detente_reputation::{Act, Evidence, Tone};

use crate::{ReassuranceError, error::not_negative};

/// A concession that can be made without waiting for anything in return: what the other side sees,
/// what it costs, and how often it can be made.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Concession {
    /// What the other side sees, as evidence about the types it thinks possible.
    pub act: Act,
    /// What making it once costs the one who makes it: a finite number, 0 or more.
    pub cost: f64,
    /// How often it can be made at most; one that cannot be repeated, 1.
    pub available: usize,
}

/// How likely each of two types is to make a concession, and on what terms it is made. Contingent and
/// revocable concessions are what the untrustworthy would make too (claims C-06, C-66).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Terms {
    /// The chance that the trustworthy type, left to itself, would make it for good.
    pub trustworthy: Probability,
    /// The chance that the untrustworthy type would.
    pub untrustworthy: Probability,
    /// How far it is contingent: the chance that a return for it, or pressure, would have brought it
    /// about whatever the type. 0 is a gift, 1 a trade.
    pub contingent: Probability,
    /// How far it can be taken back: the chance that the untrustworthy type, that would not make it
    /// for good, makes it in order to revoke it. 0 is irrevocable.
    pub revocable: Probability,
}

impl Terms {
    /// The terms of an act on record, as one sees them who thinks two types possible, of which the trustworthy has
    /// the place `trustworthy`: its likelihoods as coded, contingent with the chance that the situation alone would
    /// have produced it, and not revocable. `None` for evidence that holds no such chance, for a retraction, and
    /// for other than two types.
    #[must_use]
    pub fn of(act: &Act, trustworthy: usize) -> Option<Self> {
        let evidence = act.evidence();
        if evidence.is_retraction() || act.types() != 2 || 1 < trustworthy {
            return None;
        }
        let contingent = evidence.forced()?;
        let (forced, free) = (contingent.get(), contingent.complement().get());
        let mut seen = [0.0; 2];
        evidence.warranted_log_likelihoods(&mut seen);
        // The likelihood is s + (1 − s)q; where the situation forces it for sure, q no longer matters.
        let own = |log: &f64| match free > 0.0 {
            true => Probability::saturating((log.exp() - forced) / free),
            false => Probability::ONE,
        };
        Some(Self {
            trustworthy: seen.get(trustworthy).map(own)?,
            untrustworthy: seen.get(1 - trustworthy).map(own)?,
            contingent,
            revocable: Probability::ZERO,
        })
    }

    /// What such a concession shows: likelihoods `q_T` and `q_U + ρ(1 − q_U)`, forced by the situation
    /// with the chance that it is contingent. Type 0 is the trustworthy one.
    ///
    /// ```
    /// use detente_quantity::Probability;
    /// use detente_reassurance::Terms;
    /// let chance = Probability::new;
    /// let gift = Terms {
    ///     trustworthy: chance(0.6)?,
    ///     untrustworthy: chance(0.2)?,
    ///     contingent: Probability::ZERO,
    ///     revocable: Probability::ZERO,
    /// };
    /// assert!((gift.likelihood_ratio() - 3.0).abs() < 1e-12);
    /// let trade = Terms { contingent: Probability::ONE, ..gift };
    /// assert_eq!(trade.likelihood_ratio(), 1.0);
    /// # Ok::<(), detente_quantity::QuantityError>(())
    /// ```
    ///
    /// # Errors
    /// None that these numbers can cause; those of [`Evidence::likelihoods`].
    pub fn act(&self) -> Result<Act, ReassuranceError> {
        self.act_at(0)
    }

    /// The same where the trustworthy type has this place: 0, or otherwise 1.
    ///
    /// # Errors
    /// As [`Terms::act`].
    pub fn act_at(&self, trustworthy: usize) -> Result<Act, ReassuranceError> {
        let mut chances = vec![self.trustworthy, self.feigned()];
        if trustworthy != 0 {
            chances.reverse();
        }
        let evidence = Evidence::likelihoods(chances, self.contingent)?;
        Ok(Act::new(Tone::Cooperative, evidence))
    }

    /// How many times as likely the concession is from the trustworthy type, as a Bayesian reads it:
    /// 0 or more, infinite where only the trustworthy could have made it, and 1 where neither
    /// could.
    #[must_use]
    pub fn likelihood_ratio(&self) -> f64 {
        let (forced, free) = (self.contingent.get(), self.contingent.complement().get());
        let of = |own: Probability| forced + free * own.get();
        let (trustworthy, untrustworthy) = (of(self.trustworthy), of(self.feigned()));
        if trustworthy > 0.0 || untrustworthy > 0.0 {
            trustworthy / untrustworthy
        } else {
            1.0
        }
    }

    fn feigned(&self) -> Probability {
        let own = self.untrustworthy;
        Probability::saturating(own.get() + self.revocable.get() * own.complement().get())
    }
}

/// Refuses a list that is empty or holds a cost out of range.
pub(super) fn checked(concessions: &[Concession]) -> Result<(), ReassuranceError> {
    if concessions.is_empty() {
        return Err(ReassuranceError::Empty {
            what: "list of concessions",
            member: "concession",
        });
    }
    for concession in concessions {
        not_negative("cost of a concession", concession.cost)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies::probability;
    use detente_reputation::{Belief, Warranted};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn conditions_and_loopholes_dull_the_evidence(
            (trustworthy, untrustworthy) in (0.5..=1.0_f64, 0.01..0.5_f64),
            contingent in probability(), revocable in probability(),
        ) {
            let chance = |value| Probability::new(value).unwrap();
            let gift = Terms {
                trustworthy: chance(trustworthy),
                untrustworthy: chance(untrustworthy),
                contingent: Probability::ZERO,
                revocable: Probability::ZERO,
            };
            let terms = Terms { contingent, revocable, ..gift };
            prop_assert!(terms.likelihood_ratio() <= gift.likelihood_ratio() + 1e-12);
            // The ratio is the one by which a Bayesian's odds move.
            let mut belief = Belief::binary(Probability::HALF).unwrap();
            belief.update(&terms.act().unwrap(), &Warranted).unwrap();
            let odds = belief.log_odds(0).unwrap().get().exp();
            prop_assert!((odds / terms.likelihood_ratio() - 1.0).abs() < 1e-9);
        }

        #[test]
        fn the_terms_of_an_act_are_those_it_was_made_on(
            trustworthy in probability(), untrustworthy in probability(), contingent in 0.0..0.99_f64, place in 0..2_usize,
        ) {
            let terms = Terms {
                trustworthy,
                untrustworthy,
                contingent: Probability::new(contingent).unwrap(),
                revocable: Probability::ZERO,
            };
            let read = Terms::of(&terms.act_at(place).unwrap(), place).unwrap();
            prop_assert!((read.trustworthy.get() - trustworthy.get()).abs() < 1e-12);
            prop_assert!((read.untrustworthy.get() - untrustworthy.get()).abs() < 1e-12);
            prop_assert_eq!(read.contingent, terms.contingent);
        }
    }

    #[test]
    fn a_bare_ratio_has_no_terms() {
        let evidence = Evidence::ratios(vec![2.0, 1.0]).unwrap();
        let act = Act::new(Tone::Cooperative, evidence);
        assert_eq!(Terms::of(&act, 0), None);
        assert_eq!(Terms::of(&Act::retracting(&act).unwrap(), 0), None);
        let three = Evidence::likelihoods(vec![Probability::HALF; 3], Probability::ZERO).unwrap();
        assert_eq!(Terms::of(&Act::new(Tone::Cooperative, three), 0), None);
    }
}
