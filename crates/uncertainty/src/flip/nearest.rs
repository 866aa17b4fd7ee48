use crate::{
    Response,
    flip::{
        Effort, Flip, FlipMethod, FlipSearch, Norm,
        checks::check,
        cuts::{Cut, shortest},
        fewest, polish,
        prober::{Found, Prober},
        segment::first_flips,
        slope::linearised,
        space::Space,
        starts,
    },
};

/// From how many first flips the search goes on.
const DESCENTS: usize = 3;
/// How many of the latest linearisations are held to together.
const HELD: usize = 12;
/// Shares of a line that are looked at when nothing is known of it, and when a flip is predicted
/// at its end.
const COARSE: [f64; 6] = [1.0 / 6.0, 2.0 / 6.0, 0.5, 4.0 / 6.0, 5.0 / 6.0, 1.0];
const CLOSE: [f64; 6] = [0.9, 0.999, 1.001, 1.05, 1.3, 2.0];

/// What a descent needs to know beside the model.
#[derive(Debug, Clone, Copy)]
pub(super) struct Descent<'a> {
    pub(super) space: &'a Space,
    pub(super) norm: Norm,
    pub(super) effort: &'a Effort,
    /// To what length flips are narrowed.
    pub(super) tolerance: f64,
    /// The share of the distance that a linearisation must gain to be followed by others.
    pub(super) gain: f64,
    /// The largest number of linearisations from one start.
    pub(super) rounds: usize,
}

/// The shortest move from the base that carries the margin to the other side of 0: to a positive
/// one from 0 or less, to 0 or less from a positive one, by at least the clearance.
///
/// The search (i) tries each coordinate at both ends, the directions of the slopes at the base, and
/// random points, (ii) follows lines from the base to their first flip, (iii) from the nearest of
/// them repeats the step of Hasofer & Lind (1974) and Rackwitz & Fiessler (1978): linearise, go to
/// the nearest point of the linearised boundary, return to the true one along the line from the
/// base; the latest linearisations are also held to together, which finds the vertex where several
/// conditions bind; and (iv) moves coordinates back towards the base, and random trials nearer,
/// while the flip persists. For [`Norm::Fewest`] see [`FlipMethod`].
///
/// What is returned was evaluated and flips. It is the nearest flip if the margin is linear, up to
/// 10⁻⁶; on others a nearer one may exist. `None` says that nothing within reach and budget
/// flipped, not that nothing can. The same search gives the same flip on any number of threads.
///
/// Points asked: some `8 n + 300` for `n` free coordinates and a margin that is linear (800 for 60), half
/// as many more where several conditions bind, never more than the budget.
///
/// # Errors
/// [`UncertaintyError`](crate::UncertaintyError) as the model's error if the search does not fit
/// the model, if a number is out of range, or [`OutputIsNan`](crate::UncertaintyError::OutputIsNan);
/// otherwise the model's own, of the first point that fails.
///
/// ```
/// use detente_uncertainty::{Response, UncertaintyError, flip::{FlipSearch, nearest_flip}};
///
/// /// An agreement pays if a uniform gain exceeds a uniform cost by a quarter.
/// struct Deal;
/// impl Response for Deal {
///     type Scratch = ();
///     type Error = UncertaintyError;
///     fn n_inputs(&self) -> usize { 2 }
///     fn n_outputs(&self) -> usize { 1 }
///     fn scratch(&self) {}
///     fn evaluate(&self, _: &mut (), point: &[f64], outputs: &mut [f64]) -> Result<(), UncertaintyError> {
///         outputs[0] = point[0] - point[1] - 0.25;
///         Ok(())
///     }
/// }
///
/// let flip = nearest_flip(&Deal, &FlipSearch::from_medians(2))?.unwrap();
/// // Both move by a third of a standard deviation, to the quantiles 0.625 and 0.375.
/// assert!((flip.u[0] - 0.625).abs() < 1e-4 && (flip.u[1] - 0.375).abs() < 1e-4);
/// assert!(flip.margin_before < 0.0 && flip.margin_after > 0.0);
/// # Ok::<(), UncertaintyError>(())
/// ```
pub fn nearest_flip<R: Response>(model: &R, search: &FlipSearch) -> Result<Option<Flip>, R::Error> {
    check(model, search)?;
    let place = |step: &[f64], point: &mut [f64]| search.place(step, point);
    let mut prober = Prober::new(model, &place, search.base.len(), search.question())?;
    let space = Space::new(search.room());
    let descent = Descent {
        space: &space,
        norm: search.norm,
        effort: &search.effort,
        tolerance: 1e-7,
        gain: 1e-4,
        rounds: 12,
    };
    let found = match search.norm {
        _ if space.active.is_empty() => None,
        Norm::Fewest => fewest::search(&mut prober, &descent)?,
        Norm::L1 | Norm::L2 => descend(&mut prober, &descent, &[])?,
    };
    found
        .map(|found| Flip::new(search, &mut prober, &found))
        .transpose()
}

