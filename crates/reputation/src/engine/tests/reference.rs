//! Each classical model is a setting and gives its reference numbers.

use approx::assert_relative_eq;
use detente_quantity::Probability;

use super::{chance, day, engine, even, letters};
use crate::{
    Act, Belief, BetaReputation, Channel, Dirichlet, Drift, Engine, Evidence, Forgetting, HalfLife,
    Pace, Reader, Reading, SameDay, Settings, Sighting, Timeline, Tone, Transition, Warranted,
};

fn hamilton(switch: f64) -> Settings {
    let step = Transition::switching(2, chance(switch)).unwrap();
    Settings {
        drift: Some(Drift::PerReading(step)),
        ..Settings::default()
    }
}

fn trust(timeline: &Timeline<'_>) -> f64 {
    let last = timeline.readings().last().unwrap();
    last.filtered.probability(0).get()
}

/// Reads cooperative acts at half their weight.
struct BadFaith;

impl Reader for BadFaith {
    fn read(&self, act: &Act, belief: &Belief, logs: &mut [f64]) -> f64 {
        let weight = Warranted.read(act, belief, logs);
        if act.tone() == Tone::Cooperative {
            logs.iter_mut().for_each(|log| *log *= 0.5);
        }
        weight
    }
}

#[test]
fn the_type_filter_gives_the_reference_beliefs() {
    let acts = letters("CCDCCCDD");
    let fixed = engine(Settings::default());
    let timeline = fixed.timeline(&acts, &Warranted).unwrap();
    assert_relative_eq!(trust(&timeline), 0.210_713_942, epsilon = 5e-10);
    assert_relative_eq!(timeline.log_likelihood(), -6.570_451_246, epsilon = 5e-10);
    let switching = engine(hamilton(0.02));
    let timeline = switching.timeline(&acts, &Warranted).unwrap();
    assert_relative_eq!(trust(&timeline), 0.157_670_395, epsilon = 5e-10);
    assert_relative_eq!(timeline.log_likelihood(), -6.343_621_165, epsilon = 5e-10);
    let mistaken = engine(Settings {
        misperception: Some(Channel::with_error(chance(0.1))),
        ..hamilton(0.02)
    });
    let timeline = mistaken.timeline(&acts, &Warranted).unwrap();
    assert_relative_eq!(trust(&timeline), 0.370_275_385, epsilon = 5e-10);
    let timeline = switching.timeline(&acts, &BadFaith).unwrap();
    assert_relative_eq!(trust(&timeline), 0.037_512_262, epsilon = 5e-10);
}

#[test]
fn by_days_and_by_readings_agree_on_daily_acts() {
    let acts = letters("CCDCCCDD");
    let step = Transition::switching(2, chance(0.02)).unwrap();
    let by_day = engine(Settings {
        drift: Some(Drift::PerDay(step)),
        ..Settings::default()
    });
    let by_reading = engine(hamilton(0.02));
    let one = by_reading.timeline(&acts, &Warranted).unwrap();
    let other = by_day.timeline(&acts, &Warranted).unwrap();
    assert_eq!(one.readings(), other.readings());
}

/// How many cooperative acts lift belief from 0.1 above one half.
fn acts_needed(settings: Settings, reader: &dyn Reader) -> usize {
    let prior = Belief::binary(chance(0.1)).unwrap();
    let engine = Engine::new(prior, settings).unwrap();
    let timeline = engine.timeline(&letters("CCCCCCCCCC"), reader).unwrap();
    let enough = |reading: &Reading| reading.filtered.probability(0) > Probability::HALF;
    timeline.readings().iter().position(enough).unwrap() + 1
}

#[test]
fn concessions_needed_are_the_reference_counts() {
    let noisy = Settings {
        misperception: Some(Channel::with_error(chance(0.2))),
        ..Settings::default()
    };
    assert_eq!(acts_needed(Settings::default(), &Warranted), 3);
    assert_eq!(acts_needed(Settings::default(), &BadFaith), 6);
    assert_eq!(acts_needed(noisy, &Warranted), 5);
}

