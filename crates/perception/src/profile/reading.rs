//! How a profile reads an act, mechanism by mechanism.

use detente_quantity::{LogOdds, Probability};
use detente_reputation::{Act, Belief, Reader, Tone};

use super::{BiasProfile, Expectation, PriorBias, Strength, bearing::Bearing};

impl Reader for BiasProfile {
    fn read(&self, act: &Act, belief: &Belief, log_likelihood: &mut [f64]) -> f64 {
        let weighing = self.perceive(act, belief, log_likelihood);
        weigh(weighing.mean(), log_likelihood);
        self.0.prior_weight
    }
}

/// What weight an act gets: `as_is` if it is seen for what it is, and `mirrored`, with the signs of
/// its log-likelihoods turned, if it is misread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Weighing {
    pub(crate) as_is: f64,
    pub(crate) mirrored: f64,
    pub(crate) chance_mirrored: f64,
}

impl Weighing {
    const UNHEARD: Self = Self {
        as_is: 0.0,
        mirrored: 0.0,
        chance_mirrored: 0.0,
    };

    pub(crate) fn mean(self) -> f64 {
        (1.0 - self.chance_mirrored) * self.as_is - self.chance_mirrored * self.mirrored
    }

    /// Times a common factor, held to the range of `f64`.
    fn times(self, factor: f64) -> Self {
        Self {
            as_is: (factor * self.as_is).clamp(f64::MIN, f64::MAX),
            mirrored: (factor * self.mirrored).clamp(f64::MIN, f64::MAX),
            ..self
        }
    }
}

impl BiasProfile {
    /// Writes the log-likelihoods as perceived, before they are weighed, and gives the weights.
    pub(crate) fn perceive(&self, act: &Act, belief: &Belief, out: &mut [f64]) -> Weighing {
        if !self.hear(act, belief, out) {
            return Weighing::UNHEARD;
        }
        let bearing = match self.looks() {
            true => Bearing::of(belief, out, self.sign(act)),
            false => Bearing::Silent,
        };
        let weighing = self.weigh_up(act, bearing, out);
        if self.0.need > 0.0 && act.tone() == Tone::Cooperative {
            weighing.times(already_believed(belief, out).powf(self.0.need))
        } else {
            weighing
        }
    }

    /// Steps 1 to 5: writes the log-likelihoods as perceived; whether there is anything to weigh.
    pub(crate) fn hear(&self, act: &Act, belief: &Belief, out: &mut [f64]) -> bool {
        let ploy = self.0.bad_faith && act.tone() == Tone::Cooperative;
        if ploy || self.0.strength.scale == 0.0 {
            out.fill(0.0);
            return false;
        }
        self.attribute(act, out);
        if act.evidence().is_retraction() {
            // What is taken back is the act as it was perceived.
            out.iter_mut().for_each(|value| *value = -*value);
        }
        if self.0.strength != Strength::default() {
            self.compress(belief, out);
        }
        true
    }

    /// Whether what an act is taken to show depends on its bearing on the favoured type.
    pub(crate) fn looks(&self) -> bool {
        self.0.expectation != Expectation::default() || self.0.prior_bias != PriorBias::default()
    }

    /// Which way an act as perceived points: back, where it takes another act back.
    pub(crate) const fn sign(&self, act: &Act) -> f64 {
        if act.evidence().is_retraction() {
            -1.0
        } else {
            1.0
        }
    }

    /// Steps 6 to 10: the weights of an act of this bearing, before the need of reassurance.
    pub(crate) fn weigh_up(&self, act: &Act, bearing: Bearing, perceived: &[f64]) -> Weighing {
        self.expect(bearing, perceived).times(self.factor(act))
    }

