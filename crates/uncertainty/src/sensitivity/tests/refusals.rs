use super::{Model, points};
use crate::{Sampler, Sampling, UncertaintyError, problems::Ishigami, sensitivity::*};

fn bare() -> SobolPlan {
    let sampler = Sampler::new(1);
    SobolPlan {
        bootstrap: Bootstrap::none(sampler),
        ..SobolPlan::new(100, sampler)
    }
}

#[test]
fn an_output_that_never_varies_has_no_indices_and_spoils_no_other() {
    // 0.1 a hundred times does not add up to 10 exactly: its spread must still be none.
    let f = |point: &[f64], outputs: &mut [f64]| {
        outputs.copy_from_slice(&[0.1, point[0], 0.1]);
        Ok(())
    };
    let model = Model {
        n_inputs: 2,
        n_outputs: 3,
        f,
    };
    let factors = Factors::single(2).unwrap();
    let points = points(Sampling::Plain, 1, 2, 100);
    let sampler = Sampler::new(1);
    let sobol = sobol_indices(&model, &factors, &points, &bare())
        .unwrap()
        .outputs;
    let shapley = shapley_effects(&model, &factors, &points, &ShapleyPlan::new(100, sampler));
    let shapley = shapley.unwrap().outputs;
    let morris = elementary_effects(&model, &factors, &points, &MorrisPlan::new(100, sampler));
    let morris = morris.unwrap().outputs;
    for constant in [0, 2] {
        assert!(sobol[constant].is_none() && shapley[constant].is_none());
        assert!(morris[constant].is_none());
    }
    assert!(sobol[1].as_ref().unwrap().total[1].is_nil());
    assert!(shapley[1].as_ref().unwrap().effects[0].estimate > 0.999);
    assert!(morris[1].is_some());
}

#[test]
fn an_event_too_rare_for_its_resamples_has_no_interval() {
    // One row of a thousand shows it: two resamples in five miss it, and are left out.
    let shape = SobolShape {
        n_rows: 1000,
        n_factors: 1,
        n_outputs: 1,
        orders: Orders::FirstAndTotal,
    };
    let mut values = vec![0.0; 3000];
    values[0] = 1.0;
    let usual = Bootstrap::new(Sampler::new(1));
    let indices = indices_from(&shape, &values, &usual).unwrap();
    let total = indices.outputs[0].as_ref().unwrap().total[0];
    assert!(total.interval.unwrap().contains(total.estimate) && total.standard_error.is_finite());
}

#[test]
fn a_model_without_outputs_has_none() {
    let model = Model {
        n_inputs: 1,
        n_outputs: 0,
        f: |_: &[f64], _: &mut [f64]| Ok(()),
    };
    let factors = Factors::single(1).unwrap();
    let points = points(Sampling::Plain, 1, 1, 100);
    assert_eq!(
        sobol_indices(&model, &factors, &points, &bare())
            .unwrap()
            .outputs,
        []
    );
    let sampler = Sampler::new(1);
    assert!(
        shapley_effects(&model, &factors, &points, &ShapleyPlan::new(9, sampler))
            .unwrap()
            .outputs
            .is_empty()
    );
    assert!(
        elementary_effects(&model, &factors, &points, &MorrisPlan::new(9, sampler))
            .unwrap()
            .outputs
            .is_empty()
    );
    assert!(
        tornado(&model, &factors, &TornadoPlan::new(1))
            .unwrap()
            .outputs
            .is_empty()
    );
}

