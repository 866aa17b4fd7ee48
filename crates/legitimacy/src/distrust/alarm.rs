use detente_quantity::Probability;

#[cfg(feature = "serde")]
use super::promoter::Together;
use super::{Bargain, Candour, Promoter, incentive::Incentive};
use crate::{LegitimacyError, error::require};

/// A leader who lives off an enemy (ℓ ≥ 0), deciding whether to raise the alarm about an adversary
/// the leader knows to be benign (claims D-38 to D-42).
///
/// Alarm is free when it is true and costs c when it is not. The belief b that it leaves behind is
/// worth, beside calm,
///
/// **G(b) = Ωℓb − α·min(A·S_j, Ωμb)**, A = ω + Ωκ, μ = κL + ℓ, S_j = max(0, 1 − r − r_j − D_j):
///
/// rent from the enemy, less the leader's part α of the surplus that fear destroys (Nash's
/// bargaining solution on the linear curve). G is convex and G(0) = 0, so it reaches c at one
/// belief b̂ at most, and there is one equilibrium in which true alarms are raised.
///
/// ```
/// use detente_legitimacy::{
///     Bargain, Candour, Leader, LeaderParams, Promoter, PromoterParams, Promotion, Signature,
///     SurvivalCurve,
/// };
/// use detente_quantity::Probability;
///
/// let leader = Leader::new(LeaderParams {
///     national_weight: 1.0, office_stake: 2.0, support: 0.5, threat: 0.3, baseline: 0.3,
///     curve: SurvivalCurve::Linear,
/// })?;
/// let promoter = Promoter::new(PromoterParams {
///     leader,
///     nonagreement: 0.35,
///     exploitation_loss: 0.6,
///     prior_hostility: Probability::saturating(0.3),
///     credulous_share: Probability::ZERO,
///     message_cost: 0.15,
///     signature: Signature::Uninformative,
/// })?;
/// let bargain = Bargain {
///     other_reservation: 0.35, other_distortion: 0.0, own_share: Probability::HALF,
/// };
/// let found = Promotion::new(promoter, bargain)?.equilibrium()?;
/// // One benign adversary in seven is decried, and each time an agreement is lost.
/// assert_eq!(found.candour, Candour::Mixed);
/// assert!((found.inflation.get() - 1.0 / 7.0).abs() < 1e-12);
/// assert!((found.missed.get() - 0.1).abs() < 1e-12);
/// // The leader would do better to be known for candour.
/// assert!((found.ex_ante_gain - -0.045).abs() < 1e-12);
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Together", into = "Together"))]
pub struct Promotion {
    promoter: Promoter,
    bargain: Bargain,
    surplus: f64,
}

/// The equilibrium of a [`Promotion`], in closed form.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PromotionEquilibrium {
    /// Candid, mixed or saturated.
    pub candour: Candour,
    /// q*: how often the alarm is raised about a benign adversary.
    pub inflation: Probability,
    /// b_A: the audience's mean belief in a hostile adversary after an alarm. After calm it is 0.
    pub alarm_belief: Probability,
    /// b̂: the belief at which an untrue alarm just pays; `None` if it does at none below 1.
    pub paying_belief: Option<Probability>,
    /// b_c: beyond this belief the zone of agreement is closed; `None` if no belief closes it.
    pub closing_belief: Option<Probability>,
    /// What the leader asks beyond the nation's reservation after an untrue alarm, D(b_A).
    pub distortion: f64,
    /// The audience's belief on average over messages, π + η(1 − π)q* (claim D-40): equal to the
    /// prior where nobody is credulous.
    pub mean_belief: Probability,
    /// M = (1 − π)q* if b_A > b_c, else 0: the chance that the adversary is benign and a zone of
    /// agreement between the nations is closed by an alarm (claim D-42). 0 where they had none.
    pub missed: Probability,
    /// What the leader gains before learning the adversary's type, compared with being known never
    /// to raise an untrue alarm; negative where inflation defeats itself (claim D-41).
    pub ex_ante_gain: f64,
    /// The certificate: the most that either type of leader could gain by another message. 0 but
    /// for rounding.
    pub regret: f64,
}

