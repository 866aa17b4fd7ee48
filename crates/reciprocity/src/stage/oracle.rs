//! Equilibria by enumerating supports, independently of tableaux: what the enumeration of vertices
//! is checked against.

use std::collections::BTreeSet;

use num_bigint::BigInt;
use proptest::prelude::*;

use crate::{
    Bimatrix, Equilibrium, Limits, MixedStrategy, all_equilibria, lemke_howson, one_equilibrium,
    regrets, strategies,
};

type Matrix = Vec<Vec<i128>>;

fn whole(payoffs: &[f64], n_columns: usize) -> Matrix {
    let line = |line: &[f64]| line.iter().map(|&payoff| payoff as i128).collect();
    payoffs.chunks(n_columns).map(line).collect()
}

/// The determinant, by elimination without fractions.
fn determinant(mut matrix: Matrix) -> i128 {
    let (n, mut sign, mut last) = (matrix.len(), 1, 1);
    for k in 0..n {
        let Some(pivot) = (k..n).find(|&row| matrix[row][k] != 0) else {
            return 0;
        };
        if pivot != k {
            matrix.swap(pivot, k);
            sign = -sign;
        }
        for i in k + 1..n {
            for j in k + 1..n {
                matrix[i][j] = (matrix[i][j] * matrix[k][k] - matrix[i][k] * matrix[k][j]) / last;
            }
        }
        last = matrix[k][k];
    }
    sign * last
}

/// The strategy on exactly `support` that makes the `replies` of the other equally good, if there
/// is one and only one, by Cramer's rule. `other[own][reply]` is what the other gets.
fn indifferent(other: &Matrix, support: &[usize], replies: &[usize]) -> Option<Vec<i128>> {
    // Unknowns: the weights and the other's payoff. Equations: one a reply, and the sum.
    let n = support.len() + 1;
    let equation = |reply: &usize| {
        let worths = support.iter().map(|&own| other[own][*reply]);
        worths.chain([-1]).collect::<Vec<i128>>()
    };
    let mut system: Matrix = replies.iter().map(equation).collect();
    system.push((0..n).map(|at| i128::from(at + 1 < n)).collect());
    let scale = determinant(system.clone());
    let weight = |at: usize| {
        let mut replaced = system.clone();
        for (row, line) in replaced.iter_mut().enumerate() {
            line[at] = i128::from(row + 1 == n);
        }
        determinant(replaced) * scale.signum()
    };
    let weights: Vec<i128> = (0..support.len()).map(weight).collect();
    (scale != 0 && weights.iter().all(|&weight| weight > 0)).then(|| {
        let mut strategy = vec![0; other.len()];
        for (&own, weight) in support.iter().zip(weights) {
            strategy[own] = weight;
        }
        strategy
    })
}

fn sets(n: usize) -> impl Iterator<Item = Vec<usize>> {
    (1..1_usize << n).map(move |set| (0..n).filter(|at| set >> at & 1 == 1).collect())
}

fn best_replies(other: &Matrix, strategy: &[i128]) -> Vec<usize> {
    let n_replies = other[0].len();
    let worth = |reply: usize| -> i128 {
        strategy
            .iter()
            .zip(other)
            .map(|(weight, line)| weight * line[reply])
            .sum()
    };
    let best = (0..n_replies).map(worth).max().unwrap();
    (0..n_replies)
        .filter(|&reply| worth(reply) == best)
        .collect()
}

/// The strategies that are the only ones with their support against which some replies are best.
fn extreme_strategies(other: &Matrix) -> BTreeSet<Vec<i128>> {
    let mut found = BTreeSet::new();
    for support in sets(other.len()) {
        for replies in sets(other[0].len()).filter(|replies| replies.len() == support.len()) {
            let strategy = indifferent(other, &support, &replies);
            found.extend(strategy.filter(|strategy| {
                let best = best_replies(other, strategy);
                replies.iter().all(|reply| best.contains(reply))
            }));
        }
    }
    found
}

fn supports_within(strategy: &[i128], replies: &[usize]) -> bool {
    (0..strategy.len()).all(|at| strategy[at] == 0 || replies.contains(&at))
}

fn mixed(weights: &[i128]) -> MixedStrategy {
    MixedStrategy::of_entries(
        &weights
            .iter()
            .map(|&it| BigInt::from(it))
            .collect::<Vec<_>>(),
    )
    .unwrap()
}

/// The extreme equilibria: pairs of extreme strategies that are best replies to each other.
fn extreme_equilibria(game: &Bimatrix) -> BTreeSet<(MixedStrategy, MixedStrategy)> {
    let turned = game.mirrored();
    // What the column gets by the row's action and its own, and the other way round.
    let columns = whole(game.column_payoffs(), game.n_columns());
    let rows = whole(turned.column_payoffs(), game.n_rows());
    let mut found = BTreeSet::new();
    let replies_to: Vec<_> = extreme_strategies(&rows)
        .into_iter()
        .map(|column| (best_replies(&rows, &column), column))
        .collect();
    for row in extreme_strategies(&columns) {
        let best = best_replies(&columns, &row);
        for (replies, column) in &replies_to {
            if supports_within(&row, replies) && supports_within(column, &best) {
                found.insert((mixed(&row), mixed(column)));
            }
        }
    }
    found
}

#[track_caller]
fn is_equilibrium(game: &Bimatrix, row: &MixedStrategy, column: &MixedStrategy) -> bool {
    regrets(game, row, column)
        .unwrap()
        .iter()
        .all(crate::Fraction::is_zero)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12_000))]

    #[test]
    fn all_equilibria_are_those_of_the_supports(game in strategies::bimatrix()) {
        let found = all_equilibria(&game, Limits::default()).unwrap();
        let pair = |it: &Equilibrium| (it.row.clone(), it.column.clone());
        let pairs: BTreeSet<_> = found.extreme.iter().map(pair).collect();
        prop_assert_eq!(&pairs, &extreme_equilibria(&game));
        prop_assert!(found.extreme.is_sorted());
        for equilibrium in &found.extreme {
            prop_assert!(is_equilibrium(&game, &equilibrium.row, &equilibrium.column));
        }

        // Subsets are products, hold nothing but extreme equilibria, and together all of them.
        let mut covered = BTreeSet::new();
        for component in &found.components {
            let mut own = BTreeSet::new();
            for subset in &component.subsets {
                let product = subset.rows.iter().flat_map(|row| {
                    subset.columns.iter().map(|column| (row.clone(), column.clone()))
                });
                own.extend(product);
            }
            let listed: BTreeSet<_> = component.extreme.iter().map(|&at| pair(&found.extreme[at])).collect();
            prop_assert_eq!(&own, &listed);
            prop_assert!(covered.is_disjoint(&own));
            covered.extend(own);
        }
        prop_assert_eq!(&covered, &pairs);

        let pure: Vec<_> = found.extreme.iter().filter(|it| it.is_pure()).map(|it| {
            (it.row.support().next().unwrap(), it.column.support().next().unwrap())
        }).collect();
        prop_assert_eq!(pure, game.pure_equilibria());

        for label in 0..game.n_rows() + game.n_columns() {
            let one = lemke_howson(&game, label, Limits::default()).unwrap();
            prop_assert!(pairs.contains(&pair(&one)));
        }
        let one = one_equilibrium(&game, Limits::default()).unwrap();
        prop_assert!(pairs.contains(&pair(&one)));
    }
}
