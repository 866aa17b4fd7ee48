use detente_quantity::Probability;

#[cfg(feature = "serde")]
use super::promoter::Together;
use super::{Bargain, Candour, Promoter};
use crate::{LegitimacyError, error::require};

/// A leader elected to make peace (ℓ < 0), deciding whether to send calm about an adversary the
/// leader knows to be hostile: the mirror of [`Promotion`](crate::Promotion) (claim D-43; cf.
/// Cukierman and Tommasi 1998, Schultz 2005).
///
/// Calm is free when it is true and costs c when it is not; the credulous believe it. A dove's
/// calm therefore proves little, where that of a leader who lives off an enemy proves all: *only
/// Nixon could go to China*.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Together", into = "Together"))]
pub struct Understatement {
    promoter: Promoter,
    bargain: Bargain,
    /// A(S − D_j).
    worth: f64,
}

/// The equilibrium of an [`Understatement`], in closed form.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UnderstatementEquilibrium {
    /// Candid, mixed or saturated.
    pub candour: Candour,
    /// q_C: how often calm is sent about a hostile adversary.
    pub understatement: Probability,
    /// b_C: the audience's mean belief in a hostile adversary after calm. After an alarm it is 1.
    pub calm_belief: Probability,
    /// r + b_C·L: the share that an audience which counts only the nation's payoff asks after calm.
    pub audience_reservation: f64,
    /// The audience's belief on average over messages, π(1 − ηq_C).
    pub mean_belief: Probability,
    /// What the leader gains before learning the adversary's type, compared with being known never
    /// to send untrue calm. Never positive but through the credulous.
    pub ex_ante_gain: f64,
    /// The certificate: the most that either type of leader could gain by another message. 0 but
    /// for rounding.
    pub regret: f64,
}

