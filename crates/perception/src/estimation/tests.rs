//! Known parameters recovered from simulated records.

use detente_quantity::Probability;
use detente_reputation::{Act, Belief, Evidence, Tone, trajectory};

use super::*;
use crate::{BiasParameter, BiasParams, BiasProfile, PerceptionError};

/// SplitMix64: one number from 0 to below 1 at a time, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.roll() * (high - low)
    }
}

fn chance(value: f64) -> Probability {
    Probability::new(value).unwrap()
}

/// Acts of both tones and all strengths, one in six of them taken back.
fn story(dice: &mut Dice, length: usize) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    while acts.len() < length {
        match acts.last() {
            Some(last) if !last.evidence().is_retraction() && dice.roll() < 1.0 / 6.0 => {
                acts.push(Act::retracting(last).unwrap());
            }
            _ => {
                let (low, high) = (dice.between(0.05, 0.4), dice.between(0.5, 0.95));
                let (tone, chances) = if dice.roll() < 0.5 {
                    (Tone::Cooperative, vec![chance(high), chance(low)])
                } else {
                    (Tone::Hostile, vec![chance(low), chance(high)])
                };
                let evidence = Evidence::likelihoods(chances, chance(dice.between(0.0, 0.5)));
                acts.push(Act::new(tone, evidence.unwrap()));
            }
        }
    }
    acts
}

/// A record of choices after each of `length` acts, by an observer with this profile and choice
/// precision 2, simulated in the words of the model and not by the estimator.
fn record(dice: &mut Dice, profile: &BiasProfile, length: usize) -> Record {
    let prior = Belief::binary(chance(dice.between(0.2, 0.8))).unwrap();
    let acts = story(dice, length);
    let beliefs = trajectory(&prior, &acts, profile).unwrap();
    let observations = beliefs.iter().enumerate().map(|(n, belief)| {
        let threshold = dice.between(0.2, 0.8);
        let odds = belief.log_odds(0).unwrap().get();
        let margin = 2.0 * (odds - (threshold / (1.0 - threshold)).ln());
        let accepted = dice.roll() < 1.0 / (1.0 + (-margin).exp());
        Observation {
            after: n + 1,
            response: Response::Choice {
                threshold: chance(threshold),
                decision: if accepted {
                    Decision::Accepted
                } else {
                    Decision::Refused
                },
            },
        }
    });
    let observations = observations.collect();
    Record::new(prior, acts, observations).unwrap()
}

fn records(seed: u64, profile: &BiasProfile, count: usize, length: usize) -> Vec<Record> {
    let mut dice = Dice(seed);
    (0..count)
        .map(|_| record(&mut dice, profile, length))
        .collect()
}

fn estimator(free: &[BiasParameter]) -> Estimator {
    Estimator::new(EstimationParams {
        free: free.iter().map(|&parameter| parameter.into()).collect(),
        choice_precision: 2.0,
        ..EstimationParams::of(BiasParameter::EvidenceWeight)
    })
    .unwrap()
}

fn covers(found: &ParameterEstimate, truth: f64) -> bool {
    (found.low.value()..=found.high.value()).contains(&truth)
}

#[test]
fn intervals_hold_their_level() {
    // 1000 observers, each with a record of its own: ten stories of six acts and as many choices.
    for (truth, seed) in [(0.6, 1997), (1.0, 1999)] {
        let estimator = estimator(&[BiasParameter::EvidenceWeight]);
        let profile = BiasParameter::EvidenceWeight
            .set(&BiasProfile::neutral(), truth)
            .unwrap();
        let (mut covered, mut sum, mut rejected) = (0, 0.0, 0);
        for observer in 0..1000_u64 {
            let found = estimator
                .fit(&records(seed + (observer << 20), &profile, 10, 6))
                .unwrap();
            covered += u32::from(covers(&found.parameters[0], truth));
            sum += found.parameters[0].value;
            rejected += u32::from(found.p_value < 0.05);
        }
        println!(
            "c = {truth}: covered {covered} of 1000, mean {}, Bayes rejected {rejected}",
            sum / 1e3
        );
        // 950 expected; three standard errors of the count are 21.
        assert!((929..=971).contains(&covered), "{covered}");
        assert!((sum / 1e3 - truth).abs() < 0.05, "{}", sum / 1e3);
        if truth == 1.0 {
            assert!((29..=71).contains(&rejected), "{rejected}");
        } else {
            assert!(rejected > 500, "{rejected}");
        }
    }
}