fn symbols(record: &str) -> Vec<Sighting> {
    let letters = record.chars().zip(0..);
    letters
        .map(|(letter, number)| Sighting::symbol(day(number), usize::from(letter != 'C')))
        .collect()
}

fn learning(conduct: Dirichlet, settings: Settings) -> Engine {
    let one = Belief::new(&[Probability::ONE]).unwrap();
    let conduct = Some(vec![conduct]);
    let settings = Settings {
        conduct,
        ..settings
    };
    Engine::new(one, settings).unwrap()
}

fn forgetting(retained: f64) -> Settings {
    Settings {
        forgetting: Some(Forgetting::ByReadings(chance(retained))),
        ..Settings::default()
    }
}

#[test]
fn learnt_conduct_is_a_beta_reputation_with_or_without_forgetting() {
    for (retained, mean) in [(1.0, 0.666_667), (0.9, 0.650_671), (0.5, 0.612_903)] {
        let engine = learning(Dirichlet::uniform(2, 2.0).unwrap(), forgetting(retained));
        let timeline = engine.timeline(&symbols("CCDC"), &Warranted).unwrap();
        let mut beta = BetaReputation::UNKNOWN;
        for (reading, letter) in timeline.readings().iter().zip("CCDC".chars()) {
            let tone = match letter {
                'C' => Tone::Cooperative,
                _ => Tone::Hostile,
            };
            beta = beta.faded(chance(retained));
            let predicted = reading.predicted_conduct[0];
            assert_relative_eq!(predicted, beta.mean().get(), epsilon = 1e-15);
            beta = beta.observed(tone);
            let filtered = reading.filtered_conduct[0];
            assert_relative_eq!(filtered, beta.mean().get(), epsilon = 1e-15);
        }
        assert_relative_eq!(beta.mean().get(), mean, epsilon = 5e-7);
    }
}

#[test]
fn learnt_conduct_is_a_dirichlet_reputation() {
    let engine = learning(Dirichlet::uniform(5, 2.0).unwrap(), forgetting(0.9));
    let grade = |number| if number < 10 { 2 } else { 4 };
    let acts: Vec<Sighting> = (0..20)
        .map(|number| Sighting::symbol(day(number), grade(number)))
        .collect();
    let timeline = engine.timeline(&acts, &Warranted).unwrap();
    let shares = timeline.readings()[19].filtered_conduct.iter().zip(0..);
    let score: f64 = shares.map(|(share, i)| share * f64::from(i) / 4.0).sum();
    assert_relative_eq!(score, 0.801_979, epsilon = 5e-7);
}

#[test]
fn change_points_are_adams_and_mackay() {
    let engine = learning(
        Dirichlet::uniform(2, 2.0).unwrap(),
        Settings {
            changes: Some(Pace::PerReading(chance(0.01))),
            ..Settings::default()
        },
    );
    let acts = symbols("CCCCCCCCCCDDDDD");
    let timeline = engine.timeline(&acts, &Warranted).unwrap();
    let next = timeline.expected_on(day(15)).unwrap().conduct[0];
    let readings = timeline.readings().iter().skip(10);
    let predicted = readings.map(|it| it.predicted_conduct[0]).chain([next]);
    let reference = [
        0.909_287, 0.801_874, 0.643_108, 0.452_460, 0.303_980, 0.217_405,
    ];
    // The notes cut the last number off where they should have rounded it.
    for (computed, reference) in predicted.zip(reference) {
        assert_relative_eq!(computed, reference, epsilon = 6e-7);
    }
    // The sum over the places of a change, as found by brute force.
    assert_relative_eq!(next, 0.99 * 0.214_551_063 + 0.005, epsilon = 5e-10);
    let runs = timeline.run_starts(14).into_iter();
    let likeliest =
        runs.max_by(|one, other| one.probability.partial_cmp(&other.probability).unwrap());
    assert_eq!(
        likeliest.map(|run| (run.since, run.length)),
        Some((day(10), 4))
    );
}

