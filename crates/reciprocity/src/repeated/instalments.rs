use crate::{ReciprocityError, error::out_of_range};

use super::Signatory;

/// The most instalments that are tried.
const MOST: u32 = 1_000_000;

/// An exchange carried out piecemeal (Schelling 1960; claim C-37): n equal instalments, one a
/// period, each worth an n-th of what is at stake, and then whatever the relation is still worth.
///
/// Cheating in an instalment gains (T − R)/n; once detected, it costs what is left: the remaining
/// instalments and `afterwards`. With r instalments to come the party honours iff
///
/// **(T − R)/n ≤ δm[ (1 − δʳ)/(1 − δ) · (R − P)/n + δʳ · afterwards ]**
///
/// The right side moves one way in r, so the last instalment (r = 0) or the first (r = n − 1) is the
/// weakest. With nothing afterwards, a known last instalment unravels however small it is.
///
/// ```
/// use detente_quantity::{DiscountFactor, Stakes};
/// use detente_reciprocity::repeated::{Instalments, Signatory};
/// let stakes = Stakes::new(30.0, 20.0, 0.0, -10.0)?;
/// let party = Signatory::new(stakes, DiscountFactor::new(0.8)?);
/// // A relation worth 2.5 afterwards holds an exchange of twenty together from five instalments on.
/// assert_eq!(Instalments { party, afterwards: 2.5 }.fewest(100)?, Some(5));
/// assert_eq!(Instalments { party, afterwards: 0.0 }.fewest(100)?, None);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Instalments {
    /// The party, with the stakes of the whole exchange; its delay is not used.
    pub party: Signatory,
    /// What it values the relation at from the period after the last instalment on, and loses if
    /// caught; in payoff units.
    pub afterwards: f64,
}

impl Instalments {
    /// By how much honouring beats cheating in the instalment after which `remaining` of `n` are
    /// to come, in payoff units.
    ///
    /// # Errors
    /// [`Quantity`](ReciprocityError::Quantity) unless `afterwards` is finite and `n` exceeds
    /// `remaining`.
    pub fn margin(&self, n: u32, remaining: u32) -> Result<f64, ReciprocityError> {
        if !self.afterwards.is_finite() {
            return Err(out_of_range(
                "the worth of the relation afterwards",
                self.afterwards,
                "a finite number",
            ));
        }
        if remaining >= n {
            return Err(out_of_range(
                "the number of instalments to come",
                f64::from(remaining),
                "fewer than there are in all",
            ));
        }
        Ok(self.weighed(f64::from(n), f64::from(remaining)))
    }

    /// The fewest instalments, up to `most`, in which the party honours every one; `None` if none
    /// of these numbers will do. More are not always better: the first instalment of very many is
    /// far from what comes afterwards. O(`most`).
    ///
    /// # Errors
    /// [`Quantity`](ReciprocityError::Quantity) unless `afterwards` is finite,
    /// [`TooMany`](ReciprocityError::TooMany) if `most` exceeds 1,000,000.
    pub fn fewest(&self, most: u32) -> Result<Option<u32>, ReciprocityError> {
        if most > MOST {
            return Err(ReciprocityError::TooMany {
                what: "instalments",
                given: most as usize,
                limit: MOST as usize,
            });
        }
        for n in 1..=most {
            if self.margin(n, 0)? >= 0.0 && self.margin(n, n - 1)? >= 0.0 {
                return Ok(Some(n));
            }
        }
        Ok(None)
    }

    fn weighed(&self, n: f64, remaining: f64) -> f64 {
        let Signatory {
            stakes,
            patience,
            detection,
            ..
        } = self.party;
        let delta = patience.get();
        let fading = delta.powf(remaining);
        let to_come = (1.0 - fading) * patience.horizon();
        let lost = to_come * (stakes.gain() / n) + fading * self.afterwards;
        delta * detection.get() * lost - stakes.temptation() / n
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::{DiscountFactor, Probability, Stakes, strategies};
    use proptest::prelude::*;

    use super::*;

    /// Whether every instalment is honoured, from the last to the first, with what is lost added up
    /// period by period.
    fn holds(it: &Instalments, n: u32) -> bool {
        let (stakes, delta) = (it.party.stakes, it.party.patience.get());
        let share = f64::from(n);
        let mut ahead = it.afterwards;
        let mut all = true;
        for _ in 0..n {
            let caught = delta * it.party.detection.get() * ahead;
            all &= caught - stakes.temptation() / share >= -1e-12;
            ahead = stakes.gain() / share + delta * ahead;
        }
        all
    }

    proptest! {
        #[test]
        fn the_ends_are_the_weakest(
            stakes in strategies::prisoners_dilemma(), delta in 0.0..0.99_f64, m in 0.0..=1.0_f64,
            afterwards in 0.0..20.0_f64, n in 1..40_u32,
        ) {
            let patience = DiscountFactor::new(delta).unwrap();
            let party = Signatory {
                detection: Probability::new(m).unwrap(),
                ..Signatory::new(stakes, patience)
            };
            let it = Instalments { party, afterwards };
            let (last, first) = (it.margin(n, 0).unwrap(), it.margin(n, n - 1).unwrap());
            prop_assume!(last.abs() > 1e-9 && first.abs() > 1e-9);
            prop_assert_eq!(last > 0.0 && first > 0.0, holds(&it, n));
        }

        #[test]
        fn a_known_end_unravels(
            stakes in strategies::prisoners_dilemma(), delta in strategies::discount_factor(),
        ) {
            let it = Instalments { party: Signatory::new(stakes, delta), afterwards: 0.0 };
            prop_assert_eq!(it.fewest(50).unwrap(), None);
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let stakes = Stakes::new(3.0, 2.0, 0.0, -1.0).unwrap();
        let party = Signatory::new(stakes, DiscountFactor::MYOPIC);
        let it = Instalments {
            party,
            afterwards: f64::NAN,
        };
        assert!(it.margin(3, 0).is_err());
        let it = Instalments {
            party,
            afterwards: 1.0,
        };
        assert!(it.margin(3, 3).is_err());
        assert!(it.fewest(MOST + 1).is_err());
        assert_eq!(it.fewest(0).unwrap(), None);
    }
}
