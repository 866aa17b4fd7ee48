//! Every mechanism alone: Bayes to the last bit at its neutral values, and where it does not apply.

use detente_quantity::Probability;
use detente_reputation::{
    Act, Belief, ReputationError, Tone, Warranted, strategies as reputation, trajectory,
};
use proptest::prelude::*;

use crate::{BiasParameter, BiasProfile, Mechanism, strategies};

/// The numbers of a mechanism that are not simply on or off.
fn parameters(mechanism: Mechanism) -> impl Iterator<Item = BiasParameter> {
    let all = BiasParameter::ALL.into_iter();
    all.filter(move |it| it.mechanism() == mechanism)
}

/// Whether a mechanism has nothing to say of an act. Of what depends on belief: of no act.
fn leaves_alone(mechanism: Mechanism, act: &Act) -> bool {
    let evidence = act.evidence();
    match mechanism {
        Mechanism::Situation => evidence.forced().is_none_or(|s| s == Probability::ZERO),
        Mechanism::Discounting => evidence.forced().is_none(),
        Mechanism::Augmentation => act.cost().is_none() || evidence.forced().is_none(),
        Mechanism::BadFaith | Mechanism::Need => act.tone() == Tone::Hostile,
        Mechanism::Perseverance => !evidence.is_retraction(),
        _ => false,
    }
}

type Beliefs = Result<Vec<Belief>, ReputationError>;

fn with_retractions(acts: &[Act]) -> Vec<Act> {
    let taken = acts.iter().map(|act| Act::retracting(act).unwrap());
    acts.iter().cloned().chain(taken).collect()
}

#[test]
fn every_parameter_works_its_mechanism_and_no_other() {
    let neutral = BiasProfile::neutral();
    for parameter in BiasParameter::ALL {
        let (low, high) = parameter.range();
        let off = if parameter.neutral() == low {
            high
        } else {
            low
        };
        let alone = parameter.set(&neutral, off).unwrap();
        for mechanism in Mechanism::ALL {
            assert_eq!(alone.uses(mechanism), mechanism == parameter.mechanism());
        }
        assert_eq!(alone.without(parameter.mechanism()), neutral);
    }
}

proptest! {
    #[test]
    fn at_its_neutral_values_it_is_bayes(
        prior in reputation::belief(3), acts in reputation::possible_acts(3, 6),
        bias in strategies::bias_profile(),
    ) {
        let acts = with_retractions(&acts);
        let bayes: Beliefs = trajectory(&prior, &acts, &Warranted);
        for mechanism in Mechanism::ALL {
            // Only this mechanism, and then each of its numbers back to where it does nothing.
            let alone = bias.with_only(&[mechanism]);
            let neutral = parameters(mechanism).try_fold(alone, |profile, parameter| {
                parameter.set(&profile, parameter.neutral())
            });
            if mechanism != Mechanism::BadFaith {
                prop_assert_eq!(&trajectory(&prior, &acts, &neutral.unwrap()), &bayes);
            }
        }
    }

    #[test]
    fn what_it_does_not_concern_it_reads_as_bayes_does(
        prior in reputation::belief(3), acts in reputation::possible_acts(3, 8),
        bias in strategies::bias_profile(),
    ) {
        let acts = with_retractions(&acts);
        for mechanism in Mechanism::ALL {
            let alone = bias.with_only(&[mechanism]);
            let acts: Vec<&Act> = acts.iter().filter(|act| leaves_alone(mechanism, act)).collect();
            let held: Beliefs = trajectory(&prior, acts.iter().copied(), &alone);
            prop_assert_eq!(held, trajectory(&prior, acts.iter().copied(), &Warranted), "{:?}", mechanism);
        }
    }
}
