use std::cmp::Ordering;

use detente_quantity::Probability;
use detente_reputation::{Act, Belief, Filter, Reader};

use crate::{BiasProfile, PerceptionError, profile::weigh};

/// The most beliefs that are followed side by side.
const MOST_BELIEFS: usize = 1 << 16;

/// Beliefs whose log-weights differ by less than this are followed as one.
const SAME: f64 = 1e-9;

/// A belief that an observer may have come to, and how likely it is to have.
#[derive(Debug, Clone, PartialEq)]
pub struct PossibleBelief {
    /// The belief.
    pub belief: Belief,
    /// Its probability, over what the observer may have misread.
    pub probability: Probability,
}

/// Everything an observer may have come to believe from a record, where it may misread what contradicts
/// it ([`Expectation`](crate::Expectation)): the exact distribution over the 2ᵏ ways of misreading the
/// record, beliefs that agree to within 10⁻⁹ in every log-weight being merged. Likeliest first; the
/// probabilities add up to 1.
///
/// Acts of equal strength bring few different beliefs (one for each difference of signals seen), acts of
/// unequal strength up to twice as many with every act. An observer that misreads nothing has one, that
/// of [`posterior`](detente_reputation::posterior). O(acts × beliefs × (types + log beliefs)).
///
/// ```
/// use detente_perception::{BiasParams, BiasProfile, Expectation, possible_beliefs};
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Tone};
///
/// let stubborn = BiasProfile::new(BiasParams {
///     expectation: Expectation { misreading: 0.25, ambiguity: 0.0 },
///     ..BiasParams::default()
/// })?;
/// // Distrust, and a concession that ought to lift it to a half.
/// let prior = Belief::binary(Probability::new(0.25)?)?;
/// let concession = Act::new(Tone::Cooperative, Evidence::ratios(vec![3.0, 1.0])?);
/// let held = possible_beliefs(&prior, [&concession], &stubborn)?;
/// let trust: Vec<f64> = held.iter().map(|it| it.belief.probability(0).get()).collect();
/// assert!((trust[0] - 0.5).abs() < 1e-12 && held[0].probability.get() == 0.75);
/// assert!((trust[1] - 0.1).abs() < 1e-12 && held[1].probability.get() == 0.25);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`PerceptionError::TooMany`] naming the count if more than 65 536 beliefs would have to be followed;
/// [`PerceptionError::Reputation`] where the filter refuses an act.
pub fn possible_beliefs<'a>(
    prior: &Belief,
    acts: impl IntoIterator<Item = &'a Act>,
    profile: &BiasProfile,
) -> Result<Vec<PossibleBelief>, PerceptionError> {
    let mut possible = vec![PossibleBelief {
        belief: prior.clone(),
        probability: Probability::ONE,
    }];
    let mut filter = Filter::new(prior);
    for act in acts {
        let mut next = Vec::with_capacity(possible.len());
        for origin in &possible {
            branch(origin, act, profile, &mut filter, &mut next)?;
        }
        possible = merged(next);
        if possible.len() > MOST_BELIEFS {
            return Err(PerceptionError::TooMany {
                what: "possible beliefs",
                given: possible.len(),
                limit: MOST_BELIEFS,
            });
        }
    }
    possible.sort_by(|one, other| other.probability.get().total_cmp(&one.probability.get()));
    Ok(possible)
}

/// Adds what the belief becomes if the act is seen for what it is, and if it is misread.
fn branch(
    origin: &PossibleBelief,
    act: &Act,
    profile: &BiasProfile,
    filter: &mut Filter,
    next: &mut Vec<PossibleBelief>,
) -> Result<(), PerceptionError> {
    for sight in [Sight::AsItIs, Sight::Mirrored] {
        let reader = Seen { profile, sight };
        let chance = origin.probability.get() * reader.chance(act, &origin.belief);
        // The first is always followed, so that a refused act is refused as it would be by the filter.
        if chance > 0.0 || matches!(sight, Sight::AsItIs) {
            filter.restart(&origin.belief);
            filter.observe(act, &reader)?;
        }
        if chance > 0.0 {
            next.push(PossibleBelief {
                belief: filter.belief().clone(),
                probability: Probability::saturating(chance),
            });
        }
    }
    Ok(())
}

#[derive(Debug, Clone, Copy)]
enum Sight {
    AsItIs,
    Mirrored,
}

/// A profile that sees the act at hand one way for sure.
#[derive(Debug, Clone, Copy)]
struct Seen<'p> {
    profile: &'p BiasProfile,
    sight: Sight,
}

impl Seen<'_> {
    fn chance(&self, act: &Act, belief: &Belief) -> f64 {
        let mut perceived = vec![0.0; belief.types()];
        let mirrored = self
            .profile
            .perceive(act, belief, &mut perceived)
            .chance_mirrored;
        match self.sight {
            Sight::AsItIs => 1.0 - mirrored,
            Sight::Mirrored => mirrored,
        }
    }
}

impl Reader for Seen<'_> {
    fn read(&self, act: &Act, belief: &Belief, log_likelihood: &mut [f64]) -> f64 {
        let weighing = self.profile.perceive(act, belief, log_likelihood);
        let weight = match self.sight {
            Sight::AsItIs => weighing.as_is,
            Sight::Mirrored => -weighing.mirrored,
        };
        weigh(weight, log_likelihood);
        self.profile.prior_weight()
    }
}

