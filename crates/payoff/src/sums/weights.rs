//! Weights that prove a zone empty, and packages found in looking for them.
//!
//! If for some weights `λ ≥ 0` every package has `Σ λ_i (u_i(x) − d_i) < 0`, none gains for all. The
//! highest weighted sum separates by issue, so a proof is found and checked in time linear in the
//! options. It is the dual of asking for a lottery over packages that gains for all.

use num_bigint::BigInt;

use super::{PackageSpace, scale::parts};

/// What the search over weights came to.
pub(super) struct Explored {
    /// Weights per unit of each party's lanes at which the highest weighted sum of gains is lowest
    /// so far, and that sum, with gains in shares of spans.
    pub(super) weights: Vec<f64>,
    /// The choice in every block and its lanes, for each weighting that was tried.
    pub(super) tried: Vec<(Vec<u32>, Vec<i128>)>,
}

/// Weightings tried for three parties or more.
const ROUNDS: usize = 256;

/// Halvings of the interval between the weights for two parties: as many as a double tells apart.
const HALVINGS: usize = 60;

/// Looks for the weights at which the highest weighted sum of gains over the floors is lowest.
/// O(options · parties) for each weighting: 60 for two parties, 256 for more.
pub(super) fn explore(space: &PackageSpace, floors: &[i128]) -> Explored {
    let spans: Vec<f64> = (0..space.n_parties())
        .map(|party| {
            let (low, high) = space.lane_range(party);
            ((high - low) as f64).max(1.0)
        })
        .collect();
    let game = Game {
        space,
        floors,
        spans,
    };
    if space.n_parties() == 2 {
        game.halve()
    } else {
        game.reweigh()
    }
}

struct Game<'s> {
    space: &'s PackageSpace,
    floors: &'s [i128],
    spans: Vec<f64>,
}

impl Game<'_> {
    /// Two parties: the better off by more at the best package of a weighting weighs too much.
    fn halve(&self) -> Explored {
        let (mut low, mut high) = (0.0, 1.0);
        let mut course = Course::default();
        for weights in [[0.0, 1.0], [1.0, 0.0]] {
            self.try_out(&weights, &mut course);
        }
        for _ in 0..HALVINGS {
            let first = f64::midpoint(low, high);
            let gains = self.try_out(&[first, 1.0 - first], &mut course);
            if gains[0] > gains[1] {
                high = first;
            } else {
                low = first;
            }
        }
        course.explored(self)
    }

    /// More parties: multiplicative weights (Freund & Schapire 1999).
    fn reweigh(&self) -> Explored {
        let n_parties = self.spans.len();
        let mut course = Course::default();
        for favoured in 0..n_parties {
            let one = |party| f64::from(u8::from(party == favoured));
            self.try_out(&(0..n_parties).map(one).collect::<Vec<_>>(), &mut course);
        }
        let mut weights = vec![1.0 / n_parties as f64; n_parties];
        for round in 1..=ROUNDS {
            let gains = self.try_out(&weights, &mut course);
            let rate = 2.0 / (round as f64).sqrt();
            for (weight, gain) in weights.iter_mut().zip(&gains) {
                *weight *= (-rate * gain).clamp(-20.0, 20.0).exp();
            }
            let total: f64 = weights.iter().sum();
            for weight in &mut weights {
                *weight /= total;
            }
        }
        course.explored(self)
    }

    /// The gains, in shares of spans, at the package with the highest weighted sum of them.
    fn try_out(&self, weights: &[f64], course: &mut Course) -> Vec<f64> {
        let scaled: Vec<f64> = weights
            .iter()
            .zip(&self.spans)
            .map(|(w, span)| w / span)
            .collect();
        let (choice, lanes) = best(self.space, &scaled);
        let gains: Vec<f64> = (0..weights.len())
            .map(|party| (lanes[party] - self.floors[party]) as f64 / self.spans[party])
            .collect();
        let value: f64 = weights.iter().zip(&gains).map(|(w, gain)| w * gain).sum();
        if course
            .best
            .as_ref()
            .is_none_or(|(lowest, _)| value < *lowest)
        {
            course.best = Some((value, scaled));
        }
        if course.tried.last().is_none_or(|(last, _)| *last != choice) {
            course.tried.push((choice, lanes));
        }
        gains
    }
}

#[derive(Default)]
struct Course {
    best: Option<(f64, Vec<f64>)>,
    tried: Vec<(Vec<u32>, Vec<i128>)>,
}

impl Course {
    fn explored(self, game: &Game<'_>) -> Explored {
        Explored {
            weights: self
                .best
                .map_or_else(|| vec![0.0; game.spans.len()], |(_, weights)| weights),
            tried: self.tried,
        }
    }
}

/// The package with the highest weighted sum, as a choice in every block, and its lanes.
fn best(space: &PackageSpace, weights: &[f64]) -> (Vec<u32>, Vec<i128>) {
    let mut lanes = space.base.clone();
    let worth = |row: &[i128]| -> f64 {
        row.iter()
            .zip(weights)
            .map(|(&lane, w)| lane as f64 * w)
            .sum()
    };
    let choice = space.blocks().iter().map(|block| {
        let mut best = (f64::NEG_INFINITY, 0);
        for (option, row) in (0..).zip(block.rows()) {
            let worth = worth(row);
            if worth > best.0 {
                best = (worth, option);
            }
        }
        for (lane, more) in lanes.iter_mut().zip(block.lanes(best.1 as usize)) {
            *lane += more;
        }
        best.1
    });
    (choice.collect(), lanes)
}

/// `max_x Σ λ_i (u_i(x) − floor_i)` without rounding, up to a positive factor, for finite weights.
/// O(options · parties).
pub(super) fn highest(space: &PackageSpace, floors: &[i128], weights: &[f64]) -> BigInt {
    let split: Vec<(i64, i32)> = weights.iter().map(|&weight| parts(weight)).collect();
    let lowest = split
        .iter()
        .map(|&(_, exponent)| exponent)
        .min()
        .unwrap_or(0);
    let whole: Vec<BigInt> = split
        .into_iter()
        .map(|(mantissa, exponent)| BigInt::from(mantissa) << (exponent - lowest) as usize)
        .collect();
    let weigh =
        |row: &[i128]| -> BigInt { row.iter().zip(&whole).map(|(&lane, w)| w * lane).sum() };
    let start: Vec<i128> = space
        .base
        .iter()
        .zip(floors)
        .map(|(base, floor)| base - floor)
        .collect();
    let best = |block: &super::Block| block.rows().map(weigh).max().unwrap_or_default();
    weigh(&start) + space.blocks().iter().map(best).sum::<BigInt>()
}
