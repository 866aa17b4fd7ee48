//! Searches against trying every sequence, and paths against their checker.

use detente_quantity::{LogOdds, Probability};
use proptest::prelude::*;

use super::*;
use crate::strategies::mutual_trust;

const ORDERS: [[Criterion; 4]; 4] = {
    use Criterion::{ExpectedLoss, Exposure, Rungs, Time};
    [
        [Exposure, ExpectedLoss, Rungs, Time],
        [ExpectedLoss, Exposure, Time, Rungs],
        [Rungs, Exposure, Time, ExpectedLoss],
        [Time, Rungs, ExpectedLoss, Exposure],
    ]
};

fn goal(target: usize, order: [Criterion; 4]) -> PathGoal {
    PathGoal {
        target,
        order,
        most_rungs: 4,
        effort: 1_000_000,
    }
}

fn start_at(one: f64, other: f64) -> TrustPair {
    let odds = |p: f64| Probability::new(p).unwrap().log_odds().unwrap();
    TrustPair::new([odds(one), odds(other)])
}

/// The totals of every path of at most four rungs.
fn every_path(judge: &MutualTrust, state: &TrustPair, target: usize) -> Vec<PathTotals> {
    let mut found = Vec::new();
    let mut waiting = vec![(*state, PathTotals::NONE)];
    while let Some((state, totals)) = waiting.pop() {
        for rung in 0..judge.rungs() {
            if !judge.ruling(&state, rung).accepts() {
                continue;
            }
            let totals = totals.with(judge.risk(&state, rung));
            if rung == target {
                found.push(totals);
            } else if totals.rungs < 4 {
                waiting.push((judge.honoured(&state, rung), totals));
            }
        }
    }
    found
}

fn key(totals: PathTotals, order: [Criterion; 4]) -> [f64; 4] {
    order.map(|criterion| match criterion {
        Criterion::Exposure => totals.exposure,
        Criterion::ExpectedLoss => totals.expected_loss,
        Criterion::Rungs => totals.rungs as f64,
        Criterion::Time => totals.time,
    })
}

fn close(one: [f64; 4], other: [f64; 4]) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| (one - other).abs() < 1e-9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_best_path_is_the_best_of_all(
        judge in mutual_trust(5), one in 0.1..0.8_f64, other in 0.1..0.8_f64, order in 0..ORDERS.len(),
    ) {
        let (target, start, order) = (judge.rungs() - 1, start_at(one, other), ORDERS[order]);
        let goal = goal(target, order);
        let answer = cheapest_path(&judge, &start, &goal).unwrap();
        let all = every_path(&judge, &start, target);
        let best = all.iter().map(|it| key(*it, order)).min_by(|a, b| a.partial_cmp(b).unwrap());
        prop_assert_eq!(answer.paths.is_empty(), best.is_none());
        if let (Some(path), Some(best)) = (answer.paths.first(), best) {
            prop_assert_eq!(check_path(&judge, &start, &goal, path), Ok(()));
            prop_assert!(close(key(path.totals, order), best), "{:?} {:?}", path.totals, best);
        } else {
            prop_assert!(matches!(answer.end, PathEnd::NoPath(_)));
        }
    }

    #[test]
    fn the_pareto_set_is_what_nothing_betters(
        judge in mutual_trust(5), one in 0.1..0.8_f64, other in 0.1..0.8_f64,
    ) {
        let (target, start, order) = (judge.rungs() - 1, start_at(one, other), ORDERS[0]);
        let goal = goal(target, order);
        let answer = pareto_paths(&judge, &start, &goal).unwrap();
        let all = every_path(&judge, &start, target);
        for path in &answer.paths {
            prop_assert_eq!(check_path(&judge, &start, &goal, path), Ok(()));
            let mine = key(path.totals, order);
            let bettered = all.iter().map(|it| key(*it, order)).any(|it| {
                it.iter().zip(mine).all(|(it, mine)| *it <= mine)
                    && it.iter().zip(mine).any(|(it, mine)| *it < mine)
            });
            prop_assert!(!bettered, "{mine:?}");
        }
        for totals in &all {
            let it = key(*totals, order);
            let matched = answer.paths.iter().map(|path| key(path.totals, order)).any(|mine| {
                mine.iter().zip(it).all(|(mine, it)| *mine <= it + 1e-9)
            });
            prop_assert!(matched, "{it:?} of {}", answer.paths.len());
        }
    }

    #[test]
    fn a_judge_keeps_its_promises(
        judge in mutual_trust(5), (one, other) in (0.1..0.8_f64, 0.1..0.8_f64), (more, and_more) in (0.0..3.0_f64, 0.0..3.0_f64),
    ) {
        let less = start_at(one, other);
        let up = |odds: LogOdds, by: f64| LogOdds::new(odds.get() + by).unwrap();
        let trust = [up(less.odds()[0], more), up(less.odds()[1], and_more)];
        let trust = TrustPair::from([less.odds(), trust]);
        prop_assert!(judge.covers(&trust, &less) && judge.covers(&less, &less));
        for rung in 0..judge.rungs() {
            prop_assert!(!judge.ruling(&less, rung).accepts() || judge.ruling(&trust, rung).accepts());
            let (risk, before) = (judge.risk(&trust, rung), judge.risk(&less, rung));
            prop_assert!(risk.expected_loss <= before.expected_loss && risk.exposure == before.exposure);
            prop_assert!(judge.covers(&judge.honoured(&trust, rung), &judge.honoured(&less, rung)));
            // What lies ahead is no less than was said, however many rungs were to come.
            let target = judge.target();
            let (now, then) = (judge.least_ahead(&less, target, 1), judge.honoured(&less, rung));
            let risk = judge.risk(&then, target);
            prop_assert!(now.exposure <= risk.exposure && now.time <= risk.time);
            prop_assert!(now.expected_loss <= risk.expected_loss + 1e-12);
        }
    }
}

