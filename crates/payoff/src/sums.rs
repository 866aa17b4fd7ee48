//! Agreement spaces too large to list: payoffs add up issue by issue, and so does the work.

use std::sync::Arc;

use num_bigint::BigUint;

use crate::{
    AgreementSpace, PayoffError, Utility, ZoneKind,
    matrix::check_nonagreement,
    utility::{Additive, Form},
};

mod block;
mod count;
mod cut;
mod dominance;
mod front;
mod frontier;
mod half;
mod lane;
mod layer;
mod merge;
mod miss;
mod pareto;
mod proof;
mod scale;
mod stream;
#[cfg(test)]
mod tests;
mod tied;
mod weights;
mod zone;

pub use block::Block;
pub use frontier::PackageFrontier;
pub use miss::{Blockers, NearestMiss};
pub use proof::{Exhaustion, NoZoneProof, ZoneFinding};
use scale::Scale;
pub use stream::{BestFirst, ZonePackages};
pub use tied::TiedPackages;
pub use zone::PackageZone;

/// How much a search may hold in memory, and how much it may do, before it gives up with a
/// [`PayoffError`] that says what was too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SearchLimits {
    /// Combinations of the issues that one forbidden combination or interaction, or a chain of
    /// them, couples. A combination takes some 16 bytes for each party.
    pub merged: usize,
    /// Partial packages on all the frontiers along the way, ties included. One takes some 16 bytes
    /// and 8 for each party.
    pub points: usize,
    /// Partial packages in the larger half when packages are counted half by half. One takes some
    /// 40 bytes and 16 for each party.
    pub sums: usize,
    /// Sums of a partial package and an option that one search may form, over all issues. A million
    /// takes some hundredths of a second for few parties. For four parties and more each counts once
    /// more for every 64 partial packages of the frontier it adds to.
    pub merges: usize,
}

impl Default for SearchLimits {
    /// A million merged combinations, sixteen million points and eight million sums: a gigabyte at
    /// the most, for few parties. As many merges as that takes.
    fn default() -> Self {
        Self {
            merged: 1 << 20,
            points: 1 << 24,
            sums: 1 << 23,
            merges: usize::MAX,
        }
    }
}

/// In what numbers a space's payoffs are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Arithmetic {
    /// Whole multiples of a power of two, or of ten for short decimals, in 64 bits: no sum is rounded.
    Exact64,
    /// The same in 128 bits: no sum is rounded.
    Exact128,
    /// Some party's payoffs differ in size by more than 2¹²⁰ or so. Each is first rounded to a
    /// multiple of 2⁻¹²⁰ of what that party's payoffs could add up to; sums of the rounded payoffs
    /// are exact. Sums in doubles would be rounded at 2⁻⁵³.
    Rounded128,
}

/// A negotiation prepared for search without listing: the space, each party's additive payoffs, and
/// what nonagreement pays. 10²⁵⁰ packages are as welcome as ten.
///
/// A *package* is an agreement given by its options, one for each issue; in a space too large to
/// list it has no number. Issues that are coupled, by a forbidden combination or an interaction of
/// any party, are merged into one [`Block`]; between blocks everything is additive and everything
/// is feasible.
///
/// Payoffs are added up in whole multiples of a power of ten, or of two where they are no short decimals
/// ([`arithmetic`](Self::arithmetic)), each party's of its own, so that ties are the ties of arithmetic;
/// reported payoffs are those sums rounded once. Short decimals, and numbers of which no sum takes more
/// than 53 bits, are the same doubles as in a [`PayoffMatrix`](crate::PayoffMatrix)
/// ([`pays_as_listed`](Self::pays_as_listed)); other sums may differ from the matrix's in the last bit.
///
/// ```
/// use detente_payoff::{AgreementSpace, PackageSpace, Utility};
///
/// // Two hundred and fifty issues of ten options; one party likes high options, the other low.
/// let space = AgreementSpace::new(&[10; 250])?;
/// let rising: Vec<f64> = (0..10).map(f64::from).collect();
/// let falling: Vec<f64> = rising.iter().rev().copied().collect();
/// let utilities = [
///     Utility::additive(0.0, vec![rising; 250])?,
///     Utility::additive(0.0, vec![falling; 250])?,
/// ];
/// let packages = PackageSpace::new(&space, &utilities, &[1000.0, 1000.0])?;
/// assert_eq!(packages.n_packages().to_string().len(), 251);
/// assert_eq!(packages.payoff_range(0), Some((0.0, 2250.0)));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PackageSpace {
    blocks: Arc<[Block]>,
    scales: Vec<Scale>,
    /// The parties' constants.
    base: Vec<i128>,
    nonagreement: Vec<f64>,
    n_issues: usize,
    limits: SearchLimits,
}