/// Adds up the probabilities of beliefs that are the same.
fn merged(mut possible: Vec<PossibleBelief>) -> Vec<PossibleBelief> {
    possible.sort_by(|one, other| lexical(&one.belief, &other.belief));
    let mut kept: Vec<PossibleBelief> = Vec::with_capacity(possible.len());
    for next in possible {
        match kept.last_mut() {
            Some(last) if same(&last.belief, &next.belief) => {
                let sum = last.probability.get() + next.probability.get();
                last.probability = Probability::saturating(sum);
            }
            _ => kept.push(next),
        }
    }
    kept
}

fn lexical(one: &Belief, other: &Belief) -> Ordering {
    let pairs = one.log_weights().iter().zip(other.log_weights());
    pairs
        .map(|(one, other)| one.total_cmp(other))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn same(one: &Belief, other: &Belief) -> bool {
    let mut pairs = one.log_weights().iter().zip(other.log_weights());
    pairs.all(|(one, other)| one.total_cmp(other).is_eq() || (one - other).abs() < SAME)
}

#[cfg(test)]
mod tests {
    use detente_quantity::LogOdds;
    use detente_reputation::{Evidence, Tone, posterior, strategies as reputation};
    use proptest::prelude::*;

    use super::*;
    use crate::{BiasParams, ConfirmatoryObserver, Mechanism, strategies};

    fn signal(ratio: f64) -> Act {
        Act::new(Tone::Hostile, Evidence::ratios(vec![ratio, 1.0]).unwrap())
    }

    fn expecting(misreading: f64, ambiguity: f64) -> BiasProfile {
        let mut params = BiasParams::default();
        params.expectation.misreading = misreading;
        params.expectation.ambiguity = ambiguity;
        BiasProfile::new(params).unwrap()
    }

    /// The distribution of the lead over all records of `n` signals, by enumeration.
    fn leads_by_record(n: u32, accuracy: f64, profile: &BiasProfile) -> Vec<(i64, f64)> {
        let even = Belief::binary(Probability::HALF).unwrap();
        let strength = (accuracy / (1.0 - accuracy)).ln();
        let mut leads = vec![0.0; 2 * n as usize + 1];
        for record in 0..1_u32 << n {
            let right = |k: u32| record >> k & 1 == 1;
            let acts: Vec<Act> = (0..n)
                .map(|k| {
                    signal(if right(k) {
                        strength.exp()
                    } else {
                        (-strength).exp()
                    })
                })
                .collect();
            let chance: f64 = (0..n)
                .map(|k| if right(k) { accuracy } else { 1.0 - accuracy })
                .product();
            for possible in possible_beliefs(&even, &acts, profile).unwrap() {
                let lead = possible.belief.log_odds(0).unwrap().get() / strength;
                leads[(lead.round() + f64::from(n)) as usize] +=
                    chance * possible.probability.get();
            }
        }
        (-i64::from(n)..).zip(leads).step_by(2).collect()
    }

    #[test]
    fn records_make_up_the_walk() {
        let chance = |value| Probability::new(value).unwrap();
        for (profile, observer) in [
            (
                expecting(0.4, 0.0),
                ConfirmatoryObserver::misreading(chance(0.7), chance(0.4)),
            ),
            (
                expecting(0.0, 0.4),
                ConfirmatoryObserver::ambiguity(chance(0.7), chance(0.4)),
            ),
        ] {
            let walked = observer.unwrap().leads(0, 7).unwrap();
            for ((lead, enumerated), (same_lead, chance)) in leads_by_record(7, 0.7, &profile)
                .into_iter()
                .zip(walked.iter())
            {
                assert_eq!(lead, same_lead);
                approx::assert_relative_eq!(enumerated, chance, epsilon = 1e-12);
            }
        }
    }

    #[test]
    fn equal_acts_bring_few_beliefs_and_unequal_ones_too_many() {
        let prior = Belief::binary(Probability::new(0.01).unwrap()).unwrap();
        let stubborn = expecting(0.5, 0.0);
        let equal = vec![signal(1.1); 60];
        assert!(possible_beliefs(&prior, &equal, &stubborn).unwrap().len() <= 61);
        let unequal: Vec<Act> = (1..40)
            .map(|k| signal(1.0 + f64::from(k).sqrt() / 1e3))
            .collect();
        assert!(matches!(
            possible_beliefs(&prior, &unequal, &stubborn),
            Err(PerceptionError::TooMany { .. })
        ));
    }

    proptest! {
        #[test]
        fn without_misreading_there_is_one_belief(
            prior in reputation::belief(3), acts in reputation::possible_acts(3, 6),
            profile in strategies::bias_profile(),
        ) {
            let profile = profile.without(Mechanism::Expectation);
            let possible = possible_beliefs(&prior, &acts, &profile).unwrap();
            prop_assert_eq!(possible.len(), 1);
            prop_assert_eq!(&possible[0].belief, &posterior(&prior, &acts, &profile).unwrap());
        }

        #[test]
        fn the_reading_is_the_mean_over_misreadings(
            prior in reputation::belief(2), acts in reputation::possible_acts(2, 1),
            profile in strategies::bias_profile(),
        ) {
            let odds = |belief: &Belief| belief.log_odds(0).map_or(0.0, LogOdds::get);
            let possible = possible_beliefs(&prior, &acts, &profile).unwrap();
            let total: f64 = possible.iter().map(|it| it.probability.get()).sum();
            prop_assert!((total - 1.0).abs() < 1e-12);
            let mean: f64 = possible.iter().map(|it| it.probability.get() * odds(&it.belief)).sum();
            let read = odds(&posterior(&prior, &acts, &profile).unwrap());
            prop_assert!((mean - read).abs() <= 1e-9 * read.abs().max(1.0), "{mean} {read}");
        }
    }
}
