//! Reference answers on agreement spaces: known traps, two historical negotiations, and generated
//! instances of up to a million agreements (`data/agreements.json`). Instance payoffs are made by
//! formula (`payoff::instances`); answers were computed independently, by full enumeration and by
//! issue-by-issue merging, in exact integers.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::float_cmp,
    reason = "a test says what it takes for granted, and exact values are asserted exactly"
)]

use std::sync::LazyLock;

use detente::payoff::{
    AgreementSpace, Agreements, Ideal, PayoffError, PayoffMatrix, Scale, Solution, Utility,
    ZoneKind, egalitarian, frontier, ideal_point, instances::Family, kalai_smorodinsky, nash,
    rational_frontier, utilitarian, zone_count,
};
use serde::Deserialize;

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../data/agreements.json")).expect("the data are well formed")
});

type Vectors = Vec<Vec<f64>>;

#[derive(Deserialize)]
struct Reference {
    traps: Vec<Trap>,
    cases: Vec<Case>,
    instances: Vec<Instance>,
}

#[derive(Deserialize)]
struct Trap {
    name: String,
    utilities: Vectors,
    reserve: Option<Vec<Option<f64>>>,
    expect_frontier_outcomes: Option<Vec<usize>>,
    expect_distinct: Option<usize>,
    expect_nash: Option<Vectors>,
    products: Option<Vec<f64>>,
    expect_weak_zopa: Option<usize>,
    expect_strict_zopa: Option<usize>,
    expect_ks_maxmin: Option<Vectors>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    points: Vectors,
    packages: usize,
    distinct_utility_vectors: usize,
    frontier_distinct: Vectors,
    frontier_packages_incl_ties: usize,
    packages_both_over_50: usize,
    packages_both_at_least_50: usize,
    nash_reserve_0: Vectors,
    nash_reserve_50: Vectors,
    egalitarian: Vectors,
    utilitarian: Vectors,
    ks_maxmin: Option<Vectors>,
}

#[derive(Deserialize)]
struct Instance {
    name: String,
    parties: usize,
    sizes: Vec<usize>,
    family: String,
    outcomes: usize,
    min: Vec<f64>,
    max: Vec<f64>,
    frontier_size: usize,
    outcomes_on_frontier_incl_ties: Option<usize>,
    frontier_coordinate_sums: Vec<f64>,
    reserve_mid: Vec<f64>,
    zopa_weak_count: Option<usize>,
    zopa_strict_count: Option<usize>,
    solutions_reserve_mid: Solutions,
    solutions_reserve_zero: Solutions,
    utility_tables: Option<Vec<Vectors>>,
    frontier: Option<Vectors>,
}

#[derive(Deserialize)]
struct Solutions {
    rational_frontier_size: usize,
    nash: Vectors,
    nash_product: String,
    egalitarian_leximin: Vectors,
    ideal_rational: Vec<f64>,
    ks_leximin_ideal_rational: Vectors,
    ks_leximin_ideal_global: Vectors,
    utilitarian: Vectors,
}

fn sorted(mut vectors: Vectors) -> Vectors {
    vectors.sort_by(|a, b| a.partial_cmp(b).expect("payoffs are numbers"));
    vectors
}

#[track_caller]
fn check_vectors(
    place: &str,
    solution: Option<Solution>,
    matrix: &PayoffMatrix,
    expected: &Vectors,
) {
    let found = solution.map(|solution| sorted(solution.vectors(matrix)));
    assert_eq!(found, Some(sorted(expected.clone())), "{place}");
}

fn trap(name: &str) -> (&'static Trap, PayoffMatrix) {
    let mut traps = REFERENCE.traps.iter();
    let trap = traps
        .find(|trap| trap.name == name)
        .expect("the trap is in the data");
    let reserve: Vec<f64> = match &trap.reserve {
        Some(reserve) => reserve.iter().flatten().copied().collect(),
        None => vec![0.0; trap.utilities[0].len()],
    };
    let matrix = PayoffMatrix::from_vectors(&trap.utilities, &reserve).expect("a full matrix");
    (trap, matrix)
}

#[test]
fn trap_ties_keep_every_efficient_agreement() {
    let (trap, matrix) = trap("ties");
    let frontier = frontier(&matrix);
    assert_eq!(Some(frontier.packages()), trap.expect_frontier_outcomes);
    assert_eq!(Some(frontier.len()), trap.expect_distinct);
}

#[test]
fn trap_no_zone_has_no_solution() {
    let (_, matrix) = trap("no-zopa");
    assert!(
        ZoneKind::ALL
            .iter()
            .all(|&kind| zone_count(&matrix, kind) == 0)
    );
    assert!(rational_frontier(&matrix).is_empty());
    assert_eq!(nash(&matrix), None);
    assert_eq!(egalitarian(&matrix), None);
    for ideal in [Ideal::Rational, Ideal::Global] {
        assert_eq!(kalai_smorodinsky(&matrix, ideal), None);
        assert_eq!(utilitarian(&matrix, Scale::Normalised(ideal)), None);
    }
    assert_eq!(utilitarian(&matrix, Scale::Raw), None);
    assert_eq!(ideal_point(&matrix, Ideal::Rational), None);
}

