use detente_quantity::Probability;

use crate::{UncertaintyError, error::all_moderate};

/// The sample quantiles at `probabilities`, in that order. Sorts `values` in place.
///
/// Definition 7 of Hyndman and Fan (1996), the default of R and NumPy: with the sorted values
/// `x₀ ≤ … ≤ x₍ₙ₋₁₎` and `h = (n−1)p`, it is `x₍⌊h⌋₎ + (h − ⌊h⌋)(x₍⌊h⌋₊₁₎ − x₍⌊h⌋₎)`: the extremes
/// at 0 and 1, the usual median at ½. `O(n log n)`.
///
/// # Errors
/// [`UncertaintyError::EmptySample`] without values, [`UncertaintyError::BadElement`] naming the
/// first value that is NaN, infinite or beyond [`MAGNITUDE_LIMIT`](crate::MAGNITUDE_LIMIT).
///
/// ```
/// use detente_quantity::Probability;
/// let p = |value| Probability::new(value);
/// let answer = detente_uncertainty::quantiles(&mut [4.0, 1.0, 3.0, 2.0], &[p(0.25)?, p(0.5)?])?;
/// assert_eq!(answer, [1.75, 2.5]);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
pub fn quantiles(
    values: &mut [f64],
    probabilities: &[Probability],
) -> Result<Vec<f64>, UncertaintyError> {
    if values.is_empty() {
        return Err(UncertaintyError::EmptySample {
            statistic: "quantiles",
        });
    }
    all_moderate("sample", values)?;
    values.sort_unstable_by(f64::total_cmp);
    let at = |probability: &Probability| sorted_quantile(values, *probability);
    Ok(probabilities.iter().map(at).collect())
}

/// The quantile of a sorted list that is not empty.
fn sorted_quantile(sorted: &[f64], probability: Probability) -> f64 {
    let last = sorted.len() - 1;
    let place = probability.get() * last as f64;
    let below = (place as usize).min(last);
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    (low + (place - below as f64) * (high - low)).clamp(low, high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(values: &[f64], p: f64) -> f64 {
        quantiles(&mut values.to_vec(), &[Probability::new(p).unwrap()]).unwrap()[0]
    }

    #[test]
    fn the_published_example() {
        // NumPy's and R's default for 10, 7, 4, 3, 2, 1.
        let values = [10.0, 7.0, 4.0, 3.0, 2.0, 1.0];
        let expected = [
            (0.0, 1.0),
            (0.25, 2.25),
            (0.5, 3.5),
            (0.75, 6.25),
            (1.0, 10.0),
        ];
        for (p, quantile) in expected {
            assert_eq!(at(&values, p), quantile, "{p}");
        }
        assert_eq!(at(&[5.0], 0.3), 5.0);
    }

    #[test]
    fn bad_values_are_named() {
        let error = quantiles(&mut [1.0, f64::NAN], &[]).unwrap_err();
        assert!(matches!(
            error,
            UncertaintyError::BadElement { position: 1, .. }
        ));
        assert!(quantiles(&mut [f64::NEG_INFINITY], &[]).is_err());
        assert!(quantiles(&mut [], &[Probability::HALF]).is_err());
    }

    proptest! {
        #[test]
        fn quantiles_rise_and_mirror(values in prop::collection::vec(-9.0..9.0_f64, 1..40), p in 0.0..=1.0_f64, q in 0.0..=1.0_f64) {
            prop_assert!(at(&values, p.min(q)) <= at(&values, p.max(q)));
            let mirrored: Vec<f64> = values.iter().map(|x| -x).collect();
            prop_assert!((at(&mirrored, 1.0 - p) + at(&values, p)).abs() < 1e-12);
        }
    }
}