impl PackageSpace {
    /// Prepares a space with one additive utility and one nonagreement payoff for each party, under
    /// the default [`SearchLimits`].
    ///
    /// # Errors
    /// Those of [`with_limits`](Self::with_limits).
    pub fn new(
        space: &AgreementSpace,
        utilities: &[Utility],
        nonagreement: &[f64],
    ) -> Result<Self, PayoffError> {
        Self::with_limits(space, utilities, nonagreement, SearchLimits::default())
    }

    /// Prepares a space under limits of one's own. O(options · parties), coupled issues counted by
    /// their combinations.
    ///
    /// # Errors
    /// [`PayoffError::NoParties`]; [`PayoffError::NotAdditive`] for a utility given as a table;
    /// [`PayoffError::Mismatch`] if a utility does not fit the space;
    /// [`PayoffError::MissingNonagreement`], [`PayoffError::NotFinite`];
    /// [`PayoffError::TooManyJoint`] naming issues whose coupling leaves too many combinations;
    /// [`PayoffError::NothingFeasible`].
    pub fn with_limits(
        space: &AgreementSpace,
        utilities: &[Utility],
        nonagreement: &[f64],
        limits: SearchLimits,
    ) -> Result<Self, PayoffError> {
        if utilities.is_empty() {
            return Err(PayoffError::NoParties);
        }
        let nonagreement = check_nonagreement(utilities.len(), nonagreement)?;
        let utilities = additive(space, utilities)?;
        let scales: Vec<Scale> = utilities.iter().map(|utility| scale(utility)).collect();
        let base = scales.iter().zip(&utilities);
        Ok(Self {
            blocks: block::merge(space, &utilities, &scales, limits)?.into(),
            base: base
                .map(|(scale, utility)| scale.lane(utility.constant))
                .collect(),
            scales,
            nonagreement,
            n_issues: space.n_issues(),
            limits,
        })
    }

    /// The same packages with other nonagreement payoffs. O(parties).
    ///
    /// # Errors
    /// [`PayoffError::MissingNonagreement`], [`PayoffError::Mismatch`], [`PayoffError::NotFinite`].
    pub fn with_nonagreement(&self, nonagreement: &[f64]) -> Result<Self, PayoffError> {
        Ok(Self {
            nonagreement: check_nonagreement(self.n_parties(), nonagreement)?,
            ..self.clone()
        })
    }

    /// The same packages as they concern a coalition only: some of the parties, in the order given.
    ///
    /// # Errors
    /// [`PayoffError::NoParties`], [`PayoffError::UnknownParty`].
    pub fn for_parties(&self, parties: &[usize]) -> Result<Self, PayoffError> {
        let n_parties = self.n_parties();
        if parties.is_empty() {
            return Err(PayoffError::NoParties);
        }
        if let Some(&party) = parties.iter().find(|&&party| party >= n_parties) {
            return Err(PayoffError::UnknownParty { party, n_parties });
        }
        Ok(Self {
            blocks: self
                .blocks
                .iter()
                .map(|block| block.for_parties(parties))
                .collect(),
            scales: parties.iter().map(|&party| self.scales[party]).collect(),
            base: parties.iter().map(|&party| self.base[party]).collect(),
            nonagreement: parties
                .iter()
                .map(|&party| self.nonagreement[party])
                .collect(),
            ..self.clone()
        })
    }

    /// How many parties there are; at least one.
    #[must_use]
    pub const fn n_parties(&self) -> usize {
        self.nonagreement.len()
    }

    /// How many issues a package settles; at least one.
    #[must_use]
    pub const fn n_issues(&self) -> usize {
        self.n_issues
    }

    /// What each party gets without agreement.
    #[must_use]
    pub fn nonagreement(&self) -> &[f64] {
        &self.nonagreement
    }

    /// The limits on searches.
    #[must_use]
    pub const fn limits(&self) -> SearchLimits {
        self.limits
    }

    /// The issues in groups that are not coupled with one another, by their first issue.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// What one party gets from every package whatever it says.
    #[must_use]
    pub fn constant(&self, party: usize) -> Option<f64> {
        Some(self.scales.get(party)?.payoff(self.base[party]))
    }

    /// What an option of a block is worth to a party. O(1).
    #[must_use]
    pub fn block_payoff(&self, party: usize, block: usize, option: usize) -> Option<f64> {
        let block = self
            .blocks
            .get(block)
            .filter(|block| option < block.len())?;
        Some(self.scales.get(party)?.payoff(block.lanes(option)[party]))
    }

    /// How many packages are feasible: the product of the blocks' sizes; at least one.
    #[must_use]
    pub fn n_packages(&self) -> BigUint {
        self.blocks
            .iter()
            .map(|block| BigUint::from(block.len()))
            .product()
    }

