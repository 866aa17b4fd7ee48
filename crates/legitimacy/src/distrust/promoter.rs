use detente_quantity::Probability;

use crate::{
    Leader, LegitimacyError, SurvivalCurve,
    claimant::on_line,
    error::{computed, finite, require},
};

/// What the audience learns from the signature itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Signature {
    /// Nothing: whoever signs may still be exploited, so the audience goes on counting bL.
    #[default]
    Uninformative,
    /// That the adversary is benign: the audience of a signed agreement fears no loss (L = 0 in
    /// its terms), and only the enemy forgone distorts.
    RevealsBenign,
}

/// A leader who may promote distrust, before it is checked by [`Promoter::new`]. Shares are of one
/// good whose whole is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PromoterParams {
    /// The leader; on the linear survival curve, on which beliefs can be averaged.
    pub leader: Leader,
    /// r: the nation's value without agreement.
    pub nonagreement: f64,
    /// L: what the nation loses under an agreement with a hostile adversary; 0 or more.
    pub exploitation_loss: f64,
    /// π: the audience's prior that the adversary is hostile.
    pub prior_hostility: Probability,
    /// η: the share of the audience that believes whatever it is told.
    pub credulous_share: Probability,
    /// c: what an untrue message costs the leader, in the leader's own units (those of ω and Ω);
    /// above 0. High where the press can expose it.
    pub message_cost: f64,
    /// What a signature tells the audience.
    pub signature: Signature,
}

/// A checked leader who may promote distrust, with an audience.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "PromoterParams", into = "PromoterParams")
)]
pub struct Promoter(PromoterParams);

/// What the leader bargains with and how well.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bargain {
    /// r_j: the other nation's value without agreement.
    pub other_reservation: f64,
    /// D_j: what the other side's leader asks beyond it ([`Claimant::distortion`](crate::Claimant::distortion)).
    pub other_distortion: f64,
    /// α: the share of the surplus that goes to this side.
    pub own_share: Probability,
}

/// How truthful a leader's messages are in equilibrium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Candour {
    /// Every message is true: an untrue one would not pay even if fully believed.
    Candid,
    /// Untrue messages are sent just so often that they only just pay.
    Mixed,
    /// The same message is sent whatever the adversary is; only the credulous are moved.
    Saturated,
}

impl Promoter {
    /// Checks the leader and the audience.
    ///
    /// # Errors
    /// [`LegitimacyError::NotLinear`] if the survival curve is not the linear one;
    /// [`LegitimacyError::OutOfRange`] if the value without agreement is not finite, the
    /// exploitation loss is negative or not finite, or the cost of a message is not finite and
    /// above 0; [`LegitimacyError::Overflow`].
    pub fn new(params: PromoterParams) -> Result<Self, LegitimacyError> {
        let curve = params.leader.params().curve;
        if curve != SurvivalCurve::Linear {
            return Err(LegitimacyError::NotLinear { curve });
        }
        finite("nonagreement value", params.nonagreement)?;
        let (loss, cost) = (params.exploitation_loss, params.message_cost);
        require(
            loss.is_finite() && loss >= 0.0,
            "exploitation loss",
            loss,
            "a finite number, 0 or more, where distrust is promoted",
        )?;
        require(
            cost.is_finite() && cost > 0.0,
            "cost of an untrue message",
            cost,
            "a finite number above 0",
        )?;
        let promoter = Self(params);
        let size = promoter.office() * (params.leader.params().threat.abs() + promoter.pull_size())
            + promoter.weight() * (1.0 + params.nonagreement.abs() + loss);
        let made_of = promoter.named();
        computed("leader's stakes in the message", size, &made_of)?;
        let distortion = promoter.distortion_at(Probability::ONE);
        computed("leader's distortion", distortion, &made_of)?;
        Ok(promoter)
    }

    /// What was checked.
    #[must_use]
    pub const fn params(&self) -> &PromoterParams {
        &self.0
    }

    /// A = ω + Ωκ: what a unit of the good is worth to the leader.
    #[must_use]
    pub fn weight(&self) -> f64 {
        let leader = self.0.leader.params();
        leader.national_weight + leader.office_stake * leader.support
    }

