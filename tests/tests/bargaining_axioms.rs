//! Axioms of bargaining as properties, over agreement spaces with many ties, and the symmetry of
//! every result in parties, issues and options (M-07).
#![allow(
    clippy::expect_used,
    clippy::float_cmp,
    reason = "a test says what it takes for granted, and exact values are asserted exactly"
)]

use detente::payoff::{
    AgreementSpace, Ideal, Interaction, PayoffMatrix, Scale, SolutionConcept, Utility, ZoneKind,
    frontier, solve, strategies, zone,
};
use proptest::{collection::vec, prelude::*, test_runner::RngSeed};

const KS: SolutionConcept = SolutionConcept::KalaiSmorodinsky(Ideal::Rational);
const SCALE_FREE: [SolutionConcept; 5] = [
    SolutionConcept::Nash,
    KS,
    SolutionConcept::KalaiSmorodinsky(Ideal::Global),
    SolutionConcept::Utilitarian(Scale::Normalised(Ideal::Rational)),
    SolutionConcept::Utilitarian(Scale::Normalised(Ideal::Global)),
];

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 400,
        rng_seed: RngSeed::Fixed(1997),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn vectors(matrix: &PayoffMatrix) -> Vec<Vec<f64>> {
    (0..matrix.len()).filter_map(|k| matrix.vector(k)).collect()
}

fn matrix(vectors: &[Vec<f64>], nonagreement: &[f64]) -> PayoffMatrix {
    PayoffMatrix::from_vectors(vectors, nonagreement).expect("finite payoffs")
}

fn picked(matrix: &PayoffMatrix, concept: SolutionConcept) -> Vec<usize> {
    solve(matrix, concept).map_or(vec![], |solution| solution.agreements)
}

/// Each party's payoffs, nonagreement included, through its own map.
fn mapped(matrix: &PayoffMatrix, map: impl Fn(usize, f64) -> f64) -> PayoffMatrix {
    let through = |vector: Vec<f64>| {
        vector
            .into_iter()
            .enumerate()
            .map(|(party, u)| map(party, u))
            .collect::<Vec<f64>>()
    };
    let all: Vec<Vec<f64>> = vectors(matrix).into_iter().map(through).collect();
    self::matrix(&all, &through(matrix.nonagreement().to_vec()))
}

/// The agreements that `keep` keeps, and their places before.
fn part(matrix: &PayoffMatrix, keep: impl Fn(usize) -> bool) -> (PayoffMatrix, Vec<usize>) {
    let kept: Vec<usize> = (0..matrix.len()).filter(|&k| keep(k)).collect();
    let vectors: Vec<Vec<f64>> = kept.iter().filter_map(|&k| matrix.vector(k)).collect();
    (self::matrix(&vectors, matrix.nonagreement()), kept)
}

