//! Whose doing it was: C-47, C-48, C-49, C-50.

use detente::{
    perception::{
        BiasProfile, Cause, CostlySignal, NoisyOr, Situational, ThreatAttribution,
        strategies as perception,
    },
    quantity::{LogOdds, Probability},
    reputation::{Act, Evidence, Tone, Warranted},
};
use proptest::prelude::*;

use super::{chance, number, profile, refused, trust_after};
use crate::Trial;

pub(super) fn discounting(trial: &mut Trial) {
    let even = |strength: f64, prior: f64| Cause {
        prior: chance(prior),
        strength: chance(strength),
    };
    let model = NoisyOr::new(chance(0.05), vec![even(0.6, 0.3), even(0.6, 0.5)]);
    let benign = |weakness: Option<Probability>| {
        let informed = match weakness {
            Some(known) => model.knowing(1, known),
            None => Ok(model.clone()),
        };
        number(
            informed
                .and_then(|model| model.posterior(0))
                .map(Probability::get)
                .map_err(refused),
        )
    };
    trial.close(
        "good will, nothing known of weakness",
        benign(None),
        0.4843,
        1e-4,
    );
    trial.close(
        "weakness known",
        benign(Some(Probability::ONE)),
        0.3696,
        1e-4,
    );
    trial.close(
        "weakness excluded",
        benign(Some(Probability::ZERO)),
        0.8416,
        1e-4,
    );
    trial.for_all(
        "a known alternative discounts, an excluded one does the reverse",
        1000,
        perception::noisy_or(4),
        |model| {
            let posterior = |model: &NoisyOr| model.posterior(0).map(Probability::get);
            let (Ok(unknown), Ok(present), Ok(absent)) = (
                posterior(&model),
                model
                    .knowing(1, Probability::ONE)
                    .and_then(|model| posterior(&model)),
                model
                    .knowing(1, Probability::ZERO)
                    .and_then(|model| posterior(&model)),
            ) else {
                // Fewer than two causes, or an act that cannot happen.
                return Err(TestCaseError::reject("nothing to compare"));
            };
            prop_assert!(present <= unknown + 1e-12, "{present} > {unknown}");
            prop_assert!(unknown <= absent + 1e-12, "{unknown} > {absent}");
            Ok(())
        },
    );
    supposed_causes(trial);
}

/// The same as a reading of acts: a cause that the record does not have is supposed.
fn supposed_causes(trial: &mut Trial) {
    let held = |supposed: f64| {
        let reader = profile(|params| params.discounting.cooperative = supposed)?;
        let evidence = vec![chance(1.0 - 0.95 * 0.4), chance(0.05)];
        let evidence = Evidence::likelihoods(evidence, Probability::ZERO).map_err(refused)?;
        trust_after(0.3, &[Act::new(Tone::Cooperative, evidence)], &reader)
    };
    for (supposed, reference) in [(0.5 * 0.6, 0.4843), (0.6, 0.3696), (0.0, 0.8416)] {
        trial.close(
            &format!("weakness supposed enough with chance {supposed}"),
            number(held(supposed)),
            reference,
            1e-4,
        );
    }
    trial.for_all(
        "a supposed cause is one more cause of the noisy-or, and at chance 0 no cause at all",
        1000,
        (
            0.05..0.95_f64,
            0.0..0.9_f64,
            0.05..0.9_f64,
            0.0..0.9_f64,
            0.0..=1.0_f64,
        ),
        |(prior, leak, strength, forced, supposed)| {
            let reader = profile(|params| params.discounting.hostile = supposed)?;
            let model = NoisyOr::new(
                chance(leak),
                vec![
                    Cause {
                        prior: chance(prior),
                        strength: chance(strength),
                    },
                    Cause {
                        prior: Probability::ONE,
                        strength: chance(forced),
                    },
                    Cause {
                        prior: Probability::ONE,
                        strength: chance(supposed),
                    },
                ],
            );
            let chances = vec![chance(1.0 - (1.0 - leak) * (1.0 - strength)), chance(leak)];
            let evidence = Evidence::likelihoods(chances, chance(forced)).map_err(refused)?;
            let acts = [Act::new(Tone::Hostile, evidence)];
            let read = trust_after(prior, &acts, &reader)?;
            let posterior = model.posterior(0).map_err(refused)?.get();
            prop_assert!((read - posterior).abs() < 1e-12, "{read} {posterior}");
            let bayes = trust_after(prior, &acts, &Warranted)?;
            prop_assert!(read <= bayes + 1e-12, "{read} above {bayes}");
            let none = profile(|params| params.discounting.hostile = 0.0)?;
            prop_assert_eq!(trust_after(prior, &acts, &none)?.to_bits(), bayes.to_bits());
            Ok(())
        },
    );
}

