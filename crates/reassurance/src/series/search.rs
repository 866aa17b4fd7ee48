use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BinaryHeap},
};

use detente_quantity::Probability;
use detente_reputation::{Belief, Reader};

use super::{Concession, SeriesEnd, SeriesPlan, SeriesStep, concession::checked};
use crate::ReassuranceError;

/// Where a series is to lead, and how far to search.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SeriesGoal {
    /// The type that honours trust, as a place in the receiver's belief.
    pub trustworthy: usize,
    /// The trust that must be exceeded.
    pub threshold: Probability,
    /// The longest series considered.
    pub longest: usize,
    /// The most belief states to examine.
    pub most_states: usize,
    /// Which states may be passed over.
    pub comparison: Comparison,
}

/// Which of two belief states reached by the same concessions in different order may be passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Comparison {
    /// Only one equal to the other in every bit. Exact for any reader and any number of types.
    Identical,
    /// The one with less trust. Exact for two types and readers to whom an act never leaves the more
    /// trusting of two receivers the less trusting: Bayes' rule, every [`Reader`] with fixed weights and those
    /// who see what they expect. Few states are left then: one a set of concessions.
    LessTrust,
}

/// The cheapest consistent series of concessions that carries a receiver's belief over a threshold, with
/// each act read as the receiver reads it, at the belief it then holds (claims C-06, C-42, C-66). Evidence
/// that depends on the state cannot be added up, so this is dynamic programming over belief states, in
/// order of cost.
///
/// ```
/// use detente_perception::{BiasParams, BiasProfile};
/// use detente_quantity::Probability;
/// use detente_reassurance::{Comparison, Concession, SeriesGoal, cheapest_series};
/// use detente_reputation::{Act, Belief, Evidence, Tone, Warranted};
///
/// // One concession three times as likely from a friend, to be made as often as need be.
/// let troop_cut = Concession {
///     act: Act::new(Tone::Cooperative, Evidence::ratios(vec![3.0, 1.0])?),
///     cost: 1.0,
///     available: 100,
/// };
/// let prior = Belief::binary(Probability::new(0.1)?)?;
/// let goal = SeriesGoal {
///     trustworthy: 0,
///     threshold: Probability::new(2.0 / 3.0)?,
///     longest: 100,
///     most_states: 10_000,
///     comparison: Comparison::LessTrust,
/// };
/// // Three would do for one who reads them as they are; one who hears a quarter needs eleven.
/// let needed = |w: f64| -> Result<usize, Box<dyn std::error::Error>> {
///     let reader = BiasProfile::new(BiasParams { evidence_weight: w, ..BiasParams::default() })?;
///     Ok(cheapest_series(&prior, &[troop_cut.clone()], &reader, &goal)?.steps.len())
/// };
/// assert_eq!((needed(1.0)?, needed(0.5)?, needed(0.25)?), (3, 6, 11));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// O(states · concessions · (types + concessions)) time.
///
/// # Errors
/// [`ReassuranceError::Empty`] without concessions, [`ReassuranceError::OutOfRange`] for a cost out of
/// range or a comparison by trust of more or fewer than two types, [`ReassuranceError::Reputation`] for an act that
/// does not fit the belief or that the reader cannot read.
pub fn cheapest_series<R: Reader + ?Sized>(
    prior: &Belief,
    concessions: &[Concession],
    reader: &R,
    goal: &SeriesGoal,
) -> Result<SeriesPlan, ReassuranceError> {
    checked(concessions)?;
    if goal.comparison == Comparison::LessTrust && prior.types() != 2 {
        return Err(ReassuranceError::OutOfRange {
            quantity: "number of types compared by trust",
            given: prior.types() as f64,
            expected: "2",
        });
    }
    Search {
        concessions,
        reader,
        goal,
        states: Vec::new(),
        open: BinaryHeap::new(),
        met: BTreeMap::new(),
        best: 0,
    }
    .run(prior)
}

/// A belief and how it was come by.
struct State {
    belief: Belief,
    /// How often each concession has been made.
    made: Vec<usize>,
    cost: f64,
    steps: usize,
    /// The state before and the concession that led on; `None` at the start.
    parent: Option<(usize, usize)>,
    /// A state with the same concessions made and more trust has taken its place.
    surpassed: bool,
}

/// What is expanded first: the cheaper, then the shorter, then the one met earlier.
#[derive(PartialEq)]
struct Open {
    cost: f64,
    steps: usize,
    state: usize,
}

impl Eq for Open {}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_cost = self.cost.total_cmp(&other.cost);
        by_cost
            .then(self.steps.cmp(&other.steps))
            .then(self.state.cmp(&other.state))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

struct Search<'a, R: ?Sized> {
    concessions: &'a [Concession],
    reader: &'a R,
    goal: &'a SeriesGoal,
    states: Vec<State>,
    open: BinaryHeap<Reverse<Open>>,
    /// The states met, by how often each concession was made.
    met: BTreeMap<Vec<usize>, Vec<usize>>,
    /// The state with the highest trust.
    best: usize,
}

