//! Evidence resisted: C-52, C-53, C-54.

use detente::{
    perception::{BiasProfile, Valence},
    quantity::LogOdds,
    reputation::{Act, Tone, Warranted},
};
use proptest::{collection::vec, prelude::*};

use super::{chance, number, odds, profile, refused, signal, trust_after};
use crate::Trial;

pub(super) fn negativity(trial: &mut Trial) {
    // Honour rates .9 and .5 make an honour worth 1.8 and a betrayal .2.
    let record = |honours: usize| -> Result<Vec<Act>, TestCaseError> {
        let mut acts = vec![signal(Tone::Hostile, (1.0 - 0.9) / (1.0 - 0.5))?];
        acts.extend(vec![signal(Tone::Cooperative, 0.9 / 0.5)?; honours]);
        Ok(acts)
    };
    let negative = |hostile: f64| {
        profile(|params| {
            params.valence = Valence {
                cooperative: 1.0 / hostile,
                hostile,
            };
        })
    };
    let needed = |reader: &BiasProfile| -> Result<f64, TestCaseError> {
        for honours in 0..100 {
            if trust_after(0.5, &record(honours)?, reader)? >= 0.5 {
                return Ok(honours as f64);
            }
        }
        Ok(f64::INFINITY)
    };
    let of = |hostile| number(negative(hostile).and_then(|reader| needed(&reader)));
    trial.close("honours that offset one betrayal, Bayes", of(1.0), 3.0, 0.0);
    trial.holds(
        "more of them under negativity",
        of(1.5) > 3.0 && of(3.0) > of(1.5),
    );
    trial.for_all(
        "trust is harder to gain and easier to lose, and mixed records end lower",
        1000,
        (
            0.02..0.98_f64,
            1.1..10.0_f64,
            1.05..3.0_f64,
            vec(any::<bool>(), 1..10),
        ),
        |(prior, ratio, hostile, record)| {
            let reader = negative(hostile)?;
            let kind = [signal(Tone::Cooperative, ratio)?];
            let cruel = [signal(Tone::Hostile, 1.0 / ratio)?];
            let held = |acts: &[Act]| trust_after(prior, acts, &reader);
            let bayes = |acts: &[Act]| trust_after(prior, acts, &Warranted);
            prop_assert!(held(&kind)? < bayes(&kind)? && held(&cruel)? < bayes(&cruel)?);
            let mixed: Vec<Act> = record
                .iter()
                .map(|&good| {
                    if good {
                        kind[0].clone()
                    } else {
                        cruel[0].clone()
                    }
                })
                .collect();
            prop_assert!(held(&mixed)? < bayes(&mixed)?);
            Ok(())
        },
    );
}

pub(super) fn motivated(trial: &mut Trial) {
    let odds_after = |prior: f64, act: &Act, reader: &BiasProfile| -> Result<f64, TestCaseError> {
        let after = trust_after(prior, std::slice::from_ref(act), reader)?;
        Ok(odds(after).map_or(f64::NAN, LogOdds::get))
    };
    trial.for_all(
        "those who need reassurance least move most, so that a costly signal polarises",
        1000,
        (0.02..0.9_f64, 0.02..0.08_f64, 1.1..8.0_f64, 0.05..3.0_f64),
        |(wary, more, ratio, need)| {
            let trusting = wary + more;
            let reader = profile(|params| params.need = need)?;
            let signal = signal(Tone::Cooperative, ratio)?;
            let gap = |reader: &BiasProfile| {
                Ok::<_, TestCaseError>(
                    odds_after(trusting, &signal, reader)? - odds_after(wary, &signal, reader)?,
                )
            };
            let bayes = BiasProfile::neutral();
            prop_assert!(gap(&reader)? > gap(&bayes)? + 1e-9);
            // And nobody learns more than is there.
            prop_assert!(odds_after(wary, &signal, &reader)? < odds_after(wary, &signal, &bayes)?);
            Ok(())
        },
    );
    trial.for_all(
        "selfless acts are reconstrued and selfish ones are not",
        500,
        (0.02..0.98_f64, 0.1..0.9_f64, 0.05..3.0_f64),
        |(prior, ratio, need)| {
            let reader = profile(|params| params.need = need)?;
            let act = [signal(Tone::Hostile, ratio)?];
            prop_assert_eq!(
                trust_after(prior, &act, &reader)?.to_bits(),
                trust_after(prior, &act, &Warranted)?.to_bits()
            );
            Ok(())
        },
    );
}

pub(super) fn perseverance(trial: &mut Trial) {
    trial.for_all(
        "after the discrediting logit p is logit p₀ + ρ·ln LR; a Bayesian is back where it was",
        1000,
        (0.02..0.98_f64, 0.1..10.0_f64, 0.0..=1.0_f64),
        |(prior, ratio, kept)| {
            let act = signal(Tone::Hostile, ratio)?;
            let hoax = Act::retracting(&act).map_err(refused)?;
            let reader = profile(|params| params.perseverance = kept)?;
            let Some(start) = odds(prior) else {
                return Err(TestCaseError::reject("certainty"));
            };
            let expected = LogOdds::new(start.get() + kept * ratio.ln()).map_err(refused)?;
            let record = [act, hoax];
            let held = trust_after(prior, &record, &reader)?;
            prop_assert!((held - expected.probability().get()).abs() < 1e-12);
            let warranted = trust_after(prior, &record, &Warranted)?;
            prop_assert!((warranted - chance(prior).get()).abs() < 1e-12);
            Ok(())
        },
    );
    trial.for_all(
        "an enemy image outlives its evidence: ρ above 0 leaves the slandered party less trusted",
        500,
        (0.02..0.98_f64, 0.05..0.9_f64, 0.05..=1.0_f64),
        |(prior, ratio, kept)| {
            let act = signal(Tone::Hostile, ratio)?;
            let record = [act.clone(), Act::retracting(&act).map_err(refused)?];
            let reader = profile(|params| params.perseverance = kept)?;
            prop_assert!(trust_after(prior, &record, &reader)? < prior);
            Ok(())
        },
    );
}
