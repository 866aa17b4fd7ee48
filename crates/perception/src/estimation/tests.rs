//! Known parameters recovered from simulated records.

use std::{
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
};

use detente_quantity::{LogOdds, Probability};
use detente_reputation::{Act, Belief, Evidence, Tone};

use super::{
    coverage::{OBSERVERS, tally},
    simulate::TRUTHS,
    *,
};
use crate::{BiasParameter, BiasParams, BiasProfile, PerceptionError};

fn chance(value: f64) -> Probability {
    Probability::new(value).unwrap()
}

fn records(seed: u64, profile: &BiasProfile, count: usize, length: usize) -> Vec<Record> {
    simulate::records(seed, profile, count, length).unwrap()
}

fn estimator(free: &[BiasParameter]) -> Estimator {
    Estimator::new(EstimationParams {
        free: free.iter().map(|&parameter| parameter.into()).collect(),
        choice_precision: Precision::Known(2.0),
        ..EstimationParams::of(BiasParameter::EvidenceWeight)
    })
    .unwrap()
}

fn covers(found: &ParameterEstimate, truth: f64) -> bool {
    (found.low.value()..=found.high.value()).contains(&truth)
}

/// So many runs on all cores, in order.
fn on_all_cores<T: Send>(runs: usize, run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let places = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let mine = places.take_while(|place| *place < runs);
        mine.map(|place| (place, run(place))).collect::<Vec<_>>()
    };
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let done = hands.into_iter().map(|hand| hand.join().unwrap());
        done.flatten().collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, found)| found).collect()
}

#[test]
fn intervals_of_every_parameter_hold_their_stated_level() {
    let tallies = on_all_cores(TRUTHS.len(), |place| {
        tally(place as u64 + 1, TRUTHS[place], Precision::Known(2.0)).unwrap()
    });
    for ((parameter, truth), found) in TRUTHS.into_iter().zip(&tallies) {
        // Three standard errors of the share are 2.1%. The likelihood of misreading has steps, where another type
        // comes to lead, and the χ² distribution is an approximation to which it does not come as close.
        let stated = match parameter {
            BiasParameter::Misreading => 0.90..=0.93,
            _ => 0.929..=0.971,
        };
        assert!(
            stated.contains(&found.coverage()),
            "{parameter:?}: {found:?}"
        );
        // Few records are refused, none is left half searched, and a bias is told from its absence.
        assert!(found.refused <= 10, "{parameter:?}: {found:?}");
        assert_eq!(found.unconverged, 0, "{parameter:?}");
        assert!(found.rejected > 200, "{parameter:?}: {found:?}");
        assert!(
            (found.mean() - truth).abs() < 0.25,
            "{parameter:?}: {found:?}"
        );
    }
}

#[test]
fn a_bayesian_is_rejected_as_often_as_the_test_says() {
    let parameter = BiasParameter::EvidenceWeight;
    let found = tally(100, (parameter, 1.0), Precision::Known(2.0)).unwrap();
    assert_eq!(found.fitted(), OBSERVERS);
    // 50 expected; three standard errors of the count are 21.
    assert!((29..=71).contains(&found.rejected), "{found:?}");
    assert!((0.929..=0.971).contains(&found.coverage()), "{found:?}");
}

