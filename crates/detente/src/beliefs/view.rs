use std::collections::{BTreeMap, BTreeSet};

use detente_quantity::Date;
use detente_reputation::{
    Belief, Engine, Reader, ReputationError, SameDay, Sighting, Timeline, Warranted,
};

use super::{
    Because, BeliefOptions, BeliefRecord, BeliefsReport, ChangeReport, DayRow, DayTrust,
    RangedTrust, SCHEMA, SettingsReport, ViewReport,
    answer::{Observer, added, misread},
    band::Band,
    clues,
    ledger::{is_plain, ledger, reversals},
    reading::{acts, engine, is, refused},
    record::{Named, Trusted, Watch},
};
use crate::{DetenteError, decode::nearest};

/// What observers could believe, act by act and day by day.
///
/// ```
/// use detente::{Model, beliefs::{BeliefOptions, BeliefRecord, beliefs}, library};
///
/// let model = Model::compile(&library::case("reykjavik-1986")?)?;
/// let found = beliefs(&BeliefRecord::of_case(&model)?, &BeliefOptions::default())?;
/// let west = &found.views[0];
/// let last = west.ledger.last().expect("acts were seen");
/// let central = Some(last.trust.central);
/// assert!(last.trust.low <= central && central <= last.trust.high);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O(acts × types) for each observer and party observed, types² with drift; counting dependent
/// clues once takes one more pass for each of them.
///
/// # Errors
/// [`DetenteError::NotInRecord`] for a type or a party that the record does not have,
/// [`DetenteError::Belief`] where the engine refuses an act or a combination of settings, and
/// [`DetenteError::Option`] where the record has neither a decision nor an act to tell the day by.
pub fn beliefs(
    record: &BeliefRecord,
    options: &BeliefOptions,
) -> Result<BeliefsReport, DetenteError> {
    check_names(record, options)?;
    let last = record.watches.iter().flat_map(|it| it.seen.last());
    let last = last.map(|seen| seen.known).max();
    let Some(until) = options.until.or(record.decided).or(last) else {
        return Err(DetenteError::Option {
            option: "until",
            given: "nothing".to_owned(),
            expected: "a day, as the record has no act".to_owned(),
        });
    };
    let watches: Vec<Watch> = { record.watches.iter() }
        .map(|watch| chosen(watch, options))
        .collect();
    let views = watches.iter();
    let views = views.map(|watch| view(watch, &watches, options, until));
    Ok(BeliefsReport {
        schema: SCHEMA,
        title: record.title.clone(),
        until,
        settings: settings(options),
        views: views.collect::<Result<_, _>>()?,
    })
}

/// Types and parties that are asked for must be somewhere.
fn check_names(record: &BeliefRecord, options: &BeliefOptions) -> Result<(), DetenteError> {
    let types = || record.watches.iter().flat_map(|it| &it.types);
    let parties = || record.watches.iter().map(|it| &it.about);
    for given in &options.trust {
        if !types().any(|it| is(it, given)) {
            return Err(unknown("type", given, types()));
        }
    }
    for given in options.changes.iter().filter_map(|it| it.about.as_ref()) {
        if !parties().any(|it| is(it, given)) {
            return Err(unknown("party whose acts were seen", given, parties()));
        }
    }
    Ok(())
}

fn unknown<'n>(
    what: &'static str,
    given: &str,
    known: impl Iterator<Item = &'n Named>,
) -> DetenteError {
    let known: BTreeSet<&str> = known.map(|it| it.id.as_str()).collect();
    DetenteError::NotInRecord {
        what,
        given: given.to_owned(),
        nearest: nearest(given, known.iter().copied()).map(str::to_owned),
        known: known.into_iter().map(str::to_owned).collect(),
    }
}

/// The record with the types to trust that were asked for, where it has any of them.
fn chosen(watch: &Watch, options: &BeliefOptions) -> Watch {
    let asked = |name: &String| watch.types.iter().position(|it| is(it, name));
    let places: Vec<usize> = options.trust.iter().filter_map(asked).collect();
    let mut watch = watch.clone();
    if !places.is_empty() {
        watch.trusted = Trusted {
            types: (0..watch.types.len())
                .map(|it| places.contains(&it))
                .collect(),
            because: Because::Asked,
        };
    }
    watch
}

fn settings(options: &BeliefOptions) -> SettingsReport {
    let changes = options.changes.iter().map(|it| ChangeReport {
        date: it.date,
        chance: it.chance.get(),
        about: it.about.clone(),
    });
    SettingsReport {
        same_day: match options.same_day {
            SameDay::Strict => "together",
            SameDay::InOrder => "in order",
        },
        drift: options.drift.get(),
        changes: changes.collect(),
        half_life: options.half_life,
    }
}

/// A record as one engine reads it act by act.
pub(super) struct Reading<'w> {
    watch: &'w Watch,
    pub(super) engine: Engine,
    pub(super) acts: Vec<Sighting>,
}

impl<'w> Reading<'w> {
    fn new(watch: &'w Watch, options: &BeliefOptions) -> Result<Self, DetenteError> {
        Ok(Self {
            watch,
            engine: engine(watch, options, SameDay::InOrder)?,
            acts: acts(watch)?,
        })
    }

