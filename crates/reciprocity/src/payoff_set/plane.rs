//! Convex sets of the plane in `f64`: points, segments and polygons alike.

pub(super) type Point = [f64; 2];

/// A convex set by its corners, counter-clockwise, and by its four sides as functions.
#[derive(Debug, Clone, Default)]
pub(super) struct Convex {
    pub(super) corners: Vec<Point>,
    /// For each axis, the side below and the side above: what the other coordinate may be.
    sides: [[Side; 2]; 2],
}

/// A side of a convex set: the other coordinate as a function of the one along an axis.
#[derive(Debug, Clone, Default)]
struct Side {
    along: Vec<f64>,
    across: Vec<f64>,
    /// Where along the axis it reaches farthest out.
    peak: f64,
}

impl Convex {
    /// The convex hull of points, and which of them are its corners (Andrew 1979). O(n log n).
    pub(super) fn hull(points: &[Point]) -> (Self, Vec<usize>) {
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_unstable_by(|&a, &b| compare(points[a], points[b]));
        order.dedup_by(|a, b| compare(points[*a], points[*b]).is_eq());
        let below = half(order.iter().copied(), points, 1.0);
        let above = half(order.iter().copied(), points, -1.0);
        let back = above.iter().rev().skip(1);
        let round = below.iter().chain(back).copied();
        let mut corners: Vec<usize> = round.collect();
        if corners.len() > 1 {
            corners.pop();
        }
        let at: Vec<Point> = corners.iter().map(|&it| points[it]).collect();
        let turned: Vec<Point> = at.iter().map(|it| [it[1], it[0]]).collect();
        let mut order: Vec<usize> = (0..turned.len()).collect();
        order.sort_unstable_by(|&a, &b| compare(turned[a], turned[b]));
        let side = |points: &[Point], of: &[usize], sign: f64| {
            Side::of(of.iter().map(|&it| points[it]), sign)
        };
        let left = half(order.iter().copied(), &turned, 1.0);
        let right = half(order.iter().copied(), &turned, -1.0);
        let sides = [
            [side(points, &below, 1.0), side(points, &above, -1.0)],
            [side(&turned, &left, 1.0), side(&turned, &right, -1.0)],
        ];
        (Self { corners: at, sides }, corners)
    }

    /// The least and the greatest of a coordinate; an empty range for no points.
    pub(super) fn range(&self, axis: usize) -> (f64, f64) {
        let along = &self.sides[axis][0].along;
        match (along.first(), along.last()) {
            (Some(&least), Some(&greatest)) => (least, greatest),
            _ => (f64::INFINITY, f64::NEG_INFINITY),
        }
    }

    /// What the other coordinate may be where one is `at`, in the set widened by `reach` all round;
    /// `None` if it never is. O(log corners).
    pub(super) fn section(&self, axis: usize, at: f64, reach: f64) -> Option<(f64, f64)> {
        let (least, greatest) = self.range(axis);
        if at < least - reach || at > greatest + reach {
            return None;
        }
        let [below, above] = &self.sides[axis];
        Some((
            below.within(at - reach, at + reach) - reach,
            above.within(at - reach, at + reach) + reach,
        ))
    }

    /// How far a point lies outside; 0 inside and infinite for no corners. O(corners).
    pub(super) fn distance(&self, point: Point) -> f64 {
        self.farthest_edge(point, [1.0, 1.0])
    }

    /// The same with distances along each axis in units of their own.
    pub(super) fn farthest_edge(&self, point: Point, units: Point) -> f64 {
        let inside = self.corners.len() > 2
            && edges(&self.corners).all(|(here, there)| turn(here, there, point) >= 0.0);
        if inside {
            return 0.0;
        }
        edges(&self.corners)
            .map(|(here, there)| to_edge(here, there, point, units))
            .fold(f64::INFINITY, f64::min)
    }
}

impl Side {
    fn of(points: impl Iterator<Item = Point>, sign: f64) -> Self {
        let mut found = Self::default();
        for [along, across] in points {
            // An upright edge belongs to neither side: of it, the side keeps the outer end.
            if found.along.last().is_some_and(|&last| last >= along) {
                let outer = found
                    .across
                    .last()
                    .is_some_and(|&last| sign * across < sign * last);
                if outer {
                    found.along.pop();
                    found.across.pop();
                } else {
                    continue;
                }
            }
            found.along.push(along);
            found.across.push(across);
        }
        let outermost = (0..found.along.len())
            .min_by(|&a, &b| (sign * found.across[a]).total_cmp(&(sign * found.across[b])));
        found.peak = outermost.map_or(0.0, |at| found.along[at]);
        found
    }

    /// The outermost value between two places.
    fn within(&self, from: f64, to: f64) -> f64 {
        let at = self.peak.clamp(from, to);
        let next = self.along.partition_point(|&it| it < at);
        let (last, next) = (next.saturating_sub(1), next.min(self.along.len() - 1));
        let [low, high] = [self.along[last], self.along[next]];
        if high <= low || at >= high {
            return self.across[next];
        }
        let way = ((at - low) / (high - low)).clamp(0.0, 1.0);
        self.across[last] + way * (self.across[next] - self.across[last])
    }
}

