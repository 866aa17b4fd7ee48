use crate::{
    PerceptionError,
    error::{at_most_zero, positive, share, weight},
};

/// The numbers of a bias profile, before they are checked. The default is neutral; in a file, what
/// is left out is neutral too.
///
/// They are listed by what they are; [`Mechanism`](crate::Mechanism) gives the order in which they
/// act.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct BiasParams {
    /// Weights on the situation.
    pub situational: Situational,
    /// Causes supposed behind acts beside those on record.
    pub discounting: Discounting,
    /// `α`, how much of an act's [cost](detente_reputation::Act::costing) is seen (Kelley's augmentation;
    /// claim C-48): a type's chance of the act is read as if the act had cost `α` times what it did. A
    /// finite number, 0 or more. 1 is neutral; at 0 a costly act is read as one that anybody might
    /// have done, above 1 it seems a greater sacrifice than it was. Acts of unknown cost and bare
    /// likelihood ratios are read as they are.
    pub augmentation: f64,
    /// Inherent bad faith (Holsti's model of Dulles; claim C-51): whether a cooperative act is read
    /// as a ploy or a weakness, equally likely from every type. `false` is neutral.
    pub bad_faith: bool,
    /// Grether's `d`, the weight on the earlier belief: a finite number, 0 or more. 1 is neutral;
    /// below 1 neglects the base rate.
    pub prior_weight: f64,
    /// Grether's `c`, the weight on the evidence: a finite number, 0 or more. 1 is neutral; below 1
    /// underinfers.
    pub evidence_weight: f64,
    /// How strong a signal seems, by how strong it is.
    pub strength: Strength,
    /// Seeing in an act what one expects to see.
    pub expectation: Expectation,
    /// What the weight on the evidence gains where an act agrees with the favoured type, and loses
    /// where it does not.
    pub prior_bias: PriorBias,
    /// Weights on the evidence by the act's tone.
    pub valence: Valence,
    /// How much the weight on a cooperative act falls with the need of reassurance (claim C-53;
    /// Kertzer, Rathbun & Rathbun 2020): the exponent `m` in `b^m`, with `b` the belief in the type
    /// that the act speaks for, so that those who need reassuring least move most. A finite number,
    /// 0 or more; 0 is neutral.
    pub need: f64,
    /// The share `ρ` of discredited evidence that the observer keeps (perseverance; claim C-54), from
    /// 0 to 1. 0 is neutral.
    pub perseverance: f64,
}

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
pub struct Situational {
    /// λ for cooperative acts: a finite number, 0 or more.
    pub cooperative: f64,
    /// λ for hostile acts: a finite number, 0 or more.
    pub hostile: f64,
}

/// Kelley's discounting (Kelley 1973; claim C-47): the chance `w`, in the observer's mind, that a cause which
/// is not on record would have produced the act by itself, whatever the party's type. Weakness behind a
/// concession, or a provocation behind a threat.
///
/// It joins the coded situation as one more sufficient cause of a noisy-or
/// ([`NoisyOr`](crate::NoisyOr)): `L_θ = 1 − (1 − λs)(1 − w)(1 − q_θ)`. With a cause thought present with
/// probability `π` and then enough with chance `λ_W`, `w = π·λ_W`. 0 is neutral; at 1 the act tells nothing,
/// for anybody would have done it. Bare likelihood ratios leave no room for further causes.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Discounting {
    /// `w` of cooperative acts, from 0 to 1.
    pub cooperative: f64,
    /// `w` of hostile acts, from 0 to 1.
    pub hostile: f64,
}

/// Perceived strength `k·S^β` of a signal of strength `S` (Augenblick, Lazarus & Thaler 2025; claim
/// C-43, where `k` = 0.88 and `β` = 0.76): weak hints are over-read and strong ones under-read.
///
/// With two types `S = |ln LR|`. With more, each type is read by how much the act speaks against it:
/// `S_θ = max ln L − ln L_θ`, the maximum being over the types the observer still holds possible, and
/// the act's log-likelihoods become `−k·S_θ^β`. With two types the two are the same; a factor common
/// to all likelihoods drops out; and the type the act speaks for most stays that type. The perceived
/// ratio of two types neither of which is that one is not `k·S^β` of theirs: no reading can be so for
/// every pair unless `β` = 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Strength {
    /// `k`: a finite number, 0 or more. 1 is neutral; at 0 nothing is heard.
    pub scale: f64,
    /// `β`: a finite number above 0. 1 is neutral.
    pub exponent: f64,
}

impl Strength {
    /// The signal strength `S*` that is read as it is, `k^(1/(1−β))`: weaker ones are over-read and
    /// stronger ones under-read for `β < 1`, the reverse for `β > 1`. `None` for `β = 1` or where it
    /// lies beyond the range of `f64`.
    ///
    /// ```
    /// use detente_perception::Strength;
    /// let switch = Strength { scale: 0.88, exponent: 0.76 }.switch_point().unwrap();
    /// assert!((switch - 0.587).abs() < 5e-4);
    /// ```
    #[must_use]
    pub fn switch_point(&self) -> Option<f64> {
        let point = (self.scale.ln() / (1.0 - self.exponent)).exp();
        (point > 0.0 && point.is_finite()).then_some(point)
    }
}

