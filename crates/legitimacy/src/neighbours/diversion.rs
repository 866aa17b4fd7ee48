use super::gamble::weighed;
use crate::{
    LegitimacyError,
    error::{computed, finite, require},
};

/// A leader whom conflict helps to survive, before it is checked by [`Diversion::new`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DiversionParams {
    /// ω: what the nation's payoff is worth to the leader; above 0.
    pub national_weight: f64,
    /// Ω: what staying in office is worth; 0 or more.
    pub office_stake: f64,
    /// How much likelier the leader is to survive in office with the conflict than with any
    /// agreement, from −1 to 1.
    pub survival_gap: f64,
    /// c_i: what conflict costs this nation; 0 or more.
    pub own_cost: f64,
    /// c_j: what it costs the other; 0 or more. The two costs are the bargaining range.
    pub other_cost: f64,
}

/// Diversionary conflict (claim D-12; cf. Tarar 2006, Fearon 1995): costs of conflict leave a range
/// of divisions that both nations prefer, and a leader who survives better with conflict closes it
/// if
///
/// **Ω·(survival gap) > ω·(c_i + c_j)**.
///
/// Below that the leader can be appeased with a larger share. This is claim D-35's closure where
/// the good itself brings no support (κ → 0).
///
/// ```
/// use detente_legitimacy::{Diversion, DiversionParams};
/// let falling = Diversion::new(DiversionParams {
///     national_weight: 1.0, office_stake: 2.0, survival_gap: 0.25,
///     own_cost: 0.125, other_cost: 0.25,
/// })?;
/// assert!(falling.closes_range());
/// assert_eq!(falling.critical_stake()?, Some(1.5));
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "DiversionParams", into = "DiversionParams")
)]
pub struct Diversion(DiversionParams);

impl Diversion {
    /// Checks the numbers.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] naming the one that is out of range;
    /// [`LegitimacyError::Overflow`].
    pub fn new(params: DiversionParams) -> Result<Self, LegitimacyError> {
        weighed(params.national_weight, params.office_stake)?;
        let gap = finite("survival gap", params.survival_gap)?;
        let expected = "a number from -1 to 1";
        require((-1.0..=1.0).contains(&gap), "survival gap", gap, expected)?;
        let expected = "a finite number, 0 or more";
        for (name, cost) in [
            ("cost of conflict", params.own_cost),
            ("other side's cost of conflict", params.other_cost),
        ] {
            require(cost.is_finite() && cost >= 0.0, name, cost, expected)?;
        }
        let diversion = Self(params);
        let range = diversion.range();
        computed(
            "leader's part in the bargaining range",
            range,
            &diversion.named(),
        )?;
        Ok(diversion)
    }

    /// What was checked.
    #[must_use]
    pub const fn params(&self) -> &DiversionParams {
        &self.0
    }

    /// The share of the good that the other side must give beyond its nation's worth without
    /// agreement to appease the leader: Ω·gap/ω − c_i.
    ///
    /// # Errors
    /// [`LegitimacyError::Overflow`].
    pub fn price_of_peace(&self) -> Result<f64, LegitimacyError> {
        let lost = self.0.office_stake * self.0.survival_gap / self.0.national_weight;
        computed("price of peace", lost - self.0.own_cost, &self.named())
    }

    /// Whether no division is left that both the leader and the other side prefer to conflict.
    #[must_use]
    pub fn closes_range(&self) -> bool {
        self.0.office_stake * self.0.survival_gap > self.range()
    }

    /// The office stake beyond which the range is closed, ω(c_i + c_j)/gap; `None` if no stake
    /// closes it.
    ///
    /// # Errors
    /// [`LegitimacyError::Overflow`] if it is too large for an `f64`.
    pub fn critical_stake(&self) -> Result<Option<f64>, LegitimacyError> {
        if self.0.survival_gap > 0.0 {
            let stake = self.range() / self.0.survival_gap;
            computed("critical office stake", stake, &self.named()).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The parameters by name.
    fn named(&self) -> [(&'static str, f64); 5] {
        [
            ("national weight", self.0.national_weight),
            ("office stake", self.0.office_stake),
            ("survival gap", self.0.survival_gap),
            ("cost of conflict", self.0.own_cost),
            ("other side's cost of conflict", self.0.other_cost),
        ]
    }

    /// ω(c_i + c_j).
    fn range(&self) -> f64 {
        self.0.national_weight * (self.0.own_cost + self.0.other_cost)
    }
}

impl TryFrom<DiversionParams> for Diversion {
    type Error = LegitimacyError;

    fn try_from(params: DiversionParams) -> Result<Self, LegitimacyError> {
        Self::new(params)
    }
}

impl From<Diversion> for DiversionParams {
    fn from(diversion: Diversion) -> DiversionParams {
        diversion.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Every division in 64ths, for a nation worth ½ − c_i in conflict and another worth
        /// ½ − c_j.
        #[test]
        fn a_scan_of_divisions_finds_the_same(
            stake in 0..=16_u8, gap in -8..=8_i8, own in 0..=16_u8, other in 0..=16_u8,
        ) {
            let params = DiversionParams {
                national_weight: 1.0,
                office_stake: f64::from(stake) / 4.0,
                survival_gap: f64::from(gap) / 8.0,
                own_cost: f64::from(own) / 64.0,
                other_cost: f64::from(other) / 64.0,
            };
            let model = Diversion::new(params).unwrap();
            // In 64ths: Ω·gap is stake/4 · gap/8 = 2·stake·gap.
            let lost = 2 * i32::from(stake) * i32::from(gap);
            let open = (-600..=600).any(|share: i32| {
                share >= 32 - i32::from(own) + lost && 64 - share >= 32 - i32::from(other)
            });
            prop_assert_eq!(model.closes_range(), !open);
            let price = model.price_of_peace().unwrap() * 64.0;
            prop_assert_eq!(price, f64::from(lost - i32::from(own)));
        }
    }

    #[test]
    fn limits_are_limits() {
        let params = DiversionParams {
            national_weight: 1.0,
            office_stake: f64::MAX,
            survival_gap: 0.0,
            own_cost: 0.0,
            other_cost: 0.0,
        };
        let model = Diversion::new(params).unwrap();
        assert!(!model.closes_range());
        assert_eq!(model.critical_stake(), Ok(None));
        let beyond = DiversionParams {
            survival_gap: 1.5,
            ..params
        };
        assert_eq!(
            Diversion::new(beyond).unwrap_err().to_string(),
            "survival gap is 1.5; expected a number from -1 to 1"
        );
        let dear = DiversionParams {
            own_cost: f64::MAX,
            other_cost: f64::MAX,
            ..params
        };
        assert!(matches!(
            Diversion::new(dear),
            Err(LegitimacyError::Overflow { .. })
        ));
    }
}
