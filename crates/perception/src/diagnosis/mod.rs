//! What was lost between the evidence and the belief, and to what.

mod contrast;
mod flip;

use detente_reputation::{Act, Belief, Filter, Reader, ReputationError, Warranted};

pub use contrast::{Contrast, TypeSet};
pub use flip::{Flip, Turning, flip};

use crate::{BiasProfile, Mechanism, PerceptionError};

/// What one mechanism did to the reading of one act.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Departure {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// What switching it on, with those before it on and those after it off, adds to the log-odds:
    /// natural-logarithm units, signed.
    pub log_odds: f64,
}

/// What one act should have shown, what it was taken to show, and the mechanisms that lie between.
/// All in natural-logarithm units of the contrast's log-odds: `held_evidence = warranted_evidence +
/// Σ departures + carried`, to within rounding.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ActDiagnosis {
    /// By how much the act moves the warranted belief.
    pub warranted_evidence: f64,
    /// By how much it moved the belief held; forgetting of the base rate is part of it.
    pub held_evidence: f64,
    /// The mechanisms at work in the profile, in the order in which they act.
    pub departures: Vec<Departure>,
    /// What the act is worth to a Bayesian who holds the belief held, less what it is worth on the
    /// warranted belief. 0 for two types and for [`Contrast::Between`]; otherwise earlier bias has
    /// left another mixture in "the rest" that an act is weighed against.
    pub carried: f64,
    /// The warranted log-odds after the act.
    pub warranted: f64,
    /// The log-odds held after the act.
    pub held: f64,
}

impl ActDiagnosis {
    /// The share of the act's evidence that was credited: 1 for all, 0 for none, negative where it
    /// was turned round, above 1 where it was over-read. `None` for an act that shows nothing.
    #[must_use]
    pub fn share_credited(&self) -> Option<f64> {
        let share = self.held_evidence / self.warranted_evidence;
        (self.warranted_evidence != 0.0 && share.is_finite()).then_some(share)
    }
}

/// The same acts through Bayes and through a bias profile, act by act.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Diagnosis {
    /// The question whose log-odds are followed.
    pub contrast: Contrast,
    /// Its log-odds before any act, which both observers share.
    pub prior: f64,
    /// One entry an act, in order.
    pub acts: Vec<ActDiagnosis>,
}

impl Diagnosis {
    /// Held less warranted log-odds after all acts: the whole bias. 0 without acts.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.acts.last().map_or(0.0, |act| act.held - act.warranted)
    }

    /// What each mechanism at work contributed to the gap, over all acts, in the order in which they
    /// act. With [`Diagnosis::carried`] they add up to the gap, to within rounding.
    #[must_use]
    pub fn by_mechanism(&self) -> Vec<Departure> {
        let mut totals: Vec<Departure> = Vec::new();
        for departure in self.acts.iter().flat_map(|act| &act.departures) {
            match totals
                .iter_mut()
                .find(|total| total.mechanism == departure.mechanism)
            {
                Some(total) => total.log_odds += departure.log_odds,
                None => totals.push(*departure),
            }
        }
        totals
    }

    /// What earlier bias changed in the worth of later acts, over all acts (see
    /// [`ActDiagnosis::carried`]).
    #[must_use]
    pub fn carried(&self) -> f64 {
        self.acts.iter().map(|act| act.carried).sum()
    }
}

/// Sends the same acts through Bayes and through `profile` and divides the difference.
///
/// At each act, from the belief held before it, the mechanisms are switched on one after the other
/// in the order of [`Mechanism::ALL`]; each is charged with what its switch adds to the log-odds. The
/// charges are exact and additive, but they belong to this order, as any division between mechanisms
/// that interact must. A Bayesian is charged with nothing: a rise in fear is no evidence of bias
/// (claim C-27). O(acts × mechanisms × types).
///
/// ```
/// use detente_perception::{BiasParams, BiasProfile, Contrast, Mechanism, diagnose};
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Tone};
///
/// // Three concessions, each twice as likely from a friend, heard at a quarter of their weight.
/// let prior = Belief::binary(Probability::new(0.3)?)?;
/// let acts = vec![Act::new(Tone::Cooperative, Evidence::ratios(vec![2.0, 1.0])?); 3];
/// let deaf = BiasProfile::new(BiasParams { evidence_weight: 0.25, ..BiasParams::default() })?;
/// let diagnosis = diagnose(&prior, &acts, &deaf, Contrast::AgainstRest(0))?;
///
/// let lost = diagnosis.by_mechanism()[0];
/// assert_eq!(lost.mechanism, Mechanism::EvidenceWeight);
/// assert!((lost.log_odds + 0.75 * 8.0_f64.ln()).abs() < 1e-12);
/// assert!((lost.log_odds - diagnosis.gap()).abs() < 1e-12); // nothing else was at work
/// assert!((diagnosis.acts[0].share_credited().unwrap() - 0.25).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`PerceptionError::NoSuchContrast`] for a contrast the belief does not have,
/// [`PerceptionError::Settled`] where one reading rules a side of it out, [`PerceptionError::Reputation`]
/// where the filter refuses an act.
pub fn diagnose<'a>(
    prior: &Belief,
    acts: impl IntoIterator<Item = &'a Act>,
    profile: &BiasProfile,
    contrast: Contrast,
) -> Result<Diagnosis, PerceptionError> {
    contrast.check(prior.types())?;
    let start = level(prior, contrast, 0)?;
    let mut paths = Paths {
        warranted: Filter::new(prior),
        held: Filter::new(prior),
        trial: Filter::new(prior),
        stages: stages(profile),
        contrast,
    };
    let (mut warranted, mut held) = (start, start);
    let mut diagnosed = Vec::new();
    for act in acts {
        let next = paths.read(act, warranted, held)?;
        (warranted, held) = (next.warranted, next.held);
        diagnosed.push(next);
    }
    Ok(Diagnosis {
        contrast,
        prior: start,
        acts: diagnosed,
    })
}

