//! Generators of valid values for property tests (feature `proptest`).
//!
//! ```
//! use detente_formats::{Format, ReadOptions, read, strategies};
//! use proptest::{prelude::*, test_runner::TestRunner};
//!
//! TestRunner::deterministic().run(&strategies::game(), |game| {
//!     let text = detente_formats::write_game(&game, Format::Json).unwrap();
//!     prop_assert!(read("game", text.as_bytes(), &ReadOptions::default()).is_ok());
//!     Ok(())
//! }).unwrap();
//! ```

use detente_quantity::Interval;
use detente_reciprocity::{Fraction, NormalForm};
use proptest::{collection::vec, option, prelude::*};

use crate::{
    ChanceEvent, ExtensiveGame, InformationSet, Issue, Move, Negotiation, Outcome, Party,
    ScoreRanges, Scores, StrategicGame, TreeNode,
};

/// Names that are awkward to write: blanks, quotes, commas, marks of other formats, other scripts.
pub fn name() -> impl Strategy<Value = String> {
    let awkward = prop_oneof![
        Just("1".to_owned()),
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("- a: [b".to_owned()),
        Just("<&\"'>".to_owned()),
        Just("a, b; c".to_owned()),
        Just("#x".to_owned()),
        Just("back\\slash".to_owned()),
        Just("0.10".to_owned()),
        Just("Übergabe".to_owned()),
        Just("条約".to_owned()),
    ];
    prop_oneof![3 => "[a-z]{1,6}", 1 => "[ -~]{0,8}[!-~]".prop_map(|it| it.trim().to_owned()), 1 => awkward]
}

/// Different names, so many of them.
fn names(count: usize) -> impl Strategy<Value = Vec<String>> {
    vec(name(), count).prop_map(|names| {
        let mut different: Vec<String> = Vec::new();
        for name in names {
            let mut found = name.clone();
            while different.contains(&found) {
                found.push('x');
            }
            different.push(found);
        }
        different
    })
}

/// A payoff: nothing, a small integer, a short decimal, any number of moderate size, or any number of which a
/// few can be added up, however small or large.
pub fn payoff() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        (-9..=9_i32).prop_map(f64::from),
        (-999..=999_i32).prop_map(|it| f64::from(it) / 100.0),
        (-1e9..1e9).prop_map(|it: f64| it + 0.0),
        any::<f64>().prop_filter_map("a number of which some add up", |it| {
            (it.abs() <= 1e300).then_some(it + 0.0)
        }),
        prop_oneof![Just(0.0), Just(1e300), Just(-1e300), Just(1e-300)],
    ]
}

/// Payoffs of 0 or more, which every format can say.
pub fn share() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        Just(0.0),
        (1..=100_i32).prop_map(|it| f64::from(it) / 100.0),
        1e-3..1.0,
    ]
}

/// A negotiation of one to three issues with up to four options each, between none and three
/// parties; some by issue, some by a table.
pub fn negotiation() -> impl Strategy<Value = Negotiation> {
    sizes().prop_flat_map(|sizes| {
        let constant = prop_oneof![Just(0.0), payoff()];
        let scores = prop_oneof![additive(&sizes, constant, payoff()), table(&sizes)].boxed();
        let parties = vec(scores, 0..=3);
        assembled(sizes, parties.boxed(), payoff().boxed())
    })
}

/// A negotiation in which every payoff adds up by issue from numbers that are 0 or more.
pub fn additive_negotiation() -> impl Strategy<Value = Negotiation> {
    sizes().prop_flat_map(|sizes| {
        let parties = vec(additive(&sizes, Just(0.0), share()), 1..=3);
        assembled(sizes, parties.boxed(), share().boxed())
    })
}

/// A negotiation over payoffs by issue of which some are ranges, or over one issue whose options some
/// parties only rank; each party has a nonagreement payoff. What a score sheet can say.
pub fn imprecise_negotiation() -> impl Strategy<Value = Negotiation> {
    (additive_negotiation(), vec(0..=3_u8, 48), any::<bool>()).prop_filter_map(
        "a negotiation with ranges",
        |(negotiation, reaches, ranked)| {
            let ranked = ranked && negotiation.issues().len() == 1;
            let mut reaches = reaches.into_iter().cycle();
            let mut reach = || f64::from(reaches.next().unwrap_or(0));
            let changed = negotiation.with_parties(|party| match ranked {
                true => in_places(party, &mut reach),
                false => within_ranges(party, &mut reach),
            });
            changed.ok()
        },
    )
}

