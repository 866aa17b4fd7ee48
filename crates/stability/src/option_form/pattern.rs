use crate::{StabilityError, error::known};

/// Which options are taken and which are not; of the rest anything may be so.
///
/// ```
/// use detente_stability::Pattern;
/// // 1 is taken and 3 is not: the classical pattern `-Y-N`.
/// let pattern = Pattern::new(&[1], &[3])?;
/// assert!(pattern.fits(0b0010) && pattern.fits(0b0111));
/// assert!(!pattern.fits(0b1010) && !pattern.fits(0b0001));
/// # Ok::<(), detente_stability::StabilityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Bits"))]
pub struct Pattern {
    taken: u64,
    left: u64,
}

/// The shape of a pattern in a file.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Bits {
    taken: u64,
    left: u64,
}

#[cfg(feature = "serde")]
impl TryFrom<Bits> for Pattern {
    type Error = StabilityError;

    fn try_from(bits: Bits) -> Result<Self, StabilityError> {
        Self::of_bits(bits.taken, bits.left)
    }
}

impl Pattern {
    /// These options are taken and those are left, counted from 0.
    ///
    /// # Errors
    /// [`StabilityError::Contradiction`] for an option in both lists; [`StabilityError::Unknown`] for one
    /// beyond those that a form can have.
    pub fn new(taken: &[usize], left: &[usize]) -> Result<Self, StabilityError> {
        let bits = |options: &[usize]| {
            options.iter().try_fold(0, |bits, option| {
                known("option of a pattern", *option, super::MAX_OPTIONS)
                    .map(|option| bits | 1 << option)
            })
        };
        Self::of_bits(bits(taken)?, bits(left)?)
    }

    fn of_bits(taken: u64, left: u64) -> Result<Self, StabilityError> {
        match taken & left {
            0 => Ok(Self { taken, left }),
            both => Err(StabilityError::Contradiction {
                option: both.trailing_zeros() as usize,
            }),
        }
    }

    /// Whether a state with this code fits.
    #[must_use]
    pub const fn fits(&self, code: u64) -> bool {
        code & self.taken == self.taken && code & self.left == 0
    }

    /// The first option that it names.
    pub(crate) fn first(&self) -> Option<usize> {
        let named = self.taken | self.left;
        (named != 0).then(|| named.trailing_zeros() as usize)
    }

    /// The last option that it names.
    pub(crate) fn last(&self) -> Option<usize> {
        let named = self.taken | self.left;
        named.checked_ilog2().map(|last| last as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_taken_or_left() {
        assert_eq!(
            Pattern::new(&[0, 2], &[2]).unwrap_err().to_string(),
            "pattern asks option 2 both to be taken and not to be; expected one of them"
        );
        assert!(Pattern::new(&[63], &[]).is_err());
        assert_eq!(Pattern::new(&[], &[]).unwrap().last(), None);
    }
}
