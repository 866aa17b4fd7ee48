use detente_quantity::Date;
use detente_uncertainty::Sampling;

use crate::DetenteError;

/// How a case is to be assessed.
///
/// ```
/// use detente::Options;
/// let options = Options { draws: 500, ..Options::default() };
/// assert_eq!(options.seed, Options::default().seed);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Draws of the uncertain numbers; 0 assesses central values alone. At most 10⁷. Unless sampling
    /// is plain, up to an eighth more are made, so that replicates of them come out even.
    pub draws: usize,
    /// Seed of the draws. The same case, seed and draws give the same assessment to the byte.
    pub seed: u64,
    /// Excludes what became known after this day; beliefs never use what became known after the
    /// decision.
    pub until: Option<Date>,
    /// The most agreements listed by name in any one set; counts are always exact.
    pub list_limit: usize,
    /// About how many evaluations to spend on what would have turned the answer and on what drives it; 0, the default,
    /// leaves both out. A case of very many agreements gets fewer, or none below a thousand.
    pub outlook: usize,
    /// How draws are placed. Unless it is plain, which is the default, they are made in independent
    /// replicates whose scatter gives standard errors and intervals: each draw is one up to 16, and
    /// more draws are in 9 to 16.
    pub sampling: Sampling,
    /// Draws are made until the standard error of every verdict's probability is at most this,
    /// `draws` being the most. Above 0; absent, all draws are made. Errors are those of replicates,
    /// plain draws' too: at least 8 of 256 draws, or of fewer draws where `draws` is below 2048, or
    /// fewer of one draw where it is below 8.
    pub precision: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Options {
    /// Draws beyond this number are refused: their results would not fit in memory.
    pub const MAX_DRAWS: usize = 10_000_000;

    /// The usual options, for constants.
    pub const DEFAULT: Self = Self {
        draws: 2000,
        seed: 1997,
        until: None,
        list_limit: 1000,
        outlook: 0,
        sampling: Sampling::Plain,
        precision: None,
    };

    pub(crate) fn check(&self) -> Result<(), DetenteError> {
        if self.draws > Self::MAX_DRAWS {
            return Err(DetenteError::Option {
                option: "draws",
                given: self.draws.to_string(),
                expected: "at most 10 000 000".to_owned(),
            });
        }
        if self.outlook > Self::MAX_DRAWS {
            return Err(DetenteError::Option {
                option: "outlook",
                given: self.outlook.to_string(),
                expected: "at most 10 000 000".to_owned(),
            });
        }
        // NaN is refused as well.
        let sound = |precision: f64| precision > 0.0;
        if let Some(precision) = self.precision.filter(|it| !sound(*it)) {
            return Err(DetenteError::Option {
                option: "precision",
                given: precision.to_string(),
                expected: "a standard error above 0, such as 0.005".to_owned(),
            });
        }
        Ok(())
    }
}
