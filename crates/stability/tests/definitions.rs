//! Every answer against its definition, written again as it is in the literature: recursive searches
//! over sequences of moves and lists of all rankings, on thousands of small conflicts.

#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test that cannot go on is a test that fails"
)]
#![allow(clippy::float_cmp, reason = "distances are halves, and exact")]
#![allow(
    clippy::needless_range_loop,
    reason = "states are numbers that several lists are read by"
)]

mod brute_force;

use brute_force::{Brute, agrees, completions, weak_orders};
use detente_payoff::ZoneKind;
use detente_stability::{Coalition, Concept, Conflict, Follow, Preference, Standing, strategies};
use proptest::{prelude::*, test_runner::RngSeed};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1987),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn coalitions(n_players: usize) -> Vec<Vec<usize>> {
    let subsets = 1..1_usize << n_players;
    subsets
        .map(|bits| (0..n_players).filter(|it| bits >> it & 1 == 1).collect())
        .collect()
}

fn coalition(members: &[usize]) -> Coalition {
    Coalition::new(members.iter().copied()).unwrap()
}

const fn standing(stable: bool) -> Standing {
    if stable {
        Standing::Stable
    } else {
        Standing::Unstable
    }
}

/// Full rankings of all players of which at most so many are looked at.
const LOOKED_AT: usize = 1_000;

/// Full rankings of the other players of which at most so many are tried with every ranking of one.
const ASKED: usize = 30;

/// How a state stands that is stable under these of all full rankings.
fn over_completions(stable: &[bool]) -> Standing {
    match (stable.iter().any(|it| *it), stable.iter().all(|it| *it)) {
        (_, true) => Standing::Stable,
        (true, false) => Standing::Possible,
        (false, _) => Standing::Unstable,
    }
}

proptest! {
    #![proptest_config(config(4_000))]

    #[test]
    fn stability_is_as_defined(conflict in strategies::conflict(1..=3, 1..=6)) {
        let brute = Brute::of(&conflict);
        let (n_players, n_states) = (conflict.n_players(), conflict.n_states());
        let is_better = |to, than| {
            (0..n_players).all(|it| !brute.prefers(it, than, to))
                && (0..n_players).any(|it| brute.prefers(it, to, than))
        };
        let efficient: Vec<usize> = (0..n_states)
            .filter(|state| !(0..n_states).any(|to| is_better(to, *state)))
            .collect();
        prop_assert_eq!(conflict.efficient(), efficient);
        for concept in Concept::ALL {
            let found = conflict.stability(concept);
            for state in 0..conflict.n_states() {
                let each: Vec<bool> = (0..conflict.n_players())
                    .map(|player| brute.is_stable(&[player], state, concept))
                    .collect();
                for (player, stable) in each.iter().enumerate() {
                    prop_assert_eq!(found.players[player][state], standing(*stable));
                }
                prop_assert_eq!(found.joint[state], standing(each.iter().all(|it| *it)));
            }
        }
    }

    #[test]
    fn coalitions_move_and_are_deterred_as_defined(conflict in strategies::conflict(1..=3, 1..=6)) {
        let brute = Brute::of(&conflict);
        let n_states = conflict.n_states();
        for members in coalitions(conflict.n_players()) {
            for state in 0..n_states {
                let reached = brute.reached(&members, state, false);
                let reached: Vec<usize> = reached.into_iter().filter(|it| *it != state).collect();
                prop_assert_eq!(
                    conflict.coalition_reach(coalition(&members), state)?, reached.clone()
                );
                let gains = |to: &usize| members.iter().all(|it| brute.prefers(*it, *to, state));
                let improving: Vec<usize> = reached.into_iter().filter(gains).collect();
                prop_assert_eq!(
                    conflict.coalition_improvements(coalition(&members), state)?, improving
                );
            }
            for concept in Concept::ALL {
                let found = conflict.coalition_stability(coalition(&members), concept)?;
                for state in 0..n_states {
                    let stable = brute.is_stable(&members, state, concept);
                    prop_assert_eq!(found[state], standing(stable), "{:?} at {}", members, state);
                }
            }
        }
        for concept in Concept::ALL {
            let everybody = conflict.coalition_equilibria(concept)?;
            for state in 0..n_states {
                let all = coalitions(conflict.n_players());
                let stable = all.iter().all(|members| brute.is_stable(members, state, concept));
                prop_assert_eq!(everybody[state], standing(stable));
            }
        }
    }

    #[test]
    fn the_status_quo_diagram_is_every_legal_sequence(
        conflict in strategies::uncertain_conflict(1..=3, 1..=5), start in any::<prop::sample::Index>(),
    ) {
        let start = start.index(conflict.n_states());
        let brute = Brute::of(&conflict);
        for (follow, improving) in [(Follow::Moves, false), (Follow::Improvements, true)] {
            let found = conflict.status_quo(start, follow)?;
            let (first, steps) = brute.sequences(start, improving);
            prop_assert_eq!(&found.first, &first);
            prop_assert_eq!(&found.steps, &steps);
            for state in 0..conflict.n_states() {
                let path = found.path_to(state);
                prop_assert_eq!(path.as_ref().map(Vec::len), first[state]);
                let path = path.unwrap_or_default();
                prop_assert!(brute.is_legal(start, &path, improving), "{:?}", path);
                prop_assert_eq!(path.last().map_or(start, |it| it.to), if first[state].is_some() { state } else { start });
            }
        }
    }
}

