use crate::{
    Response,
    flip::{
        FlipMethod, Norm,
        nearest::{Descent, descend},
        polish::reset,
        prober::{Found, Prober},
        segment::{Bracket, narrow},
        space::Space,
    },
};

/// Sets of the same size that are compared by length.
const COMPARED: usize = 3;

/// One coordinate alone, at the end and on the side where it does most.
#[derive(Debug, Clone, Copy)]
struct Effect {
    coordinate: usize,
    end: f64,
    progress: f64,
}

/// The flip that moves the fewest coordinates, and among these the shortest.
pub(super) fn search<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
) -> Result<Option<Found>, R::Error> {
    let tried = alone(prober, descent)?;
    if let Some(single) = best_single(prober, descent, &tried)? {
        return Ok(Some(single));
    }
    let effects = strongest_first(&tried);
    if let Some(pair) = best_pair(prober, descent, &effects)? {
        return Ok(Some(pair));
    }
    pruned(prober, descent, &effects)
}

/// Every coordinate at half its room and at all of it, both ways.
fn alone<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
) -> Result<Vec<Effect>, R::Error> {
    let space = descent.space;
    let ends: Vec<(usize, f64)> = space
        .active
        .iter()
        .flat_map(|&i| {
            [0.5, 1.0].map(|share| [(i, share * space.low[i]), (i, share * space.high[i])])
        })
        .flatten()
        .collect();
    let points: Vec<Vec<f64>> = ends.iter().map(|&(i, end)| space.single(i, end)).collect();
    let answers = prober.many(&points)?;
    let effects = ends.into_iter().zip(answers);
    Ok(effects
        .map(|((coordinate, end), progress)| Effect {
            coordinate,
            end,
            progress,
        })
        .collect())
}

fn best_single<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
    tried: &[Effect],
) -> Result<Option<Found>, R::Error> {
    let mut best: Option<Found> = None;
    for effect in tried.iter().filter(|effect| effect.progress >= 0.0) {
        let line = descent.space.single(effect.coordinate, effect.end);
        let bracket = Bracket {
            before: (0.0, prober.start()),
            after: (1.0, effect.progress),
        };
        let mut found = narrow(prober, descent.space, &line, bracket, descent.tolerance)?;
        found.method = FlipMethod::Singles;
        keep_shorter(&mut best, found);
    }
    Ok(best)
}

fn keep_shorter(best: &mut Option<Found>, found: Found) {
    let length = |found: &Found| Norm::L2.length(&found.step);
    if best
        .as_ref()
        .is_none_or(|best| length(&found) < length(best))
    {
        *best = Some(found);
    }
}

/// The better side of every coordinate, those that do most first.
fn strongest_first(tried: &[Effect]) -> Vec<Effect> {
    let mut order = tried.to_vec();
    order.sort_by(|x, y| {
        y.progress
            .total_cmp(&x.progress)
            .then(x.coordinate.cmp(&y.coordinate))
    });
    let mut seen = Vec::new();
    order.retain(|effect| {
        let new = !seen.contains(&effect.coordinate);
        seen.push(effect.coordinate);
        new
    });
    order
}

fn best_pair<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
    effects: &[Effect],
) -> Result<Option<Found>, R::Error> {
    let space = descent.space;
    // As many of the strongest as half of what is left allows, at four corners a pair.
    let affordable = prober.left() / 2;
    let mut n = effects.len();
    while n > 2 && 2 * n * (n - 1) > affordable {
        n -= 1;
    }
    let method = if n == effects.len() {
        FlipMethod::Pairs
    } else {
        FlipMethod::LikelyPairs
    };
    let mut flips: Vec<(f64, Vec<f64>)> = Vec::new();
    for (place, first) in effects[..n].iter().enumerate() {
        let corners = |second: &Effect| corners_of(space, first.coordinate, second.coordinate);
        let points: Vec<Vec<f64>> = effects[..place].iter().flat_map(corners).collect();
        let answers = prober.many(&points)?.into_iter().zip(points);
        flips.extend(answers.filter(|pair| pair.0 >= 0.0));
    }
    flips.sort_by(|x, y| y.0.total_cmp(&x.0));
    let mut best = None;
    for (progress, step) in flips.into_iter().take(COMPARED) {
        let found = Found {
            step,
            progress,
            method,
        };
        keep_shorter(&mut best, shortened(prober, descent, found)?);
    }
    Ok(best)
}

fn corners_of(space: &Space, i: usize, j: usize) -> [Vec<f64>; 4] {
    let corner = |x: f64, y: f64| {
        let mut point = space.single(i, x);
        point[j] = y;
        point
    };
    [
        corner(space.low[i], space.low[j]),
        corner(space.low[i], space.high[j]),
        corner(space.high[i], space.low[j]),
        corner(space.high[i], space.high[j]),
    ]
}

/// The shortest flip that moves no other coordinates than this one.
fn shortened<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
    found: Found,
) -> Result<Found, R::Error> {
    let support: Vec<usize> = (0..found.step.len())
        .filter(|&i| found.step[i] != 0.0)
        .collect();
    let space = descent.space.only(&support);
    let within = Descent {
        space: &space,
        norm: Norm::L2,
        ..*descent
    };
    let known = std::slice::from_ref(&found.step);
    let method = found.method;
    let mut best = Some(found.clone());
    if let Some(mut shorter) = descend(prober, &within, known)? {
        shorter.method = method;
        keep_shorter(&mut best, shorter);
    }
    Ok(best.unwrap_or(found))
}

/// Adds the strongest until the verdict flips, takes out again what is not needed, and shortens.
fn pruned<R: Response>(
    prober: &mut Prober<'_, R>,
    descent: &Descent<'_>,
    effects: &[Effect],
) -> Result<Option<Found>, R::Error> {
    let mut step = descent.space.nowhere();
    let corners: Vec<Vec<f64>> = effects
        .iter()
        .map(|effect| {
            step[effect.coordinate] = effect.end;
            step.clone()
        })
        .collect();
    let answers = prober.many(&corners)?;
    let first = corners.into_iter().zip(answers).find(|pair| pair.1 >= 0.0);
    let seed = match first {
        Some((step, progress)) => Some(Found {
            step,
            progress,
            method: FlipMethod::Pruned,
        }),
        None => {
            let nearest = Descent {
                norm: Norm::L1,
                ..*descent
            };
            descend(prober, &nearest, &[])?
        }
    };
    let Some(seed) = seed else { return Ok(None) };
    let mut fewest = reset(prober, seed)?;
    fewest.method = FlipMethod::Pruned;
    shortened(prober, descent, fewest).map(Some)
}
