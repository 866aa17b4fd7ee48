//! How often the intervals of an estimated bias hold the truth: `cargo run --release -p detente-perception
//! --example coverage`.
//!
//! A thousand simulated observers for each parameter, each with ten stories of six acts (sixty stories
//! where few acts bear on the parameter) and a choice after every act. The table says how many of them identify the parameter at all, and of those how many intervals at 95%
//! cover the truth; the standard error of the share is 0.7% for a thousand.

#![allow(
    clippy::print_stdout,
    reason = "what an example finds goes to the screen"
)]

use detente_perception::{
    BiasParameter, BiasProfile, Decision, EstimationParams, Estimator, Observation,
    PerceptionError, Precision, Record, Response, Stopped,
};

#[path = "../src/estimation/simulate.rs"]
mod simulate;

/// How many observers of each kind.
const OBSERVERS: u64 = 1000;

#[derive(Default)]
struct Tally {
    covered: u32,
    missed: u32,
    flat: u32,
    unconverged: u32,
    sum: f64,
}

fn main() -> Result<(), PerceptionError> {
    println!(
        "{:<48} {:>6} {:>7} {:>7} {:>9} {:>5} {:>11}",
        "parameter (seed = row · 2⁴⁰ + observer · 2²⁰)",
        "truth",
        "mean",
        "refused",
        "covered",
        "of",
        "unconverged"
    );
    for (row, (parameter, truth)) in (1_u64..).zip(simulate::TRUTHS) {
        for precision in [
            Precision::Known(2.0),
            Precision::Fitted {
                low: 0.05,
                high: 50.0,
            },
        ] {
            let tally = tally(row, parameter, truth, precision)?;
            let fitted = tally.covered + tally.missed;
            let how = match precision {
                Precision::Known(_) => "precision known",
                Precision::Fitted { .. } => "precision fitted",
            };
            println!(
                "{:<48} {truth:>6} {:>7.3} {:>7} {:>8.1}% {fitted:>5} {:>11}",
                format!("{parameter:?}, {how}"),
                tally.sum / f64::from(fitted),
                tally.flat,
                100.0 * f64::from(tally.covered) / f64::from(fitted),
                tally.unconverged,
            );
        }
    }
    Ok(())
}

/// How many stories an observer has: more where few acts bear on the parameter, as one in six is taken back.
const fn stories(parameter: BiasParameter) -> usize {
    match parameter {
        BiasParameter::Perseverance => 60,
        _ => 10,
    }
}

fn tally(
    row: u64,
    parameter: BiasParameter,
    truth: f64,
    choice_precision: Precision,
) -> Result<Tally, PerceptionError> {
    let profile = parameter.set(&BiasProfile::neutral(), truth)?;
    let estimator = Estimator::new(EstimationParams {
        choice_precision,
        ..EstimationParams::of(parameter)
    })?;
    let mut tally = Tally::default();
    for observer in 0..OBSERVERS {
        let seed = (row << 40) + (observer << 20);
        let Some(records) = simulate::records(seed, &profile, stories(parameter), 6) else {
            continue;
        };
        match estimator.fit(&records) {
            Ok(found) => {
                let Some(one) = found.parameters.first() else {
                    continue;
                };
                match (one.low.value()..=one.high.value()).contains(&truth) {
                    true => tally.covered += 1,
                    false => tally.missed += 1,
                }
                tally.unconverged += u32::from(found.stopped != Stopped::Converged);
                tally.sum += one.value;
            }
            Err(PerceptionError::Unidentified { .. }) => tally.flat += 1,
            Err(other) => return Err(other),
        }
    }
    Ok(tally)
}
