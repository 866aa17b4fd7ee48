//! Process tracing: R-09.

use detente::{
    quantity::{LogOdds, Probability},
    reputation::{
        Act, ActsNeeded, Belief, Decibels, Engine, Evidence, EvidenceBand, PriorBand, SameDay,
        Settings, Sighting, Tone, Warranted, acts_to_reverse, belief_bands, posterior,
        strategies as reputation,
    },
};
use proptest::{collection::vec, prelude::*};

use super::{chance, day, number, refused};
use crate::Trial;

fn decibels(ratio: f64) -> f64 {
    number(
        Decibels::of_ratio(ratio)
            .map(Decibels::get)
            .map_err(refused),
    )
}

/// The belief in the first of two types, even at first, after evidence of these weights.
fn after(weights: &[f64]) -> Result<f64, TestCaseError> {
    let nats: f64 = weights.iter().sum::<f64>() * std::f64::consts::LN_10 / 10.0;
    Ok(LogOdds::new(nats).map_err(refused)?.probability().get())
}

/// How `M` answers to `X`, or `Y` to `M`, if the one never hinders the other.
#[derive(Clone, Copy, PartialEq)]
enum Response {
    Never,
    Always,
    Follows,
}

impl Response {
    const ALL: [Self; 3] = [Self::Never, Self::Always, Self::Follows];

    fn to(self, cause: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::Follows => cause,
        }
    }
}

/// The probability that X = 1 caused Y = 1 along X → M → Y, all causal types alike likely before,
/// once X, Y and perhaps M were seen.
fn caused(m: Option<bool>) -> Result<f64, TestCaseError> {
    let types: Vec<(Response, Response)> = Response::ALL
        .into_iter()
        .flat_map(|of_m| Response::ALL.map(|of_y| (of_m, of_y)))
        .collect();
    let clue = |seen: &dyn Fn(bool, bool) -> bool| {
        let chances = types.iter().map(|(of_m, of_y)| {
            let middle = of_m.to(true);
            chance(f64::from(seen(middle, of_y.to(middle))))
        });
        let evidence = Evidence::likelihoods(chances.collect(), Probability::ZERO);
        evidence
            .map(|it| Act::new(Tone::Cooperative, it))
            .map_err(refused)
    };
    let mut clues = vec![clue(&|_, outcome| outcome)?];
    if let Some(m) = m {
        clues.push(clue(&|middle, _| middle == m)?);
    }
    let flat = Belief::from_log_weights(vec![0.0; types.len()]).map_err(refused)?;
    let belief = posterior(&flat, &clues, &Warranted).map_err(refused)?;
    let follows = |place: usize| types[place] == (Response::Follows, Response::Follows);
    Ok(belief.probability_that(follows).get())
}

pub(super) fn ledger(trial: &mut Trial) {
    trial.close("a ratio of two", decibels(2.0), 3.010, 5e-4);
    trial.close("a concession", decibels(0.9 / 0.4), 3.52183, 5e-6);
    trial.close("a defection", decibels(0.1 / 0.6), -7.78151, 5e-6);
    trial.close(
        "+10 +5 −3 dB",
        number(after(&[10.0, 5.0, -3.0])),
        0.940_649,
        5e-7,
    );
    trial.close("X and Y seen", number(caused(None)), 0.2, 1e-12);
    trial.close("and M", number(caused(Some(true))), 0.25, 1e-12);
    trial.close("and no M", number(caused(Some(false))), 0.0, 1e-12);
    trial.for_all(
        "weights in the ledger add up to the log-odds",
        500,
        (reputation::belief(3), reputation::possible_acts(3, 8)),
        |(prior, acts)| {
            let settings = Settings {
                same_day: SameDay::InOrder,
                ..Settings::default()
            };
            let engine = Engine::new(prior.clone(), settings).map_err(refused)?;
            let dated = acts.iter().map(|act| Sighting::act(day(0), act.clone()));
            let timeline = engine.timeline(&dated.collect::<Vec<_>>(), &Warranted);
            let entries = timeline.map_err(refused)?.ledger(0);
            let weights = entries.iter().filter_map(|entry| entry.weight);
            let sum: f64 = weights.map(Decibels::get).sum();
            let after = posterior(&prior, &acts, &Warranted).map_err(refused)?;
            let decibels = |belief: &Belief| belief.log_odds(0).map_or(f64::NAN, LogOdds::decibels);
            prop_assert!((sum - decibels(&after) + decibels(&prior)).abs() < 1e-9);
            Ok(())
        },
    );
    trial.for_all(
        "no likelihoods within their bounds lead out of the band",
        500,
        (
            reputation::belief(3),
            vec((vec(0.05..1.0_f64, 3), vec(0.0..=1.0_f64, 3)), 1..5),
        ),
        |(prior, acts)| {
            let bounds: Vec<Probability> = prior.probabilities().into_iter().map(chance).collect();
            let band = PriorBand::exact(&bounds).map_err(refused)?;
            let end = |factor: f64, act: &(Vec<f64>, Vec<f64>)| {
                let low_to_high = act.0.iter().zip(&act.1);
                let chances = low_to_high.map(|(high, at)| {
                    chance(
                        high * if factor.is_nan() {
                            0.5 + at / 2.0
                        } else {
                            factor
                        },
                    )
                });
                Evidence::likelihoods(chances.collect(), Probability::ZERO).map_err(refused)
            };
            let bands = acts
                .iter()
                .map(|act| EvidenceBand::new(end(0.5, act)?, end(1.0, act)?).map_err(refused));
            let bands =
                belief_bands(&band, &bands.collect::<Result<Vec<_>, _>>()?).map_err(refused)?;
            let within = acts
                .iter()
                .map(|act| Ok(Act::new(Tone::Hostile, end(f64::NAN, act)?)));
            let within = within.collect::<Result<Vec<_>, TestCaseError>>()?;
            let belief = posterior(&prior, &within, &Warranted).map_err(refused)?;
            if let Some(last) = bands.last() {
                for (k, believed) in belief.probabilities().into_iter().enumerate() {
                    prop_assert!(believed >= last.lower[k].get() - 1e-12);
                    prop_assert!(believed <= last.upper[k].get() + 1e-12);
                }
            }
            Ok(())
        },
    );
    trial.holds(
        "three concessions from 0.1, more than one half",
        three_concessions(),
    );
}

fn three_concessions() -> bool {
    let needed = Belief::binary(chance(0.1)).and_then(|wary| {
        let concession = Evidence::ratios(vec![0.9, 0.4])?;
        acts_to_reverse(&wary, 0, &concession, Probability::HALF)
    });
    needed == Ok(ActsNeeded::Count(3))
}
