use super::WinSet;
use crate::{LegitimacyError, error::finite};

/// One domestic actor with a say in ratification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Seat {
    /// Its votes; 0 for one that counts only by its veto.
    pub votes: u32,
    /// Whether nothing passes against it.
    pub veto: bool,
}

/// How many votes ratify. Ratios are exact: no vote is lost to rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum VotingRule {
    /// Every seat, whatever its votes.
    Unanimity,
    /// More than half of all votes.
    Majority,
    /// At least `numerator`/`denominator` of all votes, as two thirds.
    AtLeast {
        /// Above 0 and at most the denominator.
        numerator: u32,
        /// Above 0.
        denominator: u32,
    },
}

/// The domestic actors who ratify, and their rule.
///
/// ```
/// use detente_legitimacy::{Chamber, Seat, VotingRule};
/// // A president with a veto, and a senate of three blocs that ratifies with two thirds.
/// let seat = |votes, veto| Seat { votes, veto };
/// let senate = Chamber::new(
///     &[seat(0, true), seat(45, false), seat(35, false), seat(20, false)],
///     VotingRule::AtLeast { numerator: 2, denominator: 3 },
/// )?;
/// // What each of them gains by each of three agreements over none.
/// let gains = [[1.0, 2.0, 0.5], [3.0, 1.0, -1.0], [-1.0, 1.0, 2.0], [1.0, -2.0, 3.0]];
/// assert_eq!(senate.win_set(&gains)?.agreements().collect::<Vec<_>>(), [1]);
/// // The bloc of 35 alone keeps out the first agreement, that of 45 the third.
/// let opens: Vec<usize> = senate.pivots(&gains)?.iter().map(|it| it.opens).collect();
/// assert_eq!(opens, [0, 1, 1, 0]);
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Unchecked", into = "Unchecked"))]
pub struct Chamber {
    seats: Vec<Seat>,
    rule: VotingRule,
    needed: u64,
}

/// What one actor alone could do to a win-set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pivot {
    /// How many agreements would be ratified if it alone turned from no to yes.
    pub opens: usize,
    /// How many would no longer be if it alone turned from yes to no.
    pub closes: usize,
}

impl Chamber {
    /// Checks seats and rule.
    ///
    /// # Errors
    /// [`LegitimacyError::Empty`] if there is no seat or, unless the rule is unanimity, no vote;
    /// [`LegitimacyError::OutOfRange`] if the ratio of the rule is not above 0 and at most 1.
    pub fn new(seats: &[Seat], rule: VotingRule) -> Result<Self, LegitimacyError> {
        LegitimacyError::check_some("seats", seats.len())?;
        let total: u64 = seats.iter().map(|seat| u64::from(seat.votes)).sum();
        if total == 0 && rule != VotingRule::Unanimity {
            return Err(LegitimacyError::Empty { what: "votes" });
        }
        let needed = match rule {
            VotingRule::Unanimity => total,
            VotingRule::Majority => total / 2 + 1,
            VotingRule::AtLeast {
                numerator,
                denominator,
            } => {
                let (above, below) = (u128::from(numerator), u128::from(denominator));
                if above == 0 || above > below {
                    return Err(LegitimacyError::OutOfRange {
                        parameter: "ratio of votes that ratify",
                        given: f64::from(numerator) / f64::from(denominator),
                        expected: "a number above 0 and at most 1",
                    });
                }
                // At most the total, so it fits.
                u64::try_from((u128::from(total) * above).div_ceil(below)).unwrap_or(u64::MAX)
            }
        };
        Ok(Self {
            seats: seats.to_vec(),
            rule,
            needed,
        })
    }

    /// The seats, in the order given.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// The rule.
    #[must_use]
    pub const fn rule(&self) -> VotingRule {
        self.rule
    }

    /// How many votes ratify.
    #[must_use]
    pub const fn needed(&self) -> u64 {
        self.needed
    }

    /// Whether an agreement passes that seat i supports where `ayes[i]`. O(seats).
    ///
    /// # Errors
    /// [`LegitimacyError::Length`] unless there is one entry a seat.
    pub fn ratifies(&self, ayes: &[bool]) -> Result<bool, LegitimacyError> {
        LegitimacyError::check_length("ayes and noes", ayes.len(), self.seats.len())?;
        Ok(self.passes(self.tally(ayes.iter().copied())))
    }

