//! Reputations that are built to be used: C-29, C-31, C-35.

use detente::{
    quantity::{DiscountFactor, Probability, Stakes},
    reputation::strategic::{ChainStore, ChainStoreParams, Response, cash_in, shadow_threshold},
};
use proptest::{collection::vec, prelude::*};

use crate::Trial;

fn chance(value: f64) -> Probability {
    Probability::saturating(value)
}

fn game(probes: u32, strong: f64, prize: f64, peace: f64) -> Result<ChainStore, TestCaseError> {
    let strong = chance(strong);
    ChainStore::new(ChainStoreParams {
        probes,
        strong,
        prize,
        peace,
    })
    .map_err(|error| TestCaseError::fail(error.to_string()))
}

/// What following the strategies is worth to a weak incumbent, by playing every branch.
fn weak_worth(game: &ChainStore, left: u32, belief: Probability) -> f64 {
    if left == 0 {
        return 0.0;
    }
    let enters = game.enters(left, belief).get();
    let resists = game.weak_resists(left, belief).get();
    let mut worth = 0.0;
    if enters < 1.0 {
        worth += (1.0 - enters) * (game.params().peace + weak_worth(game, left - 1, belief));
    }
    if enters > 0.0 && resists > 0.0 {
        worth += enters * resists * resisting(game, left, belief);
    }
    if enters > 0.0 && resists < 1.0 {
        worth += enters * (1.0 - resists) * giving_way(game, left, belief);
    }
    worth
}

fn resisting(game: &ChainStore, left: u32, belief: Probability) -> f64 {
    let after = game.posterior(left, belief, Response::Resists);
    weak_worth(game, left - 1, after) - 1.0
}

fn giving_way(game: &ChainStore, left: u32, belief: Probability) -> f64 {
    let after = game.posterior(left, belief, Response::GivesWay);
    weak_worth(game, left - 1, after)
}

/// Nobody gains by departing once from the strategies at this belief, and the belief follows Bayes.
fn no_profitable_departure(
    game: &ChainStore,
    left: u32,
    belief: Probability,
) -> Result<(), TestCaseError> {
    let (p, prize) = (belief.get(), game.params().prize);
    let resists = game.weak_resists(left, belief).get();
    let (fight, yield_) = (
        resisting(game, left, belief),
        giving_way(game, left, belief),
    );
    if resists > 0.0 {
        prop_assert!(
            fight >= yield_ - 1e-9,
            "left {left} at {p}: resists at {fight} < {yield_}"
        );
    }
    if resists < 1.0 {
        prop_assert!(
            yield_ >= fight - 1e-9,
            "left {left} at {p}: yields at {yield_} < {fight}"
        );
    }
    let resistance = p + (1.0 - p) * resists;
    let challenge = prize - resistance;
    let enters = game.enters(left, belief).get();
    prop_assert!(
        enters <= 0.0 || challenge >= -1e-9,
        "left {left} at {p}: comes for {challenge}"
    );
    prop_assert!(
        enters >= 1.0 || challenge <= 1e-9,
        "left {left} at {p}: misses {challenge}"
    );
    if resistance > 0.0 {
        let bayes = p / resistance;
        let after = game.posterior(left, belief, Response::Resists).get();
        prop_assert!(
            (after - bayes).abs() < 1e-9,
            "left {left} at {p}: {after}, Bayes {bayes}"
        );
    }
    Ok(())
}

pub(super) fn chain_store(trial: &mut Trial) {
    let example = game(10, 0.05, 0.6, 2.0);
    trial.holds("the example is a game", example.is_ok());
    if let Ok(game) = example {
        let first = game.first_probe();
        trial.holds(
            "N = 10, p₀ = .05, b = .6: first probe with 5 left",
            first == Some(5),
        );
        let path = game.path();
        let probe = path.get(5);
        let of =
            |part: fn(&detente::reputation::strategic::Probe) -> f64| probe.map_or(f64::NAN, part);
        trial.close(
            "weak resistance",
            of(|it| it.weak_resists.get()),
            0.3535,
            5e-5,
        );
        trial.close(
            "posterior",
            of(|it| it.after_resistance.get()),
            0.1296,
            5e-7,
        );
    }
    trial.for_all(
        "nobody gains by departing, on the path or off it, and beliefs follow Bayes",
        2000,
        (1..=5_u32, 0.0..=1.0_f64, 0.05..0.95_f64, 1.05..5.0_f64),
        |(probes, strong, prize, peace)| {
            let game = game(probes, strong, prize, peace)?;
            for left in 1..=probes {
                // The prior, every cutoff there is, and no strength at all.
                let cutoffs = (1..=left).map(|k| game.cutoff(k));
                for belief in cutoffs.chain([chance(strong), Probability::ZERO]) {
                    no_profitable_departure(&game, left, belief)?;
                    let worth = weak_worth(&game, left, belief);
                    prop_assert!((worth - game.weak_value(left, belief)).abs() < 1e-9);
                }
            }
            Ok(())
        },
    );
    trial.for_all(
        "a small chance of strength deters more of more challengers",
        1000,
        (1e-6..0.999_f64, 0.05..0.95_f64, 2..2000_u32),
        |(strong, prize, probes)| {
            let first = |probes| game(probes, strong, prize, 2.0).map(|game| game.first_probe());
            let most = (strong.ln() / prize.ln()).floor();
            for probes in [probes, probes.saturating_mul(2)] {
                let first = first(probes)?.map_or(0.0, f64::from);
                prop_assert!(
                    first <= most.max(0.0) + 1e-9 || most < 1.0,
                    "{first} {most}"
                );
            }
            Ok(())
        },
    );
}

