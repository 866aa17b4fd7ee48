//! Linear equations in a few unknowns.

/// Solves `matrix · x = right` by elimination with the largest pivot of each column; `None` where
/// the matrix is singular. O(n³).
pub(super) fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    for column in 0..n {
        let rows = column..n;
        let pivot =
            rows.max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))?;
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let by = matrix[column][column];
        if !by.is_finite() || by == 0.0 {
            return None;
        }
        for row in column + 1..n {
            let times = matrix[row][column] / by;
            let (above, below) = matrix.split_at_mut(row);
            for (cell, pivot) in below[0].iter_mut().zip(&above[column]).skip(column) {
                *cell -= times * pivot;
            }
            right[row] -= times * right[column];
        }
    }
    for row in (0..n).rev() {
        let known = matrix[row].iter().zip(&right).skip(row + 1);
        let known: f64 = known.map(|(cell, x)| cell * x).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right.iter().all(|x| x.is_finite()).then_some(right)
}

/// Numbers, not all 0, that combine the columns of a wide matrix to 0. `None` for a matrix that is
/// not wider than it has rows. O(rows² · columns).
pub(super) fn dependence(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n_columns = rows.first()?.len();
    let mut pivots: Vec<usize> = Vec::new();
    let mut free = None;
    for column in 0..n_columns {
        let row = pivots.len();
        let size = |row: &Vec<f64>| row[column].abs();
        let best = (row..rows.len()).max_by(|&a, &b| size(&rows[a]).total_cmp(&size(&rows[b])));
        let Some(best) = best.filter(|&best| size(&rows[best]) > 1e-13) else {
            free.get_or_insert(column);
            continue;
        };
        rows.swap(row, best);
        let pivot: Vec<f64> = rows[row]
            .iter()
            .map(|cell| cell / rows[row][column])
            .collect();
        for (other, cells) in rows.iter_mut().enumerate() {
            let times = cells[column];
            if other == row {
                cells.copy_from_slice(&pivot);
            } else {
                cells
                    .iter_mut()
                    .zip(&pivot)
                    .for_each(|(cell, pivot)| *cell -= times * pivot);
            }
        }
        pivots.push(column);
    }
    let free = free?;
    let mut numbers = vec![0.0; n_columns];
    numbers[free] = 1.0;
    for (row, &column) in pivots.iter().enumerate() {
        numbers[column] = -rows[row][free];
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let found = solve(vec![vec![0.0, 2.0], vec![4.0, 1.0]], vec![6.0, 7.0]);
        assert_eq!(found, Some(vec![1.0, 3.0]));
        assert_eq!(
            solve(vec![vec![1.0, 1.0], vec![2.0, 2.0]], vec![1.0, 2.0]),
            None
        );
    }

    #[test]
    fn a_wide_matrix_has_dependent_columns() {
        let rows = vec![vec![1.0, 2.0, 3.0], vec![0.0, 1.0, 5.0]];
        let numbers = dependence(rows.clone()).unwrap();
        assert!(numbers.iter().any(|it| it.abs() > 0.1));
        for row in &rows {
            let sum: f64 = row.iter().zip(&numbers).map(|(a, b)| a * b).sum();
            assert!(sum.abs() < 1e-12);
        }
    }
}
