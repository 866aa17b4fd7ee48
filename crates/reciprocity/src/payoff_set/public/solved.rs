//! The corners of a set as simple numbers that sustain each other exactly: guessed from where the outer
//! set stands still, with the weights of promises solved for without rounding.

use super::{
    board::Board,
    cell::{Cell, Reach},
    image::outward,
    plan::{Plan, certified},
};
use crate::{
    Fraction,
    payoff_set::{
        plane::{Convex, Point},
        rounds::Rate,
        stage::ExactPoint,
        structure::distinct,
    },
};

/// How near points may be to be taken for one, and how near a simple number must be to a coordinate to
/// be tried for it; in turn.
const NEAR: [(f64, f64); 3] = [(1e-9, 1e-10), (1e-8, 1e-8), (1e-6, 1e-6)];
/// By how much incentives may be missed where it is to be found out which of them bind.
const LENIENT: f64 = -1e-12;
/// How near what a cell offers must be to a corner to be tried for it.
const CLOSE: f64 = 1e-8;

/// The corners, if all were found with so much work.
pub(super) fn solved(
    board: &Board<'_>,
    rate: Rate,
    outer: &Convex,
    mut work: usize,
) -> Option<Vec<ExactPoint>> {
    let cells = board.cells(rate, LENIENT);
    NEAR.iter().find_map(|&(near, off)| {
        let guess = |point: &Point| {
            let [x, y] = [0, 1].map(|side: usize| board.stage.simplest(side, point[side], off));
            Some([x?, y?])
        };
        let corners = distinct(&outer.corners, near);
        let exact: Option<Vec<ExactPoint>> = corners.iter().map(guess).collect();
        let exact = exact?;
        let scaled = board.scaled(&exact);
        let plan = |at: usize| sustaining(board, rate, &cells, (&exact, &scaled), at, &mut work);
        let plans: Option<Vec<Plan>> = (0..exact.len()).map(plan).collect();
        certified(board, &plans?).filter(|it| it.len() == exact.len())
    })
}

/// A cell and promises in the hull of the corners that are worth exactly one of them.
fn sustaining(
    board: &Board<'_>,
    rate: Rate,
    cells: &[Cell],
    (exact, corners): (&[ExactPoint], &[Point]),
    at: usize,
    work: &mut usize,
) -> Option<Plan> {
    let direction = outwards(corners, at);
    cells.iter().find_map(|cell| {
        *work = work.checked_sub(cell.work(corners.len()))?;
        let reach = cell.reach(corners, direction);
        let worth = cell.worth(rate, &cell.promises(corners, &reach.ways));
        let off = (worth[0] - corners[at][0]).hypot(worth[1] - corners[at][1]);
        if reach.ways.is_empty() || off > CLOSE {
            return None;
        }
        let weights = weights(board, cell, &reach, exact)?;
        let plan = Plan {
            cell: cell.number,
            promises: promises(&reach, &weights, exact),
        };
        (board.worth(&plan)? == exact[at]).then_some(plan)
    })
}

/// A direction in which a corner of a convex set lies farthest, halfway between its edges.
fn outwards(corners: &[Point], at: usize) -> Point {
    let n = corners.len();
    let (last, next) = (corners[(at + n - 1) % n], corners[(at + 1) % n]);
    match (outward(last, corners[at]), outward(corners[at], next)) {
        // Of a segment the two edges face away from each other.
        (Some(_), Some(_)) if n == 2 => [0, 1].map(|axis: usize| corners[at][axis] - next[axis]),
        (Some(before), Some(after)) => [before[0] + after[0], before[1] + after[1]],
        _ => [1.0, 1.0],
    }
}

