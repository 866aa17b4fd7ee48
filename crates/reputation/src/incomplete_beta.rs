//! The beta distribution's cumulative function and its inverse.
//!
//! The inverse in common libraries is Newton's method from a clamped start (Cran, Martin & Thomas
//! 1977), which loses digits at skewed shapes and need not end at extreme ones. Bisection always
//! ends and is as exact as the cumulative function.

use statrs::function::gamma::ln_gamma;

/// Beyond this total of its shapes a distribution is replaced by the one with the same mean and
/// this total: it is a little too wide, and the continued fraction stays short.
const MOST: f64 = 1e9;

/// A beta distribution with positive, finite shapes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BetaDistribution {
    a: f64,
    b: f64,
    ln_beta: f64,
}

impl BetaDistribution {
    pub(crate) fn new(a: f64, b: f64) -> Self {
        let excess = ((a + b) / MOST).max(1.0);
        let (a, b) = (a / excess, b / excess);
        Self {
            a,
            b,
            ln_beta: ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b),
        }
    }

    /// The chance of a value up to `x`, the regularised incomplete beta function `I_x(a, b)`.
    pub(crate) fn cumulative(self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        } else if x >= 1.0 {
            return 1.0;
        }
        let Self { a, b, ln_beta } = self;
        let factor = (a * x.ln() + b * (-x).ln_1p() - ln_beta).exp();
        // The fraction converges fast on this side of the mean, the mirror image on the other.
        if x <= (a + 1.0) / (a + b + 2.0) {
            (factor * continued_fraction(a, b, x) / a).min(1.0)
        } else {
            (1.0 - factor * continued_fraction(b, a, 1.0 - x) / b).max(0.0)
        }
    }

    /// The value below which the distribution has mass `p`, by bisection to the last bit (or to
    /// 2⁻²⁰⁰, whichever comes first).
    pub(crate) fn quantile(self, p: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                break;
            }
            if self.cumulative(middle) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    }
}

/// The continued fraction of `I_x(a, b)` (Abramowitz & Stegun 1964, 26.5.8) by Lentz's method. It
/// needs some `√max(a, b)` terms at worst.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    let terms = 200.0 + 20.0 * a.max(b).sqrt();
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let (mut c, mut fraction, mut m) = (1.0, d, 1.0);
    while m <= terms {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() <= f64::EPSILON {
            break;
        }
        m += 1.0;
    }
    fraction
}

fn away_from_zero(value: f64) -> f64 {
    const TINY: f64 = 1e-300;
    if value.abs() < TINY { TINY } else { value }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;
    use statrs::distribution::{Beta, ContinuousCDF};

    use super::*;

    #[test]
    fn closed_forms_hold_for_shapes_of_one() {
        for n in [1.0, 2.5, 40.0, 1e4, 1e8] {
            for x in [1e-9, 0.3, 0.9, 1.0 - 1e-9] {
                let power = BetaDistribution::new(n, 1.0).cumulative(x);
                assert_relative_eq!(power, x.powf(n), epsilon = 1e-12, max_relative = 1e-6);
                let mirrored = BetaDistribution::new(1.0, n).cumulative(x);
                let closed = -f64::exp_m1(n * (-x).ln_1p());
                assert_relative_eq!(mirrored, closed, epsilon = 1e-12, max_relative = 1e-6);
            }
        }
    }

    #[test]
    fn quantiles_are_exact_near_the_ends() {
        // 1 − (1 − x)ⁿ = p has the root −expm1(ln(1 − p)/n).
        for n in [1.0, 100.0, 1e6] {
            for p in [1e-6, 0.025, 0.5, 0.975] {
                let quantile = BetaDistribution::new(1.0, n).quantile(p);
                let closed = -f64::exp_m1(f64::ln_1p(-p) / n);
                assert_relative_eq!(quantile, closed, max_relative = 1e-8);
            }
        }
    }

    #[test]
    fn many_acts_tend_to_the_normal_distribution() {
        for n in [1e6, 1e9, 1e15] {
            let sd = 0.5 / (2.0 * f64::min(n, 5e8) + 1.0).sqrt();
            let upper = BetaDistribution::new(n, n).quantile(0.975);
            assert_relative_eq!((upper - 0.5) / sd, 1.959_964, epsilon = 1e-5);
        }
    }

    #[test]
    fn extreme_shapes_still_end() {
        for (a, b) in [
            (1e-6, 1e-6),
            (1e-6, 1e15),
            (1e15, 1e-6),
            (1e15, 1.0),
            (0.5, 1e9),
        ] {
            let beta = BetaDistribution::new(a, b);
            let (low, high) = (beta.quantile(0.025), beta.quantile(0.975));
            assert!(
                0.0 <= low && low <= high && high <= 1.0,
                "{a} {b}: {low} {high}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn an_independent_library_agrees(a in 1.0..300.0_f64, b in 1.0..300.0_f64, p in 0.01..0.99_f64) {
            let theirs = Beta::new(a, b).unwrap();
            let ours = BetaDistribution::new(a, b);
            let x = ours.quantile(p);
            prop_assert!((theirs.cdf(x) - p).abs() < 1e-10, "{x} has mass {}", theirs.cdf(x));
            prop_assert!((theirs.inverse_cdf(p) - x).abs() < 1e-7, "{} {x}", theirs.inverse_cdf(p));
        }
    }
}
