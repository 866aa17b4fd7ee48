//! Reciprocity: who would honour an agreement (M-02, C-03, S-01).

use detente::{
    quantity::{DiscountFactor, Probability, Stakes, strategies},
    reciprocity::{
        Bimatrix, CriticalPatience, ImplementationGame, ReciprocityError,
        automata::{Automaton, AutomatonState, RepeatedGame, named},
        critical_patience, honours,
        repeated::{Signatory, critical_delta_of_actions},
        strategies::indifferent,
    },
};
use proptest::{
    prelude::Strategy, prop_assert, prop_assert_eq, prop_assume, test_runner::TestCaseError,
};

use crate::{Claim, Kind, Trial};

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "M-02",
        kind: Kind::Theorem,
        source: "after Friedman 1971, with imperfect detection",
        statement: "a party honours iff (1 − δ)(T − R) ≤ δm(R − P): iff honouring for ever is worth \
                    at least cheating until it is caught and answered by nonagreement",
        check: imperfectly_detected_cheating,
    },
    Claim {
        id: "C-03",
        kind: Kind::Theorem,
        source: "Larson 1997 on rational choice; Axelrod 1984",
        statement: "with nothing to fall back on (P = 0), honouring pays iff R/(1 − δ) ≥ T, and the \
                    bound 1 − R/T is the grim trigger's",
        check: interest_is_the_grim_trigger,
    },
    Claim {
        id: "S-01",
        kind: Kind::Theorem,
        source: "Friedman 1971",
        statement: "the grim trigger sustains cooperation in a dilemma iff δ ≥ (T − R)/(T − P), and \
                    between unequal parties iff δ reaches the larger of their bounds; in chicken, \
                    where S > P, its threat would not be carried out, and what would be takes \
                    (T − R)/(T − S)",
        check: grim_trigger,
    },
];

/// The least patience that honours, for stakes that have one.
fn least(stakes: &Stakes, detection: Probability) -> Result<f64, TestCaseError> {
    match critical_patience(stakes, detection) {
        CriticalPatience::AtLeast(delta) => Ok(delta.get()),
        other => Err(TestCaseError::fail(format!("{stakes:?}: {other:?}"))),
    }
}

/// The value of cheating until caught: the fixed point of V ↦ T + δ[(1 − m)V + mP/(1 − δ)], by
/// iteration.
fn value_of_cheating(stakes: &Stakes, m: f64, delta: f64) -> f64 {
    (0..5000).fold(0.0, |v, _| {
        stakes.t() + delta * ((1.0 - m) * v + m * stakes.p() / (1.0 - delta))
    })
}

fn imperfectly_detected_cheating(trial: &mut Trial) {
    trial.for_all(
        "any order of payoffs: honours iff R/(1 − δ) beats the iterated value of cheating",
        2_000,
        (
            strategies::stakes(),
            strategies::probability(),
            0.0..0.99_f64,
        ),
        |(stakes, m, delta)| {
            let cheating = value_of_cheating(&stakes, m.get(), delta);
            let honouring = stakes.r() / (1.0 - delta);
            prop_assume!((honouring - cheating).abs() > 1e-9);
            let patience = DiscountFactor::new(delta)?;
            prop_assert_eq!(honours(&stakes, m, patience), honouring > cheating);
            Ok(())
        },
    );
    trial.for_all(
        "a prisoner's dilemma: δ* = (T − R)/(T − R + m(R − P))",
        2_000,
        (strategies::prisoners_dilemma(), 1e-3..=1.0_f64),
        |(stakes, m)| {
            let (t, r, p) = (stakes.t(), stakes.r(), stakes.p());
            let found = least(&stakes, Probability::new(m)?)?;
            prop_assert!((found - (t - r) / (t - r + m * (r - p))).abs() < 1e-9);
            Ok(())
        },
    );
    trial.for_all(
        "at exact equality a party honours, and with any less patience cheats",
        2_000,
        indifferent(),
        |(stakes, m, delta)| {
            let less = DiscountFactor::new(delta.get().next_down())?;
            prop_assert!(honours(&stakes, m, delta) && !honours(&stakes, m, less));
            Ok(())
        },
    );
    trial.for_all(
        "limits: m = 0 or R ≤ P makes a tempted party cheat; T ≤ R and R ≥ P always honours",
        2_000,
        (
            strategies::stakes(),
            strategies::probability(),
            strategies::discount_factor(),
        ),
        |(stakes, m, delta)| {
            if stakes.temptation() > 0.0 {
                prop_assert!(!honours(&stakes, Probability::ZERO, delta));
                prop_assert!(stakes.gain() > 0.0 || !honours(&stakes, m, delta));
            } else if stakes.gain() >= 0.0 {
                prop_assert!(honours(&stakes, m, delta));
            }
            Ok(())
        },
    );
    trial.for_all(
        "the bound and the rule agree at every patience",
        2_000,
        (
            strategies::stakes(),
            strategies::probability(),
            strategies::discount_factor(),
        ),
        |(stakes, m, delta)| {
            let admitted = critical_patience(&stakes, m).admits(delta);
            prop_assert_eq!(admitted, honours(&stakes, m, delta));
            Ok(())
        },
    );
}

