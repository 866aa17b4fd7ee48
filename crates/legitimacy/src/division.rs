use detente_quantity::{Interval, Probability};

use crate::{Claimant, LegitimacyError, Root, error::computed};

/// A good of size 1 to be divided between two sides, each a nation with its leader.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Division {
    /// The side whose share is x.
    pub first: Claimant,
    /// The side whose share is 1 − x.
    pub second: Claimant,
}

/// The shares of the first side at which both sides do at least as well as without agreement:
/// from `low` to `high`, none if they have crossed. Not cut to `[0, 1]`: a side that needs more
/// than the whole good may yet be paid otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Zone {
    /// The first side's reservation.
    pub low: f64,
    /// What the second side's reservation leaves.
    pub high: f64,
}

impl Zone {
    /// `high − low`: how much there is to share; negative by how much is lacking.
    #[must_use]
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// The zone as an interval, or `None` if it is empty.
    #[must_use]
    pub fn interval(self) -> Option<Interval> {
        Interval::new(self.low, self.high).ok()
    }
}

/// The zone of agreement between two nations and what their leaders leave of it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Zones {
    /// Between the nations' reservations.
    pub national: Zone,
    /// Between the leaders' reservations.
    pub leaders: Zone,
    /// D_i + D_j: how much narrower the second is; negative if wider.
    pub distortion: f64,
    /// The distortion and the ends of the leaders' zone are off by no more than this, but for rounding
    /// in the survival curves; 0 where closed forms were used.
    pub error: f64,
}

impl Zones {
    /// The share of the nations' zone that the leaders lose, min(1, max(0, D_i + D_j)/S^N)
    /// (claim D-35), or `None` if the nations have nothing to share.
    #[must_use]
    pub fn lost_share(&self) -> Option<Probability> {
        let width = self.national.width();
        (width > 0.0).then(|| Probability::saturating(self.distortion / width))
    }

    /// Whether the nations had something to share and the leaders nothing: a zone closed at home
    /// (claim D-02, *missed by incentive*).
    #[must_use]
    pub fn closed_at_home(&self) -> bool {
        let width = self.national.width();
        width > 0.0 && self.distortion > width
    }
}

impl Division {
    /// A division between these sides.
    #[must_use]
    pub const fn new(first: Claimant, second: Claimant) -> Self {
        Self { first, second }
    }

    /// Both zones of agreement, the nations' and the leaders' (claims D-02, D-35).
    ///
    /// # Errors
    /// As [`Claimant::distortion`], for either side.
    pub fn zones(&self) -> Result<Zones, LegitimacyError> {
        self.zones_after(self.first.distortion()?, self.second.distortion()?)
    }

    /// The same on any two survival curves that are continuous and never fall, in place of the leaders'
    /// own, with a bound on the error.
    ///
    /// ```
    /// use detente_legitimacy::{ClaimParams, Claimant, Division, Leader, LeaderParams, SurvivalCurve};
    /// use detente_quantity::Probability;
    ///
    /// let leader = Leader::new(LeaderParams {
    ///     national_weight: 1.0, office_stake: 2.0, support: 0.5, threat: 0.3, baseline: 0.3,
    ///     curve: SurvivalCurve::Linear,
    /// })?;
    /// let side = |b| Claimant::new(leader, ClaimParams {
    ///     nonagreement: 0.35, exploitation_loss: 0.6,
    ///     hostility: Probability::ZERO, audience_hostility: Probability::saturating(b),
    /// });
    /// let division = Division::new(side(0.4)?, side(0.0)?);
    /// // The first leader is safer than the linear curve has it: survival is √z.
    /// let safer = division.zones_on(|z| z.clamp(0.0, 1.0).sqrt(), |z| z.clamp(0.0, 1.0))?;
    /// assert!(safer.distortion < division.zones()?.distortion && safer.error < 1e-15);
    /// # Ok::<(), detente_legitimacy::LegitimacyError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Claimant::distortion_on`], for either side.
    pub fn zones_on(
        &self,
        first: impl Fn(f64) -> f64,
        second: impl Fn(f64) -> f64,
    ) -> Result<Zones, LegitimacyError> {
        self.zones_after(
            self.first.distortion_on(first)?,
            self.second.distortion_on(second)?,
        )
    }

