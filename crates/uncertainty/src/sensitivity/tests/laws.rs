use proptest::prelude::*;

use super::{Model, points};
use crate::{
    Sampler, Sampling, Uncertain,
    problems::{Additive, GFunction},
    sensitivity::*,
};

fn plan(n_rows: usize) -> SobolPlan {
    let sampler = Sampler::new(9);
    let bootstrap = Bootstrap {
        n_resamples: 20,
        ..Bootstrap::new(sampler)
    };
    SobolPlan {
        n_rows,
        orders: Orders::WithPairs,
        bootstrap,
    }
}

fn chains(n_rows: usize) -> ShapleyPlan {
    let sampler = Sampler::new(9);
    ShapleyPlan {
        bootstrap: plan(n_rows).bootstrap,
        ..ShapleyPlan::new(n_rows, sampler)
    }
}

fn close(first: &Estimate, second: &Estimate, tolerance: f64) -> bool {
    let ends = |estimate: &Estimate| estimate.interval.map(|it| (it.low(), it.high())).unwrap();
    let ((low, high), (other_low, other_high)) = (ends(first), ends(second));
    (first.estimate - second.estimate).abs() <= tolerance
        && (first.standard_error - second.standard_error).abs() <= tolerance
        && (low - other_low).abs() <= tolerance
        && (high - other_high).abs() <= tolerance
}

