use std::collections::VecDeque;

use crate::{Agreements, PayoffMatrix};

/// A way from an agreement to the frontier by steps that nobody loses by.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ImprovingChain {
    /// The agreements after each step; the last is efficient. Empty for an efficient agreement.
    pub steps: Vec<usize>,
    /// How many issues are reopened at once, at most: the fewest with which there is a way.
    pub issues_at_once: usize,
}

/// The agreements that are better than one for some party and worse for none (Pareto), in order;
/// empty if it is efficient or does not exist. O(parties · agreements).
///
/// ```
/// use detente_payoff::{PayoffMatrix, improvements};
/// let vectors = [[1.0, 1.0], [2.0, 1.0], [1.0, 1.0], [0.0, 9.0]];
/// let matrix = PayoffMatrix::from_vectors(&vectors, &[0.0, 0.0])?;
/// assert_eq!(improvements(&matrix, 0), [1]);
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[must_use]
pub fn improvements(matrix: &PayoffMatrix, agreement: usize) -> Vec<usize> {
    if agreement >= matrix.len() {
        return Vec::new();
    }
    let better = |&other: &usize| improves(matrix, agreement, other);
    (0..matrix.len()).filter(better).collect()
}

/// The most improvements among which a shortest chain is looked for.
const MOST_SEARCHED: usize = 4_096;

/// The shortest chain of Pareto-improving steps from an agreement to an efficient one, with as few
/// issues reopened at once as will do: first one issue a step, then two, and so on. A party never
/// has to take a loss on the way for the sake of what comes later. `None` if the agreement does not
/// exist, the lists differ in length, or more than some four thousand agreements improve on it.
/// O(improvements² · (parties + issues)).
///
/// ```
/// use detente_payoff::{AgreementSpace, PayoffMatrix, Utility, improving_chain};
/// // Each party's own issue matters more to it; both have been given away.
/// let agreements = AgreementSpace::new(&[2, 2])?.enumerate()?;
/// let utilities = [
///     Utility::additive(0.0, vec![vec![8.0, 0.0], vec![2.0, 0.0]])?,
///     Utility::additive(0.0, vec![vec![0.0, 2.0], vec![0.0, 8.0]])?,
/// ];
/// let matrix = PayoffMatrix::tabulate(&agreements, &utilities, &[0.0, 0.0])?;
/// let lopsided = agreements.position(&[1, 0]).expect("feasible");
/// let chain = improving_chain(&matrix, &agreements, lopsided).expect("a small space");
/// // No issue alone betters both, the two together do.
/// assert_eq!((chain.issues_at_once, chain.steps.len()), (2, 1));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[must_use]
pub fn improving_chain(
    matrix: &PayoffMatrix,
    agreements: &Agreements,
    from: usize,
) -> Option<ImprovingChain> {
    if agreements.len() != matrix.len() || from >= matrix.len() {
        return None;
    }
    let better = improvements(matrix, from);
    if better.len() > MOST_SEARCHED {
        return None;
    }
    if better.is_empty() {
        return Some(ImprovingChain {
            steps: Vec::new(),
            issues_at_once: 0,
        });
    }
    let search = Search {
        matrix,
        agreements,
        better: &better,
    };
    (1..=agreements.n_issues()).find_map(|issues_at_once| {
        Some(ImprovingChain {
            steps: search.shortest(from, issues_at_once)?,
            issues_at_once,
        })
    })
}

/// Whether nobody loses and somebody gains from one agreement to the other.
fn improves(matrix: &PayoffMatrix, from: usize, to: usize) -> bool {
    let mut gained = false;
    for column in matrix.columns() {
        if column[to] < column[from] {
            return false;
        }
        gained |= column[to] > column[from];
    }
    gained
}

struct Search<'a> {
    matrix: &'a PayoffMatrix,
    agreements: &'a Agreements,
    /// The agreements that improve on the first: whatever improves on one of them is among them.
    better: &'a [usize],
}

impl Search<'_> {
    /// Breadth first, so that the first efficient agreement reached is reached by fewest steps.
    fn shortest(&self, from: usize, issues_at_once: usize) -> Option<Vec<usize>> {
        let mut before: Vec<Option<usize>> = vec![None; self.better.len()];
        let mut queue = VecDeque::from([None]);
        while let Some(at) = queue.pop_front() {
            let here = at.map_or(from, |place: usize| self.better[place]);
            if at.is_some() && self.is_efficient(here) {
                return Some(self.steps(at, &before));
            }
            for (place, &next) in self.better.iter().enumerate() {
                let open = before[place].is_none() && Some(place) != at;
                if open
                    && self.reopened(here, next) <= issues_at_once
                    && improves(self.matrix, here, next)
                {
                    before[place] = Some(at.unwrap_or(usize::MAX));
                    queue.push_back(Some(place));
                }
            }
        }
        None
    }

    fn is_efficient(&self, agreement: usize) -> bool {
        let mut better = self.better.iter();
        !better.any(|&other| improves(self.matrix, agreement, other))
    }

    /// How many issues two agreements settle differently.
    fn reopened(&self, one: usize, other: usize) -> usize {
        let options = |agreement| self.agreements.get(agreement).unwrap_or_default();
        let pairs = options(one).iter().zip(options(other));
        pairs.filter(|(a, b)| a != b).count()
    }

    fn steps(&self, last: Option<usize>, before: &[Option<usize>]) -> Vec<usize> {
        let mut steps = Vec::new();
        let mut at = last;
        while let Some(place) = at.filter(|place| *place < self.better.len()) {
            steps.push(self.better[place]);
            at = before[place];
        }
        steps.reverse();
        steps
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{frontier, strategies};

    proptest! {
        #[test]
        fn chains_lead_to_the_frontier_by_improvements(
            (space, utilities) in strategies::negotiation(1..=3),
            at in any::<prop::sample::Index>(),
        ) {
            let agreements = space.enumerate().unwrap();
            let d = vec![0.0; utilities.len()];
            let matrix = PayoffMatrix::tabulate(&agreements, &utilities, &d).unwrap();
            let from = at.index(agreements.len());
            let efficient = frontier(&matrix).packages();
            let chain = improving_chain(&matrix, &agreements, from).unwrap();
            prop_assert_eq!(chain.steps.is_empty(), efficient.contains(&from));
            prop_assert!(efficient.contains(chain.steps.last().unwrap_or(&from)));
            let mut here = from;
            for &next in &chain.steps {
                prop_assert!(improves(&matrix, here, next));
                let pairs = agreements.get(here).unwrap().iter().zip(agreements.get(next).unwrap());
                prop_assert!(pairs.filter(|(a, b)| a != b).count() <= chain.issues_at_once);
                here = next;
            }
        }
    }

    #[test]
    fn what_does_not_exist_has_no_chain() {
        let agreements = crate::AgreementSpace::new(&[2])
            .unwrap()
            .enumerate()
            .unwrap();
        let matrix = PayoffMatrix::from_vectors(&[[1.0], [2.0]], &[0.0]).unwrap();
        assert_eq!(improving_chain(&matrix, &agreements, 2), None);
        assert_eq!(improvements(&matrix, 2), [0_usize; 0]);
        let short = PayoffMatrix::from_vectors(&[[1.0]], &[0.0]).unwrap();
        assert_eq!(improving_chain(&short, &agreements, 0), None);
        let chain = improving_chain(&matrix, &agreements, 0).unwrap();
        assert_eq!((chain.steps, chain.issues_at_once), (vec![1], 1));
    }
}
