use detente_quantity::{Date, Probability};

use super::{
    passage::{From, Passage},
    run::Runs,
    smoothing::{Step, smoothed},
    stage::{Predicted, Smoothed},
    tracker::{Reading, Tracker, readings},
};
use crate::{Engine, Reader, ReputationError, Sighting};

/// How many numbers a timeline keeps at most: some 250 megabytes of them.
const MOST_NUMBERS: usize = 1 << 25;

/// The whole way of a belief through dated acts: what was predicted, what could be known, and what
/// hindsight makes of it. Made by [`Engine::timeline`].
///
/// As of its date by construction: acts appended later change nothing in
/// [`readings`](Timeline::readings) or [`expected_on`](Timeline::expected_on) an earlier day, to the
/// last bit; they change what is [`smoothed`](Timeline::smoothed).
#[derive(Debug, Clone)]
pub struct Timeline<'e> {
    engine: &'e Engine,
    readings: Vec<Reading>,
    steps: Vec<Step>,
    log_likelihood: f64,
    hindsight: Result<(), &'static str>,
}

/// How a belief in one type changes with what became known later.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct HindsightGap {
    /// The day of the reading.
    pub date: Date,
    /// What could be known then.
    pub filtered: Probability,
    /// What hindsight knows.
    pub smoothed: Probability,
    /// The second less the first, from −1 to 1: above 0 where more was to be had than could be
    /// known.
    pub gap: f64,
}

/// What is to be expected on a day.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Expected {
    /// The day.
    pub date: Date,
    /// The belief about the type.
    pub belief: Predicted,
    /// The chance of each symbol next; empty where conduct is not learnt.
    pub conduct: Vec<f64>,
}

/// A day since which a party may have been what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RunStart {
    /// The day of the first reading since the last change-point.
    pub since: Date,
    /// How many readings ago that was, the present one not counted.
    pub length: usize,
    /// How likely that is.
    pub probability: Probability,
}

impl<'e> Timeline<'e> {
    pub(crate) fn new<R: Reader + ?Sized>(
        engine: &'e Engine,
        acts: &[Sighting],
        reader: &R,
    ) -> Result<Self, ReputationError> {
        let mut tracker = engine.tracker();
        let (mut kept, mut steps, mut numbers) = (Vec::new(), Vec::<Step>::new(), 0_usize);
        let mut last = From::Prior;
        for together in readings(acts, engine.settings().same_day) {
            let date = together.first().map_or(Date::MIN, |it| it.date);
            let predicted = tracker.awaiting(date);
            let reading = tracker.read(together, reader)?;
            let (settings, prior) = (engine.settings(), engine.prior());
            steps.push(Step {
                passage: Passage::between(settings, prior, last, date),
                predicted,
                filtered: tracker.runs().clone(),
            });
            kept.push(reading);
            last = From::Reading(date);
            numbers = numbers.saturating_add(engine.numbers(tracker.runs().0.len()));
            if numbers > MOST_NUMBERS {
                return Err(ReputationError::TooLarge {
                    what: "a timeline of so many acts (a tracker keeps the present only)",
                    needed: numbers,
                    limit: MOST_NUMBERS,
                });
            }
        }
        Ok(Self {
            engine,
            readings: kept,
            steps,
            log_likelihood: tracker.log_likelihood(),
            hindsight: tracker.hindsight(),
        })
    }

    /// What each reading did, in order.
    #[must_use]
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// The natural logarithm of how likely all acts were, up to a constant if one gives relative
    /// likelihoods. 0 without acts.
    #[must_use]
    pub const fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// What hindsight makes of each reading, as many as there are readings. The last is what was
    /// filtered. Of a reader other than [`Warranted`](crate::Warranted) it is the hindsight of one
    /// who still reads each act as it was read. O(readings · runs · types²).
    ///
    /// # Errors
    /// [`ReputationError::NoHindsight`] if the beliefs are not those of a model of how acts come
    /// about: evidence faded, or a reader weighed the earlier belief.
    pub fn smoothed(&self) -> Result<Vec<Smoothed>, ReputationError> {
        self.hindsight
            .map_err(|because| ReputationError::NoHindsight { because })?;
        Ok(smoothed(&self.steps)?
            .into_iter()
            .map(Smoothed::new)
            .collect())
    }

