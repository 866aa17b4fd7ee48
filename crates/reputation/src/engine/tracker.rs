use detente_quantity::Date;

use super::{
    passage::{From, Passage},
    run::{Heard, Runs},
    settings::SameDay,
    sighting::{Seen, Sighting},
    stage::{Filtered, Predicted},
};
use crate::{Act, Channel, Engine, Reader, ReputationError, filter::check_reading};

/// How many runs are kept at once. Each act costs time in proportion to them.
const MOST_RUNS: usize = 1 << 14;

/// What one reading did to a belief: the acts of a day, or one act.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Reading {
    /// The day on which it was read.
    pub date: Date,
    /// The place of its first act in the stream, from 0.
    pub first_act: usize,
    /// How many acts were read together, at least 1.
    pub acts: usize,
    /// The belief before it.
    pub predicted: Predicted,
    /// The belief after it.
    pub filtered: Filtered,
    /// The chance of each symbol before it; empty where conduct is not learnt.
    pub predicted_conduct: Vec<f64>,
    /// The chance of each symbol after it, were there another at once; empty where conduct is not
    /// learnt.
    pub filtered_conduct: Vec<f64>,
    /// The natural logarithm of how likely it was, given all before it; up to a constant if an act
    /// gives relative likelihoods.
    pub log_likelihood: f64,
}

/// An engine on its way through a stream of acts, which keeps the present state only: for streams
/// of any length. [`Engine::timeline`] keeps the way as well.
///
/// ```
/// use detente_quantity::{Date, Probability};
/// use detente_reputation::{Belief, Act, Engine, Evidence, Settings, Sighting, Tone, Warranted};
///
/// let engine = Engine::new(Belief::binary(Probability::new(0.3)?)?, Settings::default())?;
/// let mut tracker = engine.tracker();
/// let concession = Act::new(Tone::Cooperative, Evidence::ratios(vec![2.0, 1.0])?);
/// for day in [1, 2, 3] {
///     let seen = Sighting::act(Date::constant(1955, 5, day), concession.clone());
///     tracker.read(&[seen], &Warranted)?;
/// }
/// assert!((tracker.belief().probability(0).get() - 0.7742).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Tracker<'e> {
    engine: &'e Engine,
    runs: Runs,
    last: Option<Date>,
    readings: usize,
    acts: usize,
    log_likelihood: f64,
    hindsight: Result<(), &'static str>,
}

impl<'e> Tracker<'e> {
    pub(crate) fn new(engine: &'e Engine) -> Self {
        let fades = engine.settings().forgetting.is_some() && !engine.learns();
        Self {
            engine,
            runs: Runs::start(engine),
            last: None,
            readings: 0,
            acts: 0,
            log_likelihood: 0.0,
            hindsight: if fades {
                Err("evidence that fades")
            } else {
                Ok(())
            },
        }
    }

