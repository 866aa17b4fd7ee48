use proptest::{collection::vec, prelude::*};

use super::*;

fn day(n: i32) -> Date {
    let days = std::time::Duration::from_secs(86_400 * u64::try_from(n).unwrap());
    Date::constant(1979, 4, 15).checked_add(days).unwrap()
}

fn one_memory(half_life: f64) -> ForecasterParams {
    ForecasterParams {
        half_lives: vec![HalfLife::new(half_life).unwrap()],
        ..ForecasterParams::default()
    }
}

fn forecaster(params: ForecasterParams) -> Forecaster {
    Forecaster::new(params).unwrap()
}

#[test]
fn a_chain_of_one_is_a_fading_beta_reputation() {
    let mut one = forecaster(one_memory(10.0));
    for n in 0..3 {
        one.observe(day(10 * n), Actor::Party, Tone::Cooperative)
            .unwrap();
    }
    let known = BetaReputation::from_counts(0.5 + 0.25 + 0.125, 0.0).unwrap();
    approx::assert_relative_eq!(
        one.predicted(day(30)).unwrap().get(),
        known.mean().get(),
        epsilon = 1e-15
    );
}

#[test]
fn shorter_memories_start_from_longer_ones() {
    // Half-lives so long and so short that the one keeps all and the other nothing.
    let mut two = forecaster(ForecasterParams {
        half_lives: vec![
            HalfLife::new(f64::INFINITY).unwrap(),
            HalfLife::new(1.0).unwrap(),
        ],
        strength: 4.0,
        mirror: Probability::HALF,
    });
    two.observe(day(0), Actor::Party, Tone::Cooperative)
        .unwrap();
    two.observe(day(0), Actor::OtherSide, Tone::Hostile)
        .unwrap();
    // Slow: (1 + 1)/(2 + 1.5); quick, a day later: (½ + 4·slow)/(4 + ¾).
    let slow = 2.0 / 3.5;
    let at = |n| two.predicted(day(n)).unwrap().get();
    approx::assert_relative_eq!(at(1), (0.5 + 4.0 * slow) / 4.75, epsilon = 1e-15);
    approx::assert_relative_eq!(at(2000), slow, epsilon = 1e-15);
}

#[test]
fn bad_settings_and_days_are_named() {
    let half_life = |days| HalfLife::new(days).unwrap();
    let with = |half_lives, strength| {
        let params = ForecasterParams {
            half_lives,
            strength,
            ..ForecasterParams::default()
        };
        Forecaster::new(params).unwrap_err().to_string()
    };
    assert!(with(vec![], 1.0).starts_with("list of half-lives names no"));
    assert!(with(vec![half_life(1.0), half_life(2.0)], 1.0).contains("half-life of a quicker"));
    assert!(with(vec![half_life(1.0)], 0.0).starts_with("prior weight"));
    let mut forecaster = forecaster(ForecasterParams::default());
    forecaster
        .observe(day(5), Actor::Party, Tone::Hostile)
        .unwrap();
    assert!(forecaster.predicted(day(4)).is_err());
    assert!(
        forecaster
            .observe(day(4), Actor::OtherSide, Tone::Hostile)
            .is_err()
    );
}

#[test]
fn scores_tell_certainty_from_error() {
    let forecast = |chance, came| Forecast {
        cooperative: Probability::new(chance).unwrap(),
        came,
    };
    let sure = [
        forecast(1.0, Tone::Cooperative),
        forecast(0.0, Tone::Hostile),
    ];
    let score = ForecastScore::of(&sure, 4).unwrap();
    assert_eq!((score.acts, score.log_loss, score.brier), (2, 0.0, 0.0));
    let acts: Vec<usize> = score.calibration.iter().map(|bin| bin.acts).collect();
    assert_eq!(acts, [1, 0, 0, 1]);
    assert_eq!(
        (
            score.calibration[3].predicted,
            score.calibration[3].observed
        ),
        (1.0, 1.0)
    );
    let wrong = ForecastScore::of(&[forecast(1.0, Tone::Hostile)], 1).unwrap();
    assert_eq!((wrong.log_loss, wrong.brier), (f64::INFINITY, 1.0));
    assert!(ForecastScore::of(&[], 4).is_err());
    assert!(ForecastScore::of(&sure, 0).is_err() && ForecastScore::of(&sure, 1001).is_err());
}

proptest! {
    #[test]
    fn acts_of_the_day_change_nothing_on_that_day_and_their_order_nothing_at_all(
        acts in vec((0..60_i32, any::<bool>(), any::<bool>()), 1..40),
    ) {
        let mut acts = acts;
        acts.sort_by_key(|act| act.0);
        let read = |acts: &[(i32, bool, bool)]| {
            let mut forecaster = forecaster(ForecasterParams::default());
            let mut predicted = Vec::new();
            for &(n, own, good) in acts {
                predicted.push(forecaster.predicted(day(n)).unwrap());
                let by = if own { Actor::Party } else { Actor::OtherSide };
                let tone = if good { Tone::Cooperative } else { Tone::Hostile };
                forecaster.observe(day(n), by, tone).unwrap();
                assert_eq!(forecaster.predicted(day(n)).unwrap(), *predicted.last().unwrap());
            }
            predicted
        };
        let predicted = read(&acts);
        acts.reverse();
        acts.sort_by_key(|act| act.0);
        let turned = read(&acts);
        for (one, other) in predicted.iter().zip(&turned) {
            prop_assert!((one.get() - other.get()).abs() < 1e-12);
        }
    }
}
