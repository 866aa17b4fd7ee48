//! Seen as expected: C-05, C-43, C-44, C-45, C-46.

use detente::{
    perception::{
        BiasParams, BiasProfile, ConfirmatoryObserver, Expectation, Perceived, PriorBias, Strength,
        possible_beliefs, strategies as perception,
    },
    quantity::{LogOdds, Probability},
    reputation::{Act, Tone, Warranted},
};
use proptest::prelude::*;

use super::{binary, chance, number, odds, profile, refused, signal, trust_after};
use crate::Trial;

/// By how much an act moves the log-odds of an observer who began at `prior`.
fn moved(prior: f64, act: &Act, reader: &BiasProfile) -> Result<f64, TestCaseError> {
    let mut belief = binary(chance(prior))?;
    let before = belief.log_odds(0).map_or(f64::NAN, LogOdds::get);
    belief.update(act, reader).map_err(refused)?;
    Ok(belief.log_odds(0).map_or(f64::NAN, LogOdds::get) - before)
}

pub(super) fn dismissal(trial: &mut Trial) {
    trial.for_all(
        "where need or agreement weighs, the same concession moves those who trust more",
        1000,
        (
            0.01..0.98_f64,
            0.005..0.5_f64,
            1.1..10.0_f64,
            0.1..2.0_f64,
            0.05..0.9_f64,
        ),
        |(wary, more, ratio, need, discount)| {
            let trusting = wary + more * (0.99 - wary);
            let concession = signal(Tone::Cooperative, ratio)?;
            let needy = profile(|params| params.need = need)?;
            prop_assert!(moved(trusting, &concession, &needy)? > moved(wary, &concession, &needy)?);
            let partial = profile(|params| params.prior_bias.disconfirming = -discount)?;
            let (one, other) = (
                moved(trusting, &concession, &partial)?,
                moved(wary, &concession, &partial)?,
            );
            prop_assert!(one >= other - 1e-12);
            prop_assert!(one > other + 1e-12 || (wary < 0.5) == (trusting < 0.5));
            let bayes = BiasProfile::neutral();
            let gap = moved(trusting, &concession, &bayes)? - moved(wary, &concession, &bayes)?;
            prop_assert!(gap.abs() < 1e-12, "a Bayesian's depends on trust by {gap}");
            Ok(())
        },
    );
}

pub(super) fn perceived_strength(trial: &mut Trial) {
    let reported = Strength {
        scale: 0.88,
        exponent: 0.76,
    };
    let read = |strength: f64| {
        number(
            profile(|params| params.strength = reported).and_then(|reader| {
                moved(0.5, &signal(Tone::Cooperative, strength.exp())?, &reader)
            }),
        )
    };
    trial.close("a weak hint is over-read", read(0.1), 0.1529, 1e-4);
    trial.close("a strong concession is under-read", read(3.0), 2.028, 2e-4);
    let switch = reported.switch_point().unwrap_or(f64::NAN);
    trial.close("read as it is", switch, 0.587, 5e-4);
    trial.close("and is so", read(switch), switch, 1e-12);
    let precision = LogOdds::new(switch).map_or(f64::NAN, |odds| odds.probability().get());
    trial.close("that is a precision of", precision, 0.643, 5e-4);
    trial.for_all(
        "below the switch signals are over-read, above it under-read, either way round",
        1000,
        (0.01..6.0_f64, 0.05..0.95_f64, 0.5..1.5_f64, 0.2..0.95_f64),
        |(strength, prior, scale, exponent)| {
            let compressed = Strength { scale, exponent };
            let Some(switch) = compressed.switch_point() else {
                return Err(TestCaseError::fail("no switch for β below 1"));
            };
            prop_assume!((strength / switch - 1.0).abs() > 1e-9);
            let reader = profile(|params| params.strength = compressed)?;
            let gain = moved(prior, &signal(Tone::Cooperative, strength.exp())?, &reader)?;
            let loss = moved(prior, &signal(Tone::Hostile, (-strength).exp())?, &reader)?;
            prop_assert!((gain + loss).abs() < 1e-9, "{gain} {loss}");
            prop_assert!((gain - scale * strength.powf(exponent)).abs() < 1e-9);
            prop_assert_eq!(gain > strength, strength < switch);
            Ok(())
        },
    );
}

fn rabin(accuracy: f64, misreading: f64) -> Result<ConfirmatoryObserver, TestCaseError> {
    ConfirmatoryObserver::misreading(chance(accuracy), chance(misreading)).map_err(refused)
}

