use detente_quantity::Probability;

use crate::{
    Leader, LegitimacyError, Root, SurvivalCurve,
    error::{computed, finite, require},
    root::between_zero_and,
};

/// What one side of a division stands to lose and believes, before it is checked by
/// [`Claimant::new`]. In shares of the good, whose whole is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClaimParams {
    /// r: the side's value without agreement.
    pub nonagreement: f64,
    /// L: what it loses under an agreement if the adversary proves hostile; negative if it gains.
    pub exploitation_loss: f64,
    /// p: the leader's own belief that the adversary is hostile.
    pub hostility: Probability,
    /// b: the audience's belief that the adversary is hostile.
    pub audience_hostility: Probability,
}

/// One side of a division of a good: the share at which its nation, its audience and its leader
/// are each indifferent between agreement and none (claims D-33 to D-37).
///
/// | reservation | share |
/// |---|---|
/// | nation | r^N = r + pL |
/// | audience | r^P = r + b(L + λ), λ = ℓ/κ |
/// | leader | r^D, between the two; on the linear curve (1 − ρ)r^N + ρr^P |
///
/// The leader's *distortion* is D = r^D − r^N: the share of the good that must be paid for the
/// audience's beliefs and for the loss of a useful enemy.
///
/// ```
/// use detente_legitimacy::{ClaimParams, Claimant, Leader, LeaderParams, SurvivalCurve};
/// use detente_quantity::Probability;
///
/// let leader = Leader::new(LeaderParams {
///     national_weight: 1.0, office_stake: 2.0, support: 0.5, threat: 0.3, baseline: 0.3,
///     curve: SurvivalCurve::Linear,
/// })?;
/// let side = Claimant::new(leader, ClaimParams {
///     nonagreement: 0.35, exploitation_loss: 0.6,
///     hostility: Probability::ZERO, audience_hostility: Probability::saturating(0.4),
/// })?;
/// assert!((side.distortion()?.value - 0.24).abs() < 1e-12);
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Unchecked", into = "Unchecked"))]
pub struct Claimant {
    leader: Leader,
    claim: ClaimParams,
}

impl Claimant {
    /// Checks the claim.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if a number is not finite, [`LegitimacyError::Overflow`] if
    /// they add up to one that is not.
    pub fn new(leader: Leader, claim: ClaimParams) -> Result<Self, LegitimacyError> {
        finite("nonagreement value", claim.nonagreement)?;
        finite("exploitation loss", claim.exploitation_loss)?;
        let side = Self { leader, claim };
        computed("nation's reservation", side.national_reservation())?;
        Ok(side)
    }

    /// The leader.
    #[must_use]
    pub const fn leader(&self) -> &Leader {
        &self.leader
    }

    /// What was checked.
    #[must_use]
    pub const fn claim(&self) -> &ClaimParams {
        &self.claim
    }

    /// The share at which the nation is indifferent: r^N = r + pL.
    #[must_use]
    pub fn national_reservation(&self) -> f64 {
        self.claim.nonagreement + self.claim.hostility.get() * self.claim.exploitation_loss
    }

    /// The share at which the audience supports the leader as much for agreeing as for refusing:
    /// r^P = r + b(L + λ), where λ = ℓ/κ is what the enemy is worth to it in shares of the good.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if the good brings no support (κ = 0), for then no share
    /// makes up for the enemy; [`LegitimacyError::Overflow`].
    pub fn audience_reservation(&self) -> Result<f64, LegitimacyError> {
        let support = self.leader.params().support;
        require(
            support > 0.0,
            "support per unit of payoff",
            support,
            "a number above 0 for the audience to have a reservation",
        )?;
        computed(
            "audience's reservation",
            self.national_reservation() + self.pull(),
        )
    }

    /// The share at which the leader is indifferent, r^D (claim D-33: unique, and between the
    /// nation's reservation and the audience's).
    ///
    /// # Errors
    /// As [`distortion`](Self::distortion).
    pub fn leader_reservation(&self) -> Result<Root, LegitimacyError> {
        let distortion = self.distortion()?;
        Ok(Root {
            value: self.national_reservation() + distortion.value,
            ..distortion
        })
    }

