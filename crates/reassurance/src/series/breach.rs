use detente_quantity::Probability;
use detente_reputation::{Act, Belief, Reader};

use super::{Concession, SeriesGoal, SeriesPlan, cheapest_series};
use crate::ReassuranceError;

/// What it does to a series to break it off with a hostile act at one point.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Breach {
    /// After how many concessions of the series.
    pub after: usize,
    /// The receiver's trust after the breach.
    pub trust: Probability,
    /// The cheapest series from there, with what was conceded not to be conceded again.
    pub repair: SeriesPlan,
    /// What the goal costs in all beyond the unbroken series; `None` if no series repairs it, or none was found with
    /// the states that were left ([`SeriesPlan::end`]).
    pub extra_cost: Option<f64>,
}

/// What breaking consistency midway costs: the series of `plan` with the act `breach` after none, one, …
/// all of its concessions, and from each point the cheapest series that still leads to the goal
/// (claim C-06, on unilateral concessions *within a consistent policy*).
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reassurance::{Comparison, Concession, SeriesGoal, cheapest_series, cost_of_breaches};
/// use detente_reputation::{Act, Belief, Evidence, Tone, Warranted};
///
/// let act = |tone, ratio: [f64; 2]| Evidence::ratios(ratio.to_vec()).map(|it| Act::new(tone, it));
/// let cut = Concession { act: act(Tone::Cooperative, [3.0, 1.0])?, cost: 1.0, available: 100 };
/// let incident = act(Tone::Hostile, [1.0, 5.0])?;
/// let prior = Belief::binary(Probability::new(0.1)?)?;
/// let goal = SeriesGoal {
///     trustworthy: 0,
///     threshold: Probability::new(2.0 / 3.0)?,
///     longest: 100,
///     most_states: 10_000,
///     comparison: Comparison::LessTrust,
/// };
/// let plan = cheapest_series(&prior, &[cut.clone()], &Warranted, &goal)?;
/// let breaches = cost_of_breaches(&prior, &[cut], &Warranted, &goal, &plan, &incident)?;
/// // An incident five times as likely from an enemy undoes one and a half such cuts: two more are needed.
/// assert_eq!(breaches[2].extra_cost, Some(2.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// All repairs together examine `goal.most_states` belief states: each may take what those before it left, and those
/// for which nothing is left end as [`BudgetSpent`](crate::SeriesEnd::BudgetSpent).
///
/// # Errors
/// As [`cheapest_series`]; [`ReassuranceError::OutOfRange`] if the plan names a concession that is not
/// in the list.
pub fn cost_of_breaches<R: Reader + ?Sized>(
    prior: &Belief,
    concessions: &[Concession],
    reader: &R,
    goal: &SeriesGoal,
    plan: &SeriesPlan,
    breach: &Act,
) -> Result<Vec<Breach>, ReassuranceError> {
    let mut left = concessions.to_vec();
    let mut belief = prior.clone();
    let mut spent = 0.0;
    let mut goal = *goal;
    let mut found = Vec::with_capacity(plan.steps.len() + 1);
    for after in 0..=plan.steps.len() {
        let mut broken = belief.clone();
        broken.update(breach, reader)?;
        let repair = cheapest_series(&broken, &left, reader, &goal)?;
        goal.most_states = goal.most_states.saturating_sub(repair.states);
        found.push(Breach {
            after,
            trust: broken.probability(goal.trustworthy),
            extra_cost: repair.suffices().then_some(spent + repair.cost - plan.cost),
            repair,
        });
        let Some(step) = plan.steps.get(after) else {
            break;
        };
        let Some(made) = left.get_mut(step.concession) else {
            return Err(ReassuranceError::OutOfRange {
                quantity: "place of a concession in the plan",
                given: step.concession as f64,
                expected: "a place in the list of concessions",
            });
        };
        made.available = made.available.saturating_sub(1);
        spent += made.cost;
        belief.update(&made.act, reader)?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use detente_reputation::{Evidence, Tone, Warranted};
    use proptest::prelude::*;

    use super::*;
    use crate::Comparison;

    fn act(tone: Tone, ratio: f64) -> Act {
        Act::new(tone, Evidence::ratios(vec![ratio, 1.0]).unwrap())
    }

    fn goal() -> SeriesGoal {
        SeriesGoal {
            trustworthy: 0,
            threshold: Probability::new(0.7).unwrap(),
            longest: 200,
            most_states: 10_000,
            comparison: Comparison::LessTrust,
        }
    }

    proptest! {
        #[test]
        fn to_a_bayesian_a_breach_costs_the_same_whenever_it_comes(
            prior in 0.05..0.5_f64, ratio in 1.5..5.0_f64, damage in 0.05..0.9_f64,
        ) {
            let prior = Belief::binary(Probability::new(prior).unwrap()).unwrap();
            let cuts = [Concession { act: act(Tone::Cooperative, ratio), cost: 1.0, available: 500 }];
            let plan = cheapest_series(&prior, &cuts, &Warranted, &goal()).unwrap();
            let breach = act(Tone::Hostile, damage);
            let breaches =
                cost_of_breaches(&prior, &cuts, &Warranted, &goal(), &plan, &breach).unwrap();
            prop_assert_eq!(breaches.len(), plan.steps.len() + 1);
            // ⌈(logit p̄ − logit p₀ − ln damage)/ln LR⌉ in all, less what was needed anyway.
            let start = prior.log_odds(0).unwrap().get();
            let target = goal().threshold.log_odds().unwrap().get();
            let count = |start: f64| ((target - start) / ratio.ln()).max(0.0);
            let (before, after) = (count(start), count(start + damage.ln()));
            prop_assume!([before, after].iter().all(|it| (it - it.round()).abs() > 1e-6));
            for breach in &breaches {
                prop_assert_eq!(breach.extra_cost, Some(after.ceil() - before.ceil()));
            }
        }
    }

    #[test]
    fn repairs_share_the_states_they_may_examine() {
        let prior = Belief::binary(Probability::new(0.01).unwrap()).unwrap();
        let cuts = [1.3, 1.2].map(|ratio| Concession {
            act: act(Tone::Cooperative, ratio),
            cost: 1.0,
            available: 100,
        });
        let plan = cheapest_series(&prior, &cuts, &Warranted, &goal()).unwrap();
        let breach = act(Tone::Hostile, 0.5);
        let with = |most_states| {
            let goal = SeriesGoal {
                most_states,
                ..goal()
            };
            cost_of_breaches(&prior, &cuts, &Warranted, &goal, &plan, &breach).unwrap()
        };
        let states = |found: &[Breach]| found.iter().map(|it| it.repair.states).sum::<usize>();
        let plenty = with(1_000_000);
        assert!(plenty.iter().all(|it| it.repair.suffices()));
        let enough_for_some = plenty[0].repair.states + 1;
        let few = with(enough_for_some);
        assert!(few[0].repair.suffices());
        let last = few.last().unwrap();
        assert_eq!(last.repair.end, crate::SeriesEnd::BudgetSpent);
        assert_eq!(last.extra_cost, None);
        // Where nothing is left only the belief after the breach itself is looked at, and what follows on it at once.
        assert!(states(&few) <= enough_for_some + 3 * few.len());
        assert!(states(&few) < states(&plenty));
    }

    #[test]
    fn what_cannot_be_repaired_is_said() {
        let prior = Belief::binary(Probability::new(0.4).unwrap()).unwrap();
        let once = [Concession {
            act: act(Tone::Cooperative, 6.0),
            cost: 2.0,
            available: 1,
        }];
        let plan = cheapest_series(&prior, &once, &Warranted, &goal()).unwrap();
        let breach = act(Tone::Hostile, 0.3);
        let breaches =
            cost_of_breaches(&prior, &once, &Warranted, &goal(), &plan, &breach).unwrap();
        assert!(breaches.iter().all(|it| it.extra_cost.is_none()));
        assert!(cost_of_breaches(&prior, &[], &Warranted, &goal(), &plan, &breach).is_err());
    }
}