pub(super) fn confirmation(trial: &mut Trial) {
    let wrong = |accuracy, misreading, lead| {
        number(rabin(accuracy, misreading).map(|it| it.wrong_for_good(lead).get()))
    };
    for (accuracy, misreading, reference) in [
        (0.75, 0.3333, 0.0),
        (0.75, 0.5, 0.13462),
        (0.6, 0.2, 0.08831),
        (0.6, 0.5, 0.33684),
        (0.9, 0.5, 0.02088),
    ] {
        let check = format!("θ = {accuracy}, q = {misreading}");
        trial.close(&check, wrong(accuracy, misreading, 0), reference, 5e-6);
    }
    trial.close(
        "two wrong signals first",
        wrong(0.75, 0.5, -2),
        0.6885,
        5e-5,
    );
    for (accuracy, misreading) in [(0.75, 0.5), (0.6, 0.5)] {
        let closed = wrong(accuracy, misreading, 0);
        let walked = number(rabin(accuracy, misreading).and_then(|observer| {
            let leads = observer.leads(0, 2000).map_err(refused)?;
            Ok(leads.favours_falsehood().get())
        }));
        trial.close(&format!("the walk at θ = {accuracy}"), walked, closed, 1e-9);
        let drawn = simulated(accuracy, misreading, 20_000);
        trial.close(
            &format!("simulation at θ = {accuracy}"),
            drawn,
            closed,
            0.0105,
        );
    }
    let (a, b) = (Perceived::First, Perceived::Second);
    for (record, agent, correct) in [
        (&[a, a, a][..], 0.9643, 0.8547),
        (&[a, a, a, b, b], 0.75, 0.3952),
    ] {
        let lead = record.iter().map(|it| if *it == a { 1 } else { -1 }).sum();
        let observer = rabin(0.75, 0.5);
        let held = number(observer.clone().map(|it| it.belief(lead).get()));
        let due = number(
            observer
                .and_then(|it| it.warranted(record).map_err(refused))
                .map(Probability::get),
        );
        trial.close(&format!("{record:?} as held"), held, agent, 5e-5);
        trial.close(&format!("{record:?} as warranted"), due, correct, 5e-5);
    }
    trial.for_all(
        "lasting error is possible exactly above q = 1 − 1/(2θ), and any start only shifts its chance",
        2000,
        (0.501..0.999_f64, 0.0..=1.0_f64, 1..20_i64),
        |(accuracy, misreading, lead)| {
            let critical = 1.0 - 1.0 / (2.0 * accuracy);
            prop_assume!((misreading - critical).abs() > 1e-9);
            let observer = rabin(accuracy, misreading)?;
            let wrong = |lead| observer.wrong_for_good(lead).get();
            prop_assert_eq!(wrong(0) > 0.0, misreading > critical);
            prop_assert_eq!(observer.can_be_wrong_for_good(), misreading > critical);
            prop_assert!(wrong(lead) <= wrong(0) && wrong(0) <= wrong(-lead));
            Ok(())
        },
    );
    trial.for_all(
        "the agent is overconfident: what it leans to is due at most the belief it holds",
        1000,
        (0.55..0.95_f64, 0.01..0.99_f64, 1..12_usize),
        |(accuracy, misreading, signals)| {
            let observer = rabin(accuracy, misreading)?;
            let all_one_way = vec![Perceived::First; signals];
            let due = observer.warranted(&all_one_way).map_err(refused)?;
            let held = observer.belief(signals as i64);
            prop_assert!(held.get() >= due.get() - 1e-12, "{held} {due}");
            prop_assert!(signals == 1 || held > due || held.get() > 1.0 - 1e-12);
            Ok(())
        },
    );
}

/// The share of walks that end on the wrong side after 400 signals: the model played out with dice.
fn simulated(accuracy: f64, misreading: f64, walks: u32) -> f64 {
    let mut state = 1999_u64;
    let mut roll = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut wrong = 0_u32;
    for _ in 0..walks {
        let mut lead = 0_i32;
        for _ in 0..400 {
            let right = roll() < accuracy;
            let contradicts = if right { lead < 0 } else { lead > 0 };
            let seen = right != (contradicts && roll() < misreading);
            lead += if seen { 1 } else { -1 };
        }
        wrong += u32::from(lead < 0);
    }
    f64::from(wrong) / f64::from(walks)
}