    /// Which agreements of a list pass, where `gains[i][x]` is what seat i gains by agreement x over
    /// none and each supports what gives it more than 0. O(seats × agreements).
    ///
    /// # Errors
    /// [`LegitimacyError::Length`] unless there is one row a seat, all of one length;
    /// [`LegitimacyError::Entry`] with the first row that holds a number that is not finite.
    pub fn win_set(&self, gains: &[impl AsRef<[f64]>]) -> Result<WinSet, LegitimacyError> {
        let listed = self.check(gains)?;
        let ratified = (0..listed).map(|x| self.passes(self.tally(ayes(gains, x))));
        Ok(WinSet::new(ratified.collect()))
    }

    /// For each seat, how many agreements it alone could open or close. A seat that opens some is
    /// pivotal: who would widen the win-set has to win it over. O(seats × agreements).
    ///
    /// # Errors
    /// As [`win_set`](Self::win_set).
    pub fn pivots(&self, gains: &[impl AsRef<[f64]>]) -> Result<Vec<Pivot>, LegitimacyError> {
        let listed = self.check(gains)?;
        let none = Pivot {
            opens: 0,
            closes: 0,
        };
        let mut pivots = vec![none; self.seats.len()];
        for x in 0..listed {
            let tally = self.tally(ayes(gains, x));
            let passed = self.passes(tally);
            for ((seat, pivot), aye) in self.seats.iter().zip(&mut pivots).zip(ayes(gains, x)) {
                let turned = self.passes(self.turned(tally, *seat, aye));
                pivot.opens += usize::from(!passed && turned);
                pivot.closes += usize::from(passed && !turned);
            }
        }
        Ok(pivots)
    }

    fn check(&self, gains: &[impl AsRef<[f64]>]) -> Result<usize, LegitimacyError> {
        LegitimacyError::check_length("rows of gains", gains.len(), self.seats.len())?;
        let listed = gains.first().map_or(0, |row| row.as_ref().len());
        for (index, row) in gains.iter().enumerate() {
            let row = row.as_ref();
            LegitimacyError::check_length("gains of a seat", row.len(), listed)
                .and_then(|()| {
                    row.iter()
                        .try_for_each(|&gain| finite("gain of a seat", gain).map(|_| ()))
                })
                .map_err(|error| error.at(index))?;
        }
        Ok(listed)
    }

    /// The votes in favour and the vetoes against.
    pub(super) fn tally(&self, ayes: impl Iterator<Item = bool>) -> Tally {
        let start = Tally {
            votes: 0,
            vetoes: 0,
        };
        self.seats
            .iter()
            .zip(ayes)
            .fold(start, |tally, (seat, aye)| {
                if aye {
                    Tally {
                        votes: tally.votes + u64::from(seat.votes),
                        ..tally
                    }
                } else {
                    Tally {
                        vetoes: tally.vetoes + u64::from(self.blocks(*seat)),
                        ..tally
                    }
                }
            })
    }

    /// The tally after a seat that was in favour (`aye`) or against turns.
    pub(super) fn turned(&self, tally: Tally, seat: Seat, aye: bool) -> Tally {
        let (votes, veto) = (u64::from(seat.votes), u64::from(self.blocks(seat)));
        if aye {
            Tally {
                votes: tally.votes - votes,
                vetoes: tally.vetoes + veto,
            }
        } else {
            Tally {
                votes: tally.votes + votes,
                vetoes: tally.vetoes - veto,
            }
        }
    }

    pub(super) const fn passes(&self, tally: Tally) -> bool {
        tally.vetoes == 0 && tally.votes >= self.needed
    }

    /// Whether nothing passes against the seat.
    fn blocks(&self, seat: Seat) -> bool {
        seat.veto || self.rule == VotingRule::Unanimity
    }
}

/// Votes in favour and vetoes against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally {
    votes: u64,
    vetoes: u64,
}

/// Who gains by agreement `x`, seat by seat.
fn ayes(gains: &[impl AsRef<[f64]>], x: usize) -> impl Iterator<Item = bool> {
    let at = move |row: &[f64]| row.get(x).is_some_and(|gain| *gain > 0.0);
    gains.iter().map(move |row| at(row.as_ref()))
}

