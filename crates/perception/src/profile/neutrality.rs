//! Every mechanism alone: Bayes to the last bit at its neutral values, and where it does not apply.

use detente_quantity::Probability;
use detente_reputation::{
    Act, Belief, ReputationError, Tone, Warranted, strategies as reputation, trajectory,
};
use proptest::prelude::*;

use crate::{BiasParameter, BiasParams, BiasProfile, Mechanism, strategies};

/// Writes the neutral element of a mechanism, as its documentation states it, over what it is in `params`.
fn neutralise(mechanism: Mechanism, params: &mut BiasParams) {
    match mechanism {
        Mechanism::Situation => {
            (params.situational.cooperative, params.situational.hostile) = (1.0, 1.0);
        }
        Mechanism::Discounting => {
            (params.discounting.cooperative, params.discounting.hostile) = (0.0, 0.0);
        }
        Mechanism::Augmentation => params.augmentation = 1.0,
        Mechanism::BadFaith => params.bad_faith = false,
        Mechanism::Strength => (params.strength.scale, params.strength.exponent) = (1.0, 1.0),
        Mechanism::Expectation => {
            (params.expectation.misreading, params.expectation.ambiguity) = (0.0, 0.0);
        }
        Mechanism::Perseverance => params.perseverance = 0.0,
        Mechanism::EvidenceWeight => params.evidence_weight = 1.0,
        Mechanism::PriorBias => {
            (
                params.prior_bias.confirming,
                params.prior_bias.disconfirming,
            ) = (0.0, 0.0);
        }
        Mechanism::Valence => (params.valence.cooperative, params.valence.hostile) = (1.0, 1.0),
        Mechanism::Need => params.need = 0.0,
        Mechanism::BaseRate => params.prior_weight = 1.0,
    }
}

/// The numbers of a mechanism that are not simply on or off.
fn parameters(mechanism: Mechanism) -> impl Iterator<Item = BiasParameter> {
    let all = BiasParameter::ALL.into_iter();
    all.filter(move |it| it.mechanism() == mechanism)
}

/// The parameter by as little off its neutral value as makes a difference to a comparison, within its range.
fn hardly_off(parameter: BiasParameter) -> f64 {
    let neutral = parameter.neutral();
    let step = f64::EPSILON;
    match neutral + step <= parameter.range().1 {
        true => neutral + step,
        false => neutral - step,
    }
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

/// A mechanism alone, its numbers what they are in `bias` and then those at which it is said to do nothing,
/// reads a record as Bayes does, to the last bit; and hardly off them hardly otherwise, by the same
/// formulas as far off them: nothing jumps at the neutral element.
fn recovers_bayes(
    mechanism: Mechanism,
    prior: &Belief,
    acts: &[Act],
    bias: &BiasProfile,
) -> Result<(), TestCaseError> {
    let bayes: Beliefs = trajectory(prior, acts, &Warranted);
    let mut params = bias.with_only(&[mechanism]).params();
    neutralise(mechanism, &mut params);
    let neutral = BiasProfile::new(params)?;
    prop_assert_eq!(&trajectory(prior, acts, &neutral), &bayes);
    prop_assert!(!neutral.uses(mechanism));
    for parameter in parameters(mechanism) {
        let off = parameter.set(&neutral, hardly_off(parameter))?;
        prop_assert!(off.uses(mechanism));
        let (held, warranted) = (trajectory(prior, acts, &off)?, bayes.clone()?);
        for (held, warranted) in held.iter().zip(&warranted) {
            for (one, other) in held.probabilities().iter().zip(warranted.probabilities()) {
                prop_assert!(
                    (one - other).abs() < 1e-9,
                    "{:?}: {} {}",
                    parameter,
                    one,
                    other
                );
            }
        }
    }
    Ok(())
}

/// One property for each mechanism.
macro_rules! recover_bayes {
    ($($name:ident: $mechanism:ident),* $(,)?) => {
        $(proptest! {
            #[test]
            fn $name(
                prior in reputation::belief(3), acts in reputation::possible_acts(3, 6),
                bias in strategies::bias_profile(),
            ) {
                recovers_bayes(Mechanism::$mechanism, &prior, &with_retractions(&acts), &bias)?;
            }
        })*

        #[test]
        fn no_mechanism_is_left_out() {
            assert_eq!(Mechanism::ALL, [$(Mechanism::$mechanism),*]);
        }
    };
}

recover_bayes! {
    the_whole_situation_is_bayes: Situation,
    no_supposed_cause_is_bayes: Discounting,
    cost_seen_as_it_is_is_bayes: Augmentation,
    good_faith_is_bayes: BadFaith,
    strength_as_it_is_is_bayes: Strength,
    no_misreading_is_bayes: Expectation,
    no_perseverance_is_bayes: Perseverance,
    full_weight_on_evidence_is_bayes: EvidenceWeight,
    no_weight_for_agreement_is_bayes: PriorBias,
    equal_weight_on_either_tone_is_bayes: Valence,
    no_need_is_bayes: Need,
    full_weight_on_the_earlier_belief_is_bayes: BaseRate,
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
