use std::f64::consts::SQRT_2;

use statrs::function::erf::{erfc, erfc_inv};

use super::Distribution;

/// The normal distribution; `sd > 0`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Normal {
    pub(crate) mean: f64,
    pub(crate) sd: f64,
}

impl Distribution for Normal {
    fn central(&self) -> f64 {
        self.mean
    }

    fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    fn quantile(&self, u: f64) -> f64 {
        // The complementary inverse keeps its precision in the lower tail; no u above ½ is closer
        // to 1 than 2⁻⁵³, so the upper one needs no mirror.
        self.mean - self.sd * SQRT_2 * erfc_inv(2.0 * u)
    }

    fn cdf(&self, x: f64) -> f64 {
        0.5 * erfc((self.mean - x) / self.sd / SQRT_2)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.sd * self.sd
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::checks;

    /// Φ⁻¹(u) to 17 digits, by root finding at 50 digits.
    const REFERENCE: [(f64, f64); 6] = [
        (1e-300, -37.047_096_299_361_2),
        (1e-10, -6.361_340_902_404_056),
        (0.025, -1.959_963_984_540_054_2),
        (0.3, -0.524_400_512_708_040_8),
        (0.8, 0.841_621_233_572_914_3),
        (0.999, 3.090_232_306_167_813),
    ];

    #[test]
    fn quantiles_reproduce_the_reference() {
        let standard = Normal { mean: 0.0, sd: 1.0 };
        for (u, z) in REFERENCE {
            approx::assert_relative_eq!(standard.quantile(u), z, max_relative = 1e-13);
            approx::assert_relative_eq!(standard.cdf(z), u, max_relative = 1e-10);
        }
    }

    #[test]
    fn location_and_scale() {
        let shape = Normal {
            mean: 10.0,
            sd: 2.0,
        };
        approx::assert_relative_eq!(shape.quantile(0.8), 11.683_242_467_145_828);
        assert_eq!(shape.quantile(0.5), 10.0);
        // The library's erfc keeps ten digits.
        checks::coherent(&shape, 1e-10);
        let (mean, variance) = checks::moments_by_quadrature(&shape, 100_000);
        approx::assert_relative_eq!(shape.mean(), mean, epsilon = 1e-9);
        approx::assert_relative_eq!(shape.variance(), variance, epsilon = 1e-3);
    }

    #[test]
    fn the_ends_of_the_line_have_probabilities() {
        let narrow = Normal {
            mean: 1.0,
            sd: f64::from_bits(1),
        };
        assert_eq!(narrow.cdf(f64::NEG_INFINITY), 0.0);
        assert_eq!(narrow.cdf(f64::INFINITY), 1.0);
        assert_eq!(narrow.cdf(1.0), 0.5);
    }
}
