use std::sync::Arc;

use detente_quantity::Probability;

use super::{
    columns::{below, length, series_ends},
    kernel::{self, Kernel, Model},
    parallel::join,
};
use crate::{Belief, ReputationError};

/// What a [`TypeFilter`] is made of.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeFilterParams {
    /// The belief before the first act, over at least one type.
    pub prior: Belief,
    /// `likelihoods[symbol][type]`: the chance that each type shows each symbol; 1 to 256 symbols.
    /// What no record can show needs no symbol, so a type's chances need not add up to 1.
    pub likelihoods: Vec<Vec<Probability>>,
    /// `switching[from][to]`: the chance that a type has become another between one act and the
    /// next; rows add up to 1. `None`: types never change.
    pub switching: Option<Vec<Vec<Probability>>>,
}

/// Beliefs over a few types after every act of a series: `p ∝ (p A) ∘ L(y)`, with `A` the switching
/// matrix and `L(y)` the likelihoods of the symbol shown (Hamilton 1989; the forward pass of a
/// hidden Markov model; claim R-05). Types switch *between* acts, not before the first.
///
/// An act is a symbol, a number from 0 in one byte. Types that never change forget no evidence
/// however long the series; where they do, sums of small terms are exact to rounding. Exact to
/// 10⁻¹² beside [`Filter`](crate::Filter) on the same acts.
///
/// Up to four types that never change, or may each become any other, run in linear numbers at
/// hundreds of millions of acts a second; other models in logarithms, some ten times slower.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::{Belief, bulk::{TypeFilter, TypeFilterParams}};
///
/// // Types that cooperate with chance 0.9 and 0.4, and change places once in fifty acts.
/// let chances = |row: [f64; 2]| row.map(Probability::saturating).to_vec();
/// let filter = TypeFilter::new(&TypeFilterParams {
///     prior: Belief::binary(Probability::HALF)?,
///     likelihoods: vec![chances([0.9, 0.4]), chances([0.1, 0.6])],
///     switching: Some(vec![chances([0.98, 0.02]), chances([0.02, 0.98])]),
/// })?;
/// let acts = [0, 0, 1, 0, 0, 0, 1, 1]; // CCDCCCDD
/// let mut beliefs = [0.0; 16];
/// let log_likelihood = filter.filter(&acts, &mut beliefs)?;
/// assert!((beliefs[14] - 0.157670395).abs() < 1e-9);
/// assert!((log_likelihood - -6.343621165).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TypeFilter {
    n_types: usize,
    n_symbols: usize,
    kernel: Arc<dyn Kernel>,
}

/// Series are shared out among cores in pieces of at least so many acts.
const GRAIN: usize = 1 << 15;

impl TypeFilter {
    /// Checks the parameters and prepares the tables. O(symbols × types²).
    ///
    /// # Errors
    /// [`ReputationError::OutOfRange`] unless there are 1 to 256 symbols,
    /// [`ReputationError::Length`] for a row that is not as long as the prior, and
    /// [`ReputationError::RowSum`] for a row of switching chances that do not add up to 1.
    pub fn new(params: &TypeFilterParams) -> Result<Self, ReputationError> {
        let (n_types, n_symbols) = (params.prior.types(), params.likelihoods.len());
        if !(1..=256).contains(&n_symbols) {
            return Err(ReputationError::OutOfRange {
                quantity: "number of symbols",
                given: n_symbols as f64,
                expected: "a number from 1 to 256",
            });
        }
        let model = Model {
            prior: params.prior.probabilities(),
            prior_logs: normalised(params.prior.log_weights()),
            likelihoods: numbers("row of likelihoods", &params.likelihoods, n_types)?,
            switching: match &params.switching {
                Some(rows) => Some(switching(rows, n_types)?),
                None => None,
            },
        };
        Ok(Self {
            n_types,
            n_symbols,
            kernel: kernel::choose(&model),
        })
    }