/// A chamber in a file.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Unchecked {
    seats: Vec<Seat>,
    rule: VotingRule,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Chamber {
    type Error = LegitimacyError;

    fn try_from(unchecked: Unchecked) -> Result<Self, LegitimacyError> {
        Self::new(&unchecked.seats, unchecked.rule)
    }
}

#[cfg(feature = "serde")]
impl From<Chamber> for Unchecked {
    fn from(chamber: Chamber) -> Self {
        Self {
            seats: chamber.seats,
            rule: chamber.rule,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn seat(votes: u32) -> Seat {
        Seat { votes, veto: false }
    }

    #[test]
    fn ratios_are_exact() {
        let two_thirds = VotingRule::AtLeast {
            numerator: 2,
            denominator: 3,
        };
        let needed = |total, rule| Chamber::new(&[seat(total)], rule).unwrap().needed();
        assert_eq!(needed(100, two_thirds), 67);
        assert_eq!(needed(99, two_thirds), 66);
        assert_eq!(needed(100, VotingRule::Majority), 51);
        assert_eq!(needed(101, VotingRule::Majority), 51);
        assert_eq!(needed(u32::MAX, VotingRule::Unanimity), u64::from(u32::MAX));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let error = |result: Result<Chamber, LegitimacyError>| result.unwrap_err().to_string();
        let beyond = VotingRule::AtLeast {
            numerator: 3,
            denominator: 2,
        };
        assert_eq!(
            error(Chamber::new(&[seat(1)], beyond)),
            "ratio of votes that ratify is 1.5; expected a number above 0 and at most 1"
        );
        assert_eq!(
            error(Chamber::new(&[seat(0)], VotingRule::Majority)),
            "no votes given; expected at least one"
        );
        assert!(Chamber::new(&[], VotingRule::Unanimity).is_err());
        let pair = Chamber::new(&[seat(1), seat(1)], VotingRule::Majority).unwrap();
        assert!(pair.ratifies(&[true]).is_err());
        assert!(pair.win_set(&[vec![1.0], vec![1.0, 2.0]]).is_err());
        let error = pair.win_set(&[[1.0], [f64::NAN]]).unwrap_err().to_string();
        assert_eq!(
            error,
            "entry 1: gain of a seat is NaN; expected a finite number"
        );
        let nothing: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
        assert_eq!(pair.win_set(&nothing).unwrap().listed(), 0);
    }

    proptest! {
        /// Every agreement counted anew, and every seat turned by hand.
        #[test]
        fn pivots_are_who_alone_makes_the_difference(
            (chamber, gains) in strategies::chamber_and_gains(),
        ) {
            let listed = gains.first().map_or(0, Vec::len);
            let passes = |x: usize, turned: Option<usize>| {
                let ayes: Vec<bool> = gains.iter().enumerate()
                    .map(|(seat, row)| (row[x] > 0.0) != (turned == Some(seat)))
                    .collect();
                let vetoed = chamber.seats.iter().zip(&ayes).any(|(seat, aye)| seat.veto && !aye);
                let votes: u64 = chamber.seats.iter().zip(&ayes)
                    .map(|(seat, aye)| if *aye { u64::from(seat.votes) } else { 0 })
                    .sum();
                let total: u64 = chamber.seats.iter().map(|seat| u64::from(seat.votes)).sum();
                let enough = match chamber.rule {
                    VotingRule::Unanimity => ayes.iter().all(|aye| *aye),
                    VotingRule::Majority => 2 * votes > total,
                    VotingRule::AtLeast { numerator, denominator } =>
                        votes * u64::from(denominator) >= total * u64::from(numerator),
                };
                enough && !vetoed
            };
            let win_set = chamber.win_set(&gains).unwrap();
            for x in 0..listed {
                prop_assert_eq!(win_set.contains(x), passes(x, None));
                let ayes: Vec<bool> = gains.iter().map(|row| row[x] > 0.0).collect();
                prop_assert_eq!(chamber.ratifies(&ayes).unwrap(), passes(x, None));
            }
            for (seat, pivot) in chamber.pivots(&gains).unwrap().iter().enumerate() {
                let count = |before: bool| (0..listed)
                    .filter(|&x| passes(x, None) == before && passes(x, Some(seat)) != before)
                    .count();
                prop_assert_eq!((pivot.opens, pivot.closes), (count(false), count(true)));
            }
        }
    }
}
