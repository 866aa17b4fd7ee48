//! A table whose columns are summed over many resamples of its rows.

/// Columns side by side in memory: as many as fill the registers of any 64-bit processor, together
/// with [`RESAMPLES`].
const WIDTH: usize = 4;

/// Resamples that are summed in one pass over the table.
pub(super) const RESAMPLES: usize = 4;

/// Rows in one pass, few enough to stay in the nearest cache.
const ROWS: usize = 256;

/// How often each row stands in each resample of a tile.
pub(super) type Weights = [f64; RESAMPLES];

/// Numbers by row and column, stored in panels of [`WIDTH`] columns.
#[derive(Debug)]
pub(super) struct RowTable {
    n_rows: usize,
    n_columns: usize,
    entries: Vec<[f64; WIDTH]>,
}

impl RowTable {
    /// A table of zeros.
    pub(super) fn new(n_rows: usize, n_columns: usize) -> Self {
        Self {
            n_rows,
            n_columns,
            entries: vec![[0.0; WIDTH]; n_rows * n_columns.div_ceil(WIDTH)],
        }
    }

    pub(super) const fn n_rows(&self) -> usize {
        self.n_rows
    }

    pub(super) const fn n_columns(&self) -> usize {
        self.n_columns
    }

    pub(super) fn set(&mut self, row: usize, column: usize, value: f64) {
        self.entries[column / WIDTH * self.n_rows + row][column % WIDTH] = value;
    }

    /// The entries of a column from top to bottom.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = f64> + Clone {
        let start = column / WIDTH * self.n_rows;
        self.entries[start..start + self.n_rows]
            .iter()
            .map(move |entry| entry[column % WIDTH])
    }

    /// Weighted sums of all columns for each resample of a tile, `[resample][column]`.
    /// `O(rows × columns)`, in an order that depends on nothing else.
    pub(super) fn weighted_sums(&self, weights: &[Weights]) -> [Vec<f64>; RESAMPLES] {
        let n_panels = self.n_columns.div_ceil(WIDTH);
        let mut sums = vec![[[0.0; WIDTH]; RESAMPLES]; n_panels];
        for (chunk, weights) in weights.chunks(ROWS).enumerate() {
            for (sum, panel) in sums.iter_mut().zip(self.entries.chunks(self.n_rows)) {
                let start = chunk * ROWS;
                add(weights, &panel[start..start + weights.len()], sum);
            }
        }
        std::array::from_fn(|resample| {
            let flat = sums.iter().flat_map(|panel| panel[resample]);
            flat.take(self.n_columns).collect()
        })
    }
}

/// Adds the weighted entries of a panel. Sixteen sums at once, so that they stay in registers.
fn add(weights: &[Weights], panel: &[[f64; WIDTH]], sums: &mut [[f64; WIDTH]; RESAMPLES]) {
    let mut local = *sums;
    for (weight, entry) in weights.iter().zip(panel) {
        for resample in 0..RESAMPLES {
            for column in 0..WIDTH {
                local[resample][column] += weight[resample] * entry[column];
            }
        }
    }
    *sums = local;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_sums_are_what_they_say() {
        let (n_rows, n_columns) = (2 * ROWS + 3, 6);
        let mut table = RowTable::new(n_rows, n_columns);
        let entry = |row: usize, column: usize| ((row * 7 + column * 3) % 11) as f64;
        for row in 0..n_rows {
            for column in 0..n_columns {
                table.set(row, column, entry(row, column));
            }
        }
        let weights: Vec<Weights> = (0..n_rows)
            .map(|row| std::array::from_fn(|resample| ((row + resample) % 3) as f64))
            .collect();
        let sums = table.weighted_sums(&weights);
        for (resample, sums) in sums.iter().enumerate() {
            for (column, &sum) in sums.iter().enumerate() {
                let direct: f64 = (0..n_rows)
                    .map(|row| ((row + resample) % 3) as f64 * entry(row, column))
                    .sum();
                assert_eq!(sum, direct, "{resample} {column}");
            }
        }
        assert_eq!(sums[0].len(), n_columns);
        assert_eq!(table.column(5).nth(1), Some(entry(1, 5)));
    }
}
