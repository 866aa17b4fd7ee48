//! What an approximation would cost: R-07.

use detente::reputation::Warranted;
use proptest::prelude::*;

use super::{record, refused, switching};
use crate::Trial;

const SWITCH: f64 = 0.02;
const COOPERATES: [f64; 2] = [0.9, 0.4];

/// Uniform numbers from 0 to 1 (SplitMix64; Steele, Lea & Flood 2014).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 * (-53.0_f64).exp2()
    }

    fn happens(&mut self, chance: f64) -> bool {
        self.next() < chance
    }
}

/// Acts of a party that switches.
fn acts(draws: &mut Draws, n: usize) -> Vec<bool> {
    let mut of = usize::from(draws.happens(0.5));
    (0..n)
        .map(|_| {
            if draws.happens(SWITCH) {
                of = 1 - of;
            }
            draws.happens(COOPERATES[of])
        })
        .collect()
}

/// Beliefs in the first type by a bootstrap filter that resamples after each act.
fn by_particles(draws: &mut Draws, acts: &[bool], particles: usize) -> Vec<f64> {
    let mut trustworthy: Vec<bool> = (0..particles).map(|_| draws.happens(0.5)).collect();
    let beliefs = acts.iter().enumerate().map(|(t, good)| {
        let mut weights = [0.0; 2];
        for it in &mut trustworthy {
            if t > 0 && draws.happens(SWITCH) {
                *it = !*it;
            }
            let cooperates = COOPERATES[usize::from(!*it)];
            weights[usize::from(!*it)] += if *good { cooperates } else { 1.0 - cooperates };
        }
        let belief = weights[0] / (weights[0] + weights[1]);
        // Particles of a type weigh alike, so that drawing types is drawing particles.
        for it in &mut trustworthy {
            *it = draws.happens(belief);
        }
        belief
    });
    beliefs.collect()
}

/// Root mean square difference to the exact beliefs, over records of 200 acts.
fn rmse(particles: usize, records: u64) -> Result<f64, TestCaseError> {
    let engine = switching(SWITCH)?;
    let (mut squares, mut count) = (0.0, 0.0);
    for seed in 0..records {
        let mut draws = Draws(1997 + seed);
        let acts = acts(&mut draws, 200);
        let sightings = record(&acts)?;
        let timeline = engine.timeline(&sightings, &Warranted).map_err(refused)?;
        let approximate = by_particles(&mut draws, &acts, particles);
        for (reading, approximate) in timeline.readings().iter().zip(approximate) {
            squares += (reading.filtered.probability(0).get() - approximate).powi(2);
            count += 1.0;
        }
    }
    Ok((squares / count).sqrt())
}

pub(super) fn error(trial: &mut Trial) {
    let errors: Vec<f64> = [100, 1000, 10_000]
        .into_iter()
        .map(|particles| rmse(particles, 8).unwrap_or(f64::NAN))
        .collect();
    for (error, reference) in errors.iter().zip([0.0521, 0.0151, 0.0049]) {
        let within = (error / reference).log2().abs() < 1.0;
        trial.holds(
            &format!("{error} is {reference} within a factor of 2"),
            within,
        );
    }
    for pair in errors.windows(2) {
        // √10 = 3.16 fewer; eight records leave some noise.
        let fall = pair[0] / pair[1];
        let name = format!("ten times the particles, {fall} times less error");
        trial.holds(&name, (2.4..4.2).contains(&fall));
    }
}