#[test]
fn an_interval_holds_what_lies_beyond_a_gap() {
    // A likelihood with two peaks, by acts whose costs point either way: whatever the records do not exclude at
    // their level lies within, and the ends are where it is just excluded.
    let truth = 0.4;
    let profile = BiasParameter::Augmentation
        .set(&BiasProfile::neutral(), truth)
        .unwrap();
    let estimator = estimator(&[BiasParameter::Augmentation]);
    let mut gaps = 0;
    for observer in 0..100_u64 {
        let records = records((5 << 40) + (observer << 20), &profile, 10, 6);
        let Ok(found) = estimator.fit(&records) else {
            continue;
        };
        let floor = found.log_likelihood - 3.841_458_820_694_124 / 2.0;
        let kept = |value: f64| estimator.log_likelihood(&records, &[value]).unwrap() >= floor;
        let one = found.parameters[0];
        let net = (0..=80).map(|step| f64::from(step) / 16.0);
        let (inside, outside): (Vec<f64>, Vec<f64>) =
            net.partition(|value| (one.low.value()..=one.high.value()).contains(value));
        gaps += u32::from(!inside.iter().all(|&value| kept(value)));
        // What is kept outside can only be what slipped through the net of the search.
        let slipped = outside.iter().filter(|&&value| kept(value)).count();
        assert!(slipped <= 2, "{one:?}");
        for end in [one.low, one.high] {
            if let End::At(value) = end {
                assert!(!kept(value + (value - one.value) * 1e-6), "{one:?}");
                assert!(kept(value - (value - one.value) * 1e-6), "{one:?}");
            }
        }
    }
    assert!(gaps >= 3, "no likelihood of {gaps} had a gap");
}

#[test]
fn every_parameter_is_recovered_from_a_thousand_records() {
    for (seed, (parameter, truth)) in (0_u64..).zip(TRUTHS) {
        let profile = parameter.set(&BiasProfile::neutral(), truth).unwrap();
        let mut precise = estimator(&[parameter]).params().clone();
        // One in a thousand outside, seventeen times: a miss would be news.
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
        assert_eq!(found.stopped, Stopped::Converged);
    }
}

#[test]
fn precision_may_be_a_nuisance() {
    let fitted = |params: &EstimationParams| {
        let choice_precision = Precision::Fitted {
            low: 0.05,
            high: 50.0,
        };
        Estimator::new(EstimationParams {
            choice_precision,
            ..params.clone()
        })
        .unwrap()
    };
    let profile = BiasParameter::EvidenceWeight
        .set(&BiasProfile::neutral(), 0.6)
        .unwrap();
    // Not told that it is 2, the estimator finds it, and beside it the weight.
    let known = estimator(&[BiasParameter::EvidenceWeight]);
    let unknown = fitted(known.params());
    let many = records(11, &profile, 1000, 5);
    let found = unknown.fit(&many).unwrap();
    assert!((found.choice_precision - 2.0).abs() < 0.2, "{found:?}");
    assert!(covers(&found.parameters[0], 0.6), "{found:?}");
    let told = known.fit(&many).unwrap();
    assert_eq!(told.choice_precision, 2.0);
    assert!(found.log_likelihood >= told.log_likelihood - 1e-9);
    let width = |it: &Estimate| it.parameters[0].high.value() - it.parameters[0].low.value();
    assert!(width(&found) >= width(&told) - 1e-9);
    let posterior = unknown.posterior(&many[..200], 40).unwrap();
    assert!((posterior.marginals[0].mean - 0.6).abs() < 0.15);
    // And its intervals hold their level.
    let mut covered = 0;
    for observer in 0..200_u64 {
        let found = unknown
            .fit(&records(2001 + (observer << 20), &profile, 10, 6))
            .unwrap();
        covered += u32::from(covers(&found.parameters[0], 0.6));
    }
    // 190 expected; three and a half standard errors are 11. The example `coverage` does it a thousand times for
    // each parameter.
    assert!((179..=200).contains(&covered), "{covered}");
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
    let ridge = records(4, &neutral, 100, 5);
    check_unidentified(&both, &ridge, StrengthScale);
    assert!(matches!(
        estimator(&both).posterior(&ridge, 15),
        Err(PerceptionError::Unidentified { parameter, .. }) if parameter == StrengthScale.name()
    ));
    check_unidentified(&[EvidenceWeight], &[], EvidenceWeight);
}