/// Each payoff the middle of a range that reaches so far to either side; none where nothing reaches.
fn within_ranges(party: Party, mut reach: impl FnMut() -> f64) -> Party {
    let around = |payoff: f64, reach: f64| {
        let range = Interval::new(payoff - reach / 4.0, payoff + reach / 4.0).ok();
        range.map(|range| (range.midpoint(), range))
    };
    let Scores::Additive { constant, tables } = &party.scores else {
        return party;
    };
    let mut each = |payoff: &f64| around(*payoff, reach());
    let ranges: Option<Vec<Vec<_>>> = { tables.iter() }
        .map(|table| table.iter().map(&mut each).collect())
        .collect();
    let without = each(&party.nonagreement.unwrap_or(0.25));
    let (Some(ranges), Some(without)) = (ranges, without) else {
        return party;
    };
    let exact = |(_, range): &(f64, Interval)| range.low() >= range.high();
    let all_exact = ranges.iter().flatten().all(exact) && exact(&without);
    let split = |of: fn(&(f64, Interval)) -> f64| -> Vec<Vec<f64>> {
        ranges
            .iter()
            .map(|it| it.iter().map(of).collect())
            .collect()
    };
    Party {
        scores: Scores::Additive {
            constant: *constant,
            tables: split(|(middle, _)| *middle),
        },
        nonagreement: Some(without.0),
        discount: None,
        ranges: (!all_exact).then(|| ScoreRanges {
            tables: { ranges.iter() }
                .map(|it| it.iter().map(|(_, range)| *range).collect())
                .collect(),
            nonagreement: (!exact(&without)).then_some(without.1),
        }),
        ..party
    }
}

/// Minus a place for each payoff.
fn in_places(party: Party, mut reach: impl FnMut() -> f64) -> Party {
    let mut place = |_: &f64| -1.0 - reach();
    let Scores::Additive { tables, .. } = &party.scores else {
        return party;
    };
    let tables = { tables.iter() }
        .map(|table| table.iter().map(&mut place).collect())
        .collect();
    Party {
        nonagreement: Some(place(&0.0)),
        ranked: true,
        ..Party::new(
            party.name,
            Scores::Additive {
                constant: 0.0,
                tables,
            },
        )
    }
}

fn sizes() -> impl Strategy<Value = Vec<usize>> {
    vec(1..=4_usize, 1..=3)
}

fn additive(
    sizes: &[usize],
    constant: impl Strategy<Value = f64> + 'static,
    payoff: impl Strategy<Value = f64> + Clone + 'static,
) -> BoxedStrategy<Scores> {
    let tables: Vec<_> = sizes
        .iter()
        .map(|size| vec(payoff.clone(), *size))
        .collect();
    let scores = (constant, tables);
    let scores = scores.prop_map(|(constant, tables)| Scores::Additive { constant, tables });
    scores.boxed()
}

fn table(sizes: &[usize]) -> BoxedStrategy<Scores> {
    let count = sizes.iter().product::<usize>();
    vec(payoff(), count).prop_map(Scores::Table).boxed()
}

fn assembled(
    sizes: Vec<usize>,
    scores: BoxedStrategy<Vec<Scores>>,
    nonagreement: BoxedStrategy<f64>,
) -> impl Strategy<Value = Negotiation> {
    let n_issues = sizes.len();
    let options: Vec<_> = sizes.into_iter().map(names).collect();
    let further = vec((option::of(nonagreement), option::of(0.0..=1.0)), 3);
    (name(), names(n_issues), options, scores, names(3), further).prop_filter_map(
        "a negotiation",
        |(title, issues, options, scores, parties, further)| {
            let named = issues.into_iter().zip(options);
            let issues = named
                .map(|(name, options)| Issue { name, options })
                .collect();
            let parties = scores.into_iter().zip(parties).zip(further);
            let party = |((scores, name), (nonagreement, discount))| Party {
                name,
                scores,
                nonagreement,
                discount,
                ranges: None,
                ranked: false,
            };
            Negotiation::new(title, issues, parties.map(party).collect()).ok()
        },
    )
}

/// A game of one to three players with one to three actions each.
pub fn game() -> impl Strategy<Value = StrategicGame> {
    vec(1..=3_usize, 1..=3).prop_flat_map(|sizes| {
        let n_profiles = sizes.iter().product::<usize>();
        let payoffs = vec(vec(payoff(), n_profiles), sizes.len());
        let actions: Vec<_> = sizes.iter().map(|size| names(*size)).collect();
        let names_of = (name(), name(), names(sizes.len()), actions);
        (names_of, payoffs, Just(sizes)).prop_filter_map(
            "a game",
            |((title, comment, players, actions), payoffs, sizes)| {
                let payoffs = NormalForm::new(&sizes, &payoffs).ok()?;
                let game = StrategicGame::new(title, players, actions, payoffs).ok()?;
                Some(game.with_comment(&comment))
            },
        )
    })
}

