use std::f64::consts::SQRT_2;

use statrs::function::erf::{erfc, erfc_inv};

/// `Φ(z)`, kept off 0 and 1 so that it is a point of the open unit interval.
pub(super) fn unit(z: f64) -> f64 {
    cdf(z).clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0)
}

/// The standard normal distribution function, precise in both tails.
pub(super) fn cdf(z: f64) -> f64 {
    0.5 * erfc(-z / SQRT_2)
}

/// The standard normal score of a coordinate of the unit cube: `Φ⁻¹(u)`, infinite at 0 and 1 and NaN
/// outside.
///
/// ```
/// use detente_uncertainty::flip::normal_score;
/// assert_eq!(normal_score(0.5), 0.0);
/// assert!((normal_score(0.841_344_746) - 1.0).abs() < 1e-8);
/// ```
#[must_use]
pub fn normal_score(u: f64) -> f64 {
    if !(0.0..=1.0).contains(&u) {
        return f64::NAN;
    }
    -SQRT_2 * erfc_inv(2.0 * u)
}
