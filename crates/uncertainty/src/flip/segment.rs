use crate::{
    Response,
    flip::{
        FlipMethod,
        prober::{Found, Prober},
        space::Space,
    },
};

/// Steps along a straight line from the base, between shares of it where the verdict is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bracket {
    /// A share of the line that does not flip, and its progress.
    pub(super) before: (f64, f64),
    /// A larger share that flips, and its progress.
    pub(super) after: (f64, f64),
}

/// Narrows the bracket to a length of `tolerance` and returns its flipping end.
///
/// By false position with halved weights (the Illinois rule), so that smooth margins take a
/// handful of points, and by bisection every third time, so that jumps take no more than three
/// times as many as bisection alone.
pub(super) fn narrow<R: Response>(
    prober: &mut Prober<'_, R>,
    space: &Space,
    line: &[f64],
    bracket: Bracket,
    tolerance: f64,
) -> Result<Found, R::Error> {
    let length = line.iter().map(|step| step * step).sum::<f64>().sqrt();
    let Bracket {
        mut before,
        mut after,
    } = bracket;
    let (mut weight_before, mut weight_after) = (before.1, after.1);
    for round in 1..200 {
        if (after.0 - before.0) * length <= tolerance {
            break;
        }
        let share = if round % 3 == 0 {
            f64::midpoint(before.0, after.0)
        } else {
            guess(
                before.0,
                weight_before,
                after.0,
                weight_after,
                tolerance / length,
            )
        };
        let Some(progress) = prober.one(&space.along(line, share))? else {
            break;
        };
        if progress >= 0.0 {
            (after, weight_after) = ((share, progress), progress);
            weight_before *= 0.5;
        } else {
            (before, weight_before) = ((share, progress), progress);
            weight_after *= 0.5;
        }
    }
    Ok(Found {
        step: space.along(line, after.0),
        progress: after.1,
        method: FlipMethod::Ray,
    })
}

/// Where a straight line through both ends would cross 0, a little beyond it so that the bracket
/// closes from both sides.
fn guess(low: f64, below: f64, high: f64, above: f64, nudge: f64) -> f64 {
    let share = low + (high - low) * below / (below - above);
    let nudged = if above < -below {
        share - 0.4 * nudge
    } else {
        share + 0.4 * nudge
    };
    if nudged > low && nudged < high {
        nudged
    } else {
        f64::midpoint(low, high)
    }
}

/// The first flip along each line from the base, if looking at some shares of it shows one; the
/// shares rise, and are looked at together. `tolerance` as in [`narrow`].
pub(super) fn first_flips<R: Response>(
    prober: &mut Prober<'_, R>,
    space: &Space,
    lines: &[Vec<f64>],
    shares: &[f64],
    tolerance: f64,
) -> Result<Vec<Found>, R::Error> {
    let points: Vec<Vec<f64>> = lines
        .iter()
        .flat_map(|line| shares.iter().map(|&share| space.along(line, share)))
        .collect();
    let answers = prober.many(&points)?;
    let mut flips = Vec::new();
    for (line, answers) in lines.iter().zip(answers.chunks(shares.len())) {
        let Some(first) = answers.iter().position(|&progress| progress >= 0.0) else {
            continue;
        };
        let before = match first {
            0 => (0.0, prober.start()),
            _ => (shares[first - 1], answers[first - 1]),
        };
        let bracket = Bracket {
            before,
            after: (shares[first], answers[first]),
        };
        flips.push(narrow(prober, space, line, bracket, tolerance)?);
    }
    Ok(flips)
}
