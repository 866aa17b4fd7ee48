//! Strangers who may leave, played out: C-34 without its formulas.

use detente::{
    quantity::{DiscountFactor, Stakes},
    reassurance::TestingPhase,
};
use proptest::prelude::*;

use super::{chance, refused};
use crate::Trial;

/// `T`, `R` and `S` over none, patience, and the share of strangers that are myopic.
#[derive(Debug, Clone, Copy)]
struct World {
    temptation: f64,
    reward: f64,
    loss: f64,
    patience: f64,
    myopic: f64,
}

fn world() -> impl Strategy<Value = World> {
    let amount = || 0.05..5.0_f64;
    (amount(), amount(), amount(), 0.01..0.9_f64, 0.0..0.99_f64).prop_map(
        |(reward, more, loss, patience, myopic)| World {
            temptation: reward + more,
            reward,
            loss,
            patience,
            myopic,
        },
    )
}

/// What a patient party expects of a stranger that betrays each patient partner after so many periods together, or never:
/// by counting back from so far ahead that nothing is left of it. The first period is at this level.
fn expects(world: World, level: f64, betrays_after: Option<usize>) -> f64 {
    let last = betrays_after.unwrap_or(1);
    // By how many periods the partner has been kept; 0 is a stranger.
    let mut ahead = vec![0.0; last + 1];
    for _ in 0..320 {
        let meets = |place: usize| {
            let stake = if place == 0 { level } else { 1.0 };
            match betrays_after {
                Some(when) if when == place => stake * world.temptation + world.patience * ahead[0],
                _ => stake * world.reward + world.patience * ahead[last.min(place + 1)],
            }
        };
        let mut now: Vec<f64> = (0..=last).map(meets).collect();
        // A myopic stranger betrays whoever does not.
        let betrayed = if betrays_after == Some(0) {
            0.0
        } else {
            level * world.loss
        };
        let by_myopic = world.patience * ahead[0] - betrayed;
        now[0] = (1.0 - world.myopic) * now[0] + world.myopic * by_myopic;
        ahead = now;
    }
    ahead[0]
}

pub(super) fn testing_phase(trial: &mut Trial) {
    trial.for_all(
        "every time to betray tried: it lasts iff none is better than never",
        2000,
        world(),
        |world| {
            let terms = terms(world)?;
            prop_assume!(terms.margin.abs() > 1e-6);
            let never = expects(world, terms.level, None);
            let gains = (1..6).any(|when| never + 1e-10 < expects(world, terms.level, Some(when)));
            prop_assert_eq!(terms.sustained, !gains, "{:?}", terms);
            prop_assert!((never - terms.newcomer_value).abs() < 1e-8);
            prop_assert!(expects(world, terms.level, Some(0)) < never + 1e-8);
            Ok(())
        },
    );
    trial.for_all(
        "every level tried: none at which strangers keep faith is better than the one they begin at",
        2000,
        world(),
        |world| {
            let terms = terms(world)?;
            let levels = (0..=20).map(|level| f64::from(level) / 20.0);
            let kept = levels.filter(|&level| {
                expects(world, level, Some(0)) <= expects(world, level, None) + 1e-10
            });
            let best = kept.map(|level| expects(world, level, None));
            let best = best.fold(f64::NEG_INFINITY, f64::max);
            // A level between two of these is worth at most so much more than the lower.
            let apart = (world.reward + world.loss) / (1.0 - world.patience) / 20.0;
            prop_assert!(best < terms.newcomer_value + 1e-8, "{best} {terms:?}");
            prop_assert!(terms.newcomer_value < best + apart, "{best} {terms:?}");
            Ok(())
        },
    );
}

fn terms(world: World) -> Result<detente::reassurance::TestingTerms, TestCaseError> {
    let stakes = Stakes::new(world.temptation, world.reward, 0.0, -world.loss)?;
    let patience = DiscountFactor::new(world.patience)?;
    let phase = TestingPhase::new(&stakes, patience).map_err(refused)?;
    Ok(phase.terms(chance(world.myopic)))
}
