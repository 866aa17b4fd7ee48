use crate::{
    Response, Sampler,
    flip::{
        checks::{MAX_COORDINATES, MAX_POINTS, check_output, counted, in_range},
        prober::{Found, Place, Prober, Question},
        segment::first_flips,
        space::Space,
    },
};

/// How to look for the box in which a verdict stands.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct RadiusSearch {
    /// The number of the output that is the margin.
    pub output: usize,
    /// How far beyond 0 the margin must get, 0 or more.
    pub clearance: f64,
    /// The seed of the random points.
    pub seed: u64,
    /// The number of random points of the whole box, every other one a corner; at most 1,000,000.
    pub random_points: usize,
    /// The largest number of points at which the model may be asked, 1 to 1,000,000.
    pub budget: usize,
    /// To what precision the radius is narrowed, above 0.
    pub tolerance: f64,
}

impl Default for RadiusSearch {
    /// Output 0, no clearance, seed 0, 64 random points, 3000 points in all, precision 10⁻⁶.
    fn default() -> Self {
        Self {
            output: 0,
            clearance: 0.0,
            seed: 0,
            random_points: 64,
            budget: 3000,
            tolerance: 1e-6,
        }
    }
}

/// A flip within a box.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BoxFlip {
    /// The radius of the smallest box in which a flip was found, above 0 and at most 1: an *upper*
    /// bound of the radius within which the verdict stands.
    pub found_at: f64,
    /// The moves, each at most `found_at` in magnitude.
    pub moves: Vec<f64>,
    /// The point to which they lead.
    pub point: Vec<f64>,
    /// The margin there, on the other side of 0.
    pub margin_after: f64,
}

/// How far a verdict stands when everything moves at once.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Robustness {
    /// The nearest flip that was found; `None` if none was found at radius 1, which does not prove
    /// that there is none.
    pub found: Option<BoxFlip>,
    /// The margin at the base.
    pub margin_before: f64,
    /// Whether every coordinate alone changed the margin, and showed the side to which it hurts.
    /// If so, and if the margin rises or falls in each coordinate throughout, the worst corner of
    /// every box is known and `found_at` is the radius itself, to the precision asked.
    pub every_side_known: bool,
    /// The number of points at which the model was asked.
    pub evaluations: usize,
    /// Whether the search ended because nothing improved, not because its budget was spent.
    pub converged: bool,
}

/// The smallest `r` at which some point of the box of moves `[−r, r]ⁿ` is found to carry the margin
/// to the other side of 0, as [`nearest_flip`](crate::flip::nearest_flip) understands it; `place`
/// turns moves, each from −1 to 1, into a point, the zero move into the base: [`Ends::place`] or a
/// rule of the caller's, linear in values, say.
///
/// Why it is exact for margins that are monotone in every coordinate: over a box such a margin is
/// worst at the corner where each coordinate stands on its bad side; that corner's margin is
/// monotone in `r`, so bisection finds where it crosses. The bad sides are seen by moving each
/// coordinate alone, see [`Robustness::every_side_known`]. For other margins corners are searched by
/// switching one coordinate after the other while that helps, and random points of the box are
/// tried; the result is an upper bound.
///
/// About `2 n + 200` points where every side is known, otherwise some `n` more for every switch.
///
/// [`Ends::place`]: crate::flip::Ends::place
///
/// # Errors
/// [`UncertaintyError`](crate::UncertaintyError) as the model's error for arguments out of range or
/// an output that is NaN; otherwise the model's own, of the first point that fails.
///
/// ```
/// use detente_uncertainty::{Response, UncertaintyError, flip::{Ends, RadiusSearch, robustness_radius}};
///
/// struct Lead;
/// impl Response for Lead {
///     type Scratch = ();
///     type Error = UncertaintyError;
///     fn n_inputs(&self) -> usize { 2 }
///     fn n_outputs(&self) -> usize { 1 }
///     fn scratch(&self) {}
///     fn evaluate(&self, _: &mut (), point: &[f64], outputs: &mut [f64]) -> Result<(), UncertaintyError> {
///         outputs[0] = point[0] - point[1];
///         Ok(())
///     }
/// }
///
/// // 0.6 may fall to 0.4 and 0.5 rise to 0.7: after a quarter of both moves they meet.
/// let ends = Ends::new(vec![0.4, 0.3], vec![0.6, 0.5], vec![0.8, 0.7])?;
/// let place = |moves: &[f64], point: &mut [f64]| ends.place(moves, point);
/// let lead = robustness_radius(&Lead, &place, 2, &RadiusSearch::default())?;
/// assert!(lead.every_side_known);
/// assert!((lead.found.unwrap().found_at - 0.25).abs() < 1e-5);
/// # Ok::<(), UncertaintyError>(())
/// ```
pub fn robustness_radius<R: Response>(
    model: &R,
    place: &(dyn Fn(&[f64], &mut [f64]) + Sync),
    n_moves: usize,
    search: &RadiusSearch,
) -> Result<Robustness, R::Error> {
    check_output(model, search.output)?;
    counted("moves of a search", n_moves, 0, MAX_COORDINATES)?;
    counted("budget of a search", search.budget, 1, MAX_POINTS)?;
    counted(
        "random points of a search",
        search.random_points,
        0,
        MAX_POINTS,
    )?;
    let (clearance, tolerance) = (search.clearance, search.tolerance);
    in_range(
        "clearance",
        clearance,
        clearance >= 0.0 && clearance.is_finite(),
        "a finite number from 0",
    )?;
    in_range(
        "precision of a radius",
        tolerance,
        tolerance > 0.0 && tolerance < 1.0,
        "a number between 0 and 1",
    )?;
    let question = Question {
        output: search.output,
        clearance,
        budget: search.budget,
    };
    let mut prober = Prober::new(model, place, n_moves, question)?;
    let space = Space::new((vec![-1.0; n_moves], vec![1.0; n_moves]));
    let (worst, every_side_known) = sides(&mut prober, &space)?;
    let mut best = None;
    let lines = flipping(&mut prober, &space, search, worst)?;
    for found in first_flips(&mut prober, &space, &lines, &SHARES, tolerance)? {
        keep_smaller(&mut best, found);
    }
    if let Some(found) = best.take() {
        best = Some(switched(&mut prober, &space, found, tolerance)?);
    }
    let found = best.map(|found| witness(&mut prober, place, model.n_inputs(), found));
    Ok(Robustness {
        found: found.transpose()?,
        margin_before: prober.margin_before(),
        every_side_known,
        evaluations: prober.evaluations(),
        converged: !prober.ran_short(),
    })
}

