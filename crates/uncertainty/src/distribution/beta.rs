use std::f64::consts::{LN_2, SQRT_2};

use statrs::function::{beta::checked_beta_reg, erf::erfc_inv, gamma::ln_gamma};

use super::Distribution;
use crate::UncertaintyError;

/// The beta distribution on `[0, 1]`, density proportional to `x^(a−1) (1−x)^(b−1)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Beta {
    a: f64,
    b: f64,
    /// `ln B(a, b)`, kept because every step of a quantile needs it.
    ln_beta: f64,
    /// The probability of a value of at most ½: which end a quantile is measured from.
    lower_half: f64,
}

impl Beta {
    /// Checks that both shapes lie where the incomplete beta function keeps ten digits.
    pub(crate) fn new(a: f64, b: f64) -> Result<Self, UncertaintyError> {
        let (a, b) = (
            shape("beta's first shape a", a)?,
            shape("beta's second shape b", b)?,
        );
        Ok(Self {
            a,
            b,
            ln_beta: ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b),
            lower_half: incomplete(a, b, 0.5),
        })
    }

    pub(crate) fn shapes(&self) -> (f64, f64) {
        (self.a, self.b)
    }
}

fn shape(parameter: &'static str, given: f64) -> Result<f64, UncertaintyError> {
    if (1e-3..=1e4).contains(&given) {
        Ok(given)
    } else {
        Err(UncertaintyError::OutOfRange {
            parameter,
            given,
            expected: "a number from 0.001 to 10000",
        })
    }
}

/// The regularised incomplete beta function `I_x(a, b)`, for `x` in `[0, ½]`.
fn incomplete(a: f64, b: f64, x: f64) -> f64 {
    // Its only errors are arguments outside the range, which `new` and the callers exclude.
    checked_beta_reg(a, b, x).map_or(0.0, |value| value.clamp(0.0, 1.0))
}

/// The `x ≤ ½` with `I_x(a, b) = u`, for `u ≤ I_½(a, b)`.
///
/// Newton's method on `ln I` as a function of `t = ln x`, which is nearly a straight line of slope
/// `a` in the tail, kept inside a shrinking bracket: a step that leaves it becomes a bisection.
fn lower_quantile(a: f64, b: f64, ln_beta: f64, u: f64) -> f64 {
    // Below −745 the exponential is 0: smaller values have no f64.
    let (mut low, mut high) = (-745.0, -LN_2);
    let mut t = first_guess(a, b, ln_beta, u).clamp(low, high);
    for _ in 0..100 {
        let x = t.exp();
        let ln_mass = incomplete(a, b, x).ln();
        let excess = ln_mass - u.ln();
        if excess < 0.0 {
            low = t;
        } else {
            high = t;
        }
        let slope = (a * t + (b - 1.0) * (-x).ln_1p() - ln_beta - ln_mass).exp();
        let newton = t - excess / slope;
        let next = if low <= newton && newton <= high {
            newton
        } else {
            f64::midpoint(low, high)
        };
        // Convergence is quadratic: after a step this short the next one is below rounding.
        let step = (next - t).abs();
        t = next;
        if step <= 1e-10 * (1.0 + t.abs()) {
            break;
        }
    }
    t.exp().min(0.5)
}

/// About `ln x` for `I_x(a, b) = u`: from the normal approximation of Carter (1947) where the
/// density has a peak, and otherwise from the leading term `x^a / (a B(a, b))` of the tail.
fn first_guess(a: f64, b: f64, ln_beta: f64, u: f64) -> f64 {
    if a <= 1.0 || b <= 1.0 {
        return (u.ln() + a.ln() + ln_beta) / a;
    }
    let y = SQRT_2 * erfc_inv(2.0 * u);
    let (s, t) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let (h, r) = (2.0 / (s + t), (y * y - 3.0) / 6.0);
    let w = y * (h + r).sqrt() / h - (t - s) * (r + 5.0 / 6.0 - 2.0 / (3.0 * h));
    -(b / a * (2.0 * w).exp()).ln_1p()
}

impl Distribution for Beta {
    fn central(&self) -> f64 {
        if self.a > 1.0 && self.b > 1.0 {
            (self.a - 1.0) / (self.a + self.b - 2.0)
        } else {
            self.mean()
        }
    }

    fn support(&self) -> (f64, f64) {
        (0.0, 1.0)
    }