    fn zones_after(&self, first: Root, second: Root) -> Result<Zones, LegitimacyError> {
        let national = self.national_zone();
        let leaders = Zone {
            low: national.low + first.value,
            high: national.high - second.value,
        };
        let distortion = first.value + second.value;
        for width in [national.width(), leaders.width(), distortion] {
            let asked = [first.value, second.value];
            computed("width of a zone", width, &self.named(asked))?;
        }
        Ok(Zones {
            national,
            leaders,
            distortion,
            error: first.error + second.error,
        })
    }

    /// For each side, the office stake beyond which its leader closes the zone while the other
    /// leader stays as is; `None` where no stake does (claim D-35).
    ///
    /// # Errors
    /// As [`Claimant::closing_stake`] and [`Claimant::distortion`].
    pub fn closing_stakes(&self) -> Result<(Option<f64>, Option<f64>), LegitimacyError> {
        let asked = [
            self.first.distortion()?.value,
            self.second.distortion()?.value,
        ];
        let [left_by_first, left_by_second] = self.left_by(asked)?;
        Ok((
            self.first.closing_stake(left_by_second)?,
            self.second.closing_stake(left_by_first)?,
        ))
    }

    /// The same on any two survival curves that are continuous and never fall.
    ///
    /// # Errors
    /// As [`Claimant::closing_stake_on`] and [`Claimant::distortion_on`].
    pub fn closing_stakes_on(
        &self,
        first: impl Fn(f64) -> f64,
        second: impl Fn(f64) -> f64,
    ) -> Result<(Option<f64>, Option<f64>), LegitimacyError> {
        let asked = [
            self.first.distortion_on(&first)?.value,
            self.second.distortion_on(&second)?.value,
        ];
        let [left_by_first, left_by_second] = self.left_by(asked)?;
        Ok((
            self.first.closing_stake_on(left_by_second, first)?,
            self.second.closing_stake_on(left_by_first, second)?,
        ))
    }

    /// Whether some pair of office stakes closes the nations' zone: Σ max(0, r^P − r^N) > S^N
    /// (claim D-35).
    #[must_use]
    pub fn is_closable(&self) -> bool {
        let furthest = |side: &Claimant| side.furthest_distortion().max(0.0);
        furthest(&self.first) + furthest(&self.second) > self.national_zone().width()
    }

    /// What each leader, asking so much beyond its nation, leaves of the nations' zone.
    fn left_by(&self, asked: [f64; 2]) -> Result<[f64; 2], LegitimacyError> {
        let width = self.national_zone().width();
        let [first, second] = asked.map(|asked| width - asked);
        for left in [first, second] {
            computed("width of a zone", left, &self.named(asked))?;
        }
        Ok([first, second])
    }