impl Promotion {
    /// Checks the bargain.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if the leader's threat legitimation ℓ is negative (see
    /// [`Understatement`](crate::Understatement)) or a number is not finite;
    /// [`LegitimacyError::OffLinearCurve`] if support can leave `[0, 1]`;
    /// [`LegitimacyError::Overflow`].
    pub fn new(promoter: Promoter, bargain: Bargain) -> Result<Self, LegitimacyError> {
        let threat = promoter.params().leader.params().threat;
        require(
            threat >= 0.0,
            "threat legitimation",
            threat,
            "0 or more in a leader who may raise the alarm",
        )?;
        let surplus = bargain.surplus(&promoter)?;
        promoter.check_support(surplus)?;
        Ok(Self {
            promoter,
            bargain,
            surplus,
        })
    }

    /// The leader and the audience.
    #[must_use]
    pub const fn promoter(&self) -> &Promoter {
        &self.promoter
    }

    /// What is bargained over.
    #[must_use]
    pub const fn bargain(&self) -> &Bargain {
        &self.bargain
    }

    /// G(b): what the audience's belief `b` rather than 0 brings a leader who knows the adversary
    /// to be benign, before the cost of the message.
    #[must_use]
    pub fn benign_gain(&self, belief: Probability) -> f64 {
        self.incentive().benign_gain(belief.get())
    }

    /// The same for a leader who knows the adversary to be hostile:
    /// Ωℓb − α·min(max(0, A·S_j − ωL), Ωμb). Never below [`benign_gain`](Self::benign_gain).
    #[must_use]
    pub fn hostile_gain(&self, belief: Probability) -> f64 {
        self.incentive().hostile_gain(belief.get())
    }

    /// Whether a true alarm is sure to be raised whatever the audience makes of it:
    /// ℓ(1 − α) ≥ ακL or (1 − ρ)L ≥ S_j. Sufficient for [`equilibrium`](Self::equilibrium) to
    /// exist, not necessary.
    #[must_use]
    pub fn alarms_truly(&self) -> bool {
        let leader = self.promoter.params().leader.params();
        let share = self.bargain.own_share.get();
        leader.threat >= share * self.promoter.pull()
            || self.promoter.toll() >= self.promoter.weight() * self.surplus
    }

    /// The equilibrium, with b_pool = η + (1 − η)π:
    ///
    /// - **b_A = max(b_pool, min(1, b̂))**;
    /// - q* = 0 if b̂ ≥ 1 (*candid*), 1 if b_pool ≥ b̂ (*saturated*), and otherwise (*mixed*)
    ///   **q\* = π(1 − β)/((1 − π)β)** with β = (b̂ − η)/(1 − η).
    ///
    /// O(1).
    ///
    /// # Errors
    /// [`LegitimacyError::TrueAlarmWithheld`] if a leader facing a hostile adversary would rather
    /// stay calm, to keep the surplus of an agreement: the model then has no such equilibrium.
    /// The check is exact; it can fail only where the equilibrium would be candid.
    pub fn equilibrium(&self) -> Result<PromotionEquilibrium, LegitimacyError> {
        let (params, incentive) = (self.promoter.params(), self.incentive());
        let paying = incentive.threshold(params.message_cost);
        let reply = Reply::new(&self.promoter, paying);
        let (belief, inflation) = (reply.alarm_belief.get(), reply.inflation.get());
        if reply.withheld(&incentive) {
            let loss = -incentive.hostile_gain(belief);
            return Err(LegitimacyError::TrueAlarmWithheld { loss });
        }
        let (prior, credulous) = (params.prior_hostility.get(), params.credulous_share.get());
        let net = incentive.benign_gain(belief) - params.message_cost;
        let hostile_change = incentive.hostile_gain(belief) - incentive.hostile_gain(1.0);
        let closes = self.nations_could_gain()
            && self
                .closing_belief()
                .is_some_and(|closing| reply.alarm_belief > closing);
        let benign = (1.0 - prior) * inflation;
        Ok(PromotionEquilibrium {
            candour: reply.candour,
            inflation: reply.inflation,
            alarm_belief: reply.alarm_belief,
            paying_belief: paying.map(Probability::saturating),
            closing_belief: self.closing_belief(),
            distortion: self.promoter.distortion_at(reply.alarm_belief),
            mean_belief: Probability::saturating(prior + credulous * benign),
            missed: Probability::saturating(if closes { benign } else { 0.0 }),
            ex_ante_gain: prior * hostile_change + benign * net,
            regret: reply.regret(&incentive, params.message_cost),
        })
    }

