use detente_quantity::Probability;
use detente_reputation::{Act, Evidence, Reader, Tone};

use crate::{PerceptionError, error::weight};

/// How much of the situation behind an act an observer takes into account, by the act's tone: the
/// factor λ on the chance `s` that the situation alone would have produced it (claim C-49).
///
/// 1 is the neutral value. Below 1 the observer sees character where there was pressure
/// (correspondence bias; Jones & Harris 1967), at 0 nothing but character; above 1 it explains acts
/// away. Actor–observer research finds the bias for negative acts and its reverse for positive ones
/// (Malle 2006; claim C-50), hence the two factors.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct SituationalWeights {
    /// λ for cooperative acts: a finite number, 0 or more.
    pub cooperative: f64,
    /// λ for hostile acts: a finite number, 0 or more.
    pub hostile: f64,
}

/// Whether an observer can learn anything good about the other party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FaithModel {
    /// Cooperative acts are read for what they show. The neutral value.
    #[default]
    Open,
    /// Inherent bad faith (Holsti's model of Dulles; claim C-51): a cooperative act is read as a
    /// ploy or a weakness, equally likely from every type.
    InherentBadFaith,
}

/// The numbers of a bias profile, before they are checked. The default is neutral.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BiasConfig {
    /// Weights on the situation.
    pub situational: SituationalWeights,
    /// Whether cooperative acts can be believed.
    pub faith: FaithModel,
    /// Grether's `d`, the weight on the earlier belief: a finite number, 0 or more. 1 is neutral;
    /// below 1 neglects the base rate.
    pub prior_weight: f64,
    /// Grether's `c`, the weight on the evidence: a finite number, 0 or more. 1 is neutral; below 1
    /// underinfers.
    pub evidence_weight: f64,
}

impl Default for BiasConfig {
    fn default() -> Self {
        Self {
            situational: SituationalWeights {
                cooperative: 1.0,
                hostile: 1.0,
            },
            faith: FaithModel::Open,
            prior_weight: 1.0,
            evidence_weight: 1.0,
        }
    }
}

/// How a biased observer reads acts. It holds no belief of its own: it is the [`Reader`] that
/// reputation's filter asks.
///
/// The mechanisms apply in this order (model M-05), each with a neutral element under which it does
/// nothing at all:
///
/// 1. [`SituationalWeights`]: the likelihood becomes `λs + (1 − λs) q_θ`, with `λs` capped at 1
///    (neutral: λ = 1; bare likelihood ratios hold no situation);
/// 2. [`FaithModel`]: under inherent bad faith a cooperative act has equal likelihood under every
///    type (neutral: open);
/// 3. Grether's weights (Grether 1980; claim C-41): log-weights move by `w ← d·w + c·log L`
///    (neutral: `c = d = 1`).
///
/// With all of them neutral every reading equals [`Warranted`](detente_reputation::Warranted), bit
/// for bit.
///
/// With `c = 0` acts are not heard at all, not even one that some type could not have done. A type
/// that the belief already rules out stays ruled out under any profile, `d = 0` included.
///
/// ```
/// use detente_perception::{BiasConfig, BiasProfile, FaithModel};
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Tone, Warranted, posterior};
///
/// let prior = Belief::binary(Probability::new(0.3)?)?;
/// let concession = Act::new(Tone::Cooperative, Evidence::ratios(vec![3.0, 1.0])?);
/// let insult = Act::new(Tone::Hostile, Evidence::ratios(vec![1.0, 2.0])?);
/// let acts = [&concession, &concession, &concession, &concession, &insult];
///
/// let dulles = BiasProfile::new(BiasConfig {
///     faith: FaithModel::InherentBadFaith,
///     ..BiasConfig::default()
/// })?;
/// assert!((posterior(&prior, acts, &dulles)?.probability(0).get() - 0.1765).abs() < 1e-4);
/// assert!((posterior(&prior, acts, &Warranted)?.probability(0).get() - 0.9455).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BiasProfile(BiasConfig);

impl BiasProfile {
    /// Checks that all four weights are finite and not negative.
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] naming the first that is not.
    pub fn new(config: BiasConfig) -> Result<Self, PerceptionError> {
        Ok(Self(BiasConfig {
            situational: SituationalWeights {
                cooperative: weight(
                    "situational weight on cooperative acts",
                    config.situational.cooperative,
                )?,
                hostile: weight(
                    "situational weight on hostile acts",
                    config.situational.hostile,
                )?,
            },
            faith: config.faith,
            prior_weight: weight("weight on the earlier belief", config.prior_weight)?,
            evidence_weight: weight("weight on the evidence", config.evidence_weight)?,
        }))
    }

    /// The observer without bias, who reads as [`Warranted`](detente_reputation::Warranted) does.
    #[must_use]
    pub fn neutral() -> Self {
        Self(BiasConfig::default())
    }

    /// Whether every mechanism is at its neutral value.
    #[must_use]
    pub fn is_neutral(&self) -> bool {
        *self == Self::neutral()
    }

    /// The weights on the situation, λ.
    #[must_use]
    pub const fn situational(&self) -> SituationalWeights {
        self.0.situational
    }

    /// Whether cooperative acts can be believed.
    #[must_use]
    pub const fn faith(&self) -> FaithModel {
        self.0.faith
    }

    /// Grether's `d`, the weight on the earlier belief.
    #[must_use]
    pub const fn prior_weight(&self) -> f64 {
        self.0.prior_weight
    }

    /// Grether's `c`, the weight on the evidence.
    #[must_use]
    pub const fn evidence_weight(&self) -> f64 {
        self.0.evidence_weight
    }

    /// The checked numbers, for a profile that differs in some of them.
    #[must_use]
    pub const fn config(&self) -> BiasConfig {
        self.0
    }
}

impl Default for BiasProfile {
    fn default() -> Self {
        Self::neutral()
    }
}

impl Reader for BiasProfile {
    fn read(&self, act: &Act, log_likelihood: &mut [f64]) -> f64 {
        let unheard = self.0.faith == FaithModel::InherentBadFaith
            && act.tone() == Tone::Cooperative
            || self.0.evidence_weight == 0.0;
        if unheard {
            log_likelihood.fill(0.0);
        } else {
            discount_situation(act.evidence(), self.lambda(act.tone()), log_likelihood);
            weigh(self.0.evidence_weight, log_likelihood);
        }
        self.0.prior_weight
    }
}

impl BiasProfile {
    const fn lambda(&self, tone: Tone) -> f64 {
        match tone {
            Tone::Cooperative => self.0.situational.cooperative,
            Tone::Hostile => self.0.situational.hostile,
        }
    }
}

/// Step 1: `ln(λs + (1 − λs) q_θ)`, with `λs` capped at 1.
fn discount_situation(evidence: &Evidence, lambda: f64, log_likelihood: &mut [f64]) {
    let coded = evidence.forced().unwrap_or(Probability::ZERO);
    let as_seen = Probability::saturating(lambda * coded.get());
    evidence.log_likelihoods_if_forced(as_seen, log_likelihood);
}

/// Step 3, the half that falls on the evidence: `c·log L` for `c > 0`. A product beyond the range
/// of `f64` stays finite, for only a likelihood of 0 may rule a type out.
fn weigh(evidence_weight: f64, log_likelihood: &mut [f64]) {
    for value in log_likelihood.iter_mut().filter(|value| value.is_finite()) {
        *value = (evidence_weight * *value).clamp(f64::MIN, f64::MAX);
    }
}
