use proptest::{prelude::*, test_runner::RngSeed};

use super::*;
use crate::{ZoneKind, solve, strategies, zone_count};

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(1950),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A space with utilities, some of its issues coupled, and nonagreement near what it pays.
fn problem(
    n_parties: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = (AgreementSpace, Vec<Utility>, Vec<f64>)> {
    strategies::negotiation(n_parties).prop_flat_map(|(space, utilities)| {
        let nonagreement =
            proptest::collection::vec((-20..=12_i32).prop_map(f64::from), utilities.len());
        (Just(space), Just(utilities), nonagreement)
    })
}

fn listed(space: &AgreementSpace, utilities: &[Utility], nonagreement: &[f64]) -> PayoffMatrix {
    PayoffMatrix::tabulate(&space.enumerate().unwrap(), utilities, nonagreement).unwrap()
}

fn vectors(matrix: &PayoffMatrix) -> Vec<Vec<f64>> {
    (0..matrix.len())
        .map(|k| matrix.vector(k).unwrap())
        .collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-8 * (1.0 + a.abs().max(b.abs()))
}

/// A lottery is what it says: feasible packages with their own payoffs, probabilities that sum to 1.
#[track_caller]
fn check_lottery(lottery: &Lottery, space: &AgreementSpace, utilities: &[Utility]) {
    let sum: f64 = lottery.prizes.iter().map(|prize| prize.probability).sum();
    assert!(close(sum, 1.0), "{sum}");
    assert!(lottery.prizes.len() <= utilities.len() + 1);
    for (party, utility) in utilities.iter().enumerate() {
        let mut expected = 0.0;
        for prize in &lottery.prizes {
            assert!(space.is_feasible(&prize.package) && prize.probability > 0.0);
            assert!(close(
                utility.at(&prize.package).unwrap(),
                prize.payoffs[party]
            ));
            expected += prize.probability * prize.payoffs[party];
        }
        assert!(close(expected, lottery.payoffs[party]));
    }
}

/// The best of a merit over every mixture of two packages, on a grid that is refined around the
/// best place; merits are concave along a line.
fn over_pairs(points: &[Vec<f64>], floor: &[f64], merit: impl Fn(&[f64]) -> f64) -> f64 {
    let mixed = |a: &[f64], b: &[f64], t: f64| -> Vec<f64> {
        a.iter().zip(b).map(|(a, b)| a + t * (b - a)).collect()
    };
    let worth = |a: &[f64], b: &[f64], t: f64| {
        let at = mixed(a, b, t);
        let inside = at.iter().zip(floor).all(|(u, d)| *u >= d - 1e-10);
        if inside {
            merit(&at)
        } else {
            f64::NEG_INFINITY
        }
    };
    let mut best = f64::NEG_INFINITY;
    for (place, a) in points.iter().enumerate() {
        for b in &points[..=place] {
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..14 {
                let grid = (0..=32).map(|k| low + (high - low) * f64::from(k) / 32.0);
                let top = { grid }.max_by(|s, t| worth(a, b, *s).total_cmp(&worth(a, b, *t)));
                let (top, width) = (top.unwrap(), (high - low) / 32.0);
                best = best.max(worth(a, b, top));
                (low, high) = ((top - width).max(0.0), (top + width).min(1.0));
            }
        }
    }
    best
}

type Merit = Box<dyn Fn(&[f64]) -> f64>;

/// What a concept maximises first, from its definition.
fn merit(lotteries: &Lotteries, concept: SolutionConcept) -> Merit {
    let d = lotteries.nonagreement().to_vec();
    let level = |origin: Vec<f64>, units: Vec<f64>| -> Merit {
        Box::new(move |u| {
            let shares = (0..u.len()).map(|party| (u[party] - origin[party]) / units[party]);
            shares.fold(f64::INFINITY, f64::min)
        })
    };
    let ideal = |ideal| lotteries.ideal_point(ideal).unwrap();
    match concept {
        SolutionConcept::Nash => Box::new(move |u| u.iter().zip(&d).map(|(u, d)| u - d).product()),
        SolutionConcept::KalaiSmorodinsky(which) => level(d.clone(), minus(&ideal(which), &d)),
        SolutionConcept::EqualLoss(which) => level(ideal(which), vec![1.0; d.len()]),
        SolutionConcept::Utilitarian(Scale::Raw) => Box::new(|u| u.iter().sum()),
        SolutionConcept::Utilitarian(Scale::Normalised(which)) => {
            let units = minus(&ideal(which), &d);
            Box::new(move |u| (0..u.len()).map(|i| (u[i] - d[i]) / units[i]).sum())
        }
        _ => level(d.clone(), vec![1.0; d.len()]),
    }
}

fn has_value(concept: &SolutionConcept) -> bool {
    *concept != SolutionConcept::Raiffa
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn two_parties_do_as_well_as_any_mixture_of_two_packages((space, utilities, d) in problem(2..=2)) {
        let lotteries = Lotteries::new(&space, &utilities, &d).unwrap();
        let matrix = listed(&space, &utilities, &d);
        let points: Vec<Vec<f64>> =
            crate::frontier(&matrix).iter().map(|(vector, _)| vector.to_vec()).collect();
        for concept in SolutionConcept::ALL.into_iter().filter(has_value) {
            let Some(found) = lotteries.solve(concept) else {
                // Nobody gains together, not even by lot.
                let lowest = |u: &[f64]| (u[0] - d[0]).min(u[1] - d[1]);
                prop_assert!(over_pairs(&points, &[f64::MIN; 2], lowest) <= 1e-9);
                continue;
            };
            for lottery in &found.lotteries {
                check_lottery(lottery, &space, &utilities);
            }
            let merit = merit(&lotteries, concept);
            let best = over_pairs(&points, &d, &merit);
            prop_assert!(close(found.value, best), "{concept}: {} and {best}", found.value);
            prop_assert!(close(merit(&found.lotteries[0].payoffs), best), "{concept}");
        }
    }

    #[test]
    fn lotteries_are_never_worse_than_packages((space, utilities, d) in problem(1..=4)) {
        let lotteries = Lotteries::new(&space, &utilities, &d).unwrap();
        let matrix = listed(&space, &utilities, &d);
        prop_assume!(zone_count(&matrix, ZoneKind::Strict) > 0);
        for concept in [
            SolutionConcept::Nash,
            SolutionConcept::Egalitarian,
            SolutionConcept::Utilitarian(Scale::Raw),
            SolutionConcept::KalaiSmorodinsky(Ideal::Global),
            SolutionConcept::EqualLoss(Ideal::Global),
        ] {
            let found = lotteries.solve(concept).unwrap();
            let pure = solve(&matrix, concept).unwrap();
            prop_assert!(
                found.value >= pure.value - 1e-9 * (1.0 + pure.value.abs()),
                "{concept}: {} below {}", found.value, pure.value
            );
        }
    }

    #[test]
    fn a_list_and_its_issues_have_the_same_lotteries((space, utilities, d) in problem(1..=3)) {
        let by_issue = Lotteries::new(&space, &utilities, &d).unwrap();
        let by_list = Lotteries::over(&listed(&space, &utilities, &d)).unwrap();
        for concept in SolutionConcept::ALL {
            let [one, other] = [&by_issue, &by_list].map(|it| it.solve(concept));
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!(close(one.value, other.value), "{}: {} {}", concept, one.value, other.value);
            }
        }
        // A table couples every issue.
        let matrix = listed(&space, &utilities, &d);
        let tables: Vec<Utility> = (0..utilities.len())
            .map(|party| Utility::table(matrix.party(party).unwrap().to_vec()).unwrap())
            .collect();
        let by_table = Lotteries::new(&space, &tables, &d).unwrap();
        let [one, other] = [&by_issue, &by_table].map(|it| it.solve(SolutionConcept::Nash));
        prop_assert!(close(one.map_or(0.0, |it| it.value), other.map_or(0.0, |it| it.value)));
    }

    #[test]
    fn columns_agree_with_closed_forms((space, utilities, d) in problem(2..=2)) {
        let closed = Lotteries::new(&space, &utilities, &d).unwrap();
        let open = Lotteries { chain: None, ..closed.clone() };
        for concept in SolutionConcept::ALL {
            let (Some(one), Some(other)) = (closed.solve(concept), open.solve(concept)) else {
                prop_assert_eq!(closed.solve(concept).is_some(), open.solve(concept).is_some());
                continue;
            };
            if has_value(&concept) {
                prop_assert!(close(one.value, other.value), "{concept}: {} {}", one.value, other.value);
                prop_assert!(other.bound >= one.value - 1e-9 * (1.0 + one.value.abs()), "{concept}");
                prop_assert!(other.gap() <= 1e-8 * (1.0 + other.value.abs()), "{concept}: {}", other.gap());
            }
            // A point that is picked is picked; a sum may be highest along a side.
            if one.lotteries.len() == 1 && !matches!(concept, SolutionConcept::Utilitarian(_)) {
                let pairs = one.lotteries[0].payoffs.iter().zip(&other.lotteries[0].payoffs);
                for (a, b) in pairs {
                    prop_assert!((a - b).abs() <= 1e-5 * (1.0 + a.abs()), "{concept}: {a} {b}");
                }
            }
        }
    }

    #[test]
    fn no_package_betters_a_product_of_many_at_its_prices((space, utilities, d) in problem(3..=5)) {
        let lotteries = Lotteries::new(&space, &utilities, &d).unwrap();
        let Some(nash) = lotteries.solve(SolutionConcept::Nash) else {
            let matrix = listed(&space, &utilities, &d);
            prop_assert_eq!(zone_count(&matrix, ZoneKind::Strict), 0);
            return Ok(());
        };
        check_lottery(&nash.lotteries[0], &space, &utilities);
        let gains = minus(&nash.lotteries[0].payoffs, &d);
        prop_assert!(close(gains.iter().product(), nash.value));
        // The first-order condition, over every package in the list.
        let n = d.len() as f64;
        for package in vectors(&listed(&space, &utilities, &d)) {
            let sum: f64 = minus(&package, &d).iter().zip(&gains).map(|(own, g)| own / g).sum();
            prop_assert!(sum <= n * (1.0 + 1e-9), "{sum} of {n}");
        }
        prop_assert!(nash.gap() <= 1e-9 * nash.value, "{}", nash.gap());
    }

    #[test]
    fn levels_of_many_are_proved_by_prices((space, utilities, d) in problem(3..=4)) {
        let lotteries = Lotteries::new(&space, &utilities, &d).unwrap();
        let units = vec![30.0; d.len()];
        let mut oracle = lotteries.oracle();
        let mut mixture = Mixture::certain(oracle.best(&vec![1.0; d.len()]));
        let rows: Vec<columns::Row> = (0..d.len())
            .map(|party| columns::Row {
                party,
                origin: d[party],
                unit: units[party],
                kind: columns::Kind::Level,
            })
            .collect();
        let found = columns::level_up(&mut oracle, &mut mixture, rows);
        let prices = &found.prices;
        prop_assert!(close(prices.iter().sum(), 1.0) && prices.iter().all(|it| *it >= 0.0));
        // No mixture has a higher lowest row than any weighted mean of rows, over every package.
        let worth = |package: &Vec<f64>| -> f64 {
            (0..d.len()).map(|i| prices[i] * (package[i] - d[i]) / units[i]).sum()
        };
        let matrix = listed(&space, &utilities, &d);
        let proved = vectors(&matrix).iter().map(worth).fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(close(proved, found.bound), "{proved} {}", found.bound);
        prop_assert!(found.bound - found.value <= 1e-9, "{found:?}");
        let lowest = minus(&mixture.payoffs(), &d).into_iter().fold(f64::INFINITY, f64::min);
        prop_assert!(close(lowest / 30.0, found.value));
    }

    #[test]
    fn lotteries_of_many_are_lotteries((space, utilities, d) in problem(3..=4)) {
        let lotteries = Lotteries::new(&space, &utilities, &d).unwrap();
        for concept in SolutionConcept::ALL {
            if let Some(found) = lotteries.solve(concept) {
                check_lottery(&found.lotteries[0], &space, &utilities);
                let payoffs = &found.lotteries[0].payoffs;
                prop_assert!(payoffs.iter().zip(&d).all(|(u, d)| *u >= d - 1e-7), "{concept}");
                prop_assert!(found.gap() <= 1e-8 * (1.0 + found.value.abs()), "{concept}: {}", found.gap());
            }
        }
    }
}

