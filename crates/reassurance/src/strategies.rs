//! Generators of games of reassurance and ladders for property tests (feature `proptest`).
//!
//! ```
//! use detente_reassurance::strategies;
//! use proptest::{prelude::*, test_runner::TestRunner};
//!
//! TestRunner::deterministic().run(&strategies::reassurance_game(), |game| {
//!     prop_assert_eq!(game.can_reassure(), game.nice_threshold() < game.mean_threshold());
//!     Ok(())
//! }).unwrap();
//! ```

use detente_quantity::{DiscountFactor, Stakes, strategies::probability};
use proptest::{collection::vec, prelude::*};

use crate::{FirstStep, Ladder, Patience, ReassuranceGame, Rung, StartingSmall};

/// Any game of reassurance with payoffs between 1/100 and 20, about half of which can reassure.
pub fn reassurance_game() -> impl Strategy<Value = ReassuranceGame> {
    let amount = || 0.01..10.0_f64;
    (amount(), amount(), amount(), amount(), amount(), amount()).prop_filter_map(
        "a game of reassurance",
        |(reward, shortfall, loss, mean_reward, more, mean_loss)| {
            let nice = Stakes::new(reward - shortfall, reward, 0.0, -loss).ok()?;
            let mean = Stakes::new(mean_reward + more, mean_reward, 0.0, -mean_loss).ok()?;
            ReassuranceGame::new(&nice, &mean).ok()
        },
    )
}

/// A game of reassurance with payoffs anywhere between 10⁻³⁰⁰ and 10³⁰⁰.
pub fn extreme_reassurance_game() -> impl Strategy<Value = ReassuranceGame> {
    let amount = || (-300..300_i32).prop_map(|power| 10.0_f64.powi(power));
    (amount(), amount(), amount(), amount(), amount()).prop_filter_map(
        "a game of reassurance",
        |(reward, loss, mean_reward, more, mean_loss)| {
            let nice = Stakes::new(0.0, reward, 0.0, -loss).ok()?;
            let mean = Stakes::new(mean_reward + more, mean_reward, 0.0, -mean_loss).ok()?;
            ReassuranceGame::new(&nice, &mean).ok()
        },
    )
}

/// A first step of any size in the trust of any two.
pub fn first_step() -> impl Strategy<Value = FirstStep> {
    let share = prop_oneof![8 => 1e-3..=1.0_f64, 1 => Just(1.0)];
    (share, probability(), probability()).prop_map(|(share, senders_trust, receivers_trust)| {
        FirstStep {
            share,
            senders_trust,
            receivers_trust,
        }
    })
}

/// A rung at which an untrustworthy partner is usually tempted, with numbers up to 10.
pub fn rung() -> impl Strategy<Value = Rung> {
    let loss = prop_oneof![6 => 0.01..10.0_f64, 1 => Just(0.0)];
    let more = prop_oneof![6 => 0.01..5.0_f64, 1 => Just(0.0)];
    (0.05..5.0_f64, loss, 0.0..5.0_f64, more).prop_map(|(gain, loss, reward, more)| Rung {
        gain,
        loss,
        reward,
        temptation: reward + more,
    })
}

/// The patience of both sides, 0 well represented.
pub fn patience() -> impl Strategy<Value = Patience> {
    let delta = || prop_oneof![6 => 0.01..0.99_f64, 1 => Just(0.0)];
    (delta(), delta()).prop_filter_map("patience", |(truster, untrustworthy)| {
        Some(Patience {
            truster: DiscountFactor::new(truster).ok()?,
            untrustworthy: DiscountFactor::new(untrustworthy).ok()?,
        })
    })
}

/// A ladder of 1 to `most` rungs.
pub fn ladder(most: usize) -> impl Strategy<Value = Ladder> {
    (vec(rung(), 1..=most.max(1)), patience()).prop_filter_map("a ladder", |(rungs, patience)| {
        Ladder::new(&rungs, patience).ok()
    })
}

/// A game of starting small.
pub fn starting_small() -> impl Strategy<Value = StartingSmall> {
    let stakes = (0.1..5.0_f64, 0.05..5.0_f64, 0.05..10.0_f64);
    (stakes, 0.0..=1.0_f64, 0.0..0.999_f64).prop_filter_map(
        "a game of starting small",
        |((reward, more, loss), above, below)| {
            let grim = more / (reward + more);
            let stakes = Stakes::new(reward + more, reward, 0.0, -loss).ok()?;
            let patient = DiscountFactor::new(grim + above * (0.99 - grim).max(0.0)).ok()?;
            let impatient = DiscountFactor::new(below * grim).ok()?;
            StartingSmall::new(&stakes, patient, impatient).ok()
        },
    )
}