    /// How far hindsight about type `position` is from what could be known, reading by reading: a
    /// measure of what was missed without anyone's fault. O(readings · runs · types²).
    ///
    /// # Errors
    /// As [`Timeline::smoothed`].
    pub fn hindsight_gap(&self, position: usize) -> Result<Vec<HindsightGap>, ReputationError> {
        let smoothed = self.smoothed()?;
        let pairs = self.readings.iter().zip(&smoothed);
        let gap = |(reading, smoothed): (&Reading, &Smoothed)| {
            let filtered = reading.filtered.probability(position);
            let smoothed = smoothed.probability(position);
            HindsightGap {
                date: reading.date,
                filtered,
                smoothed,
                gap: smoothed.get() - filtered.get(),
            }
        };
        Ok(pairs.map(gap).collect())
    }

    /// What was to be expected on the eve of a day, from acts that became known on earlier days;
    /// the last of them may be long ago. O(log readings + runs · types³).
    ///
    /// # Errors
    /// [`ReputationError::BeforePrior`] for a day before that of the prior.
    pub fn expected_on(&self, date: Date) -> Result<Expected, ReputationError> {
        let earlier = self.readings.partition_point(|reading| reading.date < date);
        let engine = self.engine;
        let (from, runs) = match earlier.checked_sub(1) {
            Some(last) => (
                From::Reading(self.readings[last].date),
                self.steps[last].filtered.clone(),
            ),
            None => (From::Prior, Runs::start(engine)),
        };
        if let (From::Prior, Some(since)) = (from, engine.settings().since)
            && date < since
        {
            return Err(ReputationError::BeforePrior {
                what: "day",
                place: 1,
                date,
                since,
            });
        }
        let passage = Passage::between(engine.settings(), engine.prior(), from, date);
        let runs = runs.pass(engine, &passage, earlier);
        let belief = runs.belief().unwrap_or_else(|| engine.prior().clone());
        Ok(Expected {
            date,
            belief: Predicted::new(belief),
            conduct: runs.conduct(engine),
        })
    }

    /// How long the party may have been what it is, at the reading in this place: the posterior of
    /// the run length (Adams & MacKay 2007), the oldest run first; empty if there is no such
    /// reading. One run of certainty where there are no change-points.
    #[must_use]
    pub fn run_starts(&self, reading: usize) -> Vec<RunStart> {
        let runs = self
            .steps
            .get(reading)
            .map_or(&[][..], |step| &step.filtered.0);
        let start = |run: &super::run::Run| {
            Some(RunStart {
                since: self.readings.get(run.since)?.date,
                length: reading.saturating_sub(run.since),
                probability: Probability::saturating(run.log_weight.exp()),
            })
        };
        runs.iter().filter_map(start).collect()
    }
}

impl<'e> Engine {
    /// An engine about to read its first act.
    #[must_use]
    pub fn tracker(&'e self) -> Tracker<'e> {
        Tracker::new(self)
    }

    /// Reads all acts, in the order they became known, and keeps the way. O(acts · runs · types²)
    /// in time; in memory as many numbers as there are readings, runs and types.
    ///
    /// # Errors
    /// As [`Tracker::read`] for the first reading that fails; [`ReputationError::TooLarge`] beyond
    /// 2²⁵ numbers.
    pub fn timeline<R: Reader + ?Sized>(
        &'e self,
        acts: &[Sighting],
        reader: &R,
    ) -> Result<Timeline<'e>, ReputationError> {
        Timeline::new(self, acts, reader)
    }
}
