//! How far an answer is from turning when everything moves.

use detente_uncertainty::{
    Response,
    flip::{Effort, RadiusSearch, Reliability, reliability, robustness_radius},
};

use super::{RewriteOptions, search::DECIDES};
use crate::{
    DetenteError,
    assessment::{Chance, Importance, ReliabilityReport, RobustnessReport},
    model::Model,
    probe::{Frame, Probe},
    quantity::Date,
};

/// Shares of importance below this are left out.
const LEAST: f64 = 0.005;

/// Everything off at once.
pub(super) struct Radius {
    pub(super) report: Option<RobustnessReport>,
    pub(super) evaluations: u64,
}

impl Radius {
    pub(super) fn search(
        model: &Model,
        until: Date,
        seed: u64,
        asked: &RewriteOptions,
    ) -> Result<Self, DetenteError> {
        let probe = Probe::new(model, until, Frame::Range).standing_still()?;
        let n = probe.n_inputs();
        if n == 0 {
            return Ok(Self {
                report: None,
                evaluations: 0,
            });
        }
        let search = RadiusSearch {
            output: DECIDES,
            seed,
            budget: asked.effort,
            ..RadiusSearch::default()
        };
        let robustness = robustness_radius(&probe, &place, n, &search)?;
        Ok(Self {
            report: Some(RobustnessReport {
                radius: robustness.found.map(|found| found.found_at),
                exact_if_monotone: robustness.every_side_known && robustness.converged,
            }),
            evaluations: probe.asked(),
        })
    }
}

/// Moves from −1 to 1 into coordinates from 0 to 1.
fn place(moves: &[f64], point: &mut [f64]) {
    for (u, t) in point.iter_mut().zip(moves) {
        *u = f64::midpoint(1.0, *t);
    }
}

/// Everything moved by chance.
pub(super) struct Spread {
    pub(super) report: ReliabilityReport,
    pub(super) evaluations: u64,
}

impl Spread {
    pub(super) fn search(
        model: &Model,
        until: Date,
        seed: u64,
        asked: &RewriteOptions,
        sampled: Option<Chance>,
    ) -> Result<Self, DetenteError> {
        let probe = Probe::new(model, until, Frame::Quantile).standing_still()?;
        let effort = Effort {
            seed,
            budget: asked.effort,
            ..Effort::default()
        };
        let found = reliability(&probe, DECIDES, &effort)?;
        Ok(Self {
            evaluations: probe.asked(),
            report: ReliabilityReport {
                beta: found.as_ref().map(|found| found.beta),
                first_order: found.as_ref().map(|found| 1.0 - found.probability),
                sampled,
                importance: found.map_or_else(Vec::new, |found| importance(&probe, &found)),
            },
        })
    }
}

fn importance(probe: &Probe<'_>, found: &Reliability) -> Vec<Importance> {
    let names = probe.names().into_iter().zip(&found.importance);
    let mut list: Vec<Importance> = names
        .filter(|(_, share)| **share >= LEAST)
        .map(|(name, &share)| Importance {
            input: name.to_owned(),
            share,
        })
        .collect();
    // Names are sorted, and the sort is stable.
    list.sort_by(|left, right| right.share.total_cmp(&left.share));
    list
}