impl<R: Reader + ?Sized> Search<'_, R> {
    fn run(mut self, prior: &Belief) -> Result<SeriesPlan, ReassuranceError> {
        self.meet(State {
            belief: prior.clone(),
            made: vec![0; self.concessions.len()],
            cost: 0.0,
            steps: 0,
            parent: None,
            surpassed: false,
        });
        while let Some(Reverse(open)) = self.open.pop() {
            if self.states[open.state].surpassed {
                continue;
            }
            if self.trust(open.state) > self.goal.threshold {
                return Ok(self.plan(open.state, SeriesEnd::Found));
            }
            if self.goal.most_states <= self.states.len() {
                return Ok(self.plan(self.best, SeriesEnd::BudgetSpent));
            }
            self.expand(open.state)?;
        }
        Ok(self.plan(self.best, SeriesEnd::NoneSuffices))
    }

    fn expand(&mut self, from: usize) -> Result<(), ReassuranceError> {
        if self.goal.longest <= self.states[from].steps {
            return Ok(());
        }
        for (place, concession) in self.concessions.iter().enumerate() {
            let state = &self.states[from];
            if concession.available <= state.made[place] {
                continue;
            }
            let mut belief = state.belief.clone();
            belief.update(&concession.act, self.reader)?;
            let mut made = state.made.clone();
            made[place] += 1;
            let steps = state.steps + 1;
            self.meet(State {
                belief,
                cost: self.cost_of(&made),
                made,
                steps,
                parent: Some((from, place)),
                surpassed: false,
            });
        }
        Ok(())
    }

    /// Takes a state up, unless one met before makes it superfluous.
    fn meet(&mut self, state: State) {
        let rivals = self.met.entry(state.made.clone()).or_default();
        let (states, goal) = (&self.states, self.goal);
        let superfluous = |&rival: &usize| match goal.comparison {
            Comparison::Identical => states[rival].belief == state.belief,
            Comparison::LessTrust => log_odds(&state, goal) <= log_odds(&states[rival], goal),
        };
        if rivals.iter().any(superfluous) {
            return;
        }
        let new = self.states.len();
        if goal.comparison == Comparison::LessTrust {
            for &rival in rivals.iter() {
                self.states[rival].surpassed = true;
            }
            rivals.clear();
        }
        rivals.push(new);
        self.open.push(Reverse(Open {
            cost: state.cost,
            steps: state.steps,
            state: new,
        }));
        self.states.push(state);
        if self.trust(self.best) < self.trust(new) {
            self.best = new;
        }
    }

    /// From the counts alone, so that no order of the same concessions costs a rounding more.
    fn cost_of(&self, made: &[usize]) -> f64 {
        let costs = self.concessions.iter().zip(made);
        let costs = costs.map(|(concession, &times)| concession.cost * times as f64);
        costs.sum::<f64>()
    }

    fn trust(&self, state: usize) -> Probability {
        self.states[state].belief.probability(self.goal.trustworthy)
    }

    fn plan(&self, last: usize, end: SeriesEnd) -> SeriesPlan {
        let mut steps = Vec::with_capacity(self.states[last].steps);
        let mut at = last;
        while let Some((before, concession)) = self.states[at].parent {
            steps.push(SeriesStep {
                concession,
                trust: self.trust(at),
            });
            at = before;
        }
        steps.reverse();
        SeriesPlan {
            steps,
            cost: self.states[last].cost,
            trust: self.trust(last),
            end,
            states: self.states.len(),
        }
    }
}

/// The log-odds of trustworthiness, beyond where probabilities round to certainty.
fn log_odds(state: &State, goal: &SeriesGoal) -> f64 {
    let belief = &state.belief;
    belief.log_odds(goal.trustworthy).map_or_else(
        || match belief.rules_out(goal.trustworthy) {
            true => f64::NEG_INFINITY,
            false => f64::INFINITY,
        },
        detente_quantity::LogOdds::get,
    )
}

#[cfg(test)]
mod tests {
    use detente_perception::{BiasParams, BiasProfile, strategies as perception};
    use detente_reputation::{Act, Evidence, Tone, Warranted, posterior};
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn goal(threshold: f64, longest: usize, comparison: Comparison) -> SeriesGoal {
        SeriesGoal {
            trustworthy: 0,
            threshold: Probability::new(threshold).unwrap(),
            longest,
            most_states: 100_000,
            comparison,
        }
    }

    fn concession(ratio: f64, cost: f64, available: usize) -> Concession {
        let evidence = Evidence::ratios(vec![ratio, 1.0]).unwrap();
        Concession {
            act: Act::new(Tone::Cooperative, evidence),
            cost,
            available,
        }
    }

    fn some_concessions() -> impl Strategy<Value = Vec<Concession>> {
        let one = (0.5..6.0_f64, 0..5_u8, 1..3_usize);
        vec(one, 1..4).prop_map(|all| {
            let one = |(ratio, cost, available)| concession(ratio, f64::from(cost), available);
            all.into_iter().map(one).collect()
        })
    }