impl Understatement {
    /// Checks the bargain.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if the leader's threat legitimation ℓ is not negative or a
    /// number is not finite; [`LegitimacyError::HostileDeals`] unless
    /// ωL + min(0, Ωμ) ≥ A·(1 − r − r_j − D_j), which rules out agreements with a hostile adversary;
    /// [`LegitimacyError::OffLinearCurve`] if support can leave `[0, 1]`;
    /// [`LegitimacyError::Overflow`].
    pub fn new(promoter: Promoter, bargain: Bargain) -> Result<Self, LegitimacyError> {
        let threat = promoter.params().leader.params().threat;
        require(
            threat < 0.0,
            "threat legitimation",
            threat,
            "a number below 0 in a leader who may understate a threat",
        )?;
        let surplus = bargain.surplus(&promoter)?;
        let worth = promoter.weight() * surplus;
        let lost = promoter.toll() + (promoter.office() * promoter.pull()).min(0.0);
        // A bargain on the boundary has no surplus; decimal fractions may miss it by rounding.
        let excess = worth - lost;
        if excess > 1e-12 * (worth.abs() + promoter.toll()) {
            return Err(LegitimacyError::HostileDeals { surplus: excess });
        }
        promoter.check_support(surplus)?;
        Ok(Self {
            promoter,
            bargain,
            worth,
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

    /// The equilibrium: **b_C = min((1 − η)π, max(0, 1 − c/(Ω|ℓ|)))**, and where it is mixed
    /// q_C = β(1 − π)/(π(1 − β)) with β = b_C/(1 − η). O(1).
    #[must_use]
    pub fn equilibrium(&self) -> UnderstatementEquilibrium {
        let params = self.promoter.params();
        let (prior, credulous) = (params.prior_hostility.get(), params.credulous_share.get());
        let rent = self.candid_cost();
        let pooled = (1.0 - credulous) * prior;
        // An office stake of 0 makes the quotient infinite: candour, as it should be.
        let paying = 1.0 - params.message_cost / rent;
        let (candour, share, belief) = if paying <= 0.0 {
            (Candour::Candid, 0.0, 0.0)
        } else if pooled <= paying {
            (Candour::Saturated, 1.0, pooled)
        } else {
            // Below the pooled belief, so β lies below π and both divisors above 0.
            let beta = paying / (1.0 - credulous);
            let share = beta * (1.0 - prior) / (prior * (1.0 - beta));
            (Candour::Mixed, share, paying)
        };
        let net = rent * (1.0 - belief) - params.message_cost;
        UnderstatementEquilibrium {
            candour,
            understatement: Probability::saturating(share),
            calm_belief: Probability::saturating(belief),
            audience_reservation: params.nonagreement + belief * params.exploitation_loss,
            mean_belief: Probability::saturating(prior * (1.0 - credulous * share)),
            ex_ante_gain: prior * share * net - (1.0 - prior) * self.benign_loss(belief),
            regret: match candour {
                Candour::Candid => net,
                Candour::Mixed => net.abs(),
                Candour::Saturated => -net,
            }
            .max(0.0),
        }
    }

    /// Ω|ℓ|: the cost of an untrue message from which on none is sent.
    #[must_use]
    pub fn candid_cost(&self) -> f64 {
        self.promoter.office() * self.promoter.params().leader.params().threat.abs()
    }

    /// c/|ℓ|: the greatest office stake at which no untrue calm is sent, all else equal; `None`
    /// where it is too large for a number.
    #[must_use]
    pub fn candid_stake(&self) -> Option<f64> {
        let params = self.promoter.params();
        let end = params.message_cost / params.leader.params().threat.abs();
        end.is_finite().then_some(end)
    }

    /// What the belief b rather than 0 costs a leader who knows the adversary to be benign:
    /// Ω|ℓ|b + α[(A·S_j)⁺ − (A·S_j − Ωμb)⁺].
    fn benign_loss(&self, b: f64) -> f64 {
        let office = self.promoter.office();
        let left = (self.worth - office * self.promoter.pull() * b).max(0.0);
        let rent = office * self.promoter.params().leader.params().threat.abs() * b;
        rent + self.bargain.own_share.get() * (self.worth.max(0.0) - left)
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Together> for Understatement {
    type Error = LegitimacyError;

    fn try_from(together: Together) -> Result<Self, LegitimacyError> {
        Self::new(together.promoter, together.bargain)
    }
}

#[cfg(feature = "serde")]
impl From<Understatement> for Together {
    fn from(understatement: Understatement) -> Self {
        Self {
            promoter: understatement.promoter,
            bargain: understatement.bargain,
        }
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Leader, LeaderParams, PromoterParams, Signature, SurvivalCurve,
        distrust::brute::{STEPS, by_bargaining},
        strategies,
    };

    fn dove(office_stake: f64) -> Result<Understatement, LegitimacyError> {
        let leader = Leader::new(LeaderParams {
            national_weight: 1.0,
            office_stake,
            support: 0.5,
            threat: -0.3,
            baseline: 0.3,
            curve: SurvivalCurve::Linear,
        })?;
        let promoter = Promoter::new(PromoterParams {
            leader,
            nonagreement: 0.35,
            exploitation_loss: 0.6,
            prior_hostility: Probability::saturating(0.3),
            credulous_share: Probability::ZERO,
            message_cost: 0.5,
            signature: Signature::Uninformative,
        })?;
        let bargain = Bargain {
            other_reservation: 0.35,
            other_distortion: 0.0,
            own_share: Probability::HALF,
        };
        Understatement::new(promoter, bargain)
    }

    #[test]
    fn a_dove_is_believed_only_in_part() {
        let found = dove(2.0).unwrap().equilibrium();
        assert_eq!(found.candour, Candour::Mixed);
        assert_relative_eq!(found.calm_belief.get(), 1.0 / 6.0, epsilon = 1e-12);
        assert_relative_eq!(found.audience_reservation, 0.45, epsilon = 1e-12);
        assert_relative_eq!(found.mean_belief.get(), 0.3, epsilon = 1e-12);
    }

    #[test]
    fn a_dove_without_office_is_candid_and_deals_with_the_hostile_are_refused() {
        let disinterested = dove(0.0).unwrap().equilibrium();
        assert_eq!(disinterested.candour, Candour::Candid);
        assert_eq!(disinterested.ex_ante_gain, 0.0);
        // ωL = 0.6 against AS = (1 + 4·½)·0.3.
        let error = dove(4.0).unwrap_err();
        assert!(
            matches!(error, LegitimacyError::HostileDeals { surplus } if (surplus - 0.3).abs() < 1e-12)
        );
        assert!(
            error
                .to_string()
                .starts_with("agreement with a hostile adversary leaves a surplus"),
            "{error}"
        );
    }

    #[test]
    fn candour_ends_at_its_cost_and_at_its_stake() {
        // c = 0.5, |ℓ| = 0.3: candid up to an office worth 5/3, where untrue calm is worth 0.5.
        let end = dove(2.0).unwrap().candid_stake().unwrap();
        assert_relative_eq!(end, 5.0 / 3.0, epsilon = 1e-12);
        assert_relative_eq!(dove(end).unwrap().candid_cost(), 0.5, epsilon = 1e-12);
        let at = |stake: f64| dove(stake).unwrap().equilibrium().candour;
        assert_eq!(at(0.99 * end), Candour::Candid);
        assert_ne!(at(1.01 * end), Candour::Candid);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// The whole game on a grid of shares: no deal with the hostile at any belief, calm is best
        /// about the benign, and about the hostile it pays as much as the equilibrium says.
        #[test]
        fn no_type_gains_by_the_other_message(model in strategies::understatement()) {
            let found = model.equilibrium();
            let (promoter, bargain) = (model.promoter, model.bargain);
            let value = |b: f64, hostile| by_bargaining(&promoter, &bargain, b, hostile);
            let step = promoter.weight() * 1.2 / f64::from(STEPS);
            let params = promoter.params();
            let rent = promoter.office() * params.leader.params().threat;
            for b in [0.0, found.calm_belief.get(), 0.5, 1.0] {
                prop_assert!((value(b, true) - rent * b).abs() <= step);
            }
            let calm = found.calm_belief.get();
            let share = bargain.own_share.get();
            if (0.05..0.95).contains(&share) {
                prop_assert!(value(calm, false) >= value(1.0, false) - 2.0 * step);
                let loss = value(0.0, false) - value(calm, false);
                prop_assert!((model.benign_loss(calm) - loss).abs() <= 2.02 * step);
            }
            let net = value(calm, true) - value(1.0, true) - params.message_cost;
            match found.candour {
                Candour::Candid => prop_assert!(net <= 2.0 * step),
                Candour::Mixed => prop_assert!(net.abs() <= 2.0 * step),
                Candour::Saturated => prop_assert!(net >= -2.0 * step),
            }
            prop_assert!(found.regret <= 1e-12 * (1.0 + rent.abs()));
        }
    }
}
