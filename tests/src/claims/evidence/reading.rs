//! The order in which an act is read: M-05.

use detente::{
    perception::{BiasParams, BiasProfile, Situational, strategies as perception},
    quantity::strategies as quantity,
    reputation::{Act, Evidence, Tone, Warranted, strategies as reputation, trajectory},
};
use proptest::prelude::*;

use super::{chance, number, refused, trust_after};
use crate::Trial;
/// One observer's reading of one record, with trust after each act as the reference gives it.
struct Reading {
    name: &'static str,
    prior: f64,
    bias: BiasParams,
    acts: &'static [(Tone, f64, [f64; 2])],
    warranted: &'static [f64],
    held: &'static [f64],
}

pub(super) fn held_reading(trial: &mut Trial) {
    for reading in reference_readings() {
        let acts: Result<Vec<Act>, TestCaseError> = reading
            .acts
            .iter()
            .map(|&(tone, forced, q)| {
                Evidence::likelihoods(q.map(chance).to_vec(), chance(forced))
                    .map(|evidence| Act::new(tone, evidence))
                    .map_err(refused)
            })
            .collect();
        let acts = acts.unwrap_or_default();
        let biased = BiasProfile::new(reading.bias).unwrap_or_default();
        for n in 0..reading.acts.len() {
            let seen = acts.get(..=n).unwrap_or_default();
            let check = |kind| format!("{}: {kind} after act {}", reading.name, n + 1);
            let warranted = number(trust_after(reading.prior, seen, &Warranted));
            trial.close(&check("warranted"), warranted, reading.warranted[n], 1e-9);
            let held = number(trust_after(reading.prior, seen, &biased));
            trial.close(&check("held"), held, reading.held[n], 1e-9);
        }
    }
    trial.for_all(
        "the neutral profile is Bayes to the last bit, errors included",
        1000,
        (reputation::belief(3), reputation::acts(3, 8)),
        |(prior, acts)| {
            let held = trajectory(&prior, &acts, &BiasProfile::neutral());
            prop_assert_eq!(held, trajectory(&prior, &acts, &Warranted));
            Ok(())
        },
    );
    trial.for_all(
        "the reading is the formula, mechanism by mechanism",
        1000,
        (
            quantity::open_probability(),
            reputation::tone(),
            [0.01..1.0_f64, 0.01..1.0_f64],
            quantity::probability(),
            perception::plain_profile(),
        ),
        |(prior, tone, q, s, bias)| {
            let lambda = match tone {
                Tone::Cooperative => bias.situational().cooperative,
                Tone::Hostile => bias.situational().hostile,
            };
            let situation = (lambda * s.get()).min(1.0);
            let mut likelihood = q.map(|q| situation + (1.0 - situation) * q);
            if bias.bad_faith() && tone == Tone::Cooperative {
                likelihood = [1.0, 1.0];
            }
            let weight = |prior: f64, likelihood: f64| {
                prior.powf(bias.prior_weight()) * likelihood.powf(bias.evidence_weight())
            };
            let trusted = weight(prior.get(), likelihood[0]);
            let expected = trusted / (trusted + weight(prior.complement().get(), likelihood[1]));
            let evidence = Evidence::likelihoods(q.map(chance).to_vec(), s).map_err(refused)?;
            let held = trust_after(prior.get(), &[Act::new(tone, evidence)], &bias)?;
            prop_assert!((held - expected).abs() < 1e-11, "{held} {expected}");
            Ok(())
        },
    );
}

fn bias(lambda: (f64, f64), bad_faith: bool, d: f64, c: f64) -> BiasParams {
    BiasParams {
        situational: Situational {
            cooperative: lambda.0,
            hostile: lambda.1,
        },
        bad_faith,
        prior_weight: d,
        evidence_weight: c,
        ..BiasParams::default()
    }
}

/// Five observers of the model's worked cases; between them every mechanism is at work.
fn reference_readings() -> Vec<Reading> {
    use Tone::{Cooperative as Kind, Hostile};
    vec![
        Reading {
            name: "bad faith with a fading prior",
            prior: 0.32,
            bias: bias((0.98, 0.26), true, 0.99, 1.0),
            acts: &[
                (Kind, 0.0, [0.52, 0.43]),
                (Kind, 0.0, [0.66, 0.19]),
                (Hostile, 0.0, [0.17, 0.79]),
            ],
            warranted: &[0.3626852659, 0.6640706252, 0.2984380265],
            held: &[0.3216424281, 0.323272788, 0.09384052314],
        },
        Reading {
            name: "bad faith and underinference",
            prior: 0.66,
            bias: bias((1.07, 0.29), true, 1.0, 0.97),
            acts: &[
                (Kind, 0.01, [0.79, 0.1]),
                (Kind, 0.0, [0.81, 0.39]),
                (Hostile, 0.0, [0.13, 0.61]),
            ],
            warranted: &[0.9338032245, 0.9669945925, 0.8619518631],
            held: &[0.66, 0.66, 0.3023246259],
        },
        Reading {
            name: "kind acts explained away",
            prior: 0.53,
            bias: bias((1.7, 0.6), false, 1.0, 1.0),
            acts: &[(Kind, 0.24, [0.8, 0.49]), (Kind, 0.0, [0.84, 0.22])],
            warranted: &[0.6096019358, 0.8563640531],
            held: &[0.5874779467, 0.8446607177],
        },
        Reading {
            name: "hostile acts taken for character",
            prior: 0.21,
            bias: bias((0.86, 0.17), false, 1.0, 1.0),
            acts: &[
                (Hostile, 0.07, [0.09, 0.75]),
                (Hostile, 0.29, [0.28, 0.53]),
                (Kind, 0.0, [0.76, 0.38]),
            ],
            warranted: &[0.05054321784, 0.03758474175, 0.07244659687],
            held: &[0.03437216458, 0.01989770401, 0.03901901912],
        },
        Reading {
            name: "all weights at once",
            prior: 0.27,
            bias: bias((1.3, 0.46), false, 0.96, 0.81),
            acts: &[(Kind, 0.44, [0.89, 0.33]), (Kind, 0.0, [0.68, 0.5])],
            warranted: &[0.357121916, 0.4303573862],
            held: &[0.3273555149, 0.3911928854],
        },
    ]
}