fn compare(a: Point, b: Point) -> std::cmp::Ordering {
    a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]))
}

/// One side of the hull of points in order, end to end: below for `sign` 1, above for −1.
fn half(order: impl Iterator<Item = usize>, points: &[Point], sign: f64) -> Vec<usize> {
    let mut side: Vec<usize> = Vec::new();
    for next in order {
        while let [.., o, a] = side[..]
            && sign * turn(points[o], points[a], points[next]) <= 0.0
        {
            side.pop();
        }
        side.push(next);
    }
    side
}

/// Twice the area of the triangle o, a, b: positive if b lies to the left of the way from o to a.
pub(super) fn turn(o: Point, a: Point, b: Point) -> f64 {
    (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
}

/// The corners of the part of a convex set in which there is room, which is negative outside and grows evenly
/// inwards from a line (Sutherland and Hodgman 1974). O(corners).
pub(super) fn cut(corners: &[Point], room: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::new();
    for (here, there) in edges(corners) {
        let (inside, onward) = (room(here), room(there));
        if inside >= 0.0 {
            kept.push(here);
        }
        if (inside >= 0.0) != (onward >= 0.0) {
            let way = inside / (inside - onward);
            kept.push([0, 1].map(|it: usize| here[it] + way * (there[it] - here[it])));
        }
    }
    kept
}

/// Each corner with the next.
pub(super) fn edges<T: Clone>(corners: &[T]) -> impl Iterator<Item = (T, T)> + '_ {
    let next = corners.iter().cycle().skip(1);
    corners.iter().cloned().zip(next.cloned())
}

/// How far a point is from a segment, with distances along each axis in units of their own.
pub(super) fn to_edge(here: Point, there: Point, point: Point, units: Point) -> f64 {
    let along = [0, 1].map(|axis: usize| (there[axis] - here[axis]) * units[axis]);
    let off = [0, 1].map(|axis: usize| (point[axis] - here[axis]) * units[axis]);
    let square = along[0] * along[0] + along[1] * along[1];
    let way = if square > 0.0 {
        ((off[0] * along[0] + off[1] * along[1]) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (off[0] - way * along[0]).hypot(off[1] - way * along[1])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn points_segments_and_polygons_have_sections() {
        let (square, corners) = Convex::hull(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]);
        assert_eq!(corners, [0, 1, 2, 3]);
        for at in [0.0, 0.25, 1.0] {
            for axis in 0..2 {
                assert_eq!(square.section(axis, at, 0.0), Some((0.0, 1.0)));
            }
        }
        assert_eq!(square.section(0, 1.5, 0.0), None);
        assert_eq!(square.section(0, 1.25, 0.5), Some((-0.5, 1.5)));
        let (upright, _) = Convex::hull(&[[1.0, 0.0], [1.0, 3.0], [1.0, 2.0]]);
        assert_eq!(upright.corners, [[1.0, 0.0], [1.0, 3.0]]);
        assert_eq!(upright.section(0, 1.0, 0.0), Some((0.0, 3.0)));
        assert_eq!(upright.section(1, 2.0, 0.0), Some((1.0, 1.0)));
        let (point, _) = Convex::hull(&[[2.0, 5.0]; 3]);
        assert_eq!(point.corners, [[2.0, 5.0]]);
        assert_eq!(point.section(1, 5.0, 0.0), Some((2.0, 2.0)));
        assert_eq!(point.distance([5.0, 9.0]), 5.0);
        let (none, _) = Convex::hull(&[]);
        assert_eq!(none.section(0, 0.0, 1.0), None);
        assert_eq!(none.distance([0.0, 0.0]), f64::INFINITY);
    }

    proptest! {
        #[test]
        fn sections_end_on_the_boundary(
            points in prop::collection::vec(prop::array::uniform2((0..9_i8).prop_map(f64::from)), 1..9),
            at in 0.0..8.0_f64, axis in 0..2_usize,
        ) {
            let (set, corners) = Convex::hull(&points);
            prop_assert!(corners.iter().all(|&it| set.corners.contains(&points[it])));
            for point in &points {
                prop_assert!(set.distance(*point) < 1e-12);
                let (low, high) = set.section(axis, point[axis], 0.0).unwrap();
                prop_assert!((low - 1e-12..=high + 1e-12).contains(&point[1 - axis]));
            }
            if let Some((low, high)) = set.section(axis, at, 0.0) {
                for other in [low, high] {
                    let mut end = [at; 2];
                    end[1 - axis] = other;
                    prop_assert!(set.distance(end) < 1e-12);
                    let to_edges = edges(&set.corners)
                        .map(|(here, there)| to_edge(here, there, end, [1.0; 2]));
                    prop_assert!(to_edges.fold(f64::INFINITY, f64::min) < 1e-12);
                }
                let wider = set.section(axis, at, 0.5).unwrap();
                prop_assert!(wider.0 <= low - 0.5 && wider.1 >= high + 0.5);
            }
        }
    }
}
