mod bearing;
mod mechanism;
#[cfg(test)]
mod neutrality;
mod parameter;
mod params;
mod reading;

use crate::PerceptionError;
pub use mechanism::Mechanism;
pub use parameter::BiasParameter;

pub use params::{BiasParams, Discounting, Expectation, PriorBias, Situational, Strength, Valence};
pub(crate) use {bearing::Bearing, reading::weigh};

/// How a biased observer reads acts. It holds no belief of its own: it is the [`Reader`](detente_reputation::Reader) that
/// reputation's filter asks.
///
/// The mechanisms apply in this order, that of [`Mechanism::ALL`], each with a neutral element under
/// which it does nothing at all. `L_θ` is the act's likelihood under type θ.
///
/// 1. *Situation*: `L_θ = λs + (1 − λs) q_θ`, with `λs` capped at 1 ([`Situational`]; neutral: λ = 1;
///    bare likelihood ratios hold no situation);
/// 2. *Discounting*: a supposed cause joins it, `L_θ = 1 − (1 − λs)(1 − w)(1 − q_θ)` ([`Discounting`];
///    neutral: `w = 0`);
/// 3. *Augmentation*: `q_θ` is read as if the act had cost `α` times what it did, its log-odds higher
///    by `(1 − α)·cost` ([`BiasParams::augmentation`]; neutral: `α = 1`);
/// 4. *Bad faith*: a cooperative act has equal likelihood under every type (neutral: off);
/// 5. *Strength*: `ln L_θ` becomes `−k·(max ln L − ln L_θ)^β` ([`Strength`]; neutral: `k = β = 1`);
/// 6. *Expectation*: an act against the favoured type may be misread as one for it ([`Expectation`];
///    neutral: `q = π = 0`), read here at its mean;
/// 7. *Perseverance*: of an act's retraction the share `1 − ρ` is heard (neutral: `ρ = 0`);
/// 8. *Evidence weight*: `ln L` times Grether's `c` (Grether 1980; neutral: `c = 1`);
/// 9. *Prior bias*: `c` grows for agreeable acts and shrinks for others ([`PriorBias`]; neutral: 0, 0);
/// 10. *Valence*: `ln L` times a factor by the act's tone ([`Valence`]; neutral: 1, 1);
/// 11. *Need*: of a cooperative act, `ln L` times `b^m`, `b` the belief in the type it speaks for
///     (neutral: `m = 0`);
/// 12. *Base rate*: log-weights move by `w ← d·w + ln L` (neutral: `d = 1`).
///
/// With 2, 3, 5 to 7 and 9 to 11 neutral this is model M-05. With all of them neutral every reading equals
/// [`Warranted`](detente_reputation::Warranted), bit for bit.
///
/// 6, 9 and 11 look at the belief the act meets, so the order of the acts matters to them. 1 to 5 read
/// a [retraction](detente_reputation::Act::retracting) as the act it takes back, and 6 and 9 by where
/// the retraction itself points: taking back what agreed with the observer is disagreeable.
///
/// With `c = 0` acts are not heard at all, not even one that some type could not have done. A type
/// that the belief already rules out stays ruled out under any profile, `d = 0` included.
///
/// ```
/// use detente_perception::{BiasParams, BiasProfile};
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Tone, Warranted, posterior};
///
/// let prior = Belief::binary(Probability::new(0.3)?)?;
/// let concession = Act::new(Tone::Cooperative, Evidence::ratios(vec![3.0, 1.0])?);
/// let insult = Act::new(Tone::Hostile, Evidence::ratios(vec![1.0, 2.0])?);
/// let acts = [&concession, &concession, &concession, &concession, &insult];
///
/// let dulles = BiasProfile::new(BiasParams {
///     bad_faith: true,
///     ..BiasParams::default()
/// })?;
/// assert!((posterior(&prior, acts, &dulles)?.probability(0).get() - 0.1765).abs() < 1e-4);
/// assert!((posterior(&prior, acts, &Warranted)?.probability(0).get() - 0.9455).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "BiasParams", into = "BiasParams"))]
pub struct BiasProfile(BiasParams);

