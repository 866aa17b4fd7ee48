use proptest::prelude::*;

use super::*;
use crate::{gambit::efg, strategies};

fn game(text: &str) -> StrategicGame {
    let tree = efg::read(text, &Limits::default()).unwrap();
    tree.normal_form(&Limits::default()).unwrap()
}

#[test]
fn chance_is_weighed_exactly() {
    // Three thirds of a tenth are a tenth, where doubles would make it a little more.
    let text = "EFG 2 R \"x\" { \"a\" } c \"\" 1 \"\" { \"l\" 1/3 \"m\" 1/3 \"r\" 1/3 } 0
        t \"\" 1 \"\" { 0.1 } t \"\" 1 t \"\" 1";
    let game = game(text);
    assert_eq!(game.payoffs().payoffs(0), Some(&[0.1][..]));
    assert_eq!(game.actions(), [["*"]]);
}

#[test]
fn own_choices_rule_out_what_follows() {
    // The first player stops, or goes on and moves again: three strategies, not four.
    let text = "EFG 2 R \"x\" { \"a\" \"b\" }
        p \"\" 1 1 \"\" { \"stop\" \"go\" } 0
        t \"\" 1 \"\" { 1 0 }
        p \"\" 2 1 \"\" { \"l\" \"r\" } 0
        p \"\" 1 2 \"\" { \"u\" \"d\" } 0
        t \"\" 2 \"\" { 2 2 }
        t \"\" 3 \"\" { 3 3 }
        t \"\" 4 \"\" { 4 4 }";
    let game = game(text);
    assert_eq!(game.actions()[0], ["stop, *", "go, u", "go, d"]);
    let payoffs = game.payoffs();
    assert_eq!(
        payoffs.payoffs(0),
        Some(&[1.0, 1.0, 2.0, 4.0, 3.0, 4.0][..])
    );
}

#[test]
fn a_forgetful_player_moves_alike_in_one_set() {
    let text = "EFG 2 R \"x\" { \"a\" }
        p \"\" 1 1 \"\" { \"on\" \"exit\" } 0
        p \"\" 1 1 0
        t \"\" 1 \"\" { 1 }
        t \"\" 2 \"\" { 4 }
        t \"\" 3 \"\" { 0 }";
    let game = game(text);
    assert_eq!(game.payoffs().payoffs(0), Some(&[1.0, 0.0][..]));
}

#[test]
fn payoffs_on_the_way_add_up() {
    let text = "EFG 2 R \"x\" { \"a\" } p \"\" 1 1 \"\" { \"l\" \"r\" } 1 \"toll\" { -0.3 }
        t \"\" 2 \"\" { 0.1 } t \"\" 0";
    let game = game(text);
    assert_eq!(game.payoffs().payoffs(0), Some(&[-0.2, -0.3][..]));
}

#[test]
fn what_would_take_too_long_is_refused() {
    // Twenty sets that all are reached: 2^20 strategies.
    let mut text = "EFG 2 R \"x\" { \"a\" } c \"\" 1 \"\" {".to_owned();
    (0..20).for_each(|i| text.push_str(&format!(" \"{i}\" 1/20")));
    text.push_str(" } 0 ");
    for set in 1..=20 {
        text.push_str(&format!(
            "p \"\" 1 {set} \"\" {{ \"l\" \"r\" }} 0 t \"\" 0 t \"\" 0 "
        ));
    }
    let tree = efg::read(&text, &Limits::default()).unwrap();
    let refused = tree.normal_form(&Limits::default());
    assert!(matches!(refused, Err(FormatError::TooMany { .. })));
}

/// What profiles of complete strategies pay, by a walk from the root in doubles.
fn walked(game: &ExtensiveGame, node: usize, does: &[Vec<usize>; 2]) -> [f64; 2] {
    let at = &game.nodes()[node];
    let paid = at.outcome.map(|it| &game.outcomes()[it].payoffs);
    let mut sum = paid.map_or([0.0; 2], |it| [it[0].to_f64(), it[1].to_f64()]);
    let next: Vec<(f64, usize)> = match at.mover {
        Move::End => Vec::new(),
        Move::Decision { player, set } => vec![(1.0, at.children[does[player][set]])],
        Move::Chance { event } => {
            let chances = game.events()[event]
                .actions
                .iter()
                .map(|(_, chance)| chance.to_f64());
            chances.zip(at.children.iter().copied()).collect()
        }
    };
    for (chance, child) in next {
        let worth = walked(game, child, does);
        sum = [sum[0] + chance * worth[0], sum[1] + chance * worth[1]];
    }
    sum
}

/// Every way to choose an action at each set.
fn complete(sets: &[crate::InformationSet]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for set in sets {
        let longer = |strategy: &Vec<usize>| {
            let strategy = strategy.clone();
            (0..set.actions.len()).map(move |action| [strategy.clone(), vec![action]].concat())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// The sets of a player that a complete strategy can come to, whatever all others do.
fn reached(
    game: &ExtensiveGame,
    player: usize,
    does: &[usize],
) -> std::collections::BTreeSet<usize> {
    let (mut found, mut open) = (std::collections::BTreeSet::new(), vec![0]);
    while let Some(node) = open.pop() {
        let at = &game.nodes()[node];
        match at.mover {
            Move::Decision { player: mover, set } if mover == player => {
                found.insert(set);
                open.push(at.children[does[set]]);
            }
            _ => open.extend(&at.children),
        }
    }
    found
}

proptest! {
    #[test]
    fn trees_come_back(tree in strategies::tree()) {
        let back = efg::read(&efg::write(&tree), &Limits::default()).unwrap();
        prop_assert_eq!(back, tree);
    }

    #[test]
    fn reduced_strategies_are_the_complete_ones_that_differ(tree in strategies::tree()) {
        let game = tree.normal_form(&Limits::default()).unwrap();
        let all = [0, 1].map(|player| complete(&tree.sets[player]));
        let reduced = [0, 1].map(|player| {
            let shortened = |does: &Vec<usize>| {
                let reached = reached(&tree, player, does);
                let action = |(set, action): (usize, &usize)| reached.contains(&set).then_some(*action);
                does.iter().enumerate().map(action).collect::<Plan>()
            };
            all[player].iter().map(shortened).collect::<Vec<_>>()
        });
        for player in [0, 1] {
            let different: std::collections::BTreeSet<_> = reduced[player].iter().collect();
            prop_assert_eq!(different.len(), game.actions()[player].len());
        }
        let place = |player: usize, strategy: &Plan| {
            let name = tree.names(player, std::slice::from_ref(strategy)).remove(0);
            game.actions()[player].iter().position(|it| *it == name).unwrap()
        };
        for (first, short_first) in all[0].iter().zip(&reduced[0]) {
            for (second, short_second) in all[1].iter().zip(&reduced[1]) {
                let profile = [place(0, short_first), place(1, short_second)];
                let expected = walked(&tree, 0, &[first.clone(), second.clone()]);
                for player in [0, 1] {
                    let found = game.payoffs().payoff(player, &profile).unwrap();
                    prop_assert!((found - expected[player]).abs() < 1e-9);
                }
            }
        }
    }
}
