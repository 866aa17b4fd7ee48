//! Ladders against a strategic opponent: C-30 (with instalments), C-32, C-33, C-34.

use detente::{
    quantity::{DiscountFactor, Probability, Stakes, strategies as quantity},
    reassurance::{
        Ladder, LimitedTest, Rung, StartingSmall, TestingPhase, instalments, strategies,
    },
    reciprocity::repeated::{Instalments, Signatory},
};
use proptest::prelude::*;

use super::{EXAMPLE, chance, patience, refused, strangers};
use crate::Trial;

fn repeated(rung: Rung, n: usize, delta: f64) -> Result<Ladder, TestCaseError> {
    Ladder::new(&vec![rung; n], patience(delta, delta)?).map_err(refused)
}

pub(super) fn n_steps(trial: &mut Trial) {
    for (n, reference) in [(1, 0.6667), (2, 0.4444), (3, 0.2963), (4, 0.1975)] {
        let threshold = repeated(EXAMPLE, n, 0.9)
            .ok()
            .and_then(|ladder| ladder.threshold())
            .map_or(f64::NAN, Probability::get);
        trial.close(&format!("p̄ⁿ at n = {n}"), threshold, reference, 1e-4);
    }
    let climb = repeated(EXAMPLE, 4, 0.9).map(|ladder| ladder.climb(chance(0.2)));
    let number = |place: usize, which: fn(&detente::reassurance::ClimbRung) -> Probability| {
        let rung = climb.as_ref().ok().and_then(|climb| climb.rungs.get(place));
        rung.map_or(f64::NAN, |rung| which(rung).get())
    };
    trial.close("p = .2, n = 4: m", number(0, |it| it.mimicry), 0.5938, 1e-4);
    trial.close("r", number(1, |it| it.taken), 0.7407, 1e-4);
    trial.holds(
        "three steps are too few for p = .2",
        repeated(EXAMPLE, 3, 0.9).is_ok_and(|it| it.climb(chance(0.2)).refusal.is_some()),
    );
    trial.for_all(
        "at any stakes worth waiting for: threshold p̄ⁿ, mimicry to p̄ⁿ⁻¹, trusted on with r",
        3000,
        (
            (0.1..5.0_f64, 0.1..5.0_f64),
            (0.1..5.0_f64, 0.05..3.0_f64),
            (2..7_usize, 0.3..0.99_f64),
            (0.5..2.0_f64, 0.001..1.0_f64),
        ),
        |((gain, loss), (reward, more), (n, delta), (growth, at))| {
            let temptation = reward + more;
            let agreement = Rung {
                gain,
                loss,
                reward,
                temptation,
            };
            let r = more / (delta * growth * temptation);
            prop_assume!(r < 1.0 - 1e-9);
            let stakes: Vec<f64> = (0..n as i32).map(|step| growth.powi(step)).collect();
            let ladder =
                Ladder::scaled(agreement, &stakes, patience(delta, delta)?).map_err(refused)?;
            let needed = loss / (gain + loss);
            let threshold = needed.powi(n as i32);
            let found = ladder.threshold().map_or(f64::NAN, Probability::get);
            prop_assert!((found - threshold).abs() < 1e-9 * threshold);
            // A trust between p̄ⁿ and p̄ⁿ⁻¹: just n steps do it.
            let next = needed.powi(n as i32 - 1);
            let p = threshold + at * 0.999 * (next - threshold);
            let climb = ladder.climb(chance(p));
            prop_assert_eq!(climb.rungs.len(), n);
            let honoured = p + (1.0 - p) * climb.rungs[0].mimicry.get();
            prop_assert!((honoured - p / next).abs() < 1e-9);
            for (rung, step) in climb.rungs.iter().zip(1..).skip(1) {
                prop_assert!((rung.taken.get() - r).abs() < 1e-9, "{} {r}", rung.taken);
                prop_assert!((rung.trust.get() - needed.powi(n as i32 - step + 1)).abs() < 1e-9);
            }
            Ok(())
        },
    );
    trial.for_all(
        "one step is Coleman's rule",
        1000,
        (
            strategies::rung(),
            strategies::patience(),
            quantity::probability(),
        ),
        |(rung, patience, p)| {
            prop_assume!(rung.reward < rung.temptation);
            let ladder = Ladder::new(&[rung], patience).map_err(refused)?;
            let margin = p.get() * rung.gain - (1.0 - p.get()) * rung.loss;
            prop_assume!(margin.abs() > 1e-9);
            prop_assert_eq!(ladder.climb(p).refusal.is_none(), margin > 0.0);
            Ok(())
        },
    );
    piecemeal(trial);
}

