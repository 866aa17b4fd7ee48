//! Reference answers found without listing a single agreement (`data/agreements.json`): the
//! instances that `agreements` lists, and one of ten thousand million packages that nobody would.
#![allow(
    clippy::expect_used,
    clippy::float_cmp,
    reason = "a test says what it takes for granted, and exact values are asserted exactly"
)]

use detente::payoff::{
    Ideal, PackageFrontier, PackageSpace, PayoffMatrix, Scale, Solution, ZoneFinding, ZoneKind,
    egalitarian, ideal_point, instances::Family, kalai_smorodinsky, nash, utilitarian,
};
use serde::Deserialize;

type Vectors = Vec<Vec<f64>>;

#[derive(Deserialize)]
struct Reference {
    instances: Vec<Instance>,
    beyond_listing: Vec<Instance>,
}

#[derive(Deserialize)]
struct Instance {
    name: String,
    parties: usize,
    sizes: Vec<usize>,
    family: String,
    outcomes: u64,
    min: Vec<f64>,
    max: Vec<f64>,
    frontier_size: usize,
    outcomes_on_frontier_incl_ties: Option<u64>,
    frontier_coordinate_sums: Vec<f64>,
    reserve_mid: Vec<f64>,
    zopa_weak_count: Option<u64>,
    zopa_strict_count: Option<u64>,
    solutions_reserve_mid: Solutions,
    solutions_reserve_zero: Solutions,
    frontier: Option<Vectors>,
}

#[derive(Deserialize)]
struct Solutions {
    rational_frontier_size: usize,
    nash: Vectors,
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

fn check_frontier(frontier: &PackageFrontier, packages: &PackageSpace, instance: &Instance) {
    let name = instance.name.as_str();
    assert_eq!(frontier.len(), instance.frontier_size, "{name}");
    let sum = |party| frontier.vectors().map(|vector: &[f64]| vector[party]).sum();
    let sums: Vec<f64> = (0..instance.parties).map(sum).collect();
    assert_eq!(sums, instance.frontier_coordinate_sums, "{name}");
    if let Some(count) = instance.outcomes_on_frontier_incl_ties {
        assert_eq!(
            frontier.n_packages().to_string(),
            count.to_string(),
            "{name}"
        );
    }
    if let Some(expected) = &instance.frontier {
        assert!(
            frontier.vectors().eq(expected.iter().map(Vec::as_slice)),
            "{name}"
        );
    }
    let mut made = 0;
    for (place, package) in frontier.packages() {
        assert_eq!(
            packages.payoffs(&package).as_deref(),
            frontier.vector(place),
            "{name}"
        );
        made += 1;
    }
    assert_eq!(
        frontier.n_packages().to_string(),
        made.to_string(),
        "{name}"
    );
}

/// Solutions through the vectors of the frontier.
fn check_solutions(name: &str, packages: &PackageSpace, expected: &Solutions) {
    let whole = packages
        .frontier()
        .and_then(|frontier| frontier.to_matrix())
        .expect("fits");
    let rational = packages.rational_frontier().expect("fits");
    assert_eq!(rational.len(), expected.rational_frontier_size, "{name}");
    let rational = rational.to_matrix().expect("fits");
    let check = |found: Option<Solution>, matrix: &PayoffMatrix, expected: &Vectors| {
        let found = found.map(|solution| sorted(solution.vectors(matrix)));
        assert_eq!(found, Some(sorted(expected.clone())), "{name}");
    };
    for matrix in [&whole, &rational] {
        check(nash(matrix), matrix, &expected.nash);
        check(egalitarian(matrix), matrix, &expected.egalitarian_leximin);
        check(
            utilitarian(matrix, Scale::Raw),
            matrix,
            &expected.utilitarian,
        );
        let ks = kalai_smorodinsky(matrix, Ideal::Rational);
        check(ks, matrix, &expected.ks_leximin_ideal_rational);
        assert_eq!(
            ideal_point(matrix, Ideal::Rational).as_ref(),
            Some(&expected.ideal_rational)
        );
    }
    // Over all agreements the ideal needs the whole frontier.
    let ks = kalai_smorodinsky(&whole, Ideal::Global);
    check(ks, &whole, &expected.ks_leximin_ideal_global);
}

fn check_zone(name: &str, packages: &PackageSpace, kind: ZoneKind, expected: Option<u64>) {
    let zone = packages.zone(kind);
    let count = zone.count().expect("halves that fit").to_string();
    if let Some(expected) = expected {
        assert_eq!(count, expected.to_string(), "{name}, {kind:?}");
    }
    match zone.search().expect("frontiers that fit") {
        ZoneFinding::Open { package, .. } => assert!(zone.contains(&package), "{name}"),
        ZoneFinding::Closed(proof) => assert!(zone.verify(&proof) && count == "0", "{name}"),
    }
}

fn check_instance(instance: &Instance) {
    let name = instance.name.as_str();
    let family = match instance.family.as_str() {
        "mixed" => Family::Mixed,
        _ => Family::Opposed,
    };
    let (space, utilities) = family
        .instance(instance.parties, &instance.sizes)
        .expect("a space");
    let zero = vec![0.0; instance.parties];
    let zero = PackageSpace::new(&space, &utilities, &zero).expect("fits");
    assert_eq!(
        zero.n_packages().to_string(),
        instance.outcomes.to_string(),
        "{name}"
    );
    let ranges = (0..instance.parties).map(|party| zero.payoff_range(party));
    let expected = instance
        .min
        .iter()
        .zip(&instance.max)
        .map(|(&low, &high)| Some((low, high)));
    assert!(ranges.eq(expected), "{name}");
    check_frontier(&zero.frontier().expect("fits"), &zero, instance);
    check_solutions(name, &zero, &instance.solutions_reserve_zero);
    let mid = zero
        .with_nonagreement(&instance.reserve_mid)
        .expect("a reserve for each party");
    check_solutions(name, &mid, &instance.solutions_reserve_mid);
    check_zone(name, &mid, ZoneKind::Weak, instance.zopa_weak_count);
    check_zone(name, &mid, ZoneKind::Strict, instance.zopa_strict_count);
}

#[test]
fn instances_come_out_as_computed_elsewhere_without_listing() {
    let reference: Reference = serde_json::from_str(include_str!("../data/agreements.json"))
        .expect("the data are well formed");
    assert_eq!(
        (reference.instances.len(), reference.beyond_listing.len()),
        (16, 1)
    );
    for instance in reference.instances.iter().chain(&reference.beyond_listing) {
        check_instance(instance);
    }
}

#[test]
fn three_parties_have_the_frontier_that_a_merge_elsewhere_found() {
    let (space, utilities) = Family::Opposed.instance(3, &[10; 10]).expect("a space");
    let packages = PackageSpace::new(&space, &utilities, &[0.0; 3]).expect("fits");
    assert_eq!(packages.frontier().expect("fits").len(), 13_889);
}