pub(super) fn augmentation(trial: &mut Trial) {
    let signal = |base: f64, benign: f64, pressure: f64| {
        let coefficient = |value| LogOdds::new(value).map_err(refused);
        Ok::<_, TestCaseError>(CostlySignal {
            base: coefficient(base)?,
            benign: coefficient(benign)?,
            pressure: coefficient(pressure)?,
        })
    };
    let ratio = |signal: CostlySignal, cost: f64| {
        let cost = LogOdds::new(cost).map_err(refused)?;
        Ok::<_, TestCaseError>(signal.likelihood_ratio(cost))
    };
    let reference = signal(0.0, 2.0, 2.0);
    let of = |cost| number(reference.clone().and_then(|signal| ratio(signal, cost)));
    trial.close("a free act", of(0.0), 1.762, 5e-4);
    trial.close("a costly one", of(3.0), 5.671, 5e-4);
    trial.close("the limit of cost", of(1e6), 7.389, 5e-4);
    let pressed = number(
        reference
            .clone()
            .and_then(|signal| ratio(signal.pressed(), 0.0)),
    );
    trial.close("a free act under pressure", pressed, 1.115, 5e-4);
    trial.for_all(
        "the ratio is σ(x + β)/σ(x), rises with cost below e^β and falls with pressure above 1",
        1000,
        (
            -3.0..3.0_f64,
            0.1..4.0_f64,
            0.1..4.0_f64,
            -3.0..3.0_f64,
            0.1..3.0_f64,
        ),
        |(base, benign, pressure, cost, more)| {
            let signal = signal(base, benign, pressure)?;
            let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
            let plain = ratio(signal, cost)?;
            let x = base - cost;
            prop_assert!((plain - sigmoid(x + benign) / sigmoid(x)).abs() < 1e-9 * plain);
            let dearer = ratio(signal, cost + more)?;
            prop_assert!(plain < dearer && dearer < benign.exp());
            let pressed = ratio(signal.pressed(), cost)?;
            prop_assert!(1.0 < pressed && pressed < plain);
            Ok(())
        },
    );
    misjudged_costs(trial, &reference);
}

/// The same as a reading of acts: of an act's cost a share is seen.
fn misjudged_costs(trial: &mut Trial, reference: &Result<CostlySignal, TestCaseError>) {
    let read = |signal: &CostlySignal, cost: f64, seen: f64| {
        let reader = profile(|params| params.augmentation = seen)?;
        let cost = LogOdds::new(cost).map_err(refused)?;
        let act = signal.act(Tone::Cooperative, cost).map_err(refused)?;
        let trust = trust_after(0.5, &[act], &reader)?;
        Ok::<_, TestCaseError>(trust / (1.0 - trust))
    };
    let of = |seen| {
        number(
            reference
                .clone()
                .and_then(|signal| read(&signal, 3.0, seen)),
        )
    };
    trial.close("a cost of 3 seen", of(1.0), 5.671, 5e-4);
    trial.close("a cost of 3 overlooked", of(0.0), 1.762, 5e-4);
    trial.close("a cost of 3 made much of", of(1e6), 7.389, 5e-4);
    trial.for_all(
        "who sees a share of the cost reads the act as one of that cost, and who sees all of it is Bayes",
        1000,
        (
            -3.0..3.0_f64,
            0.1..4.0_f64,
            0.1..4.0_f64,
            0.0..3.0_f64,
            0.1..1.0_f64,
        ),
        |(base, benign, cost, seen, more)| {
            let coefficient = |value| LogOdds::new(value).map_err(refused);
            let signal = CostlySignal {
                base: coefficient(base)?,
                benign: coefficient(benign)?,
                pressure: coefficient(0.0)?,
            };
            let held = read(&signal, cost, seen)?;
            let as_seen = signal.likelihood_ratio(coefficient(seen * cost)?);
            prop_assert!((held / as_seen - 1.0).abs() < 1e-9, "{held} {as_seen}");
            prop_assert!(read(&signal, cost, seen + more)? > held);
            let act = signal.act(Tone::Cooperative, coefficient(cost)?).map_err(refused)?;
            let all = profile(|params| params.augmentation = 1.0)?;
            prop_assert_eq!(
                trust_after(0.4, std::slice::from_ref(&act), &all)?.to_bits(),
                trust_after(0.4, &[act], &Warranted)?.to_bits()
            );
            Ok(())
        },
    );
}

