use detente_quantity::Probability;

use crate::{Act, Belief, ReputationError, Warranted, posterior};

/// How many ways of counting one clue of each group are tried at most.
const MOST_WAYS: usize = 1 << 16;

/// What hangs on clues that may repeat one another: two reports from one source, two orders of one
/// decision. Counting them all as independent overstates them; counting one of each group is the
/// other extreme (Zaks 2021 on the want of such guards in process tracing).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Dependence {
    /// The belief with every clue counted in full.
    pub as_independent: Probability,
    /// The lowest belief if one clue of each group is counted, whichever it is.
    pub lowest: Probability,
    /// The highest such belief.
    pub highest: Probability,
    /// The same for each group on its own, in the order given.
    pub groups: Vec<OverCounted>,
}

/// What hangs on one group of dependent clues.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OverCounted {
    /// The places of its acts in the stream, from 0.
    pub acts: Vec<usize>,
    /// The lowest belief if one of them is counted, and every other clue of the stream.
    pub lowest: Probability,
    /// The highest such belief.
    pub highest: Probability,
}

impl Dependence {
    /// Whether it matters to a decision at `threshold` how dependent clues are counted: whether the
    /// belief exceeds it in one way of counting and not in another.
    #[must_use]
    pub fn decides(&self, threshold: Probability) -> bool {
        let beliefs = [self.as_independent, self.lowest, self.highest];
        let above = |belief: &Probability| *belief > threshold;
        beliefs.iter().any(above) && !beliefs.iter().all(above)
    }
}

/// The belief in type `position` after all acts, if each group in `groups` (places of acts, from 0)
/// is counted as one clue: the lowest and the highest over the clue that is kept. Exact, over all
/// ways of keeping one in each. O(ways · acts · types).
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Tone, dependence};
///
/// let clue = |ratio| Evidence::ratios(vec![ratio, 1.0]).map(|it| Act::new(Tone::Hostile, it));
/// // Two embassies heard the same rumour.
/// let acts = [clue(2.0)?, clue(4.0)?, clue(3.0)?];
/// let even = Belief::binary(Probability::HALF)?;
/// let found = dependence(&even, &acts, &[vec![1, 2]], 0)?;
/// assert_eq!(found.as_independent.get(), 24.0 / 25.0);
/// assert!((found.lowest.get() - 6.0 / 7.0).abs() < 1e-15);
/// assert!((found.highest.get() - 8.0 / 9.0).abs() < 1e-15);
/// assert!(found.decides(Probability::new(0.9)?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`posterior`] for the acts; [`ReputationError::Entry`] if a group names an act that is not
/// there or that another group or itself has named; [`ReputationError::Length`] for a group without
/// acts; [`ReputationError::TooLarge`] beyond 65,536 ways.
pub fn dependence(
    prior: &Belief,
    acts: &[Act],
    groups: &[Vec<usize>],
    position: usize,
) -> Result<Dependence, ReputationError> {
    check(acts.len(), groups)?;
    let all: Vec<&Vec<usize>> = groups.iter().collect();
    let belief = |left_out: &[bool]| believed(prior, acts, left_out, position);
    let as_independent = belief(&vec![false; acts.len()])?;
    let (lowest, highest) = over_ways(acts.len(), &all, belief)?;
    let alone = |group: &Vec<usize>| {
        let (lowest, highest) = over_ways(acts.len(), &[group], belief)?;
        Ok(OverCounted {
            acts: group.clone(),
            lowest,
            highest,
        })
    };
    Ok(Dependence {
        as_independent,
        lowest,
        highest,
        groups: groups
            .iter()
            .map(alone)
            .collect::<Result<_, ReputationError>>()?,
    })
}

