use proptest::prelude::*;

use super::*;
use crate::strategies;

/// A sender of one type: whether it steps, and its answer in the second round to a receiver
/// that has opened, by whether it stepped and was answered. (None answers a receiver that has
/// not opened.)
fn sender_payoff(payoffs: [f64; 3], steps: bool, returns: bool, receivers: &[Met]) -> f64 {
    let [temptation, reward, loss] = payoffs;
    receivers
        .iter()
        .map(|met| {
            let first = match (steps, met.answers) {
                (true, true) => met.share * reward,
                (true, false) => -met.share * loss,
                (false, _) => 0.0,
            };
            let opens = if steps {
                met.opens_after_step
            } else {
                met.opens_after_none
            };
            let second = if returns { reward } else { temptation };
            met.weight * (first + (1.0 - met.share) * opens * second)
        })
        .sum()
}

/// A type of receiver as a sender meets it.
struct Met {
    weight: f64,
    share: f64,
    answers: bool,
    opens_after_step: f64,
    opens_after_none: f64,
}

/// The most that each type of sender can get by any of its strategies.
fn best_of_sender(game: &ReassuranceGame, met: &[Met]) -> [[f64; 2]; 2] {
    let (nice, mean) = (game.nice, game.mean);
    [
        [nice.temptation, nice.reward, nice.loss],
        [mean.temptation, mean.reward, mean.loss],
    ]
    .map(|payoffs| {
        [true, false].map(|steps| {
            let by = |returns| sender_payoff(payoffs, steps, returns, met);
            by(true).max(by(false))
        })
    })
}

/// Receivers as this equilibrium has them: the nice answer a step, the mean exploit it.
fn met(game: &ReassuranceGame, step: FirstStep, it: &Equilibrium) -> Vec<Met> {
    let opens = |reward: f64, loss: f64| {
        let belief = it.after_none.get();
        f64::from(u8::from(belief * reward > (1.0 - belief) * loss))
    };
    vec![
        Met {
            weight: step.senders_trust.get(),
            share: step.share,
            answers: true,
            opens_after_step: it.nice_opens.get(),
            opens_after_none: opens(game.nice.reward, game.nice.loss),
        },
        Met {
            weight: step.senders_trust.complement().get(),
            share: step.share,
            answers: false,
            opens_after_step: it.mean_opens.get(),
            opens_after_none: opens(game.mean.reward, game.mean.loss),
        },
    ]
}

/// The chance that a nice and a mean sender step.
fn stepping(pattern: Pattern) -> [f64; 2] {
    match pattern {
        Pattern::Separating => [1.0, 0.0],
        Pattern::Partial { mimicry } => [1.0, mimicry.get()],
        Pattern::BothStep => [1.0, 1.0],
        Pattern::NeitherSteps => [0.0, 0.0],
    }
}

/// What a receiver gets that returns a step or exploits it, and opens the second round with these chances after a step
/// and after none, by meeting each type of sender as often as it is one and steps.
fn receiver_payoff(
    payoffs: [f64; 3],
    (step, pattern): (FirstStep, Pattern),
    returns: bool,
    [after_step, after_none]: [f64; 2],
) -> f64 {
    let [temptation, reward, loss] = payoffs;
    let q = step.receivers_trust.get();
    let answer = if returns { reward } else { temptation };
    // The nice return it when the second round is opened, the mean exploit it.
    let senders = [(q, reward), (1.0 - q, -loss)];
    let met = senders.into_iter().zip(stepping(pattern));
    met.map(|((weight, opened), steps)| {
        let rest = (1.0 - step.share) * opened;
        weight
            * (steps * (step.share * answer + after_step * rest)
                + (1.0 - steps) * after_none * rest)
    })
    .sum()
}