pub(super) fn actor_observer(trial: &mut Trial) {
    let off = BiasProfile::neutral().situational();
    trial.holds(
        "off unless asked for",
        (off.cooperative - 1.0).abs() + (off.hostile - 1.0).abs() == 0.0,
    );
    trial.for_all(
        "enabled for hostile acts it lowers trust on those that were forced and touches no other",
        1000,
        (0.05..0.95_f64, 0.05..0.8_f64, 0.1..0.9_f64, 0.0..0.9_f64),
        |(prior, q, s, lambda)| {
            let reader = profile(|params| params.situational.hostile = lambda)?;
            let act = |tone, chances: [f64; 2], forced: f64| {
                let chances = chances.map(chance).to_vec();
                let evidence = Evidence::likelihoods(chances, chance(forced)).map_err(refused)?;
                Ok::<_, TestCaseError>([Act::new(tone, evidence)])
            };
            let forced = act(Tone::Hostile, [q, q + 0.15], s)?;
            prop_assert!(
                trust_after(prior, &forced, &reader)? < trust_after(prior, &forced, &Warranted)?
            );
            let same = [
                act(Tone::Hostile, [q, q + 0.15], 0.0)?,
                act(Tone::Cooperative, [q + 0.15, q], s)?,
            ];
            for acts in same {
                prop_assert_eq!(
                    trust_after(prior, &acts, &reader)?.to_bits(),
                    trust_after(prior, &acts, &Warranted)?.to_bits()
                );
            }
            Ok(())
        },
    );
}

pub(super) fn correspondence(trial: &mut Trial) {
    let feared = |lambda: f64| -> Result<f64, TestCaseError> {
        let coefficient = |value| LogOdds::new(value).map_err(refused);
        let model = ThreatAttribution {
            base: coefficient(-2.0)?,
            disposition: coefficient(3.0)?,
            situation: coefficient(3.0)?,
        };
        model
            .posterior(chance(0.3), lambda)
            .map(Probability::get)
            .map_err(refused)
    };
    for (lambda, reference) in [(1.0, 0.3653), (0.5, 0.5120), (0.0, 0.7244)] {
        trial.close(
            &format!("λ = {lambda}"),
            number(feared(lambda)),
            reference,
            1e-4,
        );
    }
    trial.for_all(
        "under-discounting a forced hostile act lowers trust, over-discounting raises it",
        1000,
        (
            0.05..0.95_f64,
            0.05..0.9_f64,
            0.1..0.9_f64,
            0.0..0.9_f64,
            1.1..2.0_f64,
        ),
        |(prior, q, s, under, over)| {
            // The untrustworthy type does it more often of its own accord.
            let likelihoods = vec![chance(q), chance(q + (1.0 - q) / 2.0)];
            let evidence = Evidence::likelihoods(likelihoods, chance(s)).map_err(refused)?;
            let acts = [Act::new(Tone::Hostile, evidence)];
            let with = |hostile: f64| {
                let reader = profile(|params| {
                    params.situational = Situational {
                        cooperative: 1.0,
                        hostile,
                    };
                })?;
                trust_after(prior, &acts, &reader)
            };
            let bayes = with(1.0)?;
            let warranted = trust_after(prior, &acts, &Warranted)?;
            prop_assert_eq!(bayes.to_bits(), warranted.to_bits());
            prop_assert!(with(under)? < bayes && bayes < with(over)?);
            Ok(())
        },
    );
}
