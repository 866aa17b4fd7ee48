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
        // The last of all points, with 64 ones, is followed by point 0.
        let ones = point.trailing_ones();
        digits ^ self.steps[if ones < 64 { ones as usize } else { 63 }]
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Sixteen times the coordinates of points 0 to 15 in dimensions 1 to 8, by an independent
    /// implementation that goes by Gray code (SciPy 1.17, unscrambled), put into natural order.
    const FIRST_POINTS: [[u64; 8]; 16] = [
        [0, 0, 0, 0, 0, 0, 0, 0],
        [8, 8, 8, 8, 8, 8, 8, 8],
        [4, 12, 12, 12, 4, 4, 12, 4],
        [12, 4, 4, 4, 12, 12, 4, 12],
        [2, 10, 6, 2, 2, 6, 10, 10],
        [10, 2, 14, 10, 10, 14, 2, 2],
        [6, 6, 10, 14, 6, 2, 6, 14],
        [14, 14, 2, 6, 14, 10, 14, 6],
        [1, 15, 9, 5, 11, 3, 13, 5],
        [9, 7, 1, 13, 3, 11, 5, 13],
        [5, 3, 5, 9, 15, 7, 1, 1],
        [13, 11, 13, 1, 7, 15, 9, 9],
        [3, 5, 15, 7, 9, 5, 7, 15],
        [11, 13, 7, 15, 1, 13, 15, 7],
        [7, 9, 3, 11, 13, 1, 11, 11],
        [15, 1, 11, 3, 5, 9, 3, 3],
    ];

    /// From the same source: a point, and 2¹⁰ times its coordinates in [`FAR_DIMENSIONS`].
    const FAR: [(u64, [u64; 4]); 5] = [
        (100, [952, 648, 760, 680]),
        (511, [254, 498, 534, 638]),
        (777, [237, 979, 455, 673]),
        (1000, [513, 439, 923, 965]),
        (1023, [737, 23, 379, 37]),
    ];
    const FAR_DIMENSIONS: [usize; 4] = [99, 499, 999, 1110];

    /// From the same source: 2²¹ times the coordinates of one point that uses 21 direction numbers.
    const LATE: (u64, [(usize, u64); 12]) = (
        1_583_141,
        [
            (0, 1_344_131),
            (1, 1_378_191),
            (2, 1_089_167),
            (3, 684_055),
            (4, 579_743),
            (5, 1_938_079),
            (6, 1_921_377),
            (7, 73_459),
            (99, 606_331),
            (499, 876_653),
            (999, 1_804_941),
            (1110, 301_911),
        ],
    );

    #[test]
    fn the_first_points_are_the_reference() {
        for dimension in 0..8 {
            let sobol = Sobol::new(dimension).unwrap();
            for (point, row) in (0..).zip(FIRST_POINTS) {
                assert_eq!(sobol.coordinate(point) * 16.0, row[dimension] as f64);
            }
        }
    }

    #[test]
    fn far_points_and_dimensions_are_the_reference() {
        for (place, dimension) in FAR_DIMENSIONS.into_iter().enumerate() {
            let sobol = Sobol::new(dimension).unwrap();
            for (point, row) in FAR {
                assert_eq!(sobol.digits(point), row[place] << 54);
            }
        }
        for (dimension, scaled) in LATE.1 {
            assert_eq!(Sobol::new(dimension).unwrap().digits(LATE.0), scaled << 43);
        }
    }

    #[test]
    fn the_first_dimension_reverses_the_digits() {
        let first = Sobol::new(0).unwrap();
        for point in [0, 1, 6, 12_345, u64::MAX, 1 << 52] {
            assert_eq!(first.digits(point), point.reverse_bits());
        }
    }

    #[test]
    fn dimensions_end() {
        assert!(Sobol::new(MAX_SOBOL_DIMENSIONS - 1).is_ok());
        assert_eq!(
            Sobol::new(MAX_SOBOL_DIMENSIONS).unwrap_err().to_string(),
            "1112 dimensions of a Sobol sequence; expected at most 1111"
        );
        assert!(Sobol::new(usize::MAX).is_err());
    }

    /// With `2ᵐ` points, every box of area `2⁻ᵐ` and any shape holds exactly one.
    #[test]
    fn the_first_two_dimensions_are_a_net_of_quality_0() {
        let (x, y) = (Sobol::new(0).unwrap(), Sobol::new(1).unwrap());
        for m in 1..=10_u32 {
            for across in 0..=m {
                let mut boxes = vec![0; 1 << m];
                for point in 0..1 << m {
                    let column = x.digits(point) >> 1 >> (63 - across);
                    let row = y.digits(point) >> 1 >> (63 - (m - across));
                    boxes[(column << (m - across) | row) as usize] += 1;
                }
                assert!(boxes.iter().all(|&points| points == 1), "{m} {across}");
            }
        }
    }

    /// Property A of Sobol (1976): the first `2ᵈ` points in `d` dimensions lie one in each orthant.
    /// Equivalent to regularity of the leading digits of the first `d` direction numbers, which is
    /// tried for every `d` up to the 64 that are kept.
    #[test]
    fn orthants_are_filled_one_by_one() {
        let mut basis: Vec<u64> = Vec::new();
        for dimension in 0..64 {
            let sobol = Sobol::new(dimension).unwrap();
            let leading = (0..64).map(|bit| (sobol.digits(1 << bit) >> 63) << bit);
            let row: u64 = leading.sum();
            // Elimination without exchange: the leading minors are regular, one by one.
            let reduced = basis.iter().enumerate().fold(row, |row, (place, pivot)| {
                if row >> place & 1 == 1 {
                    row ^ pivot
                } else {
                    row
                }
            });
            assert_eq!(reduced >> dimension & 1, 1, "dimension {dimension}");
            basis.push(reduced);
        }
    }

    proptest! {
        #[test]
        fn each_block_of_points_is_stratified(
            dimension in 0..MAX_SOBOL_DIMENSIONS,
            m in 1..=10_u32,
            block in 0..1_u64 << 40,
        ) {
            let sobol = Sobol::new(dimension).unwrap();
            let points = (block << m)..(block + 1) << m;
            let mut parts: Vec<u64> = points.map(|point| sobol.digits(point) >> (64 - m)).collect();
            parts.sort_unstable();
            prop_assert!(parts.into_iter().eq(0..1 << m));
        }

        #[test]
        fn stepping_and_access_agree(dimension in 0..MAX_SOBOL_DIMENSIONS, start: u64, back in 0..40_u64) {
            let sobol = Sobol::new(dimension).unwrap();
            for start in [start, u64::MAX - back] {
                let scrambled = sobol.scrambled(Sampler::new(1), "x", 0);
                let mut block = [0.0; 32];
                scrambled.uniforms(start, &mut block);
                for (value, ahead) in block.into_iter().zip(0..) {
                    prop_assert_eq!(value, scrambled.uniform(start.wrapping_add(ahead)));
                }
            }
        }
    }
}