    /// The least and the most that packages pay a party. O(options).
    #[must_use]
    pub fn payoff_range(&self, party: usize) -> Option<(f64, f64)> {
        let scale = self.scales.get(party)?;
        let (low, high) = self.lane_range(party);
        Some((scale.payoff(low), scale.payoff(high)))
    }

    /// In what numbers payoffs are added up.
    #[must_use]
    pub fn arithmetic(&self) -> Arithmetic {
        if !self.scales.iter().all(|scale| scale.exact) {
            Arithmetic::Rounded128
        } else if self.is_narrow() {
            Arithmetic::Exact64
        } else {
            Arithmetic::Exact128
        }
    }

    /// Whether every payoff is, to the last bit, that of a [`PayoffMatrix`](crate::PayoffMatrix) of the
    /// same utilities, so that both find the same gains and the same ties.
    #[must_use]
    pub fn pays_as_listed(&self) -> bool {
        self.scales.iter().all(|scale| scale.as_listed)
    }

    /// What a package pays each party, or `None` if it is not feasible. O(issues + options of
    /// coupled issues).
    #[must_use]
    pub fn payoffs(&self, package: &[u32]) -> Option<Vec<f64>> {
        Some(self.to_payoffs(&self.lanes_of(package)?))
    }

    /// The space in which every party has what it likes best of one block.
    pub(crate) fn wishing(&self, block: usize) -> Self {
        let blocks = self.blocks.iter().enumerate();
        let blocks = blocks.map(|(place, other)| {
            if place == block {
                other.wish()
            } else {
                other.clone()
            }
        });
        Self {
            blocks: blocks.collect(),
            ..self.clone()
        }
    }

    /// Sums over the blocks in lanes, if the package is feasible.
    pub(crate) fn lanes_of(&self, package: &[u32]) -> Option<Vec<i128>> {
        if package.len() != self.n_issues {
            return None;
        }
        let mut lanes = self.base.clone();
        for block in self.blocks.iter() {
            let wanted: Vec<u32> = block.issues().iter().map(|&issue| package[issue]).collect();
            for (lane, more) in lanes.iter_mut().zip(block.lanes(block.find(&wanted)?)) {
                *lane += more;
            }
        }
        Some(lanes)
    }

    /// The package with these options of the blocks.
    pub(crate) fn package(&self, choice: &[u32]) -> Vec<u32> {
        let mut package = vec![0; self.n_issues];
        for (block, &option) in self.blocks.iter().zip(choice) {
            for (&issue, &option) in block.issues().iter().zip(block.option_at(option)) {
                package[issue] = option;
            }
        }
        package
    }

    pub(crate) fn to_payoffs(&self, lanes: &[i128]) -> Vec<f64> {
        lanes
            .iter()
            .zip(&self.scales)
            .map(|(&lane, scale)| scale.payoff(lane))
            .collect()
    }

    pub(crate) fn is_narrow(&self) -> bool {
        self.scales.iter().all(|scale| scale.narrow)
    }

    pub(crate) fn lane_range(&self, party: usize) -> (i128, i128) {
        let base = self.base[party];
        self.blocks.iter().fold((base, base), |(low, high), block| {
            let (least, most) = block.range(party);
            (low + least, high + most)
        })
    }

    /// The least lane at which each party accepts: in the strict zone more than its nonagreement
    /// payoff, otherwise as much. Never more than one off the range of its payoffs.
    pub(crate) fn floors(&self, kind: ZoneKind) -> Vec<i128> {
        let floor = |(party, (scale, &d)): (usize, (&Scale, &f64))| {
            let (low, high) = self.lane_range(party);
            let (weak, strict) = scale.thresholds(d);
            let floor = if kind == ZoneKind::Strict {
                strict
            } else {
                weak
            };
            floor.clamp(low, high + 1)
        };
        self.scales
            .iter()
            .zip(&self.nonagreement)
            .enumerate()
            .map(floor)
            .collect()
    }
}

/// The utilities' tables, if each fits the space.
fn additive<'u>(
    space: &AgreementSpace,
    utilities: &'u [Utility],
) -> Result<Vec<&'u Additive>, PayoffError> {
    let fitting = |utility: &'u Utility| match &utility.0 {
        Form::Additive(additive) => additive.check_fit(space).map(|()| additive),
        Form::Table(_) => Err(PayoffError::NotAdditive {
            purpose: "search without listing",
        }),
    };
    utilities.iter().map(fitting).collect()
}

/// The scale on which no sum of the utility's numbers overflows: the one in which the utility adds them up
/// itself, where that is exact.
fn scale(utility: &Additive) -> Scale {
    if let Some(decimals) = utility.decimals {
        return Scale::decimal(decimals);
    }
    let tables = utility.tables.iter().flatten().copied();
    let joint = utility
        .interactions
        .iter()
        .map(|interaction| interaction.value);
    let numbers = tables.chain(joint).chain([utility.constant]);
    Scale::of(numbers, utility.bound())
}