/// The lowest gain that a matrix allows to all at once.
fn lowest_gain(matrix: &PayoffMatrix) -> f64 {
    solve(matrix, SolutionConcept::Egalitarian).map_or(0.0, |solution| solution.value)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn pareto(matrix in strategies::matrix_with_zone(1..=5, 1..=30)) {
        let efficient = frontier(&matrix).packages();
        for concept in SolutionConcept::ALL {
            let picked = picked(&matrix, concept);
            prop_assert!(!picked.is_empty());
            prop_assert!(picked.iter().all(|agreement| efficient.contains(agreement)), "{}", concept);
        }
    }

    #[test]
    fn symmetry(matrix in strategies::matrix_with_zone(2..=2, 1..=15)) {
        // With nonagreement alike and every agreement beside its mirror image, what is picked is
        // its own mirror image.
        let n = matrix.len();
        let d = matrix.nonagreement()[0];
        let mut both = vectors(&matrix);
        both.extend(vectors(&matrix).into_iter().map(|vector| vec![vector[1], vector[0]]));
        let symmetric = self::matrix(&both, &[d, d]);
        for concept in SolutionConcept::ALL {
            let picked = picked(&symmetric, concept);
            let mut mirrored: Vec<usize> = picked.iter().map(|&k| (k + n) % (2 * n)).collect();
            mirrored.sort_unstable();
            prop_assert_eq!(picked, mirrored, "{}", concept);
        }
    }

    #[test]
    fn scale_invariance(
        matrix in strategies::matrix_with_zone(2..=4, 1..=20),
        factors in vec(prop_oneof![1..=7_i32, Just(1 << 20)], 4),
        shifts in vec(-50..=50_i32, 4),
    ) {
        let rescaled = mapped(&matrix, |party, u| u * f64::from(factors[party]) + f64::from(shifts[party]));
        for concept in SCALE_FREE {
            prop_assert_eq!(picked(&rescaled, concept), picked(&matrix, concept), "{}", concept);
        }
        // The others survive a common factor, and a party's own shift.
        let alike = mapped(&matrix, |party, u| u * f64::from(factors[0]) + f64::from(shifts[party]));
        for concept in SolutionConcept::ALL {
            prop_assert_eq!(picked(&alike, concept), picked(&matrix, concept), "{}", concept);
        }
    }

    #[test]
    fn independence_of_irrelevant_alternatives(
        matrix in strategies::matrix_with_zone(2..=4, 1..=20),
        keep in vec(any::<bool>(), 20),
        concept in prop::sample::select(vec![
            SolutionConcept::Nash,
            SolutionConcept::Egalitarian,
            SolutionConcept::Utilitarian(Scale::Raw),
        ]),
    ) {
        let before = picked(&matrix, concept);
        let (rest, kept) = part(&matrix, |k| keep[k] || k == before[0]);
        let after: Vec<usize> = picked(&rest, concept).into_iter().map(|k| kept[k]).collect();
        let expected: Vec<usize> = before.into_iter().filter(|k| kept.contains(k)).collect();
        prop_assert_eq!(after, expected, "{}", concept);
    }

    #[test]
    fn monotonicity_of_the_lowest_gain(
        matrix in strategies::matrix(2..=4, 1..=20),
        keep in vec(any::<bool>(), 20),
    ) {
        let (fewer, _) = part(&matrix, |k| keep[k]);
        prop_assert!(lowest_gain(&matrix) >= lowest_gain(&fewer));
    }

    #[test]
    fn restricted_monotonicity_of_the_lowest_share(
        matrix in strategies::matrix_with_zone(2..=4, 1..=20),
        keep in vec(any::<bool>(), 20),
    ) {
        let lowest = |matrix: &PayoffMatrix| solve(matrix, KS).map(|solution| solution.value);
        let ideal = |matrix: &PayoffMatrix| detente::payoff::ideal_point(matrix, Ideal::Rational);
        let (fewer, _) = part(&matrix, |k| keep[k]);
        if ideal(&fewer) == ideal(&matrix) {
            prop_assert!(lowest(&matrix) >= lowest(&fewer));
        }
    }

    #[test]
    fn parties_may_be_listed_in_any_order(
        (matrix, order) in strategies::matrix(2..=5, 0..=20).prop_flat_map(|matrix| {
            let parties: Vec<usize> = (0..matrix.n_parties()).collect();
            (Just(matrix), Just(parties).prop_shuffle())
        }),
    ) {
        let reordered = |vector: &[f64]| order.iter().map(|&party| vector[party]).collect::<Vec<f64>>();
        let all: Vec<Vec<f64>> = vectors(&matrix).iter().map(|vector| reordered(vector)).collect();
        let other = PayoffMatrix::from_vectors(&all, &reordered(matrix.nonagreement()))
            .expect("the same payoffs");
        prop_assert_eq!(frontier(&other).packages(), frontier(&matrix).packages());
        for kind in ZoneKind::ALL {
            prop_assert_eq!(zone(&other, kind), zone(&matrix, kind));
        }
        for concept in SolutionConcept::ALL {
            prop_assert_eq!(picked(&other, concept), picked(&matrix, concept), "{}", concept);
        }
    }

    #[test]
    fn issues_and_options_may_be_listed_in_any_order((problem, order) in reordered_problem()) {
        let here = problem.solved();
        let there = problem.relisted(&order).solved();
        let back: Vec<Vec<Vec<u32>>> = there
            .into_iter()
            .map(|set| {
                let mut set: Vec<Vec<u32>> = set.iter().map(|x| order.back(x)).collect();
                set.sort_unstable();
                set
            })
            .collect();
        prop_assert_eq!(here, back);
    }
}

/// Strong monotonicity is about sets from which any gain can be given away; over a finite set a
/// better lowest gain can cost the party that had the most.
#[test]
fn strong_monotonicity_fails_on_finite_sets() {
    let few = matrix(&[vec![1.0, 5.0]], &[0.0; 2]);
    let more = matrix(&[vec![1.0, 5.0], vec![2.0, 2.0]], &[0.0; 2]);
    for concept in [
        SolutionConcept::Egalitarian,
        SolutionConcept::KalaiSmorodinsky(Ideal::Global),
    ] {
        assert_eq!(picked(&few, concept), [0]);
    }
    assert_eq!(picked(&more, SolutionConcept::Egalitarian), [1]);
}

/// What Kalai–Smorodinsky picks depends on ideals that nobody reaches together.
#[test]
fn kalai_smorodinsky_depends_on_irrelevant_alternatives() {
    let full = matrix(
        &[vec![4.0, 1.0], vec![2.0, 3.0], vec![20.0, 0.5]],
        &[0.0; 2],
    );
    assert_eq!(picked(&full, KS), [0]);
    let (rest, _) = part(&full, |k| k != 2);
    assert_eq!(picked(&rest, KS), [1]);
}

/// A negotiation as it is coded, so that it can be coded in another order.
#[derive(Debug, Clone)]
struct Problem {
    sizes: Vec<usize>,
    forbidden: Vec<(usize, usize)>,
    tables: Vec<Vec<Vec<i32>>>,
    interaction: Option<Interaction>,
    nonagreement: Vec<i32>,
}