/// Each type of receiver gets what is said of it, and no more by any of its eight strategies.
fn receivers_are_content(
    game: &ReassuranceGame,
    step: FirstStep,
    it: &Equilibrium,
    tolerance: f64,
) -> Result<(), TestCaseError> {
    let (nice, mean) = (game.nice, game.mean);
    let kinds = [
        (
            [nice.temptation, nice.reward, nice.loss],
            it.nice_opens,
            it.values.nice_receiver,
        ),
        (
            [mean.temptation, mean.reward, mean.loss],
            it.mean_opens,
            it.values.mean_receiver,
        ),
    ];
    for (payoffs, opens, value) in kinds {
        let get = |returns, plan| receiver_payoff(payoffs, (step, it.pattern), returns, plan);
        let [temptation, reward, loss] = payoffs;
        let none = it.after_none.get();
        let hopeful = f64::from(u8::from(none * reward > (1.0 - none) * loss));
        let played = get(temptation < reward, [opens.get(), hopeful]);
        prop_assert!((played - value).abs() < tolerance, "{it:?} {played}");
        let best = (0..8_u8).map(|plan| {
            let open = |bit: u8| f64::from(u8::from(plan & bit != 0));
            get(plan & 4 != 0, [open(1), open(2)])
        });
        let best = best.fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(best < value + tolerance, "{it:?} {best}");
    }
    Ok(())
}

/// No type of either side gains by any other strategy, beliefs follow from Bayes' rule where it
/// applies, and the values are those of playing it out.
fn is_equilibrium(
    game: &ReassuranceGame,
    step: FirstStep,
    it: &Equilibrium,
) -> Result<(), TestCaseError> {
    let tolerance =
        1e-9 * (1.0 + game.mean.temptation + game.mean.loss + game.nice.reward + game.nice.loss);
    let best = best_of_sender(game, &met(game, step, it));
    for (chance, (best, value)) in stepping(it.pattern).into_iter().zip(
        best.into_iter()
            .zip([it.values.nice_sender, it.values.mean_sender]),
    ) {
        let played = chance * best[0] + (1.0 - chance) * best[1];
        prop_assert!(
            (played - best[0].max(best[1])).abs() < tolerance,
            "{it:?} {best:?}"
        );
        prop_assert!((played - value).abs() < tolerance, "{it:?} {played}");
    }
    let [nice_steps, mean_steps] = stepping(it.pattern);
    let q = step.receivers_trust.get();
    let seen = q * nice_steps + (1.0 - q) * mean_steps;
    if seen > 0.0 {
        prop_assert!((it.after_step.get() - q * nice_steps / seen).abs() < 1e-9);
    }
    if seen < 1.0 {
        let none = q * (1.0 - nice_steps) / (1.0 - seen);
        prop_assert!((it.after_none.get() - none).abs() < 1e-9);
    }
    for (opens, reward, loss) in [
        (it.nice_opens.get(), game.nice.reward, game.nice.loss),
        (it.mean_opens.get(), game.mean.reward, game.mean.loss),
    ] {
        let belief = it.after_step.get();
        let margin = belief * reward - (1.0 - belief) * loss;
        prop_assert!(
            opens * margin >= margin.max(0.0) - tolerance,
            "{it:?} {margin}"
        );
    }
    receivers_are_content(game, step, it, tolerance)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn no_type_gains_by_another_strategy(
        game in strategies::reassurance_game(), step in strategies::first_step(),
    ) {
        for it in game.equilibria(step).unwrap() {
            is_equilibrium(&game, step, &it)?;
        }
    }

    #[test]
    fn separation_is_an_equilibrium_exactly_in_the_band(
        game in strategies::reassurance_game(), step in strategies::first_step(),
    ) {
        let bounds = [
            game.mimicry_bound(step.senders_trust),
            game.willingness_bound(step.senders_trust),
        ];
        prop_assume!(bounds.iter().all(|bound| (bound - step.share).abs() > 1e-9));
        // Found by trying whether believed steps and disbelieved silence leave each type content.
        let all = Opening { nice: 1.0, mean: 1.0 };
        let separated = Analysis { game: &game, step }
            .equilibrium(Pattern::Separating, [1.0, 0.0], all, |_| 0.0);
        let best = best_of_sender(&game, &met(&game, step, &separated));
        let content = best[0][0] > best[0][1] && best[1][0] < best[1][1];
        let in_band = bounds[0] < step.share && step.share < bounds[1];
        prop_assert_eq!(content, in_band);
        let found = game.equilibria(step).unwrap();
        prop_assert_eq!(found.iter().any(|it| it.pattern == Pattern::Separating), in_band);
    }

    #[test]
    fn where_reassurance_is_possible_the_game_has_an_answer(
        game in strategies::reassurance_game(), step in strategies::first_step(),
    ) {
        prop_assume!(game.can_reassure() && !step.receivers_trust.is_certain());
        let edges = [
            game.mimicry_bound(step.senders_trust) - step.share,
            game.willingness_bound(step.senders_trust) - step.share,
            game.nice_threshold().get() - step.senders_trust.get(),
            game.mean_threshold().get() - step.senders_trust.get(),
            game.nice_threshold().get() - step.receivers_trust.get(),
            game.mean_threshold().get() - step.receivers_trust.get(),
        ];
        prop_assume!(edges.iter().all(|edge| edge.abs() > 1e-9));
        prop_assert!(!game.equilibria(step).unwrap().is_empty());
    }
}

