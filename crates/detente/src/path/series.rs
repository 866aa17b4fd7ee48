//! The fewest concessions that would carry one party's trust in another over what the full agreement asks.

use std::cell::Cell;

use detente_quantity::Probability;
use detente_reassurance::{
    Comparison, Concession, SeriesEnd, SeriesGoal, SeriesPlan, Terms, cheapest_series,
    cost_of_breaches,
};
use detente_reputation::{Act, Tone};

use super::judge::{CaseJudge, Standpoint};
use crate::{
    DetenteError,
    assessment::{
        NoSeries, OnTerms, OtherTerms, PartySeries, SeriesAct, SeriesBreach, SeriesFound,
    },
    evaluate::{Lens, ViewWorld, Watched, unbelieved},
};

/// The longest series that is looked for.
const LONGEST: usize = 100;

/// The most states of belief that are looked at for one series, and for all that repair one.
const MOST_STATES: usize = 20_000;
const MOST_STATES_OF_REPAIRS: usize = 10 * MOST_STATES;

/// By view: the observer is to be convinced, the party that the view is about concedes. All together look at no more
/// states of belief than the effort, but for those to which the last of them leads at once.
pub(super) fn series(
    judge: &CaseJudge<'_>,
    start: &Standpoint,
    effort: usize,
) -> Result<Vec<PartySeries>, DetenteError> {
    let left = Cell::new(effort);
    let views = judge.world.views.iter().zip(&judge.watched).enumerate();
    let series = views.map(|(place, (view, watched))| {
        let asked = Asked {
            judge,
            view,
            watched,
            place,
            left: &left,
        };
        asked.series(start)
    });
    series.collect()
}

struct Asked<'a, 'c> {
    judge: &'a CaseJudge<'c>,
    view: &'a ViewWorld,
    watched: &'a Watched,
    place: usize,
    /// The effort that searches before this one left.
    left: &'a Cell<usize>,
}

impl Asked<'_, '_> {
    fn series(&self, start: &Standpoint) -> Result<PartySeries, DetenteError> {
        let name = |party: usize| self.judge.model.party_id(party).to_owned();
        let mut found = PartySeries {
            sender: name(self.view.about),
            receiver: name(self.view.observer),
            needed: self.needed(start)?,
            longest: LONGEST,
            warranted: None,
            held: None,
            unanswered: None,
            breach: None,
            other_terms: None,
        };
        let concessions = self.concessions();
        let goal = match (found.needed, self.trustworthy()) {
            (None, _) => Err(NoSeries::NoTrustSuffices),
            (_, None) => Err(NoSeries::NotOneTrustworthyType),
            _ if concessions.is_empty() => Err(NoSeries::NoFriendlyAct),
            (Some(threshold), Some(trustworthy)) => Ok(SeriesGoal {
                trustworthy,
                threshold,
                longest: LONGEST,
                most_states: MOST_STATES,
                comparison: match self.judge.world.parties[self.view.about].types.len() {
                    2 => Comparison::LessTrust,
                    _ => Comparison::Identical,
                },
            }),
        };
        match goal {
            Err(reason) => found.unanswered = Some(reason),
            Ok(goal) => {
                let (warranted, _) = self.plan(Lens::Warranted, &concessions, &goal)?;
                let (held, plan) = self.plan(Lens::Held, &concessions, &goal)?;
                found.breach = self.breach(&concessions, &goal, &plan)?;
                found.other_terms = self.other_terms(&concessions, &goal, &plan)?;
                (found.warranted, found.held) = (Some(warranted), Some(held));
            }
        }
        Ok(found)
    }

