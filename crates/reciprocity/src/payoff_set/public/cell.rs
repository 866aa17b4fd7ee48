//! How far a pair of actions reaches with promises in a set: a linear program over the ways to promise
//! a corner of the set after each signal, of which it finds the best one by one (Dantzig and Wolfe 1960).

use super::board::Board;
use crate::{
    payoff_set::{plane::Point, rounds::Rate},
    program::{Corner, Cut, Name, search},
};

/// By how much every promise may overstep the set that is computed, each way.
pub(super) const REACH: f64 = 1e-13;
/// What rounding does to a sum of numbers up to 1.
const ROUNDING: f64 = 2e-15;
/// The highest price of a deviation: incentives missed by less than 1/PRICE of the set's width may
/// pass for met from outside.
const PRICE: f64 = 1e6;
/// By how much a way to promise must do better than all before it.
const BETTER: f64 = 1e-13;
/// More than any promises shift.
const VACUOUS: f64 = 4.0;
/// Multiplications, but for a constant, that make a unit of work.
const STEPS: usize = 1_000;
/// A weight below this is none.
const WEIGHTLESS: f64 = 1e-9;

/// A pair of actions on the unit square, and what must not pay.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) number: usize,
    pub(super) paid: Point,
    chances: Vec<f64>,
    pub(super) deviations: Vec<Deviation>,
}

/// Another action of a player: what it promises more than is kept, Σ shift · promise, may be so much at
/// most.
#[derive(Debug, Clone)]
pub(super) struct Deviation {
    pub(super) to: usize,
    pub(super) side: usize,
    shifts: Vec<f64>,
    bound: f64,
}

/// How far a cell's promises reach in a direction.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    /// No expected promise that meets the incentives reaches farther, proved by weak duality.
    pub(super) bound: f64,
    /// The ways to promise that are mixed, as a corner for each signal, with their weights, which add
    /// up to 1; none if no mixture was found that meets the incentives.
    pub(super) ways: Vec<(Vec<usize>, f64)>,
    /// The deviations that lose nothing.
    pub(super) tight: Vec<usize>,
}

/// The best way to promise at given prices of deviations.
struct Best {
    corners: Vec<usize>,
    total: f64,
    /// How much the total gains if the set grows by 1 each way.
    growth: f64,
}

impl Cell {
    /// `None` where a player gains by what no signal tells.
    pub(super) fn of(board: &Board<'_>, rate: Rate, number: usize, margin: f64) -> Option<Self> {
        let kept = board.chances(number);
        let mut deviations = Vec::new();
        for side in 0..2 {
            for to in board.deviations(number, side) {
                let shifts = board.chances(to).iter().zip(kept);
                let exact = shifts.map(|(other, kept)| other.minus(kept));
                let shifts: Vec<f64> = exact.map(|it| it.to_f64()).collect();
                let cells = &board.stage.cells;
                let gain = cells[to].paid[side] - cells[number].paid[side];
                if shifts.iter().any(|it| it.abs() > 0.0) {
                    deviations.push(Deviation {
                        to,
                        side,
                        shifts,
                        bound: (-rate.rate * gain).clamp(-VACUOUS, VACUOUS) - margin,
                    });
                } else if board.stage.paid(to)[side] > board.stage.paid(number)[side] {
                    return None;
                }
            }
        }
        Some(Self {
            number,
            paid: board.stage.cells[number].paid,
            chances: kept.iter().map(crate::Fraction::to_f64).collect(),
            deviations,
        })
    }

    /// The best way to promise corners in a direction at prices of deviations. O(signals · (deviations +
    /// corners)).
    fn best(&self, corners: &[Point], direction: Point, prices: &[f64]) -> Best {
        let mut best = Best {
            corners: Vec::with_capacity(self.chances.len()),
            total: 0.0,
            growth: 0.0,
        };
        for (signal, chance) in self.chances.iter().enumerate() {
            let mut worth = direction.map(|it| it * chance);
            for (deviation, price) in self.deviations.iter().zip(prices) {
                worth[deviation.side] -= price * deviation.shifts[signal];
            }
            let value = |at: usize| worth[0] * corners[at][0] + worth[1] * corners[at][1];
            let at = (0..corners.len()).max_by(|&a, &b| value(a).total_cmp(&value(b)));
            let at = at.unwrap_or_default();
            best.total += value(at);
            best.growth += worth[0].abs() + worth[1].abs();
            best.corners.push(at);
        }
        best
    }

    /// The work of a program with promises of so many corners, in units of a small one: steps in
    /// proportion to the variables, each of which looks at all pairs of these and all ways to promise.
    pub(super) const fn work(&self, n_corners: usize) -> usize {
        let n = self.deviations.len();
        let step = n.saturating_mul(n);
        let step = step.saturating_add(self.chances.len().saturating_mul(n_corners));
        1 + n.saturating_mul(step) / STEPS
    }

