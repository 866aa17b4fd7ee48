//! Hamilton's (1989) model of recessions by the engine of beliefs: growth that depends on the state
//! of the economy now and in the four quarters before is a party with 32 types.
//!
//! The series of the paper is not ours to copy. With `DETENTE_DATA` naming a folder that holds it
//! (`hamilton_gdp.csv`), its likelihood is checked; a small series of our own is checked always.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may panic where what was valid no longer is"
)]

use std::{env, fs, io::Write as _, path::Path};

use detente::{
    quantity::{Date, Probability},
    reputation::{
        Act, Belief, Drift, Engine, Evidence, Settings, Sighting, Timeline, Tone, Transition,
        Warranted,
    },
};

/// Mean growth by state (low, high), the chance of staying in each, the weights of earlier
/// deviations from the mean, and the standard deviation of what is left.
struct Model {
    means: [f64; 2],
    stays: [f64; 2],
    lags: Vec<f64>,
    deviation: f64,
}

impl Model {
    fn histories(&self) -> usize {
        2 << self.lags.len()
    }

    /// The state so many quarters ago in a history, the latest in the lowest bit.
    fn state(history: usize, ago: usize) -> usize {
        history >> ago & 1
    }

    fn moves(&self, from: usize, to: usize) -> f64 {
        if from == to {
            self.stays[from]
        } else {
            1.0 - self.stays[from]
        }
    }

    fn step(&self) -> Transition {
        let next = |from: usize, to: usize| {
            let follows = to >> 1 == from % (self.histories() / 2);
            f64::from(follows) * self.moves(from & 1, to & 1)
        };
        let all = || 0..self.histories();
        let row = |from| {
            all()
                .map(|to| Probability::saturating(next(from, to)))
                .collect()
        };
        let rows: Vec<Vec<Probability>> = all().map(row).collect();
        Transition::new(&rows).unwrap()
    }

    /// How likely each history is in the long run.
    fn ergodic(&self) -> Vec<f64> {
        let leaves = [1.0 - self.stays[0], 1.0 - self.stays[1]];
        let low = leaves[1] / (leaves[0] + leaves[1]);
        let chance = |history: usize| {
            let first = Self::state(history, self.lags.len());
            let start = [low, 1.0 - low][first];
            let later = (0..self.lags.len())
                .map(|ago| self.moves(Self::state(history, ago + 1), Self::state(history, ago)));
            start * later.product::<f64>()
        };
        (0..self.histories()).map(chance).collect()
    }

    /// The logarithm of the density of the last of `recent` under a history.
    fn log_density(&self, recent: &[f64], history: usize) -> f64 {
        let deviation =
            |ago: usize| recent[recent.len() - 1 - ago] - self.means[Self::state(history, ago)];
        let lags = self.lags.iter().zip(1..);
        let expected: f64 = lags.map(|(weight, ago)| weight * deviation(ago)).sum();
        let standard = (deviation(0) - expected) / self.deviation;
        let scale = (self.deviation * std::f64::consts::TAU.sqrt()).ln();
        -0.5 * standard * standard - scale
    }

    fn engine(&self) -> Engine {
        let weights = self.ergodic().iter().map(|chance| chance.ln()).collect();
        let settings = Settings {
            drift: Some(Drift::PerReading(self.step())),
            ..Settings::default()
        };
        Engine::new(Belief::from_log_weights(weights).unwrap(), settings).unwrap()
    }

    fn sightings(&self, series: &[f64]) -> Vec<Sighting> {
        let mut date = Date::constant(1952, 7, 1);
        let quarters = series.windows(self.lags.len() + 1);
        quarters
            .map(|recent| {
                let logs = (0..self.histories()).map(|it| self.log_density(recent, it));
                let evidence = Evidence::log_likelihoods(logs.collect()).unwrap();
                date = date.tomorrow().unwrap();
                Sighting::act(date, Act::new(Tone::Cooperative, evidence))
            })
            .collect()
    }