    /// The trust in this sender that the full agreement asks, others trusted as they are.
    fn needed(&self, start: &Standpoint) -> Result<Option<Probability>, DetenteError> {
        let receiver = self.view.observer;
        let Some(all) = self.judge.trust_asked(receiver)? else {
            return Ok(None);
        };
        let full = &self.judge.rungs[self.judge.target()];
        let own = &full.sides[self.view.about].honours;
        let mine = self
            .view
            .trust_on(self.judge.chances(start, self.place), own);
        let others = match mine > 0.0 {
            true => self.judge.trust_in_full(start, receiver) / mine,
            false => 1.0,
        };
        let needed = if all > 0.0 { all / others } else { 0.0 };
        Ok(Probability::new(needed)
            .ok()
            .filter(|it| *it < Probability::ONE))
    }

    /// The one type of the sender that would keep the full agreement.
    fn trustworthy(&self) -> Option<usize> {
        let full = &self.judge.rungs[self.judge.target()];
        let honours = &full.sides[self.view.about].honours;
        let mut keepers = (0..honours.len()).filter(|&kind| honours[kind]);
        keepers.next().filter(|_| keepers.next().is_none())
    }

    /// The friendly acts of the sender that the receiver knows of, by position in the case: each as a concession
    /// that can be made again, as telling as it was.
    fn concessions(&self) -> Vec<(usize, Act)> {
        let mut found: Vec<(usize, Act)> = Vec::new();
        for (place, act) in &self.watched.acts {
            let new = found.iter().all(|(_, known)| known != act);
            if act.tone() == Tone::Cooperative && !self.is_retraction(*place) && new {
                found.push((*place, act.clone()));
            }
        }
        found
    }

    fn is_retraction(&self, act: usize) -> bool {
        self.judge.model.case.acts[act].retracts.is_some()
    }

    fn plan(
        &self,
        lens: Lens,
        menu: &[(usize, Act)],
        goal: &SeriesGoal,
    ) -> Result<(SeriesFound, SeriesPlan), DetenteError> {
        let belief = self.belief(lens)?;
        let plan = self.searched(&belief, menu, lens, goal)?;
        let step = |step: &detente_reassurance::SeriesStep| {
            let (act, event) = self.told(menu.get(step.concession).map_or(0, |it| it.0));
            SeriesAct {
                act,
                event,
                trust: step.trust,
            }
        };
        let found = SeriesFound {
            before: belief.probability(goal.trustworthy),
            steps: plan.steps.iter().map(step).collect(),
            trust: plan.trust,
            end: plan.end,
        };
        Ok((found, plan))
    }

    /// What it takes if the same concessions are traded, or can be taken back, by half of those that would not else
    /// make them.
    fn other_terms(
        &self,
        menu: &[(usize, Act)],
        goal: &SeriesGoal,
        plan: &SeriesPlan,
    ) -> Result<Option<OtherTerms>, DetenteError> {
        if plan.end != SeriesEnd::Found || plan.steps.is_empty() {
            return Ok(None);
        }
        let terms = menu.iter().map(|(_, act)| Terms::of(act, goal.trustworthy));
        let Some(terms) = terms.collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let traded = |it: &Terms| Terms {
            contingent: either(it.contingent, Probability::HALF),
            ..*it
        };
        let revocable = |it: &Terms| Terms {
            revocable: Probability::HALF,
            ..*it
        };
        Ok(Some(OtherTerms {
            chance: Probability::HALF,
            traded: self.on(menu, terms.iter().map(traded), goal)?,
            revocable: self.on(menu, terms.iter().map(revocable), goal)?,
        }))
    }

    /// How many of these concessions on such terms it takes, as the receiver reads them.
    fn on(
        &self,
        menu: &[(usize, Act)],
        terms: impl Iterator<Item = Terms>,
        goal: &SeriesGoal,
    ) -> Result<OnTerms, DetenteError> {
        let mut changed = Vec::with_capacity(menu.len());
        for ((place, act), terms) in menu.iter().zip(terms) {
            let other = terms.act_at(goal.trustworthy)?;
            changed.push(match act.cost() {
                Some(cost) => (*place, other.costing(cost)),
                None => (*place, other),
            });
        }
        let plan = self.searched(&self.belief(Lens::Held)?, &changed, Lens::Held, goal)?;
        Ok(OnTerms {
            acts: plan.suffices().then_some(plan.steps.len()),
            end: plan.end,
        })
    }

