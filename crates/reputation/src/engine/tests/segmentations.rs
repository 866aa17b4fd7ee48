//! Learnt conduct against sums over every way of cutting a record into runs.

use detente_quantity::strategies::probability;
use proptest::{collection::vec, option, prelude::*};

use super::{
    brute_force::{Matrix, agrees, grouped, kernel, pace},
    day,
};
use crate::{
    Dirichlet, Effect, Engine, SameDay, Seen, Settings, Shock, Sighting, Warranted, strategies,
};

/// The chance of a run's symbols from one type, by the product rule.
fn marginal(symbols: &[Vec<usize>], shape: &[f64]) -> f64 {
    let mut weights = shape.to_vec();
    let mut product = 1.0;
    for &symbol in symbols.iter().flatten() {
        product *= weights[symbol] / weights.iter().sum::<f64>();
        weights[symbol] += 1.0;
    }
    product
}

/// First and last reading of each run, if it ends before reading `t + 1` where bit `t` is set.
fn runs(cuts: usize, readings: usize) -> Vec<(usize, usize)> {
    let mut runs = vec![(0, 0)];
    for t in 1..readings {
        if cuts >> (t - 1) & 1 == 1 {
            runs.push((t, t));
        }
        if let Some(run) = runs.last_mut() {
            run.1 = t;
        }
    }
    runs
}

/// Joint chance of the record and of each of two types at each reading.
fn over_segmentations(
    start: &[f64],
    ends: &[f64],
    symbols: &[Vec<usize>],
    shapes: &[Vec<f64>],
) -> Matrix {
    let n = symbols.len();
    let mut sums = vec![vec![0.0; 2]; n];
    for cuts in 0..1_usize << (n - 1) {
        let runs = runs(cuts, n);
        let cut = |t: usize| cuts >> t & 1 == 1;
        let by_type: Vec<Vec<f64>> = runs
            .iter()
            .map(|&(first, last)| {
                let of = |k: usize| start[k] * marginal(&symbols[first..=last], &shapes[k]);
                vec![of(0), of(1)]
            })
            .collect();
        let chances = (0..n - 1).map(|t| if cut(t) { ends[t] } else { 1.0 - ends[t] });
        let record: f64 = by_type.iter().map(|run| run[0] + run[1]).product();
        let weight = chances.product::<f64>() * record;
        for (&(first, last), run) in runs.iter().zip(&by_type) {
            for sum in &mut sums[first..=last] {
                sum[0] += weight * run[0] / (run[0] + run[1]);
                sum[1] += weight * run[1] / (run[0] + run[1]);
            }
        }
    }
    sums
}

fn shares(sum: &[f64]) -> Vec<f64> {
    vec![sum[0] / (sum[0] + sum[1]), sum[1] / (sum[0] + sum[1])]
}

proptest! {
    #[test]
    fn learnt_conduct_agrees_with_all_segmentations(
        prior in strategies::belief(2),
        shapes in vec(vec(0.1..5.0_f64, 3), 2),
        record in vec((0..3_i32, 0..3_usize), 1..=7),
        changes in option::of(pace()),
        shock in option::of((0..12_i32, probability())),
    ) {
        let conduct = shapes.iter().map(|shape| Dirichlet::new(shape.clone()).unwrap()).collect();
        let shock = shock.map(|(n, hazard)| Shock { date: day(n), effect: Effect::Redraw(hazard) });
        let settings = Settings {
            conduct: Some(conduct),
            shocks: shock.into_iter().collect(),
            changes,
            ..Settings::default()
        };
        let mut number = 0;
        let acts: Vec<Sighting> = record.iter().map(|&(gap, symbol)| {
            number += gap;
            Sighting::symbol(day(number), symbol)
        }).collect();
        let start = prior.probabilities();
        let engine = Engine::new(prior, settings.clone()).unwrap();
        let timeline = engine.timeline(&acts, &Warranted).unwrap();
        let groups = grouped(&acts, SameDay::Strict);
        let symbol = |act: &Sighting| match act.seen {
            Seen::Symbol(symbol) => symbol,
            Seen::Act(_) => unreachable!(),
        };
        let symbols: Vec<Vec<usize>> =
            groups.iter().map(|group| group.iter().map(symbol).collect()).collect();
        // Were every new run of the second type, a first type would become one where runs end.
        let ends: Vec<f64> = groups.windows(2).map(|pair| {
            kernel(&settings, &[0.0, 1.0], Some(pair[0][0].date), pair[1][0].date)[0][1]
        }).collect();
        for (t, reading) in timeline.readings().iter().enumerate() {
            let sums = over_segmentations(&start, &ends, &symbols[..=t], &shapes);
            agrees(reading.filtered.belief(), &shares(&sums[t]))?;
        }
        let sums = over_segmentations(&start, &ends, &symbols, &shapes);
        let evidence: f64 = sums[0].iter().sum();
        prop_assert!((timeline.log_likelihood() - evidence.ln()).abs() < 1e-10);
        for (smoothed, sum) in timeline.smoothed().unwrap().iter().zip(&sums) {
            agrees(smoothed.belief(), &shares(sum))?;
        }
    }
}
