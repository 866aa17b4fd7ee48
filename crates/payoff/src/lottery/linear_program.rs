//! A small linear program: the most of `c·x` with `A x ≤ b`, `x ≥ 0` and `b ≥ 0`, by the simplex
//! method on a dense table. It is meant for a row a party and a few hundred columns; what it finds
//! is checked by whoever calls it, against every package.

/// Below this a coefficient counts as 0; rows and columns are scaled to about 1.
const TINY: f64 = 1e-12;

/// Pivots on the steepest column before taking the first that will do, which cannot cycle.
const STEEP: usize = 200;

/// Pivots after which the search is given up with what it has.
const MOST: usize = 20_000;

/// An optimal point and the prices that prove it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Optimum {
    /// `x`, one number a column.
    pub(super) primal: Vec<f64>,
    /// The price of each row, 0 or more.
    pub(super) prices: Vec<f64>,
}

/// The table of a program in equations: slack columns after the others, the right side last, the
/// objective in the last row.
struct Table {
    width: usize,
    cells: Vec<f64>,
    /// The column that each row determines.
    basis: Vec<usize>,
}

/// Maximises; `rows` are the left sides, each as long as `objective`. O(pivots · rows · columns).
pub(super) fn maximise(objective: &[f64], rows: &[Vec<f64>], right: &[f64]) -> Optimum {
    let mut table = Table::new(objective, rows, right);
    for pivot in 0..MOST {
        let Some(column) = table.entering(pivot < STEEP) else {
            break;
        };
        let Some(row) = table.leaving(column) else {
            break;
        };
        table.pivot(row, column);
    }
    table.optimum(objective.len())
}

impl Table {
    fn new(objective: &[f64], rows: &[Vec<f64>], right: &[f64]) -> Self {
        let (n_columns, n_rows) = (objective.len(), rows.len());
        let width = n_columns + n_rows + 1;
        let mut cells = vec![0.0; width * (n_rows + 1)];
        for (place, (row, &bound)) in rows.iter().zip(right).enumerate() {
            let cells = &mut cells[place * width..][..width];
            cells[..n_columns].copy_from_slice(row);
            cells[n_columns + place] = 1.0;
            cells[width - 1] = bound;
        }
        for (cell, c) in cells[n_rows * width..].iter_mut().zip(objective) {
            *cell = -c;
        }
        let basis = (n_columns..n_columns + n_rows).collect();
        Self {
            width,
            cells,
            basis,
        }
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.width..][..self.width]
    }

    /// A column that would raise the objective.
    fn entering(&self, steepest: bool) -> Option<usize> {
        let costs = &self.row(self.basis.len())[..self.width - 1];
        let mut raising = (0..costs.len()).filter(|&column| costs[column] < -TINY);
        if steepest {
            return raising.min_by(|&a, &b| costs[a].total_cmp(&costs[b]));
        }
        raising.next()
    }

    /// The row that first keeps the column from growing; of equal ones that of the lowest column.
    fn leaving(&self, column: usize) -> Option<usize> {
        let ratio = |row: usize| {
            let cells = self.row(row);
            cells[self.width - 1].max(0.0) / cells[column]
        };
        let rows = 0..self.basis.len();
        rows.filter(|&row| self.row(row)[column] > TINY)
            .min_by(|&a, &b| {
                let by_ratio = ratio(a).total_cmp(&ratio(b));
                by_ratio.then_with(|| self.basis[a].cmp(&self.basis[b]))
            })
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let by = self.row(row)[column];
        let pivot: Vec<f64> = self.row(row).iter().map(|cell| cell / by).collect();
        for other in 0..=self.basis.len() {
            let cells = &mut self.cells[other * self.width..][..self.width];
            let times = cells[column];
            if other == row {
                cells.copy_from_slice(&pivot);
            } else if times != 0.0 {
                for (cell, pivot) in cells.iter_mut().zip(&pivot) {
                    *cell -= times * pivot;
                }
                cells[column] = 0.0;
            }
        }
        self.basis[row] = column;
    }

    fn optimum(&self, n_columns: usize) -> Optimum {
        let mut primal = vec![0.0; n_columns];
        for (row, &column) in self.basis.iter().enumerate() {
            if let Some(slot) = primal.get_mut(column) {
                *slot = self.row(row)[self.width - 1].max(0.0);
            }
        }
        let costs = &self.row(self.basis.len())[n_columns..self.width - 1];
        Optimum {
            primal,
            prices: costs.iter().map(|cost| cost.max(0.0)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_textbook_program_is_solved() {
        // 3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: x = 2, y = 6 (Hillier & Lieberman).
        let rows = [vec![1.0, 0.0], vec![0.0, 2.0], vec![3.0, 2.0]];
        let found = maximise(&[3.0, 5.0], &rows, &[4.0, 12.0, 18.0]);
        assert_eq!(found.primal, [2.0, 6.0]);
        assert_eq!(found.prices, [0.0, 1.5, 1.0]);
    }

    #[test]
    fn a_program_that_would_cycle_does_not() {
        // Beale's example, by way of rows that are all at their bounds.
        let rows = [
            vec![0.25, -60.0, -1.0 / 25.0, 9.0],
            vec![0.5, -90.0, -1.0 / 50.0, 3.0],
            vec![0.0, 0.0, 1.0, 0.0],
        ];
        let found = maximise(&[0.75, -150.0, 0.02, -6.0], &rows, &[0.0, 0.0, 1.0]);
        let value: f64 = 0.75 * found.primal[0] + 0.02 * found.primal[2]
            - 150.0 * found.primal[1]
            - 6.0 * found.primal[3];
        assert!((value - 0.05).abs() < 1e-12, "{value}");
    }
}
