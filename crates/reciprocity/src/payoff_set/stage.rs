//! A stage game twice: in whole numbers, and on the unit square.

use num_bigint::{BigInt, Sign};

use super::{
    plane::Point,
    reading::{Reading, fraction},
};
use crate::{Bimatrix, Fraction};

/// A point in whole units of each player's payoffs, as exact fractions of them.
pub(super) type ExactPoint = [Fraction; 2];

/// What a pair of actions pays, and the most that each player could get there by another action,
/// with each player's least payoff at 0 and greatest at 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) paid: Point,
    pub(super) best: Point,
}

/// A two-player game, cell by cell, row by row.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    pub(super) n_columns: usize,
    pub(super) cells: Vec<Cell>,
    payoffs: [Vec<BigInt>; 2],
    deviations: [Vec<BigInt>; 2],
    unit: [Fraction; 2],
    least: [BigInt; 2],
    range: [BigInt; 2],
}

impl Stage {
    /// Reads a game. O(cells).
    pub(super) fn of(game: &Bimatrix) -> Self {
        let n_columns = game.n_columns();
        let readings = [game.row_payoffs(), game.column_payoffs()].map(Reading::of);
        let unit = [0, 1].map(|side: usize| readings[side].unit.clone());
        let payoffs = readings.map(|reading| reading.numbers);
        let deviations = [
            best_in_columns(&payoffs[0], n_columns),
            best_in_rows(&payoffs[1], n_columns),
        ];
        let least =
            [0, 1].map(|side: usize| payoffs[side].iter().min().cloned().unwrap_or_default());
        let range = [0, 1].map(|side: usize| {
            payoffs[side].iter().max().cloned().unwrap_or_default() - &least[side]
        });
        let scaled = |of: &[Vec<BigInt>; 2]| {
            [0, 1].map(|side: usize| {
                let (least, range) = (&least[side], &range[side]);
                of[side].iter().map(|it| share(it - least, range)).collect()
            })
        };
        let [paid, best]: [[Vec<f64>; 2]; 2] = [scaled(&payoffs), scaled(&deviations)];
        let cells = (0..payoffs[0].len())
            .map(|cell| Cell {
                paid: [paid[0][cell], paid[1][cell]],
                best: [best[0][cell], best[1][cell]],
            })
            .collect();
        Self {
            n_columns,
            cells,
            payoffs,
            deviations,
            unit,
            least,
            range,
        }
    }

    pub(super) fn paid(&self, cell: usize) -> ExactPoint {
        [0, 1].map(|side: usize| Fraction::whole(self.payoffs[side][cell].clone()))
    }

    pub(super) fn best(&self, cell: usize, side: usize) -> Fraction {
        Fraction::whole(self.deviations[side][cell].clone())
    }

    /// What a player gains at once by leaving a cell; never negative.
    pub(super) fn temptation(&self, cell: usize, side: usize) -> Fraction {
        Fraction::whole(&self.deviations[side][cell] - &self.payoffs[side][cell])
    }

    /// Whether no player gains by leaving a cell.
    pub(super) fn is_static(&self, cell: usize) -> bool {
        (0..2).all(|side: usize| self.payoffs[side][cell] == self.deviations[side][cell])
    }

    /// What each can be held to by pure strategies, on the unit square.
    pub(super) fn minmax(&self) -> Point {
        [0, 1].map(|side: usize| {
            let best = self.cells.iter().map(|cell| cell.best[side]);
            best.fold(f64::INFINITY, f64::min)
        })
    }

    /// An exact point on the unit square.
    pub(super) fn scaled(&self, point: &ExactPoint) -> Point {
        [0, 1].map(|side: usize| {
            if self.range[side].sign() == Sign::NoSign {
                return 0.0;
            }
            let above = point[side].minus(&Fraction::whole(self.least[side].clone()));
            above.divided_by(&self.range[side]).to_f64()
        })
    }

    /// The exact point that a point of the unit square is.
    pub(super) fn exact(&self, point: Point) -> ExactPoint {
        [0, 1].map(|side: usize| {
            let share = Fraction::binary(point[side]);
            share
                .times(&Fraction::whole(self.range[side].clone()))
                .plus(&Fraction::whole(self.least[side].clone()))
        })
    }

    /// The simplest number of units close to a coordinate on the unit square.
    pub(super) fn simplest(&self, side: usize, near: f64, off: f64) -> Option<Fraction> {
        let range = Fraction::whole(self.range[side].clone()).to_f64();
        let (above, below) = fraction(near * range, off * range)?;
        let least = Fraction::whole(self.least[side].clone());
        Some(least.plus(&Fraction::new(above.into(), below.into())))
    }

    /// An exact point in payoffs.
    pub(super) fn payoff(&self, point: &ExactPoint) -> ExactPoint {
        [0, 1].map(|side: usize| point[side].times(&self.unit[side]))
    }

    /// A payoff of a player in units.
    pub(super) fn in_units(&self, side: usize, payoff: &Fraction) -> Fraction {
        payoff.per(&self.unit[side]).unwrap_or_else(Fraction::zero)
    }

    /// A pair of payoffs in units.
    pub(super) fn units(&self, payoffs: &ExactPoint) -> ExactPoint {
        [0, 1].map(|side: usize| self.in_units(side, &payoffs[side]))
    }

    /// What the side of the unit square is worth to each player; at least 0 and finite.
    pub(super) fn sides(&self) -> Point {
        [0, 1].map(|side: usize| {
            let range = Fraction::whole(self.range[side].clone());
            range.times(&self.unit[side]).to_f64()
        })
    }
}

fn best_in_columns(payoffs: &[BigInt], n_columns: usize) -> Vec<BigInt> {
    let best: Vec<&BigInt> = (0..n_columns)
        .filter_map(|j| payoffs.iter().skip(j).step_by(n_columns).max())
        .collect();
    (0..payoffs.len())
        .map(|cell| best[cell % n_columns].clone())
        .collect()
}

fn best_in_rows(payoffs: &[BigInt], n_columns: usize) -> Vec<BigInt> {
    payoffs
        .chunks(n_columns)
        .flat_map(|line| {
            let best = line.iter().max().cloned().unwrap_or_default();
            std::iter::repeat_n(best, line.len())
        })
        .collect()
}

/// A part of a whole as a number from 0 to 1, to the nearest; 0 of nothing.
#[expect(
    clippy::cast_precision_loss,
    reason = "words below 2⁵³ convert exactly"
)]
fn share(part: BigInt, whole: &BigInt) -> f64 {
    if whole.sign() == Sign::NoSign {
        return 0.0;
    }
    match (u64::try_from(&part), u64::try_from(whole)) {
        (Ok(part), Ok(whole)) if whole < 1 << 53 => part as f64 / whole as f64,
        _ => Fraction::new(part, whole.clone()).to_f64(),
    }
}
