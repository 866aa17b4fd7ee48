use crate::AgreementSpace;

/// The feasible agreements of a space, listed in lexicographic order with the last issue changing
/// fastest. An agreement is the list of its options, one for each issue, and is known elsewhere by
/// its place in this list. Never empty.
///
/// ```
/// use detente_payoff::AgreementSpace;
/// let agreements = AgreementSpace::new(&[2, 3])?.enumerate()?;
/// assert_eq!(agreements.get(4), Some(&[1, 1][..]));
/// assert_eq!(agreements.position(&[1, 1]), Some(4));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreements {
    space: AgreementSpace,
    options: Vec<u32>,
    complete: bool,
}

impl Agreements {
    /// `options` are the feasible agreements end to end; `complete` if none is missing from the
    /// product of the issues.
    pub(crate) const fn new(space: AgreementSpace, options: Vec<u32>, complete: bool) -> Self {
        Self {
            space,
            options,
            complete,
        }
    }

    /// The space that was listed.
    #[must_use]
    pub const fn space(&self) -> &AgreementSpace {
        &self.space
    }

    /// How many agreements are feasible; at least one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.options.len() / self.n_issues()
    }

    /// Always false: a space without a feasible agreement is refused.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    /// How many issues an agreement settles; at least one.
    #[must_use]
    pub fn n_issues(&self) -> usize {
        self.space.n_issues()
    }

    /// The agreement at a place in the list.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&[u32]> {
        let first = index.checked_mul(self.n_issues())?;
        self.options.get(first..first.checked_add(self.n_issues())?)
    }

    /// Every agreement in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u32]> + DoubleEndedIterator + Clone {
        self.options.chunks_exact(self.n_issues())
    }

    /// The place of an agreement in the list, if it is feasible. O(issues) where nothing is
    /// forbidden, O(issues · log agreements) otherwise.
    #[must_use]
    pub fn position(&self, agreement: &[u32]) -> Option<usize> {
        if agreement.len() != self.n_issues() {
            return None;
        }
        if self.complete {
            return self.rank(agreement);
        }
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.get(middle)?.cmp(agreement) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The agreement read as a number in the mixed base of the issues' sizes.
    fn rank(&self, agreement: &[u32]) -> Option<usize> {
        let mut digits = agreement.iter().zip(self.space.sizes());
        digits.try_fold(0, |rank, (&option, &size)| {
            let option = option as usize;
            (option < size).then(|| rank * size + option)
        })
    }

    /// Whether none is missing from the product of the issues.
    pub(crate) const fn is_complete(&self) -> bool {
        self.complete
    }

    /// The agreements from place `first` on, end to end.
    pub(crate) fn flat_from(&self, first: usize) -> &[u32] {
        &self.options[first * self.n_issues()..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(agreements: &Agreements) {
        for (index, agreement) in agreements.iter().enumerate() {
            assert_eq!(agreements.position(agreement), Some(index));
            assert_eq!(agreements.get(index), Some(agreement));
        }
    }

    #[test]
    fn every_agreement_is_found_at_its_place() {
        let space = AgreementSpace::new(&[3, 4, 2]).unwrap();
        check(&space.enumerate().unwrap());
        let holed = space.forbidding(&[(0, 1), (2, 0)]).unwrap();
        let holed = holed.enumerate().unwrap();
        assert_eq!(holed.len(), 20);
        check(&holed);
        assert_eq!(holed.position(&[1, 2, 0]), None);
    }

    #[test]
    fn what_is_not_in_the_list_is_not_found() {
        let agreements = AgreementSpace::new(&[2, 2]).unwrap().enumerate().unwrap();
        for stranger in [&[0][..], &[0, 2], &[2, 0], &[0, 0, 0], &[]] {
            assert_eq!(agreements.position(stranger), None);
        }
        for beyond in [4, usize::MAX / 2, usize::MAX] {
            assert_eq!(agreements.get(beyond), None);
        }
    }
}
