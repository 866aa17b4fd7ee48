use super::{DRAWN, INSIDE};
use crate::program::{Answer, Program, dot};

/// How far outside a hull a promise is taken for inside, in parts of the range of a player's payoffs and summed
/// over players in parts of their number; far above what programs leave open.
pub(super) const NEAR: f64 = 1e-11;

/// Points a little way towards their mean.
pub(super) fn drawn_in(points: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n_points = points.len() as f64;
    let n = points.first().map_or(0, Vec::len);
    let mean: Vec<f64> = (0..n)
        .map(|axis| points.iter().map(|it| it[axis] / n_points).sum())
        .collect();
    let drawn = |point: &Vec<f64>| {
        let pairs = point.iter().zip(&mean);
        pairs
            .map(|(own, mean)| own + DRAWN * (mean - own))
            .collect()
    };
    points.iter().map(drawn).collect()
}

pub(super) fn lowest(points: &[Vec<f64>], player: usize) -> f64 {
    let payoffs = points.iter().map(|it| it[player]);
    payoffs.fold(f64::INFINITY, f64::min)
}

/// The point of a hull that reaches farthest in a direction and gives each player at least so much.
///
/// The program's dual: the least t + Σ sᵢ·(−leastᵢ) with t ≥ d·z + s·z for every point z, s ≥ 0; the
/// weights of its constraints are those of the points.
pub(super) fn farthest(points: &[Vec<f64>], direction: &[f64], least: &[f64]) -> Option<Vec<f64>> {
    const STEEPEST: f64 = 1e6;
    let n = least.len();
    let mut program = Program::new(n + 1, STEEPEST);
    for player in 0..n {
        program.at_most((0..=n).map(|it| if it == player { -1.0 } else { 0.0 }), 0.0);
    }
    for point in points {
        let line = point.iter().copied().chain([-1.0]);
        program.at_most(line, -dot(direction, point));
    }
    let objective: Vec<f64> = least.iter().copied().chain([-1.0]).collect();
    let Answer::Best(best) = program.maximum(&objective) else {
        return None;
    };
    let mut promise = vec![0.0; n];
    let mut total = 0.0;
    for (line, weight) in best.weights {
        if let Some(point) = line.checked_sub(n).and_then(|at| points.get(at)) {
            total += weight;
            for (sum, own) in promise.iter_mut().zip(point) {
                *sum += weight * own;
            }
        }
    }
    let met = promise
        .iter()
        .zip(least)
        .all(|(given, least)| *given >= least - DRAWN / 8.0);
    ((total - 1.0).abs() < 10.0 * INSIDE && met).then_some(promise)
}

/// Whether a point lies in the hull of others, but for rounding: no direction with entries up to 1 in which it
/// reaches farther than all of them by more than n · [`NEAR`], so that it is no farther from the hull along
/// any axis.
pub(super) fn is_in_hull(point: &[f64], others: &[Vec<f64>]) -> bool {
    let n = point.len();
    let mut program = Program::new(n + 1, 1.0);
    for other in others {
        // A separating direction of entries up to 1/n keeps its bound within the box.
        let line = other.iter().map(|it| it / n as f64).chain([-1.0]);
        program.at_most(line, 0.0);
    }
    let objective: Vec<f64> = point.iter().map(|it| it / n as f64).chain([-1.0]).collect();
    matches!(program.maximum(&objective), Answer::Best(best) if best.bound <= NEAR)
}