#[test]
fn a_coin_can_open_a_zone_that_no_package_does() {
    let matrix = PayoffMatrix::from_vectors(&[[10.0, 0.0], [0.0, 10.0]], &[4.0, 4.0]).unwrap();
    assert_eq!(solve(&matrix, SolutionConcept::Nash), None);
    let nash = Lotteries::over(&matrix)
        .unwrap()
        .solve(SolutionConcept::Nash)
        .unwrap();
    assert_eq!(
        (nash.value, nash.lotteries[0].payoffs.clone()),
        (1.0, vec![5.0, 5.0])
    );
    // On the line itself nobody gains, and no rounding makes it so.
    let third = PayoffMatrix::from_vectors(&[[9.0, 0.0], [0.0, 9.0]], &[3.0, 6.0]).unwrap();
    assert!(
        Lotteries::over(&third)
            .unwrap()
            .solve(SolutionConcept::Nash)
            .is_none()
    );
}

#[test]
fn both_ends_of_a_side_with_the_highest_sum_are_given() {
    let vectors = [[5.0, 1.0], [3.0, 3.0], [1.0, 4.0]];
    let matrix = PayoffMatrix::from_vectors(&vectors, &[0.0, 2.0]).unwrap();
    let found = Lotteries::over(&matrix).unwrap();
    let found = found
        .solve(SolutionConcept::Utilitarian(Scale::Raw))
        .unwrap();
    let ends: Vec<&[f64]> = found.lotteries.iter().map(|it| &it.payoffs[..]).collect();
    // The side goes on to (5, 1), where the second party would lose.
    assert_eq!(
        (found.value, ends),
        (6.0, vec![&[4.0, 2.0][..], &[3.0, 3.0]])
    );
}

