use super::Distribution;

/// A number that is known exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point(pub(crate) f64);

impl Distribution for Point {
    fn central(&self) -> f64 {
        self.0
    }

    fn support(&self) -> (f64, f64) {
        (self.0, self.0)
    }

    fn quantile(&self, _: f64) -> f64 {
        self.0
    }

    fn cdf(&self, x: f64) -> f64 {
        if x < self.0 { 0.0 } else { 1.0 }
    }

    fn mean(&self) -> f64 {
        self.0
    }

    fn variance(&self) -> f64 {
        0.0
    }
}
