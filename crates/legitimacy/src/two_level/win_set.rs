use crate::LegitimacyError;

/// Which agreements of a list would be ratified: Putnam's (1988) win-set.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct WinSet(Vec<bool>);

impl WinSet {
    /// The win-set that holds agreement `i` where `ratified[i]`.
    #[must_use]
    pub const fn new(ratified: Vec<bool>) -> Self {
        Self(ratified)
    }

    /// Whether it holds the agreement of this number, from 0; not if there is none.
    #[must_use]
    pub fn contains(&self, agreement: usize) -> bool {
        self.0.get(agreement).copied().unwrap_or(false)
    }

    /// The numbers of the agreements it holds, rising.
    pub fn agreements(&self) -> impl Iterator<Item = usize> {
        let ratified = self.0.iter().enumerate();
        ratified
            .filter(|(_, ratified)| **ratified)
            .map(|(agreement, _)| agreement)
    }

    /// How many agreements it holds.
    #[must_use]
    pub fn size(&self) -> usize {
        self.agreements().count()
    }

    /// How many agreements there are, ratified or not.
    #[must_use]
    pub fn listed(&self) -> usize {
        self.0.len()
    }

    /// What both hold: without overlap there is no agreement (claim D-03).
    ///
    /// # Errors
    /// [`LegitimacyError::Length`] if they are about lists of different length.
    pub fn overlap(&self, other: &Self) -> Result<Self, LegitimacyError> {
        LegitimacyError::check_length("agreements in the win-sets", other.listed(), self.listed())?;
        let both = self
            .0
            .iter()
            .zip(&other.0)
            .map(|(own, other)| *own && *other);
        Ok(Self(both.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_is_what_both_hold() {
        let (one, other) = (
            WinSet::new(vec![true, true, false]),
            WinSet::new(vec![false, true, true]),
        );
        let both = one.overlap(&other).unwrap();
        assert_eq!(both.agreements().collect::<Vec<_>>(), [1]);
        assert_eq!(
            (both.size(), both.listed(), both.contains(9)),
            (1, 3, false)
        );
        let error = one.overlap(&WinSet::new(Vec::new())).unwrap_err();
        assert_eq!(
            error.to_string(),
            "agreements in the win-sets: 0 given; expected 3"
        );
    }
}