/// Another order: `issues[i]` is the old place of new issue `i`, `options[i][o]` the new place of
/// option `o` of old issue `i`.
#[derive(Debug, Clone)]
struct Order {
    issues: Vec<usize>,
    options: Vec<Vec<usize>>,
}

impl Order {
    /// The new place of an old issue and option.
    fn place(&self, (issue, option): (usize, usize)) -> (usize, usize) {
        let new = self
            .issues
            .iter()
            .position(|&old| old == issue)
            .expect("every issue is listed");
        (new, self.options[issue][option])
    }

    /// The old agreement behind a new one.
    fn back(&self, agreement: &[u32]) -> Vec<u32> {
        let old = |issue: usize| {
            let (new, _) = self.place((issue, 0));
            let mut options = self.options[issue].iter();
            options
                .position(|&option| option == agreement[new] as usize)
                .expect("every option") as u32
        };
        (0..agreement.len()).map(old).collect()
    }
}

impl Problem {
    fn relisted(&self, order: &Order) -> Self {
        let table = |party: usize, issue: usize| {
            let old = &self.tables[party][issue];
            let mut new = vec![0; old.len()];
            for (option, &value) in old.iter().enumerate() {
                new[order.options[issue][option]] = value;
            }
            new
        };
        Self {
            sizes: order.issues.iter().map(|&old| self.sizes[old]).collect(),
            forbidden: self
                .forbidden
                .iter()
                .map(|&pair| order.place(pair))
                .collect(),
            tables: (0..self.tables.len())
                .map(|party| order.issues.iter().map(|&old| table(party, old)).collect())
                .collect(),
            interaction: self.interaction.map(|joint| Interaction {
                first: order.place(joint.first),
                second: order.place(joint.second),
                value: joint.value,
            }),
            nonagreement: self.nonagreement.clone(),
        }
    }

    /// Every result as a set of agreements in order: the zones, the frontier, the solutions.
    fn solved(&self) -> Vec<Vec<Vec<u32>>> {
        let mut space = AgreementSpace::new(&self.sizes).expect("sizes of at least one");
        space = space.clone().forbidding(&self.forbidden).unwrap_or(space);
        let Ok(agreements) = space.enumerate() else {
            return Vec::new();
        };
        let utilities: Vec<Utility> = self
            .tables
            .iter()
            .map(|table| self.utility(table))
            .collect();
        let nonagreement: Vec<f64> = self.nonagreement.iter().copied().map(f64::from).collect();
        let matrix = PayoffMatrix::tabulate(&agreements, &utilities, &nonagreement).expect("fits");
        let zones = ZoneKind::ALL.iter().map(|&kind| zone(&matrix, kind));
        let solutions = SolutionConcept::ALL
            .iter()
            .map(|&concept| picked(&matrix, concept));
        zones
            .chain([frontier(&matrix).packages()])
            .chain(solutions)
            .map(|set| {
                set.iter()
                    .filter_map(|&k| agreements.get(k))
                    .map(<[u32]>::to_vec)
                    .collect()
            })
            .collect()
    }

    fn utility(&self, tables: &[Vec<i32>]) -> Utility {
        let tables = tables
            .iter()
            .map(|table| table.iter().copied().map(f64::from).collect())
            .collect();
        let utility = Utility::additive(0.0, tables).expect("finite payoffs");
        match self.interaction {
            Some(joint) => utility
                .with_interaction(joint)
                .expect("two different issues"),
            None => utility,
        }
    }
}

fn problem() -> impl Strategy<Value = Problem> {
    (vec(1..=4_usize, 2..=4), 1..=3_usize).prop_flat_map(|(sizes, n_parties)| {
        let tables: Vec<_> = sizes.iter().map(|&size| vec(0..=4_i32, size)).collect();
        let (first, second) = (sizes[0], sizes[1]);
        (
            Just(sizes),
            vec(tables, n_parties),
            vec(-1..=8_i32, n_parties),
            (0..first, 0..second, -3..=3_i32),
            prop::option::of((0..first, 0..second)),
        )
            .prop_map(|(sizes, tables, nonagreement, joint, barred)| Problem {
                sizes,
                tables,
                nonagreement,
                forbidden: barred.map_or(vec![], |(first, second)| vec![(0, first), (1, second)]),
                interaction: (joint.2 != 0).then_some(Interaction {
                    first: (0, joint.0),
                    second: (1, joint.1),
                    value: f64::from(joint.2),
                }),
            })
    })
}

fn reordered_problem() -> impl Strategy<Value = (Problem, Order)> {
    problem().prop_flat_map(|problem| {
        let places = |len: usize| Just((0..len).collect::<Vec<usize>>()).prop_shuffle();
        let issues = places(problem.sizes.len());
        let options: Vec<_> = problem.sizes.iter().map(|&size| places(size)).collect();
        let order = (issues, options).prop_map(|(issues, options)| Order { issues, options });
        (Just(problem), order)
    })
}
