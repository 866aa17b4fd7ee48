use std::{f64::consts::SQRT_2, ops::Range};

use statrs::function::erf::erfc_inv;

use crate::{
    Response, Sampler,
    flip::{
        Effort, FlipMethod, Norm,
        cuts::{Cut, dot, shortest},
        prober::{Found, Prober},
        slope::linearised,
        space::Space,
    },
};

/// How far beyond a predicted flip to look for one.
const BEYOND: [f64; 5] = [1.0, 1.15, 1.5, 2.2, 4.0];
/// Lines from the base that are followed to their first flip.
const LINES: usize = 6;
/// Random points that are added if nothing has flipped.
const MORE: usize = 2000;
/// Up to how many coordinates all corners are tried.
const FEW: usize = 5;
/// Attempts to climb to a flip from the best point that is none.
const CLIMBS: usize = 6;

/// Ends of a few lines from the base that cross into the other side, the most promising first,
/// judged by the progress at their ends.
pub(super) fn lines<R: Response>(
    prober: &mut Prober<'_, R>,
    space: &Space,
    norm: Norm,
    effort: &Effort,
    known: &[Vec<f64>],
) -> Result<Vec<Found>, R::Error> {
    let mut ends: Vec<Vec<f64>> = space
        .active
        .iter()
        .flat_map(|&i| {
            [
                space.single(i, space.low[i]),
                space.single(i, space.high[i]),
            ]
        })
        .collect();
    let singles = prober.many(&ends)?;
    let secants = secants(space, &ends, &singles, prober.start());
    let mut answers = singles;
    let mut guesses = predicted(space, norm, &secants);
    let nowhere = space.nowhere();
    if let Some(tangent) = linearised(prober, space, &nowhere, prober.start())? {
        guesses.extend(predicted(space, norm, &tangent));
    }
    guesses.extend(known.iter().cloned());
    guesses.extend(random(
        space,
        effort.seed,
        0..effort.start_points.min(prober.left()),
    ));
    guesses.extend(corners(space));
    answers.extend(prober.many(&guesses)?);
    ends.extend(guesses);
    ends.truncate(answers.len());
    if none_flips(&answers) {
        climb(prober, space, norm, &mut ends, &mut answers)?;
    }
    if none_flips(&answers) && effort.start_points > 0 {
        // There is nothing to save the rest of the budget for but another climb.
        let more = effort.start_points..effort.start_points + (prober.left() / 2).min(MORE);
        let guesses = random(space, effort.seed, more);
        answers.extend(prober.many(&guesses)?);
        ends.extend(guesses);
        climb(prober, space, norm, &mut ends, &mut answers)?;
    }
    Ok(promising(prober.start(), norm, ends, &answers))
}

/// The margin linearised by what each coordinate does alone at the better of its two ends, given in
/// pairs of low and high.
fn secants(space: &Space, ends: &[Vec<f64>], answers: &[f64], start: f64) -> Cut {
    let mut slope = space.nowhere();
    for ((pair, answers), &i) in ends.chunks(2).zip(answers.chunks(2)).zip(&space.active) {
        let mut steepest = 0.0;
        for (end, answer) in pair.iter().zip(answers) {
            let rise = (answer - start) / end[i].abs();
            if rise > steepest && rise.is_finite() {
                steepest = rise;
                slope[i] = rise.copysign(end[i]);
            }
        }
    }
    Cut {
        slope,
        bound: -start,
    }
}

/// Where a linearised margin says that a flip is, further along the same line, and its corner.
fn predicted(space: &Space, norm: Norm, cut: &Cut) -> Vec<Vec<f64>> {
    let mut points = Vec::new();
    for norm in [norm, Norm::L2] {
        let nearest = shortest(std::slice::from_ref(cut), space, norm);
        points.extend(BEYOND.map(|share| space.along(&nearest, share)));
        if norm == Norm::L2 {
            break;
        }
    }
    points.push(space.corner(&cut.slope));
    points
}

/// Random points, normal with twice the deviation of the inputs so that far ones are represented,
/// every fourth a corner of the space.
fn random(space: &Space, seed: u64, points: Range<usize>) -> Vec<Vec<f64>> {
    let stream = Sampler::new(seed).stream("flip.starts");
    let mut uniforms = vec![0.0; space.active.len()];
    let drawn = points.map(|point| {
        stream.uniforms(point as u64 * uniforms.len() as u64, &mut uniforms);
        let mut step = space.nowhere();
        for (&i, u) in space.active.iter().zip(&uniforms) {
            step[i] = match point % 4 {
                3 if *u < 0.5 => space.low[i],
                3 => space.high[i],
                _ => space.bounded(i, -2.0 * SQRT_2 * erfc_inv(2.0 * u)),
            };
        }
        step
    });
    drawn.collect()
}

