//! The facade as judge: whether the parties of a case take a rung where they stand.

use std::cell::RefCell;

use detente_quantity::Date;
use detente_reassurance::{Judge, Risk, Ruling};
use detente_reputation::{Belief, Reader};

use super::{
    PathOptions, ReadAs,
    rungs::{Rung, Shown, rungs, shown},
};
use crate::{
    DetenteError,
    evaluate::{LeaderWorld, Lens, Rule, ViewWorld, Watched, World, unbelieved, watched},
    model::Model,
};

/// Judges rungs by the one acceptance rule: every party's leader, with its own conduct, on the beliefs it
/// then holds; and a party takes no rung that it would itself break.
pub(super) struct CaseJudge<'c> {
    pub(super) model: &'c Model,
    pub(super) world: &'c World,
    pub(super) rungs: Vec<Rung>,
    /// By rung and party.
    shown: Vec<Vec<Shown>>,
    pub(super) lens: Lens,
    pub(super) until: Date,
    /// By view: what the observer has seen, and how it reads.
    pub(super) watched: Vec<Watched>,
    /// By view, by type: what the observer holds likely where the path begins.
    first: Vec<Vec<f64>>,
    /// By view: the type of the other that is the more trustworthy, where states compare by trust.
    good: Option<Vec<usize>>,
    /// The first margin that could not be computed.
    failed: RefCell<Option<DetenteError>>,
}

/// Where the parties stand: what each believes of each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Standpoint {
    /// By view.
    beliefs: Vec<Belief>,
    /// By view, by type; of past acts alone exactly what an assessment finds.
    chances: Vec<Vec<f64>>,
    /// By view: log-odds of the more trustworthy type, where states compare by trust.
    trust: Vec<f64>,
}

impl<'c> CaseJudge<'c> {
    pub(super) fn new(
        model: &'c Model,
        world: &'c World,
        (target, until): (usize, Date),
        options: &PathOptions,
    ) -> Result<Self, DetenteError> {
        let rungs = rungs(model, world, target, options)?;
        let shown = rungs
            .iter()
            .map(|rung| evidence(model, world, rung, options))
            .collect::<Result<_, _>>()?;
        let values = model.central();
        let views = model.views.iter();
        let watched = views
            .map(|view| watched(model, view, &values, until))
            .collect::<Result<_, _>>()?;
        let good = good(world, &rungs);
        let lens = match options.read {
            ReadAs::Held => Lens::Held,
            ReadAs::Warranted => Lens::Warranted,
        };
        let views = world.views.iter();
        let last = |view: &ViewWorld| view.beliefs(lens).last().cloned().unwrap_or_default();
        Ok(Self {
            model,
            world,
            shown,
            first: views.map(last).collect(),
            lens,
            until,
            watched,
            good,
            failed: RefCell::new(None),
            rungs,
        })
    }

    /// The full agreement: the last rung.
    pub(super) fn target(&self) -> usize {
        self.rungs.len().saturating_sub(1)
    }

    /// What the full agreement brings a party over none.
    pub(super) fn unit(&self, party: usize) -> f64 {
        let world = &self.world.parties[party];
        let full = self.rungs.get(self.target());
        full.map_or(0.0, |full| {
            world.payoff[full.agreement] - world.nonagreement
        })
    }

    /// Searches on without passing over what more trust makes superfluous.
    #[cfg(all(test, feature = "proptest"))]
    pub(super) fn comparing_only_equals(mut self) -> Self {
        self.good = None;
        self
    }

    /// Whether a state is passed over wherever another trusts at least as much.
    pub(super) fn compares_by_trust(&self) -> bool {
        self.good.is_some()
    }

    /// Where the parties stand on the acts they have come to know.
    pub(super) fn start(&self) -> Result<Standpoint, DetenteError> {
        let mut beliefs = Vec::with_capacity(self.watched.len());
        for (watched, view) in self.watched.iter().zip(&self.model.views) {
            let belief = watched.belief(self.lens);
            beliefs.push(belief.map_err(|source| unbelieved(self.model, view, source))?);
        }
        let mut start = Standpoint {
            beliefs,
            chances: self.first.clone(),
            trust: Vec::new(),
        };
        start.trust = self.trust_keys(&start.beliefs);
        Ok(start)
    }

    /// What went wrong while rungs were judged, if anything did.
    pub(super) fn failure(&self) -> Result<(), DetenteError> {
        self.failed.take().map_or(Ok(()), Err)
    }

    /// How far a party trusts all others to keep a rung.
    pub(super) fn trust(&self, at: &Standpoint, rung: &Rung, party: usize) -> f64 {
        let mut trust = 1.0;
        for (view, chances) in self.world.views.iter().zip(&at.chances) {
            if view.observer == party {
                trust *= view.trust_on(chances, &rung.sides[view.about].honours);
            }
        }
        trust
    }

