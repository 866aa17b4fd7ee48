//! Points that sustain each other, from inside.
//!
//! Why the rounding does no harm. Let v be the points, w their promises and h = Σ v the mixture of points
//! that is nearest to each promise, at most e away for each player. There is exactly one v′ with
//! v′ = (1 − δ)g + δ Σ v′, by the same weights, and |v′ − v| ≤ δ |v′ − v| + δe, so that
//! |v′ − v| ≤ δe / (1 − δ). The promises Σ v′ lie in the hull of v′ without rounding, are at most
//! δe / (1 − δ) + e from w, and the worst of v′ is at most δe / (1 − δ) better than that of v. Promises w that
//! keep everyone to their part with 2e / (1 − δ) to spare thus leave Σ v′ keeping everyone to it, and the hull of v′
//! sustains itself. Temptations are off by rounding too, for which as much is added.

use super::{
    DRAWN,
    board::{Board, Profile},
    points::{NEAR, drawn_in, farthest, is_in_hull, lowest},
};
use crate::program::{Answer, Program, dot};

/// Profiles times directions over all rounds after which drawing in is given up.
const MAX_WORK: usize = 100_000;

/// What rounding does to a temptation on the unit cube.
const ROUNDING: f64 = 1e-15;

/// A point of a set and what sustains it, on the unit cube.
#[derive(Debug, Clone)]
struct Plan {
    worth: Vec<f64>,
    promise: Vec<f64>,
    /// What the promise must exceed the threat by; nothing for an equilibrium of the stage game.
    least: Option<Vec<f64>>,
}

impl Plan {
    /// Whether every player loses so much at least by leaving what is played, for fear of a threat.
    fn is_kept(&self, threat: &[f64], to_spare: f64) -> bool {
        let Some(least) = &self.least else {
            return true;
        };
        let bounds = threat.iter().zip(least);
        let pairs = self.promise.iter().zip(bounds);
        pairs.into_iter().all(|(promise, (threat, extra))| {
            *extra <= 0.0 || *promise >= threat + extra + to_spare
        })
    }
}

impl Board {
    /// Points whose hull sustains itself, drawn in from the bounds; static equilibria if that fails.
    pub(super) fn inside(&self, directions: &[Vec<f64>], supports: &[f64]) -> Vec<Vec<f64>> {
        let statics = { self.profiles.iter() }
            .filter(|it| it.extra.iter().all(|extra| *extra <= 0.0))
            .map(|it| Plan {
                worth: it.paid.clone(),
                promise: it.paid.clone(),
                least: None,
            });
        let statics: Vec<Plan> = statics.collect();
        let mut plans = statics.clone();
        plans.extend(self.touching(directions, supports));
        let mut plans = extremes(directions, plans);
        let rate = (1.0 - self.delta) / self.delta;
        let to_spare = 2.0 * self.n() as f64 * NEAR / (1.0 - self.delta) + rate * ROUNDING;
        let mut work = 0;
        while work < MAX_WORK && !plans.is_empty() {
            work += self.profiles.len() * directions.len();
            let points: Vec<Vec<f64>> = plans.iter().map(|it| it.worth.clone()).collect();
            let threat: Vec<f64> = (0..self.n())
                .map(|player| lowest(&points, player))
                .collect();
            let kept: Vec<bool> = { plans.iter() }
                .map(|plan| plan.is_kept(&threat, to_spare) && is_in_hull(&plan.promise, &points))
                .collect();
            if kept.iter().all(|kept| *kept) {
                return points;
            }
            let mut next = self.generated(directions, &points, &threat);
            next.extend(statics.iter().cloned());
            let pairs = plans.into_iter().zip(kept);
            let held = pairs.filter_map(|(plan, kept)| kept.then_some(plan));
            // What holds comes last, and so first where it reaches as far.
            next.extend(held);
            plans = extremes(directions, next);
        }
        statics.into_iter().map(|it| it.worth).collect()
    }

    /// What profiles can be worth in each direction with promises within the bounds.
    fn touching(&self, directions: &[Vec<f64>], supports: &[f64]) -> Vec<Plan> {
        let downwards = self.downwards(directions);
        let threat: Vec<f64> = downwards.iter().map(|&at| -supports[at]).collect();
        let mut plans = Vec::new();
        for profile in &self.profiles {
            let mut program = Program::new(self.n(), 2.0);
            for (direction, bound) in directions.iter().zip(supports) {
                program.at_most(direction.iter().copied(), *bound);
            }
            for (player, least) in self.promises(profile, &threat, 0.0).iter().enumerate() {
                program.at_most(self.axis(player, -1.0), -least);
            }
            for direction in directions {
                if let Answer::Best(best) = program.maximum(direction) {
                    plans.push(self.plan(profile, best.x));
                }
            }
        }
        plans
    }

    /// The plans that reach farthest with promises in the hull of points, drawn in.
    fn generated(&self, directions: &[Vec<f64>], points: &[Vec<f64>], threat: &[f64]) -> Vec<Plan> {
        let drawn = drawn_in(points);
        let mut found = Vec::new();
        for profile in &self.profiles {
            let least = self.promises(profile, threat, DRAWN);
            if profile
                .paid
                .iter()
                .zip(&least)
                .all(|(paid, least)| paid >= least)
            {
                found.push(Plan {
                    worth: profile.paid.clone(),
                    promise: profile.paid.clone(),
                    least: Some(profile.extra.clone()),
                });
                continue;
            }
            if (0..self.n()).any(|player| drawn.iter().all(|it| it[player] < least[player])) {
                continue;
            }
            for direction in directions {
                if let Some(promise) = farthest(&drawn, direction, &least) {
                    found.push(self.plan(profile, promise));
                }
            }
        }
        found
    }

    /// A profile once, and then a promise.
    fn plan(&self, profile: &Profile, promise: Vec<f64>) -> Plan {
        let pairs = profile.paid.iter().zip(&promise);
        let mix = |(paid, promise)| (1.0 - self.delta) * paid + self.delta * promise;
        Plan {
            worth: pairs.map(mix).collect(),
            promise,
            least: Some(profile.extra.clone()),
        }
    }
}

/// The plans that reach farthest in some direction; the last of several.
fn extremes(directions: &[Vec<f64>], plans: Vec<Plan>) -> Vec<Plan> {
    let mut kept = vec![false; plans.len()];
    for direction in directions {
        let worths: Vec<f64> = plans.iter().map(|it| dot(direction, &it.worth)).collect();
        let most = worths.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if let Some(best) = worths.iter().rposition(|it| *it >= most - DRAWN / 16.0) {
            kept[best] = true;
        }
    }
    let pairs = plans.into_iter().zip(kept);
    pairs
        .filter_map(|(plan, kept)| kept.then_some(plan))
        .collect()
}
