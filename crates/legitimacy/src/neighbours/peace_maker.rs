use detente_quantity::Probability;

use crate::{
    LegitimacyError,
    error::{computed, finite, require},
};

/// An agreement that a leader may propose on private knowledge of the adversary, before it is
/// checked by [`PeaceMaker::new`]. In shares of one good whose whole is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PeaceMakerParams {
    /// x − r: what the nation gains by the agreement if it is honoured.
    pub gain: f64,
    /// L: what it loses against that if the adversary is hostile; above 0.
    pub exploitation_loss: f64,
    /// The least chance of a hostile adversary that the audience thinks possible.
    pub least_hostility: Probability,
    /// The greatest. The audience's prior is even between the two: both low is high trust.
    pub greatest_hostility: Probability,
    /// What the audience asks beyond the nation's reservation before it ratifies.
    pub audience_demand: f64,
}

/// Who can make peace (claim D-16; derived after Cukierman and Tommasi 1998, Schultz 2005).
///
/// The leader alone learns the chance p that the adversary is hostile, and proposes the agreement
/// if it gives more than the *lean* k beyond the nation's reservation: if x − r − pL > k. A hawk
/// has k > 0, a dove k < 0. The audience knows the lean, reads the proposal by Bayes' rule and
/// ratifies if x − r − E(p | proposal)·L is at least what it asks.
///
/// Doves propose more and are believed less. Where trust is low the leader likeliest to make peace
/// is therefore a moderate hawk: the most dovish leader whom the audience still believes.
///
/// ```
/// use detente_legitimacy::{PeaceMaker, PeaceMakerParams};
/// use detente_quantity::Probability;
/// let low_trust = PeaceMaker::new(PeaceMakerParams {
///     gain: 0.5, exploitation_loss: 1.0,
///     least_hostility: Probability::ZERO, greatest_hostility: Probability::ONE,
///     audience_demand: 0.3,
/// })?;
/// let (dove, hawk) = (low_trust.proposal(-0.25)?, low_trust.proposal(0.125)?);
/// assert_eq!((dove.proposes.get(), dove.ratified), (0.75, false));
/// assert_eq!((hawk.proposes.get(), hawk.ratified), (0.375, true));
/// let likeliest = low_trust.likeliest_lean().unwrap_or(f64::NAN);
/// assert!((likeliest - 0.1).abs() < 1e-12);
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "PeaceMakerParams", into = "PeaceMakerParams")
)]
pub struct PeaceMaker(PeaceMakerParams);

/// What comes of a leader of one lean.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PeaceMove {
    /// The chance that the leader proposes the agreement.
    pub proposes: Probability,
    /// The audience's belief in a hostile adversary once it is proposed, and so the chance that it
    /// is broken; `None` if it never is proposed.
    pub belief: Option<Probability>,
    /// Whether the audience ratifies it.
    pub ratified: bool,
}

impl PeaceMove {
    /// The chance that this leader makes peace: proposes, and is believed.
    #[must_use]
    pub fn makes_peace(&self) -> Probability {
        if self.ratified {
            self.proposes
        } else {
            Probability::ZERO
        }
    }
}

impl PeaceMaker {
    /// Checks the numbers.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] naming the one that is out of range or, if the least
    /// hostility exceeds the greatest, the least; [`LegitimacyError::Overflow`].
    pub fn new(params: PeaceMakerParams) -> Result<Self, LegitimacyError> {
        finite("gain by the agreement", params.gain)?;
        finite("audience's demand", params.audience_demand)?;
        let loss = params.exploitation_loss;
        let legal = loss.is_finite() && loss > 0.0;
        require(legal, "exploitation loss", loss, "a finite number above 0")?;
        let least = params.least_hostility;
        require(
            least <= params.greatest_hostility,
            "least hostility",
            least.get(),
            "a number at most the greatest hostility",
        )?;
        let maker = Self(params);
        let made_of = [
            ("gain by the agreement", params.gain),
            ("audience's demand", params.audience_demand),
            ("exploitation loss", loss),
        ];
        let twice = 2.0 * maker.believed_up_to();
        computed(
            "hostility at which the audience is indifferent",
            twice,
            &made_of,
        )?;
        computed("lean of a peace maker", params.gain.abs() + loss, &made_of)?;
        Ok(maker)
    }

    /// What was checked.
    #[must_use]
    pub const fn params(&self) -> &PeaceMakerParams {
        &self.0
    }

    /// What comes of a leader of this lean.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if the lean is not finite.
    pub fn proposal(&self, lean: f64) -> Result<PeaceMove, LegitimacyError> {
        finite("leader's lean", lean)?;
        let (least, greatest) = self.ends();
        // Proposed while p is below this.
        let below = (self.0.gain - lean) / self.0.exploitation_loss;
        let proposes = if below <= least {
            0.0
        } else if below >= greatest {
            1.0
        } else {
            (below - least) / (greatest - least)
        };
        let below = below.min(greatest);
        let belief = (proposes > 0.0).then(|| Probability::saturating(f64::midpoint(least, below)));
        Ok(PeaceMove {
            proposes: Probability::saturating(proposes),
            belief,
            ratified: belief.is_some_and(|belief| belief.get() <= self.believed_up_to()),
        })
    }

