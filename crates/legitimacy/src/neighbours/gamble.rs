use detente_quantity::Probability;

use crate::{
    LegitimacyError,
    error::{computed, finite, require},
};

/// A leader who would be removed for settling, before it is checked by [`Gamble::new`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GambleParams {
    /// ω: what the nation's payoff is worth to the leader; above 0.
    pub national_weight: f64,
    /// Ω: what staying in office is worth; 0 or more.
    pub office_stake: f64,
    /// The chance that fighting on saves the leader's office.
    pub win_chance: Probability,
    /// What the nation loses by fighting on rather than settling; negative if it gains.
    pub national_loss: f64,
}

/// Gambling for resurrection (claim D-09; reduced form after Downs and Rocke 1994): a leader who
/// is removed for settling fights on if
///
/// **Ω·Pr(win) ≥ ω·(the nation's loss from going on)**,
///
/// and so against the nation's interest whenever office is worth enough.
///
/// ```
/// use detente_legitimacy::{Gamble, GambleParams};
/// use detente_quantity::Probability;
/// let lost_war = Gamble::new(GambleParams {
///     national_weight: 1.0, office_stake: 3.0,
///     win_chance: Probability::saturating(0.125), national_loss: 0.25,
/// })?;
/// assert!(lost_war.goes_on());
/// assert_eq!(lost_war.critical_stake()?, Some(2.0));
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "GambleParams", into = "GambleParams")
)]
pub struct Gamble(GambleParams);

impl Gamble {
    /// Checks the numbers.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] naming the one that is out of range;
    /// [`LegitimacyError::Overflow`].
    pub fn new(params: GambleParams) -> Result<Self, LegitimacyError> {
        weighed(params.national_weight, params.office_stake)?;
        finite("nation's loss from going on", params.national_loss)?;
        let loss = params.national_weight * params.national_loss;
        let size = params.office_stake + loss.abs();
        computed("leader's gain from going on", size, &named(&params))?;
        Ok(Self(params))
    }

    /// What was checked.
    #[must_use]
    pub const fn params(&self) -> &GambleParams {
        &self.0
    }

    /// What the leader gains by going on: Ω·Pr(win) − ω·loss.
    #[must_use]
    pub fn gain(&self) -> f64 {
        self.0.office_stake * self.0.win_chance.get()
            - self.0.national_weight * self.0.national_loss
    }

    /// Whether the leader goes on; a leader who is indifferent does.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.gain() >= 0.0
    }

    /// Whether the leader goes on although the nation would rather settle.
    #[must_use]
    pub fn is_gambling(&self) -> bool {
        self.0.national_loss > 0.0 && self.goes_on()
    }

    /// The office stake from which the leader goes on, ω·loss/Pr(win), or 0 if the nation does not
    /// lose; `None` if no stake is enough.
    ///
    /// # Errors
    /// [`LegitimacyError::Overflow`] if it is too large for an `f64`.
    pub fn critical_stake(&self) -> Result<Option<f64>, LegitimacyError> {
        let loss = self.0.national_weight * self.0.national_loss;
        if loss <= 0.0 {
            Ok(Some(0.0))
        } else if self.0.win_chance.get() > 0.0 {
            let stake = loss / self.0.win_chance.get();
            computed("critical office stake", stake, &named(&self.0)).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The chance of winning from which the leader goes on, ω·loss/Ω; `None` if certainty would
    /// not be enough.
    #[must_use]
    pub fn critical_chance(&self) -> Option<Probability> {
        let loss = (self.0.national_weight * self.0.national_loss).max(0.0);
        (loss <= self.0.office_stake).then(|| {
            let chance = if loss > 0.0 {
                loss / self.0.office_stake
            } else {
                0.0
            };
            Probability::saturating(chance)
        })
    }
}

/// The parameters by name.
fn named(params: &GambleParams) -> [(&'static str, f64); 4] {
    [
        ("national weight", params.national_weight),
        ("office stake", params.office_stake),
        ("chance of winning", params.win_chance.get()),
        ("nation's loss from going on", params.national_loss),
    ]
}

/// Checks ω and Ω.
pub(super) fn weighed(national_weight: f64, office_stake: f64) -> Result<(), LegitimacyError> {
    require(
        national_weight.is_finite() && national_weight > 0.0,
        "national weight",
        national_weight,
        "a finite number above 0",
    )?;
    let expected = "a finite number, 0 or more";
    let legal = office_stake.is_finite() && office_stake >= 0.0;
    require(legal, "office stake", office_stake, expected).map(|_| ())
}

impl TryFrom<GambleParams> for Gamble {
    type Error = LegitimacyError;

    fn try_from(params: GambleParams) -> Result<Self, LegitimacyError> {
        Self::new(params)
    }
}

impl From<Gamble> for GambleParams {
    fn from(gamble: Gamble) -> GambleParams {
        gamble.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gamble(office_stake: f64, win: f64, national_loss: f64) -> Gamble {
        Gamble::new(GambleParams {
            national_weight: 1.0,
            office_stake,
            win_chance: Probability::saturating(win),
            national_loss,
        })
        .unwrap()
    }

    #[test]
    fn limits_are_limits() {
        assert_eq!(gamble(0.0, 0.5, 0.25).critical_chance(), None);
        assert_eq!(gamble(5.0, 0.0, 0.25).critical_stake(), Ok(None));
        assert_eq!(
            gamble(0.0, 0.0, 0.0).critical_chance(),
            Some(Probability::ZERO)
        );
        assert!(gamble(0.0, 0.0, 0.0).goes_on() && !gamble(0.0, 0.0, 0.0).is_gambling());
        assert_eq!(gamble(1.0, 0.5, -1.0).critical_stake(), Ok(Some(0.0)));
        assert!(
            gamble(1.0, f64::MIN_POSITIVE, 1e10)
                .critical_stake()
                .is_err()
        );
    }

    proptest! {
        /// Many leaders of one war: those who go on are those with stakes or chances from the
        /// critical ones upward.
        #[test]
        fn thresholds_divide_leaders(
            stake in 0..=16_u8, eighths in 0..=8_u8, quarters in -4..=16_i8,
        ) {
            let one = gamble(f64::from(stake), f64::from(eighths) / 8.0, f64::from(quarters) / 4.0);
            // In 8ths: Ω·eighths ≥ 2·quarters.
            let goes_on = i32::from(stake) * i32::from(eighths) >= 2 * i32::from(quarters);
            prop_assert_eq!(one.goes_on(), goes_on);
            let by_stake = one.critical_stake().unwrap().is_some_and(|it| f64::from(stake) >= it);
            prop_assert_eq!(by_stake, goes_on);
            let by_chance = one.critical_chance().is_some_and(|it| one.0.win_chance >= it);
            prop_assert_eq!(by_chance, goes_on);
        }
    }
}