    /// Whether some promises in a set meet the incentives, as far as weak duality can tell.
    pub(super) fn is_enforceable(&self, corners: &[Point]) -> bool {
        let (prices, _) = self.priced(corners, [0.0; 2], 1.0);
        self.bound(corners, [0.0; 2], &prices) >= 0.0
    }

    /// How far the cell's expected promise reaches in a direction.
    pub(super) fn reach(&self, corners: &[Point], direction: Point) -> Reach {
        let (prices, Found { corner, ways }) = self.priced(corners, direction, PRICE);
        let named = |name: Name| corner.weights.iter().any(|it| it.0 == name);
        let tight = (0..self.deviations.len()).filter(|&at| !named(Name::Least(at)));
        let weighed = corner.weights.iter().filter(|it| it.1 > WEIGHTLESS);
        let weighed: Option<Vec<(Vec<usize>, f64)>> = weighed
            .map(|&(name, weight)| match name {
                Name::Listed(at) => Some((ways.get(at)?.clone(), weight)),
                // An incentive that is not used to the full.
                Name::Least(_) => Some((Vec::new(), 0.0)),
                // One that is missed, whatever that costs.
                Name::Greatest(_) => None,
            })
            .collect();
        let mut weighed = weighed.unwrap_or_default();
        weighed.retain(|(way, _)| !way.is_empty());
        let total: f64 = weighed.iter().map(|it| it.1).sum();
        for (_, weight) in &mut weighed {
            *weight /= total;
        }
        Reach {
            bound: self.bound(corners, direction, &prices),
            tight: tight.collect(),
            ways: weighed,
        }
    }

    /// What weak duality proves at prices: max over ways of (direction − prices · shifts) · promise, plus
    /// prices · bounds.
    fn bound(&self, corners: &[Point], direction: Point, prices: &[f64]) -> f64 {
        let best = self.best(corners, direction, prices);
        let paired = || self.deviations.iter().zip(prices);
        let bounds: f64 = paired().map(|(it, price)| it.bound * price).sum();
        let size: f64 = paired().map(|(it, price)| it.bound.abs() * price).sum();
        let rounding = ROUNDING * (1.0 + size + best.growth);
        best.total + bounds + REACH * best.growth + rounding
    }

    /// The prices, up to a highest one, at which the bound is lowest. The variables are the prices and
    /// the best total, which no way to promise may exceed.
    fn priced(&self, corners: &[Point], direction: Point, highest: f64) -> (Vec<f64>, Found) {
        let n = self.deviations.len();
        let far = 4.0 + 4.0 * highest * n as f64;
        let mut sides = vec![(0.0, highest); n];
        sides.push((-far, far));
        let costs = self.deviations.iter().map(|it| -it.bound);
        let objective: Vec<f64> = costs.chain([-1.0]).collect();
        let mut ways: Vec<Vec<usize>> = Vec::new();
        let corner = search(&objective, &sides, |x| {
            let best = self.best(corners, direction, &x[..n]);
            if best.total <= x[n] + BETTER * (1.0 + best.growth) {
                return None;
            }
            let (line, bound) = self.cut(corners, direction, &best.corners);
            ways.push(best.corners);
            Some(Cut {
                line,
                bound,
                name: Name::Listed(ways.len() - 1),
            })
        });
        let prices = corner.x[..n]
            .iter()
            .map(|it| it.clamp(0.0, highest))
            .collect();
        (prices, Found { corner, ways })
    }

    /// That a way to promise is worth no more than the total: direction · w − prices · shifts ≤ total.
    fn cut(&self, corners: &[Point], direction: Point, way: &[usize]) -> (Vec<f64>, f64) {
        let shifted = self.deviations.iter().map(|deviation| {
            let terms = deviation.shifts.iter().zip(way);
            -terms
                .map(|(shift, &at)| shift * corners[at][deviation.side])
                .sum::<f64>()
        });
        let line = shifted.chain([-1.0]).collect();
        let terms = self.chances.iter().zip(way);
        let worth = |(chance, &at): (&f64, &usize)| {
            chance * (direction[0] * corners[at][0] + direction[1] * corners[at][1])
        };
        (line, -terms.map(worth).sum::<f64>())
    }

    /// The promise after each signal of a mixture of ways.
    pub(super) fn promises(&self, corners: &[Point], ways: &[(Vec<usize>, f64)]) -> Vec<Point> {
        let promise = |signal: usize| {
            let mix = |side: usize| {
                ways.iter()
                    .map(|(way, it)| it * corners[way[signal]][side])
                    .sum()
            };
            [mix(0), mix(1)]
        };
        (0..self.chances.len()).map(promise).collect()
    }

    /// What the cell once and then promises are worth.
    pub(super) fn worth(&self, rate: Rate, promises: &[Point]) -> Point {
        let mean = [0, 1].map(|side: usize| {
            let terms = promises.iter().zip(&self.chances);
            terms.map(|(promise, chance)| promise[side] * chance).sum()
        });
        rate.mixed(self.paid, mean)
    }
}

/// Where a search for prices ended, and the ways to promise that it met.
struct Found {
    corner: Corner,
    ways: Vec<Vec<usize>>,
}
