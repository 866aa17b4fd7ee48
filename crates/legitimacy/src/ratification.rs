use detente_quantity::{Interval, Probability};

use crate::{
    LegitimacyError,
    error::{computed, finite},
};

/// What two sides would accept and what would be ratified, before it is checked by
/// [`Ratification::new`]. In shares of a good whose whole is 1, each side's own.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RatificationParams {
    /// r: the first side's value without agreement (its leader's reservation, if distorted).
    pub reservation: f64,
    /// r_j: the second side's.
    pub other_reservation: f64,
    /// t: the least share the first side's legislature ratifies; at or below r it binds nobody.
    pub floor: f64,
    /// t_j: the second side's.
    pub other_floor: f64,
}

/// A division under ratification floors (claim D-47; Schelling 1960, Putnam 1988). A floor narrows
/// what can be agreed but leaves the disagreement values alone, unlike distrust, which moves them.
///
/// ```
/// use detente_legitimacy::{Ratification, RatificationParams};
/// use detente_quantity::Probability;
/// let bound = |floor| Ratification::new(RatificationParams {
///     reservation: 0.35, other_reservation: 0.35, floor, other_floor: 0.0,
/// });
/// assert_eq!(bound(0.45)?.outcome(Probability::HALF), Some(0.5)); // does not bind
/// assert_eq!(bound(0.55)?.outcome(Probability::HALF), Some(0.55)); // strength in weakness
/// assert_eq!(bound(0.66)?.outcome(Probability::HALF), None); // too much of it
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "RatificationParams", into = "RatificationParams")
)]
pub struct Ratification(RatificationParams);

/// What ratification floors bring a side of a division (claim D-47; Schelling 1960).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Leverage {
    /// Its share.
    pub share: f64,
    /// By how much that exceeds the share it would get without any floors; negative if less.
    pub gain: f64,
    /// By how much either floor could still rise before nothing is ratified: the width of the
    /// win-set.
    pub room: f64,
}

impl Ratification {
    /// Checks that all four numbers are finite.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] naming the one that is not; [`LegitimacyError::Overflow`] if
    /// they add up to one that is not.
    pub fn new(params: RatificationParams) -> Result<Self, LegitimacyError> {
        let sizes = [
            ("reservation", params.reservation),
            ("other side's reservation", params.other_reservation),
            ("ratification floor", params.floor),
            ("other side's ratification floor", params.other_floor),
        ];
        for (name, size) in sizes {
            finite(name, size)?;
        }
        computed(
            "surplus",
            sizes.iter().map(|size| size.1.abs()).sum(),
            &sizes,
        )?;
        Ok(Self(params))
    }

    /// What was checked.
    #[must_use]
    pub const fn params(&self) -> &RatificationParams {
        &self.0
    }

    /// The first side's shares that both would accept and ratify,
    /// `[max(r, t), 1 − max(r_j, t_j)]`, or `None` if there is none: where the two win-sets overlap.
    #[must_use]
    pub fn win_set(&self) -> Option<Interval> {
        let low = self.0.reservation.max(self.0.floor);
        let high = 1.0 - self.0.other_reservation.max(self.0.other_floor);
        Interval::new(low, high).ok()
    }

    /// The first side's share if it gets the part `bargaining_share` of the surplus where no floor
    /// binds: r + α(1 − r − r_j), moved to the nearest share that is ratified; `None` if none is.
    /// Never falls as the first side's own floor rises, until it collapses.
    #[must_use]
    pub fn outcome(&self, bargaining_share: Probability) -> Option<f64> {
        let surplus = 1.0 - self.0.reservation - self.0.other_reservation;
        let unbound = self.0.reservation + bargaining_share.get() * surplus;
        let ratified = self.win_set()?;
        Some(unbound.max(ratified.low()).min(ratified.high()))
    }

    /// What the floors did to the first side's share, and how near breakdown they have come.
    /// `None` if no share is left or the two had nothing to share anyway.
    ///
    /// ```
    /// use detente_legitimacy::{Ratification, RatificationParams};
    /// use detente_quantity::Probability;
    /// let bound = Ratification::new(RatificationParams {
    ///     reservation: 0.25, other_reservation: 0.25, floor: 0.625, other_floor: 0.0,
    /// })?;
    /// let leverage = bound.leverage(Probability::HALF).unwrap();
    /// assert_eq!((leverage.gain, leverage.room), (0.125, 0.125));
    /// # Ok::<(), detente_legitimacy::LegitimacyError>(())
    /// ```
    #[must_use]
    pub fn leverage(&self, bargaining_share: Probability) -> Option<Leverage> {
        let surplus = 1.0 - self.0.reservation - self.0.other_reservation;
        let share = self.outcome(bargaining_share)?;
        let room = self.win_set()?.width();
        Some(Leverage {
            share,
            gain: share - (self.0.reservation + bargaining_share.get() * surplus),
            room,
        })
    }
}

