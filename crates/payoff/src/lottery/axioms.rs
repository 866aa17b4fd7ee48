//! Axioms of bargaining over lotteries, and examples of those that are expected to fail.

use proptest::{prelude::*, test_runner::RngSeed};

use crate::{Ideal, Lotteries, LotterySolution, PayoffMatrix, Scale, SolutionConcept, strategies};

const KS: SolutionConcept = SolutionConcept::KalaiSmorodinsky(Ideal::Rational);

const SCALE_FREE: [SolutionConcept; 4] = [
    SolutionConcept::Nash,
    KS,
    SolutionConcept::KalaiSmorodinsky(Ideal::Global),
    SolutionConcept::Raiffa,
];

const EVEN: [SolutionConcept; 5] = [
    SolutionConcept::Nash,
    KS,
    SolutionConcept::Egalitarian,
    SolutionConcept::EqualLoss(Ideal::Rational),
    SolutionConcept::Raiffa,
];

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 200,
        rng_seed: RngSeed::Fixed(1975),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn picked(matrix: &PayoffMatrix, concept: SolutionConcept) -> Option<LotterySolution> {
    Lotteries::over(matrix).unwrap().solve(concept)
}

fn payoffs(matrix: &PayoffMatrix, concept: SolutionConcept) -> Vec<f64> {
    picked(matrix, concept).unwrap().lotteries[0]
        .payoffs
        .clone()
}

fn vectors(matrix: &PayoffMatrix) -> Vec<Vec<f64>> {
    (0..matrix.len())
        .map(|k| matrix.vector(k).unwrap())
        .collect()
}

fn near(a: &[f64], b: &[f64]) -> bool {
    a.iter()
        .zip(b)
        .all(|(a, b)| (a - b).abs() <= 1e-5 * (1.0 + a.abs()))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn pareto(matrix in strategies::matrix_with_zone(2..=4, 1..=12)) {
        for concept in SolutionConcept::ALL {
            let at = payoffs(&matrix, concept);
            for vector in vectors(&matrix) {
                let better = vector.iter().zip(&at).all(|(u, at)| *u > at + 1e-6);
                prop_assert!(!better, "{concept}: {vector:?} over {at:?}");
            }
        }
    }

    #[test]
    fn symmetry(matrix in strategies::matrix_with_zone(2..=2, 1..=10)) {
        let d = matrix.nonagreement()[0].min(matrix.nonagreement()[1]);
        let swapped = vectors(&matrix).into_iter().map(|it| vec![it[1], it[0]]);
        let both: Vec<Vec<f64>> = vectors(&matrix).into_iter().chain(swapped).collect();
        let matrix = PayoffMatrix::from_vectors(&both, &[d, d]).unwrap();
        for concept in EVEN {
            let at = payoffs(&matrix, concept);
            prop_assert!((at[0] - at[1]).abs() < 1e-9, "{concept}: {at:?}");
        }
    }

    #[test]
    fn scale_invariance(
        matrix in strategies::matrix_with_zone(2..=3, 1..=10),
        factors in proptest::collection::vec(1..=9_i32, 3),
        shifts in proptest::collection::vec(-50..=50_i32, 3),
    ) {
        let map = |party: usize, u: f64| u * f64::from(factors[party]) + f64::from(shifts[party]);
        let mapped = |vector: Vec<f64>| -> Vec<f64> {
            vector.into_iter().enumerate().map(|(party, u)| map(party, u)).collect()
        };
        let all: Vec<Vec<f64>> = vectors(&matrix).into_iter().map(mapped).collect();
        let d = mapped(matrix.nonagreement().to_vec());
        let rescaled = PayoffMatrix::from_vectors(&all, &d).unwrap();
        for concept in SCALE_FREE {
            let (there, here) = (payoffs(&rescaled, concept), mapped(payoffs(&matrix, concept)));
            prop_assert!(near(&there, &here), "{concept}: {there:?} and {here:?}");
        }
    }

    #[test]
    fn independence_of_irrelevant_alternatives(
        matrix in strategies::matrix_with_zone(2..=4, 1..=12),
        keep in proptest::collection::vec(any::<bool>(), 12),
    ) {
        for concept in [SolutionConcept::Nash, SolutionConcept::Egalitarian] {
            let before = picked(&matrix, concept).unwrap();
            let drawn: Vec<u32> = before.lotteries[0].prizes.iter().map(|it| it.package[0]).collect();
            let rest: Vec<Vec<f64>> = { vectors(&matrix).into_iter().enumerate() }
                .filter(|(k, _)| keep[*k] || drawn.contains(&(*k as u32)))
                .map(|(_, vector)| vector)
                .collect();
            let rest = PayoffMatrix::from_vectors(&rest, matrix.nonagreement()).unwrap();
            let after = payoffs(&rest, concept);
            prop_assert!(near(&after, &before.lotteries[0].payoffs), "{concept}");
        }
    }

    #[test]
    fn more_to_agree_on_never_lowers_what_is_maximised(
        matrix in strategies::matrix_with_zone(2..=4, 2..=12),
    ) {
        let fewer = &vectors(&matrix)[..matrix.len() - 1];
        let fewer = PayoffMatrix::from_vectors(fewer, matrix.nonagreement()).unwrap();
        for concept in [
            SolutionConcept::Nash,
            SolutionConcept::Egalitarian,
            SolutionConcept::Utilitarian(Scale::Raw),
        ] {
            if let Some(before) = picked(&fewer, concept) {
                let after = picked(&matrix, concept).unwrap();
                prop_assert!(after.value >= before.value - 1e-9 * (1.0 + before.value), "{concept}");
            }
        }
    }
}