    /// How many types there are, at least 1.
    #[must_use]
    pub const fn n_types(&self) -> usize {
        self.n_types
    }

    /// How many symbols there are, from 1 to 256.
    #[must_use]
    pub const fn n_symbols(&self) -> usize {
        self.n_symbols
    }

    /// Reads one series. Writes the belief after each act into `beliefs`, act by act and type by
    /// type, and gives the log-likelihood of the whole series. O(acts × types²).
    ///
    /// # Errors
    /// [`ReputationError::Length`] unless `beliefs` holds `n_types` numbers an act,
    /// [`ReputationError::Entry`] naming the first symbol that does not exist, and
    /// [`ReputationError::Impossible`] naming the act, from 1, that no type still held possible
    /// could have done. `beliefs` is undefined after an error.
    pub fn filter(&self, acts: &[u8], beliefs: &mut [f64]) -> Result<f64, ReputationError> {
        length("array of beliefs", beliefs.len(), self.room(acts.len()))?;
        below("acts", acts, self.n_symbols)?;
        let log_likelihood = self.kernel.filter(acts, beliefs);
        if log_likelihood.is_nan() {
            return Err(self.impossible(beliefs));
        }
        Ok(log_likelihood)
    }

    /// Reads many series that stand end to end in `acts`, the k-th up to `ends[k]`. Writes beliefs
    /// as [`filter`](Self::filter) would for each, end to end, and the log-likelihood of each
    /// series. Series are shared out among cores. O(acts × types²).
    ///
    /// # Errors
    /// As [`filter`](Self::filter), for the first series that fails, its acts counted from its own
    /// start; and if `ends` go back or do not end with `acts`, or there is not one
    /// `log_likelihoods` a series.
    pub fn filter_many(
        &self,
        acts: &[u8],
        ends: &[usize],
        beliefs: &mut [f64],
        log_likelihoods: &mut [f64],
    ) -> Result<(), ReputationError> {
        length("array of beliefs", beliefs.len(), self.room(acts.len()))?;
        length(
            "array of log-likelihoods",
            log_likelihoods.len(),
            ends.len(),
        )?;
        series_ends(ends, acts.len())?;
        below("acts", acts, self.n_symbols)?;
        self.many(Piece {
            acts,
            ends,
            start: 0,
            beliefs,
            log_likelihoods,
        })
    }

    /// The belief after the last act of each of many series, laid out as for
    /// [`filter_many`](Self::filter_many): `n_types` numbers a series; the prior for a series
    /// without acts. O(acts × types²), and memory O(series).
    ///
    /// # Errors
    /// As [`filter_many`](Self::filter_many).
    pub fn last_of_many(
        &self,
        acts: &[u8],
        ends: &[usize],
        beliefs: &mut [f64],
    ) -> Result<(), ReputationError> {
        length("array of beliefs", beliefs.len(), self.room(ends.len()))?;
        series_ends(ends, acts.len())?;
        below("acts", acts, self.n_symbols)?;
        self.last(acts, ends, 0, beliefs)
    }

    fn room(&self, rows: usize) -> usize {
        rows.saturating_mul(self.n_types)
    }

    /// The error of a series whose beliefs turn into NaN.
    fn impossible(&self, beliefs: &[f64]) -> ReputationError {
        let rows = beliefs.chunks_exact(self.n_types);
        let sound = rows.take_while(|row| !row.iter().any(|chance| chance.is_nan()));
        ReputationError::Impossible {
            act: sound.count().saturating_add(1),
        }
    }

    fn many(&self, piece: Piece<'_>) -> Result<(), ReputationError> {
        if piece.ends.len() > 1 && piece.acts.len() > GRAIN {
            let (one, other) = piece.halves(self.n_types);
            let (one, other) = join(|| self.many(one), || self.many(other));
            return one.and(other);
        }
        let Piece {
            mut acts,
            ends,
            mut start,
            mut beliefs,
            log_likelihoods,
        } = piece;
        for (&end, log_likelihood) in ends.iter().zip(log_likelihoods) {
            let (series, rest) = acts.split_at(end - start);
            let (written, remaining) = beliefs.split_at_mut(self.room(series.len()));
            *log_likelihood = self.kernel.filter(series, written);
            if log_likelihood.is_nan() {
                return Err(self.impossible(written));
            }
            (acts, beliefs, start) = (rest, remaining, end);
        }
        Ok(())
    }

