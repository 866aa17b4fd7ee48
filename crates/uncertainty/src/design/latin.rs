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