    /// Likelihood, and for each quarter with it the chance of the low state, over all paths.
    fn over_paths(&self, series: &[f64]) -> (f64, Vec<f64>) {
        let lags = self.lags.len();
        let mut low = vec![0.0; series.len() - lags];
        let mut all = 0.0;
        for path in 0..1_usize << series.len() {
            // Bit t of the path is the state at t; a history has the latest lowest.
            let history =
                |t: usize| (0..=lags).fold(0, |sum, ago| sum | (path >> (t - ago) & 1) << ago);
            let mut weight = self.ergodic()[history(lags)];
            for t in lags..series.len() {
                if t > lags {
                    weight *= self.moves(path >> (t - 1) & 1, path >> t & 1);
                }
                weight *= self.log_density(&series[..=t], history(t)).exp();
            }
            all += weight;
            for (sum, t) in low.iter_mut().zip(lags..) {
                *sum += weight * f64::from(path >> t & 1 == 0);
            }
        }
        (all, low.iter().map(|sum| sum / all).collect())
    }
}

/// How likely the low state is thought in hindsight at each reading.
fn recession(timeline: &Timeline<'_>) -> Vec<f64> {
    let smoothed = timeline.smoothed().unwrap();
    let low = |history: usize| history & 1 == 0;
    let chance = |it: &detente::reputation::Smoothed| it.belief().probability_that(low).get();
    smoothed.iter().map(chance).collect()
}

#[test]
fn a_small_series_agrees_with_all_paths() {
    let model = Model {
        means: [-0.4, 1.1],
        stays: [0.7, 0.9],
        lags: vec![0.2, -0.1],
        deviation: 0.8,
    };
    let series = [1.3, 0.2, -0.9, -0.1, 1.4, 2.0, 0.6, -1.2, 0.9];
    let engine = model.engine();
    let timeline = engine
        .timeline(&model.sightings(&series), &Warranted)
        .unwrap();
    let (likelihood, low) = model.over_paths(&series);
    approx::assert_relative_eq!(timeline.log_likelihood(), likelihood.ln(), epsilon = 1e-12);
    for (smoothed, low) in recession(&timeline).iter().zip(&low) {
        approx::assert_relative_eq!(smoothed, low, epsilon = 1e-12);
    }
}

#[test]
fn the_series_of_the_paper_has_its_likelihood() {
    let Some(folder) = env::var_os("DETENTE_DATA") else {
        skipped("DETENTE_DATA names no folder with hamilton_gdp.csv");
        return;
    };
    let Ok(text) = fs::read_to_string(Path::new(&folder).join("hamilton_gdp.csv")) else {
        skipped("no hamilton_gdp.csv in the folder that DETENTE_DATA names");
        return;
    };
    let growth = |line: &str| line.split(',').nth(1)?.trim().parse().ok();
    let series: Vec<f64> = text.lines().skip(1).filter_map(growth).collect();
    assert_eq!(series.len(), 130);
    // Hamilton's estimates as they are commonly reproduced, to six digits.
    let model = Model {
        means: [-0.358_811, 1.163_516],
        stays: [0.754_673, 0.904_085],
        lags: vec![0.013_486, -0.057_521, -0.246_983, -0.212_923],
        deviation: 0.769,
    };
    let engine = model.engine();
    let timeline = engine
        .timeline(&model.sightings(&series), &Warranted)
        .unwrap();
    println!("log-likelihood {}", timeline.log_likelihood());
    // The reference leaves its rounding of the estimates open, which moves the fifth decimal.
    approx::assert_relative_eq!(timeline.log_likelihood(), -173.520_927_91, epsilon = 2e-5);
    // The same recursion with plain sums and products, apart from the engine.
    approx::assert_relative_eq!(
        timeline.log_likelihood(),
        -173.520_936_945_196_8,
        epsilon = 1e-9
    );
}

/// Says so where a test cannot run: past the harness, which keeps what a passing test prints.
fn skipped(why: &str) {
    // Standard error that cannot be written to leaves nothing to tell it with.
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