/// All corners, if the coordinates are few.
fn corners(space: &Space) -> Vec<Vec<f64>> {
    if space.active.len() > FEW {
        return Vec::new();
    }
    (0..1_u32 << space.active.len())
        .map(|number| {
            let mut corner = space.nowhere();
            for (bit, &i) in space.active.iter().enumerate() {
                corner[i] = match number >> bit & 1 {
                    0 => space.low[i],
                    _ => space.high[i],
                };
            }
            corner
        })
        .collect()
}

fn none_flips(answers: &[f64]) -> bool {
    answers.iter().all(|&progress| progress < 0.0)
}

/// Follows slopes upwards from the best points so far until something flips: to where all slopes
/// met on the way predict a flip, and part of the way to the corner that the last one points at.
fn climb<R: Response>(
    prober: &mut Prober<'_, R>,
    space: &Space,
    norm: Norm,
    ends: &mut Vec<Vec<f64>>,
    answers: &mut Vec<f64>,
) -> Result<(), R::Error> {
    let (mut cuts, mut from) = (Vec::new(), 0);
    for _ in 0..CLIMBS {
        let best = (from..answers.len()).max_by(|&i, &j| answers[i].total_cmp(&answers[j]));
        let Some(best) = best else { break };
        let Some(cut) = linearised(prober, space, &ends[best], answers[best])? else {
            break;
        };
        let mut guesses = predicted(space, norm, &cut);
        let corner = space.corner(&cut.slope);
        guesses.extend([0.1, 0.3, 0.6].map(|share| towards(&ends[best], &corner, share)));
        cuts.push(cut);
        let together = shortest(&cuts, space, Norm::L2);
        guesses.extend([1.0, 1.01, 1.1].map(|share| space.along(&together, share)));
        let reached = prober.many(&guesses)?;
        from = answers.len();
        answers.extend(&reached);
        ends.extend(guesses);
        ends.truncate(answers.len());
        if !none_flips(&reached) {
            break;
        }
    }
    Ok(())
}

/// A point on the way to a corner, coordinates that the corner does not move staying.
fn towards(from: &[f64], corner: &[f64], share: f64) -> Vec<f64> {
    let pairs = from.iter().zip(corner);
    pairs
        .map(|(&from, &to)| match to == 0.0 {
            true => from,
            false => from + share * (to - from),
        })
        .collect()
}

/// A few of the ends that flip, in different directions: in turns the nearest and that where a
/// straight margin would have flipped nearest on the way. The former errs if flips are deep, the
/// latter if the margin rises ever more steeply.
fn promising(start: f64, norm: Norm, ends: Vec<Vec<f64>>, answers: &[f64]) -> Vec<Found> {
    let flips: Vec<Found> = ends
        .into_iter()
        .zip(answers)
        .filter(|(_, progress)| **progress >= 0.0)
        .map(|(step, &progress)| Found {
            step,
            progress,
            method: FlipMethod::Ray,
        })
        .collect();
    let crossing = |end: &Found| {
        let share = start / (start - end.progress);
        norm.length(&end.step) * if share.is_finite() { share } else { 1.0 }
    };
    let sorted = |by: &dyn Fn(&Found) -> f64| {
        let mut order: Vec<&Found> = flips.iter().collect();
        order.sort_by(|x, y| by(x).total_cmp(&by(y)));
        order
    };
    let (near, steep) = (sorted(&|end| norm.length(&end.step)), sorted(&crossing));
    let mut lines: Vec<Found> = Vec::new();
    for end in near.into_iter().zip(steep).flat_map(<[&Found; 2]>::from) {
        if lines.len() < LINES && !lines.iter().any(|line| alike(&line.step, &end.step)) {
            lines.push(end.clone());
        }
    }
    lines
}

/// Whether two steps point the same way, to some ten degrees.
pub(super) fn alike(x: &[f64], y: &[f64]) -> bool {
    dot(x, y) > 0.98 * Norm::L2.length(x) * Norm::L2.length(y)
}