    /// What a rung loses a party in expectation if another, the worst of them, is of a type that would break it, the
    /// worst of those thought possible: of one that may play along, at most. Of two types, one of which keeps all
    /// rungs, `exposure·Π(1 − m)` over the earlier rungs that the other surely breaks, as the party reads what it
    /// sees.
    pub(super) fn if_untrustworthy(&self, at: &Standpoint, rung: &Rung, party: usize) -> f64 {
        let views = self.world.views.iter().zip(&self.first).zip(&at.chances);
        let own = views.filter(|((view, _), _)| view.observer == party);
        let unseen = own
            .map(|((view, first), now)| cheats_unseen(first, now, &rung.sides[view.about].honours));
        unseen.fold(0.0, f64::max) * rung.sides[party].exposure
    }

    /// By how much a party goes along with a rung, in shares of its span: above 0 exactly where it
    /// accepts it and would keep it.
    pub(super) fn margin(&self, at: &Standpoint, rung: &Rung, party: usize) -> f64 {
        let side = &rung.sides[party];
        let trust = self.trust(at, rung, party);
        let world = &self.world.parties[party];
        match world.standard_margin(Rule::Leader, side.payoff, side.conduct, trust) {
            Ok(margin) => margin.min(side.keeps.1),
            Err(source) => {
                let mut failed = self.failed.borrow_mut();
                failed.get_or_insert_with(|| self.model.legitimacy(party, source));
                f64::NEG_INFINITY
            }
        }
    }

    /// Where the parties stand once a rung has been seen to be kept, or to be broken, by the party that
    /// each view is about; `None` for a view in which that cannot be.
    pub(super) fn after(&self, at: &Standpoint, rung: usize, kept: bool) -> Vec<Option<Belief>> {
        let views = self.world.views.iter().enumerate();
        let after = |(place, view): (usize, &ViewWorld)| {
            let mut belief = at.beliefs.get(place)?.clone();
            let shown = self.shown.get(rung)?.get(view.about)?;
            let act = if kept { &shown.kept } else { &shown.broken };
            let reader: &dyn Reader = self.watched.get(place)?.reader(self.lens);
            match act {
                None => Some(belief).filter(|_| kept),
                Some(act) => belief.update(act, reader).ok().map(|()| belief),
            }
        };
        views.map(after).collect()
    }

    /// What the observer of a view holds likely of the other's types.
    pub(super) fn chances<'s>(&self, at: &'s Standpoint, view: usize) -> &'s [f64] {
        at.chances.get(view).map_or(&[], Vec::as_slice)
    }

    /// Whether keeping a rung tells the types of the party that a view is about apart.
    pub(super) fn tells(&self, rung: usize, about: usize) -> bool {
        let shown = self.shown.get(rung).and_then(|sides| sides.get(about));
        shown.is_some_and(|shown| shown.kept.is_some())
    }

    fn trust_keys(&self, beliefs: &[Belief]) -> Vec<f64> {
        let Some(good) = &self.good else {
            return Vec::new();
        };
        let key = |(belief, &good): (&Belief, &usize)| match belief.log_odds(good) {
            Some(odds) => odds.get(),
            None if belief.rules_out(good) => f64::NEG_INFINITY,
            None => f64::INFINITY,
        };
        beliefs.iter().zip(good).map(key).collect()
    }
}

