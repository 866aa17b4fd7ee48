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
use detente_reputation::strategies::act;
use proptest::{collection::vec, prelude::*};

use crate::{
    Concession, FirstStep, Ladder, Mimic, MutualRung, MutualTrust, Patience, ReassuranceGame, Rung,
    RungStake, StartingSmall, Terms, TestingPhase,
};

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

/// A testing phase among strangers.
pub fn testing_phase() -> impl Strategy<Value = TestingPhase> {
    let stakes = (0.1..5.0_f64, 0.05..5.0_f64, 0.05..10.0_f64, 0.0..0.99_f64);
    stakes.prop_filter_map("a testing phase", |(reward, more, loss, patience)| {
        let stakes = Stakes::new(reward + more, reward, 0.0, -loss).ok()?;
        TestingPhase::new(&stakes, DiscountFactor::new(patience).ok()?).ok()
    })
}

/// A partner that may play along: of any patience, seen with any chance.
pub fn mimic() -> impl Strategy<Value = Mimic> {
    let delta = prop_oneof![5 => 0.0..0.95_f64, 1 => Just(0.0)];
    (probability(), delta).prop_filter_map("a mimic", |(detection, delta)| {
        Some(Mimic {
            detection,
            patience: DiscountFactor::new(delta).ok()?,
        })
    })
}

/// How likely two types are to make a concession, and on what terms.
pub fn terms() -> impl Strategy<Value = Terms> {
    let chances = (probability(), probability(), probability(), probability());
    chances.prop_map(
        |(trustworthy, untrustworthy, contingent, revocable)| Terms {
            trustworthy,
            untrustworthy,
            contingent,
            revocable,
        },
    )
}

/// A concession seen by one who thinks two types possible, at a cost of up to 10.
pub fn concession() -> impl Strategy<Value = Concession> {
    let cost = prop_oneof![6 => 0.01..10.0_f64, 1 => Just(0.0)];
    (act(2), cost, 0..20_usize).prop_map(|(act, cost, available)| Concession {
        act,
        cost,
        available,
    })
}

/// Rungs on coarse numbers, so that ties occur, the last of 2 to `most` the full agreement, from which
/// both sides gain.
pub fn mutual_trust(most: usize) -> impl Strategy<Value = MutualTrust> {
    let side = || {
        (1..5_u8, 0..6_u8, 1..6_u8).prop_map(|(gain, loss, evidence)| RungStake {
            gain: f64::from(gain) / 4.0,
            loss: f64::from(loss) / 4.0,
            evidence: f64::from(evidence) / 2.0,
        })
    };
    let rung = (side(), side(), 0..3_u8).prop_map(|(one, other, time)| MutualRung {
        sides: [one, other],
        time: f64::from(time),
    });
    vec(rung, 2..=most.max(2)).prop_filter_map("a judge", |rungs| {
        let target = rungs.len() - 1;
        MutualTrust::new(rungs, target).ok()
    })
}
