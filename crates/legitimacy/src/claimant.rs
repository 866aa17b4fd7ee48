use detente_quantity::Probability;

use crate::{
    Leader, LegitimacyError, Root, SurvivalCurve,
    curve::rise_on,
    error::{computed, finite},
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
/// | leader | r^D, between the two; (1 − ρ)r^N + ρr^P where support stays on the linear curve |
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
        computed(
            "nation's reservation",
            side.national_reservation(),
            &side.named(),
        )?;
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
    /// Where the good brings no support (κ = 0) it is the limit κ → 0: r + bL if the enemy changes
    /// nothing (ℓb = 0), otherwise infinite with the sign of ℓ, for no share makes up for the enemy.
    #[must_use]
    pub fn audience_reservation(&self) -> f64 {
        self.national_reservation() + self.pull()
    }

    /// The share at which the leader is indifferent, r^D (claim D-33: unique, and between the
    /// nation's reservation and the audience's).
    ///
    /// # Errors
    /// As [`distortion`](Self::distortion).
    pub fn leader_reservation(&self) -> Result<Root, LegitimacyError> {
        self.above_national(self.distortion()?)
    }

    /// The same on any survival curve that is continuous and never falls, in place of the leader's
    /// own.
    ///
    /// # Errors
    /// As [`distortion_on`](Self::distortion_on).
    pub fn leader_reservation_on(
        &self,
        survival: impl Fn(f64) -> f64,
    ) -> Result<Root, LegitimacyError> {
        self.above_national(self.distortion_on(survival)?)
    }

    fn above_national(&self, distortion: Root) -> Result<Root, LegitimacyError> {
        let value = self.national_reservation() + distortion.value;
        let value = computed("leader's reservation", value, &self.named())?;
        Ok(Root {
            value,
            ..distortion
        })
    }

    /// The leader's distortion D = r^D − r^N. In closed form on the linear curve, by bisection on
    /// the others. Where support stays on the linear curve it is **D = ρ[L(b − p) + λb]**, with ρ the
    /// [political weight](Leader::political_weight); where agreement at the indifference point is
    /// certain to end in removal (−) or survival (+) but refusal is not, D = (Ω/ω)·F(refuse) or
    /// −(Ω/ω)·(1 − F(refuse)).
    ///
    /// 0 whatever the office stake if the audience believes what the leader believes and an enemy is
    /// worth nothing (claim D-36). Of the size Ω/ω at most.
    ///
    /// # Errors
    /// [`LegitimacyError::Overflow`].
    pub fn distortion(&self) -> Result<Root, LegitimacyError> {
        match self.leader.params().curve {
            SurvivalCurve::Linear => self.linear_distortion(),
            curve => self.solve(|from, to| curve.rise(from, to)),
        }
    }

    /// The leader's distortion on any survival curve that is continuous and never falls, in place of
    /// the leader's own, with a bound on its [error](Root::error).
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if `survival` gives anything but a probability;
    /// [`LegitimacyError::Overflow`].
    pub fn distortion_on(&self, survival: impl Fn(f64) -> f64) -> Result<Root, LegitimacyError> {
        self.solve(rise_on(survival))
    }

    /// The office stake at which the leader's distortion reaches `gap`, any larger one exceeding
    /// it: with `gap` the width of the zone of agreement otherwise left, the stake beyond which
    /// this leader closes it (claim D-35). `None` if no stake does, or only one too large for a
    /// number. With p = 0 and the linear curve, R* = ωS / (ℓb + κ(Lb − S)) for a gap of S.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if `gap` is not finite.
    pub fn closing_stake(&self, gap: f64) -> Result<Option<f64>, LegitimacyError> {
        let curve = self.leader.params().curve;
        self.closes_from(gap, |from, to| curve.rise(from, to))
    }

    /// The same on any survival curve that is continuous and never falls, in place of the leader's
    /// own. In closed form: no further from the true stake than rounding and the curve itself.
    ///
    /// # Errors
    /// As [`closing_stake`](Self::closing_stake), and [`LegitimacyError::OutOfRange`] if `survival`
    /// gives anything but a probability.
    pub fn closing_stake_on(
        &self,
        gap: f64,
        survival: impl Fn(f64) -> f64,
    ) -> Result<Option<f64>, LegitimacyError> {
        self.closes_from(gap, rise_on(survival))
    }

    fn closes_from(
        &self,
        gap: f64,
        rise: impl Fn(f64, f64) -> Result<f64, LegitimacyError>,
    ) -> Result<Option<f64>, LegitimacyError> {
        if finite("width of the zone", gap)? < 0.0 {
            return Ok(Some(0.0));
        }
        let lost_by_agreeing = rise(self.support_at(gap), self.support_if_refused())?;
        let stake = self.leader.params().national_weight * gap / lost_by_agreeing;
        Ok((lost_by_agreeing > 0.0 && stake.is_finite()).then_some(stake))
    }

    /// How far the distortion can go as the office stake grows without bound: r^P − r^N, infinite
    /// if the good brings no support at all and an enemy does. Where support leaves the linear curve,
    /// to the nearest share at which agreement and refusal keep office alike.
    pub(crate) fn furthest_distortion(&self) -> f64 {
        let (params, refused) = (self.leader.params(), self.support_if_refused());
        let agreed = self.support_at(0.0);
        if params.curve == SurvivalCurve::Linear && !on_line(refused) {
            let one_fate = refused.min(agreed) >= 1.0 || refused.max(agreed) <= 0.0;
            let kept = refused.clamp(0.0, 1.0);
            return if one_fate {
                0.0
            } else {
                (kept - agreed) / params.support
            };
        }
        if params.support > 0.0 {
            return self.pull();
        }
        toward_infinity(params.threat * self.claim.audience_hostility.get())
    }

    /// r^P − r^N = L(b − p) + bλ.
    fn pull(&self) -> f64 {
        let (params, b) = (self.leader.params(), self.claim.audience_hostility.get());
        let misbelief = self.claim.exploitation_loss * (b - self.claim.hostility.get());
        let enemy = b * params.threat;
        if params.support > 0.0 {
            misbelief + enemy / params.support
        } else {
            misbelief + toward_infinity(enemy)
        }
    }

    /// The parameters by name.
    fn named(&self) -> [(&'static str, f64); 7] {
        let leader = self.leader.params();
        [
            ("nonagreement value", self.claim.nonagreement),
            ("exploitation loss", self.claim.exploitation_loss),
            ("national weight", leader.national_weight),
            ("office stake", leader.office_stake),
            ("support per unit of payoff", leader.support),
            ("threat legitimation", leader.threat),
            ("baseline support", leader.baseline),
        ]
    }

    /// Ω/ω, as large as numbers go.
    fn relative_stake(&self) -> f64 {
        let params = self.leader.params();
        (params.office_stake / params.national_weight).min(f64::MAX)
    }

    fn support_if_refused(&self) -> f64 {
        self.leader
            .support_if_refused(self.claim.nonagreement, self.claim.audience_hostility)
    }

    /// The support index at an agreement that gives the nation its reservation and `more`.
    fn support_at(&self, more: f64) -> f64 {
        let feared = self.claim.audience_hostility.get() * self.claim.exploitation_loss;
        let expected = self.national_reservation() + more - feared;
        // An infinite share would bring no number of support where the good brings none.
        self.leader
            .support_if_agreed(expected.clamp(f64::MIN, f64::MAX))
    }

    /// The D at which D + (Ω/ω)[F(agreed + κD) − F(refused)] = 0, an increasing function of three
    /// straight pieces: agreement certain to end in removal, open, certain to end in survival.
    fn linear_distortion(&self) -> Result<Root, LegitimacyError> {
        let (params, stake) = (self.leader.params(), self.relative_stake());
        if params.support <= 0.0 {
            return self.solve(|from, to| SurvivalCurve::Linear.rise(from, to));
        }
        let (refused, agreed) = (self.support_if_refused(), self.support_at(0.0));
        let kept = refused.clamp(0.0, 1.0);
        let (if_removed, if_kept) = (stake * kept, -stake * (1.0 - kept));
        let distortion = if if_removed <= -agreed / params.support {
            if_removed
        } else if if_kept >= (1.0 - agreed) / params.support {
            if_kept
        } else {
            let b = self.claim.audience_hostility.get();
            let misbelief = self.claim.exploitation_loss * (b - self.claim.hostility.get());
            let disturbance = if on_line(refused) {
                // Which is exactly 0 where it should be: rounding would spoil the difference.
                params.support * misbelief + b * params.threat
            } else {
                kept - agreed
            };
            // An office stake of 0 makes the divisor infinite and the distortion 0, as it should be.
            let divisor = params.national_weight / params.office_stake + params.support;
            (disturbance / divisor).clamp(-stake, stake)
        };
        computed("leader's distortion", distortion, &self.named()).map(Root::exact)
    }

    /// The D at which ωD + Ω·rise(refuse → agree) = 0. The rise is never beyond ±1, nor the
    /// root beyond r^P − r^N (claim D-33), which gives the bracket.
    fn solve(
        &self,
        rise: impl Fn(f64, f64) -> Result<f64, LegitimacyError>,
    ) -> Result<Root, LegitimacyError> {
        let (params, refused) = (self.leader.params(), self.support_if_refused());
        let relative_stake = self.relative_stake();
        if relative_stake <= 0.0 {
            return Ok(Root::exact(0.0));
        }
        if params.support <= 0.0 {
            // The good buys no support: the office term is a constant.
            let distortion = -relative_stake * rise(refused, params.baseline)?;
            return computed("leader's distortion", distortion, &self.named()).map(Root::exact);
        }
        let end = self.pull().clamp(-relative_stake, relative_stake);
        between_zero_and(end, |more| {
            Ok(more + relative_stake * rise(refused, self.support_at(more))?)
        })
    }
}

/// Whether a support index lies where the linear curve is a straight line.
pub(crate) fn on_line(support: f64) -> bool {
    (0.0..=1.0).contains(&support)
}

/// The limit of a number of this sign as it grows without bound; of 0, 0.
fn toward_infinity(sign: f64) -> f64 {
    if sign == 0.0 {
        0.0
    } else {
        sign * f64::INFINITY
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
        assert_eq!(anxious.audience_reservation(), f64::INFINITY);
        assert_eq!(side(no_support, 0.2, 0.0).audience_reservation(), 0.35);
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

    /// Each piece of the linear curve, by hand.
    #[test]
    fn an_indifference_point_off_the_linear_curve() {
        let at = |baseline, threat, b| {
            let leader = LeaderParams {
                baseline,
                threat,
                ..params(SurvivalCurve::Linear)
            };
            side(leader, 0.0, b)
        };
        let distortion = |side: &Claimant| side.distortion().unwrap().value;
        // Lost whether it signs or not, and kept whether it signs or not.
        assert_eq!(distortion(&at(-2.0, 0.3, 0.5)), 0.0);
        assert_eq!(distortion(&at(3.0, 0.3, 0.5)), 0.0);
        // Kept for sure without agreement; with it ½(0.35 + D) − 0.15 + 0.6 = 0.625 + D/2.
        let anxious = at(0.6, 0.9, 0.5);
        assert_relative_eq!(distortion(&anxious), 2.0 * 0.375 / 2.0);
        assert_relative_eq!(anxious.furthest_distortion(), 0.75);
        // Lost for sure with agreement, at even odds without.
        let doomed = at(-1.0, 2.65, 0.5);
        assert_relative_eq!(distortion(&doomed), 2.0 * 0.5, epsilon = 1e-12);
        // Kept for sure with agreement, at even odds without.
        let saved = at(2.0, -3.35, 0.5);
        assert_relative_eq!(distortion(&saved), -2.0 * 0.5, epsilon = 1e-12);
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
    }

    /// The largest and smallest numbers give the limits that formulas have there.
    #[test]
    fn extreme_parameters_give_limits() {
        for curve in SurvivalCurve::ALL {
            for (office_stake, national_weight) in [(f64::MAX, f64::MIN_POSITIVE), (0.0, f64::MAX)]
            {
                for (support, threat) in
                    [(f64::MIN_POSITIVE, f64::MAX), (0.0, -f64::MAX), (0.5, 0.0)]
                {
                    for baseline in [0.3, f64::MAX, -f64::MAX] {
                        let extreme = LeaderParams {
                            national_weight,
                            office_stake,
                            support,
                            threat,
                            baseline,
                            curve,
                        };
                        let anxious = side(extreme, 0.0, 1.0);
                        let found = anxious.distortion().unwrap();
                        assert!(
                            found.value.is_finite() && !found.error.is_nan(),
                            "{extreme:?}"
                        );
                        if office_stake == 0.0 {
                            assert_eq!(found.value, 0.0);
                        }
                        assert!(!anxious.audience_reservation().is_nan());
                        let closing = anxious.closing_stake(0.3).unwrap();
                        assert!(closing.is_none_or(|stake| stake.is_finite() && stake >= 0.0));
                        assert!(anxious.closing_stake(f64::NAN).is_err());
                    }
                }
            }
        }
    }

    /// Refusing is the safer by so little that only a stake beyond all numbers would close the zone.
    #[test]
    fn a_closing_stake_beyond_all_numbers_is_none() {
        for (curve, baseline) in [
            (SurvivalCurve::Probit, -38.4),
            (SurvivalCurve::Logit, -744.0),
        ] {
            let safe = LeaderParams {
                baseline,
                ..params(curve)
            };
            let anxious = side(safe, 0.0, 1.0);
            let lost = curve.rise(anxious.support_at(0.01), anxious.support_if_refused());
            assert!(lost.unwrap() > 0.0);
            assert_eq!(anxious.closing_stake(0.01), Ok(None));
        }
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
        assert_eq!(
            anxious.leader_reservation_on(logistic).unwrap().value,
            anxious.national_reservation() + anxious.distortion_on(logistic).unwrap().value
        );
        let stakes = (
            anxious.closing_stake_on(0.1, logistic),
            anxious.closing_stake(0.1),
        );
        let [on, own] = [stakes.0, stakes.1].map(|stake| stake.unwrap().unwrap());
        assert_relative_eq!(on, own, max_relative = 1e-12);
        assert!(anxious.closing_stake_on(0.1, |z| 10.0 * z).is_err());
        assert!(anxious.distortion_on(|z| z).is_ok());
        assert!(anxious.distortion_on(|z| 10.0 * z).is_err());
        assert!(anxious.distortion_on(|_| f64::NAN).is_err());
    }

    proptest! {
        /// The closed form against bisection of the same linear curve, on it and off it.
        #[test]
        fn the_closed_form_agrees_with_the_search(
            leader in prop_oneof![strategies::linear_leader(), strategies::leader()],
            claim in strategies::claim(),
        ) {
            let curve = SurvivalCurve::Linear;
            let params = LeaderParams { curve, ..*leader.params() };
            let side = Claimant::new(Leader::new(params).unwrap(), claim).unwrap();
            let closed = side.distortion().unwrap();
            let searched = side.distortion_on(|z| z.clamp(0.0, 1.0)).unwrap();
            prop_assert!((closed.value - searched.value).abs() < 1e-9, "{closed:?} {searched:?}");
            prop_assert_eq!(closed.error, 0.0);
            // And its limit as office grows without bound.
            let params = LeaderParams { office_stake: 1e12, ..params };
            let far = Claimant::new(Leader::new(params).unwrap(), claim).unwrap();
            let (far, end) = (far.distortion().unwrap().value, far.furthest_distortion());
            prop_assert!((far - end).abs() <= 1e-6 * (1.0 + end.abs()), "{far} {end}");
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
