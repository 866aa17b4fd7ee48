//! What the engine refuses, and by what name.

use detente_quantity::Probability;

use super::{chance, day, engine, even, letter_act, letters};
use crate::{
    Act, Belief, Channel, Dirichlet, Drift, Effect, Engine, Evidence, Forgetting, HalfLife, Pace,
    Reader, ReputationError, SameDay, Settings, Shock, Sighting, Tone, Transition, Warranted,
};

/// Neglects the earlier belief.
struct Forgetful;

impl Reader for Forgetful {
    fn read(&self, act: &Act, belief: &Belief, logs: &mut [f64]) -> f64 {
        Warranted.read(act, belief, logs);
        0.5
    }
}

fn drift(types: usize) -> Option<Drift> {
    let step = Transition::switching(types, chance(0.1)).unwrap();
    Some(Drift::PerDay(step))
}

fn conduct(symbols: &[usize]) -> Option<Vec<Dirichlet>> {
    let each = symbols.iter();
    Some(each.map(|&n| Dirichlet::uniform(n, 2.0).unwrap()).collect())
}

fn refused(settings: Settings) -> ReputationError {
    Engine::new(even(), settings).unwrap_err()
}

#[test]
fn settings_must_speak_of_the_same_types() {
    let off = Settings::default;
    for (settings, numbers) in [
        (
            Settings {
                drift: drift(3),
                ..off()
            },
            (3, 2),
        ),
        (
            Settings {
                conduct: conduct(&[2]),
                ..off()
            },
            (1, 2),
        ),
        (
            Settings {
                conduct: conduct(&[2, 3]),
                ..off()
            },
            (3, 2),
        ),
    ] {
        let error = refused(settings);
        let ReputationError::Length {
            given, expected, ..
        } = error
        else {
            unreachable!("{error}")
        };
        assert_eq!((given, expected), numbers);
    }
}

#[test]
fn what_cannot_be_combined_exactly_is_refused() {
    let off = Settings::default;
    let forgetting = Some(Forgetting::ByDays(HalfLife::new(10.0).unwrap()));
    let changes = Some(Pace::PerDay(chance(0.1)));
    let misperception = Some(Channel::with_error(chance(0.1)));
    let conduct = conduct(&[2, 2]);
    for settings in [
        Settings {
            drift: drift(2),
            conduct: conduct.clone(),
            ..off()
        },
        Settings {
            drift: drift(2),
            forgetting,
            ..off()
        },
        Settings {
            changes,
            forgetting,
            ..off()
        },
        Settings {
            misperception,
            conduct,
            ..off()
        },
    ] {
        let error = refused(settings);
        assert!(matches!(error, ReputationError::Inexact { .. }), "{error}");
    }
}

#[test]
fn acts_are_named_when_they_do_not_fit() {
    let plain = engine(Settings::default());
    let error = |third: Sighting| {
        let mut acts = letters("CDC");
        acts[2] = third;
        plain.timeline(&acts, &Warranted).unwrap_err()
    };
    let hostile = |evidence| Sighting::act(day(2), Act::new(Tone::Hostile, evidence));
    let late = error(Sighting::act(day(0), letter_act('C')));
    assert!(matches!(late, ReputationError::Order { act: 3, .. }));
    assert!(
        late.to_string()
            .starts_with("act 3 is dated 1955-05-01, before")
    );
    let unknown = error(Sighting::symbol(day(2), 0));
    assert!(matches!(
        unknown,
        ReputationError::Symbol {
            act: 3,
            expected: 0,
            ..
        }
    ));
    let ratio = hostile(Evidence::ratios(vec![2.0, 1.0]).unwrap());
    let heard = ratio.reported_through(Channel::with_error(chance(0.1)));
    assert_eq!(error(heard), ReputationError::Relative { act: 3 });
    let three = error(hostile(Evidence::ratios(vec![2.0, 1.0, 1.0]).unwrap()));
    assert!(matches!(
        three,
        ReputationError::TypeCount {
            act: 3,
            given: 3,
            ..
        }
    ));
    let never = Evidence::likelihoods(vec![Probability::ZERO; 2], Probability::ZERO).unwrap();
    assert_eq!(
        error(hostile(never)),
        ReputationError::Impossible { act: 3 }
    );
}

