mod brute_force;
mod long;
mod reference;
mod refusals;
mod segmentations;

use detente_quantity::{Date, Probability};

use crate::{Act, Belief, Engine, Evidence, Settings, Sighting, Tone};

pub(super) const START: Date = Date::constant(1955, 5, 1);

pub(super) fn chance(value: f64) -> Probability {
    Probability::new(value).unwrap()
}

pub(super) fn even() -> Belief {
    Belief::binary(Probability::HALF).unwrap()
}

pub(super) fn engine(settings: Settings) -> Engine {
    Engine::new(even(), settings).unwrap()
}

/// The day so many days after the start.
pub(super) fn day(number: i32) -> Date {
    START.checked_add(jiff_days(number)).unwrap()
}

fn jiff_days(number: i32) -> std::time::Duration {
    std::time::Duration::from_secs(u64::try_from(number).unwrap() * 86_400)
}

/// C or D on successive days, from types that cooperate with chance 0.9 and 0.4.
pub(super) fn letters(record: &str) -> Vec<Sighting> {
    record
        .chars()
        .zip(0..)
        .map(|(letter, number)| Sighting::act(day(number), letter_act(letter)))
        .collect()
}

pub(super) fn letter_act(letter: char) -> Act {
    let (tone, chances) = match letter {
        'C' => (Tone::Cooperative, [0.9, 0.4]),
        _ => (Tone::Hostile, [0.1, 0.6]),
    };
    let chances = chances.map(chance).to_vec();
    Act::new(
        tone,
        Evidence::likelihoods(chances, Probability::ZERO).unwrap(),
    )
}
