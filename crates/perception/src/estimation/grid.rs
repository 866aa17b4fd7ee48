use super::{Estimator, Record, estimate::Search};
use crate::{BiasParameter, PerceptionError};

/// The most cells a grid may have.
const MOST_CELLS: usize = 1_000_000;
/// How little a marginal may differ from its prior, in the logarithm, before it says nothing.
const FLAT: f64 = 1e-9;

/// What is believed of one parameter after the records.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Marginal {
    /// The parameter.
    pub parameter: BiasParameter,
    /// The middle of each cell, lowest first.
    pub values: Vec<f64>,
    /// The probability of each cell; they add up to 1.
    pub probabilities: Vec<f64>,
    /// The posterior mean.
    pub mean: f64,
    /// The lower end of the equal-tailed credible interval, linear within a cell.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The posterior of the free parameters on a grid, from a uniform prior over their ranges.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GridPosterior {
    /// One marginal a free parameter, in their order.
    pub marginals: Vec<Marginal>,
    /// The logarithm of the records' mean likelihood over the prior: the evidence for this model.
    pub log_evidence: f64,
}

impl Estimator {
    /// The posterior from a uniform prior over the ranges, on a grid of `points` cells a parameter. The error
    /// is that of the grid: choose it finer than the intervals it gives. O(pointsᶠʳᵉᵉ) likelihoods, and with several
    /// parameters some thousand more to see that each has a peak of its own: on a ridge, as of two that only come
    /// as their product, the marginals would be those of the ranges and not of the records.
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] for fewer than two points, [`PerceptionError::TooMany`] for more than a
    /// million cells, [`PerceptionError::Unidentified`] for a parameter of which the records say
    /// nothing at all, or of several one in which the likelihood lies on a plateau, as in
    /// [`Estimator::fit`], [`PerceptionError::Contradicted`] if no cell could have produced them, and
    /// [`PerceptionError::Reputation`] where the filter refuses a record.
    pub fn posterior(
        &self,
        records: &[Record],
        points: usize,
    ) -> Result<GridPosterior, PerceptionError> {
        let (low, high) = self.bounds();
        if points < 2 {
            return Err(PerceptionError::OutOfRange {
                quantity: "number of grid points a parameter",
                given: points as f64,
                expected: "2 or more",
            });
        }
        let cells = points.checked_pow(low.len() as u32).unwrap_or(usize::MAX);
        if cells > MOST_CELLS {
            return Err(PerceptionError::TooMany {
                what: "cells in the grid",
                given: cells,
                limit: MOST_CELLS,
            });
        }
        let place = |cell: usize, k: usize| cell / points.pow(k as u32) % points;
        let middle = |k: usize, step: usize| {
            low[k] + (step as f64 + 0.5) / points as f64 * (high[k] - low[k])
        };
        let mut heights = Vec::with_capacity(cells);
        for cell in 0..cells {
            let point: Vec<f64> = (0..low.len()).map(|k| middle(k, place(cell, k))).collect();
            let heard = self.heard(records, &point)?;
            heights.push(heard.averaged(self.params().choice_precision));
        }
        let top = heights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if top == f64::NEG_INFINITY {
            return Err(PerceptionError::Contradicted);
        }
        if low.len() > 1 {
            let best = heights.iter().position(|height| *height >= top);
            let best = best.unwrap_or_default();
            let start: Vec<f64> = (0..low.len()).map(|k| middle(k, place(best, k))).collect();
            Search::new(self, records).check_plateaus(&start)?;
        }
        let total: f64 = heights.iter().map(|height| (height - top).exp()).sum();
        let marginals = (0..low.len()).map(|k| {
            let mut probabilities = vec![0.0; points];
            for (cell, height) in heights.iter().enumerate() {
                probabilities[place(cell, k)] += (height - top).exp() / total;
            }
            self.marginal(
                k,
                (0..points).map(|step| middle(k, step)).collect(),
                probabilities,
            )
        });
        Ok(GridPosterior {
            marginals: marginals.collect::<Result<_, _>>()?,
            log_evidence: top + (total / cells as f64).ln(),
        })
    }

    fn marginal(
        &self,
        k: usize,
        values: Vec<f64>,
        probabilities: Vec<f64>,
    ) -> Result<Marginal, PerceptionError> {
        let free = self.params().free[k];
        let extremes = probabilities
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(least, most), &p| {
                (least.min(p), most.max(p))
            });
        let drop = (extremes.1 / extremes.0).ln();
        if drop < FLAT {
            return Err(PerceptionError::Unidentified {
                parameter: free.parameter.name(),
                low: free.low,
                high: free.high,
                drop: 2.0 * drop,
                needed: 2.0 * FLAT,
            });
        }
        let tail = self.params().level.complement().get() / 2.0;
        let width = (free.high - free.low) / values.len() as f64;
        let at = |share: f64| quantile(&probabilities, share).mul_add(width, free.low);
        Ok(Marginal {
            parameter: free.parameter,
            mean: values
                .iter()
                .zip(&probabilities)
                .map(|(value, p)| value * p)
                .sum(),
            low: at(tail),
            high: at(1.0 - tail),
            values,
            probabilities,
        })
    }
}

/// How many cells from the lowest, fractions of a cell included, hold this share of the probability.
fn quantile(probabilities: &[f64], share: f64) -> f64 {
    let mut below = 0.0;
    for (cell, p) in probabilities.iter().enumerate() {
        if below + p >= share && *p > 0.0 {
            return cell as f64 + (share - below) / p;
        }
        below += p;
    }
    probabilities.len() as f64
}
