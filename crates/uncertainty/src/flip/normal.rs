use std::f64::consts::SQRT_2;

use statrs::function::erf::erfc;

/// `Φ(z)`, kept off 0 and 1 so that it is a point of the open unit interval.
pub(super) fn unit(z: f64) -> f64 {
    cdf(z).clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0)
}

/// The standard normal distribution function, precise in both tails.
pub(super) fn cdf(z: f64) -> f64 {
    0.5 * erfc(-z / SQRT_2)
}
