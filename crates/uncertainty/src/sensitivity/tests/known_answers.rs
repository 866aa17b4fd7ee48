use super::{Model, points};
use crate::{
    Response, Sampler, Sampling, Uncertain, UncertaintyError,
    problems::{Additive, ExactIndices, GFunction, Ishigami},
    sensitivity::*,
};

/// Within four standard errors, which are themselves small, and a rounding.
#[track_caller]
fn near(name: &str, estimates: &[Estimate], exact: &[f64], largest_error: f64) {
    assert_eq!(estimates.len(), exact.len());
    for (factor, (estimate, &exact)) in estimates.iter().zip(exact).enumerate() {
        let error = (estimate.estimate - exact).abs();
        assert!(
            error <= 4.0 * estimate.standard_error + 1e-9
                && estimate.standard_error < largest_error,
            "{name} of factor {factor}: {estimate:?}, exactly {exact}"
        );
    }
}

#[track_caller]
fn reproduces(model: &impl Response<Error = UncertaintyError>, exact: &ExactIndices) {
    let (n_rows, k, sampler) = (1 << 13, model.n_inputs(), Sampler::new(2));
    let factors = Factors::single(k).unwrap();
    for sampling in [Sampling::Plain, Sampling::Sobol] {
        let points = points(sampling, 2, k, n_rows);
        for orders in [Orders::FirstAndTotal, Orders::WithPairs] {
            let bootstrap = Bootstrap::none(sampler);
            let plan = SobolPlan {
                n_rows,
                orders,
                bootstrap,
            };
            let indices = sobol_indices(model, &factors, &points, &plan).unwrap();
            let output = indices.outputs[0].as_ref().unwrap();
            near("first order", &output.first, &exact.first, 0.03);
            near("total", &output.total, &exact.total, 0.03);
            if orders == Orders::WithPairs {
                let pairs: Vec<Estimate> = output.pairs.iter().map(|pair| pair.index).collect();
                near("pair", &pairs, &exact.pairs, 0.06);
                assert_eq!(indices.n_evaluations, ((2 * k + 2) * n_rows) as u64);
            } else {
                assert!(output.pairs.is_empty());
                assert_eq!(indices.n_evaluations, ((k + 2) * n_rows) as u64);
            }
            assert!((output.variance / exact.variance - 1.0).abs() < 0.1);
            assert!((output.mean - exact.mean).abs() < 0.1 * exact.variance.sqrt());
        }
        let plan = ShapleyPlan {
            bootstrap: Bootstrap::none(sampler),
            ..ShapleyPlan::new(n_rows, sampler)
        };
        let effects = shapley_effects(model, &factors, &points, &plan).unwrap();
        let output = effects.outputs[0].as_ref().unwrap();
        near("Shapley effect", &output.effects, &exact.shapley, 0.03);
        assert!((output.variance / exact.variance - 1.0).abs() < 0.1);
        assert_eq!(effects.n_evaluations, ((k + 1) * n_rows) as u64);
    }
}

#[test]
fn ishigami() {
    reproduces(&Ishigami::usual(), &Ishigami::usual().exact());
}

#[test]
fn g_function_of_twelve() {
    reproduces(&GFunction::twelve(), &GFunction::twelve().exact());
}

#[test]
fn structural_margin() {
    let margin = Additive::margin().unwrap();
    reproduces(&margin, &margin.exact());
}

/// Sobol points bring the estimates within a few thousandths, which no standard error shows.
#[test]
fn even_points_are_far_more_precise_than_their_standard_error() {
    let (n_rows, sampler) = (1 << 13, Sampler::new(5));
    let points = points(Sampling::Sobol, 5, 3, n_rows);
    let plan = SobolPlan {
        bootstrap: Bootstrap::none(sampler),
        ..SobolPlan::new(n_rows, sampler)
    };
    let model = Ishigami::usual();
    let indices = sobol_indices(&model, &Factors::single(3).unwrap(), &points, &plan).unwrap();
    let output = indices.outputs[0].as_ref().unwrap();
    for (estimate, exact) in output.first.iter().zip([0.3139, 0.4424, 0.0]) {
        assert!((estimate.estimate - exact).abs() < 0.005, "{estimate:?}");
    }
    for (estimate, exact) in output.total.iter().zip([0.5576, 0.4424, 0.2437]) {
        assert!((estimate.estimate - exact).abs() < 0.005, "{estimate:?}");
    }
}

