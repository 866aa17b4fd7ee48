//! The efficient packages of a space too large to list.

use std::sync::OnceLock;

use num_bigint::BigUint;

use crate::{PayoffError, PayoffMatrix, ZoneKind};

use super::{
    PackageSpace,
    pareto::{self, Pareto},
    tied::TiedPackages,
};

/// The efficient packages of a [`PackageSpace`]: every distinct payoff vector that no package
/// dominates, and for each vector every package that pays it, counted exactly and listed on demand
/// (A-03).
///
/// Vectors run from the first party's best to its worst, then the second party's, and so on, as in
/// [`Frontier`](crate::Frontier).
#[derive(Debug)]
pub struct PackageFrontier {
    pub(super) space: PackageSpace,
    vectors: Vec<f64>,
    pub(super) pareto: Pareto,
    counts: OnceLock<Vec<BigUint>>,
}

impl PackageSpace {
    /// The efficient packages among all, whatever nonagreement pays.
    ///
    /// Issue by issue, what is dominated so far is dropped (Nemhauser & Ullmann 1969). With F the
    /// largest frontier on the way and M options in all: O(M · F log F) for up to three parties, by
    /// merging sorted frontiers from the best (Funke, Hespe, Sanders, Storandt & Truschel 2024) into
    /// a staircase (Kung, Luccio & Preparata 1975); for more parties each step is a
    /// [`frontier`](crate::frontier) of M·F vectors.
    ///
    /// ```
    /// use detente_payoff::{AgreementSpace, PackageSpace, Utility};
    /// let space = AgreementSpace::new(&[2; 40])?;
    /// let weights: Vec<Vec<f64>> = (0..40).map(|_| vec![1.0, 0.0]).collect();
    /// let other: Vec<Vec<f64>> = (0..40).map(|_| vec![0.0, 1.0]).collect();
    /// let utilities = [Utility::additive(0.0, weights)?, Utility::additive(0.0, other)?];
    /// let frontier = PackageSpace::new(&space, &utilities, &[0.0, 0.0])?.frontier()?;
    /// // Forty points to share: every package is efficient.
    /// assert_eq!(frontier.len(), 41);
    /// assert_eq!(frontier.vector(10), Some(&[30.0, 10.0][..]));
    /// assert_eq!(frontier.n_packages().to_string(), (1_u64 << 40).to_string());
    /// // Ten issues for the second party, out of forty.
    /// assert_eq!(frontier.n_packages_at(10).map(|n| n.to_string()), Some("847660528".into()));
    /// let mut packages = frontier.packages_at(10);
    /// assert_eq!(packages.next().map(|package| package.iter().sum::<u32>()), Some(10));
    /// # Ok::<(), detente_payoff::PayoffError>(())
    /// ```
    ///
    /// # Errors
    /// [`PayoffError::TooManyHeld`] beyond [`SearchLimits::points`](super::SearchLimits::points).
    pub fn frontier(&self) -> Result<PackageFrontier, PayoffError> {
        let floors: Vec<i128> = (0..self.n_parties())
            .map(|party| self.lane_range(party).0)
            .collect();
        self.frontier_above(&floors)
    }

    /// The efficient packages from which no party loses: the part of the
    /// [`frontier`](Self::frontier) that nobody would veto. A partial package is dropped as soon as
    /// the best that remains leaves some party below its nonagreement payoff, or a weighted sum of all
    /// parties' payoffs below that of nonagreement, so this often succeeds where the whole frontier is
    /// too large: the nearer the zone is to closing, the sooner. Empty where there is no such agreement.
    ///
    /// # Errors
    /// [`PayoffError::TooManyHeld`] beyond [`SearchLimits::points`](super::SearchLimits::points).
    pub fn rational_frontier(&self) -> Result<PackageFrontier, PayoffError> {
        self.frontier_above(&self.floors(ZoneKind::Weak))
    }

    pub(super) fn frontier_above(&self, floors: &[i128]) -> Result<PackageFrontier, PayoffError> {
        let pareto = pareto::pareto(self, floors, "the frontier")?;
        let vectors = pareto.lanes.chunks_exact(self.n_parties());
        Ok(PackageFrontier {
            vectors: vectors.flat_map(|lanes| self.to_payoffs(lanes)).collect(),
            pareto,
            space: self.clone(),
            counts: OnceLock::new(),
        })
    }
}

