//! What pure strategies and a public coin can sustain at one discount factor: a set from outside
//! (Abreu and Sannikov 2014). Just as much as it takes to bracket a critical discount factor.

use super::polygon::{Point, clip, distance, hull};
use crate::Bimatrix;

/// A game on the unit square, each player's least payoff 0 and greatest 1.
pub(super) struct ScaledGame {
    pub(super) payoffs: Vec<Point>,
    /// The most that each could get in a cell by another action.
    pub(super) deviations: Vec<Point>,
    minmax: Point,
    n_columns: usize,
    /// Of each player, a quarter of its least payoff and of the distance to its greatest.
    scales: [(f64, f64); 2],
}

/// What is left at one discount factor.
pub(super) struct Outer {
    /// A set that holds every equilibrium payoff but for rounding; no corners if there is none.
    pub(super) set: Vec<Point>,
    /// Where each corner came from.
    pub(super) sources: Vec<Source>,
}

#[derive(Clone, Copy)]
pub(super) enum Source {
    /// A cell played for ever.
    Cell(usize),
    /// A cell once, then a promise.
    Promise(Point),
}

/// What one asks for.
#[derive(Clone, Copy)]
pub(super) enum Target {
    /// More than playing static equilibria.
    BeyondStatic,
    /// A cell for ever.
    Cell(usize),
    /// A payoff on the unit square.
    Payoff(Point),
}

/// What rounding may do to a coordinate; far above what it does.
const ROUNDING: f64 = 1e-13;
/// How far off the unit square's scale a payoff that is meant to be on an edge cannot be.
const BEYOND_ROUNDING: f64 = 1e-9;
/// After so many rounds a set that still shrinks is taken as it is: too large, if anything.
const MAX_ROUNDS: usize = 3000;

impl ScaledGame {
    pub(super) fn of(game: &Bimatrix) -> Self {
        let n_columns = game.n_columns();
        let (rows, columns) = (scaled(game.row_payoffs()), scaled(game.column_payoffs()));
        let of_column: Vec<f64> = (0..n_columns)
            .map(|j| greatest(rows.iter().skip(j).step_by(n_columns)))
            .collect();
        let of_row: Vec<f64> = columns
            .chunks(n_columns)
            .map(|it| greatest(it.iter()))
            .collect();
        let least = |it: &[f64]| it.iter().copied().fold(f64::INFINITY, f64::min);
        Self {
            minmax: [least(&of_column), least(&of_row)],
            deviations: (0..rows.len())
                .map(|cell| [of_column[cell % n_columns], of_row[cell / n_columns]])
                .collect(),
            payoffs: rows.into_iter().zip(columns).map(|(x, y)| [x, y]).collect(),
            n_columns,
            scales: [range(game.row_payoffs()), range(game.column_payoffs())],
        }
    }

    /// A point of the unit square in the players' payoffs.
    pub(super) fn unscaled(&self, point: Point) -> Point {
        [0, 1].map(|side| {
            let (least, range): (f64, f64) = self.scales[side];
            4.0 * (least + point[side] * range)
        })
    }

    /// The row's and the column's action of a cell.
    pub(super) const fn actions(&self, cell: usize) -> (usize, usize) {
        (cell / self.n_columns, cell % self.n_columns)
    }

    /// Whether neither player gains by leaving a cell.
    pub(super) fn is_static(&self, cell: usize) -> bool {
        let pairs = self.payoffs[cell].iter().zip(&self.deviations[cell]);
        pairs.into_iter().all(|(own, best)| own >= best)
    }

    /// What a player must be promised to play its part in a cell under a threat.
    fn least_promise(&self, cell: usize, side: usize, threat: f64, rate: f64) -> f64 {
        threat + rate * (self.deviations[cell][side] - self.payoffs[cell][side])
    }

    /// The feasible and individually rational payoffs, the latter but for some slack.
    fn rational(&self, slack: f64) -> Vec<Point> {
        (0..2).fold(hull(self.payoffs.clone()), |set, side| {
            hull(clip(&set, side, self.minmax[side] - slack))
        })
    }

    /// Whether a payoff is none that any patience could sustain: not feasible, or less than a player
    /// can be held to, by more than rounding.
    pub(super) fn is_beyond_patience(&self, payoff: Point) -> bool {
        distance(&self.rational(ROUNDING), payoff) > BEYOND_ROUNDING
    }