    fn last(
        &self,
        acts: &[u8],
        ends: &[usize],
        mut start: usize,
        beliefs: &mut [f64],
    ) -> Result<(), ReputationError> {
        if ends.len() > 1 && acts.len() > GRAIN {
            let (ends, later) = ends.split_at(ends.len() / 2);
            let middle = ends.last().copied().unwrap_or(start);
            let (acts, later_acts) = acts.split_at(middle - start);
            let (beliefs, later_beliefs) = beliefs.split_at_mut(self.room(ends.len()));
            let (one, other) = join(
                || self.last(acts, ends, start, beliefs),
                || self.last(later_acts, later, middle, later_beliefs),
            );
            return one.and(other);
        }
        let mut rest = acts;
        for (&end, belief) in ends.iter().zip(beliefs.chunks_exact_mut(self.n_types)) {
            let (series, remaining) = rest.split_at(end - start);
            if self.kernel.last(series, belief).is_nan() {
                let mut beliefs = vec![0.0; self.room(series.len())];
                self.kernel.filter(series, &mut beliefs);
                return Err(self.impossible(&beliefs));
            }
            (rest, start) = (remaining, end);
        }
        Ok(())
    }
}

/// Some of the series, and what is to be written for them.
struct Piece<'a> {
    acts: &'a [u8],
    ends: &'a [usize],
    /// Where the first of them starts, in the array of all acts.
    start: usize,
    beliefs: &'a mut [f64],
    log_likelihoods: &'a mut [f64],
}

impl<'a> Piece<'a> {
    fn halves(self, n_types: usize) -> (Self, Self) {
        let (ends, later_ends) = self.ends.split_at(self.ends.len() / 2);
        let middle = ends.last().copied().unwrap_or(self.start);
        let n_acts = middle - self.start;
        let (acts, later_acts) = self.acts.split_at(n_acts);
        let (beliefs, later_beliefs) = self.beliefs.split_at_mut(n_acts * n_types);
        let (logs, later_logs) = self.log_likelihoods.split_at_mut(ends.len());
        let half = |acts: &'a [u8], ends, start, beliefs, log_likelihoods| Self {
            acts,
            ends,
            start,
            beliefs,
            log_likelihoods,
        };
        (
            half(acts, ends, self.start, beliefs, logs),
            half(later_acts, later_ends, middle, later_beliefs, later_logs),
        )
    }
}

/// Log-probabilities from log-weights with their largest at 0.
fn normalised(log_weights: &[f64]) -> Vec<f64> {
    let total: f64 = log_weights.iter().map(|weight| weight.exp()).sum();
    let log = total.ln();
    log_weights.iter().map(|weight| weight - log).collect()
}

fn numbers(
    row_name: &'static str,
    rows: &[Vec<Probability>],
    n_types: usize,
) -> Result<Vec<Vec<f64>>, ReputationError> {
    rows.iter()
        .map(|row| {
            length(row_name, row.len(), n_types)?;
            Ok(row.iter().map(|chance| chance.get()).collect())
        })
        .collect()
}

fn switching(rows: &[Vec<Probability>], n_types: usize) -> Result<Vec<Vec<f64>>, ReputationError> {
    length("switching matrix", rows.len(), n_types)?;
    let rows = numbers("row of switching chances", rows, n_types)?;
    for (row, chances) in rows.iter().enumerate() {
        let sum: f64 = chances.iter().sum();
        if (sum - 1.0).abs() > 1e-9 {
            let matrix = "switching matrix";
            return Err(ReputationError::RowSum { matrix, row, sum });
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;
