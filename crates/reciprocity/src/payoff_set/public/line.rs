use crate::{
    Fraction,
    payoff_set::{
        certificate::{Placed, side_of},
        plane::{Convex, Point, turn},
        stage::{ExactPoint, Stage},
    },
};

/// A set this narrow may have no inside.
const NARROW: f64 = 1e-6;

/// A line through what some cells pay, on which a set without an inside lies: all its payoffs are
/// averages of what cells on the line pay.
#[derive(Debug)]
pub(super) struct Line {
    ends: [ExactPoint; 2],
    near: [Point; 2],
}

impl Line {
    /// The line of a set that is nowhere wider than a millionth. O(corners² + cells).
    pub(super) fn of(stage: &Stage, set: &Convex) -> Option<Self> {
        let length = |(a, b): &(Point, Point)| (a[0] - b[0]).hypot(a[1] - b[1]);
        let corners = &set.corners;
        let pairs = { corners.iter() }.flat_map(|a| corners.iter().map(move |b| (*a, *b)));
        let longest = pairs.max_by(|a, b| length(a).total_cmp(&length(b)))?;
        let whole = length(&longest);
        let (start, end) = longest;
        let off = |it: Point| turn(start, end, it).abs() / whole;
        if whole <= NARROW || corners.iter().any(|it| off(*it) > NARROW) {
            return None;
        }
        let place = |cell: &usize| {
            let paid = stage.cells[*cell].paid;
            (paid[0] - start[0]) * (end[0] - start[0]) + (paid[1] - start[1]) * (end[1] - start[1])
        };
        let cells = (0..stage.cells.len()).filter(|&cell| off(stage.cells[cell].paid) <= NARROW);
        let cells: Vec<usize> = cells.collect();
        let by_place = |a: &&usize, b: &&usize| place(a).total_cmp(&place(b));
        let (first, last) = (
            cells.iter().min_by(by_place)?,
            cells.iter().max_by(by_place)?,
        );
        let ends = [*first, *last].map(|cell| stage.paid(cell));
        let near = [&ends[0], &ends[1]].map(|it| stage.scaled(it));
        (ends[0] != ends[1]).then_some(Self { ends, near })
    }

    /// Whether what a cell pays lies on it.
    pub(super) fn holds(&self, stage: &Stage, cell: usize) -> bool {
        let placed = |it: &ExactPoint| Placed::of(stage, it);
        side_of(
            &placed(&self.ends[0]),
            &placed(&self.ends[1]),
            &placed(&stage.paid(cell)),
        ) == 0
    }

    /// Whether a point is on it, as far as that can be seen on the unit square.
    pub(super) fn is_near(&self, point: Point) -> bool {
        let [start, end] = self.near;
        let length = (end[0] - start[0]).hypot(end[1] - start[1]);
        turn(start, end, point).abs() <= 1e-9 * length
    }

    /// Those of some points that lie farthest each way.
    pub(super) fn outermost(&self, points: &[Point]) -> Vec<Point> {
        let by_way = |a: &&Point, b: &&Point| self.way(**a).total_cmp(&self.way(**b));
        let ends = [points.iter().min_by(by_way), points.iter().max_by(by_way)];
        ends.into_iter().flatten().copied().collect()
    }

    /// Where on the way from end to end the nearest point of the line to a point is.
    fn way(&self, point: Point) -> f64 {
        let from = self.near[0];
        let along = [0, 1].map(|axis: usize| self.near[1][axis] - from[axis]);
        let onward = [0, 1].map(|axis: usize| point[axis] - from[axis]);
        let square = along[0] * along[0] + along[1] * along[1];
        (onward[0] * along[0] + onward[1] * along[1]) / square
    }

    /// The point of the line beside a point.
    pub(super) fn nearest(&self, point: Point) -> ExactPoint {
        let way = Fraction::binary(self.way(point));
        [0, 1].map(|axis: usize| {
            let along = self.ends[1][axis].minus(&self.ends[0][axis]);
            self.ends[0][axis].plus(&way.times(&along))
        })
    }
}
