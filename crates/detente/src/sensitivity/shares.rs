//! Shares of variance.

use detente_uncertainty::{
    Sampler, Sampling,
    sensitivity::{
        Factors, Orders, OutputEffects, OutputIndices, ShapleyPlan, SobolPlan, point_pairs,
        shapley_effects, sobol_indices,
    },
};

use super::{SensitivityOptions, factors::Factor, rows};
use crate::{
    DetenteError, Options,
    assessment::{Driver, DriverPair, MarginDrivers, Pairs},
    probe::Probe,
};

/// Fills in the drivers of every margin that varies; the evaluations for the indices and for the
/// Shapley effects, each of which takes about half of what is to be spent.
pub(super) fn shares(
    probe: &Probe<'_>,
    (factors, described): (&Factors, &[Factor]),
    (options, asked): (&Options, SensitivityOptions),
    margins: &mut [MarginDrivers],
) -> Result<(u64, u64), DetenteError> {
    let sampler = Sampler::new(options.seed);
    let half = options.draws / 2;
    let orders = match asked.second_order {
        true => Orders::WithPairs,
        false => Orders::FirstAndTotal,
    };
    let indices_rows = match orders {
        Orders::WithPairs => rows(half / (2 * factors.len() + 2)),
        Orders::FirstAndTotal => rows(half / (factors.len() + 2)),
    };
    let effects_rows = rows(half / (factors.len() + 2));
    let most = indices_rows.max(effects_rows);
    let points = point_pairs(Sampling::Sobol, sampler, &probe.names(), most)?;
    let plan = SobolPlan {
        orders,
        ..SobolPlan::new(indices_rows, sampler)
    };
    let indices = sobol_indices(probe, factors, &points, &plan)?;
    let plan = ShapleyPlan::new(effects_rows, sampler);
    let effects = shapley_effects(probe, factors, &points, &plan)?;
    let outputs = indices.outputs.iter().zip(&effects.outputs);
    for (margin, output) in margins.iter_mut().zip(outputs) {
        if let (Some(indices), Some(effects)) = output {
            margin.variance = Some(indices.variance);
            margin.drivers = drivers(described, indices, effects);
            margin.pairs = asked.second_order.then(|| pairs(described, indices));
        }
    }
    Ok((indices.n_evaluations, effects.n_evaluations))
}

fn drivers(described: &[Factor], indices: &OutputIndices, effects: &OutputEffects) -> Vec<Driver> {
    let estimates = indices
        .first
        .iter()
        .zip(&indices.total)
        .zip(&effects.effects);
    let mut drivers: Vec<Driver> = described
        .iter()
        .zip(estimates)
        .map(|(factor, ((first, total), shapley))| Driver {
            name: factor.name.clone(),
            aspect: factor.aspect,
            members: factor.listed(),
            first: *first,
            total: *total,
            shapley: *shapley,
        })
        .collect();
    // Factors are sorted by name, and the sort is stable.
    drivers.sort_by(|left, right| right.shapley.estimate.total_cmp(&left.shapley.estimate));
    drivers
}

/// Pairs of which the interval lies above 0: what is below it cannot be an interaction.
fn pairs(described: &[Factor], indices: &OutputIndices) -> Pairs {
    let beyond = |pair: &&detente_uncertainty::sensitivity::PairIndex| {
        let interval = pair.index.interval;
        interval.is_some_and(|interval| interval.low() > 0.0)
    };
    let mut found: Vec<DriverPair> = indices
        .pairs
        .iter()
        .filter(beyond)
        .map(|pair| DriverPair {
            between: [pair.factors.0, pair.factors.1].map(|it| described[it].name.clone()),
            index: pair.index,
        })
        .collect();
    found.sort_by(|left, right| right.index.estimate.total_cmp(&left.index.estimate));
    Pairs {
        judged: indices.pairs.len(),
        found,
    }
}