    /// Steps 1 to 3: `ln(1 − (1 − λs)(1 − w)(1 − q_θ))`, with `λs` capped at 1 and `q_θ` at the cost as seen.
    fn attribute(&self, act: &Act, out: &mut [f64]) {
        let (situational, discounting) = (self.0.situational, self.0.discounting);
        let (lambda, supposed) = match act.tone() {
            Tone::Cooperative => (situational.cooperative, discounting.cooperative),
            Tone::Hostile => (situational.hostile, discounting.hostile),
        };
        let coded = act.evidence().forced().unwrap_or(Probability::ZERO);
        let as_seen = Probability::saturating(lambda * coded.get());
        let forced = as_seen.get() + supposed * as_seen.complement().get();
        let cost = act.cost().map_or(0.0, LogOdds::get);
        let eased = ((1.0 - self.0.augmentation) * cost).clamp(f64::MIN, f64::MAX);
        // A finite number is always a log-odds.
        if let Ok(eased) = LogOdds::new(eased) {
            let forced = Probability::saturating(forced);
            act.evidence().log_likelihoods_if(forced, eased, out);
        }
    }

    /// `−k·S_θ^β`. A strength beyond the range of `f64` stays finite, for only a likelihood of 0 may
    /// rule a type out.
    fn compress(&self, belief: &Belief, out: &mut [f64]) {
        let best = best_supported(belief, out);
        if best == f64::NEG_INFINITY {
            return;
        }
        for value in out.iter_mut().filter(|value| value.is_finite()) {
            let strength = (best - *value).max(0.0).powf(self.0.strength.exponent);
            *value = (-self.0.strength.scale * strength).max(f64::MIN);
        }
    }

    /// What the act's bearing on the favoured type does: misreading, and the weight `c` with what
    /// agreement adds to it.
    fn expect(&self, bearing: Bearing, perceived: &[f64]) -> Weighing {
        let params = &self.0;
        let (q, ambiguous) = (params.expectation.misreading, params.expectation.ambiguity);
        let bias = params.prior_bias;
        let agreeable = (params.evidence_weight + bias.confirming).min(f64::MAX);
        let disagreeable = (params.evidence_weight + bias.disconfirming).max(0.0);
        let (as_is, mirrored, chance_mirrored) = match bearing {
            Bearing::Contradicts => (disagreeable, agreeable, 1.0 - (1.0 - q) * (1.0 - ambiguous)),
            Bearing::Confirms => (agreeable, disagreeable, 0.0),
            Bearing::Silent => (params.evidence_weight, params.evidence_weight, 0.0),
            Bearing::Level => (
                params.evidence_weight,
                params.evidence_weight,
                ambiguous / 2.0,
            ),
        };
        let is_proof = chance_mirrored > 0.0 && !perceived.iter().all(|value| value.is_finite());
        Weighing {
            as_is,
            mirrored,
            chance_mirrored: if is_proof { 0.0 } else { chance_mirrored },
        }
    }

    /// The factors that concern the act and neither its bearing nor the belief: its tone, and whether it
    /// takes something back.
    const fn factor(&self, act: &Act) -> f64 {
        let valence = match act.tone() {
            Tone::Cooperative => self.0.valence.cooperative,
            Tone::Hostile => self.0.valence.hostile,
        };
        if act.evidence().is_retraction() {
            valence * (self.0.perseverance - 1.0)
        } else {
            valence
        }
    }
}

/// The largest log-likelihood among the types the observer holds possible.
fn best_supported(belief: &Belief, log_likelihood: &[f64]) -> f64 {
    let possible = belief.log_weights().iter().zip(log_likelihood);
    possible
        .filter(|(weight, _)| **weight != f64::NEG_INFINITY)
        .fold(f64::NEG_INFINITY, |best, (_, &value)| best.max(value))
}

/// The belief in the type, or the types, that an act speaks for.
fn already_believed(belief: &Belief, perceived: &[f64]) -> f64 {
    let best = best_supported(belief, perceived);
    let (mut supported, mut all) = (0.0, 0.0);
    for (&weight, &value) in belief.log_weights().iter().zip(perceived) {
        // The largest log-weight is 0, which needs no exponential.
        let share = if weight < 0.0 { weight.exp() } else { 1.0 };
        all += share;
        if value >= best {
            supported += share;
        }
    }
    supported / all
}

