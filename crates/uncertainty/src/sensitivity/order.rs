//! Random orders of the factors, one for every row.

use crate::Stream;

/// An order of the factors, and room to draw the next one.
#[derive(Debug, Default)]
pub(super) struct Order {
    factors: Vec<usize>,
    uniforms: Vec<f64>,
}

impl Order {
    /// Draws the order of row `row`, all `k!` of them equally likely up to the 52 bits of a draw
    /// (Fisher and Yates 1938). `O(k)`; depends on the stream and the row alone.
    pub(super) fn draw(&mut self, stream: &Stream, row: usize, k: usize) {
        self.uniforms.resize(k, 0.5);
        stream.uniforms(row as u64 * k as u64, &mut self.uniforms);
        self.factors.clear();
        self.factors.extend(0..k);
        for (place, &uniform) in self.uniforms.iter().enumerate() {
            let left = k - place;
            let chosen = ((uniform * left as f64) as usize).min(left - 1);
            self.factors.swap(place, place + chosen);
        }
    }

    /// The factor at a place.
    pub(super) fn at(&self, place: usize) -> usize {
        self.factors[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sampler;

    #[test]
    fn all_orders_are_equally_likely() {
        let stream = Sampler::new(5).stream("orders");
        let mut counts = std::collections::BTreeMap::new();
        let mut order = Order::default();
        for row in 0..6000 {
            order.draw(&stream, row, 3);
            *counts.entry(order.factors.clone()).or_insert(0.0) += 1.0;
        }
        // Six orders, 1000 each, standard deviation 29.
        assert_eq!(counts.len(), 6);
        for (order, count) in counts {
            assert!(
                (count - 1000.0_f64).abs() < 4.5 * 29.0,
                "{order:?}: {count}"
            );
        }
    }
}
