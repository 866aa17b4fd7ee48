//! Games of trust played out move by move, every strategy tried: C-22 and C-36 without their formulas.

use detente::{
    quantity::Stakes,
    reassurance::{Prize, ReassuranceGame, Screening, Signal, TiedHands, sunk_cost},
};
use proptest::prelude::*;

use super::refused;
use crate::Trial;

/// What one gets that cooperates or not, met by one that does or does not.
fn payoff(stakes: &Stakes, own: bool, others: bool) -> f64 {
    match (own, others) {
        (true, true) => stakes.r(),
        (true, false) => stakes.s(),
        (false, true) => stakes.t(),
        (false, false) => stakes.p(),
    }
}

/// The best of the four ways to answer: what is done after defection and after cooperation.
fn best_answer(stakes: &Stakes) -> [bool; 2] {
    let plans = [[false, false], [false, true], [true, false], [true, true]];
    let worth = |plan: &[bool; 2]| payoff(stakes, plan[0], false) + payoff(stakes, plan[1], true);
    let better = |best: [bool; 2], plan: [bool; 2]| match worth(&best) < worth(&plan) {
        true => plan,
        false => best,
    };
    plans.into_iter().fold([false, false], better)
}

/// Stakes around any payoff of defection: gain, loss and what temptation is above the reward.
fn stakes(
    (gain, loss, more): (f64, f64, f64),
    none: f64,
) -> Result<Stakes, detente::quantity::QuantityError> {
    Stakes::new(none + gain + more, none + gain, none, none - loss)
}

pub(super) fn trust_game(trial: &mut Trial) {
    let amount = || 0.05..8.0_f64;
    trial.for_all(
        "every answer tried: a first move pays iff trust exceeds S/(R+S), for either type",
        4000,
        (
            (amount(), amount(), amount()),
            (amount(), amount(), amount()),
            (-5.0..5.0_f64, 0.0..=1.0_f64),
        ),
        |((reward, loss, shortfall), mean, (none, p))| {
            let nice = stakes((reward, loss, -shortfall), none)?;
            let mean = stakes(mean, none)?;
            let game = ReassuranceGame::new(&nice, &mean).map_err(refused)?;
            let answers = [(p, best_answer(&nice)), (1.0 - p, best_answer(&mean))];
            for (own, threshold) in [
                (&nice, game.nice_threshold().get()),
                (&mean, game.mean_threshold().get()),
            ] {
                prop_assume!((p - threshold).abs() > 1e-9);
                let worth = |moves: bool| -> f64 {
                    let met = answers.iter().map(|(weight, answer)| {
                        weight * payoff(own, moves, answer[usize::from(moves)])
                    });
                    met.sum()
                };
                prop_assert_eq!(worth(true) > worth(false), p > threshold);
            }
            Ok(())
        },
    );
}

/// Whether there is an equilibrium in which the trustworthy make a gesture and the untrustworthy do not, by trying each
/// of the four things its receiver may do: no type gains by doing the other thing, nor the receiver by
/// trusting otherwise.
fn is_told_apart([prizes, costs]: [[f64; 2]; 2], (gain, loss, p): (f64, f64, f64)) -> bool {
    let gestures = [true, false];
    let plans = [[false, false], [false, true], [true, false], [true, true]];
    plans.into_iter().any(|trusts| {
        let sent = |kind: usize, gesture: bool| {
            let won = if trusts[usize::from(gesture)] {
                prizes[kind]
            } else {
                0.0
            };
            won - if gesture { costs[kind] } else { 0.0 }
        };
        let content = (0..2).all(|kind| sent(kind, gestures[kind]) >= sent(kind, !gestures[kind]));
        let received = |plan: [bool; 2]| {
            let met = [(p, gain), (1.0 - p, -loss)].into_iter().zip(gestures);
            let met = met.map(
                |((weight, worth), gesture)| match plan[usize::from(gesture)] {
                    true => weight * worth,
                    false => 0.0,
                },
            );
            met.sum::<f64>()
        };
        content
            && plans
                .iter()
                .all(|other| received(trusts) >= received(*other))
    })
}

pub(super) fn commitment(trial: &mut Trial) {
    let whole = |range: std::ops::Range<i8>| range.prop_map(f64::from);
    trial.for_all(
        "every profile tried: a gesture tells types apart iff it is said to separate",
        4000,
        (
            (whole(-2..8), whole(-2..8), whole(0..8), whole(0..8)),
            (0.1..5.0_f64, 0.1..5.0_f64, 0.01..0.99_f64),
        ),
        |((reward, spoils, cost, other), receiver)| {
            let prize = Prize {
                trustworthy: reward,
                untrustworthy: spoils,
            };
            let signal = Signal {
                trustworthy: cost,
                untrustworthy: other,
            };
            let separates = signal.screen(prize).map_err(refused)? == Screening::Separates;
            prop_assert_eq!(
                is_told_apart([[reward, spoils], [cost, other]], receiver),
                separates
            );
            let sunk = sunk_cost(cost, prize).map_err(refused)? == Screening::Separates;
            prop_assert_eq!(
                is_told_apart([[reward, spoils], [cost, cost]], receiver),
                sunk
            );
            Ok(())
        },
    );
    tied_hands(trial);
}

/// A party is trusted with something by one that gains or loses by it, whatever it may be.
fn tied_hands(trial: &mut Trial) {
    let amount = || 0.1..5.0_f64;
    trial.for_all(
        "every answer tried: hands are tied enough iff one is trusted even by those without any trust",
        3000,
        (
            (amount(), amount(), -3.0..6.0_f64, -5.0..5.0_f64),
            (0.0..8.0_f64, amount(), amount()),
        ),
        |((reward, sucker, more, none), (penalty, gain, loss))| {
            let stakes = stakes((reward, sucker, more), none)?;
            prop_assume!((more - penalty).abs() > 1e-9);
            let honours = payoff(&stakes, true, true) >= payoff(&stakes, false, true) - penalty;
            let trusted = |p: f64| {
                let kept = if honours { 1.0 } else { p };
                kept * gain - (1.0 - kept) * loss > 0.0
            };
            let by_all = (0..=20).all(|p| trusted(f64::from(p) / 20.0));
            let hands = TiedHands::new(penalty).map_err(refused)?;
            prop_assert_eq!(hands.suffices(&stakes), by_all);
            let tied = hands.on(&stakes).map_err(refused)?;
            prop_assert_eq!(best_answer(&tied)[1], honours);
            let least = TiedHands::enough_for(&stakes).map_err(refused)?;
            prop_assert_eq!(least.audience_cost() <= penalty, by_all);
            Ok(())
        },
    );
    trial.holds(
        "a penalty of 1 is just enough for T = 3 and R = 2",
        Stakes::new(3.0, 2.0, 0.0, -1.0).is_ok_and(|stakes| {
            let enough = |penalty| TiedHands::new(penalty).is_ok_and(|it| it.suffices(&stakes));
            enough(1.0) && !enough(0.999)
        }),
    );
}