/// Weighs log-likelihoods. At weight 0 nothing is heard, not even proof; else a product beyond the
/// range of `f64` stays finite, for only a likelihood of 0 may rule a type out.
pub(crate) fn weigh(weight: f64, log_likelihood: &mut [f64]) {
    if weight == 0.0 {
        log_likelihood.fill(0.0);
        return;
    }
    for value in log_likelihood.iter_mut().filter(|value| value.is_finite()) {
        *value = (weight * *value).clamp(f64::MIN, f64::MAX);
    }
}

#[cfg(test)]
mod tests {
    use detente_reputation::{
        Evidence, Warranted, posterior, strategies as reputation, trajectory,
    };
    use proptest::prelude::*;

    use super::*;
    use crate::{BiasParams, strategies};

    fn profile(change: impl FnOnce(&mut BiasParams)) -> BiasProfile {
        let mut params = BiasParams::default();
        change(&mut params);
        BiasProfile::new(params).unwrap()
    }

    fn act(tone: Tone, log_ratios: &[f64]) -> Act {
        let ratios = log_ratios.iter().map(|ratio| ratio.exp()).collect();
        Act::new(tone, Evidence::ratios(ratios).unwrap())
    }

    fn belief(weights: &[f64]) -> Belief {
        Belief::from_log_weights(weights.to_vec()).unwrap()
    }

    /// Checks how far `act` moves the log-odds of type 0 against type 1.
    #[track_caller]
    fn check(profile: &BiasProfile, before: &Belief, act: &Act, expected: f64) {
        let odds = |belief: &Belief| belief.log_weights()[0] - belief.log_weights()[1];
        let after = posterior(before, [act], profile).unwrap();
        let moved = odds(&after) - odds(before);
        assert!((moved - expected).abs() < 1e-12, "{moved} for {expected}");
    }

    const KIND: Tone = Tone::Cooperative;
    const HOSTILE: Tone = Tone::Hostile;

    #[test]
    fn strength_is_compressed_against_the_best_supported_type() {
        let compressed =
            profile(|params| (params.strength.scale, params.strength.exponent) = (0.88, 0.76));
        let read = |strength: f64| 0.88 * strength.powf(0.76);
        check(
            &compressed,
            &belief(&[0.0, 0.0]),
            &act(KIND, &[3.0, 0.0]),
            read(3.0),
        );
        check(
            &compressed,
            &belief(&[0.0, 0.0]),
            &act(KIND, &[0.0, 0.1]),
            -read(0.1),
        );
        // Against the third type, which the act supports most: as long as it is possible.
        let act = act(KIND, &[1.0, 0.0, 3.0]);
        check(
            &compressed,
            &belief(&[0.0, 0.0, -9.0]),
            &act,
            read(3.0) - read(2.0),
        );
        check(
            &compressed,
            &belief(&[0.0, 0.0, f64::NEG_INFINITY]),
            &act,
            read(1.0),
        );
    }

    #[test]
    fn expectation_turns_round_what_contradicts_it() {
        let rabin = profile(|params| params.expectation.misreading = 0.3);
        let fryer = profile(|params| params.expectation.ambiguity = 0.3);
        let both = profile(|params| {
            params.expectation.misreading = 0.3;
            params.expectation.ambiguity = 0.5;
        });
        let (wary, level) = (belief(&[-1.0, 0.0]), belief(&[0.0, 0.0]));
        for (reader, contradicting, at_a_tie) in
            [(rabin, 0.4, 1.0), (fryer, 0.4, 0.7), (both, -0.3, 0.5)]
        {
            check(&reader, &wary, &act(KIND, &[2.0, 0.0]), 2.0 * contradicting);
            check(&reader, &wary, &act(HOSTILE, &[0.0, 2.0]), -2.0);
            check(&reader, &level, &act(KIND, &[2.0, 0.0]), 2.0 * at_a_tie);
        }
    }

    #[test]
    fn proof_is_not_misread() {
        let stubborn = profile(|params| params.expectation.misreading = 1.0);
        let chances = vec![Probability::ONE, Probability::ZERO];
        let proof = Evidence::likelihoods(chances, Probability::ZERO).unwrap();
        let after = posterior(&belief(&[-5.0, 0.0]), [&Act::new(KIND, proof)], &stubborn).unwrap();
        assert_eq!(after.probability(0), Probability::ONE);
    }

