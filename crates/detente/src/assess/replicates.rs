//! How many draws, in how many replicates, and when they are enough.

use detente_uncertainty::{Precision, Replicates, Sampling, UncertaintyError};

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
    /// up to an eighth more than asked for, up to 16 of them each a replicate and more of them in 9
    /// to 16 replicates, each a power of two of a Sobol' sequence. With a precision there are never
    /// more than asked for, in 2 to 15 replicates of fewer than 256 draws or in 8 or more of 256.
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

/// The ratio Σy/Σx of sums [y, x] over replicates, with the error that they show: that of the mean of
/// `r + (y − r x)/x̄`, which is the ratio `r` (Cochran 1977, ch. 6), and where all x are alike that of
/// the mean of y/x. `None` where fewer than two replicates have any x, which tell no error.
///
/// Cost: O(replicates).
pub(super) fn ratio(parts: &[[f64; 2]]) -> Result<Option<Replicates>, UncertaintyError> {
    if parts.iter().filter(|[_, x]| *x > 0.0).count() < 2 {
        return Ok(None);
    }
    let [all_y, all_x] = [0, 1].map(|of| parts.iter().map(|it| it[of]).sum::<f64>());
    let (ratio, mean_x) = (all_y / all_x, all_x / parts.len() as f64);
    // Exact in counts, so that replicates that agree have no error by rounding.
    let agree = |[y, x]: &[f64; 2]| (y * all_x - all_y * x).abs() <= 0.0;
    if parts.iter().all(agree) {
        return Ok(Some(Replicates {
            n: parts.len(),
            mean: ratio,
            standard_error: 0.0,
            low: ratio,
            high: ratio,
        }));
    }
    let values = parts
        .iter()
        .map(|[y, x]| (y + ratio * (mean_x - x)) / mean_x);
    Replicates::of(&values.collect::<Vec<_>>()).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_all_count_a_ratio_is_the_mean_of_the_replicates() {
        let found = ratio(&[[1.0, 4.0], [3.0, 4.0], [2.0, 4.0]]).unwrap();
        assert_eq!(found, Some(Replicates::of(&[0.25, 0.75, 0.5]).unwrap()));
    }

    /// r = 4/8; the residuals y − r x are −1, 1 and 0, so s² = 1 and the error is √(1/3)/x̄.
    #[test]
    fn where_some_count_its_error_is_that_of_the_residuals() {
        let found = ratio(&[[0.0, 2.0], [3.0, 4.0], [1.0, 2.0]])
            .unwrap()
            .unwrap();
        approx::assert_relative_eq!(found.mean, 0.5, epsilon = 1e-15);
        let error = (1.0_f64 / 3.0).sqrt() / (8.0 / 3.0);
        approx::assert_relative_eq!(found.standard_error, error, epsilon = 1e-12);
    }

    #[test]
    fn what_agrees_has_no_error_and_what_one_replicate_has_none_that_is_known() {
        for n in 2..40 {
            let found = ratio(&vec![[1.0, 10.0]; n]).unwrap().unwrap();
            assert_eq!((found.standard_error, found.n), (0.0, n));
        }
        assert_eq!(ratio(&[[1.0, 2.0], [0.0, 0.0]]).unwrap(), None);
        assert_eq!(ratio(&[]).unwrap(), None);
    }

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
