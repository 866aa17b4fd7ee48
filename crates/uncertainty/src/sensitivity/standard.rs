//! Outputs on a scale of their own, so that no square of one overflows, underflows or loses its
//! digits to a large mean.

/// How an output is brought to mean 0 and largest magnitude 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standard {
    /// The mean, in the output's units.
    pub(super) mean: f64,
    /// The largest distance from the mean, positive.
    pub(super) scale: f64,
}

impl Standard {
    /// The scale of these values, or `None` if they are all equal, or none. `O(n)`.
    pub(super) fn of(values: &(impl Iterator<Item = f64> + Clone)) -> Option<Self> {
        let (mut n, mut sum) = (0_u64, 0.0);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.clone() {
            n += 1;
            sum += value;
            (low, high) = (low.min(value), high.max(value));
        }
        if low >= high || n == 0 {
            return None;
        }
        let mean = (sum / n as f64).clamp(low, high);
        let scale = (high - mean).max(mean - low);
        Some(Self { mean, scale })
    }

    /// The value on the scale, between −1 and 1 for a value it was made of.
    pub(super) fn apply(self, value: f64) -> f64 {
        (value - self.mean) / self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_become_one() {
        let standard = Standard::of(&[1e100, -1e100, 0.0, 0.0].into_iter()).unwrap();
        assert_eq!((standard.mean, standard.apply(-1e100)), (0.0, -1.0));
        let tiny = Standard::of(&[1e-300, 3e-300].into_iter()).unwrap();
        approx::assert_relative_eq!(tiny.apply(1e-300), -1.0, epsilon = 1e-9);
    }

    #[test]
    fn what_does_not_vary_has_no_scale() {
        assert!(Standard::of(&std::iter::empty()).is_none());
        assert!(Standard::of(&[0.1; 7].into_iter()).is_none());
    }
}
