use crate::{
    Response,
    flip::{cuts::Cut, cuts::dot, prober::Prober, space::Space},
};

/// The step of a difference quotient, in standard deviations.
const DIFFERENCE: f64 = 1e-4;

/// The margin linearised at a step by one-sided differences, taken inwards at the ends; `None` if
/// the budget is spent. Infinite slopes, at jumps from or to infinity, count as none. `n` points.
pub(super) fn linearised<R: Response>(
    prober: &mut Prober<'_, R>,
    space: &Space,
    step: &[f64],
    progress: f64,
) -> Result<Option<Cut>, R::Error> {
    let nudges: Vec<f64> = space
        .active
        .iter()
        .map(|&i| match step[i] + DIFFERENCE <= space.high[i] {
            true => DIFFERENCE,
            false => -DIFFERENCE,
        })
        .collect();
    let points: Vec<Vec<f64>> = space
        .active
        .iter()
        .zip(&nudges)
        .map(|(&i, nudge)| {
            let mut point = step.to_vec();
            point[i] += nudge;
            point
        })
        .collect();
    let answers = prober.many(&points)?;
    if answers.len() < points.len() {
        return Ok(None);
    }
    let mut slope = space.nowhere();
    for ((&i, nudge), answer) in space.active.iter().zip(&nudges).zip(answers) {
        let quotient = (answer - progress) / nudge;
        slope[i] = if quotient.is_finite() { quotient } else { 0.0 };
    }
    // Where the margin itself is infinite there is nothing to extrapolate.
    let bound = dot(&slope, step) - progress;
    Ok(bound.is_finite().then_some(Cut { slope, bound }))
}
