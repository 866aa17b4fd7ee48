//! How many draws, in how many replicates, and when they are enough.

use detente_uncertainty::{Precision, Sampling};

use crate::{DetenteError, Options};

/// Replicates that draws are divided into where they are not independent: enough to tell the error
/// of their mean to some 20%.
const REPLICATES: usize = 16;

/// Draws of a replicate where they are added until they are precise enough.
const STEP: usize = 256;

/// Replicates before the first look at the error; fewer often underrate it by chance.
const AT_LEAST: usize = 8;

/// How the draws of a run are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    /// The draws of a replicate, at least 1.
    pub(super) per_replicate: usize,
    /// The replicates, at least 1.
    pub(super) replicates: usize,
}

impl Size {
    /// The division of at least one draw. Independent draws are one replicate. Of others there are
    /// up to an eighth more than asked for, in 9 to 16 replicates, each a power of two of a Sobol'
    /// sequence. With a precision there are never more.
    pub(super) fn of(options: &Options) -> Self {
        let draws = options.draws.max(1);
        if options.precision.is_some() {
            let per_replicate = 1 << (draws / AT_LEAST).clamp(1, STEP).ilog2();
            return Self {
                per_replicate,
                replicates: draws / per_replicate,
            };
        }
        let share = draws.div_ceil(REPLICATES);
        let per_replicate = match options.sampling {
            Sampling::Plain => draws,
            Sampling::Latin => share,
            Sampling::Sobol => share.next_power_of_two(),
        };
        Self {
            per_replicate,
            replicates: draws.div_ceil(per_replicate),
        }
    }

    pub(super) const fn draws(self) -> usize {
        self.per_replicate * self.replicates
    }

    /// When to stop, where a precision is asked for.
    pub(super) fn precision(self, options: &Options) -> Result<Option<Precision>, DetenteError> {
        let Some(standard_error) = options.precision else {
            return Ok(None);
        };
        if self.replicates < 2 {
            return Err(DetenteError::Option {
                option: "draws",
                given: options.draws.to_string(),
                expected: "at least 2, where a precision is asked for".to_owned(),
            });
        }
        Ok(Some(Precision {
            standard_error,
            at_least: AT_LEAST.min(self.replicates),
            at_most: self.replicates,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sampling: Sampling, precision: Option<f64>, draws: usize, expected: (usize, usize)) {
        let options = Options {
            draws,
            sampling,
            precision,
            ..Options::default()
        };
        let size = Size::of(&options);
        assert_eq!((size.per_replicate, size.replicates), expected);
    }

    #[test]
    fn independent_draws_are_one_replicate() {
        check(Sampling::Plain, None, 2000, (2000, 1));
        check(Sampling::Plain, None, 0, (1, 1));
    }

    #[test]
    fn others_are_a_few_more_than_asked_for() {
        check(Sampling::Latin, None, 2000, (125, 16));
        check(Sampling::Latin, None, 2001, (126, 16));
        check(Sampling::Sobol, None, 2000, (128, 16));
        check(Sampling::Sobol, None, 10_000, (1024, 10));
        check(Sampling::Sobol, None, 5, (1, 5));
        check(Sampling::Latin, None, 1, (1, 1));
    }

    /// What was made can be asked for again, and comes out the same.
    #[test]
    fn the_division_of_what_was_made_is_the_same() {
        for sampling in Sampling::ALL {
            for draws in 1..5000 {
                let options = Options {
                    draws,
                    sampling,
                    ..Options::default()
                };
                let size = Size::of(&options);
                let again = Options {
                    draws: size.draws(),
                    ..options
                };
                assert_eq!(Size::of(&again), size, "{sampling} {draws}");
                assert!(
                    draws <= size.draws() && 8 * (size.draws() - draws) <= draws,
                    "{draws}"
                );
            }
        }
    }

    #[test]
    fn a_precision_never_takes_more_than_the_draws() {
        check(Sampling::Plain, Some(0.01), 100_000, (256, 390));
        check(Sampling::Sobol, Some(0.01), 2000, (128, 15));
        check(Sampling::Sobol, Some(0.01), 9, (1, 9));
        let few = Options {
            draws: 1,
            precision: Some(0.1),
            ..Options::default()
        };
        assert!(Size::of(&few).precision(&few).is_err());
    }
}