    #[test]
    fn agreement_earns_weight() {
        let reader = profile(|params| {
            params.evidence_weight = 0.8;
            params.prior_bias.confirming = 0.5;
            params.prior_bias.disconfirming = -0.3;
        });
        let trusting = belief(&[1.0, 0.0]);
        check(&reader, &trusting, &act(KIND, &[1.0, 0.0]), 1.3);
        check(&reader, &trusting, &act(HOSTILE, &[0.0, 1.0]), -0.5);
        check(&reader, &belief(&[0.0, 0.0]), &act(KIND, &[1.0, 0.0]), 0.8);
        let deaf = profile(|params| params.prior_bias.disconfirming = -2.0);
        check(&deaf, &trusting, &act(HOSTILE, &[0.0, 1.0]), 0.0);
    }

    #[test]
    fn tone_and_need_weigh_on_what_they_concern() {
        let negative =
            profile(|params| (params.valence.cooperative, params.valence.hostile) = (0.5, 1.5));
        check(
            &negative,
            &belief(&[0.0, 0.0]),
            &act(KIND, &[1.0, 0.0]),
            0.5,
        );
        check(
            &negative,
            &belief(&[0.0, 0.0]),
            &act(HOSTILE, &[0.0, 1.0]),
            -1.5,
        );
        let needy = profile(|params| params.need = 2.0);
        let quarter = belief(&[0.0, 3.0_f64.ln()]);
        check(&needy, &quarter, &act(KIND, &[1.0, 0.0]), 1.0 / 16.0);
        check(&needy, &quarter, &act(HOSTILE, &[0.0, 1.0]), -1.0);
    }

    #[test]
    fn a_supposed_cause_discounts_as_a_noisy_or_does() {
        // C-47: a leak of .05, good will and weakness each enough with chance .6, prior .3; weakness
        // supposed present with chance .5, or known.
        let chances = [0.62, 0.05].map(|q| Probability::new(q).unwrap()).to_vec();
        let evidence = Evidence::likelihoods(chances, Probability::ZERO).unwrap();
        let concession = Act::new(KIND, evidence);
        let prior = Belief::binary(Probability::new(0.3).unwrap()).unwrap();
        for (supposed, reference) in [(0.0, 0.8416), (0.3, 0.4843), (0.6, 0.3696), (1.0, 0.3)] {
            let reader = profile(|params| params.discounting.cooperative = supposed);
            let trust = posterior(&prior, [&concession], &reader).unwrap();
            assert!((trust.probability(0).get() - reference).abs() < 1e-4);
        }
    }

    #[test]
    fn a_supposed_cause_joins_the_situation() {
        let chances = [0.2, 0.8].map(|q| Probability::new(q).unwrap()).to_vec();
        let evidence = Evidence::likelihoods(chances, Probability::new(0.4).unwrap()).unwrap();
        let reader = profile(|params| {
            (params.situational.hostile, params.discounting.hostile) = (0.5, 0.25);
        });
        let seen = |q: f64| 1.0 - (1.0 - 0.2) * (1.0 - 0.25) * (1.0 - q);
        let expected = (seen(0.2) / seen(0.8)).ln();
        check(
            &reader,
            &belief(&[0.0, 0.0]),
            &Act::new(HOSTILE, evidence),
            expected,
        );
    }

    #[test]
    fn a_cost_unseen_augments_nothing() {
        // C-48: β = 2 at cost 3, where the ratio is 5.671; seen as if free, 1.762.
        let signal = crate::CostlySignal {
            base: LogOdds::new(0.0).unwrap(),
            benign: LogOdds::new(2.0).unwrap(),
            pressure: LogOdds::new(0.0).unwrap(),
        };
        let act = signal.act(KIND, LogOdds::new(3.0).unwrap()).unwrap();
        for (seen, cost) in [(1.0, 3.0), (0.0, 0.0), (0.5, 1.5), (2.0, 6.0)] {
            let reader = profile(|params| params.augmentation = seen);
            let as_seen = signal.likelihood_ratio(LogOdds::new(cost).unwrap());
            check(&reader, &belief(&[0.0, 0.0]), &act, as_seen.ln());
        }
    }