pub(super) fn ambiguity(trial: &mut Trial) {
    trial.for_all(
        "away from a level lead a share of ambiguous signals is a chance of misreading",
        1000,
        (0.501..0.999_f64, 0.0..=1.0_f64, 1..30_i64),
        |(accuracy, share, lead)| {
            let fryer = ConfirmatoryObserver::ambiguity(chance(accuracy), chance(share))
                .map_err(refused)?;
            let rabin = rabin(accuracy, share)?;
            for lead in [lead, -lead] {
                prop_assert_eq!(fryer.seems_right(lead), rabin.seems_right(lead));
            }
            let critical = 1.0 - 1.0 / (2.0 * accuracy);
            prop_assume!((share - critical).abs() > 1e-9);
            prop_assert_eq!(fryer.can_be_wrong_for_good(), share > critical);
            // At a level lead they part: the coin is fair and the signal is not.
            prop_assert!(fryer.wrong_for_good(0).get() >= rabin.wrong_for_good(0).get() - 1e-15);
            Ok(())
        },
    );
    let locked = ConfirmatoryObserver::ambiguity(chance(0.75), chance(0.5));
    let locked = locked.map_or(f64::NAN, |it| it.wrong_for_good(0).get());
    trial.close(
        "from a level start, θ = .75, half ambiguous",
        locked,
        0.21875,
        1e-12,
    );
    trial.for_all(
        "in readings of acts the two are the same to the last bit away from ties",
        500,
        (0.05..0.45_f64, 0.2..5.0_f64, 0.0..=1.0_f64, any::<bool>()),
        |(prior, ratio, share, trusting)| {
            let prior = if trusting { 1.0 - prior } else { prior };
            let act = [signal(Tone::Cooperative, ratio)?];
            let misread = profile(|params| params.expectation.misreading = share)?;
            let ambiguous = profile(|params| params.expectation.ambiguity = share)?;
            let of = |reader: &BiasProfile| trust_after(prior, &act, reader);
            prop_assert_eq!(of(&misread)?.to_bits(), of(&ambiguous)?.to_bits());
            Ok(())
        },
    );
    trial.for_all(
        "the same balanced evidence drives two observers apart who lean to either side",
        500,
        (
            3.0..6.0_f64,
            3.0..6.0_f64,
            0.1..0.5_f64,
            1..5_usize,
            0.05..=1.0_f64,
        ),
        |(trusting, wary, strength, pairs, share)| {
            // Nobody is carried across: there is at most 5 of evidence, and each leans by 3 or more.
            let reader = BiasProfile::new(BiasParams {
                expectation: Expectation {
                    misreading: 0.0,
                    ambiguity: share,
                },
                ..BiasParams::default()
            })
            .map_err(refused)?;
            let pair = [
                signal(Tone::Cooperative, strength.exp())?,
                signal(Tone::Hostile, (-strength).exp())?,
            ];
            let record: Vec<Act> = pair.iter().cycle().take(2 * pairs).cloned().collect();
            let gap = |reader: &dyn detente::reputation::Reader| -> Result<f64, TestCaseError> {
                let end = |start: f64| {
                    let prior = LogOdds::new(start).map_err(refused)?.probability();
                    let belief = detente::reputation::posterior(&binary(prior)?, &record, reader)
                        .map_err(refused)?;
                    Ok::<_, TestCaseError>(belief.log_odds(0).map_or(f64::NAN, LogOdds::get))
                };
                Ok(end(trusting)? - end(-wary)?)
            };
            let (bayes, held) = (gap(&Warranted)?, gap(&reader)?);
            prop_assert!((bayes - trusting - wary).abs() < 1e-9);
            let expected = bayes + 4.0 * share * strength * pairs as f64;
            prop_assert!((held - expected).abs() < 1e-9, "{held} {expected}");
            Ok(())
        },
    );
    trial.for_all(
        "the reading is the mean over all that may have been seen in an act",
        300,
        (0.05..0.95_f64, 0.1..10.0_f64, perception::bias_profile()),
        |(prior, ratio, reader)| {
            let act = signal(Tone::Hostile, ratio)?;
            let seen =
                possible_beliefs(&binary(chance(prior))?, [&act], &reader).map_err(refused)?;
            let level = |it: &detente::perception::PossibleBelief| {
                it.belief.log_odds(0).map_or(f64::NAN, LogOdds::get)
            };
            let mean: f64 = seen.iter().map(|it| it.probability.get() * level(it)).sum();
            let start = odds(prior).map_or(f64::NAN, LogOdds::get);
            let read = start + moved(prior, &act, &reader)?;
            prop_assert!(
                (mean - read).abs() < 1e-9 * mean.abs().max(1.0),
                "{mean} {read}"
            );
            Ok(())
        },
    );
}

pub(super) fn prior_bias(trial: &mut Trial) {
    trial.for_all(
        "agreement earns weight and disagreement loses it, whatever the basic weight",
        1000,
        (
            0.02..0.98_f64,
            1.1..10.0_f64,
            0.1..1.5_f64,
            0.01..1.0_f64,
            0.01..1.0_f64,
        ),
        |(prior, ratio, c, gain, loss)| {
            prop_assume!((prior - 0.5).abs() > 1e-6);
            let plain = profile(|params| params.evidence_weight = c)?;
            let biased = profile(|params| {
                params.evidence_weight = c;
                params.prior_bias = PriorBias {
                    confirming: gain,
                    disconfirming: -loss,
                };
            })?;
            for act in [
                signal(Tone::Cooperative, ratio)?,
                signal(Tone::Hostile, 1.0 / ratio)?,
            ] {
                let (plain, held) = (
                    moved(prior, &act, &plain)?.abs(),
                    moved(prior, &act, &biased)?.abs(),
                );
                let confirms = (act.tone() == Tone::Cooperative) == (prior > 0.5);
                prop_assert_eq!(held > plain, confirms, "{} {}", held, plain);
                let weight = if confirms {
                    c + gain
                } else {
                    (c - loss).max(0.0)
                };
                prop_assert!((held - weight * ratio.ln()).abs() < 1e-9);
            }
            Ok(())
        },
    );
}