    /// Reads acts of one day together. `reader` reads acts that carry their evidence; each reads
    /// against the belief before the reading. Their log-likelihoods add up and their weights `d`
    /// on the earlier belief multiply, in whatever order. O(runs · types · (types + acts)).
    ///
    /// # Errors
    /// The tracker is left as it was, and the act named by its place in the stream, for
    /// [`ReputationError::Day`] if the acts are of several days, [`ReputationError::Order`] if they
    /// are older than acts read before, [`ReputationError::BeforePrior`], [`ReputationError::Symbol`],
    /// [`ReputationError::Relative`] for a bare ratio through a channel that errs,
    /// [`ReputationError::Inexact`] for a symbol through such a channel, for a reader with `d ≠ 1`
    /// beside change-points, and for a retraction unless types are fixed for good, [`ReputationError::TypeCount`], [`ReputationError::Reading`] and
    /// [`ReputationError::Impossible`] as [`Filter::observe`](crate::Filter::observe), and
    /// [`ReputationError::TooLarge`] at more than 16,384 runs. No acts at all are
    /// [`ReputationError::Length`].
    pub fn read<R: Reader + ?Sized>(
        &mut self,
        together: &[Sighting],
        reader: &R,
    ) -> Result<Reading, ReputationError> {
        let date = self.check_dates(together)?;
        let mut runs = self.awaiting(date);
        self.check_size(&runs)?;
        let impossible = ReputationError::Impossible { act: self.acts + 1 };
        let predicted = runs.belief().ok_or(impossible.clone())?;
        let predicted_conduct = runs.conduct(self.engine);
        let mut heard = self.hear(together, reader, &predicted)?;
        let log_likelihood = runs
            .hear(self.engine, &heard.as_heard())
            .ok_or(impossible.clone())?;
        let filtered = runs.belief().ok_or(impossible)?;
        let reading = Reading {
            date,
            first_act: self.acts,
            acts: together.len(),
            predicted: Predicted::new(predicted),
            filtered: Filtered::new(filtered),
            predicted_conduct,
            filtered_conduct: runs.conduct(self.engine),
            log_likelihood,
        };
        if heard.weighs() {
            heard.hindsight = Err("a reader that weighs the earlier belief");
        }
        self.hindsight = self.hindsight.and(heard.hindsight);
        self.runs = runs;
        self.last = Some(date);
        self.readings += 1;
        self.acts += together.len();
        self.log_likelihood += log_likelihood;
        Ok(reading)
    }

    /// The belief after the acts read so far; the prior if there are none.
    #[must_use]
    pub fn belief(&self) -> Filtered {
        // There is always a run left: a reading that leaves none is refused.
        let belief = self.runs.belief();
        Filtered::new(belief.unwrap_or_else(|| self.engine.prior().clone()))
    }

    /// The natural logarithm of how likely all acts so far were, up to a constant if one gives
    /// relative likelihoods.
    #[must_use]
    pub const fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// How many acts have been read.
    #[must_use]
    pub const fn acts(&self) -> usize {
        self.acts
    }

    pub(crate) fn runs(&self) -> &Runs {
        &self.runs
    }