    /// The lean of the leader likeliest to make peace, the most hawkish if several are equally
    /// likely: k* = x − r − L·min(p_max, 2v − p_min), where v = (x − r − demand)/L. `None` if
    /// nobody's proposal would be ratified. Above 0, a hawk, exactly where min(p_max, 2v − p_min)
    /// is less than (x − r)/L.
    #[must_use]
    pub fn likeliest_lean(&self) -> Option<f64> {
        let (least, greatest) = self.ends();
        let believed = 2.0 * self.believed_up_to() - least;
        (believed > least).then(|| self.0.gain - self.0.exploitation_loss * believed.min(greatest))
    }

    /// v: the hostility at which the audience is indifferent to ratifying.
    fn believed_up_to(&self) -> f64 {
        (self.0.gain - self.0.audience_demand) / self.0.exploitation_loss
    }

    fn ends(&self) -> (f64, f64) {
        (
            self.0.least_hostility.get(),
            self.0.greatest_hostility.get(),
        )
    }
}

impl TryFrom<PeaceMakerParams> for PeaceMaker {
    type Error = LegitimacyError;

    fn try_from(params: PeaceMakerParams) -> Result<Self, LegitimacyError> {
        Self::new(params)
    }
}

impl From<PeaceMaker> for PeaceMakerParams {
    fn from(maker: PeaceMaker) -> PeaceMakerParams {
        maker.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn maker(least: f64, greatest: f64, demand: f64) -> Result<PeaceMaker, LegitimacyError> {
        PeaceMaker::new(PeaceMakerParams {
            gain: 0.5,
            exploitation_loss: 1.0,
            least_hostility: Probability::saturating(least),
            greatest_hostility: Probability::saturating(greatest),
            audience_demand: demand,
        })
    }

    #[test]
    fn limits_are_limits() {
        let error = maker(0.5, 0.25, 0.0).unwrap_err().to_string();
        assert!(
            error.starts_with("least hostility is 0.5; expected"),
            "{error}"
        );
        // An audience that knows: p = ¼ for certain.
        let known = maker(0.25, 0.25, 0.2).unwrap();
        let moved = known.proposal(0.0).unwrap();
        assert_eq!(
            (moved.makes_peace(), moved.belief),
            (Probability::ONE, Probability::new(0.25).ok())
        );
        assert_eq!(known.proposal(0.5).unwrap().belief, None);
        // One that asks for more than there is.
        assert_eq!(maker(0.0, 1.0, 0.6).unwrap().likeliest_lean(), None);
        assert!(maker(0.0, 1.0, 0.0).unwrap().proposal(f64::NAN).is_err());
        assert_eq!(
            maker(0.0, 1.0, 0.0)
                .unwrap()
                .proposal(f64::MAX)
                .unwrap()
                .belief,
            None
        );
        assert!(maker(0.0, 1.0, -f64::MAX).is_err());
    }

    proptest! {
        /// Hostilities one by one: the share of them at which the leader proposes, and their mean.
        #[test]
        fn a_scan_of_hostilities_agrees(
            least in 0..=8_u8, width in 1..=8_u8, demand in -0.2..0.6_f64, lean in -1.0..1.0_f64,
        ) {
            let (least, greatest) = (f64::from(least) / 16.0, f64::from(least + width) / 16.0);
            let model = maker(least, greatest, demand).unwrap();
            let n = 4000;
            let middle = |cell: i32| least + (greatest - least) * (f64::from(cell) + 0.5) / f64::from(n);
            let tried: Vec<f64> = (0..n).map(middle).filter(|p| 0.5 - p > lean).collect();
            let found = model.proposal(lean).unwrap();
            let share = f64::from(u32::try_from(tried.len()).unwrap()) / f64::from(n);
            prop_assert!((found.proposes.get() - share).abs() < 1e-3);
            if let (Some(belief), false) = (found.belief, tried.is_empty()) {
                let mean = tried.iter().sum::<f64>() / (share * f64::from(n));
                prop_assert!((belief.get() - mean).abs() < 1e-3);
            }
        }

        /// Leans one by one: none makes peace likelier than the likeliest.
        #[test]
        fn a_scan_of_leans_agrees(
            least in 0.0..0.5_f64, width in 0.01..0.5_f64, demand in -0.2..0.6_f64,
        ) {
            let model = maker(least, least + width, demand).unwrap();
            let peace = |lean| model.proposal(lean).unwrap().makes_peace().get();
            let best = (-200..=200).map(|step| peace(f64::from(step) / 200.0)).fold(0.0, f64::max);
            match model.likeliest_lean() {
                // A hair on the hawkish side, where rounding cannot cost ratification.
                Some(lean) => prop_assert!(peace(lean + 1e-12) >= best - 1e-9),
                None => prop_assert!(best <= 0.0),
            }
        }
    }
}