/// Shares of a line at which to look for the first flip on it.
const SHARES: [f64; 4] = [0.25, 0.5, 0.75, 1.0];
/// Lines that are followed.
const LINES: usize = 6;
/// By how much a box is shrunk to see whether another of its corners flips.
const SHRINK: f64 = 0.98;

/// The radius of the smallest box that holds the moves.
fn radius(moves: &[f64]) -> f64 {
    moves
        .iter()
        .fold(0.0, |radius, step| radius.max(step.abs()))
}

fn keep_smaller(best: &mut Option<Found>, found: Found) {
    if best
        .as_ref()
        .is_none_or(|best| radius(&found.step) < radius(&best.step))
    {
        *best = Some(found);
    }
}

/// The corner where each coordinate stands on the side that helped most alone, and whether all of
/// them showed one.
fn sides<R: Response>(
    prober: &mut Prober<'_, R>,
    space: &Space,
) -> Result<(Vec<f64>, bool), R::Error> {
    let singles = |&i: &usize| [space.single(i, -1.0), space.single(i, 1.0)];
    let points: Vec<Vec<f64>> = space.active.iter().flat_map(singles).collect();
    let answers = prober.many(&points)?;
    let mut known = answers.len() == points.len();
    let mut worst = vec![1.0; space.active.len()];
    for (side, pair) in worst.iter_mut().zip(answers.chunks_exact(2)) {
        known &= pair[0].total_cmp(&pair[1]).is_ne();
        if pair[0] > pair[1] {
            *side = -1.0;
        }
    }
    Ok((worst, known))
}

/// Moves that flip at radius 1: the worst corner, one reached from it by switching sides, random
/// ones; those first that go furthest beyond 0.
fn flipping<R: Response>(
    prober: &mut Prober<'_, R>,
    space: &Space,
    search: &RadiusSearch,
    worst: Vec<f64>,
) -> Result<Vec<Vec<f64>>, R::Error> {
    let mut points = vec![worst];
    let stream = Sampler::new(search.seed).stream("radius.points");
    let mut uniforms = vec![0.0; space.active.len()];
    for point in 0..search.random_points.min(prober.left()) {
        stream.uniforms(point as u64 * uniforms.len() as u64, &mut uniforms);
        let within = |u: &f64| 2.0 * u - 1.0;
        points.push(match point % 2 {
            0 => uniforms.iter().map(|u| within(u).signum()).collect(),
            _ => uniforms.iter().map(within).collect(),
        });
    }
    let answers = prober.many(&points)?;
    let mut ranked: Vec<(f64, Vec<f64>)> = answers.into_iter().zip(points).collect();
    // A stable sort: the worst corner stays before its equals.
    ranked.sort_by(|x, y| y.0.total_cmp(&x.0));
    if let Some((progress, corner)) = ranked.first().cloned()
        && progress < 0.0
    {
        return ascend(prober, corner, progress);
    }
    let flips = ranked.into_iter().filter(|pair| pair.0 >= 0.0);
    Ok(flips.map(|pair| pair.1).take(LINES).collect())
}

