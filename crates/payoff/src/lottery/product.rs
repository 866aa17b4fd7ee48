//! The highest product of gains for any number of parties: fully corrective Frank–Wolfe. Newton's
//! method divides the shares among the packages met so far; the best package at the prices `1/g_i`
//! then either joins them or proves that no lottery has a product much higher.

use super::{
    columns::{CLOSED, Mixture, Outcome},
    gauss,
    oracle::Oracle,
};

/// Rounds after which the product is left with the gap it has.
const MOST_ROUNDS: usize = 5_000;

/// Newton steps within a round.
const MOST_STEPS: usize = 100;

/// From a mixture under which every party gains to one of highest product; `units` are what gains
/// are measured in. Rounds · O(choices · parties + steps · packages drawn³).
pub(super) fn maximise(
    oracle: &mut Oracle<'_>,
    mixture: &mut Mixture,
    nonagreement: &[f64],
    units: &[f64],
) -> Outcome {
    let n_parties = nonagreement.len() as f64;
    let mut bound = f64::INFINITY;
    for _ in 0..MOST_ROUNDS {
        correct(mixture, nonagreement, units);
        let gains = gains(&mixture.payoffs(), nonagreement, units);
        let prices: Vec<f64> = { gains.iter().zip(units) }
            .map(|(g, unit)| 1.0 / (g * unit))
            .collect();
        let best = oracle.best(&prices);
        // Shares of the gains at hand; they sum to the number of parties at the mixture itself, and
        // no product of numbers with a given sum exceeds that of their mean.
        let sum = ratio(&self::gains(&best.payoffs, nonagreement, units), &gains);
        bound = bound.min(logarithm(&gains) + n_parties * (sum / n_parties).max(1.0).ln());
        if sum - n_parties <= CLOSED {
            break;
        }
        let (place, _) = mixture.meet(best);
        if !step_towards(place, mixture, nonagreement, units) {
            break;
        }
    }
    let value = logarithm(&gains(&mixture.payoffs(), nonagreement, units));
    Outcome {
        value,
        bound: bound.max(value),
        prices: Vec::new(),
    }
}

fn gains(payoffs: &[f64], nonagreement: &[f64], units: &[f64]) -> Vec<f64> {
    let over = payoffs.iter().zip(nonagreement).zip(units);
    over.map(|((u, d), unit)| (u - d) / unit).collect()
}

fn ratio(over: &[f64], under: &[f64]) -> f64 {
    over.iter().zip(under).map(|(a, b)| a / b).sum()
}

/// The logarithm of the product; of nothing where a party does not gain.
fn logarithm(gains: &[f64]) -> f64 {
    match gains.iter().all(|gain| *gain > 0.0) {
        true => gains.iter().map(|gain| gain.ln()).sum(),
        false => f64::NEG_INFINITY,
    }
}

/// Gives a package the greater share that raises the product most; whether any does.
fn step_towards(place: usize, mixture: &mut Mixture, nonagreement: &[f64], units: &[f64]) -> bool {
    let at = gains(&mixture.payoffs(), nonagreement, units);
    let there = gains(&mixture.columns[place].payoffs, nonagreement, units);
    let way: Vec<f64> = there
        .iter()
        .zip(&at)
        .map(|(there, at)| there - at)
        .collect();
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        match slope(&at, &way, middle) > 0.0 {
            true => low = middle,
            false => high = middle,
        }
    }
    for slot in &mut mixture.shares {
        *slot *= 1.0 - low;
    }
    mixture.shares[place] += low;
    low > 1e-16
}

/// How the logarithm of the product changes some way along a line; it falls without end where a
/// party gains nothing any more. What a function's values hide near its top, its slope shows.
fn slope(gains: &[f64], way: &[f64], length: f64) -> f64 {
    let mut sum = 0.0;
    for (gain, way) in gains.iter().zip(way) {
        let there = length.mul_add(*way, *gain);
        if there <= 0.0 {
            return f64::NEG_INFINITY;
        }
        sum += way / there;
    }
    sum
}

/// Divides the shares among the packages that have one so that the product is highest. Packages
/// that lose theirs are dropped.
fn correct(mixture: &mut Mixture, nonagreement: &[f64], units: &[f64]) {
    for _ in 0..MOST_STEPS {
        let drawn: Vec<usize> = (0..mixture.shares.len())
            .filter(|&place| mixture.shares[place] > 0.0)
            .collect();
        let gains = gains(&mixture.payoffs(), nonagreement, units);
        let relative: Vec<Vec<f64>> = drawn
            .iter()
            .map(|&place| {
                let own = self::gains(&mixture.columns[place].payoffs, nonagreement, units);
                own.iter()
                    .zip(&gains)
                    .map(|(own, gain)| own / gain)
                    .collect()
            })
            .collect();
        let Some(step) = newton(&relative) else {
            return;
        };
        if !go(mixture, &drawn, &step, &relative) {
            return;
        }
    }
}

/// Newton's step in the shares, which sums to 0: `relative` are each package's gains over those at
/// hand.
fn newton(relative: &[Vec<f64>]) -> Option<Vec<f64>> {
    let n = relative.len();
    let mut matrix = vec![vec![0.0; n + 1]; n + 1];
    let mut right = vec![0.0; n + 1];
    for (a, row) in relative.iter().enumerate() {
        for (b, other) in relative.iter().enumerate() {
            matrix[a][b] = row.iter().zip(other).map(|(a, b)| a * b).sum();
        }
        // Packages on one line would leave the step open.
        matrix[a][a] *= 1.0 + 1e-12;
        matrix[a][n] = 1.0;
        matrix[n][a] = 1.0;
        right[a] = row.iter().sum();
    }
    let mut step = gauss::solve(matrix, right)?;
    step.truncate(n);
    Some(step)
}

/// Goes along the step as long as the product rises and no share is negative; whether it is worth
/// going on.
fn go(mixture: &mut Mixture, drawn: &[usize], step: &[f64], relative: &[Vec<f64>]) -> bool {
    let n_parties = relative.first().map_or(0, Vec::len);
    let along = |party: usize| {
        step.iter()
            .zip(relative)
            .map(|(step, row)| step * row[party])
            .sum()
    };
    let way: Vec<f64> = (0..n_parties).map(along).collect();
    let here = vec![1.0; n_parties];
    let first = slope(&here, &way, 0.0);
    if first <= 1e-28 {
        return false;
    }
    let falling = drawn.iter().zip(step).filter(|(_, step)| **step < 0.0);
    let limit = falling
        .map(|(&place, step)| -mixture.shares[place] / step)
        .fold(1.0, f64::min);
    let mut length = limit;
    // Not past the top by more than half of what was climbed.
    while slope(&here, &way, length) < -0.5 * first && length > 1e-16 {
        length /= 2.0;
    }
    for (&place, step) in drawn.iter().zip(step) {
        let share = length.mul_add(*step, mixture.shares[place]);
        mixture.shares[place] = if share > 1e-15 { share } else { 0.0 };
    }
    let sum: f64 = mixture.shares.iter().sum();
    mixture.shares.iter_mut().for_each(|share| *share /= sum);
    true
}
