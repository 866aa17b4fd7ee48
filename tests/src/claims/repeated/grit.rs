//! What a series of unilateral concessions does as an automaton (C-38).

use detente::{
    quantity::{Probability, Stakes, strategies},
    reassurance::{TrialTerms, try_policy},
    reciprocity::{
        ReciprocityError, Side,
        automata::{Automaton, AutomatonState, Encounter, Noise, named},
    },
};
use proptest::{prelude::Strategy, prop_assert, prop_assert_eq, strategy::Just};

use crate::Trial;

/// Cheats for so many periods, whatever it sees, and honours ever after.
fn late(cheated: usize) -> Result<Automaton, ReciprocityError> {
    let state = |period: usize| AutomatonState {
        honours: match period >= cheated {
            true => Probability::ONE,
            false => Probability::ZERO,
        },
        next: [(period + 1).min(cheated); 4],
    };
    Automaton::new("late", 0, (0..=cheated).map(state).collect())
}

pub(super) fn graduated_reciprocation(trial: &mut Trial) {
    let reciprocators = [
        named::tit_for_tat(),
        named::suspicious_tit_for_tat(),
        named::contrite_tit_for_tat(),
    ];
    trial.for_all(
        "one who reciprocates is led to mutual honouring for good",
        200,
        (2..20_usize, 1..20_usize, 0..reciprocators.len()),
        |(concessions, rest, other)| {
            let grit = named::Grit { concessions, rest }.automaton()?;
            let end = Encounter::new(&grit, &reciprocators[other], Noise::NONE)?.long_run()?;
            prop_assert!((end.outcomes.honouring(Side::Row).get() - 1.0).abs() < 1e-12);
            prop_assert!((end.outcomes.honouring(Side::Column).get() - 1.0).abs() < 1e-12);
            Ok(())
        },
    );
    trial.for_all(
        "one who does not is paid the series and nothing else",
        200,
        (1..20_usize, 1..20_usize, strategies::prisoners_dilemma()),
        |(concessions, rest, stakes)| {
            let grit = named::Grit { concessions, rest }.automaton()?;
            let end = Encounter::new(&grit, &named::always_cheat(), Noise::NONE)?.long_run()?;
            let lost = stakes.p() - end.outcomes.payoff(Side::Row, &stakes);
            let (given, waited) = (concessions as f64, rest as f64);
            let series = stakes.exposure() * given / (given + waited);
            prop_assert!((lost - series).abs() < 1e-9, "{lost} {series}");
            Ok(())
        },
    );
    trial.for_all(
        "one who comes to honour while it is on its guard is met at once, and not after its rest",
        200,
        (1..10_usize, 3..20_usize)
            .prop_flat_map(|(concessions, rest)| (Just(concessions), Just(rest), 0..rest - 1)),
        |(concessions, rest, waited)| {
            let grit = named::Grit { concessions, rest }.automaton()?;
            let cheated = concessions + waited;
            let terms = TrialTerms {
                stakes: Stakes::new(5.0, 3.0, 1.0, 0.0)?,
                own_noise: Noise::NONE,
                other_noise: Noise::NONE,
                periods: u32::try_from(concessions + rest + 2)?,
            };
            let found = try_policy(&grit, &late(cheated)?, &terms)?;
            prop_assert_eq!(found.reached, Some(u32::try_from(cheated + 2)?));
            Ok(())
        },
    );
    let usual = Stakes::new(5.0, 3.0, 1.0, 0.0).ok();
    let noise = Probability::new(0.01).ok().map(Noise::implementation);
    let together = |it: &Automaton| {
        let end = Encounter::new(it, it, noise?).ok()?.long_run().ok()?;
        Some(end.outcomes.payoff(Side::Row, &usual?))
    };
    let grit = named::Grit {
        concessions: 2,
        rest: 8,
    }
    .automaton()
    .ok();
    trial.holds(
        "by default: two who slip do better by it than by tit for tat",
        grit.and_then(|it| together(&it)) > together(&named::tit_for_tat()),
    );
}
