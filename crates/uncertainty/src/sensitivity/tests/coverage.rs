//! How often the intervals hold what they promise, found by trying.

use super::points;
use crate::{
    Response, Sampler, Sampling, UncertaintyError,
    problems::{ExactIndices, GFunction, Ishigami},
    sensitivity::*,
};

const SEEDS: u64 = 400;
const ROWS: usize = 512;

/// The share of seeds whose interval covers the exact value, for every index: first order, total
/// and Shapley effect of each factor.
fn coverage(
    model: &impl Response<Error = UncertaintyError>,
    exact: &ExactIndices,
    sampling: Sampling,
) -> Vec<f64> {
    let k = model.n_inputs();
    let factors = Factors::single(k).unwrap();
    let exact = [&exact.first, &exact.total, &exact.shapley]
        .map(Clone::clone)
        .concat();
    let mut covered = vec![0.0; 3 * k];
    for seed in 0..SEEDS {
        let sampler = Sampler::new(seed);
        let points = points(sampling, seed, k, ROWS);
        let bootstrap = Bootstrap {
            n_resamples: 300,
            ..Bootstrap::new(sampler)
        };
        let plan = SobolPlan {
            bootstrap,
            ..SobolPlan::new(ROWS, sampler)
        };
        let mut indices = sobol_indices(model, &factors, &points, &plan).unwrap();
        let plan = ShapleyPlan {
            bootstrap,
            ..ShapleyPlan::new(ROWS, sampler)
        };
        let mut effects = shapley_effects(model, &factors, &points, &plan).unwrap();
        let indices = indices.outputs.remove(0).unwrap();
        let effects = effects.outputs.remove(0).unwrap().effects;
        let estimates = [indices.first, indices.total, effects].concat();
        for (covered, (estimate, &exact)) in covered.iter_mut().zip(estimates.iter().zip(&exact)) {
            // To within rounding: a factor without effect has an interval of no width.
            let interval = estimate.interval.unwrap();
            let inside = interval.low() - 1e-12 <= exact && exact <= interval.high() + 1e-12;
            *covered += f64::from(u8::from(inside)) / SEEDS as f64;
        }
    }
    covered
}

/// At a true coverage of 93 % the share of 400 seeds has a standard deviation of 1.3 %; the floor
/// for a single index leaves four of those. Sobol points bring one index of the g-function down to
/// 90 %, as `Bootstrap` says.
#[track_caller]
fn covers(name: &str, model: &impl Response<Error = UncertaintyError>, exact: &ExactIndices) {
    for sampling in [Sampling::Plain, Sampling::Sobol] {
        let shares = coverage(model, exact, sampling);
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        let least = shares.iter().copied().fold(1.0, f64::min);
        println!("{name}, {sampling}: mean {mean:.3}, least {least:.3} of nominal 0.95");
        assert!(
            mean >= 0.92 && least >= 0.84,
            "{name}, {sampling}: {shares:?}"
        );
        if sampling == Sampling::Plain {
            assert!(least >= 0.88, "{name}: {shares:?}");
            // Not so wide that they would cover anything.
            assert!(mean <= 0.97, "{name}: {shares:?}");
        }
    }
}

/// The standard error a run states is the spread of the estimates over many runs.
#[test]
fn standard_errors_are_the_spread_of_the_estimates() {
    let (model, factors) = (Ishigami::usual(), Factors::single(3).unwrap());
    let runs: Vec<Vec<Estimate>> = (0..SEEDS)
        .map(|seed| {
            let sampler = Sampler::new(seed);
            let points = points(Sampling::Plain, seed, 3, ROWS);
            let bootstrap = Bootstrap::none(sampler);
            let plan = SobolPlan {
                bootstrap,
                ..SobolPlan::new(ROWS, sampler)
            };
            let indices = sobol_indices(&model, &factors, &points, &plan).unwrap();
            let plan = ShapleyPlan {
                bootstrap,
                ..ShapleyPlan::new(ROWS, sampler)
            };
            let effects = shapley_effects(&model, &factors, &points, &plan).unwrap();
            let indices = indices.outputs[0].clone().unwrap();
            let effects = effects.outputs[0].clone().unwrap().effects;
            [indices.first, indices.total, effects].concat()
        })
        .collect();
    for index in 0..9 {
        let estimates: Vec<f64> = runs.iter().map(|run| run[index].estimate).collect();
        let n = estimates.len() as f64;
        let spread = crate::Summary::of(&estimates).unwrap().standard_error() * n.sqrt();
        let stated = runs
            .iter()
            .map(|run| run[index].standard_error)
            .sum::<f64>()
            / n;
        // The spread of 400 is known to 3.5 %.
        assert!(
            (stated / spread - 1.0).abs() < 0.14,
            "{index}: {stated} {spread}"
        );
    }
}

#[test]
fn intervals_cover_ishigami() {
    covers("Ishigami", &Ishigami::usual(), &Ishigami::usual().exact());
}

#[test]
fn intervals_cover_the_g_function() {
    let model = GFunction::new(vec![0.0, 0.5, 3.0, 9.0]).unwrap();
    covers("g-function", &model, &model.exact());
}
