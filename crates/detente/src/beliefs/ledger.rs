//! What each act weighed, as it was and as it was read.

use detente_perception::{BiasProfile, Contrast, PerceptionError, TypeSet, diagnose};
use detente_quantity::Probability;
use detente_reputation::{
    Act, ActsNeeded, Belief, Seen as What, Sighting, Warranted, acts_to_reverse,
};

use super::{
    Added, BeliefOptions, LedgerRow, ReadRow, Undivided,
    band::{Band, Spread, spread},
    reading::refused,
    record::Watch,
    view::{Reading, ranged, trust},
};
use crate::DetenteError;

/// Decibels of one unit of log-odds.
const DECIBELS: f64 = 10.0 / std::f64::consts::LN_10;

/// What each act showed, and how it was read; and, where it was read with a bias, why what was lost is not divided
/// among its mechanisms, if it is not.
pub(super) fn ledger(
    watch: &Watch,
    reading: &Reading<'_>,
    options: &BeliefOptions,
    known: usize,
) -> Result<(Vec<LedgerRow>, Option<Undivided>), DetenteError> {
    let timeline = reading.timeline(known, &Warranted)?;
    let (read, undivided) = match &watch.bias {
        Some(bias) => held(watch, reading, options, known, bias)?,
        None => (Vec::new(), None),
    };
    let mut read = read.into_iter();
    // Ranges hold for fixed types that forget nothing.
    let mut band = is_plain(options).then(|| Band::before(watch));
    let mut rows = Vec::with_capacity(known);
    for ((seen, sighting), step) in watch
        .seen
        .iter()
        .zip(&reading.acts)
        .zip(timeline.readings())
    {
        let (before, after) = (step.predicted.belief(), step.filtered.belief());
        let spread = spread(&seen.evidence, &watch.trusted.types);
        if let Some(band) = &mut band {
            band.hear(&seen.evidence);
        }
        let decibels = moved(watch, before, after);
        let ends = weights(watch, before, &spread);
        rows.push(LedgerRow {
            act: seen.id.clone(),
            event: seen.event.clone(),
            done: seen.done,
            known: seen.known,
            tone: seen.tone,
            likelihoods: likelihoods(sighting, watch.types.len()),
            decibels,
            decibels_range: ends.map(|ends| ends.map(|end| unless_rounded(end, decibels))),
            warranted: after.probabilities(),
            trust: ranged(trust(watch, after), band.as_ref()),
            read: read.next(),
        });
    }
    Ok((rows, undivided))
}

/// An end of a range, or the number itself where only rounding parts them: sums in another order miss each
/// other by a few units in the last place.
fn unless_rounded(end: f64, number: Option<f64>) -> f64 {
    let is_near = |it: &f64| (it - end).abs() <= 1e-12 * (1.0 + end.abs());
    number.filter(is_near).unwrap_or(end)
}

/// How many more acts like each it would take to carry trust to the other side of one half.
pub(super) fn reversals(
    watch: &Watch,
    reading: &Reading<'_>,
    options: &BeliefOptions,
    known: usize,
) -> Result<Vec<Option<u64>>, DetenteError> {
    let timeline = reading.timeline(known, &Warranted)?;
    let last = timeline.readings().last().map(|it| it.filtered.belief());
    let last = last.filter(|_| is_plain(options)).zip(alone(watch));
    let acts = reading.acts.iter().take(known);
    let reversing = |act| last.and_then(|(belief, place)| reversing(belief, place, act));
    Ok(acts.map(reversing).collect())
}

/// The type that stands alone on its side: the only one that is trusted, or the only one that is not.
fn alone(watch: &Watch) -> Option<usize> {
    let side = |wanted: bool| {
        let mut places =
            (0..watch.types.len()).filter(move |&it| watch.trusted.types[it] == wanted);
        let first = places.next()?;
        places.next().is_none().then_some(first)
    };
    side(true).or_else(|| side(false))
}

/// How many such acts would carry the belief in a type to the other side of one half.
fn reversing(belief: &Belief, place: usize, sighting: &Sighting) -> Option<u64> {
    let What::Act(act) = &sighting.seen else {
        return None;
    };
    // Nothing can be taken back twice.
    if act.evidence().is_retraction() {
        return None;
    }
    match acts_to_reverse(belief, place, act.evidence(), Probability::HALF) {
        Ok(ActsNeeded::Count(acts)) => Some(acts),
        _ => None,
    }
}

/// Whether types are fixed and nothing is forgotten.
pub(super) fn is_plain(options: &BeliefOptions) -> bool {
    options.half_life.is_none() && options.drift.get() <= 0.0 && options.changes.is_empty()
}

fn likelihoods(sighting: &Sighting, types: usize) -> Vec<f64> {
    let mut logs = vec![0.0; types];
    if let What::Act(act) = &sighting.seen {
        act.evidence().warranted_log_likelihoods(&mut logs);
    }
    logs.into_iter().map(f64::exp).collect()
}

