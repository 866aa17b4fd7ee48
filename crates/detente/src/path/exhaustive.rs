//! The search of a case against trying every sequence, and against a search that passes over less.

use detente_quantity::Probability;
use detente_reassurance::{Criterion, Judge, PathTotals};
use proptest::prelude::*;

use super::*;
use crate::{Case, strategies::case};

/// Orders of the criteria, each of them first once.
const ORDERS: [[Criterion; 4]; 4] = {
    use Criterion::{ExpectedLoss, Exposure, Rungs, Time};
    [
        [Exposure, ExpectedLoss, Rungs, Time],
        [ExpectedLoss, Exposure, Time, Rungs],
        [Rungs, Exposure, Time, ExpectedLoss],
        [Time, Rungs, ExpectedLoss, Exposure],
    ]
};

fn asked_in_any_way() -> impl Strategy<Value = PathOptions> {
    let ways = (0..4_usize, 0..ORDERS.len(), any::<bool>(), any::<bool>());
    ways.prop_map(|(kind, order, halves, misread)| PathOptions {
        partners: Partners::ALL[kind % 2],
        read: ReadAs::ALL[kind / 2],
        shares: if halves { vec![0.5, 1.0] } else { vec![1.0] },
        order: ORDERS[order],
        most_rungs: 3,
        effort: 200_000,
        misread: Probability::new(if misread { 0.05 } else { 0.0 }).unwrap(),
        ..PathOptions::default()
    })
}

/// A judge of this case, as `path` asks it, and its best agreement; `None` where there is nothing to reach.
fn judged<T>(
    case: &Case,
    options: &PathOptions,
    ask: impl FnOnce(CaseJudge<'_>) -> T,
) -> Option<T> {
    let model = Model::compile(case).unwrap();
    let until = until(&model, &Options::default());
    let mut world = World::default();
    world
        .fill(&model, &model.central(), until, |_| None)
        .unwrap();
    let target = *target::targets(&model, &world, None).unwrap().first()?;
    let judge = CaseJudge::new(&model, &world, (target, until), options).unwrap();
    Some(ask(judge))
}

/// What every sequence of at most three rungs comes to that all accept.
fn every_path(judge: &CaseJudge<'_>) -> Vec<PathTotals> {
    let mut found = Vec::new();
    let none = PathTotals {
        exposure: 0.0,
        expected_loss: 0.0,
        rungs: 0,
        time: 0.0,
    };
    let mut waiting = vec![(judge.start().unwrap(), none)];
    while let Some((state, before)) = waiting.pop() {
        for rung in 0..judge.count() {
            if !judge.ruling(&state, rung).accepts() {
                continue;
            }
            let risk = judge.risk(&state, rung);
            let totals = PathTotals {
                exposure: before.exposure.max(risk.exposure),
                expected_loss: before.expected_loss + risk.expected_loss,
                rungs: before.rungs + 1,
                time: before.time + risk.time,
            };
            if rung == judge.target() {
                found.push(totals);
            } else if totals.rungs < 3 {
                waiting.push((judge.honoured(&state, rung), totals));
            }
        }
    }
    found
}

fn ordered(totals: PathTotals, order: [Criterion; 4]) -> [f64; 4] {
    order.map(|criterion| match criterion {
        Criterion::Exposure => totals.exposure,
        Criterion::ExpectedLoss => totals.expected_loss,
        Criterion::Rungs => totals.rungs as f64,
        Criterion::Time => totals.time,
    })
}

/// Less than a rounding apart in the first criterion in which they are apart at all.
fn tie(one: [f64; 4], other: [f64; 4]) -> bool {
    let mut apart = one
        .iter()
        .zip(other)
        .map(|(one, other)| (one - other).abs());
    apart.find(|it| *it > 0.0).is_none_or(|it| it < 1e-12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    /// What is passed over for another that holds more trust would have led to nothing better: the same comes of it where
    /// only the same standpoint is passed over, and of trying every sequence.
    #[test]
    fn the_best_path_of_a_case_is_the_best_of_all(case in case(), options in asked_in_any_way()) {
        let tried = judged(&case, &options, |judge| {
            let (start, goal) = (judge.start().unwrap(), goal(&judge, &options));
            let best = cheapest_path(&judge, &start, &goal).unwrap();
            let small = judge.count() <= 8;
            let all = small.then(|| every_path(&judge));
            let plain = judge.comparing_only_equals();
            let plain = cheapest_path(&plain, &plain.start().unwrap(), &goal).unwrap();
            (best, plain, all)
        });
        let Some((best, plain, all)) = tried else { return Ok(()) };
        let totals = |answer: &PathAnswer<Standpoint>| {
            answer.paths.first().map(|it| ordered(it.totals, options.order))
        };
        if plain.end != PathEnd::BudgetSpent {
            prop_assert_ne!(&best.end, &PathEnd::BudgetSpent);
            prop_assert_eq!(outcome(&best), outcome(&plain));
            if let (Some(best), Some(plain)) = (totals(&best), totals(&plain)) {
                prop_assert!(tie(best, plain), "{:?} {:?}", best, plain);
            }
        }
        if let Some(all) = all {
            let all = all.iter().map(|it| ordered(*it, options.order));
            let least = all.min_by(|one, other| one.partial_cmp(other).unwrap());
            prop_assert_eq!(totals(&best).is_some(), least.is_some());
            if let (Some(best), Some(least)) = (totals(&best), least) {
                prop_assert!(tie(best, least), "{:?} {:?}", best, least);
            }
        }
    }
}
