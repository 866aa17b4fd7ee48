//! Deterministic instances of any size with integer payoffs, for tests and benchmarks (feature
//! `proptest`). They are the instances on which the reference answers were computed.
//!
//! With parties `p`, issues `i` and options `o` from 0, `t = 1000003(p+1) + 10007(i+1) + 101(o+1)`,
//! hash `h = t² mod 65537` and weight `w = 1 + (37(p+1) + 11(i+1)) mod 9`:
//!
//! - *mixed*: the payoff of an option is `w · (h mod 1001)`;
//! - *opposed*: with `c(0) = 0` and `c(o) = c(o−1) + 1 + (h mod 200)`, it is `w · c(o)` for a party
//!   that wants more on the issue and `w · (c(last) − c(o))` for one that wants less. The first
//!   party wants more, the second less, and any other more where `i + p` is even.

use crate::{AgreementSpace, PayoffError, Utility};

/// How the parties' interests are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Unrelated: much to be gained together, a small frontier.
    Mixed,
    /// Opposed issue by issue: logrolling is all there is, a large frontier.
    Opposed,
}

fn hash(party: u64, issue: u64, option: u64) -> u64 {
    let t = 1_000_003 * (party + 1) + 10_007 * (issue + 1) + 101 * (option + 1);
    t * t % 65_537
}

impl Family {
    /// One party's payoff from each option of an issue.
    fn issue_table(self, party: u64, issue: u64, n_options: usize) -> Vec<f64> {
        let weight = 1 + (37 * (party + 1) + 11 * (issue + 1)) % 9;
        let options = 0..n_options as u64;
        if self == Self::Mixed {
            return options
                .map(|option| (weight * (hash(party, issue, option) % 1001)) as f64)
                .collect();
        }
        let mut climbed = 0;
        let climb: Vec<u64> = options
            .map(|option| {
                climbed += if option == 0 {
                    0
                } else {
                    1 + hash(party, issue, option) % 200
                };
                climbed
            })
            .collect();
        let wants_more = party == 0 || (party >= 2 && (issue + party).is_multiple_of(2));
        climb
            .iter()
            .map(|&c| (weight * if wants_more { c } else { climbed - c }) as f64)
            .collect()
    }

    /// One party's payoff from each option of each issue.
    #[must_use]
    pub fn tables(self, party: usize, sizes: &[usize]) -> Vec<Vec<f64>> {
        sizes
            .iter()
            .enumerate()
            .map(|(issue, &size)| self.issue_table(party as u64, issue as u64, size))
            .collect()
    }

    /// The space with issues of these sizes and the additive utilities of `n_parties` parties.
    ///
    /// # Errors
    /// Those of [`AgreementSpace::new`].
    pub fn instance(
        self,
        n_parties: usize,
        sizes: &[usize],
    ) -> Result<(AgreementSpace, Vec<Utility>), PayoffError> {
        let space = AgreementSpace::new(sizes)?;
        let utilities =
            (0..n_parties).map(|party| Utility::additive(0.0, self.tables(party, sizes)));
        Ok((space, utilities.collect::<Result<_, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_agree_with_the_reference() {
        assert_eq!(
            Family::Opposed.tables(0, &[4, 4])[..],
            [[0.0, 756.0, 1540.0, 1560.0], [0.0, 954.0, 1752.0, 2406.0]]
        );
        assert_eq!(
            Family::Opposed.tables(1, &[4])[..],
            [[1945.0, 1300.0, 760.0, 0.0]]
        );
        assert_eq!(
            Family::Opposed.tables(2, &[4, 4])[1][..],
            [2352.0, 2152.0, 1008.0, 0.0]
        );
    }
}
