//! How often the intervals of an estimated bias hold the truth: `cargo run --release -p detente-perception
//! --example coverage`.
//!
//! A thousand simulated observers for each parameter, each with ten stories of six acts (sixty stories
//! where few acts bear on the parameter) and a choice after every act. The table says how many of them do not
//! identify the parameter at all, and of the others how many intervals at 95% hold the truth; the
//! standard error of the share is 0.7% for a thousand. With the precision known it is the table that a test of the
//! package holds to; with the precision fitted it takes some minutes more.

#![allow(
    clippy::print_stdout,
    reason = "what an example finds goes to the screen"
)]

use detente_perception::{
    BiasParameter, BiasProfile, Decision, EstimationParams, Estimator, Observation,
    PerceptionError, Precision, Record, Response, Stopped,
};

#[path = "../src/estimation/coverage.rs"]
mod coverage;
#[path = "../src/estimation/simulate.rs"]
mod simulate;

fn main() -> Result<(), PerceptionError> {
    println!(
        "{:<48} {:>6} {:>7} {:>7} {:>9} {:>5} {:>8} {:>11}",
        "parameter (seed = row · 2⁴⁰ + observer · 2²⁰)",
        "truth",
        "mean",
        "refused",
        "covered",
        "of",
        "rejected",
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
            let found = coverage::tally(row, (parameter, truth), precision)?;
            let how = match precision {
                Precision::Known(_) => "precision known",
                Precision::Fitted { .. } => "precision fitted",
            };
            println!(
                "{:<48} {truth:>6} {:>7.3} {:>7} {:>8.1}% {:>5} {:>8} {:>11}",
                format!("{parameter:?}, {how}"),
                found.mean(),
                found.refused,
                100.0 * found.coverage(),
                found.fitted(),
                found.rejected,
                found.unconverged,
            );
        }
    }
    Ok(())
}
