//! Where to draw: plain, stratified or low-discrepancy points, in replicates.

mod column;
mod latin;
mod permutation;
mod precision;
mod replicates;
mod sampling;

#[cfg(test)]
pub(crate) mod tests_support;

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

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: Sampler = Sampler::new(1997);

    fn design(sampling: Sampling, names: &[&str], n_draws: usize, replicates: usize) -> Design {
        Design::new(sampling, SEED, names, n_draws, replicates).unwrap()
    }

    fn all(design: &Design, column: usize) -> Vec<f64> {
        let mut out = vec![0.0; design.n_draws()];
        design.uniforms(column, 0, &mut out).unwrap();
        out
    }

    #[test]
    fn plain_designs_are_the_streams() {
        let plain = design(Sampling::Plain, &["b", "a"], 1000, 10);
        for (column, name) in ["b", "a"].into_iter().enumerate() {
            let mut expected = vec![0.0; 1000];
            SEED.stream(name).uniforms(0, &mut expected);
            assert_eq!(all(&plain, column), expected);
        }
    }

    /// Computed from the definitions by a second program, in another language. A change here is a
    /// change of every published run: never adjust them to the code.
    #[test]
    fn golden_values() {
        let patience = [
            0.463_643_978_317_089_87,
            0.215_243_746_390_651_66,
            0.515_122_168_266_377,
            0.713_483_519_961_440_2,
        ];
        let trust = [
            0.065_277_633_855_020_5,
            0.140_664_513_273_366_3,
            0.770_591_934_791_683_6,
            0.935_433_874_088_477_8,
        ];
        golden(Sampling::Latin, [trust, patience]);
        let patience = [
            0.930_748_494_706_258,
            0.092_010_090_313_115_69,
            0.799_571_125_406_836_6,
            0.084_975_569_355_197_57,
        ];
        let trust = [
            0.952_750_646_029_295,
            0.314_596_782_439_154_34,
            0.029_400_183_599_862_406,
            0.841_547_258_862_245_8,
        ];
        golden(Sampling::Sobol, [trust, patience]);
        let late = crate::Sobol::new(1000)
            .unwrap()
            .scrambled(SEED, "patience", 3);
        assert_eq!(late.uniform(123_456_789_012), 0.983_994_737_460_655_6);
    }

    fn golden(sampling: Sampling, expected: [[f64; 4]; 2]) {
        let design = design(sampling, &["trust", "patience"], 96, 4);
        for (column, expected) in expected.into_iter().enumerate() {
            let found = all(&design, column);
            assert_eq!([0, 1, 50, 95].map(|draw| found[draw]), expected);
        }
    }

    #[test]
    fn the_order_of_names_does_not_matter() {
        for sampling in Sampling::ALL {
            let (one, other) = (["b", "a", "ä", "B"], ["ä", "b", "B", "a"]);
            let there = design(sampling, &other, 96, 3);
            let here = design(sampling, &one, 96, 3);
            for (column, name) in one.iter().enumerate() {
                let place = other.iter().position(|known| known == name).unwrap();
                assert_eq!(all(&here, column), all(&there, place), "{sampling}");
            }
        }
    }

    #[test]
    fn more_replicates_add_to_those_there_are() {
        for sampling in Sampling::ALL {
            let few = design(sampling, &["a", "b"], 64, 2);
            let many = design(sampling, &["a", "b"], 320, 10);
            assert_eq!(all(&few, 1), all(&many, 1)[..64], "{sampling}");
        }
    }

    #[test]
    fn every_replicate_is_stratified() {
        for sampling in [Sampling::Latin, Sampling::Sobol] {
            let design = design(sampling, &["a", "b", "c"], 512, 8);
            for column in 0..3 {
                for replicate in all(&design, column).chunks(64) {
                    let mut parts: Vec<u64> = replicate.iter().map(|u| (u * 64.0) as u64).collect();
                    parts.sort_unstable();
                    assert!(parts.into_iter().eq(0..64), "{sampling} {column}");
                }
            }
        }
    }

    /// The first points of two replicates, and of two inputs, have no correlation; nor has an
    /// average over a replicate with the next one.
    #[test]
    fn replicates_and_inputs_are_independent() {
        for sampling in Sampling::ALL {
            let design = design(sampling, &["a", "b"], 80_000, 10_000);
            let (a, b) = (all(&design, 0), all(&design, 1));
            let firsts: Vec<f64> = a.iter().copied().step_by(8).collect();
            let others: Vec<f64> = b.iter().copied().step_by(8).collect();
            let means: Vec<f64> = a.chunks(8).map(|one| one.iter().sum()).collect();
            for (xs, ys) in [
                (&firsts[1..], &firsts[..9999]),
                (&firsts[..], &others[..]),
                (&means[1..], &means[..9999]),
            ] {
                // 0.01 is one standard error.
                let correlation = crate::spearman(xs, ys).unwrap();
                assert!(correlation.abs() < 0.045, "{sampling}: {correlation}");
            }
        }
    }

    #[test]
    fn bad_designs_are_refused() {
        let attempt = |names: &[&str], n_draws, replicates| {
            let refused = Design::new(Sampling::Sobol, SEED, names, n_draws, replicates);
            refused.unwrap_err().to_string()
        };
        assert_eq!(
            attempt(&["a"], 1000, 7),
            "1000 draws in 7 replicates leave a rest; expected a multiple, the nearest are 994 and 1001"
        );
        assert_eq!(
            attempt(&["b", "a", "b"], 8, 1),
            "input \"b\" comes twice in a design; expected a name of its own for each"
        );
        for (n_draws, replicates) in [(0, 1), (1, 0), (0, 0), (usize::MAX, 1)] {
            assert!(attempt(&[], n_draws, replicates).contains("expected 1 to 4503599627370496"));
        }
        assert!(attempt(&[], 3, usize::MAX).contains("a multiple"));
        assert!(attempt(&[], 3, 8).ends_with("the nearest is 8"));
        let names: Vec<String> = (0..=crate::MAX_SOBOL_DIMENSIONS)
            .map(|i| i.to_string())
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(attempt(&names, 8, 1).contains("1112 dimensions"));
        assert!(Design::new(Sampling::Latin, SEED, &names, 8, 1).is_ok());
        assert!(Design::new(Sampling::Sobol, SEED, &names[1..], 8, 1).is_ok());
    }

    #[test]
    fn nothing_lies_outside() {
        let design = design(Sampling::Latin, &["a"], 10, 2);
        let mut out = [0.0; 4];
        assert_eq!(
            design.uniforms(0, 7, &mut out).unwrap_err().to_string(),
            "draws 7 to 11 of input 0, counted from 0; the design has 10 draws of 1 inputs"
        );
        assert!(design.uniforms(1, 0, &mut out).is_err());
        assert!(design.uniforms(0, usize::MAX, &mut out).is_err());
        assert!(design.uniforms(0, 6, &mut out).is_ok() && design.uniforms(0, 10, &mut []).is_ok());
        assert!(design.point(10, &mut [0.0]).is_err() && design.point(0, &mut [0.0; 2]).is_err());
        assert!(design.point(9, &mut [0.0]).is_ok());
    }

    #[cfg(feature = "proptest")]
    proptest::proptest! {
        #[test]
        fn blocks_and_points_agree(design in crate::strategies::design(0..5), cuts in proptest::collection::vec(0..60_usize, 0..6)) {
            let mut point = vec![0.0; design.n_inputs()];
            for column in 0..design.n_inputs() {
                let whole = all(&design, column);
                let mut done = 0;
                for cut in &cuts {
                    let mut block = vec![0.0; (*cut).min(design.n_draws() - done)];
                    design.uniforms(column, done, &mut block).unwrap();
                    proptest::prop_assert_eq!(&whole[done..done + block.len()], &block);
                    done += block.len();
                }
                for draw in [0, design.n_draws() / 2, design.n_draws() - 1] {
                    design.point(draw, &mut point).unwrap();
                    proptest::prop_assert_eq!(point[column], whole[draw]);
                    proptest::prop_assert!(0.0 < whole[draw] && whole[draw] < 1.0);
                }
            }
        }
    }
}