impl BiasProfile {
    /// Checks that every number is within the range that [`BiasParams`] states.
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] naming the first that is not.
    pub fn new(params: BiasParams) -> Result<Self, PerceptionError> {
        params.checked().map(Self)
    }

    /// The observer without bias, who reads as [`Warranted`](detente_reputation::Warranted) does.
    #[must_use]
    pub fn neutral() -> Self {
        Self(BiasParams::default())
    }

    /// Whether every mechanism is at its neutral value.
    #[must_use]
    pub fn is_neutral(&self) -> bool {
        *self == Self::neutral()
    }

    /// The weights on the situation, λ.
    #[must_use]
    pub const fn situational(&self) -> Situational {
        self.0.situational
    }

    /// The chances of supposed causes, `w`.
    #[must_use]
    pub const fn discounting(&self) -> Discounting {
        self.0.discounting
    }

    /// The weight on the cost of acts, `α`.
    #[must_use]
    pub const fn augmentation(&self) -> f64 {
        self.0.augmentation
    }

    /// Whether cooperative acts are read as ploys.
    #[must_use]
    pub const fn bad_faith(&self) -> bool {
        self.0.bad_faith
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

    /// How strong signals seem.
    #[must_use]
    pub const fn strength(&self) -> Strength {
        self.0.strength
    }

    /// What share of acts is seen as expected.
    #[must_use]
    pub const fn expectation(&self) -> Expectation {
        self.0.expectation
    }

    /// What agreement adds to the weight on the evidence.
    #[must_use]
    pub const fn prior_bias(&self) -> PriorBias {
        self.0.prior_bias
    }

    /// The factors on the evidence by tone.
    #[must_use]
    pub const fn valence(&self) -> Valence {
        self.0.valence
    }

    /// The exponent of the need of reassurance.
    #[must_use]
    pub const fn need(&self) -> f64 {
        self.0.need
    }

    /// The share of discredited evidence that is kept, ρ.
    #[must_use]
    pub const fn perseverance(&self) -> f64 {
        self.0.perseverance
    }

    /// The checked numbers, for a profile that differs in some of them.
    #[must_use]
    pub const fn params(&self) -> BiasParams {
        self.0
    }
}

impl TryFrom<BiasParams> for BiasProfile {
    type Error = PerceptionError;

    fn try_from(params: BiasParams) -> Result<Self, PerceptionError> {
        Self::new(params)
    }
}

impl From<BiasProfile> for BiasParams {
    fn from(profile: BiasProfile) -> Self {
        profile.0
    }
}