    /// max(0, G(1)): the cost of an untrue message from which on none is sent, even if it would be
    /// fully believed. Below it the leader is not candid.
    #[must_use]
    pub fn candid_cost(&self) -> f64 {
        self.benign_gain(Probability::ONE).max(0.0)
    }

    /// The greatest office stake at which no untrue alarm is raised, all else equal and support
    /// still on the linear curve; `None` if none is at any. As G(1) is the greater of
    /// Ωℓ − αΩμ and Ωℓ − α(ω + Ωκ)S_j, it is at most c up to the lesser of **c/(ℓ − αμ)** and
    /// **(c + αωS_j)/(ℓ − ακS_j)**, each where its divisor is above 0.
    #[must_use]
    pub fn candid_stake(&self) -> Option<f64> {
        let params = self.promoter.params();
        let (leader, share) = (params.leader.params(), self.bargain.own_share.get());
        let (surplus, cost) = (self.surplus.max(0.0), params.message_cost);
        let given_up = cost + share * leader.national_weight * surplus;
        let while_open = cost / (leader.threat - share * self.promoter.pull());
        let once_closed = given_up / (leader.threat - share * leader.support * surplus);
        let ends = [while_open, once_closed].into_iter();
        ends.filter(|end| *end > 0.0 && end.is_finite())
            .reduce(f64::min)
    }

    /// b_c = A·S_j/(Ωμ): the audience's belief beyond which the zone of agreement is closed; `None`
    /// if no belief short of certainty closes it.
    #[must_use]
    pub fn closing_belief(&self) -> Option<Probability> {
        let pull = self.promoter.office() * self.promoter.pull();
        let worth = self.promoter.weight() * self.surplus.max(0.0);
        (pull > worth).then(|| Probability::saturating(worth / pull))
    }

    /// What a leader could expect, before learning the type, from an audience that was brought to
    /// the belief `posterior` by a rule of messages it can see and check (*commitment*): the value
    /// of agreeing or refusing, whichever bargaining gives, with the leader's own belief the same.
    /// Less the constant ωr + Ω(m₀ + κr). By Kamenica and Gentzkow (2011) the best rule gives the
    /// concave hull of this function at the prior; it lies below its chord from 0 to 1, which full
    /// candour gives, wherever hostile states allow no deal (claim D-41).
    #[must_use]
    pub fn committed_value(&self, posterior: Probability) -> f64 {
        let (b, share) = (posterior.get(), self.bargain.own_share.get());
        let office = self.promoter.office();
        let worth = self.promoter.weight() * self.surplus;
        let destroyed = office * self.promoter.pull() * b;
        let deal = |toll: f64| (worth - toll - destroyed).max(0.0);
        let rent = office * self.promoter.params().leader.params().threat * b;
        rent + share * ((1.0 - b) * deal(0.0) + b * deal(self.promoter.toll()))
    }