#[test]
fn a_refused_reading_leaves_the_tracker_as_it_was() {
    let plain = engine(Settings::default());
    let mut tracker = plain.tracker();
    tracker.read(&letters("C"), &Warranted).unwrap();
    let before = tracker.belief();
    let nothing = tracker.read(&[], &Warranted).unwrap_err();
    assert!(matches!(nothing, ReputationError::Length { given: 0, .. }));
    let two_days = tracker.read(&letters("CC"), &Warranted).unwrap_err();
    assert!(matches!(two_days, ReputationError::Day { act: 3, .. }));
    assert!(
        tracker
            .read(&[Sighting::symbol(day(4), 7)], &Warranted)
            .is_err()
    );
    assert_eq!((tracker.belief(), tracker.acts()), (before, 1));
    let next = Sighting::act(day(1), letter_act('D'));
    assert!(tracker.read(&[next], &Warranted).is_ok());
}

#[test]
fn what_was_said_of_a_type_then_is_not_taken_back_from_a_type_now() {
    let act = letter_act('C');
    let back = Act::retracting(&act).unwrap();
    let acts = [Sighting::act(day(0), act), Sighting::act(day(1), back)];
    let fixed = engine(Settings::default());
    let timeline = fixed.timeline(&acts, &Warranted).unwrap();
    let then = timeline.smoothed().unwrap()[0].probability(0).get();
    let now = timeline.readings()[1].filtered.probability(0).get();
    for trust in [then, now] {
        approx::assert_relative_eq!(trust, 0.5, epsilon = 1e-15);
    }
    let drifting = engine(Settings {
        drift: drift(2),
        ..Settings::default()
    });
    let error = drifting.timeline(&acts, &Warranted).unwrap_err();
    assert!(matches!(error, ReputationError::Inexact { .. }));
}

#[test]
fn nothing_is_dated_before_the_prior() {
    let since = Some(day(2));
    let shock = Shock {
        date: day(1),
        effect: Effect::Redraw(chance(0.5)),
    };
    let shocks = vec![shock];
    let early = refused(Settings {
        since,
        shocks,
        ..Settings::default()
    });
    assert!(matches!(
        early,
        ReputationError::BeforePrior {
            what: "shock",
            place: 1,
            ..
        }
    ));
    let engine = engine(Settings {
        since,
        ..Settings::default()
    });
    let early = engine.timeline(&letters("C"), &Warranted).unwrap_err();
    assert!(matches!(
        early,
        ReputationError::BeforePrior {
            what: "act",
            place: 1,
            ..
        }
    ));
    let timeline = engine.timeline(&[], &Warranted).unwrap();
    assert!(timeline.expected_on(day(1)).is_err() && timeline.expected_on(day(2)).is_ok());
}

#[test]
fn there_is_no_hindsight_without_a_model() {
    let fading = engine(Settings {
        forgetting: Some(Forgetting::ByReadings(chance(0.9))),
        ..Settings::default()
    });
    let acts = letters("CD");
    let timeline = fading.timeline(&acts, &Warranted).unwrap();
    let error = timeline.smoothed().unwrap_err();
    assert!(matches!(error, ReputationError::NoHindsight { .. }));
    let plain = engine(Settings::default());
    let timeline = plain.timeline(&acts, &Forgetful).unwrap();
    let error = timeline.hindsight_gap(0).unwrap_err();
    assert!(matches!(error, ReputationError::NoHindsight { .. }));
    let changes = Some(Pace::PerDay(chance(0.1)));
    let changing = engine(Settings {
        changes,
        ..Settings::default()
    });
    let error = changing.timeline(&acts, &Forgetful).unwrap_err();
    assert!(matches!(error, ReputationError::Inexact { .. }));
}

#[test]
fn a_record_too_long_for_its_runs_is_refused() {
    let engine = engine(Settings {
        changes: Some(Pace::PerReading(chance(0.001))),
        same_day: SameDay::InOrder,
        ..Settings::default()
    });
    let acts = vec![Sighting::act(day(0), letter_act('C')); 4000];
    let error = engine.timeline(&acts, &Warranted).unwrap_err();
    assert!(matches!(error, ReputationError::TooLarge { .. }));
}
