//! Agreements whose keeping is seen through noise: notes on reciprocity.

use detente::{
    quantity::{DiscountFactor, Probability, Stakes, strategies},
    reciprocity::{
        CriticalPatience,
        monitoring::{Alarm, Signals},
    },
};
use proptest::{
    collection,
    prelude::{Just, Strategy},
    prop_assert, prop_assert_eq, prop_assume,
    test_runner::TestCaseError,
};

use crate::{Claim, Kind, Trial};

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "S-10",
        kind: Kind::Theorem,
        source: "Abreu, Milgrom and Pearce 1991",
        statement: "if both see only an alarm, false with chance α and true with β, ℓ = β/α, the best \
                    that both can get in doing the same is R − (T − R)/(ℓ − 1), if \
                    δ ≥ (T − R)/[(T − R) + (β − α)(V − P)]",
        check: best_with_alarms,
    },
    Claim {
        id: "S-11",
        kind: Kind::Theorem,
        source: "derived; after Green and Porter 1984",
        statement: "breaking off for ever at the first alarm gives V = [(1 − δ)R + δαP]/[1 − δ(1 − α)] \
                    and is an equilibrium iff (1 − δ)(T − R) ≤ δ(β − α)(V − P)",
        check: breaking_off_at_an_alarm,
    },
    Claim {
        id: "S-12",
        kind: Kind::Theorem,
        source: "Fudenberg, Levine and Maskin 1994",
        statement: "pairwise full rank takes at least m₁ + m₂ − 1 signals, three in a game of two \
                    actions each, and nearly all probabilities of so many signals have it",
        check: signals_that_tell_apart,
    },
];

fn chance(it: f64) -> Result<Probability, TestCaseError> {
    Probability::new(it).map_err(|error| TestCaseError::fail(error.to_string()))
}

/// An alarm that tells something, and a patience.
fn alarms() -> impl Strategy<Value = (Stakes, f64, f64, DiscountFactor)> {
    (
        strategies::prisoners_dilemma(),
        0.0..0.9_f64,
        0.01..1.0_f64,
        0.01..0.99_f64,
    )
        .prop_filter_map("a patience", |(stakes, alpha, more, delta)| {
            let beta = alpha + more * (1.0 - alpha);
            Some((stakes, alpha, beta, DiscountFactor::new(delta).ok()?))
        })
}

fn best_with_alarms(trial: &mut Trial) {
    trial.for_all(
        "no promise after an alarm does better",
        2_000,
        alarms(),
        |(stakes, alpha, beta, patience)| {
            let alarm = Alarm::new(stakes, chance(alpha)?, chance(beta)?)?;
            let (t, r, p, delta) = (stakes.t(), stakes.r(), stakes.p(), patience.get());
            let found = alarm.best_symmetric(patience);
            // Honouring, and w after an alarm: V = (1 − δ)R + δ[(1 − α)V + αw], w between P and V.
            let mut best = p;
            for step in 0..=2_000 {
                let after = p + (r - p) * f64::from(step) / 2_000.0;
                let value =
                    ((1.0 - delta) * r + delta * alpha * after) / (1.0 - delta * (1.0 - alpha));
                let deterred = (1.0 - delta) * (t - r) <= delta * (beta - alpha) * (value - after);
                if deterred && after <= value && value > best {
                    best = value;
                }
            }
            prop_assert!(found.payoff >= best - 1e-9, "{} {best}", found.payoff);
            prop_assert!(
                found.payoff <= best + (r - p) / 1_000.0 || best <= p,
                "{} {best}",
                found.payoff
            );
            let limit = r - (t - r) / (beta / alpha - 1.0);
            let bound = (t - r) / ((t - r) + (beta - alpha) * (limit - p));
            prop_assume!((delta - bound).abs() > 1e-9);
            let honours = limit > p && delta > bound;
            prop_assert_eq!(found.honours, honours);
            let expected = if honours { limit } else { p };
            prop_assert!((found.payoff - expected).abs() < 1e-9 * (1.0 + expected.abs()));
            Ok(())
        },
    );
}

fn breaking_off_at_an_alarm(trial: &mut Trial) {
    trial.for_all(
        "against the recursion of its value",
        2_000,
        alarms(),
        |(stakes, alpha, beta, patience)| {
            let alarm = Alarm::new(stakes, chance(alpha)?, chance(beta)?)?;
            let (t, r, p, delta) = (stakes.t(), stakes.r(), stakes.p(), patience.get());
            let value = ((1.0 - delta) * r + delta * alpha * p) / (1.0 - delta * (1.0 - alpha));
            let margin = delta * (beta - alpha) * (value - p) - (1.0 - delta) * (t - r);
            prop_assume!(margin.abs() > 1e-9);
            match alarm.grim(patience) {
                Some(found) => {
                    prop_assert!(margin > 0.0 && (found - value).abs() < 1e-9);
                    prop_assert!(alarm.best_symmetric(patience).payoff >= found - 1e-9);
                }
                None => prop_assert!(margin < 0.0),
            }
            Ok(())
        },
    );
    trial.for_all(
        "at its critical patience it is the best there is",
        500,
        alarms(),
        |(stakes, alpha, beta, _)| {
            let alarm = Alarm::new(stakes, chance(alpha)?, chance(beta)?)?;
            let CriticalPatience::AtLeast(least) = alarm.critical_patience() else {
                return Ok(());
            };
            prop_assume!(least.get() > 1e-6 && least.get() < 0.999_999);
            let Some(grim) = alarm.grim(least) else {
                return Err(TestCaseError::fail(
                    "not sustained at the critical patience",
                ));
            };
            prop_assert!((grim - alarm.best_symmetric(least).payoff).abs() < 1e-6);
            Ok(())
        },
    );
}

/// Weights that become probabilities of signals, a list a pair of actions.
fn structures(signals: fn(usize) -> usize) -> impl Strategy<Value = (usize, usize, Vec<Vec<f64>>)> {
    (1..=4_usize, 1..=4_usize).prop_flat_map(move |(rows, columns)| {
        let n = signals(rows + columns);
        let weights = collection::vec(0.01..1.0_f64, n).prop_map(|weights| {
            let total: f64 = weights.iter().sum();
            weights.iter().map(|it| it / total).collect()
        });
        (
            Just(rows),
            Just(columns),
            collection::vec(weights, rows * columns),
        )
    })
}

fn signals_that_tell_apart(trial: &mut Trial) {
    trial.for_all(
        "not with fewer signals",
        500,
        structures(|actions| (actions - 2).max(1)),
        |(rows, columns, chances)| {
            prop_assume!(rows + columns > 2);
            let signals = Signals::new(rows, columns, &chances)?;
            for cell in 0..rows * columns {
                prop_assert!(!signals.pairwise_full_rank((cell / columns, cell % columns))?);
            }
            Ok(())
        },
    );
    trial.for_all(
        "with as many and any chances",
        500,
        structures(|actions| actions - 1),
        |(rows, columns, chances)| {
            let signals = Signals::new(rows, columns, &chances)?;
            prop_assert!(signals.pairwise_full_rank((0, 0))?);
            Ok(())
        },
    );
}
