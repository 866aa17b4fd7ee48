use crate::{BiasParams, BiasProfile, Mechanism, PerceptionError};

/// One number of a bias profile, for those who search over it or fit it.
///
/// Inherent bad faith (C-51) is on or off and no number, so it can be neither varied nor fitted: whether records
/// speak for it is a comparison of two models, by [`Estimator::log_likelihood`](crate::Estimator::log_likelihood)
/// with [`EstimationParams::fixed`](crate::EstimationParams::fixed) the one and the other way.
///
/// ```
/// use detente_perception::{BiasParameter, BiasProfile};
/// let deaf = BiasParameter::EvidenceWeight.set(&BiasProfile::neutral(), 0.25)?;
/// assert_eq!((deaf.evidence_weight(), BiasParameter::EvidenceWeight.get(&deaf)), (0.25, 0.25));
/// # Ok::<(), detente_perception::PerceptionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum BiasParameter {
    /// λ for cooperative acts: [`Situational::cooperative`](crate::Situational::cooperative).
    SituationCooperative,
    /// λ for hostile acts: [`Situational::hostile`](crate::Situational::hostile).
    SituationHostile,
    /// `w` for cooperative acts: [`Discounting::cooperative`](crate::Discounting::cooperative).
    DiscountingCooperative,
    /// `w` for hostile acts: [`Discounting::hostile`](crate::Discounting::hostile).
    DiscountingHostile,
    /// `α`: [`BiasParams::augmentation`].
    Augmentation,
    /// `k`: [`Strength::scale`](crate::Strength::scale).
    StrengthScale,
    /// `β`: [`Strength::exponent`](crate::Strength::exponent).
    StrengthExponent,
    /// `q`: [`Expectation::misreading`](crate::Expectation::misreading).
    Misreading,
    /// `π`: [`Expectation::ambiguity`](crate::Expectation::ambiguity).
    Ambiguity,
    /// `ρ`: [`BiasParams::perseverance`].
    Perseverance,
    /// `c`: [`BiasParams::evidence_weight`].
    EvidenceWeight,
    /// [`PriorBias::confirming`](crate::PriorBias::confirming).
    Confirming,
    /// [`PriorBias::disconfirming`](crate::PriorBias::disconfirming).
    Disconfirming,
    /// [`Valence::cooperative`](crate::Valence::cooperative).
    ValenceCooperative,
    /// [`Valence::hostile`](crate::Valence::hostile).
    ValenceHostile,
    /// `m`: [`BiasParams::need`].
    Need,
    /// `d`: [`BiasParams::prior_weight`].
    PriorWeight,
}

impl BiasParameter {
    /// Every number of a profile but the one that is on or off, in the order of the mechanisms.
    pub const ALL: [Self; 17] = [
        Self::SituationCooperative,
        Self::SituationHostile,
        Self::DiscountingCooperative,
        Self::DiscountingHostile,
        Self::Augmentation,
        Self::StrengthScale,
        Self::StrengthExponent,
        Self::Misreading,
        Self::Ambiguity,
        Self::Perseverance,
        Self::EvidenceWeight,
        Self::Confirming,
        Self::Disconfirming,
        Self::ValenceCooperative,
        Self::ValenceHostile,
        Self::Need,
        Self::PriorWeight,
    ];

