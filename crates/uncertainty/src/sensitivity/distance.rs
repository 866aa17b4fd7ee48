//! The Kolmogorov–Smirnov distance between a sample and a part of it.

/// The empirical distribution of a sample.
pub(super) struct Distribution {
    /// For each draw, how many are smaller than it.
    below: Vec<usize>,
    /// For each draw, how many are at most as large.
    up_to: Vec<usize>,
}

impl Distribution {
    /// `O(n log n)`.
    pub(super) fn of(values: &[f64]) -> Self {
        let n = values.len();
        let mut sorted: Vec<usize> = (0..n).collect();
        sorted.sort_by(|&first, &second| values[first].total_cmp(&values[second]));
        let (mut below, mut up_to) = (vec![0; n], vec![0; n]);
        let mut start = 0;
        // Zero and negative zero are one value, so that it is not bits which are compared.
        for group in sorted.chunk_by(|&first, &second| values[first] >= values[second]) {
            for &draw in group {
                below[draw] = start;
                up_to[draw] = start + group.len();
            }
            start += group.len();
        }
        Self { below, up_to }
    }

    /// Whether there are two different values.
    pub(super) fn varies(&self) -> bool {
        self.below.iter().any(|&below| below > 0)
    }

    /// The largest difference between the distribution of all draws and that of `part`, a list of
    /// draws that is not empty. Sorts it. `O(m log m)` for `m` of them.
    ///
    /// Both are step functions, and all steps of the part are steps of the whole: the difference
    /// is largest at a value of the part or just before one.
    pub(super) fn distance(&self, part: &mut [usize]) -> f64 {
        part.sort_unstable_by_key(|&draw| self.below[draw]);
        let (n, m) = (self.below.len() as f64, part.len() as f64);
        let (mut passed, mut largest) = (0, 0.0_f64);
        for group in part.chunk_by(|&first, &second| self.below[first] == self.below[second]) {
            let (below, up_to) = (self.below[group[0]] as f64, self.up_to[group[0]] as f64);
            let before = (passed as f64 / m - below / n).abs();
            passed += group.len();
            let after = (passed as f64 / m - up_to / n).abs();
            largest = largest.max(before).max(after);
        }
        largest
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_distance_is_that_of_the_definition(
            values in prop::collection::vec((-4..4_i8).prop_map(f64::from), 1..30),
            chosen in prop::collection::vec(any::<bool>(), 30),
        ) {
            let mut part: Vec<usize> = (0..values.len()).filter(|&draw| chosen[draw]).collect();
            prop_assume!(!part.is_empty());
            let share = |draws: &[usize], x: f64| {
                let up_to = draws.iter().filter(|&&draw| values[draw] <= x).count();
                up_to as f64 / draws.len() as f64
            };
            let all: Vec<usize> = (0..values.len()).collect();
            let at = values.iter().map(|&x| (share(&part, x) - share(&all, x)).abs());
            let direct = at.fold(0.0, f64::max);
            let distance = Distribution::of(&values).distance(&mut part);
            prop_assert!((distance - direct).abs() < 1e-12, "{distance} {direct}");
        }
    }
}
