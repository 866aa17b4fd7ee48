use super::permutation::Permutation;
use crate::{Stream, mixer::Mixer};

/// One coordinate of Latin hypercubes, one for every replicate.
///
/// Point `k` of `n` lies in part `π(k)` of `n` equal parts of the unit interval, with `π` a random
/// permutation, at a place that the uniform of the stream says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Latin {
    places: Stream,
    orders: Mixer,
}

impl Latin {
    pub(crate) fn new(places: Stream) -> Self {
        Self {
            places,
            orders: places.mixer(*b"permuted"),
        }
    }

    /// Fills `out` with points `first`, `first + 1`, … of the hypercube of `n` points that belongs
    /// to a replicate.
    pub(crate) fn fill(&self, n: u64, replicate: u64, first: u64, out: &mut [f64]) {
        self.places.uniforms(replicate * n + first, out);
        let order = Permutation::new(n, self.orders.part(replicate));
        let half_a_step = f64::EPSILON / 2.0;
        for (value, point) in out.iter_mut().zip(first..) {
            let part = order.at(point) as f64;
            // Far up, the sum may be rounded to the end of the interval.
            *value = ((part + *value) / n as f64).clamp(half_a_step, 1.0 - half_a_step);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Replicates, Sampler};

    fn latin(name: &str) -> Latin {
        Latin::new(Sampler::new(11).stream(name))
    }

    #[test]
    fn the_largest_hypercube_stays_inside() {
        let n = 1 << 52;
        let mut out = [0.0; 64];
        for first in [0, n - 64] {
            latin("x").fill(n, 0, first, &mut out);
            assert!(out.iter().all(|&u| 0.0 < u && u < 1.0));
        }
    }

    /// Places within the parts are uniform and coordinates are independent: mean and variance of a
    /// coordinate, and the mean of a product, over many hypercubes of three points.
    #[test]
    fn points_are_uniform_and_coordinates_independent() {
        let (x, y) = (latin("x"), latin("y"));
        let (mut xs, mut ys) = ([0.0; 3], [0.0; 3]);
        let mut moments = [Vec::new(), Vec::new(), Vec::new()];
        for replicate in 0..40_000 {
            x.fill(3, replicate, 0, &mut xs);
            y.fill(3, replicate, 0, &mut ys);
            moments[0].push(xs[1]);
            moments[1].push(xs[1] * xs[1]);
            moments[2].push(xs[1] * ys[1]);
        }
        for (values, expected) in moments.iter().zip([0.5, 1.0 / 3.0, 0.25]) {
            let mean = Replicates::of(values).unwrap();
            let off = (mean.mean - expected) / mean.standard_error;
            assert!(off.abs() < 4.5, "{expected}: {off} standard errors");
        }
    }

    /// Stein (1987): of `x + 2y` nothing is left but the places within the parts, whose variance is
    /// 5/12 n⁻³; of `xy` with centred factors, the whole variance of plain draws, 1/144 n⁻¹.
    #[test]
    fn additive_functions_lose_their_variance() {
        let n = 50;
        let (x, y) = (latin("x"), latin("y"));
        let (mut xs, mut ys) = (vec![0.0; n], vec![0.0; n]);
        let (mut sums, mut products) = (Vec::new(), Vec::new());
        for replicate in 0..2000 {
            x.fill(n as u64, replicate, 0, &mut xs);
            y.fill(n as u64, replicate, 0, &mut ys);
            let pairs = || xs.iter().zip(&ys);
            sums.push(pairs().map(|(x, y)| x + 2.0 * y).sum::<f64>() / n as f64);
            let product = pairs().map(|(x, y)| (x - 0.5) * (y - 0.5));
            products.push(product.sum::<f64>() / n as f64);
        }
        let variance =
            |values: &[f64]| Replicates::of(values).unwrap().standard_error.powi(2) * 2000.0;
        // The sampling error of a variance is 3% at 2000 replicates.
        let of_sums = variance(&sums) / (5.0 / 12.0 / 125_000.0);
        let of_products = variance(&products) / (1.0 / 144.0 / 50.0);
        assert!((0.85..1.15).contains(&of_sums), "{of_sums}");
        assert!((0.85..1.15).contains(&of_products), "{of_products}");
    }
}