    pub(crate) fn hindsight(&self) -> Result<(), &'static str> {
        self.hindsight
    }

    /// The state at the start of this day, as time alone makes it.
    pub(crate) fn awaiting(&self, date: Date) -> Runs {
        let from = self.last.map_or(From::Prior, From::Reading);
        let engine = self.engine;
        let passage = Passage::between(engine.settings(), engine.prior(), from, date);
        self.runs.pass(engine, &passage, self.readings)
    }

    fn check_dates(&self, together: &[Sighting]) -> Result<Date, ReputationError> {
        let Some(first) = together.first() else {
            return Err(ReputationError::Length {
                array: "a reading",
                given: 0,
                expected: 1,
            });
        };
        let (act, date) = (self.acts + 1, first.date);
        if let Some(place) = together.iter().position(|it| it.date != date) {
            return Err(ReputationError::Day {
                act: act + place,
                date: together[place].date,
                expected: date,
            });
        }
        match (self.last, self.engine.settings().since) {
            (Some(after), _) if date < after => Err(ReputationError::Order { act, date, after }),
            (None, Some(since)) if date < since => Err(ReputationError::BeforePrior {
                what: "act",
                place: act,
                date,
                since,
            }),
            _ => Ok(date),
        }
    }

    fn check_size(&self, runs: &Runs) -> Result<(), ReputationError> {
        if runs.0.len() <= MOST_RUNS {
            return Ok(());
        }
        Err(ReputationError::TooLarge {
            what: "a record with a possible change-point before each reading",
            needed: runs.0.len(),
            limit: MOST_RUNS,
        })
    }

    fn hear<R: Reader + ?Sized>(
        &self,
        together: &[Sighting],
        reader: &R,
        belief: &crate::Belief,
    ) -> Result<Noted, ReputationError> {
        let types = self.engine.prior().types();
        let mut noted = Noted {
            prior_weight: 1.0,
            coded: vec![0.0; types],
            symbols: Vec::new(),
            hindsight: Ok(()),
        };
        let mut buffer = vec![0.0; types];
        for (place, sighting) in (self.acts + 1..).zip(together) {
            let channel = self.channel(sighting);
            match &sighting.seen {
                Seen::Symbol(symbol) => noted.symbols.push(self.symbol(place, *symbol, channel)?),
                Seen::Act(act) => {
                    let seen =
                        through(act, channel).ok_or(ReputationError::Relative { act: place })?;
                    self.check_act(place, &seen)?;
                    let weight = reader.read(&seen, belief, &mut buffer);
                    check_reading(place, weight, &buffer)?;
                    noted.add(place, weight, &buffer)?;
                }
            }
        }
        if noted.weighs() && self.engine.settings().tracks_runs() {
            return Err(ReputationError::Inexact {
                first: "a reader that weighs the earlier belief",
                second: "change-points or learnt conduct",
            });
        }
        Ok(noted)
    }

    fn channel(&self, sighting: &Sighting) -> Channel {
        let eyes = self.engine.settings().misperception;
        sighting.channel.or(eyes).unwrap_or(Channel::PERFECT)
    }

    fn symbol(&self, act: usize, given: usize, channel: Channel) -> Result<usize, ReputationError> {
        let expected = self.engine.symbols();
        if given >= expected {
            return Err(ReputationError::Symbol {
                act,
                given,
                expected,
            });
        }
        if channel != Channel::PERFECT {
            return Err(ReputationError::Inexact {
                first: "conduct that is learnt",
                second: "errors of observation",
            });
        }
        Ok(given)
    }

    fn check_act(&self, act: usize, seen: &Act) -> Result<(), ReputationError> {
        let (given, expected) = (seen.types(), self.engine.prior().types());
        if given != expected {
            return Err(ReputationError::TypeCount {
                act,
                given,
                expected,
            });
        }
        // What was taken for evidence of the type then is taken back from the type now.
        if seen.evidence().is_retraction() && !self.engine.settings().is_static() {
            return Err(ReputationError::Inexact {
                first: "an act that takes an earlier one back",
                second: "types that change or evidence that fades",
            });
        }
        Ok(())
    }
}

/// What was heard in one reading, as it adds up.
struct Noted {
    prior_weight: f64,
    coded: Vec<f64>,
    symbols: Vec<usize>,
    hindsight: Result<(), &'static str>,
}

impl Noted {
    fn add(&mut self, act: usize, weight: f64, logs: &[f64]) -> Result<(), ReputationError> {
        self.prior_weight *= weight;
        for (sum, log) in self.coded.iter_mut().zip(logs) {
            *sum += log;
        }
        check_reading(act, self.prior_weight, &self.coded)
    }

    /// Whether the earlier belief counts for more or less than it does for a Bayesian.
    fn weighs(&self) -> bool {
        (self.prior_weight - 1.0).abs() > 0.0
    }

    fn as_heard(&self) -> Heard<'_> {
        Heard {
            prior_weight: self.prior_weight,
            coded: &self.coded,
            symbols: &self.symbols,
        }
    }
}

/// The act as it is seen through a channel; `None` if it gives relative likelihoods only.
fn through(act: &Act, channel: Channel) -> Option<Act> {
    let evidence = act.evidence().seen_through(channel)?;
    let seen = Act::new(act.tone(), evidence);
    Some(match act.cost() {
        Some(cost) => seen.costing(cost),
        None => seen,
    })
}

/// Where one reading ends and the next begins.
pub(crate) fn readings(acts: &[Sighting], same_day: SameDay) -> impl Iterator<Item = &[Sighting]> {
    acts.chunk_by(move |one, next| same_day == SameDay::Strict && one.date == next.date)
}