#[test]
fn a_group_takes_its_interaction_along() {
    // x₁ and x₃ as one factor: V₁ + V₁₃ alone and in total, and no interaction is left.
    let (n_rows, sampler) = (1 << 12, Sampler::new(2));
    let factors = Factors::new(3, vec![vec![2, 0], vec![1]]).unwrap();
    let points = points(Sampling::Sobol, 2, 3, n_rows);
    let plan = SobolPlan {
        orders: Orders::WithPairs,
        bootstrap: Bootstrap::none(sampler),
        ..SobolPlan::new(n_rows, sampler)
    };
    let model = Ishigami::usual();
    let indices = sobol_indices(&model, &factors, &points, &plan).unwrap();
    let output = indices.outputs[0].as_ref().unwrap();
    near("first order", &output.first, &[0.5576, 0.4424], 0.05);
    near("total", &output.total, &[0.5576, 0.4424], 0.05);
    near("pair", &[output.pairs[0].index], &[0.0], 0.05);
    let effects = shapley_effects(
        &model,
        &factors,
        &points,
        &ShapleyPlan::new(n_rows, sampler),
    );
    near(
        "Shapley effect",
        &effects.unwrap().outputs[0].as_ref().unwrap().effects,
        &[0.5576, 0.4424],
        0.05,
    );
}

#[test]
fn indices_from_a_table_are_those_worked_by_hand() {
    // Two rows of y = x₀ + x₁ at A = (0, 0), (2, 0) and B = (1, 3), (1, 1).
    let shape = SobolShape {
        n_rows: 2,
        n_factors: 2,
        n_outputs: 1,
        orders: Orders::FirstAndTotal,
    };
    let values = [0.0, 4.0, 1.0, 3.0, 2.0, 2.0, 1.0, 3.0];
    let indices = indices_from(&shape, &values, &Bootstrap::none(Sampler::new(1))).unwrap();
    let output = indices.outputs[0].as_ref().unwrap();
    // Mean 2 and variance (4 + 4 + 0 + 0)/4 = 2. f_B − 2 is (2, 0), so first = (2·1, 2·3)/2/2;
    // total = ((1 + 1), (9 + 1))/2/2/2.
    assert_eq!((output.mean, output.variance), (2.0, 2.0));
    assert_eq!(
        output
            .first
            .iter()
            .map(|index| index.estimate)
            .collect::<Vec<_>>(),
        [0.5, 1.5]
    );
    assert_eq!(
        output
            .total
            .iter()
            .map(|index| index.estimate)
            .collect::<Vec<_>>(),
        [0.25, 1.25]
    );
}

#[test]
fn pairs_from_a_table_are_those_worked_by_hand() {
    // One row of y = x₀x₁ at A = (1, −1), B = (−1, −1), and one of its negative, so that the mean
    // is 0 and the scale 1. Points A, B, AB₀, AB₁, BA₀, BA₁ of the first are −1, 1, 1, −1, −1, 1.
    let shape = SobolShape {
        n_rows: 2,
        n_factors: 2,
        n_outputs: 1,
        orders: Orders::WithPairs,
    };
    let first = [-1.0, 1.0, 1.0, -1.0, -1.0, 1.0];
    let values = [first, first.map(|value| -value)].concat();
    let indices = indices_from(&shape, &values, &Bootstrap::none(Sampler::new(1))).unwrap();
    let output = indices.outputs[0].as_ref().unwrap();
    let estimates =
        |indices: &[Estimate]| -> Vec<f64> { indices.iter().map(|index| index.estimate).collect() };
    // First: both roles (1·2, −1·−2) and 0. Total: 4/2 and 0. Pair: ½(1 + 1) − (−1) − 2 − 0.
    assert_eq!(estimates(&output.first), [2.0, 0.0]);
    assert_eq!(estimates(&output.total), [2.0, 0.0]);
    assert_eq!(output.pairs[0].index.estimate, 0.0);
}

#[test]
fn the_shared_variance_is_that_of_the_ends_of_the_chains() {
    let (model, n_rows) = (Ishigami::usual(), 64);
    let points = points(Sampling::Plain, 6, 3, n_rows);
    let plan = ShapleyPlan::new(n_rows, Sampler::new(6));
    let effects = shapley_effects(&model, &Factors::single(3).unwrap(), &points, &plan).unwrap();
    let mut point = [0.0; 6];
    let halves = (0..n_rows).map(|row| {
        points.point(row, &mut point).unwrap();
        let (mut start, mut end) = ([0.0], [0.0]);
        model.evaluate(&mut (), &point[..3], &mut start).unwrap();
        model.evaluate(&mut (), &point[3..], &mut end).unwrap();
        0.5 * (start[0] - end[0]).powi(2)
    });
    let direct = halves.sum::<f64>() / n_rows as f64;
    let shared = effects.outputs[0].as_ref().unwrap().variance;
    approx::assert_relative_eq!(shared, direct, max_relative = 1e-12);
}

