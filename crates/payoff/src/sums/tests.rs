//! The zone of agreement against listing every agreement.

use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed},
};

use super::*;
use crate::{Interaction, PayoffMatrix, instances::Family, strategies, zone, zone_count};

/// A negotiation with nonagreement payoffs around what its packages pay.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) space: AgreementSpace,
    pub(super) utilities: Vec<Utility>,
    pub(super) nonagreement: Vec<f64>,
}

impl Problem {
    pub(super) fn packages(&self) -> PackageSpace {
        PackageSpace::new(&self.space, &self.utilities, &self.nonagreement).unwrap()
    }

    /// Every agreement with what it pays.
    pub(super) fn matrix(&self) -> (Vec<Vec<u32>>, PayoffMatrix) {
        let listed = self.space.enumerate().unwrap();
        let matrix = PayoffMatrix::tabulate(&listed, &self.utilities, &self.nonagreement).unwrap();
        (listed.iter().map(<[u32]>::to_vec).collect(), matrix)
    }
}

/// Nonagreement at or beside what some agreement pays, now and then in halves or far away.
pub(super) fn problem(
    n_parties: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = Problem> {
    let near = prop_oneof![6 => (-6..=6_i32).prop_map(|n| f64::from(n) / 2.0), 1 => -60.0..60.0];
    let near = proptest::collection::vec(near, *n_parties.end());
    (
        strategies::negotiation(n_parties),
        near,
        any::<prop::sample::Index>(),
    )
        .prop_map(|((space, utilities), near, index)| {
            let listed = space.enumerate().unwrap();
            let agreement = listed.get(index.index(listed.len())).unwrap();
            let nonagreement = utilities.iter().zip(near);
            let nonagreement = nonagreement
                .map(|(utility, near)| utility.at(agreement).unwrap() + near)
                .collect();
            Problem {
                space,
                utilities,
                nonagreement,
            }
        })
}

fn config(cases: u32) -> Config {
    Config {
        cases,
        rng_seed: RngSeed::Fixed(1969),
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn zones_are_counted_as_they_are_listed(problem in problem(1..=5)) {
        let (packages, (_, matrix)) = (problem.packages(), problem.matrix());
        prop_assert_eq!(packages.n_packages(), BigUint::from(matrix.len()));
        for kind in ZoneKind::ALL {
            let zone = packages.zone(kind);
            let expected = zone_count(&matrix, kind);
            prop_assert_eq!(zone.count().unwrap(), BigUint::from(expected), "{:?}", kind);
            let share = expected as f64 / matrix.len() as f64;
            prop_assert!((zone.share().unwrap() - share).abs() < 1e-12);
        }
    }

    #[test]
    fn zones_are_open_or_proved_closed(problem in problem(1..=4)) {
        let (packages, (_, matrix)) = (problem.packages(), problem.matrix());
        for kind in ZoneKind::ALL {
            let zone = packages.zone(kind);
            match zone.search().unwrap() {
                ZoneFinding::Open { package, payoffs } => {
                    prop_assert!(zone.contains(&package));
                    prop_assert_eq!(packages.payoffs(&package), Some(payoffs));
                    prop_assert!(zone_count(&matrix, kind) > 0);
                }
                ZoneFinding::Closed(proof) => {
                    prop_assert_eq!(zone_count(&matrix, kind), 0);
                    prop_assert!(zone.verify(&proof));
                }
            }
        }
    }

    #[test]
    fn no_proof_convinces_of_an_open_zone(
        problem in problem(1..=3),
        weights in proptest::collection::vec(0.0..1.0_f64, 3),
        lower in 1..=4_i32,
    ) {
        let packages = problem.packages();
        let weights = weights[..packages.n_parties()].to_vec();
        // A proof of another zone: that of parties who ask for more.
        let greedy: Vec<f64> =
            packages.nonagreement().iter().map(|d| d + f64::from(lower)).collect();
        let greedy = packages.with_nonagreement(&greedy).unwrap();
        for kind in ZoneKind::ALL {
            let zone = packages.zone(kind);
            if zone.count().unwrap() != BigUint::ZERO {
                prop_assert!(!zone.verify(&NoZoneProof::Weights(weights.clone())));
                if let ZoneFinding::Closed(proof) = greedy.zone(kind).search().unwrap() {
                    prop_assert!(!zone.verify(&proof));
                }
                if let ZoneFinding::Closed(proof) = greedy.zone(kind).exhaust().unwrap() {
                    prop_assert!(!zone.verify(&proof));
                }
            }
        }
    }

    #[test]
    fn exhaustion_alone_decides_too(problem in problem(1..=4)) {
        let (packages, (_, matrix)) = (problem.packages(), problem.matrix());
        for kind in ZoneKind::ALL {
            let zone = packages.zone(kind);
            let finding = zone.exhaust().unwrap();
            let open = matches!(finding, ZoneFinding::Open { .. });
            prop_assert_eq!(open, zone_count(&matrix, kind) > 0);
            if let ZoneFinding::Closed(proof) = finding {
                prop_assert!(zone.verify(&proof));
            }
        }
    }

    #[test]
    fn the_nearest_miss_is_nearest(problem in problem(1..=4)) {
        let (packages, (_, matrix)) = (problem.packages(), problem.matrix());
        let span = |party| {
            let (low, high) = packages.payoff_range(party).unwrap();
            if high > low { high - low } else { 1.0 }
        };
        let share = |vector: &[f64]| {
            let gains = vector.iter().zip(packages.nonagreement()).enumerate();
            gains.map(|(party, (u, d))| (u - d) / span(party)).fold(f64::INFINITY, f64::min)
        };
        let best = (0..matrix.len())
            .map(|k| share(&matrix.vector(k).unwrap()))
            .fold(f64::NEG_INFINITY, f64::max);
        let miss = packages.zone(ZoneKind::Strict).nearest_miss().unwrap();
        prop_assert_eq!(miss.share, best);
        prop_assert_eq!(share(&miss.payoffs), best);
        prop_assert_eq!(packages.payoffs(&miss.package), Some(miss.payoffs.clone()));
        let least = (miss.payoffs[miss.party] - packages.nonagreement()[miss.party]) / span(miss.party);
        prop_assert_eq!(least, best);
        prop_assert_eq!(best > 0.0, zone_count(&matrix, ZoneKind::Strict) > 0);
    }

    #[test]
    fn limits_are_where_zones_open(problem in problem(1..=4)) {
        let packages = problem.packages();
        for party in 0..packages.n_parties() {
            let with = |d: f64, kind| {
                let mut nonagreement = problem.nonagreement.clone();
                nonagreement[party] = d;
                let zone = packages.with_nonagreement(&nonagreement).unwrap().zone(kind);
                zone.count().unwrap() != BigUint::ZERO
            };
            for kind in [ZoneKind::Weak, ZoneKind::Strict] {
                match packages.zone(kind).limit(party).unwrap() {
                    Some(limit) => {
                        prop_assert_eq!(with(limit, kind), kind == ZoneKind::Weak);
                        prop_assert!(with(limit - 0.25, kind) && !with(limit + 0.25, kind));
                    }
                    None => prop_assert!(!with(-1e9, kind)),
                }
            }
        }
    }

    #[test]
    fn blockers_are_those_whose_absence_opens_the_zone(problem in problem(1..=3)) {
        let (packages, (listed, matrix)) = (problem.packages(), problem.matrix());
        let blockers = packages.zone(ZoneKind::Strict).blockers().unwrap();
        let gain = |party, k| matrix.gain(party, k).unwrap();
        let n = packages.n_parties();
        for party in 0..n {
            let open = (0..listed.len()).any(|k| (0..n).all(|i| i == party || gain(i, k) > 0.0));
            prop_assert_eq!(blockers.parties.contains(&party), open);
        }
        for (place, block) in packages.blocks().iter().enumerate() {
            // What a party gains from a package once it has its wish on the block.
            let wish = |party: usize, k: usize| {
                let own: Vec<u32> = block.issues().iter().map(|&issue| listed[k][issue]).collect();
                let now = packages.block_payoff(party, place, block.find(&own).unwrap()).unwrap();
                let all = (0..block.len()).map(|o| packages.block_payoff(party, place, o).unwrap());
                gain(party, k) - now + all.fold(f64::NEG_INFINITY, f64::max)
            };
            let open = (0..listed.len()).any(|k| (0..n).all(|i| wish(i, k) > 0.0));
            prop_assert_eq!(blockers.issues.contains(&block.issues().to_vec()), open);
        }
    }

    #[test]
    fn streams_bring_every_package_of_the_zone_once(
        problem in problem(1..=3),
        weights in proptest::collection::vec((-3..=3_i32).prop_map(f64::from), 3),
    ) {
        let (packages, (listed, matrix)) = (problem.packages(), problem.matrix());
        let weights = &weights[..packages.n_parties()];
        let sum = |package: &[u32]| -> f64 {
            packages.payoffs(package).unwrap().iter().zip(weights).map(|(u, w)| u * w).sum()
        };
        for kind in ZoneKind::ALL {
            let members = zone(&matrix, kind).into_iter().map(|k| listed[k].clone());
            let members: Vec<Vec<u32>> = members.collect();
            let zone = packages.zone(kind);
            let mut found: Vec<Vec<u32>> = zone.packages().collect();
            found.sort_unstable();
            prop_assert_eq!(&found, &members);
            let ordered = zone.best_first(weights).unwrap().collect::<Result<Vec<_>, _>>();
            let mut ordered = ordered.unwrap();
            prop_assert!(ordered.is_sorted_by(|a, b| sum(a) >= sum(b)));
            ordered.sort_unstable();
            prop_assert_eq!(&ordered, &members);
        }
    }

    #[test]
    fn a_coalition_is_a_space_of_its_own(problem in problem(2..=4)) {
        let packages = problem.packages();
        let (_, matrix) = problem.matrix();
        let coalition = packages.for_parties(&[1, 0]).unwrap();
        let count = (0..matrix.len())
            .filter(|&k| (0..2).all(|party| matrix.gain(party, k).unwrap() > 0.0))
            .count();
        prop_assert_eq!(coalition.zone(ZoneKind::Strict).count().unwrap(), BigUint::from(count));
    }
}

#[test]
fn ten_thousand_million_packages_have_the_reference_counts() {
    let (space, utilities) = Family::Opposed.instance(2, &[10; 10]).unwrap();
    let packages = PackageSpace::new(&space, &utilities, &[24370.0, 22303.0]).unwrap();
    let count = |kind| packages.zone(kind).count().unwrap();
    assert_eq!(count(ZoneKind::Weak), BigUint::from(1_384_573_879_u64));
    assert_eq!(count(ZoneKind::Strict), BigUint::from(1_383_899_284_u64));
}

#[test]
fn large_halves_are_counted_like_small_ones() {
    // Enough points for the sweep and for the cuts, which small spaces never reach.
    for (n_parties, sizes) in [
        (2, vec![10; 5]),
        (3, vec![10; 5]),
        (4, vec![8; 5]),
        (5, vec![6; 6]),
    ] {
        for family in [Family::Mixed, Family::Opposed] {
            let (space, utilities) = family.instance(n_parties, &sizes).unwrap();
            let packages = PackageSpace::new(&space, &utilities, &vec![0.0; n_parties]).unwrap();
            let ranges = (0..n_parties).map(|party| packages.payoff_range(party).unwrap());
            let third: Vec<f64> = ranges
                .map(|(low, high)| (low + (high - low) / 3.0).floor())
                .collect();
            let problem = Problem {
                space,
                utilities,
                nonagreement: third,
            };
            let (_, matrix) = problem.matrix();
            for kind in ZoneKind::ALL {
                let count = problem.packages().zone(kind).count().unwrap();
                assert_eq!(
                    count,
                    BigUint::from(zone(&matrix, kind).len()),
                    "{family:?} {n_parties}"
                );
            }
        }
    }
}

#[test]
fn coupled_issues_that_are_too_many_are_refused() {
    let chain = |n: usize| {
        let tables = vec![vec![0.0, 1.0]; n];
        let utility = Utility::additive(0.0, tables).unwrap();
        (1..n).fold(utility, |utility, issue| {
            let interaction = Interaction {
                first: (issue - 1, 1),
                second: (issue, 1),
                value: 1.0,
            };
            utility.with_interaction(interaction).unwrap()
        })
    };
    let space = |n: usize| AgreementSpace::new(&vec![2; n]).unwrap();
    let fine = PackageSpace::new(&space(12), &[chain(12)], &[0.0]).unwrap();
    assert_eq!(fine.blocks().len(), 1);
    assert_eq!(fine.payoff_range(0), Some((0.0, 23.0)));
    let error = PackageSpace::new(&space(40), &[chain(40)], &[0.0]).unwrap_err();
    assert!(
        matches!(error, PayoffError::TooManyJoint { n_issues: 40, .. }),
        "{error}"
    );
}

#[test]
fn misfits_are_refused_by_name() {
    let space = AgreementSpace::new(&[2, 2]).unwrap();
    let utility = || Utility::additive(0.0, vec![vec![0.0, 1.0]; 2]).unwrap();
    let refused =
        |utilities: &[Utility], d: &[f64]| PackageSpace::new(&space, utilities, d).unwrap_err();
    assert_eq!(refused(&[], &[]), PayoffError::NoParties);
    let table = Utility::table(vec![0.0; 4]).unwrap();
    assert!(matches!(
        refused(&[table], &[0.0]),
        PayoffError::NotAdditive { .. }
    ));
    assert!(matches!(
        refused(&[utility()], &[]),
        PayoffError::MissingNonagreement { party: 0, .. }
    ));
    assert!(matches!(
        refused(&[utility()], &[f64::NAN]),
        PayoffError::NotFinite { .. }
    ));
    let short = Utility::additive(0.0, vec![vec![0.0, 1.0]]).unwrap();
    assert!(matches!(
        refused(&[short], &[0.0]),
        PayoffError::Mismatch { .. }
    ));
    let packages = PackageSpace::new(&space, &[utility()], &[0.0]).unwrap();
    assert!(matches!(
        packages.for_parties(&[1]),
        Err(PayoffError::UnknownParty { party: 1, .. })
    ));
    assert!(packages.for_parties(&[]).is_err() && packages.zone(ZoneKind::Weak).limit(1).is_err());
    assert_eq!(
        (packages.payoffs(&[0]), packages.payoffs(&[0, 2])),
        (None, None)
    );
}

#[test]
fn payoffs_of_any_size_are_added_up() {
    let extreme = |high: f64, low: f64| {
        let space = AgreementSpace::new(&[2; 60]).unwrap();
        let mut tables = vec![vec![0.0, low]; 60];
        tables[0][1] = high;
        let utility = Utility::additive(0.0, tables).unwrap();
        PackageSpace::new(&space, &[utility.clone(), utility], &[-1e300, 5e-324]).unwrap()
    };
    for (high, low, arithmetic) in [
        (4.0, 0.5, Arithmetic::Exact64),
        (1e12, 0.1, Arithmetic::Exact64),
        (1e12, 0.1 + 0.2, Arithmetic::Exact128),
        (1e300, 1e-300, Arithmetic::Rounded128),
        (5e-324, 5e-324, Arithmetic::Exact64),
        (1e306, 1e306, Arithmetic::Exact64),
    ] {
        let packages = extreme(high, low);
        assert_eq!(packages.arithmetic(), arithmetic, "{high:e} {low:e}");
        let frontier = packages.frontier().unwrap();
        // Where the small ones are rounded away they do not matter.
        let ties = if arithmetic == Arithmetic::Rounded128 {
            1_u64 << 59
        } else {
            1
        };
        assert_eq!(frontier.len(), 1);
        assert_eq!(
            frontier.n_packages(),
            BigUint::from(ties),
            "{high:e} {low:e}"
        );
        let best = frontier.vector(0).unwrap()[0];
        assert!(
            (best - (high + 59.0 * low)).abs() <= best * 1e-15,
            "{best:e}"
        );
        assert!(matches!(
            packages.zone(ZoneKind::Strict).search(),
            Ok(ZoneFinding::Open { .. })
        ));
        assert!(packages.zone(ZoneKind::Weak).limit(0).unwrap().is_some());
    }
}

#[test]
fn a_zone_that_only_a_lottery_could_reach_is_proved_closed() {
    // Sixty-one indivisible issues, each worth 2 to whoever wins it, and one that can only hurt both;
    // a bargain of 61 each would need half of an issue.
    let sizes = vec![2; 62];
    let space = AgreementSpace::new(&sizes).unwrap();
    let won = |option: usize| {
        let table = if option == 0 {
            vec![2.0, 0.0]
        } else {
            vec![0.0, 2.0]
        };
        let mut tables = vec![table; 61];
        tables.push(vec![0.0, -1.0]);
        Utility::additive(0.0, tables).unwrap()
    };
    let packages = PackageSpace::new(&space, &[won(0), won(1)], &[61.0, 61.0]).unwrap();
    let zone = packages.zone(ZoneKind::Weak);
    let ZoneFinding::Closed(proof) = zone.search().unwrap() else {
        panic!("no package pays both as much as nonagreement")
    };
    assert!(matches!(proof, NoZoneProof::Exhaustion(_)));
    assert!(zone.verify(&proof));
    assert!(
        !packages
            .with_nonagreement(&[60.0, 61.0])
            .unwrap()
            .zone(ZoneKind::Weak)
            .verify(&proof)
    );
    assert_eq!(zone.count().unwrap(), BigUint::ZERO);
    assert_eq!(zone.limit(0).unwrap(), Some(60.0));
    let miss = zone.nearest_miss().unwrap();
    assert_eq!(
        (miss.share, miss.payoffs.iter().sum::<f64>()),
        (-1.0 / 123.0, 122.0)
    );
}

#[test]
fn spaces_beyond_all_counting_are_searched_or_refused() {
    for n_parties in [2, 3, 5] {
        let (space, utilities) = Family::Opposed.instance(n_parties, &[10; 250]).unwrap();
        let limits = SearchLimits {
            points: 20_000,
            sums: 20_000,
            ..SearchLimits::default()
        };
        let zero = vec![0.0; n_parties];
        let packages = PackageSpace::with_limits(&space, &utilities, &zero, limits).unwrap();
        assert_eq!(
            packages.n_packages().to_string(),
            format!("1{}", "0".repeat(250))
        );
        let refused = |error: &PayoffError| matches!(error, PayoffError::TooManyHeld { .. });
        assert!(packages.frontier().is_err_and(|error| refused(&error)));
        assert!(
            packages
                .zone(ZoneKind::Strict)
                .count()
                .is_err_and(|error| refused(&error))
        );
        let share = |share: f64| {
            let d = (0..n_parties).map(|party| packages.payoff_range(party).unwrap());
            let d: Vec<f64> = d.map(|(low, high)| low + share * (high - low)).collect();
            packages
                .with_nonagreement(&d)
                .unwrap()
                .zone(ZoneKind::Strict)
        };
        let open = share(0.4);
        assert!(
            matches!(open.search(), Ok(ZoneFinding::Open { package, .. }) if open.contains(&package))
        );
        assert_eq!(
            open.packages()
                .take(100)
                .filter(|package| open.contains(package))
                .count(),
            100
        );
        // From the best for all together, the zone may be far for one of many.
        let best = open.best_first(&vec![1.0; n_parties]).unwrap().take(20);
        for package in best {
            assert!(
                package
                    .as_ref()
                    .map_or_else(refused, |package| open.contains(package))
            );
        }
        let closed = share(0.9);
        assert!(matches!(closed.search(), Ok(ZoneFinding::Closed(proof)) if closed.verify(&proof)));
        assert_eq!(closed.packages().next(), None);
    }
}
