use super::{
    columns::{below, length},
    parallel::join,
    record::{DyadReputations, Record},
};
use crate::{BetaReputation, HalfLife, ReputationError};

/// The most dyads a [`FadingBeta`] keeps in memory at once, 2²⁴.
pub const MOST_DYADS: usize = 1 << 24;

/// Factors for ages up to so many days are looked up; older ones are rare and computed.
const TABLE: usize = 4096;

/// Acts of many dyads, one array a column.
#[derive(Debug, Clone, Copy)]
pub struct DyadActs<'a> {
    n_dyads: usize,
    dyads: &'a [u32],
    days: &'a [i32],
    cooperative: &'a [bool],
}

impl<'a> DyadActs<'a> {
    /// Checks the columns: who acted towards whom (a number below `n_dyads`), on which day (from any
    /// epoch) and whether cooperatively. O(acts).
    ///
    /// # Errors
    /// [`ReputationError::Length`] if the columns are not equally long,
    /// [`ReputationError::OutOfRange`] for more than [`MOST_DYADS`], and [`ReputationError::Entry`]
    /// naming the first dyad that does not exist.
    pub fn new(
        n_dyads: usize,
        dyads: &'a [u32],
        days: &'a [i32],
        cooperative: &'a [bool],
    ) -> Result<Self, ReputationError> {
        if n_dyads > MOST_DYADS {
            return Err(ReputationError::OutOfRange {
                quantity: "number of dyads",
                given: n_dyads as f64,
                expected: "at most 2^24",
            });
        }
        length("column of days", days.len(), dyads.len())?;
        length("column of tones", cooperative.len(), dyads.len())?;
        below("column of dyads", dyads, n_dyads)?;
        Ok(Self {
            n_dyads,
            dyads,
            days,
            cooperative,
        })
    }

    /// How many acts there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.dyads.len()
    }

    /// Whether there are no acts.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.dyads.is_empty()
    }

    /// How many dyads there may be.
    #[must_use]
    pub const fn n_dyads(&self) -> usize {
        self.n_dyads
    }

    fn rows(&self) -> impl Iterator<Item = (usize, i32, bool)> {
        let columns = self.dyads.iter().zip(self.days).zip(self.cooperative);
        columns.map(|((&dyad, &day), &good)| (dyad as usize, day, good))
    }
}

/// What a [`FadingBeta`] is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FadingBetaParams {
    /// Days in which an act loses half its weight.
    pub half_life: HalfLife,
    /// Prior weight of good acts, above 0.
    pub prior_good: f64,
    /// Prior weight of bad acts, above 0.
    pub prior_bad: f64,
}

impl Default for FadingBetaParams {
    /// Five years, and every chance of cooperation equally likely.
    fn default() -> Self {
        Self {
            half_life: HalfLife(1826.25),
            prior_good: 1.0,
            prior_bad: 1.0,
        }
    }
}

/// Beta reputations over many dyads whose acts fade by elapsed time: an act Δ days old counts
/// `2^(−Δ/H)` (after Jøsang & Ismail 2002, with days in place of acts; claim R-01). The prior does
/// not fade. Any half-life H will do: weights are multiplied up from act to act, so that none
/// overflows. Memory O(dyads).
///
/// ```
/// use detente_reputation::{HalfLife, bulk::{DyadActs, FadingBeta, FadingBetaParams}};
///
/// let half_life = HalfLife::new(30.0)?;
/// let fading = FadingBeta::new(FadingBetaParams { half_life, ..Default::default() })?;
/// // Dyad 0 acts well on days 0 and 30, dyad 1 badly on day 10.
/// let acts = DyadActs::new(2, &[0, 1, 0], &[0, 10, 30], &[true, false, true])?;
/// let mut means = [0.0; 3];
/// let known = fading.after_each(acts, &mut means)?;
/// assert_eq!(means, [2.0 / 3.0, 1.0 / 3.0, 2.5 / 3.5]); // by day 30 the first act counts a half
/// assert_eq!(known.reputation(0)?.good(), 1.5);
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
#[derive(Debug, Clone)]
pub struct FadingBeta {
    params: FadingBetaParams,
    /// `retained[Δ] = 2^(−Δ/H)`.
    retained: Vec<f64>,
}

impl FadingBeta {
    /// Checks the parameters and tabulates the fading.
    ///
    /// # Errors
    /// [`ReputationError::Count`] unless the prior weights lie above 0 and at most 10¹⁵.
    pub fn new(params: FadingBetaParams) -> Result<Self, ReputationError> {
        BetaReputation::with_prior(params.prior_good, params.prior_bad)?;
        let retained = (0..TABLE).map(|age| params.half_life.retained(age as f64).get());
        Ok(Self {
            params,
            retained: retained.collect(),
        })
    }

    /// The settings.
    #[must_use]
    pub const fn params(&self) -> &FadingBetaParams {
        &self.params
    }

