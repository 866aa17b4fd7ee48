//! What was found, told with the names of the case.

use detente_quantity::Probability;
use detente_reassurance::{Blocked, Judge, Path};
use detente_reputation::strategic::lock_out_bound;

use super::{
    PathOptions,
    judge::{CaseJudge, Standpoint},
    worth::{types, worth},
};
use crate::{
    DetenteError,
    assessment::{AgreedPath, AgreedRung, BindingRung, PathTarget, Refusal, RungBelief, RungSide},
    evaluate::{Lens, Rule},
};

/// Tells paths in words of the case.
pub(super) struct Answer<'j, 'c> {
    judge: &'j CaseJudge<'c>,
    /// The chance that a step which was kept is taken for broken.
    misread: f64,
}

impl<'j, 'c> Answer<'j, 'c> {
    pub(super) fn new(judge: &'j CaseJudge<'c>, options: &PathOptions) -> Self {
        Self {
            judge,
            misread: options.misread.get(),
        }
    }

    /// The full agreement on the beliefs of the day.
    pub(super) fn target(&self, start: &Standpoint) -> Result<PathTarget, DetenteError> {
        let target = self.judge.target();
        let agreement = self
            .judge
            .rungs
            .get(target)
            .map_or(0, |rung| rung.agreement);
        Ok(PathTarget {
            terms: self.judge.model.terms(agreement),
            sides: self.sides(start, target)?,
        })
    }

    pub(super) fn path(&self, path: &Path<Standpoint>) -> Result<AgreedPath, DetenteError> {
        let rungs = path.rungs.iter().zip(1..);
        let rungs = rungs.map(|(step, place)| self.rung(&step.state, step.rung, place));
        Ok(AgreedPath {
            rungs: rungs.collect::<Result<_, _>>()?,
            exposure: path.totals.exposure,
            expected_loss: path.totals.expected_loss,
            periods: path.totals.time,
            abandons: self.abandoned_by(path.rungs.len()),
            worth: worth(self.judge, path),
        })
    }

    /// The binding rung, and why it binds.
    pub(super) fn blocked(
        &self,
        blocked: &Blocked<Standpoint>,
    ) -> Result<BindingRung, DetenteError> {
        let party = blocked.ruling.side;
        let facts = &self.judge.rungs[blocked.rung].sides[party];
        let world = &self.judge.world.parties[party];
        let trusting = world
            .standard_margin(Rule::Leader, facts.payoff, facts.conduct, 1.0)
            .map_err(|source| self.judge.model.legitimacy(party, source))?;
        let because = if !facts.keeps.0 {
            Refusal::WouldBreakIt
        } else if !world.ratifies(Rule::Leader, facts.payoff) {
            Refusal::NotRatified
        } else if trusting <= 0.0 {
            Refusal::NotWorthIt
        } else {
            Refusal::Distrust
        };
        Ok(BindingRung {
            rung: self.rung(&blocked.state, blocked.rung, blocked.after + 1)?,
            party: self.judge.model.party_id(party).to_owned(),
            because,
        })
    }

    fn rung(&self, at: &Standpoint, rung: usize, place: usize) -> Result<AgreedRung, DetenteError> {
        let facts = &self.judge.rungs[rung];
        Ok(AgreedRung {
            terms: self.judge.model.terms(facts.agreement),
            share: facts.share,
            full: rung == self.judge.target(),
            sides: self.sides(at, rung)?,
            abandoned_by_then: self.abandoned_by(place),
        })
    }

    /// The chance that one of so many steps, each kept by every party, is taken for broken.
    fn abandoned_by(&self, rungs: usize) -> f64 {
        let steps = (rungs * self.judge.world.parties.len()) as f64;
        1.0 - (1.0 - self.misread).powf(steps)
    }

    fn sides(&self, at: &Standpoint, rung: usize) -> Result<Vec<RungSide>, DetenteError> {
        let parties = 0..self.judge.world.parties.len();
        parties.map(|party| self.side(at, rung, party)).collect()
    }