pub(super) fn shadow(trial: &mut Trial) {
    let at = |gain, loss, delta: f64| {
        let patience = DiscountFactor::new(delta).ok();
        let enough = patience.and_then(|patience| shadow_threshold(gain, loss, patience));
        enough.map_or(f64::NAN, Probability::get)
    };
    for (delta, reference) in [(0.0, 0.6667), (0.5, 0.5), (0.9, 0.1667)] {
        trial.close(
            &format!("G = 1, L = 2, δ = {delta}"),
            at(1.0, 2.0, delta),
            reference,
            5e-5,
        );
    }
    trial.for_all(
        "it pays iff the sum over a long relationship is positive",
        1000,
        (1e-3..1.0_f64, 1e-2..1e2_f64, 1e-2..1e2_f64, 0.0..0.95_f64),
        |(p, gain, loss, delta)| {
            // Honoured for a thousand periods, or betrayed in the first.
            let mut honoured = 0.0;
            for _ in 0..1000 {
                honoured = gain + delta * honoured;
            }
            let worth = p * honoured - (1.0 - p) * loss;
            prop_assume!(worth.abs() > 1e-9);
            prop_assert_eq!(worth > 0.0, p > at(gain, loss, delta));
            Ok(())
        },
    );
}

pub(super) fn cashing_in(trial: &mut Trial) {
    trial.for_all(
        "it betrays first where the temptation exceeds the worth of the best that could follow",
        2000,
        (
            0.0..3.0_f64,
            0.0..3.0_f64,
            vec(0.0..10.0_f64, 1..10),
            0.0..0.99_f64,
        ),
        |(reward, more, stakes, delta)| {
            let temptation = reward + more;
            let refused = |error: &dyn std::error::Error| TestCaseError::fail(error.to_string());
            let unit = Stakes::new(temptation, reward, 0.0, -1.0).map_err(|it| refused(&it))?;
            let patience = DiscountFactor::new(delta).map_err(|it| refused(&it))?;
            let plan = cash_in(&unit, &stakes, patience).map_err(|it| refused(&it))?;
            // The worth, from period `t` on, of betraying in period `when`: by hand, not backwards.
            let worth = |t: usize, when: usize| -> f64 {
                let honoured = (t..when.min(stakes.len()))
                    .map(|s| delta.powf((s - t) as f64) * stakes[s] * reward);
                let betrayed = stakes.get(when).map_or(0.0, |stake| {
                    delta.powf((when - t) as f64) * stake * temptation
                });
                honoured.sum::<f64>() + betrayed
            };
            for (t, period) in plan.periods.iter().enumerate() {
                let best = (t + 1..=stakes.len()).map(|when| worth(t + 1, when));
                let follows = delta * best.fold(0.0, f64::max);
                let gain = stakes[t] * more;
                prop_assume!((gain - follows).abs() > 1e-9);
                prop_assert_eq!(period.betrays, gain > follows);
            }
            let first = plan.periods.iter().position(|period| period.betrays);
            prop_assert_eq!(plan.first_betrayal, first);
            Ok(())
        },
    );
    let constant = |delta| {
        let unit = Stakes::new(3.0, 1.0, 0.0, -1.0).ok()?;
        let plan = cash_in(&unit, &[1.0; 20], DiscountFactor::new(delta).ok()?).ok()?;
        plan.first_betrayal
    };
    trial.holds(
        "at constant stakes it betrays in the last period if δ > 1 − R/T, in the first if less",
        constant(0.67) == Some(19) && constant(0.66) == Some(0),
    );
}
