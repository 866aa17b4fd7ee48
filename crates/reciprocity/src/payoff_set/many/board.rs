use super::HalfSpace;
use crate::{NormalForm, program::dot};

/// A profile of actions with what it pays and tempts each player with, on the unit cube.
pub(super) struct Profile {
    pub(super) paid: Vec<f64>,
    /// What a promise must exceed the threat by; above 0 for whoever is tempted.
    pub(super) extra: Vec<f64>,
}

/// A game on the unit cube, each player's payoffs from 0 to 1.
pub(super) struct Board {
    pub(super) delta: f64,
    pub(super) profiles: Vec<Profile>,
    pub(super) minmax: Vec<f64>,
    least: Vec<f64>,
    range: Vec<f64>,
}

impl Board {
    pub(super) fn of(game: &NormalForm, delta: f64) -> Self {
        let n = game.n_players();
        let mut board = Self {
            delta,
            profiles: Vec::new(),
            minmax: Vec::new(),
            least: Vec::new(),
            range: Vec::new(),
        };
        let mut paid: Vec<Vec<f64>> = Vec::new();
        let mut best: Vec<Vec<f64>> = Vec::new();
        let mut tempted: Vec<Vec<bool>> = Vec::new();
        for player in 0..n {
            let payoffs = game.payoffs(player).unwrap_or_default();
            let least = payoffs.iter().copied().fold(f64::INFINITY, f64::min);
            let most = payoffs.iter().copied().fold(least, f64::max);
            let range = most / 4.0 - least / 4.0;
            let share = |it: &f64| {
                if range > 0.0 {
                    (it / 4.0 - least / 4.0) / range
                } else {
                    0.0
                }
            };
            paid.push(payoffs.iter().map(share).collect());
            best.push(best_replies(&paid[player], game, player));
            let replies = best_replies(payoffs, game, player);
            let pairs = replies.iter().zip(payoffs);
            tempted.push(pairs.map(|(best, paid)| best > paid).collect());
            let held = best[player].iter().copied().fold(f64::INFINITY, f64::min);
            board.minmax.push(held);
            board.least.push(least);
            board.range.push(range);
        }
        let rate = (1.0 - delta) / delta;
        board.profiles = (0..game.n_profiles())
            .map(|at| Profile {
                paid: paid.iter().map(|it| it[at]).collect(),
                extra: (0..n)
                    .map(|player| {
                        // Payoffs that differ may be alike on the cube, and the player is tempted.
                        let extra = rate * (best[player][at] - paid[player][at]);
                        match tempted[player][at] {
                            true if extra > f64::MIN_POSITIVE => extra.min(f64::MAX),
                            true => f64::MIN_POSITIVE,
                            false => 0.0,
                        }
                    })
                    .collect(),
            })
            .collect();
        board
    }

    pub(super) fn n(&self) -> usize {
        self.least.len()
    }

    /// What each must be promised to play its part, and a margin if it is tempted.
    pub(super) fn promises(&self, profile: &Profile, threat: &[f64], margin: f64) -> Vec<f64> {
        let pairs = threat.iter().zip(&profile.extra);
        pairs
            .map(|(threat, extra)| threat + extra + if *extra > 0.0 { margin } else { 0.0 })
            .collect()
    }

    /// An axis of the cube with a sign.
    pub(super) fn axis(&self, player: usize, sign: f64) -> impl Iterator<Item = f64> {
        (0..self.n()).map(move |it| if it == player { sign } else { 0.0 })
    }

    /// The most that any profile is worth in a direction.
    pub(super) fn feasible(&self, direction: &[f64]) -> f64 {
        let worths = self.profiles.iter().map(|it| dot(direction, &it.paid));
        worths.fold(f64::NEG_INFINITY, f64::max)
    }

    /// Where the directions stand that point down one axis each.
    pub(super) fn downwards(&self, directions: &[Vec<f64>]) -> Vec<usize> {
        let down = |player: usize| {
            directions.iter().position(|it| {
                let mut entries = it.iter().enumerate();
                entries.all(|(at, &entry)| {
                    if at == player {
                        entry < 0.0
                    } else {
                        entry == 0.0
                    }
                })
            })
        };
        (0..self.n()).filter_map(down).collect()
    }

    pub(super) fn payoffs(&self, point: &[f64]) -> Vec<f64> {
        let scales = self.least.iter().zip(&self.range);
        scales
            .zip(point)
            .map(|((least, range), share)| 4.0 * (least / 4.0 + share * range))
            .collect()
    }

    /// The bounds in payoffs.
    pub(super) fn half_spaces(&self, directions: &[Vec<f64>], supports: &[f64]) -> Vec<HalfSpace> {
        let space = |(direction, bound): (&Vec<f64>, &f64)| {
            let scales = direction.iter().zip(&self.range);
            // A player who gets the same whatever happens has no range to bound.
            let normal: Vec<f64> = scales
                .map(|(entry, range)| {
                    if *range > 0.0 {
                        entry / range / 4.0
                    } else {
                        *entry
                    }
                })
                .collect();
            let from = dot(&normal, &self.least);
            HalfSpace {
                bound: from + bound,
                normal,
            }
        };
        directions.iter().zip(supports).map(space).collect()
    }
}

fn best_replies(paid: &[f64], game: &NormalForm, player: usize) -> Vec<f64> {
    let stride: usize = game.n_actions().iter().skip(player + 1).product();
    let n_actions = game.n_actions().get(player).copied().unwrap_or(1);
    let replies = |at: usize| {
        let first = at - (at / stride % n_actions) * stride;
        (0..n_actions).map(move |action| first + action * stride)
    };
    (0..paid.len())
        .map(|at| {
            replies(at)
                .map(|it| paid[it])
                .fold(f64::NEG_INFINITY, f64::max)
        })
        .collect()
}
