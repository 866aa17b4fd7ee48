//! What the next act will be: a forecaster with one default setting, and the score of forecasts.

mod score;

use detente_quantity::{Date, Probability};
pub use score::{CalibrationBin, Forecast, ForecastScore};

use crate::{BetaReputation, HalfLife, ReputationError, Tone};

/// What a [`Forecaster`] is made of.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ForecasterParams {
    /// The half-lives of its memories in days, longest first; at least one.
    pub half_lives: Vec<HalfLife>,
    /// How many acts the rate of a longer memory counts for as the prior of the next shorter one;
    /// above 0.
    pub strength: f64,
    /// What an act of the other side counts for, relative to one of the party's own: like is answered
    /// with like.
    pub mirror: Probability,
}

impl Default for ForecasterParams {
    /// Memories of two years, two months, a week and a day, a strength of 16 acts and a quarter for
    /// the other side's acts: chosen on the first halves of two records of acts, Israel towards
    /// Palestinians and back, 1979–1998.
    fn default() -> Self {
        Self {
            half_lives: [730.0, 60.0, 7.0, 1.0].map(HalfLife).to_vec(),
            strength: 16.0,
            mirror: Probability::saturating(0.25),
        }
    }
}

/// Whose act it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Actor {
    /// The party whose next act is forecast.
    Party,
    /// The side it acts towards.
    OtherSide,
}

/// Forecasts the tone of a party's next act, from a chain of memories: beta reputations that fade
/// at different half-lives, each the prior of the next quicker one. The slowest starts from even odds,
/// and each gives the next `m ← (r + c·m)/(r + s + c)`, with r good and s bad acts, faded, and c the
/// strength: where a short memory holds little, it says what the longer ones say (a hierarchy of
/// conjugate priors, after MacKay & Peto 1995).
///
/// A forecast for a day uses acts of earlier days only, as the order of acts within a day is rarely
/// known. O(memories) an act and a forecast.
///
/// ```
/// use detente_quantity::Date;
/// use detente_reputation::{Tone, forecast::{Actor, Forecaster, ForecasterParams}};
///
/// let day = |n| Date::constant(1999, 5, n);
/// let mut forecaster = Forecaster::new(ForecasterParams::default())?;
/// assert_eq!(forecaster.predicted(day(1))?.get(), 0.5);
/// for n in 1..=20 {
///     forecaster.observe(day(n), Actor::Party, Tone::Hostile)?;
/// }
/// let next_day = forecaster.predicted(day(21))?;
/// let next_week = forecaster.predicted(day(27))?;
/// assert!(next_day < next_week && next_week.get() < 0.5);
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Forecaster {
    params: ForecasterParams,
    /// Faded counts of good and bad acts of earlier days, a memory each, as of `today`.
    counts: Vec<[f64; 2]>,
    /// Good and bad acts of `today`, which no forecast for it may use.
    pending: [f64; 2],
    today: Option<Date>,
}

impl Forecaster {
    /// Starts with no acts.
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] if there are no memories, [`ReputationError::OutOfRange`] if a
    /// half-life is longer than the one before it, and [`ReputationError::Count`] unless the strength
    /// lies above 0 and at most 10¹⁵.
    pub fn new(params: ForecasterParams) -> Result<Self, ReputationError> {
        if params.half_lives.is_empty() {
            return Err(ReputationError::NoTypes {
                what: "list of half-lives",
            });
        }
        BetaReputation::with_prior(params.strength, 1.0)?;
        let longer = |pair: &&[HalfLife]| pair[1] > pair[0];
        if let Some(pair) = params.half_lives.windows(2).find(longer) {
            return Err(ReputationError::OutOfRange {
                quantity: "half-life of a quicker memory",
                given: pair[1].get(),
                expected: "no more than that of the memory before it",
            });
        }
        Ok(Self {
            counts: vec![[0.0; 2]; params.half_lives.len()],
            params,
            pending: [0.0; 2],
            today: None,
        })
    }

    /// The settings.
    #[must_use]
    pub const fn params(&self) -> &ForecasterParams {
        &self.params
    }

    /// The chance that an act of the party on this day is cooperative, by what was known before it.
    ///
    /// # Errors
    /// [`ReputationError::DateOrder`] for a day before the last act that was observed.
    pub fn predicted(&self, on: Date) -> Result<Probability, ReputationError> {
        let elapsed = self.elapsed(on)?;
        let mut rate = 0.5;
        // The slowest memory starts from one good and one bad act.
        let mut strength = 2.0;
        for (counts, half_life) in self.counts.iter().zip(&self.params.half_lives) {
            let [good, bad] = self.faded(*counts, *half_life, elapsed);
            rate = (good + strength * rate) / (good + bad + strength);
            strength = self.params.strength;
        }
        Ok(Probability::saturating(rate))
    }

    /// Takes note of an act of either side.
    ///
    /// # Errors
    /// As [`predicted`](Self::predicted).
    pub fn observe(&mut self, on: Date, by: Actor, tone: Tone) -> Result<(), ReputationError> {
        let elapsed = self.elapsed(on)?;
        if elapsed > 0.0 || self.today.is_none() {
            for memory in 0..self.counts.len() {
                let half_life = self.params.half_lives[memory];
                self.counts[memory] = self.faded(self.counts[memory], half_life, elapsed);
            }
            self.pending = [0.0; 2];
            self.today = Some(on);
        }
        let weight = match by {
            Actor::Party => 1.0,
            Actor::OtherSide => self.params.mirror.get(),
        };
        let kind = match tone {
            Tone::Cooperative => 0,
            Tone::Hostile => 1,
        };
        self.pending[kind] += weight;
        Ok(())
    }

    /// A memory's counts so many days after `today`; those of `today` itself enter once it is over.
    fn faded(&self, counts: [f64; 2], half_life: HalfLife, elapsed: f64) -> [f64; 2] {
        if elapsed <= 0.0 {
            return counts;
        }
        let kept = half_life.retained(elapsed).get();
        let [good, bad] = counts;
        let [new_good, new_bad] = self.pending;
        [(good + new_good) * kept, (bad + new_bad) * kept]
    }

    /// Days since the last act; 0 before the first.
    fn elapsed(&self, on: Date) -> Result<f64, ReputationError> {
        let Some(today) = self.today else {
            return Ok(0.0);
        };
        if on < today {
            return Err(ReputationError::DateOrder {
                given: on,
                earliest: today,
            });
        }
        Ok(today
            .until(on)
            .map_or(0.0, |span| f64::from(span.get_days())))
    }
}

#[cfg(test)]
mod tests;
