use super::Chamber;
use crate::LegitimacyError;

/// How often a seat decides.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Power {
    /// In how many sets of the others its yes turns defeat into ratification.
    pub swings: u64,
    /// Banzhaf's (1965) measure: the chance that it decides if every other seat tosses a coin.
    pub banzhaf: f64,
    /// The Shapley–Shubik (1954) index: the chance that it decides if seats come round to the
    /// agreement in random order. They sum to 1.
    pub shapley_shubik: f64,
}

/// More seats than this have too many sets to go through.
const MOST: usize = 20;

impl Chamber {
    /// The power of every seat, by going through all sets of the others. O(seats · 2^seats).
    ///
    /// # Errors
    /// [`LegitimacyError::TooMany`] with more than 20 seats.
    pub fn power(&self) -> Result<Vec<Power>, LegitimacyError> {
        let count = self.seats().len();
        if count > MOST {
            return Err(LegitimacyError::TooMany {
                what: "seats",
                given: count,
                most: MOST,
            });
        }
        // Swings of each seat by how many others are in favour.
        let mut swings = vec![[0_u64; MOST]; count];
        for ayes in 0..1_u32 << count {
            let tally = self.tally((0..count).map(|seat| ayes >> seat & 1 == 1));
            if self.passes(tally) {
                continue;
            }
            for ((index, seat), counts) in self.seats().iter().enumerate().zip(&mut swings) {
                let against = ayes >> index & 1 == 0;
                if against && self.passes(self.turned(tally, *seat, false)) {
                    counts[ayes.count_ones() as usize] += 1;
                }
            }
        }
        Ok(swings.iter().map(|counts| of(counts, count)).collect())
    }
}

/// Power from a seat's swings by the number of others in favour.
fn of(counts: &[u64; MOST], seats: usize) -> Power {
    let swings = counts.iter().sum();
    let mut shapley_shubik = 0.0;
    // The sets of k of the others: C(seats − 1, k).
    let mut sets = 1.0;
    for (k, &swings) in counts.iter().enumerate().take(seats) {
        shapley_shubik += swings as f64 / (seats as f64 * sets);
        sets *= (seats - 1 - k) as f64 / (k + 1) as f64;
    }
    Power {
        swings,
        banzhaf: swings as f64 / f64::from(1_u32 << (seats - 1)),
        shapley_shubik,
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;
    use crate::{Seat, VotingRule};

    fn powers(votes: &[u32], rule: VotingRule) -> Vec<Power> {
        let seats: Vec<Seat> = votes
            .iter()
            .map(|&votes| Seat { votes, veto: false })
            .collect();
        Chamber::new(&seats, rule).unwrap().power().unwrap()
    }

    /// The Council of the Six, 1958: 12 of 17 votes. Luxembourg never decided.
    #[test]
    fn the_council_of_1958() {
        let rule = VotingRule::AtLeast {
            numerator: 12,
            denominator: 17,
        };
        let found = powers(&[4, 4, 4, 2, 2, 1], rule);
        let swings: Vec<u64> = found.iter().map(|it| it.swings).collect();
        assert_eq!(swings, [10, 10, 10, 6, 6, 0]);
        for (power, sixtieths) in found.iter().zip([14.0, 14.0, 14.0, 9.0, 9.0, 0.0]) {
            assert_relative_eq!(power.shapley_shubik, sixtieths / 60.0, epsilon = 1e-15);
        }
    }

    /// The Security Council: five vetoes, nine votes of fifteen.
    #[test]
    fn the_security_council() {
        let seats: Vec<Seat> = (0..15)
            .map(|seat| Seat {
                votes: 1,
                veto: seat < 5,
            })
            .collect();
        let rule = VotingRule::AtLeast {
            numerator: 9,
            denominator: 15,
        };
        let found = Chamber::new(&seats, rule).unwrap().power().unwrap();
        assert_relative_eq!(found[0].shapley_shubik, 421.0 / 2145.0, epsilon = 1e-12);
        assert_relative_eq!(found[14].shapley_shubik, 4.0 / 2145.0, epsilon = 1e-12);
        let sum: f64 = found.iter().map(|it| it.shapley_shubik).sum();
        assert_relative_eq!(sum, 1.0, epsilon = 1e-12);
    }

    #[test]
    fn unanimity_shares_power_evenly_and_too_many_are_refused() {
        for power in powers(&[7, 2, 0], VotingRule::Unanimity) {
            assert_eq!((power.swings, power.banzhaf), (1, 0.25));
            assert_relative_eq!(power.shapley_shubik, 1.0 / 3.0, epsilon = 1e-15);
        }
        assert_eq!(powers(&[1], VotingRule::Majority)[0].shapley_shubik, 1.0);
        let crowd = Chamber::new(
            &[Seat {
                votes: 1,
                veto: false,
            }; 21],
            VotingRule::Majority,
        );
        assert_eq!(
            crowd.unwrap().power().unwrap_err().to_string(),
            "21 seats given; expected at most 20"
        );
    }
}