/// One act of each of these ratios, and a choice after each.
fn choices_after(acts: Vec<Act>) -> Vec<Record> {
    let prior = Belief::binary(chance(0.4)).unwrap();
    let observations = (0..=acts.len()).map(|after| Observation {
        after,
        response: Response::Choice {
            threshold: chance(0.5),
            decision: if after % 2 == 0 {
                Decision::Accepted
            } else {
                Decision::Refused
            },
        },
    });
    let observations = observations.collect();
    vec![Record::new(prior, acts, observations).unwrap(); 20]
}

#[test]
fn no_parameter_is_identified_by_what_it_does_not_touch() {
    use BiasParameter as P;
    let signal = |tone, ratio: f64| Act::new(tone, Evidence::ratios(vec![ratio, 1.0]).unwrap());
    let coded = |tone, forced| {
        let chances = match tone {
            Tone::Cooperative => vec![chance(0.8), chance(0.3)],
            Tone::Hostile => vec![chance(0.3), chance(0.8)],
        };
        Act::new(
            tone,
            Evidence::likelihoods(chances, chance(forced)).unwrap(),
        )
    };
    let (kind, hostile) = (Tone::Cooperative, Tone::Hostile);
    // Under a prior of 0.4 the second type is favoured: hostile acts agree with it, others do not.
    let agreeing = || choices_after(vec![signal(hostile, 0.5), signal(hostile, 0.4)]);
    let by_parameter = |parameter| match parameter {
        P::SituationCooperative => vec![coded(kind, 0.0), coded(hostile, 0.4)],
        P::SituationHostile => vec![coded(hostile, 0.0), coded(kind, 0.4)],
        P::DiscountingCooperative => vec![signal(kind, 2.0), coded(hostile, 0.0)],
        P::DiscountingHostile => vec![signal(hostile, 0.5), coded(kind, 0.0)],
        P::Augmentation => {
            let dear = LogOdds::new(3.0).unwrap();
            vec![coded(kind, 0.2), signal(kind, 2.0).costing(dear)]
        }
        // Signals of strength 1 are as strong to any power.
        P::StrengthExponent => vec![
            signal(kind, 1.0_f64.exp()),
            signal(hostile, (-1.0_f64).exp()),
        ],
        P::StrengthScale | P::EvidenceWeight => vec![signal(kind, 1.0)],
        P::Perseverance => vec![coded(kind, 0.0), coded(hostile, 0.0)],
        P::ValenceCooperative | P::Need => vec![coded(hostile, 0.1), coded(hostile, 0.3)],
        P::ValenceHostile => vec![coded(kind, 0.1), coded(kind, 0.3)],
        // Acts that agree are none to misread, and give nothing to take from disagreement.
        _ => Vec::new(),
    };
    for parameter in P::ALL {
        check_unidentified(&[parameter], &choices_after(vec![]), parameter);
        check_unidentified(
            &[parameter],
            &choices_after(by_parameter(parameter)),
            parameter,
        );
    }
    for parameter in [P::Misreading, P::Ambiguity, P::Disconfirming] {
        check_unidentified(&[parameter], &agreeing(), parameter);
    }
    let disagreeing = choices_after(vec![signal(kind, 1.1), signal(kind, 1.1)]);
    check_unidentified(&[P::Confirming], &disagreeing, P::Confirming);
    // From even odds there is no earlier belief to weigh.
    let even = Belief::binary(Probability::HALF).unwrap();
    let [first, ..] = &choices_after(vec![signal(kind, 3.0)])[..] else {
        unreachable!("twenty of them")
    };
    let level = Record::new(even, first.acts().to_vec(), first.observations().to_vec());
    check_unidentified(&[P::PriorWeight], &[level.unwrap()], P::PriorWeight);
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
    assert!(refused(|it| it.choice_precision = Precision::Known(0.0)).contains("precision"));
    for (low, high) in [(0.0, 1.0), (1.0, 1.0), (1.0, f64::INFINITY)] {
        let mut changed = params();
        changed.choice_precision = Precision::Fitted { low, high };
        let error = Estimator::new(changed).unwrap_err().to_string();
        assert!(error.contains("precision"), "{error}");
    }
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