    /// The parameter in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SituationCooperative => "situational weight on cooperative acts",
            Self::SituationHostile => "situational weight on hostile acts",
            Self::DiscountingCooperative => "chance of a supposed cause of cooperative acts",
            Self::DiscountingHostile => "chance of a supposed cause of hostile acts",
            Self::Augmentation => "weight on the cost of acts",
            Self::StrengthScale => "scale of perceived strength",
            Self::StrengthExponent => "exponent of perceived strength",
            Self::Misreading => "chance of a misreading",
            Self::Ambiguity => "share of ambiguous acts",
            Self::Perseverance => "share of discredited evidence kept",
            Self::EvidenceWeight => "weight on the evidence",
            Self::Confirming => "weight added for confirming acts",
            Self::Disconfirming => "weight added for disconfirming acts",
            Self::ValenceCooperative => "weight on cooperative acts",
            Self::ValenceHostile => "weight on hostile acts",
            Self::Need => "need of reassurance",
            Self::PriorWeight => "weight on the earlier belief",
        }
    }

    /// The mechanism that it is a number of.
    #[must_use]
    pub const fn mechanism(self) -> Mechanism {
        match self {
            Self::SituationCooperative | Self::SituationHostile => Mechanism::Situation,
            Self::DiscountingCooperative | Self::DiscountingHostile => Mechanism::Discounting,
            Self::Augmentation => Mechanism::Augmentation,
            Self::StrengthScale | Self::StrengthExponent => Mechanism::Strength,
            Self::Misreading | Self::Ambiguity => Mechanism::Expectation,
            Self::Perseverance => Mechanism::Perseverance,
            Self::EvidenceWeight => Mechanism::EvidenceWeight,
            Self::Confirming | Self::Disconfirming => Mechanism::PriorBias,
            Self::ValenceCooperative | Self::ValenceHostile => Mechanism::Valence,
            Self::Need => Mechanism::Need,
            Self::PriorWeight => Mechanism::BaseRate,
        }
    }

    /// The parameter's value in a profile.
    #[must_use]
    pub const fn get(self, profile: &BiasProfile) -> f64 {
        let params = &profile.0;
        match self {
            Self::SituationCooperative => params.situational.cooperative,
            Self::SituationHostile => params.situational.hostile,
            Self::DiscountingCooperative => params.discounting.cooperative,
            Self::DiscountingHostile => params.discounting.hostile,
            Self::Augmentation => params.augmentation,
            Self::StrengthScale => params.strength.scale,
            Self::StrengthExponent => params.strength.exponent,
            Self::Misreading => params.expectation.misreading,
            Self::Ambiguity => params.expectation.ambiguity,
            Self::Perseverance => params.perseverance,
            Self::EvidenceWeight => params.evidence_weight,
            Self::Confirming => params.prior_bias.confirming,
            Self::Disconfirming => params.prior_bias.disconfirming,
            Self::ValenceCooperative => params.valence.cooperative,
            Self::ValenceHostile => params.valence.hostile,
            Self::Need => params.need,
            Self::PriorWeight => params.prior_weight,
        }
    }

    /// The same profile with this parameter at another value.
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] if the parameter cannot have that value.
    pub fn set(self, profile: &BiasProfile, value: f64) -> Result<BiasProfile, PerceptionError> {
        let mut params = profile.0;
        *self.place(&mut params) = value;
        BiasProfile::new(params)
    }

    /// The value at which the parameter does nothing.
    #[must_use]
    pub fn neutral(self) -> f64 {
        self.get(&BiasProfile::neutral())
    }

    /// The values worth searching, lowest and highest: the whole range of a share, and for weights,
    /// which have no upper end, up to 5 (from −5 for a weight taken away).
    #[must_use]
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::DiscountingCooperative
            | Self::DiscountingHostile
            | Self::Misreading
            | Self::Ambiguity
            | Self::Perseverance => (0.0, 1.0),
            Self::Disconfirming => (-5.0, 0.0),
            Self::StrengthExponent => (0.01, 5.0),
            _ => (0.0, 5.0),
        }
    }

    const fn place(self, params: &mut BiasParams) -> &mut f64 {
        match self {
            Self::SituationCooperative => &mut params.situational.cooperative,
            Self::SituationHostile => &mut params.situational.hostile,
            Self::DiscountingCooperative => &mut params.discounting.cooperative,
            Self::DiscountingHostile => &mut params.discounting.hostile,
            Self::Augmentation => &mut params.augmentation,
            Self::StrengthScale => &mut params.strength.scale,
            Self::StrengthExponent => &mut params.strength.exponent,
            Self::Misreading => &mut params.expectation.misreading,
            Self::Ambiguity => &mut params.expectation.ambiguity,
            Self::Perseverance => &mut params.perseverance,
            Self::EvidenceWeight => &mut params.evidence_weight,
            Self::Confirming => &mut params.prior_bias.confirming,
            Self::Disconfirming => &mut params.prior_bias.disconfirming,
            Self::ValenceCooperative => &mut params.valence.cooperative,
            Self::ValenceHostile => &mut params.valence.hostile,
            Self::Need => &mut params.need,
            Self::PriorWeight => &mut params.prior_weight,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_itself_and_no_other() {
        let neutral = BiasProfile::neutral();
        for parameter in BiasParameter::ALL {
            let (low, high) = parameter.range();
            assert!((low..=high).contains(&parameter.neutral()));
            for end in [low, high] {
                let changed = parameter.set(&neutral, end).unwrap();
                assert_eq!(parameter.get(&changed), end);
                for other in BiasParameter::ALL {
                    assert!(other == parameter || other.get(&changed) == other.neutral());
                }
            }
            let error = parameter.set(&neutral, f64::NAN).unwrap_err();
            assert!(error.to_string().starts_with(parameter.name()), "{error}");
        }
    }
}