impl PackageFrontier {
    /// How many distinct payoff vectors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.vectors.len() / self.space.n_parties()
    }

    /// Whether there is none: only where a part of the frontier was asked for and it is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// The payoff vector at a place, one payoff for each party.
    #[must_use]
    pub fn vector(&self, place: usize) -> Option<&[f64]> {
        self.vectors().nth(place)
    }

    /// Every distinct payoff vector in order.
    pub fn vectors(&self) -> impl ExactSizeIterator<Item = &[f64]> + Clone {
        self.vectors.chunks_exact(self.space.n_parties())
    }

    /// How many packages there are, ties included, exactly. The first call counts them, in time
    /// linear in the partial packages held.
    #[must_use]
    pub fn n_packages(&self) -> BigUint {
        self.counts().iter().sum()
    }

    /// How many packages pay the vector at a place.
    #[must_use]
    pub fn n_packages_at(&self, place: usize) -> Option<BigUint> {
        self.counts().get(place).cloned()
    }

    /// Every package that pays the vector at a place, one after the other, each made when it is
    /// asked for; none if there is no such place. O(issues) a package.
    #[must_use]
    pub fn packages_at(&self, place: usize) -> TiedPackages<'_> {
        TiedPackages::new(self, place)
    }

    /// Every efficient package, vector by vector, with the place of its vector.
    pub fn packages(&self) -> impl Iterator<Item = (usize, Vec<u32>)> {
        (0..self.len())
            .flat_map(|place| self.packages_at(place).map(move |package| (place, package)))
    }

    /// The frontier as a matrix in which agreement `k` is the vector at place `k`. Bargaining
    /// solutions that never pick a dominated agreement ([`solve`](crate::solve)) are the same on it
    /// as on all the packages; so are ideal payoffs over all agreements, and over those from which
    /// no party loses.
    ///
    /// # Errors
    /// Those of [`PayoffMatrix::new`].
    pub fn to_matrix(&self) -> Result<PayoffMatrix, PayoffError> {
        let n_parties = self.space.n_parties();
        let column = |party| self.vectors.iter().skip(party).step_by(n_parties).copied();
        let payoffs = (0..n_parties).flat_map(column).collect();
        PayoffMatrix::new(n_parties, payoffs, self.space.nonagreement())
    }

    fn counts(&self) -> &[BigUint] {
        self.counts.get_or_init(|| {
            // Where all packages could be counted in a machine word, so can some.
            if u128::try_from(self.space.n_packages()).is_ok() {
                self.count::<u128>()
                    .into_iter()
                    .map(BigUint::from)
                    .collect()
            } else {
                self.count::<BigUint>()
            }
        })
    }

    /// Ways to each vector of the last step, by way of those to each vector of the steps before.
    fn count<C: Clone + From<u8> + for<'c> std::iter::Sum<&'c C>>(&self) -> Vec<C> {
        let mut counts = vec![C::from(1)];
        for step in &self.pareto.steps {
            let ways = |place| {
                step.links
                    .of(place)
                    .iter()
                    .map(|origin| &counts[origin.from as usize])
                    .sum()
            };
            counts = (0..step.links.len()).map(ways).collect();
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use proptest::{
        prelude::*,
        test_runner::{Config, RngSeed},
    };

    use super::*;
    use crate::{
        AgreementSpace, Utility, frontier, instances::Family, rational_frontier, strategies,
    };

    /// The vectors with their packages, listed.
    fn listed(frontier: &PackageFrontier) -> Vec<(Vec<f64>, Vec<Vec<u32>>)> {
        let packages = |place| {
            let mut packages: Vec<Vec<u32>> = frontier.packages_at(place).collect();
            assert_eq!(frontier.n_packages_at(place), Some(packages.len().into()));
            packages.sort_unstable();
            packages
        };
        frontier
            .vectors()
            .map(<[f64]>::to_vec)
            .zip((0..).map(packages))
            .collect()
    }

    /// The same by listing every agreement and asking the frontier of a matrix.
    fn by_listing(
        space: &AgreementSpace,
        utilities: &[Utility],
        nonagreement: &[f64],
        of: fn(&PayoffMatrix) -> crate::Frontier,
    ) -> Vec<(Vec<f64>, Vec<Vec<u32>>)> {
        let agreements = space.enumerate().unwrap();
        let matrix = PayoffMatrix::tabulate(&agreements, utilities, nonagreement).unwrap();
        let package = |&place: &usize| agreements.get(place).unwrap().to_vec();
        of(&matrix)
            .iter()
            .map(|(vector, packages)| (vector.to_vec(), packages.iter().map(package).collect()))
            .collect()
    }

    proptest! {
        #![proptest_config(Config { cases: 3000, rng_seed: RngSeed::Fixed(4), ..Config::default() })]

        #[test]
        fn frontiers_are_those_of_the_listed_space(
            (space, utilities) in strategies::negotiation(1..=5),
            nonagreement in prop::collection::vec((-30..=30_i32).prop_map(f64::from), 5),
        ) {
            let nonagreement = &nonagreement[..utilities.len()];
            let packages = PackageSpace::new(&space, &utilities, nonagreement).unwrap();
            prop_assert_eq!(
                listed(&packages.frontier().unwrap()),
                by_listing(&space, &utilities, nonagreement, frontier)
            );
            prop_assert_eq!(
                listed(&packages.rational_frontier().unwrap()),
                by_listing(&space, &utilities, nonagreement, rational_frontier)
            );
        }
    }

    #[test]
    fn ten_thousand_million_packages_have_the_reference_frontier() {
        let (space, utilities) = Family::Opposed.instance(2, &[10; 10]).unwrap();
        let packages = PackageSpace::new(&space, &utilities, &[24370.0, 22303.0]).unwrap();
        assert_eq!(packages.arithmetic(), crate::Arithmetic::Exact64);
        let frontier = packages.frontier().unwrap();
        let sum = |party: usize| frontier.vectors().map(|vector| vector[party]).sum::<f64>();
        assert_eq!(
            (frontier.len(), sum(0), sum(1)),
            (491, 16_100_866.0, 11_340_352.0)
        );
        assert_eq!(packages.rational_frontier().unwrap().len(), 135);
        for (place, package) in frontier.packages() {
            assert_eq!(
                packages.payoffs(&package).as_deref(),
                frontier.vector(place)
            );
        }
    }

    #[test]
    fn a_frontier_that_would_not_fit_is_refused() {
        let (space, utilities) = Family::Opposed.instance(3, &[10; 10]).unwrap();
        let limits = crate::SearchLimits {
            points: 1000,
            ..Default::default()
        };
        let packages = PackageSpace::with_limits(&space, &utilities, &[0.0; 3], limits).unwrap();
        let error = packages.frontier().unwrap_err();
        assert!(
            matches!(error, PayoffError::TooManyHeld { limit: 1000, .. }),
            "{error}"
        );
    }
}
