//! Powers of small square matrices with entries that are not negative.

/// A square matrix, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Square {
    pub(crate) size: usize,
    pub(crate) entries: Vec<f64>,
}

impl Square {
    pub(crate) fn identity(size: usize) -> Self {
        let entry = |place: usize| f64::from(place / size == place % size);
        Self {
            size,
            entries: (0..size * size).map(entry).collect(),
        }
    }

    pub(crate) fn row(&self, row: usize) -> &[f64] {
        &self.entries[row * self.size..(row + 1) * self.size]
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        let mut entries = vec![0.0; self.entries.len()];
        for (row, out) in entries.chunks_exact_mut(self.size.max(1)).enumerate() {
            for (inner, &left) in self.row(row).iter().enumerate() {
                for (sum, &right) in out.iter_mut().zip(other.row(inner)) {
                    *sum += left * right;
                }
            }
        }
        Self {
            size: self.size,
            entries,
        }
    }

    /// The matrix times itself `exponent` times, by repeated squaring: O(size³ log exponent).
    pub(crate) fn power(&self, exponent: u32) -> Self {
        let mut result = Self::identity(self.size);
        let (mut square, mut left) = (self.clone(), exponent);
        while left > 0 {
            if left & 1 == 1 {
                result = result.times(&square);
            }
            left >>= 1;
            if left > 0 {
                square = square.times(&square);
            }
        }
        result
    }
}