    fn nations_could_gain(&self) -> bool {
        self.surplus + self.bargain.other_distortion > 0.0
    }

    fn incentive(&self) -> Incentive {
        Incentive::alone(&self.promoter, self.bargain.own_share.get(), self.surplus)
    }
}

/// A leader's equilibrium messages, given the belief at which an untrue alarm just pays.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reply {
    pub(super) candour: Candour,
    pub(super) inflation: Probability,
    pub(super) alarm_belief: Probability,
}

impl Reply {
    /// A rate at which untrue alarms are raised although any other would pay as much.
    fn indifferent(promoter: &Promoter, rate: f64) -> Self {
        let params = promoter.params();
        let prior = params.prior_hostility.get();
        let credulous = params.credulous_share.get();
        let belief = credulous + (1.0 - credulous) * reasoned_belief(prior, rate);
        Self {
            candour: Candour::Mixed,
            inflation: Probability::saturating(rate),
            alarm_belief: Probability::saturating(belief),
        }
    }

    /// The reply itself where it has this rate; otherwise the leader must be indifferent.
    pub(super) fn or_indifferent(self, promoter: &Promoter, rate: f64) -> Self {
        if (self.inflation.get() - rate).abs() <= 1e-9 {
            self
        } else {
            Self::indifferent(promoter, rate)
        }
    }

    pub(super) fn new(promoter: &Promoter, paying: Option<f64>) -> Self {
        let params = promoter.params();
        let (prior, credulous) = (params.prior_hostility.get(), params.credulous_share.get());
        let pooled = credulous + (1.0 - credulous) * prior;
        let (candour, inflation, belief) = match paying {
            Some(paying) if pooled >= paying => (Candour::Saturated, 1.0, pooled),
            Some(paying) if paying < 1.0 => {
                // Above the pooled belief, so β lies above π and the divisor above 0.
                let beta = (paying - credulous) / (1.0 - credulous);
                let inflation = prior * (1.0 - beta) / ((1.0 - prior) * beta);
                (Candour::Mixed, inflation, paying)
            }
            _ => (Candour::Candid, 0.0, 1.0),
        };
        Self {
            candour,
            inflation: Probability::saturating(inflation),
            alarm_belief: Probability::saturating(belief),
        }
    }

    /// The most that a leader facing either adversary could gain by the other message.
    pub(super) fn regret(&self, incentive: &Incentive, cost: f64) -> f64 {
        let belief = self.alarm_belief.get();
        let net = incentive.benign_gain(belief) - cost;
        let benign = match self.candour {
            Candour::Candid => net,
            Candour::Mixed => net.abs(),
            Candour::Saturated => -net,
        };
        benign.max(-incentive.hostile_gain(belief)).max(0.0)
    }

    /// Whether a leader facing a hostile adversary would rather stay calm, by more than rounding.
    pub(super) fn withheld(&self, incentive: &Incentive) -> bool {
        -incentive.hostile_gain(self.alarm_belief.get()) > 1e-12 * incentive.size()
    }
}

/// What Bayes' rule makes of an alarm raised always of a hostile adversary and at `rate` of a benign
/// one: π/(π + (1 − π)q). Where none is ever raised, 1.
pub(super) fn reasoned_belief(prior: f64, rate: f64) -> f64 {
    let alarms = prior + (1.0 - prior) * rate;
    if alarms > 0.0 { prior / alarms } else { 1.0 }
}

#[cfg(feature = "serde")]
impl TryFrom<Together> for Promotion {
    type Error = LegitimacyError;

    fn try_from(together: Together) -> Result<Self, LegitimacyError> {
        Self::new(together.promoter, together.bargain)
    }
}

#[cfg(feature = "serde")]
impl From<Promotion> for Together {
    fn from(promotion: Promotion) -> Self {
        Self {
            promoter: promotion.promoter,
            bargain: promotion.bargain,
        }
    }
}

#[cfg(test)]
mod tests;
