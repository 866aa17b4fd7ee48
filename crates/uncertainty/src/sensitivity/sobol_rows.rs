//! The terms whose means are the numerators of Sobol indices, row by row.

use super::{Orders, SobolShape, ratio::Ratios, row_table::RowTable, standard::Standard};

/// The outputs of one row on their standard scale, by name of the point.
struct Row<'a> {
    shape: &'a SobolShape,
    values: &'a [f64],
    output: usize,
    standard: Standard,
}

impl Row<'_> {
    fn at(&self, point: usize) -> f64 {
        let value = self.values[point * self.shape.n_outputs + self.output];
        self.standard.apply(value)
    }

    fn a(&self) -> f64 {
        self.at(0)
    }

    fn b(&self) -> f64 {
        self.at(1)
    }

    fn ab(&self, factor: usize) -> f64 {
        self.at(2 + factor)
    }

    fn ba(&self, factor: usize) -> f64 {
        self.at(2 + self.shape.n_factors + factor)
    }

    /// The term of the first-order index: with the points for pairs, the mean of both roles of `A`
    /// and `B`, which costs nothing more and is more precise.
    fn first(&self, factor: usize) -> f64 {
        let forth = self.b() * (self.ab(factor) - self.a());
        match self.shape.orders {
            Orders::FirstAndTotal => forth,
            Orders::WithPairs => 0.5 * (forth + self.a() * (self.ba(factor) - self.b())),
        }
    }

    fn total(&self, factor: usize) -> f64 {
        let forth = 0.5 * (self.a() - self.ab(factor)).powi(2);
        match self.shape.orders {
            Orders::FirstAndTotal => forth,
            Orders::WithPairs => 0.5 * (forth + 0.5 * (self.b() - self.ba(factor)).powi(2)),
        }
    }

    /// The term of the closed index of a pair less both first-order ones.
    fn pair(&self, i: usize, j: usize) -> f64 {
        let closed = 0.5 * (self.ba(i) * self.ab(j) + self.ba(j) * self.ab(i));
        closed - self.a() * self.b() - self.first(i) - self.first(j)
    }
}

/// All pairs `i < j`, in order.
pub(super) fn pairs(n_factors: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n_factors).flat_map(move |i| (i + 1..n_factors).map(move |j| (i, j)))
}

/// Writes the columns of one output from `start` on: first order, total, pairs, then the second
/// moment and the level. `O(rows × indices)`.
pub(super) fn write_columns(
    shape: &SobolShape,
    values: &[f64],
    (output, standard): (usize, Standard),
    table: &mut RowTable,
    start: usize,
) -> Ratios {
    let k = shape.n_factors;
    let row_length = shape.points_per_row() * shape.n_outputs;
    let with_pairs = shape.orders == Orders::WithPairs;
    let n_pairs = if with_pairs { k * (k - 1) / 2 } else { 0 };
    let end = start + 2 * k + n_pairs;
    for (number, values) in values.chunks_exact(row_length).enumerate() {
        let row = Row {
            shape,
            values,
            output,
            standard,
        };
        for factor in 0..k {
            table.set(number, start + factor, row.first(factor));
            table.set(number, start + k + factor, row.total(factor));
        }
        if with_pairs {
            for (place, (i, j)) in pairs(k).enumerate() {
                table.set(number, start + 2 * k + place, row.pair(i, j));
            }
        }
        let (a, b) = (row.a(), row.b());
        table.set(number, end, 0.5 * (a * a + b * b));
        table.set(number, end + 1, 0.5 * (a + b));
    }
    Ratios {
        numerators: start..end,
        square: end,
        level: Some(end + 1),
    }
}
