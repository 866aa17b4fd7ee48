use super::{Distribution, Uniform};
use crate::VerbalProbability;

/// A band is uniform between its ends.
impl Distribution for VerbalProbability {
    fn central(&self) -> f64 {
        uniform(*self).central()
    }

    fn support(&self) -> (f64, f64) {
        self.ends()
    }

    fn quantile(&self, u: f64) -> f64 {
        uniform(*self).quantile(u)
    }

    fn cdf(&self, x: f64) -> f64 {
        uniform(*self).cdf(x)
    }

    fn mean(&self) -> f64 {
        uniform(*self).mean()
    }

    fn variance(&self) -> f64 {
        uniform(*self).variance()
    }
}

fn uniform(band: VerbalProbability) -> Uniform {
    let (low, high) = band.ends();
    Uniform { low, high }
}
