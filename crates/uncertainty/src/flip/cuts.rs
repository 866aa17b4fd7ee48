use crate::flip::{Norm, space::Space};

/// A linearised margin: the steps `d` with `slope · d ≥ bound` are predicted to flip.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cut {
    pub(super) slope: Vec<f64>,
    pub(super) bound: f64,
}

pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// Rounds of reweighting for the sum of moves, each with half the floor of the one before.
const REWEIGHTINGS: i32 = 30;

/// The shortest step within the space that satisfies all cuts, by the norm; where none does, one
/// that does nearly. `O(sweeps · cuts · n)`.
///
/// For the sum of moves, a single cut is a knapsack, filled by effect; several are met by weighted
/// least squares with weights `1/|dᵢ|` of the round before.
pub(super) fn shortest(cuts: &[Cut], space: &Space, norm: Norm) -> Vec<f64> {
    let mut weights = vec![1.0; space.low.len()];
    match (norm, cuts) {
        (Norm::L1, [cut]) => knapsack(cut, space),
        (Norm::L1, _) => {
            let mut step = least_squares(cuts, space, &weights);
            for round in 0..REWEIGHTINGS {
                let floor = 0.5_f64.powi(round);
                for (weight, step) in weights.iter_mut().zip(&step) {
                    *weight = 1.0 / (step.abs() + floor);
                }
                step = least_squares(cuts, space, &weights);
            }
            step
        }
        _ => least_squares(cuts, space, &weights),
    }
}

/// Moves the most effective coordinates to their ends, one by one, until the cut is met.
fn knapsack(cut: &Cut, space: &Space) -> Vec<f64> {
    let mut order = space.active.clone();
    order.sort_by(|&i, &j| cut.slope[j].abs().total_cmp(&cut.slope[i].abs()));
    let (mut step, mut lacking) = (vec![0.0; space.low.len()], cut.bound);
    for coordinate in order {
        let slope = cut.slope[coordinate];
        if lacking <= 0.0 || slope == 0.0 {
            break;
        }
        step[coordinate] = (lacking / slope).clamp(space.low[coordinate], space.high[coordinate]);
        lacking -= slope * step[coordinate];
    }
    step
}

/// Minimises `Σ wᵢ dᵢ²` under the cuts and the bounds, by ascent of the dual in one multiplier after
/// the other (Hildreth 1957).
fn least_squares(cuts: &[Cut], space: &Space, weights: &[f64]) -> Vec<f64> {
    let mut multipliers = vec![0.0; cuts.len()];
    // Σ λₖ slopeₖ: the step follows from it coordinate by coordinate.
    let mut pull = vec![0.0; weights.len()];
    for _ in 0..200 {
        let mut change: f64 = 0.0;
        for (cut, multiplier) in cuts.iter().zip(&mut multipliers) {
            let next = ascend(cut, space, weights, &pull, *multiplier);
            let by = next - *multiplier;
            for (pull, slope) in pull.iter_mut().zip(&cut.slope) {
                *pull += by * slope;
            }
            change = change.max(by.abs() / (1.0 + next));
            *multiplier = next;
        }
        if change < 1e-10 {
            break;
        }
    }
    let all = 0..weights.len();
    all.map(|i| space.bounded(i, pull[i] / weights[i]))
        .collect()
}

/// The multiplier, 0 or more, that makes its cut hold with equality if the others stay: a root of
/// a rising, piecewise linear function, by Newton's method kept within a bracket.
fn ascend(cut: &Cut, space: &Space, weights: &[f64], pull: &[f64], now: f64) -> f64 {
    let (mut low, mut high, mut at) = (0.0_f64, f64::INFINITY, now);
    for _ in 0..60 {
        let (mut lacking, mut rise) = (cut.bound, 0.0);
        for &i in &space.active {
            let free = (pull[i] + (at - now) * cut.slope[i]) / weights[i];
            let step = space.bounded(i, free);
            lacking -= cut.slope[i] * step;
            if free > space.low[i] && free < space.high[i] {
                rise += cut.slope[i] * cut.slope[i] / weights[i];
            }
        }
        if lacking > 0.0 {
            low = at;
        } else {
            high = at;
        }
        if lacking.abs() <= 1e-13 * (1.0 + cut.bound.abs()) || high <= 0.0 {
            break;
        }
        let newton = at + lacking / rise;
        at = match (newton > low && newton < high, high.is_finite()) {
            (true, _) => newton,
            (false, true) => f64::midpoint(low, high),
            // Everything that the cut can move is at its end: it cannot be met.
            (false, false) if rise == 0.0 => break,
            (false, false) => 2.0 * low + 1.0,
        };
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn space(n: usize, reach: f64) -> Space {
        Space::new((vec![-reach; n], vec![reach; n]))
    }

    fn cut(slope: &[f64], bound: f64) -> Cut {
        Cut {
            slope: slope.to_vec(),
            bound,
        }
    }

    #[test]
    fn bounds_are_kept_and_hopeless_cuts_stop_at_them() {
        let steep = shortest(&[cut(&[3.0, 1.0], 5.0)], &space(2, 1.0), Norm::L2);
        assert!((steep[0] - 1.0).abs() < 1e-9 && (steep[1] - 2.0).abs() > 0.9);
        let hopeless = shortest(&[cut(&[3.0, 0.0], 5.0)], &space(2, 1.0), Norm::L2);
        assert_eq!(hopeless, [1.0, 0.0]);
        let met = shortest(&[cut(&[3.0, 1.0], -5.0)], &space(2, 1.0), Norm::L1);
        assert_eq!(met, [0.0, 0.0]);
    }

    proptest! {
        /// Two cuts in the plane: against the best point of a fine grid.
        #[test]
        fn two_cuts_in_the_plane(slopes in prop::array::uniform4(-1.0..1.0_f64), bounds in prop::array::uniform2(0.05..1.0_f64)) {
            let sine = slopes[0] * slopes[3] - slopes[1] * slopes[2];
            let sizes = Norm::L2.length(&slopes[..2]) * Norm::L2.length(&slopes[2..]);
            prop_assume!(sine.abs() > 0.2 * sizes);
            let cuts = [cut(&slopes[..2], bounds[0]), cut(&slopes[2..], bounds[1])];
            for norm in [Norm::L2, Norm::L1] {
                let grid = (-300..=300).flat_map(|i| (-300..=300).map(move |j| [f64::from(i) * 0.01, f64::from(j) * 0.01]));
                let best = grid
                    .filter(|step| cuts.iter().all(|cut| dot(&cut.slope, step) >= cut.bound))
                    .map(|step| norm.length(&step))
                    .fold(f64::INFINITY, f64::min);
                let step = shortest(&cuts, &space(2, 3.0), norm);
                if best.is_finite() {
                    prop_assert!(norm.length(&step) <= best * 1.02 + 1e-6, "{step:?} {best}");
                    let feasible = cuts.iter().all(|cut| dot(&cut.slope, &step) >= cut.bound - 1e-2);
                    prop_assert!(feasible, "{step:?}");
                }
            }
        }
    }
}