impl Default for BiasProfile {
    fn default() -> Self {
        Self::neutral()
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::Probability;
    use detente_reputation::{
        Act, Belief, Evidence, Filter, Reader, ReputationError, Tone, Warranted,
        strategies as reputation, trajectory,
    };
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    fn profile(change: impl FnOnce(&mut BiasParams)) -> BiasProfile {
        let mut params = BiasParams::default();
        change(&mut params);
        BiasProfile::new(params).unwrap()
    }

    fn act(tone: Tone, chances: [f64; 2], forced: f64) -> Act {
        let chances = chances.map(chance).to_vec();
        Act::new(
            tone,
            Evidence::likelihoods(chances, chance(forced)).unwrap(),
        )
    }

    #[track_caller]
    fn check(profile: &BiasProfile, act: &Act, expected: [f64; 2]) {
        let mut read = [f64::NAN; 2];
        let even = Belief::binary(Probability::HALF).unwrap();
        profile.read(act, &even, &mut read);
        for (read, expected) in read.iter().zip(expected) {
            approx::assert_relative_eq!(read.exp(), expected, epsilon = 1e-12);
        }
    }

    #[test]
    fn the_situation_is_weighed_by_tone() {
        let biased = profile(|params| params.situational.hostile = 0.5);
        check(&biased, &act(Tone::Hostile, [0.2, 0.8], 0.4), [0.36, 0.84]);
        check(
            &biased,
            &act(Tone::Cooperative, [0.2, 0.8], 0.4),
            [0.52, 0.88],
        );
    }

    #[test]
    fn the_situation_explains_at_most_everything() {
        let generous = profile(|params| params.situational.hostile = 3.0);
        check(&generous, &act(Tone::Hostile, [0.0, 0.8], 0.4), [1.0, 1.0]);
    }

    #[test]
    fn bad_faith_is_deaf_to_concessions_only() {
        let dulles = profile(|params| params.bad_faith = true);
        check(
            &dulles,
            &act(Tone::Cooperative, [0.9, 0.0], 0.0),
            [1.0, 1.0],
        );
        check(&dulles, &act(Tone::Hostile, [0.1, 0.8], 0.0), [0.1, 0.8]);
    }

    #[test]
    fn mechanisms_apply_in_the_declared_order() {
        // Situation first, then the exponent: (0.5·0.4 + 0.8·q)².
        let both = profile(|params| {
            params.situational.hostile = 0.5;
            params.evidence_weight = 2.0;
        });
        check(
            &both,
            &act(Tone::Hostile, [0.2, 0.8], 0.4),
            [0.36 * 0.36, 0.84 * 0.84],
        );
    }

    #[test]
    fn a_type_ruled_out_stays_ruled_out() {
        let damning = act(Tone::Hostile, [0.0, 1.0], 0.0);
        let kind = act(Tone::Cooperative, [0.9, 0.1], 0.0);
        for (c, d) in [
            (1.0, 1.0),
            (1.0, 0.0),
            (0.0, 0.0),
            (0.0, 1.0),
            (1e300, 1e300),
        ] {
            let prior = Belief::dogmatic(&[Probability::ZERO, Probability::ONE]).unwrap();
            let profile = profile(|params| {
                params.evidence_weight = c;
                params.prior_weight = d;
            });
            for act in [&damning, &kind] {
                let mut belief = prior.clone();
                belief.update(act, &profile).unwrap();
                assert_eq!(belief.probabilities(), [0.0, 1.0], "c {c}, d {d}");
            }
        }
    }

    #[test]
    fn an_act_unheard_rules_nothing_out() {
        let prior = Belief::binary(chance(0.3)).unwrap();
        let mut filter = Filter::new(&prior);
        let deaf = profile(|params| params.evidence_weight = 0.0);
        filter
            .observe(&act(Tone::Hostile, [0.0, 0.0], 0.0), &deaf)
            .unwrap();
        assert_eq!(filter.belief(), &prior);
        let error = filter.observe(
            &act(Tone::Hostile, [0.0, 0.0], 0.0),
            &BiasProfile::neutral(),
        );
        assert_eq!(error, Err(ReputationError::Impossible { act: 2 }));
    }

    #[test]
    fn illegal_weights_are_named() {
        for illegal in [-1e-9, f64::NAN, f64::INFINITY] {
            for (change, name) in [
                (
                    (|c, x| c.prior_weight = x) as fn(&mut BiasParams, f64),
                    "earlier belief",
                ),
                (|c, x| c.evidence_weight = x, "evidence"),
                (|c, x| c.situational.hostile = x, "hostile"),
                (|c, x| c.situational.cooperative = x, "cooperative"),
            ] {
                let mut params = BiasParams::default();
                change(&mut params, illegal);
                let message = BiasProfile::new(params).unwrap_err().to_string();
                assert!(
                    message.contains(name) && message.contains("expected"),
                    "{message}"
                );
            }
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn profiles_are_checked_on_the_way_in() {
        let text = concat!(
            r#"{"situational":{"cooperative":1.0,"hostile":0.5},"#,
            r#""discounting":{"cooperative":0.2,"hostile":0.0},"augmentation":0.5,"bad_faith":true,"#,
            r#""prior_weight":1.0,"evidence_weight":0.7,"#,
            r#""strength":{"scale":0.88,"exponent":0.76},"#,
            r#""expectation":{"misreading":0.2,"ambiguity":0.1},"#,
            r#""prior_bias":{"confirming":0.3,"disconfirming":-0.2},"#,
            r#""valence":{"cooperative":0.5,"hostile":1.5},"need":1.0,"perseverance":0.4}"#
        );
        let profile: BiasProfile = serde_json::from_str(text).unwrap();
        assert!(profile.bad_faith() && profile.situational().hostile == 0.5);
        assert_eq!(serde_json::to_string(&profile).unwrap(), text);
        assert!(
            serde_json::from_str::<BiasProfile>("{}")
                .unwrap()
                .is_neutral()
        );
        for text in [
            r#"{"prior_weight":-1}"#,
            r#"{"situational":{"cooperative":1,"hostile":-0.5}}"#,
            r#"{"badfaith":true}"#,
            r#"{"discounting":{"hostile":1.5}}"#,
            r#"{"augmentation":-0.5}"#,
            r#"{"strength":{"scale":1,"exponent":0}}"#,
            r#"{"expectation":{"misreading":1.5}}"#,
            r#"{"prior_bias":{"disconfirming":0.1}}"#,
            r#"{"perseverance":2}"#,
        ] {
            assert!(serde_json::from_str::<BiasProfile>(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_neutral_profile_is_bayes_bit_for_bit(
            prior in reputation::belief(3), acts in reputation::acts(3, 12),
        ) {
            // The same beliefs, or the same error at the same act.
            let held = trajectory(&prior, &acts, &BiasProfile::neutral());
            prop_assert_eq!(held, trajectory(&prior, &acts, &Warranted));
        }

        #[test]
        fn each_mechanism_alone_at_its_neutral_value_changes_nothing(
            bias in strategies::bias_profile(), act in reputation::act(3),
            belief in reputation::belief(3),
        ) {
            let mut bayes = [0.0; 3];
            let mut read = [0.0; 3];
            Warranted.read(&act, &belief, &mut bayes);
            let neutral = BiasParams::default();
            let unmoved = BiasProfile::new(BiasParams {
                // Grether's d acts on the belief and not on the likelihood.
                prior_weight: bias.prior_weight(),
                ..neutral
            });
            let returned = unmoved.unwrap().read(&act, &belief, &mut read);
            prop_assert_eq!(returned, bias.prior_weight());
            prop_assert_eq!(read, bayes);
            if act.evidence().forced().is_none_or(|s| s == Probability::ZERO) {
                let no_situation = BiasProfile::new(BiasParams {
                    situational: bias.situational(),
                    ..neutral
                });
                no_situation.unwrap().read(&act, &belief, &mut read);
                prop_assert_eq!(read, bayes);
            }
        }

        #[test]
        fn no_profile_makes_a_belief_illegal(
            prior in reputation::belief(3), acts in reputation::acts(3, 12),
            bias in strategies::bias_profile(),
        ) {
            if let Ok(beliefs) = trajectory(&prior, &acts, &bias) {
                for belief in beliefs {
                    let sum: f64 = belief.probabilities().iter().sum();
                    prop_assert!((sum - 1.0).abs() < 1e-12, "{belief:?}");
                }
            }
        }
    }
}