#[test]
fn raiffas_steps_meet_the_border() {
    // Symmetric problems are solved evenly, and steps from (0, 0) under a line meet it at once.
    let vectors = [[6.0, 0.0], [0.0, 3.0]];
    let matrix = PayoffMatrix::from_vectors(&vectors, &[0.0, 0.0]).unwrap();
    let found = Lotteries::over(&matrix)
        .unwrap()
        .solve(SolutionConcept::Raiffa)
        .unwrap();
    assert_eq!(found.lotteries[0].payoffs, [3.0, 1.5]);
}

#[test]
fn coupled_issues_have_a_budget() {
    let pairs: Vec<[(usize, usize); 2]> =
        (0..29).map(|issue| [(issue, 0), (issue + 1, 0)]).collect();
    let space = pairs
        .iter()
        .try_fold(AgreementSpace::new(&[4; 30]).unwrap(), |space, pair| {
            space.forbidding(pair)
        })
        .unwrap();
    let utility = Utility::additive(0.0, vec![vec![0.0; 4]; 30]).unwrap();
    let error = Lotteries::new(&space, &[utility.clone(), utility], &[0.0; 2]).unwrap_err();
    assert!(
        matches!(
            error,
            PayoffError::TooManyJoint {
                first: 0,
                n_issues: 30,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let space = AgreementSpace::new(&[2, 2]).unwrap();
    let utility = Utility::additive(0.0, vec![vec![0.0, 1.0]; 2]).unwrap();
    let with = |utilities: &[Utility], d: &[f64]| Lotteries::new(&space, utilities, d).unwrap_err();
    assert_eq!(with(&[], &[]), PayoffError::NoParties);
    let short = with(std::slice::from_ref(&utility), &[]);
    assert!(matches!(
        short,
        PayoffError::MissingNonagreement { party: 0, .. }
    ));
    let nan = with(std::slice::from_ref(&utility), &[f64::NAN]);
    assert!(matches!(nan, PayoffError::NotFinite { .. }));
    let narrow = Utility::additive(0.0, vec![vec![0.0, 1.0]]).unwrap();
    assert!(matches!(
        with(&[narrow], &[0.0]),
        PayoffError::Mismatch { .. }
    ));
    let table = Utility::table(vec![0.0; 3]).unwrap();
    assert!(matches!(
        with(&[table], &[0.0]),
        PayoffError::Mismatch { .. }
    ));
    let huge = Utility::additive(0.0, vec![vec![f64::MAX / 8.0, 0.0]; 2]).unwrap();
    let overflow = with(&[huge.clone(), huge], &[0.0, 0.0]);
    assert!(
        matches!(overflow, PayoffError::Overflow { .. }),
        "{overflow}"
    );
    let barred = space
        .clone()
        .forbidding(&[(0, 0)])
        .unwrap()
        .forbidding(&[(0, 1)])
        .unwrap();
    let error = Lotteries::new(&barred, std::slice::from_ref(&utility), &[0.0]).unwrap_err();
    assert_eq!(error, PayoffError::NothingFeasible);
    let none = PayoffMatrix::from_vectors::<[f64; 1]>(&[], &[0.0]).unwrap();
    assert!(Lotteries::over(&none).is_err());
    let lotteries = Lotteries::new(&space, &[utility], &[0.0]).unwrap();
    assert!(lotteries.best(&[1.0, 2.0]).is_err() && lotteries.best(&[f64::NAN]).is_err());
    assert_eq!(lotteries.best(&[1.0]).unwrap().package, [1, 1]);
    assert!(lotteries.proportional(&[0.0]).is_err() && lotteries.gupta_livne(&[9.0]).is_err());
    assert_eq!(lotteries.corners(), None);
}

#[test]
fn what_is_left_of_rounding_is_not_drawn() {
    use crate::{instances::Family, strategies};
    use proptest::{
        strategy::{Strategy, ValueTree},
        test_runner::{Config, RngSeed, TestRunner},
    };
    let (space, utilities) = Family::Opposed.instance(3, &[10; 10]).unwrap();
    let mut problems = vec![(space, utilities, vec![20_000.0; 3])];
    let seeded = Config {
        rng_seed: RngSeed::Fixed(7),
        ..Config::default()
    };
    let mut runner = TestRunner::new(seeded);
    for _ in 0..60 {
        let tree = strategies::negotiation(3..=3)
            .new_tree(&mut runner)
            .unwrap();
        let (space, utilities) = tree.current();
        problems.push((space, utilities, vec![0.0; 3]));
    }
    for (space, utilities, without) in problems {
        let lotteries = Lotteries::new(&space, &utilities, &without).unwrap();
        for concept in SolutionConcept::ALL {
            let Some(found) = lotteries.solve(concept) else {
                continue;
            };
            let prizes = &found.lotteries[0].prizes;
            assert!(
                prizes.iter().all(|prize| prize.probability > 1e-7),
                "{concept}"
            );
            let sum: f64 = prizes.iter().map(|prize| prize.probability).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{concept}: {sum}");
        }
    }
}