/// Switches the side of the coordinate that helps most, while one does, until the corner flips.
fn ascend<R: Response>(
    prober: &mut Prober<'_, R>,
    mut corner: Vec<f64>,
    mut progress: f64,
) -> Result<Vec<Vec<f64>>, R::Error> {
    while progress < 0.0 {
        let points: Vec<Vec<f64>> = (0..corner.len()).map(|i| switch(&corner, i, 1.0)).collect();
        let answers = prober.many(&points)?;
        let best = answers
            .into_iter()
            .zip(points)
            .max_by(|x, y| x.0.total_cmp(&y.0));
        match best {
            Some((better, point)) if better > progress => (progress, corner) = (better, point),
            _ => return Ok(Vec::new()),
        }
    }
    Ok(vec![corner])
}

/// The moves with one of them on the other side, or at an end if it was nowhere, all by a share.
fn switch(moves: &[f64], coordinate: usize, share: f64) -> Vec<f64> {
    let mut other: Vec<f64> = moves.iter().map(|step| share * step).collect();
    other[coordinate] = -other[coordinate];
    other
}

/// Switches sides while a smaller box flips for it.
fn switched<R: Response>(
    prober: &mut Prober<'_, R>,
    space: &Space,
    found: Found,
    tolerance: f64,
) -> Result<Found, R::Error> {
    let mut best = found;
    loop {
        let size = radius(&best.step);
        let filled: Vec<f64> = best.step.iter().map(|step| size.copysign(*step)).collect();
        let mut points: Vec<Vec<f64>> = (0..filled.len())
            .map(|i| switch(&filled, i, SHRINK))
            .collect();
        // Those that are not at the edge of the box may as well be.
        points.push(filled.iter().map(|step| SHRINK * step).collect());
        let answers = prober.many(&points)?;
        let flips = answers.into_iter().zip(points).filter(|pair| pair.0 >= 0.0);
        let Some((_, corner)) = flips.max_by(|x, y| x.0.total_cmp(&y.0)) else {
            return Ok(best);
        };
        let mut smaller = Some(best.clone());
        for found in first_flips(prober, space, &[corner], &SHARES, tolerance)? {
            keep_smaller(&mut smaller, found);
        }
        match smaller {
            Some(smaller) if radius(&smaller.step) < size - tolerance => best = smaller,
            _ => return Ok(best),
        }
    }
}

