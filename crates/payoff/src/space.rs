use std::collections::{BTreeMap, BTreeSet};

use crate::{Agreements, PayoffError};

/// The agreements that could be written down: one option for each issue, less the combinations
/// that are impossible together.
///
/// Issues and their options are counted from 0. A forbidden combination is a list of
/// `(issue, option)` pairs; an agreement that contains them all is impossible, one that contains
/// only some of them is not.
///
/// ```
/// use detente_payoff::AgreementSpace;
///
/// // Inspections (none, some, full) and ceilings (high, low); a low ceiling cannot go uninspected.
/// let space = AgreementSpace::new(&[3, 2])?.forbidding(&[(0, 0), (1, 1)])?;
/// assert_eq!(space.combinations(), Some(6));
/// assert_eq!(space.enumerate()?.len(), 5);
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementSpace {
    sizes: Vec<usize>,
    forbidden: BTreeSet<Vec<(usize, usize)>>,
}

impl AgreementSpace {
    /// The largest number of combinations that [`enumerate`](Self::enumerate) lists: 2²⁷, some
    /// 1.3·10⁸. With more than eight issues the list would hold over 2³⁰ entries first, and the
    /// limit falls accordingly.
    pub const MAX_LISTED: usize = 1 << 27;

    /// The most options an issue may have.
    pub const MAX_OPTIONS: usize = u32::MAX as usize;

    /// Entries of four bytes in the longest list: four gibibytes.
    const MAX_ENTRIES: usize = 1 << 30;

    /// The space in which issue `i` has `sizes[i]` options and every combination is possible.
    ///
    /// # Errors
    /// [`PayoffError::NoIssues`], or [`PayoffError::NoOptions`] or
    /// [`PayoffError::TooManyOptions`] naming the issue.
    pub fn new(sizes: &[usize]) -> Result<Self, PayoffError> {
        if sizes.is_empty() {
            return Err(PayoffError::NoIssues);
        }
        for (issue, &given) in sizes.iter().enumerate() {
            if given == 0 {
                return Err(PayoffError::NoOptions { issue });
            }
            if given > Self::MAX_OPTIONS {
                return Err(PayoffError::TooManyOptions {
                    issue,
                    given,
                    limit: Self::MAX_OPTIONS,
                });
            }
        }
        Ok(Self {
            sizes: sizes.to_vec(),
            forbidden: BTreeSet::new(),
        })
    }

    /// The same space without the agreements that contain every `(issue, option)` of
    /// `combination`. Order and repetition within the combination do not matter.
    ///
    /// # Errors
    /// [`PayoffError::EmptyCombination`], [`PayoffError::UnknownIssue`],
    /// [`PayoffError::UnknownOption`], or [`PayoffError::Contradiction`] if the combination asks
    /// for two options of one issue.
    pub fn forbidding(mut self, combination: &[(usize, usize)]) -> Result<Self, PayoffError> {
        let pairs: BTreeSet<(usize, usize)> = combination.iter().copied().collect();
        if pairs.is_empty() {
            return Err(PayoffError::EmptyCombination);
        }
        for &(issue, option) in &pairs {
            self.check_option(issue, option)?;
        }
        let pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
        for pair in pairs.windows(2) {
            if pair[0].0 == pair[1].0 {
                return Err(PayoffError::Contradiction {
                    issue: pair[0].0,
                    first: pair[0].1,
                    second: pair[1].1,
                });
            }
        }
        self.forbidden.insert(pairs);
        Ok(self)
    }

    /// How many options each issue has, in the order of the issues.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// How many issues there are; at least one.
    #[must_use]
    pub fn n_issues(&self) -> usize {
        self.sizes.len()
    }

    /// The forbidden combinations in lexicographic order, each sorted by issue.
    pub fn forbidden(&self) -> impl ExactSizeIterator<Item = &[(usize, usize)]> {
        self.forbidden.iter().map(Vec::as_slice)
    }

    /// The product of the issues' sizes, forbidden combinations included; `None` beyond 128 bits.
    #[must_use]
    pub fn combinations(&self) -> Option<u128> {
        self.sizes
            .iter()
            .try_fold(1_u128, |product, &size| product.checked_mul(size as u128))
    }

