//! The efficient border of the payoffs that two parties can reach by lotteries.
//!
//! The convex hull of a sum of sets is the sum of their hulls: its border is made of the borders of
//! the issues' hulls, edge by edge, in the order of their slopes.

use std::cmp::Ordering;

use super::blocks::Block;
use crate::exact::Exact;

type Pair = [f64; 2];

/// The border from the best for the first party to the best for the second.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    /// The choice of each block at the first point.
    first: Vec<usize>,
    /// The steps from each point to the next, the first party's loss growing dearer.
    edges: Vec<Edge>,
    /// The points, one more than edges.
    points: Vec<Pair>,
}

/// A move to another choice in one block: the first party loses, the second gains.
#[derive(Debug, Clone, Copy)]
struct Edge {
    block: usize,
    choice: usize,
    step: Pair,
}

/// A place on the border: on the way from one point to the next.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Place {
    /// The point before.
    pub(super) point: usize,
    /// The share of the way to the next, from 0 to less than 1.
    pub(super) share: f64,
}

impl Place {
    const fn at(point: usize) -> Self {
        Self { point, share: 0.0 }
    }

    fn between(point: usize, share: f64) -> Self {
        match share.clamp(0.0, 1.0) {
            share if share < 1.0 => Self { point, share },
            _ => Self::at(point + 1),
        }
    }
}

impl Chain {
    /// O(M log M) for M choices in all.
    pub(super) fn new(blocks: &[Block], constants: Pair) -> Self {
        let (mut first, mut edges) = (Vec::with_capacity(blocks.len()), Vec::new());
        let mut start = constants;
        for (place, block) in blocks.iter().enumerate() {
            let payoffs: Vec<Pair> = block.payoffs(2).map(|of| [of[0], of[1]]).collect();
            let border = border(&payoffs);
            start = plus(start, payoffs[border[0]]);
            first.push(border[0]);
            edges.extend(border.windows(2).map(|pair| Edge {
                block: place,
                choice: pair[1],
                step: minus(payoffs[pair[1]], payoffs[pair[0]]),
            }));
        }
        // Stable, so that the edges of one block stay in their order.
        edges.sort_by(|a, b| turn(b.step, a.step));
        let mut points = Vec::with_capacity(edges.len() + 1);
        points.push(start);
        for edge in &edges {
            start = plus(start, edge.step);
            points.push(start);
        }
        Self {
            first,
            edges,
            points,
        }
    }

    pub(super) fn points(&self) -> &[Pair] {
        &self.points
    }

    /// The step from a point to the next.
    pub(super) fn step(&self, point: usize) -> Pair {
        self.edges[point].step
    }

    /// Whether a point lies below the side that begins at one of the border's points.
    pub(super) fn is_below(&self, point: usize, of: Pair) -> bool {
        turn(self.edges[point].step, minus(of, self.points[point])).is_gt()
    }

    /// The corners: points at which the border turns, with its two ends.
    pub(super) fn corners(&self) -> Vec<Pair> {
        let turns = |&point: &usize| {
            let before = point.checked_sub(1).and_then(|it| self.edges.get(it));
            let after = self.edges.get(point);
            before
                .zip(after)
                .is_none_or(|(a, b)| turn(a.step, b.step).is_ne())
        };
        let corners = (0..self.points.len()).filter(turns);
        corners.map(|point| self.points[point]).collect()
    }

    pub(super) fn payoffs(&self, place: Place) -> Pair {
        let from = self.points[place.point];
        match self.edges.get(place.point) {
            Some(edge) if place.share > 0.0 => {
                [0, 1].map(|party| place.share.mul_add(edge.step[party], from[party]))
            }
            _ => from,
        }
    }

    /// The choice of each block at a point. O(points + blocks).
    pub(super) fn choices(&self, point: usize) -> Vec<usize> {
        let mut choices = self.first.clone();
        for edge in &self.edges[..point] {
            choices[edge.block] = edge.choice;
        }
        choices
    }

    /// Where a number that falls along the border passes 0; the nearer end if it does not.
    /// O(log points).
    pub(super) fn passing(&self, falling: impl Fn(Pair) -> f64) -> Place {
        let above = self.points.partition_point(|&point| falling(point) > 0.0);
        if above == 0 || above == self.points.len() {
            return Place::at(above.min(self.edges.len()));
        }
        let (high, low) = (falling(self.points[above - 1]), falling(self.points[above]));
        Place::between(above - 1, high / (high - low))
    }

