//! Nelder and Mead's search for a maximum within a box.

/// The share of the box within which a search has converged.
const CLOSE: f64 = 1e-7;
/// The gain in height that makes another search worth while.
const GAIN: f64 = 1e-8;
/// How often a search begins again.
const RESTARTS: usize = 8;
/// The most evaluations of one search.
const MOST_EVALUATIONS: usize = 600;

/// Where a climb ended.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Summit {
    pub(super) point: Vec<f64>,
    pub(super) value: f64,
    /// Whether the last search closed in on the point and another from there gained nothing.
    pub(super) has_converged: bool,
}

/// Climbs from `start` within the box of `low` and `high`, which have its length, and gives the best
/// point with its value. A value of negative infinity is worse than any other; NaN counts as that.
///
/// Deterministic and free of derivatives, for mechanisms that look at who leads make likelihoods with
/// steps (Nelder & Mead 1965, with the usual coefficients 1, 2, ½, ½). A simplex may collapse on a side
/// of the box, so the search begins again from where it ended until that no longer helps.
pub(super) fn climb<E>(
    start: &[f64],
    low: &[f64],
    high: &[f64],
    mut value: impl FnMut(&[f64]) -> Result<f64, E>,
) -> Result<Summit, E> {
    let mut best = ascend(start, low, high, &mut value)?;
    for _ in 0..RESTARTS {
        let next = ascend(&best.point, low, high, &mut value)?;
        let (gain, closed_in) = (next.value - best.value, next.has_converged);
        if gain > 0.0 {
            best = next;
        }
        // Of two infinities there is no difference.
        if gain.is_nan() || gain < GAIN {
            best.has_converged = closed_in;
            return Ok(best);
        }
    }
    best.has_converged = false;
    Ok(best)
}

/// One search, from a fresh simplex.
fn ascend<E>(
    start: &[f64],
    low: &[f64],
    high: &[f64],
    mut value: impl FnMut(&[f64]) -> Result<f64, E>,
) -> Result<Summit, E> {
    let mut height = |point: Vec<f64>| {
        let found = value(&point)?;
        let height = if found.is_nan() {
            f64::NEG_INFINITY
        } else {
            found
        };
        Ok::<_, E>((point, height))
    };
    let mut corners = vec![height(start.to_vec())?];
    for k in 0..start.len() {
        let mut corner = start.to_vec();
        let step = (high[k] - low[k]) / 10.0;
        corner[k] = if start[k] + step <= high[k] {
            start[k] + step
        } else {
            start[k] - step
        };
        corners.push(height(corner)?);
    }
    let mut has_converged = false;
    for _ in 0..MOST_EVALUATIONS {
        corners.sort_by(|one, other| other.1.total_cmp(&one.1));
        has_converged = width(&corners, low, high) < CLOSE;
        if has_converged {
            break;
        }
        let Some((worst, rest)) = corners.split_last() else {
            break;
        };
        let centre: Vec<f64> = (0..start.len())
            .map(|k| rest.iter().map(|(point, _)| point[k]).sum::<f64>() / rest.len() as f64)
            .collect();
        let along = |distance: f64| {
            let place = |k: usize| centre[k] + distance * (centre[k] - worst.0[k]);
            (0..start.len())
                .map(|k| place(k).clamp(low[k], high[k]))
                .collect::<Vec<f64>>()
        };
        let reflected = height(along(1.0))?;
        let better = if reflected.1 > rest[0].1 {
            let further = height(along(2.0))?;
            if further.1 > reflected.1 {
                further
            } else {
                reflected
            }
        } else if rest.last().is_some_and(|second| reflected.1 > second.1) {
            reflected
        } else {
            let contracted = height(along(if reflected.1 > worst.1 { 0.5 } else { -0.5 }))?;
            if contracted.1 > worst.1.max(reflected.1) {
                contracted
            } else {
                shrink(&mut corners, &mut height)?;
                continue;
            }
        };
        if let Some(last) = corners.last_mut() {
            *last = better;
        }
    }
    corners.sort_by(|one, other| other.1.total_cmp(&one.1));
    let (point, value) = corners.swap_remove(0);
    Ok(Summit {
        point,
        value,
        has_converged,
    })
}

/// Draws all corners half the way to the best.
fn shrink<E>(
    corners: &mut [(Vec<f64>, f64)],
    height: &mut impl FnMut(Vec<f64>) -> Result<(Vec<f64>, f64), E>,
) -> Result<(), E> {
    let best = corners[0].0.clone();
    for corner in corners.iter_mut().skip(1) {
        let middle = best
            .iter()
            .zip(&corner.0)
            .map(|(&one, &other)| f64::midpoint(one, other));
        *corner = height(middle.collect())?;
    }
    Ok(())
}

/// The largest extent of the corners, as a share of the box.
fn width(corners: &[(Vec<f64>, f64)], low: &[f64], high: &[f64]) -> f64 {
    let best = &corners[0].0;
    let extents = corners.iter().flat_map(|(point, _)| {
        (0..point.len()).map(|k| ((point[k] - best[k]) / (high[k] - low[k])).abs())
    });
    extents.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_finds_the_top_of_a_hill(
            top in prop::collection::vec(-0.9..0.9_f64, 1..4), slope in 0.5..4.0_f64, mix in -0.5..0.5_f64,
        ) {
            let types = top.len();
            let hill = |point: &[f64]| {
                let from: Vec<f64> = point.iter().zip(&top).map(|(x, t)| x - t).collect();
                let cross = from.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>();
                Ok::<_, ()>(-slope * (from.iter().map(|x| x * x).sum::<f64>() + mix * cross))
            };
            let found = climb(&vec![0.0; types], &vec![-1.0; types], &vec![1.0; types], hill).unwrap();
            for (x, t) in found.point.iter().zip(&top) {
                prop_assert!((x - t).abs() < 1e-5, "{found:?} for {top:?}");
            }
            prop_assert!(found.has_converged);
        }

        #[test]
        fn it_stays_in_the_box(slope in -3.0..3.0_f64, start in 0.0..1.0_f64) {
            let found = climb(&[start], &[0.0], &[1.0], |point| Ok::<_, ()>(slope * point[0])).unwrap();
            let end = if slope > 0.0 { 1.0 } else { 0.0 };
            prop_assert!((found.point[0] - end).abs() < 1e-6, "{found:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_avoided() {
        let found = climb(&[0.5], &[0.0], &[1.0], |point| {
            Ok::<_, ()>(if point[0] > 0.6 { f64::NAN } else { point[0] })
        })
        .unwrap();
        assert!((found.point[0] - 0.6).abs() < 1e-6 && found.value <= 0.6);
    }

    #[test]
    fn what_never_settles_has_not_converged() {
        // Higher at every look, wherever.
        let mut looks = 0.0;
        let found = climb(&[0.5, 0.5], &[0.0; 2], &[1.0; 2], |_| {
            looks += 1.0;
            Ok::<_, ()>(looks)
        });
        assert!(!found.unwrap().has_converged);
    }
}
