//! The first step: linear passes that drop most dominated agreements before anything is sorted.
//! What is dropped is dominated by another agreement; what is kept may still be.

use crate::PayoffMatrix;

use super::archive::range;

/// Fewer candidates than this are sorted straight away.
const SMALL: usize = 256;

/// The candidates that the passes could not rule out, in order.
pub(super) fn survivors(
    matrix: &PayoffMatrix,
    candidates: impl ExactSizeIterator<Item = usize> + Clone,
) -> Vec<usize> {
    if candidates.len() < SMALL {
        return candidates.collect();
    }
    match matrix.n_parties() {
        1 => best(matrix, candidates),
        2 => above_strips(matrix, candidates),
        3 => above_cells(matrix, candidates),
        _ => beside_pivots(matrix, candidates),
    }
}

/// One party: its best agreements.
fn best(matrix: &PayoffMatrix, candidates: impl Iterator<Item = usize> + Clone) -> Vec<usize> {
    let payoffs = matrix.column(0);
    let (_, high) = range(candidates.clone().map(|agreement| payoffs[agreement]));
    candidates
        .filter(|&agreement| payoffs[agreement] >= high)
        .collect()
}

/// Numbers cut into strips of equal width: a number in a higher strip is a higher number.
struct Strips {
    low: f64,
    scale: f64,
    last: usize,
}

impl Strips {
    fn new(numbers: impl Iterator<Item = f64>, count: usize) -> Self {
        let (low, high) = range(numbers);
        Self {
            low,
            // An infinite scale, for a range near the smallest numbers, only sends every number
            // but the lowest to the last strip.
            scale: count as f64 / (high - low),
            last: count - 1,
        }
    }

    /// Rounding is monotone and so is the cast, which saturates and sends NaN to 0.
    fn strip(&self, number: f64) -> usize {
        (((number - self.low) * self.scale) as usize).min(self.last)
    }
}

/// Two parties: agreements that pay the second party more than any in a higher strip of the first
/// party's payoffs.
fn above_strips(
    matrix: &PayoffMatrix,
    candidates: impl ExactSizeIterator<Item = usize> + Clone,
) -> Vec<usize> {
    let (xs, ys) = (matrix.column(0), matrix.column(1));
    let count = candidates.len().min(1 << 13);
    let strips = Strips::new(candidates.clone().map(|agreement| xs[agreement]), count);
    let mut tops = vec![f64::NEG_INFINITY; count + 1];
    for agreement in candidates.clone() {
        let top = &mut tops[strips.strip(xs[agreement])];
        *top = top.max(ys[agreement]);
    }
    for strip in (0..count).rev() {
        tops[strip] = tops[strip].max(tops[strip + 1]);
    }
    candidates
        .filter(|&agreement| ys[agreement] > tops[strips.strip(xs[agreement]) + 1])
        .collect()
}

/// Three parties: agreements that pay the third party more than any in a cell that is higher for
/// both the first and the second.
fn above_cells(
    matrix: &PayoffMatrix,
    candidates: impl ExactSizeIterator<Item = usize> + Clone,
) -> Vec<usize> {
    let (xs, ys, zs) = (matrix.column(0), matrix.column(1), matrix.column(2));
    let count = if candidates.len() < 1 << 16 { 64 } else { 512 };
    let rows = Strips::new(candidates.clone().map(|agreement| xs[agreement]), count);
    let columns = Strips::new(candidates.clone().map(|agreement| ys[agreement]), count);
    let width = count + 1;
    let cell = |agreement: usize| rows.strip(xs[agreement]) * width + columns.strip(ys[agreement]);
    let mut tops = vec![f64::NEG_INFINITY; width * width];
    for agreement in candidates.clone() {
        let top = &mut tops[cell(agreement)];
        *top = top.max(zs[agreement]);
    }
    for row in (0..count).rev() {
        for column in (0..count).rev() {
            let here = row * width + column;
            tops[here] = tops[here].max(tops[here + 1]).max(tops[here + width]);
        }
    }
    candidates
        .filter(|&agreement| zs[agreement] > tops[cell(agreement) + width + 1])
        .collect()
}

/// Four parties or more: agreements that none of a few good compromises dominates.
fn beside_pivots(
    matrix: &PayoffMatrix,
    candidates: impl ExactSizeIterator<Item = usize> + Clone,
) -> Vec<usize> {
    let pivots: Vec<Vec<f64>> = (0..=matrix.n_parties())
        .filter_map(|favoured| compromise(matrix, candidates.clone(), favoured))
        .collect();
    let dominated = |agreement: usize| {
        pivots.iter().any(|pivot| {
            let mut better = false;
            pivot.iter().zip(matrix.columns()).all(|(&p, column)| {
                better |= p > column[agreement];
                p >= column[agreement]
            }) && better
        })
    };
    candidates
        .filter(|&agreement| !dominated(agreement))
        .collect()
}

/// The payoffs at the highest weighted total, where the `favoured` party, if there is one of that
/// number, weighs as much as all the others.
fn compromise(
    matrix: &PayoffMatrix,
    candidates: impl Iterator<Item = usize> + Clone,
    favoured: usize,
) -> Option<Vec<f64>> {
    let weights: Vec<f64> = matrix
        .columns()
        .enumerate()
        .map(|(party, column)| {
            let (low, high) = range(candidates.clone().map(|agreement| column[agreement]));
            let weight = if party == favoured {
                matrix.n_parties() as f64
            } else {
                1.0
            };
            if high > low {
                weight / (high - low)
            } else {
                0.0
            }
        })
        .collect();
    let total = |agreement: usize| -> f64 {
        weights
            .iter()
            .zip(matrix.columns())
            .map(|(weight, column)| weight * column[agreement])
            .sum()
    };
    candidates
        .map(|agreement| (total(agreement), agreement))
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .and_then(|(_, agreement)| matrix.vector(agreement))
}