#[test]
fn linear_effects_are_exact() {
    let term = |weight, low, high| (weight, Uncertain::uniform(low, high).unwrap());
    let model = Additive::new(vec![
        term(2.0, 0.0, 3.0),
        term(-1.0, -1.0, 1.0),
        term(0.0, 0.0, 1.0),
    ])
    .unwrap();
    let points = points(Sampling::Plain, 3, 3, 10);
    let factors = Factors::single(3).unwrap();
    let plan = MorrisPlan::new(10, Sampler::new(3));
    let morris = elementary_effects(&model, &factors, &points, &plan).unwrap();
    assert_eq!(morris.n_evaluations, 40);
    let effects = morris.outputs[0].as_ref().unwrap();
    for (effect, slope) in effects.iter().zip([6.0, -2.0, 0.0]) {
        let signed = effect.signed.unwrap();
        assert!((signed.mean - slope).abs() < 1e-12, "{effect:?}");
        assert!((effect.mean_magnitude.estimate - f64::abs(slope)).abs() < 1e-12);
        assert!(signed.standard_deviation < 1e-12 && effect.mean_magnitude.standard_error < 1e-12);
        let interval = effect.mean_magnitude.interval.unwrap();
        assert!((interval.midpoint() - slope.abs()).abs() < 1e-9 && interval.width() < 1e-9);
    }
    // A rounding of the path may keep the inert one from being exactly 0, not from being tiny.
    assert!(effects[2].mean_magnitude.estimate < 1e-12);
}

#[test]
fn elementary_effects_are_those_of_all_moves() {
    // Over two levels the moves of the Ishigami function can be counted: between quantiles ¼ and ¾.
    let model = Ishigami::usual();
    let at = |u1: f64, u3: f64| {
        let mut output = [0.0];
        model
            .evaluate(&mut (), &[u1, 0.25, u3], &mut output)
            .unwrap();
        output[0]
    };
    let expected = (at(0.75, 0.25) - at(0.25, 0.25)).abs() * 2.0;
    let points = points(Sampling::Plain, 3, 3, 20);
    let plan = MorrisPlan {
        n_levels: 2,
        ..MorrisPlan::new(20, Sampler::new(3))
    };
    let morris = elementary_effects(&model, &Factors::single(3).unwrap(), &points, &plan).unwrap();
    let effects = morris.outputs[0].as_ref().unwrap();
    assert!((effects[0].mean_magnitude.estimate - expected).abs() < 1e-9);
    // sin² and x⁴ are even: the middles of two levels tell them from nothing by no move.
    assert!(effects[1].mean_magnitude.estimate < 1e-9 && effects[2].mean_magnitude.estimate < 1e-9);
    // On more levels the second matters most and the third acts through the first only: its
    // effects have both signs.
    let plan = MorrisPlan::new(20, Sampler::new(3));
    let morris = elementary_effects(&model, &Factors::single(3).unwrap(), &points, &plan).unwrap();
    let third = morris.outputs[0].as_ref().unwrap()[2];
    assert!(third.signed.unwrap().standard_deviation > third.signed.unwrap().mean.abs());
}

#[test]
fn moves_of_a_group_do_not_cancel() {
    // x₀ − x₁ as one factor: moving both up together would show nothing.
    let f = |point: &[f64], outputs: &mut [f64]| {
        outputs[0] = point[0] - point[1];
        Ok(())
    };
    let model = Model {
        n_inputs: 3,
        n_outputs: 1,
        f,
    };
    let factors = Factors::new(3, vec![vec![0, 1], vec![2]]).unwrap();
    let points = points(Sampling::Plain, 3, 3, 50);
    let plan = MorrisPlan::new(50, Sampler::new(3));
    let morris = elementary_effects(&model, &factors, &points, &plan).unwrap();
    let effects = morris.outputs[0].as_ref().unwrap();
    // Half of the moves go opposite ways and change it by 2, the others not at all.
    assert!(
        (effects[0].mean_magnitude.estimate - 1.0).abs() < 0.6,
        "{effects:?}"
    );
    assert!(effects[0].signed.is_none() && effects[1].signed.is_some());
}