    #[test]
    fn discredited_evidence_lingers() {
        let stubborn = profile(|params| params.perseverance = 0.4);
        let slander = act(HOSTILE, &[0.0, 2.0]);
        let hoax = Act::retracting(&slander).unwrap();
        check(&stubborn, &belief(&[0.0, 0.0]), &hoax, 1.2);
        // What was never credited is not taken back.
        let dulles = profile(|params| params.bad_faith = true);
        let offer = act(KIND, &[2.0, 0.0]);
        check(
            &dulles,
            &belief(&[0.0, 0.0]),
            &Act::retracting(&offer).unwrap(),
            0.0,
        );
    }

    #[test]
    fn no_weights_overflow() {
        let extreme = profile(|params| {
            params.evidence_weight = f64::MAX;
            params.prior_bias.confirming = f64::MAX;
            params.prior_bias.disconfirming = f64::MIN;
            params.valence.cooperative = f64::MAX;
            params.valence.hostile = f64::MIN_POSITIVE;
            (params.strength.scale, params.strength.exponent) = (f64::MAX, 1e300);
            params.need = f64::MAX;
            params.prior_weight = f64::MAX;
        });
        let acts = [
            act(KIND, &[700.0, -700.0]),
            act(HOSTILE, &[0.5, 0.0]),
            act(KIND, &[1e-300, 0.0]),
        ];
        for before in [[0.0, -1e300], [0.0, 0.0], [-1e-300, 0.0]] {
            for belief in
                trajectory(&belief(&before), acts.iter().rev().chain(&acts), &extreme).unwrap()
            {
                assert!(!belief.rules_out(0) && !belief.rules_out(1), "{belief:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_common_factor_changes_nothing(
            before in reputation::belief(3), ratios in proptest::collection::vec(-3.0..3.0_f64, 3),
            factor in -5.0..5.0_f64, tone in reputation::tone(), bias in strategies::bias_profile(),
        ) {
            let scaled: Vec<f64> = ratios.iter().map(|ratio| ratio + factor).collect();
            let read = |ratios: &[f64]| posterior(&before, [&act(tone, ratios)], &bias).unwrap();
            for (one, other) in read(&ratios).probabilities().iter().zip(read(&scaled).probabilities()) {
                prop_assert!((one - other).abs() < 1e-9, "{one} {other}");
            }
        }

        #[test]
        fn what_is_fully_retracted_is_gone(
            before in reputation::belief(3), evidence in reputation::possible_evidence(3),
            tone in reputation::tone(), bias in strategies::bias_profile(),
        ) {
            // Under every reading that does not look at the belief.
            let mut params = bias.with_only(&[
                crate::Mechanism::Situation, crate::Mechanism::Discounting,
                crate::Mechanism::Augmentation, crate::Mechanism::BadFaith, crate::Mechanism::Strength,
                crate::Mechanism::EvidenceWeight, crate::Mechanism::Valence,
            ]).params();
            params.situational.cooperative = params.situational.cooperative.max(0.1);
            params.situational.hostile = params.situational.hostile.max(0.1);
            let reader = BiasProfile::new(params).unwrap();
            let seen = Act::new(tone, evidence);
            let hoax = Act::retracting(&seen).unwrap();
            let after = posterior(&before, [&seen, &hoax], &reader).unwrap();
            for (one, other) in before.probabilities().iter().zip(after.probabilities()) {
                prop_assert!((one - other).abs() < 1e-9, "{one} {other}");
            }
        }

        #[test]
        fn a_record_with_retractions_is_bayes_at_neutral_values(
            before in reputation::belief(3), acts in reputation::possible_acts(3, 6),
        ) {
            let retracted: Vec<Act> = acts.iter().map(|act| Act::retracting(act).unwrap()).collect();
            let record = || acts.iter().chain(&retracted);
            let neutral = trajectory(&before, record(), &BiasProfile::neutral());
            prop_assert_eq!(neutral, trajectory(&before, record(), &Warranted));
        }
    }
}