    /// The leader's distortion D = r^D − r^N. In closed form on the linear curve,
    /// **D = ρ[L(b − p) + λb]**, with ρ the
    /// [political weight](Leader::political_weight); by bisection on the others. 0 whatever the
    /// office stake if the audience believes what the leader believes and an enemy is worth
    /// nothing (claim D-36).
    ///
    /// # Errors
    /// [`LegitimacyError::OffLinearCurve`] if the curve is linear and support at the indifference
    /// point leaves `[0, 1]`; [`LegitimacyError::Overflow`].
    pub fn distortion(&self) -> Result<Root, LegitimacyError> {
        match self.leader.params().curve {
            SurvivalCurve::Linear => self.linear_distortion(),
            curve => self.solve(|from, to| curve.rise(from, to)),
        }
    }

    /// The leader's distortion on any survival curve that is continuous and strictly increasing,
    /// in place of the leader's own.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if `survival` gives anything but a probability;
    /// [`LegitimacyError::Overflow`].
    pub fn distortion_on(&self, survival: impl Fn(f64) -> f64) -> Result<Root, LegitimacyError> {
        let chance = |support: f64| {
            let given = survival(support);
            let legal = (0.0..=1.0).contains(&given);
            require(
                legal,
                "survival chance on the given curve",
                given,
                "a number from 0 to 1",
            )
        };
        self.solve(|from, to| Ok(chance(to)? - chance(from)?))
    }

    /// The office stake at which the leader's distortion reaches `gap`, any larger one exceeding
    /// it: with `gap` the width of the zone of agreement otherwise left, the stake beyond which
    /// this leader closes it (claim D-35). `None` if no stake does. With p = 0 and the linear
    /// curve, R* = ωS / (ℓb + κ(Lb − S)) for a gap of S.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if `gap` is not finite,
    /// [`LegitimacyError::OffLinearCurve`] if support leaves the linear curve,
    /// [`LegitimacyError::Overflow`].
    pub fn closing_stake(&self, gap: f64) -> Result<Option<f64>, LegitimacyError> {
        if finite("width of the zone", gap)? < 0.0 {
            return Ok(Some(0.0));
        }
        let params = self.leader.params();
        let lost_by_agreeing = params
            .curve
            .rise(self.support_at(gap), self.support_if_refused())?;
        if lost_by_agreeing > 0.0 {
            let stake = params.national_weight * gap / lost_by_agreeing;
            computed("closing office stake", stake).map(Some)
        } else {
            Ok(None)
        }
    }

    /// How far the distortion can go as the office stake grows without bound: r^P − r^N, infinite
    /// if the good brings no support at all and an enemy does.
    pub(crate) fn furthest_distortion(&self) -> f64 {
        if self.leader.params().support > 0.0 {
            return self.pull();
        }
        let enemy = self.leader.params().threat * self.claim.audience_hostility.get();
        if enemy == 0.0 {
            0.0
        } else {
            enemy * f64::INFINITY
        }
    }

    /// r^P − r^N = L(b − p) + bλ, for κ > 0.
    fn pull(&self) -> f64 {
        let (params, b) = (self.leader.params(), self.claim.audience_hostility.get());
        let misbelief = self.claim.exploitation_loss * (b - self.claim.hostility.get());
        misbelief + b * params.threat / params.support
    }

    fn support_if_refused(&self) -> f64 {
        self.leader
            .support_if_refused(self.claim.nonagreement, self.claim.audience_hostility)
    }

    /// The support index at an agreement that gives the nation its reservation and `more`.
    fn support_at(&self, more: f64) -> f64 {
        let feared = self.claim.audience_hostility.get() * self.claim.exploitation_loss;
        self.leader
            .support_if_agreed(self.national_reservation() + more - feared)
    }

    fn linear_distortion(&self) -> Result<Root, LegitimacyError> {
        let (params, b) = (self.leader.params(), self.claim.audience_hostility.get());
        let misbelief = self.claim.exploitation_loss * (b - self.claim.hostility.get());
        let disturbance = params.support * misbelief + b * params.threat;
        // An office stake of 0 makes the divisor infinite and the distortion 0, as it should be.
        let divisor = params.national_weight / params.office_stake + params.support;
        let distortion = computed("leader's distortion", disturbance / divisor)?;
        if params.office_stake > 0.0 {
            let curve = SurvivalCurve::Linear;
            curve.rise(self.support_if_refused(), self.support_at(distortion))?;
        }
        Ok(Root::exact(distortion))
    }

