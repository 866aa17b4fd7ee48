//! Fear without bias, and cynicism that nothing corrects: C-27, C-28, C-65.

use detente::{
    perception::{BiasProfile, Contrast, SecurityDilemma, diagnose},
    quantity::Probability,
    reputation::{Act, Relationship, Tone, Warranted, engage, trajectory},
};
use proptest::prelude::*;

use super::{binary, chance, number, profile, refused, signal};
use crate::Trial;

fn dilemma(expansionist: f64, security_seeker: f64) -> SecurityDilemma {
    SecurityDilemma {
        expansionist: chance(expansionist),
        security_seeker: chance(security_seeker),
    }
}

fn fear(model: SecurityDilemma, before: f64) -> f64 {
    let after = model.fear_after_building(chance(before));
    after.map_or(f64::NAN, Probability::get)
}

pub(super) fn spiral(trial: &mut Trial) {
    for (seeker, reference) in [(0.5, 0.4355), (0.9, 0.3), (0.1, 0.7941)] {
        let check = format!("fear .3, expansionists build with .9, others with {seeker}");
        trial.close(&check, fear(dilemma(0.9, seeker), 0.3), reference, 1e-4);
    }
    trial.for_all(
        "fear rises exactly where expansionists build more often, and the diagnosis finds no bias in it",
        1000,
        (0.01..0.99_f64, 0.01..=1.0_f64, 0.01..=1.0_f64),
        |(before, builds, seeker)| {
            let model = dilemma(builds, seeker);
            let after = fear(model, before);
            prop_assume!((builds / seeker - 1.0).abs() > 1e-9);
            prop_assert_eq!(after > before, builds > seeker);
            let acts = [model.building().map_err(refused)?];
            let prior = binary(chance(1.0 - before))?;
            let found = |reader: &BiasProfile| diagnose(&prior, &acts, reader, Contrast::AgainstRest(1));
            let bayes = found(&BiasProfile::neutral()).map_err(refused)?;
            prop_assert_eq!(bayes.gap().to_bits(), 0.0_f64.to_bits());
            prop_assert!(bayes.by_mechanism().is_empty());
            prop_assert_eq!(bayes.acts[0].warranted_evidence > 0.0, after > before);
            // A bias that does not bear on the act is charged with nothing either.
            let dulles = found(&profile(|params| params.bad_faith = true)?).map_err(refused)?;
            prop_assert_eq!(dulles.gap().to_bits(), 0.0_f64.to_bits());
            Ok(())
        },
    );
    trial.for_all(
        "restraint reassures, and fear does not rise on average",
        500,
        (0.01..0.99_f64, 0.02..0.98_f64, 0.01..0.9_f64),
        |(before, builds, share)| {
            let seeker = builds * share;
            let model = dilemma(builds, seeker);
            let (armed, restrained) = (
                fear(model, before),
                model.fear_after_restraint(chance(before)),
            );
            let restrained = restrained.map_or(f64::NAN, Probability::get);
            prop_assert!(restrained < before && before < armed);
            let building = before * builds + (1.0 - before) * seeker;
            let expected = building * armed + (1.0 - building) * restrained;
            prop_assert!((expected - before).abs() < 1e-12);
            Ok(())
        },
    );
}

pub(super) fn indistinguishable(trial: &mut Trial) {
    trial.for_all(
        "the more alike both kinds build, the less a build-up says, and in the limit nothing",
        1000,
        (0.01..0.99_f64, 0.1..=1.0_f64, 0.0..0.9_f64, 0.01..0.99_f64),
        |(before, builds, share, closer)| {
            let apart = builds * share;
            let alike = apart + closer * (builds - apart);
            prop_assert!(
                fear(dilemma(builds, alike), before) < fear(dilemma(builds, apart), before)
            );
            let pooled = fear(dilemma(builds, builds), before);
            prop_assert!((pooled - before).abs() < 1e-12);
            Ok(())
        },
    );
    trial.for_all(
        "if builds pool, who was afraid stays so and who was not does not become so",
        500,
        (0.01..0.49_f64, 0.51..0.99_f64, 0.01..=1.0_f64, 1..10_usize),
        |(calm, afraid, builds, times)| {
            let acts = vec![dilemma(builds, builds).building().map_err(refused)?; times];
            for (before, conciliate) in [(calm, true), (afraid, false)] {
                let prior = binary(chance(1.0 - before))?;
                let path = trajectory(&prior, &acts, &Warranted).map_err(refused)?;
                prop_assert!(
                    path.iter()
                        .all(|belief| (belief.probability(1).get() < 0.5) == conciliate)
                );
            }
            Ok(())
        },
    );
}

/// The expected belief in a partner, over every record of six occasions, by the partner's kind.
fn learnt(prior: f64, relationship: Option<Relationship>) -> Result<f64, TestCaseError> {
    // Four partners in five are trustworthy and honour with .9, the others with .4: .8 in all.
    let rates = [0.9, 0.4];
    let honour = signal(Tone::Cooperative, rates[0] / rates[1])?;
    let betrayal = signal(Tone::Hostile, (1.0 - rates[0]) / (1.0 - rates[1]))?;
    let start = binary(chance(prior))?;
    let mut expected = 0.0;
    for record in 0..1_u32 << 6 {
        let honours = record.count_ones() as i32;
        let acts: Vec<Act> = (0..6)
            .map(|k| {
                if record >> k & 1 == 1 {
                    honour.clone()
                } else {
                    betrayal.clone()
                }
            })
            .collect();
        let of = |rate: f64| rate.powi(honours) * (1.0 - rate).powi(6 - honours);
        let path = match relationship {
            Some(relationship) => engage(&start, relationship, &acts, &Warranted),
            None => trajectory(&start, &acts, &Warranted),
        };
        let path = path.map_err(refused)?;
        let last = path
            .last()
            .map_or(f64::NAN, |belief| belief.probability(0).get());
        expected += (0.8 * of(rates[0]) + 0.2 * of(rates[1])) * last;
    }
    Ok(expected)
}

pub(super) fn asymmetric_feedback(trial: &mut Trial) {
    let even = Relationship {
        gain: 1.0,
        exposure: 1.0,
        trustworthy: 0,
    };
    // The chance that a partner honours, as believed.
    let expects = |trust: f64| 0.9 * trust + 0.4 * (1.0 - trust);
    let cynic = 0.3;
    trial.holds(
        "a cynic expects less than the .8 that is repaid",
        expects(cynic) < 0.8,
    );
    let told = number(learnt(cynic, None));
    trial.holds(
        "feedback on all corrects cynicism",
        expects(told) > expects(cynic) + 0.1,
    );
    let untold = number(learnt(cynic, Some(even)));
    trial.close(
        "feedback on those trusted never reaches a cynic",
        untold,
        cynic,
        1e-15,
    );
    trial.for_all(
        "whoever is told only after trusting ends no less cynical, and the wary learn nothing at all",
        60,
        0.05..0.75_f64,
        |prior| {
            let (told, untold) = (learnt(prior, None)?, learnt(prior, Some(even))?);
            prop_assert!(told > prior, "{told}");
            prop_assert!(untold <= told + 1e-12, "{untold} {told}");
            if prior < 0.5 {
                prop_assert!((untold - prior).abs() < 1e-15);
            }
            Ok(())
        },
    );
}