impl Judge for CaseJudge<'_> {
    type State = Standpoint;

    fn rungs(&self) -> usize {
        self.rungs.len()
    }

    fn ruling(&self, state: &Standpoint, rung: usize) -> Ruling {
        let mut least = Ruling {
            margin: f64::INFINITY,
            side: 0,
        };
        let Some(rung) = self.rungs.get(rung) else {
            return Ruling {
                margin: f64::NEG_INFINITY,
                side: 0,
            };
        };
        // A rung that one side would itself break leads nowhere, whatever the others make of it.
        if let Some(side) = rung.sides.iter().position(|side| !side.keeps.0) {
            return Ruling {
                margin: f64::NEG_INFINITY,
                side,
            };
        }
        for side in 0..rung.sides.len() {
            let margin = self.margin(state, rung, side);
            if margin < least.margin {
                least = Ruling { margin, side };
            }
        }
        least
    }

    /// What is lost at the full agreement itself is left out of the exposure, for every path ends there,
    /// and is part of the expected loss, for one that cheats may have been seen to before.
    fn risk(&self, state: &Standpoint, rung: usize) -> Risk {
        let mut risk = Risk {
            exposure: 0.0,
            expected_loss: 0.0,
            time: 1.0,
        };
        let Some(facts) = self.rungs.get(rung) else {
            return risk;
        };
        for (party, side) in facts.sides.iter().enumerate() {
            if rung != self.target() {
                risk.exposure = risk.exposure.max(side.exposure);
            }
            let expected = self.if_untrustworthy(state, facts, party);
            risk.expected_loss = risk.expected_loss.max(expected);
        }
        risk
    }

    fn least_ahead(&self, _: &Standpoint, _: usize, _: usize) -> Risk {
        Risk {
            exposure: 0.0,
            expected_loss: 0.0,
            time: 1.0,
        }
    }

    fn honoured(&self, state: &Standpoint, rung: usize) -> Standpoint {
        let mut next = state.clone();
        let after = self.after(state, rung, true);
        for (view, belief) in after.into_iter().enumerate() {
            let Some(belief) = belief else { continue };
            if belief != next.beliefs[view] {
                next.chances[view] = belief.probabilities();
                next.beliefs[view] = belief;
            }
        }
        next.trust = self.trust_keys(&next.beliefs);
        next
    }

    fn covers(&self, state: &Standpoint, other: &Standpoint) -> bool {
        match self.good {
            Some(_) => state
                .trust
                .iter()
                .zip(&other.trust)
                .all(|(mine, yours)| mine >= yours),
            None => state.beliefs == other.beliefs,
        }
    }

    /// By how much the trust of the party that refuses is too low, where a nation decides by what it expects; by what
    /// comes near to it where a leader does.
    fn shortfall(&self, state: &Standpoint, rung: usize) -> f64 {
        let ruling = self.ruling(state, rung);
        let Some(facts) = self.rungs.get(rung) else {
            return f64::NAN;
        };
        let (side, world) = (&facts.sides[ruling.side], &self.world.parties[ruling.side]);
        let size = (side.gain.abs() + side.exposure) * self.unit(ruling.side) * world.scale();
        -ruling.margin / size
    }
}

/// How likely it is at most that one who would break a rung breaks it and was not seen to before, by what was
/// believed of its types first and now: that of the type of which it is likeliest. A type loses in chance, against
/// those that lose least, by as much as it would have been seen.
fn cheats_unseen(first: &[f64], now: &[f64], honours: &[bool]) -> f64 {
    let held = first.iter().zip(now).zip(honours);
    let held = held.filter(|((first, _), _)| **first > 0.0);
    let held = held.map(|((first, now), honours)| (now / first, *honours));
    let most = held.clone().map(|(left, _)| left).fold(0.0, f64::max);
    let breaking = held.filter(|(_, honours)| !honours).map(|(left, _)| left);
    let left = breaking.fold(0.0, f64::max);
    if most > 0.0 { left / most } else { 0.0 }
}

fn evidence(
    model: &Model,
    world: &World,
    rung: &Rung,
    options: &PathOptions,
) -> Result<Vec<Shown>, DetenteError> {
    let sides = world.parties.iter().zip(&rung.sides).enumerate();
    sides
        .map(|(place, (party, side))| match party.types.is_empty() {
            true => Ok(Shown {
                kept: None,
                broken: None,
            }),
            false => shown(party, side, options.misread).map_err(|source| {
                let about = model.party_id(place).to_owned();
                DetenteError::Belief {
                    observer: "whoever watches".to_owned(),
                    about,
                    source,
                }
            }),
        })
        .collect()
}

/// By view, the type that is at least as trustworthy as the other at every rung, where that makes more
/// trust in it better throughout: two types at most, keeping a rung never speaks against it, and no party
/// is the more reluctant for trusting more. `None` where any of that fails.
fn good(world: &World, rungs: &[Rung]) -> Option<Vec<usize>> {
    let willing = world.parties.iter().enumerate().all(|(idx, party)| {
        // Trust in what an enemy is worth at home as it is only helps where an enemy is an asset.
        let calm = |home: &LeaderWorld| {
            let params = home.leader.params();
            params.support >= 0.0 && (home.audience.is_some() || params.threat >= 0.0)
        };
        let rises = |rung: &Rung| {
            let conduct = rung.sides[idx].conduct;
            let never = conduct.if_honoured.max(conduct.if_cheated) <= party.nonagreement;
            conduct.if_cheated <= conduct.if_honoured || (never && party.leader.is_none())
        };
        party.leader.as_ref().is_none_or(calm) && rungs.iter().all(rises)
    });
    let better = |about: usize, good: usize, bad: usize| {
        let kinds = &world.parties[about].types;
        let seen = |breaks: bool, kind: usize| match breaks {
            true => kinds[kind].detection.get(),
            false => 0.0,
        };
        rungs.iter().all(|rung| {
            let side = &rung.sides[about];
            side.honours[good] >= side.honours[bad]
                && seen(side.breaks[good], good) <= seen(side.breaks[bad], bad)
        })
    };
    let views = world
        .views
        .iter()
        .map(|view| match world.parties[view.about].types.len() {
            1 => Some(0),
            2 if better(view.about, 0, 1) => Some(0),
            2 if better(view.about, 1, 0) => Some(1),
            _ => None,
        });
    willing.then(|| views.collect()).flatten()
}
