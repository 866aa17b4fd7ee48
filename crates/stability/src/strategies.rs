//! Generators of valid statements, preferences and conflicts for property tests (feature `proptest`).
//!
//! ```
//! use detente_stability::{Concept, strategies};
//! use proptest::{prelude::*, test_runner::TestRunner};
//!
//! TestRunner::deterministic().run(&strategies::conflict(1..=3, 1..=6), |conflict| {
//!     let nash = conflict.stability(Concept::Nash).equilibria();
//!     let metarational = conflict.stability(Concept::General).equilibria();
//!     prop_assert!(nash.iter().all(|state| metarational.contains(state)));
//!     Ok(())
//! }).unwrap();
//! ```

use std::ops::RangeInclusive;

use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{Comparison, Conflict, Move, MoveGraph, Preference, Statement};

/// A statement about options `0..n_options`, of up to sixteen words or so.
pub fn statement(n_options: usize) -> impl Strategy<Value = Statement> {
    let leaf = (0..n_options.max(1)).prop_map(Statement::taken);
    leaf.prop_recursive(4, 16, 2, |inner| {
        let two = (inner.clone(), inner.clone(), 0..4);
        let joined = two.prop_filter_map("a short statement", |(one, other, how)| {
            let statement = match how {
                0 => one.and(other),
                1 => one.or(other),
                2 => one.provided(other),
                _ => one.iff(other),
            };
            statement.ok()
        });
        let negated = inner.prop_filter_map("a short statement", |it| it.negated().ok());
        prop_oneof![2 => joined, 1 => negated]
    })
}

/// A full ranking of so many states, often with ties.
pub fn ranking(n_states: usize) -> impl Strategy<Value = Preference> {
    vec(0..=n_states, n_states).prop_map(|places| Preference::of_places(&places))
}

/// A preference over so many states: a full ranking, or what some comparisons tell of one.
pub fn preference(n_states: usize) -> impl Strategy<Value = Preference> {
    let partial = (
        ranking(n_states),
        vec((any::<Index>(), any::<Index>()), 0..=n_states),
    )
        .prop_filter_map("comparisons of a ranking", move |(ranking, pairs)| {
            let compared = pairs.into_iter().map(|(one, other)| {
                let (one, other) = (one.index(n_states), other.index(n_states));
                match (ranking.prefers(one, other), ranking.prefers(other, one)) {
                    (true, _) => Comparison::Better(one, other),
                    (_, true) => Comparison::Better(other, one),
                    _ => Comparison::Equal(one, other),
                }
            });
            Preference::partial(n_states, &compared.collect::<Vec<_>>()).ok()
        });
    prop_oneof![1 => ranking(n_states), 1 => partial]
}

/// The moves of so many players between so many states, some of them one way.
pub fn graph(n_players: usize, n_states: usize) -> impl Strategy<Value = MoveGraph> {
    let step = (0..n_players, any::<Index>(), any::<Index>(), any::<bool>());
    vec(step, 0..=3 * n_states).prop_filter_map("a graph", move |steps| {
        let moves = steps.into_iter().flat_map(|(player, from, to, back)| {
            let (from, to) = (from.index(n_states), to.index(n_states));
            let there = Move { player, from, to };
            let again = Move {
                player,
                from: to,
                to: from,
            };
            [Some(there), Some(again).filter(|_| back)]
                .into_iter()
                .flatten()
        });
        let moves: Vec<Move> = moves.filter(|it| it.from != it.to).collect();
        MoveGraph::new(n_players, n_states, &moves).ok()
    })
}

/// A conflict whose rankings are known in full.
pub fn conflict(
    n_players: RangeInclusive<usize>,
    n_states: RangeInclusive<usize>,
) -> impl Strategy<Value = Conflict> {
    (n_players, n_states).prop_flat_map(|(n_players, n_states)| {
        (
            graph(n_players, n_states),
            vec(ranking(n_states), n_players),
        )
            .prop_filter_map("a conflict", |(graph, it)| Conflict::new(graph, it).ok())
    })
}

/// A conflict in which some rankings may be known in part only.
pub fn uncertain_conflict(
    n_players: RangeInclusive<usize>,
    n_states: RangeInclusive<usize>,
) -> impl Strategy<Value = Conflict> {
    (n_players, n_states).prop_flat_map(|(n_players, n_states)| {
        (
            graph(n_players, n_states),
            vec(preference(n_states), n_players),
        )
            .prop_filter_map("a conflict", |(graph, it)| Conflict::new(graph, it).ok())
    })
}