/// The mechanisms at work, each with the profile that has it and those before it switched on.
fn stages(profile: &BiasProfile) -> Vec<(Mechanism, BiasProfile)> {
    let at_work = Mechanism::ALL
        .into_iter()
        .filter(|&mechanism| profile.uses(mechanism));
    let mut on = Vec::new();
    at_work
        .map(|mechanism| {
            on.push(mechanism);
            (mechanism, profile.with_only(&on))
        })
        .collect()
}

struct Paths {
    warranted: Filter,
    held: Filter,
    trial: Filter,
    stages: Vec<(Mechanism, BiasProfile)>,
    contrast: Contrast,
}

impl Paths {
    /// One more act, from these log-odds.
    fn read(
        &mut self,
        act: &Act,
        warranted: f64,
        held: f64,
    ) -> Result<ActDiagnosis, PerceptionError> {
        self.warranted.observe(act, &Warranted)?;
        let place = self.warranted.acts();
        let warranted_after = level(self.warranted.belief(), self.contrast, place)?;
        let mut reached = self.tried(act, &Warranted)?;
        let carried = (reached - held) - (warranted_after - warranted);
        let mut departures = Vec::with_capacity(self.stages.len());
        for stage in 0..self.stages.len() {
            let (mechanism, reader) = self.stages[stage];
            let next = self.tried(act, &reader)?;
            departures.push(Departure {
                mechanism,
                log_odds: next - reached,
            });
            reached = next;
        }
        self.held.restart(self.trial.belief());
        Ok(ActDiagnosis {
            warranted_evidence: warranted_after - warranted,
            held_evidence: reached - held,
            departures,
            carried: if self.always_pairwise() { 0.0 } else { carried },
            warranted: warranted_after,
            held: reached,
        })
    }

    /// Whether an act is worth the same on any belief, so that what is carried is rounding.
    fn always_pairwise(&self) -> bool {
        matches!(self.contrast, Contrast::Between(..)) || self.held.belief().types() == 2
    }

    /// The log-odds that `reader` would reach from the belief held.
    fn tried<R: Reader>(&mut self, act: &Act, reader: &R) -> Result<f64, PerceptionError> {
        let place = self.warranted.acts();
        self.trial.restart(self.held.belief());
        self.trial
            .observe(act, reader)
            .map_err(|error| match error {
                // To the trial every act is its first.
                ReputationError::Impossible { .. } => ReputationError::Impossible { act: place },
                other => other,
            })?;
        level(self.trial.belief(), self.contrast, place)
    }
}

fn level(belief: &Belief, contrast: Contrast, acts: usize) -> Result<f64, PerceptionError> {
    contrast
        .log_odds(belief)
        .ok_or(PerceptionError::Settled { acts })
}

#[cfg(test)]
mod tests {
    use detente_quantity::Probability;
    use detente_reputation::{Evidence, Tone, posterior, strategies as reputation};
    use proptest::prelude::*;

    use super::*;
    use crate::{BiasParams, Situational, strategies};

    fn act(tone: Tone, ratios: &[f64]) -> Act {
        Act::new(tone, Evidence::ratios(ratios.to_vec()).unwrap())
    }

    fn even() -> Belief {
        Belief::binary(Probability::HALF).unwrap()
    }