    /// The cheapest series, on what is left of the effort.
    fn searched(
        &self,
        belief: &detente_reputation::Belief,
        menu: &[(usize, Act)],
        lens: Lens,
        goal: &SeriesGoal,
    ) -> Result<SeriesPlan, DetenteError> {
        let goal = SeriesGoal {
            most_states: goal.most_states.min(self.left.get()),
            ..*goal
        };
        let plan = cheapest_series(belief, &priced(menu), self.watched.reader(lens), &goal)?;
        self.left.set(self.left.get().saturating_sub(plan.states));
        Ok(plan)
    }

    fn belief(&self, lens: Lens) -> Result<detente_reputation::Belief, DetenteError> {
        let view = &self.judge.model.views[self.place];
        let belief = self.watched.belief(lens);
        belief.map_err(|source| unbelieved(self.judge.model, view, source))
    }

    /// An act of the case by its id and in words.
    fn told(&self, act: usize) -> (String, String) {
        let act = &self.judge.model.case.acts[act];
        (act.id.clone(), act.event.clone())
    }

    /// What the worst hostile act on record would cost if it came into the series, as the receiver reads
    /// it.
    fn breach(
        &self,
        menu: &[(usize, Act)],
        goal: &SeriesGoal,
        plan: &SeriesPlan,
    ) -> Result<Option<SeriesBreach>, DetenteError> {
        if plan.end != SeriesEnd::Found || plan.steps.is_empty() {
            return Ok(None);
        }
        let before = self.belief(Lens::Held)?;
        let reader = self.watched.reader(Lens::Held);
        let mut worst: Option<(Probability, usize, &Act)> = None;
        for (place, act) in &self.watched.acts {
            if act.tone() != Tone::Hostile || self.is_retraction(*place) {
                continue;
            }
            let mut after = before.clone();
            if after.update(act, reader).is_err() {
                continue;
            }
            let trust = after.probability(goal.trustworthy);
            if worst.as_ref().is_none_or(|(least, ..)| trust < *least) {
                worst = Some((trust, *place, act));
            }
        }
        let Some((_, place, act)) = worst else {
            return Ok(None);
        };
        let goal = SeriesGoal {
            most_states: MOST_STATES_OF_REPAIRS.min(self.left.get()),
            ..*goal
        };
        let breaches = cost_of_breaches(&before, &priced(menu), reader, &goal, plan, act)?;
        let states: usize = breaches.iter().map(|it| it.repair.states).sum();
        self.left.set(self.left.get().saturating_sub(states));
        let ended = |end| breaches.iter().any(|it| it.repair.end == end);
        let ends = [SeriesEnd::NoneSuffices, SeriesEnd::BudgetSpent];
        let end = ends.into_iter().find(|end| ended(*end));
        let extra = breaches.iter().map(|it| it.extra_cost);
        let (act, event) = self.told(place);
        Ok(Some(SeriesBreach {
            act,
            event,
            further: extra
                .collect::<Option<Vec<f64>>>()
                .and_then(|extra| extra.into_iter().reduce(f64::max)),
            end: end.unwrap_or(SeriesEnd::Found),
        }))
    }
}

/// The chance of one or the other of two things that do not depend on one another.
fn either(one: Probability, other: Probability) -> Probability {
    Probability::saturating(one.get() + one.complement().get() * other.get())
}

/// Every concession at a cost of 1, so that the cheapest series is the shortest.
fn priced(menu: &[(usize, Act)]) -> Vec<Concession> {
    let concession = |(_, act): &(usize, Act)| Concession {
        act: act.clone(),
        cost: 1.0,
        available: LONGEST,
    };
    menu.iter().map(concession).collect()
}