#[test]
fn every_parameter_is_recovered_from_a_thousand_records() {
    for (seed, (parameter, truth)) in (0_u64..).zip([
        (BiasParameter::SituationCooperative, 0.5),
        (BiasParameter::SituationHostile, 0.4),
        (BiasParameter::StrengthScale, 0.7),
        (BiasParameter::StrengthExponent, 0.6),
        (BiasParameter::Misreading, 0.3),
        (BiasParameter::Ambiguity, 0.4),
        (BiasParameter::Perseverance, 0.5),
        (BiasParameter::EvidenceWeight, 1.5),
        (BiasParameter::Confirming, 0.5),
        (BiasParameter::Disconfirming, -0.4),
        (BiasParameter::ValenceCooperative, 0.6),
        (BiasParameter::ValenceHostile, 1.6),
        (BiasParameter::Need, 0.7),
        (BiasParameter::PriorWeight, 0.8),
    ]) {
        let profile = parameter.set(&BiasProfile::neutral(), truth).unwrap();
        let mut precise = estimator(&[parameter]).params().clone();
        // One in a thousand outside, fourteen times: a miss would be news.
        precise.level = chance(0.999);
        let found = Estimator::new(precise)
            .unwrap()
            .fit(&records(seed, &profile, 1000, 5))
            .unwrap();
        let one = found.parameters[0];
        assert!(covers(&one, truth), "{parameter:?} {truth}: {one:?}");
        assert!(
            (one.value - truth).abs() < 0.2,
            "{parameter:?} {truth}: {one:?}"
        );
        assert!(found.p_value < 1e-3 && found.responses == 5000);
    }
}

