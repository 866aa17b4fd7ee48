//! Inputs that go together: rank correlations, and how strong they are in a sample.

mod copula;
mod groups;
mod spearman;

pub use copula::MAX_CORRELATED_INPUTS;
pub use spearman::spearman;

use std::collections::BTreeSet;

use copula::Copula;

use crate::UncertaintyError;

/// Rank correlations between inputs, made true by a Gaussian copula.
///
/// A rank correlation (Spearman 1904) says how far two inputs rise together, whatever their
/// distributions: `ρ = 12 E[uv] − 3` of their uniforms `u` and `v`. The copula takes the uniforms
/// through the normal quantile, mixes them so that they have the normal correlation
/// `r = 2 sin(πρ/6)` (Pearson 1907; Kruskal 1958), and takes them back. Pairs that are not named,
/// directly, are uncorrelated, also where both go with a third input.
///
/// The inputs of a group keep, in the order of their positions, what is new in them: the first is
/// left as it is, and each of the others rises with its own independent uniform, the ones before
/// it held fixed. Another order gives other draws of the same distribution. Independent inputs are
/// not touched.
///
/// A correlation of −1 or 1 is refused: inputs that move as one are one input.
///
/// ```
/// use detente_uncertainty::RankCorrelations;
///
/// // Inputs 0 and 2 of four go together.
/// let correlations = RankCorrelations::new(4, &[(0, 2, 0.9)])?;
/// let mut point = [0.95, 0.25, 0.5, 0.75];
/// correlations.correlate(&mut point)?;
/// assert_eq!((point[0], point[1], point[3]), (0.95, 0.25, 0.75));
/// assert!(point[2] > 0.9);
/// assert_eq!(correlations.groups(), [vec![0, 2], vec![1], vec![3]]);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Given", into = "Given"))]
pub struct RankCorrelations {
    n_inputs: usize,
    pairs: Vec<(usize, usize, f64)>,
    copulas: Vec<Copula>,
}

impl RankCorrelations {
    /// Rank correlations of `(input, input, ρ)`, inputs counted from 0; pairs that are not named
    /// have 0. `O(n + k³)` for groups of `k` correlated inputs among `n`.
    ///
    /// # Errors
    /// [`UncertaintyError::BadPair`] if a pair is no pair of the inputs,
    /// [`UncertaintyError::RepeatedPair`] in either order, [`UncertaintyError::OutOfRange`] unless
    /// `−1 < ρ < 1`, [`UncertaintyError::TooManyCorrelated`] beyond [`MAX_CORRELATED_INPUTS`] in a
    /// group, [`UncertaintyError::NotPositiveDefinite`] if the correlations of a group contradict
    /// each other, or do within 10⁻⁹.
    pub fn new(n_inputs: usize, pairs: &[(usize, usize, f64)]) -> Result<Self, UncertaintyError> {
        check(n_inputs, pairs)?;
        let mut linked: Vec<(usize, usize, f64)> = pairs.to_vec();
        linked.retain(|&(_, _, spearman)| spearman.abs() > 0.0);
        let copulas = groups::linked(&linked).map(Copula::new);
        Ok(Self {
            n_inputs,
            pairs: pairs.to_vec(),
            copulas: copulas.collect::<Result<_, _>>()?,
        })
    }

    /// Turns a point of independent uniforms into one of correlated uniforms, each still uniform on
    /// its own and strictly between 0 and 1. `O(k²)` for groups of `k` correlated inputs, some
    /// 20 ns an input of small groups; no allocation.
    ///
    /// A coordinate of a correlated input outside 0–1 is brought to the nearest end, NaN to 0.
    ///
    /// # Errors
    /// [`UncertaintyError::UnequalLengths`] unless the point has a coordinate for every input.
    pub fn correlate(&self, point: &mut [f64]) -> Result<(), UncertaintyError> {
        if point.len() != self.n_inputs {
            return Err(UncertaintyError::UnequalLengths {
                list: "point of correlated inputs",
                given: point.len(),
                expected: self.n_inputs,
            });
        }
        for copula in &self.copulas {
            copula.correlate(point);
        }
        Ok(())
    }