fn check(acts: usize, groups: &[Vec<usize>]) -> Result<(), ReputationError> {
    let mut named = vec![false; acts];
    let mut ways = 1_usize;
    for group in groups {
        if group.is_empty() {
            return Err(ReputationError::Length {
                array: "a group of dependent acts",
                given: 0,
                expected: 1,
            });
        }
        for (position, &act) in group.iter().enumerate() {
            if named.get(act).is_none_or(|named| *named) {
                return Err(ReputationError::Entry {
                    array: "groups of dependent acts, none in two of them",
                    position,
                    given: act,
                    least: 0,
                    most: acts.saturating_sub(1),
                });
            }
            named[act] = true;
        }
        ways = ways.saturating_mul(group.len());
    }
    if ways > MOST_WAYS {
        return Err(ReputationError::TooLarge {
            what: "keeping one clue of each group in every way",
            needed: ways,
            limit: MOST_WAYS,
        });
    }
    Ok(())
}

fn believed(
    prior: &Belief,
    acts: &[Act],
    left_out: &[bool],
    position: usize,
) -> Result<Probability, ReputationError> {
    let counted = acts.iter().zip(left_out).filter(|(_, out)| !**out);
    let belief = posterior(prior, counted.map(|(act, _)| act), &Warranted)?;
    Ok(belief.probability(position))
}

/// The lowest and highest belief over every way of keeping one act of each group.
fn over_ways(
    acts: usize,
    groups: &[&Vec<usize>],
    belief: impl Fn(&[bool]) -> Result<Probability, ReputationError>,
) -> Result<(Probability, Probability), ReputationError> {
    let ways: usize = groups.iter().map(|group| group.len()).product();
    let (mut lowest, mut highest) = (Probability::ONE, Probability::ZERO);
    for way in 0..ways {
        let mut left_out = vec![false; acts];
        let mut rest = way;
        for group in groups {
            for &act in *group {
                left_out[act] = true;
            }
            left_out[group[rest % group.len()]] = false;
            rest /= group.len();
        }
        let believed = belief(&left_out)?;
        if believed < lowest {
            lowest = believed;
        }
        if believed > highest {
            highest = believed;
        }
    }
    Ok((lowest, highest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Evidence, Tone};

    fn clue(ratio: f64) -> Act {
        Act::new(
            Tone::Hostile,
            Evidence::ratios(vec![ratio, 1.0, 1.0]).unwrap(),
        )
    }

    #[test]
    fn groups_on_their_own_and_together() {
        let prior = Belief::from_log_weights(vec![0.0; 3]).unwrap();
        let acts = [2.0, 4.0, 8.0, 0.5, 1.0].map(clue);
        let groups = [vec![0, 2], vec![4, 1]];
        let found = dependence(&prior, &acts, &groups, 0).unwrap();
        let trust = |odds: f64| odds / (odds + 2.0);
        let close = |belief: Probability, odds: f64| (belief.get() - trust(odds)).abs() < 1e-14;
        assert!(close(found.as_independent, 32.0));
        assert!(close(found.lowest, 1.0) && close(found.highest, 16.0));
        assert!(close(found.groups[0].lowest, 4.0) && close(found.groups[0].highest, 16.0));
        assert!(close(found.groups[1].lowest, 8.0) && close(found.groups[1].highest, 32.0));
        assert!(found.decides(Probability::HALF) && !found.decides(Probability::new(0.1).unwrap()));
        let none = dependence(&prior, &acts, &[], 0).unwrap();
        assert_eq!(
            (none.lowest, none.highest),
            (none.as_independent, none.as_independent)
        );
    }

    #[test]
    fn groups_that_are_none_are_refused() {
        let prior = Belief::from_log_weights(vec![0.0; 3]).unwrap();
        let acts = vec![clue(2.0); 34];
        let error = |groups: &[Vec<usize>]| dependence(&prior, &acts, groups, 0).unwrap_err();
        assert!(matches!(error(&[vec![]]), ReputationError::Length { .. }));
        assert!(matches!(
            error(&[vec![0, 34]]),
            ReputationError::Entry { given: 34, .. }
        ));
        assert!(matches!(
            error(&[vec![0, 1], vec![1]]),
            ReputationError::Entry { given: 1, .. }
        ));
        let pairs: Vec<Vec<usize>> = (0..17).map(|n| vec![2 * n, 2 * n + 1]).collect();
        assert!(matches!(error(&pairs), ReputationError::TooLarge { .. }));
    }
}