/// The equilibrium that the documentation names as one not sought, by playing it out: at the trust of 1/3 that silence
/// leaves, the nice are in two minds whether to step and nice receivers whether to open.
#[test]
fn the_nice_may_be_in_two_minds_too() {
    let (p, q, share) = (0.2, 0.6, 0.81);
    let steps = 2.0 / 3.0;
    let after_none: f64 = q * (1.0 - steps) / (1.0 - q * steps);
    approx::assert_relative_eq!(after_none, 1.0 / 3.0, epsilon = 1e-12);
    let payoffs = [[1.0, 2.0, 1.0], [2.0, 1.0, 1.0]];
    let stepping_is_worth = share * (p * 2.0 - (1.0 - p)) + (1.0 - share) * 2.0;
    let opens = stepping_is_worth / ((1.0 - share) * 2.0 * p);
    approx::assert_relative_eq!(opens, 0.7368, epsilon = 1e-4);
    let receivers =
        [(p, true, opens), (1.0 - p, false, 0.0)].map(|(weight, answers, opens_after_none)| Met {
            weight,
            share,
            answers,
            opens_after_step: 1.0,
            opens_after_none,
        });
    let [nice, mean] = payoffs.map(|of| {
        [true, false].map(|steps| {
            let by = |returns| sender_payoff(of, steps, returns, &receivers);
            by(true).max(by(false))
        })
    });
    approx::assert_relative_eq!(nice[0], nice[1], epsilon = 1e-12);
    assert!(mean[0] < mean[1]);
}

#[test]
fn small_steps_are_mimicked_in_part_by_the_distrusted() {
    let nice = detente_quantity::Stakes::new(0.0, 4.0, 0.0, -1.0).unwrap();
    let mean = detente_quantity::Stakes::new(3.0, 1.0, 0.0, -2.0).unwrap();
    let game = ReassuranceGame::new(&nice, &mean).unwrap();
    let chance = |value| Probability::new(value).unwrap();
    let step = FirstStep {
        share: 0.3,
        senders_trust: chance(0.4),
        receivers_trust: chance(0.1),
    };
    // p*_N = 1/5 < p < p*_M = 2/3: the nice step, and the mean must be left in two minds.
    let [only] = game.equilibria(step).unwrap()[..] else {
        panic!("one equilibrium");
    };
    // 0.3(0.4 − 0.6·2) + 0.7·3·κ = 0 gives κ = 0.24/2.1, all of it from nice receivers.
    let Pattern::Partial { mimicry } = only.pattern else {
        panic!("{only:?}");
    };
    approx::assert_relative_eq!(mimicry.get(), 0.1 * 0.8 / (0.9 * 0.2), epsilon = 1e-12);
    approx::assert_relative_eq!(only.nice_opens.get(), 0.24 / 2.1 / 0.4, epsilon = 1e-12);
    approx::assert_relative_eq!(only.after_step.get(), 0.2, epsilon = 1e-12);
}
