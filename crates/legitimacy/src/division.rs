use detente_quantity::{Interval, Probability};

use crate::{Claimant, LegitimacyError, error::computed};

/// A good of size 1 to be divided between two sides, each a nation with its leader.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Division {
    /// The side whose share is x.
    pub first: Claimant,
    /// The side whose share is 1 − x.
    pub second: Claimant,
}

/// The shares of the first side at which both sides do at least as well as without agreement:
/// from `low` to `high`, none if they have crossed. Not cut to `[0, 1]`: a side that needs more
/// than the whole good may yet be paid otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Zone {
    /// The first side's reservation.
    pub low: f64,
    /// What the second side's reservation leaves.
    pub high: f64,
}

impl Zone {
    /// `high − low`: how much there is to share; negative by how much is lacking.
    #[must_use]
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// The zone as an interval, or `None` if it is empty.
    #[must_use]
    pub fn interval(self) -> Option<Interval> {
        Interval::new(self.low, self.high).ok()
    }
}

/// The zone of agreement between two nations and what their leaders leave of it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Zones {
    /// Between the nations' reservations.
    pub national: Zone,
    /// Between the leaders' reservations.
    pub leaders: Zone,
    /// D_i + D_j: how much narrower the second is; negative if wider.
    pub distortion: f64,
}

impl Zones {
    /// The share of the nations' zone that the leaders lose, min(1, max(0, D_i + D_j)/S^N)
    /// (claim D-35), or `None` if the nations have nothing to share.
    #[must_use]
    pub fn lost_share(&self) -> Option<Probability> {
        let width = self.national.width();
        (width > 0.0).then(|| Probability::saturating(self.distortion / width))
    }

    /// Whether the nations had something to share and the leaders nothing: a zone closed at home
    /// (claim D-02, *missed by incentive*).
    #[must_use]
    pub fn closed_at_home(&self) -> bool {
        let width = self.national.width();
        width > 0.0 && self.distortion > width
    }
}

impl Division {
    /// A division between these sides.
    #[must_use]
    pub const fn new(first: Claimant, second: Claimant) -> Self {
        Self { first, second }
    }

    /// Both zones of agreement, the nations' and the leaders' (claims D-02, D-35).
    ///
    /// # Errors
    /// As [`Claimant::distortion`], for either side.
    pub fn zones(&self) -> Result<Zones, LegitimacyError> {
        let national = self.national_zone();
        let (first, second) = (
            self.first.distortion()?.value,
            self.second.distortion()?.value,
        );
        Ok(Zones {
            national,
            leaders: Zone {
                low: national.low + first,
                high: national.high - second,
            },
            distortion: computed("sum of the distortions", first + second)?,
        })
    }

    /// For each side, the office stake beyond which its leader closes the zone while the other
    /// leader stays as is; `None` where no stake does (claim D-35).
    ///
    /// # Errors
    /// As [`Claimant::closing_stake`] and [`Claimant::distortion`].
    pub fn closing_stakes(&self) -> Result<(Option<f64>, Option<f64>), LegitimacyError> {
        let width = self.national_zone().width();
        Ok((
            self.first
                .closing_stake(width - self.second.distortion()?.value)?,
            self.second
                .closing_stake(width - self.first.distortion()?.value)?,
        ))
    }

    /// Whether some pair of office stakes closes the nations' zone: Σ max(0, r^P − r^N) > S^N
    /// (claim D-35).
    #[must_use]
    pub fn is_closable(&self) -> bool {
        let furthest = |side: &Claimant| side.furthest_distortion().max(0.0);
        furthest(&self.first) + furthest(&self.second) > self.national_zone().width()
    }

    fn national_zone(&self) -> Zone {
        Zone {
            low: self.first.national_reservation(),
            high: 1.0 - self.second.national_reservation(),
        }
    }
}