/// The weights of the ways to promise at which the deviations that bind lose nothing.
fn weights(
    board: &Board<'_>,
    cell: &Cell,
    reach: &Reach,
    exact: &[ExactPoint],
) -> Option<Vec<Fraction>> {
    let one = || Fraction::whole(1.into());
    let all = reach.ways.iter().map(|_| one()).chain([one()]).collect();
    let mut lines: Vec<Vec<Fraction>> = vec![all];
    let impatience = one().minus(board.delta).per(board.delta)?;
    for deviation in reach.tight.iter().filter_map(|&it| cell.deviations.get(it)) {
        let side = deviation.side;
        let shifts: Vec<Fraction> = { board.chances(deviation.to).iter() }
            .zip(board.chances(cell.number))
            .map(|(other, kept)| other.minus(kept))
            .collect();
        let shift = |(way, _): &(Vec<usize>, f64)| {
            let terms = shifts.iter().zip(way);
            terms.fold(Fraction::zero(), |sum, (shift, &at)| {
                sum.plus(&shift.times(&exact[at][side]))
            })
        };
        let kept = &board.stage.paid(cell.number)[side];
        let loss = kept.minus(&board.stage.paid(deviation.to)[side]);
        lines.push(
            reach
                .ways
                .iter()
                .map(shift)
                .chain([loss.times(&impatience)])
                .collect(),
        );
    }
    let weights = solution(lines, reach.ways.len())?;
    (!weights.iter().any(Fraction::is_negative)).then_some(weights)
}

fn promises(reach: &Reach, weights: &[Fraction], exact: &[ExactPoint]) -> Vec<ExactPoint> {
    let n_signals = reach.ways.first().map_or(0, |it| it.0.len());
    let promise = |signal: usize| {
        [0, 1].map(|side: usize| {
            let terms = reach.ways.iter().zip(weights);
            terms.fold(Fraction::zero(), |sum, ((way, _), weight)| {
                sum.plus(&weight.times(&exact[way[signal]][side]))
            })
        })
    };
    (0..n_signals).map(promise).collect()
}

/// A solution of equations, each a line of factors with its right side at the end (Gauss and Jordan);
/// unknowns that they leave open are 0. `None` if there is none. O(lines² · unknowns).
fn solution(mut lines: Vec<Vec<Fraction>>, n: usize) -> Option<Vec<Fraction>> {
    let mut pivots: Vec<usize> = Vec::new();
    for column in 0..n {
        let done = pivots.len();
        let Some(at) = (done..lines.len()).find(|&it| !lines[it][column].is_zero()) else {
            continue;
        };
        lines.swap(done, at);
        let pivot = lines[done][column].clone();
        let own: Option<Vec<Fraction>> = lines[done].iter().map(|it| it.per(&pivot)).collect();
        let own = own?;
        for line in &mut lines {
            let factor = line[column].clone();
            for (entry, own) in line.iter_mut().zip(&own) {
                *entry = entry.minus(&factor.times(own));
            }
        }
        lines[done] = own;
        pivots.push(column);
    }
    let open = lines.iter().skip(pivots.len());
    if open.into_iter().any(|line| !line[n].is_zero()) {
        return None;
    }
    let mut found = vec![Fraction::zero(); n];
    for (line, column) in lines.into_iter().zip(pivots) {
        found[column] = line[n].clone();
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(numbers: &[i32]) -> Vec<Fraction> {
        numbers
            .iter()
            .map(|&it| Fraction::whole(it.into()))
            .collect()
    }

    #[test]
    fn equations_are_solved_or_contradict_each_other() {
        // x + y = 3 and x − y = 1, twice.
        let lines = vec![line(&[1, 1, 3]), line(&[1, -1, 1]), line(&[2, -2, 2])];
        assert_eq!(solution(lines, 2), Some(line(&[2, 1])));
        assert_eq!(solution(vec![line(&[1, 1, 3]), line(&[1, 1, 4])], 2), None);
        assert_eq!(solution(vec![line(&[0, 2, 4])], 2), Some(line(&[0, 2])));
        assert_eq!(solution(Vec::new(), 1), Some(line(&[0])));
    }
}