    /// Shrinks the feasible and individually rational set until it stands still.
    pub(super) fn outer(&self, delta: f64) -> Outer {
        let slack = ROUNDING / (1.0 - delta);
        let mut outer = Outer {
            set: self.rational(slack),
            sources: Vec::new(),
        };
        for _ in 0..MAX_ROUNDS {
            let points = self.shrunk(&outer.set, delta, slack);
            let next = hull(points.iter().map(|it| it.0).collect());
            let still = next.len() == outer.set.len()
                && next
                    .iter()
                    .zip(&outer.set)
                    .all(|(a, b)| (a[0] - b[0]).abs().max((a[1] - b[1]).abs()) <= ROUNDING);
            let none_tempted = points
                .iter()
                .all(|it| matches!(it.1, Source::Cell(cell) if self.is_static(cell)));
            outer = Outer {
                sources: points.iter().map(|it| it.1).collect(),
                set: next,
            };
            if still || none_tempted {
                break;
            }
        }
        outer
    }

    /// One round of Abreu and Sannikov's operator: each cell leaves its own payoffs, if they keep
    /// its players in it, or the corners at which a bound on promises binds.
    fn shrunk(&self, set: &[Point], delta: f64, slack: f64) -> Vec<(Point, Source)> {
        let rate = (1.0 - delta) / delta;
        let mut found = Vec::new();
        let threat = [0, 1].map(|side: usize| {
            let lowest = set.iter().map(|it| it[side]).fold(f64::INFINITY, f64::min);
            lowest.max(self.minmax[side])
        });
        for (cell, &paid) in self.payoffs.iter().enumerate() {
            let bounds = [0, 1].map(|it| self.least_promise(cell, it, threat[it], rate) - slack);
            if set.is_empty() {
                continue;
            }
            if paid[0] >= bounds[0] && paid[1] >= bounds[1] {
                found.push((paid, Source::Cell(cell)));
                continue;
            }
            let allowed = clip(&clip(set, 0, bounds[0]), 1, bounds[1]);
            for promise in allowed {
                let binds = (0..2).any(|it| promise[it] <= bounds[it] + slack);
                if binds {
                    let mixed = [0, 1].map(|it| (1.0 - delta) * paid[it] + delta * promise[it]);
                    found.push((mixed, Source::Promise(mixed)));
                }
            }
        }
        found
    }

    /// Whether what is left rules the target out.
    pub(super) fn rules_out(&self, outer: &Outer, target: Target, delta: f64) -> bool {
        let slack = 4.0 * ROUNDING / (1.0 - delta);
        match target {
            Target::BeyondStatic => {
                let tempted =
                    |it: &Source| !matches!(it, Source::Cell(cell) if self.is_static(*cell));
                !outer.sources.iter().any(tempted)
            }
            Target::Cell(cell) => {
                let own = |it: &Source| matches!(it, Source::Cell(other) if *other == cell);
                !outer.sources.iter().any(own)
            }
            Target::Payoff(payoff) => distance(&outer.set, payoff) > slack,
        }
    }

    /// A payoff of the game on the unit square.
    pub(super) fn scale(game: &Bimatrix, payoff: Point) -> Point {
        let on = |payoffs: &[f64], it: f64| {
            let (least, range) = range(payoffs);
            if range > 0.0 {
                (it / 4.0 - least) / range
            } else {
                it / 4.0 - least
            }
        };
        [
            on(game.row_payoffs(), payoff[0]),
            on(game.column_payoffs(), payoff[1]),
        ]
    }
}

/// A quarter of the least payoff and of the distance to the greatest: finite for any payoffs.
fn range(payoffs: &[f64]) -> (f64, f64) {
    let least = payoffs.iter().copied().fold(f64::INFINITY, f64::min) / 4.0;
    (least, greatest(payoffs.iter()) / 4.0 - least)
}

fn scaled(payoffs: &[f64]) -> Vec<f64> {
    let (least, range) = range(payoffs);
    let on = |it: &f64| {
        if range > 0.0 {
            (it / 4.0 - least) / range
        } else {
            0.0
        }
    };
    payoffs.iter().map(on).collect()
}

fn greatest<'f>(numbers: impl Iterator<Item = &'f f64>) -> f64 {
    numbers.copied().fold(f64::NEG_INFINITY, f64::max)
}