fn interest_is_the_grim_trigger(trial: &mut Trial) {
    trial.for_all(
        "P = 0, T > R > 0: honours iff R/(1 − δ) ≥ T",
        2_000,
        (1e-2..10.0_f64, 1e-2..10.0_f64, 0.0..1.0_f64),
        |(r, temptation, delta)| {
            let t = r + temptation;
            let stakes = Stakes::new(t, r, 0.0, -1.0)?;
            let bound = 1.0 - r / t;
            prop_assert!((least(&stakes, Probability::ONE)? - bound).abs() < 1e-9);
            prop_assume!((delta - bound).abs() > 1e-9);
            let patience = DiscountFactor::new(delta)?;
            let pays = r / (1.0 - delta) >= t;
            prop_assert_eq!(honours(&stakes, Probability::ONE, patience), pays);
            Ok(())
        },
    );
}

/// Chicken on small whole numbers.
fn chicken() -> impl Strategy<Value = Stakes> {
    (-4..4_i8, 1..6_i8, 1..6_i8, 1..6_i8).prop_filter_map("chicken", |(p, s, r, t)| {
        let (s, r, t) = (p + s, p + s + r, p + s + r + t);
        Stakes::new(f64::from(t), f64::from(r), f64::from(p), f64::from(s)).ok()
    })
}

/// Honours until one side cheats alone; then the one that was cheated cheats for ever, and the other
/// honours for ever, as the worst equilibrium for it has it.
fn reverting() -> Result<Automaton, ReciprocityError> {
    let state = |honours, next| AutomatonState { honours, next };
    let [never, always] = [Probability::ZERO, Probability::ONE];
    let states = vec![
        state(always, [0, 1, 2, 0]),
        state(never, [1; 4]),
        state(always, [2; 4]),
    ];
    Automaton::new("reverting".to_owned(), 0, states)
}

/// In chicken only a punishment that is itself an equilibrium holds.
fn credible_punishment(trial: &mut Trial) {
    trial.for_all(
        "chicken: grim is never perfect; reversion to an equilibrium is from (T − R)/(T − S) on",
        1_000,
        (chicken(), 0.01..0.99_f64),
        |(stakes, delta)| {
            let bound = (stakes.t() - stakes.r()) / (stakes.t() - stakes.s());
            prop_assume!((bound - delta).abs() > 1e-6);
            let patience = DiscountFactor::new(delta)?;
            prop_assert!(!Signatory::new(stakes, patience).carries_out_the_answer());
            let game = ImplementationGame::new(stakes, stakes);
            let repeated = RepeatedGame::new(game, patience);
            let (grim, credible) = (named::grim(), reverting()?);
            prop_assert!(!repeated.subgame_perfect(&grim, &grim)?.holds());
            let holds = repeated.subgame_perfect(&credible, &credible)?.holds();
            prop_assert_eq!(holds, delta > bound);
            let least = critical_delta_of_actions(&Bimatrix::from(&game), (0, 0))?.enough();
            prop_assert!(
                least.is_some_and(|it| (it - bound).abs() < 1e-12),
                "{least:?}"
            );
            Ok(())
        },
    );
}

fn grim_trigger(trial: &mut Trial) {
    credible_punishment(trial);
    trial.for_all(
        "m = 1: the bound is (T − R)/(T − P)",
        2_000,
        strategies::prisoners_dilemma(),
        |stakes| {
            let bound = (stakes.t() - stakes.r()) / (stakes.t() - stakes.p());
            prop_assert!((least(&stakes, Probability::ONE)? - bound).abs() < 1e-9);
            Ok(())
        },
    );
    // (T, R, P, S) of each side; mutual cooperation's critical δ from exact repeated-game sets.
    for (name, row, column, reference) in [
        (
            "9,1,10,3",
            [10.0, 9.0, 3.0, 1.0],
            [10.0, 9.0, 3.0, 1.0],
            1.0 / 7.0,
        ),
        ("3,0,5,1", [5.0, 3.0, 1.0, 0.0], [5.0, 3.0, 1.0, 0.0], 0.5),
        (
            "asymmetric",
            [8.0, 5.0, 2.0, 0.0],
            [6.0, 4.0, 1.0, -1.0],
            0.5,
        ),
        (
            "called bluff",
            [4.0, 3.0, 1.0, 2.0],
            [4.0, 3.0, 2.0, 1.0],
            0.5,
        ),
    ] {
        let bound = |[t, r, p, s]: [f64; 4]| {
            Stakes::new(t, r, p, s)
                .ok()
                .and_then(|stakes| least(&stakes, Probability::ONE).ok())
                .unwrap_or(f64::NAN)
        };
        let found = bound(row).max(bound(column));
        trial.close(
            &format!("{name}: larger of the bounds"),
            found,
            reference,
            1e-12,
        );
    }
}