    /// The D at which ωD + Ω·rise(refuse → agree) = 0. The rise is never beyond ±1, nor the
    /// root beyond r^P − r^N (claim D-33), which gives the bracket.
    fn solve(
        &self,
        rise: impl Fn(f64, f64) -> Result<f64, LegitimacyError>,
    ) -> Result<Root, LegitimacyError> {
        let (params, refused) = (self.leader.params(), self.support_if_refused());
        let relative_stake = params.office_stake / params.national_weight;
        if relative_stake <= 0.0 {
            return Ok(Root::exact(0.0));
        }
        if params.support <= 0.0 {
            // The good buys no support: the office term is a constant.
            let distortion = -relative_stake * rise(refused, params.baseline)?;
            return computed("leader's distortion", distortion).map(Root::exact);
        }
        let end = self.pull().clamp(-relative_stake, relative_stake);
        computed("bracket of the leader's distortion", end)?;
        between_zero_and(end, |more| {
            Ok(more + relative_stake * rise(refused, self.support_at(more))?)
        })
    }
}

/// A claimant in a file.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Unchecked {
    leader: Leader,
    claim: ClaimParams,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Claimant {
    type Error = LegitimacyError;

    fn try_from(unchecked: Unchecked) -> Result<Self, LegitimacyError> {
        Self::new(unchecked.leader, unchecked.claim)
    }
}

