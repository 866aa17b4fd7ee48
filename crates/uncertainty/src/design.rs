//! Where to draw: plain, stratified or low-discrepancy points, in replicates.

mod column;
mod latin;
mod permutation;
mod precision;
mod replicates;
mod sampling;

pub use precision::{Estimates, Precision, Stop, until_precise};
pub use replicates::Replicates;
pub use sampling::Sampling;

use column::Column;

use crate::{Sampler, UncertaintyError};

/// The largest number of draws of a [`Design`], 2⁵².
pub const MAX_DESIGN_DRAWS: u64 = 1 << 52;

/// The points at which a model is drawn: for every input, named, a list of uniform numbers.
///
/// The draws are divided into replicates of equal size, one after another: draw `k` belongs to
/// replicate `k / per_replicate`. Replicates are independent of each other, so that the spread of
/// their results is an honest error of the mean of these, also where the points of one replicate
/// are not independent. See [`Sampling`] for the ways of placing the points.
///
/// The uniforms of an input depend on the seed, its name and the number of the draw; with
/// [`Sampling::Latin`] and [`Sampling::Sobol`] on the size of a replicate too, and with the latter
/// on the rank of the name among the names (in the order of their bytes). They never depend on the
/// order of the names, on the total number of draws or on the order in which they are asked for.
///
/// ```
/// use detente_uncertainty::{Design, Sampler, Sampling};
///
/// let design = Design::new(Sampling::Sobol, Sampler::new(1997), &["trust", "patience"], 1024, 8)?;
/// let mut trusts = [0.0; 128];
/// design.uniforms(0, 0, &mut trusts)?;
/// // One of the 128 points of a replicate in each of 128 equal parts.
/// let mut parts = trusts.map(|u| (u * 128.0) as usize);
/// parts.sort_unstable();
/// assert!(parts.into_iter().eq(0..128));
/// assert!(Design::new(Sampling::Sobol, Sampler::new(1997), &["trust"], 1000, 7).is_err());
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Design {
    sampling: Sampling,
    columns: Vec<Column>,
    n_draws: usize,
    per_replicate: usize,
}

impl Design {
    /// A design of `n_draws` points in `replicates` replicates for the inputs with these names.
    /// `O(k log k)` for `k` names.
    ///
    /// # Errors
    /// [`UncertaintyError::DesignSize`] without draws or replicates and beyond
    /// [`MAX_DESIGN_DRAWS`], [`UncertaintyError::UnequalReplicates`] if the draws do not divide by
    /// the replicates, [`UncertaintyError::RepeatedName`], and
    /// [`UncertaintyError::TooManyDimensions`] if [`Sampling::Sobol`] has not enough of them.
    pub fn new(
        sampling: Sampling,
        sampler: Sampler,
        names: &[&str],
        n_draws: usize,
        replicates: usize,
    ) -> Result<Self, UncertaintyError> {
        let per_replicate = size_of_replicate(n_draws, replicates)?;
        let ranks = ranks(names)?;
        let columns = names.iter().zip(ranks);
        let columns = columns.map(|(name, rank)| Column::new(sampling, sampler, name, rank));
        Ok(Self {
            sampling,
            columns: columns.collect::<Result<_, _>>()?,
            n_draws,
            per_replicate,
        })
    }

    /// Fills `out` with the uniforms of an input (its position among the names) in draws
    /// `first_draw`, `first_draw + 1`, …, each strictly between 0 and 1. `O(out.len())` wherever it
    /// starts.
    ///
    /// # Errors
    /// [`UncertaintyError::OutsideDesign`] if there is no such input or not so many draws.
    pub fn uniforms(
        &self,
        column: usize,
        first_draw: usize,
        out: &mut [f64],
    ) -> Result<(), UncertaintyError> {
        let end = first_draw.saturating_add(out.len());
        match self.columns.get(column) {
            Some(inside) if end <= self.n_draws => {
                inside.fill(self.per_replicate, first_draw, out);
                Ok(())
            }
            _ => Err(self.outside(column, first_draw, end)),
        }
    }

    /// Writes the point of one draw: the uniforms of all inputs. Dearer than as many numbers of
    /// [`uniforms`](Self::uniforms), by some 100 ns an input where a stream has to be opened.
    ///
    /// # Errors
    /// [`UncertaintyError::UnequalLengths`] unless `point` has a place for every input,
    /// [`UncertaintyError::OutsideDesign`] if there are not so many draws.
    pub fn point(&self, draw: usize, point: &mut [f64]) -> Result<(), UncertaintyError> {
        if point.len() != self.columns.len() {
            return Err(UncertaintyError::UnequalLengths {
                list: "point of a design",
                given: point.len(),
                expected: self.columns.len(),
            });
        }
        if draw >= self.n_draws {
            return Err(self.outside(0, draw, draw.saturating_add(1)));
        }
        for (column, value) in self.columns.iter().zip(point) {
            column.fill(self.per_replicate, draw, std::slice::from_mut(value));
        }
        Ok(())
    }

    /// How the points are placed.
    #[must_use]
    pub const fn sampling(&self) -> Sampling {
        self.sampling
    }

    /// The number of inputs.
    #[must_use]
    pub const fn n_inputs(&self) -> usize {
        self.columns.len()
    }

    /// The number of draws, at least 1.
    #[must_use]
    pub const fn n_draws(&self) -> usize {
        self.n_draws
    }

    /// The number of replicates, at least 1.
    #[must_use]
    pub const fn n_replicates(&self) -> usize {
        self.n_draws / self.per_replicate
    }

    /// The number of draws of each replicate, at least 1.
    #[must_use]
    pub const fn per_replicate(&self) -> usize {
        self.per_replicate
    }

    const fn outside(&self, column: usize, first: usize, end: usize) -> UncertaintyError {
        UncertaintyError::OutsideDesign {
            column,
            n_columns: self.columns.len(),
            first,
            end,
            n_draws: self.n_draws,
        }
    }
}

fn size_of_replicate(n_draws: usize, replicates: usize) -> Result<usize, UncertaintyError> {
    if n_draws == 0 || replicates == 0 || n_draws as u64 > MAX_DESIGN_DRAWS {
        return Err(UncertaintyError::DesignSize {
            n_draws,
            replicates,
            limit: MAX_DESIGN_DRAWS,
        });
    }
    let rest = n_draws % replicates;
    if rest > 0 {
        let fewer = n_draws - rest;
        return Err(UncertaintyError::UnequalReplicates {
            n_draws,
            replicates,
            fewer,
            more: fewer.saturating_add(replicates),
        });
    }
    Ok(n_draws / replicates)
}

/// The place of each name in the order of their bytes.
fn ranks(names: &[&str]) -> Result<Vec<usize>, UncertaintyError> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_unstable_by_key(|&position| names[position]);
    if let Some(twins) = order.windows(2).find(|two| names[two[0]] == names[two[1]]) {
        return Err(UncertaintyError::RepeatedName {
            name: names[twins[0]].to_owned(),
        });
    }
    let mut ranks = vec![0; names.len()];
    for (rank, position) in order.into_iter().enumerate() {
        ranks[position] = rank;
    }
    Ok(ranks)
}
