//! What the tests of sampling share.

/// The chi-squared statistic of counts that are expected to be equal.
pub(crate) fn chi_squared(cells: &[u32]) -> f64 {
    let expected = cells.iter().copied().map(f64::from).sum::<f64>() / cells.len() as f64;
    let squares = cells
        .iter()
        .map(|&count| (f64::from(count) - expected).powi(2) / expected);
    squares.sum()
}