#[test]
fn trap_boundary_separates_weak_from_strict() {
    let (trap, matrix) = trap("boundary");
    assert_eq!(
        Some(zone_count(&matrix, ZoneKind::Weak)),
        trap.expect_weak_zopa
    );
    assert_eq!(
        Some(zone_count(&matrix, ZoneKind::Strict)),
        trap.expect_strict_zopa
    );
    assert_eq!(zone_count(&matrix, ZoneKind::ParetoImproving), 2);
    assert_eq!(nash(&matrix), None);
}

#[test]
fn traps_of_the_nash_product() {
    for name in [
        "double-negative",
        "batna-below-worst-a",
        "batna-below-worst-b",
    ] {
        let (trap, matrix) = trap(name);
        let expected = trap.expect_nash.as_ref().expect("an expected agreement");
        check_vectors(name, nash(&matrix), &matrix, expected);
        if let Some(products) = &trap.products {
            let best = products.iter().copied().fold(0.0, f64::max);
            assert_eq!(nash(&matrix).map(|nash| nash.value), Some(best), "{name}");
        }
    }
}

#[test]
fn trap_kalai_smorodinsky_is_not_least_spread() {
    let (trap, matrix) = trap("ks-definition");
    let expected = trap
        .expect_ks_maxmin
        .as_ref()
        .expect("an expected agreement");
    for ideal in [Ideal::Rational, Ideal::Global] {
        check_vectors(
            "ks-definition",
            kalai_smorodinsky(&matrix, ideal),
            &matrix,
            expected,
        );
    }
}

#[test]
fn trap_missing_nonagreement_is_an_error() {
    let mut traps = REFERENCE.traps.iter();
    let trap = traps
        .find(|trap| trap.name == "missing-reserve")
        .expect("the trap is in the data");
    let reserve = trap.reserve.as_ref().expect("a reserve that is missing");
    let as_nan: Vec<f64> = reserve.iter().map(|d| d.unwrap_or(f64::NAN)).collect();
    let as_nothing: Vec<f64> = reserve.iter().flatten().copied().collect();
    assert!(matches!(
        PayoffMatrix::from_vectors(&trap.utilities, &as_nan),
        Err(PayoffError::NotFinite { .. })
    ));
    assert_eq!(
        PayoffMatrix::from_vectors(&trap.utilities, &as_nothing),
        Err(PayoffError::MissingNonagreement {
            party: 0,
            n_parties: 2
        })
    );
}

/// Each issue is won by the first party (option 0) or the second (option 1).
fn contest(case: &Case) -> (Agreements, [Utility; 2]) {
    let [first, second] = &case.points[..] else {
        panic!("{} has two parties", case.name);
    };
    let space = AgreementSpace::new(&vec![2; first.len()]).expect("issues of two options");
    let won = |points: &[f64], option: usize| {
        let table = |&p: &f64| {
            if option == 0 {
                vec![p, 0.0]
            } else {
                vec![0.0, p]
            }
        };
        Utility::additive(0.0, points.iter().map(table).collect()).expect("finite points")
    };
    let agreements = space.enumerate().expect("a small space");
    (agreements, [won(first, 0), won(second, 1)])
}

#[test]
fn historical_cases_come_out_as_published() {
    assert_eq!(REFERENCE.cases.len(), 2);
    for case in &REFERENCE.cases {
        let name = case.name.as_str();
        let (agreements, utilities) = contest(case);
        let at = |d: f64| PayoffMatrix::tabulate(&agreements, &utilities, &[d, d]).expect("fits");
        let (zero, half) = (at(0.0), at(50.0));
        assert_eq!(agreements.len(), case.packages, "{name}");
        let vectors = sorted((0..zero.len()).filter_map(|k| zero.vector(k)).collect());
        assert_eq!(
            vectors.chunk_by(|a, b| a == b).count(),
            case.distinct_utility_vectors,
            "{name}"
        );
        let frontier = frontier(&zero);
        let distinct = frontier.iter().map(|(vector, _)| vector.to_vec()).collect();
        assert_eq!(
            sorted(distinct),
            sorted(case.frontier_distinct.clone()),
            "{name}"
        );
        assert_eq!(
            frontier.n_packages(),
            case.frontier_packages_incl_ties,
            "{name}"
        );
        assert_eq!(
            zone_count(&half, ZoneKind::Strict),
            case.packages_both_over_50,
            "{name}"
        );
        assert_eq!(
            zone_count(&half, ZoneKind::Weak),
            case.packages_both_at_least_50,
            "{name}"
        );
        check_vectors(name, nash(&zero), &zero, &case.nash_reserve_0);
        check_vectors(name, nash(&half), &half, &case.nash_reserve_50);
        check_vectors(name, egalitarian(&zero), &zero, &case.egalitarian);
        check_vectors(
            name,
            utilitarian(&zero, Scale::Raw),
            &zero,
            &case.utilitarian,
        );
        if let Some(expected) = &case.ks_maxmin {
            for (matrix, ideal) in [(&zero, Ideal::Rational), (&half, Ideal::Global)] {
                check_vectors(name, kalai_smorodinsky(matrix, ideal), matrix, expected);
            }
        }
    }
}

