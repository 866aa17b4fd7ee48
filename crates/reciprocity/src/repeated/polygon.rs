//! Convex polygons in the plane of two players' payoffs, counter-clockwise; a segment has two
//! corners, a point one.

pub(super) type Point = [f64; 2];

/// Twice the area of the triangle o, a, b: positive if b lies to the left of the way from o to a.
pub(super) fn turn(o: Point, a: Point, b: Point) -> f64 {
    (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
}

/// Whether two points are one, to the last bit.
pub(super) fn same(a: Point, b: Point) -> bool {
    a.map(f64::to_bits) == b.map(f64::to_bits)
}

/// The convex hull (Andrew 1979). O(n log n).
pub(super) fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let mut corners = half(points.iter().copied());
    corners.extend(half(points.iter().rev().copied()));
    corners
}

/// One side of a hull, without its last point.
fn half(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut side: Vec<Point> = Vec::new();
    for point in points {
        while let [.., o, a] = side[..]
            && turn(o, a, point) <= 0.0
        {
            side.pop();
        }
        side.push(point);
    }
    side.pop();
    side
}

/// The part of a convex polygon in which coordinate `axis` is at least `bound`. O(corners).
pub(super) fn clip(polygon: &[Point], axis: usize, bound: f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for (number, &here) in polygon.iter().enumerate() {
        let there = polygon[(number + 1) % polygon.len()];
        let (inside, onward) = (here[axis] >= bound, there[axis] >= bound);
        if inside {
            kept.push(here);
        }
        if inside != onward {
            let way = (bound - here[axis]) / (there[axis] - here[axis]);
            let mut cut = here;
            cut[axis] = bound;
            cut[1 - axis] += way * (there[1 - axis] - here[1 - axis]);
            kept.push(cut);
        }
    }
    kept.dedup();
    kept
}

/// Whether a point lies in a polygon with an inside, further than `margin` from its edges.
pub(super) fn well_inside(polygon: &[Point], point: Point, margin: f64) -> bool {
    polygon.len() > 2
        && polygon.iter().enumerate().all(|(number, &here)| {
            let there = polygon[(number + 1) % polygon.len()];
            let length = (there[0] - here[0]).hypot(there[1] - here[1]);
            turn(here, there, point) > margin * length
        })
}

/// How far a point lies outside a convex polygon, at most; 0 inside and infinite for no polygon.
pub(super) fn distance(polygon: &[Point], point: Point) -> f64 {
    if polygon.len() > 2 && well_inside(polygon, point, 0.0) {
        return 0.0;
    }
    let to_edge = |(number, &here): (usize, &Point)| {
        let there = polygon[(number + 1) % polygon.len()];
        let along = [there[0] - here[0], there[1] - here[1]];
        let square = along[0] * along[0] + along[1] * along[1];
        let reach = (point[0] - here[0]) * along[0] + (point[1] - here[1]) * along[1];
        let way = if square > 0.0 {
            (reach / square).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let nearest = [here[0] + way * along[0], here[1] + way * along[1]];
        (point[0] - nearest[0]).hypot(point[1] - nearest[1])
    };
    polygon
        .iter()
        .enumerate()
        .map(to_edge)
        .fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hulls_leave_out_what_lies_between() {
        let square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let mut points = square.to_vec();
        points.extend([[0.5, 0.5], [0.5, 0.0], [1.0, 1.0]]);
        assert_eq!(hull(points), square);
        assert_eq!(
            hull(vec![[0.0, 0.0], [2.0, 2.0], [1.0, 1.0]]),
            [[0.0, 0.0], [2.0, 2.0]]
        );
        assert_eq!(hull(vec![[1.0, 2.0]; 5]), [[1.0, 2.0]]);
        assert!(hull(vec![]).is_empty());
    }

    #[test]
    fn clipping_keeps_points_segments_and_polygons() {
        let square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        let upper = clip(&square, 1, 0.25);
        assert_eq!(
            hull(upper),
            [[0.0, 0.25], [1.0, 0.25], [1.0, 1.0], [0.0, 1.0]]
        );
        assert_eq!(
            hull(clip(&[[0.0, 0.0], [1.0, 1.0]], 0, 0.5)),
            [[0.5, 0.5], [1.0, 1.0]]
        );
        assert_eq!(clip(&[[1.0, 1.0]], 0, 1.0), [[1.0, 1.0]]);
        assert!(clip(&square, 0, 1.5).is_empty());
    }

    #[test]
    fn insides_have_a_margin() {
        let square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
        assert!(well_inside(&square, [0.5, 0.5], 0.4));
        assert!(!well_inside(&square, [0.5, 0.9], 0.2));
        assert_eq!(distance(&square, [0.5, 0.5]), 0.0);
        assert_eq!(distance(&square, [0.5, 1.5]), 0.5);
        assert_eq!(distance(&[[0.0, 0.0]], [3.0, 4.0]), 5.0);
        assert_eq!(distance(&[], [3.0, 4.0]), f64::INFINITY);
    }
}
