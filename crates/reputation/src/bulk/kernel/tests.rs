use super::*;

const RATES: [[f64; 3]; 3] = [[0.7, 0.2, 0.25], [0.2, 0.5, 0.25], [0.1, 0.3, 0.5]];

fn model(n_types: usize, switching: Option<Vec<Vec<f64>>>) -> Model {
    let prior = [0.5, 0.2, 0.3];
    let total: f64 = prior[..n_types].iter().sum();
    let prior: Vec<f64> = prior[..n_types].iter().map(|p| p / total).collect();
    Model {
        prior_logs: prior.iter().map(|p| p.ln()).collect(),
        prior,
        likelihoods: RATES.map(|row| row[..n_types].to_vec()).to_vec(),
        switching,
    }
}

/// The joint chance of the acts and of each last type, by adding up every path of types.
fn over_all_paths(model: &Model, acts: &[u8]) -> Vec<f64> {
    let k = model.prior.len();
    let mut ends = vec![0.0; k];
    for path in 0..k.pow(u32::try_from(acts.len()).unwrap()) {
        let (mut rest, mut before, mut chance) = (path, None::<usize>, 1.0);
        for &act in acts {
            let now = rest % k;
            rest /= k;
            chance *= match (before, &model.switching) {
                (None, _) => model.prior[now],
                (Some(before), Some(rows)) => rows[before][now],
                (Some(before), None) => f64::from(u8::from(before == now)),
            };
            chance *= model.likelihoods[usize::from(act)][now];
            before = Some(now);
        }
        ends[before.unwrap()] += chance;
    }
    ends
}

#[track_caller]
fn check_against_all_paths(kernel: &dyn Kernel, model: &Model, acts: &[u8]) {
    let k = model.prior.len();
    let mut beliefs = vec![0.0; k * acts.len()];
    let log_likelihood = kernel.filter(acts, &mut beliefs);
    for n in 1..=acts.len() {
        let joint = over_all_paths(model, &acts[..n]);
        let total: f64 = joint.iter().sum();
        for (belief, joint) in beliefs[(n - 1) * k..n * k].iter().zip(&joint) {
            approx::assert_relative_eq!(*belief, joint / total, epsilon = 1e-13);
        }
        if n == acts.len() {
            approx::assert_relative_eq!(log_likelihood, total.ln(), epsilon = 1e-13);
        }
    }
    let mut last = vec![0.0; k];
    assert_eq!(kernel.last(acts, &mut last), log_likelihood);
    assert_eq!(last, beliefs[beliefs.len() - k..]);
}

#[test]
fn every_loop_adds_up_all_paths_of_types() {
    let acts = [0, 2, 1, 1, 0, 2, 2];
    for n_types in [2, 3] {
        let fixed = model(n_types, None);
        check_against_all_paths(&General::new(&fixed), &fixed, &acts);
        check_against_all_paths(choose(&fixed).as_ref(), &fixed, &acts);
        let spread = 0.3 / (n_types as f64 - 1.0);
        let row = |from| (0..n_types).map(move |to| if to == from { 0.7 } else { spread });
        let mixing = model(
            n_types,
            Some((0..n_types).map(|from| row(from).collect()).collect()),
        );
        check_against_all_paths(&General::new(&mixing), &mixing, &acts);
        check_against_all_paths(choose(&mixing).as_ref(), &mixing, &acts);
    }
    // The second type is for good, so that linear numbers would lose the first.
    let absorbing = model(2, Some(vec![vec![0.9, 0.1], vec![0.0, 1.0]]));
    check_against_all_paths(choose(&absorbing).as_ref(), &absorbing, &acts);
}

#[test]
fn the_fast_loops_serve_what_they_are_exact_for() {
    let name = |model: &Model| format!("{:?}", choose(model));
    assert!(name(&model(2, None)).starts_with("Fixed"));
    assert!(name(&model(2, Some(vec![vec![0.9, 0.1]; 2]))).starts_with("Mixing"));
    assert!(name(&model(2, Some(vec![vec![1.0, 0.0]; 2]))).starts_with("General"));
    assert!(name(&model(2, Some(vec![vec![1.0 - 1e-40, 1e-40]; 2]))).starts_with("General"));
    assert!(name(&model(1, None)).starts_with("General"));
}

#[test]
fn no_evidence_is_forgotten_in_a_million_acts_and_back() {
    let mut fixed = model(2, None);
    // Each first symbol speaks for type 0, each second as strongly for type 1; both are rare.
    fixed.likelihoods = vec![vec![1e-3, 1e-300], vec![1e-300, 1e-3]];
    let mut acts = vec![0; 500_000];
    acts.extend(vec![1; 500_000]);
    for kernel in [choose(&fixed).as_ref(), &General::new(&fixed)] {
        let mut last = [0.0; 2];
        let log_likelihood = kernel.last(&acts, &mut last);
        approx::assert_relative_eq!(last[0], fixed.prior[0], epsilon = 1e-6);
        let expected = 5e5 * (1e-3_f64.ln() + 1e-300_f64.ln());
        approx::assert_relative_eq!(log_likelihood, expected, max_relative = 1e-9);
    }
}

#[test]
fn a_series_no_type_could_show_is_marked_from_there_on() {
    for switching in [None, Some(vec![vec![0.9, 0.1], vec![0.2, 0.8]])] {
        let mut model = model(2, switching);
        model.likelihoods.push(vec![0.0, 0.0]);
        for kernel in [choose(&model).as_ref(), &General::new(&model)] {
            let mut beliefs = [0.0; 8];
            assert!(kernel.filter(&[0, 1, 3, 0], &mut beliefs).is_nan());
            let sound: Vec<bool> = beliefs.iter().map(|belief| belief.is_finite()).collect();
            assert_eq!(sound, [true, true, true, true, false, false, false, false]);
            assert!(kernel.last(&[3], &mut [0.0; 2]).is_nan());
        }
    }
}
