//! Shares and means over draws, with the errors of their replicates.

use detente_uncertainty::{Proportion, Summary};

use super::replicates::{Size, ratio};
use crate::{
    DetenteError,
    assessment::{Band, Chance},
};

/// The draws of a run.
#[derive(Debug)]
pub(crate) struct Tally<'d, T> {
    pub(super) draws: &'d [T],
    /// How they are divided into replicates, where there are several.
    pub(super) size: Option<Size>,
}

impl<T> Tally<'_, T> {
    /// A share that `of` counts among some of the draws it is given; `None` where it finds none that
    /// count.
    pub(crate) fn share(
        &self,
        of: impl Fn(&[T]) -> Option<Proportion>,
    ) -> Result<Option<Chance>, DetenteError> {
        let Some(chance) = of(self.draws).map(Chance::from) else {
            return Ok(None);
        };
        let Some(size) = self.size else {
            return Ok(Some(chance));
        };
        let counts = |draws| match of(draws) {
            Some(found) => [found.successes() as f64, found.n() as f64],
            None => [0.0; 2],
        };
        let parts = self.draws.chunks(size.per_replicate).map(counts);
        let found = ratio(&parts.collect::<Vec<_>>())?;
        Ok(Some(found.map_or(chance, |found| chance.over(&found))))
    }

    /// The share of draws of which `event` holds, among those of which it can be told.
    pub(crate) fn chance(
        &self,
        event: impl Fn(&T) -> Option<bool>,
    ) -> Result<Option<Chance>, DetenteError> {
        self.share(|draws| Proportion::of(draws.iter().filter_map(&event)).ok())
    }

    /// The standard error of the mean of a number over the draws that have it, as replicates show
    /// it; `None` where there are too few replicates with such draws.
    pub(crate) fn error_of_mean(
        &self,
        mut of: impl FnMut(&T) -> Option<f64>,
    ) -> Result<Option<f64>, DetenteError> {
        let Some(size) = self.size else {
            return Ok(None);
        };
        let sums = |draws: &[T]| {
            let values = draws.iter().filter_map(&mut of);
            values.fold([0.0; 2], |[sum, n], value| [sum + value, n + 1.0])
        };
        let parts = self.draws.chunks(size.per_replicate).map(sums);
        let found = ratio(&parts.collect::<Vec<_>>())?;
        Ok(found.map(|found| found.standard_error))
    }

    /// A number over the draws that have it; `None` where none has.
    pub(crate) fn band(
        &self,
        of: impl Fn(&T) -> Option<f64>,
    ) -> Result<Option<Band>, DetenteError> {
        let values: Vec<f64> = self.draws.iter().filter_map(&of).collect();
        if values.is_empty() {
            return Ok(None);
        }
        let band = Band::from(Summary::of(&values)?);
        let error = self.error_of_mean(&of)?;
        Ok(Some(Band {
            standard_error: error.unwrap_or(band.standard_error),
            ..band
        }))
    }
}
