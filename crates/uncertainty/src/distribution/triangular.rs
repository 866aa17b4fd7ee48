use super::Distribution;

/// Low–mode–high: a density that rises in a straight line from `low` to `mode` and falls in one to
/// `high`. `low ≤ mode ≤ high` and `low < high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Triangular {
    pub(crate) low: f64,
    pub(crate) mode: f64,
    pub(crate) high: f64,
}

impl Triangular {
    fn width(&self) -> f64 {
        self.high - self.low
    }

    /// The probability of a value of at most the mode.
    fn mass_below_mode(&self) -> f64 {
        (self.mode - self.low) / self.width()
    }
}

impl Distribution for Triangular {
    fn central(&self) -> f64 {
        self.mode
    }

    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn quantile(&self, u: f64) -> f64 {
        let below = self.mass_below_mode();
        if u <= below {
            (self.low + self.width() * (u * below).sqrt()).min(self.mode)
        } else {
            (self.high - self.width() * ((1.0 - u) * (1.0 - below)).sqrt()).max(self.mode)
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        // A product of ratios: squared distances would underflow in a very narrow triangle.
        if x <= self.low {
            0.0
        } else if x >= self.high {
            1.0
        } else if x <= self.mode {
            (x - self.low) / self.width() * ((x - self.low) / (self.mode - self.low))
        } else {
            1.0 - (self.high - x) / self.width() * ((self.high - x) / (self.high - self.mode))
        }
    }

    fn mean(&self) -> f64 {
        self.mode + ((self.low - self.mode) + (self.high - self.mode)) / 3.0
    }

    fn variance(&self) -> f64 {
        let (left, right) = (self.mode - self.low, self.high - self.mode);
        (left * left + left * right + right * right) / 18.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::checks;

    fn triangular(low: f64, mode: f64, high: f64) -> Triangular {
        Triangular { low, mode, high }
    }

    #[test]
    fn quartiles_of_the_symmetric_triangle() {
        let shape = triangular(0.0, 1.0, 2.0);
        assert_eq!(shape.quantile(0.5), 1.0);
        assert_eq!(shape.quantile(0.125), 0.5);
        assert_eq!(shape.cdf(0.5), 0.125);
        assert_eq!((shape.mean(), shape.variance()), (1.0, 1.0 / 6.0));
    }

    #[test]
    fn the_mode_may_stand_at_either_end() {
        for shape in [
            triangular(0.0, 0.0, 1.0),
            triangular(0.0, 1.0, 1.0),
            triangular(-0.7, 0.1, 3.0),
        ] {
            checks::coherent(&shape, 1e-14);
            let (mean, variance) = checks::moments_by_quadrature(&shape, 20_000);
            approx::assert_relative_eq!(shape.mean(), mean, epsilon = 1e-6);
            approx::assert_relative_eq!(shape.variance(), variance, epsilon = 1e-6);
        }
        // Mode at the low end: F(x) = 1 − (1 − x)².
        approx::assert_relative_eq!(triangular(0.0, 0.0, 1.0).quantile(0.75), 0.5);
    }

    #[test]
    fn the_narrowest_triangle_gives_no_nan() {
        let tiny = f64::from_bits(1);
        let shape = triangular(0.0, tiny, 2.0 * tiny);
        for u in checks::GRID {
            assert!(shape.cdf(shape.quantile(u)) <= 1.0);
        }
    }
}
