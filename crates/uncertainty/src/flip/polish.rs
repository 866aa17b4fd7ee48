use std::f64::consts::SQRT_2;

use statrs::function::erf::erfc_inv;

use crate::{
    Response, Sampler,
    flip::{
        FlipMethod,
        nearest::Descent,
        prober::{Found, Prober},
    },
};

/// Rounds of retreat.
const RETREATS: usize = 3;
/// Random trials in a round, the largest number of rounds, and how near to the flip they end.
const BATCH: usize = 12;
const ROUNDS: usize = 40;
const NEAREST: f64 = 0.005;
/// What share of a coordinate's step is taken back to see whether it is needed.
const LITTLE: f64 = 0.05;

/// Shortens a flip without slopes, for margins that jump.
pub(super) fn polish<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
    found: Found,
) -> Result<Found, R::Error> {
    let mut best = found;
    for _ in 0..RETREATS {
        let before = descent.norm.length(&best.step);
        best = reset(prober, best)?;
        best = retreat(prober, best)?;
        if before - descent.norm.length(&best.step) <= descent.tolerance {
            break;
        }
    }
    trials(prober, descent, best)
}

/// Moves coordinates back to the base where the flip does not need them, the largest first.
pub(super) fn reset<R: Response>(
    prober: &mut Prober<'_, R>,
    found: Found,
) -> Result<Found, R::Error> {
    let idle = insensitive(prober, &found, 1.0)?;
    let mut best = found;
    for coordinate in idle {
        best = take_back(prober, best, coordinate, 1.0)?;
    }
    Ok(best)
}

/// Moves coordinates back part of the way, by bisection, where a little of it does no harm.
fn retreat<R: Response>(prober: &mut Prober<'_, R>, found: Found) -> Result<Found, R::Error> {
    let slack = insensitive(prober, &found, LITTLE)?;
    let mut best = found;
    for coordinate in slack {
        let mut share = 0.5;
        while share > LITTLE / 4.0 {
            let tried = take_back(prober, best.clone(), coordinate, share)?;
            if tried == best {
                share *= 0.5;
            }
            best = tried;
        }
    }
    Ok(best)
}

/// The coordinates of which a share can be taken back alone, by the length of their steps.
fn insensitive<R: Response>(
    prober: &mut Prober<'_, R>,
    found: &Found,
    share: f64,
) -> Result<Vec<usize>, R::Error> {
    let step = &found.step;
    let mut changed: Vec<usize> = (0..step.len()).filter(|&i| step[i] != 0.0).collect();
    changed.sort_by(|&i, &j| step[j].abs().total_cmp(&step[i].abs()));
    let points: Vec<Vec<f64>> = changed
        .iter()
        .map(|&coordinate| without(step, coordinate, share))
        .collect();
    let answers = prober.many(&points)?;
    let pairs = changed.into_iter().zip(answers);
    Ok(pairs
        .filter(|pair| pair.1 >= 0.0)
        .map(|pair| pair.0)
        .collect())
}

fn without(step: &[f64], coordinate: usize, share: f64) -> Vec<f64> {
    let mut shorter = step.to_vec();
    shorter[coordinate] *= 1.0 - share;
    shorter
}

fn take_back<R: Response>(
    prober: &mut Prober<'_, R>,
    found: Found,
    coordinate: usize,
    share: f64,
) -> Result<Found, R::Error> {
    let step = without(&found.step, coordinate, share);
    Ok(match prober.one(&step)? {
        Some(progress) if progress >= 0.0 => Found {
            step,
            progress,
            method: FlipMethod::Retreat,
        },
        _ => found,
    })
}

/// Random points nearer to the base, around the flip and in every other round without moving more
/// coordinates than it does; closer to it after every failure.
fn trials<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
    found: Found,
) -> Result<Found, R::Error> {
    let stream = Sampler::new(descent.effort.seed).stream("flip.trials");
    let active = &descent.space.active;
    let (mut best, mut spread, mut used) = (found, 0.5, 0);
    for round in 0..ROUNDS {
        if spread < NEAREST {
            break;
        }
        let mut moving = active.clone();
        if round % 2 == 0 {
            moving.retain(|&i| best.step[i] != 0.0);
        }
        let mut uniforms = vec![0.0; moving.len()];
        let length = descent.norm.length(&best.step);
        let points: Vec<Vec<f64>> = (0..BATCH)
            .map(|_| {
                stream.uniforms(used, &mut uniforms);
                used += uniforms.len() as u64;
                let mut near = best.step.clone();
                for (&i, u) in moving.iter().zip(&uniforms) {
                    let normal = -SQRT_2 * erfc_inv(2.0 * u);
                    near[i] += spread * length * normal / (moving.len() as f64).sqrt();
                }
                let shrink = (1.0 - spread / 8.0) * length / descent.norm.length(&near);
                descent.space.along(&near, shrink.min(1e6))
            })
            .collect();
        let answers = prober.many(&points)?;
        let flips = points.into_iter().zip(answers).filter(|pair| pair.1 >= 0.0);
        let shortest = flips.min_by(|x, y| {
            descent
                .norm
                .length(&x.0)
                .total_cmp(&descent.norm.length(&y.0))
        });
        match shortest {
            Some((step, progress)) if descent.norm.length(&step) < length => {
                best = Found {
                    step,
                    progress,
                    method: FlipMethod::RandomTrial,
                };
            }
            _ => spread *= 0.7,
        }
    }
    Ok(best)
}