    fn quantile(&self, u: f64) -> f64 {
        if u <= self.lower_half {
            lower_quantile(self.a, self.b, self.ln_beta, u)
        } else {
            1.0 - lower_quantile(self.b, self.a, self.ln_beta, 1.0 - u)
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else if x <= 0.5 {
            incomplete(self.a, self.b, x)
        } else if x < 1.0 {
            1.0 - incomplete(self.b, self.a, 1.0 - x)
        } else {
            1.0
        }
    }

    fn mean(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    fn variance(&self) -> f64 {
        let sum = self.a + self.b;
        (self.a / sum) * (self.b / sum) / (sum + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::distribution::checks;

    fn beta(a: f64, b: f64) -> Beta {
        Beta::new(a, b).unwrap()
    }

    /// `(a, b, u, quantile)`, by bisection at 50 digits.
    const REFERENCE: [(f64, f64, f64, f64); 10] = [
        (2.0, 5.0, 0.1, 0.092_595_258_913_128_75),
        (2.0, 5.0, 0.5, 0.264_449_983_295_659_96),
        (2.0, 5.0, 0.999, 0.818_613_866_919_133_9),
        (0.5, 0.5, 0.01, 0.000_246_719_817_134_221_5),
        (0.5, 0.5, 0.9, 0.975_528_258_147_576_8),
        (30.0, 70.0, 0.3, 0.274_993_095_637_077_14),
        (0.001, 3.0, 0.9, 3.902_464_740_103_353e-47),
        (0.01, 1000.0, 0.95, 3.364_283_521_303_57e-6),
        (1000.0, 1000.0, 0.001, 0.465_487_051_520_936_3),
        (3.0, 1e4, 0.5, 0.000_267_343_552_271_810_3),
    ];

    #[test]
    fn quantiles_reproduce_the_reference() {
        for (a, b, u, x) in REFERENCE {
            approx::assert_relative_eq!(beta(a, b).quantile(u), x, max_relative = 1e-10);
        }
    }

    #[test]
    fn closed_forms() {
        // Beta(1, 1) is uniform; beta(a, 1) has quantile u^(1/a); the arcsine law is sin²(πu/2).
        for u in checks::GRID {
            approx::assert_relative_eq!(beta(1.0, 1.0).quantile(u), u, max_relative = 1e-12);
            approx::assert_relative_eq!(beta(3.0, 1.0).quantile(u), u.cbrt(), max_relative = 1e-12);
            let arcsine = (std::f64::consts::FRAC_PI_2 * u).sin().powi(2);
            approx::assert_relative_eq!(beta(0.5, 0.5).quantile(u), arcsine, max_relative = 1e-11);
        }
    }

    #[test]
    fn extreme_shapes_stay_in_the_unit_interval() {
        for a in [1e-3, 0.3, 1.0, 7.0, 1e4] {
            for b in [1e-3, 1.0, 2.5, 1e4] {
                let mut last = 0.0;
                for u in checks::GRID {
                    let x = beta(a, b).quantile(u);
                    assert!(
                        last <= x && x <= 1.0,
                        "beta({a}, {b}) at {u}: {x} after {last}"
                    );
                    last = x;
                }
            }
        }
        for refused in [0.0, -1.0, 9e-4, 1.1e4, f64::NAN, f64::INFINITY] {
            assert!(Beta::new(refused, 1.0).is_err() && Beta::new(1.0, refused).is_err());
        }
    }

    #[test]
    fn the_mode_exists_only_above_one() {
        assert_eq!(beta(2.0, 5.0).central(), 0.2);
        assert_eq!(beta(0.5, 1.5).central(), 0.25);
        let (mean, variance) = checks::moments_by_quadrature(&beta(2.0, 5.0), 20_000);
        approx::assert_relative_eq!(beta(2.0, 5.0).mean(), mean, epsilon = 1e-6);
        approx::assert_relative_eq!(beta(2.0, 5.0).variance(), variance, epsilon = 1e-6);
    }

    proptest! {
        #[test]
        fn the_cdf_undoes_the_quantile(ln_a in -4.0..9.0_f64, ln_b in -4.0..9.0_f64, u in 1e-12..1.0_f64) {
            let shape = beta(ln_a.exp(), ln_b.exp());
            let x = shape.quantile(u);
            // Next to 1 the spacing of f64, not the solver, limits what can be undone.
            prop_assume!(x < 1.0 - 1e-9);
            let back = shape.cdf(x);
            let lost = f64::EPSILON / (1.0 - x) * ln_b.exp();
            prop_assert!((back - u).abs() <= 1e-9 * u + lost, "{shape:?}: cdf({x}) is {back}, not {u}");
        }
    }
}