#[cfg(feature = "serde")]
impl From<Claimant> for Unchecked {
    fn from(side: Claimant) -> Self {
        Self {
            leader: side.leader,
            claim: side.claim,
        }
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;
    use crate::{LeaderParams, LeaderStakes, strategies};

    fn params(curve: SurvivalCurve) -> LeaderParams {
        LeaderParams {
            national_weight: 1.0,
            office_stake: 2.0,
            support: 0.5,
            threat: 0.3,
            baseline: 0.3,
            curve,
        }
    }

    fn side(params: LeaderParams, p: f64, b: f64) -> Claimant {
        let claim = ClaimParams {
            nonagreement: 0.35,
            exploitation_loss: 0.6,
            hostility: Probability::new(p).unwrap(),
            audience_hostility: Probability::new(b).unwrap(),
        };
        Claimant::new(Leader::new(params).unwrap(), claim).unwrap()
    }

    /// The side's stakes at a share, for the leader's own margin.
    fn at_share(side: &Claimant, share: f64) -> LeaderStakes {
        LeaderStakes {
            if_honoured: share,
            if_cheated: share - side.claim.exploitation_loss,
            nonagreement: side.claim.nonagreement,
            trust: side.claim.hostility.complement(),
            audience_hostility: side.claim.audience_hostility,
        }
    }

    #[test]
    fn a_good_that_buys_no_support_leaves_the_price_of_the_enemy() {
        let no_support = LeaderParams {
            support: 0.0,
            ..params(SurvivalCurve::Linear)
        };
        let anxious = side(no_support, 0.0, 0.5);
        assert!(anxious.audience_reservation().is_err());
        assert_relative_eq!(anxious.distortion().unwrap().value, 2.0 * 0.3 * 0.5);
        let logit = LeaderParams {
            curve: SurvivalCurve::Logit,
            ..no_support
        };
        let anxious = side(logit, 0.0, 0.5);
        let rise = SurvivalCurve::Logit.rise(0.3, 0.45).unwrap();
        assert_relative_eq!(anxious.distortion().unwrap().value, 2.0 * rise);
        assert_eq!(anxious.furthest_distortion(), f64::INFINITY);
        assert_eq!(side(logit, 0.0, 0.0).furthest_distortion(), 0.0);
    }

    #[test]
    fn an_indifference_point_off_the_linear_curve_is_refused() {
        let unpopular = LeaderParams {
            baseline: -0.5,
            ..params(SurvivalCurve::Linear)
        };
        assert!(matches!(
            side(unpopular, 0.0, 0.5).distortion(),
            Err(LegitimacyError::OffLinearCurve { .. })
        ));
    }

    #[test]
    fn numbers_that_add_up_to_no_number_are_refused() {
        let leader = Leader::new(params(SurvivalCurve::Logit)).unwrap();
        let claim = ClaimParams {
            nonagreement: f64::MAX,
            exploitation_loss: f64::MAX,
            hostility: Probability::ONE,
            audience_hostility: Probability::ONE,
        };
        assert!(matches!(
            Claimant::new(leader, claim),
            Err(LegitimacyError::Overflow { .. })
        ));
        let unsupported = ClaimParams {
            nonagreement: f64::NAN,
            ..claim
        };
        assert!(Claimant::new(leader, unsupported).is_err());
        let extreme = LeaderParams {
            office_stake: f64::MAX,
            national_weight: f64::MIN_POSITIVE,
            support: f64::MIN_POSITIVE,
            threat: f64::MAX,
            ..params(SurvivalCurve::Cauchy)
        };
        assert!(side(extreme, 0.0, 1.0).distortion().is_err());
        assert!(side(extreme, 0.0, 1.0).audience_reservation().is_err());
        assert!(side(extreme, 0.0, 1.0).closing_stake(f64::NAN).is_err());
    }

    #[test]
    fn any_curve_will_do_but_not_any_function() {
        let anxious = side(params(SurvivalCurve::Logit), 0.1, 0.6);
        let logistic = |z: f64| 1.0 / (1.0 + (-z).exp());
        assert_relative_eq!(
            anxious.distortion_on(logistic).unwrap().value,
            anxious.distortion().unwrap().value,
            epsilon = 1e-14
        );
        assert!(anxious.distortion_on(|z| z).is_ok());
        assert!(anxious.distortion_on(|z| 10.0 * z).is_err());
        assert!(anxious.distortion_on(|_| f64::NAN).is_err());
    }

    proptest! {
        /// The closed form against bisection of the same linear curve.
        #[test]
        fn the_closed_form_agrees_with_the_search(
            leader in strategies::linear_leader(), claim in strategies::claim(),
        ) {
            let side = Claimant::new(leader, claim).unwrap();
            if let Ok(closed) = side.distortion() {
                let searched = side.solve(|from, to| Ok(to - from)).unwrap();
                prop_assert!((closed.value - searched.value).abs() < 1e-12);
                prop_assert_eq!(closed.error, 0.0);
            }
        }

        /// The leader's own margin changes sign where the reservation says.
        #[test]
        fn the_margin_changes_sign_at_the_reservation(side in strategies::claimant()) {
            let at = side.leader_reservation().unwrap().value;
            let margin = |share| side.leader.margin(at_share(&side, share)).unwrap();
            prop_assert!(margin(at - 1e-6) < 0.0 && margin(at + 1e-6) > 0.0);
        }

        /// Brute force: the first point of a fine grid at which the leader accepts.
        #[test]
        fn a_scan_of_shares_finds_the_same_reservation(side in strategies::claimant()) {
            let reservation = side.leader_reservation().unwrap().value;
            let steps = 2000;
            let (low, width) = (reservation - 1.037, 2.0);
            let first = (0..=steps)
                .map(|step| low + width * f64::from(step) / f64::from(steps))
                .find(|&share| side.leader.margin(at_share(&side, share)).unwrap() > 0.0);
            prop_assert!((first.unwrap() - reservation).abs() <= 1.001e-3);
        }

        /// At the closing stake the distortion is the gap.
        #[test]
        fn the_closing_stake_closes(side in strategies::claimant(), gap in 0.001..0.5_f64) {
            let with = |office_stake| {
                let params = LeaderParams { office_stake, ..*side.leader.params() };
                Claimant::new(Leader::new(params).unwrap(), side.claim).unwrap()
            };
            let furthest = side.furthest_distortion();
            prop_assume!((furthest - gap).abs() > 1e-6);
            match side.closing_stake(gap).unwrap() {
                Some(stake) => {
                    prop_assert!(furthest > gap);
                    prop_assert!((with(stake).distortion().unwrap().value - gap).abs() < 1e-6);
                    prop_assert!(with(stake * 1.01).distortion().unwrap().value > gap - 1e-9);
                }
                None => prop_assert!(furthest < gap),
            }
        }
    }
}