    /// The record.
    pub(super) const fn watch(&self) -> &'w Watch {
        self.watch
    }

    pub(super) fn timeline<R: Reader>(
        &self,
        acts: usize,
        reader: &R,
    ) -> Result<Timeline<'_>, DetenteError> {
        let acts = self.acts.get(..acts).unwrap_or(&self.acts);
        let timeline = self.engine.timeline(acts, reader);
        timeline.map_err(|source| refused(self.watch, source))
    }

    /// Trust after the first `acts`, without some of them.
    pub(super) fn trust_without(
        &self,
        acts: usize,
        left_out: impl Fn(usize) -> bool,
    ) -> Result<f64, DetenteError> {
        let mut tracker = self.engine.tracker();
        for (place, act) in self.acts.iter().enumerate().take(acts) {
            if !left_out(place) {
                let read = tracker.read(std::slice::from_ref(act), &Warranted);
                read.map_err(|source| refused(self.watch, source))?;
            }
        }
        Ok(trust(self.watch, tracker.belief().belief()))
    }
}

fn view(
    watch: &Watch,
    all: &[Watch],
    options: &BeliefOptions,
    until: Date,
) -> Result<ViewReport, DetenteError> {
    let reading = Reading::new(watch, options)?;
    let known = known(watch, until);
    let own = all.iter().filter(|it| it.observer == watch.observer);
    let watched = own.map(|it| Ok((Reading::new(it, options)?, self::known(it, until))));
    let observer = Observer {
        watched: watched.collect::<Result<_, DetenteError>>()?,
    };
    let is_alone = observer.watched.len() == 1;
    let (ledger, undivided) = ledger(watch, &reading, options, known)?;
    let band = Band::before(watch);
    let trusted = watch.types.iter().zip(&watch.trusted.types);
    let trusted = trusted.filter(|(_, trusted)| **trusted);
    Ok(ViewReport {
        observer: watch.observer.clone(),
        about: watch.about.clone(),
        types: watch.types.clone(),
        trusted: trusted.map(|(it, _)| it.id.clone()).collect(),
        because: watch.trusted.because,
        prior: watch.prior.iter().map(|it| it.central).collect(),
        prior_trust: ranged(trust(watch, reading.engine.prior()), Some(&band)),
        dogmatic: watch.dogmatic,
        has_bias: watch.bias.is_some(),
        added: added(&ledger).filter(|_| watch.bias.is_some() && undivided.is_none()),
        undivided,
        misread: misread(watch, &reading, options, known, is_alone)?,
        answer: observer.answer(watch)?,
        ledger,
        to_reverse: reversals(watch, &reading, options, known)?,
        days: days(watch, &reading, options, known)?,
        later: watch.seen.len() - known,
        dependent: clues::dependent(watch, &reading, is_plain(options), known)?,
    })
}

/// How many acts had become known by a day.
fn known(watch: &Watch, until: Date) -> usize {
    watch.seen.partition_point(|seen| seen.known <= until)
}

/// Beliefs by day: on the same-day rule that was asked for, and in hindsight on every act.
fn days(
    watch: &Watch,
    reading: &Reading<'_>,
    options: &BeliefOptions,
    known: usize,
) -> Result<Vec<DayRow>, DetenteError> {
    let engine = engine(watch, options, options.same_day)?;
    let timeline = engine.timeline(&reading.acts, &Warranted);
    let timeline = timeline.map_err(|source| refused(watch, source))?;
    let smoothed = match timeline.smoothed() {
        Ok(smoothed) => Some(smoothed),
        Err(ReputationError::NoHindsight { .. }) => None,
        Err(source) => return Err(refused(watch, source)),
    };
    // Readings of one day are one row: what was expected before the first, known after the last.
    let mut rows: BTreeMap<Date, DayRow> = BTreeMap::new();
    let readings = timeline.readings().iter().enumerate();
    for (place, step) in readings.take_while(|(_, it)| it.first_act < known) {
        let hindsight = smoothed.as_ref().and_then(|all| all.get(place));
        let hindsight = hindsight.map(|it| it.belief().clone());
        let (before, after) = (step.predicted.belief(), step.filtered.belief());
        let before = rows
            .get(&step.date)
            .map_or_else(|| before.probabilities(), |row| row.predicted.clone());
        rows.insert(
            step.date,
            day(watch, step.date, before, after, hindsight.as_ref()),
        );
    }
    Ok(rows.into_values().collect())
}

fn day(
    watch: &Watch,
    date: Date,
    predicted: Vec<f64>,
    filtered: &Belief,
    smoothed: Option<&Belief>,
) -> DayRow {
    let expected: f64 = { predicted.iter().zip(&watch.trusted.types) }
        .filter(|(_, trusted)| **trusted)
        .map(|(chance, _)| chance)
        .sum();
    let known = trust(watch, filtered);
    let hindsight = smoothed.map(|belief| trust(watch, belief));
    DayRow {
        date,
        predicted,
        filtered: filtered.probabilities(),
        smoothed: smoothed.map(Belief::probabilities),
        trust: DayTrust {
            predicted: expected.min(1.0),
            filtered: known,
            smoothed: hindsight,
            hindsight_gap: hindsight.map(|it| it - known),
        },
    }
}

/// The probability of the types that are trusted.
pub(super) fn trust(watch: &Watch, belief: &Belief) -> f64 {
    let trusted = &watch.trusted.types;
    belief
        .probability_that(|place| trusted.get(place).copied().unwrap_or_default())
        .get()
}

/// Trust with its range, which never leaves the central value out.
pub(super) fn ranged(central: f64, band: Option<&Band<'_>>) -> RangedTrust {
    let ends = band
        .map(Band::trust)
        .filter(|ends| !ends[0].is_nan() && !ends[1].is_nan());
    RangedTrust {
        low: ends.map(|ends| ends[0].min(central)),
        central,
        high: ends.map(|ends| ends[1].max(central)),
    }
}