    /// Whether `agreement` names one option for each issue and contains no forbidden combination.
    /// O(issues · forbidden combinations).
    #[must_use]
    pub fn is_feasible(&self, agreement: &[u32]) -> bool {
        let holds = |&(issue, option): &(usize, usize)| agreement[issue] as usize == option;
        agreement.len() == self.n_issues()
            && agreement
                .iter()
                .zip(&self.sizes)
                .all(|(&option, &size)| (option as usize) < size)
            && !self.forbidden.iter().any(|pairs| pairs.iter().all(holds))
    }

    /// Lists the feasible agreements in lexicographic order, the last issue changing fastest.
    ///
    /// O(combinations · issues) in the worst case; a forbidden combination is pruned as soon as
    /// its last issue is reached. Four bytes are stored for each issue of each agreement.
    ///
    /// # Errors
    /// [`PayoffError::TooManyAgreements`] above [`MAX_LISTED`](Self::MAX_LISTED) combinations,
    /// [`PayoffError::NothingFeasible`], [`PayoffError::OutOfMemory`].
    pub fn enumerate(&self) -> Result<Agreements, PayoffError> {
        let combinations = self.check_listable()?;
        let mut len = combinations;
        if !self.forbidden.is_empty() {
            len = 0;
            self.walk(|_| len += 1);
        }
        if len == 0 {
            return Err(PayoffError::NothingFeasible);
        }
        let entries = len * self.n_issues();
        let mut options = Vec::new();
        options
            .try_reserve_exact(entries)
            .map_err(|_| PayoffError::OutOfMemory { entries })?;
        self.walk(|agreement| options.extend_from_slice(agreement));
        Ok(Agreements::new(self.clone(), options, len == combinations))
    }

    /// The number of combinations, if it is small enough to list them.
    fn check_listable(&self) -> Result<usize, PayoffError> {
        let limit = Self::MAX_LISTED.min(Self::MAX_ENTRIES / self.n_issues());
        let combinations = self.combinations();
        combinations
            .and_then(|count| usize::try_from(count).ok())
            .filter(|&count| count <= limit)
            .ok_or(PayoffError::TooManyAgreements {
                combinations,
                n_issues: self.n_issues(),
                limit,
            })
    }

    pub(crate) fn check_option(&self, issue: usize, option: usize) -> Result<(), PayoffError> {
        check_option(&self.sizes, issue, option)
    }

    /// Visits the feasible agreements depth first, in lexicographic order.
    fn walk(&self, mut visit: impl FnMut(&[u32])) {
        let rules = Rules::new(self);
        let last = self.n_issues() - 1;
        let mut agreement = vec![0_u32; self.n_issues()];
        let mut issue = 0;
        loop {
            if agreement[issue] as usize == self.sizes[issue] {
                agreement[issue] = 0;
                if issue == 0 {
                    return;
                }
                issue -= 1;
                agreement[issue] += 1;
            } else if rules.forbid(&agreement, issue) {
                agreement[issue] += 1;
            } else if issue == last {
                visit(&agreement);
                agreement[issue] += 1;
            } else {
                issue += 1;
            }
        }
    }
}

/// Refuses an issue or option that does not exist, by name.
pub(crate) fn check_option(
    sizes: &[usize],
    issue: usize,
    option: usize,
) -> Result<(), PayoffError> {
    let Some(&n_options) = sizes.get(issue) else {
        return Err(PayoffError::UnknownIssue {
            issue,
            n_issues: sizes.len(),
        });
    };
    if option < n_options {
        return Ok(());
    }
    Err(PayoffError::UnknownOption {
        issue,
        option,
        n_options,
    })
}

/// The forbidden combinations filed under their last issue and its option, where a walk in the
/// order of the issues can first tell.
struct Rules {
    by_issue: Vec<BTreeMap<u32, Vec<Rest>>>,
}

/// The issues and options that a combination asks for before its last one.
type Rest = Vec<(usize, u32)>;

impl Rules {
    fn new(space: &AgreementSpace) -> Self {
        let mut by_issue = vec![BTreeMap::new(); space.n_issues()];
        for pairs in &space.forbidden {
            let mut pairs: Vec<(usize, u32)> = pairs
                .iter()
                .map(|&(issue, option)| (issue, option as u32))
                .collect();
            if let Some((issue, option)) = pairs.pop() {
                let rules: &mut Vec<Rest> = by_issue[issue].entry(option).or_default();
                rules.push(pairs);
            }
        }
        Self { by_issue }
    }