/// The nearest flip within a space, also trying the points that are known to flip.
pub(super) fn descend<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
    known: &[Vec<f64>],
) -> Result<Option<Found>, R::Error> {
    let &Descent { space, norm, .. } = descent;
    let ends = starts::lines(prober, space, norm, descent.effort, known)?;
    let lines: Vec<Vec<f64>> = ends.iter().map(|end| end.step.clone()).collect();
    let mut flips = first_flips(prober, space, &lines, &COARSE, 1e-4)?;
    // In case the budget did not last for the lines.
    flips.extend(ends);
    flips.sort_by(|x, y| norm.length(&x.step).total_cmp(&norm.length(&y.step)));
    let mut best: Option<Found> = None;
    for start in apart(flips) {
        let end = descend_from(prober, descent, start, best.as_ref())?;
        best = Some(match best {
            Some(best) if norm.length(&best.step) <= norm.length(&end.step) => best,
            _ => end,
        });
    }
    match best {
        Some(best) => polish::polish(prober, descent, best).map(Some),
        None => Ok(None),
    }
}

/// The first few of a list, leaving out those that point the way of one before.
fn apart(flips: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for flip in flips {
        let alike = |other: &Found| starts::alike(&flip.step, &other.step);
        if kept.len() < DESCENTS && !kept.iter().any(alike) {
            kept.push(flip);
        }
    }
    kept
}

/// Linearises and returns to the boundary until it gets no nearer, or comes to where an earlier
/// descent has ended.
fn descend_from<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
    start: Found,
    earlier: Option<&Found>,
) -> Result<Found, R::Error> {
    let length = |found: &Found| descent.norm.length(&found.step);
    let (mut best, mut at, mut stalls) = (start.clone(), start, 0);
    let mut cuts: Vec<Cut> = Vec::new();
    for _ in 0..descent.rounds {
        let Some(cut) = linearised(prober, descent.space, &at.step, at.progress)? else {
            break;
        };
        cuts.push(cut);
        let Some(fresh) = next(prober, descent, &cuts, &at)? else {
            break;
        };
        let gain = length(&best) - length(&fresh);
        stalls = if gain > descent.gain * length(&best) {
            0
        } else {
            stalls + 1
        };
        // The distance is stationary at its minimum: it errs by the square of the place.
        let near = descent.gain.sqrt() * length(&fresh);
        let known = |other: &Found| gap(&fresh.step, &other.step) <= near;
        let settled = known(&at) || earlier.is_some_and(known);
        if gain > 0.0 {
            best = fresh.clone();
        }
        if stalls == 2 || settled {
            break;
        }
        at = fresh;
    }
    Ok(best)
}

/// The nearest flip that the linearisations lead to: the latest alone, the latest few together,
/// and half the way if neither brings it nearer.
fn next<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
    cuts: &[Cut],
    at: &Found,
) -> Result<Option<Found>, R::Error> {
    let &Descent { space, norm, .. } = descent;
    let held = &cuts[cuts.len().saturating_sub(HELD)..];
    let mut targets = vec![shortest(&held[held.len() - 1..], space, norm)];
    if held.len() > 1 {
        targets.push(shortest(held, space, norm));
    }
    let halfway = |target: &Vec<f64>| {
        let pairs = target.iter().zip(&at.step);
        pairs
            .map(|(x, y)| f64::midpoint(*x, *y))
            .collect::<Vec<f64>>()
    };
    let halves: Vec<Vec<f64>> = targets.iter().map(halfway).collect();
    let mut nearest: Option<Found> = None;
    for targets in [targets, halves] {
        for mut found in first_flips(prober, space, &targets, &CLOSE, descent.tolerance)? {
            found.method = FlipMethod::Linearised;
            let nearer = |other: &Found| norm.length(&found.step) < norm.length(&other.step);
            if nearest.as_ref().is_none_or(nearer) {
                nearest = Some(found);
            }
        }
        let improves = |found: &Found| norm.length(&found.step) < norm.length(&at.step);
        if nearest.as_ref().is_some_and(improves) {
            break;
        }
    }
    Ok(nearest)
}

/// How far two steps are apart.
fn gap(x: &[f64], y: &[f64]) -> f64 {
    let squares = x.iter().zip(y).map(|(x, y)| (x - y) * (x - y));
    squares.sum::<f64>().sqrt()
}