#[test]
fn two_parameters_are_told_apart() {
    let truth = BiasProfile::new(BiasParams {
        evidence_weight: 0.6,
        prior_weight: 0.8,
        ..BiasParams::default()
    })
    .unwrap();
    let estimator = estimator(&[BiasParameter::EvidenceWeight, BiasParameter::PriorWeight]);
    let known = records(7, &truth, 1000, 5);
    let found = estimator.fit(&known).unwrap();
    assert!(
        covers(&found.parameters[0], 0.6) && covers(&found.parameters[1], 0.8),
        "{found:?}"
    );
    // The posterior, on a grid over the intervals' neighbourhood, says the same.
    let mut near = estimator.params().clone();
    for (free, found) in near.free.iter_mut().zip(&found.parameters) {
        let width = found.high.value() - found.low.value();
        (free.low, free.high) = (found.low.value() - width, found.high.value() + width);
    }
    let grid = Estimator::new(near).unwrap().posterior(&known, 25).unwrap();
    for (marginal, found) in grid.marginals.iter().zip(&found.parameters) {
        let width = found.high.value() - found.low.value();
        assert!((marginal.mean - found.value).abs() < width / 10.0);
        assert!((marginal.low - found.low.value()).abs() < width / 5.0);
        assert!((marginal.high - found.high.value()).abs() < width / 5.0);
        assert!((marginal.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}

#[track_caller]
fn check_unidentified(free: &[BiasParameter], records: &[Record], expected: BiasParameter) {
    let estimator = estimator(free);
    match estimator.fit(records) {
        Err(PerceptionError::Unidentified { parameter, .. }) => {
            assert_eq!(parameter, expected.name());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_data_cannot_tell_is_refused() {
    let neutral = BiasProfile::neutral();
    let only = |tone: Tone| -> Vec<Record> {
        let of_tone = |record: Record| {
            let kept = record.acts().iter().filter(|act| act.tone() == tone);
            let acts: Vec<Act> = kept
                .filter(|act| !act.evidence().is_retraction())
                .cloned()
                .collect();
            let responses = record
                .observations()
                .iter()
                .filter(|it| it.after <= acts.len());
            Record::new(
                record.prior().clone(),
                acts.clone(),
                responses.copied().collect(),
            )
            .unwrap()
        };
        records(3, &neutral, 200, 6)
            .into_iter()
            .map(of_tone)
            .collect()
    };
    use BiasParameter::{
        EvidenceWeight, Need, Perseverance, SituationHostile, StrengthScale, ValenceCooperative,
        ValenceHostile,
    };
    for (tone, parameter) in [
        (Tone::Cooperative, SituationHostile),
        (Tone::Cooperative, ValenceHostile),
        (Tone::Hostile, ValenceCooperative),
        (Tone::Hostile, Need),
        (Tone::Hostile, Perseverance),
    ] {
        check_unidentified(&[parameter], &only(tone), parameter);
        assert!(matches!(
            estimator(&[parameter]).posterior(&only(tone), 20),
            Err(PerceptionError::Unidentified { .. })
        ));
    }
    // k and c only ever come as their product.
    let both = [StrengthScale, EvidenceWeight];
    check_unidentified(&both, &records(4, &neutral, 100, 5), StrengthScale);
    check_unidentified(&[EvidenceWeight], &[], EvidenceWeight);
}

#[test]
fn an_end_the_data_leave_open_says_so() {
    // Whoever accepts whatever happens is deaf to hostile acts at most so far.
    let acts = vec![Act::new(Tone::Hostile, Evidence::ratios(vec![1.0, 3.0]).unwrap()); 4];
    let prior = Belief::binary(chance(0.6)).unwrap();
    let accepted = (1..=4).map(|after| Observation {
        after,
        response: Response::Choice {
            threshold: chance(0.5),
            decision: Decision::Accepted,
        },
    });
    let record = Record::new(prior, acts, accepted.collect()).unwrap();
    let found = estimator(&[BiasParameter::EvidenceWeight])
        .fit(&[record])
        .unwrap();
    assert_eq!(found.parameters[0].low, End::Open(0.0));
    assert!(matches!(found.parameters[0].high, End::At(_)));
}

#[test]
fn impossible_questions_are_refused() {
    let params = || EstimationParams::of(BiasParameter::EvidenceWeight);
    let refused = |change: fn(&mut EstimationParams)| {
        let mut changed = params();
        change(&mut changed);
        Estimator::new(changed).unwrap_err().to_string()
    };
    assert!(refused(|it| it.free.clear()).contains("one to four"));
    assert!(refused(|it| it.free.push(it.free[0])).contains("one twice"));
    assert!(refused(|it| it.free = vec![it.free[0]; 5]).contains("5 free parameters"));
    assert!(refused(|it| it.free[0].low = -1.0).contains("weight on the evidence is -1"));
    assert!(refused(|it| it.free[0].high = f64::NAN).contains("NaN"));
    assert!(refused(|it| it.free[0].high = 0.0).contains("width"));
    assert!(refused(|it| it.choice_precision = 0.0).contains("precision"));
    assert!(refused(|it| it.report_spread = f64::INFINITY).contains("spread"));
    assert!(refused(|it| it.level = Probability::ONE).contains("level"));
    let estimator = Estimator::new(params()).unwrap();
    assert!(estimator.posterior(&[], 1).is_err());
    assert!(estimator.posterior(&[], 1_000_001).is_err());
    assert!(estimator.log_likelihood(&[], &[-1.0]).is_err());
    // A report of trust by somebody to whom trust was impossible.
    let dogmatic = Belief::dogmatic(&[Probability::ZERO, Probability::ONE]).unwrap();
    let report = Observation {
        after: 0,
        response: Response::Report {
            trust: Probability::HALF,
        },
    };
    let record = Record::new(dogmatic, vec![], vec![report]).unwrap();
    assert_eq!(
        estimator.fit(std::slice::from_ref(&record)),
        Err(PerceptionError::Contradicted)
    );
    assert_eq!(
        estimator.posterior(&[record], 9),
        Err(PerceptionError::Contradicted)
    );
}
