//! From a case to what drives its margins.

use detente_uncertainty::{
    Sampler, Sampling,
    sensitivity::{
        Factors, OutputEffects, OutputIndices, ShapleyPlan, SobolPlan, point_pairs,
        shapley_effects, sobol_indices,
    },
};

use crate::{
    Aspect, DetenteError, Options,
    assess::{reproducibility, until},
    assessment::{Barrier, Driver, MarginDrivers, SCHEMA, Sensitivity},
    model::Model,
    probe::{Frame, Probe},
};

/// What drives the margins of a case: first-order and total Sobol' indices and Shapley effects of
/// every uncertain number, each with a 95% bootstrap interval.
///
/// About `options.draws` evaluations of the case are divided between the indices and the effects: each gets as many rows of
/// scrambled Sobol' points as half of them pay for, and at least eight. True types that hindsight leaves open count as
/// numbers.
///
/// ```
/// use detente::{Options, library, sensitivity, Model};
///
/// let model = Model::compile(&library::case("euphrates-1975")?)?;
/// let sensitivity = sensitivity(&model, &Options::default())?;
/// assert_eq!(sensitivity.margins.len(), 5);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O(evaluations × (agreements × parties × issues + acts × types)), split across cores; the
/// result does not depend on their number.
///
/// # Errors
/// [`DetenteError`] if a value falls outside its field's range or an option is refused.
pub fn sensitivity(model: &Model, options: &Options) -> Result<Sensitivity, DetenteError> {
    options.check()?;
    let until = until(model, options);
    let probe = Probe::new(model, until, Frame::Quantile);
    let names = probe.names();
    let mut margins: Vec<MarginDrivers> = Barrier::ALL.map(unmoved).into();
    let (mut evaluations, mut shapley_evaluations) = (0, 0);
    if !names.is_empty() {
        let factors = Factors::single(names.len())?;
        let sampler = Sampler::new(options.seed);
        let half = options.draws / 2;
        let rows = rows(half / (names.len() + 2));
        let points = point_pairs(Sampling::Sobol, sampler, &names, rows)?;
        let indices = sobol_indices(&probe, &factors, &points, &SobolPlan::new(rows, sampler))?;
        let effects = shapley_effects(&probe, &factors, &points, &ShapleyPlan::new(rows, sampler))?;
        (evaluations, shapley_evaluations) = (indices.n_evaluations, effects.n_evaluations);
        let outputs = indices.outputs.iter().zip(&effects.outputs);
        for (margin, output) in margins.iter_mut().zip(outputs) {
            if let (Some(indices), Some(effects)) = output {
                margin.variance = Some(indices.variance);
                margin.drivers = drivers(&names, indices, effects);
            }
        }
    }
    Ok(Sensitivity {
        schema: SCHEMA,
        case: model.case.identity.id.clone(),
        margins,
        evaluations,
        shapley_evaluations,
        reproducibility: reproducibility(model, options, until)?,
    })
}

/// The greatest power of two that can be paid for, where points are spread most evenly.
fn rows(affordable: usize) -> usize {
    let least = affordable.max(8);
    1 << least.ilog2()
}

fn unmoved(barrier: Barrier) -> MarginDrivers {
    MarginDrivers {
        barrier,
        variance: None,
        drivers: Vec::new(),
    }
}

fn drivers(names: &[&str], indices: &OutputIndices, effects: &OutputEffects) -> Vec<Driver> {
    let estimates = indices
        .first
        .iter()
        .zip(&indices.total)
        .zip(&effects.effects);
    let mut drivers: Vec<Driver> = names
        .iter()
        .zip(estimates)
        .map(|(name, ((first, total), shapley))| Driver {
            name: (*name).to_owned(),
            aspect: Aspect::of(name),
            first: *first,
            total: *total,
            shapley: *shapley,
        })
        .collect();
    // Names are sorted, and the sort is stable.
    drivers.sort_by(|left, right| right.shapley.estimate.total_cmp(&left.shapley.estimate));
    drivers
}