    /// How far the leader's reservation moves from the nation's as the audience's belief in a
    /// hostile adversary rises to `belief` although the leader knows it to be benign:
    /// D(b) = Ωμb/A with **μ = κL + ℓ**, or μ = ℓ where a
    /// [signature reveals](Signature::RevealsBenign) the adversary.
    #[must_use]
    pub fn distortion_at(&self, belief: Probability) -> f64 {
        self.office() * self.pull() * belief.get() / self.weight()
    }

    /// The parameters by name.
    pub(super) fn named(&self) -> [(&'static str, f64); 7] {
        let leader = self.0.leader.params();
        [
            ("national weight", leader.national_weight),
            ("office stake", leader.office_stake),
            ("support per unit of payoff", leader.support),
            ("threat legitimation", leader.threat),
            ("nonagreement value", self.0.nonagreement),
            ("exploitation loss", self.0.exploitation_loss),
            ("cost of an untrue message", self.0.message_cost),
        ]
    }

    /// Ω.
    pub(super) fn office(&self) -> f64 {
        self.0.leader.params().office_stake
    }

    /// ωL: what the leader loses on the nation's account by agreeing with a hostile adversary.
    pub(super) fn toll(&self) -> f64 {
        self.0.leader.params().national_weight * self.0.exploitation_loss
    }

    /// μ: by how much a unit of belief lowers support for agreement against support for refusal.
    pub(super) fn pull(&self) -> f64 {
        self.0.leader.params().threat + self.feared()
    }

    fn pull_size(&self) -> f64 {
        self.0.leader.params().support * self.0.exploitation_loss
    }

    /// The part of μ that is fear of exploitation, in the audience's terms.
    fn feared(&self) -> f64 {
        match self.0.signature {
            Signature::Uninformative => self.pull_size(),
            Signature::RevealsBenign => 0.0,
        }
    }

    /// That support stays on the linear curve at every refusal and every agreement that this side
    /// could reach with `surplus` to share. Support is linear in the belief and the share, so the
    /// corners suffice.
    pub(super) fn check_support(&self, surplus: f64) -> Result<(), LegitimacyError> {
        let leader = self.0.leader.params();
        let refused = leader.baseline + leader.support * self.0.nonagreement;
        let (pull, surplus) = (self.office() * self.pull(), surplus.max(0.0));
        let furthest = if pull > 0.0 {
            (self.weight() * surplus / pull).min(1.0)
        } else {
            1.0
        };
        let (share, feared) = (self.0.leader.political_weight().get(), self.feared());
        let slope = share * leader.threat - (1.0 - share) * feared;
        for support in [
            refused,
            refused + leader.threat,
            refused + leader.support * surplus,
            refused + furthest * slope,
        ] {
            let given = clear_of_rounding(support);
            if !on_line(given) {
                return Err(LegitimacyError::OffLinearCurve { given });
            }
        }
        Ok(())
    }
}

/// Sums of decimal fractions miss 0 and 1 by a few units in the last place.
fn clear_of_rounding(support: f64) -> f64 {
    let near = support.clamp(0.0, 1.0);
    if (support - near).abs() <= 1e-12 {
        near
    } else {
        support
    }
}

impl Bargain {
    /// S − D_j = 1 − r − r_j − D_j, from the side of `promoter`: what there is to share if its own
    /// leader asks no more than its nation.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if a number is not finite; [`LegitimacyError::Overflow`].
    pub fn surplus(&self, promoter: &Promoter) -> Result<f64, LegitimacyError> {
        finite("other side's reservation", self.other_reservation)?;
        finite("other side's distortion", self.other_distortion)?;
        let surplus =
            1.0 - promoter.params().nonagreement - self.other_reservation - self.other_distortion;
        let others = [
            ("other side's reservation", self.other_reservation),
            ("other side's distortion", self.other_distortion),
        ];
        let made_of = [&promoter.named()[..], &others].concat();
        computed("leader's surplus", promoter.weight() * surplus, &made_of)?;
        Ok(surplus)
    }
}

impl TryFrom<PromoterParams> for Promoter {
    type Error = LegitimacyError;

    fn try_from(params: PromoterParams) -> Result<Self, LegitimacyError> {
        Self::new(params)
    }
}

impl From<Promoter> for PromoterParams {
    fn from(promoter: Promoter) -> PromoterParams {
        promoter.0
    }
}

/// A promoter and a bargain in a file, before they are checked together.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Together {
    pub(super) promoter: Promoter,
    pub(super) bargain: Bargain,
}
