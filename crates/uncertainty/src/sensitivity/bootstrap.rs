use std::convert::Infallible;

use detente_quantity::Probability;
use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::row_table::{RESAMPLES, RowTable, Weights};
use crate::{Sampler, Stream, UncertaintyError, map_draws};

/// How intervals are made: rows are drawn again with replacement, all columns of a row together,
/// and the interval runs between percentiles of what the resamples give (Efron 1979; Archer,
/// Saltelli and Sobol 1997).
///
/// The rows are treated as independent. With plain points 95 % intervals of 512 rows cover some
/// 94 %. Rows of a low-discrepancy sequence are more even than that and the interval is mostly too
/// wide (98 % on average), but a single index may fall short (90 % for a weak factor of the
/// g-function); the spread between independent randomisations of the sequence, as of
/// [`Replicates`](crate::Replicates), gives the honest width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// The number of resamples, 1,000 by default, at most a million; with 0 there are no intervals.
    pub n_resamples: usize,
    /// The coverage that the interval aims at, strictly between 0 and 1, by default 0.95.
    pub level: Probability,
    /// Where the resamples come from: the stream `sensitivity.bootstrap`.
    pub sampler: Sampler,
}

impl Bootstrap {
    /// 1,000 resamples for 95 % intervals.
    #[must_use]
    pub fn new(sampler: Sampler) -> Self {
        Self {
            n_resamples: 1000,
            level: Probability::saturating(0.95),
            sampler,
        }
    }

    /// No resamples: estimates and standard errors only.
    #[must_use]
    pub fn none(sampler: Sampler) -> Self {
        Self {
            n_resamples: 0,
            ..Self::new(sampler)
        }
    }

    pub(super) fn check(&self, n_rows: usize) -> Result<(), UncertaintyError> {
        const LIMIT: usize = 1_000_000;
        let refuse = |parameter, given, expected| {
            Err(UncertaintyError::OutOfRange {
                parameter,
                given,
                expected,
            })
        };
        if self.n_resamples > LIMIT {
            let given = self.n_resamples as f64;
            return refuse("number of resamples", given, "at most 1000000");
        }
        if self.level.is_certain() {
            let given = self.level.get();
            return refuse("level of the interval", given, "strictly between 0 and 1");
        }
        if n_rows > u32::MAX as usize {
            return refuse("number of rows", n_rows as f64, "at most 4294967295");
        }
        Ok(())
    }

    /// The probabilities of the two ends.
    pub(super) fn tails(&self) -> [Probability; 2] {
        let tail = (1.0 - self.level.get()) / 2.0;
        [
            Probability::saturating(tail),
            Probability::saturating(1.0 - tail),
        ]
    }

    /// The column sums of every resample. `O(resamples × rows × columns)`.
    pub(super) fn sums(&self, table: &RowTable) -> Vec<Vec<f64>> {
        if table.n_columns() == 0 {
            return vec![Vec::new(); self.n_resamples];
        }
        let stream = self.sampler.stream("sensitivity.bootstrap");
        let n_tiles = self.n_resamples.div_ceil(RESAMPLES);
        let make = || vec![[0.0; RESAMPLES]; table.n_rows()];
        let tiles = map_draws(n_tiles, make, |weights: &mut Vec<Weights>, tile| {
            draw_tile(&stream, tile, weights);
            Ok::<_, Infallible>(table.weighted_sums(weights))
        });
        let Ok(tiles) = tiles;
        let mut sums: Vec<Vec<f64>> = tiles.into_iter().flatten().collect();
        sums.truncate(self.n_resamples);
        sums
    }
}

/// Draws the rows of the resamples of one tile. Resample `b` depends on the seed and `b` alone.
fn draw_tile(stream: &Stream, tile: usize, weights: &mut [Weights]) {
    weights.fill([0.0; RESAMPLES]);
    let n_rows = weights.len() as u64;
    let first = (tile * RESAMPLES) as u64;
    for (place, resample) in (first..).take(RESAMPLES).enumerate() {
        let mut words = generator(stream, resample);
        let mut count = |half: u64| weights[((half * n_rows) >> 32) as usize][place] += 1.0;
        // Two rows a word: of fewer than 2³² rows none is favoured by more than n/2³².
        for _ in 0..n_rows / 2 {
            let word = words.next_u64();
            count(word >> 32);
            count(word & 0xffff_ffff);
        }
        if n_rows % 2 == 1 {
            count(words.next_u64() >> 32);
        }
    }
}

/// A fast generator (Blackman and Vigna 2021) started from four draws of the stream.
fn generator(stream: &Stream, resample: u64) -> Xoshiro256PlusPlus {
    let mut start = [0.0; 4];
    stream.uniforms(4 * resample, &mut start);
    let mut seed = [0; 32];
    for (bytes, uniform) in seed.chunks_exact_mut(8).zip(start) {
        bytes.copy_from_slice(&uniform.to_bits().to_le_bytes());
    }
    Xoshiro256PlusPlus::from_seed(seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resamples_have_as_many_rows_as_the_table() {
        let stream = Sampler::new(1).stream("x");
        for n_rows in [2, 3, 1001] {
            let mut weights = vec![[9.0; RESAMPLES]; n_rows];
            draw_tile(&stream, 5, &mut weights);
            for resample in 0..RESAMPLES {
                let total: f64 = weights.iter().map(|weight| weight[resample]).sum();
                assert_eq!(total, n_rows as f64);
            }
        }
    }

    #[test]
    fn every_row_is_as_likely_as_any_other() {
        // 8 rows, 20 000 resamples of 8: each count is binomial with mean 20 000, sd 132.
        let mut table = RowTable::new(8, 8);
        for row in 0..8 {
            table.set(row, row, 1.0);
        }
        let bootstrap = Bootstrap {
            n_resamples: 20_000,
            ..Bootstrap::new(Sampler::new(3))
        };
        let sums = bootstrap.sums(&table);
        for row in 0..8 {
            let count: f64 = sums.iter().map(|sums| sums[row]).sum();
            assert!((count - 20_000.0).abs() < 5.0 * 132.3, "{row}: {count}");
            // A row's count within a resample is binomial(8, 1/8): variance 7/8.
            let squares: f64 = sums.iter().map(|sums| (sums[row] - 1.0).powi(2)).sum();
            assert!((squares / 20_000.0 - 0.875).abs() < 0.06, "{squares}");
        }
    }

    #[test]
    fn settings_out_of_range_are_refused() {
        let usual = Bootstrap::new(Sampler::new(1));
        assert!(usual.check(10).is_ok());
        for bad in [
            Bootstrap {
                level: Probability::ONE,
                ..usual
            },
            Bootstrap {
                level: Probability::ZERO,
                ..usual
            },
            Bootstrap {
                n_resamples: usize::MAX,
                ..usual
            },
        ] {
            assert!(bad.check(10).is_err(), "{bad:?}");
        }
    }
}
