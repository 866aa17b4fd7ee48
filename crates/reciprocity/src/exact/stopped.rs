use crate::ReciprocityError;

/// Why an exact computation was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// A number could not be held; numbers of any length always can.
    Overflow,
    /// More steps than allowed.
    TooMany,
}

impl Stopped {
    /// The error for what there was too much of.
    pub(crate) fn error(self, what: &'static str, limit: usize) -> ReciprocityError {
        ReciprocityError::TooMany {
            what,
            given: limit.saturating_add(1),
            limit,
        }
    }
}

/// Computes in machine words, and again in numbers of any length where those do not do.
pub(crate) fn exactly<T>(
    in_words: impl FnOnce() -> Result<T, Stopped>,
    at_any_length: impl FnOnce() -> Result<T, Stopped>,
) -> Result<T, Stopped> {
    match in_words() {
        Err(Stopped::Overflow) => at_any_length(),
        other => other,
    }
}