    /// The least cost, then length, of any sequence that suffices, by trying every one.
    fn by_enumeration(
        prior: &Belief,
        concessions: &[Concession],
        reader: &BiasProfile,
        goal: &SeriesGoal,
    ) -> Option<(f64, usize)> {
        let mut best: Option<(f64, usize)> = None;
        let mut sequences = vec![Vec::<usize>::new()];
        while let Some(sequence) = sequences.pop() {
            let acts = sequence.iter().map(|&place| &concessions[place].act);
            let trust = posterior(prior, acts, reader).unwrap().probability(0);
            if trust > goal.threshold {
                let cost: f64 = sequence.iter().map(|&place| concessions[place].cost).sum();
                let found = (cost, sequence.len());
                best = Some(best.map_or(found, |best| if found < best { found } else { best }));
                continue;
            }
            if sequence.len() == goal.longest {
                continue;
            }
            for (place, concession) in concessions.iter().enumerate() {
                let made = sequence.iter().filter(|&&it| it == place).count();
                if made < concession.available {
                    sequences.push([&sequence[..], &[place]].concat());
                }
            }
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_search_agrees_with_trying_every_sequence(
            prior in 0.05..0.5_f64, threshold in 0.3..0.95_f64,
            concessions in some_concessions(), reader in perception::bias_profile(),
        ) {
            let prior = Belief::binary(Probability::new(prior).unwrap()).unwrap();
            for comparison in [Comparison::Identical, Comparison::LessTrust] {
                let goal = goal(threshold, 4, comparison);
                let plan = cheapest_series(&prior, &concessions, &reader, &goal).unwrap();
                let expected = by_enumeration(&prior, &concessions, &reader, &goal);
                // Cost is what is compared exactly: a sum of small integers.
                prop_assert_eq!(plan.suffices().then_some(plan.cost), expected.map(|it| it.0));
                if let Some((_, length)) = expected {
                    prop_assert_eq!(plan.steps.len(), length);
                }
                // The plan replays to what it says.
                let acts = plan.steps.iter().map(|step| &concessions[step.concession].act);
                let trust = posterior(&prior, acts, &reader).unwrap().probability(0);
                prop_assert_eq!(trust, plan.trust);
                prop_assert_eq!(plan.suffices(), trust > goal.threshold);
            }
        }
    }

    #[test]
    fn a_ceiling_is_proved_and_named() {
        let reader = BiasProfile::new(BiasParams {
            evidence_weight: 0.3,
            prior_weight: 0.5,
            ..BiasParams::default()
        })
        .unwrap();
        let prior = Belief::binary(Probability::new(0.1).unwrap()).unwrap();
        let goal = goal(2.0 / 3.0, 200, Comparison::LessTrust);
        let plan = cheapest_series(&prior, &[concession(3.0, 1.0, 1000)], &reader, &goal).unwrap();
        assert_eq!(plan.end, SeriesEnd::NoneSuffices);
        approx::assert_relative_eq!(plan.trust.get(), 0.6591, epsilon = 1e-4);
    }

    #[test]
    fn order_matters_to_one_who_forgets() {
        // Last impressions count: the strong gesture must come last.
        let reader = BiasProfile::new(BiasParams {
            prior_weight: 0.5,
            ..BiasParams::default()
        })
        .unwrap();
        let prior = Belief::binary(Probability::new(0.2).unwrap()).unwrap();
        let choices = [concession(9.0, 1.0, 1), concession(2.0, 1.0, 1)];
        let goal = goal(0.88, 2, Comparison::Identical);
        let plan = cheapest_series(&prior, &choices, &reader, &goal).unwrap();
        let order: Vec<usize> = plan.steps.iter().map(|step| step.concession).collect();
        assert_eq!((order, plan.suffices()), (vec![1, 0], true));
    }

    #[test]
    fn what_cannot_be_searched_is_refused_or_said() {
        let prior = Belief::binary(Probability::HALF).unwrap();
        let refused = |concessions: &[Concession]| {
            let goal = goal(0.9, 5, Comparison::LessTrust);
            cheapest_series(&prior, concessions, &Warranted, &goal).is_err()
        };
        assert!(refused(&[]));
        assert!(refused(&[concession(2.0, f64::NAN, 1)]));
        assert!(refused(&[concession(2.0, -1.0, 1)]));
        let three = Belief::from_log_weights(vec![0.0; 3]).unwrap();
        let by_trust = goal(0.9, 5, Comparison::LessTrust);
        let error = cheapest_series(&three, &[concession(2.0, 1.0, 1)], &Warranted, &by_trust);
        assert!(error.unwrap_err().to_string().contains("expected 2"));
        let tight = SeriesGoal {
            most_states: 3,
            ..by_trust
        };
        let few = [concession(1.01, 1.0, usize::MAX)];
        let plan = cheapest_series(&prior, &few, &Warranted, &tight).unwrap();
        assert_eq!(plan.end, SeriesEnd::BudgetSpent);
        // Trust that is there already needs nothing.
        let met = goal(0.4, 0, Comparison::LessTrust);
        let plan = cheapest_series(&prior, &few, &Warranted, &met).unwrap();
        assert_eq!((plan.steps.len(), plan.suffices()), (0, true));
    }
}