    #[test]
    fn a_question_that_is_none_is_refused() {
        let acts = [act(Tone::Hostile, &[1.0, 2.0])];
        let neutral = BiasProfile::neutral();
        for (contrast, given) in [
            (Contrast::AgainstRest(2), 2),
            (Contrast::Between(0, 0), 0),
            (Contrast::Between(3, 0), 3),
            (Contrast::Between(0, 2), 2),
        ] {
            assert_eq!(
                diagnose(&even(), &acts, &neutral, contrast),
                Err(PerceptionError::NoSuchContrast { given, types: 2 })
            );
        }
        let only = Belief::new(&[Probability::ONE]).unwrap();
        assert!(diagnose(&only, [], &neutral, Contrast::AgainstRest(0)).is_err());
    }

    #[test]
    fn a_settled_question_has_no_finite_loss() {
        let chances = vec![Probability::ONE, Probability::ZERO];
        let proof = Act::new(
            Tone::Cooperative,
            Evidence::likelihoods(chances, Probability::ZERO).unwrap(),
        );
        let acts = [act(Tone::Hostile, &[1.0, 2.0]), proof];
        let error = diagnose(
            &even(),
            &acts,
            &BiasProfile::neutral(),
            Contrast::AgainstRest(0),
        );
        assert_eq!(error, Err(PerceptionError::Settled { acts: 2 }));
        let error = diagnose(
            &even(),
            &[act(Tone::Hostile, &[1.0])],
            &BiasProfile::neutral(),
            Contrast::AgainstRest(0),
        );
        assert!(matches!(error, Err(PerceptionError::Reputation(_))));
    }

    #[test]
    fn losses_are_charged_in_the_declared_order() {
        // A forced hostile act, half its situation unseen, then read at half weight.
        let chances = [0.1, 0.8].map(|q| Probability::new(q).unwrap()).to_vec();
        let forced = Evidence::likelihoods(chances, Probability::new(0.6).unwrap()).unwrap();
        let profile = BiasProfile::new(BiasParams {
            situational: Situational {
                cooperative: 1.0,
                hostile: 0.5,
            },
            evidence_weight: 0.5,
            prior_weight: 0.9,
            ..BiasParams::default()
        })
        .unwrap();
        let prior = Belief::binary(Probability::new(0.3).unwrap()).unwrap();
        let acts = [Act::new(Tone::Hostile, forced)];
        let found = diagnose(&prior, &acts, &profile, Contrast::AgainstRest(0)).unwrap();
        let (seen, true_ratio) = ((0.37_f64 / 0.86).ln(), (0.64_f64 / 0.92).ln());
        let base = (0.3_f64 / 0.7).ln();
        let expected = [
            (Mechanism::Situation, seen - true_ratio),
            (Mechanism::EvidenceWeight, -0.5 * seen),
            (Mechanism::BaseRate, -0.1 * base),
        ];
        assert_eq!(found.acts[0].departures.len(), 3);
        for (departure, (mechanism, log_odds)) in found.by_mechanism().iter().zip(expected) {
            assert_eq!(departure.mechanism, mechanism);
            approx::assert_relative_eq!(departure.log_odds, log_odds, epsilon = 1e-12);
        }
    }

    proptest! {
        #[test]
        fn the_parts_make_the_gap(
            prior in reputation::belief(3), acts in reputation::possible_acts(3, 8),
            profile in strategies::bias_profile(), pairwise in any::<bool>(),
        ) {
            let contrast = if pairwise { Contrast::Between(0, 2) } else { Contrast::AgainstRest(1) };
            let found = match diagnose(&prior, &acts, &profile, contrast) {
                Ok(found) => found,
                Err(PerceptionError::Settled { .. } | PerceptionError::Reputation(_)) => return Ok(()),
                Err(other) => return Err(TestCaseError::fail(other.to_string())),
            };
            let level = |reader: &dyn Reader| {
                contrast.log_odds(&posterior(&prior, &acts, reader).unwrap()).unwrap()
            };
            let (held, warranted) = (level(&profile), level(&Warranted));
            let parts: f64 = found.by_mechanism().iter().map(|part| part.log_odds).sum();
            let scale = found.acts.iter().map(|act| act.held.abs().max(act.warranted.abs()));
            let tolerance = 1e-12 * scale.fold(1.0, f64::max) * (1.0 + acts.len() as f64);
            prop_assert!((found.gap() - (held - warranted)).abs() <= tolerance);
            prop_assert!(
                (found.gap() - parts - found.carried()).abs() <= tolerance,
                "{} against {parts} + {}", found.gap(), found.carried()
            );
            if pairwise {
                prop_assert_eq!(found.carried(), 0.0);
            }
        }

        #[test]
        fn a_bayesian_is_charged_with_nothing(
            prior in reputation::belief(3), acts in reputation::possible_acts(3, 8),
        ) {
            let found = diagnose(&prior, &acts, &BiasProfile::neutral(), Contrast::AgainstRest(0)).unwrap();
            prop_assert_eq!(found.gap(), 0.0);
            prop_assert!(found.by_mechanism().is_empty());
            prop_assert_eq!(found.carried(), 0.0);
        }
    }
}