pub(super) fn limited_cost(trial: &mut Trial) {
    let test = |delta: f64| {
        let patience = patience(0.5, delta)?;
        LimitedTest::new(EXAMPLE, patience).map_err(refused)
    };
    let trust = chance(0.2);
    trial.close(
        "p = .2, δ = .5: α_max",
        test(0.5).map_or(f64::NAN, |it| it.affordable(trust)),
        0.1429,
        1e-4,
    );
    for (delta, reference, feasible) in [(0.5, 0.75, false), (0.05, 0.075, true)] {
        let revealing = test(delta).ok().and_then(|it| it.revealing());
        trial.close(
            &format!("δ_U = {delta}: α_min"),
            revealing.unwrap_or(f64::NAN),
            reference,
            1e-12,
        );
        trial.holds(
            &format!("δ_U = {delta}: feasible {feasible}"),
            test(delta).is_ok_and(|it| it.band(trust).is_some() == feasible),
        );
    }
    trial.for_all(
        "accepted as a separating test iff α ≤ α_max; the untrustworthy honour it iff α < α_min",
        3000,
        (
            strategies::rung(),
            (0.01..0.99_f64, 0.01..0.99_f64),
            (0.001..0.999_f64, 0.001..=1.0_f64),
        ),
        |(rung, (delta, mimic), (p, size))| {
            prop_assume!(rung.reward < rung.temptation);
            let test = LimitedTest::new(rung, patience(delta, mimic)?).map_err(refused)?;
            let value = size * (p * rung.gain - (1.0 - p) * rung.loss)
                + delta / (1.0 - delta) * p * rung.gain;
            prop_assume!(value.abs() > 1e-9);
            prop_assert_eq!(value > 0.0, size < test.affordable(chance(p)));
            prop_assert!(test.affordable(chance(p)) > 0.0);
            let waiting = size * rung.reward + mimic * rung.temptation;
            let betraying = size * rung.temptation;
            prop_assume!((waiting - betraying).abs() > 1e-9);
            let reveals = test.revealing().is_some_and(|least| least < size);
            prop_assert_eq!(reveals, waiting < betraying);
            Ok(())
        },
    );
    trial.for_all(
        "a test too cheap for the patient is mimicked wherever it is taken",
        2000,
        (0.001..0.999_f64, 0.001..0.7_f64),
        |(p, size)| {
            let test = LimitedTest::new(EXAMPLE, patience(0.5, 0.5)?).map_err(refused)?;
            let climb = test.climb(size, chance(p)).map_err(refused)?;
            prop_assert!(
                climb
                    .rungs
                    .first()
                    .is_none_or(|it| it.mimicry > Probability::ZERO)
            );
            Ok(())
        },
    );
}

pub(super) fn starting_small(trial: &mut Trial) {
    let plan = Stakes::new(3.0, 2.0, 0.0, -1.0)
        .map_err(TestCaseError::from)
        .and_then(|stakes| {
            let (high, low) = (DiscountFactor::new(0.6)?, DiscountFactor::new(0.3)?);
            StartingSmall::new(&stakes, high, low).map_err(refused)
        })
        .ok()
        .and_then(|game| game.plan(chance(0.05)));
    let number =
        |which: fn(&detente::reassurance::TwoSided) -> f64| plan.as_ref().map_or(f64::NAN, which);
    trial.close("p = .05: α₀", number(|it| it.levels.low()), 0.045, 1e-12);
    trial.close("value", number(|it| it.value), 0.1118, 1e-4);
    trial.close("full stakes", number(|it| it.value_in_full), -0.70, 1e-12);
    trial.close(
        "threshold",
        number(|it| it.threshold_in_full.get()),
        0.1667,
        1e-4,
    );
    trial.for_all(
        "for every p > 0: the low betray at once, the high cooperate, and it is worth it",
        100_000,
        (
            (0.01..5.0_f64, 0.01..5.0_f64, 0.01..10.0_f64),
            (0.0..=1.0_f64, 0.0..0.999_f64),
            1e-6..1.0_f64,
        ),
        |((r, more, s), (above, below), p)| {
            let t = r + more;
            let grim = 1.0 - r / t;
            let (high, low) = (grim + above * (0.999 - grim).max(0.0), below * grim);
            let stakes = Stakes::new(t, r, 0.0, -s)?;
            let (high, low) = (DiscountFactor::new(high)?, DiscountFactor::new(low)?);
            let Ok(game) = StartingSmall::new(&stakes, high, low) else {
                // Rounding at the very bound.
                prop_assume!(false);
                return Ok(());
            };
            let Some(plan) = game.plan(chance(p)) else {
                return Err(TestCaseError::fail("no plan"));
            };
            let (a, high, low) = (plan.levels.low(), high.get(), low.get());
            let first = a * (p * r - (1.0 - p) * s);
            let scale = 1e-9 * (t + s) / (1.0 - high);
            prop_assert!(a * p * t >= first + low * p * t - scale);
            let stays = first + high / (1.0 - high) * p * r;
            prop_assert!(stays >= a * p * t - scale && stays >= first + high * p * t - scale);
            prop_assert!((plan.value - stays).abs() <= scale && plan.value > -scale);
            Ok(())
        },
    );
}