    /// What zones are made of, by name.
    fn named(&self, asked: [f64; 2]) -> [(&'static str, f64); 4] {
        [
            (
                "first side's reservation",
                self.first.national_reservation(),
            ),
            (
                "second side's reservation",
                self.second.national_reservation(),
            ),
            ("first side's distortion", asked[0]),
            ("second side's distortion", asked[1]),
        ]
    }

    fn national_zone(&self) -> Zone {
        Zone {
            low: self.first.national_reservation(),
            high: 1.0 - self.second.national_reservation(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{ClaimParams, Leader, LeaderParams, strategies};

    fn division() -> impl Strategy<Value = Division> {
        (strategies::claimant(), strategies::claimant())
            .prop_map(|(first, second)| Division::new(first, second))
    }

    fn with_stake(side: &Claimant, office_stake: f64) -> Claimant {
        let params = LeaderParams {
            office_stake,
            ..*side.leader().params()
        };
        Claimant::new(Leader::new(params).unwrap(), *side.claim()).unwrap()
    }

    #[test]
    fn nations_with_nothing_to_share_lose_nothing_at_home() {
        let leader = Leader::new(LeaderParams {
            national_weight: 1.0,
            office_stake: 1.0,
            support: 0.1,
            threat: 0.1,
            baseline: 0.4,
            curve: crate::SurvivalCurve::Linear,
        })
        .unwrap();
        let claim = ClaimParams {
            nonagreement: 0.6,
            exploitation_loss: 0.1,
            hostility: Probability::ZERO,
            audience_hostility: Probability::ONE,
        };
        let side = Claimant::new(leader, claim).unwrap();
        let zones = Division::new(side, side).zones().unwrap();
        assert!(zones.national.width() < 0.0 && zones.national.interval().is_none());
        assert_eq!(zones.lost_share(), None);
        assert!(!zones.closed_at_home());
    }

    proptest! {
        #[test]
        fn a_zone_is_closed_at_home_where_all_of_it_is_lost(division in division()) {
            let zones = division.zones().unwrap();
            let rounding = 1e-14 * (1.0 + zones.leaders.low.abs() + zones.leaders.high.abs());
            let lost = zones.national.width() - zones.leaders.width();
            prop_assert!((lost - zones.distortion).abs() <= rounding);
            if zones.closed_at_home() {
                prop_assert_eq!(zones.lost_share(), Some(Probability::ONE));
                prop_assert!(zones.leaders.width() <= rounding);
                prop_assert!(division.is_closable());
            }
        }

        #[test]
        fn beyond_the_closing_stake_and_only_there_the_zone_is_closed(division in division()) {
            let width = division.national_zone().width();
            prop_assume!(width > 1e-3);
            let other = division.second.distortion().unwrap().value;
            let Some(stake) = division.closing_stakes().unwrap().0 else { return Ok(()); };
            prop_assume!(stake > 1e-6 && width - other > 1e-3);
            let closed = |stake| {
                let first = with_stake(&division.first, stake);
                Division::new(first, division.second).zones().unwrap().closed_at_home()
            };
            prop_assert!(!closed(stake * 0.999) && closed(stake * 1.001));
        }

        /// The built-in curves given as functions, by the other way of computing.
        #[test]
        fn zones_on_given_curves_are_those_of_the_curves(division in division()) {
            let curve = |side: &Claimant| {
                let curve = side.leader().params().curve;
                move |z: f64| curve.survival(z).unwrap()
            };
            let (first, second) = (curve(&division.first), curve(&division.second));
            let (own, given) = (division.zones().unwrap(), division.zones_on(first, second).unwrap());
            prop_assert!((own.distortion - given.distortion).abs() <= 1e-9 + own.error + given.error);
            prop_assert!((0.0..1e-12).contains(&given.error));
            let stakes = division.closing_stakes().unwrap();
            let on = division.closing_stakes_on(first, second).unwrap();
            for (own, given) in [(stakes.0, on.0), (stakes.1, on.1)] {
                if let (Some(own), Some(given)) = (own, given) && own < 1e6 {
                    prop_assert!((own - given).abs() <= 1e-4 * (1.0 + own), "{own} {given}");
                }
            }
        }

        #[test]
        fn exchanging_the_sides_mirrors_the_zones(division in division()) {
            let (zones, mirror) = (
                division.zones().unwrap(),
                Division::new(division.second, division.first).zones().unwrap(),
            );
            let low = zones.leaders.low;
            prop_assert!((low - (1.0 - mirror.leaders.high)).abs() <= 1e-14 * (1.0 + low.abs()));
            prop_assert_eq!(zones.distortion, mirror.distortion);
        }
    }
}
