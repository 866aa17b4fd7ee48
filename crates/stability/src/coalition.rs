use std::fmt;

use crate::{MAX_PLAYERS, StabilityError, error::known};

/// Players that act together, at least one; players are counted from 0.
///
/// ```
/// use detente_stability::Coalition;
/// let ministry_and_firm = Coalition::new([1, 0])?;
/// assert_eq!(ministry_and_firm.members().collect::<Vec<_>>(), [0, 1]);
/// assert!(ministry_and_firm.contains(1) && !ministry_and_firm.contains(2));
/// # Ok::<(), detente_stability::StabilityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coalition(u32);

impl Coalition {
    /// These players, in any order.
    ///
    /// # Errors
    /// [`StabilityError::EmptyCoalition`]; [`StabilityError::Unknown`] for a player beyond those that
    /// a conflict can have.
    pub fn new(players: impl IntoIterator<Item = usize>) -> Result<Self, StabilityError> {
        let mut members = 0;
        for player in players {
            members |= 1 << known("player of a coalition", player, MAX_PLAYERS)?;
        }
        match members {
            0 => Err(StabilityError::EmptyCoalition),
            members => Ok(Self(members)),
        }
    }

    /// One player on its own, of those that a conflict can have.
    pub(crate) const fn single(player: usize) -> Self {
        Self(1 << player)
    }

    /// Every coalition of so many players, singletons among them.
    pub(crate) fn all(n_players: usize) -> impl Iterator<Item = Self> {
        (1..1_u32 << n_players).map(Self)
    }

    /// The members, in order.
    pub fn members(self) -> impl Iterator<Item = usize> {
        (0..MAX_PLAYERS).filter(move |player| self.contains(*player))
    }

    /// Whether a player is one of them.
    #[must_use]
    pub const fn contains(self, player: usize) -> bool {
        player < MAX_PLAYERS && self.0 >> player & 1 == 1
    }

    /// How many there are, at least one.
    #[must_use]
    pub const fn size(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The players of a conflict of so many that are not members.
    pub(crate) fn others(self, n_players: usize) -> impl Iterator<Item = usize> {
        (0..n_players).filter(move |player| !self.contains(*player))
    }

    /// The last member.
    pub(crate) const fn last(self) -> usize {
        (u32::BITS - 1 - self.0.leading_zeros()) as usize
    }
}

/// By numbers: `{0, 2}`.
impl fmt::Display for Coalition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.members()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coalitions_have_members_that_there_can_be() {
        assert_eq!(Coalition::new([]), Err(StabilityError::EmptyCoalition));
        assert!(Coalition::new([MAX_PLAYERS]).is_err());
        let last = Coalition::new([MAX_PLAYERS - 1, 3]).unwrap();
        assert_eq!((last.size(), last.last()), (2, MAX_PLAYERS - 1));
        assert_eq!(last.to_string(), format!("{{3, {}}}", MAX_PLAYERS - 1));
        assert_eq!(last.others(5).collect::<Vec<_>>(), [0, 1, 2, 4]);
    }

    #[test]
    fn there_are_as_many_coalitions_as_subsets_that_are_not_empty() {
        assert_eq!(Coalition::all(3).count(), 7);
    }
}
