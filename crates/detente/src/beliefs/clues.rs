//! Acts that are declared to depend on one another, and what is left if each set counts once.

use std::collections::BTreeMap;

use super::{DependentClues, record::Watch, view::Reading};
use crate::DetenteError;

/// The most readings of an act that counting sets of clues once may take.
const MOST_WORK: usize = 20_000_000;

/// Every clue that several of the acts share, with what trust comes to if only one of them counts.
pub(super) fn dependent(
    watch: &Watch,
    reading: &Reading<'_>,
    is_plain: bool,
    acts: usize,
) -> Result<Vec<DependentClues>, DetenteError> {
    let mut sets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, seen) in watch.seen.iter().enumerate().take(acts) {
        if let Some(clue) = seen.clue.as_deref() {
            sets.entry(clue).or_default().push(place);
        }
    }
    sets.retain(|_, places| places.len() > 1);
    let tried: usize = sets.values().map(Vec::len).sum();
    let is_short = is_plain && tried.saturating_mul(acts) <= MOST_WORK;
    sets.into_iter()
        .map(|(clue, places)| {
            Ok(DependentClues {
                clue: clue.to_owned(),
                acts: { places.iter() }
                    .map(|&place| watch.seen[place].id.clone())
                    .collect(),
                counted_once: match is_short {
                    true => Some(counted_once(watch, reading, &places, acts)?),
                    false => None,
                },
            })
        })
        .collect()
}

fn counted_once(
    watch: &Watch,
    reading: &Reading<'_>,
    places: &[usize],
    acts: usize,
) -> Result<[f64; 2], DetenteError> {
    // What is left out leaves nothing to be taken back.
    let taken: Vec<Option<usize>> = { watch.seen.iter().take(acts) }
        .map(|seen| {
            let taken = seen.retracts.as_ref()?;
            places
                .iter()
                .copied()
                .find(|&place| watch.seen[place].id == *taken)
        })
        .collect();
    let mut ends = [f64::INFINITY, f64::NEG_INFINITY];
    for &kept in places {
        let dropped = |place: usize| place != kept && places.binary_search(&place).is_ok();
        let left_out = |place: usize| dropped(place) || taken[place].is_some_and(dropped);
        let trust = reading.trust_without(acts, left_out)?;
        ends = [ends[0].min(trust), ends[1].max(trust)];
    }
    Ok(ends)
}
