//! Evidence weighed amiss: C-41, C-42, C-51, C-66.

use detente::{
    perception::{BiasParams, RepeatedSignal, strategies as perception},
    quantity::{LogOdds, strategies as quantity},
    reputation::{Act, Filter, Tone, Warranted, posterior, strategies as reputation, trajectory},
};
use proptest::{collection::vec, prelude::*};

use super::{binary, number, odds, profile, refused, signal, trust_after};
use crate::Trial;
pub(super) fn grether(trial: &mut Trial) {
    trial.for_all(
        "log-odds move by d times the prior and c times the evidence",
        1000,
        (
            quantity::open_probability(),
            0.05..20.0_f64,
            perception::weight(),
            perception::weight(),
        ),
        |(prior, ratio, c, d)| {
            let reader = profile(|params| {
                params.evidence_weight = c;
                params.prior_weight = d;
            })?;
            let read = trust_after(prior.get(), &[signal(Tone::Hostile, ratio)?], &reader)?;
            let before = prior.log_odds().map_err(refused)?;
            let log_odds = d * before.get() + c * ratio.ln();
            let expected = LogOdds::new(log_odds).map_err(refused)?.probability().get();
            prop_assert!((read - expected).abs() < 1e-12, "{read} {expected}");
            Ok(())
        },
    );
    trial.for_all(
        "c = d = 1 is Bayes to the last bit",
        500,
        (reputation::belief(3), reputation::acts(3, 6)),
        |(prior, acts)| {
            let reader = profile(|params| {
                params.evidence_weight = 1.0;
                params.prior_weight = 1.0;
            })?;
            prop_assert_eq!(
                trajectory(&prior, &acts, &reader),
                trajectory(&prior, &acts, &Warranted)
            );
            Ok(())
        },
    );
    let moved = |change: fn(&mut BiasParams)| {
        number(
            signal(Tone::Cooperative, 3.0)
                .and_then(|act| trust_after(0.3, &[act], &profile(change)?)),
        )
    };
    let bayes = moved(|_| ());
    trial.holds("c below 1 underinfers", {
        let timid = moved(|params| params.evidence_weight = 0.5);
        0.3 < timid && timid < bayes
    });
    trial.holds("d below 1 neglects the base rate", {
        moved(|params| params.prior_weight = 0.5) > bayes
    });
}

pub(super) fn trust_ceiling(trial: &mut Trial) {
    let repeated = |c, d| {
        let reader = profile(|params| {
            params.evidence_weight = c;
            params.prior_weight = d;
        });
        reader
            .and_then(|reader| RepeatedSignal::new(3.0, &reader).map_err(refused))
            .ok()
    };
    let ceiling = |c, d| {
        repeated(c, d)?
            .ceiling()
            .map(|ceiling| ceiling.probability().get())
    };
    trial.close(
        "c = .3, d = .5",
        ceiling(0.3, 0.5).unwrap_or(f64::NAN),
        0.6591,
        1e-4,
    );
    let steps = |c, d| repeated(c, d)?.acts_needed(odds(0.1)?, odds(2.0 / 3.0)?);
    trial.holds(
        "a ceiling below two thirds: no series suffices",
        steps(0.3, 0.5).is_none(),
    );
    trial.holds(
        "c = .5, d = .9 from .1: five steps",
        steps(0.5, 0.9) == Some(5),
    );
    let fifth = profile(|params| {
        params.evidence_weight = 0.5;
        params.prior_weight = 0.9;
    })
    .and_then(|reader| trust_after(0.1, &vec![signal(Tone::Cooperative, 3.0)?; 5], &reader));
    trial.close("trust after the fifth", number(fifth), 0.7215, 1e-4);
    trial.for_all(
        "the filter approaches the ceiling from below and stays there",
        200,
        (
            quantity::open_probability(),
            0.1..10.0_f64,
            0.0..1.5_f64,
            0.0..0.9_f64,
        ),
        |(prior, ratio, c, d)| {
            let reader = profile(|params| {
                params.evidence_weight = c;
                params.prior_weight = d;
            })?;
            let repeated = RepeatedSignal::new(ratio, &reader).map_err(refused)?;
            let limit = repeated
                .ceiling()
                .map_or(f64::NAN, |limit| limit.probability().get());
            let act = signal(Tone::Cooperative, ratio)?;
            let mut filter = Filter::new(&binary(prior)?);
            for _ in 0..400 {
                filter.observe(&act, &reader).map_err(refused)?;
                let trust = filter.belief().probability(0).get();
                prop_assert!(
                    trust <= limit.max(prior.get()) + 1e-12,
                    "{trust} above {limit}"
                );
            }
            let trust = filter.belief().probability(0).get();
            prop_assert!((trust - limit).abs() < 1e-9, "{trust} short of {limit}");
            Ok(())
        },
    );
    trial.for_all(
        "idle periods erode trust above one half",
        500,
        (0.501..0.999_f64, 0.0..0.99_f64),
        |(prior, d)| {
            let reader = profile(|params| params.prior_weight = d)?;
            let trust = trust_after(prior, &[signal(Tone::Cooperative, 1.0)?], &reader)?;
            prop_assert!(0.5 <= trust && trust < prior, "{trust}");
            Ok(())
        },
    );
}