proptest! {
    #![proptest_config(config(400))]

    /// Over every full ranking of every player that agrees with what is known, or an even sample of them
    /// where they are many.
    #[test]
    fn what_is_certain_and_possible_is_so_over_all_rankings(
        conflict in prop_oneof![
            3 => strategies::uncertain_conflict(1..=2, 1..=4),
            1 => strategies::uncertain_conflict(3..=3, 1..=3),
        ],
        without in any::<prop::sample::Index>(),
    ) {
        let worlds = completions(&conflict);
        let step = worlds.len().div_ceil(LOOKED_AT);
        let brutes: Vec<Brute> = worlds.iter().step_by(step).map(Brute::of).collect();
        let agrees = |found: Standing, stable: &[bool]| {
            let seen = over_completions(stable);
            found == seen || (step > 1 && found == Standing::Possible)
        };
        let n_players = conflict.n_players();
        for concept in Concept::ALL {
            let found = conflict.stability(concept);
            let together = conflict.coalition_equilibria(concept)?;
            for state in 0..conflict.n_states() {
                let over = |groups: &[Vec<usize>]| -> Vec<bool> {
                    brutes.iter()
                        .map(|it| groups.iter().all(|members| it.is_stable(members, state, concept)))
                        .collect()
                };
                let singles: Vec<Vec<usize>> = (0..n_players).map(|it| vec![it]).collect();
                for (player, single) in singles.iter().enumerate() {
                    prop_assert!(agrees(found.players[player][state], &over(std::slice::from_ref(single))));
                }
                prop_assert!(agrees(found.joint[state], &over(&singles)));
                prop_assert!(agrees(together[state], &over(&coalitions(n_players))));
                for members in coalitions(n_players) {
                    let standing = conflict.coalition_stability(coalition(&members), concept)?[state];
                    prop_assert!(agrees(standing, &over(&[members])));
                }
            }
        }
        let without = without.index(conflict.n_states());
        for kind in ZoneKind::ALL {
            let zone = conflict.ranked_zone(without, kind)?;
            for state in (0..conflict.n_states()).filter(|it| *it != without) {
                let inside: Vec<bool> =
                    brutes.iter().map(|it| it.is_in_zone(state, without, kind)).collect();
                let found = match (zone.certain.contains(&state), zone.possible.contains(&state)) {
                    (true, _) => Standing::Stable,
                    (false, true) => Standing::Possible,
                    (false, false) => Standing::Unstable,
                };
                prop_assert!(agrees(found, &inside));
            }
        }
    }

    /// Over every ranking of the player: conditions are met exactly where the state is stable, and no
    /// nearer ranking meets them.
    #[test]
    fn the_inverse_question_is_answered_exactly(
        conflict in strategies::conflict(1..=3, 1..=4), player in any::<prop::sample::Index>(),
        state in any::<prop::sample::Index>(),
    ) {
        let (player, state) = (player.index(conflict.n_players()), state.index(conflict.n_states()));
        let stated = &conflict.preferences()[player];
        for concept in Concept::ALL {
            let required = conflict.required(player, state, concept)?;
            let mut nearest = f64::INFINITY;
            for ranking in weak_orders(conflict.n_states()) {
                let stable = {
                    let changed = conflict.clone().with_preference(player, ranking.clone())?;
                    Brute::of(&changed).is_stable(&[player], state, concept)
                };
                prop_assert_eq!(required.is_met_by(&ranking), stable);
                if stable {
                    nearest = nearest.min(distance(stated, &ranking));
                }
            }
            let change = required.least_change(stated).unwrap();
            prop_assert_eq!(change.distance, nearest);
            let changed = Preference::ranking(conflict.n_states(), &change.ranking)?;
            prop_assert!(required.is_met_by(&changed));
            prop_assert_eq!(distance(stated, &changed), change.distance);
        }
    }

    /// Over the full rankings of the others that agree with what is known of them, all or an even sample, and
    /// every ranking of the player: conditions are enough in each case, and needed where answers need not be
    /// credible or the others are known in full.
    #[test]
    fn what_is_required_is_enough_whatever_is_not_known_of_the_others(
        conflict in prop_oneof![
            3 => strategies::uncertain_conflict(1..=2, 1..=4),
            1 => strategies::uncertain_conflict(3..=3, 1..=3),
        ],
        player in any::<prop::sample::Index>(), state in any::<prop::sample::Index>(),
    ) {
        let (player, state) = (player.index(conflict.n_players()), state.index(conflict.n_states()));
        let rankings = weak_orders(conflict.n_states());
        let own = &conflict.preferences()[player];
        let worlds = completions(&conflict.clone().with_preference(player, rankings[0].clone())?);
        let step = worlds.len().div_ceil(ASKED);
        let others_known = worlds.len() == 1;
        let sampled = || worlds.iter().step_by(step);
        for concept in Concept::ALL {
            let required = conflict.required(player, state, concept)?;
            let free = matches!(concept, Concept::Nash | Concept::General | Concept::Symmetric);
            let is_stable = |ranking: &Preference| {
                sampled().all(|world| {
                    let world = world.clone().with_preference(player, ranking.clone()).unwrap();
                    Brute::of(&world).is_stable(&[player], state, concept)
                })
            };
            let stable: Vec<bool> = rankings.iter().map(is_stable).collect();
            for (ranking, stable) in rankings.iter().zip(&stable) {
                let met = required.is_met_by(ranking);
                prop_assert!(!met || *stable, "{:?} {:?}", concept, ranking);
                prop_assert!(met == *stable || !(free || others_known));
            }
            // What is known of the player's own ranking meets them if all that it may be does.
            let agreeing = rankings.iter().zip(&stable).filter(|(ranking, _)| agrees(own, ranking));
            let certain = agreeing.clone().all(|(ranking, _)| required.is_met_by(ranking));
            prop_assert_eq!(required.is_met_by(own), certain);
            if free || others_known {
                let found = conflict.stability(concept).players[player][state];
                prop_assert_eq!(found == Standing::Stable, agreeing.clone().all(|(_, stable)| *stable));
            }
        }
    }

    #[test]
    fn changes_are_told_where_rankings_are_known(
        conflict in strategies::uncertain_conflict(1..=3, 1..=5), state in any::<prop::sample::Index>(),
    ) {
        let state = state.index(conflict.n_states());
        for concept in Concept::ALL {
            let wanted = conflict.to_equilibrium(state, concept)?;
            let known = conflict.preferences().iter().map(Preference::is_complete);
            prop_assert!(wanted.changes.iter().map(Option::is_some).eq(known));
            prop_assert_eq!(wanted.together.is_some(), wanted.changes.iter().all(Option::is_some));
        }
    }

    #[test]
    fn equilibria_are_reached_together_unless_answers_are_lost(
        conflict in strategies::conflict(1..=3, 1..=5), state in any::<prop::sample::Index>(),
    ) {
        let state = state.index(conflict.n_states());
        for concept in Concept::ALL {
            let wanted = conflict.to_equilibrium(state, concept)?;
            let free = matches!(concept, Concept::Nash | Concept::General | Concept::Symmetric);
            prop_assert!(wanted.together == Some(true) || !free);
            let is_one = conflict.stability(concept).equilibria().contains(&state);
            let unchanged = wanted.changes.iter().flatten().all(|it| it.distance == 0.0);
            prop_assert_eq!(is_one, unchanged);
        }
    }

    #[test]
    fn concepts_are_nested(conflict in strategies::uncertain_conflict(1..=3, 1..=6)) {
        let of = |concept| conflict.stability(concept).equilibria();
        let within = |inner: Concept, outer: Concept| {
            let outer = of(outer);
            of(inner).iter().all(|state| outer.contains(state))
        };
        prop_assert!(within(Concept::Nash, Concept::SymmetricSequential));
        prop_assert!(within(Concept::SymmetricSequential, Concept::Sequential));
        prop_assert!(within(Concept::SymmetricSequential, Concept::Symmetric));
        prop_assert!(within(Concept::Sequential, Concept::General));
        prop_assert!(within(Concept::Symmetric, Concept::General));
    }
}