/// What a search cost, by its counters.
fn cost(work: SearchWork) -> usize {
    work.rulings + work.comparisons / 25 + work.told
}

/// Trust can always rise a little more here, so that however many steps are allowed there is a longer path that
/// risks less in sum: only the effort allowed ends the search.
#[test]
fn effort_bounds_a_search_however_many_rungs_are_allowed() {
    let judge = MutualTrust::new(vec![rung(0.3, 1e-9, 1.01), rung(1.0, 2.0, 9.0)], 1).unwrap();
    let start = start_at(0.7, 0.7);
    for effort in [1_000, 30_000] {
        let goal = PathGoal {
            most_rungs: 1_000_000,
            effort,
            ..goal(1, ORDERS[0])
        };
        for answer in [
            cheapest_path(&judge, &start, &goal).unwrap(),
            pareto_paths(&judge, &start, &goal).unwrap(),
        ] {
            let work = answer.work;
            assert_eq!(answer.end, PathEnd::BudgetSpent, "{work:?}");
            assert!(cost(work) <= effort + work.followed, "{work:?}");
            assert!(0 < work.waiting);
            // What was met so far is given, and holds.
            assert!(!answer.paths.is_empty());
            for path in &answer.paths {
                assert_eq!(check_path(&judge, &start, &goal, path), Ok(()));
            }
        }
    }
}

#[test]
fn effort_bounds_the_search_for_the_binding_rung() {
    // Behind a rung that can be taken again and again two that are refused the less the more trust there is, and that
    // lead where others were before, and a target that is out of reach.
    let steps = vec![
        rung(0.3, 1e-9, 1.01),
        rung(0.3, 1e6, 1.01),
        rung(0.3, 1e6, 1.01),
        rung(1.0, 1e300, 9.0),
    ];
    let judge = MutualTrust::new(steps, 3).unwrap();
    let goal = PathGoal {
        most_rungs: 1_000,
        effort: 25_500,
        ..goal(3, ORDERS[0])
    };
    let answer = cheapest_path(&judge, &start_at(0.7, 0.7), &goal).unwrap();
    assert!(matches!(answer.end, PathEnd::NoPath(Some(_))));
    assert!(cost(answer.work) <= 2 * goal.effort, "{:?}", answer.work);
    // The search itself runs into the same bound by comparing alone, for nothing is ever reached.
    let longer = PathGoal {
        most_rungs: 1_000_000,
        ..goal
    };
    let answer = cheapest_path(&judge, &start_at(0.7, 0.7), &longer).unwrap();
    assert_eq!(answer.end, PathEnd::BudgetSpent);
    assert!(cost(answer.work) <= goal.effort + 100, "{:?}", answer.work);
}

fn rung(gain: f64, loss: f64, evidence: f64) -> MutualRung {
    MutualRung {
        sides: [RungStake {
            gain,
            loss,
            evidence,
        }; 2],
        time: 1.0,
    }
}