    /// The last point that is reached by steps which `rises` accepts. O(log points).
    pub(super) fn climb(&self, rises: impl Fn(usize, Pair) -> bool) -> Place {
        let edges: Vec<usize> = (0..self.edges.len()).collect();
        let climbed = edges.partition_point(|&point| rises(point, self.edges[point].step));
        Place::at(climbed)
    }

    /// A place on the way from a point to the next.
    pub(super) fn on_the_way(&self, point: usize, share: f64) -> Place {
        if point == self.edges.len() {
            return Place::at(point);
        }
        Place::between(point, share)
    }
}

/// The choices on the efficient border of their convex hull, the best for the first party first.
/// O(n log n).
fn border(payoffs: &[Pair]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..payoffs.len()).collect();
    // No payoff is NaN; the first of equal choices stands for them.
    let best_first = |&a: &usize, &b: &usize| {
        let by = |party: usize| payoffs[b][party].total_cmp(&payoffs[a][party]);
        by(0).then_with(|| by(1)).then_with(|| a.cmp(&b))
    };
    order.sort_unstable_by(best_first);
    let mut border: Vec<usize> = Vec::new();
    for choice in order {
        let point = payoffs[choice];
        if border
            .last()
            .is_some_and(|&last| payoffs[last][1] >= point[1])
        {
            continue;
        }
        while let [.., before, last] = border[..] {
            let (to, on) = (payoffs[last], minus(point, payoffs[last]));
            if turn(minus(to, payoffs[before]), on).is_gt() {
                break;
            }
            border.pop();
        }
        border.push(choice);
    }
    border
}

/// Greater where the second step turns left of the first, equal where it goes on, without rounding.
fn turn(a: Pair, b: Pair) -> Ordering {
    let (left, right) = (a[0] * b[1], a[1] * b[0]);
    let (difference, bound) = (left - right, 1e-15 * (left.abs() + right.abs()));
    if difference.is_finite() && difference.abs() > bound && bound > 1e-290 {
        return difference.total_cmp(&0.0);
    }
    let product = |x, y| Exact::Double(x).times(&Exact::Double(y));
    product(a[0], b[1]).compare(&product(a[1], b[0]))
}

fn plus(a: Pair, b: Pair) -> Pair {
    [a[0] + b[0], a[1] + b[1]]
}

fn minus(a: Pair, b: Pair) -> Pair {
    [a[0] - b[0], a[1] - b[1]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_keeps_corners_alone() {
        let payoffs = [
            [4.0, 0.0],
            [3.0, 3.0],
            [4.0, 1.0],
            [2.0, 3.5],
            [1.0, 4.0],
            [0.0, 4.0],
            [2.0, 2.0],
            [4.0, 1.0],
        ];
        // (2, 3.5) lies on the line from (3, 3) to (1, 4); (4, 0) and (0, 4) are inefficient.
        assert_eq!(border(&payoffs), [2, 1, 4]);
    }

    #[test]
    fn the_border_of_a_sum_is_the_sum_of_the_borders() {
        let one = Block::listed(vec![3.0, 0.0, 0.0, 1.0], 2);
        let two = Block::listed(vec![1.0, 0.0, 0.0, 2.0], 2);
        let chain = Chain::new(&[one, two], [10.0, 20.0]);
        assert_eq!(chain.points(), [[14.0, 20.0], [13.0, 22.0], [10.0, 23.0]]);
        assert_eq!(chain.choices(1), [0, 1]);
        assert_eq!(chain.corners().len(), 3);
        let place = chain.passing(|[first, _]| first - 11.5);
        assert_eq!(place, Place::between(1, 0.5));
        assert_eq!(chain.payoffs(place), [11.5, 22.5]);
    }

    #[test]
    fn steps_in_one_direction_make_one_side() {
        let block = || Block::listed(vec![1.0, 0.0, 0.0, 3.0], 2);
        let chain = Chain::new(&[block(), block()], [0.0; 2]);
        assert_eq!((chain.points().len(), chain.corners().len()), (3, 2));
    }
}