#[test]
fn change_points_in_known_conduct_are_switching_to_the_prior() {
    let prior = Belief::new(&[0.2, 0.5, 0.3].map(chance)).unwrap();
    let hazard = chance(0.07);
    let runs = Settings {
        changes: Some(Pace::PerReading(hazard)),
        ..Settings::default()
    };
    let switching = Settings {
        drift: Some(Drift::PerReading(Transition::redraw(hazard, &prior))),
        ..Settings::default()
    };
    let [runs, switching] = [runs, switching].map(|it| Engine::new(prior.clone(), it).unwrap());
    let act = |n: i32| {
        let ratios = vec![1.0 + f64::from(n % 5), 2.0, 1.0 + f64::from(n % 3)];
        let evidence = Evidence::ratios(ratios).unwrap();
        Sighting::act(day(n), Act::new(Tone::Hostile, evidence))
    };
    let acts: Vec<Sighting> = (0..12).map(act).collect();
    let one = runs.timeline(&acts, &Warranted).unwrap();
    let other = switching.timeline(&acts, &Warranted).unwrap();
    assert_relative_eq!(
        one.log_likelihood(),
        other.log_likelihood(),
        epsilon = 1e-12
    );
    for place in 0..3 {
        let gaps = one.hindsight_gap(place).unwrap();
        for (one, other) in gaps.iter().zip(other.hindsight_gap(place).unwrap()) {
            let (filtered, smoothed) = (one.filtered.get(), one.smoothed.get());
            assert_relative_eq!(filtered, other.filtered.get(), epsilon = 1e-12);
            assert_relative_eq!(smoothed, other.smoothed.get(), epsilon = 1e-12);
        }
    }
}

#[test]
fn fading_evidence_weighs_each_act_by_its_age() {
    let half_life = HalfLife::new(2.0).unwrap();
    let engine = engine(Settings {
        forgetting: Some(Forgetting::ByDays(half_life)),
        ..Settings::default()
    });
    let acts = letters("CDC");
    let timeline = engine.timeline(&acts, &Warranted).unwrap();
    let expected = timeline.expected_on(day(6)).unwrap();
    let (good, bad) = (2.25_f64.ln(), (1.0_f64 / 6.0).ln());
    let weight = |age: f64| (-age / 2.0).exp2();
    let odds = weight(6.0) * good + weight(5.0) * bad + weight(4.0) * good;
    let belief = expected.belief.belief().log_odds(0).unwrap().get();
    assert_relative_eq!(belief, odds, epsilon = 1e-14);
}

#[test]
fn acts_of_a_day_are_read_together_unless_their_order_is_known() {
    let mut acts = letters("CCD");
    acts[2].date = acts[1].date;
    let strict = engine(hamilton(0.02));
    let timeline = strict.timeline(&acts, &Warranted).unwrap();
    let places: Vec<(usize, usize)> = timeline
        .readings()
        .iter()
        .map(|reading| (reading.first_act, reading.acts))
        .collect();
    assert_eq!(places, [(0, 1), (1, 2)]);
    acts.swap(1, 2);
    let swapped = strict.timeline(&acts, &Warranted).unwrap();
    assert_relative_eq!(trust(&timeline), trust(&swapped), epsilon = 1e-15);
    let in_order = engine(Settings {
        same_day: SameDay::InOrder,
        ..hamilton(0.02)
    });
    let timeline = in_order.timeline(&acts, &Warranted).unwrap();
    assert_eq!(timeline.readings().len(), 3);
}

#[test]
fn without_acts_there_is_only_the_prior() {
    let engine = engine(hamilton(0.02));
    let timeline = engine.timeline(&[], &Warranted).unwrap();
    assert!(timeline.readings().is_empty() && timeline.smoothed().unwrap().is_empty());
    let expected = timeline.expected_on(day(3)).unwrap();
    assert_eq!(expected.belief.belief(), &even());
    assert!(timeline.run_starts(0).is_empty());
}
