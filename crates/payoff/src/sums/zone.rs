//! The zone of agreement of a space too large to list.

use num_bigint::BigUint;

use crate::{PayoffError, ZoneKind};

use super::{
    PackageSpace,
    count::{Condition, count},
};

/// The packages of a [`PackageSpace`] that count as preferred to none, under one of the definitions
/// of [`ZoneKind`]: whether there are any and why not, how many, which, in what order of
/// preference, and what keeps it closed. The zone of a coalition is that of
/// [`PackageSpace::for_parties`].
///
/// ```
/// use detente_payoff::{AgreementSpace, PackageSpace, Utility, ZoneFinding, ZoneKind};
///
/// // Ten thousand million packages: ten issues, ten steps of concession on each, worth 1 a step to
/// // one party and 2 to the other.
/// let space = AgreementSpace::new(&[10; 10])?;
/// let give: Vec<f64> = (0..10).map(|step| f64::from(9 - step)).collect();
/// let take: Vec<f64> = (0..10).map(|step| f64::from(2 * step)).collect();
/// let utilities = [
///     Utility::additive(0.0, vec![give; 10])?,
///     Utility::additive(0.0, vec![take; 10])?,
/// ];
/// let packages = PackageSpace::new(&space, &utilities, &[45.0, 88.0])?;
/// let zone = packages.zone(ZoneKind::Weak);
/// assert_eq!(zone.count()?.to_string(), "862458090");
/// assert!(matches!(zone.search()?, ZoneFinding::Open { .. }));
///
/// // Were each to hold out for more than half, weights would prove that no package can do.
/// let zone = packages.with_nonagreement(&[45.0, 92.0])?.zone(ZoneKind::Weak);
/// let ZoneFinding::Closed(proof) = zone.search()? else { panic!() };
/// assert!(zone.verify(&proof));
/// // The second party would have to come down by two.
/// assert_eq!(zone.limit(1)?, Some(90.0));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PackageZone {
    pub(super) space: PackageSpace,
    kind: ZoneKind,
    /// The least lane that each party accepts.
    pub(super) floors: Vec<i128>,
    /// The least lane at which each party gains.
    gains: Vec<i128>,
    /// Whether a party that is paid its floor gains nothing.
    level: bool,
}

impl PackageSpace {
    /// The packages that count as preferred to none. O(options): nothing is searched yet.
    #[must_use]
    pub fn zone(&self, kind: ZoneKind) -> PackageZone {
        let level = |(party, &d): (usize, &f64)| {
            let (weak, strict) = self.scales[party].thresholds(d);
            weak < strict && weak >= self.lane_range(party).0
        };
        PackageZone {
            kind,
            floors: self.floors(kind),
            gains: self.floors(ZoneKind::Strict),
            level: self.nonagreement.iter().enumerate().all(level),
            space: self.clone(),
        }
    }

    /// So many packages as a share of all that are feasible, from 0 to 1, rounded.
    #[must_use]
    pub fn share_of(&self, count: &BigUint) -> f64 {
        ratio(count, &self.n_packages()).min(1.0)
    }
}

impl PackageZone {
    /// The definition.
    #[must_use]
    pub const fn kind(&self) -> ZoneKind {
        self.kind
    }

    /// The space.
    #[must_use]
    pub const fn space(&self) -> &PackageSpace {
        &self.space
    }

    /// Whether a package is feasible and in the zone.
    #[must_use]
    pub fn contains(&self, package: &[u32]) -> bool {
        self.space
            .lanes_of(package)
            .is_some_and(|lanes| self.accepts(&lanes))
    }

    /// How many packages are in the zone, exactly and without listing them.
    ///
    /// Meet in the middle (Horowitz & Sahni 1974): every sum over one half of the issues is matched
    /// with those over the other by counting dominated points (Bentley 1980). With n distinct sums
    /// over half of the issues and p parties O(n logᵖ⁻¹ n), for one party as for two: 10¹⁰ packages
    /// are two halves of 10⁵.
    ///
    /// # Errors
    /// [`PayoffError::TooManyHeld`] beyond [`SearchLimits::sums`](super::SearchLimits::sums);
    /// [`PayoffError::TooManyParties`] above 32.
    pub fn count(&self) -> Result<BigUint, PayoffError> {
        let weak = count(&self.space, &self.floors, Condition::AtLeast)?;
        if self.kind == ZoneKind::ParetoImproving && self.level {
            return Ok(weak - count(&self.space, &self.floors, Condition::Exactly)?);
        }
        Ok(weak)
    }

    /// The share of all feasible packages that are in the zone, from 0 to 1; rounded, so that a
    /// share below 10⁻³⁰⁰ or so is 0. Cost and errors as for [`count`](Self::count).
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn share(&self) -> Result<f64, PayoffError> {
        Ok(self.space.share_of(&self.count()?))
    }

    /// The share of the box of all payoffs, from each party's worst to its best, that lies above
    /// nonagreement: `Π (max_i − d_i) / (max_i − min_i)`, each factor between 0 and 1. It is the
    /// share of packages that a zone would have if payoffs were spread evenly and unrelated;
    /// compare [`share`](Self::share). A party to whom everything is worth the same counts as 1 if
    /// it accepts that and 0 if not.
    #[must_use]
    pub fn volume(&self) -> f64 {
        let factor = |(party, &d): (usize, &f64)| match self.space.payoff_range(party) {
            Some((low, high)) if low < high => ((high - d) / (high - low)).clamp(0.0, 1.0),
            _ => f64::from(u8::from(
                self.space.lane_range(party).1 >= self.floors[party],
            )),
        };
        self.space
            .nonagreement()
            .iter()
            .enumerate()
            .map(factor)
            .product()
    }

    /// Whether a package with these lanes is in the zone.
    pub(super) fn accepts(&self, lanes: &[i128]) -> bool {
        let reaches = |least: &[i128]| {
            lanes
                .iter()
                .zip(least)
                .map(|(a, b)| a >= b)
                .collect::<Vec<_>>()
        };
        reaches(&self.floors).iter().all(|&reached| reached)
            && (self.kind != ZoneKind::ParetoImproving || reaches(&self.gains).contains(&true))
    }

    /// Whether a package that pays each party exactly its floor is not in the zone.
    pub(super) fn excludes_floors(&self) -> bool {
        self.kind == ZoneKind::ParetoImproving && self.level
    }
}

/// `part / whole` for `part ≤ whole ≠ 0`, to within a few units in the last place.
fn ratio(part: &BigUint, whole: &BigUint) -> f64 {
    let leading = |number: &BigUint| {
        let shift = number.bits().saturating_sub(64);
        let leading = u64::try_from(number >> shift).unwrap_or(u64::MAX);
        (leading as f64, shift as i32)
    };
    let ((part, small), (whole, large)) = (leading(part), leading(whole));
    part / whole * 2_f64.powi(small - large)
}
