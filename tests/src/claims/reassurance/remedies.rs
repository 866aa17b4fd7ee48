//! Larson's remedies: C-06.

use detente::{
    quantity::Probability,
    reassurance::{
        Comparison, Concession, Ladder, Rung, SeriesEnd, SeriesGoal, Terms, cheapest_series,
        cost_of_breaches,
    },
    reputation::{Act, Belief, Evidence, Tone, Warranted},
};
use proptest::prelude::*;

use super::{chance, grit, patience, refused};
use crate::Trial;

fn goal(threshold: f64) -> SeriesGoal {
    SeriesGoal {
        trustworthy: 0,
        threshold: chance(threshold),
        longest: 60,
        most_states: 10_000,
        comparison: Comparison::LessTrust,
    }
}

/// A concession of cost 1 that can be repeated.
fn repeatable(terms: Terms) -> Result<Concession, TestCaseError> {
    Ok(Concession {
        act: terms.act().map_err(refused)?,
        cost: 1.0,
        available: 60,
    })
}

pub(super) fn remedies(trial: &mut Trial) {
    trial.for_all(
        "where one agreement is refused and steps are worth waiting for, n steps are begun and end in trust",
        2000,
        (
            (0.1..5.0_f64, 0.1..5.0_f64, 0.5..5.0_f64),
            (2..6_usize, 0.01..0.99_f64),
        ),
        |((gain, loss, reward), (n, at))| {
            let rung = Rung {
                gain,
                loss,
                reward,
                temptation: 1.5 * reward,
            };
            let needed = loss / (gain + loss);
            let lowest = needed.powi(n as i32);
            let trust = chance(lowest + at * (needed - lowest));
            prop_assume!(trust.get() < needed - 1e-9 && lowest + 1e-9 < trust.get());
            let climb = |n: usize| {
                let ladder = Ladder::new(&vec![rung; n], patience(0.9, 0.9)?).map_err(refused)?;
                Ok::<_, TestCaseError>(ladder.climb(trust))
            };
            prop_assert!(climb(1)?.refusal.is_some());
            let steps = climb(n)?;
            prop_assert!(steps.refusal.is_none() && steps.truster_value > 0.0);
            prop_assert!(steps.rungs.iter().all(|rung| rung.trust <= rung.trust_if_honoured));
            prop_assert_eq!(steps.rungs[n - 1].trust_if_honoured, Probability::ONE);
            Ok(())
        },
    );
    trial.for_all(
        "gifts repeated reach what trades do not, and a breach midway never makes it cheaper",
        1000,
        (
            0.05..0.5_f64,
            0.55..0.9_f64,
            (0.5..0.9_f64, 0.05..0.3_f64),
            1.1..8.0_f64,
        ),
        |(prior, threshold, (trustworthy, untrustworthy), harm)| {
            let belief = Belief::binary(chance(prior)).map_err(refused)?;
            let terms = Terms {
                trustworthy: chance(trustworthy),
                untrustworthy: chance(untrustworthy),
                contingent: Probability::ZERO,
                revocable: Probability::ZERO,
            };
            let gift = [repeatable(terms)?];
            let goal = goal(threshold);
            let plan = cheapest_series(&belief, &gift, &Warranted, &goal).map_err(refused)?;
            prop_assert_eq!(plan.end, SeriesEnd::Found);
            let hostile = Evidence::ratios(vec![1.0, harm]).map_err(refused)?;
            let breach = Act::new(Tone::Hostile, hostile);
            let breaches = cost_of_breaches(&belief, &gift, &Warranted, &goal, &plan, &breach)
                .map_err(refused)?;
            prop_assert!(
                breaches
                    .iter()
                    .all(|it| it.extra_cost.is_none_or(|extra| extra >= 0.0))
            );
            for hollow in [
                Terms {
                    contingent: Probability::ONE,
                    ..terms
                },
                Terms {
                    revocable: Probability::ONE,
                    ..terms
                },
            ] {
                let hollow = [repeatable(hollow)?];
                let plan = cheapest_series(&belief, &hollow, &Warranted, &goal).map_err(refused)?;
                prop_assert_eq!(plan.end, SeriesEnd::NoneSuffices);
            }
            Ok(())
        },
    );
    grit::initiatives(trial);
}
