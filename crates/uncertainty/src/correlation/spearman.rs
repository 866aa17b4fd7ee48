use crate::{UncertaintyError, error::all_moderate};

/// The rank correlation of two lists (Spearman 1904): Pearson's correlation of their ranks, where
/// equal numbers share the mean of their ranks (Kendall 1945). From −1 to 1. `O(n log n)`.
///
/// # Errors
/// [`UncertaintyError::UnequalLengths`], [`UncertaintyError::SampleTooSmall`] of fewer than two
/// numbers, [`UncertaintyError::BadElement`] for NaN and numbers beyond
/// [`MAGNITUDE_LIMIT`](crate::MAGNITUDE_LIMIT), [`UncertaintyError::NoVariation`] if all numbers of
/// a list are equal.
///
/// ```
/// use detente_uncertainty::spearman;
/// assert_eq!(spearman(&[1.0, 2.0, 3.0, 4.0], &[1.0, 8.0, 27.0, 9.0])?, 0.8);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
pub fn spearman(xs: &[f64], ys: &[f64]) -> Result<f64, UncertaintyError> {
    if xs.len() != ys.len() {
        return Err(UncertaintyError::UnequalLengths {
            list: "second list of a rank correlation",
            given: ys.len(),
            expected: xs.len(),
        });
    }
    if xs.len() < 2 {
        return Err(UncertaintyError::SampleTooSmall {
            statistic: "rank correlation",
            given: xs.len(),
            expected: 2,
        });
    }
    let xs = centred_ranks("first list of a rank correlation", xs)?;
    let ys = centred_ranks("second list of a rank correlation", ys)?;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    Ok((product(&xs, &ys) / (product(&xs, &xs) * product(&ys, &ys)).sqrt()).clamp(-1.0, 1.0))
}

/// Ranks less their mean.
fn centred_ranks(list: &'static str, values: &[f64]) -> Result<Vec<f64>, UncertaintyError> {
    all_moderate(list, values)?;
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mean = (values.len() - 1) as f64 / 2.0;
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for ties in order.chunk_by(|&a, &b| values[a] >= values[b]) {
        if ties.len() == values.len() {
            return Err(UncertaintyError::NoVariation {
                list,
                n: values.len(),
                value: values[0],
            });
        }
        for &position in ties {
            ranks[position] = before as f64 + (ties.len() - 1) as f64 / 2.0 - mean;
        }
        before += ties.len();
    }
    Ok(ranks)
}
