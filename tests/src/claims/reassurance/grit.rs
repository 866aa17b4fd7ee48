//! Graduated reciprocation in tension-reduction (Osgood 1962), as a policy: part of C-06.

use detente::{
    quantity::Stakes,
    reassurance::{PolicyTrial, TrialTerms, try_policy},
    reciprocity::automata::{Automaton, Noise, named},
};
use proptest::prelude::*;

use super::refused;
use crate::Trial;

/// A trial at T, R, P, S = 3, 2, 0, −1 without errors.
fn tried(
    policy: &Automaton,
    opponent: &Automaton,
    periods: u32,
) -> Result<PolicyTrial, TestCaseError> {
    let terms = TrialTerms {
        stakes: Stakes::new(3.0, 2.0, 0.0, -1.0)?,
        own_noise: Noise::NONE,
        other_noise: Noise::NONE,
        periods,
    };
    try_policy(policy, opponent, &terms).map_err(refused)
}

pub(super) fn initiatives(trial: &mut Trial) {
    trial.for_all(
        "a suspicious reciprocator is won over by a series of two or more and never by tit for tat",
        100,
        (2..8_usize, 1..10_usize),
        |(concessions, rest)| {
            let grit = named::Grit { concessions, rest };
            let grit = grit.automaton().map_err(refused)?;
            let suspicious = named::suspicious_tit_for_tat();
            let won = tried(&grit, &suspicious, 20)?;
            prop_assert_eq!((won.mutual_cooperation.get(), won.reached), (1.0, Some(2)));
            let feud = tried(&named::tit_for_tat(), &suspicious, 20)?;
            prop_assert_eq!((feud.mutual_cooperation.get(), feud.reached), (0.0, None));
            prop_assert!(feud.payoff < won.payoff);
            Ok(())
        },
    );
    trial.for_all(
        "an exploiter gains from it one loss a concession, and cooperation never comes",
        100,
        (1..6_usize, 1..10_usize),
        |(concessions, rest)| {
            let grit = named::Grit { concessions, rest };
            let grit = grit.automaton().map_err(refused)?;
            let length = u32::try_from(concessions + rest).map_err(refused)?;
            let fed = tried(&grit, &named::always_cheat(), length)?;
            prop_assert!((fed.worst_loss - concessions as f64).abs() < 1e-9);
            prop_assert!(fed.mutual_cooperation.get() <= 0.0);
            Ok(())
        },
    );
}