/// A tree as it is drawn: who moves, in which of a few sets, with how many actions.
#[derive(Debug, Clone)]
enum Drawn {
    End,
    Chance(Vec<(u8, Drawn)>),
    Decision(bool, usize, Vec<Drawn>),
}

/// A game tree of two players up to three moves deep, in which players may forget what they knew, with
/// chances in tenths and payoffs in tenths of small numbers, some of them on the way.
pub fn tree() -> impl Strategy<Value = ExtensiveGame> {
    let drawn = Just(Drawn::End).prop_recursive(3, 24, 3, |inner| {
        let chance = vec((1..=9_u8, inner.clone()), 1..=3).prop_map(Drawn::Chance);
        let moves = (any::<bool>(), 0..2_usize, vec(inner, 1..=3));
        let decision = moves.prop_map(|(player, set, next)| Drawn::Decision(player, set, next));
        prop_oneof![1 => chance, 3 => decision]
    });
    (drawn, vec((-9..=9_i32, -9..=9_i32), 3), vec(0..6_usize, 64)).prop_map(
        |(drawn, paid, placed)| {
            let mut game = ExtensiveGame {
                title: "any".to_owned(),
                comment: "drawn".to_owned(),
                players: vec!["a".to_owned(), "b".to_owned()],
                sets: vec![Vec::new(), Vec::new()],
                events: Vec::new(),
                outcomes: Vec::new(),
                nodes: Vec::new(),
            };
            Planting {
                game: &mut game,
                paid: &paid,
                placed: &placed,
            }
            .plant(&drawn);
            game
        },
    )
}

/// A drawn tree as far as it was put into a game.
struct Planting<'p> {
    game: &'p mut ExtensiveGame,
    paid: &'p [(i32, i32)],
    placed: &'p [usize],
}

impl Planting<'_> {
    fn plant(&mut self, drawn: &Drawn) -> usize {
        let place = self.game.nodes.len();
        let (mover, next): (Move, Vec<&Drawn>) = match drawn {
            Drawn::End => (Move::End, Vec::new()),
            Drawn::Chance(next) => {
                let event = self.event(next.iter().map(|(weight, _)| *weight));
                (
                    Move::Chance { event },
                    next.iter().map(|(_, next)| next).collect(),
                )
            }
            Drawn::Decision(second, set, next) => {
                let player = usize::from(*second);
                let set = self.set(player, *set, next.len());
                (Move::Decision { player, set }, next.iter().collect())
            }
        };
        let outcome = self.outcome(self.placed.get(place).copied().unwrap_or_default());
        self.game.nodes.push(TreeNode {
            name: place.to_string(),
            mover,
            outcome,
            children: Vec::new(),
        });
        for drawn in next {
            let child = self.plant(drawn);
            self.game.nodes[place].children.push(child);
        }
        place
    }

    fn event(&mut self, weights: impl Iterator<Item = u8> + Clone) -> usize {
        let sum = Fraction::from_whole(weights.clone().map(i64::from).sum());
        let chance = |weight: u8| Fraction::from_whole(weight.into()).checked_div(&sum);
        let named = weights
            .enumerate()
            .filter_map(|(place, weight)| Some((place.to_string(), chance(weight)?)));
        self.game.events.push(ChanceEvent {
            name: String::new(),
            actions: named.collect(),
        });
        self.game.events.len() - 1
    }

    /// The player's set of this name and size.
    fn set(&mut self, player: usize, number: usize, size: usize) -> usize {
        let drawn = InformationSet {
            name: number.to_string(),
            actions: (0..size)
                .map(|action| format!("{number}{action}"))
                .collect(),
        };
        let sets = &mut self.game.sets[player];
        sets.iter()
            .position(|set| *set == drawn)
            .unwrap_or_else(|| {
                sets.push(drawn);
                sets.len() - 1
            })
    }

    /// One of the outcomes; beyond them, none.
    fn outcome(&mut self, number: usize) -> Option<usize> {
        let (first, second) = self.paid.get(number)?;
        let tenths = |payoff: i32| {
            Fraction::from_whole(payoff.into()).checked_div(&Fraction::from_whole(10))
        };
        let drawn = Outcome {
            name: number.to_string(),
            payoffs: vec![tenths(*first)?, tenths(*second)?],
        };
        let outcomes = &mut self.game.outcomes;
        let found = outcomes.iter().position(|outcome| *outcome == drawn);
        Some(found.unwrap_or_else(|| {
            outcomes.push(drawn);
            outcomes.len() - 1
        }))
    }
}