fn witness<R: Response>(
    prober: &mut Prober<'_, R>,
    place: Place<'_>,
    n_inputs: usize,
    found: Found,
) -> Result<BoxFlip, R::Error> {
    let mut point = vec![0.5; n_inputs];
    place(&found.step, &mut point);
    Ok(BoxFlip {
        found_at: radius(&found.step),
        margin_after: prober.confirm(&found.step)?,
        moves: found.step,
        point,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{UncertaintyError, flip::tests::in_unit_cube};

    /// Moves straight into coordinates around ½: the margin is a function of the moves.
    fn place(moves: &[f64], point: &mut [f64]) {
        for (u, t) in point.iter_mut().zip(moves) {
            *u = 0.5 + 0.25 * t;
        }
    }

    fn of_moves(
        n: usize,
        margin: impl Fn(&[f64]) -> f64 + Sync,
        search: &RadiusSearch,
    ) -> Robustness {
        let model = in_unit_cube(n, |u: &[f64]| {
            let moves: Vec<f64> = u.iter().map(|u| 4.0 * (u - 0.5)).collect();
            margin(&moves)
        });
        robustness_radius(&model, &place, n, search).unwrap()
    }

    fn dot(x: &[f64], y: &[f64]) -> f64 {
        x.iter().zip(y).map(|(x, y)| x * y).sum()
    }

    #[test]
    fn a_flip_only_where_two_move_against_each_other() {
        // Not monotone: the corner of the sides alone is not the worst one.
        let search = RadiusSearch::default();
        let found = of_moves(2, |t| 0.5 + t[0] * t[1], &search).found.unwrap();
        assert!((found.found_at - 0.5_f64.sqrt()).abs() < 1e-5, "{found:?}");
        let nothing = of_moves(2, |t| 1.5 + t[0] * t[1], &search);
        assert_eq!((nothing.found, nothing.every_side_known), (None, false));
    }

    #[test]
    fn jumps_and_interior_flips() {
        let search = RadiusSearch::default();
        let step = |t: &[f64]| if t[0] + t[1] < -0.6 { -1.0 } else { 2.0 };
        let found = of_moves(2, step, &search).found.unwrap();
        assert!((found.found_at - 0.3).abs() < 1e-5);
        // Only a hole within the box flips, no corner does.
        let hole = |t: &[f64]| (t[0] - 0.4).abs().max((t[1] - 0.4).abs()) - 0.3;
        let found = of_moves(2, hole, &search).found.unwrap();
        assert!(found.found_at >= 0.1 && found.found_at < 0.2, "{found:?}");
    }

    #[test]
    fn arguments_are_checked() {
        let model = in_unit_cube(1, |u: &[f64]| u[0]);
        let run = |search: RadiusSearch| robustness_radius(&model, &place, 1, &search);
        let fine = RadiusSearch::default();
        for wrong in [
            RadiusSearch { output: 1, ..fine },
            RadiusSearch {
                clearance: -1.0,
                ..fine
            },
            RadiusSearch {
                clearance: f64::NAN,
                ..fine
            },
            RadiusSearch { budget: 0, ..fine },
            RadiusSearch {
                tolerance: 0.0,
                ..fine
            },
            RadiusSearch {
                random_points: usize::MAX,
                ..fine
            },
        ] {
            assert!(run(wrong).is_err(), "{wrong:?}");
        }
        assert!(robustness_radius(&model, &place, usize::MAX, &fine).is_err());
        let still = robustness_radius(&model, &place, 0, &fine).unwrap();
        assert_eq!((still.found, still.margin_before), (None, 0.5));
        let short = run(RadiusSearch { budget: 1, ..fine }).unwrap();
        assert!(!short.converged && short.found.is_none() && !short.every_side_known);
        let nan = in_unit_cube(1, |_: &[f64]| f64::NAN);
        assert!(matches!(
            robustness_radius(&nan, &place, 1, &fine),
            Err(UncertaintyError::OutputIsNan { .. })
        ));
    }

    proptest! {
        /// Linear margins: `m + s·t` crosses 0 in the box of radius `m / Σ|s|`.
        #[test]
        fn exact_for_linear_margins(slope in prop::collection::vec(prop_oneof![-1.0..-0.01_f64, 0.01..1.0_f64], 1..40), share in 0.05..0.95_f64, up: bool) {
            let at = share * slope.iter().map(|s| s.abs()).sum::<f64>();
            let at = if up { -at } else { at };
            let robustness = of_moves(slope.len(), |t| at + dot(&slope, t), &RadiusSearch::default());
            prop_assert!(robustness.every_side_known);
            let found = robustness.found.unwrap();
            prop_assert!((found.found_at - share).abs() < 1e-5, "{} {share}", found.found_at);
            prop_assert!((found.margin_after > 0.0) == up);
            prop_assert!(robustness.evaluations < 2 * slope.len() + 250);
        }

        /// Monotone margins with kinks and products: against bisection on the worst corner, which is
        /// known by construction.
        #[test]
        fn exact_for_monotone_margins(signs in prop::collection::vec(any::<bool>(), 3), at in 0.1..2.0_f64) {
            let signs: Vec<f64> = signs.into_iter().map(|up| if up { 1.0 } else { -1.0 }).collect();
            let bad = |t: &[f64]| {
                let x: Vec<f64> = t.iter().zip(&signs).map(|(t, s)| t * s).collect();
                at - (x[0] + x[1]).max(2.0 * x[1] + 0.1 * x[2] + 0.1 * x[0]) - (1.5 + x[2]) * (1.5 + x[0]) + 2.25
            };
            let robustness = of_moves(3, bad, &RadiusSearch::default());
            let corner = |r: f64| bad(&signs.iter().map(|s| r * s).collect::<Vec<_>>());
            match robustness.found {
                None => prop_assert!(corner(1.0) > 0.0),
                Some(found) => {
                    prop_assert!(corner(found.found_at - 1e-5) > 0.0);
                    prop_assert!(corner(found.found_at + 1e-5) <= 0.0);
                }
            }
        }
    }
}