#[test]
fn a_forged_path_is_caught() {
    let judge = MutualTrust::new(vec![rung(0.3, 0.2, 4.0), rung(1.0, 2.0, 9.0)], 1).unwrap();
    let start = start_at(0.5, 0.5);
    let goal = goal(1, ORDERS[2]);
    let honest = cheapest_path(&judge, &start, &goal)
        .unwrap()
        .paths
        .remove(0);
    let fault = |change: &dyn Fn(&mut Path<TrustPair>)| {
        let mut forged = honest.clone();
        change(&mut forged);
        check_path(&judge, &start, &goal, &forged)
    };
    assert_eq!(fault(&|_| ()), Ok(()));
    assert_eq!(fault(&|path| path.rungs.clear()), Err(PathFault::Empty));
    assert!(matches!(
        fault(&|path| {
            path.rungs.remove(0);
        }),
        Err(PathFault::Refused { place: 1, .. })
    ));
    assert!(matches!(
        fault(&|path| {
            path.rungs.pop();
        }),
        Err(PathFault::WrongEnd { given: 0, .. })
    ));
    assert!(matches!(
        fault(&|path| path.rungs[0].rung = 7),
        Err(PathFault::Unknown { given: 7, .. })
    ));
    assert!(matches!(
        fault(&|path| path.totals.time += 1.0),
        Err(PathFault::Record { .. })
    ));
    let rung = |what| Err(PathFault::Rung { place: 2, what });
    let elsewhere = start_at(0.6, 0.5);
    assert_eq!(
        fault(&|path| path.rungs[1].state = elsewhere),
        rung("standpoint")
    );
    assert_eq!(
        fault(&|path| path.rungs[1].ruling.margin += 1e-15),
        rung("ruling")
    );
    assert_eq!(
        fault(&|path| path.rungs[1].risk.exposure += 1e-15),
        rung("risk")
    );
    let shorter = PathGoal {
        most_rungs: 1,
        ..goal
    };
    let too_long = PathFault::TooLong { given: 2, limit: 1 };
    assert_eq!(check_path(&judge, &start, &shorter, &honest), Err(too_long));
}

/// Lost at each rung if the other cheats, times the chance that it was not seen to before: two rungs of 0.1 that halve
/// it, and a target of 1.5.
#[test]
fn the_expected_loss_is_that_of_trusting_an_untrustworthy_one() {
    let judge = MutualTrust::new(vec![rung(0.2, 0.1, 2.0), rung(1.0, 1.5, 2.0)], 1).unwrap();
    let (start, goal) = (start_at(0.4, 0.4), goal(1, ORDERS[2]));
    let path = &cheapest_path(&judge, &start, &goal).unwrap().paths[0];
    assert_eq!(path.totals.rungs, 3);
    assert!((path.totals.expected_loss - 0.525).abs() < 1e-12);
    // One in whom it is not known pays that with the chance of 0.6, for the chance to come so far and be cheated
    // is at each rung what is left of those 0.6.
    let mut expected = 0.0;
    for step in &path.rungs {
        let trust = step.state.odds()[0].probability().get();
        let came_so_far = 0.4 / trust;
        expected += came_so_far * (1.0 - trust) * step.risk.exposure;
    }
    assert!((expected - 0.315).abs() < 1e-12);
    assert!((0.6 * path.totals.expected_loss - expected).abs() < 1e-12);
}

/// A rung of which a hundredth is at stake is refused as far from acceptance as the whole of it: one a little less
/// unequal is nearer.
#[test]
fn the_binding_rung_is_not_the_smallest() {
    let steps = vec![
        rung(0.01, 0.04, 2.0),
        rung(0.5, 1.0, 2.0),
        rung(1.0, 9.0, 2.0),
    ];
    let judge = MutualTrust::new(steps, 2).unwrap();
    let answer = cheapest_path(&judge, &start_at(0.5, 0.5), &goal(2, ORDERS[0])).unwrap();
    let PathEnd::NoPath(Some(blocked)) = answer.end else {
        panic!("{answer:?}");
    };
    assert_eq!(blocked.rung, 1);
}

#[test]
fn what_cannot_be_searched_is_refused_or_said() {
    let judge = MutualTrust::new(vec![rung(0.3, 0.2, 4.0), rung(1.0, 2.0, 9.0)], 1).unwrap();
    let start = start_at(0.5, 0.5);
    let twice = [
        Criterion::Time,
        Criterion::Time,
        Criterion::Rungs,
        Criterion::Exposure,
    ];
    assert!(cheapest_path(&judge, &start, &goal(1, twice)).is_err());
    assert!(cheapest_path(&judge, &start, &goal(2, ORDERS[0])).is_err());
    let poor = PathGoal {
        effort: 2,
        ..goal(1, ORDERS[0])
    };
    assert_eq!(
        cheapest_path(&judge, &start, &poor).unwrap().end,
        PathEnd::BudgetSpent
    );
    let short = PathGoal {
        most_rungs: 1,
        ..goal(1, ORDERS[0])
    };
    assert!(
        matches!(cheapest_path(&judge, &start, &short).unwrap().end, PathEnd::NoPath(Some(it)) if it.rung == 1)
    );
    assert!(MutualTrust::new(vec![], 0).is_err());
    assert!(MutualTrust::new(vec![rung(-1.0, 0.0, 1.0)], 0).is_err());
    assert!(MutualTrust::new(vec![rung(1.0, f64::NAN, 1.0)], 0).is_err());
    assert!(MutualTrust::new(vec![rung(1.0, 1.0, 0.0)], 0).is_err());
}