fn parameters() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.0..9.0_f64, 2..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_additive_model_has_no_interactions(widths in prop::collection::vec(0.2..3.0_f64, 2..5), seed: u64) {
        let k = widths.len();
        let term = |&width: &f64| (1.0, Uncertain::uniform(-width, width).unwrap());
        let model = Additive::new(widths.iter().map(term).collect()).unwrap();
        let exact = model.exact();
        let points = points(Sampling::Sobol, seed, k, 512);
        let factors = Factors::single(k).unwrap();
        let indices = sobol_indices(&model, &factors, &points, &plan(512)).unwrap();
        let effects = shapley_effects(&model, &factors, &points, &chains(512)).unwrap();
        let output = indices.outputs[0].as_ref().unwrap();
        let effects = &effects.outputs[0].as_ref().unwrap().effects;
        for (factor, &effect) in effects.iter().enumerate() {
            for estimate in [output.first[factor], output.total[factor], effect] {
                let error = (estimate.estimate - exact.first[factor]).abs();
                prop_assert!(error <= 4.5 * estimate.standard_error + 1e-9, "{estimate:?} {exact:?}");
            }
        }
        let sum: f64 = output.first.iter().map(|index| index.estimate).sum();
        let error: f64 = output.first.iter().map(|index| index.standard_error).sum();
        prop_assert!((sum - 1.0).abs() < 4.5 * error, "{sum}");
    }

    #[test]
    fn effects_add_up_to_one(a in parameters(), seed: u64) {
        let model = GFunction::new(a).unwrap();
        let k = model.a().len();
        let points = points(Sampling::Plain, seed, k, 64);
        let effects = shapley_effects(&model, &Factors::single(k).unwrap(), &points, &chains(64)).unwrap();
        let effects = &effects.outputs[0].as_ref().unwrap().effects;
        let sum: f64 = effects.iter().map(|effect| effect.estimate).sum();
        prop_assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    }

    #[test]
    fn the_exact_effects_lie_between_first_order_and_total(a in parameters()) {
        let exact = GFunction::new(a).unwrap().exact();
        for ((first, effect), total) in exact.first.iter().zip(&exact.shapley).zip(&exact.total) {
            prop_assert!(*first <= effect + 1e-12 && *effect <= total + 1e-12);
        }
        prop_assert!((exact.shapley.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_order_of_the_factors_does_not_matter(a in parameters(), seed: u64) {
        let k = a.len();
        let model = GFunction::new(a).unwrap();
        let points = points(Sampling::Plain, seed, k, 64);
        let forth = Factors::single(k).unwrap();
        let back = Factors::new(k, (0..k).rev().map(|input| vec![input]).collect()).unwrap();
        let ask = |factors| sobol_indices(&model, factors, &points, &plan(64)).unwrap().outputs.remove(0).unwrap();
        let (forth, mut back) = (ask(&forth), ask(&back));
        back.first.reverse();
        back.total.reverse();
        prop_assert_eq!(&forth.first, &back.first);
        prop_assert_eq!(&forth.total, &back.total);
        for pair in &forth.pairs {
            let (i, j) = pair.factors;
            let twin = back.pairs.iter().find(|twin| twin.factors == (k - 1 - j, k - 1 - i)).unwrap();
            prop_assert!(close(&pair.index, &twin.index, 1e-12));
        }
    }

    #[test]
    fn an_affine_map_of_the_output_changes_nothing(a in parameters(), seed: u64, log_scale in -60.0..60.0_f64, shift in -50.0..50.0_f64) {
        let k = a.len();
        let inner = GFunction::new(a).unwrap();
        let scale = -10_f64.powf(log_scale);
        // The shift is in units of the scale: a far greater one leaves no digits of the output.
        let model = Model { n_inputs: k, n_outputs: 2, f: |point: &[f64], outputs: &mut [f64]| {
            crate::Response::evaluate(&inner, &mut (), point, &mut outputs[..1])?;
            outputs[1] = scale * (outputs[0] + shift);
            Ok(())
        } };
        let points = points(Sampling::Plain, seed, k, 64);
        let factors = Factors::single(k).unwrap();
        let outputs = sobol_indices(&model, &factors, &points, &plan(64)).unwrap().outputs;
        let [Some(one), Some(other)] = outputs.as_slice() else { panic!() };
        let both = one.first.iter().zip(&other.first).chain(one.total.iter().zip(&other.total));
        for (one, other) in both {
            prop_assert!(close(one, other, 1e-9), "{one:?} {other:?}");
        }
        let outputs = shapley_effects(&model, &factors, &points, &chains(64)).unwrap().outputs;
        let [Some(one), Some(other)] = outputs.as_slice() else { panic!() };
        for (one, other) in one.effects.iter().zip(&other.effects) {
            prop_assert!(close(one, other, 1e-9), "{one:?} {other:?}");
        }
    }

    #[test]
    fn several_outputs_are_answered_as_each_alone(a in parameters(), seed: u64) {
        let k = a.len();
        let inner = GFunction::new(a).unwrap();
        let model = Model { n_inputs: k, n_outputs: 2, f: |point: &[f64], outputs: &mut [f64]| {
            outputs[1] = point[0];
            crate::Response::evaluate(&inner, &mut (), point, &mut outputs[..1])
        } };
        let points = points(Sampling::Plain, seed, k, 64);
        let factors = Factors::single(k).unwrap();
        let together = sobol_indices(&model, &factors, &points, &plan(64)).unwrap();
        let alone = sobol_indices(&inner, &factors, &points, &plan(64)).unwrap();
        prop_assert_eq!(&together.outputs[0], &alone.outputs[0]);
        let together = shapley_effects(&model, &factors, &points, &chains(64)).unwrap();
        let alone = shapley_effects(&inner, &factors, &points, &chains(64)).unwrap();
        prop_assert_eq!(&together.outputs[0], &alone.outputs[0]);
    }
}

#[cfg(feature = "parallel")]
#[test]
fn the_number_of_threads_does_not_matter() {
    let model = GFunction::twelve();
    let factors = Factors::single(12).unwrap();
    let points = points(Sampling::Sobol, 4, 12, 1024);
    let run = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
        pool.build().unwrap().install(|| {
            let morris = MorrisPlan {
                bootstrap: plan(64).bootstrap,
                ..MorrisPlan::new(64, Sampler::new(1))
            };
            let mut column = vec![0.0; 1024];
            Points::fill(&points, 0, 0, &mut column).unwrap();
            let squares: Vec<f64> = column.iter().map(|x| x * x).collect();
            (
                sobol_indices(&model, &factors, &points, &plan(1024)).unwrap(),
                shapley_effects(&model, &factors, &points, &chains(1024)).unwrap(),
                elementary_effects(&model, &factors, &points, &morris).unwrap(),
                pawn(&[&column], &squares, &PawnPlan::new(Sampler::new(1))).unwrap(),
                tornado(&model, &factors, &TornadoPlan::new(12)).unwrap(),
            )
        })
    };
    // Debug prints every number to its last bit.
    assert_eq!(format!("{:?}", run(1)), format!("{:?}", run(8)));
}

#[cfg(feature = "serde")]
#[test]
fn results_survive_the_round_trip() {
    let model = GFunction::new(vec![0.0, 1.0]).unwrap();
    let factors = Factors::single(2).unwrap();
    let points = points(Sampling::Plain, 4, 2, 64);
    let indices = sobol_indices(&model, &factors, &points, &plan(64)).unwrap();
    let value = serde_json::to_value(&indices).unwrap();
    assert_eq!(value["method"], "saltelli_jansen");
    assert_eq!(
        serde_json::from_value::<SobolIndices>(value).unwrap(),
        indices
    );
}
