use crate::{
    Response,
    flip::{
        Effort, FlipSearch, Norm,
        checks::check,
        nearest::{Descent, descend},
        normal,
        prober::{Found, Prober},
        slope::linearised,
        space::Space,
    },
};

/// How surely the margin is positive, to first order.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reliability {
    /// The signed distance `β` of the medians from the limit state, in standard deviations:
    /// positive if their margin is, 0 or negative if they are on the far side.
    pub beta: f64,
    /// `Φ(−β)`, the first-order chance of a margin of 0 or less: exact if the limit state is a
    /// plane in the standard normal space.
    pub probability: f64,
    /// `αᵢ²`, what share of `β²` is due to each coordinate; they sum to 1, or are all 0 if the
    /// medians lie on a limit state without a slope.
    pub importance: Vec<f64>,
    /// The design point: the nearest and so likeliest point of the limit state, in the standard
    /// normal space, on the side of it where the medians are not.
    pub z: Vec<f64>,
    /// The design point in the unit cube.
    pub u: Vec<f64>,
    /// The margin at the medians.
    pub margin: f64,
    /// The number of points at which the model was asked.
    pub evaluations: usize,
    /// Whether the search ended because nothing improved, not because its budget was spent.
    pub converged: bool,
}

/// The first-order reliability method (Hasofer & Lind 1974; Rackwitz & Fiessler 1978; Melchers &
/// Beck 2018, ch. 4): the distance `β` of the medians from the *limit state*, where the margin is 0,
/// and what follows from it if the limit state is taken to be a plane.
///
/// The search is that of [`nearest_flip`](crate::flip::nearest_flip) by the norm
/// [`L2`](Norm::L2) from the medians, carried to a precision of 10⁻⁹ where the margin is smooth.
/// `None` if nothing within reach flips: then the chance is of the order of `Φ(−reach)` or less for
/// a limit state that is a plane.
///
/// # Errors
/// As [`nearest_flip`](crate::flip::nearest_flip).
///
/// ```
/// use detente_uncertainty::{Response, Uncertain, UncertaintyError, flip::{Effort, reliability}};
///
/// /// What a structure bears, less its load.
/// struct Spare(Uncertain, Uncertain);
/// impl Response for Spare {
///     type Scratch = ();
///     type Error = UncertaintyError;
///     fn n_inputs(&self) -> usize { 2 }
///     fn n_outputs(&self) -> usize { 1 }
///     fn scratch(&self) {}
///     fn evaluate(&self, _: &mut (), point: &[f64], outputs: &mut [f64]) -> Result<(), UncertaintyError> {
///         outputs[0] = self.0.quantile(point[0]) - self.1.quantile(point[1]);
///         Ok(())
///     }
/// }
///
/// let spare = Spare(Uncertain::normal(5.0, 1.0)?, Uncertain::normal(2.0, 0.8)?);
/// let safe = reliability(&spare, 0, &Effort::default())?.unwrap();
/// assert!((safe.beta - 3.0 / 1.64_f64.sqrt()).abs() < 1e-9);
/// assert!((safe.probability - 0.009_575).abs() < 1e-6);
/// assert!((safe.importance[0] - 1.0 / 1.64).abs() < 1e-6);
/// # Ok::<(), UncertaintyError>(())
/// ```
pub fn reliability<R: Response>(
    model: &R,
    output: usize,
    effort: &Effort,
) -> Result<Option<Reliability>, R::Error> {
    let search = FlipSearch {
        output,
        effort: *effort,
        ..FlipSearch::from_medians(model.n_inputs())
    };
    check(model, &search)?;
    let place = |step: &[f64], point: &mut [f64]| search.place(step, point);
    let mut prober = Prober::new(model, &place, search.base.len(), search.question())?;
    let space = Space::new(search.room());
    let descent = Descent {
        space: &space,
        norm: Norm::L2,
        effort,
        tolerance: 1e-10,
        gain: 1e-9,
        rounds: 50,
    };
    if space.active.is_empty() {
        return Ok(None);
    }
    let Some(design) = descend(&mut prober, &descent, &[])? else {
        return Ok(None);
    };
    let importance = importance(&mut prober, &space, &design)?;
    let (distance, margin) = (Norm::L2.length(&design.step), prober.margin_before());
    let beta = if margin > 0.0 { distance } else { -distance };
    Ok(Some(Reliability {
        beta,
        probability: normal::cdf(-beta),
        importance,
        u: design.step.iter().map(|&z| normal::unit(z)).collect(),
        z: design.step,
        margin,
        evaluations: prober.evaluations(),
        converged: !prober.ran_short(),
    }))
}