    /// The inputs in groups: any two that are correlated, directly or through others, are in one.
    /// Each group in rising order, and the groups by their first input; an independent input is a
    /// group of its own. `O(n)`.
    #[must_use]
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let mut of_first = vec![None; self.n_inputs];
        let mut follows = vec![false; self.n_inputs];
        for copula in &self.copulas {
            let (first, others) = copula.inputs().split_at(1);
            of_first[first[0]] = Some(copula.inputs().to_vec());
            for &other in others {
                follows[other] = true;
            }
        }
        let inputs = of_first.into_iter().enumerate();
        let leading = inputs.filter(|&(input, _)| !follows[input]);
        leading
            .map(|(input, group)| group.unwrap_or_else(|| vec![input]))
            .collect()
    }

    /// The number of inputs.
    #[must_use]
    pub const fn n_inputs(&self) -> usize {
        self.n_inputs
    }

    /// The pairs and their rank correlations, as they were given.
    #[must_use]
    pub fn pairs(&self) -> &[(usize, usize, f64)] {
        &self.pairs
    }

    /// Whether all inputs are independent.
    #[must_use]
    pub fn is_independent(&self) -> bool {
        self.copulas.is_empty()
    }
}

/// The shape of rank correlations in a file.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    n_inputs: usize,
    pairs: Vec<(usize, usize, f64)>,
}

#[cfg(feature = "serde")]
impl TryFrom<Given> for RankCorrelations {
    type Error = UncertaintyError;

    fn try_from(given: Given) -> Result<Self, UncertaintyError> {
        Self::new(given.n_inputs, &given.pairs)
    }
}

#[cfg(feature = "serde")]
impl From<RankCorrelations> for Given {
    fn from(checked: RankCorrelations) -> Self {
        Self {
            n_inputs: checked.n_inputs,
            pairs: checked.pairs,
        }
    }
}