/// Kemeny and Snell's distance, pair by pair.
fn distance(one: &Preference, other: &Preference) -> f64 {
    let pairs = (0..one.n_states()).flat_map(|a| (0..a).map(move |b| (a, b)));
    let sign = |it: &Preference, a, b| f64::from(it.compare(a, b).unwrap() as i8);
    pairs
        .map(|(a, b)| (sign(one, a, b) - sign(other, a, b)).abs() / 2.0)
        .sum()
}

#[test]
fn a_conflict_of_thousands_of_states_is_analysed() {
    use detente_stability::{Choice, OptionForm};
    // Twelve options of three players: 4,096 states.
    let choices: Vec<Choice> = (0..12).map(|option| Choice::free(option % 3)).collect();
    let states = OptionForm::new(3, &choices).unwrap().states().unwrap();
    let weights = |seed: u64| -> Vec<f64> {
        (1..=12)
            .map(|k| ((k * k * seed) % 31) as f64 - 15.0)
            .collect()
    };
    let preferences = [3, 5, 7].map(|seed| states.weighted(&weights(seed)).unwrap());
    let conflict = Conflict::new(states.graph().unwrap(), preferences.into()).unwrap();
    let nash = conflict.stability(Concept::Nash).equilibria();
    let sequential = conflict
        .stability(Concept::SymmetricSequential)
        .equilibria();
    assert!(!nash.is_empty() && nash.iter().all(|state| sequential.contains(state)));
}

