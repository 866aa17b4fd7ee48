use detente_quantity::Probability;

use crate::{HomeReading, LegitimacyError, StakeRange};

/// The nations' and the leaders' zones of agreement over one list of agreements (claim D-02).
///
/// ```
/// # use detente_legitimacy::{HomeReading, StakeRange};
/// use detente_legitimacy::HomeZones;
/// # let reading = |national: f64, survival: f64| HomeReading {
/// #     national, survival, margin: national + 2.0 * survival,
/// #     stakes: if survival < 0.0 { StakeRange::Below(-national / survival) } else { StakeRange::Any },
/// # };
/// // Two leaders with office stake 2, each with its readings of two agreements.
/// let readings = [
///     vec![reading(0.25, -0.125), reading(0.5, -0.5)],
///     vec![reading(0.5, -0.375), reading(0.25, 0.0)],
/// ];
/// let zones = HomeZones::new(&readings)?;
/// assert_eq!((zones.national.len(), zones.leaders.len()), (2, 0));
/// assert!(zones.closed_at_home());
/// // The second agreement is open to the second leader; the first would have signed it if office
/// // had been worth less than 1.
/// assert_eq!(zones.closing_stakes[0], StakeRange::Below(1.0));
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HomeZones {
    /// The numbers of the agreements by which every nation gains, from 0, rising.
    pub national: Vec<usize>,
    /// Those that every leader accepts.
    pub leaders: Vec<usize>,
    /// Those in both.
    pub both: Vec<usize>,
    /// For each party, the office stakes of its leader at which the leaders' zone is not empty, the
    /// others as they are: `Below(R*)` reads "closes once office is worth R* or more".
    pub closing_stakes: Vec<StakeRange>,
}

impl HomeZones {
    /// The zones, from each party's [readings](crate::Leader::readings) of the same list.
    /// O(parties × agreements).
    ///
    /// # Errors
    /// [`LegitimacyError::Empty`] without parties, [`LegitimacyError::Length`] if they read lists
    /// of different length.
    pub fn new(parties: &[impl AsRef<[HomeReading]>]) -> Result<Self, LegitimacyError> {
        let rows: Vec<&[HomeReading]> = parties.iter().map(AsRef::as_ref).collect();
        LegitimacyError::check_some("parties", rows.len())?;
        let listed = rows.first().map_or(0, |row| row.len());
        for row in &rows {
            LegitimacyError::check_length("agreements read by a party", row.len(), listed)?;
        }
        // How many leaders refuse each agreement, so that nobody is asked twice.
        let mut refusals = vec![0_usize; listed];
        let mut gaining = vec![true; listed];
        for row in &rows {
            for ((reading, refusals), gaining) in row.iter().zip(&mut refusals).zip(&mut gaining) {
                *refusals += usize::from(!reading.accepts());
                *gaining &= reading.nation_gains();
            }
        }
        let places = |holds: &dyn Fn(usize) -> bool| (0..listed).filter(|&x| holds(x)).collect();
        Ok(Self {
            national: places(&|x| gaining[x]),
            leaders: places(&|x| refusals[x] == 0),
            both: places(&|x| gaining[x] && refusals[x] == 0),
            closing_stakes: rows.iter().map(|row| closing(row, &refusals)).collect(),
        })
    }

    /// Whether the nations had an agreement and the leaders none at all: *missed by incentive* (claim
    /// D-02), where history shows none. So it is too where leaders have only others, `both` being
    /// empty, though their own zone is open then.
    #[must_use]
    pub fn closed_at_home(&self) -> bool {
        !self.national.is_empty() && self.leaders.is_empty()
    }

    /// The share of the nations' agreements that some leader refuses; `None` if there are none.
    #[must_use]
    pub fn lost_share(&self) -> Option<Probability> {
        (!self.national.is_empty()).then(|| {
            let kept = self.both.len() as f64 / self.national.len() as f64;
            Probability::saturating(1.0 - kept)
        })
    }
}

/// The stakes of one leader at which some agreement is left that all the others accept.
fn closing(row: &[HomeReading], refusals: &[usize]) -> StakeRange {
    let open_otherwise = row
        .iter()
        .zip(refusals)
        .filter(|(reading, refusals)| **refusals == usize::from(!reading.accepts()))
        .map(|(reading, _)| reading.stakes);
    let (mut below, mut above) = (None::<f64>, None::<f64>);
    for stakes in open_otherwise {
        let (under, over) = match stakes {
            StakeRange::Any => return StakeRange::Any,
            StakeRange::Below(end) => (Some(end), None),
            StakeRange::Above(end) => (None, Some(end)),
            StakeRange::Outside { below, above } => (Some(below), Some(above)),
            StakeRange::Never => (None, None),
        };
        below = below.into_iter().chain(under).reduce(f64::max);
        above = above.into_iter().chain(over).reduce(f64::min);
    }
    match (below, above) {
        (Some(below), Some(above)) if above < below => StakeRange::Any,
        (Some(below), Some(above)) => StakeRange::Outside { below, above },
        (Some(below), None) => StakeRange::Below(below),
        (None, Some(above)) => StakeRange::Above(above),
        (None, None) => StakeRange::Never,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Leader, LeaderParams, strategies};

    #[test]
    fn what_does_not_fit_is_refused() {
        let none: [Vec<HomeReading>; 0] = [];
        assert_eq!(
            HomeZones::new(&none).unwrap_err().to_string(),
            "no parties given; expected at least one"
        );
        let empty = HomeZones::new(&[Vec::new(), Vec::new()]).unwrap();
        assert!(!empty.closed_at_home() && empty.lost_share().is_none());
        assert_eq!(empty.closing_stakes, [StakeRange::Never; 2]);
    }

    proptest! {
        /// Every agreement and every other office stake, by the leaders' own margins.
        #[test]
        fn zones_are_what_margins_say(
            leaders in prop::collection::vec(strategies::leader(), 1..4),
            lists in prop::collection::vec(
                prop::collection::vec(strategies::leader_stakes(), 4), 3),
            stake in 0.0..20.0_f64,
        ) {
            let readings: Vec<Vec<HomeReading>> = leaders.iter().zip(&lists)
                .map(|(leader, list)| leader.readings(list).unwrap())
                .collect();
            let zones = HomeZones::new(&readings).unwrap();
            let accepts = |leader: &Leader, party: usize, x: usize| {
                leader.margin(lists[party][x]).unwrap()
            };
            let open = |x: usize, changed: Option<(usize, &Leader)>| leaders.iter().enumerate()
                .all(|(party, own)| {
                    let leader = match changed {
                        Some((other, leader)) if other == party => leader,
                        _ => own,
                    };
                    accepts(leader, party, x) > 0.0
                });
            let expected: Vec<usize> = (0..4).filter(|&x| open(x, None)).collect();
            prop_assert_eq!(&zones.leaders, &expected);
            for (party, range) in zones.closing_stakes.iter().enumerate() {
                let params = LeaderParams { office_stake: stake, ..*leaders[party].params() };
                let other = Leader::new(params).unwrap();
                if (0..4).any(|x| accepts(&other, party, x).abs() < 1e-9) {
                    continue;
                }
                let left = (0..4).any(|x| open(x, Some((party, &other))));
                prop_assert_eq!(range.contains(stake), left, "{:?} at {}", range, stake);
            }
        }
    }
}