/// The acts as a biased observer read them.
fn held(
    watch: &Watch,
    reading: &Reading<'_>,
    options: &BeliefOptions,
    known: usize,
    bias: &BiasProfile,
) -> Result<(Vec<ReadRow>, Option<Undivided>), DetenteError> {
    let timeline = reading.timeline(known, bias)?;
    let added = match is_plain(options) {
        true => departures(watch, reading, known, bias)?,
        false => Err(Undivided::Changing),
    };
    let undivided = added.as_ref().err().copied();
    let mut added = added.ok().map(Vec::into_iter);
    let rows = timeline.readings().iter().map(|step| {
        let (before, after) = (step.predicted.belief(), step.filtered.belief());
        ReadRow {
            decibels: moved(watch, before, after),
            held: after.probabilities(),
            trust: trust(watch, after),
            added: added.as_mut().map(|it| it.next().unwrap_or_default()),
        }
    });
    Ok((rows.collect(), undivided))
}

/// What each mechanism added to each act, or why that has no answer.
fn departures(
    watch: &Watch,
    reading: &Reading<'_>,
    known: usize,
    bias: &BiasProfile,
) -> Result<Result<Vec<Vec<Added>>, Undivided>, DetenteError> {
    let Some(trusted) = TypeSet::new(&watch.trusted.types) else {
        return Ok(Err(Undivided::ManyTypes));
    };
    let acts = reading.acts.iter().take(known);
    let acts: Vec<&Act> = acts
        .filter_map(|it| match &it.seen {
            What::Act(act) => Some(act),
            What::Symbol(_) => None,
        })
        .collect();
    let prior = reading.engine.prior();
    let diagnosis = match diagnose(prior, acts, bias, Contrast::AnyOf(trusted)) {
        Ok(diagnosis) => diagnosis,
        Err(PerceptionError::NoSuchContrast { .. }) => return Ok(Err(Undivided::OneSided)),
        Err(PerceptionError::Settled { .. }) => return Ok(Err(Undivided::Proof)),
        Err(PerceptionError::Reputation(source)) => return Err(refused(watch, source)),
        Err(source) => {
            return Err(DetenteError::Perception {
                party: watch.observer.id.clone(),
                source,
            });
        }
    };
    let rows = diagnosis.acts.iter().map(|act| {
        let departures = act.departures.iter();
        let mechanisms = departures.map(|it| (it.mechanism.name(), it.log_odds));
        mechanisms
            .chain([("earlier bias carried on", act.carried)])
            .filter(|(_, log_odds)| log_odds.abs() > 1e-12)
            .map(|(mechanism, log_odds)| Added {
                mechanism,
                decibels: DECIBELS * log_odds,
            })
            .collect()
    });
    Ok(Ok(rows.collect()))
}

/// By how much the log-odds of trust moved, in decibels; `None` where there are no odds.
fn moved(watch: &Watch, before: &Belief, after: &Belief) -> Option<f64> {
    let moved = log_odds(watch, after) - log_odds(watch, before);
    (!moved.is_nan()).then_some(DECIBELS * moved)
}

/// The log-odds of the types that are trusted, infinite where they are certain or ruled out.
fn log_odds(watch: &Watch, belief: &Belief) -> f64 {
    let weights = belief.log_weights().iter().zip(&watch.trusted.types);
    let (ours, theirs): (Vec<_>, Vec<_>) = weights.partition(|(_, trusted)| **trusted);
    let sum = |side: &[(&f64, &bool)]| {
        let top = side.iter().map(|(weight, _)| **weight);
        let top = top.fold(f64::NEG_INFINITY, f64::max);
        match top.is_finite() {
            true => {
                top + side
                    .iter()
                    .map(|(it, _)| (**it - top).exp())
                    .sum::<f64>()
                    .ln()
            }
            false => top,
        }
    };
    sum(&ours) - sum(&theirs)
}

/// The least and the greatest weight of an act over the ranges of its numbers, on the belief that it
/// met.
fn weights(watch: &Watch, before: &Belief, spread: &Spread) -> Option<[f64; 2]> {
    let mean = |wanted: bool, likelihoods: &[f64]| {
        let places = (0..watch.types.len()).filter(|&place| watch.trusted.types[place] == wanted);
        let (mut sum, mut mass) = (0.0, 0.0);
        for place in places {
            let chance = before.probability(place).get();
            sum += chance * likelihoods[place];
            mass += chance;
        }
        sum / mass
    };
    let least = mean(true, &spread.least) / mean(false, &spread.least);
    let most = mean(true, &spread.most) / mean(false, &spread.most);
    let range = [least, most].map(|ratio| DECIBELS * ratio.ln());
    (!range[0].is_nan() && !range[1].is_nan()).then_some(range)
}