impl TryFrom<RatificationParams> for Ratification {
    type Error = LegitimacyError;

    fn try_from(params: RatificationParams) -> Result<Self, LegitimacyError> {
        Self::new(params)
    }
}

impl From<Ratification> for RatificationParams {
    fn from(ratification: Ratification) -> RatificationParams {
        ratification.0
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies::probability;
    use proptest::prelude::*;

    use super::*;

    fn bound(
        reservation: f64,
        other_reservation: f64,
        floor: f64,
        other_floor: f64,
    ) -> Ratification {
        Ratification::new(RatificationParams {
            reservation,
            other_reservation,
            floor,
            other_floor,
        })
        .unwrap()
    }

    #[test]
    fn what_is_not_finite_is_named() {
        let params = RatificationParams {
            reservation: 0.3,
            other_reservation: 0.3,
            floor: f64::NAN,
            other_floor: 0.0,
        };
        assert_eq!(
            Ratification::new(params).unwrap_err().to_string(),
            "ratification floor is NaN; expected a finite number"
        );
    }

    #[test]
    fn a_single_ratifiable_share_is_the_outcome() {
        let tight = bound(0.25, 0.25, 0.5, 0.5);
        assert_eq!(tight.outcome(Probability::ZERO), Some(0.5));
        assert_eq!(bound(0.25, 0.25, 0.5, 0.75).win_set(), None);
        assert_eq!(bound(0.75, 0.75, 0.0, 0.0).outcome(Probability::HALF), None);
    }

    proptest! {
        /// Brute force: the ratifiable grid share nearest to the unbound division.
        #[test]
        fn the_outcome_is_the_nearest_ratifiable_share(
            r in 0..40_i32, r_j in 0..40_i32, t in 0..100_i32, t_j in 0..100_i32, alpha in 0..=100_i32,
        ) {
            let share = |hundredths: i32| f64::from(hundredths) / 100.0;
            let model = bound(share(r), share(r_j), share(t), share(t_j));
            let unbound = share(r) + share(alpha) * (1.0 - share(r) - share(r_j));
            let nearest = (r.max(t)..=100 - r_j.max(t_j))
                .map(|hundredths| (share(hundredths) - unbound).abs())
                .reduce(f64::min);
            match (model.outcome(Probability::new(share(alpha)).unwrap()), nearest) {
                (Some(outcome), Some(distance)) => {
                    // A share between grid points may lie nearer than any of them.
                    prop_assert!((outcome - unbound).abs() <= distance + 1e-12);
                    prop_assert!(outcome >= share(r.max(t)) - 1e-12);
                    prop_assert!(outcome <= 1.0 - share(r_j.max(t_j)) + 1e-12);
                }
                (None, None) => {}
                // The last point of the set can be lost to rounding of hundredths.
                (outcome, _) => prop_assert!(
                    r.max(t) + r_j.max(t_j) == 100, "{:?} {:?}", outcome, nearest
                ),
            }
        }

        /// The room is what a floor can still rise by.
        #[test]
        fn breakdown_comes_when_the_room_is_used_up(
            r in 0.0..0.5_f64, r_j in 0.0..0.5_f64, t in 0.0..1.0_f64, t_j in 0.0..1.0_f64,
            alpha in probability(),
        ) {
            let Some(leverage) = bound(r, r_j, t, t_j).leverage(alpha) else {
                prop_assert!(t.max(r) + t_j.max(r_j) > 1.0 - 1e-12);
                return Ok(());
            };
            let own = t.max(r);
            let kept = bound(r, r_j, own + leverage.room - 1e-9, t_j);
            prop_assert!(leverage.room < 1e-9 || kept.outcome(alpha).is_some());
            prop_assert_eq!(bound(r, r_j, own + leverage.room + 1e-9, t_j).outcome(alpha), None);
            let free = bound(r, r_j, 0.0, 0.0).outcome(alpha).unwrap();
            prop_assert!((leverage.share - leverage.gain - free).abs() < 1e-12);
        }

        #[test]
        fn a_higher_floor_never_lowers_the_share(
            r in 0.0..0.5_f64, r_j in 0.0..0.5_f64, t in 0.0..1.0_f64, more in 0.0..0.5_f64,
            t_j in 0.0..1.0_f64, alpha in probability(),
        ) {
            let (low, high) = (
                bound(r, r_j, t, t_j).outcome(alpha),
                bound(r, r_j, t + more, t_j).outcome(alpha),
            );
            if let Some(high) = high {
                prop_assert!(low.is_some_and(|low| low <= high));
            }
        }
    }
}