/// The squared cosines of the direction of the design point or, where that is too near to the
/// medians to have one, of the slope at them.
fn importance<R: Response>(
    prober: &mut Prober<'_, R>,
    space: &Space,
    design: &Found,
) -> Result<Vec<f64>, R::Error> {
    let mut direction = design.step.clone();
    if Norm::L2.length(&direction) < 1e-3 {
        let cut = linearised(prober, space, &design.step, design.progress)?;
        direction = cut.map_or(space.nowhere(), |cut| cut.slope);
    }
    let length = Norm::L2.length(&direction);
    if length > 0.0 {
        direction.iter_mut().for_each(|part| *part /= length);
    }
    Ok(direction.iter().map(|part| part * part).collect())
}

#[cfg(test)]
mod tests {
    use approx::assert_abs_diff_eq;

    use super::*;
    use crate::flip::tests::margin;

    fn first_order(n: usize, of_z: impl Fn(&[f64]) -> f64 + Sync) -> Reliability {
        reliability(&margin(n, of_z), 0, &Effort::default())
            .unwrap()
            .unwrap()
    }

    #[test]
    fn resistance_and_load() {
        // R ~ N(5, 1) less S ~ N(2, 0.8).
        let safe = first_order(2, |z| 5.0 + z[0] - (2.0 + 0.8 * z[1]));
        assert_abs_diff_eq!(safe.beta, 2.342_606_428_329_091, epsilon = 1e-9);
        assert_abs_diff_eq!(safe.probability, 0.009_574_786, epsilon = 1e-7);
        assert_abs_diff_eq!(safe.importance[0], 0.609_756_097_56, epsilon = 1e-7);
        assert_abs_diff_eq!(safe.importance[1], 0.390_243_902_44, epsilon = 1e-7);
        // The same seen from the far side.
        let lost = first_order(2, |z| 2.0 + 0.8 * z[0] - (5.0 + z[1]));
        assert_abs_diff_eq!(lost.beta, -2.342_606_428_329_091, epsilon = 1e-9);
        assert_abs_diff_eq!(lost.probability, 1.0 - 0.009_574_786, epsilon = 1e-7);
    }

    #[test]
    fn curved_limit_states() {
        // z₁ z₂ type: (z₀ + 3)(z₁ + 4) = 4, whose nearest point solves a quartic; by the multiplier
        // condition z₀ (z₀ + 3) = z₁ (z₁ + 4) on the curve.
        let curved = first_order(2, |z| (z[0] + 3.0) * (z[1] + 4.0) - 4.0);
        let (x, y) = (curved.z[0], curved.z[1]);
        assert_abs_diff_eq!((x + 3.0) * (y + 4.0), 4.0, epsilon = 1e-7);
        assert_abs_diff_eq!(x * (x + 3.0), y * (y + 4.0), epsilon = 2e-4);
        let nearest = (1..200_000)
            .map(|i| f64::from(i) * 1e-4 - 3.0)
            .map(|x| x.hypot(4.0 / (x + 3.0) - 4.0))
            .fold(f64::INFINITY, f64::min);
        assert_abs_diff_eq!(curved.beta, nearest, epsilon = 1e-6);
        // A parabola, 3 − z₁ + z₀²/10 ≤ 0: the vertex, at 3.
        let bowl = first_order(2, |z| 3.0 - z[1] + 0.1 * z[0] * z[0]);
        assert_abs_diff_eq!(bowl.beta, 3.0, epsilon = 1e-6);
        assert_abs_diff_eq!(bowl.importance.iter().sum::<f64>(), 1.0, epsilon = 1e-12);
    }

    #[test]
    fn medians_on_the_limit_state_and_none_within_reach() {
        let even = first_order(2, |z| 3.0 * z[0] - 4.0 * z[1]);
        assert_abs_diff_eq!(even.beta, 0.0, epsilon = 1e-9);
        assert_abs_diff_eq!(even.probability, 0.5, epsilon = 1e-9);
        assert_abs_diff_eq!(even.importance[0], 0.36, epsilon = 1e-6);
        let sure = reliability(&margin(2, |z| 10.0 + z[0]), 0, &Effort::default());
        assert_eq!(sure, Ok(None));
        assert_eq!(
            reliability(&margin(0, |_| 1.0), 0, &Effort::default()),
            Ok(None)
        );
        assert!(reliability(&margin(1, |z| z[0]), 1, &Effort::default()).is_err());
    }
}
