//! Chance that is the same in every run: one stream of numbers a name.

use std::f64::consts::TAU;

use detente::uncertainty::{Sampler, Stream};

/// The dice of one world.
#[derive(Debug, Clone)]
pub(super) struct Dice {
    stream: Stream,
    thrown: u64,
}

impl Dice {
    pub(super) fn new(seed: u64, name: &str) -> Self {
        Self {
            stream: Sampler::new(seed).stream(name),
            thrown: 0,
        }
    }

    /// Strictly between 0 and 1.
    fn unit(&mut self) -> f64 {
        self.thrown += 1;
        self.stream.uniform(self.thrown)
    }

    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub(super) fn chance(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }

    /// A whole number from 0 up to, but not including, `count`; 0 if there is none.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let place = self.unit() * count as f64;
        // Truncation is meant.
        (place as usize).min(count.saturating_sub(1))
    }

    pub(super) fn pick<T: Copy, const N: usize>(&mut self, values: [T; N]) -> T {
        values[self.below(N)]
    }

    /// Standard normal (Box and Muller 1958).
    pub(super) fn normal(&mut self) -> f64 {
        let (radius, angle) = (self.unit(), self.unit());
        (-2.0 * radius.ln()).sqrt() * (TAU * angle).cos()
    }
}
