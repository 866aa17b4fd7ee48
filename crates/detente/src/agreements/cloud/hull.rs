/// Corners of the convex hull of points in order of their first, then their second number, anticlockwise
/// from the first point (Andrew 1979). O(points).
pub(super) fn hull(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut corners = chain(points.iter());
    let upper = chain(points.iter().rev());
    corners.extend(upper.into_iter().skip(1));
    // The first point ends the way round as well.
    corners.pop();
    corners
}

/// The points at which the way turns left.
fn chain<'p>(points: impl Iterator<Item = &'p [f64; 2]>) -> Vec<[f64; 2]> {
    let mut chain: Vec<[f64; 2]> = Vec::new();
    for &point in points {
        while let [.., before, last] = chain.as_slice()
            && !turns_left(*before, *last, point)
        {
            chain.pop();
        }
        chain.push(point);
    }
    chain
}

fn turns_left(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> bool {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_go_round_anticlockwise() {
        let points = [[0.0, 0.0], [0.0, 2.0], [1.0, 1.0], [2.0, 0.0], [2.0, 2.0]];
        assert_eq!(
            hull(&points),
            [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]
        );
    }

    #[test]
    fn points_in_a_line_have_two_ends() {
        let points = [[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]];
        assert_eq!(hull(&points), [[0.0, 0.0], [2.0, 2.0]]);
        assert_eq!(hull(&points[..1]), [[0.0, 0.0]]);
    }
}
