use crate::{BiasParams, BiasProfile};

/// One way in which a reading departs from Bayes. The variants are in the order in which they act on
/// an act, which is the order of `Mechanism::ALL`, and of the diagnosis.
///
/// The order is part of the definition, for mechanisms do not commute. Strength is perceived before
/// it is weighed: under `k = 0.88, β = 0.76` and Grether's `c = ½` a signal of strength 3 is read as
/// `½·0.88·3^0.76`; weighed first it would be `0.88·(½·3)^0.76`, a fifth more:
///
/// ```
/// use detente_perception::{BiasParams, BiasProfile, Strength};
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Tone, posterior};
///
/// let profile = BiasProfile::new(BiasParams {
///     strength: Strength { scale: 0.88, exponent: 0.76 },
///     evidence_weight: 0.5,
///     ..BiasParams::default()
/// })?;
/// let act = Act::new(Tone::Cooperative, Evidence::ratios(vec![3.0_f64.exp(), 1.0])?);
/// let even = Belief::binary(Probability::HALF)?;
/// let read = posterior(&even, [&act], &profile)?.log_odds(0).unwrap().get();
/// assert!((read - 0.5 * 0.88 * 3.0_f64.powf(0.76)).abs() < 1e-12); // 1.014
/// assert!((read - 0.88 * 1.5_f64.powf(0.76)).abs() > 0.18); // 1.198
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Mechanism {
    /// Too little or too much of the situation is seen: [`Situational`](crate::Situational), C-49.
    Situation,
    /// A cause that is not on record is supposed: [`Discounting`](crate::Discounting), C-47.
    Discounting,
    /// Too little or too much of an act's cost is seen: [`BiasParams::augmentation`], C-48.
    Augmentation,
    /// Cooperative acts are read as ploys: [`BiasParams::bad_faith`], C-51.
    BadFaith,
    /// Strong and weak signals are drawn together: [`Strength`](crate::Strength), C-43.
    Strength,
    /// Acts are seen as expected: [`Expectation`](crate::Expectation), C-44 and C-45.
    Expectation,
    /// Discredited evidence is kept: [`BiasParams::perseverance`], C-54.
    Perseverance,
    /// All evidence is given too little or too much weight: [`BiasParams::evidence_weight`], C-41.
    EvidenceWeight,
    /// Agreeable evidence is given more weight: [`PriorBias`](crate::PriorBias), C-46.
    PriorBias,
    /// Bad news is given more weight than good: [`Valence`](crate::Valence), C-52.
    Valence,
    /// Reassurance is lost on those who need it: [`BiasParams::need`], C-53.
    Need,
    /// What was believed before is given too little weight or too much:
    /// [`BiasParams::prior_weight`], C-41 and C-42.
    BaseRate,
}

impl Mechanism {
    /// Every mechanism, in the order in which they act.
    pub const ALL: [Self; 12] = [
        Self::Situation,
        Self::Discounting,
        Self::Augmentation,
        Self::BadFaith,
        Self::Strength,
        Self::Expectation,
        Self::Perseverance,
        Self::EvidenceWeight,
        Self::PriorBias,
        Self::Valence,
        Self::Need,
        Self::BaseRate,
    ];

    /// The mechanism in the words of the field.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Situation => "correspondence bias",
            Self::Discounting => "discounting to a supposed cause",
            Self::Augmentation => "misjudged cost",
            Self::BadFaith => "inherent bad faith",
            Self::Strength => "compressed signal strength",
            Self::Expectation => "confirmatory misreading",
            Self::Perseverance => "belief perseverance",
            Self::EvidenceWeight => "underinference",
            Self::PriorBias => "prior-biased inference",
            Self::Valence => "negativity",
            Self::Need => "motivated reading",
            Self::BaseRate => "base-rate neglect",
        }
    }

    /// Takes this mechanism's numbers over from one set into another.
    const fn copy(self, from: &BiasParams, to: &mut BiasParams) {
        match self {
            Self::Situation => to.situational = from.situational,
            Self::Discounting => to.discounting = from.discounting,
            Self::Augmentation => to.augmentation = from.augmentation,
            Self::BadFaith => to.bad_faith = from.bad_faith,
            Self::Strength => to.strength = from.strength,
            Self::Expectation => to.expectation = from.expectation,
            Self::Perseverance => to.perseverance = from.perseverance,
            Self::EvidenceWeight => to.evidence_weight = from.evidence_weight,
            Self::PriorBias => to.prior_bias = from.prior_bias,
            Self::Valence => to.valence = from.valence,
            Self::Need => to.need = from.need,
            Self::BaseRate => to.prior_weight = from.prior_weight,
        }
    }
}

impl BiasProfile {
    /// Whether a mechanism is at work: off its neutral value.
    #[must_use]
    pub fn uses(&self, mechanism: Mechanism) -> bool {
        !self.with_only(&[mechanism]).is_neutral()
    }

    /// The observer with these mechanisms as they are and all others neutral.
    #[must_use]
    pub fn with_only(&self, mechanisms: &[Mechanism]) -> Self {
        let mut params = BiasParams::default();
        for mechanism in mechanisms {
            mechanism.copy(&self.0, &mut params);
        }
        Self(params)
    }

    /// The observer cured of one mechanism.
    #[must_use]
    pub fn without(&self, mechanism: Mechanism) -> Self {
        let mut params = self.0;
        mechanism.copy(&BiasParams::default(), &mut params);
        Self(params)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    #[test]
    fn the_order_is_the_list() {
        assert!(Mechanism::ALL.is_sorted());
    }

    proptest! {
        #[test]
        fn the_mechanisms_make_the_profile(profile in strategies::bias_profile()) {
            prop_assert_eq!(profile.with_only(&Mechanism::ALL), profile);
            prop_assert!(profile.with_only(&[]).is_neutral());
            for mechanism in Mechanism::ALL {
                prop_assert!(!profile.without(mechanism).uses(mechanism));
                prop_assert_eq!(profile.without(mechanism) != profile, profile.uses(mechanism));
            }
            prop_assert_eq!(
                profile.is_neutral(),
                !Mechanism::ALL.iter().any(|&mechanism| profile.uses(mechanism))
            );
        }
    }
}
