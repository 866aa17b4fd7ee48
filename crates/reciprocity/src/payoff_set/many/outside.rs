use super::{
    INSIDE,
    board::{Board, Profile},
};
use crate::{
    payoff_set::Stop,
    program::{Answer, Program, dot},
};

/// The most linear programs over all rounds.
const MAX_WORK: usize = 4_000_000;
/// A bound that falls by less stands still.
const STILL: f64 = 1e-12;

impl Board {
    /// What an equilibrium can be worth at most in each direction.
    pub(super) fn outside(&self, directions: &[Vec<f64>]) -> (Vec<f64>, usize, Stop) {
        let mut supports: Vec<f64> = directions.iter().map(|it| self.feasible(it)).collect();
        let downwards = self.downwards(directions);
        for (&at, held) in downwards.iter().zip(&self.minmax) {
            supports[at] = supports[at].min(-held + INSIDE);
        }
        let mut alive: Vec<usize> = (0..self.profiles.len()).collect();
        let mut rounds = 0;
        let mut work = 0;
        loop {
            rounds += 1;
            work += alive.len() * directions.len();
            let mut program = Program::new(self.n(), 2.0);
            for (direction, bound) in directions.iter().zip(&supports) {
                program.at_most(direction.iter().copied(), *bound);
            }
            let threat: Vec<f64> = downwards.iter().map(|&at| -supports[at]).collect();
            let mut next = vec![f64::NEG_INFINITY; directions.len()];
            alive.retain(|&at| {
                self.widen(&self.profiles[at], &program, &threat, directions, &mut next)
            });
            if alive.is_empty() {
                return (supports, rounds, Stop::Empty);
            }
            let fallen = supports.iter().zip(&next).map(|(old, new)| old - new);
            let most = fallen.fold(0.0, f64::max);
            for (old, new) in supports.iter_mut().zip(next) {
                *old = old.min(new);
            }
            if most <= STILL {
                return (supports, rounds, Stop::Still);
            }
            if work > MAX_WORK {
                return (supports, rounds, Stop::Limit);
            }
        }
    }

    /// Raises the bounds to what a profile can be worth; whether it can be enforced at all.
    fn widen(
        &self,
        profile: &Profile,
        program: &Program,
        threat: &[f64],
        directions: &[Vec<f64>],
        bounds: &mut [f64],
    ) -> bool {
        let least = self.promises(profile, threat, -INSIDE);
        if least.iter().any(|it| *it > 1.0 + INSIDE) {
            return false;
        }
        let mut program = program.clone();
        for (player, least) in least.iter().enumerate() {
            program.at_most(self.axis(player, -1.0), -least);
        }
        for (direction, bound) in directions.iter().zip(bounds) {
            let Answer::Best(best) = program.maximum(direction) else {
                return false;
            };
            let today = (1.0 - self.delta) * dot(direction, &profile.paid);
            *bound = bound.max(today + self.delta * best.bound + 1e-15);
        }
        true
    }
}
