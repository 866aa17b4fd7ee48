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
mod tests;
