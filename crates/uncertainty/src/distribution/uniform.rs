use super::Distribution;

/// Equally likely anywhere between `low` and `high`, `low < high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Uniform {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Distribution for Uniform {
    fn central(&self) -> f64 {
        self.mean()
    }

    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn quantile(&self, u: f64) -> f64 {
        (self.low + u * (self.high - self.low)).clamp(self.low, self.high)
    }

    fn cdf(&self, x: f64) -> f64 {
        (x.clamp(self.low, self.high) - self.low) / (self.high - self.low)
    }

    fn mean(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    fn variance(&self) -> f64 {
        (self.high - self.low).powi(2) / 12.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::checks;

    #[test]
    fn quantiles_are_linear() {
        let shape = Uniform {
            low: -2.0,
            high: 6.0,
        };
        assert_eq!((shape.quantile(0.25), shape.cdf(4.0)), (0.0, 0.75));
        assert_eq!((shape.cdf(-3.0), shape.cdf(f64::INFINITY)), (0.0, 1.0));
        checks::coherent(&shape, 1e-15);
    }

    #[test]
    fn moments_agree_with_quadrature() {
        let shape = Uniform {
            low: 1.0,
            high: 2.5,
        };
        let (mean, variance) = checks::moments_by_quadrature(&shape, 10_000);
        approx::assert_relative_eq!(shape.mean(), mean, epsilon = 1e-12);
        approx::assert_relative_eq!(shape.variance(), variance, epsilon = 1e-8);
    }
}