/// Seeing what one expects to see: what becomes of an act that speaks against the type the observer
/// favours, the one it holds most probable.
///
/// An act *misread* is read with its log-likelihoods' signs turned: as the signal it was not. Either
/// share is 0 when neutral; away from ties a share of ambiguous acts is a share of misreadings
/// (claim C-45), and they compound as `1 − (1 − q)(1 − π)`. At a tie between the leading types (less
/// than 10⁻⁹ apart in log-odds) acts are taken as they are but for the ambiguous ones, which fall
/// either way with even chances. An act that rules a type out is proof and never misread.
///
/// What an observer sees is then a matter of chance. A [`BiasProfile`](crate::BiasProfile) reads every
/// act at its mean, the log-likelihoods times `1 − 2·P(misread)`: exact for the expected move of the
/// log-odds at a given belief. The whole distribution is in
/// [`possible_beliefs`](crate::possible_beliefs).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Expectation {
    /// `q`, the chance that an act against the favoured type is misread as one for it (Rabin & Schrag
    /// 1999; claim C-44), from 0 to 1.
    pub misreading: f64,
    /// `π`, the share of acts that are ambiguous and read as speaking for the favoured type (Fryer,
    /// Harms & Jackson 2019; claim C-45), from 0 to 1.
    pub ambiguity: f64,
}

/// Prior-biased inference (Benjamin 2019 on Charness & Dave; claim C-46): the weight on the evidence
/// is `c + confirming` where the act raises the probability of the favoured type, `c +
/// disconfirming` (but not below 0) where it lowers it, and `c` at a tie. Both 0 when neutral.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct PriorBias {
    /// Added for acts that confirm: a finite number, 0 or more.
    pub confirming: f64,
    /// Added for acts that disconfirm: a finite number, 0 or less.
    pub disconfirming: f64,
}

/// Negativity (Rothbart & Park 1986; claim C-52): factors on the weight of the evidence by the tone
/// of the act. Both 1 when neutral; with `hostile > cooperative` trust is hard to gain and easy to
/// lose.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Valence {
    /// The factor for cooperative acts: a finite number, 0 or more.
    pub cooperative: f64,
    /// The factor for hostile acts: a finite number, 0 or more.
    pub hostile: f64,
}

/// Signals seem as strong as they are.
impl Default for Strength {
    fn default() -> Self {
        Self {
            scale: 1.0,
            exponent: 1.0,
        }
    }
}

/// The situation is seen for what it is.
impl Default for Situational {
    fn default() -> Self {
        Self {
            cooperative: 1.0,
            hostile: 1.0,
        }
    }
}

/// Nothing is supposed beyond the record.
impl Default for Discounting {
    fn default() -> Self {
        Self {
            cooperative: 0.0,
            hostile: 0.0,
        }
    }
}

/// Good and bad news count alike.
impl Default for Valence {
    fn default() -> Self {
        Self {
            cooperative: 1.0,
            hostile: 1.0,
        }
    }
}

/// Nobody misreads.
impl Default for Expectation {
    fn default() -> Self {
        Self {
            misreading: 0.0,
            ambiguity: 0.0,
        }
    }
}

/// Agreement earns no weight and disagreement loses none.
impl Default for PriorBias {
    fn default() -> Self {
        Self {
            confirming: 0.0,
            disconfirming: 0.0,
        }
    }
}

impl Default for BiasParams {
    fn default() -> Self {
        Self {
            situational: Situational::default(),
            discounting: Discounting::default(),
            augmentation: 1.0,
            bad_faith: false,
            prior_weight: 1.0,
            evidence_weight: 1.0,
            strength: Strength::default(),
            expectation: Expectation::default(),
            prior_bias: PriorBias::default(),
            valence: Valence::default(),
            need: 0.0,
            perseverance: 0.0,
        }
    }
}

impl BiasParams {
    /// The same numbers, each within its range and without negative zeros.
    pub(super) fn checked(self) -> Result<Self, PerceptionError> {
        Ok(Self {
            situational: self.situational.checked()?,
            discounting: Discounting {
                cooperative: share(
                    "chance of a supposed cause of cooperative acts",
                    self.discounting.cooperative,
                )?,
                hostile: share(
                    "chance of a supposed cause of hostile acts",
                    self.discounting.hostile,
                )?,
            },
            augmentation: weight("weight on the cost of acts", self.augmentation)?,
            bad_faith: self.bad_faith,
            prior_weight: weight("weight on the earlier belief", self.prior_weight)?,
            evidence_weight: weight("weight on the evidence", self.evidence_weight)?,
            strength: Strength {
                scale: weight("scale of perceived strength", self.strength.scale)?,
                exponent: positive("exponent of perceived strength", self.strength.exponent)?,
            },
            expectation: Expectation {
                misreading: share("chance of a misreading", self.expectation.misreading)?,
                ambiguity: share("share of ambiguous acts", self.expectation.ambiguity)?,
            },
            prior_bias: PriorBias {
                confirming: weight(
                    "weight added for confirming acts",
                    self.prior_bias.confirming,
                )?,
                disconfirming: at_most_zero(
                    "weight added for disconfirming acts",
                    self.prior_bias.disconfirming,
                )?,
            },
            valence: Valence {
                cooperative: weight("weight on cooperative acts", self.valence.cooperative)?,
                hostile: weight("weight on hostile acts", self.valence.hostile)?,
            },
            need: weight("need of reassurance", self.need)?,
            perseverance: share("share of discredited evidence kept", self.perseverance)?,
        })
    }
}

impl Situational {
    fn checked(self) -> Result<Self, PerceptionError> {
        Ok(Self {
            cooperative: weight("situational weight on cooperative acts", self.cooperative)?,
            hostile: weight("situational weight on hostile acts", self.hostile)?,
        })
    }
}
