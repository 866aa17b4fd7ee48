use detente_quantity::Date;

use crate::DetenteError;

/// How a case is to be assessed.
///
/// ```
/// use detente::Options;
/// let options = Options { draws: 500, ..Options::default() };
/// assert_eq!(options.seed, Options::default().seed);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Draws of the uncertain numbers; 0 assesses central values alone. At most 10⁷.
    pub draws: usize,
    /// Seed of the draws. The same case, seed and draws give the same assessment to the byte.
    pub seed: u64,
    /// Excludes what became known after this day; beliefs never use what became known after the
    /// decision.
    pub until: Option<Date>,
    /// The most agreements listed by name in any one set; counts are always exact.
    pub list_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            draws: 2000,
            seed: 1997,
            until: None,
            list_limit: 1000,
        }
    }
}

impl Options {
    /// Draws beyond this number are refused: their results would not fit in memory.
    pub const MAX_DRAWS: usize = 10_000_000;

    pub(crate) fn check(&self) -> Result<(), DetenteError> {
        if self.draws > Self::MAX_DRAWS {
            return Err(DetenteError::Option {
                option: "draws",
                given: self.draws.to_string(),
                expected: "at most 10 000 000".to_owned(),
            });
        }
        Ok(())
    }
}