/// The example of Kalai & Smorodinsky (1975): whatever the first party gets, the second can get more
/// than before; by Nash's solution it gets less, by theirs more.
#[test]
fn nash_is_not_monotone_and_kalai_smorodinsky_is() {
    let before = [[0.0, 1.0], [1.0, 0.0], [0.75, 0.75]];
    let after = [[0.0, 1.0], [1.0, 0.0], [1.0, 0.7]];
    let second = |vectors: &[[f64; 2]], concept| {
        payoffs(
            &PayoffMatrix::from_vectors(vectors, &[0.0; 2]).unwrap(),
            concept,
        )[1]
    };
    assert!(second(&after, SolutionConcept::Nash) < second(&before, SolutionConcept::Nash));
    assert!(second(&after, KS) > second(&before, KS));
}

/// What nobody picks moves the ideal point, and so the solution.
#[test]
fn kalai_smorodinsky_depends_on_irrelevant_alternatives() {
    let at = |vectors: &[[f64; 2]]| {
        payoffs(&PayoffMatrix::from_vectors(vectors, &[0.0; 2]).unwrap(), KS)
    };
    let (few, more) = (
        at(&[[6.0, 4.0], [2.0, 6.0]]),
        at(&[[6.0, 4.0], [2.0, 6.0], [10.0, 0.0]]),
    );
    assert!((few[0] - 6.0 * few[1] / 6.0).abs() < 1e-9, "{few:?}");
    assert!(more[0] > few[0] && more[1] < few[1], "{more:?}");
}

/// Sums and equal gains change with the units of one party.
#[test]
fn the_egalitarian_solution_depends_on_the_scale() {
    let at = |factor: f64| {
        let vectors = [[4.0 * factor, 0.0], [0.0, 4.0]];
        payoffs(
            &PayoffMatrix::from_vectors(&vectors, &[0.0; 2]).unwrap(),
            SolutionConcept::Egalitarian,
        )
    };
    assert_eq!(at(1.0), [2.0, 2.0]);
    // Three times the units, but not three times the payoff.
    assert_eq!(at(3.0), [3.0, 3.0]);
}