fn check(n_inputs: usize, pairs: &[(usize, usize, f64)]) -> Result<(), UncertaintyError> {
    let mut known = BTreeSet::new();
    for &(first, second, spearman) in pairs {
        if first == second || first.max(second) >= n_inputs {
            return Err(UncertaintyError::BadPair {
                first,
                second,
                n_inputs,
            });
        }
        if !known.insert((first.min(second), first.max(second))) {
            return Err(UncertaintyError::RepeatedPair { first, second });
        }
        let inside = spearman.abs() < 1.0;
        if !inside {
            return Err(UncertaintyError::OutOfRange {
                parameter: "rank correlation",
                given: spearman,
                expected: "a number between -1 and 1, neither of them",
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_PI_6, TAU};

    use super::*;
    use crate::{Design, Sampler, Sampling};

    /// `n` points of three inputs, correlated, as one list an input.
    fn sample(correlations: &RankCorrelations, n: usize) -> Vec<Vec<f64>> {
        let names = ["a", "b", "c", "d"];
        let names = &names[..correlations.n_inputs()];
        let design = Design::new(Sampling::Sobol, Sampler::new(4), names, n, 1).unwrap();
        let mut point = vec![0.0; names.len()];
        let mut columns = vec![Vec::new(); names.len()];
        for draw in 0..n {
            design.point(draw, &mut point).unwrap();
            correlations.correlate(&mut point).unwrap();
            for (column, &value) in columns.iter_mut().zip(&point) {
                column.push(value);
            }
        }
        columns
    }

    #[test]
    fn samples_have_the_correlations_asked_for() {
        let asked = [(0, 1, 0.8), (2, 0, -0.5), (1, 2, -0.1)];
        let correlations = RankCorrelations::new(4, &asked).unwrap();
        let columns = sample(&correlations, 1 << 14);
        for (first, second, rho) in asked.into_iter().chain([(0, 3, 0.0), (2, 3, 0.0)]) {
            let found = spearman(&columns[first], &columns[second]).unwrap();
            assert!((found - rho).abs() < 2e-3, "{first}, {second}: {found}");
        }
        // The empirical distribution is close to the uniform one; with independent draws, the
        // greatest distance would be 0.007 on average.
        for column in columns {
            let mut sorted = column;
            sorted.sort_unstable_by(f64::total_cmp);
            for (u, rank) in sorted.iter().zip(1..) {
                assert!(
                    (u - f64::from(rank) / 16_384.0).abs() < 4e-3,
                    "{u} at {rank}"
                );
            }
        }
    }

    /// Sheppard (1899): two normal numbers of correlation `r` are both below their medians with
    /// probability 1/4 + asin(r)/2π.
    #[test]
    fn both_are_low_as_often_as_sheppard_says() {
        for rho in [-0.95, -0.3, 0.2, 0.6, 0.99] {
            let correlations = RankCorrelations::new(2, &[(0, 1, rho)]).unwrap();
            let columns = sample(&correlations, 1 << 14);
            let pairs = columns[0].iter().zip(&columns[1]);
            let low = pairs.filter(|(x, y)| x.max(**y) < 0.5).count();
            let expected = 0.25 + (2.0 * (rho * FRAC_PI_6).sin()).asin() / TAU;
            let found = low as f64 / 16_384.0;
            assert!(
                (found - expected).abs() < 2e-3,
                "{rho}: {found}, {expected}"
            );
        }
    }

    #[test]
    fn contradictions_are_refused() {
        let impossible = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9), (3, 4, 0.1)];
        let error = RankCorrelations::new(5, &impossible).unwrap_err();
        let UncertaintyError::NotPositiveDefinite {
            pairs,
            smallest_eigenvalue,
            ..
        } = &error
        else {
            panic!("{error}");
        };
        assert_eq!(pairs, &impossible[..3]);
        // With r = 2 sin(0.15 π) in all three places the eigenvalues are 1 + r, 1 + r, 1 − 2r.
        let r = 2.0 * (0.9 * FRAC_PI_6).sin();
        approx::assert_relative_eq!(*smallest_eigenvalue, 1.0 - 2.0 * r, epsilon = 1e-12);
        assert_eq!(
            error.to_string(),
            "rank correlations (0, 1) 0.9, (1, 2) 0.9, (0, 2) -0.9 cannot hold together: \
             smallest eigenvalue -8.16e-1, expected at least 1e-9"
        );
        let ring: Vec<_> = (0..30).map(|i| (i, (i + 1) % 30, 0.9)).collect();
        let message = RankCorrelations::new(30, &ring).unwrap_err().to_string();
        assert!(
            message.contains("(9, 10) 0.9 and 20 more cannot"),
            "{message}"
        );
    }

    #[test]
    fn bad_pairs_are_refused() {
        for pairs in [
            &[(0, 0, 0.5)][..],
            &[(0, 3, 0.5)],
            &[(usize::MAX, 0, 0.5)],
            &[(0, 1, 0.5), (1, 0, 0.5)],
            &[(0, 1, 1.0)],
            &[(0, 1, -1.0)],
            &[(0, 1, 2.0)],
            &[(0, 1, f64::NAN)],
            &[(0, 1, f64::INFINITY)],
            // Normal correlations closer to 1 than they can be told from it.
            &[(0, 1, 1.0 - f64::EPSILON)],
        ] {
            assert!(RankCorrelations::new(3, pairs).is_err(), "{pairs:?}");
        }
        assert!(RankCorrelations::new(0, &[]).unwrap().groups().is_empty());
        assert!(RankCorrelations::new(2, &[(0, 1, 0.999_999)]).is_ok());
    }

    #[test]
    fn many_inputs_and_large_groups() {
        let pairs: Vec<_> = (0..200_000).map(|i| (2 * i, 2 * i + 1, 0.5)).collect();
        let many = RankCorrelations::new(1_000_000, &pairs).unwrap();
        assert_eq!(many.groups().len(), 800_000);
        let chain: Vec<_> = (0..MAX_CORRELATED_INPUTS)
            .map(|i| (i, i + 1, 0.1))
            .collect();
        let n_inputs = MAX_CORRELATED_INPUTS + 1;
        assert_eq!(
            RankCorrelations::new(n_inputs, &chain)
                .unwrap_err()
                .to_string(),
            "501 inputs hang together by rank correlations; expected at most 500"
        );
        let longest = RankCorrelations::new(n_inputs, &chain[1..]).unwrap();
        assert_eq!(longest.groups(), [vec![0], (1..=500).collect()]);
    }

    #[test]
    fn points_of_another_length_and_extreme_ones() {
        let correlations = RankCorrelations::new(2, &[(0, 1, -0.99)]).unwrap();
        assert!(correlations.correlate(&mut [0.5]).is_err());
        assert!(correlations.correlate(&mut [0.5; 3]).is_err());
        for bad in [f64::NAN, f64::NEG_INFINITY, -1.0, 0.0, 1.0, f64::INFINITY] {
            let mut point = [bad, bad];
            correlations.correlate(&mut point).unwrap();
            assert!(
                point.iter().all(|&u| 0.0 < u && u < 1.0),
                "{bad}: {point:?}"
            );
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn files_are_checked() {
        let form = r#"{"n_inputs":3,"pairs":[[0,2,0.5]]}"#;
        let read: RankCorrelations = serde_json::from_str(form).unwrap();
        assert_eq!(read, RankCorrelations::new(3, &[(0, 2, 0.5)]).unwrap());
        assert_eq!(serde_json::to_string(&read).unwrap(), form);
        let broken = form.replace("0.5", "1.5");
        assert!(serde_json::from_str::<RankCorrelations>(&broken).is_err());
    }

    #[cfg(feature = "proptest")]
    mod laws {
        use proptest::prelude::*;

        use super::*;
        use crate::strategies;

        /// The groups by following the pairs from each input on, over and over.
        fn groups_by_search(correlations: &RankCorrelations) -> Vec<Vec<usize>> {
            let mut names: Vec<usize> = (0..correlations.n_inputs()).collect();
            for _ in 0..names.len() {
                for &(first, second, rho) in correlations.pairs() {
                    if rho.abs() > 0.0 {
                        let least = names[first].min(names[second]);
                        (names[first], names[second]) = (least, least);
                    }
                }
            }
            let members = |name| (0..names.len()).filter(|&i| names[i] == name).collect();
            let all = (0..names.len()).map(members);
            all.filter(|group: &Vec<usize>| !group.is_empty()).collect()
        }

        proptest! {
            #[test]
            fn groups_are_what_a_search_finds(correlations in (0..9_usize).prop_flat_map(strategies::rank_correlations)) {
                let groups = correlations.groups();
                prop_assert_eq!(&groups, &groups_by_search(&correlations));
                prop_assert_eq!(correlations.is_independent(), groups.len() == correlations.n_inputs());
            }

            #[test]
            fn what_is_independent_stays(
                correlations in strategies::rank_correlations(7),
                before in proptest::collection::vec(1e-6..1.0_f64, 7),
            ) {
                let mut after = before.clone();
                correlations.correlate(&mut after).unwrap();
                for group in correlations.groups() {
                    prop_assert_eq!(before[group[0]].to_bits(), after[group[0]].to_bits());
                }
                prop_assert!(after.iter().all(|&u| 0.0 < u && u < 1.0));
                let zeros = correlations.pairs().iter().map(|&(a, b, _)| (a, b, 0.0));
                let none = RankCorrelations::new(7, &zeros.collect::<Vec<_>>()).unwrap();
                let mut same = before.clone();
                none.correlate(&mut same).unwrap();
                prop_assert_eq!(before, same);
            }

            #[test]
            fn each_input_rises_with_its_own_uniform(
                correlations in strategies::rank_correlations(5),
                before in proptest::collection::vec(1e-3..0.9_f64, 5),
                input in 0..5_usize,
            ) {
                let (mut low, mut high) = (before.clone(), before);
                high[input] += 0.05;
                correlations.correlate(&mut low).unwrap();
                correlations.correlate(&mut high).unwrap();
                prop_assert!(low[input] < high[input]);
                // Those of a group that come before, and the other groups, do not follow.
                prop_assert_eq!(&low[..input], &high[..input]);
            }
        }

        proptest! {
            #![proptest_config(ProptestConfig::with_cases(24))]

            /// Independent draws would have standard errors up to 1/√4096 = 0.016.
            #[test]
            fn samples_follow_any_correlations(correlations in strategies::rank_correlations(4)) {
                let columns = sample(&correlations, 4096);
                for &(first, second, rho) in correlations.pairs() {
                    let found = spearman(&columns[first], &columns[second]).unwrap();
                    prop_assert!((found - rho).abs() < 0.02, "{first}, {second}: {found}, {rho}");
                }
            }
        }
    }
}
