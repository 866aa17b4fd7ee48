use crate::{BetaReputation, ReputationError};

/// What is known of one dyad, as of the day of its last act.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Record {
    pub(super) good: f64,
    pub(super) bad: f64,
    pub(super) day: i32,
}

impl Record {
    /// Nothing yet, on a day before all others.
    pub(super) const EMPTY: Self = Self {
        good: 0.0,
        bad: 0.0,
        day: i32::MIN,
    };
}

/// Faded counts of good and bad acts, dyad by dyad: what [`FadingBeta`](super::FadingBeta) knows
/// after the last act.
#[derive(Debug, Clone, PartialEq)]
pub struct DyadReputations {
    pub(super) records: Vec<Record>,
    pub(super) prior: [f64; 2],
}

impl DyadReputations {
    /// How many dyads there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are no dyads.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The day of a dyad's last act; `None` if it has done nothing or does not exist.
    #[must_use]
    pub fn last_day(&self, dyad: usize) -> Option<i32> {
        let record = self.records.get(dyad)?;
        (*record != Record::EMPTY).then_some(record.day)
    }

    /// A dyad's reputation on the day of its last act: the prior if it has done nothing.
    ///
    /// # Errors
    /// [`ReputationError::Entry`] if there is no such dyad.
    pub fn reputation(&self, dyad: usize) -> Result<BetaReputation, ReputationError> {
        let record = self.records.get(dyad).ok_or(ReputationError::Entry {
            array: "dyads",
            position: 0,
            given: dyad,
            least: 0,
            most: self.records.len().saturating_sub(1),
        })?;
        let [good, bad] = self.prior;
        BetaReputation::with_prior(good, bad)?.and_counts(record.good, record.bad)
    }
}
