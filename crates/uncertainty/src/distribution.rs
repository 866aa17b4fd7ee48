//! The shapes an uncertain number can take, one a file. Each is a checked value: whoever holds
//! one may sample it without further questions.

mod band;
mod beta;
mod discrete;
mod normal;
mod point;
mod triangular;
mod uniform;

pub(crate) use beta::Beta;
pub(crate) use discrete::Discrete;
pub(crate) use normal::Normal;
pub(crate) use point::Point;
pub(crate) use triangular::Triangular;
pub(crate) use uniform::Uniform;

/// What every shape answers. `u` is strictly between 0 and 1; `x` is not NaN.
pub(crate) trait Distribution {
    /// The single number that stands for the distribution in a run without draws.
    fn central(&self) -> f64;
    /// The smallest and the largest value, perhaps infinite.
    fn support(&self) -> (f64, f64);
    /// The value that is exceeded with probability `1 − u`.
    fn quantile(&self, u: f64) -> f64;
    /// The probability of a value of at most `x`.
    fn cdf(&self, x: f64) -> f64;
    /// The expected value.
    fn mean(&self) -> f64;
    /// The expected squared distance from the mean.
    fn variance(&self) -> f64;
}

#[cfg(test)]
pub(crate) mod checks {
    use super::Distribution;

    /// Uniforms from deep in one tail to deep in the other.
    pub(crate) const GRID: [f64; 13] = [
        1e-300,
        1e-16,
        1e-9,
        1e-4,
        0.03,
        0.2,
        0.5,
        0.7,
        0.93,
        0.999,
        1.0 - 1e-9,
        1.0 - 1e-13,
        1.0 - f64::EPSILON / 2.0,
    ];

    /// Mean and variance by the midpoint rule over the quantile function: independent of the
    /// closed forms, good to about 1/n.
    pub(crate) fn moments_by_quadrature(shape: &impl Distribution, n: u32) -> (f64, f64) {
        let nodes = |k: u32| shape.quantile((f64::from(k) + 0.5) / f64::from(n));
        let mean = (0..n).map(nodes).sum::<f64>() / f64::from(n);
        let square = |k: u32| (nodes(k) - mean).powi(2);
        (mean, (0..n).map(square).sum::<f64>() / f64::from(n))
    }

    /// That `cdf` undoes `quantile` to within `tolerance`, that quantiles rise and that they stay
    /// in the support.
    #[track_caller]
    pub(crate) fn coherent(shape: &impl Distribution, tolerance: f64) {
        let (low, high) = shape.support();
        let mut last = low;
        for u in GRID {
            let x = shape.quantile(u);
            assert!(last <= x && x <= high, "quantile({u}) = {x} after {last}");
            let back = shape.cdf(x);
            assert!((back - u).abs() <= tolerance, "cdf({x}) = {back}, not {u}");
            last = x;
        }
    }
}