    fn side(&self, at: &Standpoint, rung: usize, party: usize) -> Result<RungSide, DetenteError> {
        let judge = self.judge;
        let facts = &judge.rungs[rung];
        let side = &facts.sides[party];
        let trust = judge.trust(at, facts, party);
        let trust_needed = judge.trust_needed(rung, party)?;
        Ok(RungSide {
            party: judge.model.party_id(party).to_owned(),
            margin: judge.margin(at, facts, party),
            gain: side.gain,
            exposure: side.exposure,
            trust,
            trust_needed,
            broken: 1.0 - trust,
            expected_loss: (1.0 - trust) * side.exposure,
            if_untrustworthy: judge.if_untrustworthy(at, facts, party),
            abandons_at_most: trust_needed
                .filter(|_| self.is_bayesian(party))
                .map(|needed| {
                    let chance = Probability::saturating;
                    lock_out_bound(chance(trust), chance(needed))
                }),
            types: types(judge, rung, party),
            beliefs: self.beliefs(at, rung, party),
        })
    }

    /// Whether a party reads by Bayes' rule.
    fn is_bayesian(&self, party: usize) -> bool {
        let views = self.judge.world.views.iter().zip(&self.judge.watched);
        let mut own = views.filter(|(view, _)| view.observer == party);
        self.judge.lens == Lens::Warranted || own.all(|(_, watched)| watched.profile.is_none())
    }

    fn beliefs(&self, at: &Standpoint, rung: usize, party: usize) -> Vec<RungBelief> {
        let judge = self.judge;
        let full = &judge.rungs[judge.target()];
        let kept = judge.after(at, rung, true);
        let broken = judge.after(at, rung, false);
        let views = judge.world.views.iter().zip(kept.iter().zip(&broken));
        let own = views
            .enumerate()
            .filter(|(_, (view, _))| view.observer == party);
        own.map(|(place, (view, (kept, broken)))| {
            let honours = &full.sides[view.about].honours;
            let trust = |chances: &[f64]| view.trust_on(chances, honours);
            let before = trust(judge.chances(at, place));
            let after = |belief: &detente_reputation::Belief| trust(&belief.probabilities());
            RungBelief {
                about: judge.model.party_id(view.about).to_owned(),
                types: judge.chances(at, place).to_vec(),
                before,
                if_kept: match judge.tells(rung, view.about) {
                    true => kept.as_ref().map_or(before, after),
                    false => before,
                },
                if_broken: broken.as_ref().map(after),
                telling: judge.tells(rung, view.about),
            }
        })
        .collect()
    }
}

impl CaseJudge<'_> {
    /// How far a party trusts all others to keep the full agreement.
    pub(super) fn trust_in_full(&self, at: &Standpoint, party: usize) -> f64 {
        let full = self.rungs.get(self.target());
        full.map_or(0.0, |rung| self.trust(at, rung, party))
    }

    /// The trust that a rung asks of a party, by its leader where a home front is coded; `None` where
    /// none suffices.
    pub(super) fn trust_needed(
        &self,
        rung: usize,
        party: usize,
    ) -> Result<Option<f64>, DetenteError> {
        let side = &self.rungs[rung].sides[party];
        let world = &self.world.parties[party];
        if !world.ratifies(Rule::Leader, side.payoff) {
            return Ok(None);
        }
        match world.leader {
            None => Ok(world.nations_threshold(side.conduct)),
            Some(_) => world
                .leaders_threshold(side.conduct)
                .map_err(|source| self.model.legitimacy(party, source)),
        }
    }

    /// The same of the full agreement.
    pub(super) fn trust_asked(&self, party: usize) -> Result<Option<f64>, DetenteError> {
        self.trust_needed(self.target(), party)
    }

    /// How many there are to choose from, the full agreement among them.
    pub(super) fn count(&self) -> usize {
        Judge::rungs(self)
    }
}
