//! Sobol sequences with Owen scrambling.

pub(crate) mod owen;
mod table;

pub use owen::ScrambledSobol;

use crate::{Sampler, UncertaintyError};

/// The number of dimensions of the [`Sobol`] sequence that are tabulated, 1111.
pub const MAX_SOBOL_DIMENSIONS: usize = table::DIMENSIONS;

/// One coordinate of the sequence of Sobol (1967), with the direction numbers of Joe and Kuo (2008).
///
/// Every coordinate puts one of the points `k 2ᵐ, …, (k+1) 2ᵐ − 1` into each of the `2ᵐ` equal
/// parts of the unit interval. Points are counted in the order of their binary digits (not in Gray
/// code order), from point 0, which is the origin.
///
/// ```
/// use detente_uncertainty::Sobol;
/// let second = Sobol::new(1)?;
/// let start: Vec<f64> = (0..4).map(|point| second.coordinate(point)).collect();
/// assert_eq!(start, [0.0, 0.5, 0.75, 0.25]);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sobol {
    /// What to add, digit by digit, from point `k` to point `k + 1` if the last `j` bits of `k`,
    /// and no more, are 1: direction numbers 0 to `j`, added up.
    steps: [u64; 64],
}

impl Sobol {
    /// The coordinate of a dimension, counted from 0.
    ///
    /// # Errors
    /// [`UncertaintyError::TooManyDimensions`] from [`MAX_SOBOL_DIMENSIONS`] on.
    pub fn new(dimension: usize) -> Result<Self, UncertaintyError> {
        if dimension >= MAX_SOBOL_DIMENSIONS {
            return Err(UncertaintyError::TooManyDimensions {
                given: dimension.saturating_add(1),
                limit: MAX_SOBOL_DIMENSIONS,
            });
        }
        let mut steps = directions(dimension);
        for bit in 1..64 {
            steps[bit] ^= steps[bit - 1];
        }
        Ok(Self { steps })
    }

    /// The first 64 binary digits of the coordinate of a point. At most 64 steps.
    #[must_use]
    pub fn digits(&self, point: u64) -> u64 {
        // The steps of the bits of the Gray code add up to the directions of the bits of `point`.
        let mut gray = point ^ (point >> 1);
        let mut digits = 0;
        while gray != 0 {
            digits ^= self.steps[gray.trailing_zeros() as usize];
            gray &= gray - 1;
        }
        digits
    }

    /// The coordinate of a point, cut to 52 binary digits: from 0, which is reached, to below 1.
    #[must_use]
    pub fn coordinate(&self, point: u64) -> f64 {
        (self.digits(point) >> 12) as f64 * f64::EPSILON
    }

    /// The coordinate scrambled at random, independently for every name and every replicate.
    #[must_use]
    pub fn scrambled(self, sampler: Sampler, name: &str, replicate: u64) -> ScrambledSobol {
        ScrambledSobol::new(
            self,
            sampler.stream(name).mixer(owen::PURPOSE).part(replicate),
        )
    }

    /// The digits of point `point + 1` from those of `point`.
    const fn next(&self, digits: u64, point: u64) -> u64 {
        // A point has at most 63 trailing ones unless it is the last of all.
        digits ^ self.steps[(point.trailing_ones() & 63) as usize]
    }
}

/// Direction number `i` is added to the digits of every point with bit `i`.
fn directions(dimension: usize) -> [u64; 64] {
    let mut v: [u64; 64] = std::array::from_fn(|bit| 1 << (63 - bit));
    let Some(line) = dimension.checked_sub(1) else {
        return v;
    };
    let entry = &table::TABLE[line];
    let degree = usize::from(entry.degree);
    for bit in 0..64 {
        v[bit] = if bit < degree {
            u64::from(entry.initial[bit]) << (63 - bit)
        } else {
            let with_coefficient = (1..degree).filter(|j| entry.inner >> (degree - 1 - j) & 1 == 1);
            with_coefficient.fold(v[bit - degree] ^ v[bit - degree] >> degree, |sum, j| {
                sum ^ v[bit - j]
            })
        };
    }
    v
}
