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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn worked_numbers() {
        // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: 4.5/√(4.5 · 5).
        let found = spearman(&[0.0, 7.0, 7.0, 9.0], &[-2.0, 1.0, 0.5, 8.0]).unwrap();
        approx::assert_relative_eq!(found, 4.5 / 22.5_f64.sqrt(), epsilon = 1e-15);
        assert_eq!(spearman(&[1.0, 2.0], &[5.0, 4.0]), Ok(-1.0));
        assert_eq!(spearman(&[-0.0, 0.0, 1.0], &[3.0, 3.0, 4.0]), Ok(1.0));
    }

    #[test]
    fn lists_that_have_no_correlation() {
        assert_eq!(
            spearman(&[1.0, 2.0], &[3.0]).unwrap_err().to_string(),
            "second list of a rank correlation has 1 numbers; expected 2"
        );
        assert_eq!(
            spearman(&[1.0, 2.0], &[3.0, 3.0]).unwrap_err().to_string(),
            "second list of a rank correlation: all 2 numbers are 3; expected at least two different ones"
        );
        assert!(spearman(&[], &[]).is_err() && spearman(&[1.0], &[1.0]).is_err());
        assert!(spearman(&[1.0, f64::NAN], &[1.0, 2.0]).is_err());
        assert!(spearman(&[1.0, 2.0], &[1.0, f64::INFINITY]).is_err());
    }

    /// A rank by counting: what is smaller, and half of what is equal.
    fn rank(values: &[f64], x: f64) -> f64 {
        let below = values.iter().filter(|&&y| y < x).count();
        let equal = values.iter().filter(|&&y| (x..=x).contains(&y)).count();
        below as f64 + equal as f64 / 2.0
    }

    proptest! {
        #[test]
        fn agrees_with_pearson_of_counted_ranks(pairs in prop::collection::vec((0..6_u8, 0..6_u8), 2..30)) {
            let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).unzip();
            let Ok(found) = spearman(&xs, &ys) else {
                let constant = |list: &[f64]| list.iter().all(|&x| x.to_bits() == list[0].to_bits());
                prop_assert!(constant(&xs) || constant(&ys));
                return Ok(());
            };
            let n = xs.len() as f64;
            let moment = |a: &[f64], b: &[f64]| {
                let products = (0..a.len()).map(|i| (rank(a, a[i]) - n / 2.0) * (rank(b, b[i]) - n / 2.0));
                products.sum::<f64>()
            };
            let expected = moment(&xs, &ys) / (moment(&xs, &xs) * moment(&ys, &ys)).sqrt();
            prop_assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }

        #[test]
        fn only_order_matters(pairs in prop::collection::vec((-9.0..9.0_f64, -9.0..9.0_f64), 2..30)) {
            let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let found = spearman(&xs, &ys).unwrap();
            let stretched: Vec<f64> = xs.iter().map(|x| x.exp()).collect();
            let turned: Vec<f64> = ys.iter().map(|y| -y).collect();
            prop_assert!((spearman(&stretched, &ys).unwrap() - found).abs() < 1e-12);
            prop_assert!((spearman(&xs, &turned).unwrap() + found).abs() < 1e-12);
            prop_assert_eq!(spearman(&ys, &xs), Ok(found));
        }
    }
}