fn check_solutions(name: &str, matrix: &PayoffMatrix, expected: &Solutions) {
    check_vectors(name, nash(matrix), matrix, &expected.nash);
    let product: f64 = expected.nash_product.parse().expect("a number");
    assert_eq!(nash(matrix).map(|nash| nash.value), Some(product), "{name}");
    check_vectors(
        name,
        egalitarian(matrix),
        matrix,
        &expected.egalitarian_leximin,
    );
    check_vectors(
        name,
        utilitarian(matrix, Scale::Raw),
        matrix,
        &expected.utilitarian,
    );
    let ks = |ideal| kalai_smorodinsky(matrix, ideal);
    check_vectors(
        name,
        ks(Ideal::Rational),
        matrix,
        &expected.ks_leximin_ideal_rational,
    );
    check_vectors(
        name,
        ks(Ideal::Global),
        matrix,
        &expected.ks_leximin_ideal_global,
    );
    let ideal = ideal_point(matrix, Ideal::Rational);
    assert_eq!(
        ideal.as_deref(),
        Some(&expected.ideal_rational[..]),
        "{name}"
    );
    assert_eq!(
        rational_frontier(matrix).len(),
        expected.rational_frontier_size,
        "{name}"
    );
}

fn check_frontier(matrix: &PayoffMatrix, instance: &Instance) {
    let name = instance.name.as_str();
    let frontier = frontier(matrix);
    assert_eq!(frontier.len(), instance.frontier_size, "{name}");
    if let Some(packages) = instance.outcomes_on_frontier_incl_ties {
        assert_eq!(frontier.n_packages(), packages, "{name}");
    }
    let vectors: Vectors = frontier.iter().map(|(vector, _)| vector.to_vec()).collect();
    let sums: Vec<f64> = (0..instance.parties)
        .map(|party| vectors.iter().map(|vector| vector[party]).sum())
        .collect();
    assert_eq!(sums, instance.frontier_coordinate_sums, "{name}");
    if let Some(expected) = &instance.frontier {
        assert_eq!(&vectors, expected, "{name}");
    }
}

fn check_instance(instance: &Instance) {
    let name = instance.name.as_str();
    let family = match instance.family.as_str() {
        "mixed" => Family::Mixed,
        _ => Family::Opposed,
    };
    for (party, tables) in instance.utility_tables.iter().flatten().enumerate() {
        assert_eq!(
            &family.tables(party, &instance.sizes),
            tables,
            "{name}, party {party}"
        );
    }
    let (space, utilities) = family
        .instance(instance.parties, &instance.sizes)
        .expect("a space");
    let agreements = space.enumerate().expect("at most a million agreements");
    assert_eq!(agreements.len(), instance.outcomes, "{name}");
    let zero = vec![0.0; instance.parties];
    let zero = PayoffMatrix::tabulate(&agreements, &utilities, &zero).expect("fits");
    assert_eq!(
        ideal_point(&zero, Ideal::Global).as_ref(),
        Some(&instance.max),
        "{name}"
    );
    for (party, &least) in instance.min.iter().enumerate() {
        let payoffs = zero.party(party).expect("a party").iter().copied();
        assert_eq!(
            payoffs.fold(f64::INFINITY, f64::min),
            least,
            "{name}, party {party}"
        );
    }
    check_frontier(&zero, instance);
    check_solutions(name, &zero, &instance.solutions_reserve_zero);
    let mid = zero
        .with_nonagreement(&instance.reserve_mid)
        .expect("a reserve for each party");
    check_solutions(name, &mid, &instance.solutions_reserve_mid);
    let counts = [
        (ZoneKind::Weak, instance.zopa_weak_count),
        (ZoneKind::Strict, instance.zopa_strict_count),
    ];
    for (kind, expected) in counts {
        assert!(
            expected.is_none_or(|count| count == zone_count(&mid, kind)),
            "{name}, {kind:?}"
        );
    }
}

#[test]
fn generated_instances_come_out_as_computed_elsewhere() {
    assert_eq!(REFERENCE.instances.len(), 16);
    for instance in &REFERENCE.instances {
        check_instance(instance);
    }
}