pub(super) fn bad_faith(trial: &mut Trial) {
    let dulles = || profile(|params| params.bad_faith = true);
    let record = || -> Result<Vec<Act>, TestCaseError> {
        let mut acts = vec![signal(Tone::Cooperative, 3.0)?; 4];
        acts.push(signal(Tone::Hostile, 0.5)?);
        Ok(acts)
    };
    let held = record().and_then(|acts| trust_after(0.3, &acts, &dulles()?));
    trial.close(
        "four concessions, one hostile act, bad faith",
        number(held),
        0.1765,
        1e-4,
    );
    let warranted = record().and_then(|acts| trust_after(0.3, &acts, &Warranted));
    trial.close("the same record, Bayes", number(warranted), 0.9455, 1e-4);
    trial.for_all(
        "if hostile acts speak against the other, trust never exceeds its start",
        1000,
        (
            quantity::open_probability(),
            vec((reputation::tone(), 1.0..20.0_f64), 0..12),
        ),
        |(prior, record)| {
            let acts: Vec<Act> = record
                .iter()
                .map(|&(tone, strength)| match tone {
                    Tone::Cooperative => signal(tone, strength),
                    Tone::Hostile => signal(tone, 1.0 / strength),
                })
                .collect::<Result<_, _>>()?;
            let prior = binary(prior)?;
            for belief in trajectory(&prior, &acts, &dulles()?).map_err(refused)? {
                prop_assert!(belief.probability(0) <= prior.probability(0));
            }
            Ok(())
        },
    );
    trial.for_all(
        "concessions alone leave belief where it was, to the last bit",
        300,
        (reputation::belief(3), vec(reputation::evidence(3), 0..6)),
        |(prior, record)| {
            let acts: Vec<Act> = record
                .into_iter()
                .map(|evidence| Act::new(Tone::Cooperative, evidence))
                .collect();
            prop_assert_eq!(
                posterior(&prior, &acts, &dulles()?).map_err(refused)?,
                prior
            );
            Ok(())
        },
    );
}

pub(super) fn escape(trial: &mut Trial) {
    let needed = |weight: f64| {
        let reader = profile(|params| params.evidence_weight = weight).ok()?;
        let signal = RepeatedSignal::new(3.0, &reader).ok()?;
        signal.acts_needed(odds(0.1)?, odds(2.0 / 3.0)?)
    };
    for (weight, acts) in [
        (1.0, Some(3)),
        (0.5, Some(6)),
        (0.25, Some(11)),
        (0.0, None),
    ] {
        trial.holds(&format!("weight {weight}"), needed(weight) == acts);
    }
    trial.for_all(
        "the count is the formula's, and the filter needs exactly so many",
        500,
        (0.01..0.5_f64, 0.5..0.99_f64, 1.1..10.0_f64, 0.1..1.5_f64),
        |(prior, needed, ratio, weight)| {
            let reader = profile(|params| params.evidence_weight = weight)?;
            let (Some(from), Some(to)) = (odds(prior), odds(needed)) else {
                return Err(TestCaseError::reject("certainty"));
            };
            let exact = (to.get() - from.get()) / (weight * ratio.ln());
            prop_assume!((exact - exact.round()).abs() > 1e-6);
            let signals = RepeatedSignal::new(ratio, &reader).map_err(refused)?;
            prop_assert_eq!(
                signals.acts_needed(from, to).map(|n| n as f64),
                Some(exact.ceil())
            );
            let acts = vec![signal(Tone::Cooperative, ratio)?; exact.ceil() as usize];
            prop_assert!(trust_after(prior, &acts, &reader)? > needed);
            prop_assert!(trust_after(prior, &acts[1..], &reader)? < needed);
            Ok(())
        },
    );
}