#[test]
fn the_first_failing_point_is_reported() {
    // Rows differ in x₀, so that the value says which one failed.
    let table = points(Sampling::Plain, 1, 2, 5000);
    let mut column = vec![0.0; 5000];
    Points::fill(&table, 0, 0, &mut column).unwrap();
    let first = column.iter().copied().find(|&x| x > 0.99).unwrap();
    let f = |point: &[f64], outputs: &mut [f64]| {
        outputs[0] = point[1];
        let given = point[0];
        if given > 0.99 {
            return Err(UncertaintyError::BadOutput { output: 7, given });
        }
        Ok(())
    };
    let model = Model {
        n_inputs: 2,
        n_outputs: 1,
        f,
    };
    let factors = Factors::new(2, vec![vec![0, 1]]).unwrap();
    let plan = MorrisPlan::new(5000, Sampler::new(1));
    // Morris points are middles of levels, the largest of 65536 above 0.99.
    let plan = MorrisPlan {
        n_levels: 65536,
        ..plan
    };
    let error = elementary_effects(&model, &factors, &table, &plan).unwrap_err();
    let UncertaintyError::BadOutput { output: 7, given } = error else {
        panic!("{error}");
    };
    // Either the start of the first such row, or an earlier row's end, half a range away.
    let row_of = |x: f64| {
        column
            .iter()
            .position(|&u| (u - x).abs() < 1e-4 || (u + 0.5 - x).abs() < 1e-4)
    };
    assert!(row_of(given) <= row_of(first), "{given}");
}

#[test]
fn outputs_that_are_no_numbers_are_named() {
    for given in [f64::NAN, f64::INFINITY, 1e200] {
        let f = move |_: &[f64], outputs: &mut [f64]| {
            outputs.copy_from_slice(&[0.0, given]);
            Ok(())
        };
        let model = Model {
            n_inputs: 1,
            n_outputs: 2,
            f,
        };
        let points = points(Sampling::Plain, 1, 1, 100);
        let error = sobol_indices(&model, &Factors::single(1).unwrap(), &points, &bare());
        let error = error.unwrap_err();
        assert!(
            matches!(error, UncertaintyError::BadOutput { output: 1, .. }),
            "{error}"
        );
    }
}

#[test]
fn arguments_that_do_not_fit_are_refused() {
    let model = Ishigami::usual();
    let factors = Factors::single(3).unwrap();
    let sampler = Sampler::new(1);
    let (good, narrow) = (
        points(Sampling::Plain, 1, 3, 100),
        points(Sampling::Plain, 1, 2, 100),
    );
    for n_rows in [0, 1, 101, usize::MAX] {
        let plan = SobolPlan { n_rows, ..bare() };
        assert!(
            sobol_indices(&model, &factors, &good, &plan).is_err(),
            "{n_rows}"
        );
        let plan = ShapleyPlan::new(n_rows, sampler);
        assert!(
            shapley_effects(&model, &factors, &good, &plan).is_err(),
            "{n_rows}"
        );
        let plan = MorrisPlan::new(n_rows, sampler);
        assert!(
            elementary_effects(&model, &factors, &good, &plan).is_err(),
            "{n_rows}"
        );
    }
    assert!(sobol_indices(&model, &factors, &narrow, &bare()).is_err());
    assert!(sobol_indices(&model, &Factors::single(2).unwrap(), &good, &bare()).is_err());
    for n_levels in [0, 1, 3, u32::MAX] {
        let plan = MorrisPlan {
            n_levels,
            ..MorrisPlan::new(10, sampler)
        };
        assert!(
            elementary_effects(&model, &factors, &good, &plan).is_err(),
            "{n_levels}"
        );
    }
}

#[test]
fn tables_that_do_not_fit_are_refused() {
    let shape = SobolShape {
        n_rows: 2,
        n_factors: 1,
        n_outputs: 1,
        orders: Orders::WithPairs,
    };
    let bootstrap = Bootstrap::new(Sampler::new(1));
    assert!(
        indices_from(
            &shape,
            &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
            &bootstrap
        )
        .is_ok()
    );
    assert!(indices_from(&shape, &[0.0; 7], &bootstrap).is_err());
    assert!(indices_from(&shape, &[f64::NAN; 8], &bootstrap).is_err());
    for bad in [
        SobolShape { n_rows: 1, ..shape },
        SobolShape {
            n_factors: 0,
            ..shape
        },
        SobolShape {
            n_factors: usize::MAX,
            ..shape
        },
        SobolShape {
            n_rows: usize::MAX,
            ..shape
        },
        SobolShape {
            n_outputs: usize::MAX,
            ..shape
        },
    ] {
        assert!(
            indices_from(&bad, &[0.0; 8], &bootstrap).is_err(),
            "{bad:?}"
        );
    }
}
