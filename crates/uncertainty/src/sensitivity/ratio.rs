//! Ratios of two means over the same rows, with errors: every index of this module is one.

use detente_quantity::Interval;

use super::{Bootstrap, Estimate, row_table::RowTable};
use crate::{UncertaintyError, quantiles};

/// A denominator below this share of the mean square is rounding, not variation.
const ROUNDING: f64 = 1e-9;

/// Where the ratios of one output stand in a table: each column of `numerators` over the variance
/// `mean(square) − mean(level)²` of the columns named so.
#[derive(Debug, Clone)]
pub(super) struct Ratios {
    /// The columns whose means are the numerators.
    pub(super) numerators: std::ops::Range<usize>,
    /// The column whose mean is the second moment of the output.
    pub(super) square: usize,
    /// The column whose mean is the output's own; its mean over all rows must be 0.
    pub(super) level: Option<usize>,
}

impl Ratios {
    /// The denominator for these sums or means, or `None` where nothing varies.
    fn variance(&self, sums: &[f64], n_rows: f64) -> Option<f64> {
        let square = sums[self.square] / n_rows;
        let level = self.level.map_or(0.0, |column| sums[column] / n_rows);
        let variance = square - level * level;
        (variance > ROUNDING * square).then_some(variance)
    }
}

/// The estimates of all outputs, `None` for one whose denominator vanishes.
///
/// Standard errors are linearised: for `I = mean(c)/V` the error of row `r` is
/// `(c_r − I·v_r)/V` (Cochran 1977, § 6.4).
pub(super) fn estimate_ratios(
    table: &RowTable,
    outputs: &[Ratios],
    bootstrap: &Bootstrap,
) -> Result<Vec<Option<Vec<Estimate>>>, UncertaintyError> {
    let n_rows = table.n_rows() as f64;
    let sums: Vec<f64> = (0..table.n_columns())
        .map(|column| table.column(column).sum())
        .collect();
    let resampled = bootstrap.sums(table);
    let one_output = |ratios: &Ratios| {
        let Some(variance) = ratios.variance(&sums, n_rows) else {
            return Ok(None);
        };
        let one_ratio = |column| {
            let estimate = sums[column] / n_rows / variance;
            Ok(Estimate {
                estimate,
                standard_error: linearised_error(table, ratios, column, estimate) / variance,
                interval: percentiles(&resampled, ratios, column, bootstrap, n_rows)?,
            })
        };
        let estimates = ratios.numerators.clone().map(one_ratio);
        estimates.collect::<Result<Vec<_>, _>>().map(Some)
    };
    outputs.iter().map(one_output).collect()
}

/// The standard error of a ratio, in units of its denominator.
fn linearised_error(table: &RowTable, ratios: &Ratios, column: usize, estimate: f64) -> f64 {
    let n_rows = table.n_rows() as f64;
    let rows = table.column(column).zip(table.column(ratios.square));
    let errors = rows.map(|(numerator, square)| numerator - estimate * square);
    let mean = errors.clone().sum::<f64>() / n_rows;
    let squares: f64 = errors.map(|error| (error - mean) * (error - mean)).sum();
    (squares / (n_rows - 1.0).max(1.0) / n_rows).sqrt()
}

/// The percentile interval of a ratio. Resamples in which nothing varies are left out; if they are
/// half of all, there is no interval.
fn percentiles(
    resampled: &[Vec<f64>],
    ratios: &Ratios,
    column: usize,
    bootstrap: &Bootstrap,
    n_rows: f64,
) -> Result<Option<Interval>, UncertaintyError> {
    let ratio = |sums: &Vec<f64>| Some(sums[column] / n_rows / ratios.variance(sums, n_rows)?);
    let mut values: Vec<f64> = resampled.iter().filter_map(ratio).collect();
    if 2 * values.len() <= resampled.len() {
        return Ok(None);
    }
    let ends = quantiles(&mut values, &bootstrap.tails())?;
    Ok(Some(Interval::new(ends[0], ends[1])?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sampler;

    #[test]
    fn a_mean_over_a_constant_has_the_usual_error_and_interval() {
        // Column 1 is constant 1, so the ratio is a mean: s/√n, and ±1.96 s/√n.
        let n = 400;
        let mut table = RowTable::new(n, 2);
        let mut values = vec![0.0; n];
        Sampler::new(4).stream("x").uniforms(0, &mut values);
        for (row, &value) in values.iter().enumerate() {
            table.set(row, 0, value);
            table.set(row, 1, 1.0);
        }
        let ratios = Ratios {
            numerators: 0..1,
            square: 1,
            level: None,
        };
        let bootstrap = Bootstrap {
            n_resamples: 4000,
            ..Bootstrap::new(Sampler::new(1))
        };
        let estimate = estimate_ratios(&table, &[ratios], &bootstrap).unwrap()[0]
            .as_ref()
            .unwrap()[0];
        let summary = crate::Summary::of(&values).unwrap();
        approx::assert_relative_eq!(estimate.estimate, summary.mean(), max_relative = 1e-12);
        approx::assert_relative_eq!(
            estimate.standard_error,
            summary.standard_error(),
            max_relative = 1e-9
        );
        let interval = estimate.interval.unwrap();
        let half = 1.96 * summary.standard_error();
        assert!((interval.low() - (summary.mean() - half)).abs() < 0.15 * half);
        assert!((interval.high() - (summary.mean() + half)).abs() < 0.15 * half);
    }

    #[test]
    fn the_variance_of_a_resample_is_about_its_own_level() {
        let ratios = Ratios {
            numerators: 0..1,
            square: 1,
            level: Some(2),
        };
        // Four rows: mean square 2, mean 1.
        assert_eq!(ratios.variance(&[0.0, 8.0, 4.0], 4.0), Some(1.0));
        assert_eq!(ratios.variance(&[0.0, 4.0, 4.0], 4.0), None);
    }
}