pub(super) fn testing_phase(trial: &mut Trial) {
    let world = || (quantity::prisoners_dilemma(), 0.001..0.999_f64);
    trial.for_all(
        "without myopic types it cannot last",
        3000,
        world(),
        |(stakes, delta)| {
            let delta = DiscountFactor::new(delta)?;
            let world = TestingPhase::new(&stakes, delta).map_err(refused)?;
            prop_assert!(!world.terms(Probability::ZERO).sustained);
            Ok(())
        },
    );
    trial.for_all(
        "with enough of them it lasts, if patience would sustain it between partners for life",
        3000,
        world(),
        |(stakes, delta)| {
            let (t, r) = (stakes.t() - stakes.p(), stakes.gain());
            prop_assume!((delta - (1.0 - r / t)).abs() > 1e-6);
            let world = TestingPhase::new(&stakes, DiscountFactor::new(delta)?).map_err(refused)?;
            let sustained = (0..=1000)
                .map(|share| world.terms(chance(f64::from(share) / 1000.0)))
                .any(|terms| terms.sustained);
            prop_assert_eq!(sustained, 1.0 - r / t < delta);
            Ok(())
        },
    );
    strangers::testing_phase(trial);
}

/// The untrustworthy partner of an agreement, to whom the relation is worth this much afterwards.
fn held_by(
    agreement: Rung,
    afterwards: f64,
    patience: DiscountFactor,
) -> Result<Instalments, TestCaseError> {
    let stakes = Stakes::new(agreement.temptation, agreement.reward, 0.0, -1.0)?;
    Ok(Instalments {
        party: Signatory::new(stakes, patience),
        afterwards,
    })
}

fn piecemeal(trial: &mut Trial) {
    trial.for_all(
        "each instalment tempts by (T−R)/n; the last is honoured iff what follows outweighs that",
        2000,
        (
            strategies::rung(),
            1..200_u32,
            (0.01..5.0_f64, 0.1..0.99_f64),
        ),
        |(agreement, n, (bond, delta))| {
            let patience = patience(delta, delta)?;
            let ladder = instalments(agreement, n as usize, patience).map_err(refused)?;
            let whole = agreement.temptation - agreement.reward;
            for rung in ladder.rungs() {
                let each = rung.temptation - rung.reward;
                prop_assert!((each - whole / f64::from(n)).abs() < 1e-9);
            }
            let held = held_by(agreement, bond, patience.untrustworthy)?;
            let last = held.margin(n, 0).map_err(refused)?;
            let outweighed = delta * bond - whole / f64::from(n);
            prop_assume!(outweighed.abs() > 1e-9);
            prop_assert_eq!(last > 0.0, outweighed > 0.0);
            Ok(())
        },
    );
    trial.for_all(
        "known to be untrustworthy, and with nothing outside: every number of instalments unravels",
        500,
        (strategies::rung(), 1..60_usize, 0.0..0.99_f64),
        |(agreement, n, delta)| {
            prop_assume!(agreement.reward < agreement.temptation && 0.0 < agreement.loss);
            let ladder = instalments(agreement, n, patience(delta, delta)?).map_err(refused)?;
            prop_assert!(ladder.climb(Probability::ZERO).rungs.is_empty());
            let held = held_by(agreement, 0.0, DiscountFactor::new(delta)?)?;
            prop_assert_eq!(held.fewest(200).map_err(refused)?, None);
            Ok(())
        },
    );
    trial.holds(
        "with some trust they need not: four quarters are begun at p = .2, the whole is not",
        [(4, true), (1, false)].into_iter().all(|(n, begun)| {
            let ladder = patience(0.9, 0.9)
                .and_then(|patience| instalments(EXAMPLE, n, patience).map_err(refused));
            ladder.is_ok_and(|it| it.climb(chance(0.2)).rungs.is_empty() != begun)
        }),
    );
}
