use super::{logs, passage::Passage, transition::Transition};
use crate::{Belief, engine::Engine};

/// A stretch of time since the last change-point, as one hypothesis among others.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The number of the reading it began with.
    pub(crate) since: usize,
    pub(crate) log_weight: f64,
    pub(crate) belief: Belief,
    /// How often each symbol was seen in it, faded.
    pub(crate) counts: Vec<f64>,
}

/// All hypotheses about the last change-point, the oldest first; their weights add up to 1. Without
/// change-points there is one, of log-weight exactly 0.
#[derive(Debug, Clone)]
pub(crate) struct Runs(pub(crate) Vec<Run>);

/// What a reading says, whatever the run.
pub(crate) struct Heard<'a> {
    /// The weight on the earlier log-belief, 1 for a Bayesian.
    pub(crate) prior_weight: f64,
    /// Log-likelihoods by type, from acts that carry their evidence.
    pub(crate) coded: &'a [f64],
    /// Acts seen as symbols.
    pub(crate) symbols: &'a [usize],
}

impl Run {
    /// Log-probability of the run and each of its types together.
    pub(crate) fn joint(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        let weights = self.belief.log_weights();
        let total = logs::sum(weights.iter().copied());
        weights
            .iter()
            .map(move |weight| self.log_weight + weight - total)
    }

    /// The log-likelihood of what was heard under each type, in this run.
    fn likelihoods(&self, engine: &Engine, heard: &Heard<'_>) -> Vec<f64> {
        let mut logs = heard.coded.to_vec();
        for (log, shape) in logs.iter_mut().zip(engine.shapes()) {
            let mut weights: Vec<f64> =
                shape.iter().zip(&self.counts).map(|(a, c)| a + c).collect();
            let mut total: f64 = weights.iter().sum();
            for &symbol in heard.symbols {
                *log += (weights[symbol] / total).ln();
                weights[symbol] += 1.0;
                total += 1.0;
            }
        }
        logs
    }
}

impl Runs {
    pub(crate) fn start(engine: &Engine) -> Self {
        Self(vec![Run {
            since: 0,
            log_weight: 0.0,
            belief: engine.prior().clone(),
            counts: vec![0.0; engine.symbols()],
        }])
    }

    /// Lets time pass, up to the reading with this number.
    pub(crate) fn pass(&self, engine: &Engine, passage: &Passage, reading: usize) -> Self {
        let mut runs: Vec<Run> = self
            .0
            .iter()
            .map(|run| run.pass(engine, passage))
            .filter(|run| run.log_weight > f64::NEG_INFINITY)
            .collect();
        let fresh = passage.fresh.iter().map(|share| share.ln());
        if let Ok(belief) = Belief::from_log_weights(fresh.clone().collect()) {
            runs.push(Run {
                since: reading,
                log_weight: logs::sum(fresh),
                belief,
                counts: vec![0.0; engine.symbols()],
            });
        }
        let runs = Self(runs);
        // Before the first reading there is nothing to tell an old run from a new one by.
        match runs.belief() {
            Some(belief) if reading == 0 => Self(vec![Run {
                belief,
                ..Self::start(engine).0.swap_remove(0)
            }]),
            _ => runs,
        }
    }

    /// Updates every run by what was heard, and gives the log-likelihood of it all; `None` if no
    /// run and no type could have done it.
    pub(crate) fn hear(&mut self, engine: &Engine, heard: &Heard<'_>) -> Option<f64> {
        for run in &mut self.0 {
            let mut likelihoods = run.likelihoods(engine, heard);
            let before = run.belief.log_weights();
            let both = before.iter().zip(&likelihoods).map(|(w, l)| w + l);
            let evidence = logs::sum(both) - logs::sum(before.iter().copied());
            run.log_weight += match run.belief.step(heard.prior_weight, &mut likelihoods) {
                Some(()) => evidence,
                None => f64::NEG_INFINITY,
            };
            for &symbol in heard.symbols {
                run.counts[symbol] += 1.0;
            }
        }
        self.0.retain(|run| run.log_weight > f64::NEG_INFINITY);
        let total = logs::sum(self.0.iter().map(|run| run.log_weight));
        for run in &mut self.0 {
            run.log_weight -= total;
        }
        (!self.0.is_empty()).then_some(total)
    }

    /// The belief about the type, over all runs.
    pub(crate) fn belief(&self) -> Option<Belief> {
        if let [only] = self.0.as_slice() {
            return Some(only.belief.clone());
        }
        let joints: Vec<Vec<f64>> = self.0.iter().map(|run| run.joint().collect()).collect();
        let types = joints.first().map_or(0, Vec::len);
        let over_runs = |place: usize| logs::sum(joints.iter().map(|joint| joint[place]));
        Belief::from_log_weights((0..types).map(over_runs).collect()).ok()
    }

    /// The chance of each symbol next; empty where conduct is not learnt.
    pub(crate) fn conduct(&self, engine: &Engine) -> Vec<f64> {
        let mut chances = vec![0.0; engine.symbols()];
        for run in &self.0 {
            for (joint, shape) in run.joint().zip(engine.shapes()) {
                let total: f64 = shape.iter().chain(&run.counts).sum();
                let seen = shape.iter().zip(&run.counts);
                for (chance, (prior, count)) in chances.iter_mut().zip(seen) {
                    *chance += joint.exp() * (prior + count) / total;
                }
            }
        }
        chances
    }
}

impl Run {
    fn pass(&self, engine: &Engine, passage: &Passage) -> Self {
        let moved = passage
            .drift
            .as_ref()
            .map(|drift| carried(&self.belief, drift));
        let mut belief = moved.unwrap_or_else(|| self.belief.clone());
        let mut counts = self.counts.clone();
        let retained = passage.retained.get();
        if retained < 1.0 {
            counts.iter_mut().for_each(|count| *count *= retained);
            if !engine.learns() {
                belief = faded(&belief, engine.prior(), retained);
            }
        }
        Self {
            since: self.since,
            log_weight: self.log_weight + passage.goes_on.ln(),
            belief,
            counts,
        }
    }
}

/// The belief after a transition, in logarithms throughout so that the improbable stays possible.
fn carried(belief: &Belief, drift: &Transition) -> Belief {
    let then = |then: usize| {
        let weights = belief.log_weights().iter().enumerate();
        logs::sum(weights.map(|(now, weight)| weight + drift.square().row(now)[then].ln()))
    };
    let moved = (0..belief.types()).map(then).collect();
    Belief::from_log_weights(moved).unwrap_or_else(|_| belief.clone())
}

/// Log-weights drawn back to the prior's: `w₀ + ρ(w − w₀)`; a type ruled out stays so.
fn faded(belief: &Belief, prior: &Belief, retained: f64) -> Belief {
    let weights = belief.log_weights().iter().zip(prior.log_weights());
    let drawn = |(&now, &first): (&f64, &f64)| {
        if now == f64::NEG_INFINITY {
            now
        } else {
            first + retained * (now - first)
        }
    };
    Belief::from_log_weights(weights.map(drawn).collect()).unwrap_or_else(|_| belief.clone())
}