    /// Whether a combination ending at `issue` is complete in `agreement[..=issue]`.
    fn forbid(&self, agreement: &[u32], issue: usize) -> bool {
        let rules = &self.by_issue[issue];
        !rules.is_empty()
            && rules.get(&agreement[issue]).is_some_and(|rules| {
                rules.iter().any(|pairs| {
                    pairs
                        .iter()
                        .all(|&(issue, option)| agreement[issue] == option)
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space(sizes: &[usize]) -> AgreementSpace {
        AgreementSpace::new(sizes).unwrap()
    }

    #[test]
    fn malformed_spaces_are_refused_by_name() {
        assert_eq!(AgreementSpace::new(&[]), Err(PayoffError::NoIssues));
        assert_eq!(
            AgreementSpace::new(&[2, 0]),
            Err(PayoffError::NoOptions { issue: 1 })
        );
        assert!(matches!(
            AgreementSpace::new(&[usize::MAX]),
            Err(PayoffError::TooManyOptions { issue: 0, .. })
        ));
        let refused = |pairs: &[(usize, usize)]| space(&[3, 2]).forbidding(pairs).unwrap_err();
        assert_eq!(refused(&[]), PayoffError::EmptyCombination);
        assert_eq!(
            refused(&[(0, 2), (1, 0), (0, 1)]),
            PayoffError::Contradiction {
                issue: 0,
                first: 1,
                second: 2
            }
        );
        assert!(matches!(
            refused(&[(2, 0)]),
            PayoffError::UnknownIssue { .. }
        ));
        assert_eq!(
            refused(&[(1, 2)]).to_string(),
            "option 2 of issue 1 does not exist; expected one of its 2 options from 0"
        );
    }

    #[test]
    fn a_combination_is_the_same_in_any_order() {
        let one = space(&[3, 2])
            .forbidding(&[(1, 1), (0, 2), (1, 1)])
            .unwrap();
        let two = space(&[3, 2]).forbidding(&[(0, 2), (1, 1)]).unwrap();
        assert_eq!(one, two);
        assert_eq!(one.forbidden().collect::<Vec<_>>(), [&[(0, 2), (1, 1)]]);
    }

    #[test]
    fn the_order_is_lexicographic_with_the_last_issue_fastest() {
        let listed = space(&[2, 3]).forbidding(&[(0, 0), (1, 1)]).unwrap();
        let listed = listed.enumerate().unwrap();
        let expected: [&[u32]; 5] = [&[0, 0], &[0, 2], &[1, 0], &[1, 1], &[1, 2]];
        assert!(listed.iter().eq(expected));
    }

    #[test]
    fn what_cannot_be_listed_is_refused() {
        let huge = space(&[10; 250]);
        assert_eq!(huge.combinations(), None);
        let message = huge.enumerate().unwrap_err().to_string();
        assert!(
            message.contains("more than 2^128 combinations of 250 issues"),
            "{message}"
        );
        assert!(matches!(
            space(&[2; 28]).enumerate(),
            Err(PayoffError::TooManyAgreements { combinations: Some(count), .. })
                if count == 1 << 28
        ));
        let nothing = space(&[2, 1]).forbidding(&[(1, 0)]).unwrap();
        assert_eq!(nothing.enumerate(), Err(PayoffError::NothingFeasible));
    }

    #[test]
    fn feasibility_agrees_with_the_list() {
        let some = space(&[2, 2, 3])
            .forbidding(&[(0, 1), (2, 0)])
            .and_then(|space| space.forbidding(&[(1, 0)]))
            .unwrap();
        let feasible: Vec<Vec<u32>> = space(&[2, 2, 3])
            .enumerate()
            .unwrap()
            .iter()
            .filter(|agreement| some.is_feasible(agreement))
            .map(<[u32]>::to_vec)
            .collect();
        assert_eq!(feasible.len(), 5);
        assert!(
            some.enumerate()
                .unwrap()
                .iter()
                .eq(feasible.iter().map(Vec::as_slice))
        );
        assert!(!some.is_feasible(&[0, 1]) && !some.is_feasible(&[0, 2, 0]));
    }
}
