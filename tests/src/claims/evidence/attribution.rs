//! Whose doing it was: C-47, C-49.

use detente::{
    perception::{Cause, NoisyOr, Situational, ThreatAttribution, strategies as perception},
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