#[test]
fn what_takes_too_much_to_find_out_is_left_open_at_once() {
    use detente_stability::{Choice, OptionForm};
    // Ten players with an option each, of whose rankings nothing is known: 1,024 states, none of which may
    // be judged once within the work that is allowed for it.
    let choices: Vec<Choice> = (0..10).map(Choice::free).collect();
    let states = OptionForm::new(10, &choices).unwrap().states().unwrap();
    let unknown = Preference::partial(states.len(), &[]).unwrap();
    let conflict = Conflict::new(states.graph().unwrap(), vec![unknown; 10]).unwrap();
    let start = std::time::Instant::now();
    let found = conflict.stability(Concept::Sequential);
    assert!(found.joint.iter().all(|it| *it == Standing::Unsettled));
    // Copying the conflict for each state and player takes many times as long.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn patterns_and_statements_are_counted_before_they_are_tried() {
    use detente_stability::{Choice, OptionForm, Pattern, StabilityError, Statement};
    let form = OptionForm::new(1, &[Choice::free(0); 2]).unwrap();
    let pattern = Pattern::new(&[0, 1], &[]).unwrap();
    let many = (0..=1 << 16).try_fold(form.clone(), |form, _| form.without(pattern));
    assert_eq!(
        many.unwrap_err().to_string(),
        "there are 65537 patterns of infeasible states; expected at most 65536"
    );
    let merged = (0..=1 << 16).try_fold(form, |form, _| form.merging(pattern));
    assert!(matches!(merged, Err(StabilityError::TooMany { .. })));
    let statements = vec![Statement::taken(0); 1_025];
    assert_eq!(
        Preference::prioritised(&[0, 1], &statements)
            .unwrap_err()
            .to_string(),
        "there are 1025 statements of a preference; expected at most 1024"
    );
    let long = (0..400).try_fold(Statement::taken(0), |it, _| it.and(Statement::taken(0)));
    let error = Preference::prioritised(&[0, 1], &vec![long.unwrap(); 30]).unwrap_err();
    assert!(
        error.to_string().contains("24030 options and connectives"),
        "{error}"
    );
}