    /// Writes, for each act, the mean of its dyad's reputation just after it: the expected chance
    /// that the next act is cooperative. Acts of one dyad must be in order of time; those of
    /// different dyads need not be. Acts of one day are read in the order given. O(acts).
    ///
    /// # Errors
    /// [`ReputationError::Length`] unless `means` holds one number an act, and
    /// [`ReputationError::DayOrder`] naming the first act before an earlier one of its dyad.
    pub fn after_each(
        &self,
        acts: DyadActs<'_>,
        means: &mut [f64],
    ) -> Result<DyadReputations, ReputationError> {
        length("array of means", means.len(), acts.len())?;
        let mut records = vec![Record::EMPTY; acts.n_dyads];
        for (position, ((dyad, day, good), mean)) in acts.rows().zip(means).enumerate() {
            let record = &mut records[dyad];
            if day < record.day {
                return Err(ReputationError::DayOrder {
                    array: "column of days",
                    position,
                    given: day,
                    earliest: record.day,
                });
            }
            self.fade(record, day);
            record.good += f64::from(u8::from(good));
            record.bad += f64::from(u8::from(!good));
            *mean = self.mean(record);
        }
        Ok(self.known(records))
    }

    /// What is known after all acts, each dyad as of its own last one. Acts may come in any order: a
    /// late report counts by the day of the act. Dyads are shared out among cores. O(acts × cores).
    #[must_use]
    pub fn last(&self, acts: DyadActs<'_>) -> DyadReputations {
        let mut records = vec![Record::EMPTY; acts.n_dyads];
        self.share(acts, 0, &mut records, pieces());
        self.known(records)
    }

    /// Writes the mean of every dyad's reputation at the end of every period, `means[period × dyads +
    /// dyad]`, faded to the period's last day: as it could be known then. Acts must be in order of
    /// time, and so must `period_ends`; acts after the last end are not read.
    /// O(acts + periods × dyads).
    ///
    /// # Errors
    /// [`ReputationError::Length`] unless `means` holds one number a dyad and period, and
    /// [`ReputationError::DayOrder`] naming the first act, or end, before its predecessor.
    pub fn at_ends(
        &self,
        acts: DyadActs<'_>,
        period_ends: &[i32],
        means: &mut [f64],
    ) -> Result<(), ReputationError> {
        let room = period_ends.len().saturating_mul(acts.n_dyads);
        length("array of means", means.len(), room)?;
        in_order("ends of periods", period_ends)?;
        in_order("column of days", acts.days)?;
        let mut records = vec![Record::EMPTY; acts.n_dyads];
        let mut rows = acts.rows().peekable();
        for (&end, means) in period_ends
            .iter()
            .zip(means.chunks_mut(acts.n_dyads.max(1)))
        {
            while let Some((dyad, day, good)) = rows.next_if(|&(_, day, _)| day <= end) {
                self.add(&mut records[dyad], day, good);
            }
            for (record, mean) in records.iter().zip(means) {
                let mut record = *record;
                self.fade(&mut record, end);
                *mean = self.mean(&record);
            }
        }
        Ok(())
    }

    /// Reads the acts of the dyads from `first` on, as many as there are records.
    fn share(&self, acts: DyadActs<'_>, first: usize, records: &mut [Record], pieces: usize) {
        if pieces > 1 && records.len() > 1 {
            let middle = records.len() / 2;
            let (one, other) = records.split_at_mut(middle);
            join(
                || self.share(acts, first, one, pieces / 2),
                || self.share(acts, first + middle, other, pieces / 2),
            );
            return;
        }
        for (dyad, day, good) in acts.rows() {
            if let Some(record) = records.get_mut(dyad.wrapping_sub(first)) {
                self.add(record, day, good);
            }
        }
    }

    /// Counts an act by its day, whether or not it is the latest.
    fn add(&self, record: &mut Record, day: i32, good: bool) {
        let weight = if day < record.day {
            self.retained(record.day.abs_diff(day))
        } else {
            self.fade(record, day);
            1.0
        };
        if good {
            record.good += weight;
        } else {
            record.bad += weight;
        }
    }

    /// Brings a record forward to `day`, which does not lie before its own.
    fn fade(&self, record: &mut Record, day: i32) {
        let factor = self.retained(record.day.abs_diff(day));
        record.good *= factor;
        record.bad *= factor;
        record.day = day;
    }

    fn retained(&self, age: u32) -> f64 {
        match self.retained.get(age as usize) {
            Some(&factor) => factor,
            None => self.params.half_life.retained(f64::from(age)).get(),
        }
    }

    fn mean(&self, record: &Record) -> f64 {
        let good = self.params.prior_good + record.good;
        good / (good + (self.params.prior_bad + record.bad))
    }

    fn known(&self, records: Vec<Record>) -> DyadReputations {
        DyadReputations {
            records,
            prior: [self.params.prior_good, self.params.prior_bad],
        }
    }
}

/// How many pieces of work there are to be for each pass over the acts.
fn pieces() -> usize {
    #[cfg(feature = "parallel")]
    {
        rayon::current_num_threads()
    }
    #[cfg(not(feature = "parallel"))]
    {
        1
    }
}

fn in_order(array: &'static str, days: &[i32]) -> Result<(), ReputationError> {
    match days.windows(2).position(|pair| pair[1] < pair[0]) {
        Some(position) => Err(ReputationError::DayOrder {
            array,
            position: position + 1,
            given: days[position + 1],
            earliest: days[position],
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
